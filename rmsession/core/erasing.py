"""What redaction takes out of a draft: the erased words wherever they are being typed again, or still are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from rmsession.core.store import Draft, View
from rmsession.core.text import UserText

_RUN: Final = 12
"""So many characters in common make a text and a draft the same words, not a chance likeness."""


def without(draft: Draft, texts: Sequence[UserText], erased: Collection[str] = ()) -> Draft:
    """The draft with every line and answer empty that holds one of these texts, or a part of one.

    What was typed about a capture in `erased` (ids) goes whatever it says: it may be the same in other words.
    """

    def clear(text: UserText) -> bool:
        return any(_share_words(text.raw, each.raw) for each in texts)

    forms = tuple(
        replace(
            form,
            answers=tuple(
                replace(answer, text=None) if answer.text and clear(answer.text) else answer for answer in form.answers
            ),
        )
        for form in draft.forms
    )
    asides = tuple(each for each in draft.asides if each.about not in erased and not clear(each.text))
    if clear(draft.line):
        draft = replace(draft, line=UserText(), view=replace(draft.view, cursor=View().cursor))
    return replace(draft, forms=forms, asides=asides)


def _share_words(one: str, other: str) -> bool:
    """Whether one holds the other, or both hold the same run of characters, whatever the case and spacing."""
    one, other = (" ".join(text.casefold().split()) for text in (one, other))
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    return not _runs(one).isdisjoint(_runs(other))


def _runs(text: str) -> set[str]:
    return {text[start : start + _RUN] for start in range(len(text) - _RUN + 1)}

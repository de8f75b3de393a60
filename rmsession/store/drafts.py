"""Drafts: what is on the screen but not yet a fact, one small sealed file beside the session's.

Kept many times a minute and without waiting for the disk: a draft outlives a killed program, not a power cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from rmsession.core.store import Draft, StoreError
from rmsession.core.text import UserText
from rmsession.store.codec import Unfit, document_of, value_of
from rmsession.store.disk import Disk, make_lasting, remove_file, replace_file
from rmsession.store.seal import read_sealed, seal, spelled

_RUN: Final = 12
"""So many characters in common make a text and a draft the same words, not a chance likeness."""


def draft_path(session: Path) -> Path:
    """Where the draft of a session's file lies."""
    return session.with_suffix(".draft")


def temporary_path(session: Path) -> Path:
    """Where its draft is written before it takes the place of the last."""
    return session.with_suffix(".draft.tmp")


def keep(session: Path, draft: Draft, disk: Disk) -> None:
    """Keep it instead of the last. Raises `NotKept`."""
    data = seal(spelled({"draft": {"1": document_of(draft)}}), 1)
    replace_file(disk, draft_path(session), temporary_path(session), data, lasting=False)


def read(session: Path) -> Draft | None:
    """The last draft, if there is one and it is whole."""
    with suppress(FileNotFoundError, StoreError, Unfit, KeyError):
        return value_of(read_sealed(draft_path(session)).tables["draft"]["1"], Draft)
    return None


def drop(session: Path, disk: Disk) -> None:
    """Forget it. Raises `NotKept`."""
    remove_file(disk, temporary_path(session))
    remove_file(disk, draft_path(session))


def scrub(session: Path, texts: Sequence[UserText], disk: Disk) -> None:
    """Take these texts out of the draft; one that cannot be read goes as a whole. Raises `NotKept`."""
    before = read(session)
    after = without(before, texts) if before else None
    remove_file(disk, temporary_path(session))
    if after is None:
        remove_file(disk, draft_path(session))
    elif after != before:
        keep(session, after, disk)
    make_lasting(disk, draft_path(session))


def without(draft: Draft, texts: Sequence[UserText]) -> Draft:
    """The draft with every line and answer empty that holds one of these texts, or a part of one."""

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
    return replace(draft, line=UserText() if clear(draft.line) else draft.line, forms=forms)


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

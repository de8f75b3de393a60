"""What a line says where people amended it without seeing each other's version: one wording, or rivals of it.

Where each of them only added something, an owner or a date, to one and the same earlier version, all of that goes
together. Anything else stands side by side until somebody chooses: neither a word nor a date is ever given up unasked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from rmsession.core.facts import Amended, Content
from rmsession.core.frozen import frozen
from rmsession.core.owners import written
from rmsession.core.text import UserText, clean

_ADDED: Final = ("owner", "due")
"""What may be added to a line without changing what else it says; how sure an owner is goes with that owner."""
_BACK: Final = 20
"""So many versions back it is looked for the one that two people had before them."""
_MOST: Final = 8
"""So many versions go together at most: more of them is no accident, and a long list of them must not cost time."""


@frozen
class Wording:
    """What one version of a line says that nothing has replaced."""

    fact: str
    """The id of the fact that said it."""
    content: Content
    earlier: tuple[tuple[str, Content], ...] = ()
    """The versions that it replaced one after the other, the latest first; what settled rivals follows on none."""


@frozen
class Standing:
    """What a line says after all its versions."""

    content: Content
    rivals: tuple[Content, ...] = ()
    base: str = ""
    """The version to which the others were added; empty where nothing had to go together."""


def amended(wordings: Sequence[Wording], fact: str, what: Amended) -> tuple[Wording, ...]:
    """The wordings after an amendment: those that it did not know, and what it says."""
    known = {what.replaces, *what.settles}
    earlier = () if what.settles or len(wordings) > _MOST else _line_of(wordings, what.replaces)
    return (*(each for each in wordings if each.fact not in known), Wording(fact, what.content, earlier))


def standing(wordings: Sequence[Wording]) -> Standing:
    """What of several wordings is shown, and what rivals it: the later word is shown where they do not go together."""
    *others, shown = (each.content for each in wordings)
    if len(wordings) > _MOST:
        return Standing(shown, tuple(others))
    rivals = tuple(each for each in dict.fromkeys(others) if each != shown)
    if rivals and (base := _parting(wordings)):
        fact, content = base
        if whole := _together(content, [*rivals, shown]):
            return Standing(whole, base=fact)
    return Standing(shown, rivals)


def told(content: Content) -> UserText:
    """A wording in one text with all that tells it from a rival: ``send the draft @Alex by Fri 27 Nov 2026``."""
    said = marks(content)
    return UserText(f"{content.text.raw.rstrip()} {said}") if said else content.text


def marks(content: Content) -> str:
    """What a wording says beside its text, safe on any plain surface; empty where that is nothing."""
    parts = [f"= {content.score}"] if content.score is not None else []
    parts += [clean(written(content.owner.raw))] if content.owner else []
    parts += [f"by {_day(content.due)}"] if content.due else []
    parts += [f"(sure {content.confidence} of 5)"] if content.confidence is not None else []
    return " ".join(parts)


def _line_of(wordings: Iterable[Wording], fact: str) -> tuple[tuple[str, Content], ...]:
    """A version and those before it, the latest first; nothing where it is not known any more."""
    for each in wordings:
        line = ((each.fact, each.content), *each.earlier)
        for place, (known, _) in enumerate(line):
            if known == fact:
                return line[place:][:_BACK]
    return ()


def _parting(wordings: Sequence[Wording]) -> tuple[str, Content] | None:
    """The last version that all of them come from."""
    first, *others = wordings
    known = [{fact for fact, _ in each.earlier} for each in others]
    return next((each for each in first.earlier if all(each[0] in facts for facts in known)), None)


def _together(base: Content, contents: Sequence[Content]) -> Content | None:
    """The base with what each of them adds; None where one changes something, or two add what is not the same."""
    blank: dict[str, Any] = {name: None for name in _ADDED if getattr(base, name) is None}
    if any(replace(each, **blank) != base for each in contents):
        return None
    added = {name: {getattr(each, name) for each in contents} - {None} for name in blank}
    if any(len(said) > 1 for said in added.values()):
        return None
    return replace(base, **{name: said.pop() for name, said in added.items() if said})


def _day(due: str) -> str:
    try:
        day = date.fromisoformat(due)
    except ValueError:
        return clean(due)
    return f"{day:%a} {day.day} {day:%b} {day.year:04}"

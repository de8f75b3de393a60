"""Pairs as the command line names them: by the name of either person, or by the beginning of the pair's id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rmsession.cli.ground import NothingMatched
from rmsession.core.lists import Summary
from rmsession.core.programme import same_name
from rmsession.core.text import UserText, clean

_MOST_NAMED = 5
"""Pairs that are named when a word means several."""
_LEAST = 4
"""Fewer characters of an id could as well be a name."""


@dataclass(frozen=True, slots=True)
class Together:
    """A pair as its sessions know it."""

    id: str
    mentor: UserText
    mentee: UserText
    sessions: tuple[Summary, ...]
    """The newest first."""

    @property
    def said(self) -> str:
        """Both names, as lists show them."""
        return f"{self.mentor.line}, {self.mentee.line}"


def pairs_of(history: Iterable[Summary]) -> tuple[Together, ...]:
    """The pairs that have sessions, in the order of their newest one."""
    found: dict[str, list[Summary]] = {}
    for each in history:
        found.setdefault(each.pair, []).append(each)
    return tuple(Together(pair, own[0].mentor, own[0].mentee, tuple(own)) for pair, own in found.items())


def pair_named(name: str, pairs: Sequence[Together]) -> Together:
    """The one pair that is meant. Raises `NothingMatched`: none, or several, which are then named."""
    found = [each for each in pairs if _is_called(each, name)] or [each for each in pairs if _begins_with(each, name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NothingMatched(f"no pair is called {clean(name)!r}: see `rmsession next`")
    raise NothingMatched(f"{len(found)} pairs are called {clean(name)!r}: say --pair and one of {several(found)}")


def causes(history: Iterable[Summary], now: datetime) -> list[str]:
    """What gives cause to ask after a pair, a line each: two dates cancelled in a row, too long a gap."""
    # Only here: whoever names a pair asks for no dates.
    from rmsession.core.cadence import cadence  # noqa: PLC0415

    return [f"! {each.said}: {flag}" for each in pairs_of(history) for flag in cadence(each.sessions, now).flags]


def several(pairs: Sequence[Together]) -> str:
    """Pairs in a sentence, each with as much of its id as tells it from the others."""
    named = "; ".join(f"{each.id[: _unlike(each, pairs)]} ({each.said})" for each in pairs[:_MOST_NAMED])
    return f"{named} and {len(pairs) - _MOST_NAMED} more" if len(pairs) > _MOST_NAMED else named


def _unlike(pair: Together, pairs: Sequence[Together]) -> int:
    """How many characters of its id no other pair's id begins with."""
    others = [each.id for each in pairs if each.id != pair.id]
    wanted = (count for count in range(_LEAST, len(pair.id)) if not any(o.startswith(pair.id[:count]) for o in others))
    return next(wanted, len(pair.id))


def _is_called(pair: Together, name: str) -> bool:
    whole = UserText(name)
    return same_name(pair.mentor, whole) or same_name(pair.mentee, whole) or pair.id == name


def _begins_with(pair: Together, name: str) -> bool:
    """Whether a first or last name begins so, or the id."""
    start = " ".join(name.casefold().split())
    names = " ".join(f" {pair.mentor.raw} {pair.mentee.raw}".casefold().split())
    return bool(start) and (f" {start}" in f" {names}" or (len(start) >= _LEAST and pair.id.startswith(start)))

"""Pairs as the command line names them: by the name of either person, or by the beginning of the pair's id."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from rmsession.cli.ground import NothingMatched
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.arrangement import Arrangement, Rhythm
    from rmsession.core.lists import Summary
    from rmsession.core.met import MetOf
    from rmsession.core.store import Store

_MOST_NAMED = 5
"""Pairs that are named when a word means several."""
_LEAST = 4
"""Fewer characters of an id could as well be a name."""


class Together(NamedTuple):
    """A pair as its sessions know it."""

    id: str
    mentor: UserText
    mentee: UserText
    sessions: tuple[Summary, ...]
    """The newest first."""
    rhythm: Rhythm | None = None
    """How often it means to meet, where that was asked for and is known."""
    arrangement: Arrangement | None = None
    """How it means to work, where that was asked for and is known."""

    @property
    def said(self) -> str:
        """Both names, as lists show them."""
        return f"{self.mentor.line}, {self.mentee.line}"


def pairs_of(history: Iterable[Summary], known: Mapping[str, Rhythm] | None = None) -> tuple[Together, ...]:
    """The pairs that have sessions, in the order of their newest one; `known` is how often each means to, by its id."""
    found: dict[str, list[Summary]] = {}
    for each in history:
        found.setdefault(each.pair, []).append(each)
    by_id = known or {}
    return tuple(
        Together(pair, own[0].mentor, own[0].mentee, tuple(own), by_id.get(pair)) for pair, own in found.items()
    )


def everybody(store: Store) -> tuple[Together, ...]:
    """Every pair that is known or has met: those that met first, in the order of their newest session."""
    programme = store.programme()
    arranged = {each.pair: each for each in programme.arrangements}
    met = {each.id: each for each in pairs_of(store.history())}
    # By the names that they have now: a session keeps those of its day.
    known = {
        each.id: Together(
            each.id, each.mentor.name, each.mentee.name, met[each.id].sessions if each.id in met else (),
            arranged[each.id].rhythm if each.id in arranged else None, arranged.get(each.id),
        )
        for each in programme.pairs
    }  # fmt: skip
    return tuple((met | known).values())


def rhythms(store: Store) -> Mapping[str, Rhythm]:
    """How often each pair means to meet, by its id; nothing where that cannot be read, which `troubles` tells."""
    try:
        return store.rhythms()
    except StoreError:
        return {}


def pair_named(name: str, pairs: Sequence[Together]) -> Together:
    """The one pair that is meant. Raises `NothingMatched`: none, or several, which are then named."""
    found = [each for each in pairs if _is_called(each, name)] or [each for each in pairs if _begins_with(each, name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NothingMatched(f"no pair is called {clean(name)!r}: see `rmsession pair list`")
    raise NothingMatched(f"{len(found)} pairs are called {clean(name)!r}: say --pair and one of {several(found)}")


def causes(met: Iterable[MetOf], now: datetime, known: Mapping[str, Rhythm]) -> list[str]:
    """What gives cause to ask after a pair, a line each: two dates cancelled in a row, too long a gap."""
    # Only here: whoever names a pair asks for no dates.
    from rmsession.core.cadence import cadence_of

    return [
        f"! {each.people}: {flag}"
        for each in met
        for flag in cadence_of(each.met(now.tzinfo), now, known.get(each.pair)).flags
    ]


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
    # Only here: a list names nobody, and what a programme knows of people takes as long to load as the list's words.
    from rmsession.core.programme import same_name

    whole = UserText(name)
    return same_name(pair.mentor, whole) or same_name(pair.mentee, whole) or pair.id == name


def _begins_with(pair: Together, name: str) -> bool:
    """Whether a first or last name begins so, or the id."""
    start = " ".join(name.casefold().split())
    names = " ".join(f" {pair.mentor.raw} {pair.mentee.raw}".casefold().split())
    return bool(start) and (f" {start}" in f" {names}" or (len(start) >= _LEAST and pair.id.startswith(start)))

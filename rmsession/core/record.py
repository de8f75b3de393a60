"""A record: one session as it is kept, and how two copies of it become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from rmsession.core.agenda import Agenda
from rmsession.core.facts import ActionDropped, Amended, Captured, Erased, Fact
from rmsession.core.programme import Pair


class Conflict(Exception):
    """Two different facts claim one id, or two records of different sessions were to be merged."""


@dataclass(frozen=True, slots=True)
class Record:
    """Who, when, with which agenda, and everything that happened."""

    id: str
    """A uuid."""
    pair: Pair
    """As first said; a `PairCorrected` fact overrules it in the fold."""
    agenda: Agenda
    zone: str
    """The IANA zone in which dates are read."""
    device: str
    created: datetime
    planned_start: datetime | None = None
    facts: tuple[Fact, ...] = ()
    """In fold order (`in_order`)."""


def order_key(fact: Fact) -> tuple[bool, float, str, int, str]:
    """The place of a fact in the fold: live facts by seq, later ones by (wall, device, seq)."""
    if fact.at is not None:
        return False, float(fact.seq), fact.device, fact.seq, fact.id
    return True, fact.wall.timestamp(), fact.device, fact.seq, fact.id


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts as the fold takes them."""
    return tuple(sorted(facts, key=order_key))


def with_fact(record: Record, fact: Fact) -> Record:
    """The record with one more fact; the same fact twice is once.

    Raises:
        Conflict: another fact has that id.
    """
    known = next((old for old in record.facts if old.id == fact.id), None)
    if known is None:
        return replace(record, facts=in_order((*record.facts, fact)))
    if known != fact and not isinstance(known.what, Erased):
        raise Conflict(f"fact {fact.id} is already there with other content")
    return record


def merge(one: Record, other: Record) -> Record:
    """The union of two copies of one record, the same whichever comes first.

    Erased wins over the text it replaced, on both sides.

    Raises:
        Conflict: they are different sessions, or one id has two contents.
    """
    if one.id != other.id:
        raise Conflict(f"records {one.id} and {other.id} are different sessions")
    facts: dict[str, Fact] = {}
    for fact in (*one.facts, *other.facts):
        facts[fact.id] = _united(facts[fact.id], fact) if fact.id in facts else fact
    head = min(one, other, key=lambda record: (record.created, record.device, record.zone))
    return replace(head, facts=in_order(_swept(facts.values())))


def redacted(record: Record, target: str, *, by: str, wall: datetime) -> Record:
    """The record with one capture's text gone everywhere, a tombstone in the place of each fact that held it."""
    facts = [_tombstone(fact, target, by, wall) if _holds_text_of(fact, target) else fact for fact in record.facts]
    return replace(record, facts=tuple(facts))


def _united(one: Fact, other: Fact) -> Fact:
    if one == other:
        return one
    stones = [fact for fact in (one, other) if isinstance(fact.what, Erased)]
    if not stones:
        raise Conflict(f"fact {one.id} differs between the two copies")
    return min(stones, key=lambda fact: (fact.what.wall, fact.what.by) if isinstance(fact.what, Erased) else ())


def _swept(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Erase what another copy still said of a capture that one of them redacted."""
    facts = list(facts)
    stones = {fact.id: fact.what for fact in facts if isinstance(fact.what, Erased) and fact.what.target == fact.id}
    for fact in facts:
        target = _target(fact)
        stone = stones.get(target) if target else None
        yield _tombstone(fact, stone.target, stone.by, stone.wall) if stone else fact


def _target(fact: Fact) -> str | None:
    match fact.what:
        case Captured():
            return fact.id
        case Amended(target=target) | ActionDropped(target=target) | Erased(target=target):
            return target
        case _:
            return None


def _holds_text_of(fact: Fact, target: str) -> bool:
    return _target(fact) == target


def _tombstone(fact: Fact, target: str, by: str, wall: datetime) -> Fact:
    match fact.what:
        case Erased(was=was, kind=kind, topic=topic):
            what = Erased(target, was, by, wall, kind, topic)
        case Captured(kind=kind, topic=topic):
            what = Erased(target, "Captured", by, wall, kind, topic)
        case event:
            what = Erased(target, type(event).__name__, by, wall)
    return replace(fact, what=what)

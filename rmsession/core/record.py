"""A record: one session as it is kept, and how two copies of it become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime

from rmsession.core.agenda import Agenda
from rmsession.core.between import ActionCarried
from rmsession.core.facts import ActionDropped, Amended, Captured, Erased, Fact, Unknown
from rmsession.core.programme import Pair
from rmsession.core.text import UserText


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
    partial: bool = False
    """Whether it is a copy that somebody shared, without what is private; the full record's heading wins over it."""
    facts: tuple[Fact, ...] = ()
    """In fold order (`in_order`)."""


def order_key(fact: Fact) -> tuple[int, float, str, str]:
    """The place of a fact in the fold: by seq, so that causes come before effects; of concurrent ones by wall."""
    return fact.seq, fact.wall.timestamp(), fact.device, fact.id


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts as the fold takes them."""
    return tuple(sorted(facts, key=order_key))


def with_fact(record: Record, fact: Fact) -> Record:
    """The record with one more fact, as if merged with a copy that holds it alone.

    The same fact twice is once; a tombstone takes the place of what it erased, and what is said of an erased
    capture is erased as it comes in.

    Raises:
        Conflict: another fact has that id.
    """
    known = next((old for old in record.facts if old.id == fact.id), None)
    kept = fact if known is None else _united(known, fact)
    if kept == known:
        return record
    others = (old for old in record.facts if old.id != fact.id)
    return replace(record, facts=in_order(_swept((*others, kept))))


def merge(one: Record, other: Record) -> Record:
    """The union of two copies of one record, the same whichever comes first.

    A whole fact wins over the part of it that was shared, and erased over the text it replaced, on both sides.

    Raises:
        Conflict: they are different sessions, or one id has two contents.
    """
    if one.id != other.id:
        raise Conflict(f"records {one.id} and {other.id} are different sessions")
    facts: dict[str, Fact] = {}
    for fact in (*one.facts, *other.facts):
        facts[fact.id] = _united(facts[fact.id], fact) if fact.id in facts else fact
    return replace(_head(one, other), facts=in_order(_swept(facts.values())))


def new_facts(before: Record | None, after: Record) -> tuple[Fact, ...]:
    """The facts of a merged record that the one before did not have, or not as they are now."""
    known = {fact.id: fact for fact in before.facts} if before else {}
    return tuple(fact for fact in after.facts if known.get(fact.id) != fact)


def redacted(record: Record, target: str, *, by: str, wall: datetime) -> Record:
    """The record with one capture's text gone everywhere, a tombstone in the place of each fact that held it.

    What was erased before keeps its first tombstone.
    """
    facts = (
        _tombstone(fact, Erased(target, "", by, wall))
        if _target(fact) == target and not isinstance(fact.what, Erased)
        else fact
        for fact in record.facts
    )
    return replace(record, facts=tuple(_swept(facts)))


def lost_texts(facts: Iterable[Fact], after: Record) -> tuple[UserText, ...]:
    """The texts of facts that have only a tombstone in `after`, to find them wherever else they lie."""
    stones = {fact.id for fact in after.facts if isinstance(fact.what, Erased)}
    texts: list[UserText] = []
    for fact in facts:
        if fact.id in stones:
            match fact.what:
                case Captured(content=content) | Amended(content=content):
                    texts += [content.text, *map(UserText, content.doubts)]
                case ActionDropped(reason=reason) | ActionCarried(reason=reason):
                    texts.append(reason)
                case _:
                    pass  # a tombstone holds none
    return tuple(text for text in texts if text)


def erased_captures(record: Record) -> frozenset[str]:
    """The ids of the captures of which only tombstones are left."""
    return frozenset(fact.what.target for fact in record.facts if isinstance(fact.what, Erased))


def clash(one: Fact, other: Fact) -> bool:
    """Whether two facts of one id cannot be the same one: both say all they say, and it differs.

    A tombstone can only stand where something was said of the capture that it names, or by a later program.
    """
    stones = {fact.what.target for fact in (one, other) if isinstance(fact.what, Erased)}
    if stones:
        said = (fact for fact in (one, other) if not isinstance(fact.what, Erased | Unknown))
        return any(_target(fact) not in stones for fact in said)
    return one != other and not (one.partial or other.partial)


def _united(one: Fact, other: Fact) -> Fact:
    """What two copies say of one fact: the whole of it, erased if either was, by the first that did so."""
    if clash(one, other):
        raise Conflict(f"fact {one.id} differs between the two copies")
    stones = [fact.what for fact in (one, other) if isinstance(fact.what, Erased)]
    both = [_tombstone(fact, min(stones, key=_age)) for fact in (one, other)] if stones else [one, other]
    return both[0] if both[0] == both[1] else min(both, key=_wholeness)


def _wholeness(fact: Fact) -> tuple[bool, int, str]:
    """The whole fact first; of parts, which copies made at different times, the one that says most."""
    spelled = _spelled(fact)
    return fact.partial, -len(spelled), spelled


def _swept(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Erase what another copy still said of a capture that one of them redacted, with the first tombstone of it."""
    facts = list(facts)
    stones: dict[str, Erased] = {}
    for fact in facts:
        if isinstance(fact.what, Erased):
            target = fact.what.target
            stones[target] = min(stones.get(target, fact.what), fact.what, key=_age)
    for fact in facts:
        stone = stones.get(_target(fact) or "")
        yield _tombstone(fact, stone) if stone else fact


def _age(stone: Erased) -> tuple[datetime, str, str]:
    return stone.wall, stone.by, stone.target


def _target(fact: Fact) -> str | None:
    match fact.what:
        case Captured():
            return fact.id
        case Amended(target=target) | Erased(target=target):
            return target
        case ActionDropped(target=target) | ActionCarried(target=target):
            return target
        case _:
            return None


def _tombstone(fact: Fact, stone: Erased) -> Fact:
    """A fact erased when and by whom `stone` says."""
    target, by, wall = stone.target, stone.by, stone.wall
    match fact.what:
        case Erased(was=was, kind=kind, topic=topic):
            what = Erased(target, was, by, wall, kind, topic)
        case Captured(kind=kind, topic=topic):
            what = Erased(target, "Captured", by, wall, kind, topic)
        case event:
            what = Erased(target, type(event).__name__, by, wall)
    return replace(fact, what=what)


def _head(one: Record, other: Record) -> Record:
    """Of two copies the one whose heading stays: the full one, then the earlier, then always the same."""
    return min(
        replace(one, facts=()), replace(other, facts=()), key=lambda head: (head.partial, head.created, _spelled(head))
    )


def _spelled(value: object) -> str:
    """Every character of a value, which ``repr`` would not tell of user text."""
    match value:
        case UserText(raw=raw):
            return repr(raw)
        case tuple():
            return "(" + ",".join(map(_spelled, value)) + ")"
        case datetime():
            return value.isoformat()
        case _ if is_dataclass(value):
            return _spelled(tuple(getattr(value, each.name) for each in fields(value)))
        case _:
            return repr(value)

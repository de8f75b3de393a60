"""A record: one session as it is kept, and how two copies of it become one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime

from rmsession.core.agenda import Agenda
from rmsession.core.between import ActionCarried
from rmsession.core.facts import ActionDropped, Amended, Captured, Erased, Fact, Unknown
from rmsession.core.frozen import frozen
from rmsession.core.programme import Pair
from rmsession.core.store_errors import Conflict
from rmsession.core.text import UserText
from rmsession.core.tombstones import (
    age,
    stones_in,
    swept,
    target_of,
    tombstone,
    topic_tombstone,
    without_words,
    words_gone,
)


@frozen
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
    return _obedient(replace(record, facts=(*others, kept)))


def merge(one: Record, other: Record) -> Record:
    """The union of two copies of one record, the same whichever comes first.

    A whole fact wins over the part of it that was shared, and erased over the text it replaced, on both sides; also in
    the heading, where an erased line went on as a topic.

    Raises:
        Conflict: they are different sessions, or one id has two contents.
    """
    if one.id != other.id:
        raise Conflict(f"records {one.id} and {other.id} are different sessions")
    facts: dict[str, Fact] = {}
    for fact in (*one.facts, *other.facts):
        facts[fact.id] = _united(facts[fact.id], fact) if fact.id in facts else fact
    return _obedient(replace(_head(one, other, stones_in(facts.values())), facts=tuple(facts.values())))


def new_facts(before: Record | None, after: Record) -> tuple[Fact, ...]:
    """The facts of a merged record that the one before did not have, or not as they are now."""
    known = {fact.id: fact for fact in before.facts} if before else {}
    return tuple(fact for fact in after.facts if known.get(fact.id) != fact)


def redacted(record: Record, target: str, *, by: str, wall: datetime) -> Record:
    """The record with one capture's text gone everywhere, a tombstone in the place of each fact that held it.

    So it is with a later session's record that took the line as a topic: that loses its words, and a fact says so.
    What was erased before keeps its first tombstone.
    """
    stone = Erased(target, "", by, wall)
    facts = tuple(
        tombstone(fact, stone) if target_of(fact) == target and not isinstance(fact.what, Erased) else fact
        for fact in record.facts
    )
    if target in carried_lines(record) and target not in stones_in(facts):
        facts = (*facts, topic_tombstone(record.id, stone, {fact.id for fact in facts}))
    return _obedient(replace(record, facts=facts))


def lost_texts(before: Record, after: Record, *coming: Fact) -> tuple[UserText, ...]:
    """The texts in `before`, and in facts that were `coming`, of which `after` has only tombstones.

    They are to be found wherever else they lie.
    """
    stones = {fact.id for fact in after.facts if isinstance(fact.what, Erased)}
    texts = [*words_gone(before.agenda, erased_captures(after))]
    for fact in (*before.facts, *coming):
        if fact.id in stones:
            match fact.what:
                case Captured(content=content) | Amended(content=content):
                    texts += [content.text, *map(UserText, content.doubts)]
                case ActionDropped(reason=reason) | ActionCarried(reason=reason):
                    texts.append(reason)
                case _:
                    pass  # a tombstone holds none
    return tuple(text for text in texts if text)


def carried_lines(record: Record) -> frozenset[str]:
    """The ids that its topics have from earlier sessions, of which some are those of captured lines."""
    return frozenset(topic.id for topic in record.agenda.topics if topic.carried is not None)


def lines_in(record: Record) -> frozenset[str]:
    """The ids of the captured lines of which it says something, or once did: its own, and those it took as topics."""
    return carried_lines(record) | frozenset(filter(None, map(target_of, record.facts)))


def erased_captures(record: Record) -> frozenset[str]:
    """The ids of the captures of which only tombstones are left, those of earlier sessions among them."""
    return frozenset(stones_in(record.facts))


def clash(one: Fact, other: Fact) -> bool:
    """Whether two facts of one id cannot be the same one: both say all they say, and it differs.

    A tombstone can only stand where something was said of the capture that it names, or by a later program.
    """
    stones = {fact.what.target for fact in (one, other) if isinstance(fact.what, Erased)}
    if stones:
        said = (fact for fact in (one, other) if not isinstance(fact.what, Erased | Unknown))
        return any(target_of(fact) not in stones for fact in said)
    return one != other and not (one.partial or other.partial)


def _united(one: Fact, other: Fact) -> Fact:
    """What two copies say of one fact: the whole of it, erased if either was, by the first that did so."""
    if clash(one, other):
        raise Conflict(f"fact {one.id} differs between the two copies")
    stones = [fact.what for fact in (one, other) if isinstance(fact.what, Erased)]
    both = [tombstone(fact, min(stones, key=age)) for fact in (one, other)] if stones else [one, other]
    return both[0] if both[0] == both[1] else min(both, key=_wholeness)


def _wholeness(fact: Fact) -> tuple[bool, int, str]:
    """The whole fact first; of parts, which copies made at different times, the one that says most."""
    spelled = _spelled(fact)
    return fact.partial, -len(spelled), spelled


def _obedient(record: Record) -> Record:
    """The record without the words of anything of which it has a tombstone."""
    facts = in_order(swept(record.facts))
    return replace(record, agenda=without_words(record.agenda, stones_in(facts)), facts=facts)


def _head(one: Record, other: Record, erased: Collection[str]) -> Record:
    """Of two copies the heading that stays: the full one's, then the earlier, then always the same.

    Words that can be erased have no say in which it is, or the order in which copies met would show after an erasure.
    """
    heads = [replace(each, agenda=without_words(each.agenda, erased), facts=()) for each in (one, other)]
    first, second = sorted(heads, key=_bare)
    if first == second or _bare(first) != _bare(second):
        return first
    pairs = zip(first.agenda.topics, second.agenda.topics, strict=True)
    return replace(first, agenda=replace(first.agenda, topics=tuple(min(pair, key=_spelled) for pair in pairs)))


def _bare(head: Record) -> tuple[bool, datetime, str]:
    agenda = without_words(head.agenda, {topic.id for topic in head.agenda.topics})
    return head.partial, head.created, _spelled(replace(head, agenda=agenda))


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

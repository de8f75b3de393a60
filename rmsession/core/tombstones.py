"""What stands in the place of erased words: in the facts that said them, and in a topic that was made of them later.

A line of the parking lot may go on as a topic of a later session, under its own id. When the line is erased, so are
that topic's words, and the later record says so by a tombstone of its own: whatever copy of it comes from elsewhere,
in whatever order, its heading gives way to that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Final
from uuid import UUID

from rmsession.core.agenda import Agenda, Topic
from rmsession.core.between import ActionCarried
from rmsession.core.facts import ActionDropped, Amended, Captured, Erased, Fact
from rmsession.core.text import UserText

ERASED_TITLE: Final = UserText("(erased)")
"""What stands for the title of a topic whose words were erased."""
_TOPIC: Final = "Topic"
_NOBODY: Final = "erasure"
"""Stands where a fact names a person and a device: the machines that erase a topic must all make the same fact."""


def target_of(fact: Fact) -> str | None:
    """The capture whose words, or the tombstone of whose words, a fact holds."""
    match fact.what:
        case Captured():
            return fact.id
        case Amended(target=target) | Erased(target=target):
            return target
        case ActionDropped(target=target) | ActionCarried(target=target):
            return target
        case _:
            return None


def tombstone(fact: Fact, stone: Erased) -> Fact:
    """A fact erased when and by whom `stone` says."""
    target, by, wall = stone.target, stone.by, stone.wall
    match fact.what:
        case Erased(was=was) if was == _TOPIC:
            return replace(fact, wall=wall, what=Erased(target, was, by, wall))
        case Erased(was=was, kind=kind, topic=topic):
            what = Erased(target, was, by, wall, kind, topic)
        case Captured(kind=kind, topic=topic):
            what = Erased(target, "Captured", by, wall, kind, topic)
        case event:
            what = Erased(target, type(event).__name__, by, wall)
    return replace(fact, what=what)


def topic_tombstone(session: str, stone: Erased, taken: Collection[str]) -> Fact:
    """The fact that says of a session's topic that its words were erased; no id in `taken` is its own.

    Its id is made of the session's and the topic's, so that two machines which erase the same make one fact. It says
    nothing of the session's course, and stands before all of it.
    """
    ids = (_made_of(session, stone.target, str(number)) for number in count())
    what = Erased(stone.target, _TOPIC, stone.by, stone.wall)
    own = next(each for each in ids if each not in taken)
    return Fact(id=own, by=_NOBODY, device=_NOBODY, seq=0, wall=stone.wall, at=None, what=what)


def stones_in(facts: Iterable[Fact]) -> dict[str, Erased]:
    """The first tombstone of each capture, by the capture's id."""
    stones: dict[str, Erased] = {}
    for fact in facts:
        if isinstance(fact.what, Erased):
            target = fact.what.target
            stones[target] = min(stones.get(target, fact.what), fact.what, key=age)
    return stones


def swept(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Erase what another copy still said of a capture that one of them redacted, with the first tombstone of it."""
    facts = list(facts)
    stones = stones_in(facts)
    for fact in facts:
        target = target_of(fact)
        # Asked for None by its own: a forged tombstone of nothing, the target "", would else take every fact away.
        stone = None if target is None else stones.get(target)
        yield tombstone(fact, stone) if stone else fact


def age(stone: Erased) -> tuple[datetime, str, str]:
    """What of two tombstones of one thing tells the first; it says nothing of what stood there."""
    return stone.wall, stone.by, stone.target


def without_words(agenda: Agenda, erased: Collection[str]) -> Agenda:
    """The agenda without the words of topics that were made of erased lines; their time and place stay.

    Only what came from an earlier session can be erased there: a forged tombstone takes no title from an agenda. The
    questions under such a topic are those of an agenda, and stay as well.
    """
    return replace(agenda, topics=tuple(_wordless(each) if each.id in erased else each for each in agenda.topics))


def words_gone(before: Agenda, erased: Collection[str]) -> Iterator[UserText]:
    """The words that `without_words` takes away."""
    for topic in before.topics:
        if topic.id in erased and topic != _wordless(topic):
            yield from filter(None, (topic.title, topic.lead, topic.body))


def _wordless(topic: Topic) -> Topic:
    return topic if topic.carried is None else replace(topic, title=ERASED_TITLE, lead=None, body=UserText())


def _made_of(*parts: str) -> str:
    # Only here: hardly anybody erases, and the app has its digests without OpenSSL, if it comes first.
    from hashlib import sha256  # noqa: PLC0415

    plain = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return str(UUID(bytes=sha256(plain).digest()[:16], version=5))

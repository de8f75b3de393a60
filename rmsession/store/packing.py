"""Documents of one session as the index keeps them: what they share once, and each to be unpacked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from rmsession.core.documents import Hit
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.store.spelling import Unfit, dumps, loads


class Documents(Sequence[Hit]):
    """The documents of a session, a line of JSON each, unpacked one by one when they are asked for."""

    def __init__(self, lines: list[bytes]) -> None:
        shared, *self._lines = lines
        session, pair, title, mentor, mentee, day, self.titles, self._topics = loads(shared)
        self._of_all = session, pair, UserText(title), UserText(mentor), UserText(mentee), date.fromisoformat(day)
        self._read: dict[int, Hit] = {}
        """Those that were asked for: while somebody types, the same few are asked for with nearly every key."""

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: int) -> Hit:  # type: ignore[override] # nobody asks for a slice
        hit = self._read.get(place)
        if hit is None:
            hit = self._read[place] = self._unpacked(place)
        return hit

    def _unpacked(self, place: int) -> Hit:
        capture, topic, kind, text, owner, due, tags, goals, wall, at, status, private = loads(self._lines[place])
        session, pair, title, mentor, mentee, day = self._of_all
        topic_id, topic_title = self._topics[topic]
        return Hit(
            session=session,
            pair=pair,
            capture=capture,
            topic_id=topic_id,
            kind=None if kind is None else Kind(kind),
            text=UserText(text),
            owner=None if owner is None else UserText(owner),
            due=due,
            tags=tuple(tags),
            goals=tuple(goals),
            title=title,
            topic=UserText(topic_title),
            mentor=mentor,
            mentee=mentee,
            day=day,
            wall=datetime.fromisoformat(wall),
            at=at,
            status=ActionStatus(status),
            private=private,
        )


def packed(hits: Sequence[Hit]) -> bytes:
    """All documents of one session, of which there is one at least."""
    first = hits[0]
    titles = sum(hit.capture is None for hit in hits)
    topics = list(dict.fromkeys((hit.topic_id, hit.topic.raw) for hit in hits))
    places = {topic: place for place, topic in enumerate(topics)}
    people = first.mentor.raw, first.mentee.raw
    shared = [first.session, first.pair, first.title.raw, *people, first.day.isoformat(), titles, topics]
    return b"\n".join(map(dumps, [shared, *(_line(hit, places[hit.topic_id, hit.topic.raw]) for hit in hits)]))


def _line(hit: Hit, topic: int) -> list[Any]:
    """What a document has of its own."""
    return [
        hit.capture, topic, hit.kind.value if hit.kind else None, hit.text.raw,
        hit.owner.raw if hit.owner is not None else None,
        hit.due, hit.tags, hit.goals, hit.wall.isoformat(), hit.at, hit.status.value, hit.private,
    ]  # fmt: skip


def unpacked(data: bytes) -> Documents:
    """The documents that were packed. Raises `ValueError` when they are of another shape."""
    try:
        return Documents(data.split(b"\n"))
    except (Unfit, TypeError) as error:
        raise ValueError(f"a row of the index is of another shape: {error}") from error

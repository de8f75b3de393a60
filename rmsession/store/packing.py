"""Documents of one session as the index keeps them: what they share once, and each to be unpacked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from rmsession.core.documents import Hit
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.store.spelling import Unfit, dumps, loads
from rmsession.store.values import document_of, value_of


class _Line(msgspec.Struct, array_like=True, frozen=True):
    """What a document has of its own."""

    capture: str | None
    topic: int
    """Which of the topics."""
    kind: Kind | None
    text: str
    owner: str | None
    due: str | None
    tags: tuple[str, ...]
    goals: tuple[str, ...]
    wall: datetime
    at: float | None
    status: ActionStatus
    private: bool


class _Shared(msgspec.Struct, array_like=True, frozen=True):
    """What the documents of a session share."""

    session: str
    pair: str
    title: str
    mentor: str
    mentee: str
    day: date
    titles: int
    topics: tuple[tuple[str | None, str], ...]
    """The ids and titles that documents have."""


class _Packed(msgspec.Struct, array_like=True, frozen=True):
    shared: _Shared
    lines: list[_Line]


class _Unread(msgspec.Struct, array_like=True, frozen=True):
    shared: _Shared
    lines: list[msgspec.Raw]


class Documents(Sequence[Hit]):
    """The documents of a session, unpacked one by one when they are asked for."""

    def __init__(self, shared: _Shared, lines: Sequence[_Line | msgspec.Raw]) -> None:
        self._shared = shared
        self._lines = lines
        self.titles = shared.titles
        """How many of them are titles; they come first."""

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: int) -> Hit:  # type: ignore[override] # nobody asks for a slice
        line = self._lines[place]
        if isinstance(line, msgspec.Raw):
            line = _LINE.decode(line)
        shared = self._shared
        topic_id, topic = shared.topics[line.topic]
        return Hit(
            session=shared.session,
            pair=shared.pair,
            capture=line.capture,
            topic_id=topic_id,
            kind=line.kind,
            text=UserText(line.text),
            owner=None if line.owner is None else UserText(line.owner),
            due=line.due,
            tags=line.tags,
            goals=line.goals,
            title=UserText(shared.title),
            topic=UserText(topic),
            mentor=UserText(shared.mentor),
            mentee=UserText(shared.mentee),
            day=shared.day,
            wall=line.wall,
            at=line.at,
            status=line.status,
            private=line.private,
        )


def packed(hits: Sequence[Hit]) -> bytes:
    """All documents of one session, of which there is one at least."""
    first = hits[0]
    titles = sum(hit.capture is None for hit in hits)
    topics = tuple(dict.fromkeys((hit.topic_id, hit.topic.raw) for hit in hits))
    places = {topic: place for place, topic in enumerate(topics)}
    shared = _Shared(
        first.session, first.pair, first.title.raw, first.mentor.raw, first.mentee.raw, first.day, titles, topics
    )  # fmt: skip
    lines = [
        _Line(
            hit.capture, places[hit.topic_id, hit.topic.raw], hit.kind, hit.text.raw,
            hit.owner.raw if hit.owner is not None else None,
            hit.due, hit.tags, hit.goals, hit.wall, hit.at, hit.status, hit.private,
        )
        for hit in hits
    ]  # fmt: skip
    value = _Packed(shared, lines)
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:  # a lone surrogate
        return dumps(document_of(value))


def unpacked(data: bytes) -> Documents:
    """The documents that were packed. Raises `ValueError` when they are of another shape."""
    try:
        if b"\\ud" in data:  # perhaps a lone surrogate, which only the slower way reads
            whole = value_of(loads(data), _Packed)
            return Documents(whole.shared, whole.lines)
        unread = _WHOLE.decode(data)
        return Documents(unread.shared, unread.lines)
    except (Unfit, msgspec.MsgspecError) as error:
        raise ValueError(f"a row of the index is of another shape: {error}") from error


_ENCODER: Final = msgspec.json.Encoder()
_WHOLE: Final = msgspec.json.Decoder(_Unread)
_LINE: Final = msgspec.json.Decoder(_Line)

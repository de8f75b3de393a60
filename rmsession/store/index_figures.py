"""What each session comes to in figures, as the index keeps it: a row of its own, which no list and no search reads."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import msgspec

from rmsession.core.figures import SessionFigures
from rmsession.store.index_rows import of_sessions
from rmsession.store.rows import Numbers
from rmsession.store.spelling import Unfit, dumps, loads
from rmsession.store.values import document_of, value_of

if TYPE_CHECKING:
    from rmsession.core.search import Stop
    from rmsession.core.store import Progress
    from rmsession.store.index_fresh import Refresher
    from rmsession.store.index_register import Register

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(SessionFigures)
_JSON: Final = b"{"
"""With this no value begins that is spelled in MessagePack."""


class _Stopped(Exception):
    """Nobody waits any longer."""


def figures_in(refresher: Refresher, progress: Progress | None, stop: Stop | None) -> list[SessionFigures]:
    """What `Store.figures` promises."""
    try:
        found = refresher.ask(_all, _prepared_by(refresher, progress, stop))
    except _Stopped:
        return []
    return sorted(found, key=lambda each: each.session)


def packed_figures(figures: SessionFigures) -> bytes:
    """One session's figures as a row has them."""
    try:
        return _ENCODER.encode(figures)
    except UnicodeEncodeError:  # an id from elsewhere with a lone surrogate
        return dumps(document_of(figures))


def unpacked_figures(data: bytes) -> SessionFigures:
    """The figures that were packed. Raises `ValueError` when they are of another shape."""
    try:
        return value_of(loads(data), SessionFigures) if data.startswith(_JSON) else _DECODER.decode(data)
    except (Unfit, msgspec.MsgspecError) as error:
        raise ValueError(f"a row of the index is of another shape: {error}") from error


def _prepared_by(refresher: Refresher, progress: Progress | None, stop: Stop | None) -> Callable[[], None]:
    def prepare() -> None:
        if not refresher.prepare(progress, stop):
            raise _Stopped

    return prepare


def _all(connection: sqlite3.Connection, register: Register) -> list[SessionFigures]:
    try:
        with _uncollected():
            return [unpacked_figures(row.figures) for row in of_sessions(connection, Numbers, register.of_pair(None))]
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Make many values that cannot hold one another in a circle: looking for circles takes as long as making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

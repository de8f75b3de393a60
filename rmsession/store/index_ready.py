"""Long lists ready-made: kept in the index from when they are first asked for until anything there changes."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from rmsession.core.tables import ActionColumns, SessionColumns, SessionTable, packed, unpacked
from rmsession.store.rows import ROOM, Ready, sealed, whole_rows
from rmsession.store.spelling import Unfit, dumps, loads

if TYPE_CHECKING:
    from rmsession.core.lists import ActionItem, Summary

T = TypeVar("T")

_OPEN: Final = "open actions"
_SESSIONS: Final = "sessions"
_MET: Final = "met"
WORTH: Final = 300
"""A list of fewer is made anew in the time that it takes to keep one."""


def is_so(
    connection: sqlite3.Connection,
    state: int,
    items: Callable[[], list[ActionItem]],
    history: Callable[[], list[Summary]],
) -> bool:
    """Whether every list that lies ready says what it would say if it were made now."""
    from rmsession.core.met import met_by_pair
    from rmsession.core.tabling import action_columns, session_columns

    there = {name: data for name in (_OPEN, _SESSIONS, _MET) if (data := _found(connection, state, name))}
    if not there:
        return True
    summaries = history()
    made = {
        _OPEN: packed(action_columns(items())),
        _SESSIONS: packed(session_columns(summaries)),
        _MET: dumps(met_by_pair(summaries)),
    }
    return all(made[name] == data for name, data in there.items())


def open_columns(connection: sqlite3.Connection, state: int, items: Callable[[], list[ActionItem]]) -> ActionColumns:
    """The open action items, the earliest due first; `items` says them where they are not at hand.

    Raises:
        sqlite3.DatabaseError: what is at hand is not what was kept.
    """
    if data := _found(connection, state, _OPEN):
        return _read(lambda: unpacked(data, ActionColumns))
    # Only here, and below: what is at hand is shown without what makes it.
    from rmsession.core.tabling import action_columns

    columns = action_columns(items())
    if len(columns.ids) >= WORTH and (made := packed(columns)):
        _keep(connection, state, {_OPEN: made})
    return columns


def session_table(connection: sqlite3.Connection, state: int, history: Callable[[], list[Summary]]) -> SessionTable:
    """All sessions, and how each pair has met; `history` says them where they are not at hand, the newest first.

    Raises:
        sqlite3.DatabaseError: what is at hand is not what was kept.
    """
    # Only here: other lists tell of no meetings.
    from rmsession.core.met import MetOf, met_by_pair

    if (data := _found(connection, state, _SESSIONS)) and (met := _found(connection, state, _MET)):
        pairs = _read(lambda: [MetOf._make(each) for each in loads(met)])
        return SessionTable(_read(lambda: unpacked(data, SessionColumns)), pairs)
    from rmsession.core.tabling import session_columns

    summaries = history()
    table = SessionTable(session_columns(summaries), met_by_pair(summaries))
    if len(summaries) >= WORTH and (made := packed(table.columns)):
        _keep(connection, state, {_SESSIONS: made, _MET: dumps(table.met)})
    return table


def keep_told(connection: sqlite3.Connection, state: int | None, name: str, leaning: bytes, words: bytes) -> None:
    """Keep what a list said that was made of the index in this state, if it still is, and on what else that leans."""
    if state is not None and words.count(b"\n") > WORTH:
        # Only here: it is told where nothing else of the store is loaded.
        from rmsession.store.told import folded, row_of

        _keep(connection, state, {row_of(name): folded(leaning, words)})


def _found(connection: sqlite3.Connection, state: int, name: str) -> bytes | None:
    found = connection.execute("SELECT * FROM ready WHERE name = ? AND state = ?", (name, state))
    rows = _read(lambda: whole_rows(Ready, found))
    return rows[0].data if rows else None


def _keep(connection: sqlite3.Connection, state: int, made: dict[str, bytes]) -> None:
    """Keep lists that were made of the index in this state, if it still is; nobody waits for it who may not write."""
    with suppress(sqlite3.OperationalError), connection:
        connection.execute(ROOM)
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT number FROM state").fetchone() == (state,):
            rows = [sealed(Ready(name, state, data, 0)) for name, data in made.items()]
            connection.executemany("INSERT OR REPLACE INTO ready VALUES (?, ?, ?, ?)", rows)


def _read(read: Callable[[], T]) -> T:
    try:
        return read()
    except (ValueError, TypeError, Unfit) as error:
        raise sqlite3.DatabaseError(f"a list of the index is not what was kept: {error}") from error

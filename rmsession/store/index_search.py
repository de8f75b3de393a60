"""What the index answers to a query: the same as a scan of every document, found by SQLite's full-text search."""

# ruff: noqa: S608 - the names of tables are ours

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rmsession.core.documents import Hit, found_of
from rmsession.core.folding import folded
from rmsession.core.query import Query, matches, whole
from rmsession.core.search import Findings, Stop, order
from rmsession.store import index_words
from rmsession.store.index_register import Register
from rmsession.store.index_rows import hits_in, rows_in
from rmsession.store.index_words import Wanted
from rmsession.store.packing import Documents
from rmsession.store.rows import SLOTS, Words, as_bytes, pair_key, second_of

_AT_ONCE: Final = 500
_OPERATIONS: Final = 20_000
"""Steps of SQLite between two looks at whether anybody still waits: well under a millisecond."""


class CalledOff(Exception):
    """Nobody waits for the answer any more."""


@dataclass(slots=True)
class Search:
    """One question to the index, inside one transaction."""

    connection: sqlite3.Connection
    register: Register
    query: Query
    today: date
    pair: str | None
    private: bool
    stop: Stop | None
    _known: dict[int, Documents] = field(default_factory=dict)

    def findings(self, limit: int) -> Findings:
        """What answers it. Raises `CalledOff`, and `sqlite3.DatabaseError` where the index contradicts itself."""
        if self.stop:
            asked = self.stop
            self.connection.set_progress_handler(lambda: int(asked()), _OPERATIONS)
        try:
            want = index_words.wanted(self.connection, self.query, self.today, self.pair)
            return self._counted(want, limit) if want.sure else self._looked_at(want, limit)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise CalledOff from error
            raise
        finally:
            self.connection.set_progress_handler(None, 0)

    def _counted(self, want: Wanted, limit: int) -> Findings:
        """What full-text search finds is what is wanted: only the hits that are shown are looked at."""
        total, blocks = 0, set[int]()
        for table in index_words.tables(private=self.private):
            total += self._ask(f"SELECT count(*) FROM {table}", table, want.expression).fetchone()[0]
            asked = f"SELECT DISTINCT rowid >> {SLOTS} FROM {table}"
            blocks.update([block for (block,) in self._ask(asked, table, want.expression).fetchall()])
        hits: list[Hit] = []
        for number, expression in enumerate(_by_rank(want)):
            if len(hits) < min(limit, total):
                hits += self._best(
                    expression, min(limit, total) - len(hits), exact=number < _RANKS // 2 or not want.exactly
                )
        return Findings(tuple(hits), total, self._sessions(blocks))

    def _looked_at(self, want: Wanted, limit: int) -> Findings:
        """What full-text search finds may be more than what is wanted: every document of it is looked at."""
        found: list[tuple[tuple[object, ...], Hit]] = []
        blocks: set[int] = set()
        exactly = whole(self.query)
        for table in index_words.tables(private=self.private):
            for (number,) in self._ask(f"SELECT rowid FROM {table}", table, want.expression):
                hit, place, created = self._hit(number)
                document = found_of(hit, self.today)
                if self._may_show(hit) and matches(self.query, document):
                    found.append((order(hit, created, place, exact=matches(exactly, document)), hit))
                    blocks.add(number >> SLOTS)
        found.sort(key=lambda each: each[0])
        return Findings(tuple(hit for _, hit in found[: max(limit, 0)]), len(found), self._sessions(blocks))

    def _best(self, expression: str, most: int, *, exact: bool) -> list[Hit]:
        """The first hits of one rank."""
        numbers: list[int] = []
        for table in index_words.tables(private=self.private):
            asked = f"SELECT rowid FROM {table}"
            some = [number for (number,) in self._ask(asked, table, expression, f"ORDER BY rowid DESC LIMIT {most:d}")]
            if len(some) == most:  # sessions of one second have their order from their ids
                more = f"AND rowid >= {second_of(some[-1]):d} AND rowid < {some[-1]:d}"
                some += [number for (number,) in self._ask(asked, table, expression, more)]
            numbers += some
        numbers.sort(reverse=True)
        if len(numbers) > most:
            numbers = [number for number in numbers if number >= second_of(numbers[most - 1])]
        self._unpack({number >> SLOTS for number in numbers})
        ranked = []
        for hit, place, created in map(self._hit, numbers):
            if not (self._may_show(hit) and matches(self.query, found_of(hit, self.today))):
                raise sqlite3.DatabaseError("the index finds what is not there")
            ranked.append((order(hit, created, place, exact=exact), hit))
        ranked.sort(key=lambda each: each[0])
        return [hit for _, hit in ranked[:most]]

    def _ask(self, asked: str, table: str, expression: str, more: str = "") -> sqlite3.Cursor:
        """Ask for the documents that fit, of the sessions that fit."""
        narrowed, given = self._of_sessions()
        return self.connection.execute(f"{asked} WHERE {table} MATCH ? {narrowed} {more}", (expression, *given))

    def _of_sessions(self) -> tuple[str, list[object]]:
        """What the query says of sessions as a whole, in SQL."""
        query, parts, given = self.query, list[str](), list[object]()
        for name in query.people:
            parts.append("instr(people, ?)")
            given.append(as_bytes(folded(name)))
        for day, sign in ((query.since, ">="), (query.before, "<")):
            if day:
                parts.append(f"day {sign} ?")
                given.append(day.isoformat())
        narrowed = f"AND rowid >> {SLOTS} IN (SELECT block FROM bodies WHERE {' AND '.join(parts)})" if parts else ""
        return narrowed, given

    def _hit(self, number: int) -> tuple[Hit, int, float]:
        """A document by its number, its place in its session, and when that was made."""
        block = number >> SLOTS
        head = self.register.blocks.get(block)
        if head is None:
            raise sqlite3.DatabaseError("the index finds a session that it does not know")
        if block not in self._known:
            if self.stop and self.stop():
                raise CalledOff
            self._unpack({block})
        if block not in self._known:
            raise sqlite3.DatabaseError("the index finds a session that it does not know")
        hits = self._known[block]
        place = index_words.place_of(number, hits.titles)
        hit = hits[place] if place < len(hits) else None
        if hit is None or hit.session != head.id:
            raise sqlite3.DatabaseError("the index finds a document that it does not know")
        return hit, place, head.created

    def _unpack(self, blocks: set[int]) -> None:
        """Have the documents of these sessions at hand."""
        few = sorted(blocks - self._known.keys())
        for start in range(0, len(few), _AT_ONCE):
            some = few[start : start + _AT_ONCE]
            rows = self.connection.execute(f"SELECT * FROM words WHERE block IN ({', '.join('?' * len(some))})", some)
            self._known.update((words.block, hits_in(words)) for words in rows_in(Words, rows))

    def _may_show(self, hit: Hit) -> bool:
        return (self.private or not hit.private) and self.pair in (None, hit.pair)

    def _sessions(self, blocks: Iterable[int]) -> tuple[str, ...]:
        found = set(blocks)
        heads = [head for block, head in self.register.blocks.items() if block in found]
        key = pair_key(self.pair) if self.pair is not None else None
        if len(heads) < len(found) or (key is not None and any(head.pair != key for head in heads)):
            raise sqlite3.DatabaseError("the index finds a session that it does not know")
        return tuple(head.id for head in heads)


_RANKS: Final = 4


def _by_rank(want: Wanted) -> tuple[str, ...]:
    """The query once for each rank, the best first: whole words before beginnings, lines before titles."""
    if not want.exactly:
        return f"{want.expression} AND _line", f"{want.expression} AND _title"
    rest = f"({want.expression} NOT {want.begun})"
    return tuple(f"{part} AND {kind}" for part in (want.exactly, rest) for kind in ("_line", "_title"))

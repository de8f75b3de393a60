"""What the index answers to a query: the same as a scan of every document, found by SQLite's full-text search."""

# ruff: noqa: S608 - the names of tables are ours

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from rmsession.core.documents import Hit, found_of
from rmsession.core.query import Query, whole
from rmsession.core.query_match import asks_for_words_only, has_words, matches
from rmsession.core.search import Findings, Stop, order
from rmsession.store import index_words
from rmsession.store.index_asked import Wanted, wanted
from rmsession.store.index_register import Count, Register
from rmsession.store.index_sessions import fitting, is_of_sessions, narrowed
from rmsession.store.letters import counted
from rmsession.store.packing import Documents
from rmsession.store.rows import LINE, ROOM, SLOTS, Head, second_of

_AT_ONCE: Final = 500
_FEW: Final = 2000
"""Hits up to which it is quicker to put all in order than to ask for those of each rank."""
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
    _heads: dict[int, Head] = field(default_factory=dict)
    _narrowed: tuple[str, tuple[object, ...]] = "", ()

    def findings(self, limit: int) -> Findings:
        """What answers it. Raises `CalledOff`, and `sqlite3.DatabaseError` where the index contradicts itself."""
        self.connection.execute(ROOM)
        if self.stop:
            asked = self.stop
            self.connection.set_progress_handler(lambda: int(asked()), _OPERATIONS)
        try:
            if is_of_sessions(self.query):
                return self._of_whole_sessions(limit)
            self._narrowed = narrowed(self.query, partial(self.register.facets, self.connection))
            want = wanted(partial(self.register.labels, self.connection), self.query, self.today, self.pair)
            return self._counted(want, limit) if want.sure else self._looked_at(want, limit)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise CalledOff from error
            raise
        finally:
            self.connection.set_progress_handler(None, 0)

    def _of_whole_sessions(self, limit: int) -> Findings:
        """Every document of the sessions that fit."""
        facets = self.register.facets(self.connection)
        chosen = self.register.blocks_of(self.pair)
        if self.query:
            fits = fitting(self.query)
            chosen = [block for block in chosen if fits(facets[block])]
        total = sum([facets[block].shared for block in chosen])
        total += sum([facets[block].hidden for block in chosen]) if self.private else 0
        hits: list[Hit] = []
        most = min(max(limit, 0), total)
        for lines in (True, False):
            for block in chosen if len(hits) < most else ():
                if block not in self._known:
                    self._unpack({block})
                hits += self._shown(self._numbers_in(block, lines=lines))
                if len(hits) >= most:
                    break
        return Findings(tuple(hits[:most]), total, self.register.ids_of(chosen))

    def _numbers_in(self, block: int, *, lines: bool) -> list[int]:
        """The documents of a session that may show, its lines or its titles, in the order of hits."""
        documents = self._known.get(block, ())
        titles = documents.titles if documents else 0
        places = range(len(documents) - 1, titles - 1, -1) if lines else range(titles)
        return [index_words.number(block, each, titles) for each in places if self._may_show(documents[each])]

    def _counted(self, want: Wanted, limit: int) -> Findings:
        """What full-text search finds is what is wanted: only the hits that are shown are looked at."""
        count = partial(self._lying_ready, want.letter) if want.letter else self._counts
        total, sessions = self.register.counted((want.expression, self._narrowed, self.private), count)
        most = min(limit, total)
        if total <= _FEW:
            return Findings(tuple(self._shown(self._ranked(want)[: max(most, 0)])), total, sessions)
        hits: list[Hit] = []
        for expression, lines in want.by_rank():
            if len(hits) < most:
                hits += self._best(expression, most - len(hits), lines=lines)
        return Findings(tuple(hits), total, sessions)

    def _counts(self, key: Count) -> tuple[int, tuple[str, ...]]:
        """How many documents are found, and in which sessions, in one walk."""
        total, blocks = 0, set[int]()
        for table in index_words.tables(private=self.private):
            asked = f"SELECT count(*), group_concat(DISTINCT rowid >> {SLOTS}) FROM {table}"
            ((count, some),) = self._ask(asked, table, key[0])
            total += count
            blocks.update(map(int, some.split(",") if some else ()))
        return total, self._sessions(blocks)

    def _lying_ready(self, letter: str, _: Count) -> tuple[int, tuple[str, ...]]:
        """The same for a letter."""
        total, blocks = counted(self.connection, self.register.shelves, letter, self.pair, private=self.private)
        return total, self._sessions(blocks)

    def _ranked(self, want: Wanted) -> list[int]:
        """All that is found, the best first."""
        found: list[int] = []
        whole_words: set[int] = set()
        for table in index_words.tables(private=self.private):
            found += [number for (number,) in self._ask(f"SELECT rowid FROM {table}", table, want.expression)]
            if want.exactly:
                some = self._ask(f"SELECT rowid FROM {table}", table, want.exactly)
                whole_words.update(number for (number,) in some)
        return sorted(
            found, key=lambda number: (bool(want.exactly) and number not in whole_words, *self._order(number))
        )

    def _order(self, number: int) -> tuple[object, ...]:
        """The order of hits of one rank, by their numbers alone."""
        return not number & LINE, *self.register.order(number >> SLOTS), -number

    def _looked_at(self, want: Wanted, limit: int) -> Findings:
        """What full-text search finds may be more than what is wanted: every document of it is looked at."""
        found: list[tuple[tuple[object, ...], Hit]] = []
        blocks: set[int] = set()
        exactly = whole(self.query)
        for number in self._candidates(want):
            hit, place, created = self._hit(number)
            document = found_of(hit, self.today)
            if self._may_show(hit) and matches(self.query, document):
                exact = exactly == self.query or matches(exactly, document)
                found.append((order(hit, created, place, exact=exact), hit))
                blocks.add(number >> SLOTS)
        found.sort(key=lambda each: each[0])
        return Findings(tuple(hit for _, hit in found[: max(limit, 0)]), len(found), self._sessions(blocks))

    def _candidates(self, want: Wanted) -> Iterator[int]:
        """What full-text search finds, with the documents of its sessions at hand."""
        for table in index_words.tables(private=self.private):
            cursor = self._ask(f"SELECT rowid FROM {table}", table, want.expression)
            while some := [number for (number,) in cursor.fetchmany(_AT_ONCE)]:
                if self.stop and self.stop():
                    raise CalledOff
                self._unpack({number >> SLOTS for number in some})
                yield from some

    def _best(self, expression: str, most: int, *, lines: bool) -> list[Hit]:
        """The first hits of one rank."""
        numbers: list[int] = []
        kind = f"AND (rowid & {LINE}) {'<>' if lines else '='} 0"
        for table in index_words.tables(private=self.private):
            asked = f"SELECT rowid FROM {table}"
            first = f"{kind} ORDER BY rowid DESC LIMIT {most:d}"
            some = [number for (number,) in self._ask(asked, table, expression, first)]
            if len(some) == most:  # sessions of one second have their order from their ids
                more = f"{kind} AND rowid >= {second_of(some[-1]):d} AND rowid < {some[-1]:d}"
                some += [number for (number,) in self._ask(asked, table, expression, more)]
            numbers += some
        return self._shown(sorted(numbers, key=self._order)[:most])

    def _shown(self, numbers: list[int]) -> list[Hit]:
        """These documents, each looked at again."""
        self._unpack({number >> SLOTS for number in numbers})
        hits = []
        by_words = asks_for_words_only(self.query)
        for hit, _, _ in map(self._hit, numbers):
            fits = has_words(self.query, hit.text.raw) if by_words else matches(self.query, found_of(hit, self.today))
            if not (fits and self._may_show(hit)):
                raise sqlite3.DatabaseError("the index finds what is not there")
            hits.append(hit)
        return hits

    def _ask(self, asked: str, table: str, expression: str, more: str = "") -> sqlite3.Cursor:
        """Ask for the documents that fit, of the sessions that fit."""
        narrowed, given = self._narrowed
        return self.connection.execute(f"{asked} WHERE {table} MATCH ? {narrowed} {more}", (expression, *given))

    def _hit(self, number: int) -> tuple[Hit, int, float]:
        """A document by its number, its place in its session, and when that was made."""
        block = number >> SLOTS
        head = self._head(block)
        if block not in self._known:
            if self.stop and self.stop():
                raise CalledOff
            self._unpack({block})
        if block not in self._known:
            raise sqlite3.DatabaseError("the index finds a session that it does not know")
        hits = self._known[block]
        place = index_words.place_of(number, hits.titles)
        hit = hits[place] if 0 <= place < len(hits) else None
        if hit is None or hit.session != head.id:
            raise sqlite3.DatabaseError("the index finds a document that it does not know")
        return hit, place, head.created

    def _head(self, block: int) -> Head:
        head = self._heads.get(block) or self.register.head(block)
        if head is None:
            raise sqlite3.DatabaseError("the index finds a session that it does not know")
        self._heads[block] = head
        return head

    def _unpack(self, blocks: set[int]) -> None:
        """Have the documents of these sessions at hand."""
        if few := blocks - self._known.keys():
            self._known.update(self.register.at_hand.documents(self.connection, few))

    def _may_show(self, hit: Hit) -> bool:
        return (self.private or not hit.private) and self.pair in (None, hit.pair)

    def _sessions(self, blocks: set[int]) -> tuple[str, ...]:
        found = self.register.sessions(blocks)
        if found is None or (self.pair is not None and any(self._head(block).pair != self.pair for block in blocks)):
            raise sqlite3.DatabaseError("the index finds a session that it does not know")
        return found

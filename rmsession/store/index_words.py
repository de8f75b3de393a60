"""Words of the index: what SQLite's full-text search is given of a document."""

# ruff: noqa: S608 - the names of tables are ours

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from rmsession.core.documents import Hit, found_of
from rmsession.core.folding import folded, tokens
from rmsession.store.index_labels import AGENDA, MONTH, label
from rmsession.store.letters import Begun, begun
from rmsession.store.rows import LINE, PRIVATE, SHARED, SLOTS, as_bytes

REACH: Final = 20
"""So many signs in front of one, read backwards, tell ``is:`` from ``as:`` and ``c++`` from ``++``."""
_DAY: Final = date(2000, 1, 1)


def put(connection: sqlite3.Connection, block: int, hits: Iterable[Hit]) -> Begun:
    """Add the documents of a session; how many of them have words that begin with each letter."""
    return _change(connection, block, hits, "INSERT INTO {0}(rowid, words, about) VALUES (?, ?, ?)")


def take(connection: sqlite3.Connection, block: int, hits: Iterable[Hit]) -> None:
    """Take the documents of a session out again; their words stay in the file until `sweep`."""
    _change(connection, block, hits, "INSERT INTO {0}({0}, rowid, words, about) VALUES ('delete', ?, ?, ?)")


def sweep(connection: sqlite3.Connection) -> None:
    """Leave no word in the file that no document has."""
    for table in (SHARED, PRIVATE):
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def tables(*, private: bool) -> tuple[str, ...]:
    """Where to look."""
    return (SHARED, PRIVATE) if private else (SHARED,)


def number(block: int, place: int, titles: int) -> int:
    """The number of a document by its place in its session: what comes first in a list has the highest.

    The newer line comes first, but a session's title before its topics'.
    """
    return block << SLOTS | (titles - 1 - place if place < titles else place | LINE)


def place_of(document: int, titles: int) -> int:
    """The place in its session that a document has by its number; negative when it can have none."""
    slot = document & ((1 << SLOTS) - 1)
    return slot & ~LINE if slot & LINE else titles - 1 - slot


def titles_in(hits: Iterable[Hit]) -> int:
    """How many of a session's documents are titles; they come first."""
    return sum(hit.capture is None for hit in hits)


def _change(connection: sqlite3.Connection, block: int, hits: Iterable[Hit], statement: str) -> Begun:
    hits = tuple(hits)
    titles = titles_in(hits)
    words = [tokens(hit.text.raw) for hit in hits]
    for table, private in ((SHARED, False), (PRIVATE, True)):
        rows = (
            (number(block, place, titles), " ".join(words[place]), " ".join(_about(hit)))
            for place, hit in enumerate(hits)
            if hit.private is private
        )
        connection.executemany(statement.format(table), rows)
    return _counts(hits, words)


def counts_of(hits: Iterable[Hit]) -> Begun:
    """How many documents of a session have words that begin with each letter."""
    hits = tuple(hits)
    return _counts(hits, [tokens(hit.text.raw) for hit in hits])


def _counts(hits: Iterable[Hit], words: Iterable[Sequence[str]]) -> Begun:
    both = list(zip(hits, words, strict=True))
    return begun(said for hit, said in both if not hit.private), begun(said for hit, said in both if hit.private)


def _about(hit: Hit) -> Iterator[str]:
    """What is known of a document, each a word of its own."""
    found = found_of(hit, _DAY)
    yield "_all"
    yield from signs_in(folded(hit.text.raw))
    yield pair_word(hit.pair).strip('"')
    yield from _named(AGENDA, found.agenda)
    if hit.kind is not None:
        yield f"_k{hit.kind.value}"
    for state in found.states - {"overdue"}:
        yield f"_s{state}"
    if "due" in found.states and hit.due:
        yield label("v", hit.due[:MONTH])
        yield label("u", hit.due)
    yield from _named("h", found.topic)
    yield from _named("o", found.owner)
    yield from _named("t", *found.tags)
    yield from _named("g", *found.goals)


@lru_cache(maxsize=4096)
def _named_one(sign: str, text: str) -> str:
    """The same few people, topics and tags are named by every line."""
    return label(sign, folded(text))


def _named(sign: str, *texts: str) -> Iterator[str]:
    """The words for names of one kind."""
    return (word for word in (_named_one(sign, text) for text in texts) if len(word) > len(f"_{sign}"))


@lru_cache(maxsize=256)
def pair_word(pair: str) -> str:
    """The word that names a pair, quoted."""
    # Only here: a question of all pairs names none, and OpenSSL takes 3 ms to load.
    from hashlib import sha256

    return f'"_p{sha256(as_bytes(pair)).hexdigest()[:16]}"'


def signs_in(plain: str) -> Iterator[str]:
    """A word for each sign of a folded text that is part of no word: the sign, and what it follows, backwards."""
    there: dict[str, None] = {}
    for chunk in plain.split(" "):
        if chunk.isalnum():
            continue
        for place, sign in enumerate(chunk):
            if not sign.isalnum():
                there[chunk[max(place - REACH, 0) : place + 1][::-1]] = None
    return (label("c", each) for each in there)

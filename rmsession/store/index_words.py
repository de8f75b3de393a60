"""Words of the index: what SQLite's full-text search is given of a document, and what of a query it can answer."""

# ruff: noqa: S608 - the names of tables are ours

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import islice
from typing import Final

from rmsession.core.documents import Hit, found_of
from rmsession.core.folding import folded, tokens
from rmsession.core.query import Query, Term
from rmsession.store.index_labels import AGENDA, MONTH, Labels, fitting, label, late
from rmsession.store.letters import Begun, begun, is_counted
from rmsession.store.rows import LINE, PRIVATE, SHARED, SLOTS, as_bytes

_MOST_TERMS: Final = 50
"""Words and phrases, and words of a phrase, that full-text search is given; the rest is looked at in what it finds."""
_LONGEST: Final = 5000
"""Signs of a word: SQLite's full-text search knows the first 32,768 bytes of one."""
_REACH: Final = 20
"""So many signs in front of one, read backwards, tell ``is:`` from ``as:`` and ``c++`` from ``++``."""
_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as full-text search takes it."""

    expression: str
    """What must hold."""
    exactly: str
    """The same with every word whole; empty when that is no other."""
    begun: str
    """The words that are whole there."""
    sure: bool
    """Whether it says all that the query says; else what it finds has to be looked at."""
    letter: str = ""
    """The letter with which a word begins, when the query asks for no more than that."""

    def by_rank(self) -> Iterator[tuple[str, bool]]:
        """The query once for each rank, the best first: whole words before beginnings, lines (true) before titles."""
        rest = f"({self.expression} NOT {self.begun})" if self.exactly else self.expression
        for expression in (self.exactly, rest) if self.exactly else (rest,):
            for lines in (True, False):
                yield expression, lines


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


def wanted(labels: Labels, query: Query, today: date, pair: str | None) -> Wanted:
    """What to ask full-text search for, of what is not asked of sessions as a whole."""
    terms = query.terms[:_MOST_TERMS]
    sure = len(terms) == len(query.terms) and all(map(_is_said, terms))
    parts = [_begun(sign) for term in terms if not term.negated for sign in islice(_signs(term.literal), _MOST_TERMS)]
    parts += [f"({' OR '.join(f'_k{kind.value}' for kind in query.kinds)})"] if query.kinds else []
    parts += [_quoted(label("t", tag)) for tag in query.tags]
    parts += [_pair(pair)] if pair is not None else []
    for sign, texts in (("o", query.owners), ("g", query.goals), ("h", query.topics), (AGENDA, query.agendas)):
        for text in texts:
            some = fitting(labels(sign), partial(_has, label("", text)[1:]))
            sure = sure and some is not None
            parts.append(_any_of(some, f"_{sign}"))
    if query.states:
        some = [f"_s{state}" for state in query.states if state != "overdue"]
        if "overdue" in query.states:
            past = late(labels, today)
            sure = sure and past is not None
            some += ["_sdue"] if past is None else past
        parts.append(_any_of(some, "_all"))
    without = [_phrase(term) for term in terms if term.negated and term.tokens and not _says_more(term)]
    without += [_begun(sign) for term in terms if term.negated and not term.tokens for sign in _one_sign(term)]
    words = [term for term in terms if term.tokens and not term.negated]
    expression = _together([*map(_phrase, words), *parts], without)
    started = [_phrase(term, whole=True) for term in words if term.prefix]
    exactly = _together([*(_phrase(term, whole=True) for term in words), *parts], without) if started else ""
    return Wanted(expression, exactly, f"({' AND '.join(started)})", sure, _letter(query))


def _letter(query: Query) -> str:
    match query.terms:
        case [Term(tokens=[letter], prefix=True, negated=False, has_signs=False) as term] if is_counted(letter):
            return letter if query == Query((term,)) else ""
        case _:
            return ""


def _together(parts: list[str], without: list[str]) -> str:
    expression = f"({' AND '.join(parts or ['_all'])})"
    return f"({expression} NOT ({' OR '.join(without)}))" if without else expression


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
    yield from _signs(folded(hit.text.raw))
    yield _pair(hit.pair).strip('"')
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
def _pair(pair: str) -> str:
    # Only here: a question of all pairs names none, and OpenSSL takes 3 ms to load.
    from hashlib import sha256

    return f'"_p{sha256(as_bytes(pair)).hexdigest()[:16]}"'


def _is_said(term: Term) -> bool:
    """Whether full-text search understands all that a term asks for."""
    if not term.has_signs or term.negated:
        return bool(_one_sign(term)) if not term.tokens else not _says_more(term)
    literal = term.literal
    return " " not in literal and not literal[-1].isalnum() and len(literal) <= _REACH


def _one_sign(term: Term) -> list[str]:
    """The word for a term that is a single sign."""
    return list(_signs(term.literal)) if len(term.literal) == 1 else []


def _signs(plain: str) -> Iterator[str]:
    """A word for each sign of a folded text that is part of no word: the sign, and what it follows, backwards."""
    there: dict[str, None] = {}
    for chunk in plain.split(" "):
        if chunk.isalnum():
            continue
        for place, sign in enumerate(chunk):
            if not sign.isalnum():
                there[chunk[max(place - _REACH, 0) : place + 1][::-1]] = None
    return (label("c", each) for each in there)


def _says_more(term: Term) -> bool:
    """Whether a term asks for more than full-text search understands."""
    return term.has_signs or len(term.tokens) > _MOST_TERMS or any(len(word) > _LONGEST for word in term.tokens)


def _phrase(term: Term, *, whole: bool = False) -> str:
    some = term.tokens[:_MOST_TERMS]
    phrase = f'"{" ".join(word[:_LONGEST] for word in some)}"'
    begun = len(some) < len(term.tokens) or len(some[-1]) > _LONGEST or (term.prefix and not whole)
    return f"{phrase} *" if begun else phrase


def _begun(word: str) -> str:
    return f'"{word}" *'


def _quoted(word: str) -> str:
    return f'"{word}"'


def _any_of(words: list[str] | None, otherwise: str) -> str:
    """Documents with one of these words; with `otherwise` when they are too many, with none when they are none."""
    if words is None:
        return f'"{otherwise}" *'
    return f"({' OR '.join(map(_quoted, words))})" if words else '"_none"'


def _has(part: str, word: str) -> bool:
    return part in word

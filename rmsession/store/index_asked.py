"""What of a query SQLite's full-text search can answer, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import islice
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.query import Query, Term
from rmsession.store.index_labels import AGENDA, MOST_ASKED, MOST_LEFT_OUT, Labels, fitting, label, late
from rmsession.store.index_words import REACH, pair_word, signs_in
from rmsession.store.letters import is_counted

_MOST_TERMS: Final = 50
"""Words and phrases, and words of a phrase, that full-text search is given; the rest is looked at in what it finds."""
_LONGEST: Final = 5000
"""Signs of a word: SQLite's full-text search knows the first 32,768 bytes of one."""


@frozen
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


def wanted(labels: Labels, query: Query, today: date, pair: str | None) -> Wanted:
    """What to ask full-text search for, of what is not asked of sessions as a whole."""
    terms = query.terms[:_MOST_TERMS]
    parts = [_begun(sign) for term in terms if not term.negated for sign in islice(signs_in(term.literal), _MOST_TERMS)]
    asked, sure = _parts(labels, query, today, MOST_ASKED)
    parts += [*asked, *([pair_word(pair)] if pair is not None else [])]
    without = [_phrase(term) for term in terms if term.negated and term.tokens and not _says_more(term)]
    without += [_begun(sign) for term in terms if term.negated and not term.tokens for sign in _one_sign(term)]
    excluded, all_said = _excluded(labels, query, today)
    sure = sure and all_said and len(terms) == len(query.terms) and all(map(_is_said, terms))
    words = [term for term in terms if term.tokens and not term.negated]
    expression = _together([*map(_phrase, words), *parts], [*without, *excluded])
    started = [_phrase(term, whole=True) for term in words if term.prefix]
    whole_words = [*(_phrase(term, whole=True) for term in words), *parts]
    exactly = _together(whole_words, [*without, *excluded]) if started else ""
    return Wanted(expression, exactly, f"({' AND '.join(started)})", sure, _letter(query))


def _parts(labels: Labels, query: Query, today: date, most: int) -> tuple[list[str], bool]:
    """What must hold beside words, and whether that is all of it; else it may hold of more than is meant."""
    sure = True
    parts = [f"({' OR '.join(f'_k{kind.value}' for kind in query.kinds)})"] if query.kinds else []
    parts += [_quoted(label("t", tag)) for tag in query.tags]
    for sign, texts in (("o", query.owners), ("g", query.goals), ("h", query.topics), (AGENDA, query.agendas)):
        for text in texts:
            some = fitting(labels(sign), partial(_has, label("", text)[1:]), most)
            sure = sure and some is not None
            parts.append(_any_of(some, f"_{sign}"))
    if query.states:
        some = [f"_s{state}" for state in query.states if state != "overdue"]
        if "overdue" in query.states:
            past = late(labels, today)
            sure = sure and past is not None
            some += ["_sdue"] if past is None else past
        parts.append(_any_of(some, "_all"))
    return parts, sure


def _excluded(labels: Labels, query: Query, today: date) -> tuple[list[str], bool]:
    """What may not hold beside words, and whether that is all of it."""
    excluded, sure = [], len(query.without) <= _MOST_TERMS
    for each in query.without[:_MOST_TERMS]:
        parts, exact = _parts(labels, each, today, MOST_LEFT_OUT)
        # What holds of more than is meant would leave out what is wanted.
        excluded += parts if exact else []
        sure = sure and exact
    return excluded, sure


def _letter(query: Query) -> str:
    match query.terms:
        case [Term(tokens=[letter], prefix=True, negated=False, has_signs=False) as term] if is_counted(letter):
            return letter if query == Query((term,)) else ""
        case _:
            return ""


def _together(parts: list[str], without: list[str]) -> str:
    expression = f"({' AND '.join(parts or ['_all'])})"
    return f"({expression} NOT ({' OR '.join(without)}))" if without else expression


def _is_said(term: Term) -> bool:
    """Whether full-text search understands all that a term asks for."""
    if not term.has_signs or term.negated:
        return bool(_one_sign(term)) if not term.tokens else not _says_more(term)
    literal = term.literal
    return " " not in literal and not literal[-1].isalnum() and len(literal) <= REACH


def _one_sign(term: Term) -> list[str]:
    """The word for a term that is a single sign."""
    return list(signs_in(term.literal)) if len(term.literal) == 1 else []


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

"""Whether a captured line is what a query looks for."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from rmsession.core.folding import folded, words_in
from rmsession.core.frozen import frozen
from rmsession.core.query import Query, Term
from rmsession.core.terms import Kind


@frozen
class Found:
    """One captured line as search sees it; all texts as people wrote them."""

    text: str
    kind: Kind | None
    """None: a session's title, or a topic's."""
    day: date
    """The local date of the session."""
    owner: str = ""
    tags: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    states: frozenset[str] = field(default=frozenset())
    """Those of `rmsession.core.query.STATES` that hold."""
    agenda: str = ""
    topic: str = ""
    people: tuple[str, ...] = ()
    """The pair's names."""


def matches(query: Query, found: Found) -> bool:
    """Whether a captured line is what the query looks for."""
    return (
        has_words(query, found.text) and _fits(query, found) and not any(_fits(each, found) for each in query.without)
    )


def has_words(query: Query, text: str) -> bool:
    """Whether the text of a captured line has the words that the query asks for, and none that may not be there."""
    literal = folded(text)
    words = words_in(literal)
    return all(_holds(term, words, literal) is not term.negated for term in query.terms)


def asks_for_words_only(query: Query) -> bool:
    """Whether nothing but its text decides whether a captured line is what the query looks for."""
    return query == Query(query.terms)


def _fits(query: Query, found: Found) -> bool:
    """Whether all that is asked beside words, and beside what may not be, is so of a line."""
    return (
        (not query.owners or _each(query.owners, [found.owner]))
        and (not query.tags or _each(query.tags, found.tags, whole=True))
        and (not query.goals or _each(query.goals, found.goals))
        and (not query.agendas or _each(query.agendas, [found.agenda]))
        and (not query.topics or _each(query.topics, [found.topic]))
        and (not query.people or _each(query.people, found.people))
        and (not query.kinds or found.kind in query.kinds)
        and (not query.states or not found.states.isdisjoint(query.states))
        and (query.since is None or found.day >= query.since)
        and (query.before is None or found.day < query.before)
    )


def _holds(term: Term, words: list[str], literal: str) -> bool:
    if term.has_signs and term.literal not in literal:
        return False
    size = len(term.tokens)
    if not size:
        return True
    *front, last = term.tokens
    if not front:
        return any(word.startswith(last) for word in words) if term.prefix else last in words
    return any(
        words[at : at + size - 1] == front
        and (words[at + size - 1].startswith(last) if term.prefix else words[at + size - 1] == last)
        for at in range(len(words) - size + 1)
    )


def _each(wanted: tuple[str, ...], texts: list[str] | tuple[str, ...], *, whole: bool = False) -> bool:
    """Whether each wanted one is one of the texts, or a part of one."""
    there = [folded(text) for text in texts]
    return all(any(one == text if whole else one in text for text in there) for one in wanted)

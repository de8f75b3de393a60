"""What a query asks of a session as a whole, which needs no full-text search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from rmsession.core.query import Query
from rmsession.store.rows import Facet, as_bytes


def is_of_sessions(query: Query) -> bool:
    """Whether it asks nothing of single documents."""
    return replace(query, people=(), agendas=(), since=None, before=None) == Query()


def fitting(query: Query) -> Callable[[Facet], bool]:
    """What tells of each session whether it is one that the query means."""
    since = query.since.isoformat() if query.since else ""
    before = query.before.isoformat() if query.before else ""
    people, agendas = tuple(map(as_bytes, query.people)), tuple(map(as_bytes, query.agendas))

    @cache
    def named(title: bytes) -> bool:  # the same few agendas
        return all(text in title for text in agendas)

    @cache
    def with_people(names: bytes) -> bool:
        return all(name in names for name in people)

    def fits(facet: Facet) -> bool:
        return (
            facet.day >= since
            and (not before or facet.day < before)
            and with_people(facet.people)
            and named(facet.title)
        )

    return fits

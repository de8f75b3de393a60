"""What a query asks of a session as a whole, which needs no full-text search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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

    def fits(facet: Facet) -> bool:
        return (
            facet.day >= since
            and (not before or facet.day < before)
            and (not people or all(name in facet.people for name in people))
            and (not agendas or all(text in facet.title for text in agendas))
        )

    return fits

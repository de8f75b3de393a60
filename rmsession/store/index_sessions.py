"""What a query asks of a session as a whole, which needs no full-text search."""

from __future__ import annotations

from dataclasses import replace

from rmsession.core.query import Query
from rmsession.store.rows import Facet, as_bytes


def is_of_sessions(query: Query) -> bool:
    """Whether it asks nothing of single documents."""
    return replace(query, people=(), agendas=(), since=None, before=None) == Query()


def fits(query: Query, facet: Facet) -> bool:
    """Whether a session is one that the query means."""
    return (
        (query.since is None or facet.day >= query.since.isoformat())
        and (query.before is None or facet.day < query.before.isoformat())
        and all(as_bytes(name) in facet.people for name in query.people)
        and all(as_bytes(text) in facet.title for text in query.agendas)
    )

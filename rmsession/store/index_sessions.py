"""What a query asks of a session as a whole, which needs no full-text search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from rmsession.core.query import Query
from rmsession.store.rows import SLOTS, Facet, as_bytes


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


def narrowed(query: Query, facets: Callable[[], Mapping[int, Facet]]) -> tuple[str, tuple[object, ...]]:
    """What the query says of days and people, in SQL: sessions that follow one another, or those among them."""
    if not (query.people or query.since or query.before):
        return "", ()
    ordered = sorted(facets().items())
    fits = fitting(replace(query, agendas=()))
    there = [place for place, (_, facet) in enumerate(ordered) if fits(facet)]
    if not there:
        return "AND 0", ()
    low, high = ordered[there[0]][0] << SLOTS, ordered[there[-1]][0] + 1 << SLOTS
    between = f"AND rowid BETWEEN {low:d} AND {high - 1:d}"
    if there[-1] - there[0] + 1 == len(there):
        return between, ()
    said = [*("instr(people, ?)" for _ in query.people), "day >= ?" if query.since else "", "day < ?"]
    given = [as_bytes(name) for name in query.people]
    days = [day.isoformat() for day in (query.since, query.before) if day]
    parts = " AND ".join(filter(None, said if query.before else said[:-1]))
    some = f"SELECT block FROM facets WHERE {parts}"  # noqa: S608 - the names of columns are ours
    return f"{between} AND rowid >> {SLOTS} IN ({some})", (*given, *days)

"""What a query asks of a session as a whole, which needs no full-text search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from rmsession.core.query import Query
from rmsession.store.rows import SLOTS, Facet, as_bytes


def is_of_sessions(query: Query) -> bool:
    """Whether it asks nothing of single documents."""
    asked = replace(query, people=(), agendas=(), since=None, before=None, without=())
    return asked == Query() and all(map(is_of_sessions, query.without))


def fitting(query: Query) -> Callable[[Facet], bool]:
    """What tells of each session whether it is one that the query means."""
    since = query.since.isoformat() if query.since else ""
    before = query.before.isoformat() if query.before else ""
    people, agendas = tuple(map(as_bytes, query.people)), tuple(map(as_bytes, query.agendas))
    excluded = [fitting(each) for each in query.without]

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
            and not any(each(facet) for each in excluded)
        )

    return fits


def narrowed(query: Query, facets: Callable[[], Mapping[int, Facet]]) -> tuple[str, tuple[object, ...]]:
    """What the query says of days and people, in SQL: sessions that follow one another, or those among them."""
    asked = _of_days_and_people(query)
    if not asked:
        return "", ()
    ordered = sorted(facets().items())
    fits = fitting(asked)
    there = [place for place, (_, facet) in enumerate(ordered) if fits(facet)]
    if not there:
        return "AND 0", ()
    low, high = ordered[there[0]][0] << SLOTS, ordered[there[-1]][0] + 1 << SLOTS
    between = f"AND rowid BETWEEN {low:d} AND {high - 1:d}"
    if there[-1] - there[0] + 1 == len(there):
        return between, ()
    said, given = _in_sql(asked)
    some = f"SELECT block FROM facets WHERE {said}"  # noqa: S608 - the names of columns are ours
    return f"{between} AND rowid >> {SLOTS} IN ({some})", given


def _of_days_and_people(query: Query) -> Query:
    """That much of a query; agendas have words in the full-text search."""
    excluded = (_of_days_and_people(each) for each in query.without)
    asked = Query(people=query.people, since=query.since, before=query.before)
    return replace(asked, without=tuple(filter(None, excluded)))


def _in_sql(query: Query) -> tuple[str, tuple[object, ...]]:
    """What it says of a session's row, and what stands for the question marks in that."""
    days = [("day >= ?", query.since), ("day < ?", query.before)]
    said = [*("instr(people, ?)" for _ in query.people), *(words for words, day in days if day)]
    given: list[object] = [*map(as_bytes, query.people), *(day.isoformat() for _, day in days if day)]
    for words, some in map(_in_sql, query.without):
        said.append(f"NOT ({words})")
        given += some
    return " AND ".join(said), tuple(given)

"""Search: what a query finds, in which order, and what of it to show.

`scan` looks at every document; an index must answer the same (`tests/store/test_search.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from rmsession.core.documents import Hit, documents, found_of
from rmsession.core.frozen import frozen
from rmsession.core.query import Query, whole
from rmsession.core.query_match import matches
from rmsession.core.terms import MOST_HITS

if TYPE_CHECKING:
    # An index that is up to date answers without any session.
    from rmsession.core.session import Session


@frozen
class Findings:
    """The answer to a query."""

    hits: tuple[Hit, ...] = ()
    """The best first, at most as many as were asked for."""
    total: int = 0
    """How many there are."""
    sessions: tuple[str, ...] = ()
    """Every session that has a hit, the newest first."""
    complete: bool = True
    """False when the question was called off before it was answered."""


Stop = Callable[[], bool]
"""Asked now and then while a search runs: whether nobody waits for its answer any more."""


def order(hit: Hit, created: float, place: int, *, exact: bool) -> tuple[object, ...]:
    """By what hits are sorted, the best first: whole words before beginnings, lines before titles, then the newer.

    `created` is when the session was made, in seconds since 1970; `place` is the document's among those of its session.
    """
    is_title = hit.capture is None
    # The newer line first, but a session's title before its topics'.
    return not exact, is_title, -created, hit.session, place if is_title else -place


def scan(
    sessions: Iterable[Session],
    query: Query,
    today: date,
    *,
    pair: str | None = None,
    private: bool = False,
    limit: int = MOST_HITS,
    stop: Stop | None = None,
) -> Findings:
    """What a search must find, by looking at every document."""
    hits: list[tuple[tuple[object, ...], Hit]] = []
    newest: dict[str, float] = {}
    exactly = whole(query)
    for session in sessions:
        if stop and stop():
            return Findings(complete=False)
        if pair is not None and session.pair.id != pair:
            continue
        created = session.record.created.timestamp()
        for place, hit in enumerate(documents(session)):
            found = found_of(hit, today)
            if (private or not hit.private) and matches(query, found):
                newest[hit.session] = created
                hits.append((order(hit, created, place, exact=matches(exactly, found)), hit))
    hits.sort(key=lambda each: each[0])
    found_in = sorted(newest, key=lambda session: (-newest[session], session))
    return Findings(tuple(hit for _, hit in hits[:limit]), len(hits), tuple(found_in))

"""What one pair's history can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from rmsession.core.documents import goals_named
from rmsession.core.frozen import frozen
from rmsession.core.search import Findings
from rmsession.core.text import UserText

_MOST = 12


@frozen
class Offered:
    """What there is to filter by, of one pair."""

    agendas: tuple[UserText, ...]
    people: tuple[UserText, ...]
    tags: tuple[str, ...]
    goals: tuple[str, ...]
    today: date


def offered_of(titles: Iterable[UserText], people: Sequence[UserText], lately: Findings, today: date) -> Offered:
    """What to offer: agendas by title, tags and goals by how often they were used lately."""
    tags = Counter(tag for hit in lately.hits for tag in hit.tags)
    goals = Counter(goal for hit in lately.hits for goal in goals_named(hit))
    return Offered(
        tuple(dict.fromkeys(titles))[:_MOST],
        tuple(people),
        tuple(tag for tag, _ in tags.most_common(_MOST)),
        tuple(goal for goal, _ in goals.most_common(_MOST)),
        today,
    )

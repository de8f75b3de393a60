"""In what order lists come, the same from every store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rmsession.core.terms import ActionStatus

if TYPE_CHECKING:
    # Whoever searches lists nothing.
    from rmsession.core.lists import ActionItem, Summary


def newest_first(summaries: Iterable[Summary], pair: str | None, limit: int | None) -> list[Summary]:
    """The summaries of one pair, or of all, the newest first."""
    wanted = [each for each in summaries if pair is None or each.pair == pair]
    wanted.sort(key=lambda each: each.id)
    wanted.sort(key=lambda each: each.created, reverse=True)
    return wanted[:limit]


def earliest_due(actions: Iterable[ActionItem], pair: str | None) -> list[ActionItem]:
    """The action items of one pair, or of all: the earliest due first, those without a date last."""
    wanted = [each for each in actions if pair is None or each.pair == pair]
    wanted.sort(key=lambda each: (each.due is None, each.due or "", each.when, each.session, each.capture))
    return wanted


def open_first(actions: Iterable[ActionItem], pair: str | None) -> list[ActionItem]:
    """The action items of one pair, or of all: open ones as `earliest_due` has them, then the settled, newest first."""
    found = list(actions)
    settled = [each for each in found if each.status is not ActionStatus.OPEN and pair in (None, each.pair)]
    settled.sort(key=lambda each: (each.settled or each.when, each.session, each.capture), reverse=True)
    return earliest_due((each for each in found if each.status is ActionStatus.OPEN), pair) + settled

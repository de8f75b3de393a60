"""In what order lists come, the same from every store."""

from __future__ import annotations

from collections.abc import Iterable

from rmsession.core.review import OpenAction, Summary


def newest_first(summaries: Iterable[Summary], pair: str | None, limit: int | None) -> list[Summary]:
    """The summaries of one pair, or of all, the newest first."""
    wanted = [each for each in summaries if pair is None or each.pair == pair]
    wanted.sort(key=lambda each: each.id)
    wanted.sort(key=lambda each: each.created, reverse=True)
    return wanted[:limit]


def earliest_due(actions: Iterable[OpenAction], pair: str | None) -> list[OpenAction]:
    """The action items of one pair, or of all: the earliest due first, those without a date last."""
    wanted = [each for each in actions if pair is None or each.pair == pair]
    wanted.sort(key=lambda each: (each.due is None, each.due or "", each.when, each.session, each.capture))
    return wanted

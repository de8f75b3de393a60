"""Action items and sessions made into the columns of a list; apart from what shows them, for they are seldom made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rmsession.core.action_list import more_words
from rmsession.core.idents import shortest
from rmsession.core.lists import ActionItem, Summary
from rmsession.core.owners import written
from rmsession.core.tables import GOES_ON, OFF_TABLE, PART, ActionColumns, SessionColumns
from rmsession.core.terms import Phase
from rmsession.core.text import clean

_ACTION, _SESSION = len(ActionColumns._fields), len(SessionColumns._fields)


def action_columns(items: Sequence[ActionItem], short: Mapping[str, str] | None = None) -> ActionColumns:
    """The columns of these action items, in their order; `short` tells their ids among more than these."""
    short = short or shortest(each.capture for each in items)
    sessions = shortest(each.session for each in items)
    rows = [
        (
            short[each.capture],
            each.pair,
            clean(written(each.owner.raw)) if each.owner else "",
            each.text.line,
            each.due or "",
            each.when.isoformat() if each.at is not None else f"{OFF_TABLE}{each.when.isoformat()}",
            "private" if each.private else "",
            f"{sessions[each.session]} {each.title.line}",
            f"{PART}{each.topic.line}" if each.topic else "",
            "".join(f"{PART}{words}" for words in _behind(each)),
        )
        for each in items
    ]
    return ActionColumns._make(zip(*rows, strict=True)) if rows else ActionColumns._make([()] * _ACTION)


def _behind(item: ActionItem) -> list[str]:
    return [*more_words(item), f"“{item.reason.line}”"] if item.reason else more_words(item)


def session_columns(history: Sequence[Summary]) -> SessionColumns:
    """The columns of these sessions, in their order."""
    short = shortest(each.id for each in history)
    rows = [
        (
            short[each.id],
            (each.started or each.created).isoformat(),
            each.title.line,
            f"{each.mentor.line}, {each.mentee.line}",
            f"{round(each.spent_seconds / 60)}/{round(each.planned_seconds / 60)}" if each.started else "–",
            f"{each.notes}",
            f"{each.actions} ({each.open_actions} open)" if each.open_actions else f"{each.actions}",
            GOES_ON if each.phase != Phase.ENDED.value else ", ".join(each.pending),
        )
        for each in history
    ]
    return SessionColumns._make(zip(*rows, strict=True)) if rows else SessionColumns._make([()] * _SESSION)

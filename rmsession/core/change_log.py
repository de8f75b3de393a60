"""The business-change log: entries that a pair writes for the report, and agrees to word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from rmsession.core.outcomes import Change
from rmsession.core.report.claim import check_claims
from rmsession.core.terms import Role
from rmsession.core.text import UserText


def reworded(
    entry: Change,
    now: datetime,
    *,
    idea: UserText | None = None,
    answer: UserText | None = None,
    changed: UserText | None = None,
    on: date | None = None,
) -> Change:
    """The entry with other words, or another day; what is None stays.

    Whoever agreed to it agreed to other words: both are to be asked anew. The same words change nothing.
    """
    after = replace(
        entry,
        idea=entry.idea if idea is None else idea,
        answer=entry.answer if answer is None else answer,
        changed=entry.changed if changed is None else changed,
        on=on or entry.on,
    )
    return entry if after == entry else replace(after, agreed=(), revised=now)


def agreed_by(entry: Change, roles: Iterable[Role], now: datetime) -> Change:
    """The entry with the word of these people that it may be told as it stands."""
    said = {*entry.agreed, *roles}
    agreed = tuple(role for role in Role if role in said)
    return entry if agreed == entry.agreed else replace(entry, agreed=agreed, revised=now)


def disagreed_by(entry: Change, roles: Iterable[Role], now: datetime) -> Change:
    """The entry without the word of these people: who agreed once need not agree for ever."""
    unsaid = set(roles)
    agreed = tuple(role for role in entry.agreed if role not in unsaid)
    return entry if agreed == entry.agreed else replace(entry, agreed=agreed, revised=now)


def taken_back(entry: Change, now: datetime) -> Change:
    """The entry withdrawn: it leaves no more, and shows in no list."""
    return entry if entry.withdrawn else replace(entry, withdrawn=True, revised=now)


def standing(entries: Iterable[Change]) -> tuple[Change, ...]:
    """Those that were not taken back, the earliest first."""
    return tuple(sorted((each for each in entries if not each.withdrawn), key=lambda each: (each.on, each.id)))


def doubtful(entry: Change) -> tuple[str, ...]:
    """What arithmetic says against figures in its words, a sentence or two each."""
    words = (entry.idea, entry.answer, entry.changed)
    return tuple(each.line for text in words for each in check_claims(text.raw) if not each.possible)

"""What pairs tell a programme lead: the figures of each pair's sessions, put together, without a word of their goals.

It is made the same from a pair's own sessions and from all pairs' together, so that both make the same report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from rmsession.core.arrangement import KnownAs
from rmsession.core.figures import FormFigures, PairFigures, SessionFigures
from rmsession.core.outcomes import Change
from rmsession.core.programme import Programme
from rmsession.core.scored import GOAL


@dataclass(slots=True)
class _Told:
    """What was found of one pair so far."""

    known: KnownAs
    sessions: list[SessionFigures] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def by_pair(programme: Programme, sessions: Iterable[SessionFigures], now: datetime) -> tuple[PairFigures, ...]:
    """The figures of each pair that is known or has met, by the ids that the programme lead gave it, in their order.

    Of the business-change log they hold what both of a pair agreed may be told.
    """
    sessions = sorted(sessions, key=lambda each: each.session)
    ids = {each.pair: KnownAs(each.pair, each.mentor, each.mentee) for each in sessions}
    ids |= {each.id: KnownAs(each.id, each.mentor.id, each.mentee.id) for each in programme.pairs}
    renamed = {each.pair: each.known_as for each in programme.arrangements if each.known_as}
    ids |= {pair: known for pair, known in renamed.items() if pair in ids}
    told: dict[str, _Told] = {}
    for pair in sorted(ids):
        told.setdefault(ids[pair].pair, _Told(ids[pair]))
    for each in sessions:
        known = ids[each.pair]
        told[known.pair].sessions.append(_as_known(each, known))
    for change in programme.changes:
        if change.for_report and change.pair in ids:
            pair = ids[change.pair].pair
            told[pair].changes.append(replace(change, pair=pair))
    return tuple(_figures(told[pair], now) for pair in sorted(told))


def anonymous(sessions: Iterable[SessionFigures]) -> tuple[SessionFigures, ...]:
    """The sessions of one pair, the earliest first, each goal named by the first line about it.

    A digest of a goal's words would let somebody who guesses them be sure; the id of a line tells nothing. What was
    said of a goal that is not shared (any more), and what was open last time and is not shared, is left out.
    """
    ordered = sorted(sessions, key=lambda each: (each.started or date.max, each.session))
    shared = {line for each in ordered for line in each.action_lines}
    first: dict[str, str] = {}
    of_line: dict[str, str] = {}
    for goal in (goal for each in ordered for goal in each.goals):
        of_line[goal.capture] = first.setdefault(goal.goal, goal.capture)
    return tuple(_nameless(each, of_line, shared) for each in ordered)


def _as_known(session: SessionFigures, known: KnownAs) -> SessionFigures:
    if (session.pair, session.mentor, session.mentee) == (known.pair, known.mentor, known.mentee):
        return session
    return replace(session, pair=known.pair, mentor=known.mentor, mentee=known.mentee)


def _figures(told: _Told, now: datetime) -> PairFigures:
    changes = tuple(sorted(told.changes, key=lambda each: (each.on, each.id)))
    return PairFigures(
        told.known.pair, told.known.mentor, told.known.mentee, now, anonymous(told.sessions), changes
    )  # fmt: skip


def _nameless(session: SessionFigures, of_line: dict[str, str], shared: set[str]) -> SessionFigures:
    if session.waited:
        waited = [done for capture, done in session.waited if capture in shared]
        reviewed, to_review = sum(waited) if waited else None, len(waited)
    else:
        reviewed, to_review = session.reviewed, session.to_review
    return replace(
        session,
        forms=tuple(_form(each, of_line) for each in session.forms),
        goals=tuple(replace(each, goal=of_line[each.capture]) for each in session.goals),
        reviewed=reviewed,
        to_review=to_review,
        waited=(),
        action_lines=(),
    )


def _form(form: FormFigures, of_line: dict[str, str]) -> FormFigures:
    if not any(item.startswith(GOAL) for item, _ in form.scores):
        return form
    scores: dict[str, int] = {}
    for item, score in form.scores:
        if not item.startswith(GOAL):
            scores[item] = score
        elif (line := item.removeprefix(GOAL)) in of_line:
            scores.setdefault(GOAL + of_line[line], score)
    return replace(form, scores=tuple(scores.items()))

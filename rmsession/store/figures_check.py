"""Whether figures from a file hold nothing but numbers, dates, ids and words of ours, within bounds that hold here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sized
from math import isfinite
from typing import Final

from rmsession.core.figures import MOST_SECONDS, FormFigures, PairFigures, SessionFigures
from rmsession.core.outcomes import Change
from rmsession.core.scored import SCORED, is_score
from rmsession.store.spelling import Unfit

MOST_SESSIONS: Final = 10_000
MOST_PARTS: Final = 10_000
"""Topics, action items, goals or dates of one session."""
MOST_CHANGES: Final = 1_000
MOST_WORDS: Final = 10_000
"""Characters of one text of the change log."""
_ID: Final = re.compile(r"[\w.:-]{1,200}", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_AGENDA: Final = re.compile(r"(?:a-[0-9a-f]{10})?")
_TOPIC: Final = re.compile(r"(?:t-[0-9a-f]{10})?")
_YEARS: Final = range(1900, 3000)


def insist_on_figures(figures: PairFigures) -> None:
    """Raise `Unfit` for whatever a file of figures must not say."""
    _insist(figures.made.tzinfo is not None and figures.made.year in _YEARS, "it says of no moment that it was made")
    _insist_ids(_ID, (figures.pair, figures.mentor, figures.mentee))
    _insist_few(figures.sessions, MOST_SESSIONS, "sessions")
    _insist_few(figures.changes, MOST_CHANGES, "entries of the change log")
    _insist_once(each.session for each in figures.sessions)
    for session in figures.sessions:
        _insist(session.pair == figures.pair, "a session in it is of another pair")
        _session(session)
    _insist_once(each.id for each in figures.changes)
    for change in figures.changes:
        _insist(change.pair == figures.pair, "an entry of its change log is of another pair")
        _change(change)


def _session(session: SessionFigures) -> None:
    _insist_ids(_UUID, (session.session, *(one for each in session.goals for one in (each.goal, each.capture))))
    _insist_ids(_ID, (session.mentor, session.mentee))
    _insist_ids(_AGENDA, (session.agenda,))
    _insist_ids(_TOPIC, (each.topic for each in session.topics))
    for parts in (session.topics, session.actions, session.goals, session.meetings):
        _insist_few(parts, MOST_PARTS, "parts of a session")
    times = [session.planned_seconds, session.taken_seconds]
    times += [one for each in session.topics for one in (each.planned_seconds, each.taken_seconds)]
    _insist(all(isfinite(each) and 0 <= each <= MOST_SECONDS for each in times), "a time in it makes no sense")
    _insist_once(each.role for each in session.forms)
    for form in session.forms:
        _form(form)
    _insist_once(kind for kind, _ in session.lines)
    counts = [count for _, count in session.lines] + [each.carried for each in session.actions]
    counts += [session.to_review, session.reviewed or 0]
    _insist(all(0 <= each <= MOST_PARTS for each in counts), "a count in it makes no sense")
    asked = session.reviewed is None if session.to_review == 0 else (session.reviewed or 0) <= session.to_review
    _insist(asked, "it says that more was looked at than was open")
    _insist(all(each.score is None or each.score in SCORED for each in session.goals), "a score in it is none")
    _insist(not (session.waited or session.action_lines), "it names lines that no report is about")


def _form(form: FormFigures) -> None:
    _insist_once(item for item, _ in form.scores)
    _insist(form.given or not (form.scores or form.via), "a form in it was answered and not given")
    _insist(all(is_score(item, score) for item, score in form.scores), "an answer in it is no score of ours")


def _change(change: Change) -> None:
    _insist(change.for_report, "an entry of its change log was not agreed to by both")
    _insist_ids(_ID, (change.id,))
    _insist_ids(_UUID, (each for each in (change.session, change.capture) if each is not None))
    words = (change.idea, change.answer, change.changed)
    _insist(all(len(each.raw) <= MOST_WORDS for each in words), "an entry of its change log is longer than any page")
    revised = change.revised
    _insist(revised is None or (revised.tzinfo is not None and revised.year in _YEARS), "a moment in it is none")


def _insist(right: bool, why: str) -> None:
    if not right:
        raise Unfit(why)


def _insist_ids(pattern: re.Pattern[str], ids: Iterable[str]) -> None:
    _insist(all(map(pattern.fullmatch, ids)), "an id in it is none")


def _insist_few(parts: Sized, most: int, what: str) -> None:
    _insist(len(parts) <= most, f"it has more than {most:,} {what}")


def _insist_once(named: Iterable[object]) -> None:
    names: Collection[object] = tuple(named)
    _insist(len(set(names)) == len(names), "two things in it have one name")

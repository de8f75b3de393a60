"""What is shown before a pair's figures leave: all that is in the file, in words, and what stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rmsession.core.figures import FormFigures, PairFigures, SessionFigures
from rmsession.core.outcomes import Change
from rmsession.core.terms import Kind, Role

_MINUTE: Final = 60
_ROWS: Final = 30
"""Sessions that are listed one by one; a preview is to be read."""
_MANY: Final = {
    Kind.NOTE: ("note", "notes"),
    Kind.ACTION: ("action item", "action items"),
    Kind.QUESTION: ("question", "questions"),
    Kind.IDEA: ("idea", "ideas"),
    Kind.DECISION: ("decision", "decisions"),
    Kind.GOAL: ("goal", "goals"),
    Kind.RATING: ("rating", "ratings"),
    Kind.PARKED: ("parked line", "parked lines"),
}
STAYS: Final = (
    "What stays here: the words of every note, question, idea, decision, action item and goal, all answers in words,",
    "names, the titles of agendas and topics of your own, reasons, owners, and whatever is private, uncounted.",
)
"""What no file of figures has."""


def leaving_lines(figures: PairFigures) -> Iterator[str]:
    """Everything that the file says, a line each."""
    sessions = figures.sessions
    yield f"as of {figures.made:%a} {figures.made.day} {figures.made:%b %Y, %H:%M}, by ids instead of names:"
    yield ""
    yield from _sessions(sessions)
    forms = [each for session in sessions for each in session.forms]
    actions = [each for session in sessions for each in session.actions]
    goals = [each for session in sessions for each in session.goals]
    dates = [each for session in sessions for each in session.meetings]
    yield _forms(forms)
    yield f"{_counted(len(actions), 'action item')}: {_ACTION_PARTS}"
    named = _counted(len({each.goal for each in goals}), "goal")
    yield f"{named}: {_counted(sum(each.score is not None for each in goals), 'score')} when it was named"
    yield f"{_counted(len(dates), 'agreed date')}, and whether it was held, moved or cancelled"
    yield f"how many shared lines there are of each kind: {_lines(sessions)}"
    yield f"{_counted(len(figures.changes), 'entry', 'entries')} of the change log, agreed by both, in these words:"
    for each in figures.changes:
        yield from _change(each)


_ACTION_PARTS: Final = "when each was made, due and settled, what it came to, how often it was carried"


def staying_lines(held: int) -> Iterator[str]:
    """What is not in the file, `held` entries of the change log among it."""
    yield from STAYS
    if held:
        agreed = "to which not both agreed" if held > 1 else "to which not both agreed yet"
        yield f"So does {_counted(held, 'entry', 'entries')} of the change log {agreed}."


def _sessions(sessions: tuple[SessionFigures, ...]) -> Iterator[str]:
    yield f"{_counted(len(sessions), 'session')}, each with its day, minutes planned and taken, and those of its topics"
    for each in sessions[-_ROWS:]:
        day = each.started.isoformat() if each.started else "not begun"
        planned, taken = round(each.planned_seconds / _MINUTE), round(each.taken_seconds / _MINUTE)
        yield f"  {day:10}  {planned:3} min planned  {taken:3} taken  {each.phase.value:7}  {_rest(each)}".rstrip()
    if len(sessions) > _ROWS:
        yield f"  and {len(sessions) - _ROWS} earlier ones"


def _rest(session: SessionFigures) -> str:
    prepared = {True: "prepared", False: "not prepared", None: ""}[session.prepared]
    reviewed = f"{session.reviewed} of {session.to_review} looked at again" if session.reviewed is not None else ""
    return ", ".join(filter(None, (prepared, reviewed)))


def _forms(forms: Iterable[FormFigures]) -> str:
    forms = list(forms)
    given = [each for each in forms if each.given]
    of_role = ", ".join(f"{sum(each.role is role for each in given)} of the {role.value}" for role in Role)
    scores = sum(len(each.scores) for each in given)
    left = sum(not each.given for each in forms)
    skipped = f"; that {_counted(left, 'form was', 'forms were')} left out" if left else ""
    return f"{_counted(len(given), 'feedback form')} ({of_role}): {_counted(scores, 'score')}{skipped}"


def _lines(sessions: Iterable[SessionFigures]) -> str:
    totals = dict.fromkeys(Kind, 0)
    for kind, count in (each for session in sessions for each in session.lines):
        totals[kind] += count
    return ", ".join(_counted(count, *_MANY[kind]) for kind, count in totals.items() if count) or "none"


def _change(entry: Change) -> Iterator[str]:
    yield f"  {entry.on.isoformat()}  idea: {entry.idea.line}"
    for name, words in (("answer", entry.answer), ("changed", entry.changed)):
        if words.raw.strip():
            yield f"  {'':10}  {name}: {words.line}"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"

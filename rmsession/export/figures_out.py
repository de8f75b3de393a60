"""What is shown before a pair's figures leave: all that is in the file, in words, and what stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from rmsession.core.figures import FormFigures, PairFigures, SessionFigures
from rmsession.core.outcomes import Change
from rmsession.core.terms import Kind, Role

_MINUTE: Final = 60
_ROWS: Final = 30
"""Sessions that are listed one by one; a preview is to be read."""
_COLUMNS: Final = 74
"""Of a line that is not a row: it is shown indented."""
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
    "What stays here: the words of every note, question, idea, decision, action",
    "item and goal, all answers in words, names, the titles of agendas and topics of",
    "your own, reasons, owners, and whatever is private, which is not even counted.",
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
    named, scored = len({each.goal for each in goals}), sum(each.score is not None for each in goals)
    yield from _wrapped(_forms(forms))
    yield from _wrapped(
        f"{_counted(len(actions), 'action item')}: when each was made, due and settled, what it came to, how often it "
        "was carried"
    )
    yield from _wrapped(f"{_counted(named, 'goal')}: {_counted(scored, 'score')} when it was named")
    yield from _wrapped(f"{_counted(len(dates), 'agreed date')}, and whether it was held, moved or cancelled")
    yield from _wrapped(f"how many shared lines there are of each kind: {_lines(sessions)}")
    if not figures.changes:
        yield "no entry of the change log: both have agreed to none"
        return
    yield from _wrapped(f"{_counted(len(figures.changes), 'entry', 'entries')} of the change log, in these words:")
    for each in figures.changes:
        yield from _change(each)


def staying_lines(held: int) -> Iterator[str]:
    """What is not in the file, `held` entries of the change log among it."""
    yield from STAYS
    if held:
        agreed = "to which not both agreed" if held > 1 else "to which not both agreed yet"
        yield f"So does {_counted(held, 'entry', 'entries')} of the change log {agreed}."


def _sessions(sessions: tuple[SessionFigures, ...]) -> Iterator[str]:
    yield from _wrapped(
        f"{_counted(len(sessions), 'session')}, each with its day, which of the program's own agendas it followed, "
        "minutes planned and taken, and those of each topic"
    )
    for each in sessions[-_ROWS:]:
        day = each.started.isoformat() if each.started else "not begun"
        planned, taken = round(each.planned_seconds / _MINUTE), round(each.taken_seconds / _MINUTE)
        yield f"  {day:10}  {planned:3} min planned  {taken:3} taken  {each.phase.value:7}  {_rest(each)}".rstrip()
    if len(sessions) > _ROWS:
        yield f"  and {len(sessions) - _ROWS} earlier ones"


def _rest(session: SessionFigures) -> str:
    prepared = {True: "prepared", False: "not prepared", None: ""}[session.prepared]
    reviewed = f"{session.reviewed} of {session.to_review} actions reviewed" if session.reviewed is not None else ""
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


def _wrapped(line: str) -> Iterator[str]:
    yield from wrap(line, _COLUMNS, subsequent_indent="  ")


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"

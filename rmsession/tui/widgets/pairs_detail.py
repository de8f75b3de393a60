"""Everything that is known of one pair: who they are, how they mean to work, their goals, what they changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rmsession.core.cadence import agreed
from rmsession.core.change_log import doubtful
from rmsession.core.goals import Goal
from rmsession.core.meeting import dated, far
from rmsession.core.outcomes import Change
from rmsession.core.pair_words import arranged, person_said
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.export.report_head import LOG, LOG_PARTS, day
from rmsession.tui.markdown import hanging
from rmsession.tui.text import content
from rmsession.tui.widgets.flow import Flow
from rmsession.tui.widgets.pairs_lookup import Known

_MUTED: Final = "$foreground-muted"
_NAME: Final = 9
"""Cells of what a line is about."""
_NO_GOAL: Final = "None yet. In a session `g: answer customers first = 4` names one and scores it, 0 to 10."
_NO_CHANGE: Final = "None yet. l writes what changed in the business; it is told once both agreed to its words."
_READING: Final = "Reading …"


class PairDetail(VerticalScroll, can_focus=True):
    """One pair in full."""

    DEFAULT_CSS = "PairDetail { padding: 0 2; scrollbar-size-vertical: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._known: Known | None = None
        self.goals: Sequence[Goal] | None = None
        """The goals that are shown; None until they were read."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="told")

    def show(self, known: Known | None, goals: Sequence[Goal] | None, now: datetime) -> None:
        """Show a pair; its goals are None until they were read."""
        other = known is None or self._known is None or known.id != self._known.id
        self._known, self.goals = known, goals
        told = Flow(lambda width: list(_told(known, goals, now, width)) if known else [])
        self.query_one("#told", Static).update(told)
        if other:
            self.scroll_home(animate=False)


def agreed_words(entry: Change) -> str:
    """Who agreed to an entry, with the sign of its state."""
    match entry.agreed:
        case ():
            return "· agreed by nobody yet"
        case (Role() as role,):
            return f"· agreed by the {role.value}"
        case _:
            return "✓ agreed by both"


def _told(known: Known, goals: Sequence[Goal] | None, now: datetime, width: int) -> Iterator[Content]:
    mentor, mentee = known.pair.mentor.name, known.pair.mentee.name
    title = Content.assemble(content(mentor), (" mentors ", _MUTED), content(mentee))
    yield from title.stylize("bold").wrap(width)
    for flag in known.rhythm(now).flags:
        yield from hanging(Content.styled("!", "$text-warning"), Content.styled(flag, "$text-warning"), width)
    yield Content("")
    for name, words in _facts(known, now):
        yield from _named(name, words, width)
    yield from _goals(goals, width)
    yield from _log(known.changes, width)


def _facts(known: Known, now: datetime) -> Iterator[tuple[str, UserText]]:
    entry, rhythm, waits = known.entry, known.rhythm(now), agreed(known.sessions)
    yield "mentor", UserText(person_said(entry.pair.mentor, entry.mentor))
    yield "mentee", UserText(person_said(entry.pair.mentee, entry.mentee))
    yield from ((name, UserText(words)) for name, words in arranged(entry.arrangement))
    last = f", the last on {day(rhythm.last)}" if rhythm.last else ""
    yield "held", UserText(f"{known.held}{last}")
    if waits:
        yield "next", UserText(f"{dated(waits.when)} ({waits.meeting.zone}), {far(waits.when, now)}")
    if known.sessions:
        yield "actions", UserText(f"{sum(each.open_actions for each in known.sessions)} open")


def _named(name: str, words: UserText, width: int) -> list[Content]:
    return hanging(Content.styled(name.ljust(_NAME), _MUTED), content(words), width)


def _goals(goals: Sequence[Goal] | None, width: int) -> Iterator[Content]:
    yield Content("")
    yield Content.styled("Goals, start → now", "bold")
    if not goals:
        yield from Content.styled(_READING if goals is None else _NO_GOAL, _MUTED).wrap(width)
        return
    for goal in goals:
        yield from hanging(Content(f"{_score(goal.start)} → {_score(goal.now):<3}"), content(goal.text), width)


def _score(score: int | None) -> str:
    return "–" if score is None else f"{score}"


def _log(changes: Sequence[Change], width: int) -> Iterator[Content]:
    yield Content("")
    yield Content.styled(LOG, "bold")
    if not changes:
        yield from Content.styled(_NO_CHANGE, _MUTED).wrap(width)
    for place, entry in enumerate(changes):
        if place:
            yield Content("")
        yield Content.assemble(day(entry.on), (f"  {agreed_words(entry)}", _MUTED)).truncate(width, ellipsis=True)
        for name, attribute in LOG_PARTS:
            words: UserText = getattr(entry, attribute)
            if words.line.strip():
                yield from _named(name.lower(), words, width)
        for line in doubtful(entry):
            yield from hanging(Content.styled("!", "$text-warning"), Content.styled(line, "$text-warning"), width)

"""Which steps a closing has, and how each stands: functions of the session."""

from __future__ import annotations

from collections.abc import Iterable

from rmsession.core.agenda import FeedbackKind
from rmsession.core.meeting import dated
from rmsession.core.session import Session
from rmsession.core.terms import Phase, Role
from rmsession.tui.widgets.end_step import EndStep
from rmsession.tui.widgets.handover import ORDER, HandOver
from rmsession.tui.widgets.next_date import NextDate
from rmsession.tui.widgets.readback import ReadBack
from rmsession.tui.widgets.step import Step
from rmsession.tui.widgets.steps import StepKey, StepLine

TITLES = {
    StepKey.READ_BACK: "Read back",
    StepKey.NEXT_DATE: "Next date",
    StepKey.FEEDBACK: "Feedback",
    StepKey.END: "End",
}
MADE_OF: dict[StepKey, type[Step]] = {
    StepKey.READ_BACK: ReadBack,
    StepKey.NEXT_DATE: NextDate,
    StepKey.FEEDBACK: HandOver,
    StepKey.END: EndStep,
}


def steps_of(session: Session) -> list[StepKey]:
    """The steps of this closing: all while it is live, those that wait once it has ended."""
    live = session.phase is not Phase.ENDED
    wanted = [StepKey.READ_BACK, StepKey.NEXT_DATE]
    if session.record.agenda.feedback is not FeedbackKind.NONE:
        wanted.append(StepKey.FEEDBACK)
    return [*(key for key in wanted if live or not settled(session, key)), StepKey.END]


def settled(session: Session, key: StepKey) -> bool:
    """Whether nothing of a step waits any more."""
    match key:
        case StepKey.READ_BACK:
            return not any(True for _ in session.to_read_back())
        case StepKey.NEXT_DATE:
            return session.next_date is not None
        case StepKey.FEEDBACK:
            return all(role in session.forms for role in Role)
        case StepKey.END:
            return False


def detail(session: Session, key: StepKey) -> str:
    """A few words on how a step stands."""
    match key:
        case StepKey.READ_BACK:
            left = sum(True for _ in session.to_read_back())
            return f"{left} to go" if left else "nothing to go"
        case StepKey.NEXT_DATE:
            agreed = session.next_date
            if agreed is None:
                return "none yet"
            return dated(agreed.when) if agreed.when else "none found"
        case StepKey.FEEDBACK:
            waits = [role.value for role in ORDER if role not in session.forms]
            return f"{' and '.join(waits)} to go" if waits else "both settled"
        case StepKey.END:
            return ""


def lines_of(session: Session, keys: Iterable[StepKey], now: StepKey) -> list[StepLine]:
    """The steps as the list at the side shows them."""
    return [StepLine(key, TITLES[key], detail(session, key), settled(session, key), now=key == now) for key in keys]

"""What an action item's export says beside its text, in the same words in every format."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.confidence import SCALE
from rmsession.core.session import Capture
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText

STATE = {
    ActionStatus.OPEN: "to do",
    ActionStatus.DONE: "done",
    ActionStatus.DROPPED: "dropped",
    ActionStatus.SPLIT: "split",
}
"""What became of it, for people."""


def sure(capture: Capture) -> str:
    """``sure 4 of 5``; empty where its owner said nothing of it."""
    answer = capture.content.confidence
    return "" if answer is None else f"sure {answer} of {SCALE[-1]}"


def carried(capture: Capture) -> str:
    """``carried 2 times``; empty where it was never taken on to another session."""
    match len(capture.carries):
        case 0:
            return ""
        case 1:
            return "carried once"
        case times:
            return f"carried {times} times"


def reason(capture: Capture) -> UserText:
    """Why it was dropped, or carried the last time."""
    if capture.status is ActionStatus.DROPPED or not capture.carries:
        return capture.reason
    return capture.carries[-1].reason


def whose(capture: Capture) -> str:
    """``private to the mentor``; empty for what is shared."""
    return "" if capture.shared else f"private to the {capture.audience.value}"


def remarks(capture: Capture) -> Iterator[tuple[str, UserText]]:
    """Each thing to be said of it besides owner and date, with what somebody wrote about it."""
    told = carried(capture)
    gone = capture.status in (ActionStatus.DROPPED, ActionStatus.SPLIT)
    # One reason, with what came last: why it was dropped, else why it was carried once more.
    parts = (
        (sure(capture), UserText()),
        (whose(capture), UserText()),
        (told, UserText() if gone else reason(capture)),
        (STATE[capture.status] if gone else "", capture.reason),
    )
    return ((words, why) for words, why in parts if words)

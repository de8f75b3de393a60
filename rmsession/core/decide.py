"""From a request to what happened: `decide` refuses in words, or states an event. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import isfinite
from typing import Any

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.commands import Command
from rmsession.core.commands_sitting import OpenSitting, SetMustEnd
from rmsession.core.corrections import CORRECTIONS
from rmsession.core.decision import Answer, Decision, Refusal
from rmsession.core.facts import Fact
from rmsession.core.frozen import frozen
from rmsession.core.legal import LEGAL
from rmsession.core.looking_back import LOOKING_BACK, waiting
from rmsession.core.pace import MOST_MINUTES, allot
from rmsession.core.rearranging import REARRANGING
from rmsession.core.session import Session
from rmsession.core.terms import Phase


@frozen
class Now:
    """The moment at which something is asked."""

    at: float
    """Session seconds."""
    wall: datetime
    """Aware."""


def decide(session: Session, command: Command, now: Now, by: str) -> Answer:
    """What a person's request comes to: an event to be kept, or a refusal that says why."""
    if type(command) not in LEGAL[session.phase]:
        return Refusal(f"Not while the session is {_PHASE_WORDS[session.phase]}.")
    correction = CORRECTIONS.get(type(command))
    if correction:
        return correction(session, command, by)
    return _DECISIONS[type(command)](session, command, now)


def stamp(decision: Decision, session: Session, now: Now, *, by: str, device: str, fact_id: str) -> Fact:
    """The event with its header: who, when, on which device, behind everything seen so far."""
    # A session that has ended has no clock any more, but for the fact that opens its next sitting.
    opens = isinstance(decision.what, happened.SittingOpened)
    live = session.phase is not Phase.ENDED or opens
    return Fact(
        id=fact_id,
        by=by,
        device=device,
        seq=1 + max((fact.seq for fact in session.facts), default=0),
        wall=now.wall,
        at=max(now.at, session.last_at) if live else None,
        audience=decision.audience,
        what=decision.what,
    )


_PHASE_WORDS = {
    Phase.READY: "not started",
    Phase.RUNNING: "running",
    Phase.PAUSED: "paused",
    Phase.CLOSING: "closing",
    Phase.ENDED: "over",
}


def _start(session: Session, command: asked.Start, _: Now) -> Answer:
    agenda = session.record.agenda
    if not agenda.topics:
        return Refusal("This agenda has no topics: add a heading such as “## Check-in (5 min)”.")
    if command.duration_minutes is not None and not 0 < command.duration_minutes <= MOST_MINUTES:
        return Refusal("A session lasts between 1 minute and a day.")
    allotments = allot(agenda, command.duration_minutes)
    return _zoned(command.must_end) or Decision(happened.Started(agenda.topics[0].id, allotments, command.must_end))


def _next(session: Session, _: asked.Next, __: Now) -> Answer:
    if waits := waiting(session):
        return waits
    topic = session.following(session.current)
    return Decision(happened.TopicEntered(topic.id, done=True) if topic else happened.ClosingBegan())


def _back(session: Session, _: asked.Back, __: Now) -> Answer:
    if session.phase is Phase.CLOSING:
        return Decision(happened.ClosingLeft())
    topic = session.preceding(session.current)
    return Decision(happened.TopicEntered(topic.id)) if topic else Refusal("This is the first topic.")


def _jump(session: Session, command: asked.Jump, _: Now) -> Answer:
    if session.topic_by_id(command.topic) is None:
        return Refusal(f"There are {len(session.topics)} topics: type the number of one.")
    if command.topic == session.current and session.phase is not Phase.CLOSING:
        return Refusal("That is the current topic.")
    return Decision(happened.TopicEntered(command.topic))


def _tick(session: Session, command: asked.Tick, _: Now) -> Answer:
    if all(prompt.id != command.prompt for prompt in session.prompts()):
        return Refusal("There is no such prompt.")
    return Decision(happened.Ticked(command.prompt, command.prompt not in session.ticked))


def _pause(session: Session, command: asked.Pause, now: Now) -> Answer:
    if not 0 <= command.minutes_ago <= MOST_MINUTES:
        return Refusal("Type how many minutes ago, such as /pause 6.")
    since = max(now.at - command.minutes_ago * 60, session.sittings[-1].start)
    return Decision(happened.Paused(since))


def _resume(_: Session, __: asked.Resume, ___: Now) -> Answer:
    return Decision(happened.Resumed())


def _settle_gap(_: Session, command: asked.SettleGap, __: Now) -> Answer:
    if not (isfinite(command.seconds) and command.seconds >= 0):
        return Refusal("Time away cannot be negative.")
    return Decision(happened.GapSettled(command.seconds, command.counted, command.reason))


def _open_sitting(_: Session, command: OpenSitting, __: Now) -> Answer:
    return _zoned(command.must_end) or Decision(happened.SittingOpened(command.must_end))


def _off_record(session: Session, command: asked.GoOffRecord, _: Now) -> Answer:
    if command.on == session.off_record:
        return Refusal("Already off the record." if command.on else "Already on the record.")
    return Decision(happened.OffRecordSet(command.on))


def _must_end(_: Session, command: SetMustEnd, now: Now) -> Answer:
    unzoned = _zoned(command.must_end)
    if not unzoned and command.must_end and command.must_end <= now.wall:
        return Refusal("That time has passed already.")
    return unzoned or Decision(happened.MustEndSet(command.must_end))


def _zoned(must_end: datetime | None) -> Refusal | None:
    """A refusal of a time that cannot be compared with the clock."""
    return Refusal("A time to end by needs a time zone.") if must_end and not must_end.tzinfo else None


def _close(session: Session, _: asked.Close, __: Now) -> Answer:
    return waiting(session) or Decision(happened.ClosingBegan())


def _end(_: Session, __: asked.End, ___: Now) -> Answer:
    return Decision(happened.Ended())


_DECISIONS: dict[type[Command], Callable[[Session, Any, Now], Answer]] = {
    asked.Start: _start,
    asked.Next: _next,
    asked.Back: _back,
    asked.Jump: _jump,
    asked.Tick: _tick,
    asked.Pause: _pause,
    asked.Resume: _resume,
    asked.SettleGap: _settle_gap,
    OpenSitting: _open_sitting,
    asked.GoOffRecord: _off_record,
    SetMustEnd: _must_end,
    asked.Close: _close,
    asked.End: _end,
    **LOOKING_BACK,
    **REARRANGING,
}

"""What requests about captures, actions and the close come to; legal, mostly, after the end as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmsession.core import between as happened_between
from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core import facts as happened
from rmsession.core.captures import is_kept_from
from rmsession.core.commands import Command
from rmsession.core.commands_sitting import CorrectPair, SetPrepared
from rmsession.core.decision import Answer, Decision, Refusal
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Audience, Fate, Kind
from rmsession.core.undo import last_undoable, last_undone

MOST_CARRIES = 3
"""So often an action item is carried without a word; after that a decision is asked for, with a reason."""
OFF_RECORD = "Off the record: nothing is kept. F8 goes back on the record."


def _audience(session: Session, by: str, *, private: bool) -> Audience:
    return Audience(session.role_of(by).value) if private else Audience.SHARED


def _keep(session: Session, command: asked.Keep, by: str) -> Answer:
    if session.off_record:
        return Refusal(OFF_RECORD)
    if not command.content.text:
        return Refusal("There is nothing to keep yet.")
    topic = session.topic_by_id(command.topic or session.current)
    private = command.private or bool(topic and topic.private)
    what = happened.Captured(command.kind, topic.id if topic else None, command.content)
    return Decision(what, _audience(session, by, private=private))


def _standing(session: Session, target: str) -> Capture | Refusal:
    capture = session.captures.get(target)
    if capture is None or not capture.stands:
        return Refusal("That line is no longer there.")
    return capture


def _amend(session: Session, command: asked.Amend, capture: Capture) -> Answer:
    if session.off_record:
        return Refusal(OFF_RECORD)
    if not command.content.text:
        return Refusal("An empty line cannot replace it: withdraw it instead.")
    if command.content == capture.content and not (capture.rivals and command.settles):
        return Refusal("Nothing was changed.")
    # What goes together was seen together.
    *others, shown = capture.heads if command.settles or not capture.rivals else capture.heads[-1:]
    return Decision(happened.Amended(capture.id, shown, command.content, tuple(others)), capture.audience)


def _reclassify(_: Session, command: asked.Reclassify, capture: Capture) -> Answer:
    if command.kind is capture.kind:
        return Refusal(f"It is a {capture.kind.value} already.")
    return Decision(happened.Reclassified(capture.id, command.kind), capture.audience)


def _move_capture(session: Session, command: asked.MoveCapture, capture: Capture) -> Answer:
    topic = session.topic_by_id(command.topic)
    if topic is None or topic.id == capture.topic:
        return Refusal("It is under that topic already." if topic else "There is no such topic.")
    return Decision(happened.MovedTo(capture.id, topic.id), capture.audience)


def _set_audience(_: Session, command: asked.SetAudience, capture: Capture) -> Answer:
    if command.audience is capture.audience:
        return Refusal("It is so already.")
    return Decision(happened.AudienceSet(capture.id, command.audience), command.audience)


def _withdraw(_: Session, __: asked.Withdraw, capture: Capture) -> Answer:
    return Decision(happened.Withdrawn(capture.id), capture.audience)


def _accept(_: Session, __: asked.Accept, capture: Capture) -> Answer:
    return Decision(happened.Accepted(capture.id), capture.audience)


def _finish(_: Session, __: asked.Finish, capture: Capture) -> Answer:
    if not capture.is_open_action:
        return Refusal("That is not an open action.")
    return Decision(happened.ActionDone(capture.id), capture.audience)


def _reopen(_: Session, __: asked.ReopenAction, capture: Capture) -> Answer:
    if capture.kind is not Kind.ACTION or capture.status is ActionStatus.OPEN:
        return Refusal("That action is open.")
    return Decision(happened.ActionReopened(capture.id), capture.audience)


def _drop(session: Session, command: asked.Drop, capture: Capture) -> Answer:
    if session.off_record and command.reason:
        return Refusal(OFF_RECORD)
    if not capture.is_open_action:
        return Refusal("That is not an open action.")
    return Decision(happened.ActionDropped(capture.id, command.reason), capture.audience)


def _undo(session: Session, _: asked.Undo, by: str) -> Answer:
    fact = last_undoable(session, by)
    return Decision(happened.Undone(fact.id), fact.audience) if fact else Refusal("There is nothing to undo.")


def _redo(session: Session, _: asked.Redo, by: str) -> Answer:
    fact = last_undone(session, by)
    return Decision(happened.Undone(fact.id), fact.audience) if fact else Refusal("There is nothing to redo.")


def _set_next_date(_: Session, command: asked.SetNextDate, __: str) -> Answer:
    return Decision(happened.NextDateSet(command.when, command.zone))


def _give_feedback(_: Session, command: asked.GiveFeedback, __: str) -> Answer:
    return Decision(command.form)


def _skip_feedback(_: Session, command: asked.SkipFeedback, __: str) -> Answer:
    return Decision(happened.FeedbackSkipped(command.role))


def _set_prepared(session: Session, command: SetPrepared, _: str) -> Answer:
    if command.prepared == session.prepared:
        return Refusal("It is noted so already.")
    return Decision(happened.PreparedSet(command.prepared))


def _correct_pair(_: Session, command: CorrectPair, __: str) -> Answer:
    who = (command.pair, command.mentor, command.mentee, command.mentor_name, command.mentee_name)
    return Decision(happened.PairCorrected(*who))


def _carry(_: Session, command: between.Carry, capture: Capture) -> Answer:
    if not capture.is_open_action:
        return Refusal("That is not an open action.")
    earlier = {each.into for each in capture.carries}
    if command.into in earlier:
        return Refusal("It is carried into this session already.")
    if len(earlier) >= MOST_CARRIES and not command.reason.line.strip():
        return Refusal(f"It was carried {len(earlier)} times: say why once more, or finish, drop or split it.")
    return Decision(happened_between.ActionCarried(capture.id, command.into, command.reason), capture.audience)


def _split(_: Session, command: between.Split, capture: Capture) -> Answer:
    if not capture.is_open_action:
        return Refusal("That is not an open action.")
    if not command.parts:
        return Refusal("Say into what it is split.")
    return Decision(happened_between.ActionSplit(capture.id, command.into, command.parts), capture.audience)


def _let_go(session: Session, command: between.LetGoOf, _: str) -> Answer:
    if command.origin in session.let_go:
        return Refusal("It is let go already.")
    return Decision(happened_between.LetGo(command.origin))


def _settle_next_date(session: Session, command: between.SettleNextDate, _: str) -> Answer:
    if not session.meetings or session.meetings[-1].fate:
        return Refusal("No date is agreed of which anything could be said.")
    if command.fate is Fate.MOVED and command.when is None:
        return Refusal("Say to which date it moved.")
    when = command.when if command.fate is Fate.MOVED else None
    return Decision(happened_between.NextDateSettled(command.fate, when, command.zone))


_OF_A_CAPTURE: dict[type[Command], Callable[[Session, Any, Capture], Answer]] = {
    asked.Amend: _amend,
    asked.Reclassify: _reclassify,
    asked.MoveCapture: _move_capture,
    asked.SetAudience: _set_audience,
    asked.Withdraw: _withdraw,
    asked.Accept: _accept,
    asked.Finish: _finish,
    asked.ReopenAction: _reopen,
    asked.Drop: _drop,
    between.Carry: _carry,
    between.Split: _split,
}


def _of_a_capture(session: Session, command: Any, by: str) -> Answer:
    capture = _standing(session, command.target)
    if isinstance(capture, Refusal):
        return capture
    if isinstance(command, asked.SetAudience) and is_kept_from(session, capture, by):
        return Refusal(f"It is private to the {capture.audience.value}, who alone can share it.")
    return _OF_A_CAPTURE[type(command)](session, command, capture)


CORRECTIONS: dict[type[Command], Callable[[Session, Any, str], Answer]] = {
    asked.Keep: _keep,
    asked.Undo: _undo,
    asked.Redo: _redo,
    asked.SetNextDate: _set_next_date,
    asked.GiveFeedback: _give_feedback,
    asked.SkipFeedback: _skip_feedback,
    SetPrepared: _set_prepared,
    CorrectPair: _correct_pair,
    between.LetGoOf: _let_go,
    between.SettleNextDate: _settle_next_date,
    **dict.fromkeys(_OF_A_CAPTURE, _of_a_capture),
}
"""The decision for each request that is not about the session's course; the last argument is a person's id."""

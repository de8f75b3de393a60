"""How the facts of a session's course change it: topics, clock, phases, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from rmsession.core import facts as happened
from rmsession.core.changing import changed
from rmsession.core.facts import Allotment, Fact
from rmsession.core.floor import risen, turn_to, unpaused
from rmsession.core.programme import Pair, Person
from rmsession.core.session import Session, Sitting, Span
from rmsession.core.terms import Phase

_LIVE = (Phase.RUNNING, Phase.PAUSED, Phase.CLOSING)
_LONGEST = 1e9


def possible(seconds: float) -> float:
    """The seconds, or none where they are no number or make decades: one such fact would spoil every sum after it."""
    return seconds if abs(seconds) <= _LONGEST else 0.0


def _started(session: Session, fact: Fact, what: happened.Started) -> Session:
    if session.phase is not Phase.READY or session.topic_by_id(what.topic) is None:
        return session
    budgets = {each.topic: max(possible(each.seconds), 0.0) for each in what.allotments}
    session = changed(
        session,
        phase=Phase.RUNNING,
        started=fact.wall,
        allotted=budgets,
        budgets=budgets,
        must_end=_aware(what.must_end) or session.must_end,
        sittings=(Sitting(fact.wall, session.last_at),),
    )
    return turn_to(session, what.topic)


def _entered(session: Session, _: Fact, what: happened.TopicEntered) -> Session:
    if session.phase not in _LIVE or session.topic_by_id(what.topic) is None:
        return session
    done = session.done | {session.current} if what.done and session.current else session.done
    phase = Phase.RUNNING if session.phase is Phase.CLOSING else session.phase
    return turn_to(changed(session, done=done, phase=phase), what.topic)


def _extended(session: Session, _: Fact, what: happened.Extended) -> Session:
    return _rebudgeted(session, (Allotment(what.topic, what.seconds),))


def _parked(session: Session, _: Fact, what: happened.TopicParked) -> Session:
    if session.topic_by_id(what.topic) is None:
        return session
    session = changed(session, parked=session.parked | {what.topic}, done=session.done - {what.topic})
    if what.then is None or session.topic_by_id(what.then) is None or session.phase not in _LIVE:
        return session
    return turn_to(session, what.then)


def _unparked(session: Session, _: Fact, what: happened.TopicUnparked) -> Session:
    place, current = session.place(what.topic), session.place(session.current)
    topics = session.topics
    if what.topic in session.parked and place < current:
        # What is to come lies behind the current topic; in front of it nothing would lead there again.
        rest = (*topics[:place], *topics[place + 1 :])
        topics = (*rest[:current], topics[place], *rest[current:])
    return changed(session, topics=topics, parked=session.parked - {what.topic})


def _reordered(session: Session, _: Fact, what: happened.Reordered) -> Session:
    place = {topic: number for number, topic in enumerate(what.order)}
    # Topics that the order does not name (added meanwhile on another device) stay behind, in their order.
    topics = sorted(session.topics, key=lambda topic: place.get(topic.id, len(place)))
    return changed(session, topics=tuple(topics))


def _added(session: Session, _: Fact, what: happened.TopicAdded) -> Session:
    if session.topic_by_id(what.topic.id) is not None:
        return session
    places = [number for number, topic in enumerate(session.topics, 1) if topic.id == what.after]
    place = places[0] if places else 0
    topics = (*session.topics[:place], what.topic, *session.topics[place:])
    return changed(session, topics=topics, budgets={**session.budgets, what.topic.id: max(possible(what.seconds), 0.0)})


def _fitted(session: Session, _: Fact, what: happened.Fitted) -> Session:
    known = frozenset(topic.id for topic in session.topics)
    return changed(_rebudgeted(session, what.shortened), parked=session.parked | (known & frozenset(what.parked)))


def _ticked(session: Session, _: Fact, what: happened.Ticked) -> Session:
    ticked = session.ticked | {what.prompt} if what.done else session.ticked - {what.prompt}
    return changed(session, ticked=ticked)


def _paused(session: Session, _: Fact, what: happened.Paused) -> Session:
    if session.phase is not Phase.RUNNING:
        return session
    floor = max([session.sittings[-1].start, *(pause.end or 0.0 for pause in session.pauses)])
    since = max(min(possible(what.since), session.last_at), floor)
    return changed(session, phase=Phase.PAUSED, pauses=(*session.pauses, Span(since)))


def _resumed(session: Session, _: Fact, __: happened.Resumed) -> Session:
    return changed(unpaused(session), phase=Phase.RUNNING) if session.phase is Phase.PAUSED else session


def _sat_down(session: Session, fact: Fact, what: happened.SittingOpened) -> Session:
    if session.phase is Phase.READY:
        return session
    session = risen(session)
    topic = session.topic
    session = changed(
        session,
        phase=Phase.RUNNING,
        ended=None,
        must_end=_aware(what.must_end),
        sittings=(*session.sittings, Sitting(fact.wall, session.last_at)),
        off_record=session.said_off or bool(topic and topic.off_record),
    )
    return turn_to(session, session.current) if session.current else session


def _off_record(session: Session, _: Fact, what: happened.OffRecordSet) -> Session:
    on = what.on and session.phase is not Phase.ENDED
    return changed(session, off_record=on, said_off=on)


def _must_end(session: Session, _: Fact, what: happened.MustEndSet) -> Session:
    return changed(session, must_end=_aware(what.must_end))


def _prepared(session: Session, _: Fact, what: happened.PreparedSet) -> Session:
    return changed(session, prepared=what.prepared)


def _pair_corrected(session: Session, _: Fact, what: happened.PairCorrected) -> Session:
    pair = Pair(what.pair, Person(what.mentor, what.mentor_name), Person(what.mentee, what.mentee_name))
    if pair.id != session.pair.id:
        # What another pair left is nobody's business here.
        session = changed(session, last_time=None, reviewed={})
    return changed(session, pair=pair)


def _closing(session: Session, _: Fact, __: happened.ClosingBegan) -> Session:
    here, over = session.current, session.done | session.parked
    if session.phase not in (Phase.RUNNING, Phase.PAUSED) or here is None:
        return session
    ends = [topic.id for topic in session.topics if topic.protected and topic.id not in over]
    session = changed(unpaused(session), phase=Phase.CLOSING, done=session.done | {here})
    # A stretch of its own also where the topic stays the same: the one before it is what going back returns to.
    return turn_to(session, ends[-1] if ends else here)


def _closing_left(session: Session, _: Fact, __: happened.ClosingLeft) -> Session:
    if session.phase is not Phase.CLOSING:
        return session
    return turn_to(changed(session, phase=Phase.RUNNING), session.spans[-2].topic)


def _ended(session: Session, fact: Fact, _: happened.Ended) -> Session:
    if session.phase not in _LIVE:
        return session
    done = session.done
    if session.phase is Phase.CLOSING and session.current:
        done |= {session.current}
    return changed(risen(session), phase=Phase.ENDED, ended=fact.wall, off_record=False, said_off=False, done=done)


def _form(session: Session, _: Fact, what: happened.FeedbackGiven | happened.FeedbackSkipped) -> Session:
    return changed(session, forms={**session.forms, what.role: what})


def _rebudgeted(session: Session, changes: Iterable[Allotment]) -> Session:
    budgets = dict(session.budgets)
    for change in changes:
        if session.topic_by_id(change.topic) is not None:
            budgets[change.topic] = max(budgets.get(change.topic, 0.0) + possible(change.seconds), 0.0)
    return changed(session, budgets=budgets)


def _aware(moment: datetime | None) -> datetime | None:
    """A time without a zone cannot be compared with the clock: it counts as none."""
    return moment if moment and moment.tzinfo else None


_BY_KIND: dict[type[happened.Event], Callable[[Session, Fact, Any], Session]] = {
    happened.Started: _started,
    happened.TopicEntered: _entered,
    happened.Extended: _extended,
    happened.TopicParked: _parked,
    happened.TopicUnparked: _unparked,
    happened.Reordered: _reordered,
    happened.TopicAdded: _added,
    happened.Fitted: _fitted,
    happened.Ticked: _ticked,
    happened.Paused: _paused,
    happened.Resumed: _resumed,
    happened.SittingOpened: _sat_down,
    happened.OffRecordSet: _off_record,
    happened.MustEndSet: _must_end,
    happened.PreparedSet: _prepared,
    happened.PairCorrected: _pair_corrected,
    happened.ClosingBegan: _closing,
    happened.ClosingLeft: _closing_left,
    happened.Ended: _ended,
    happened.FeedbackGiven: _form,
    happened.FeedbackSkipped: _form,
}


def _step(session: Session, fact: Fact) -> Session:
    return _BY_KIND[type(fact.what)](session, fact, fact.what)


COURSE_STEPS = dict.fromkeys(_BY_KIND, _step)
"""The step for each kind that changes a session's course."""

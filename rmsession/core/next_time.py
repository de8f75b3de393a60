"""How facts about what one session leaves to the next change a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rmsession.core import between
from rmsession.core.facts import Event, Fact, NextDateSet
from rmsession.core.lists import Meeting
from rmsession.core.session import Session
from rmsession.core.terms import Fate


def _next_date(session: Session, what: NextDateSet) -> Session:
    settled = tuple(each for each in session.meetings if each.fate)
    agreed = () if what.when is None else (Meeting(what.when, what.zone),)
    return replace(session, next_date=what, meetings=settled + agreed)


def _next_date_settled(session: Session, what: between.NextDateSettled) -> Session:
    *before, last = session.meetings or (None,)
    if last is None or last.fate:
        return session
    meetings = (*filter(None, before), replace(last, fate=what.fate))
    match what.fate:
        case Fate.HELD:
            return replace(session, meetings=meetings)
        case Fate.MOVED if what.when:
            return _next_date(replace(session, meetings=meetings), NextDateSet(what.when, what.zone))
        case _:
            return replace(session, meetings=meetings, next_date=NextDateSet(None, what.zone))


def agreed_beside(session: Session) -> tuple[tuple[str, NextDateSet], ...]:
    """The dates that another machine agreed for the next meeting and that do not hold, with who said so."""
    agreed: list[tuple[Fact, NextDateSet]] = []
    for fact in session.facts:
        if fact.id in session.out:
            continue
        match fact.what:
            case NextDateSet(when=None) | between.NextDateSettled():
                agreed = []
            case NextDateSet() as said:
                # On one machine the later word corrects the one before.
                others = (each for each in agreed if each[0].device != fact.device)
                agreed = [*others, (fact, said)]
            case _:
                pass  # says nothing of a date
    return tuple((fact.by, said) for fact, said in agreed if said != agreed[-1][1])


def _last_time_opened(session: Session, what: between.LastTimeOpened) -> Session:
    return session if session.topic_by_id(what.topic) is None else replace(session, last_time=what)


def _reviewed(session: Session, what: between.ActionReviewed) -> Session:
    return replace(session, reviewed={**session.reviewed, what.action.capture: what.outcome})


def _question(session: Session, what: between.QuestionBrought) -> Session:
    if any(prompt.id == what.prompt.id for prompt in session.prompts()):
        return session
    topics = (
        replace(topic, prompts=(*topic.prompts, what.prompt)) if topic.id == what.topic else topic
        for topic in session.topics
    )
    return replace(session, topics=tuple(topics))


def _let_go(session: Session, what: between.LetGo) -> Session:
    return replace(session, let_go=session.let_go | {what.origin})


_BY_KIND: dict[type[Event], Callable[[Session, Any], Session]] = {
    NextDateSet: _next_date,
    between.NextDateSettled: _next_date_settled,
    between.LastTimeOpened: _last_time_opened,
    between.ActionReviewed: _reviewed,
    between.QuestionBrought: _question,
    between.LetGo: _let_go,
}


def _step(session: Session, fact: Fact) -> Session:
    return _BY_KIND[type(fact.what)](session, fact.what)


NEXT_TIME_STEPS = dict.fromkeys(_BY_KIND, _step)
"""The step for each kind that is about what comes after, or came before, a session."""

"""How sessions ran: the time planned against the time taken, and what there was no time for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from rmsession.core.agenda import ident
from rmsession.core.curriculum import CURRICULUM
from rmsession.core.figures import SessionFigures
from rmsession.core.report.family import Family, Reading
from rmsession.core.report.material import Material
from rmsession.core.report.measures import pace, share, total
from rmsession.core.terms import TopicState

NEAR: Final = 0.1
"""A session that took up to so much more or less than its plan ran to plan."""
OWN: Final = "own"
"""The part of every agenda and every topic that is not the curriculum's: their titles are the pair's own words."""


def running(material: Material) -> Iterator[Family]:
    """The families of this section, in the order in which they are read."""
    ended = [(pair, session) for pair in material.pairs for session in pair.ended_sessions]
    timed = [(pair, session) for pair, session in ended if session.planned_seconds > 0]
    taken = Reading("running.time", "Time of a session, planned and taken", pace, cells=True)
    near = Reading("running.near", f"Sessions within {100 * NEAR:.0f} % of the time planned", share())
    yield Family(
        tuple(
            pair.of_session(session, (session.planned_seconds, session.taken_seconds), cell=session.agenda or OWN)
            for pair, session in timed
        ),
        (taken,),
        agendas(),
    )
    yield Family(tuple(pair.of_session(session, _is_near(session)) for pair, session in timed), (near,))
    topic = Reading("running.topic", "Time of a topic, planned and taken", pace, cells=True)
    yield Family(
        tuple(
            pair.of_session(session, (each.planned_seconds, each.taken_seconds), cell=_cell(session, each.topic))
            for pair, session in ended
            for each in session.topics
            if each.planned_seconds > 0 and each.taken_seconds > 0
        ),
        (topic,),
        _topics(),
    )
    parked = Reading("running.parked", "Topics parked", total)
    yield Family(tuple(pair.of_session(session, _parked(session)) for pair, session in ended), (parked,))


@cache
def agendas() -> tuple[tuple[str, str], ...]:
    """Every agenda that figures may name, by id, in the curriculum's order; all others as one."""
    return (*((ident("a", title), title) for title in CURRICULUM), (OWN, "own agendas"))


@cache
def _topics() -> tuple[tuple[str, str], ...]:
    known = (
        (f"{ident('a', title)} {ident('t', topic, '1')}", f"{title} · {topic}")
        for title, topics in CURRICULUM.items()
        for topic in topics
    )
    return (*known, (OWN, "topics of one's own"))


def _cell(session: SessionFigures, topic: str) -> str:
    return f"{session.agenda} {topic}" if session.agenda and topic else OWN


def _is_near(session: SessionFigures) -> bool:
    return abs(session.taken_seconds - session.planned_seconds) <= NEAR * session.planned_seconds


def _parked(session: SessionFigures) -> int:
    return sum(each.state is TopicState.PARKED for each in session.topics)

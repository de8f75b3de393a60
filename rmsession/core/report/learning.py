"""How sure mentees are of what they worked on: before a session and after it, as they said at one sitting."""

from __future__ import annotations

from collections.abc import Iterator

from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.material import Material
from rmsession.core.report.measures import shift
from rmsession.core.report.notes import answers_of
from rmsession.core.report.reaction import item_of
from rmsession.core.report.running import OWN, agendas
from rmsession.core.terms import Role


def learning(material: Material) -> Iterator[Family]:
    """The families of this section."""
    scale = item_of(Role.MENTEE, "now")
    lowest, highest = (scale.lowest, scale.highest) if scale else (1, 5)
    label = "Confidence in the topic, before the session and now: mentees"
    reading = Reading("learning.confidence", label, shift(lowest, highest), cells=True, note=answers_of)
    yield Family(tuple(_answers(material)), (reading,), agendas())


def _answers(material: Material) -> Iterator[Sample]:
    """Of everybody who gave both scores."""
    for pair in material.pairs:
        for session in pair.ended_sessions:
            told = session.form(Role.MENTEE)
            both = (told.score("before"), told.score("now")) if told and told.given else (None, None)
            if None not in both:
                yield pair.of_session(session, both, who=pair.mentee, cell=session.agenda or OWN)

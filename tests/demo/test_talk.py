"""What people say in a demo covers the curriculum, and is read by the capture line as it is meant."""

from datetime import date
from random import Random

import pytest

from rmsession.core.capture import Context, Line, parse
from rmsession.core.curriculum import CURRICULUM
from rmsession.core.terms import Kind
from rmsession.demo.history import agendas
from rmsession.demo.outcomes import suggestions
from rmsession.demo.talk import sections, spoken

NUMBERS = range(1, 11)


def read(lot, line):
    said = parse(spoken(lot, line), Context(date(2026, 11, 20), ("mentor", "mentee")))
    assert isinstance(said, Line)
    return said


@pytest.mark.parametrize("number", NUMBERS)
def test_every_topic_of_every_agenda_has_something_to_say(number):
    stem, agenda = agendas()[number]
    titles = [topic.title.raw for topic in agenda.topics]
    assert tuple(titles) == CURRICULUM[agenda.title.raw]
    assert list(sections(stem)) == titles
    assert sum(map(len, sections(stem).values())) >= 20


@pytest.mark.parametrize("number", NUMBERS)
def test_each_line_is_understood_and_every_kind_is_there(number):
    lot = Random(number)
    said = [read(lot, line) for lines in sections(agendas()[number][0]).values() for line in lines]
    assert not [each.content for each in said if each.content.doubts or "{" in each.content.text.raw]
    actions = [each.content for each in said if each.kind is Kind.ACTION]
    assert len(actions) >= 4
    assert all(each.due and each.owner and each.owner.raw in ("mentor", "mentee") for each in actions)
    assert {Kind.NOTE, Kind.ACTION, Kind.QUESTION, Kind.DECISION} <= {each.kind for each in said}
    assert any(each.private for each in said)


def test_people_find_again_what_they_look_for():
    every = [line for number in NUMBERS for lines in sections(agendas()[number][0]).values() for line in lines]
    for word in ("policy", "linkedin", "dashboard", "phone", "#ai", "#hiring", "customers"):
        assert sum(word in line.casefold() for line in every) >= 4


def test_the_change_log_is_written_for_agendas_of_the_curriculum():
    assert all(each.agenda in agendas() and each.idea and each.answer and each.changed for each in suggestions())
    assert len({each.idea for each in suggestions()}) == len(suggestions()) >= 10

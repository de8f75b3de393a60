"""What figures may name is what comes with the program, no more and no less."""

from pathlib import Path

import pytest

from rmsession.core.curriculum import CURRICULUM, agenda_title, known_agenda, known_topic, topic_title
from rmsession.reader.agenda_reader import read_text

FILES = sorted((Path(__file__).parents[2] / "agendas").glob("*.md"))
AGENDAS = [read_text(file.read_text(encoding="utf-8")).agenda for file in FILES]


def test_the_curriculum_is_the_files_that_come_with_the_program():
    assert {each.title.raw: tuple(topic.title.raw for topic in each.topics) for each in AGENDAS} == CURRICULUM


@pytest.mark.parametrize("agenda", AGENDAS, ids=[file.stem for file in FILES])
def test_their_ids_have_names(agenda):
    assert known_agenda(agenda.id) == agenda.id
    assert agenda_title(agenda.id) == agenda.title.raw
    assert [topic_title(agenda.id, topic.id) for topic in agenda.topics] == [each.title.raw for each in agenda.topics]
    assert [known_topic(agenda.id, topic.id) for topic in agenda.topics] == [topic.id for topic in agenda.topics]


def test_any_other_id_has_none_and_does_not_leave():
    (other,) = [read_text("# Mine\n\n## Hello and role swap (5 min)\n\n## Secret plan (9 min)\n").agenda]
    assert known_agenda(other.id) == ""
    assert agenda_title(other.id) == ""
    first = AGENDAS[0].id
    assert known_topic(first, other.topics[1].id) == ""
    assert known_topic(other.id, AGENDAS[0].topics[0].id) == ""

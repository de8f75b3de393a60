"""Front matter: what it says, what is wrong with it, and what is none."""

import pytest

from rmsession.core.agenda import FeedbackKind
from rmsession.reader import front
from rmsession.reader.agenda_reader import read_text


def agenda(block, body="\n# T\n\n## One (5 min)\n"):
    return read_text(f"---\n{block}\n---\n{body}")


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("duration: 45", 45), ("duration: 1h 30m", 90), ("time: 90 minutes", 90), ("time: '60 mins'", 60),
        ("Duration: about 45 min", 45),
        ("length: half an hour", 30), ("teaching: 20\nexercises: 10", 30), ("startTime: 19:00\nendTime: 23:30", 270),
        ("description: a one-hour talk for two", None), ("description: a one-hour mentoring session", 60),
        ("teaching: 0", None),
        ("date: 2026-11-21", None), ("time: 14:00", None),
    ],
)  # fmt: skip
def test_the_total_is_taken_from_what_states_it(line, minutes):
    assert agenda(line).agenda.stated_minutes == minutes


@pytest.mark.parametrize(
    ("word", "kind"),
    [("first", FeedbackKind.FIRST), ("Midpoint", FeedbackKind.MIDPOINT), ("final", FeedbackKind.FINAL),
     ("none", FeedbackKind.NONE),
     ("no", FeedbackKind.NONE), ("regular", FeedbackKind.REGULAR)],
)  # fmt: skip
def test_feedback_names_the_form(word, kind):
    reading = agenda(f"feedback: {word}")
    assert reading.agenda.feedback is kind
    assert not reading.problems


def test_words_that_yaml_would_change_stay_words():
    reading = agenda("title: No\nmentor: 1:1\nmentee: 10:30\nquestions: one only")
    read = reading.agenda
    assert (read.title.raw, read.mentor.raw, read.mentee.raw) == ("No", "1:1", "10:30")
    assert [question.raw for question in read.questions] == ["one only"]


def test_a_value_that_cannot_be_is_told_with_what_can():
    (problem,) = agenda("feedback: perhaps").problems
    assert (problem.code, problem.mend) == ("front-matter-value", "write feedback as first, midpoint, final or none")


@pytest.mark.parametrize(
    "text", ["---\n\nHello\n\n---\n", "---\nFoo\n---\n", "---\nno end: of it\n\n## One (5 min)\n", "a: b\n---\n"]
)
def test_a_rule_at_the_top_is_no_front_matter(text):
    assert front.split(text).lines == 0


@pytest.mark.parametrize(
    "block",
    [
        "[" * 5000,
        "{" * 5000,
        "a: [1, 2",
        "a:\n" + "".join(" " * n + "- a:\n" for n in range(0, 240, 2)),
        "a: *nobody",
        "- " * 200,
        "\tx: y",
    ],
)
def test_a_hostile_block_is_a_warning_and_the_agenda_is_read(block):
    reading = agenda(block)
    assert [topic.minutes for topic in reading.agenda.topics] == [5]
    assert [problem.code for problem in reading.problems if problem.code != "no-title"] == ["front-matter-unreadable"]


def test_lines_are_those_of_the_file():
    assert agenda("title: x\nduration: 5").agenda.topics[0].line == 8

"""What a session comes to in figures: every number written out, and not one word, whatever is in the record."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from support.building import MENTEE, Play, agenda, record, topic
from support.strategies import PROMPT_IDS, TOPIC_IDS, agendas, facts, journeys, travel

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.commands_between import SettleNextDate
from rmsession.core.commands_sitting import SetPrepared
from rmsession.core.curriculum import agenda_title, topic_title
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.figures import (
    MOST_SECONDS,
    ActionFigures,
    DateFigures,
    FormFigures,
    GoalScore,
    SessionFigures,
    TopicFigures,
    figures_of,
    goal_key,
)
from rmsession.core.fold import session_of
from rmsession.core.record import Record
from rmsession.core.terms import ActionStatus, Fate, Kind, Phase, Role, TopicState
from rmsession.core.text import UserText
from rmsession.reader.agenda_reader import read_text
from rmsession.reader.library import bundled

WORD = "zqxv"
"""In every text of a marked record, and in no figure."""
PLAIN = ("due", "tags", "goals", "doubts", "source", "text")
"""Fields of plain text that people write."""
OWN_IDS = {*TOPIC_IDS, *PROMPT_IDS, "a"}
"""Ids as an agenda of one's own has them: made of its titles."""
OTHERS = {"pair", "mentor", "mentee", "session", "capture", "target", "into", "parts"}
"""Fields that name people, sessions and lines, whose ids are made of nothing."""


def marked(value: Any, name: str = "") -> Any:
    """The same value with a word in every text that somebody wrote, and in every id that is made of one."""
    match value:
        case UserText():
            return UserText(f"{WORD} {value.raw} {WORD}")
        case Enum():
            return value
        case str() if name in PLAIN or (value in OWN_IDS and name not in OTHERS):
            return f"{WORD}{value}"
        case tuple():
            return tuple(marked(each, name) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: marked(getattr(value, each.name), each.name) for each in fields(value)})
        case _:
            return value


def spelled(figures: SessionFigures) -> str:
    """All that figures say, as one text."""
    return json.dumps(msgspec.to_builtins(figures), default=str)


@given(agendas(), journeys())
def test_no_word_of_a_session_stands_in_its_figures(plan, numbers):
    held = travel(plan, numbers).record
    named = marked(held)
    assert WORD in str(named)
    before, after = figures_of(session_of(held)), figures_of(session_of(named))
    assert WORD not in spelled(after)
    # The words are all that differs: other words of a goal, and a day that is none.
    same = [replace(each, goals=(), actions=()) for each in (before, after)]
    assert same[0] == same[1]


@given(agendas(), facts())
def test_whatever_a_record_holds_comes_to_figures_without_a_word_of_it(plan, happened):
    figures = figures_of(session_of(marked(record(plan, facts=tuple(happened)))))
    assert WORD not in spelled(figures)
    times = [figures.planned_seconds, figures.taken_seconds]
    times += [each for one in figures.topics for each in (one.planned_seconds, one.taken_seconds)]
    assert all(0 <= each <= MOST_SECONDS for each in times)


@given(agendas(), journeys())
def test_only_shared_lines_and_open_topics_count(plan, numbers):
    session = travel(plan, numbers).session
    figures = figures_of(session)
    shared = [each for each in session.standing() if each.audience.value == "shared"]
    for kind in Kind:
        assert dict(figures.lines).get(kind, 0) == sum(each.kind is kind for each in shared)
    assert len(figures.actions) == len(figures.action_lines) == sum(each.kind is Kind.ACTION for each in shared)
    assert [each.capture for each in figures.goals] == [each.id for each in shared if each.kind is Kind.GOAL]
    assert len(figures.topics) == sum(not each.private for each in session.topics)


def kick_off() -> Record:
    """The curriculum's first session, with a private topic in the middle."""
    plan = read_text(bundled()[0].read_text(encoding="utf-8"), name="kick-off").agenda
    own = topic("Salary", 4, private=True)
    return record(replace(plan, topics=(*plan.topics[:2], own, *plan.topics[2:])), zone="America/New_York")


def test_each_number_of_a_session_is_the_one_that_the_hand_counts():
    play = Play(kick_off())
    play.do(SetPrepared(True))
    play.start()
    play.wait(minutes=7)
    play.keep("hello")
    play.keep("hidden", private=True)
    play.do(asked.Next())
    play.wait(minutes=8)
    play.do(asked.Next())
    play.keep("in the private topic", Kind.ACTION)
    play.wait(minutes=1)
    play.do(asked.Next())
    goal = play.keep("Post  weekly", Kind.GOAL, score=3)
    play.keep("own", Kind.GOAL, score=1, private=True)
    kept = play.keep("send it", Kind.ACTION, due="2026-12-01")
    play.keep("some day", Kind.ACTION, due="whenever")
    play.do(asked.SetNextDate(datetime(2026, 12, 12, 3, 0, tzinfo=UTC), "America/New_York"))
    play.do(asked.Close())
    given = FeedbackGiven(
        Role.MENTEE,
        (
            Answer("good-use", 5), Answer("frank", None), Answer("keep", text=UserText("words")), Answer("own:1", 4),
            Answer("now", 9), Answer("before", 2), Answer(f"goal:{goal}", 1), Answer("goal:Post weekly", 1),
        ),
        Visibility.COUNTS,
        Via.PASTED,
    )  # fmt: skip
    play.do(asked.GiveFeedback(given), by=MENTEE.id)
    play.do(asked.SkipFeedback(Role.MENTOR))
    play.do(asked.End())
    play.clock.run(86_400 * 4)
    play.do(asked.Finish(kept))
    figures = figures_of(play.session)
    ids = [each.id for each in play.session.topics]
    assert agenda_title(figures.agenda) == "Kick-off: how we will work"
    assert topic_title(figures.agenda, figures.topics[1].topic) == "Ground rules and confidentiality"
    day, goal_words = date(2026, 11, 21), goal_key(play.session.captures[goal])
    assert figures == SessionFigures(
        session=play.record.id,
        pair="pair-robin-alex",
        mentor="person-robin",
        mentee="person-alex",
        agenda=play.record.agenda.id,
        feedback=FeedbackKind.FIRST,
        phase=Phase.ENDED,
        started=day,
        ended=day,
        planned_seconds=49 * 60.0,
        taken_seconds=16 * 60.0,
        prepared=True,
        topics=(
            TopicFigures(ids[0], 300.0, 420.0, TopicState.DONE),
            TopicFigures(ids[1], 600.0, 480.0, TopicState.DONE),
            TopicFigures(ids[3], 600.0, 0.0, play.session.state(ids[3])),
            TopicFigures(ids[4], 720.0, 0.0, TopicState.TO_COME),
            TopicFigures(ids[5], 480.0, 0.0, TopicState.DONE),
        ),
        forms=(
            FormFigures(Role.MENTEE, True, Via.PASTED, (("good-use", 5), ("before", 2), (f"goal:{goal}", 1))),
            FormFigures(Role.MENTOR, False),
        ),
        actions=(
            ActionFigures(day, date(2026, 12, 1), date(2026, 11, 25), ActionStatus.DONE, 0),
            ActionFigures(day, None, None, ActionStatus.OPEN, 0),
        ),
        goals=(GoalScore(goal_words, goal, 3),),
        # Ten in the evening of the day before, where the pair meets.
        meetings=(DateFigures(date(2026, 12, 11), None),),
        lines=((Kind.NOTE, 1), (Kind.ACTION, 2), (Kind.GOAL, 1)),
        action_lines=tuple(each.id for each in play.session.standing(Kind.ACTION) if each.shared),
    )


def test_a_session_from_an_agenda_of_ones_own_names_no_agenda_and_no_topic():
    play = Play(agenda(("Merger talks", 5), ("Hello and role swap", 5), title="Project Falcon"))
    play.start()
    figures = figures_of(play.session)
    assert (figures.agenda, [each.topic for each in figures.topics]) == ("", ["", ""])
    assert [each.planned_seconds for each in figures.topics] == [300.0, 300.0]


def test_a_date_that_was_moved_or_held_says_so():
    play = Play()
    play.start()
    play.do(asked.SetNextDate(play.now.wall + timedelta(days=7), "Europe/Berlin"))
    play.do(asked.Close())
    play.do(asked.End())
    assert figures_of(play.session).meetings == (DateFigures(date(2026, 11, 28), None),)
    play.do(SettleNextDate(Fate.MOVED, play.now.wall + timedelta(days=9), "Europe/Berlin"))
    assert figures_of(play.session).meetings == (
        DateFigures(date(2026, 11, 28), Fate.MOVED),
        DateFigures(date(2026, 11, 30), None),
    )


@given(st.sampled_from([0, 3, 10, 11, -1, 10**9, None]))
def test_a_score_that_no_goal_can_have_is_none(score):
    play = Play()
    play.start()
    play.keep("goal", Kind.GOAL, score=score)
    (told,) = figures_of(play.session).goals
    assert told.score == (score if score in (0, 3, 10) else None)

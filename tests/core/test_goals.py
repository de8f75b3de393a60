"""The goals of a pair: the same words are the same goal, scored from session to session."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from support.building import BEGIN, MENTEE, MENTOR, PAIR, Play, agenda, record

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.documents import documents
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility, form
from rmsession.core.goals import (
    EARLIER,
    MOST_ASKED,
    Goal,
    Named,
    Reached,
    asked_about,
    goals_of,
    named_in,
    of_earlier_sessions,
)
from rmsession.core.programme import Pair
from rmsession.core.session import Session
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText


def played(number: int, days: int = 0, pair: Pair = PAIR) -> Play:
    """A session begun so many days after the first; its lines have ids of their own."""
    plan = agenda("One", "Two", feedback=FeedbackKind.FINAL)
    begun = record(plan, number=number, created=BEGIN + timedelta(days=days), pair=pair)
    play = Play(begun, ids=count(number * 1000))
    play.clock.set_wall(days * 86_400.0)
    play.start()
    return play


def answered(play: Play, role: Role, shown: Visibility, **scores: int) -> None:
    """Hand in a form with these scores, by the ids of lines about goals, dashes as underscores."""
    answers = tuple(Answer(f"goal:{line.replace('_', '-')}", score) for line, score in scores.items())
    play.do(
        asked.GiveFeedback(FeedbackGiven(role, answers, shown, Via.SCREEN)),
        by={Role.MENTEE: MENTEE.id}.get(role, MENTOR.id),
    )


def hits(*sessions: Session) -> list:
    """What search would find of them all, private lines too."""
    return [each for session in sessions for each in documents(session)]


def test_a_goal_has_its_first_and_its_latest_score_and_what_each_says_of_it():
    first, second, third = played(1), played(2, 21), played(3, 42)
    reach = first.keep("Reach  customers", Kind.GOAL)
    other = first.keep("Write weekly", Kind.GOAL, score=5)
    second.keep("reach customers", Kind.GOAL, score=2)
    second.do(asked.Close())
    answered(second, Role.MENTEE, Visibility.BOTH, **{reach.replace("-", "_"): -1, other.replace("-", "_"): 9})
    again = third.keep("REACH CUSTOMERS", Kind.GOAL, score=7)
    third.keep("secret", Kind.GOAL, score=1, private=True)
    third.do(asked.Close())
    answered(third, Role.MENTEE, Visibility.BOTH, **{again.replace("-", "_"): 1})
    answered(third, Role.MENTOR, Visibility.COUNTS, **{reach.replace("-", "_"): 2})
    days = [date(2026, 11, 21) + timedelta(days=each) for each in (0, 21, 42)]
    assert goals_of(each.session for each in (third, first, second)) == (
        Goal(reach, UserText("Reach  customers"), days[0], 2, 7, days[2], (Reached(Role.MENTEE, 1, days[2]),)),
        Goal(other, UserText("Write weekly"), days[0], 5, 5, days[0]),
    )


def test_what_is_private_withdrawn_or_another_pairs_is_asked_of_nobody():
    first, now = played(1), played(2, 21)
    kept = first.keep("hear customers", Kind.GOAL)
    first.keep("find another job", Kind.GOAL, private=True)
    closed = first.keep("be braver", Kind.GOAL)
    first.do(asked.SetAudience(closed, Audience.MENTOR))
    first.do(asked.Withdraw(first.keep("nothing", Kind.GOAL)))
    first.keep("no goal")
    foreign = played(3, 7, Pair("pair-x", MENTEE, MENTOR))
    foreign.keep("theirs", Kind.GOAL)
    later = played(4, 63)
    later.keep("not yet named", Kind.GOAL)
    found = named_in(hits(*(each.session for each in (later, foreign, now, first))), now.session)
    assert found == (Named(kept, UserText("hear customers")),)


def test_a_goal_of_an_earlier_session_is_asked_about_once_by_its_first_line():
    first, second, now = played(1), played(2, 21), played(3, 42)
    one = first.keep("Hear customers", Kind.GOAL, score=1)
    second.keep("hear CUSTOMERS", Kind.GOAL, score=3)
    two = second.keep("post weekly", Kind.GOAL)
    now.keep("hear customers", Kind.GOAL, score=8)
    three = now.keep("read reports", Kind.GOAL)
    now.keep("read  Reports", Kind.GOAL)
    earlier = named_in(hits(second.session, first.session), now.session)
    assert [each.id for each in asked_about(now.session, earlier)] == [one, two, three]
    assert [each.id for each in asked_about(now.session)][1:] == [three]


def test_of_very_many_goals_those_named_last_are_asked_about():
    first, second, now = played(1), played(2, 21), played(3, 42)
    lines = [first.keep(f"goal {number}", Kind.GOAL) for number in range(MOST_ASKED + 3)]
    second.keep("goal 0", Kind.GOAL)
    found = [each.id for each in named_in(hits(first.session, second.session), now.session)]
    assert found == [lines[0], *lines[4:]]


def test_an_answer_about_a_goal_of_another_session_has_no_words_of_it():
    now = played(2, 21)
    own = now.keep("hear customers", Kind.GOAL)
    answers = [Answer("goal:elsewhere", 2), Answer(f"goal:{own}", 1), Answer("frank", 4), Answer("goal:left-out")]
    strange = of_earlier_sessions(now.session, answers)
    assert strange == (Named("elsewhere", EARLIER),)
    goals = [(each.id, each.text) for each in asked_about(now.session, strange)]
    texts = {each.id: each.text.raw for each in form(FeedbackKind.FINAL, "mentee", goals=goals).items}
    assert texts["goal:elsewhere"] == "Goal: one of an earlier session"
    assert texts[f"goal:{own}"] == "Goal: hear customers"

"""A pair's figures, put together: by the lead's ids, with goals that no words can be guessed of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN, MENTEE, PAIR, Play, record

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.arrangement import Arrangement, KnownAs
from rmsession.core.between import ActionRef
from rmsession.core.commands_between import OpenLastTime, Review
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.figures import SessionFigures, figures_of
from rmsession.core.outcomes import Change
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.session import Session
from rmsession.core.telling import anonymous, by_pair
from rmsession.core.terms import Audience, Kind, Outcome, Phase, Role
from rmsession.core.text import UserText

NOW = datetime(2026, 12, 24, tzinfo=UTC)
OTHER = Pair("pair-other", Person("person-kim", UserText("Kim")), Person("person-lee", UserText("Lee")))
EARLIER, LATER = BEGIN, BEGIN + timedelta(days=21)


def played(number: int, begin: datetime = BEGIN, pair: Pair = PAIR) -> Play:
    """A session under way; the ids of its lines are its own."""
    play = Play(record(number=number, created=begin, pair=pair), ids=iter(range(number * 1000, number * 1000 + 999)))
    play.clock.set_wall((begin - BEGIN).total_seconds())
    play.start()
    return play


def bare(number: int, pair: Pair, day: int) -> SessionFigures:
    """A session with nothing in it."""
    begun = date(2026, 1, day)
    return SessionFigures(
        f"00000000-0000-0000-0000-{number:012}", pair.id, pair.mentor.id, pair.mentee.id, "", FeedbackKind.REGULAR,
        Phase.ENDED, begun, begun, 2700.0, 2700.0, None,
    )  # fmt: skip


def test_every_pair_that_is_known_or_has_met_tells_its_sessions_the_earliest_first():
    unknown = replace(OTHER, id="pair-unknown")
    sessions = [bare(1, PAIR, 20), bare(2, unknown, 5), bare(3, PAIR, 2), replace(bare(4, PAIR, 1), started=None)]
    told = by_pair(Programme(pairs=(PAIR, OTHER)), sessions, NOW)
    assert [(each.pair, each.mentor, each.mentee, each.made) for each in told] == [
        ("pair-other", "person-kim", "person-lee", NOW),
        ("pair-robin-alex", "person-robin", "person-alex", NOW),
        ("pair-unknown", "person-kim", "person-lee", NOW),
    ]
    assert [[each.session[-1] for each in one.sessions] for one in told] == [[], ["3", "1", "4"], ["2"]]


def test_a_pair_tells_by_the_ids_that_its_lead_gave_it():
    known = Arrangement(PAIR.id, known_as=KnownAs("lead-pair", "lead-robin", "lead-alex"))
    entry = Change("c1", PAIR.id, date(2026, 3, 1), UserText("idea"), agreed=tuple(Role))
    programme = Programme(pairs=(PAIR, OTHER), arrangements=(known,), changes=(entry,))
    first, second = by_pair(programme, [bare(1, PAIR, 3), bare(2, OTHER, 4)], NOW)
    assert (first.pair, first.mentor, first.mentee) == ("lead-pair", "lead-robin", "lead-alex")
    (session,) = first.sessions
    assert (session.pair, session.mentor, session.mentee) == ("lead-pair", "lead-robin", "lead-alex")
    assert first.changes == (replace(entry, pair="lead-pair"),)
    assert second.sessions == (bare(2, OTHER, 4),)


def test_two_pairs_here_that_are_one_to_the_lead_tell_as_one():
    alias = replace(OTHER, id="pair-again")
    known = [Arrangement(each.id, known_as=KnownAs("lead", "m", "n")) for each in (OTHER, alias)]
    (told,) = by_pair(
        Programme(pairs=(OTHER, alias), arrangements=tuple(known)), [bare(1, OTHER, 9), bare(2, alias, 3)], NOW
    )
    assert [each.session[-1] for each in told.sessions] == ["2", "1"]


def test_of_the_change_log_leaves_what_both_agreed_to_and_stands():
    def entry(name: str, *agreed: Role, withdrawn: bool = False) -> Change:
        return Change(name, PAIR.id, date(2026, 3, 1), UserText(name), agreed=agreed, withdrawn=withdrawn)

    log = (
        entry("b", *Role), entry("one", Role.MENTEE), entry("none"), entry("back", *Role, withdrawn=True),
        entry("a", *Role), replace(entry("x", *Role), pair="nobody's"),
    )  # fmt: skip
    (told,) = by_pair(Programme(pairs=(PAIR,), changes=log), [], NOW)
    assert [each.id for each in told.changes] == ["a", "b"]


def goal_sessions() -> tuple[Session, Session]:
    """A goal scored in two sessions, in other letters; one that was shared and is private now; one of each."""
    first = played(1)
    reach = first.keep("Reach customers", Kind.GOAL, score=2)
    secret = first.keep("Leave the firm", Kind.GOAL, score=9, private=True)
    closed = first.keep("Be braver", Kind.GOAL, score=4)
    first.do(asked.SetAudience(closed, Audience.MENTOR))
    second = played(2, LATER)
    second.keep("  reach   CUSTOMERS ", Kind.GOAL, score=7)
    second.keep("Write weekly", Kind.GOAL)
    second.do(asked.Close())
    answers = (Answer(f"goal:{reach}", 2), Answer(f"goal:{secret}", -2), Answer(f"goal:{closed}", 0))
    second.do(asked.GiveFeedback(FeedbackGiven(Role.MENTEE, answers, Visibility.BOTH, Via.SCREEN)), by=MENTEE.id)
    return first.session, second.session


def test_a_goal_is_named_by_the_first_line_about_it_in_its_sessions_and_in_the_forms():
    sessions = [figures_of(each) for each in goal_sessions()]
    (reach,), (again, write) = ([*each.goals] for each in sessions)
    assert reach.goal == again.goal
    told = anonymous(reversed(sessions))
    assert [(one.goal, one.capture, one.score) for each in told for one in each.goals] == [
        (reach.capture, reach.capture, 2),
        (reach.capture, again.capture, 7),
        (write.capture, write.capture, None),
    ]
    # Of what is private, or came to be, nobody is told how far it was reached.
    assert told[1].forms[0].scores == ((f"goal:{reach.capture}", 2),)


def test_only_what_was_shared_counts_as_looked_at_again():
    first = played(1)
    lines = [first.keep(f"do {each}", Kind.ACTION, private=each == "own") for each in ("one", "two", "own")]
    first.do(asked.End())
    second = Play(record(number=2, created=LATER), ids=iter(range(2000, 2999)))
    refs = tuple(ActionRef(first.record.id, each) for each in lines)
    second.start()
    second.do(OpenLastTime(second.session.topics[0].id, refs))
    for ref in refs[1:]:
        second.do(Review(ref, Outcome.DONE))
    figures = [figures_of(first.session), figures_of(second.session)]
    assert (figures[1].reviewed, figures[1].to_review) == (2, 3)
    told = anonymous(figures)
    assert [(each.reviewed, each.to_review, each.waited, each.action_lines) for each in told] == [
        (None, 0, (), ()),
        (1, 2, (), ()),
    ]


@given(st.permutations(range(4)))
def test_in_whatever_order_sessions_come_the_same_is_told_and_telling_it_again_changes_nothing(order):
    sessions = [*map(figures_of, goal_sessions()), bare(3, OTHER, 3), bare(4, PAIR, 4)]
    programme = Programme(pairs=(PAIR, OTHER))
    told = by_pair(programme, sessions, NOW)
    assert by_pair(programme, [sessions[place] for place in order], NOW) == told
    assert by_pair(programme, [each for one in told for each in one.sessions], NOW) == told


def test_each_pair_by_itself_tells_what_all_tell_together():
    sessions = [*map(figures_of, goal_sessions()), bare(3, OTHER, 3)]
    alone = [
        by_pair(Programme(pairs=(each,)), [one for one in sessions if one.pair == each.id], NOW)
        for each in (OTHER, PAIR)
    ]
    assert by_pair(Programme(pairs=(PAIR, OTHER)), sessions, NOW) == tuple(each for one in alone for each in one)

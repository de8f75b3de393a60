"""What must shrink, or go, for the protected closing minutes to hold."""

from __future__ import annotations

from datetime import timedelta

from support.building import BEGIN, Play, agenda, topic

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda
from rmsession.core.commands_sitting import SetMustEnd
from rmsession.core.facts import Allotment, Fitted
from rmsession.core.pace import Pace, pace, propose_fit

PLAN = agenda(("Now", 5), ("Short", 4), ("Long", 15), topic("Closing", 8, protected=True))


def late(plan: Agenda, *, minutes: float, end: float) -> Play:
    """A session that is `minutes` into its first topic and must end `end` minutes after its start."""
    play = Play(plan)
    play.start(must_end=BEGIN + timedelta(minutes=end))
    play.wait(minutes=minutes)
    return play


def told(play: Play) -> Pace:
    return pace(play.session, play.now.at, play.now.wall)


def proposal(play: Play) -> tuple[dict[str, float], list[str]]:
    """Minutes taken by title, and the titles parked."""
    fit = propose_fit(play.session, play.now.at, play.now.wall)
    titles = {each.id: each.title.raw for each in play.session.topics}
    return {titles[each.topic]: each.seconds / 60 for each in fit.shortened}, [titles[each] for each in fit.parked]


def test_nothing_is_proposed_while_the_end_holds():
    assert proposal(late(PLAN, minutes=5, end=32)) == ({}, [])
    play = Play(PLAN)
    play.start()
    play.wait(minutes=50)
    assert propose_fit(play.session, play.now.at, play.now.wall) == Fitted()


def test_a_little_too_much_is_taken_in_whole_minutes_from_what_is_to_come():
    assert proposal(late(PLAN, minutes=7, end=32)) == ({"Short": -1.0, "Long": -1.0}, [])


def test_more_than_shortening_can_give_parks_from_the_last_topic_to_come():
    assert proposal(late(PLAN, minutes=18, end=32)) == ({"Short": -1.0, "Long": -12.0}, [])
    assert proposal(late(PLAN, minutes=19, end=32)) == ({}, ["Long"])


def test_a_topic_is_not_parked_when_a_longer_one_parked_after_it_is_enough():
    plan = agenda(("Now", 5), ("Long", 15), ("Short", 2), topic("Closing", 8, protected=True))
    assert proposal(late(plan, minutes=18, end=30)) == ({"Long": -11.0}, ["Short"])
    assert proposal(late(plan, minutes=20, end=30)) == ({}, ["Long"])


def test_the_closing_is_never_touched_even_if_nothing_else_is_left():
    play = late(PLAN, minutes=40, end=32)
    assert proposal(play) == ({}, ["Long", "Short"])
    play.do(asked.AcceptFit(propose_fit(play.session, play.now.at, play.now.wall)))
    assert told(play).protected == 480.0
    assert told(play).over == 16 * 60.0


def test_the_current_topic_gives_what_it_has_beyond_three_minutes():
    play = Play(agenda(("Now", 20), topic("Closing", 8, protected=True)))
    play.start(must_end=BEGIN + timedelta(minutes=20))
    assert proposal(play) == ({"Now": -8.0}, [])
    play.do(SetMustEnd(BEGIN + timedelta(minutes=9)))
    assert proposal(play) == ({"Now": -17.0}, [])


def test_a_current_topic_at_its_least_gives_nothing():
    play = Play(agenda(("Now", 3), topic("Closing", 8, protected=True)))
    play.start(must_end=BEGIN + timedelta(minutes=5))
    assert proposal(play) == ({}, [])


def test_topics_with_nothing_left_to_give_are_left_alone():
    play = Play(agenda(("Now", 5), ("Empty", 0), ("Long", 15), ("Void", 0)))
    play.start(must_end=BEGIN + timedelta(minutes=4))
    assert proposal(play) == ({"Now": -1.0}, ["Long"])
    play.wait(minutes=9)
    assert proposal(play) == ({}, ["Long"])


def test_accepting_makes_the_end_hold_and_undo_takes_it_back_as_one_step():
    play = late(PLAN, minutes=19, end=32)
    before = play.session.budgets, play.session.parked
    play.do(asked.AcceptFit(propose_fit(play.session, play.now.at, play.now.wall)))
    assert told(play).over <= 0
    play.do(asked.Undo())
    assert (play.session.budgets, play.session.parked) == before


def test_a_billionth_of_a_second_does_not_cost_a_minute():
    plan = agenda(("Now", 5), ("One", 10), ("Two", 10), ("Three", 10))
    play = Play(plan)
    play.start(must_end=BEGIN + timedelta(minutes=32, microseconds=-1))
    taken, _ = proposal(play)
    assert sum(taken.values()) == -3.0


def proposed(play: Play) -> Fitted:
    return propose_fit(play.session, play.now.at, play.now.wall)


def test_a_proposal_is_not_accepted_once_the_topics_have_changed():
    play = late(PLAN, minutes=19, end=32)
    stale = proposed(play)
    play.do(asked.Jump(play.id_of("Long")))
    assert "/fit" in play.refusal(asked.AcceptFit(stale))
    play.do(asked.Back())
    play.do(asked.AcceptFit(proposed(play)))
    assert "/fit" in play.refusal(asked.AcceptFit(stale))


def test_only_what_a_proposal_could_say_is_accepted():
    play = late(PLAN, minutes=19, end=32)
    now, long, closing = (play.id_of(each) for each in ("Now", "Long", "Closing"))
    for fit in (
        Fitted(parked=(closing,)),
        Fitted(parked=(now,)),
        Fitted(parked=("nonsense",)),
        Fitted(shortened=(Allotment(closing, -60.0),)),
        Fitted(shortened=(Allotment(long, 60.0),)),
        Fitted(shortened=(Allotment(long, float("nan")),)),
        Fitted(shortened=(Allotment("nonsense", -60.0),)),
    ):
        assert "/fit" in play.refusal(asked.AcceptFit(fit))
    assert play.refusal(asked.AcceptFit(Fitted())) == "Nothing needs to shrink: the closing minutes hold."

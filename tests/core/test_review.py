"""What people look at afterwards: sessions in a list, open actions, time per topic."""

from __future__ import annotations

from datetime import timedelta

from support.building import BEGIN, MENTOR, PAIR, Play, agenda, kick_off, record, topic

from rmsession.core import commands as asked
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.lists import ActionItem
from rmsession.core.review import TopicTime, open_actions_of, summarise, topic_times
from rmsession.core.terms import Kind
from rmsession.core.text import UserText


def played() -> Play:
    """A session of seven minutes with a note, two actions and a private line."""
    play = Play()
    play.start()
    play.wait(minutes=4)
    play.keep("A note")
    play.do(asked.Next())
    play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-11-28", tags=("legal",))
    done = play.keep("Book a room", Kind.ACTION)
    play.do(asked.Finish(done))
    play.keep("Mine alone", private=True)
    play.wait(minutes=3)
    return play


def test_a_session_not_yet_started_in_a_list():
    summary = summarise(record())
    assert (summary.phase, summary.started, summary.topic, summary.spent_seconds) == ("ready", None, UserText(), 0.0)
    assert (summary.title.raw, summary.planned_seconds, summary.created) == ("Kick-off", 0, BEGIN)


def test_a_session_in_a_list():
    play = played()
    play.do(asked.SetNextDate(BEGIN + timedelta(days=14), "Europe/Berlin"))
    play.do(asked.End())
    summary = summarise(play.record)
    assert (summary.id, summary.pair, summary.agenda) == (play.record.id, PAIR.id, kick_off().id)
    assert (summary.mentor.raw, summary.mentee.raw, summary.topic.raw) == ("Robin", "Alex", "Ground rules")
    assert (summary.started, summary.ended, summary.phase) == (BEGIN, BEGIN + timedelta(minutes=7), "ended")
    assert (summary.planned_seconds, summary.spent_seconds) == (2700, 420.0)
    assert (summary.notes, summary.actions, summary.open_actions) == (1, 2, 1)
    assert summary.pending == ("read-back", "mentee form", "mentor form")
    assert summary.next_date == BEGIN + timedelta(days=14)


def test_time_since_the_last_fact_is_not_in_a_list_for_nobody_knows_it():
    assert summarise(played().record).spent_seconds == 240.0


def test_a_list_does_not_tell_the_title_of_a_private_topic():
    play = Play(agenda(topic("Pay", private=True)))
    play.start()
    assert summarise(play.record).topic == UserText()


def test_a_list_names_the_pair_as_corrected():
    play = played()
    play.do(CorrectPair("pair-2", MENTOR.id, "person-kim", UserText("Robin"), UserText("Kim")))
    assert (summarise(play.record).pair, summarise(play.record).mentee.raw) == ("pair-2", "Kim")
    assert {each.pair for each in open_actions_of(play.record)} == {"pair-2"}


def test_open_actions_are_those_that_stand_and_are_neither_done_nor_dropped():
    play = played()
    private = play.keep("Ask about pay", Kind.ACTION, private=True)
    for ask in (asked.Withdraw(play.keep("Gone", Kind.ACTION)), asked.Drop(play.keep("No", Kind.ACTION))):
        play.do(ask)
    first, second = open_actions_of(play.record)
    assert first == ActionItem(
        session=play.record.id,
        capture=first.capture,
        pair=PAIR.id,
        text=UserText("Send the draft"),
        owner=UserText("Alex"),
        due="2026-11-28",
        when=BEGIN + timedelta(minutes=4),
        topic=first.topic,
        at=first.at,
        title=UserText("Kick-off"),
        tags=("legal",),
    )
    source = play.session.topic_by_id(play.session.captures[first.capture].topic)
    assert source
    assert (first.topic, first.at) == (source.title, 240.0)
    assert (second.capture, second.private) == (private, True)


def test_a_note_made_an_action_is_open_and_an_action_made_a_note_is_not():
    play = Play()
    play.start()
    note, action = play.keep("One"), play.keep("Two", Kind.ACTION)
    play.do(asked.Reclassify(note, Kind.ACTION))
    play.do(asked.Reclassify(action, Kind.IDEA))
    assert [each.capture for each in open_actions_of(play.record)] == [note]


def test_planned_against_spent_for_every_topic_in_its_present_order():
    play = Play(agenda(("A", 5), topic("B", 10, private=True), ("C", 3)))
    play.start()
    play.wait(minutes=6)
    play.do(asked.Extend(5))
    play.do(asked.Next())
    play.do(asked.AddTopic(UserText("New"), 4))
    play.do(asked.Park(play.id_of("C")))
    play.wait(minutes=1)
    times = topic_times(play.session, play.at)
    assert times[0] == TopicTime(play.id_of("A"), UserText("A"), 300, 360.0, "done")
    assert [(each.title.raw, each.planned_seconds, each.spent_seconds, each.state) for each in times[1:]] == [
        ("B", 600, 60.0, "now"),
        ("New", 0.0, 0.0, "to come"),
        ("C", 180, 0.0, "parked"),
    ]
    assert [each.private for each in times] == [False, True, False, False]

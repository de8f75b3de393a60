"""Off the record: said aloud, or brought along by a topic; never lifted by accident."""

from __future__ import annotations

from support.building import Play, agenda, content, topic

from rmsession.core import commands as asked
from rmsession.core.corrections import OFF_RECORD
from rmsession.core.terms import Kind
from rmsession.core.text import UserText

OFF = agenda(
    "Hello", topic("Between us", off_record=True), topic("Pay", private=True), topic("Also between us", off_record=True)
)


def test_an_off_record_topic_brings_its_state_along_and_takes_it_away():
    play = Play(OFF)
    play.start()
    seen = []
    for _ in range(3):
        seen.append(play.session.off_record)
        play.do(asked.Next())
    assert [*seen, play.session.off_record] == [False, True, False, True]


def test_off_the_record_said_aloud_outlasts_an_off_record_topic():
    play = Play(OFF)
    play.start()
    play.do(asked.GoOffRecord(on=True))
    for _ in range(2):
        play.do(asked.Next())
        assert play.session.off_record
    play.do(asked.GoOffRecord(on=False))
    assert not play.session.off_record


def test_on_the_record_said_in_an_off_record_topic_holds_for_that_topic():
    play = Play(OFF)
    play.start()
    play.do(asked.Next())
    play.do(asked.GoOffRecord(on=False))
    assert play.keep("This may be kept")
    play.do(asked.Next())
    play.do(asked.Next())
    assert play.session.off_record


def test_undoing_the_step_into_an_off_record_topic_is_back_on_the_record():
    play = Play(OFF)
    play.start()
    play.do(asked.Next())
    play.do(asked.Undo())
    assert not play.session.off_record


def test_the_end_lifts_off_the_record_and_reopening_brings_an_off_record_topics_state_back():
    play = Play(OFF)
    play.start()
    play.do(asked.Next())
    play.do(asked.End())
    assert play.keep("Written down afterwards")
    play.come_back(hours=1)
    assert play.session.off_record


def test_off_the_record_outlasts_a_crash():
    play = Play(OFF)
    play.start()
    play.do(asked.GoOffRecord(on=True))
    play.come_back(hours=20)
    assert play.session.off_record


def test_nothing_typed_off_the_record_is_kept():
    play = Play(OFF)
    play.start()
    line = play.keep("Said before", Kind.ACTION)
    play.do(asked.GoOffRecord(on=True))
    for ask in (
        asked.Keep(Kind.NOTE, content("Nobody should read this")),
        asked.Keep(Kind.NOTE, content("Nor this"), private=True),
        asked.Amend(line, content("Nor this")),
        asked.Drop(line, UserText("because of this")),
        asked.AddTopic(UserText("What he told me"), 5),
    ):
        assert play.refusal(ask) == OFF_RECORD
    for ask in (asked.Drop(line), asked.Undo(), asked.Withdraw(line), asked.Next(), asked.Pause(), asked.Resume()):
        play.do(ask)


def test_saying_it_twice_is_told():
    play = Play()
    play.start()
    assert play.refusal(asked.GoOffRecord(on=False)) == "Already on the record."
    play.do(asked.GoOffRecord(on=True))
    assert play.refusal(asked.GoOffRecord(on=True)) == "Already off the record."

"""The desk: requests become facts on their way to the disk; a session left is taken up where it stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import inf

import pytest
from support.building import DEVICE, MENTOR, HandClock, Play, agenda, content, record, topic

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.agenda import Agenda
from rmsession.core.clock import Gap
from rmsession.core.feedback import Answer, Visibility
from rmsession.core.fold import session_of
from rmsession.core.store import Aside, Draft, HalfForm, View
from rmsession.core.terms import Kind, Phase
from rmsession.core.text import UserText
from rmsession.core.tombstones import ERASED_TITLE
from rmsession.store.opening import open_store
from rmsession.tui.asides import Field
from rmsession.tui.desk import Desk
from rmsession.tui.recorder import Recorder


@pytest.fixture
def recorder():
    made = Recorder(open_store("memory:"))
    yield made
    made.stop()


def desk_of(play: Play, recorder: Recorder, clock: HandClock) -> Desk:
    """A desk on what was played so far, kept."""
    recorder._store.begin(play.record)
    return Desk(session_of(play.record), recorder, clock, by=MENTOR.id, device=DEVICE)


def left_running(seconds: float, plan: Agenda | None = None) -> Play:
    """A session whose last fact is so many seconds old in it."""
    play = Play(plan)
    play.start()
    play.wait(seconds)
    play.do(asked.Keep(Kind.NOTE, content("kept")))
    return play


def clock_after(play: Play, **gap: float) -> HandClock:
    """A new program's clock: its monotonic one has nothing to do with the old one."""
    return HandClock(play.now.wall + timedelta(**gap), mono=5.0)


def test_a_short_gap_counts(recorder):
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, seconds=40))
    desk.take_up(None)
    assert desk.gap is None
    assert desk.session.run(desk.now().at) == pytest.approx(140)


def test_a_long_gap_is_asked_about_and_not_charged_meanwhile(recorder):
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, minutes=14))
    desk.take_up(None)
    assert isinstance(desk.gap, Gap)
    assert desk.gap.seconds == pytest.approx(840)
    assert desk.session.run(desk.now().at) == pytest.approx(100)
    desk.settle(counted=True)
    assert desk.session.run(desk.now().at) == pytest.approx(940)


def test_the_draft_is_the_last_sign_of_life(recorder):
    play = left_running(100)
    draft = Draft(play.now.wall + timedelta(seconds=90), 190.0, UserText("half"))
    desk = desk_of(play, recorder, clock_after(play, seconds=100))
    desk.take_up(draft)
    assert desk.gap is None
    assert desk.line == UserText("half")
    assert desk.session.run(desk.now().at) == pytest.approx(200)


def test_another_day_is_a_new_sitting_and_counts_nothing_in_between(recorder):
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, days=2))
    desk.take_up(None)
    assert desk.gap is None
    assert len(desk.session.sittings) == 2
    assert desk.session.run(desk.now().at) == pytest.approx(100)


def test_a_paused_session_stays_paused_and_asks_nothing(recorder):
    play = left_running(100)
    play.do(asked.Pause())
    desk = desk_of(play, recorder, clock_after(play, minutes=30))
    desk.take_up(None)
    assert desk.gap is None
    assert desk.session.phase is Phase.PAUSED
    assert desk.session.run(desk.now().at) == pytest.approx(100)


def test_an_ended_session_is_reopened_as_a_new_sitting(recorder):
    play = left_running(100)
    play.do(asked.End())
    clock = clock_after(play, minutes=30)
    desk = desk_of(play, recorder, clock)
    desk.take_up(None)
    assert desk.sit_down() is None
    clock.run(50)
    assert desk.session.run(desk.now().at) == pytest.approx(150)


def test_a_gap_that_nobody_answered_is_asked_about_again_after_a_crash(recorder):
    play = left_running(100)
    clock = clock_after(play, minutes=14)
    desk = desk_of(play, recorder, clock)
    desk.take_up(None)
    clock.run(30)
    desk.keep_draft()
    recorder.stop()
    draft = recorder._store.draft(play.record.id)
    clock.run(10)
    again = Desk(session_of(play.record), recorder, clock, by=MENTOR.id, device=DEVICE)
    again.take_up(draft)
    assert again.gap.seconds == pytest.approx(840)
    assert again.session.run(again.now().at) == pytest.approx(140)
    clock.suspend(600)
    assert again.tick() == again.gap
    assert again.gap.seconds == pytest.approx(1440)
    again.settle(counted=True)
    assert again.gap is None
    assert again.session.run(again.now().at) == pytest.approx(1580)


async def test_what_another_program_wrote_is_taken_in(recorder):
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, seconds=1))
    desk.take_up(None)
    desk.ask(asked.Keep(Kind.NOTE, content("mine")))
    theirs = play.do(asked.Keep(Kind.NOTE, content("theirs")))
    await recorder.ask(lambda store: store.append(play.record.id, theirs))
    record = await recorder.ask(lambda store: store.load(play.record.id))
    assert desk.take_in(record)
    assert not desk.take_in(record)
    assert {each.content.text.raw for each in desk.session.standing()} == {"kept", "mine", "theirs"}


async def test_a_redacted_line_leaves_session_and_store(recorder):
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, seconds=1))
    desk.take_up(None)
    (capture,) = desk.session.standing()
    await desk.redact(capture.id)
    assert not list(desk.session.standing())
    record = await recorder.ask(lambda store: store.load(play.record.id))
    assert any(isinstance(fact.what, happened.Erased) for fact in record.facts)
    assert record.facts == desk.session.facts


def half_form(role: str, words: str) -> HalfForm:
    return HalfForm(role, (Answer("keep", text=UserText(words)),), Visibility.COUNTS)


def test_off_the_record_no_field_reaches_the_draft(recorder):
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, seconds=1))
    desk.take_up(None)
    before = half_form("mentor", "said before")
    desk.with_form(before)
    desk.ask(asked.GoOffRecord(on=True))
    desk.line, desk.view = UserText("secret"), View("t", 3, 4, 5)
    desk.asides.at(Field.TOPIC).note("secret")
    desk.with_form(half_form("mentor", "secret"))
    desk.with_form(half_form("mentee", "secret"))
    recorder.stop()
    kept = recorder._store.draft(play.record.id)
    assert (kept.line, kept.forms, kept.asides, kept.view) == (UserText(), (before,), (), View("t", 3, 4))
    assert desk.line == UserText("secret")


def test_what_is_typed_anywhere_is_in_the_draft_at_every_key_and_gone_with_its_question(recorder):
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, seconds=1))
    desk.take_up(None)
    noting = desk.asides.at(Field.AMEND, "some-capture", private=True)
    noting.open("as it is")
    for typed in ("as it is", "as it was", "as it w"):
        noting.note(typed)
    drafts = []
    for finish in (recorder.stop, noting.done):
        finish()
        recorder.stop()
        drafts.append(recorder._store.draft(play.record.id))
        recorder = Recorder(recorder._store)
        desk._recorder = recorder
    assert drafts[0].asides == (Aside("amend", UserText("as it w"), "some-capture", private=True),)
    assert drafts[1].asides == ()
    desk.take_up(drafts[0])
    assert desk.asides.at(Field.AMEND, "some-capture").open("as it is") == "as it w"
    assert desk.asides.at(Field.AMEND, "another").open("as it is") == "as it is"


async def test_words_that_another_program_erased_do_not_come_back_with_the_next_draft(recorder):
    """As when a copy is taken in on the command line while the session runs."""
    play = left_running(100)
    desk = desk_of(play, recorder, clock_after(play, seconds=1))
    desk.take_up(None)
    (said,) = desk.session.standing()
    desk.line = said.content.text
    desk.keep_draft()
    await recorder.ask(lambda store: store.redact(play.record.id, said.id, by=desk.by, wall=desk.now().wall))
    assert desk.take_in(await recorder.ask(lambda store: store.load(play.record.id)))
    assert desk.line == UserText()
    desk.keep_draft()
    assert (await recorder.ask(lambda store: store.draft(play.record.id))).line == UserText()


async def test_a_line_erased_in_an_earlier_session_leaves_the_one_that_took_it_as_a_topic(recorder):
    earlier = Play(record(agenda("Hello"), number=2))
    earlier.start()
    line = earlier.keep("the secret of the day", Kind.PARKED)
    taken = replace(topic("the secret of the day", carried="2026-11-14"), id=line)
    desk = desk_of(left_running(100, agenda("Hello", taken)), recorder, HandClock())
    session = desk.session.record.id
    await recorder.ask(lambda store: store.begin(earlier.record))
    desk.line = UserText("of the secret of the day")
    await recorder.ask(lambda store: store.redact(earlier.record.id, line, by="x", wall=desk.now().wall))
    assert desk.take_in(await recorder.ask(lambda store: store.load(session)))
    assert (desk.session.topic_by_id(line).title, desk.line) == (ERASED_TITLE, UserText())
    assert desk.ask(asked.Keep(Kind.NOTE, content("another line"))) is None
    assert (await recorder.ask(lambda store: store.load(session))) == desk.session.record


async def test_redacted_words_do_not_come_back_with_the_next_draft(recorder):
    play = left_running(100)
    said = play.do(asked.Keep(Kind.NOTE, content("the secret of the day")))
    desk = desk_of(play, recorder, clock_after(play, seconds=1))
    desk.take_up(None)
    desk.line = UserText("the secret of the day, again")
    desk.with_form(half_form("mentee", "the secret of the day"))
    desk.asides.at(Field.AMEND, said.id).note("in other words")
    desk.asides.at(Field.TOPIC).note("Another topic")
    desk.ask(asked.GoOffRecord(on=True))
    await desk.redact(said.id)
    desk.ask(asked.GoOffRecord(on=False))
    desk.keep_draft()
    draft = await recorder.ask(lambda store: store.draft(play.record.id))
    assert draft.line == UserText()
    assert [answer.text for form in draft.forms for answer in form.answers] == [None]
    assert draft.asides == (Aside("topic", UserText("Another topic")),)


def test_a_sign_of_life_is_given_when_something_changed_or_every_second(recorder):
    play = left_running(100)
    clock = clock_after(play, seconds=1)
    desk = desk_of(play, recorder, clock)
    desk.take_up(None)
    kept = []
    recorder.draft = lambda _, draft: kept.append((draft.line.raw, draft.view.text_row))
    for seconds, line, row in ((0, "", 0), (0.5, "", 0), (0.1, "a", 0), (0.1, "a", 2), (0.5, "a", 2), (0.5, "a", 2)):
        clock.run(seconds)
        desk.line, desk.view = UserText(line), View("t", row)
        desk.beat()
    desk.ask(asked.End())
    past = Desk(desk.session, recorder, clock, by=MENTOR.id, device=DEVICE)
    for over in (desk, past):
        clock.run(60)
        over.beat()
    assert kept == [("", 0), ("a", 0), ("a", 2), ("a", 2)]
    past.asides.at(Field.AMEND, "a-line").note("half")
    assert len(kept) == 5


def test_a_rehearsal_in_a_hurry_has_no_gaps(recorder):
    play = Play()
    clock = HandClock()
    desk = Desk(session_of(play.record), recorder, clock, by=MENTOR.id, device=DEVICE, gap_seconds=inf)
    recorder._store.begin(play.record)
    desk.ask(asked.Start())
    clock.run(240)
    assert desk.tick() is None
    assert desk.session.run(desk.now().at) == pytest.approx(240)

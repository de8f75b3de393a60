"""The forms at half-way and at the end ask about the pair's goals, whichever of its sessions named them."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import count

import pytest
from support.afterwards import shown, under_way
from support.building import BEGIN, DEVICE, MENTEE, MENTOR, PAIR, Play, agenda, record
from textual.widgets import TextArea

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.programme import Pair
from rmsession.core.record import Record
from rmsession.core.terms import Kind, Role
from rmsession.export.formats import FORMATS
from rmsession.store.memory import MemoryStore
from rmsession.store.opening import open_store
from rmsession.tui import pairs_goals
from rmsession.tui.desk import Desk
from rmsession.tui.known import Memory
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.closing import ClosingScreen
from rmsession.tui.screens.feedback import FeedbackScreen
from rmsession.tui.screens.form_by_mail import FormByMail
from rmsession.tui.widgets import takeaways
from rmsession.tui.widgets.capture import CaptureLine

OLD = "Hear zqcustomers"


def past(number: int, days: int, *lines: str, pair: Pair = PAIR, private: bool = False) -> Record:
    """A session before this one that named these goals."""
    begun = record(agenda("One", "Two"), number=number, created=BEGIN - timedelta(days=days))
    play = Play(
        begun if pair is None else record(number=number, pair=pair, created=begun.created), ids=count(number * 1000)
    )
    play.clock.set_wall(-days * 86_400.0)
    play.start()
    for line in lines:
        play.keep(line, Kind.GOAL, score=3, private=private)
    play.do(asked.End())
    return play.record


EARLIER = (
    past(7, 42, OLD),
    past(8, 21, "hear ZQCUSTOMERS", "Post weekly"),
    past(9, 14, "Find another job", private=True),
    past(10, 7, "Not theirs", pair=Pair("pair-x", MENTEE, MENTOR)),
)


def closing(kind: FeedbackKind = FeedbackKind.FINAL) -> Play:
    """A play in its closing, in which one goal was named."""
    play = under_way(agenda("One", "Two", feedback=kind))
    play.keep("Read reports", Kind.GOAL)
    play.do(asked.SetNextDate(None, "Europe/Berlin"))
    play.do(asked.Close())
    return play


def goals(screen: FeedbackScreen | FormByMail) -> list[str]:
    """The goals that a form asks about."""
    asked_for = screen._filling.form if isinstance(screen, FeedbackScreen) else screen._form
    return [each.text.raw for each in asked_for.items if each.id.startswith("goal:")]


async def to_the_forms(stage) -> None:
    """Go on to the hand-over of the keyboard."""
    for _ in range(5):
        if "Feedback: the mentee first" in stage.text():
            return
        await stage.press("f2")
    raise AssertionError(stage.text())


async def opened(stage, key: str) -> FeedbackScreen | FormByMail:
    """Press the key that opens a form, and wait for it."""
    await stage.press(key)
    for _ in range(200):
        if not isinstance(stage.app.screen, ClosingScreen):
            return stage.app.screen
        await stage.pilot.pause(0.01)
    raise AssertionError(stage.text())


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (FeedbackKind.FINAL, [f"Goal: {OLD}", "Goal: Post weekly", "Goal: Read reports"]),
        pytest.param(FeedbackKind.REGULAR, [], marks=pytest.mark.long),
    ],
)
async def test_the_form_asks_about_the_pairs_goals_each_once(kind, wanted):
    async with shown(closing(kind), ClosingScreen, earlier=EARLIER) as stage:
        await to_the_forms(stage)
        assert goals(await opened(stage, "enter")) == wanted


async def test_the_mailed_form_asks_about_them_too_and_reads_the_answer():
    async with shown(closing(), ClosingScreen, earlier=EARLIER) as stage:
        await to_the_forms(stage)
        screen = await opened(stage, "t")
        assert f"Goal: {OLD}" in screen.query_one("#form", TextArea).text
        place = 1 + [each.text.raw for each in screen._form.items].index(f"Goal: {OLD}")
        screen.query_one("#reply", TextArea).load_text(f"{place}. Goal: {OLD}: 2\n")
        await stage.pilot.pause()
        await stage.press("f4")
        given = stage.session.forms[Role.MENTEE]
        (line,) = [each for each in EARLIER[0].facts if type(each.what).__name__ == "Captured"]
        assert [(each.item, each.score) for each in given.answers if each.score is not None] == [(f"goal:{line.id}", 2)]
        # Nothing of its words is in this session's record.
        assert "zqcustomers" not in FORMATS["json"].make(stage.session, feedback=True).lower()


async def test_a_store_that_does_not_answer_holds_no_form_up(monkeypatch):
    waits = threading.Event()
    monkeypatch.setattr(pairs_goals, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(MemoryStore, "search", lambda *_, **__: waits.wait(20))
    try:
        async with shown(closing(), ClosingScreen, earlier=EARLIER) as stage:
            await to_the_forms(stage)
            assert goals(await opened(stage, "enter")) == ["Goal: Read reports"]
            waits.set()
    finally:
        waits.set()


@pytest.mark.long
async def test_a_store_that_breaks_is_not_reported_to_the_mentee(monkeypatch):
    from rmsession.core.store_errors import StoreError

    def broken(*_, **__):
        raise StoreError("no disk")

    monkeypatch.setattr(MemoryStore, "search", broken)
    async with shown(closing(), ClosingScreen, earlier=EARLIER) as stage:
        await to_the_forms(stage)
        assert goals(await opened(stage, "enter")) == ["Goal: Read reports"]


def test_where_the_words_are_not_in_this_record_it_says_so():
    play = closing()
    (line,) = [each for each in EARLIER[0].facts if type(each.what).__name__ == "Captured"]
    given = FeedbackGiven(Role.MENTEE, (Answer(f"goal:{line.id}", 2), Answer("frank", 4)), Visibility.BOTH, Via.SCREEN)
    play.do(asked.GiveFeedback(given), by=MENTEE.id)
    for name in ("md", "html"):
        text = FORMATS[name].make(play.session, feedback=True)
        assert "one of an earlier session" in text
        assert "much more than expected" in text
        assert line.id not in text
    lines = [words.plain for _, words in takeaways._answers(play.session, Role.MENTEE)]
    assert lines[-1] == "Goal: one of an earlier session  2 much more than expected"


async def test_the_capture_line_completes_the_pairs_shared_goals_and_no_others():
    play = under_way(agenda("One", "Two"))
    play.keep("Read reports", Kind.GOAL)
    play.keep("Resign", Kind.GOAL, private=True)
    store = open_store("memory:")
    for each in (*EARLIER, play.record):
        store.begin(each)
    recorder = Recorder(store)
    memory = Memory(Desk(play.session, recorder, play.clock, by=play.by, device=DEVICE))
    await memory.read(recorder)
    recorder.stop()
    assert memory.known.goals == (OLD, "Post weekly", "Read reports")
    line = CaptureLine()
    line.set_reactive(CaptureLine.known, memory.known)
    assert line._completed("g: hear") == f"g: hear{OLD[4:]}"
    assert line._completed("GOAL:re") == "GOAL:read reports"
    assert [line._completed(each) for each in ("g: ", "g: res", "g: find", "g: not", "hear", "d: hear")] == [""] * 6

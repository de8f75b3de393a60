"""Coming back: the question about the gap; what was typed in a dialog is offered and never put anywhere wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from support.stage import Stage, staged

from rmsession.core.clock import Gap
from rmsession.core.commands import Pause
from rmsession.core.store import Aside, Draft
from rmsession.core.text import UserText
from rmsession.tui.asides import Field
from rmsession.tui.away import says, title
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.dialogs import Ask, AskLine
from rmsession.tui.screens.topics import TopicsDialog
from rmsession.tui.under_way import forget_entered


def asked(stage: Stage) -> str:
    """What the question above says; empty when there is none."""
    top = stage.app.screen
    return "\n".join(str(part.content) for part in top.query("#title, #says")) if isinstance(top, Ask | AskLine) else ""


async def back_with(stage: Stage, *asides: Aside) -> None:
    """Come back with these under way."""
    stage.screen.desk.asides.take(asides)
    stage.screen._returning.welcome_back()
    await stage.pilot.pause()


@pytest.mark.parametrize(
    ("seconds", "hours", "words"),
    [
        (840, 0.233, "14 min away (ended 10:42): count it or not?"),
        (5400, 1.5, "1 h 30 min away (ended 09:26): count it or not?"),
        (39600, 11, "11 h 00 min away (ended Fri 20 Nov 23:56): count it or not?"),
    ],
)
def test_the_gap_is_told_with_its_length_and_the_last_sign_of_life(seconds, hours, words):
    back = datetime(2026, 11, 21, 10, 56, tzinfo=UTC)
    gap = Gap(seconds, back - timedelta(hours=hours), back)
    assert title(gap).plain == words
    assert "The clock stood still" in says(gap).plain


async def test_what_was_typed_about_a_private_line_is_offered_as_dots_and_stays_private():
    async with staged() as stage:
        await stage.enter("~ of my own")
        (capture,) = stage.session.standing()
        await back_with(stage, Aside(Field.AMEND, UserText("of my very own"), capture.id, private=True))
        assert "You were typing in “Correct this line”" in asked(stage)
        assert "very" not in asked(stage)
        await stage.pilot.press("l")
        await stage.pilot.pause()
        assert stage.line.value == "~ of my very own"
        assert stage.screen.desk.asides.noted == ()


async def test_the_question_is_put_again_with_what_was_typed_to_it():
    async with staged() as stage:
        await stage.enter("as it is")
        (capture,) = stage.session.standing()
        await back_with(stage, Aside(Field.AMEND, UserText("as it was"), capture.id))
        await stage.pilot.press("g", "enter")
        await stage.pilot.pause()
        assert stage.session.captures[capture.id].content.text == UserText("as it was")
        assert stage.screen.desk.asides.noted == ()
        for field, above in ((Field.TOPIC, AskLine), (Field.WHO, AskLine)):
            await back_with(stage, Aside(field, UserText("half of it")))
            await stage.pilot.press("g")
            await stage.pilot.pause()
            assert isinstance(stage.app.screen, above)
            assert stage.app.screen.query_one("TypedLine").value == "half of it"
            await stage.pilot.press("escape")
            await stage.pilot.pause()
            assert stage.screen.desk.asides.noted == ()
            if isinstance(stage.app.screen, TopicsDialog):
                await stage.pilot.press("escape")


async def test_what_nobody_knows_where_to_put_is_offered_all_the_same_one_after_the_other():
    async with staged() as stage:
        stage.line.value = "under way"
        unknown, gone = Aside("mood", UserText("quite calm")), Aside(Field.AMEND, UserText("of a line gone"), "no-such")
        await back_with(stage, unknown, gone)
        assert "“Another question”\nquite calm" in asked(stage)
        await stage.pilot.press("g", "l")
        await stage.pilot.pause()
        assert "of a line gone" in asked(stage)
        await stage.pilot.press("f")
        await stage.pilot.pause()
        assert asked(stage) == ""
        assert [each.field for each in stage.screen.desk.asides.noted] == ["line"]
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        assert stage.line.value == "quite calm"


async def test_escape_leaves_it_for_the_next_time_and_the_closings_own_are_not_offered():
    async with staged() as stage:
        waits = Aside(Field.WHO, UserText("Al"))
        await back_with(stage, Aside(Field.MEETING, UserText("+2w")), waits)
        assert "“Who is this session with?”" in asked(stage)
        await stage.pilot.press("escape")
        await stage.pilot.pause()
        assert waits in stage.screen.desk.asides.noted


async def test_a_second_sleep_before_the_answer_joins_the_first():
    async with staged() as stage:
        await stage.pass_time(840, asleep=True)
        assert "14 min away" in asked(stage)
        await stage.pass_time(600, asleep=True)
        assert "24 min away" in asked(stage)
        before = stage.screen.desk.now().at
        await stage.pilot.press("c")
        await stage.pilot.pause()
        assert stage.screen.desk.now().at == pytest.approx(before + 1440)
        assert asked(stage) == ""


async def test_a_line_entered_after_its_draft_is_not_given_back_and_another_is():
    async with staged() as stage:
        await stage.enter("@alex send it by fri")
        desk, known = stage.screen.desk, stage.screen.memory.known.context
        entered = stage.session.facts[-1].wall
        for line, drafted, left in (
            ("@alex send it by fri", entered - timedelta(seconds=1), ""),
            ("@alex send it by fri", entered + timedelta(seconds=1), "@alex send it by fri"),
            ("@alex send it by", entered - timedelta(seconds=1), "@alex send it by"),
        ):
            desk.line, desk.drafted = UserText(line), drafted
            forget_entered(desk, known)
            assert desk.line == UserText(left)


async def test_what_waits_for_the_disk_stands_in_the_line_until_something_else_is_typed():
    async with staged() as stage:
        stage.app.recorder.keep = lambda _, kept: None
        await stage.enter("first")
        fact = stage.session.facts[-1].id
        pane = stage.screen._typing
        pane.post_message(Recorder.NotYet("Not kept: the disk is full at /x. Free some space", "disk full", 1))
        await stage.pilot.pause()
        assert (stage.line.value, stage.line.is_held) == ("first", True)
        assert "1 not kept: disk full" in str(stage.screen.query_one("#bar").render())
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        assert len(list(stage.session.standing())) == 1
        await stage.pilot.press("s", "e", "c")
        await stage.pilot.pause()
        assert stage.line.value == "sec"
        pane.post_message(Recorder.Kept(fact, 0))
        await stage.pilot.pause()
        assert stage.line.value == "sec"
        assert "not kept" not in str(stage.screen.query_one("#bar").render())


async def test_a_line_that_stepped_aside_for_a_command_is_in_the_draft():
    async with staged() as stage:
        stage.line.value = "half a note"
        stage.screen.begin_command("/until ")
        await stage.pilot.pause()
        stage.screen.desk.keep_draft()
        draft: Draft = await stage.app.recorder.ask(lambda store: store.draft(stage.id))
        assert (draft.line.raw, [each.text.raw for each in draft.asides]) == ("/until ", ["half a note"])
        stage.screen.commit(Pause())
        stage.screen._typing.begin("/until ", "half a note", None, stage.screen.memory.known)
        await stage.enter("/until 23:45")
        assert stage.line.value == "half a note"
        assert stage.screen.desk.asides.noted == ()


async def test_the_cursor_is_noted_with_each_change_of_the_line():
    async with staged() as stage:
        await stage.pilot.press(*"half", "home")
        stage.screen._tick()
        assert stage.screen.desk.view.cursor == 0
        await stage.pilot.press("end", "x")
        await stage.pilot.pause()
        assert stage.screen.desk.line.raw == "halfx"
        assert stage.screen.desk.view.cursor is None

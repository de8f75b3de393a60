"""Agendas and records that are longer than the screen: what matters now stays in sight."""

from __future__ import annotations

import pytest
from support.building import agenda, content, fact, topic
from support.stage import Stage, staged
from textual.widgets import OptionList

from rmsession.core.facts import Captured
from rmsession.core.terms import Kind
from rmsession.tui.screens.captures import CapturesDialog
from rmsession.tui.widgets.capture import CaptureLine

SIXTY = agenda(*[topic(f"Subject {number}", 2) for number in range(1, 61)])


def shown(stage: Stage) -> list[str]:
    """The screen in front, line by line."""
    return [strip.text for strip in stage.app.screen._compositor.render_strips()]


@pytest.mark.parametrize("number", [1, 31, 47, 60])
@pytest.mark.parametrize("size", [(120, 36), (200, 60), (100, 19)])
async def test_the_column_keeps_the_current_topic_and_the_pace_in_sight(number, size):
    async with staged(SIXTY, size) as stage:
        await stage.enter(f"/{number}")
        column = [line[:40] for line in shown(stage)]
        assert any(f"▶ Subject {number} " in line for line in column)
        assert any(" of 120 min" in line for line in column)
        left_out = sum(int(line.split()[1]) for line in column if line.startswith("   … "))
        assert left_out + sum("Subject" in line for line in column) == 60


async def test_a_click_in_a_long_column_means_the_topic_that_stands_there():
    async with staged(SIXTY, (120, 36)) as stage:
        await stage.enter("/47")
        row = next(y for y, line in enumerate(shown(stage)) if "Subject 50" in line)
        await stage.pilot.click(offset=(5, row))
        assert stage.session.current == stage.session.topics[49].id


async def test_a_full_parking_lot_leaves_room_for_the_topics():
    async with staged(SIXTY, (120, 36)) as stage:
        for _ in range(28):
            await stage.enter("/park")
        column = [line[:40] for line in shown(stage)]
        assert any("▶ Subject 29" in line for line in column)
        assert any("◌ Parked" in line for line in column)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16)])
async def test_the_topics_dialog_shows_the_current_topic_and_its_keys_also_after_a_resize(size):
    async with staged(SIXTY, (80, 24)) as stage:
        await stage.enter("/47")
        await stage.pilot.press("alt+j")
        await stage.pilot.pause()
        for columns, lines in ((80, 24), size):
            await stage.pilot.resize_terminal(columns, lines)
            await stage.pilot.pause()
            text = shown(stage)
            assert any("47 ▶ Subject 47" in line and "now" in line for line in text)
            assert any("Esc Close" in line for line in text)


async def test_a_pasted_page_leaves_the_other_lines_and_the_answers_in_sight():
    async with staged(size=(80, 24)) as stage:
        await stage.enter("before")
        stage.line.value = "\n".join(f"pasted {number}" for number in range(200))
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        await stage.pilot.press("alt+e")
        await stage.pilot.pause()
        assert isinstance(stage.app.screen, CapturesDialog)
        text = "\n".join(shown(stage))
        assert "before" in text
        assert "… 197 lines more" in text
        await stage.pilot.press("k")
        await stage.pilot.pause()
        assert "decision" in "\n".join(shown(stage))
        assert stage.app.screen.query_one(OptionList).has_focus


async def test_the_log_says_how_many_lines_came_before():
    before = tuple(fact(Captured(Kind.NOTE, None, content(f"note {seq}")), seq, 1.0) for seq in range(1000, 1152))
    async with staged(facts=before) as stage:
        await stage.enter("one more")
        stage.screen.query_one("#log").scroll_home(animate=False)
        await stage.pilot.pause()
        assert any("… 3 before these: Alt+E" in line for line in shown(stage))


async def test_what_does_not_fit_beside_and_in_the_line_ends_with_an_ellipsis():
    async with staged(size=(60, 16)) as stage:
        hint = next(line for line in shown(stage) if line.startswith(" › "))
        assert hint.rstrip().endswith("…")
        await stage.enter("a note")
        await stage.kept()
        await stage.pilot.press("alt+i")
        await stage.pilot.pause()
        assert any("There is no time to end by" in line and "…" in line for line in shown(stage))
        await stage.pilot.resize_terminal(120, 36)
        await stage.pilot.pause()
        assert not stage.screen.query_one(CaptureLine).placeholder.endswith("…")


async def test_a_correction_that_reads_as_a_command_is_answered_and_changes_nothing():
    async with staged() as stage:
        await stage.enter("a note")
        await stage.pilot.press("alt+e", "enter", "ctrl+u", "slash", "x", "enter")
        await stage.pilot.pause()
        assert any("Not changed: a line that begins with /" in line for line in shown(stage))
        assert [each.content.text.raw for each in (await stage.kept()).standing()] == ["a note"]


async def test_ctrl_c_names_the_key_that_leaves_and_leaves_the_line_in_sight():
    async with staged(size=(80, 24)) as stage:
        await stage.pilot.press(*"half", "ctrl+c")
        await stage.pilot.pause()
        text = shown(stage)
        assert [each.message for each in stage.app._notifications] == [
            "Ctrl+Q leaves; Ctrl+C only copies what is selected."
        ]
        assert next(line for line in text if line.startswith(" › ")).strip() == "› half"

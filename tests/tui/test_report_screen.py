"""The report on the screen: the same figures as everywhere, what is hidden stays so, and nobody waits unknowing."""

import ast
import asyncio
import threading
from datetime import timedelta
from pathlib import Path

from support.at_home import Past, pair_with
from support.building import BEGIN
from support.looking import looking
from support.reported import report as by_hand
from textual.app import App
from textual.widgets import Input

import rmsession
from rmsession.core.arrangement import Arrangement
from rmsession.core.outcomes import Change
from rmsession.core.report.build import report
from rmsession.core.report.values import Asked
from rmsession.core.telling import by_pair
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.export.report_md import report_md
from rmsession.store.memory import MemoryStore
from rmsession.tui.launch import OpenHome, OpenReport
from rmsession.tui.widgets.report_detail import FigureDetail
from rmsession.tui.widgets.report_rows import ReportList

TODAY = BEGIN.date()


def programme(store=None, second=2):
    """Six pairs of one wave that met twice, more of another, and an entry of the log with a figure that cannot be."""
    it = Past(store or MemoryStore())
    for number in range(6 + second):
        pair = pair_with(UserText(f"Mentee {number}"), UserText(f"Mentor {number}"))
        wave = UserText(
            "a wave with a long name, the first one of the programme and its pilot" if number < 6 else "two"
        )
        for days in (90, 7):
            it.held(pair, when=BEGIN - timedelta(days=days))
        it.store.keep_known([Arrangement(pair.id, wave, sessions=7, revised=BEGIN)])
        if not number:
            words = (UserText("An idea"), UserText(), UserText("97% of 12 agree"))
            it.store.keep_known([Change("c", pair.id, TODAY, *words, agreed=tuple(Role), revised=BEGIN)])
    return it.store


async def test_each_wave_is_shown_then_all_together_and_the_figures_are_the_reports():
    async with looking(OpenReport(), store := programme(second=5)) as look:
        await look.sees("Activity")
        figures = by_pair(store.programme(), store.figures(), BEGIN)
        each = report(store.programme(), figures, Asked(), TODAY)
        assert "1 of 3 · as of 21 Nov 2026" in look.text
        shown = {" ".join(line.split("│")[0].split()) for line in look.text.split("\n")}
        assert each.parts[0].sections[0].figures[0].value.k == 6
        assert "Pairs 6" in shown
        assert "Sessions held 12" in shown
        await look.press("w")
        await look.sees("Wave two")
        assert "Pairs 5" in {" ".join(line.split("│")[0].split()) for line in look.text.split("\n")}
        await look.press("w")
        await look.sees("All waves together")
        await look.press("W", "W", "end")
        await look.sees("An idea")
        await look.sees("No count of 12 gives 97 %")


async def test_a_day_from_which_sessions_count_is_asked_for_and_said_where_it_was_moved():
    async with looking(OpenReport(), programme()) as look:
        await look.sees("Activity")
        await look.press("s")
        dialog = await look.front("AskLine")
        for typed in ("someday", "tomorrow"):
            dialog.query_one(Input).value = typed
            await look.press("enter")
            await look.until(lambda: "write a day that has been" in look.said)
            dialog = await look.front("AskLine")
            assert dialog.query_one(Input).value == typed
            look.app.clear_notifications()
        dialog.query_one(Input).value = str(TODAY - timedelta(30))
        await look.press("enter")
        screen = await look.front("ReportScreen")
        await look.until(lambda: screen._told is not None, "the figures since then")
        asked = Asked(since=TODAY - timedelta(30))
        store = look.store
        figures = by_pair(store.programme(), store.figures(), BEGIN)
        wanted = report(store.programme(), figures, asked, TODAY)
        assert screen._each.parts == wanted.parts
        assert wanted.moved
        assert "moved back" in look.text
        assert "the difference would have told" in look.said


async def test_what_is_written_is_what_every_other_surface_writes(tmp_path):
    async with looking(OpenReport(), programme()) as look:
        await look.sees("Activity")
        await look.press("e")
        dialog = await look.front("AskLine")
        assert dialog.query_one(Input).value.endswith(".html")
        dialog.query_one(Input).value = str(tmp_path / "report.md")
        await look.press("enter")
        screen = await look.front("ReportScreen")
        await look.until(lambda: "Written" in look.said)
        assert (tmp_path / "report.md").read_text("utf-8") == report_md(screen._each)
        # Of two pairs nothing is told, and in the figure of all together, which would tell it, they are not.
        hidden = "Pairs hidden: tells of fewer than 5 people"
        for key, wanted in (("w", hidden), ("w", "Pairs 6"), ("W", "Pairs hidden")):
            await look.press(key)
            shown = [" ".join(line.split("│")[0].split()) for line in look.text.split("\n")]
            assert any(line.startswith(wanted) for line in shown), shown
        await look.press("p")
        await look.front("PairsScreen")
        await look.press("escape")
        await look.front("ReportScreen")


class Slow(MemoryStore):
    """A store that reads thousands of sessions, until it is told to go on, or that nobody waits any more."""

    def __init__(self):
        super().__init__()
        self.go_on, self.stopped = threading.Event(), False

    def figures(self, progress=None, stop=None):
        progress(400, 10_000)
        while not self.go_on.wait(0.01):
            if stop():
                self.stopped = True
                return ()
        return super().figures()


async def test_thousands_of_sessions_say_how_far_they_are_read_and_leaving_calls_it_off():
    async with looking(OpenHome(), programme(Slow())) as look:
        await look.front("HomeScreen")
        await look.press("r")
        await look.front("ReportScreen")
        await look.sees("Reading 400 of 10,000 sessions")
        await look.press("escape")
        await look.front("HomeScreen")
        await look.until(lambda: look.store.stopped, "being called off")
        look.store.go_on.set()
        await look.press("r")
        await look.sees("Activity")
        assert look.app.screen.focused is look.app.screen.query_one(ReportList)


async def test_nothing_to_report_teaches_and_little_room_shows_one_side_at_a_time():
    async with looking(OpenReport(), MemoryStore(), size=(60, 16)) as look:
        await look.sees("Nothing to report yet")
        await look.sees("p opens the pairs")
    async with looking(OpenReport(), programme(), size=(60, 16)) as look:
        await look.sees("Activity")
        assert "1 of 3" in look.text
        await look.press("tab")
        await look.until(lambda: "Activity" not in look.text)
        await look.press("escape")
        await look.sees("Activity")


async def test_a_course_is_plotted_and_figures_without_one_are_not():
    shown = {figure.id: figure for part in by_hand().parts for section in part.sections for figure in section.figures}
    app = App()
    async with app.run_test(size=(60, 40)) as pilot:
        await app.mount(detail := FigureDetail())
        await detail.show(shown["activity.pairs"])
        await pilot.pause()
        assert not detail.query("FigurePlot")
        for name, plotted in (("reaction.frank.mentee.mean", True), ("reaction.few", False), ("running.topic", False)):
            await detail.show(shown[name])
            await asyncio.sleep(0)
            await pilot.pause()
            assert detail.has_class("-plotted") is plotted
            assert all(each.display is plotted for each in detail.query("FigurePlot"))
        lines = ["".join(each.text for each in strip).rstrip() for strip in app.screen._compositor.render_strips()]
        assert all(len(line) <= 60 for line in lines)
        assert any("Kick-off" in line for line in lines)


def test_what_draws_plots_is_loaded_where_one_is_shown():
    root = Path(rmsession.__file__).parent
    knows, takes = set(), {}
    for path in root.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
        if any(name.startswith(("textual_plotext", "plotext")) for name in names):
            knows.add(path.name)
        top = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
        if "rmsession.tui.widgets.plot" in names:
            takes[path.name] = "rmsession.tui.widgets.plot" in top
    assert knows == {"plot.py"}
    assert takes == {"report_detail.py": False}, "only within a function: it takes a tenth of a second to load"

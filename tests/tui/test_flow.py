"""Which screen follows which: from a list to a record and back to its place, and a session on the day agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from support.building import BEGIN, MENTEE, MENTOR, PAIR, ZONE, Play
from support.running import Run, held, running
from textual.widgets import Input

from rmsession.core import commands as asked
from rmsession.core.between import NextDateSettled
from rmsession.core.fold import session_of
from rmsession.core.terms import Fate
from rmsession.core.text import UserText
from rmsession.tui.launch import OpenActions, OpenAgenda, OpenHome, OpenReview
from rmsession.tui.widgets.takeaways import Takeaways

FIRST, SECOND = (str(UUID(int=number)) for number in (1, 2))


def line_of(play: Play, text: str) -> str:
    """The id of the captured line that says this."""
    return next(each.id for each in play.session.standing() if each.content.text.raw == text)


async def test_home_knows_the_name_given_on_the_first_run():
    async with running(held(1, 7), first=OpenHome(), me=None) as run:
        await run.on("WelcomeScreen")
        await run.press(*"Robin", "enter")
        home = await run.on("HomeScreen")
        await run.until(lambda: home._found.pairs, "the pair of whoever gave the name")


class TestBack:
    @pytest.mark.long
    async def test_a_record_opened_from_the_history_returns_to_it_and_that_to_home(self):
        async with running(held(1, 14), held(2, 7), first=OpenHome()) as run:
            home = await run.on("HomeScreen")
            run.app.go(run.app._flow.show(OpenReview(PAIR.id)))
            history = await run.on("HistoryScreen")
            history.post_message(history.RecordChosen(FIRST, None))
            summary = await run.on("SummaryScreen")
            assert summary.desk.session.record.id == FIRST
            await run.press("escape")
            assert await run.on("HistoryScreen") is history
            assert run.app._flow.desk is None
            history.post_message(history.Closed())
            assert await run.on("HomeScreen") is home
            assert run.stack == ["HomeScreen"]

    async def test_a_record_opened_from_the_actions_returns_to_them(self):
        play = held(1, 14)
        async with running(play, first=OpenReview(PAIR.id)) as run:
            history = await run.on("HistoryScreen")
            history.post_message(history.ActionsChosen(PAIR.id))
            actions = await run.on("ActionsScreen")
            actions.post_message(actions.SourceChosen(FIRST, line_of(play, "send the draft")))
            await run.on("SummaryScreen")
            await run.press("escape")
            assert await run.on("ActionsScreen") is actions
            actions.post_message(actions.Closed())
            assert await run.on("HistoryScreen") is history
            # Nothing lies below: it was opened from the command line.
            history.post_message(history.Closed())
            await run.on("HomeScreen")
            assert run.stack == ["HomeScreen"]

    @pytest.mark.long
    @pytest.mark.parametrize(("opening", "name"), [(OpenReview(), "HistoryScreen"), (OpenActions(), "ActionsScreen")])
    async def test_the_command_line_opens_a_list_at_once(self, opening, name):
        async with running(held(1, 14), first=opening) as run:
            await run.until(lambda: name in run.stack, name)
            assert "HomeScreen" not in run.stack

    @pytest.mark.long
    async def test_a_reopened_session_returns_to_the_list_as_well(self):
        async with running(held(1, 14), first=OpenReview(PAIR.id)) as run:
            history = await run.on("HistoryScreen")
            history.post_message(history.RecordChosen(FIRST, None))
            await run.on("SummaryScreen")
            await run.press("r", "y")
            session = await run.on("SessionScreen")
            session.post_message(session.Left())
            assert await run.on("HistoryScreen") is history

    @pytest.mark.long
    async def test_no_list_opens_above_a_session_under_way(self):
        async with running(held(1, 0, end=False), first=OpenHome()) as run:
            home = await run.on("HomeScreen")
            home.post_message(home.SessionChosen(FIRST))
            await run.on("SessionScreen")
            await run.app._flow.show(OpenReview(PAIR.id))
            assert run.front == "SessionScreen"

    @pytest.mark.long
    async def test_search_begins_in_its_line(self):
        async with running(held(1, 14), first=OpenHome()) as run:
            home = await run.on("HomeScreen")
            await run.until(lambda: home._found.known and home._found.pairs, "the pairs")
            from rmsession.tui.widgets.home_lookup import Companion

            home.meet(Companion(MENTEE.name))
            await run.until(lambda: home._found.pair, "the pair")
            await run.press("slash")
            history = await run.on("HistoryScreen")
            await run.until(lambda: isinstance(history.focused, Input), "the search line")


class TestAtALine:
    @pytest.mark.parametrize(
        ("size", "text"),
        [
            ((80, 24), "the site is example.org"),
            *(
                pytest.param(size, text, marks=pytest.mark.long)
                for size, text in (((120, 36), "send the draft"), ((200, 60), "the site is example.org"))
            ),
        ],
    )
    async def test_the_line_for_which_a_record_was_opened_is_in_sight_and_stands_out(self, size, text):
        play = held(1, 14, notes=80)
        async with running(play, first=OpenReview(PAIR.id), size=size) as run:
            history = await run.on("HistoryScreen")
            history.post_message(history.RecordChosen(FIRST, line_of(play, text)))
            summary = await run.on("SummaryScreen")
            await run.until(lambda: text in painted(run), "the line")
            row = next(number for number, line in enumerate(painted(run).splitlines()) if text in line)
            strip = summary._compositor.render_strips()[row]
            shown = next(segment for segment in strip if text.split()[0] in segment.text)
            assert shown.style is not None
            assert shown.style.bold

    def test_a_line_that_is_there_no_more_is_nowhere(self):
        play = held(1, 14)
        from rmsession.tui.widgets.log import Look

        look = Look(0, BEGIN.tzinfo, BEGIN.date(), revealed=False, current=None)
        shown = Takeaways(play.session, look, "gone")
        assert shown.row_of("gone", 60) is None
        rows = [line.plain for line in shown.lines(60)]
        for text in ("send the draft", "the site is example.org"):
            row = shown.row_of(line_of(play, text), 60)
            assert row is not None
            assert text in rows[row]


class TestUnfinished:
    async def test_going_on_with_it_is_asked_first(self):
        play = held(1, 0, end=False)
        async with running(play, first=OpenReview(PAIR.id)) as run:
            history = await run.on("HistoryScreen")
            for key, name in (("l", "HistoryScreen"), ("g", "SessionScreen")):
                history.post_message(history.RecordChosen(FIRST, None))
                await run.on("Ask")
                await run.press(key)
                await run.on(name)
                assert (run.app._flow.desk is None) == (name == "HistoryScreen")


class TestWho:
    @pytest.mark.parametrize(
        ("me", "person"),
        [
            ("alex", MENTEE),
            pytest.param("Robin", MENTOR, marks=pytest.mark.long),
            pytest.param("Somebody", MENTOR, marks=pytest.mark.long),
        ],
    )
    async def test_a_past_record_is_read_and_corrected_by_whoever_sits_here(self, me, person):
        play = held(1, 14)
        async with running(play, first=OpenReview(PAIR.id), me=me) as run:
            history = await run.on("HistoryScreen")
            history.post_message(history.RecordChosen(FIRST, None))
            summary = await run.on("SummaryScreen")
            summary.desk.ask(asked.Finish(line_of(play, "send the draft")))
            await run.app.recorder.settled()
            assert run.store.load(FIRST).facts[-1].by == person.id

    @pytest.mark.long
    async def test_in_a_running_session_the_mentor_types(self):
        async with running(held(1, 0, end=False), first=OpenHome(), me="Alex") as run:
            home = await run.on("HomeScreen")
            home.post_message(home.SessionChosen(FIRST))
            session = await run.on("SessionScreen")
            assert session.desk.by == MENTOR.id


class TestOnTheDayAgreed:
    async def start(self, run: Run) -> None:
        preview = await run.on("PreviewScreen")
        await run.press("f2")
        await run.on("SessionScreen")
        assert preview not in run.app.screen_stack

    @pytest.fixture
    def plan(self, tmp_path) -> OpenAgenda:
        (tmp_path / "talk.md").write_text("# Talk\n\n## Hello (5 min)\n", encoding="utf-8")
        return OpenAgenda(tmp_path / "talk.md", MENTOR.name, MENTEE.name)

    def fates(self, run: Run, session: str) -> list[Fate | None]:
        return [each.fate for each in session_of(run.store.load(session)).meetings]

    @pytest.mark.parametrize(
        "hours", [-3, pytest.param(0, marks=pytest.mark.long), pytest.param(9, marks=pytest.mark.long)]
    )
    async def test_a_session_settles_the_date_of_its_day_as_held_in_one_line(self, plan, hours):
        async with running(held(1, 14), held(2, 7, next_date=BEGIN + timedelta(hours=hours)), first=plan) as run:
            await self.start(run)
            await run.until(lambda: self.fates(run, SECOND) == [Fate.HELD], "the fate")
            last = run.store.load(SECOND).facts[-1]
            assert (last.what, last.at, last.by) == (NextDateSettled(Fate.HELD, None, ZONE), None, MENTOR.id)
            (told,) = [each.message for each in run.app._notifications]
            assert told.startswith("Sat 21 Nov 2026, ")
            assert told.endswith("as agreed: noted as held.")

    @pytest.mark.parametrize("hours", [-24, *(pytest.param(hours, marks=pytest.mark.long) for hours in (24, 11))])
    async def test_on_another_day_nothing_is_said(self, plan, hours):
        async with running(held(2, 7, next_date=BEGIN + timedelta(hours=hours)), first=plan) as run:
            await self.start(run)
            await run.app.workers.wait_for_complete()
            assert self.fates(run, SECOND) == [None]
            assert not list(run.app._notifications)

    @pytest.mark.long
    async def test_another_pairs_date_is_not_touched(self, plan):
        play = held(2, 7, next_date=BEGIN)
        async with running(play, first=replace(plan, mentee=UserText("Sam"))) as run:
            await self.start(run)
            await run.app.workers.wait_for_complete()
            assert self.fates(run, SECOND) == [None]


def painted(run: Run) -> str:
    """Every character on the screen."""
    strips = run.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)

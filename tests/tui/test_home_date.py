"""Home and the next date: what its row says, what choosing it keeps; what a mentee sees first; what shows at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event
from uuid import UUID

import pytest
from support.at_home import ALEX, BERTA, Past, Shown, home, pair_with
from support.building import BEGIN, MENTOR, ZONE, Play, agenda
from textual.widgets import Input, Static

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.between import NextDateSettled
from rmsession.core.facts import NextDateSet
from rmsession.core.fold import session_of
from rmsession.core.store_errors import NotKept
from rmsession.core.terms import Fate, Kind
from rmsession.core.text import UserText
from rmsession.tui.launch import OpenActions, OpenReview
from rmsession.tui.screens.fate import FateDialog
from rmsession.tui.screens.home import HomeScreen
from rmsession.tui.widgets.flow import Flow
from rmsession.tui.widgets.home_choices import Choice, ChoiceRow, Does
from rmsession.tui.widgets.home_date import date_rows
from rmsession.tui.widgets.home_lookup import Companion, look

DATE = Choice(Does.SETTLE_DATE)


def with_date(when: datetime | None, *fates: Fate, past: Past | None = None, days: int = 7) -> tuple[Past, str]:
    """A session of a week ago, and dates agreed in it: those that were settled, and one that waits."""
    past = past or Past()
    session = past.held(pair_with(ALEX), agenda("Hello", title="Talk"), when=BEGIN - timedelta(days=days))
    play = Play(past.store.load(session), by=pair_with(ALEX).mentor.id)
    for fate in fates:
        play.do(asked.SetNextDate(BEGIN, ZONE))
        play.do(between.SettleNextDate(fate, None, ZONE))
    if when:
        play.do(asked.SetNextDate(when, ZONE))
    for number, each in enumerate(play.record.facts[len(past.store.load(session).facts) :]):
        past.store.append(session, replace(each, id=str(UUID(int=500 + days * 10 + number))))
    return past, session


def words_of(row: ChoiceRow) -> str:
    """A row's words at a width at which it says all."""
    assert isinstance(row.prompt, Flow)
    return " ".join(" ".join(line.plain for line in row.prompt.lines(100)).split())


def row_of(shown: Shown, word: str = "Next") -> str:
    """The row of the next date, in one line."""
    return next((" ".join(line.split()) for line in shown.text().splitlines() if line.split()[:1] == [word]), "")


async def choose_date(shown: Shown) -> FateDialog:
    await shown.meet(ALEX)
    shown.list().focus()
    shown.list().highlight(DATE)
    await shown.press("enter")
    assert isinstance(shown.app.screen, FateDialog)
    return shown.app.screen


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (BEGIN + timedelta(days=9), "Next · Mon 30 Nov 14:00, in 9 days moved or cancelled?"),
        (BEGIN + timedelta(hours=24), "Next · Sun 22 Nov 14:00, tomorrow moved or cancelled?"),
        (BEGIN + timedelta(hours=3), "Next ? today 17:00 — held, moved or cancelled?"),
        (BEGIN - timedelta(hours=3), "Next ? today 11:00 — held, moved or cancelled?"),
        (BEGIN - timedelta(days=2), "Next ? Thu 19 Nov 14:00, 2 days ago — held, moved or cancelled?"),
        (None, "Next · no date agreed agree one"),
    ],
)
def test_the_row_says_when_or_asks_what_became_of_it(when, says):
    past, _ = with_date(when)
    assert not list(date_rows(look(past.store, MENTOR.name, None), BEGIN))
    (row,) = date_rows(look(past.store, MENTOR.name, Companion(ALEX)), BEGIN)
    assert words_of(row) == says
    assert row.choice == DATE


def test_nobodys_date_shows_before_a_person_is_chosen():
    past, _ = with_date(BEGIN, days=7)
    past.held(pair_with(ALEX), when=BEGIN, ended=False)
    found = look(past.store, MENTOR.name, None)
    assert found.unfinished
    assert not list(date_rows(found, BEGIN))


@pytest.mark.long
async def test_it_never_takes_the_highlight_from_what_is_likely_wanted():
    past, _ = with_date(BEGIN - timedelta(days=2))
    async with home(past) as shown:
        await shown.meet(ALEX)
        assert shown.list().choice != DATE
        assert DATE in shown.list().choices


def test_what_gives_cause_to_ask_stands_below_in_numbers_and_for_nobody_else():
    past, _ = with_date(None, Fate.CANCELLED, Fate.CANCELLED, days=31)
    for days in (45, 59):
        past.held(pair_with(ALEX), when=BEGIN - timedelta(days=days))
    past.held(pair_with(BERTA), when=BEGIN - timedelta(days=3))
    _, told = date_rows(look(past.store, MENTOR.name, Companion(ALEX)), BEGIN)
    assert "! 31 days since the last session, usually 14 · 2 dates cancelled in a row" in words_of(told)
    assert told.choice is None
    for nobody_else in (None, Companion(BERTA)):
        rows = date_rows(look(past.store, MENTOR.name, nobody_else), BEGIN)
        assert not [row for row in rows if "31 days" in words_of(row)]


async def test_held_is_kept_as_a_fact_with_a_date_and_no_place_in_the_sessions_time():
    past, session = with_date(BEGIN - timedelta(days=1))
    async with home(past) as shown:
        await choose_date(shown)
        assert "What became of it?" in shown.text()
        await shown.press("h")
        last = past.store.load(session).facts[-1]
        assert (last.what, last.at) == (NextDateSettled(Fate.HELD, None, ZONE), None)
        assert last.by == pair_with(ALEX).mentor.id
        assert row_of(shown) == "Next · no date agreed agree one"


@pytest.mark.long
async def test_before_its_day_a_date_cannot_have_been_held():
    past, session = with_date(BEGIN + timedelta(days=2))
    before = past.store.load(session)
    async with home(past) as shown:
        await choose_date(shown)
        assert "we met" not in shown.text()
        await shown.press("h")
        assert isinstance(shown.app.screen, FateDialog)
        await shown.press("escape")
        assert past.store.load(session) == before


async def test_moved_asks_for_the_day_and_shows_live_how_it_reads():
    past, session = with_date(BEGIN - timedelta(days=1))
    async with home(past) as shown:
        dialog = await choose_date(shown)
        await shown.press("down", "enter")
        assert isinstance(shown.app.focused, Input)
        for typed, heard in (
            ("sometime", "Add the day in front"),
            ("thu", "Thu 26 Nov 2026, 14:00 · in 5 days"),
            ("thu 9:30", "Thu 26 Nov 2026, 09:30 · in 5 days"),
        ):
            dialog.query_one(Input).value = typed
            await shown.press()
            assert heard in str(dialog.query_one("#heard", Static).content)
        dialog.query_one(Input).value = "3/12"
        await shown.press("enter")
        assert shown.app.screen is dialog
        dialog.query_one(Input).value = "thu 9:30"
        await shown.press("enter")
        assert row_of(shown).startswith("Next · Thu 26 Nov 09:30, in 5 days")
        fates = [(each.when, each.fate) for each in session_of(past.store.load(session)).meetings]
        new = BEGIN.replace(day=26, hour=9, minute=30)
        assert fates == [(BEGIN - timedelta(days=1), Fate.MOVED), (new, None)]


@pytest.mark.long
async def test_escape_leads_from_the_line_to_the_three_and_changes_nothing():
    past, session = with_date(BEGIN - timedelta(days=1))
    before = past.store.load(session)
    async with home(past) as shown:
        dialog = await choose_date(shown)
        await shown.press("m", "escape")
        assert shown.app.screen is dialog
        assert "cancelled" in shown.text()
        await shown.press("escape")
        assert shown.app.screen is shown.screen
        assert past.store.load(session) == before


@pytest.mark.parametrize("again", [True, pytest.param(False, marks=pytest.mark.long)])
async def test_after_a_cancelled_one_another_is_asked_for(again):
    past, session = with_date(BEGIN)
    async with home(past) as shown:
        await choose_date(shown)
        await shown.press("c")
        assert "When do you meet next?" in shown.text()
        if again:
            shown.app.screen.query_one(Input).value = "+2w 15:00"
            await shown.press("enter")
        else:
            await shown.press("escape")
        meetings = session_of(past.store.load(session)).meetings
        assert [each.fate for each in meetings] == [Fate.CANCELLED, *([None] if again else [])]
        assert isinstance(past.store.load(session).facts[-1].what, NextDateSet) is again
        assert row_of(shown).startswith("Next · Sat 5 Dec 15:00, in 14 days" if again else "Next · no date agreed")


@pytest.mark.long
async def test_what_the_disk_refuses_is_told_and_the_date_waits_on():
    past, session = with_date(BEGIN)

    class Full:
        def append(self, *_: object) -> None:
            raise NotKept("Not kept: the disk is full [@click=app.quit]")

        def __getattr__(self, name: str) -> object:
            return getattr(past.store, name)

    async with home(Past(store=Full())) as shown:  # type: ignore[arg-type]
        await choose_date(shown)
        await shown.press("h")
        assert [each.message for each in shown.app._notifications] == ["Not kept: the disk is full [@click=app.quit]"]
        assert row_of(shown).endswith("held, moved or cancelled?")
        assert session_of(past.store.load(session)).meetings[-1].fate is None


@pytest.mark.long
async def test_a_date_changed_meanwhile_is_not_settled():
    past, session = with_date(BEGIN)
    async with home(past) as shown:
        await choose_date(shown)
        play = Play(past.store.load(session))
        fact = play.do(asked.SetNextDate(BEGIN + timedelta(days=4), ZONE))
        past.store.append(session, replace(fact, id=str(UUID(int=999))))
        await shown.press("h")
        assert [each.message for each in shown.app._notifications] == ["The date was changed meanwhile."]
        assert session_of(past.store.load(session)).meetings[-1].fate is None


class TestMentee:
    @pytest.fixture
    def past(self):
        past, pair = Past(), pair_with(MENTOR.name, mentor=BERTA)
        session = past.held(pair, agenda("Hello", title="Talk"))
        play = Play(past.store.load(session), by=pair.mentor.id)
        for owner, text, due in ((MENTOR.name.raw, "Late one", "2026-11-01"), ("Berta", "Hers", None)):
            play.keep(text, Kind.ACTION, owner=owner, due=due)
        play.keep("Secret", Kind.ACTION, owner=MENTOR.name.raw, private=True)
        for number, each in enumerate(play.record.facts[-3:]):
            past.store.append(session, replace(each, id=str(UUID(int=700 + number))))
        return past

    async def test_sees_first_what_was_promised_and_nothing_to_start_is_pushed(self, past):
        async with home(past) as shown:
            await shown.meet(BERTA, mentors_me=True)
            text = shown.text()
            assert "You promised 1 thing, ! 1 overdue" in text
            assert text.index("Late one") < text.index("Hers")
            assert "Secret" not in text
            assert "▶" not in text
            assert shown.screen.focused is shown.list("past")
            await shown.press("enter")
            (message,) = shown.app.said
            assert isinstance(message, HomeScreen.RecordChosen)
            assert message.capture is not None

    @pytest.mark.long
    async def test_is_told_when_nothing_promised_is_open(self):
        past = Past()
        past.held(pair_with(MENTOR.name, mentor=BERTA))
        async with home(past) as shown:
            await shown.meet(BERTA, mentors_me=True)
            assert "You promised nothing that is still open." in shown.text()


class TestLists:
    @pytest.mark.long
    @pytest.mark.parametrize(
        ("key", "opening"),
        [("a", OpenActions), ("h", OpenReview), ("slash", lambda pair: OpenReview(pair, searching=True))],
    )
    async def test_a_key_asks_for_the_list_of_who_is_chosen_or_of_nobody(self, key, opening):
        past, _ = with_date(None)
        async with home(past) as shown:
            await shown.press(key)
            await shown.meet(ALEX)
            await shown.press(key)
            assert [each.opening for each in shown.app.said] == [opening(None), opening(pair_with(ALEX).id)]

    @pytest.mark.long
    async def test_where_nothing_was_held_there_is_none(self):
        async with home() as shown:
            await shown.press("h")
            assert [each.message for each in shown.app._notifications] == [
                "Nothing held yet: sessions and actions will be found there."
            ]
        past, _ = with_date(None)
        async with home(past) as shown:
            await shown.meet(UserText("Zoe"))
            await shown.press("a")
            assert not shown.app.said


async def test_what_is_known_shows_before_files_are_looked_at_and_a_moved_highlight_stays():
    past, _ = with_date(None)
    looked = Event()

    class Slow:
        def history(self, *, fresh: bool = True, **how: object) -> object:
            if fresh:
                looked.wait(10)
            return past.store.history(**how)  # type: ignore[arg-type]

        def __getattr__(self, name: str) -> object:
            return getattr(past.store, name)

    looked.set()
    async with home(Past(store=Slow())) as shown:  # type: ignore[arg-type]
        looked.clear()
        shown.screen.meet(Companion(ALEX))
        for _ in range(100):
            await shown.pilot.pause(0.02)
            if "Talk" in shown.text():
                break
        assert "Talk" in shown.text()
        shown.list().focus()
        await shown.pilot.press("down", "down")
        moved = shown.list().choice
        past.held(pair_with(ALEX), agenda("Hello", title="Just now"), when=BEGIN, ended=False)
        looked.set()
        await shown.press()
        assert "Just now" in shown.text()
        assert shown.list().choice == moved


@pytest.mark.long
async def test_a_quick_hand_finds_whom_it_knows():
    past, _ = with_date(None)
    async with home(past) as shown:
        shown.screen._found = replace(shown.screen._found, pairs=(), known=False)
        await shown.press("w")
        assert "Alex" in shown.text()


@pytest.mark.long
async def test_a_hostile_zone_is_shown_as_it_is_written():
    past = Past()
    session = past.held(pair_with(ALEX))
    play = Play(past.store.load(session), by=pair_with(ALEX).mentor.id)
    fact = play.do(asked.SetNextDate(BEGIN, "[@click=app.quit]\x1b"))
    past.store.append(session, replace(fact, id=str(UUID(int=77))))
    async with home(past) as shown:
        await choose_date(shown)
        assert "[@click=app.quit]␛" in shown.text()

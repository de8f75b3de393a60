"""Only what is in sight is drawn, and only the newest question is answered."""

from __future__ import annotations

import asyncio
import threading
from datetime import date, timedelta

import pytest
from support.building import BEGIN
from support.past import past
from textual.app import App

from rmsession.core.query import Query, parse
from rmsession.core.review import summarise
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.store.memory import MemoryStore
from rmsession.tui.screens.history_filter import with_filter
from rmsession.tui.seeker import Seeker
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.history_rows import SessionRow, by_month
from rmsession.tui.widgets.history_words import nothing, understood

MANY = 10_000
HEIGHT = 30
TODAY = date(2026, 11, 21)
PEOPLE = (UserText("Robin Fox"), UserText("Alex Stone"))


def many():
    """Ten thousand sessions, one a day."""
    from dataclasses import replace

    one = summarise(past(1, 0, "Session"))
    days = (BEGIN - timedelta(days=number) for number in range(MANY))
    return [replace(one, id=f"{number:05}", created=day, started=day) for number, day in enumerate(days)]


class Counted(HistoryList):
    """Counts what is drawn."""

    drawn = 0

    def draw(self, line, width):
        self.drawn += 1
        return super().draw(line, width)


class Host(App[None]):
    def compose(self):
        yield Counted(TODAY)


async def test_ten_thousand_sessions_draw_no_more_than_the_screen_holds_however_one_moves():
    rows = by_month(many(), BEGIN.tzinfo)
    assert len(rows) > MANY
    async with Host().run_test(size=(100, HEIGHT)) as pilot:
        listed = pilot.app.query_one(Counted)
        listed.show(rows, Query(), stay=False)
        await pilot.pause()
        assert HEIGHT - 1 <= listed.drawn <= 2 * HEIGHT
        for keys, most in ((("end",), HEIGHT), (("home",), HEIGHT), (("pagedown",) * 5, 6 * HEIGHT),
                           (("down",) * 10, 30)):  # fmt: skip
            listed.drawn = 0
            await pilot.press(*keys)
            await pilot.pause()
            assert listed.drawn <= most + 2 * len(keys), keys
        assert isinstance(listed.row, SessionRow)
        listed.drawn = 0
        listed.show(rows, Query(), stay=True)
        await pilot.pause()
        assert listed.drawn <= HEIGHT
        assert listed.row.session == rows[listed.here].session


async def test_a_newer_question_makes_the_older_ones_needless_and_stops_the_one_under_way():
    seeker, started, told = Seeker(MemoryStore(), "test"), threading.Event(), []

    def slow(_, stop):
        started.set()
        while not stop():
            threading.Event().wait(0.005)
        told.append("stopped")
        return "stale"

    first = asyncio.ensure_future(seeker.ask(slow))
    await asyncio.to_thread(started.wait, 10)
    second = asyncio.ensure_future(seeker.ask(lambda *_: told.append("never") or "second"))
    await asyncio.sleep(0)
    third = seeker.ask(lambda *_: "third")
    assert await asyncio.gather(first, second, third) == [None, None, "third"]
    assert told == ["stopped"]
    seeker.stop()
    assert await seeker.ask(lambda *_: "after the end") is None


async def test_what_a_question_raises_is_raised_where_it_was_asked_and_the_next_is_answered():
    seeker = Seeker(MemoryStore(), "test")

    def refused(*_):
        raise StoreError("one line")

    with pytest.raises(StoreError, match="one line"):
        await seeker.ask(refused)
    assert await seeker.ask(lambda store, _: store.history()) == []
    seeker.stop()


@pytest.mark.parametrize(
    ("line", "piece", "then"),
    [
        ("", "is:open", "is:open "),
        ("policy", "is:open", "policy is:open "),
        ("policy is:open", "is:open", "policy"),
        ('agenda:"One two" x', "agenda:Three", "x agenda:Three "),
        ("since:2026-10", "since:2026", "since:2026 "),
        ("is:open", "is:done", "is:open is:done "),
    ],
)
def test_a_filter_is_added_takes_the_place_of_its_kind_and_goes_when_chosen_again(line, piece, then):
    assert with_filter(line, piece) == then


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("is:open @alex since:2026-10-01", "open actions of Alex Stone since 1 Oct"),
        ("kind:note kind:idea", "notes or ideas"),
        ("has:open", "open actions"),
        ("has:goal has:odd", "goals with “has:odd…”"),
        ("on:2025-03-02", "lines on Sun 2 Mar 2025"),
        ("before:2025-03", "lines before 1 Mar 2025"),
        ('"role swap" -fear ', "lines with “role swap” without “fear”"),
        ("@kim", "lines of “kim”"),
        ("topic:rules", "lines under topics like “rules”"),
        ("-@alex kind:action ", "actions but not of Alex Stone"),
        ("-is:open -#web draft ", "lines with “draft” but not open actions or tagged “#web”"),
        ("-kind:note -on:2025-03-02", "lines but not notes or on Sun 2 Mar 2025"),
    ],
)
def test_a_search_is_said_in_words(typed, said):
    assert understood(parse(typed, TODAY), PEOPLE, TODAY).plain == said


def test_where_there_is_nothing_two_lines_teach_that_fit_the_narrowest_screen():
    for query, known in ((parse("x", TODAY), True), (Query(), False), (Query(), True)):
        lines = nothing(query, known=known).plain.splitlines()
        assert len(lines) == 2
        assert max(map(len, lines)) <= 56

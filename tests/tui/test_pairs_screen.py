"""The screen of pairs: what it tells of everybody, what each key leaves in the store, and what is typed is not lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.at_home import Past, pair_with
from support.building import BEGIN, MENTEE, MENTOR, HandClock, Play, agenda, record
from support.looking import looking
from textual.widgets import Input

from rmsession.core import commands as asked
from rmsession.core.arrangement import Arrangement, Objective
from rmsession.core.outcomes import Change
from rmsession.core.programme import pair_of
from rmsession.core.roster import entry_of
from rmsession.core.store_errors import NotKept
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.store.card_file import read, spell
from rmsession.store.memory import MemoryStore
from rmsession.tui.launch import OpenHome, OpenPairs
from rmsession.tui.widgets.pairs_rows import PairList

TODAY = BEGIN.date()
ALEX, KIM, JO = (pair_with(UserText(name)) for name in ("Alex", "Kim", "Jo"))


class Disk(MemoryStore):
    """A store whose disk can be full."""

    full = False

    def keep_known(self, values):
        if self.full:
            raise NotKept("Not kept: the disk is full. Make room", "disk full")
        super().keep_known(values)


def past(store=None):
    """Three pairs in two waves: one that met with a goal, one that stopped meeting, one that has ended early."""
    it = Past(store or Disk())
    play = Play(record(agenda("Hello"), pair=ALEX, number=next(it.numbers), created=BEGIN - timedelta(days=7)),
                by=MENTOR.id, clock=HandClock(BEGIN - timedelta(days=7)))  # fmt: skip
    play.start()
    play.keep("Answer first", Kind.GOAL, score=3)
    play.keep("answer FIRST", Kind.GOAL, score=6)
    play.keep("Unsaid wish", Kind.GOAL, score=1, private=True)
    play.wait(minutes=20)
    play.do(asked.End())
    it.store.keep_pair(ALEX)
    it.store.begin(play.record)
    it.held(KIM, when=BEGIN - timedelta(days=50))
    it.store.keep_pair(JO)
    it.store.keep_known([
        Arrangement(ALEX.id, UserText("one"), sessions=7, interval_days=21, minutes=45, agenda_owner=Role.MENTEE,
                    objective=Objective.CUSTOMERS, revised=BEGIN),
        Arrangement(KIM.id, UserText("one"), interval_days=14, revised=BEGIN),
        Arrangement(JO.id, UserText("two"), ended=TODAY - timedelta(days=3), early=True, revised=BEGIN),
    ])  # fmt: skip
    return it.store


def known(store, pair):
    return entry_of(store.programme(), pair)


async def fill(look, **fields):
    """Put words into lines of the form in front."""
    for row in look.app.screen._rows:
        if row.asked.key in fields:
            row.line.value = fields[row.asked.key]
    await look.pilot.pause()


async def test_everybody_is_told_by_wave_with_what_is_known_of_one():
    async with looking(OpenPairs(), past()) as look:
        await look.sees("3 → 6")
        rows = [" ".join(line.split("│")[0].split()) for line in look.text.split("\n")]
        assert "Pairs 2 of 3 go on · 2 waves" in rows[0]
        for line in ("Wave one 2 pairs", "Robin Alex 1 of 7 14 Nov –", "Robin Kim 1 2 Oct –", "Wave two 1 pair",
                     "Robin Jo 0 ended early 18 Nov", "! 50 days since the last session, 14 were agreed"):  # fmt: skip
            assert any(each.startswith(line) for each in rows), line
        for words in ("7 sessions of 45 minutes, every 3", "the mentee sets it", "reach new customers", "Answer first"):
            assert words in look.text
        assert "Unsaid wish" not in look.text
        await look.press("down")
        await look.sees("Robin mentors Kim")
        await look.press("h")
        await look.front("HistoryScreen")
        await look.press("escape")
        assert (await look.front("PairsScreen")).query_one(PairList).stood_on.id == KIM.id


async def test_a_pair_is_added_as_the_command_line_would_and_what_is_not_understood_is_told_beside_it():
    store = past()
    async with looking(OpenPairs(), store) as look:
        await look.sees("3 → 6")
        await look.press("n")
        form = await look.front("FieldsDialog")
        await look.type("Sam Reed\t\t\t\t kim")
        await fill(look, every="sometimes", sessions="12", starts="mon", ends="2026-11-01", wave="two")
        await look.press("ctrl+s")
        await look.sees("“sometimes” is no number")
        assert form.focused is form._rows[10].line
        assert "Nothing is lost" in look.text
        await look.press("escape")
        await look.front("PairsScreen")
        assert len(store.programme().pairs) == 3
        await look.press("n")
        form = await look.front("FieldsDialog")
        assert form._rows[0].line.value == "Sam Reed", "what was typed waits there"
        await fill(look, every="3w")
        await look.press("ctrl+s")
        await look.sees("it ends on 2026-11-01, before")
        await fill(look, ends="+20w")
        await look.sees("! most programmes run")
        store.full = True
        await look.press("ctrl+s")
        await look.until(lambda: "disk is full" in look.said)
        store.full = False
        form = await look.front("FieldsDialog")
        await look.until(lambda: form._rows[4].line.value == " kim", "what was typed is there still")
        form.set_focus(form._rows[-1].line)
        await look.press("enter")
        screen = await look.front("PairsScreen")
        await look.sees("Sam Reed mentors Kim")
        made = pair_of(store.programme().pairs, UserText("Sam Reed"), UserText("Kim"))
        assert made.mentee == KIM.mentee, "whoever has the name is the same person"
        told = known(store, made).arrangement
        assert (told.interval_days, told.sessions, told.starts, told.wave.raw) == (21, 12, date(2026, 11, 23), "two")
        assert screen.query_one(PairList).stood_on.id == made.id
        await look.press("n")
        form = await look.front("FieldsDialog")
        assert form._rows[0].line.value == "", "what is kept waits no more"
        await fill(look, mentor="sam reed", mentee="KIM")
        await look.press("ctrl+s")
        await look.sees("are a pair already")


async def test_an_edit_says_what_was_touched_and_nothing_else():
    store = past()
    store.keep_known([replace(known(store, ALEX).arrangement, objective=Objective.OWN, revised=BEGIN + timedelta(1),
                              objective_words=UserText("two\nlines"))])  # fmt: skip
    async with looking(OpenPairs(), store) as look:
        await look.sees("3 → 6")
        await look.press("e")
        await look.front("FieldsDialog")
        await fill(look, mentee="Kim")
        await look.press("ctrl+s")
        await look.sees("Kim is somebody else")
        await fill(look, mentee="Alex", sessions="", **{"mentee role": "VP Claims"})
        await look.press("ctrl+s")
        await look.front("PairsScreen")
        await look.sees("VP Claims")
        after = known(store, ALEX)
        assert after.arrangement.sessions is None
        assert after.arrangement.objective_words.raw == "two\nlines", "nobody touched it"
        assert (after.mentee.role.raw, after.arrangement.interval_days) == ("VP Claims", 21)


@pytest.mark.parametrize(("keys", "ended", "early"), [("e", TODAY, False), ("b", TODAY, True)])
async def test_a_pair_ends_and_goes_on_and_nobody_is_asked_why(keys, ended, early):
    store = past()
    async with looking(OpenPairs(), store, size=(60, 16)) as look:
        await look.sees("Wave one")
        assert "sets it" not in look.text
        await look.press("tab")
        await look.sees("the mentee sets it")
        assert "Wave one" not in look.text, "one at a time where there is little room"
        await look.press("x")
        await look.front("Ask")
        await look.press(keys)
        await look.front("PairsScreen")
        await look.until(lambda: known(store, ALEX).arrangement.ended == ended)
        assert known(store, ALEX).arrangement.early is early
        await look.press("x")
        await look.front("Ask")
        await look.press("o")
        await look.until(lambda: known(store, ALEX).arrangement.ended is None)
        assert known(store, ALEX).arrangement.early is False
        assert not [each.label for each in look.app.screen.query(Input)]


async def test_an_entry_of_the_log_is_written_doubted_and_agreed_to_by_each():
    store = past()
    async with looking(OpenPairs(), store) as look:
        await look.sees("3 → 6")
        assert not look.app.screen.check_action("ask", ("agreed",))
        await look.press("l")
        await look.front("FieldsDialog")
        await fill(look, changed="97% of 12 mentees agree", on="tomorrow")
        await look.press("ctrl+s")
        await look.sees("✗ say what was suggested")
        await look.sees("write a day that has been")
        await look.sees("No count of 12")
        await fill(look, idea="Let staff post", on="")
        await look.press("ctrl+s")
        await look.front("PairsScreen")
        await look.sees("agreed by nobody yet")
        await look.sees("No count of 12")
        for key, who in (("m", (Role.MENTOR,)), ("e", tuple(Role))):
            await look.press("y")
            await look.front("Ask")
            assert "No count of 12" in look.text
            await look.press(key)
            await look.until(lambda who=who: store.programme().changes[0].agreed == who)
        (entry,) = store.programme().changes
        assert (entry.pair, entry.on, entry.for_report) == (ALEX.id, TODAY, True)
        await look.sees("✓ agreed by both")
        assert not look.app.screen.check_action("ask", ("agreed",))


async def test_a_card_is_looked_at_before_it_is_written_and_holds_no_session(tmp_path):
    store = past()
    async with looking(OpenPairs(), store, card_data=spell) as look:
        await look.sees("3 → 6")
        await look.press("c")
        dialog = await look.front("CardDialog")
        for words in (ALEX.id, MENTEE.name.line, "customers", "3w"):
            assert words in look.text
        dialog.query_one(Input).value = str(tmp_path)
        assert not [*tmp_path.iterdir()]
        await look.press("enter")
        await look.front("PairsScreen")
        (path,) = tmp_path.iterdir()
        text = path.read_text("utf-8")
        card = read(text.encode(), path)
        assert (card.pair, card.arrangement.sessions) == (ALEX, 7)
        assert "Answer" not in text
        assert path.stat().st_mode & 0o777 == 0o600


async def test_a_laptop_with_no_pair_and_one_is_taught_and_served():
    store = Disk()
    async with looking(OpenHome(), store, size=(80, 24)) as look:
        await look.front("HomeScreen")
        await look.press("p")
        await look.front("PairsScreen")
        await look.sees("n adds one: two names are enough")
        await look.press("n")
        await look.front("FieldsDialog")
        await look.type("Robin")
        await look.press("enter")
        await fill(look, mentee="Alex")
        await look.press("ctrl+s")
        screen = await look.front("PairsScreen")
        await look.sees("Robin mentors Alex")
        await look.until(lambda: screen.focused is screen.query_one(PairList), "the keyboard")
        assert screen.query_one("#pairs").size.height < 6, "one pair leaves the room to what is known of it"
        store.keep_known([Change("c", store.programme().pairs[0].id, TODAY, UserText("An idea"), revised=BEGIN)])
        await look.press("escape")
        await look.front("HomeScreen")

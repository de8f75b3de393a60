"""The stages of the programme: the report with a hostile wave and log, and the pairs with all that is known of one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from hostile.acts import ACTS
from hostile.planting import BEGIN, PAIR
from hostile.reaching import Open
from hostile.stages import STAGES
from hostile.sweep import Sweep
from textual.widgets import Input

from rmsession.core.arrangement import Arrangement, Objective, Profile
from rmsession.core.outcomes import Change
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.tui.launch import OpenPairs, OpenReport
from rmsession.tui.screens.home import HomeScreen
from rmsession.tui.widgets.pairs_detail import PairDetail
from rmsession.tui.widgets.pairs_rows import PairList
from rmsession.tui.widgets.report_rows import ReportList

DAY = BEGIN.date()


def known(sweep: Sweep) -> None:
    """Tell the store what a programme may know of the pair, all of it hostile."""
    planter = sweep.planter
    profiles = [
        planter(Profile(each.id, UserText("role"), UserText("location"), UserText("level"), revised=BEGIN))
        for each in (PAIR.mentor, PAIR.mentee)
    ]
    arranged = Arrangement(PAIR.id, UserText("a wave"), sessions=7, interval_days=7, objective=Objective.OWN,
                           objective_words=UserText("objective"), revised=BEGIN)  # fmt: skip
    words = (UserText("idea"), UserText("answer"), UserText("what changed"))
    log = [
        planter(Change(f"change-{number}", PAIR.id, DAY - timedelta(number), *words, agreed=agreed, revised=BEGIN))
        for number, agreed in enumerate((tuple(Role), (), (Role.MENTOR,)))
    ]
    sweep.store.keep_known([*profiles, planter(arranged), *log])


async def _home_of_a_demo(sweep: Sweep) -> None:
    """In a folder that somebody named."""
    sweep.app.push_screen(HomeScreen(replace(sweep.app._launch, demo=True), sweep.app.recorder))
    await sweep.front("HomeScreen")


async def _report(sweep: Sweep) -> None:
    known(sweep)
    sweep.go(sweep.app._flow.show(OpenReport()))
    await sweep.front("ReportScreen")
    await sweep.until(lambda: sweep.app.screen.query_one(ReportList).count > 0, "the figures")
    await sweep.press("end")
    await sweep.pilot.pause()


async def _pairs(sweep: Sweep) -> None:
    known(sweep)
    sweep.go(sweep.app._flow.show(OpenPairs()))
    await sweep.front("PairsScreen")
    await sweep.until(lambda: sweep.app.screen.query_one(PairList).stood_on is not None, "the pairs")
    await sweep.until(lambda: sweep.app.screen.query_one(PairDetail).goals is not None, "the goals")
    await sweep.pilot.pause()


def _asked(key: str, name: str) -> Open:
    async def open_(sweep: Sweep) -> None:
        await _pairs(sweep)
        sweep.app.screen._work.typed.clear()
        await sweep.press(key)
        await sweep.front(name)

    return open_


async def _write_report(sweep: Sweep) -> None:
    """Where no file can be, into a file with a hostile name, and over that file."""
    for path in (f"/dev/null/{sweep.planter.text('path')}", str(sweep.agenda.with_suffix(".html"))):
        await sweep.press("e")
        await sweep.front("AskLine")
        sweep.app.screen.query_one(Input).value = path
        await sweep.press("enter")
        await asyncio.sleep(0.1)
        sweep.look("writing the report")
        if type(sweep.app.screen).__name__ == "AskLine":
            await sweep.press("escape")
        await sweep.front("ReportScreen")
    async with sweep.refusing():
        sweep.app.screen._read()
        await sweep.until(lambda: len(sweep.app._notifications) > 1, "the refusal")
        await sweep.pilot.pause()
        sweep.look("figures that cannot be read")


async def _fill_in(sweep: Sweep, keys: tuple[str, ...] = ("idea", "changed", "on")) -> None:
    """Lines of a form, pasted; what is not understood quotes it."""
    for row in sweep.app.screen._rows:
        if row.asked.key in keys:
            sweep.app.screen.set_focus(row.line)
            await sweep.paste(sweep.planter.text("typed"))
    await sweep.press("ctrl+s")
    sweep.look("a form filled in")


async def _add(sweep: Sweep) -> None:
    await _fill_in(sweep, ("mentor", "every", "starts"))
    names = {each: sweep.planter.text(f"a new {each}")[:60] for each in ("mentor", "mentee")}  # names have an end
    for row in sweep.app.screen._rows:
        row.line.value = names.get(row.asked.key, "")
    await sweep.press("ctrl+s")
    await sweep.front("PairsScreen")
    await sweep.pilot.pause()
    sweep.look("a pair was added")


async def _agree(sweep: Sweep) -> None:
    await sweep.press("enter")
    await sweep.pilot.pause()
    sweep.look("whose word it is")
    async with sweep.refusing():
        await sweep.press("e")
        await sweep.front("PairsScreen")
        await asyncio.sleep(0.05)
        sweep.look("a refusal of the disk")


async def _write_card(sweep: Sweep) -> None:
    line = sweep.app.screen.query_one(Input)
    line.value = f"/dev/null/{sweep.planter.text('path')}"
    await sweep.press("enter")
    await asyncio.sleep(0.1)
    await sweep.front("CardDialog")
    sweep.look("a card that cannot be written")


STAGES |= {
    "home of a demo": _home_of_a_demo,
    "report": _report,
    "pairs": _pairs,
    "pair, new": _asked("n", "FieldsDialog"),
    "pair, log": _asked("l", "FieldsDialog"),
    "pair, agree": _asked("y", "Ask"),
    "pair, card": _asked("c", "CardDialog"),
}
ACTS |= {
    "report": (_write_report,),
    "pair, new": (_add,),
    "pair, log": (_fill_in,),
    "pair, agree": (_agree,),
    "pair, card": (_write_card,),
}

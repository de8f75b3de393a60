"""The stages of the history: hostile sessions in a list, in a search, in a record, and in what can be filtered by."""

from __future__ import annotations

import re
from typing import Any

from hostile.acts import ACTS
from hostile.payloads import MARK
from hostile.planting import PAIR
from hostile.reaching import Open, then
from hostile.stages import STAGES
from hostile.sweep import Sweep
from textual.widgets import Input

from rmsession.tui.launch import OpenReview
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.record_pane import RecordPane


def _history(**opening: Any) -> Open:
    async def open_(sweep: Sweep) -> None:
        sweep.go(sweep.app._flow.show(OpenReview(PAIR.id, **opening)))
        await sweep.front("HistoryScreen")
        await sweep.until(lambda: bool(sweep.app.screen.query_one(HistoryList).rows), "the sessions")
        await sweep.until(lambda: sweep.app.screen.query_one(RecordPane).session is not None, "the record")
        await sweep.pilot.pause()

    return open_


async def _through_the_sessions(sweep: Sweep) -> None:
    """Every record beside the list, to its end, hidden and revealed."""
    for _ in range(5):
        await sweep.press("j", "f7")
        sweep.look("the next session, revealed")
        await sweep.press("f7", "tab", "end")
        sweep.look("the end of the record")
        await sweep.press("left")


async def _not_kept(sweep: Sweep) -> None:
    """An action item is ticked, and the disk refuses."""
    pane = sweep.app.screen.query_one(RecordPane)
    await sweep.press("tab")
    while pane.capture is None or not pane.capture.is_open_action:
        await sweep.press("down")
    async with sweep.refusing():
        await sweep.press("d")
        await sweep.until(lambda: len(sweep.app._notifications) > 0, "the refusal")
        await sweep.pilot.pause()
        sweep.look("a tick that is not kept")


async def _searched(sweep: Sweep) -> None:
    """What was typed is said in words below the line."""
    line = sweep.app.screen.query_one("#search", Input)
    typed = sweep.planter.text("looked for")
    pair = sweep.planter(PAIR)
    names = [re.search(f"{MARK}[0-9]+", each.name.raw)[0] for each in (pair.mentor, pair.mentee)]
    filters = ("@", "#", "-", "agenda:", "topic:", "goal:", "with:", "kind:", "is:", "since:")
    for query in (typed, f'"{typed}"', *(f'{each}"{typed}"' for each in filters), f"@{typed}", f"#{typed}", MARK,
                  f"kind:action {MARK}",
                  *(f"owner:{each}" for each in names), "is:done", "is:dropped", "is:open kind:note"):  # fmt: skip
        line.value = ""
        line.focus()
        await sweep.paste(query)
        await sweep.until(lambda: not sweep.app.screen.query_one("#shelf")._read, "the index")
        await sweep.pilot.pause(0.02)
        sweep.look(f"searching for {query[:9]!r}")


_plain = _history()
STAGES |= {
    "history": _plain,
    "history as the mentee": _history(as_mentee=True),
    "history revealed": then(_plain, "HistoryScreen", "j", "f7"),
    "history searched": _history(query=MARK),
    "history filter": then(_plain, "Ask", "f"),
    "history filter, agendas": then(_plain, "Ask", "f", "a"),
    "history filter, people": then(_plain, "Ask", "f", "p"),
    "history filter, tags": then(_plain, "Ask", "f", "t"),
    "history filter, goals": then(_plain, "Ask", "f", "g"),
}
ACTS |= {
    "history": (_through_the_sessions,),
    "history as the mentee": (_not_kept,),
    "history searched": (_searched,),
}

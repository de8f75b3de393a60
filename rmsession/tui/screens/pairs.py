"""The pairs of a programme: who mentors whom by wave, how far they are, and beside them all that is known of one.

It shows everybody's names, and so opens only when it is asked for.
"""

# ruff: noqa: PLC0415 - loaded when it is opened: the first paint needs none of it

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from functools import partial
from typing import Final

from textual import on, work
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rmsession.core.goals import Goal
from rmsession.core.store_errors import StoreError
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.pairs_asking import Work, ask_end, ask_pair
from rmsession.tui.screens.pairs_log import ask_agreed, ask_change
from rmsession.tui.screens.two_sides import MUTED, Overview
from rmsession.tui.steps import DIALOG, READING
from rmsession.tui.widgets.flow import Flow, spread
from rmsession.tui.widgets.pairs_detail import PairDetail
from rmsession.tui.widgets.pairs_lookup import Known, folded, goals, look
from rmsession.tui.widgets.pairs_rows import PairList

_PASSING: Final = 0.05
"""Seconds that one stands on a pair before its sessions are read for its goals."""
_EMPTY: Final = (
    "No pair is known here yet.",
    "n adds one: two names are enough. `rmsession import pairs.csv` reads many from a table.",
)


class PairsScreen(Overview):
    """Shows every pair, and asks for what is to be kept of one."""

    CSS = """
    PairsScreen.-below.-high {
        #pairs, PairDetail { height: 1fr; }
        &.-single #pairs { height: 4; }
    }
    PairsScreen.-beside #pairs { max-width: 110; }
    """
    COMPACT = True
    BINDINGS = [
        Binding("n", "ask('pair')", "New", tooltip="Add a pair", id="pairs.new"),
        Binding("e", "ask('edit')", "Edit", tooltip="Change what is known of this pair", id="pairs.edit"),
        Binding("x", "ask('end')", "End", tooltip="Say that this pair has ended, or goes on", id="pairs.end"),
        Binding("l", "ask('change')", "Log", tooltip="Write what changed in the business", id="pairs.log"),
        Binding("y", "ask('agreed')", "Agree", tooltip="An entry of the log may be told", id="pairs.agree"),
        Binding("c", "ask('card')", "Card", tooltip="Write the card for the mentor's machine", id="pairs.card"),
        Binding("h", "history", "History", tooltip="The sessions of this pair", id="pairs.history"),
        Binding("tab", "other", "Details", tooltip="Between the list and the pair", id="pairs.other"),
        Binding("escape", "back", "Back", tooltip="Leave the pairs", id="pairs.back"),
    ]

    class Closed(Message):
        """Back to where one came from."""

    class HistoryWanted(Message):
        """Show the sessions of a pair (its full id)."""

        def __init__(self, pair: str) -> None:
            super().__init__()
            self.pair = pair

    def __init__(self, launch: Launch, recorder: Recorder) -> None:
        super().__init__()
        self._work = Work(self, launch, recorder)
        self._pairs: tuple[Known, ...] | None = None
        """None until the store has answered."""

    def sides(self) -> tuple[PairList, PairDetail]:
        """The pairs, and one of them in full."""
        return PairList(), PairDetail()

    def leave(self) -> None:
        """Go back to where one came from."""
        self.post_message(self.Closed())

    def on_screen_resume(self) -> None:
        """Here, or here again: something may be another."""
        self._read()

    @work(group=READING, exclusive=True)
    async def _read(self, stand_on: str | None = None) -> None:
        """Fetch what is known."""
        pairs = await self._work.keep(look)
        if pairs is None:  # it was said why
            if self._pairs is None:
                self.post_message(self.Closed())
            return
        self._pairs = pairs
        self.set_class(not pairs, "-empty")
        self.set_class(len(pairs) == 1, "-single")
        self.say_nothing(*_EMPTY)
        self.query_one(PairList).show(pairs, self._work.now, stand_on)
        self._title(pairs)
        if pairs and self.focused is None:
            self.listen()

    def _title(self, pairs: Sequence[Known]) -> None:
        left = Content.styled("Pairs", "bold")
        waves = len({folded(each.wave) for each in pairs if each.wave})
        on = sum(not each.is_over(self._work.now) for each in pairs)
        many = (
            f"{on} of {len(pairs)} go on" if on < len(pairs) else f"{len(pairs)} pair{'' if len(pairs) == 1 else 's'}"
        )
        said = f"{many} · {waves} waves" if waves > 1 else many
        right = Content.styled(said if pairs else "", MUTED)
        self.query_one("#about", Static).update(Flow(lambda width: spread(left, right, width)[:1]))
        self.refresh_bindings()

    @on(PairList.Moved)
    def _moved(self) -> None:
        known = self.query_one(PairList).stood_on
        self._show(known, None)
        if known:
            self._read_goals(known)
        self.refresh_bindings()

    @work(group="goals", exclusive=True)
    async def _read_goals(self, known: Known) -> None:
        """Read the pair's sessions for its goals, behind the screen's back; what cannot be read names none."""
        await asyncio.sleep(_PASSING)
        try:
            found = await self._work.recorder.ask(partial(goals, sessions=known.sessions))
        except StoreError:
            found = ()
        self._show(known, found)

    def _show(self, known: Known | None, found: Sequence[Goal] | None) -> None:
        self.query_one(PairDetail).show(known, found, self._work.now)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something."""
        if not self.is_mounted or action not in ("ask", "history", "other"):
            return super().check_action(action, parameters)
        known = self.query_one(PairList).stood_on
        if parameters == ("pair",):
            return self._pairs is not None
        if parameters == ("agreed",):
            return bool(known and known.to_agree)
        return bool(known and (action != "history" or known.sessions))

    @work(group=DIALOG, exclusive=True)
    async def action_ask(self, what: str) -> None:
        """Ask for what is to be kept; it shows once it is."""
        known, task = self.query_one(PairList).stood_on, self._work
        self.app.clear_notifications()  # what was said before would lie over the question
        asked: Awaitable[str | None]
        if what == "pair":
            asked = ask_pair(task, None, self._pairs or ())
        elif known is None:
            return
        elif what == "card":
            # Only here: what is written goes by a way that nothing else here needs.
            from rmsession.tui.screens.pairs_card import write_card

            await write_card(task, known)
            return
        elif what == "edit":
            asked = ask_pair(task, known, self._pairs or ())
        else:
            asked = {"end": ask_end, "change": ask_change, "agreed": ask_agreed}[what](task, known)
        if changed := await asked:
            self._read(changed)

    def action_history(self) -> None:
        """Show the pair's sessions."""
        if known := self.query_one(PairList).stood_on:
            self.post_message(self.HistoryWanted(known.id))

"""The two lists of Home, side by side or one above the other: what can be started, and what was before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Rule, Static

from rmsession.core.text import UserText
from rmsession.tui.steps import READING
from rmsession.tui.widgets import home_past, home_rows
from rmsession.tui.widgets.home_choices import Choice, ChoiceList
from rmsession.tui.widgets.home_lookup import Found
from rmsession.tui.widgets.home_shelf import Offer

_AIRY = 30
"""Lines of screen from which groups stand apart."""


class HomeLists(Container):
    """Two lists with one highlight that goes from one into the other."""

    def __init__(self, me: UserText | None) -> None:
        super().__init__(id="lists")
        self._me = me
        self._stay = False
        """Whether the highlight is somebody's choice by now, to be left where it is."""
        self._likeliest: Choice | None = None
        """Where the highlight was put."""
        self._known = asyncio.Event()
        """Set while it is known what waits."""

    def compose(self) -> ComposeResult:
        """What can be started, what was before, and what to do while there is nothing."""
        yield ChoiceList(id="start")
        yield Rule(classes="thin")
        yield ChoiceList(id="past")
        yield Static(id="empty")

    @property
    def start(self) -> ChoiceList:
        """What can be gone on with or started."""
        return self.query_one("#start", ChoiceList)

    @property
    def past(self) -> ChoiceList:
        """What was before."""
        return self.query_one("#past", ChoiceList)

    def begin(self) -> None:
        """Put the highlight where it is likeliest wanted, and the keyboard there."""
        self._stay, self._likeliest = False, self.start.choice
        self.start.focus()

    def stay(self) -> None:
        """Leave the highlight from now on where it is."""
        self._stay = True

    def show(self, found: Found, offers: Sequence[Offer], now: datetime) -> None:
        """Take what was found."""
        rows, best = home_rows.start_rows(found, offers, now, airy=self.app.size.height >= _AIRY)
        if not offers and not found.known:
            # Before the agendas are there, enter must not open what will stand below them.
            rows, best = [], None
        # Looked up in steps: whoever moved the highlight between two of them keeps it.
        moved = self.start.choice not in (None, self._likeliest)
        at_first = not self.start.option_count
        self.start.show(rows, best, stay=self._stay or moved)
        if at_first and not found.known:
            # Nor, before it is known what waits, what will stand below that; an arrow key puts the highlight there.
            self.start.highlighted = None
        self._likeliest = self._likeliest if moved else self.start.choice
        self.past.show(home_past.past_rows(found, now, self._me), None, stay=self._stay)
        self.past.display = bool(self.past.option_count)
        empty = self.query_one("#empty", Static)
        empty.update(home_rows.empty_lines(found))
        empty.display = not self.past.display
        if found.known:
            self._known.set()
        else:
            self._known.clear()
        if found.companion and found.companion.mentors_me and self.past.display and not (self._stay or moved):
            self.past.focus()  # who is mentored looks back first

    @on(ChoiceList.Early)
    @work(group=READING, exclusive=True)
    async def _choose_soon(self) -> None:
        """Choose what is highlighted first, once it is known what waits: enter was quicker."""
        await self._known.wait()
        chosen = self.screen.focused
        if isinstance(chosen, ChoiceList) and chosen.highlighted is not None:
            chosen.action_select()

    @on(ChoiceList.PastEnd)
    def _cross(self, event: ChoiceList.PastEnd) -> None:
        """The highlight goes on in the other list."""
        event.stop()
        other = self.past if event.source is self.start else self.start
        if (event.source is self.start) == (event.step > 0) and other.display:
            other.focus()
            if event.step > 0:
                other.action_first()
            else:
                other.action_last()

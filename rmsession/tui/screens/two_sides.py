"""Screens of two sides: a list, and beside or below it what is known of the one that is stood on."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Rule, Static

from rmsession.tui.sizes import fit
from rmsession.tui.widgets.choices import Choices
from rmsession.tui.widgets.foot import Foot

MUTED: Final = "$foreground-muted"


class TwoSides(Screen[None]):
    """Where the sides lie: beside each other if there is room, else below; on a low screen one takes the other's place.

    The sides lie in ``#sides`` and have the classes ``-list`` and ``-known``; ``-reading`` is set where the latter has
    the keyboard.
    """

    DEFAULT_CSS = """
    TwoSides {
        & #sides { height: 1fr; layout: vertical; }
        & #sides > .-list { height: 3fr; }
        & #sides > .-known { height: 2fr; border-top: solid $foreground 15%; }
    }
    TwoSides.-beside {
        & #sides { layout: horizontal; }
        & #sides > .-list { width: 3fr; height: 1fr; }
        & #sides > .-known { width: 2fr; height: 1fr; border-top: none; border-left: solid $foreground 15%; }
    }
    TwoSides.-low {
        & #sides > .-list { height: 1fr; }
        & #sides > .-known { display: none; height: 1fr; border: none; }
        &.-reading #sides > .-list { display: none; }
        &.-reading #sides > .-known { display: block; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-below"), (100, "-beside")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]


class Overview(TwoSides):
    """One line says what it is of, a list shows all of it, and beside it is one of them in full.

    While there is nothing (the class ``-empty``) a few words stand in the place of both sides.
    """

    DEFAULT_CSS = """
    Overview {
        & #about { height: 1; padding: 0 1; }
        & Rule.thin { color: $foreground 20%; margin: 0; height: 1; }
        & #nothing { height: 1fr; padding: 1 2; display: none; }
        &.-empty #nothing { display: block; }
        &.-empty #sides { display: none; }
    }
    """
    AUTO_FOCUS = "Choices"
    COMPACT: ClassVar = False
    """Whether there are more keys than the last line has room for, spelled at full length."""

    @abstractmethod
    def sides(self) -> tuple[Choices[Any], Widget]:
        """New ones of both: the list, and what shows one in full."""

    @abstractmethod
    def leave(self) -> None:
        """Go back to where one came from."""

    def compose(self) -> ComposeResult:
        """What it is of, what there is, and one of it in full."""
        fit(self)
        listed, known = self.sides()
        yield Static(id="about")
        yield Rule(classes="thin")
        yield Static(id="nothing")
        with Horizontal(id="sides"):
            yield listed.add_class("-list")
            yield known.add_class("-known")
        yield Foot(show_command_palette=False, compact=self.COMPACT)

    def say_nothing(self, first: str, second: str) -> None:
        """What stands there while there is nothing: what is so, and what to do."""
        self.query_one("#nothing", Static).update(Content.assemble(first, "\n", (second, MUTED)))

    def listen(self) -> None:
        """Give the list the keyboard once it shows: what was hidden could not take it."""
        self.call_after_refresh(self.set_focus, self.query_one(Choices))

    @on(Choices.Chosen)
    def _chosen(self) -> None:
        self.action_other()

    def action_other(self) -> None:
        """Between the list and the one that is stood on."""
        known = self.query_one("#sides > .-known")
        reading = not known.has_focus
        self.set_class(reading, "-reading")
        self.set_focus(known if reading else self.query_one(Choices))

    def action_back(self) -> None:
        """Leave; on a low screen back to the list first."""
        if self.has_class("-reading", "-low"):
            self.action_other()
        else:
            self.leave()

"""Sharing a session from the screen: what leaves and what is held back is looked at first, then it is written."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from rmsession.core.frozen import frozen
from rmsession.core.held_back import held_back
from rmsession.core.session import Session
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.export.files import NotWritten, file_name
from rmsession.export.share import TakeHome, take_home
from rmsession.export.share_out import Shape, data_lines, held_line, write
from rmsession.export.share_page import share_page
from rmsession.export.share_text import share_text
from rmsession.tui.clipboard import CarefulClipboard, withheld
from rmsession.tui.launch import Launch
from rmsession.tui.screens.where import here, looked_up, over
from rmsession.tui.text import block, error
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.line import TypedLine

_KEYS = {Shape.PAGE: "f2", Shape.MAIL: "f3", Shape.DATA: "f4"}
_NAMES = {Shape.PAGE: "Page", Shape.MAIL: "Mail", Shape.DATA: "Data"}
_MEANS = {
    Shape.PAGE: "A page that opens in any browser without a network, and prints.",
    Shape.MAIL: "The same as the text of an e-mail; F5 copies it.",
    Shape.DATA: "A file for `rmsession import` on the other machine; what is ticked there comes back so too.",
}


@frozen
class Wanted:
    """As what a session is to be shared, and where."""

    shape: Shape
    path: str
    """As typed."""
    copy: bool = False
    """Whether the text goes to the terminal's clipboard too."""


@frozen
class Sheet:
    """What the dialog shows, made before it opens."""

    text: str
    """What leaves, as the mail says it."""
    held: str
    """How much is held back, and for whom."""
    data: tuple[str, ...]
    """What the data file has besides."""
    names: dict[Shape, str]
    """What each file is called unless somebody says otherwise."""


async def share(screen: Screen[Any], session: Session, launch: Launch) -> None:
    """Show what leaves, ask as what and where to, write it there, read it back, and say where it is.

    Run it as a worker: it waits for answers.
    """
    home, sheet = await asyncio.to_thread(_prepared, session, launch)
    wanted = Wanted(Shape.PAGE, str(here() / sheet.names[Shape.PAGE]))
    while answer := await screen.app.push_screen_wait(ShareDialog(sheet, wanted)):
        wanted = answer
        if wanted.copy and (why := withheld(screen.app)):
            _say(screen, why, severity="warning")
            continue
        path, there = await asyncio.to_thread(looked_up, wanted.path, sheet.names[wanted.shape])
        if there and await screen.app.push_screen_wait(over(path)) != "yes":
            continue
        try:
            text = await asyncio.to_thread(_made, home, wanted.shape, launch)
            await asyncio.to_thread(write, text, path, force=there)
        except (NotWritten, StoreError) as refusal:
            _say(screen, str(refusal), severity="error")
            continue
        if not (wanted.copy and _sent(screen, text, path)):
            _say(screen, f"Shared, and read back: {path}")
        return


def _sent(screen: Screen[Any], text: str, path: Path) -> bool:
    """Send the text to the terminal, which may ignore it; the file has it in any case."""
    says = error(f"Sent to the terminal's clipboard, and written: {path}. Some terminals ignore what is sent.")
    app = screen.app
    return isinstance(app, CarefulClipboard) and app.send(text, says.plain)


def _say(screen: Screen[Any], line: str, *, severity: Any = "information") -> None:
    screen.notify(error(line).plain, severity=severity, markup=False, timeout=10)


def _prepared(session: Session, launch: Launch) -> tuple[TakeHome, Sheet]:
    home = take_home(session, launch.clock.now().wall.date())
    names = {shape: file_name(home.session, shape.value) for shape in Shape}
    return home, Sheet(share_text(home), held_line(held_back(session)), tuple(data_lines(home)), names)


def _made(home: TakeHome, shape: Shape, launch: Launch) -> str:
    """What the file says. Raises `StoreError`."""
    match shape:
        case Shape.PAGE:
            return share_page(home)
        case Shape.MAIL:
            return share_text(home)
        case Shape.DATA:
            return launch.share_data(home.session.record)


class ShareDialog(ModalScreen[Wanted | None]):
    """What leaves, what is held back, as what and where to; answers what is wanted, or None."""

    CSS = """
    ShareDialog { align: center middle; }
    ShareDialog #sheet { width: 100; max-width: 96%; height: 90%; background: $panel; padding: 1 2; }
    ShareDialog #held { margin-bottom: 1; }
    ShareDialog VerticalScroll { height: 1fr; margin-bottom: 1; }
    ShareDialog #shape { margin-bottom: 1; }
    ShareDialog TypedLine { margin-bottom: 1; }
    ShareDialog.-tiny #sheet { height: 100%; max-width: 100%; padding: 0 1; }
    ShareDialog.-tiny #held, ShareDialog.-tiny #shape, ShareDialog.-tiny VerticalScroll { margin-bottom: 0; }
    ShareDialog.-tiny TypedLine { margin-bottom: 0; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (19, "-short")]
    AUTO_FOCUS = "TypedLine"
    BINDINGS = [
        Binding("f2", "shape('PAGE')", "Page", tooltip="A page for any browser"),
        Binding("f3", "shape('MAIL')", "Mail", tooltip="The text of an e-mail"),
        Binding("f4", "shape('DATA')", "Data", tooltip="A file for rmsession import"),
        Binding("f5", "copy_mail", "Copy the mail", tooltip="Write the e-mail's text, and send it to the clipboard"),
        Binding("escape", "dismiss(None)", "Not now", tooltip="Close this and write nothing"),
        Binding("pageup", "scroll(-1)", "Scroll up", show=False),
        Binding("pagedown", "scroll(1)", "Scroll down", show=False),
    ]

    def __init__(self, sheet: Sheet, wanted: Wanted) -> None:
        super().__init__()
        self._sheet, self._wanted = sheet, wanted

    def compose(self) -> ComposeResult:
        """What stays first, then what leaves, then as what and where to."""
        with Vertical(id="sheet"):
            yield Static(Content.styled("Share this session", "$foreground bold"))
            yield Static(Content(self._sheet.held), id="held")
            with VerticalScroll(can_focus=False):
                yield Static(id="leaves")
            yield Static(id="shape")
            yield TypedLine(self._wanted.path)
            yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Show what leaves as what is chosen."""
        self._look()

    def on_input_submitted(self, event: TypedLine.Submitted) -> None:
        """Answer with what is wanted."""
        event.stop()
        if event.value.strip():
            self.dismiss(Wanted(self._wanted.shape, event.value.strip()))

    def action_shape(self, name: str) -> None:
        """Share it as this instead; a path that nobody changed changes with it."""
        line, before, after = self.query_one(TypedLine), self._wanted.shape, Shape[name]
        stem, names = line.value.removesuffix(before.value), self._sheet.names
        if line.value.endswith(names[before]):
            line.value = stem + after.value
        self._wanted = replace(self._wanted, shape=after)
        self._look()

    def action_copy_mail(self) -> None:
        """Write the text, and send it to the clipboard: a terminal that ignores that leaves the file."""
        self.action_shape(Shape.MAIL.name)
        if path := self.query_one(TypedLine).value.strip():
            self.dismiss(Wanted(Shape.MAIL, path, copy=True))

    def action_scroll(self, pages: int) -> None:
        """Look at more of the text."""
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=pages * max(text.size.height - 1, 1), animate=False)

    def _look(self) -> None:
        chosen = self._wanted.shape
        more = "\n".join(self._sheet.data) + "\n\n" if chosen is Shape.DATA else ""
        self.query_one("#leaves", Static).update(block(UserText(more + self._sheet.text)))
        choices = Content("   ").join(_choice(each, chosen=each is chosen) for each in Shape)
        says = Content.styled(f"{_MEANS[chosen]} Enter writes it.", "$foreground-muted")
        self.query_one("#shape", Static).update(Content.assemble(choices, "\n", says))


def _choice(shape: Shape, *, chosen: bool) -> Content:
    name = f"{_KEYS[shape].upper()} {_NAMES[shape]}"
    return Content.styled(f"● {name}", "$accent bold") if chosen else Content.styled(f"○ {name}", "$foreground-muted")

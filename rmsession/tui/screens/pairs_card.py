"""Writing a pair's card from the screen: what is on it is looked at first, then where it goes is asked."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rmsession.core.card import Card, card_of, told_by
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.export.files import NotWritten
from rmsession.export.pair_card import card_name
from rmsession.export.share_out import write
from rmsession.tui.markdown import hanging
from rmsession.tui.screens.pairs_asking import Work, who
from rmsession.tui.screens.where import here, looked_up, over
from rmsession.tui.text import content
from rmsession.tui.widgets.flow import Flow
from rmsession.tui.widgets.line import TypedLine
from rmsession.tui.widgets.pairs_lookup import Known

_NAME = 17


async def write_card(work: Work, known: Known) -> None:
    """Show what leaves, ask where to, write it there, read it back, and say where it is."""
    card = card_of(known.entry, work.now)
    name = card_name(card)
    typed: str | None = str(here() / name)
    app = work.screen.app
    while typed := await app.push_screen_wait(CardDialog(who(known), card, typed or "")):
        path, there = await asyncio.to_thread(looked_up, typed, name)
        if there and await app.push_screen_wait(over(path)) != "yes":
            continue
        try:
            text = await asyncio.to_thread(work.launch.card_data, card)
            await asyncio.to_thread(write, text, path, force=there)
        except (NotWritten, StoreError) as refusal:
            work.say(str(refusal), severity="error")
            continue
        work.say(f"Written, and read back: {path}. `rmsession import` reads it on the mentor's machine.")
        return


class CardDialog(ModalScreen[str | None]):
    """What a card says, and where it goes; answers the path as typed, or None."""

    CSS = """
    CardDialog { align: center middle; }
    CardDialog > Vertical { width: 90; max-width: 96%; height: auto; max-height: 100%; background: $panel; }
    CardDialog > Vertical { padding: 1 2; }
    CardDialog VerticalScroll { height: auto; max-height: 60vh; margin: 1 0; }
    CardDialog #how { height: auto; margin-top: 1; color: $foreground-muted; }
    CardDialog.-low > Vertical { padding: 0 1; }
    CardDialog.-low VerticalScroll, CardDialog.-low #how { margin: 0; }
    CardDialog.-low VerticalScroll { max-height: 40vh; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    AUTO_FOCUS = "TypedLine"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Not now", tooltip="Close this and write nothing"),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
    ]

    def __init__(self, names: Content, card: Card, path: str) -> None:
        super().__init__()
        self._names, self._card, self._path = names, card, path

    def compose(self) -> ComposeResult:
        """What leaves above, where to below."""
        with Vertical():
            yield Static(Content.assemble("The card of ", self._names).stylize("bold"))
            with VerticalScroll(can_focus=False):
                yield Static(Flow(lambda width: _told(self._card, width)))
            yield TypedLine(self._path)
            yield Static(
                "No session leaves, and no other pair. The mentor's machine reads it, and ids match · enter writes it",
                id="how",
                markup=False,
            )

    def on_input_submitted(self, event: TypedLine.Submitted) -> None:
        """Answer with where to."""
        event.stop()
        if event.value.strip():
            self.dismiss(event.value.strip())

    def action_scroll(self, pages: int) -> None:
        """Look at more of what leaves."""
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=pages * max(text.size.height - 1, 1), animate=False)


def _told(card: Card, width: int) -> list[Content]:
    muted = "$foreground-muted"
    rows = ((Content.styled(name.ljust(_NAME), muted), content(UserText(words))) for name, words in told_by(card))
    return [line for name, words in rows for line in hanging(name, words, width)]

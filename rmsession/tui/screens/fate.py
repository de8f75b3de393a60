"""What became of the date agreed: held, moved or cancelled; or a new date, where none is agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.cadence import Agreed, unless_changed
from rmsession.core.commands import Command, SetNextDate
from rmsession.core.commands_between import SettleNextDate
from rmsession.core.decision import Refusal
from rmsession.core.late import change
from rmsession.core.meeting import dated, far, read_meeting, zone_info
from rmsession.core.session import Session
from rmsession.core.store_errors import Conflict, StoreError
from rmsession.core.terms import Fate
from rmsession.core.text import UserText
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder
from rmsession.tui.text import content, error
from rmsession.tui.widgets.line import TypedLine

Ask = Callable[[Session], Command | Refusal]
_LABELS = {
    Fate.HELD: ("h", "held", "we met"),
    Fate.MOVED: ("m", "moved", "to another day, which is asked next"),
    Fate.CANCELLED: ("c", "cancelled", "it fell through; a new one can be agreed at once"),
}


class FateDialog(ModalScreen[Command | None]):
    """Asks what became of a date, or for a date; answers with the request, and keeps nothing."""

    DEFAULT_CSS = """
    FateDialog { align: center middle; }
    FateDialog > Vertical {
        width: 72; max-width: 96%; height: auto; max-height: 96%; background: $panel; padding: 1 2;
    }
    FateDialog #date { text-style: bold; color: $text; }
    FateDialog #about { color: $text-muted; margin-bottom: 1; height: auto; }
    FateDialog OptionList, FateDialog OptionList:focus {
        height: auto; border: none; background: transparent; background-tint: transparent; padding: 0;
    }
    FateDialog TypedLine { background: $foreground 8%; }
    FateDialog TypedLine:focus { background: $accent 20%; }
    FateDialog TypedLine:ansi { background: ansi_default; text-style: underline; }
    FateDialog #heard { height: auto; min-height: 1; margin-top: 1; padding: 0 1; }
    FateDialog #fate-keys { color: $text-muted; margin-top: 1; }
    FateDialog.-typing OptionList { display: none; }
    FateDialog.-choosing TypedLine, FateDialog.-choosing #heard { display: none; }
    """
    BINDINGS = [Binding("escape", "back", "Back", tooltip="Leave things as they are", id="fate.back")]

    def __init__(self, waits: Agreed | None, now: datetime, zone: str) -> None:
        """`waits` is the date asked about; without one a new date is asked for, in `zone`."""
        super().__init__()
        self._waits, self._now = waits, now
        self._zone = waits.meeting.zone if waits else zone
        known = zone_info(self._zone)
        # A record may come from a machine that knows more zones than this one.
        self._clock = known or (waits.when.tzinfo if waits else None) or now.tzinfo or UTC
        ahead = waits is not None and waits.days(now) > 0
        self._fates = tuple(each for each in Fate if waits and not (ahead and each is Fate.HELD))

    def compose(self) -> ComposeResult:
        """The date, what may have become of it, and a line for a new one."""
        with Vertical():
            yield Static(id="date")
            yield Static(id="about")
            yield OptionList(*[Option(_label(each)) for each in self._fates])
            yield TypedLine(placeholder="thu 15:00, +2w, 1 dec" if self._waits else "+2w 15:00", id="when")
            yield Static(id="heard")
            yield Static(id="fate-keys")

    def on_mount(self) -> None:
        """Ask for the fate of a date; without one, for a date."""
        if self._waits:
            self._choose()
        else:
            self._type()

    @property
    def heard(self) -> datetime | str:
        """The moment typed, or what is missing."""
        usual = self._waits.when.time() if self._waits else None
        return read_meeting(self.query_one("#when", TypedLine).value, self._now, self._clock, usual)

    def on_key(self, event: events.Key) -> None:
        """Take a fate by its letter."""
        if self.has_class("-choosing"):
            for fate in self._fates:
                if event.character == _LABELS[fate][0]:
                    event.stop()
                    self._take(fate)

    def action_back(self) -> None:
        """From the line to the fates, and from there to where one was."""
        if self._waits and self.has_class("-typing"):
            self._choose()
        else:
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(self._fates[event.option_index])

    @on(TypedLine.Changed)
    def _read(self) -> None:
        heard = self.heard
        if isinstance(heard, str):
            typed = self.query_one("#when", TypedLine).value.strip()
            words = Content.styled(heard, "$text-warning" if typed else "$foreground-muted")
        else:
            words = Content.assemble(Content.styled(dated(heard), "$foreground bold"), f" · {far(heard, self._now)}")
        self.query_one("#heard", Static).update(words)

    @on(TypedLine.Submitted)
    def _agree(self, event: TypedLine.Submitted) -> None:
        event.stop()
        heard = self.heard
        if isinstance(heard, str):
            self.notify(heard, severity="warning", markup=False)
        elif self._waits:
            self.dismiss(SettleNextDate(Fate.MOVED, heard, self._zone))
        else:
            self.dismiss(SetNextDate(heard, self._zone))

    def _take(self, fate: Fate) -> None:
        if fate is Fate.MOVED:
            self._type()
        else:
            self.dismiss(SettleNextDate(fate, None, self._zone))

    def _choose(self) -> None:
        self._show("-choosing", "What became of it?", "enter choose · ↑ ↓ move · esc back")
        self.query_one(OptionList).focus()

    def _type(self) -> None:
        asks = "Moved to which day? Without a time it keeps its own." if self._waits else "When do you meet next?"
        self._show("-typing", asks, "enter keeps it · esc back")
        self.query_one("#when", TypedLine).focus()
        self._read()

    def _show(self, how: str, asks: str, keys: str) -> None:
        self.set_class(how == "-choosing", "-choosing")
        self.set_class(how == "-typing", "-typing")
        zone = content(UserText(self._zone), "$foreground-muted")
        if self._waits:
            when = self._waits.when
            date = Content.assemble(
                f"{dated(when)} ", zone, Content.styled(f" · {far(when, self._now)}", "$foreground-muted")
            )
        else:
            date = Content.assemble("A new date ", zone)
        self.query_one("#date", Static).update(date)
        self.query_one("#about", Static).update(Content(asks))
        self.query_one("#fate-keys", Static).update(Content(keys))


async def settle_date(app: App[None], launch: Launch, recorder: Recorder, waits: Agreed | None, latest: str) -> bool:
    """Ask what became of a date, or for one, and keep it; after a cancelled one, ask for another. Whether any was kept.

    `latest` is the session, by its id, to which a new date belongs.
    """
    kept = False
    while command := await app.push_screen_wait(FateDialog(waits, launch.clock.now().wall, launch.zone)):
        session, ask = waits.session if waits else latest, unless_changed(waits, command)
        kept = await _keep(app, launch, recorder, session, ask) or kept
        if not (isinstance(command, SettleNextDate) and command.fate is Fate.CANCELLED):
            break
        latest, waits = session, None
    return kept


async def _keep(app: App[None], launch: Launch, recorder: Recorder, session: str, ask: Ask) -> bool:
    """Keep what was said of a date; whether that was done. What is in its way is told."""
    wall = launch.clock.now().wall
    try:
        fact = await recorder.ask(lambda store: change(store, session, ask, wall, me=launch.me, device=launch.device))
    except (StoreError, Conflict) as refusal:
        app.notify(error(str(refusal)).plain, severity="error", timeout=12, markup=False)
        return False
    if isinstance(fact, Refusal):
        app.notify(fact.why, severity="warning", markup=False)
        return False
    return True


def _label(fate: Fate) -> Content:
    key, word, means = _LABELS[fate]
    return Content.assemble(
        Content.styled(f"{key:>2}  ", "$text-accent bold"), f"{word:<11}", Content.styled(means, "$foreground-muted")
    )

"""Home: what waits, whom one meets, which agenda comes next, and what was before."""

# ruff: noqa: PLC0415 - loaded when it is opened: the first paint needs none of it

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Rule, Static

from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.tui.launch import Launch, Listing, OpenActions, OpenHome, OpenPairs, OpenReport, OpenReview
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.home_keys import KEYS
from rmsession.tui.sizes import fit
from rmsession.tui.steps import DIALOG
from rmsession.tui.text import error
from rmsession.tui.widgets import home_rows
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.home_choices import ChoiceList, Does
from rmsession.tui.widgets.home_lists import HomeLists
from rmsession.tui.widgets.home_lookup import Companion, Found, findings, look
from rmsession.tui.widgets.home_shelf import Librarian, Offer
from rmsession.tui.widgets.keeping import keeping
from rmsession.tui.widgets.person_line import PersonLine


class HomeScreen(Screen[None]):
    """Where one starts from; it shows nobody's sessions until a person is chosen."""

    CSS = """
    HomeScreen {
        #keeping { height: 1; padding: 0 1; color: $text-muted; }
        .thin { color: $foreground 20%; margin: 0; height: 1; }
        #lists { height: 1fr; layout: vertical; }
        #start { height: 1fr; }
        #past { height: auto; max-height: 40%; }
        #empty { height: auto; padding: 0 1; color: $text-muted; }
        #trouble { height: auto; padding: 0 1; color: $text-error; }
    }
    HomeScreen.-wide {
        #lists { layout: horizontal; }
        #lists .thin { display: none; }
        #start { width: 1fr; margin-right: 4; }
        #past, #empty { width: 1fr; max-height: 100%; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (160, "-wide")]
    BINDINGS = list(KEYS)

    class AgendaChosen(Message):
        """Preview this agenda; with this person, if one was chosen in this run."""

        def __init__(self, path: Path, mentee: UserText | None) -> None:
            super().__init__()
            self.path = path
            self.mentee = mentee

    class _OfSession(Message):
        """About one session (its full id)."""

        def __init__(self, session: str) -> None:
            super().__init__()
            self.session = session

    class SessionChosen(_OfSession):
        """Go on with an unfinished session."""

    class RecordChosen(_OfSession):
        """Look at a session that is over, at one of its lines or from its start."""

        def __init__(self, session: str, capture: str | None = None) -> None:
            super().__init__(session)
            self.capture = capture

    class PendingChosen(_OfSession):
        """Take the steps that an ended session waits for."""

    class NewAgenda(Message):
        """Write a new agenda."""

    class ListWanted(Message):
        """Show the sessions or the action items of a pair, the report, or all pairs."""

        def __init__(self, opening: Listing) -> None:
            super().__init__()
            self.opening = opening

    def __init__(self, launch: Launch, recorder: Recorder) -> None:
        super().__init__()
        self._launch = launch
        self._recorder = recorder
        self._librarian = Librarian(launch.agendas, launch.recent)
        meets = launch.first.meets if isinstance(launch.first, OpenHome) else None
        self._found = Found(Companion(meets) if meets else None, known=False)
        self._offers: tuple[Offer, ...] = self._librarian.at_once()

    def compose(self) -> ComposeResult:
        """Who, then what to start, then what was before."""
        fit(self)
        yield Static(keeping(self._launch.home, rehearse=self._launch.rehearse, demo=self._launch.demo), id="keeping")
        yield PersonLine()
        yield Rule(classes="thin")
        yield HomeLists(self._launch.me)
        yield Static(id="trouble")
        yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the frame at once; what fills it comes from a thread."""
        self._show()
        self.query_one(HomeLists).begin()
        if caution := self._launch.caution:  # once a run: whoever chose that folder need not hear it at every return
            self.notify(error(caution).plain, severity="warning", timeout=20, markup=False)

    def on_screen_resume(self) -> None:
        """Back here: things may have changed."""
        self.call_after_refresh(self._refresh_later)  # the store takes turns with painting: first it is painted

    @work(group="home")
    async def _refresh_later(self) -> None:
        await self.refresh_all()

    async def refresh_all(self) -> None:
        """Look everything up again: agendas in a thread, sessions through the recorder, what is known at once first."""
        self._offers = await asyncio.to_thread(self._librarian.offers)
        before = self._found
        async for found in findings(self._recorder, self._launch.me, before):
            # Somebody else was chosen meanwhile, and it is theirs no more; or the program ends, and the parts are gone.
            if self._found.companion != before.companion or not self.query(PersonLine):
                return
            self._found = found
            self._show()
        self.query_one(HomeLists).stay()

    def meet(self, companion: Companion | None) -> None:
        """Choose a person, or nobody; what was shown of another one goes at once."""
        self._found = Found(companion, self._found.pairs, known=False)
        self._show()
        self.query_one(HomeLists).begin()
        self._refresh_later()

    def _show(self) -> None:
        found, now = self._found, self._launch.clock.now().wall.astimezone(ZoneInfo(self._launch.zone))
        self.query_one(PersonLine).show(found, now)
        self.query_one(HomeLists).show(found, self._offers, now)
        trouble = self.query_one("#trouble", Static)
        trouble.update(home_rows.trouble_line(found.troubles))
        trouble.display = bool(found.troubles)
        self.refresh_bindings()

    @on(ChoiceList.Chosen)
    def _choose(self, event: ChoiceList.Chosen) -> None:
        """Say upward what was chosen."""
        choice = event.choice
        match choice.does:
            case Does.CONTINUE:
                self.post_message(self.SessionChosen(choice.session))
            case Does.SETTLE:
                self.post_message(self.PendingChosen(choice.session))
            case Does.LOOK_AT:
                self.post_message(self.RecordChosen(choice.session, choice.capture))
            case Does.PREVIEW if choice.path:
                self._preview(choice.path)
            case Does.OPEN_FILE:
                self.action_open_file()
            case Does.NEW_AGENDA:
                self.action_new_agenda()
            case Does.SETTLE_DATE:
                self._settle_date()
            case _:
                self.action_choose_who()

    def _preview(self, path: Path) -> None:
        self._librarian.opened(path)
        companion = self._found.companion
        mentee = companion.name if companion and not companion.mentors_me else None
        self.post_message(self.AgendaChosen(path, mentee))

    @on(PersonLine.Clicked)
    def _pointed_at_person(self) -> None:
        self.action_choose_who()

    @work(group=DIALOG, exclusive=True)
    async def action_choose_who(self) -> None:
        """Ask who sits here."""
        # The first paint needs no dialog.
        from rmsession.tui.widgets.people import PeopleDialog

        dialog = PeopleDialog((await self._known()).pairs, self._launch.me or UserText())
        if companion := await self.app.push_screen_wait(dialog):
            self.meet(companion)

    def action_put_away(self) -> None:
        """Show nobody's sessions any more."""
        self.meet(None)

    @work(group=DIALOG, exclusive=True)
    async def action_open_file(self) -> None:
        """Choose any file as the agenda."""
        # The picker and its parts take 30 ms to load; most sessions start from the list.
        from rmsession.tui.widgets.agenda_picker import AgendaPicker

        folder = next((each for each in self._launch.agendas if each.is_dir()), Path.cwd())
        if path := await self.app.push_screen_wait(AgendaPicker(folder)):
            self._preview(path)

    @work(group=DIALOG, exclusive=True)
    async def _settle_date(self) -> None:
        """Ask what became of the date agreed, or for one."""
        # The first paint needs none of it.
        from rmsession.tui.screens.fate import settle_date

        found = self._found
        if found.latest and await settle_date(self.app, self._launch, self._recorder, found.waits, found.latest.id):
            self._refresh_later()

    @work(group=DIALOG, exclusive=True)
    async def action_look_up(self, what: str) -> None:
        """Show the sessions or the action items of whoever is chosen; with nobody chosen it is asked there."""
        opening: Listing = OpenReport() if what == "report" else OpenPairs()
        if what not in ("report", "pairs"):
            found = await self._known()
            if found.pair is None and (found.companion or not found.pairs):
                self.notify("Nothing held yet: sessions and actions will be found there.", markup=False, timeout=4)
                return
            pair = found.pair.id if found.pair else None
            opening = OpenActions(pair) if what == "actions" else OpenReview(pair, searching=what == "search")
        self.post_message(self.ListWanted(opening))

    async def _known(self) -> Found:
        """What is known, asked for at once where nothing is yet: a quick hand would be told that there is nothing."""
        me, companion = self._launch.me, self._found.companion
        with suppress(StoreError):
            if not self._found.known:
                return await self._recorder.ask(lambda store: look(store, me, companion, fresh=False))
        return self._found

    def action_new_agenda(self) -> None:
        """Write a new agenda."""
        self.post_message(self.NewAgenda())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 # Textual's
        """Putting away shows only while somebody is chosen."""
        return action != "put_away" or self._found.companion is not None

"""The history: one pair's sessions by month or by search, and beside them the record of the one that is stood on."""

from __future__ import annotations

from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from rmsession.core.decision import Refusal
from rmsession.core.facts import Role
from rmsession.core.links import addresses
from rmsession.core.programme import Pair, person_here
from rmsession.core.store import StoreError
from rmsession.core.text import UserText
from rmsession.tui.launch import Launch, OpenReview
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.history_filter import choose_filter, with_filter
from rmsession.tui.screens.links import ask_about
from rmsession.tui.sizes import fit
from rmsession.tui.text import error
from rmsession.tui.widgets import history_words as words
from rmsession.tui.widgets.flow import Flow, spread
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.history_lookup import Archive, Shelf
from rmsession.tui.widgets.history_rows import HitRow, SessionRow
from rmsession.tui.widgets.history_shelf import HistoryShelf
from rmsession.tui.widgets.home_lookup import companion_of
from rmsession.tui.widgets.people import PeopleDialog
from rmsession.tui.widgets.record_lines import RecordLook, Seat
from rmsession.tui.widgets.record_pane import RecordPane
from rmsession.tui.widgets.record_side import RecordSide


class HistoryScreen(Screen[None]):
    """Where past sessions are found again; it shows one pair's, and nobody's until it is known whose."""

    CSS = """
    HistoryScreen {
        #whose { height: 1; padding: 0 1; }
        #sides { height: 1fr; layout: vertical; }
        #shelf { height: 3fr; }
        #side { height: 2fr; border-top: solid $foreground 15%; }
        RecordPane { height: 1fr; }
    }
    HistoryScreen.-beside {
        #sides { layout: horizontal; }
        #shelf { width: 3fr; height: 1fr; max-width: 110; }
        #side { width: 2fr; height: 1fr; border-top: none; border-left: solid $foreground 15%; }
    }
    HistoryScreen.-low {
        #side { display: none; height: 1fr; border: none; }
        #shelf { height: 1fr; }
        &.-reading #shelf { display: none; }
        &.-reading #side { display: block; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-below"), (100, "-beside")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    AUTO_FOCUS = "HistoryList"
    BINDINGS = [
        Binding("slash", "go('search')", "Search", tooltip="Type what is looked for", id="history.search"),
        Binding("f", "filter", "Filter", tooltip="Choose a filter, and see how it is typed", id="history.filter"),
        Binding("tab", "go('other')", "Record", tooltip="Between the sessions and the record", id="history.other"),
        Binding("right", "go('record')", show=False),
        Binding("left", "go('list')", show=False),
        Binding("n", "step('topic', 1)", "Topic", tooltip="To the record's next topic", id="history.topic"),
        Binding(
            "p", "step('topic', -1)", "Topic before", show=False, tooltip="To the topic before", id="history.topic_back"
        ),
        Binding(
            "j", "step('session', 1)", "Session", tooltip="To the session below, from anywhere", id="history.session"
        ),
        Binding(
            "k", "step('session', -1)", "Session above", show=False, tooltip="To the one above", id="history.session_up"
        ),
        Binding("o", "link", "Link", tooltip="Show a link of this line in full, then open it", id="history.link"),
        Binding("a", "actions", "Actions", tooltip="The pair's action items in one list", id="history.actions"),
        Binding("w", "choose_who", "Who", tooltip="Choose whose sessions are shown", id="history.who"),
        Binding("f7", "reveal", "Reveal", tooltip="Show your own private lines for a moment", id="history.reveal"),
        Binding("escape", "back", "Back", tooltip="Clear the search, then leave", id="history.back"),
    ]

    class Closed(Message):
        """Back to where one came from."""

    class ActionsChosen(Message):
        """The pair's action items are wanted."""

        def __init__(self, pair: str) -> None:
            super().__init__()
            self.pair = pair

    class RecordChosen(Message):
        """A record is to be opened, at one of its lines or as a whole."""

        def __init__(self, session: str, capture: str | None) -> None:
            super().__init__()
            self.session = session
            self.capture = capture

    def __init__(self, launch: Launch, recorder: Recorder, opening: OpenReview) -> None:
        super().__init__()
        self._launch = launch
        self._opening = opening
        self._archive = Archive(launch, recorder)

    def compose(self) -> ComposeResult:
        """Whose sessions these are, the sessions, the record."""
        fit(self)
        now, archive = self._launch.clock.now().wall, self._archive
        look = RecordLook(Seat(Role.MENTEE, shared_only=True), now.tzinfo, now.date())
        yield Static(id="whose")
        with Container(id="sides"):
            yield HistoryShelf(archive.find, now.date(), typed=self._opening.query)
            yield RecordSide(archive.record, archive.tick, look)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Type at once, where that was asked for."""
        if self._opening.searching:
            self.action_go("search")

    def on_screen_resume(self) -> None:
        """Here, or here again: things may have changed."""
        self._open()

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more."""
        self._archive.stop()

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return self.query_one(RecordSide).revealing

    @work(group="history", exclusive=True)
    async def _open(self) -> None:
        """Find out whose sessions are wanted, and fetch them; those that are there stay until others are."""
        archive, shelf = self._archive, self.query_one(HistoryShelf)
        try:
            if archive.pair is None:
                found = await archive.look_around(self._opening.pair)
                if found is None and archive.pairs:
                    self.action_choose_who()
                    return
                self._meet(found)
            if archive.pair is None:
                shelf.take(Shelf(whole=True))
                return
            self.query_one(RecordSide).renew()
            async for some in archive.sessions(lambda *read: shelf.post_message(HistoryShelf.Reading(*read))):
                shelf.take(some)
                self._title()
        except StoreError as refusal:
            self.refuse(Refusal(str(refusal)))

    def _meet(self, pair: Pair | None) -> None:
        """Show this pair's sessions, with the eyes of whoever sits here; what was shown of another one goes at once."""
        self._archive.pair = pair
        shelf, side = self.query_one(HistoryShelf), self.query_one(RecordSide)
        if pair:
            as_mentee = self._opening.as_mentee
            role = Role.MENTEE if as_mentee or self._mentors_me(pair) else Role.MENTOR
            side.look = replace(side.look, seat=Seat(role, shared_only=as_mentee))
        side.show(None, None, shelf.asked)
        shelf.meet((pair.mentor.name, pair.mentee.name) if pair else ())
        self._title()

    def _mentors_me(self, pair: Pair) -> bool:
        return person_here(pair, self._launch.me).id == pair.mentee.id

    def _title(self) -> None:
        """Say whose sessions these are, and how many."""
        pair, known = self._archive.pair, self.query_one(HistoryShelf).known
        mentors_me = pair is not None and self._mentors_me(pair)
        left = words.whose(pair, mentors_me=mentors_me, as_mentee=self._opening.as_mentee)
        right = words.in_all(known.known.values()) if known.whole else Content("")
        self.query_one("#whose", Static).update(Flow(lambda width: spread(left, right, width)))
        self.refresh_bindings()

    @on(HistoryList.Moved)
    def _moved(self, event: HistoryList.Moved) -> None:
        """The record of what is stood on is shown, at the line that was found."""
        shelf, side = self.query_one(HistoryShelf), self.query_one(RecordSide)
        match event.row:
            case HitRow(hit=hit):
                side.show(hit.session, hit.capture, shelf.asked)
            case SessionRow(session=session):
                side.show(session, None, shelf.asked)
            case _:
                side.show(None, None, shelf.asked)

    @on(HistoryList.Chosen)
    @on(RecordPane.Chosen)
    def _chosen(self, event: HistoryList.Chosen | RecordPane.Chosen) -> None:
        """Ask for the record to be opened."""
        self.post_message(self.RecordChosen(event.session, event.capture))

    @on(HistoryShelf.Troubled)
    @on(RecordSide.Troubled)
    def _troubled(self, event: HistoryShelf.Troubled | RecordSide.Troubled) -> None:
        self.refuse(Refusal(event.why))

    @on(RecordSide.Changed)
    @on(RecordSide.Shown)
    def _changed(self, event: RecordSide.Changed | RecordSide.Shown) -> None:
        """The footer tells what can be done with what is stood on; what was done shows in the list as well."""
        self.refresh_bindings()
        if isinstance(event, RecordSide.Changed):
            self._open()

    def refuse(self, refusal: Refusal) -> bool:
        """Say why not; False."""
        self.notify(error(refusal.why).plain, severity="warning", timeout=8, markup=False)
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something."""
        if not self.is_mounted:
            return True
        match action:
            case "reveal":
                return self.revealing or self.query_one(RecordSide).has_private
            case "choose_who":
                return len(self._archive.pairs) > 1
            case "actions" | "filter":
                return self._archive.pair is not None
            case "link":
                return bool(addresses(self._text.raw))
            case _:
                return super().check_action(action, parameters)

    @property
    def _text(self) -> UserText:
        """What is said in the line that is stood on: in the record if the keyboard is there, else in the list."""
        pane, row = self.query_one(RecordPane), self.query_one(HistoryList).row
        if pane.has_focus or not isinstance(row, HitRow):
            return pane.capture.content.text if pane.capture else UserText()
        return row.hit.text

    def action_go(self, where: str) -> None:
        """Give the keyboard to the search line, the sessions or the record."""
        pane = self.query_one(RecordPane)
        record = where == "record" or (where == "other" and not pane.has_focus)
        self.set_class(record, "-reading")
        if where == "search":
            self.query_one(HistoryShelf).line.focus()
        elif record:
            pane.focus()
        else:
            self.query_one(HistoryList).focus()

    def action_step(self, what: str, step: int) -> None:
        """To the next topic or session, or the one before, whatever has the keyboard."""
        if what == "topic":
            self.query_one(RecordPane).step_topic(step)
        else:
            self.query_one(HistoryList).step_session(step)

    @work(group="dialog", exclusive=True)
    async def action_filter(self) -> None:
        """Choose a filter; it is written into the line."""
        shelf = self.query_one(HistoryShelf)
        titles = [each.title for each in shelf.known.known.values()]
        piece = await choose_filter(self.app, await self._archive.filters(titles))
        if piece:
            shelf.line.value = with_filter(shelf.line.value, piece)
            shelf.line.action_end()

    def action_link(self) -> None:
        """Ask about the links of the line that is stood on."""
        if links := addresses(self._text.raw):
            ask_about(self, links)

    def action_actions(self) -> None:
        """Ask for the pair's action items."""
        if self._archive.pair:
            self.post_message(self.ActionsChosen(self._archive.pair.id))

    @work(group="dialog", exclusive=True)
    async def action_choose_who(self) -> None:
        """Ask whose sessions are to be shown; with nobody chosen there is nothing to show."""
        me = self._launch.me or UserText()
        companion = await self.app.push_screen_wait(PeopleDialog(self._archive.pairs, me, known_only=True))
        pair = next((each for each in self._archive.pairs if companion_of(each, me) == companion), None)
        if pair:
            self._meet(pair)
            self._open()
        elif self._archive.pair is None:
            self.post_message(self.Closed())

    def action_reveal(self) -> None:
        """Show own private lines for a moment, or hide them at once."""
        self.query_one(RecordSide).reveal(on=not self.revealing)

    def action_back(self) -> None:
        """Clear the search; where there is none, leave."""
        shelf = self.query_one(HistoryShelf)
        if self.has_class("-reading", "-low"):
            self.action_go("list")
        elif shelf.line.value:
            shelf.line.value = ""
            self.action_go("list")
        else:
            self.post_message(self.Closed())

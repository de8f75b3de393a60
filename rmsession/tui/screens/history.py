"""The history: one pair's sessions by month or by search, and beside them the record of the one that is stood on."""

from __future__ import annotations

from textual import on, work
from textual.binding import Binding
from textual.message import Message

from rmsession.core.links import addresses
from rmsession.core.text import UserText
from rmsession.tui.screens.history_filter import choose_filter, with_filter
from rmsession.tui.screens.history_sides import HistorySides
from rmsession.tui.screens.links import ask_about
from rmsession.tui.steps import DIALOG
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.history_rows import HitRow
from rmsession.tui.widgets.history_shelf import HistoryShelf
from rmsession.tui.widgets.home_lookup import companion_of
from rmsession.tui.widgets.people import PeopleDialog
from rmsession.tui.widgets.record_pane import RecordPane
from rmsession.tui.widgets.record_side import RecordSide


class HistoryScreen(HistorySides):
    """Where past sessions are found again; it shows one pair's, and nobody's until it is known whose."""

    CSS = """
    HistoryScreen {
        #whose { height: 1; padding: 0 1; }
        RecordPane { height: 1fr; }
        &.-beside #shelf { max-width: 110; }
        &.-below.-read-here.-reading #sides > .-list { display: none; }
        &.-below.-read-here.-reading #sides > .-known { height: 1fr; border: none; }
    }
    """
    BINDINGS = [
        # With priority: what is typed right behind it must find the line there already.
        Binding("slash", "search", "Find", priority=True, tooltip="Type what is looked for", id="history.search"),
        Binding("f", "filter", "Filter", tooltip="Choose a filter, and see how it is typed", id="history.filter"),
        Binding("tab", "go('other')", "Record", tooltip="Between the sessions and the record", id="history.other"),
        Binding("right", "go('record')", show=False),
        Binding("left", "go('list')", show=False),
        Binding(
            "n", "step('topic', 1)", "Next topic", show=False, tooltip="To the record's next topic", id="history.topic"
        ),
        Binding(
            "p", "step('topic', -1)", "Topic before", show=False, tooltip="To the topic before", id="history.topic_back"
        ),
        Binding(
            "j",
            "step('session', 1)",
            "Session below",
            show=False,
            tooltip="To the session below, from anywhere",
            id="history.session",
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

    @on(HistoryList.Chosen)
    @on(RecordPane.Chosen)
    def _chosen(self, event: HistoryList.Chosen | RecordPane.Chosen) -> None:
        """Ask for the record to be opened; with the mentee's eyes it is read here, as all else would show more."""
        if self.as_mentee:
            self.action_go("record")
        else:
            self.post_message(self.RecordChosen(event.session, event.capture))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something."""
        if not self.is_mounted:
            return True
        there = {
            "reveal": lambda: self.revealing or self.query_one(RecordSide).has_private,
            "choose_who": lambda: len(self.archive.pairs) > 1,
            "actions": lambda: self.archive.pair is not None and not self.as_mentee,
            "filter": lambda: self.archive.pair is not None,
            "link": lambda: bool(addresses(self._text.raw)),
            "search": lambda: not self.query_one(HistoryShelf).line.has_focus,
        }
        return there[action]() if action in there else super().check_action(action, parameters)

    @property
    def _text(self) -> UserText:
        """What is said in the line that is stood on: in the record if the keyboard is there, else in the list."""
        pane, row = self.query_one(RecordPane), self.query_one(HistoryList).row
        if pane.has_focus or not isinstance(row, HitRow):
            return pane.capture.content.text if pane.capture else UserText()
        return row.hit.text

    def action_search(self) -> None:
        """Give the keyboard to the search line, at once."""
        self.remove_class("-reading")
        self.set_focus(self.query_one(HistoryShelf).line)

    def action_go(self, where: str) -> None:
        """Give the keyboard to the search line, the sessions or the record."""
        if where == "search":
            self.action_search()
            return
        pane = self.query_one(RecordPane)
        record = where == "record" or (where == "other" and not pane.has_focus)
        self.set_class(record, "-reading")
        if record and pane.here is None:
            pane.action_first()
        self.set_focus(pane if record else self.query_one(HistoryList))

    def action_step(self, what: str, step: int) -> None:
        """To the next topic or session, or the one before, whatever has the keyboard."""
        if what == "topic":
            self.query_one(RecordPane).step_topic(step)
        else:
            self.query_one(HistoryList).step_session(step)

    @work(group=DIALOG, exclusive=True)
    async def action_filter(self) -> None:
        """Choose a filter; it is written into the line."""
        shelf = self.query_one(HistoryShelf)
        titles = [each.title for each in shelf.known.known.values()]
        piece = await choose_filter(self.app, await self.archive.filters(titles))
        if piece:
            shelf.line.value = with_filter(shelf.line.value, piece)
            shelf.line.action_end()

    def action_link(self) -> None:
        """Ask about the links of the line that is stood on."""
        if links := addresses(self._text.raw):
            ask_about(self, links)

    def action_actions(self) -> None:
        """Ask for the pair's action items."""
        if self.archive.pair:
            self.post_message(self.ActionsChosen(self.archive.pair.id))

    @work(group=DIALOG, exclusive=True)
    async def action_choose_who(self) -> None:
        """Ask whose sessions are to be shown; with nobody chosen there is nothing to show."""
        me = self.launch.me or UserText()
        companion = await self.app.push_screen_wait(PeopleDialog(self.archive.pairs, me, known_only=True))
        pair = next((each for each in self.archive.pairs if companion_of(each, me) == companion), None)
        if pair:
            self.meet(pair)
            self.open()
        elif self.archive.pair is None:
            self.post_message(self.Closed())

    def choose(self) -> object:
        """Ask whose sessions are wanted."""
        return self.action_choose_who()

    def action_reveal(self) -> None:
        """Show own private lines for a moment, or hide them at once."""
        self.query_one(RecordSide).reveal(on=not self.revealing)

    @work(group="leaving", exclusive=True)
    async def action_back(self) -> None:
        """Clear the search; where there is none, leave once what was ticked last is on the disk, or told."""
        shelf = self.query_one(HistoryShelf)
        if self.has_class("-reading") and (self.has_class("-low") or self.as_mentee):
            self.action_go("list")
        elif shelf.line.value:
            shelf.line.value = ""
            self.action_go("list")
        else:
            await self.workers.wait_for_complete(each for each in self.workers if each.group == "tick")
            self.post_message(self.Closed())

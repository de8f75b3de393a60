"""The action items of one pair: what is overdue first, each settled from here, or looked up where it was said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Rule, Static

from rmsession.core.programme import Pair
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText
from rmsession.core.zones import zone_named
from rmsession.tui.launch import Launch, OpenActions
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.action_changing import Changes
from rmsession.tui.sizes import fit
from rmsession.tui.steps import CHANGING, DIALOG, READING
from rmsession.tui.text import error
from rmsession.tui.widgets.action_lookup import Promised, other_name
from rmsession.tui.widgets.action_rows import ActionList
from rmsession.tui.widgets.action_shelf import ActionShelf
from rmsession.tui.widgets.action_words import ListLook, heading, last_change
from rmsession.tui.widgets.asking import Typing
from rmsession.tui.widgets.flow import Flow, spread
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.home_lookup import companion_of
from rmsession.tui.widgets.people import PeopleDialog

LOOK_AGAIN_SECONDS = 2.0
"""How often it looks for what another program did: the index answers from what it has, where no file changed."""


class ActionsScreen(Screen[None]):
    """Shows one pair's action items, and nobody's until it is known whose; a change shows once it is on the disk."""

    CSS = """
    ActionsScreen {
        #whose { height: 1; padding: 0 1; }
        .thin { color: $foreground 20%; margin: 0; height: 1; }
        #told { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """
    BINDINGS = [
        Binding("g", "source", show=False, tooltip="Open the record at this line", id="actions.source"),
        Binding("d", "settle('done')", "Done", tooltip="It is done", id="actions.done"),
        Binding("o", "settle('reopen')", "Reopen", tooltip="It waits again", id="actions.reopen"),
        Binding("x", "ask('reason')", "Drop", tooltip="It will not be done; asks why", id="actions.drop"),
        Binding("h", "ask('owner')", "Hand over", tooltip="Somebody else does it; asks who", id="actions.hand_over"),
        Binding("t", "ask('due')", "Date", tooltip="Give it another date", id="actions.date"),
        Binding("u", "undo", "Undo", tooltip="Take back the last change made here", id="actions.undo"),
        Binding("slash", "list('filter')", "Filter", tooltip="Narrow the list as you type", id="actions.filter"),
        Binding(
            "a", "list('all')", "All", show=False, tooltip="Show or hide what is done or dropped", id="actions.all"
        ),
        Binding("f7", "list('reveal')", "Reveal", tooltip="Show private ones for a moment", id="actions.reveal"),
        Binding("w", "choose_who", "Who", tooltip="Choose whose action items are shown", id="actions.who"),
        Binding("escape", "back", "Back", tooltip="Put the filter away, then leave", id="actions.back"),
    ]
    AUTO_FOCUS = "ActionList"

    class SourceChosen(Message):
        """The record behind an action item is wanted, at its line."""

        def __init__(self, session: str, capture: str) -> None:
            super().__init__()
            self.session = session
            self.capture = capture

    class Closed(Message):
        """Back to where one came from."""

    def __init__(self, launch: Launch, recorder: Recorder, opening: OpenActions) -> None:
        super().__init__()
        self._launch = launch
        self._opening = opening
        self._store = Promised(launch, recorder)
        self._pair: Pair | None = None
        self._asking = False
        """Whether a question of this screen's own lies above it."""
        self._changes = Changes(self, launch, self._store, lambda: self._shelf, self._refuse)

    def compose(self) -> ComposeResult:
        """Whose these are, the list, what became of the last change."""
        fit(self)
        yield Static(id="whose")
        yield Rule(classes="thin")
        yield ActionShelf(self._look())
        yield Static(id="told")
        yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Look now and then for what another program does meanwhile."""
        self.set_interval(LOOK_AGAIN_SECONDS, self._look_again)

    @work(group="again", exclusive=True)
    async def _look_again(self) -> None:
        if self._pair and self.is_active and not self._asking:
            await self._changes.look_again(self._pair.id)

    def on_screen_resume(self) -> None:
        """Here, or here again: things may have changed; behind a question of its own nothing has."""
        if not self._asking:
            self._open()

    @property
    def revealing(self) -> bool:
        """Whether private ones show just now; nothing is copied meanwhile."""
        return self._shelf.look.revealed

    @work(group=READING, exclusive=True)
    async def _open(self) -> None:
        """Find out whose action items are wanted, and fetch them; those that are there stay until others are."""
        shelf = self._shelf
        try:
            if self._pair is None:
                self._pair = await self._store.look_around(self._opening.pair)
                if self._pair is None and self._store.pairs:
                    self.action_choose_who()
            items = await self._store.items(self._pair.id) if self._pair else ()
        except StoreError as refusal:
            self._refuse(str(refusal))
            return
        self._changes.stay = {}
        shelf.look = self._look()
        shelf.take(items, {}, whose=self._pair is not None)

    @work(group=DIALOG, exclusive=True)
    async def action_choose_who(self) -> None:
        """Ask whose action items are wanted; what was shown of another one goes at once."""
        me = self._launch.me or UserText()
        with self._above():
            chosen = await self.app.push_screen_wait(PeopleDialog(self._store.pairs, me))
        pair = next((each for each in self._store.pairs if chosen and companion_of(each, me) == chosen), None)
        if pair:
            self._pair = pair
            self._changes.forget()
            self._shelf.take((), {}, whose=True, known=False)
            self._open()

    @on(ActionShelf.Looked)
    def _looked(self) -> None:
        """Say whose these are, how many wait, and what was changed last."""
        shelf = self._shelf
        name = other_name(self._pair, self._launch.me) if self._pair else None
        left, right = heading(name, shelf.items, shelf.look)
        self.query_one("#whose", Static).update(Flow(lambda width: spread(left, right, width)))
        made = self._changes.made
        last = last_change(made[-1].said, made[-1].item, shelf.look) if made else ""
        self.query_one("#told", Static).update(last)
        self.refresh_bindings()

    @on(ActionList.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(ActionList.Chosen)
    def _chosen(self, event: ActionList.Chosen) -> None:
        self.post_message(self.SourceChosen(event.item.session, event.item.capture))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take a key exactly when it does something."""
        if not self.query(ActionList):  # asked for by the footer while the screen is still made or taken down already
            return True
        item = self._shelf.item
        is_open = item is not None and item.status is ActionStatus.OPEN
        settles = item is not None and not is_open if parameters == ("reopen",) else is_open
        does = {
            "settle": settles,
            "ask": is_open,
            "source": item is not None,
            "undo": bool(self._changes.made),
            "list": self._shelf.offers(str(*parameters)) if action == "list" else False,
            "choose_who": len(self._store.pairs) > 1,
        }
        return does[action] if action in does else super().check_action(action, parameters)

    def action_source(self) -> None:
        """Ask for the record behind the action item."""
        self.query_one(ActionList).action_choose()

    @work(group=CHANGING)
    async def action_settle(self, how: str) -> None:
        """Mark what is stood on done, or open again."""
        if item := self._shelf.item:
            await self._changes.settle(item, done=how == "done")

    @work(group=DIALOG, exclusive=True)
    async def action_ask(self, what: str) -> None:
        """Drop what is stood on, hand it over or give it another date."""
        if item := self._shelf.item:
            with self._above():
                await self._changes.ask(item, Typing(what))

    @work(group=CHANGING)
    async def action_undo(self) -> None:
        """Take back the last change made here."""
        await self._changes.undo()

    def action_list(self, what: str) -> None:
        """Narrow the list, show what is settled, or what is private."""
        self._shelf.look_at(what)

    @work(group="leaving", exclusive=True)
    async def action_back(self) -> None:
        """Put the filter away, or leave once what was changed last is on the disk, or told."""
        if not self._shelf.put_filter_away():
            await self.workers.wait_for_complete(each for each in self.workers if each.group == CHANGING)
            self.post_message(self.Closed())

    @contextmanager
    def _above(self) -> Iterator[None]:
        self._asking = True
        try:
            yield
        finally:
            self._asking = False

    @property
    def _shelf(self) -> ActionShelf:
        return self.query_one(ActionShelf)

    def _look(self) -> ListLook:
        now = self._launch.clock.now().wall
        return ListLook(now.date(), zone_named(self._launch.zone) or now.tzinfo)

    def _refuse(self, why: str) -> None:
        self.notify(error(why).plain, severity="warning", timeout=8, markup=False)

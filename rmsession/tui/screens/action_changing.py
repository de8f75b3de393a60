"""Changing action items from their list: asked for, kept in their own records, shown only then, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.screen import Screen

from rmsession.core.action_list import Group, group_of
from rmsession.core.between import ActionRef
from rmsession.core.commands import Command, Finish, ReopenAction
from rmsession.core.decision import Refusal
from rmsession.core.frozen import frozen
from rmsession.core.lists import ActionItem
from rmsession.core.session import Capture
from rmsession.core.store_errors import StoreError
from rmsession.tui.asides import Asides, Field
from rmsession.tui.launch import Launch
from rmsession.tui.screens.action_asking import AskChange, Question, context_of, requested
from rmsession.tui.widgets.action_lookup import Made, Promised
from rmsession.tui.widgets.action_shelf import ActionShelf
from rmsession.tui.widgets.action_words import ref
from rmsession.tui.widgets.asking import Typing


@frozen
class Change:
    """A change that is on the disk and can be taken back."""

    item: ActionItem
    """As it was before."""
    fact: str
    said: str
    """What became of it, in a word or two."""


class Changes:
    """The changes of one visit to the list."""

    def __init__(
        self,
        screen: Screen[Any],
        launch: Launch,
        store: Promised,
        shelf: Callable[[], ActionShelf],
        told: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._launch = launch
        self._store = store
        self._shelf = shelf
        self._told = told
        """Says why something was not done."""
        self._asides = Asides(lambda: None)
        """What was typed and not kept: there again when the same is asked."""
        self.made: list[Change] = []
        """The last one last."""
        self.stay: dict[ActionRef, Group] = {}
        """Where each changed one stood: it stays there until the list is fetched again."""

    def forget(self) -> None:
        """The list is another one."""
        self.made, self.stay = [], {}

    async def look_again(self, pair: str) -> None:
        """Show what another program did meanwhile; what it settled stays where it stood."""
        shelf = self._shelf()
        before = shelf.items
        try:
            items = await self._store.items(pair)
        except StoreError:
            return  # told when the list is asked for the next time: nobody asked now
        now = {ref(each): each for each in items}
        if shelf.items is not before or shelf.look.waiting or now == {ref(each): each for each in before}:
            return
        for each in before:
            if now.get(ref(each)) != each:
                self.stay.setdefault(ref(each), group_of(each, shelf.look.today, apart=True))
        shelf.take(items, self.stay, whose=True)

    async def settle(self, item: ActionItem, *, done: bool) -> None:
        """Mark an action item done, or open again."""
        await self._make(
            item,
            lambda _: Finish(item.capture) if done else ReopenAction(item.capture),
            "done" if done else "open again",
        )

    async def ask(self, item: ActionItem, what: Typing) -> None:
        """Ask what a change still needs, then make it."""
        try:
            session = await self._store.session(item.session)
        except StoreError as refusal:
            self._told(str(refusal))
            return
        capture = session.captures.get(item.capture)
        if capture is None or not capture.stands:
            self._told("That line is no longer there.")
            return
        look = self._shelf().look
        question = Question(what, capture, context_of(session, look.today, self._launch.me), look.hides(item))
        noting = self._asides.at(Field(what.value), capture.id, private=item.private)
        typed = await self._screen.app.push_screen_wait(AskChange(question, noting))
        if typed is None:
            return
        said = {Typing.REASON: "dropped", Typing.OWNER: "handed over", Typing.DUE: "another date"}[what]
        if await self._make(item, lambda now: requested(replace(question, capture=now), typed), said):
            noting.done()

    async def undo(self) -> None:
        """Take back the last change."""
        if self.made:
            last = self.made.pop()
            self._wait(last.item)
            if not self._came(last.item, await self._store.undo(last.item.session, last.fact)):
                self.made.append(last)

    async def _make(self, item: ActionItem, request: Callable[[Capture], Command | None], said: str) -> bool:
        """Keep a change; whether it is on the disk."""
        self._wait(item)
        made = await self._store.make(item, request)
        if not self._came(item, made) or isinstance(made, Refusal):
            return False
        self.made.append(Change(item, made.fact.id, said))
        self._shelf().draw()
        return True

    def _wait(self, item: ActionItem) -> None:
        shelf = self._shelf()
        shelf.look = replace(shelf.look, waiting=shelf.look.waiting | {ref(item)})
        shelf.draw()

    def _came(self, item: ActionItem, made: Made | Refusal) -> bool:
        """Show what came of a change: what is on the disk, or why nothing is."""
        shelf = self._shelf()
        before = group_of(item, shelf.look.today, apart=True)
        shelf.look = replace(shelf.look, waiting=shelf.look.waiting - {ref(item)})
        items = shelf.items
        if isinstance(made, Made):
            self.stay.setdefault(ref(item), before)
            now = {ref(each): each for each in made.items}
            items = tuple(now.get(ref(each), each) for each in items)
        else:
            self._told(made.why)
        shelf.take(items, self.stay, whose=True)
        return isinstance(made, Made)

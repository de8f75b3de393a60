"""The two sides of the history: a pair's sessions, and the record of the one that is stood on."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from rmsession.core.decision import Refusal
from rmsession.core.programme import Pair, person_here
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Role
from rmsession.tui.launch import Launch, OpenReview
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.two_sides import TwoSides
from rmsession.tui.sizes import fit
from rmsession.tui.steps import READING
from rmsession.tui.text import error
from rmsession.tui.widgets import history_words as words
from rmsession.tui.widgets.flow import Flow, spread
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.history_lookup import Archive, Shelf
from rmsession.tui.widgets.history_rows import HitRow, SessionRow
from rmsession.tui.widgets.history_shelf import HistoryShelf
from rmsession.tui.widgets.record_lines import RecordLook, Seat
from rmsession.tui.widgets.record_side import RecordSide

_FETCHING: Final = "fetching"
"""The group of the worker that reads sessions; no key waits for it."""


class HistorySides(TwoSides):
    """Shows one pair's sessions, and nobody's until it is known whose; what can be asked of them is a subclass's."""

    AUTO_FOCUS = "HistoryList"

    def __init__(self, launch: Launch, recorder: Recorder, opening: OpenReview) -> None:
        super().__init__()
        self.launch = launch
        self._opening = opening
        self.archive = Archive(launch, recorder)
        """What is asked of the store."""

    def compose(self) -> ComposeResult:
        """Whose sessions these are, the sessions, the record."""
        fit(self)
        now, archive = self.launch.clock.now().wall, self.archive
        look = RecordLook(Seat(Role.MENTEE, shared_only=True), now.tzinfo, now.date())
        yield Static(id="whose")
        with Container(id="sides"):
            yield HistoryShelf(archive.find, now.date(), typed=self._opening.query).add_class("-list")
            yield RecordSide(archive.record, archive.tick, look).add_class("-known")
        yield Foot(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Type at once, where that was asked for."""
        self.set_class(self.as_mentee, "-read-here")
        if self._opening.searching:
            self.set_focus(self.query_one(HistoryShelf).line)

    def on_screen_resume(self) -> None:
        """Here, or here again: things may have changed."""
        self.open()

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more."""
        self.archive.stop()

    @property
    def revealing(self) -> bool:
        """Whether private lines show just now; nothing is copied meanwhile."""
        return self.query_one(RecordSide).revealing

    @property
    def as_mentee(self) -> bool:
        """Whether only what the mentee may see shows, whoever sits here."""
        return self._opening.as_mentee

    @abstractmethod
    def choose(self) -> object:
        """Ask whose sessions are wanted."""

    @work(group=READING, exclusive=True)
    async def open(self) -> None:
        """Find out whose sessions are wanted, and fetch them; those that are there stay until others are."""
        archive = self.archive
        self.workers.cancel_group(self, _FETCHING)
        try:
            if archive.pair is None:
                found = await archive.look_around(self._opening.pair)
                if found is None and archive.pairs:
                    self.choose()
                    return
                self.meet(found)
        except StoreError as refusal:
            self.refuse(Refusal(str(refusal)))
            return
        if archive.pair is None:
            self.query_one(HistoryShelf).take(Shelf(whole=True))
        else:
            self._fetch()

    @work(group=_FETCHING, exclusive=True)
    async def _fetch(self) -> None:
        """Fetch them, some and then more; what is typed meanwhile means the screen as it is."""
        archive, shelf = self.archive, self.query_one(HistoryShelf)
        try:
            self.query_one(RecordSide).renew()
            async for some in archive.sessions(lambda *read: shelf.post_message(HistoryShelf.Reading(*read))):
                shelf.take(some)
                self._title()
        except StoreError as refusal:
            self.refuse(Refusal(str(refusal)))

    def meet(self, pair: Pair | None) -> None:
        """Show this pair's sessions, with the eyes of whoever sits here; what was shown of another one goes at once."""
        self.archive.pair = pair
        shelf, side = self.query_one(HistoryShelf), self.query_one(RecordSide)
        if pair:
            role = Role.MENTEE if self.as_mentee or self._mentors_me(pair) else Role.MENTOR
            side.look = replace(side.look, seat=Seat(role, shared_only=self.as_mentee))
        side.show(None, None, shelf.asked)
        shelf.meet((pair.mentor.name, pair.mentee.name) if pair else ())
        self._title()

    def _mentors_me(self, pair: Pair) -> bool:
        return person_here(pair, self.launch.me).id == pair.mentee.id

    def _title(self) -> None:
        """Say whose sessions these are, and how many."""
        pair, known = self.archive.pair, self.query_one(HistoryShelf).known
        mentors_me = pair is not None and self._mentors_me(pair)
        left = words.whose(pair, mentors_me=mentors_me, as_mentee=self.as_mentee)
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
            self.open()

    def refuse(self, refusal: Refusal) -> bool:
        """Say why not; False."""
        self.notify(error(refusal.why).plain, severity="warning", timeout=8, markup=False)
        return False

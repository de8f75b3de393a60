"""The record beside the list: a session that is over, or was left, to read and to move through."""

from __future__ import annotations

from itertools import accumulate

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from rmsession.core.session import Capture, Session
from rmsession.tui.widgets.history_lines import Lines
from rmsession.tui.widgets.record_lines import Entry, RecordLook, entries


class RecordPane(Lines):
    """One record; one stands on its topics and captured lines."""

    BINDINGS = [
        Binding("enter", "choose", "Open", show=False, tooltip="Open this record at its summary", id="record.open"),
        Binding("d,space", "tick", "Done", tooltip="Mark this action item done, or open again", id="record.done"),
    ]

    class Chosen(Message):
        """The record was chosen, at a captured line or as a whole."""

        def __init__(self, session: str, capture: str | None) -> None:
            super().__init__()
            self.session = session
            self.capture = capture

    class Ticked(Message):
        """An action item is to be done, or open again."""

        def __init__(self, session: str, capture: str) -> None:
            super().__init__()
            self.session = session
            self.capture = capture

    class Moved(Message):
        """Something else is stood on."""

    def __init__(self) -> None:
        super().__init__(id="record")
        self.session: Session | None = None
        self._look: RecordLook | None = None
        self._entries: list[Entry] = []
        self._starts: list[int] = []
        self._owners: list[int] = []
        """Of each line, the entry that it belongs to."""

    @property
    def capture(self) -> Capture | None:
        """The captured line that is stood on."""
        entry = self._entry
        return self.session.captures.get(entry.capture) if self.session and entry and entry.capture else None

    def show(self, session: Session | None, look: RecordLook, capture: str | None = None) -> None:
        """Take a record; stand on one of its lines, or stay where one was when it is the same record."""
        same = session is not None and self.session is not None and self.session.record.id == session.record.id
        before = self._entry if same else None
        behind = before is not None and self._behind(before)
        row = self.scroll_offset.y
        self.session, self._look = session, look
        self._lay_out()
        if capture:
            # Shown where it was said, among what else was said there.
            self._stand_at(self._again(Entry((), capture), behind=True))
        elif before:
            self._stand_at(self._again(before, behind=behind))
        elif same:
            self.scroll_to(y=row, animate=False, force=True, immediate=True)
        else:
            self.here = None
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
            self.stand_on(None)

    def step_topic(self, step: int) -> None:
        """To the next topic (1) or the one before (-1)."""
        here = -1 if self.here is None else self.here
        # Behind the empty line that sets a topic off.
        titles = [start + 1 for start, each in zip(self._starts, self._entries, strict=True) if each.topic]
        ahead = [start for start in titles if (start > here if step > 0 else start < here)]
        if ahead:
            self.stand_on(ahead[0] if step > 0 else ahead[-1], top=True)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._owners)

    def draw(self, line: int, width: int) -> Content:
        """One line of an entry."""
        place = self._owners[line]
        return self._entries[place].lines[line - self._starts[place]].truncate(width, ellipsis=True)

    def block_of(self, line: int) -> range | None:
        """An entry's lines, without the empty one that sets it off."""
        place = self._owners[line]
        entry, start = self._entries[place], self._starts[place]
        if not entry.stands:
            return None
        first = start if entry.topic is None else start + 1
        return range(first, start + len(entry.lines)) if line >= first else None

    def on_focus(self) -> None:
        """One stands somewhere once the keyboard is here."""
        super().on_focus()
        if self.here is None:
            self.action_first()

    def moved(self) -> None:
        """Say so."""
        self.post_message(self.Moved())

    def chosen(self) -> None:
        """Say so."""
        if self.session:
            entry = self._entry
            self.post_message(self.Chosen(self.session.record.id, entry.capture if entry else None))

    def on_resize(self) -> None:
        """Wrap anew; the same stays in sight."""
        before = self._entry
        behind = before is not None and self._behind(before)
        self._lay_out()
        if before:
            self.call_after_refresh(self._stand_at, self._again(before, behind=behind), told=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an action item can be done; who may see only what is shared reads all of it here."""
        if action == "choose":
            return self._look is None or not self._look.seat.shared_only
        if action == "tick":
            capture = self.capture
            return capture is not None and (capture.is_open_action or capture.settled is not None)
        return super().check_action(action, parameters)

    def action_choose(self) -> None:
        """Choose the record."""
        self.chosen()

    def action_tick(self) -> None:
        """Ask for an action item to be done, or open again."""
        if self.session and self.capture:
            self.post_message(self.Ticked(self.session.record.id, self.capture.id))

    @property
    def _entry(self) -> Entry | None:
        return self._entries[self._owners[self.here]] if self.here is not None and self.here < self.count else None

    def _again(self, before: Entry, *, behind: bool) -> Entry | None:
        """What stands for the same now; of an action item, among the promises or behind them, under its topic."""
        found = [each for each in self._entries if each.stands and _what(each) == _what(before)]
        return found[-1 if behind else 0] if found else None

    def _behind(self, entry: Entry) -> bool:
        """Whether it is the last that stands for the same: an action item also stands among the promises."""
        return next(each for each in reversed(self._entries) if _what(each) == _what(entry)) is entry

    def _stand_at(self, entry: Entry | None, *, told: bool = True) -> None:
        place = next((place for place, each in enumerate(self._entries) if each is entry), None)
        start = self._starts[place] + (entry is not None and entry.topic is not None) if place is not None else None
        self.stand_on(start, told=told)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width - 2
        self._entries = entries(self.session, self._look, width) if self.session and self._look and width > 0 else []
        sizes = [len(each.lines) for each in self._entries]
        self._starts = [0, *accumulate(sizes)][: len(sizes)]
        self._owners = [place for place, size in enumerate(sizes) for _ in range(size)]
        self.renew()


def _what(entry: Entry) -> tuple[str | None, str | None]:
    return entry.capture, entry.topic

"""What a store promises, whatever lies under it.

**A call that returns has kept it.** Calls block; they are made from the writer thread or the command line,
never from the event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from rmsession.core.clock import Gap
from rmsession.core.feedback import Answer, Visibility
from rmsession.core.frozen import frozen
from rmsession.core.terms import MOST_HITS
from rmsession.core.text import UserText

if TYPE_CHECKING:
    # What the promises are about is loaded by whoever keeps them; a command that lists needs half of it.
    from rmsession.core.arrangement import Rhythm
    from rmsession.core.facts import Fact
    from rmsession.core.figures import SessionFigures
    from rmsession.core.lists import ActionItem, Summary
    from rmsession.core.programme import Pair, Person, Programme
    from rmsession.core.query import Query
    from rmsession.core.record import Record
    from rmsession.core.search import Findings, Stop
    from rmsession.core.tables import ActionColumns, SessionTable
    from rmsession.core.uniting import Known


@frozen
class HalfForm:
    """A feedback form under way."""

    role: str
    answers: tuple[Answer, ...]
    visibility: Visibility


@frozen
class Aside:
    """Text typed anywhere but in the capture line and the forms, not yet an answer to what was asked there."""

    field: str
    """What it was typed into; a program that does not know the field offers the text all the same."""
    text: UserText
    about: str | None = None
    """What the question was about: a capture's id, a `Role` value."""
    private: bool = False
    """Whether it tells of something that is not shared."""


@frozen
class View:
    """Where the eyes were: rows scrolled away, and the place in the line."""

    topic: str | None = None
    """Whose text `text_row` is of."""
    text_row: int = 0
    """First row of the topic's text that shows."""
    lines_row: int | None = None
    """First row of the captured lines that shows; None: the newest are in sight."""
    cursor: int | None = None
    """Characters of the capture line before the cursor; None: it is behind the line."""


@frozen
class Draft:
    """What is on the screen but not yet a fact: it survives a crash, and is no part of the record."""

    wall: datetime
    """When this was known to be so: the last sign of life."""
    at: float
    """Session seconds then."""
    line: UserText
    """The capture line."""
    forms: tuple[HalfForm, ...] = ()
    asides: tuple[Aside, ...] = ()
    view: View = View()
    gap: Gap | None = None
    """Time away of which nobody has said yet whether it counts."""


Progress = Callable[[int, int], object]
"""Told how much of something is done, and of how much."""


class Store(Protocol):
    """Sessions, people and pairs, kept."""

    def begin(self, record: Record) -> None:
        """Keep a new record. Raises `Conflict` when its id is taken."""

    def append(self, session: str, fact: Fact) -> None:
        """Keep one more fact; the same fact again is harmless. Raises `Conflict` for the same id with other content."""

    def load(self, session: str) -> Record:
        """The whole record of a full id. Raises `NoSuchSession`, `Damaged`, `NewerFormat`."""

    def resolve(self, prefix: str) -> str:
        """The one full id that begins with `prefix`. Raises `NoSuchSession` (none, or several: they are named)."""

    def revision(self, session: str) -> int:
        """A number that grows with every change of the record, cheap to ask."""

    def history(self, *, pair: str | None = None, limit: int | None = None, fresh: bool = True) -> Sequence[Summary]:
        """What there is, newest first; of one pair, or of all (the command line's view).

        Not `fresh`: as it was when it was last looked at, in a few milliseconds; what was erased since is gone.
        """

    def open_actions(self, *, pair: str | None = None) -> Sequence[ActionItem]:
        """Action items not done, dropped or withdrawn, the earliest due first, those without a date last."""

    def open_columns(self) -> ActionColumns:
        """What `open_actions` says of all pairs, as the columns of a list; of thousands in a few milliseconds."""

    def session_table(self) -> SessionTable:
        """What `history` says of all pairs, as the columns of a list; of thousands in a few milliseconds."""

    def actions(self, *, pair: str | None = None, begins: str = "") -> Sequence[ActionItem]:
        """Every action item, open and settled ones, in the order of `open_actions`; settled ones last, newest first.

        With `begins` only those whose ids begin so, which is quicker than all.
        """

    def search(
        self,
        query: Query,
        today: date,
        *,
        pair: str | None = None,
        private: bool = False,
        limit: int = MOST_HITS,
        stop: Stop | None = None,
    ) -> Findings:
        """What answers a query, in one pair or in all (the command line's view); `today` decides what is overdue.

        Unlike other questions it may be asked while a fact is being kept, and holds nothing up.
        """

    def prepare(self, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """Bring lists and search up to date; whether that came to its end.

        `progress` is told how many of the changed sessions were read, and of how many. Where `stop` ends it, what was
        read stays, and the next time goes on from there. It holds up no `append`.
        """

    def figures(self, progress: Progress | None = None, stop: Stop | None = None) -> Sequence[SessionFigures]:
        """What every session that can be read comes to in figures, by id; `progress` and `stop` as in `prepare`.

        Nothing where `stop` ended it.
        """

    def take_in(self, record: Record) -> int:
        """Merge another copy of a record into the one kept here, or keep it as a new one; how many facts were new.

        Its pair becomes known too. A session that was deleted here stays deleted: `StoreError`.

        Raises:
            Conflict: one id has two contents; nothing is changed then.
        """

    def redact(self, session: str, target: str, *, by: str, wall: datetime) -> None:
        """Erase one capture's text for good from file, draft, index and older copies, and leave a tombstone.

        So it is with later sessions that took the line as a topic; where the file of one that names it cannot be
        read, nothing is erased and the error says which.
        """

    def delete(self, session: str) -> None:
        """Erase a whole session: record, draft, index rows, lock files, older copies."""

    def keep_draft(self, session: str, draft: Draft) -> None:
        """Keep what is not yet a fact, replacing what was kept before."""

    def draft(self, session: str) -> Draft | None:
        """The last draft, if there is one that can be read."""

    def drop_draft(self, session: str) -> None:
        """Forget the draft."""

    def live(self, session: str, *, person: str) -> AbstractContextManager[None]:
        """Hold the session against a second run while it is open here. Raises `Busy`."""

    def names(self) -> Mapping[str, tuple[UserText, UserText]]:
        """Mentor and mentee of each pair that is known, by the pair's id. Raises `Damaged`, `NewerFormat`."""

    def rhythms(self) -> Mapping[str, Rhythm]:
        """How often each pair means to meet, by its id, as far as that was said. Raises `Damaged`, `NewerFormat`."""

    def programme(self) -> Programme:
        """Everybody known here, and what is known of them."""

    def keep_person(self, person: Person) -> None:
        """Keep a person, replacing the one with that id."""

    def keep_pair(self, pair: Pair) -> None:
        """Keep a pair and its two people, replacing those with the same ids."""

    def keep_known(self, values: Sequence[Known]) -> None:
        """Keep what is known of people and pairs, all of it in one write or none.

        A person or a pair replaces the one with that id; of two copies of anything else the one revised later counts.
        Raises `StoreError` for what would not read back, a moment without a time zone say.
        """

    def troubles(self, *, fresh: bool = True) -> Sequence[str]:
        """One line for each file that is left out of `history` (damaged, newer, unreadable): what, where, why.

        Not `fresh`: of those that a list or search just asked for met, without another look at thousands of files.
        """

    def close(self) -> None:
        """Let go of everything; calls after this raise `StoreError`."""

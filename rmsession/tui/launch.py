"""What the command line hands to the app: everything it needs, opened already, and what to show first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rmsession.core.frozen import frozen
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText

if TYPE_CHECKING:
    # What is handed over comes from elsewhere; Home is painted without what a record is made of.
    from rmsession.core.card import Card
    from rmsession.core.clock import Clock
    from rmsession.core.record import Record
    from rmsession.core.store import Store


@frozen
class OpenHome:
    """Show the home screen."""

    meets: UserText | None = None
    """The mentee who is chosen there from the start; None: nobody, as whoever looks on need not know."""


@frozen
class OpenAgenda:
    """Preview this agenda, then run it."""

    path: Path
    mentor: UserText | None = None
    mentee: UserText | None = None
    must_end: datetime | None = None
    duration_minutes: float | None = None


@frozen
class OpenSession:
    """Take up this session again (a full id)."""

    session: str


@frozen
class OpenReview:
    """Show the sessions of a pair, or of whoever is chosen there."""

    pair: str | None = None
    """The pair's full id."""
    as_mentee: bool = False
    """Show what the mentee may see, whoever sits here."""
    query: str = ""
    """What the search line begins with."""
    searching: bool = False
    """Whether the search line has the keyboard at first."""


@frozen
class OpenActions:
    """Show the action items of a pair."""

    pair: str | None = None
    """The pair's full id."""


@frozen
class OpenReport:
    """Show what the programme came to."""


@frozen
class OpenPairs:
    """Show who mentors whom: every pair that is known."""


Listing = OpenReview | OpenActions | OpenReport | OpenPairs
"""What is looked at between two sessions, beside Home."""


def _no_agenda() -> Path:
    raise OSError(0, "This run writes no agendas: see `rmsession new`.")


def _no_card(_: Card) -> str:
    raise StoreError("This run writes no such file: see `rmsession pair card`.")


def _no_share(_: Record) -> str:
    raise StoreError("This run writes no such file: see `rmsession share --data`.")


@frozen
class Launch:
    """One run of the app."""

    store: Store
    home: Path
    """The data folder, to be shown."""
    device: str
    zone: str
    """The IANA zone in which dates are read."""
    clock: Clock
    first: OpenHome | OpenAgenda | OpenSession | Listing = field(default_factory=OpenHome)
    me: UserText | None = None
    """The name of whoever sits here; None on the first run: the app asks."""
    theme: str | None = None
    agendas: tuple[Path, ...] = ()
    """Folders of own agendas."""
    recent: tuple[Path, ...] = ()
    """Agenda files opened lately, the last one first."""
    rehearse: bool = False
    """Nothing is kept; `store` is in memory."""
    demo: bool = False
    """Whether everything here is made up, which every screen says."""
    lasting: bool = True
    """Whether the data folder outlives the run."""
    caution: str = ""
    """What the data folder's file system does not promise; empty where it promises everything."""
    remember: Callable[[str, str], None] = lambda _key, _value: None
    """Keep a setting (``me``, ``theme``, ``recent``) for the next run; may block, may raise `OSError`."""
    new_agenda: Callable[[], Path] = _no_agenda
    """Write a new agenda and wait for the person's editor, with the terminal to itself. Raises `OSError`."""
    share_data: Callable[[Record], str] = _no_share
    """The text of the file in which a shared copy goes to another machine; may block, may raise `StoreError`."""
    card_data: Callable[[Card], str] = _no_card
    """The text of the file that makes a pair's own machine know it; may block, may raise `StoreError`."""


@frozen
class Ran:
    """How a run of the app came to its end."""

    code: int
    """The exit code: 0, or 128 and the signal's number, or 1 after a crash."""
    crash: BaseException | None
    """What broke the app; its traceback holds what people typed, and is shown to nobody."""
    unkept: int
    """How many facts could not be brought to the disk."""
    left: str | None
    """The session (its full id) that was left before its end, or with something typed."""
    drafted: bool = True
    """Whether what was being typed is on the disk."""
    off_record: bool = False
    """Whether it was off the record, so that the line under way is kept nowhere."""

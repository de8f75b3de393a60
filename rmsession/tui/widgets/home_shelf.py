"""The agendas that can be started from Home, read off the event loop and remembered while their files stay the same."""

# ruff: noqa: PLC0415 - loaded when it is opened: the first paint needs none of it

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from rmsession.core.frozen import frozen
from rmsession.core.text import UserText
from rmsession.reader.glance import glance
from rmsession.reader.library import SUFFIXES, bundled

MOST_RECENT = 3
MOST_OWN = 100
"""Own files listed; more are opened by the file picker."""
_NUMBER = re.compile(r"0*([1-9][0-9]?)(?=[^0-9])")


class Shelf(Enum):
    """Where an agenda was found."""

    RECENT = "Recent"
    CURRICULUM = "Agendas"
    OWN = "Own"


@frozen
class Offer:
    """One agenda in a list."""

    path: Path
    shelf: Shelf
    title: UserText
    number: str = ""
    """Its place in the curriculum; empty outside it."""
    minutes: float | None = None
    """None where the text states none."""
    agenda: str = ""
    """The agenda's id; empty when the file cannot be read."""
    trouble: str = ""
    """Why it cannot be read: one line."""
    people: tuple[UserText, ...] = ()
    """Whom it is for, where it names a mentee; nobody else is shown its title."""


@dataclass(slots=True)
class Librarian:
    """Knows the agendas; every call may block. Calls may overlap: each remembers whole offers, one by one."""

    folders: tuple[Path, ...] = ()
    recent: tuple[Path, ...] = ()
    _known: dict[tuple[Path, int], Offer] = field(default_factory=dict)

    def opened(self, path: Path) -> None:
        """This agenda is the most recent one now."""
        self.recent = (path, *(each for each in self.recent if each != path))

    def at_once(self) -> tuple[Offer, ...]:
        """The ready-made agendas, seen in a millisecond, without their ids; none where others will stand above them.

        What stands in a list must not move away under a hand that is about to open it.
        """
        ready_made = _files(bundled())
        if set(self.recent).difference(ready_made):
            return ()
        seen = [_seen(path) for path in ready_made]
        return tuple(each for each in seen if each) if all(seen) else ()

    def offers(self) -> tuple[Offer, ...]:
        """What can be started, in the order in which it is shown."""
        ready_made = _files(bundled())
        recent = [path for path in _files(self.recent) if path not in ready_made][:MOST_RECENT]
        listed = (path for path in _in_folders(self.folders) if path.suffix.lower() in SUFFIXES)
        own = [path for path in _files(listed) if path not in (*ready_made, *recent)][:MOST_OWN]
        shelves = ((Shelf.RECENT, recent), (Shelf.CURRICULUM, ready_made), (Shelf.OWN, own))
        return tuple(self._offer(path, shelf) for shelf, paths in shelves for path in paths)

    def _offer(self, path: Path, shelf: Shelf) -> Offer:
        try:
            key = (path, path.stat().st_mtime_ns)
        except OSError:
            key = (path, 0)
        if key not in self._known:
            self._known[key] = (_known(path) if shelf is Shelf.CURRICULUM else None) or _read(path)
        return replace(self._known[key], shelf=shelf, number=_number(path) if shelf is Shelf.CURRICULUM else "")


def suggested(offers: Iterable[Offer], done: Collection[str]) -> Offer | None:
    """The next agenda for a pair that has done these (agenda ids): the first of the curriculum that is new to them.

    With the whole curriculum done it is the one that has no number: the one-on-one that can be held again and again.
    """
    curriculum = [offer for offer in offers if offer.shelf is Shelf.CURRICULUM and not offer.trouble]
    numbered = (offer for offer in curriculum if offer.number and offer.agenda not in done)
    return next(numbered, None) or next((offer for offer in curriculum if not offer.number), None)


def _number(path: Path) -> str:
    number = _NUMBER.match(path.stem)
    return number[1] if number else ""


def _seen(path: Path) -> Offer | None:
    """A ready-made agenda; None where it has to be read."""
    seen = glance(path)
    if seen is None:
        return None
    return Offer(path, Shelf.CURRICULUM, seen.title, _number(path), seen.minutes)


def _known(path: Path) -> Offer | None:
    # Only here, in a thread: the first paint has nobody to tell agendas apart for.
    from rmsession.core.agenda import ident

    seen = _seen(path)
    return replace(seen, agenda=ident("a", seen.title.raw)) if seen else None


def _read(path: Path) -> Offer:
    # The reader takes 0.1 s to load: Home is painted before, and this runs in a thread.
    from rmsession.reader.agenda_reader import read_file
    from rmsession.reader.source import UnreadableAgenda

    try:
        agenda = read_file(path).agenda
    except UnreadableAgenda as refusal:
        return Offer(path, Shelf.OWN, UserText(path.name), trouble=str(refusal))
    return Offer(
        path,
        Shelf.OWN,
        agenda.title or UserText(path.stem),
        minutes=agenda.total_minutes or agenda.stated_minutes,
        agenda=agenda.id,
        people=tuple(name for name in (agenda.mentor, agenda.mentee) if name) if agenda.mentee else (),
    )


def _files(paths: Iterable[Path]) -> Sequence[Path]:
    """Each file once, by its own name, those left out that are gone."""
    found: dict[Path, None] = {}
    for path in paths:
        try:
            if path.is_file():
                found.setdefault(path.resolve())
        except OSError:
            continue
    return tuple(found)


def _in_folders(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        try:
            yield from sorted(folder.iterdir())
        except OSError:
            continue

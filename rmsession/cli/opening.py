"""Opening the app: nothing else in the program loads Textual. Apart from the commands, so that Home waits for none."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rmsession.cli.ground import Ground, Refused, Unclear
from rmsession.cli.without import do_without
from rmsession.core.text import UserText
from rmsession.settings import SettingsError, remember, remember_agenda, zone_of

if TYPE_CHECKING:
    from rmsession.core.card import Card
    from rmsession.core.record import Record
    from rmsession.tui.launch import OpenActions, OpenAgenda, OpenHome, OpenReview, OpenSession

    First = OpenHome | OpenAgenda | OpenSession | OpenReview | OpenActions


def open_home(ground: Ground) -> int:
    """Open the app at its home screen."""
    insist_on_terminal()
    # Only here: what opens the app is the app's.
    from rmsession.tui.launch import OpenHome

    return open_app(ground, OpenHome())


def insist_on_terminal() -> None:
    """Refuse to open the app where there is no screen to open it on; where there is, load no more than it wants."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Unclear(
            "The screen needs a terminal: run this without a pipe or a file in its way. Try 'rmsession --help'."
        )
    do_without()


def open_app(ground: Ground, first: First, *, speed: int | None = None, lasting: bool = True) -> int:
    """Run the app until it is left; `speed` makes it a rehearsal, and one not `lasting` leaves no data folder."""
    # Only here: Textual takes ten times as long to load as everything else.
    from rmsession.core.clock import FastClock, SystemClock
    from rmsession.store.mounts import caution
    from rmsession.store.opening import MEMORY, open_store
    from rmsession.tui.app import run_app
    from rmsession.tui.launch import Launch

    settings = ground.settings
    store = ground.store() if speed is None else open_store(MEMORY)
    clock = SystemClock(ZoneInfo(zone_of(settings)))
    launch = Launch(
        store=store,
        home=settings.home,
        device=store.device,
        zone=zone_of(settings),
        clock=clock if speed is None else FastClock(speed, clock.now),
        first=first,
        me=UserText(settings.me) if settings.me else None,
        theme=settings.theme,
        agendas=(settings.agendas,),
        recent=settings.recent,
        rehearse=speed is not None,
        demo=settings.demo,
        lasting=lasting,
        caution=(caution(settings.home) or "") if speed is None and lasting else "",
        # A rehearsal keeps nothing: not even that this agenda was open.
        remember=_remembering(settings.home) if speed is None else _forget,
        new_agenda=_writing(ground),
        share_data=_share_data,
        card_data=_card_data,
    )
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a terminal that goes away must not end it unsaved
    ran = run_app(launch)
    from rmsession.cli.leaving import ended

    return ended(ran, launch)


def _writing(ground: Ground) -> Callable[[], Path]:
    def write() -> Path:
        # Only here: what writes and edits agendas is needed by whoever writes one.
        import click

        from rmsession.cli.agendas import DEFAULT_TEMPLATE, edit, write_new

        try:
            path = write_new(ground, None, DEFAULT_TEMPLATE)
            edit(path, ground)
        except (Refused, click.UsageError) as wrong:
            raise OSError(errno.EIO, wrong.format_message()) from wrong
        return path

    return write


def _share_data(copy: Record) -> str:
    from rmsession.store.share_file import spell

    return spell(copy)


def _card_data(card: Card) -> str:
    from rmsession.store.card_file import spell

    return spell(card)


def _forget(_key: str, _value: str) -> None:
    """Keep nothing."""


def _remembering(home: Path) -> Callable[[str, str], None]:
    def keep(key: str, value: str) -> None:
        try:
            if key == "recent":
                remember_agenda(home, Path(value))
            else:
                remember(home, key, value)
        except SettingsError as wrong:
            raise OSError(errno.EIO, str(wrong)) from wrong

    return keep

"""The program on a programme that never was: to look around in it without a session of one's own."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from rmsession.cli.crash import LOG
from rmsession.cli.ground import Ground, Refused, pass_ground
from rmsession.cli.opening import insist_on_terminal, open_app
from rmsession.cli.talk import complain
from rmsession.core.text import UserText
from rmsession.settings import Settings, home_of, load, zone_of

_BAR = 24


@click.command(
    epilog="""\b
    Examples:
      rmsession demo                         look around; everything is gone when you leave
      rmsession demo --keep ~/demo           keep what was made, in a folder that is new or empty
      rmsession --home ~/demo report         the report of it, later
    """
)
@click.option("--keep", metavar="FOLDER", help="Make it in this folder, new or empty, and leave it there.")
@pass_ground
def demo(ground: Ground, *, keep: str | None) -> int:
    """Open the program on a made-up programme.

    50 pairs in two waves, with the notes, actions and feedback of their sessions so far. It lies in a folder of its
    own: your sessions are neither read nor written, whatever you do in it.
    """
    # Only here: no other command makes a programme up.
    from rmsession.demo.folder import NotEmpty, kept, passing

    insist_on_terminal()
    with _ending_in_order(), ExitStack() as stack:
        if keep is None:
            with _told():
                home = stack.enter_context(passing(LOG))
            stack.callback(ground.close)
            return _shown(ground, home, lasting=False)
        try:
            home = kept(Path(keep), (ground.home, home_of(None, {})))
        except NotEmpty as wrong:
            raise Refused(str(wrong)) from wrong
        code = _shown(ground, home, lasting=True)
    complain(f"the demo is in {home}; look at it again with: rmsession --home {shlex.quote(str(home))}")
    return code


def _shown(ground: Ground, home: Path, *, lasting: bool) -> int:
    """Make the programme, and open the app on it as if it were one's own."""
    # Only here, as above.
    from rmsession.tui.launch import OpenHome

    theme = ground.settings.theme
    met = _made(home, lasting=lasting)
    settings, _ = load({"home": home}, {})
    ground.turn_to(settings._replace(theme=theme))
    ground.store().prepare()
    return open_app(ground, OpenHome(meets=UserText(met)), lasting=lasting)


def _made(home: Path, *, lasting: bool) -> str:
    """Fill the folder; whom one meets next. What must outlive a power cut is waited for, half a demo does not stay."""
    from rmsession.demo.folder import clear
    from rmsession.demo.programme import make
    from rmsession.demo.writing import HastyDisk
    from rmsession.store.disk import Disk

    zone, new = zone_of(Settings(home)), not home.exists()
    try:
        with _told(), _progress() as told:
            return make(home, datetime.now(ZoneInfo(zone)), zone, Disk() if lasting else HastyDisk(), told=told)
    except BaseException:
        # At a signal, too. It was new or empty: all that lies in it is half of a demo.
        with suppress(OSError):
            clear(home, itself=new)
        raise


@contextmanager
def _progress() -> Iterator[Callable[[int, int], object] | None]:
    """What shows how far it is where somebody looks at it; its line goes with it."""
    if not sys.stderr.isatty():
        yield None
        return
    line = ""

    def show(done: int, total: int) -> None:
        nonlocal line
        line = f"Making up a programme {'█' * (_BAR * done // total):·<{_BAR}} {done} of {total} pairs"
        click.echo(f"\r{line}", nl=False, err=True)

    try:
        yield show
    finally:
        click.echo(f"\r{' ' * len(line)}\r", nl=False, err=True)


@contextmanager
def _told() -> Iterator[None]:
    """Tell in a line what the disk refuses."""
    try:
        yield
    except OSError as wrong:
        raise Refused(f"the demo could not be made in {wrong.filename}: {wrong.strerror}") from wrong


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let a signal end the program by way of what is to be cleared away; the app does so by itself while it is open."""

    def leave(number: int, _: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    before: dict[int, Any] = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            with suppress(ValueError):
                signal.signal(number, handler)

"""Opening the app at a session, from an agenda or one that was left: apart from `run`, so that it need not be read."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rmsession.cli.agenda_names import agenda_named
from rmsession.cli.ground import Ground, NothingMatched, Refused, Unclear
from rmsession.cli.opening import insist_on_terminal, open_app
from rmsession.core.text import UserText
from rmsession.settings import zone_of

NEWEST = ""
"""What stands for an id where the newest session is meant."""


def run_agenda(
    ground: Ground,
    file: str,
    *,
    mentor: str | None = None,
    mentee: str | None = None,
    must_end: str | None = None,
    duration: float | None = None,
    speed: int | None = None,
) -> int:
    """Open the app at a preview of that agenda; `speed` makes it a rehearsal."""
    path = _readable(file, ground)
    insist_on_terminal()
    # Only here: what opens the app is the app's; it loads no Textual yet.
    from rmsession.tui.launch import OpenAgenda

    wanted = OpenAgenda(path, _name(mentor), _name(mentee), _moment(must_end, zone_of(ground.settings)), duration)
    return open_app(ground, wanted, speed=speed)


def take_up(ground: Ground, prefix: str = NEWEST) -> int:
    """Open the app at the session that was left; the newest of all if no beginning of an id says which."""
    insist_on_terminal()
    # Only here: not every session was left.
    from rmsession.core.terms import Phase
    from rmsession.tui.launch import OpenSession

    store = ground.store()
    if prefix == NEWEST:
        unfinished = [each for each in store.history() if each.started and each.phase != Phase.ENDED.value]
        if not unfinished:
            raise NothingMatched("no session is unfinished: see `rmsession list`")
        session = unfinished[0].id
    else:
        session = store.resolve(prefix)
    return open_app(ground, OpenSession(session))


def _readable(file: str, ground: Ground) -> Path:
    """The agenda's path, sure to hold a text: better told here than on a screen that then goes away."""
    # Only here: a session that was left needs no agenda read.
    from rmsession.reader.source import UnreadableAgenda, load

    try:
        path = agenda_named(file, ground)
        load(path)
    except UnreadableAgenda as wrong:
        raise Refused(str(wrong)) from wrong
    return path


def _name(given: str | None) -> UserText | None:
    return UserText(" ".join(given.split())) if given and given.strip() else None


def _moment(typed: str | None, zone: str) -> datetime | None:
    """The next moment that a clock on the wall says so, in the zone in which dates are read."""
    if typed is None:
        return None
    # Only here: it knows all commands of a session.
    from rmsession.core.slash import clock_time

    moment = clock_time(typed, datetime.now(ZoneInfo(zone)))
    if moment is None:
        raise Unclear(f"'{typed}' is no time of day: write --must-end 14:45. Try 'rmsession run --help'.")
    return moment

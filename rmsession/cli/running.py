"""run: a session from an agenda, or one that was left."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from rmsession.cli.agendas import agenda_named, complete_agenda
from rmsession.cli.ground import Ground, NothingMatched, Refused, pass_ground
from rmsession.cli.idents import complete_id
from rmsession.cli.opening import insist_on_terminal, open_app
from rmsession.core.slash import clock_time
from rmsession.core.terms import Phase
from rmsession.core.text import UserText
from rmsession.settings import zone_of

_NEWEST = ""
"""What ``--resume`` says without an id."""
_MOST_MINUTES = 24 * 60
_FASTEST = 60


@click.command(
    epilog="""\b
    Examples:
      rmsession run kick-off.md --mentee "Jo Smith" --must-end 14:45
      rmsession run 01-kick-off              one that comes with the program
      rmsession run plan.md --duration 30    share out 30 min among topics without a time
      rmsession run plan.md --rehearse       keeps nothing; --speed 60 makes a minute a second
      rmsession run --resume                 take up the newest unfinished session
    """
)
@click.argument("file", required=False, metavar="FILE", shell_complete=complete_agenda)
@click.option(
    "--resume", metavar="[ID]", is_flag=False, flag_value=_NEWEST, shell_complete=complete_id, help="Take up a session."
)
@click.option("--mentor", metavar="NAME", help="Who mentors.")
@click.option("--mentee", metavar="NAME", help="Who is mentored.")
@click.option("--must-end", metavar="HH:MM", help="When the session must be over; +30 is in half an hour.")
@click.option("--duration", metavar="MINUTES", type=click.FloatRange(1, _MOST_MINUTES), help="How long it may take.")
@click.option("--rehearse", is_flag=True, help="Try an agenda; nothing is kept.")
@click.option(
    "--speed", type=click.IntRange(1, _FASTEST), help="How fast the clock of a rehearsal runs; 1 unless said."
)
@pass_ground
def run(
    ground: Ground,
    *,
    file: str | None,
    resume: str | None,
    mentor: str | None,
    mentee: str | None,
    must_end: str | None,
    duration: float | None,
    rehearse: bool,
    speed: int | None,
) -> int:
    """Run a session from an agenda, or resume one.

    FILE is any Markdown file, or the name of an agenda that `rmsession agendas` lists.
    """
    if speed is not None and not rehearse:
        raise click.UsageError("--speed is for a rehearsal: say --rehearse as well.")
    if resume is not None:
        if file or mentor or mentee or must_end or duration or rehearse:
            raise click.UsageError("--resume takes up a session as it was: say nothing else with it.")
        return _resume(ground, resume)
    if file is None:
        raise click.UsageError("Name an agenda, or say --resume.")
    path = _readable(file, ground)
    insist_on_terminal()
    # Only here: what opens the app is the app's; it loads no Textual yet.
    from rmsession.tui.launch import OpenAgenda

    wanted = OpenAgenda(path, _name(mentor), _name(mentee), _moment(must_end, zone_of(ground.settings)), duration)
    return open_app(ground, wanted, speed=(speed or 1) if rehearse else None)


def _resume(ground: Ground, prefix: str) -> int:
    insist_on_terminal()
    store = ground.store()
    if prefix == _NEWEST:
        unfinished = [each for each in store.history() if each.started and each.phase != Phase.ENDED.value]
        if not unfinished:
            raise NothingMatched("no session is unfinished: see `rmsession list`")
        session = unfinished[0].id
    else:
        session = store.resolve(prefix)
    from rmsession.tui.launch import OpenSession

    return open_app(ground, OpenSession(session))


def _readable(file: str, ground: Ground) -> Path:
    """The agenda's path, sure to hold a text: better told here than on a screen that then goes away."""
    # Only here: the other commands here read no agenda.
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
    moment = clock_time(typed, datetime.now(ZoneInfo(zone)))
    if moment is None:
        raise click.UsageError(f"'{typed}' is no time of day: write --must-end 14:45.")
    return moment

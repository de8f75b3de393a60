"""run: a session from an agenda, or one that was left."""

from __future__ import annotations

import click

from rmsession.cli.agendas import complete_agenda
from rmsession.cli.ground import Ground, pass_ground
from rmsession.cli.idents import complete_id
from rmsession.cli.opening_sessions import NEWEST, run_agenda, take_up

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
    "--resume", metavar="[ID]", is_flag=False, flag_value=NEWEST, shell_complete=complete_id, help="Take up a session."
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
        return take_up(ground, resume)
    if file is None:
        raise click.UsageError("Name an agenda, or say --resume.")
    return run_agenda(
        ground,
        file,
        mentor=mentor,
        mentee=mentee,
        must_end=must_end,
        duration=duration,
        speed=(speed or 1) if rehearse else None,
    )

"""pair add, edit and end: what is known of a pair changes, by what is said and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import click

from rmsession.cli.ground import Ground, Refused, now_here, pass_ground
from rmsession.cli.pair_choice import pair_meant
from rmsession.cli.pair_options import said, said_options
from rmsession.cli.talk import complain, say
from rmsession.core.pair_fields import Entry, Field, Unclear, told, with_said
from rmsession.core.pair_making import Taken, made, mended
from rmsession.core.roster import Said, differences, hints, to_keep
from rmsession.core.text import UserText


@click.command(
    epilog="""\b
    Examples:
      rmsession pair add --mentor "Sam Reed" --mentee "Kim Lee"
      rmsession pair add --mentor "Sam Reed" --mentee "Kim Lee" --wave one --every 3w --sessions 7 \\
          --minutes 45 --starts mon --objective customers --agenda-owner mentee
      rmsession pair add --mentor "Sam Reed" --mentee "Ann Ray" --mentee-role "VP Claims" --mentee-location Hartford
    \b
    Many pairs at once: `rmsession pair list --csv > pairs.csv` writes the headings of a table,
    `rmsession import pairs.csv --dry-run` shows what its lines would change.
    """
)
@said_options(Field.MENTOR, Field.MENTEE)
@pass_ground
def add(ground: Ground, /, **options: str | None) -> None:
    """Add a pair: two names are enough, the rest can follow.

    Whoever is known by that name already is the same person.
    """
    wanted, store = said(options), ground.store()
    known, now = store.programme(), now_here(ground)
    try:
        before, after = made(known, wanted, now.date(), lambda: str(uuid4()))
    except Taken as there:
        raise Refused(f"{there}: see `rmsession pair edit`") from there
    except Unclear as wrong:
        raise click.UsageError(f"{wrong}.") from wrong
    store.keep_known(to_keep(before, after, now, new=True))
    say(f"Added {after.pair.id[:8]}: {after.pair.mentor.name.line} mentors {after.pair.mentee.name.line}.")
    _hint(wanted, after)


@click.command(
    epilog="""\b
    Examples:
      rmsession pair edit kim --every 2w --minutes 60
      rmsession pair edit 7c1e --mentee "Kim Lee-Ray"    the same person under another name
      rmsession pair edit kim --objective ""             takes away what was said
    """
)
@click.argument("pair", metavar="PAIR")
@said_options()
@pass_ground
def edit(ground: Ground, /, *, pair: str, **options: str | None) -> None:
    """Change what is said, and nothing else.

    PAIR is the name of either person, or the beginning of the pair's id. Another name is the same person's other
    name; another person makes another pair.
    """
    wanted, now, store = said(options), now_here(ground), ground.store()
    if not wanted:
        raise click.UsageError("Say what to change: `rmsession pair edit PAIR --wave two`, say.")
    together, before = pair_meant(ground, pair)
    try:
        after = mended(store.programme(), before, wanted, now.date())
    except Taken as there:
        raise Refused(f"{there}: see `rmsession pair add`") from there
    except Unclear as wrong:
        raise click.UsageError(f"{wrong}.") from wrong
    _keep(ground, before, after, now, f"Changed {together.said}")
    _hint(wanted, after)


@click.command(
    epilog="""\b
    Examples:
      rmsession pair end kim
      rmsession pair end kim --on 2026-11-30 --early
      rmsession pair end kim --undo    it goes on after all
    """
)
@click.argument("pair", metavar="PAIR")
@click.option("--on", metavar="DATE", help="When it ended. [default: today]")
@click.option("--early", is_flag=True, help="Before its time.")
@click.option("--undo", is_flag=True, help="It has not ended.")
@pass_ground
def end(ground: Ground, *, pair: str, on: str | None, early: bool, undo: bool) -> None:
    """Say that a pair has ended.

    Either of the two may go without a fault: nobody is asked who wanted that, or why, and it is kept nowhere. Its
    sessions stay, its open actions too, and nothing more is asked of it.

    PAIR is the name of either person, or the beginning of the pair's id.
    """
    if undo and (on is not None or early):
        raise click.UsageError("--undo stands alone: a pair that goes on has no day on which it ended.")
    now = now_here(ground)
    together, before = pair_meant(ground, pair)
    if undo:
        after = replace(before, arrangement=replace(before.arrangement, ended=None, early=False))
        _keep(ground, before, after, now, f"{together.said} go on")
        return
    after = _said(before, Field.ENDED, UserText(on if on is not None else f"{now.date()}"), now.date())
    if after.arrangement.ended is None:
        raise click.UsageError(f"Say on which day: --on {now.date()}.")
    after = replace(after, arrangement=replace(after.arrangement, early=early))
    _keep(ground, before, after, now, f"{together.said} ended on {after.arrangement.ended}")


def _said(before: Entry, field: Field, typed: UserText, today: date) -> Entry:
    try:
        return with_said(before, field, typed, today)
    except Unclear as wrong:
        raise click.UsageError(f"{wrong}.") from wrong


def _keep(ground: Ground, before: Entry, after: Entry, now: datetime, words: str) -> None:
    values = to_keep(before, after, now)
    if not values:
        say("Nothing was changed.")
        return
    if all(each.id != before.pair.id for each in ground.store().programme().pairs):
        values = [before.pair, *values]  # only its sessions know it so far
    ground.store().keep_known(values)
    say(f"{words}.")
    for each in differences(before, after):
        if each.field is not Field.ENDED:
            say(f"  {each.field.value}: {each.before.line or '–'} → {each.after.line or '–'}")


def _hint(wanted: Said, after: Entry) -> None:
    for line in hints(wanted, after):
        complain(line)
    if told(after, Field.OBJECTIVE).raw and Field.OBJECTIVE in wanted and after.arrangement.objective_words:
        say("The objective is kept in your own words; those with a name are customers, workplace and result.")

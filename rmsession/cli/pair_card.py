"""pair card: the small file that makes a pair's laptop know the pair as its programme lead does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rmsession.cli.consent import agreed, complain_plainly, insist_free, write_out
from rmsession.cli.ground import Exit, Ground, NothingMatched, now_here, pass_ground
from rmsession.cli.pair_choice import nobody, pair_meant
from rmsession.cli.talk import pour, say, table
from rmsession.cli.targets import STDOUT, is_folder, make_asked, target
from rmsession.core.frozen import frozen
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.card import Card
    from rmsession.core.pair_fields import Entry


@frozen
class _Leaving:
    """One card that is going to be written, or poured out."""

    card: Card
    text: str
    path: Path | None
    """None: the standard output."""


@click.command(
    epilog="""\b
    Examples:
      rmsession pair card kim                    a card in this folder, to be sent to the mentor
      rmsession pair card kim -o ~/cards         in that folder
      rmsession pair card --wave one -o ~/cards --yes
      rmsession import card-sam-reed-kim-lee-7c1e2f3a.json    on the mentor's machine
    """
)
@click.argument("pair", metavar="[PAIR]", required=False)
@click.option("--all", "every", is_flag=True, help="A card for every pair that has not ended.")
@click.option("--wave", metavar="NAME", help="A card for every pair of that wave that has not ended.")
@click.option("-o", "--output", metavar="FILE|FOLDER|-", default=".", help="Where it goes. [default: .]")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_ground
def card(
    ground: Ground, *, pair: str | None, every: bool, wave: str | None, output: str, force: bool, yes: bool
) -> int:
    """Write a pair's card for the mentor's machine.

    `rmsession import` reads it there. It says who the two are and how they mean to work, so that what the pair sends
    later is known to be theirs. What is on it is shown before it is written: no session, and no other pair.

    PAIR is the name of either person, or the beginning of the pair's id.
    """
    if [pair is not None, every, wave is not None].count(True) != 1:
        raise click.UsageError("Say whose: a PAIR, --wave NAME or --all.")
    entries = [pair_meant(ground, pair)[1]] if pair is not None else _those_of(ground, wave)
    if len(entries) > 1 and not is_folder(output):
        raise click.UsageError(f"There are cards of {len(entries)} pairs: name a folder with -o, as in -o cards/.")
    leaving = [_leaving(ground, each, output) for each in entries]
    insist_free((each.path for each in leaving), force=force)
    poured = output == STDOUT
    # What goes into a pipe goes there alone; whoever pipes it reads the rest on the standard error.
    out = complain_plainly if poured else say
    for each in leaving:
        _preview(each, out)
    question = "Write it?" if len(leaving) == 1 else f"Write these {len(leaving)} cards?"
    if not yes and not agreed(question, to_stderr=poured):
        out("Nothing was written.")
        return Exit.OK
    make_asked(output)
    for each in leaving:
        _write(each, force=force)
    return Exit.OK


def _those_of(ground: Ground, wave: str | None) -> list[Entry]:
    """The pairs that have not ended, of one wave or of all. Raises `NothingMatched`."""
    from rmsession.core.programme import same_name  # noqa: PLC0415 - only here, as what follows
    from rmsession.core.roster import entries_of  # noqa: PLC0415 - the same

    today = now_here(ground).date()
    found = [
        each
        for each in entries_of(ground.store().programme())
        if (wave is None or same_name(each.arrangement.wave, UserText(wave)))
        and not (each.arrangement.ended and each.arrangement.ended <= today)
    ]
    if not found:
        raise NothingMatched(nobody() if wave is None else f"no pair of the wave {clean(wave)!r} goes on")
    return found


def _leaving(ground: Ground, entry: Entry, typed: str) -> _Leaving:
    from rmsession.core.card import card_of  # noqa: PLC0415 - no other command writes one
    from rmsession.export.pair_card import card_name  # noqa: PLC0415 - as above
    from rmsession.store.card_file import spell  # noqa: PLC0415 - as above

    made = card_of(entry, now_here(ground))
    path = None if typed == STDOUT else target(typed, card_name(made))
    return _Leaving(made, spell(made), path)


def _preview(each: _Leaving, out: Callable[[str], None]) -> None:
    from rmsession.core.card import told_by  # noqa: PLC0415 - as above

    out("This leaves:")
    for line in table(told_by(each.card)):
        out(f"    {line}")
    if each.path:
        out(f"It goes to {each.path}, readable by you alone.")
    out("")


def _write(each: _Leaving, *, force: bool) -> None:
    if each.path is None:
        pour(each.text)
        return
    write_out(each.text, each.path, force=force)
    say(f"Written, and read back: {each.path}")

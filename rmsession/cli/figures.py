"""share --figures: what a pair's sessions come to in figures, for the programme lead; shown before it leaves."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rmsession.cli.consent import agreed, complain_plainly, insist_free, write_out
from rmsession.cli.ground import Exit, Ground, NothingMatched, Refused, now_here
from rmsession.cli.pairs import Together, pair_named, pairs_of
from rmsession.cli.talk import pour, say
from rmsession.cli.targets import STDOUT, is_folder, make_asked, target
from rmsession.core.frozen import frozen
from rmsession.core.programme import same_name
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.figures import PairFigures, SessionFigures


@frozen
class Leaving:
    """One pair's file that is going to be written, or poured out."""

    pair: Together
    figures: PairFigures
    held: int
    """Entries of the change log to which not both agreed."""
    text: str
    path: Path | None
    """None: the standard output."""


def share_figures(ground: Ground, *, pair: str | None, output: str | None, force: bool, yes: bool) -> int:
    """Show what leaves of each pair, ask, and write a file for each."""
    # Only here: no other command needs what is said before a file leaves.
    from rmsession.cli.search import progress_on

    typed = "." if output is None else output
    sessions = ground.store().figures(progress_on(sys.stderr))
    chosen = _chosen(ground, pair)
    if len(chosen) > 1 and not is_folder(typed):
        raise click.UsageError(f"There are files of {len(chosen)} pairs: name a folder, as in -o new/, or one --pair.")
    leaving = _leaving(ground, chosen, sessions, typed)
    insist_free((each.path for each in leaving), force=force)
    poured = typed == STDOUT
    out = complain_plainly if poured else say
    for each in leaving:
        _preview(each, out)
    question = "Write it?" if len(leaving) == 1 else f"Write these {len(leaving)} files?"
    if not yes and not agreed(question, to_stderr=poured):
        out("Nothing was written.")
        return Exit.OK
    make_asked(typed)
    for each in leaving:
        _write(each, force=force)
    return Exit.OK


def _chosen(ground: Ground, name: str | None) -> list[Together]:
    """The pairs that are meant: by default those that whoever sits here mentors. Raises `NothingMatched`."""
    store = ground.store()
    known = {each.id: each for each in pairs_of(store.history(fresh=False))}  # its figures were asked for just now
    for each in store.programme().pairs:
        known.setdefault(each.id, Together(each.id, each.mentor.name, each.mentee.name, ()))
    if name is not None:
        return [pair_named(name, list(known.values()))]
    me = UserText(ground.settings.me) if ground.settings.me else None
    found = [each for each in known.values() if me is None or same_name(each.mentor, me)]
    if not found:
        who = f"{clean(me.line)} mentors nobody here" if me else "there is no pair here"
        raise NothingMatched(f"{who}: `rmsession pair list` names the pairs, --pair takes one of them")
    return found


def _leaving(
    ground: Ground, chosen: Sequence[Together], sessions: Sequence[SessionFigures], typed: str
) -> list[Leaving]:
    from rmsession.core.change_log import standing
    from rmsession.core.telling import by_pair
    from rmsession.store.figures_file import file_name, spell

    programme, now = ground.store().programme(), now_here(ground)
    leaving = []
    for pair in chosen:
        own = replace(
            programme,
            pairs=tuple(each for each in programme.pairs if each.id == pair.id),
            changes=tuple(each for each in programme.changes if each.pair == pair.id),
        )
        (figures,) = by_pair(own, [each for each in sessions if each.pair == pair.id], now)
        held = len(standing(own.changes)) - len(figures.changes)
        path = None if typed == STDOUT else target(typed, file_name(figures))
        leaving.append(Leaving(pair, figures, held, spell(figures), path))
    return leaving


def _preview(each: Leaving, out: Callable[[str], None]) -> None:
    from rmsession.export.figures_out import leaving_lines, staying_lines

    lines = leaving_lines(each.figures)
    out(f"This leaves, of {each.pair.said}, {next(lines)}")
    out("\n".join(f"    {line}".rstrip() for line in lines))
    out("")
    for line in staying_lines(each.held):
        out(line)
    if each.path:
        out(f"It goes to {each.path}, readable by you alone.")
    out("")


def _write(each: Leaving, *, force: bool) -> None:
    from rmsession.core.store_errors import StoreError
    from rmsession.store.figures_file import read_file

    if each.path is None:
        pour(each.text)
        return
    write_out(each.text, each.path, force=force)
    try:
        same = read_file(each.path) == each.figures
    except StoreError as wrong:
        raise Refused(str(wrong)) from wrong
    if not same:
        raise Refused(f"{clean(str(each.path))} did not read back as it was written: see to the disk, try again")
    say(f"Written, and read back: {each.path}")

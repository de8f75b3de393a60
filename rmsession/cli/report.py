"""report: what the programme did, in figures that say what they rest on."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rmsession.cli.ground import Exit, Ground, NothingMatched, Refused, now_here, pass_ground, today_here
from rmsession.cli.talk import complain, pour, say, width
from rmsession.cli.targets import STDOUT, make_asked, target
from rmsession.core.frozen import frozen
from rmsession.core.text import UserText, clean, shortened

if TYPE_CHECKING:
    from rmsession.core.figures import PairFigures
    from rmsession.core.programme import Programme
    from rmsession.core.report.values import Asked, Report

_FORMATS = ("text", "md", "html", "csv", "json")
# The names in `rmsession.export.reports` once more, so that the help need not load it.
_LEAST_COLUMNS, _MOST_COLUMNS = 40, 100
"""Lines of text are no shorter, for figures need room, and no longer, for they are to be read."""
_MOST_SAID = 60
"""Characters of a name that a message repeats."""
_EMPTY = (
    "There is nothing to report yet: no pair is known here, and no session was held.",
    "Begin with `rmsession pair add`, or name the folder with the pairs' files: rmsession report --from DIR",
)


@frozen
class Material:
    """What a report is made of, and whether pairs sent it."""

    programme: Programme
    figures: Sequence[PairFigures]
    files: bool
    today: date
    made_up: bool
    """Whether it is a demo's."""

    def report(self, asked: Asked) -> Report:
        """What is asked for."""
        from rmsession.core.report.build import report

        made = report(self.programme, self.figures, asked, self.today, files=self.files)
        return replace(made, made_up=self.made_up)


@click.command(
    epilog="""\b
    Examples:
      rmsession report                        all waves, each by itself, as text
      rmsession report --wave "Wave one" --since 2026-01-01
      rmsession report -f html -o report.html a page for a sponsor, to open, print or send
      rmsession report --from ~/figures       from the files of `rmsession share --figures`
      rmsession report --explain results.promoted.mentor
      rmsession report --claim "97% of 12"    whether a percentage can be one of so many
    """
)
@click.option("--wave", metavar="NAME", help="One wave alone; '' is the pairs of none.")
@click.option("--since", metavar="DATE", help="Sessions from this day on. It may be moved back, and says so.")
@click.option("--from", "folder", metavar="DIR", help="From the pairs' files in a folder: of each pair its latest.")
@click.option("--pool", is_flag=True, help="All waves together, and none by itself.")
@click.option("-f", "--format", "kind", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option(
    "-o", "--output", metavar="FILE|DIR|-", default=STDOUT, help="Where to; - is the standard output. [default: -]"
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--explain", metavar="FIGURE", help="Which records a figure came from; the id is in -f csv and json.")
@click.option("--claim", metavar="TEXT", help="Whether such a percentage can be: exit code 3 if it cannot.")
@pass_ground
def report(
    ground: Ground,
    *,
    wave: str | None,
    since: str | None,
    folder: str | None,
    pool: bool,
    kind: str,
    output: str,
    force: bool,
    explain: str | None,
    claim: str | None,
) -> int:
    """Report what the programme did, in honest figures.

    Each percentage says how many of how many it is, and what fewer than five people said is hidden. No note is in it.
    """
    if claim is not None:
        return _claim(claim)
    if pool and wave is not None:
        raise click.UsageError("--pool is all waves together: leave --wave out, or --pool.")
    # Only here: a claim needs none of it.
    from rmsession.core.report.values import Asked

    day = _day(ground, since)
    material = _material(ground, folder)
    if _is_empty(material) and kind == "text":
        for line in _EMPTY:
            say(line)
        return Exit.OK
    made = material.report(Asked(None if wave is None else UserText(wave), day, pool))
    if wave is not None and not made.parts:
        raise NothingMatched(_no_such_wave(wave, material))
    if explain is not None:
        _explain(made, explain, material)
    else:
        _give(made, kind, output, force=force)
    return Exit.OK


def _claim(text: str) -> int:
    """What arithmetic says to each percentage in a text; no data is touched."""
    from rmsession.core.report.claim import check_claims

    verdicts = check_claims(text)
    if not verdicts:
        raise click.UsageError("There is no percentage of a number in it: write it as '97% of 12' or '11 of 12 (92%)'.")
    for each in verdicts:
        say(each.line)
    return Exit.OK if all(each.possible for each in verdicts) else Exit.NOTHING


def _day(ground: Ground, typed: str | None) -> date | None:
    if typed is None:
        return None
    from rmsession.cli.outcome_choice import past_day

    return past_day(ground, typed)


def _material(ground: Ground, folder: str | None) -> Material:
    """The programme and the figures, from here or from files. Raises `StoreError`, `NothingMatched`, `Refused`."""
    store, today, made_up = ground.store(), today_here(ground), ground.settings.demo
    if folder is not None:
        known, sent = store.programme(), _sent(folder)
        _name_strangers(known, sent)
        return Material(known, sent, True, today, made_up)
    # Only here: where pairs sent their figures no session is read.
    from rmsession.cli.search import progress_on
    from rmsession.core.telling import by_pair

    programme, sessions = store.programme(), store.figures(progress_on(sys.stderr))
    for line in store.troubles(fresh=False):
        complain(line)
    return Material(programme, by_pair(programme, sessions, now_here(ground)), False, today, made_up)


def _name_strangers(known: Programme, sent: Sequence[PairFigures]) -> None:
    """Name the pairs whose figures are left out, so that somebody can ask who they are."""
    from rmsession.core.report.build import strangers

    for each in strangers(known, sent) if known.pairs else ():
        complain(
            f"pair {clean(each.pair)[:8]} is not known here: its figures are left out. Did its mentor import the card "
            "of `rmsession pair card`?"
        )


def _sent(folder: str) -> tuple[PairFigures, ...]:
    """Each pair's latest file; what cannot be read is named, and the others count."""
    from rmsession.store.figures_file import read_figures

    # Not Path's own: its `expanduser` raises for a ``~name`` that nobody has.
    figures, troubles = read_figures(Path(os.path.expanduser(folder)))  # noqa: PTH111
    for line in troubles:
        complain(line)
    if figures:
        return figures
    where = clean(folder)
    if troubles:
        raise Refused(f"no file in {where} could be read: ask the pairs for them again")
    raise NothingMatched(f"there is no file of figures in {where}: pairs make them by `rmsession share --figures`")


def _explain(made: Report, figure: str, material: Material) -> None:
    """Say what a figure is and the records it came from. Raises `NothingMatched`."""
    from rmsession.cli.report_explain import explained

    for line in explained(made, figure, material.programme, material.figures):
        say(line)


def _is_empty(material: Material) -> bool:
    return not material.programme.pairs and not any(each.sessions for each in material.figures)


def _no_such_wave(wave: str, material: Material) -> str:
    from rmsession.core.report.values import Asked

    names = [shortened(each.wave.line, _MOST_SAID) for each in material.report(Asked()).parts if each.wave]
    known = f"the waves are {', '.join(names)}" if names else "no pair has one: `rmsession pair edit` gives it one"
    return f"no wave is called {shortened(clean(wave), _MOST_SAID)!r}: {known}"


def _give(made: Report, kind: str, output: str, *, force: bool) -> None:
    """Write the report, or pour it out. Raises `Refused`."""
    from rmsession.export.files import NotWritten, save
    from rmsession.export.reports import REPORTS, report_name

    if output == STDOUT:
        columns = width()
        if kind == "text" and columns is not None:
            from rmsession.export.report_text import report_text

            pour(report_text(made, min(max(columns, _LEAST_COLUMNS), _MOST_COLUMNS)))
            return
        text = REPORTS[kind].make(made)
        pour(text if sys.stdout.isatty() else text.encode("utf-8", "replace"))
        return
    path = target(output, report_name(made, kind))
    make_asked(output)
    try:
        save(REPORTS[kind].make(made), path, force=force)
    except NotWritten as wrong:
        raise Refused(str(wrong)) from wrong
    say(str(path))

"""`doctor`: looks at everything that is kept, tells what is the matter, and mends what can be mended with a proof."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rmsession.cli.crash import LOG
from rmsession.cli.ground import Exit, Ground, pass_ground
from rmsession.cli.talk import say, say_json
from rmsession.settings import FILE, load

if TYPE_CHECKING:
    from rmsession.store.findings import Finding, Report


@click.command(
    epilog="""\b
    Exit codes: 0 all is well, or was mended; 1 something needs a look still.

    \b
    Examples:
      rmsession doctor
      rmsession doctor --repair
      rmsession doctor --json | jq -r 'select(.wrong) | .where'
    """
)
@click.option("--repair", is_flag=True, help="Mend what can be mended with a proof, and say each thing done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a finding; a summary at the end.")
@pass_ground
def doctor(ground: Ground, *, repair: bool, as_json: bool) -> int:
    """Check everything that is kept, and mend it.

    Tells damaged files, leftovers of killed programs, what others can read, a network file system and more, the
    worst first; never what anybody typed. A file of up to 64 KB in which one bit has flipped is put right by its
    checksum; another damaged one by its snapshot, if there is one. The damaged file is set aside, never thrown away.
    """
    # Only here: no other command needs all of the store.
    from rmsession.store.checkup import check_up
    from rmsession.store.disk import Disk
    from rmsession.store.folder import DataFolder
    from rmsession.store.mending import mend

    disk = Disk()
    folder, now = DataFolder(ground.home, disk), datetime.now().astimezone()
    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    if repair:
        mended = mend(folder, disk, now)
        done, undone, report = mended.done, mended.undone, mended.left
    else:
        report = check_up(folder, disk, now)
    findings = [*report.findings, *_surroundings(ground.home)]
    wrong = [each for each in findings if each.wrong]
    if as_json:
        _as_json(findings, report, done, undone)
    else:
        for line in (*done, *undone):
            say(line)
        for each in (*wrong, *(each for each in findings if not each.wrong)):
            say(f"{'!' if each.wrong else '·'} {each.line}")
        say(_summary(wrong, report, len(done), repair=repair))
    return Exit.ERROR if wrong else Exit.OK


def _surroundings(home: Path) -> Iterable[Finding]:
    """What the command line alone knows: settings, and the program's own errors."""
    # As above.
    from rmsession.store.findings import Ailment, Finding

    for line in load({"home": home})[1]:
        yield Finding(Ailment.SETTINGS, home / FILE, line)
    try:
        with (home / LOG).open(encoding="utf-8", errors="replace") as log:
            crashes = sum(1 for line in log if line.strip() and not line.startswith(" "))
    except OSError:
        return
    if crashes:
        told = "1 error" if crashes == 1 else f"{crashes} errors"
        line = f"{home / LOG} notes {told} of the program itself, without any text: please report them"
        yield Finding(Ailment.CRASHES, home / LOG, line)


def _summary(wrong: list[Finding], report: Report, done: int, *, repair: bool) -> str:
    before = f"Mended {_things(done)}. " if done else ""
    if not wrong:
        if not report.sessions:
            return f"{before}All is well: no sessions are kept yet."
        sessions = "1 session" if report.sessions == 1 else f"{report.sessions} sessions"
        facts = "1 fact" if report.facts == 1 else f"{report.facts} facts"
        return f"{before}All is well: {sessions}, {facts}, all verified by their checksums."
    need = f"{_things(len(wrong))} {'needs' if len(wrong) == 1 else 'need'} a look"
    mendable = sum(each.mendable for each in wrong)
    if repair:
        return f"{before}{need} still."
    if not mendable:
        return f"{need}; `rmsession doctor --repair` cannot mend {'it' if len(wrong) == 1 else 'them'}."
    which = f"{mendable} of them" if mendable < len(wrong) else "it" if mendable == 1 else "them"
    return f"{need}; `rmsession doctor --repair` mends {which}."


def _things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"


def _as_json(findings: list[Finding], report: Report, done: tuple[str, ...], undone: tuple[str, ...]) -> None:
    for line in done:
        say_json({"done": line})
    for line in undone:
        say_json({"undone": line})
    for each in findings:
        say_json(
            {
                "what": each.ailment.value,
                "where": str(each.path),
                "line": each.line,
                "wrong": each.wrong,
                "mendable": each.mendable,
            }
        )
    wrong = sum(each.wrong for each in findings)
    say_json({"sessions": report.sessions, "facts": report.facts, "wrong": wrong, "mended": len(done)})

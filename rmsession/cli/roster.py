"""import of a table of pairs: what each of its lines would change, and then all of them or none."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from rmsession.cli.ground import Exit, Ground, Refused, now_here
from rmsession.cli.talk import complain, say
from rmsession.core.csv_rows import NoTable, headings, table_in
from rmsession.core.roster_lines import Judged, Line, Verdict, judged
from rmsession.core.text import UserText, clean, shortened

if TYPE_CHECKING:
    from rmsession.core.roster import Difference

_SHOWN = 60


def import_roster(ground: Ground, data: bytes, path: Path, *, dry_run: bool) -> int:
    """Say of each line of a table what it changes, and change it unless it is a `dry_run` or a line is refused."""
    # Only here: no other import writes or reads a spreadsheet's cells.
    from rmsession.export.roster import SPELLING

    name = clean(path.name)
    try:
        _insist_no_sessions(data, name)
        table = table_in(data)
    except NoTable as wrong:
        raise Refused(f"{name} was not imported: {wrong}") from wrong
    if table.unknown:
        complain(f"{name}: these columns mean nothing here and are left out: {', '.join(table.unknown)}")
    store = ground.store()
    found = judged(
        store.programme(), table.rows, now_here(ground), new_id=lambda: str(uuid4()), spelling=SPELLING
    )  # fmt: skip
    for each in found.lines:
        for line in _told(each):
            say(line)
    say(_counts(found))
    if refused := found.count(Verdict.REFUSED):
        lines = "a line is" if refused == 1 else f"{refused} lines are"
        raise Refused(f"{name} was not imported, as {lines} refused: mend the table, or take such lines out of it")
    if dry_run or not found.values:
        say("Nothing was changed.")
    else:
        store.keep_known(found.values)
    return Exit.OK


def _insist_no_sessions(data: bytes, name: str) -> None:
    """Raise `Refused` for a table of what sessions held, and `NoTable` for what is none at all."""
    from rmsession.export.spreadsheet import COLUMNS

    if frozenset(COLUMNS) <= {each.strip().lower() for each in headings(data)}:
        raise Refused(
            f"{name} was not imported: it holds rows of sessions, as `rmsession export -f csv` writes them for "
            "spreadsheets; what `rmsession export ID --tasks todotxt` or `rmsession share ID --data .` writes comes in"
        )


def _told(line: Line) -> Iterator[str]:
    pair = f"{_short(line.mentor) or '–'}, {_short(line.mentee) or '–'}"
    yield f"line {line.number}: {line.verdict.value}: {pair}{f': {line.why}' if line.why else ''}"
    yield from (f"    {said(each)}" for each in line.differences)


def said(difference: Difference) -> str:
    """One field, from what to what: ``wave: one → two``."""
    before, after = (_short(each) or "–" for each in (difference.before, difference.after))
    return f"{difference.field.value}: {before} → {after}"


def _short(text: UserText) -> str:
    return shortened(text.line, _SHOWN)


def _counts(found: Judged) -> str:
    parts = [f"{count} {each.value}" for each in Verdict if (count := found.count(each))]
    return f"{len(found.lines)} line{'' if len(found.lines) == 1 else 's'}: {', '.join(parts)}."

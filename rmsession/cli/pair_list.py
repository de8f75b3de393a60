"""pair list: every pair by its wave, how far it is, and what gives cause to ask."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from rmsession.cli.ground import Exit, Ground, NothingMatched, now_here, pass_ground
from rmsession.cli.pair_choice import nobody
from rmsession.cli.pairs import Together, everybody
from rmsession.cli.talk import GAP, complain, cut, pour, say, say_json, table, width
from rmsession.core.cadence import cadence
from rmsession.core.columns import cells
from rmsession.core.idents import shortest
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.pair_fields import Entry

_LEAST_ROOM = 12


@click.command(
    "list",
    epilog="""\b
    Examples:
      rmsession pair list
      rmsession pair list --wave two
      rmsession pair list --csv > pairs.csv    a table that `rmsession import` reads; its headings are a template
    """,
)
@click.option("--wave", metavar="NAME", help="The pairs of that wave alone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a pair.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet, and for `rmsession import`.")
@pass_ground
def list_pairs(ground: Ground, *, wave: str | None, as_json: bool, as_csv: bool) -> int:
    """List every pair by its wave.

    Each with the sessions held of those planned; below it stands what gives cause to ask.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two forms of one list: give one of them.")
    store = ground.store()
    pairs = [each for each in everybody(store) if wave is None or _same(_wave(each), UserText(wave))]
    if not as_csv:
        for line in store.troubles(fresh=False):
            complain(line)
    if as_csv:
        _pour_table(ground, pairs)
        return Exit.OK
    if not pairs:
        raise NothingMatched(nobody() if wave is None else f"no pair is of the wave {clean(wave)!r}")
    now = now_here(ground)
    if as_json:
        entries = _entries(ground)
        for each in pairs:
            say_json(plain(each, entries.get(each.id), now))
    else:
        for line in _listing(pairs, now):
            say(line)
    return Exit.OK


def plain(pair: Together, entry: Entry | None, now: datetime) -> dict[str, Any]:
    """A pair as JSON knows it: who, how they mean to work, how far they are."""
    # Only here: a list for people needs none of it.
    from rmsession.cli.spelled import spelled

    rhythm = cadence(pair.sessions, now, pair.rhythm)
    known = (
        {"mentor_profile": entry.mentor, "mentee_profile": entry.mentee, "arrangement": entry.arrangement}
        if entry
        else {}
    )
    return {
        "id": pair.id,
        "mentor": pair.mentor.raw,
        "mentee": pair.mentee.raw,
        **{name: spelled(value) for name, value in known.items()},
        "held": held(pair),
        "last": rhythm.last.isoformat() if rhythm.last else None,
        "flags": list(rhythm.flags),
    }


def held(pair: Together) -> int:
    """How many sessions the pair has had."""
    return sum(each.started is not None for each in pair.sessions)


def held_of_planned(pair: Together) -> str:
    """``3 of 7``; without a plan ``3``."""
    planned = pair.arrangement.sessions if pair.arrangement else None
    return f"{held(pair)} of {planned}" if planned else f"{held(pair)}"


def _entries(ground: Ground) -> dict[str, Entry]:
    # Only here, as above.
    from rmsession.core.roster import entries_of

    return {each.pair.id: each for each in entries_of(ground.store().programme())}


def _pour_table(ground: Ground, pairs: Sequence[Together]) -> None:
    # Only here: no other list is a table.
    from rmsession.export.roster import table as made

    entries = _entries(ground)
    text = made(entries[each.id] for each in _by_wave(pairs) if each.id in entries)
    pour(text if sys.stdout.isatty() else text.encode("utf-8", "replace"))


def _listing(pairs: Sequence[Together], now: datetime) -> Iterator[str]:
    short, in_order = shortest(each.id for each in pairs), _by_wave(pairs)
    rows = [_row(each, short[each.id], now) for each in in_order]
    columns = width()
    if columns is not None:
        fixed = sum(max(cells(row[place]) for row in rows) + len(GAP) for place in (0, 3, 4))
        room = max(columns - fixed - len(GAP), _LEAST_ROOM)
        rows = [(row[0], cut(row[1], room // 2), cut(row[2], room - room // 2), *row[3:]) for row in rows]
    before: UserText | None = None
    for each, line in zip(in_order, table(rows, right=(3,)), strict=True):
        wave = _wave(each)
        if before is None or not _same(before, wave):
            if before is not None:
                yield ""
            yield _headed(wave, sum(_same(_wave(one), wave) for one in pairs))
            before = wave
        yield line
        rhythm = cadence(each.sessions, now, each.rhythm)
        yield from (f"{' ' * cells(short[each.id])}{GAP}! {flag}" for flag in rhythm.flags)


def _headed(wave: UserText, count: int) -> str:
    pairs = f"{count} pair{'' if count == 1 else 's'}"
    if not wave:
        return f"No wave: {pairs}"
    return f"{wave.line}: {pairs}" if "wave" in wave.raw.casefold() else f"Wave {wave.line}: {pairs}"


def _row(pair: Together, short: str, now: datetime) -> tuple[str, ...]:
    return short, pair.mentor.line, pair.mentee.line, held_of_planned(pair), _state(pair, now)


def _state(pair: Together, now: datetime) -> str:
    """Since when it has run, or when it ended."""
    arranged = pair.arrangement
    if arranged and arranged.ended:
        early = ", early" if arranged.early else ""
        word = "ended" if arranged.ended <= now.date() else "ends"
        return f"{word} {arranged.ended}{early}"
    last = cadence(pair.sessions, now).last
    if last:
        return f"last met {last}"
    if arranged and arranged.starts:
        return f"{'starts' if arranged.starts >= now.date() else 'not met, was to start'} {arranged.starts}"
    return "not met yet"


def _by_wave(pairs: Sequence[Together]) -> list[Together]:
    """By the wave's name, those without one last; within one by the mentee's name."""
    return sorted(
        pairs,
        key=lambda each: (not _wave(each), _plain(_wave(each)), each.mentee.raw.casefold(), each.mentor.raw.casefold()),
    )


def _wave(pair: Together) -> UserText:
    return pair.arrangement.wave if pair.arrangement else UserText()


def _same(one: UserText, other: UserText) -> bool:
    return _plain(one) == _plain(other)


def _plain(wave: UserText) -> str:
    return " ".join(wave.raw.casefold().split())

"""The next date: when each pair meets again, and what became of the date that was agreed."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import click

from rmsession.cli.ground import Ground, NothingMatched, Refused, pass_ground
from rmsession.cli.pairs import Together, pair_named, pairs_of, rhythms, several
from rmsession.cli.talk import GAP, complain, cut, say, say_json, table, width
from rmsession.core.cadence import Agreed, agreed, cadence, unless_changed
from rmsession.core.columns import cells
from rmsession.core.commands import Command, SetNextDate
from rmsession.core.commands_between import SettleNextDate
from rmsession.core.decision import Refusal
from rmsession.core.meeting import dated, far, on_clock, read_meeting, zone_info
from rmsession.core.terms import Fate
from rmsession.core.text import UserText, clean
from rmsession.settings import zone_of

_AGREED = "agreed"
_WORDS = (*(fate.value for fate in Fate), _AGREED)
_LEAST_ROOM = 12
_HOW = "held, moved DATE [TIME], cancelled, or agreed DATE TIME"


@click.command(
    "next",
    epilog="""\b
    Examples:
      rmsession next                         when each pair meets next, and what gives cause to ask
      rmsession next held                    the date was held; with several pairs say --pair Alex
      rmsession next moved thu 15:00         it is another day now; without a time it keeps its own
      rmsession next cancelled               it fell through
      rmsession next agreed +2w 15:00        a new date
    """,
)
@click.argument("words", nargs=-1, metavar="[held | moved DATE [TIME] | cancelled | agreed DATE TIME]")
@click.option("--pair", metavar="NAME", help="Whose: either person's name, or the beginning of the pair's id.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a pair.")
@pass_ground
def next_date(ground: Ground, *, words: tuple[str, ...], pair: str | None, as_json: bool) -> None:
    """Show or settle when each pair meets next.

    Below a pair stands what gives cause to ask: two dates cancelled in a row, or a gap of over one and a half of its
    usual intervals. Exit code 3 says that no date is agreed.

    DATE is a day as people say it: tue, tomorrow, +2w, 1 dec, 2026-12-01. TIME is 15:00 or 3pm.
    """
    known = rhythms(ground.store())
    everybody = pairs_of(ground.store().history(), known)
    for line in ground.store().troubles():
        complain(line)
    chosen = (pair_named(pair, everybody),) if pair is not None else everybody
    if words:
        one = _the_one(chosen)
        for line in _say_so(ground, one, words, alone=len(everybody) == 1):
            if not as_json:
                say(line)
        chosen = (
            Together(one.id, one.mentor, one.mentee, tuple(ground.store().history(pair=one.id)), known.get(one.id)),
        )
    now = _now(ground)
    if as_json:
        for each in chosen:
            say_json(_plain(each, now))
    elif words:
        for flag in cadence(chosen[0].sessions, now, chosen[0].rhythm).flags:
            say(f"! {flag}")
    elif chosen:
        for line in _listing(chosen, now):
            say(line)
    if not words and not any(agreed(each.sessions) for each in chosen):
        raise NothingMatched("no date is agreed: `rmsession next agreed tue 15:00` notes one")


def _the_one(pairs: Sequence[Together]) -> Together:
    if not pairs:
        raise NothingMatched("no pair has met yet: see `rmsession run`")
    if len(pairs) > 1:
        raise click.UsageError(f"Whose? There are {len(pairs)} pairs: say --pair and one of {several(pairs)}.")
    return pairs[0]


def _say_so(ground: Ground, pair: Together, words: Sequence[str], *, alone: bool) -> list[str]:
    """Keep what became of the date, or a new one; the lines that say what was understood."""
    word, typed, waits, now = words[0].lower(), " ".join(words[1:]), agreed(pair.sessions), _now(ground)
    if word not in _WORDS:
        raise click.UsageError(f"'{words[0]}' says nothing of a date: {_HOW}.")
    if word == _AGREED:
        return [_agree(ground, pair, typed, waits, now)]
    fate = Fate(word)
    if fate is not Fate.MOVED and typed:
        raise click.UsageError(f"'{typed}' says nothing more: `rmsession next {word}` is all.")
    if waits is None:
        raise NothingMatched(f"no date of {pair.said} waits for its fate: `rmsession next agreed tue 15:00` notes one")
    if fate is Fate.HELD and waits.days(now) > 0:
        raise Refused(f"{_moment(waits, now)} lies ahead: say so when it was held, or moved DATE")
    when = _moved_to(typed, waits, now) if fate is Fate.MOVED else None
    _keep(ground, waits.session, SettleNextDate(fate, when, waits.meeting.zone), now, waits)
    said = f"{word.title()}: {_moment(waits, now)}"
    match fate:
        case Fate.MOVED if when:
            return [f"{said}, to {dated(when)} ({clean(waits.meeting.zone)}), {far(when, now)}"]
        case Fate.CANCELLED:
            whose = "" if alone else f" --pair {shlex.quote(pair.mentee.line)}"
            return [said, f"Agree a new one: rmsession next{whose} agreed {_like(waits)}"]
        case _:
            return [said]


def _agree(ground: Ground, pair: Together, typed: str, waits: Agreed | None, now: datetime) -> str:
    if waits:
        raise Refused(f"{_moment(waits, now)} is agreed and not settled: say held, moved DATE or cancelled")
    session = next((each.id for each in pair.sessions if each.started), None)
    if session is None:
        raise NothingMatched(f"{pair.said} have not met yet: a date is agreed in a session, or after one")
    zone = zone_of(ground.settings)
    when = _read(typed, now, ZoneInfo(zone), None)
    _keep(ground, session, SetNextDate(when, zone), now, None)
    return f"Agreed: {dated(when)} ({zone}), {far(when, now)}"


def _moved_to(typed: str, waits: Agreed, now: datetime) -> datetime:
    """The new date, at the time of the old one unless another was typed, on a clock where the old one was agreed."""
    zone = zone_info(waits.meeting.zone) or waits.when.tzinfo or now.tzinfo
    return _read(typed, now, zone, waits)


def _read(typed: str, now: datetime, zone: tzinfo | None, waits: Agreed | None) -> datetime:
    if not typed:
        raise click.UsageError(f"To which date? `rmsession next {'moved' if waits else _AGREED} thu 15:00`.")
    heard = read_meeting(typed, now, zone or UTC, waits.when.time() if waits else None)
    if isinstance(heard, str):
        raise click.UsageError(f"'{typed}': {heard}")
    return heard


def _keep(ground: Ground, session: str, command: Command, now: datetime, waits: Agreed | None) -> None:
    # Only here: who only looks needs none of what decides.
    from rmsession.core.late import change

    me = UserText(ground.settings.me) if ground.settings.me else None
    store = ground.store()
    fact = change(store, session, unless_changed(waits, command), now, me=me, device=store.device)
    if isinstance(fact, Refusal):
        raise Refused(f"nothing was changed: {fact.why}")


def _listing(pairs: Sequence[Together], now: datetime) -> list[str]:
    """A line for each pair, who meets soonest first, and below it what gives cause to ask."""
    in_order = sorted(pairs, key=lambda each: _soonest(each, now))
    rows = [(each.said, *_row(agreed(each.sessions), now)) for each in in_order]
    columns = width()
    if columns is not None:
        room = max(columns - sum(max(cells(row[place]) for row in rows) + len(GAP) for place in (1, 2)), _LEAST_ROOM)
        rows = [(cut(row[0], room), *row[1:]) for row in rows]
    lines = []
    for each, line in zip(in_order, table(rows), strict=True):
        waits = agreed(each.sessions)
        asks = [f"{GAP}? held, moved or cancelled?"] if waits and waits.days(now) <= 0 else []
        lines += [line, *asks, *(f"{GAP}! {flag}" for flag in cadence(each.sessions, now, each.rhythm).flags)]
    return lines


def _soonest(pair: Together, now: datetime) -> tuple[bool, float]:
    waits = agreed(pair.sessions)
    return waits is None, (waits.when - now).total_seconds() if waits else 0.0


def _row(waits: Agreed | None, now: datetime) -> tuple[str, str]:
    if waits is None:
        return "no date agreed", ""
    return _moment(waits, now), far(waits.when, now)


def _moment(waits: Agreed, now: datetime) -> str:
    """``Tue 1 Dec 2026, 15:00 (Europe/Berlin)``; what that is here where it is another time."""
    when = waits.when
    here = on_clock(when, now.tzinfo or UTC)
    there = f"{dated(when)} ({clean(waits.meeting.zone)})"
    if here.utcoffset() == when.utcoffset():
        return there
    return f"{there}, here {here:%H:%M}" if here.date() == when.date() else f"{there}, here {here:%a %H:%M}"


def _like(waits: Agreed) -> str:
    """Words for the same weekday and time, as an example."""
    return f"{waits.when:%a} {waits.when:%H:%M}".lower()


def _plain(pair: Together, now: datetime) -> dict[str, Any]:
    waits, rhythm = agreed(pair.sessions), cadence(pair.sessions, now, pair.rhythm)
    return {
        "pair": pair.id,
        "mentor": pair.mentor.raw,
        "mentee": pair.mentee.raw,
        "session": waits.session if waits else None,
        "when": waits.when.isoformat() if waits else None,
        "zone": waits.meeting.zone if waits else None,
        "days": waits.days(now) if waits else None,
        "last": rhythm.last.isoformat() if rhythm.last else None,
        "interval_days": rhythm.interval,
        "flags": list(rhythm.flags),
    }


def _now(ground: Ground) -> datetime:
    return datetime.now(ZoneInfo(zone_of(ground.settings)))

"""pair show: everything that is known of one pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import click

from rmsession.cli.ground import Ground, now_here, pass_ground
from rmsession.cli.pair_choice import pair_meant
from rmsession.cli.pair_list import held_of_planned, plain
from rmsession.cli.pairs import Together
from rmsession.cli.spelled import spelled
from rmsession.cli.talk import GAP, complain, cut, say, say_json, table, width
from rmsession.core.cadence import agreed, cadence
from rmsession.core.columns import cells
from rmsession.core.fold import session_of
from rmsession.core.goals import Goal, goals_of
from rmsession.core.meeting import dated, far
from rmsession.core.pair_fields import Entry
from rmsession.core.pair_words import arranged, person_said
from rmsession.core.text import clean

_LEAST_ROOM = 12


@click.command(
    epilog="""\b
    Examples:
      rmsession pair show kim
      rmsession pair show 7c1e --json
    """
)
@click.argument("pair", metavar="PAIR")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_ground
def show(ground: Ground, *, pair: str, as_json: bool) -> None:
    """Show everything that is known of a pair.

    Who they are, how they mean to work, how far they are, and what gives cause to ask.

    PAIR is the name of either person, or the beginning of the pair's id.
    """
    together, entry = pair_meant(ground, pair)
    for line in ground.store().troubles(fresh=False):
        complain(line)
    now = now_here(ground)
    waiting = sum(each.open_actions for each in together.sessions)
    goals = _goals(ground, together)
    if as_json:
        say_json(plain(together, entry, now) | {"open_actions": waiting, "goals": [spelled(each) for each in goals]})
        return
    for line in _told(together, entry, waiting, now):
        say(line)
    for line in _scored(goals):
        say(line)


def _goals(ground: Ground, pair: Together) -> tuple[Goal, ...]:
    """What the pair's sessions named and scored, those that both may see."""
    store = ground.store()
    return goals_of(session_of(store.load(each.id)) for each in pair.sessions)


def _scored(goals: Sequence[Goal]) -> Iterator[str]:
    """Each goal with the score that it began with and the one that it has."""
    if not goals:
        return
    yield ""
    yield "Goals"
    rows = [(f"  {_score(each.start)} → {_score(each.now)}", each.text.line, f"{each.when or ''}") for each in goals]
    columns = width()
    if columns is not None:
        room = columns - sum(max(cells(row[place]) for row in rows) + len(GAP) for place in (0, 2))
        rows = [(row[0], cut(row[1], max(room, _LEAST_ROOM)), row[2]) for row in rows]
    yield from table(rows)


def _score(score: int | None) -> str:
    return "–" if score is None else f"{score}"


def _told(together: Together, entry: Entry, waiting: int, now: datetime) -> Iterator[str]:
    yield f"{entry.pair.mentor.name.line} mentors {entry.pair.mentee.name.line}"
    yield ""
    rhythm = cadence(together.sessions, now, entry.arrangement.rhythm)
    last = f", the last on {rhythm.last}" if rhythm.last else ""
    waits = agreed(together.sessions)
    facts = [
        ("id", together.id),
        ("mentor", person_said(entry.pair.mentor, entry.mentor)),
        ("mentee", person_said(entry.pair.mentee, entry.mentee)),
        *arranged(entry.arrangement),
        ("held", f"{held_of_planned(together)}{last}"),
        *([("next", f"{dated(waits.when)} ({clean(waits.meeting.zone)}), {far(waits.when, now)}")] if waits else []),
        ("actions", f"{waiting} open"),
    ]
    yield from table(facts)
    yield from (f"! {flag}" for flag in rhythm.flags)

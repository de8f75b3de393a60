"""outcome: what a programme came to, each entry with its day and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from rmsession.cli.ground import Ground, NothingMatched, pass_ground
from rmsession.cli.outcome_choice import entry_named, now_said, past_day, person_named
from rmsession.cli.outcome_log import agree, change, edit
from rmsession.cli.spelled import spelled
from rmsession.cli.talk import complain, say, say_json, table
from rmsession.core.change_log import doubtful, standing
from rmsession.core.idents import shortest
from rmsession.core.outcomes import Change, Milestone, Step, contradicted, same_said
from rmsession.core.programme import Person
from rmsession.core.text import UserText

if TYPE_CHECKING:
    from rmsession.core.programme import Programme

_AGREED = {0: "agreed by nobody yet", 1: "agreed by the {}", 2: "agreed by both"}


@click.group(
    epilog="""\b
    Examples:
      rmsession outcome promoted "Sam Reed" --on 2026-05-04 --source "HR, list of May"
      rmsession outcome promoted "Kim Lee" --not --on 2026-10-01 --source "HR, list of October"
      rmsession outcome change Sam "Answer customers where they ask" --changed "Claims replies on two networks"
      rmsession outcome agree 7c1e --both
    """
)
def outcome() -> None:
    """Keep what came of it: promotions, who stayed, what changed.

    The report counts them, with their days and sources. What is not known counts as not known, never as no.
    """


def _step(step: Step, words: str) -> Callable[..., None]:
    """A command that keeps one step of somebody's career, or that it had not happened."""

    @outcome.command(step.value, help=words)
    @click.argument("person", metavar="NAME")
    @click.option("--on", metavar="DATE", help="When; with --not the day on which it was looked up. [default: today]")
    @click.option("--source", metavar="WHO", required=True, help="Who or what says so.")
    @click.option("--not", "negative", is_flag=True, help="By that day it had not happened.")
    @pass_ground
    def command(ground: Ground, *, person: str, on: str | None, source: str, negative: bool) -> None:
        known = ground.store().programme()
        who = person_named(known, person)
        day = past_day(ground, on)
        kept = Milestone(
            str(uuid4()), who.id, step, not negative, day, UserText(" ".join(source.split())), revised=now_said()
        )
        if not kept.source:
            raise click.UsageError("Say who or what says so: --source WHO.")
        if same := same_said(known.milestones, kept):
            say(f"That is kept already, as {same.id[:8]}: {_career(same, who)}")
            return
        ground.store().keep_known([kept])
        say(f"Kept: {_career(kept, who)}")
        for each in contradicted(known.milestones, kept):
            complain(
                f"but {each.id[:8]} says: {_career(each, who)}. While both stand the promotion counts; take the wrong "
                f"one back: rmsession outcome withdraw {kept.id[:8]}, or {each.id[:8]}"
            )

    return command


_step(
    Step.PROMOTED,
    """Keep that somebody was promoted, or with --not that by then they were not.

    The first promotion since somebody began decides whether it was within 12 months, however many follow and
    whatever was looked up besides. Nobody counts before their 12 months are over.""",
)
_step(
    Step.RETAINED,
    """Keep that somebody is still in the organisation, or with --not that they left.

    Of several the latest day counts.""",
)
for _each in (change, edit, agree):
    outcome.add_command(_each)


@outcome.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line an entry.")
@pass_ground
def list_outcomes(ground: Ground, *, as_json: bool) -> None:
    """List everything that is kept, the earliest first; the change log behind the careers."""
    known = ground.store().programme()
    careers = sorted((each for each in known.milestones if not each.withdrawn), key=lambda each: (each.on, each.id))
    entries = standing(known.changes)
    every: list[Milestone | Change] = [*careers, *entries]
    if not every:
        raise NothingMatched("nothing is kept yet: see `rmsession outcome --help`")
    short = shortest(each.id for each in every)
    if as_json:
        for it in every:
            say_json(_plain(it))
        return
    people = {each.id: each for each in known.people}
    rows = [(short[each.id], f"{each.on}", _career(each, people.get(each.person))) for each in careers]
    for line in table(rows) if rows else ():
        say(line)
    if careers and entries:
        say()
    for entry in entries:
        for line in _entry(entry, short[entry.id], known):
            say(line)


@outcome.command("withdraw")
@click.argument("entry", metavar="ID")
@pass_ground
def withdraw(ground: Ground, *, entry: str) -> None:
    """Take an entry back that was wrong.

    ID is the beginning of its id, as `rmsession outcome list` shows it.
    """
    known = ground.store().programme()
    careers = (each for each in known.milestones if not each.withdrawn)
    every: list[Milestone | Change] = [*careers, *standing(known.changes)]
    it = entry_named(entry, every)
    people = {each.id: each for each in known.people}
    ground.store().keep_known([replace(it, withdrawn=True, revised=now_said())])
    words = _career(it, people.get(it.person)) if isinstance(it, Milestone) else it.idea.line
    say(f"Taken back, and in no report from now on: {words}")


def _career(it: Milestone, who: Person | None) -> str:
    name = who.name.line if who else it.person[:8]
    match it.step, it.happened:
        case Step.PROMOTED, True:
            words = f"{name} was promoted on {it.on}"
        case Step.PROMOTED, False:
            words = f"{name} had not been promoted by {it.on}"
        case Step.RETAINED, True:
            words = f"{name} was still in the organisation on {it.on}"
        case _:
            words = f"{name} had left the organisation by {it.on}"
    return f"{words} ({it.source.line})"


def _entry(it: Change, short: str, known: Programme) -> Iterator[str]:
    pair = next((each for each in known.pairs if each.id == it.pair), None)
    whose = f"{pair.mentor.name.line}, {pair.mentee.name.line}" if pair else it.pair[:8]
    agreed = _AGREED[len(it.agreed)].format(it.agreed[0].value if it.agreed else "")
    yield f"{short}  {it.on}  {whose}: {agreed}"
    rows = [("idea", it.idea.line), ("answer", it.answer.line), ("changed", it.changed.line)]
    yield from (f"    {line}" for line in table([row for row in rows if row[1]]))
    yield from (f"    ! {line}" for line in doubtful(it))


def _plain(it: Milestone | Change) -> dict[str, Any]:
    kind = "change" if isinstance(it, Change) else "milestone"
    return {"kind": kind, **spelled(it)}

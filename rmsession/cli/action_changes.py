"""Changing action items from the command line: done, dropped, handed over, another date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from rmsession.cli.action_choice import chosen, me_here
from rmsession.cli.action_lines import Eyes, said, sheet
from rmsession.cli.ground import Ground, Refused, now_here, pass_ground
from rmsession.cli.talk import complain, say
from rmsession.core.action_list import owner_named
from rmsession.core.commands import Command, Drop, Finish, ReopenAction
from rmsession.core.decision import Refusal
from rmsession.core.due import read_due, shown
from rmsession.core.fold import session_of
from rmsession.core.late import change, hand_over, new_date
from rmsession.core.lists import ActionItem
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText, clean

_NO_DATE = {"none", "no date", "-"}
"""What takes a due date away."""


@click.command(
    epilog="""\b
    Examples:
      rmsession done 7c1e 03ab               two are done
      rmsession done --reopen 7c1e           one is not done after all
    """
)
@click.argument("actions", metavar="ID…", nargs=-1, required=True)
@click.option("--reopen", is_flag=True, help="They wait again.")
@click.option("--private", is_flag=True, help="Show private ones in the answer; else they are dots.")
@pass_ground
def done(ground: Ground, *, actions: tuple[str, ...], reopen: bool, private: bool) -> None:
    """Mark action items done, or open again.

    A session that runs meanwhile shows it within seconds.

    ID is the beginning of an action's id, as `rmsession actions` shows it.
    """
    # All are found before the first is marked: a mistyped one leaves nothing half done.
    for item in chosen(ground, actions, settled=reopen, private=private):
        _make(ground, item, _reopened if reopen else _finished, private=private)


@click.command(
    epilog="""\b
    Examples:
      rmsession action 7c1e                  all that is known of one
      rmsession action 7c1e --to sam         hand it over
      rmsession action 7c1e --due fri        give it another date; “none” takes it away
      rmsession action 7c1e --drop "no longer needed"
    """
)
@click.argument("actions", metavar="ID…", nargs=-1, required=True)
@click.option("--done", "finish", is_flag=True, help="It is done.")
@click.option("--reopen", is_flag=True, help="It waits again.")
@click.option("--drop", metavar="WHY", help="It will not be done, and why.")
@click.option("--to", "owner", metavar="NAME", help="Somebody else does it; “me” is you.")
@click.option("--due", metavar="DATE", help="Another date: fri, +3d, 1 dec, 2026-12-01, none.")
@click.option("--private", is_flag=True, help="Show private ones in the answer; else they are dots.")
@pass_ground
def action(
    ground: Ground,
    *,
    actions: tuple[str, ...],
    finish: bool,
    reopen: bool,
    drop: str | None,
    owner: str | None,
    due: str | None,
    private: bool,
) -> None:
    """Show one action item, or change it.

    A change is kept as a fact of its session; what stood there before stays in the record.

    ID is the beginning of an action's id, as `rmsession actions` shows it.
    """
    if finish + reopen + (drop is not None) > 1:
        raise click.UsageError("--done, --reopen and --drop say different things: give one of them.")
    steps: list[Step] = [_reopened] if reopen else []
    steps += [_handed_over(ground, owner)] if owner is not None else []
    steps += [_due(due, now_here(ground).date())] if due is not None else []
    steps += [_finished] if finish else [_dropped(drop)] if drop is not None else []
    for item in chosen(ground, actions, settled=reopen, private=private):
        for step in steps:
            _make(ground, item, step, private=private)
        if not steps:
            _show(ground, item, private=private)
        elif item.status is not ActionStatus.OPEN and not (finish or reopen or drop is not None):
            ident = item.capture[:8]
            complain(f"{ident} is {item.status.value}: `rmsession action {ident} --reopen` has it wait again")


Step = Callable[[Session, Capture], tuple[str, Command] | Refusal]
"""What is asked of one action item, and the words that tell it once it happened."""


def _finished(_: Session, capture: Capture) -> tuple[str, Command]:
    """It is done."""
    return "Done", Finish(capture.id)


def _reopened(_: Session, capture: Capture) -> tuple[str, Command]:
    """It waits again."""
    return "Open again", ReopenAction(capture.id)


def _dropped(why: str) -> Step:
    return lambda _, capture: ("Dropped", Drop(capture.id, UserText(why.strip())))


def _handed_over(ground: Ground, typed: str) -> Step:
    if not typed.strip():
        raise click.UsageError("Say to whom: --to NAME.")
    me = me_here(ground)

    def step(session: Session, capture: Capture) -> tuple[str, Command]:
        owner = owner_named(typed, (session.pair.mentor.name, session.pair.mentee.name), me)
        return f"Handed over to {owner.line}", hand_over(capture, owner)

    return step


def _due(typed: str, today: date) -> Step:
    day = read_due(typed, today)
    if day is None and typed.strip().casefold() not in _NO_DATE:
        raise click.UsageError(f"{clean(typed)!r} is not one day: say fri, +3d, 1 dec, 2026-12-01, or none.")
    words = f"Due {shown(day, today)}" if day else "Without a date"
    return lambda _, capture: (words, new_date(capture, day))


def _make(ground: Ground, item: ActionItem, step: Step, *, private: bool) -> None:
    """Keep the fact; the session may be open in another program, which takes it in. Raises `Refused`."""
    told: list[str] = []

    def ask(session: Session) -> Command | Refusal:
        capture = session.captures.get(item.capture)
        answer = step(session, capture) if capture else Refusal("That line is no longer there.")
        if isinstance(answer, Refusal):
            return answer
        told.append(answer[0])
        return answer[1]

    store = ground.store()
    kept = change(store, item.session, ask, now_here(ground), me=me_here(ground), device=store.device)
    if isinstance(kept, Refusal):
        raise Refused(f"{item.capture[:8]} stays as it is: {kept.why}")
    words = told[0] if private or not item.private else told[0].partition(" to ")[0]
    say(f"{words}: {said(item, private=private)}")


def _show(ground: Ground, item: ActionItem, *, private: bool) -> None:
    session = session_of(ground.store().load(item.session))
    now = now_here(ground)
    eyes = Eyes(now.date(), now.tzinfo, private, {})
    for line in sheet(item, session, eyes):
        say(line)

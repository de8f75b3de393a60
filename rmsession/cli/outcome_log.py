"""The business-change log: written, mended and agreed to."""

from __future__ import annotations

from uuid import uuid4

import click

from rmsession.cli.action_choice import me_here
from rmsession.cli.ground import Ground, Refused, pass_ground
from rmsession.cli.outcome_choice import entry_named, now_said, past_day
from rmsession.cli.pairs import Together, pair_named
from rmsession.cli.talk import complain, say
from rmsession.core.change_log import agreed_by, disagreed_by, doubtful, reworded, standing
from rmsession.core.outcomes import Change
from rmsession.core.programme import same_name
from rmsession.core.terms import Role
from rmsession.core.text import UserText


@click.command(
    epilog="""\b
    Examples:
      rmsession outcome change Sam "Answer customers where they ask"
      rmsession outcome change Sam "Let staff post" --answer "A trial first" --changed "The policy allows it since May"
    """
)
@click.argument("pair", metavar="PAIR")
@click.argument("idea")
@click.option("--answer", metavar="TEXT", default="", help="What the leader said to it.")
@click.option("--changed", metavar="TEXT", default="", help="What is different now: an updated policy, say.")
@click.option("--on", metavar="DATE", help="When it changed. [default: today]")
@click.option("--session", metavar="ID", help="The session in which the idea came up.")
@pass_ground
def change(
    ground: Ground, *, pair: str, idea: str, answer: str, changed: str, on: str | None, session: str | None
) -> None:
    """Write an entry of the business-change log.

    It is written for the report, and read there by others: it leaves once both of the pair agreed to its words, with
    `rmsession outcome agree`. PAIR is the name of either person, or the beginning of the pair's id.
    """
    store = ground.store()
    entry = Change(
        str(uuid4()),
        _pair(ground, pair).id,
        past_day(ground, on),
        UserText(idea.strip()),
        UserText(answer.strip()),
        UserText(changed.strip()),
        session=store.resolve(session) if session else None,
        revised=now_said(),
    )
    if not entry.idea.line.strip():
        raise click.UsageError("Say what was suggested: an entry begins with the idea.")
    store.keep_known([entry])
    say(f"Kept as {entry.id[:8]}. It leaves with no report before both agreed: rmsession outcome agree {entry.id[:8]}")
    _doubt(entry)


@click.command()
@click.argument("entry", metavar="ID")
@click.option("--idea", metavar="TEXT", help="What was suggested.")
@click.option("--answer", metavar="TEXT", help="What the leader said to it.")
@click.option("--changed", metavar="TEXT", help="What is different now.")
@click.option("--on", metavar="DATE", help="When it changed.")
@pass_ground
def edit(
    ground: Ground, *, entry: str, idea: str | None, answer: str | None, changed: str | None, on: str | None
) -> None:
    """Mend an entry of the log; whoever agreed to it before is to be asked anew.

    ID is the beginning of its id, as `rmsession outcome list` shows it.
    """
    before = _entry(ground, entry)
    words = {
        name: None if typed is None else UserText(typed.strip())
        for name, typed in (("idea", idea), ("answer", answer), ("changed", changed))
    }
    after = reworded(before, now_said(), on=past_day(ground, on) if on else None, **words)
    if not after.idea.line.strip():
        raise click.UsageError("An entry begins with the idea: take it back with `rmsession outcome withdraw` instead.")
    if after is before:
        say("Nothing was changed.")
        return
    ground.store().keep_known([after])
    say("Changed." + (" Both are to be asked again whether it may be told." if before.agreed else ""))
    _doubt(after)


@click.command()
@click.argument("entry", metavar="ID")
@click.option("--as", "role", type=click.Choice([each.value for each in Role]), help="Whose word it is, if not yours.")
@click.option("--both", is_flag=True, help="Both say so.")
@click.option("--not", "negative", is_flag=True, help="Take that back: it is not to be told, or not any more.")
@pass_ground
def agree(ground: Ground, *, entry: str, role: str | None, both: bool, negative: bool) -> None:
    """Say that an entry may be told as it stands; it leaves once mentor and mentee have.

    With --not it leaves no more: the pair's next `rmsession share --figures` is without it. ID is the beginning of its
    id, as `rmsession outcome list` shows it.
    """
    if both and role:
        raise click.UsageError("--both and --as say different things: give one of them.")
    before = _entry(ground, entry)
    roles = tuple(Role) if both else (Role(role) if role else _role_here(ground, before),)
    after = (disagreed_by if negative else agreed_by)(before, roles, now_said())
    if after is not before:
        ground.store().keep_known([after])
    if negative:
        say("It leaves no more." if after is not before else "That was not agreed to.")
        return
    missing = [each.value for each in Role if each not in after.agreed]
    said = f"The {missing[0]} has not agreed yet." if missing else "Both agreed: it goes into the report."
    say(said if after is not before else f"That was said before. {said}")
    _doubt(after)


def _pair(ground: Ground, name: str) -> Together:
    """The pair that is meant, whether it has met or not. Raises `NothingMatched`."""
    known = ground.store().programme().pairs
    return pair_named(name, [Together(each.id, each.mentor.name, each.mentee.name, ()) for each in known])


def _entry(ground: Ground, prefix: str) -> Change:
    return entry_named(prefix, standing(ground.store().programme().changes))


def _role_here(ground: Ground, entry: Change) -> Role:
    """The side on which whoever sits here is. Raises `Refused` where that is not known."""
    pair = next((each for each in ground.store().programme().pairs if each.id == entry.pair), None)
    me = me_here(ground)
    if pair and me:
        for role, person in ((Role.MENTOR, pair.mentor), (Role.MENTEE, pair.mentee)):
            if same_name(person.name, me):
                return role
    raise Refused("whose word that is cannot be told: say --as mentor, --as mentee or --both")


def _doubt(entry: Change) -> None:
    """Tell what arithmetic says against figures in it: a report is believed whole or not at all."""
    for line in doubtful(entry):
        complain(f"{line} Mend it: rmsession outcome edit {entry.id[:8]}")

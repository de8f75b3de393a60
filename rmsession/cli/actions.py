"""The list of action items: what was promised, by whom, until when, and what became of it."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import json

import click

from rmsession.cli.action_choice import owner_meant, pair_meant, pairs_of
from rmsession.cli.action_lines import Eyes, listing, plain
from rmsession.cli.ground import Ground, NothingMatched, pass_ground, today_here, zone_here
from rmsession.cli.open_actions import ORDER, list_open
from rmsession.cli.talk import complain, pour, tell
from rmsession.core.action_list import (
    Group,
    due_words,
    group_of,
    is_owned_by,
    owners,
)
from rmsession.core.idents import shortest


@click.command(
    epilog="""\b
    Examples:
      rmsession actions                      all of them, what is overdue first
      rmsession actions --open --owner me    what I promised
      rmsession actions --pair alex          of the sessions with one person
      rmsession actions --open --json | jq -r .text
      rmsession done 7c1e                    one is done
    """
)
@click.option("--open", "only_open", is_flag=True, help="Only those that wait to be done.")
@click.option("--overdue", is_flag=True, help="Only those whose date has passed.")
@click.option("--owner", metavar="NAME", help="Only theirs; the beginning of a name is enough, “me” is you.")
@click.option("--pair", metavar="NAME|ID", help="Only of this mentor's or mentee's sessions.")
@click.option("--private", is_flag=True, help="Show private ones too; else they are dots.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line an action.")
@pass_ground
def actions(
    ground: Ground,
    *,
    only_open: bool,
    overdue: bool,
    owner: str | None,
    pair: str | None,
    private: bool,
    as_json: bool,
) -> None:
    """List action items of all sessions, or of a pair's.

    Open ones first, the overdue before the others; then those done, dropped or split.
    """
    if only_open and not (overdue or as_json or owner or pair):
        list_open(ground, private=private)
        return
    store, today = ground.store(), today_here(ground)
    of = pair_meant(ground, pair) if pair is not None else None
    found = store.open_actions(pair=of) if only_open or overdue else store.actions(pair=of)
    # What is private must not be told by which filter it passes.
    items = [each for each in found if private or not each.private] if overdue or owner is not None else list(found)
    if overdue:
        items = [each for each in items if group_of(each, today) is Group.OVERDUE]
    if owner is not None:
        name = owner_meant(ground, owner, owners(items))
        items = [each for each in items if is_owned_by(each, name)]
    items.sort(key=lambda each: ORDER[group_of(each, today, apart=not private)])
    for line in store.troubles(fresh=False):
        complain(line)
    if not items and (overdue or pair is not None or (only_open and store.actions())):
        raise NothingMatched("no action item is so: `rmsession actions` lists all of them")
    if not items:
        raise NothingMatched("no action items yet: in a session, `@name what by friday` makes one")
    several = as_json or len({each.pair for each in items}) > 1
    known = pairs_of(ground, {each.pair for each in items}) if several else {}
    eyes = Eyes(today, zone_here(ground), private, known)
    if as_json:
        pour("".join(f"{json.dumps(plain(each, eyes))}\n" for each in items))
    else:
        # At once: each line written by itself would take a tenth of a second in a list of thousands.
        # Only here: what is open lies ready, and is shown without what makes columns.
        from rmsession.core.tabling import action_columns

        stands = [due_words(each, today) for each in items]
        short = shortest(each.capture for each in found)
        tell(listing(action_columns(items, short), stands, eyes))

"""Commands on sessions that are kept: list, show, delete."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import json
import sys

import click

from rmsession.cli.ground import Exit, Ground, pass_ground
from rmsession.cli.idents import complete_id
from rmsession.cli.session_list import list_all
from rmsession.cli.spelled import spelled
from rmsession.cli.summaries import delete_warning
from rmsession.cli.talk import complain, pour, say


@click.command(
    "list",
    epilog="""\b
    Examples:
      rmsession list
      rmsession list --json | jq -r .id
    """,
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a session.")
@pass_ground
def list_sessions(ground: Ground, *, as_json: bool) -> None:
    """List all sessions, the newest first.

    Below them stands what gives cause to ask after a pair; `rmsession next` tells more.
    """
    if not as_json:
        list_all(ground)
        return
    store = ground.store()
    kept = store.history()
    for line in store.troubles(fresh=False):
        complain(line)
    pour("".join(f"{json.dumps(spelled(each))}\n" for each in kept))


@click.command(
    epilog="""\b
    Examples:
      rmsession show 7c1e
      rmsession show 7c1e --private
    """
)
@click.argument("session", metavar="ID", shell_complete=complete_id)
@click.option("--private", is_flag=True, help="Show private lines and titles too; else they are dots.")
@pass_ground
def show(ground: Ground, *, session: str, private: bool) -> None:
    """Show one session.

    Who, when, what was captured in each topic, and what the session still waits for.

    ID is the beginning of an id, as `rmsession list` shows it.
    """
    # Only here: lists fold no session.
    from rmsession.cli.sheets import sheet
    from rmsession.core.fold import session_of

    store = ground.store()
    for line in sheet(session_of(store.load(store.resolve(session))), private=private):
        say(line)


@click.command(
    epilog="""\b
    Examples:
      rmsession delete 7c1e
      rmsession delete 7c1e --yes
    """
)
@click.argument("session", metavar="ID", shell_complete=complete_id)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_ground
def delete(ground: Ground, *, session: str, yes: bool) -> int:
    """Erase one session for good.

    With everything captured, the answers, and a draft under way.

    ID is the beginning of an id, as `rmsession list` shows it.
    """
    store = ground.store()
    whole = store.resolve(session)
    summary = next((each for each in store.history() if each.id == whole), None)
    for line in delete_warning(whole, summary):
        say(line)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("There is nobody here to ask: say --yes to erase it.")
        if not click.confirm("Erase it?"):
            say("Nothing was erased.")
            return Exit.OK
    store.delete(whole)
    say("Erased.")
    return Exit.OK

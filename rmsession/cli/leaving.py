"""The last words of a run that did not end by itself: what is kept, where the draft is, how to go on."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rmsession.cli.crash import tell
from rmsession.cli.ground import Exit
from rmsession.cli.talk import complain
from rmsession.core.idents import shortest
from rmsession.core.store import Store
from rmsession.core.store_errors import StoreError
from rmsession.settings import home_of

if TYPE_CHECKING:
    from rmsession.tui.launch import Launch, Ran


def ended(ran: Ran, launch: Launch) -> int:
    """The exit code, after saying what the person should know: what is not kept, and how to go on."""
    if ran.unkept:
        lines = "1 entry" if ran.unkept == 1 else f"{ran.unkept} entries"
        complain(f"{lines} could not be written to {launch.home}: mend that before the next session")
    if ran.left and launch.lasting and not launch.rehearse and (ran.code or ran.crash):
        complain(f"what was kept is kept{_draft(ran, ran.left, launch.home)}")
        complain(f"go on with: {_resuming(ran.left, launch)}")
    if ran.crash:
        tell(ran.crash, ran.crash.__traceback__, launch.home)
        return Exit.ERROR
    return ran.code


def _draft(ran: Ran, session: str, home: Path) -> str:
    """What became of what was being typed."""
    if ran.off_record:
        return "; what was being typed was off the record, and is kept nowhere"
    if not ran.drafted:
        return ", but not what was being typed"
    # Only here: this module is loaded for every command, and what the store rests on takes most of their time.
    from rmsession.store.walking import files_under

    try:
        draft = next(files_under(home / "sessions", lambda name: name.endswith(f"{session}.draft")), None)
    except StoreError:
        draft = None
    return f", and what was being typed is in {draft.path}" if draft else ""


def _resuming(session: str, launch: Launch) -> str:
    """The command that takes the session up, from where the person is."""
    elsewhere = launch.home != home_of(None, os.environ)
    return f"rmsession {f'--home {shlex.quote(str(launch.home))} ' if elsewhere else ''}run --resume " + _short(
        session, launch.store
    )


def _short(session: str, store: Store) -> str:
    try:
        return shortest(each.id for each in store.history()).get(session, session)
    except StoreError:
        return session  # the full id does as well, whatever has become of the disk

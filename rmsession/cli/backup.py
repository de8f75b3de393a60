"""backup and restore: one archive of everything, and back from it without undoing anything."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rmsession import __version__
from rmsession.cli.ground import Exit, Ground, NothingMatched, Refused, pass_ground
from rmsession.cli.restored import counted, editor_in, summary, when, wrong
from rmsession.cli.talk import complain, say, table
from rmsession.cli.targets import make_asked, target
from rmsession.core.fold import session_of
from rmsession.core.store_errors import StoreError
from rmsession.core.text import clean

if TYPE_CHECKING:
    from rmsession.store.folder import DataFolder
    from rmsession.store.restoring import Restored

_STEP: Final = 1000
"""From one unit of size to the next, as disks are sold."""


@click.command(
    epilog="""\b
    Examples:
      rmsession backup                       a file in this folder, named after the minute
      rmsession backup ~/safe/mentoring.zip
    """
)
@click.argument("file", required=False)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@pass_ground
def backup(ground: Ground, *, file: str | None, force: bool) -> int:
    """Put everything into one archive.

    Sessions, drafts, people, settings and your own agendas. It is read back before it is called a backup.

    Without a FILE: rmsession-backup-DATE-TIME.zip in this folder.
    """
    # Only here: what the store rests on takes a third of the time of commands that open none.
    from rmsession.store.backup import back_up
    from rmsession.store.disk import Disk

    now = datetime.now().astimezone()
    file = "." if file is None else file
    archive = target(file, f"rmsession-backup-{now:%Y-%m-%d-%H%M}.zip")
    _insist_free(archive, force=force)
    make_asked(file)
    folder, disk = _folder(ground), Disk()
    made = back_up(folder, archive, disk, made=now, program=__version__, agendas=_own_agendas(ground))
    say(str(archive))
    holds = [counted(made.sessions, "session"), *([counted(made.drafts, "draft")] if made.drafts else [])]
    say(f"{', '.join(holds)}, {_size(made.size)}; read back and verified.")
    say("It holds everything, private lines too: keep it where only you can read it.")
    for line in made.damaged:
        complain(f"{line}. In the backup it is as damaged as it is here")
    for line in made.left_out:
        complain(f"not in the backup: {line}")
    return Exit.ERROR if made.damaged or made.left_out else Exit.OK


@click.command(
    epilog="""\b
    Examples:
      rmsession restore rmsession-backup-2026-11-22-0117.zip --dry-run
      rmsession restore rmsession-backup-2026-11-22-0117.zip
      rmsession restore --list               past sessions as they stood before a change
    """
)
@click.argument("file", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--deleted", is_flag=True, help="Bring back sessions too that were deleted here.")
@click.option("--list", "listing", is_flag=True, help="List the snapshots, which are kept for 30 days.")
@pass_ground
def restore(ground: Ground, *, file: str | None, yes: bool, dry_run: bool, deleted: bool, listing: bool) -> int:
    """Bring back what a backup has and is missing here.

    Nothing that was kept since is lost, and what was redacted or deleted since stays so. It shows what would change,
    and asks.

    FILE is a backup, or a snapshot of one session as --list names it.
    """
    if listing == (file is not None):
        raise click.UsageError("Name a backup, or ask for the --list of snapshots.")
    if file is None:
        return _list_snapshots(_folder(ground))
    # Only here: what the store rests on takes a third of the time of commands that open none.
    from rmsession.store.comparing import source
    from rmsession.store.disk import Disk
    from rmsession.store.folder import folder_named
    from rmsession.store.restoring import Restoring

    with source(_named(ground, file)) as given:
        disk = Disk()
        folder = folder_named(ground.settings.home, disk)
        work = Restoring(folder, disk, given, deleted=deleted)
        told = work.look()
        if given.archive:
            manifest = given.archive.manifest
            say(f"A backup of {when(manifest.made)}, {counted(len(told.changes), 'session')}:")
        else:
            say("One session as it stood:")
        for line in summary(told):
            say(line)
        if "config.toml" in told.files and (editor := editor_in(given.read("config.toml"))):
            # It is run by `new`, and nobody can tell from an archive who made it.
            say(f"  The settings have agendas opened with: {editor}")
        if dry_run or not told.something:
            say("Nothing was changed." if told.something else "Nothing to bring back.")
        elif yes or _agreed():
            told = work.restore()
            say("Done.")
            for path in told.aside:
                say(f"The damaged file is kept as {path}")
        else:
            say("Nothing was changed.")
    return _complaints(told)


def _insist_free(target: Path, *, force: bool) -> None:
    """Refuse to write over a file unasked, or over what is none. Raises `Refused`."""
    # Looking first leaves a gap, but only to another backup of the same minute: the name is given by a rename.
    name = clean(str(target))
    try:
        mode = target.lstat().st_mode
    except OSError:
        return  # not there; or why it cannot be made is told when it is
    except ValueError as wrong:
        raise Refused(f"{name}: no file can be called that; name another") from wrong
    if not force:
        raise Refused(f"{name} is there already: name another file, or write over it with --force")
    if not stat.S_ISREG(mode):
        raise Refused(f"{name} is no ordinary file: name another")


def _folder(ground: Ground) -> DataFolder:
    """The data folder, if there is one: looking for something in it must not make it."""
    from rmsession.store.disk import Disk
    from rmsession.store.folder import folder_named

    if not ground.settings.home.is_dir():
        raise NothingMatched(f"There is nothing in {clean(str(ground.settings.home))} yet")
    return folder_named(ground.settings.home, Disk())


def _named(ground: Ground, file: str) -> Path:
    """The file that was named, which may be a snapshot's bare name."""
    # Only here, as in `backup`.
    from rmsession.export.files import place

    path, snapshot = place(file, ""), ground.settings.home / "snapshots" / Path(file).name
    there = os.path.exists(path) or not os.path.exists(snapshot)  # noqa: PTH110 - Path's raises for too long a name
    return path if file != snapshot.name or there else snapshot


def _own_agendas(ground: Ground) -> Sequence[Path]:
    """The person's agendas, if they lie in the data folder."""
    # Only here: no other command on sessions looks for agendas.
    from rmsession.reader.library import SUFFIXES

    folder = ground.settings.agendas
    if not folder.is_relative_to(ground.settings.home) or not folder.is_dir():
        return ()
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())


def _list_snapshots(folder: DataFolder) -> int:
    from rmsession.store.session_file import load
    from rmsession.store.snapshots import snapshots

    rows = []
    for each in snapshots(folder):
        try:
            title = session_of(record := load(each.path)).record.agenda.title.line
            facts = str(len(record.facts))
        except (StoreError, FileNotFoundError):
            title, facts = "cannot be read", "–"
        rows.append((when(each.made), title, facts, each.path.name))
    for line in table([("made", "session", "facts", "file"), *rows], right=(2,)) if rows else ():
        say(line)
    if not rows:
        say("No snapshots: no past session was changed in the last 30 days.")
    return Exit.OK


def _complaints(told: Restored) -> int:
    """Say what could not be restored; the exit code that says whether there was such a thing."""
    lines = [line for change in told.changes for line in wrong(change)] + told.refused
    for line in lines:
        complain(line)
    return Exit.ERROR if lines else Exit.OK


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("There is nobody here to ask: say --yes to restore it.")
    return click.confirm("Bring it back?")


def _size(size: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < _STEP:
            return f"{size:.0f} {unit}"
        size /= _STEP
    return f"{size:.1f} GB"

"""import: what the other one of the pair shared, a pair card, pairs or tasks come in; nothing is lost by it."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from rmsession.cli.action_choice import me_here
from rmsession.cli.differing import differing
from rmsession.cli.ground import Exit, Ground, Refused, now_here, pass_ground
from rmsession.cli.idents import complete_id
from rmsession.cli.talk import complain, say
from rmsession.core.decide import Now
from rmsession.core.decision import Refusal
from rmsession.core.fold import session_of
from rmsession.core.programme import person_here, same_name
from rmsession.core.record import Record, merge, new_facts
from rmsession.core.session import Session
from rmsession.core.store_errors import Conflict, NoSuchSession
from rmsession.core.text import clean

if TYPE_CHECKING:
    from rmsession.core.tasks import TasksTaken

_MARKDOWN = frozenset({".md", ".markdown", ".mdown"})
_LISTS = _MARKDOWN | {".txt", ".todo"}
_TABLES = frozenset({".csv", ".tsv"})


@click.command(
    "import",
    epilog="""\b
    Examples:
      rmsession import kick-off-shared.json --dry-run
      rmsession import kick-off-shared.json    what was shared with you, or ticked by the other one
      rmsession import todo.txt --into 7c1e    action items of that session
      rmsession import card-sam-reed-kim-lee-7c1e2f3a.json    a pair, from the programme lead
      rmsession import pairs.csv --dry-run     many pairs; `rmsession pair list --csv` writes such a table
    """,
)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Show what would come in, and change nothing.")
@click.option("--into", metavar="ID", shell_complete=complete_id, help="The session that takes a list of tasks in.")
@pass_ground
def import_(ground: Ground, *, file: str, dry_run: bool, into: str | None) -> int:
    """Take in what was shared, a card, pairs or tasks.

    A file of `rmsession share --data` merges with the session here: both sides keep what they have, what was erased on
    either is erased on both, and taking it in again changes nothing. A todo.txt or Markdown task list becomes action
    items of the session that --into names. A card of `rmsession pair card` makes its pair known here. The lines of a
    table of pairs (CSV) are added or change what they name: all of them, or none where one is refused.
    """
    # Only here: what the store rests on takes a third of the time of commands that open none.
    from rmsession.export.files import place
    from rmsession.store.share_file import is_share

    path = place(file, "")
    data = _bytes_of(path)
    _insist_no_figures(data, path)
    if is_share(data):
        return _share(ground, data, path, dry_run=dry_run, into=into)
    if _is_known(data, path):
        if into is not None:
            raise click.UsageError("--into is for lists of tasks: leave it out.")
        return _known(ground, data, path, dry_run=dry_run)
    if path.suffix.lower() not in _LISTS:
        name = clean(str(path))
        raise Refused(
            f"{name} is no file of `rmsession share --data`, no pair card, no table of pairs (.csv) and no task list "
            "(.md or .txt)"
        )
    if into is None:
        raise click.UsageError("Say into which session the tasks go: --into ID, as `rmsession list` shows it.")
    return _tasks(ground, data, path, into=into, dry_run=dry_run)


def _insist_no_figures(data: bytes, path: Path) -> None:
    """Raise `Refused` for what no machine takes in: a report reads it where it lies."""
    from rmsession.store.figures_file import is_figures

    if is_figures(data):
        name = clean(str(path))
        raise Refused(f"{name} holds a pair's figures: put it into a folder for `rmsession report --from FOLDER`")


def _is_known(data: bytes, path: Path) -> bool:
    """Whether it tells of pairs: a card, or a table of them, whatever it is called."""
    from rmsession.core.csv_rows import looks_like_table
    from rmsession.store.card_file import is_card

    if is_card(data) or path.suffix.lower() in _TABLES:
        return True
    return path.suffix.lower() not in _LISTS and looks_like_table(data)


def _known(ground: Ground, data: bytes, path: Path, *, dry_run: bool) -> int:
    from rmsession.store.card_file import is_card

    if is_card(data):
        from rmsession.cli.card_import import import_card

        return import_card(ground, data, path, dry_run=dry_run)
    from rmsession.cli.roster import import_roster

    return import_roster(ground, data, path, dry_run=dry_run)


def _bytes_of(path: Path) -> bytes:
    """What lies in an ordinary file, as far as any of these files goes. Raises `Refused`."""
    from rmsession.store.seal import opened
    from rmsession.store.share_file import LIMIT

    try:
        with opened(path) as file:
            return file.read(LIMIT + 1)
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or "no file can be called that"
        raise Refused(f"{clean(str(path))} cannot be read: {reason}. Name another file") from wrong


def _share(ground: Ground, data: bytes, path: Path, *, dry_run: bool, into: str | None) -> int:
    from rmsession.store.share_file import read

    record = read(data, path)
    store = ground.store()
    if into is not None and store.resolve(into) != record.id:
        raise Refused(f"{clean(str(path))} is of another session ({record.id[:8]}): leave --into out")
    try:
        here = store.load(record.id)
    except NoSuchSession:
        here = None
        _insist_not_deleted(ground, record)
    try:
        after = merge(here, record) if here else record
        session = session_of(after)
        for line in _told(session, here, after):
            say(line)
        if dry_run:
            say("Nothing was changed.")
        else:
            store.take_in(record)
            say("All of it is here." if new_facts(here, after) else "Nothing was changed.")
    except Conflict as wrong:
        raise Refused(
            f"{clean(str(path))} was not imported: it says something else of a fact that is here. Nothing was changed; "
            "ask for the file again"
        ) from wrong
    for line in differing(session, session_of(here) if here else None):
        say(line)
    _ask_who(ground, session)
    return Exit.OK


def _insist_not_deleted(ground: Ground, record: Record) -> None:
    """Raise `StoreError` for a session that somebody erased here: also before anything would be changed."""
    from rmsession.store.disk import Disk
    from rmsession.store.folder import folder_named
    from rmsession.store.ledger import Ledger, digest
    from rmsession.store.names import deleted_here

    disk = Disk()
    if digest(record.id) in Ledger(folder_named(ground.settings.home, disk), disk).entries():
        raise deleted_here(record)


def _told(session: Session, here: Record | None, after: Record) -> Iterator[str]:
    """What is new, in two lines."""
    from rmsession.cli.news import news
    from rmsession.export.when import sittings

    pair = session.pair
    day = next(sittings(session), "not started").partition(",")[0]
    yield f"{session.record.agenda.title.line}, {pair.mentor.name.line} with {pair.mentee.name.line}, {day}:"
    yield f"  {news(session, here, new_facts(here, after))}"


def _ask_who(ground: Ground, session: Session) -> None:
    """Say how to say who sits here, where nobody has: lists and ticks go by it."""
    me = me_here(ground)
    people = (session.pair.mentor.name, session.pair.mentee.name)
    if not me:
        complain(
            f"who sits here is not set: start `rmsession` once, or write me = {people[1].line!r} into "
            f"{ground.home / 'config.toml'}"
        )
    elif not any(same_name(me, each) for each in people):
        complain(f"neither of the two is called {me.line!r}, as whoever sits here is: see me in config.toml")


def _tasks(ground: Ground, data: bytes, path: Path, *, into: str, dry_run: bool) -> int:
    from rmsession.core.tasks import take_tasks
    from rmsession.reader.tasks import NoTasks, tasks_in

    markdown = path.suffix.lower() in _MARKDOWN or None
    try:
        tasks, problems = tasks_in(data, path.name, markdown=markdown)
    except NoTasks as wrong:
        raise Refused(str(wrong)) from wrong
    store = ground.store()
    session = session_of(store.load(store.resolve(into)))
    now, by = Now(session.last_at, now_here(ground)), person_here(session.pair, me_here(ground)).id
    taken = take_tasks(tasks, session, now, by=by, device=store.device, new_id=lambda: str(uuid4()))
    if isinstance(taken, Refusal):
        raise Refused(f"{clean(path.name)} was not imported: {taken.why}")
    for each in problems:
        complain(f"{clean(path.name)}:{each.line}: {each.message}; {each.mend}")
    if not dry_run and taken.facts:
        store.take_in(taken.record)
    say(_counts(taken, dry_run=dry_run))
    return Exit.OK


def _counts(taken: TasksTaken, *, dry_run: bool) -> str:
    added = "1 action item" if taken.added == 1 else f"{taken.added} action items"
    parts = [f"{added} taken in", f"{taken.settled} settled", f"{taken.known} there already"]
    return f"{', '.join(parts)}.{' Nothing was changed.' if dry_run or not taken.facts else ''}"

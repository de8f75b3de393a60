"""The command that writes sessions as files: one, or all of them."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from rmsession.cli.ground import Exit, Ground, Refused, pass_ground
from rmsession.cli.idents import complete_id
from rmsession.cli.talk import complain, pour, say
from rmsession.cli.targets import STDOUT, make_asked, target
from rmsession.core.fold import session_of

if TYPE_CHECKING:
    from rmsession.core.session import Session
    from rmsession.export.formats import Format

_FORMATS = ("md", "html", "csv", "ics", "json", "todotxt")
_SPELLINGS = ("github", "obsidian", "todotxt")
# The names in `rmsession.export.formats` once more, so that the help need not load it.


@click.command(
    epilog="""\b
    Examples:
      rmsession export 7c1e                  a file in this folder, named after the session
      rmsession export 7c1e -o ~/notes       such a file in that folder
      rmsession export 7c1e -o new/          the same in a folder that is made if it is missing
      rmsession export 7c1e -o minutes.md    that file
      rmsession export 7c1e -f html          a page to print or to send
      rmsession export 7c1e -f ics           the next meeting and due dates for a calendar
      rmsession export 7c1e -o - | less      the text
    \b
      rmsession export 7c1e --tasks github   its action items as a task list, and nothing else
      rmsession export 7c1e -f md --tasks obsidian    minutes that spell them so
    \b
      rmsession export --all -o ~/minutes    a file for each session
      rmsession export --all -f csv -o - > all.csv    one table of all
      rmsession export --all --pair alex -f json -o - one object a line, of one pair
    """
)
@click.argument("session", metavar="[ID]", required=False, shell_complete=complete_id)
@click.option("-f", "--format", "kind", type=click.Choice(_FORMATS), help="What to make; md unless said.")
@click.option(
    "--tasks",
    type=click.Choice(_SPELLINGS),
    help="Action items alone, spelled for GitHub, for Obsidian's plugin Tasks, or as todo.txt; with -f md, the "
    "minutes with them spelled so.",
)
@click.option("-o", "--output", metavar="FILE|FOLDER|-", help="Where to; - is the standard output. [default: .]")
@click.option("--all", "every", is_flag=True, help="Every session, oldest first: a file each in a folder, or joined.")
@click.option("--pair", metavar="NAME|ID", help="With --all: only this mentor's or mentee's sessions.")
@click.option("--private", is_flag=True, help="With private lines and topics; it then says which. Not for passing on.")
@click.option("--feedback", is_flag=True, help="With the answers to the feedback forms, as far as they may be shown.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@pass_ground
def export(
    ground: Ground,
    *,
    session: str | None,
    kind: str | None,
    tasks: str | None,
    output: str | None,
    every: bool,
    pair: str | None,
    private: bool,
    feedback: bool,
    force: bool,
) -> int:
    """Write a session as a file, or all of them.

    md and html are minutes; csv has times, action items and agreed dates, todotxt action items, ics dates, json
    everything. They hold shared lines only, unless you ask for more.

    Of all sessions the standard output takes md one after the other, csv as one table, ics as one calendar, json as
    one object a line, tasks as one list; html is a file each.

    ID is the beginning of an id, as `rmsession list` shows it.
    """
    # Only here: no other command makes or writes one.
    from rmsession.export.formats import Unfit, chosen

    if (session is None) != every:
        raise click.UsageError("Say which: the beginning of one session's id (see `rmsession list`), or --all.")
    if pair is not None and not every:
        raise click.UsageError("--pair goes with --all.")
    try:
        form = chosen(kind, tasks)
    except Unfit as wrong:
        raise click.UsageError(str(wrong)) from wrong
    if session is not None:
        _one(ground, session, form, "." if output is None else output, private=private, feedback=feedback, force=force)
        return Exit.OK
    from rmsession.cli.export_all import All, export_all

    return export_all(ground, All(form, kind or tasks or "md", pair, private, feedback, force), output)


def _one(ground: Ground, named: str, form: Format, output: str, *, private: bool, feedback: bool, force: bool) -> None:
    from rmsession.export.files import NotWritten, file_name, save

    store = ground.store()
    folded = session_of(store.load(store.resolve(named)))
    text = form.make(folded, private=private, feedback=feedback)
    if private:
        _warn(folded)
    if output == STDOUT:
        pour_text(text)
        return
    path = target(output, file_name(folded, form.suffix))
    make_asked(output)
    try:
        save(text, path, force=force)
    except NotWritten as wrong:
        raise Refused(str(wrong)) from wrong
    say(str(path))


def _warn(session: Session) -> None:
    from rmsession.export.confidential import confidential

    # On the standard error: it must be read also where the text goes into a pipe.
    complain(f"private, do not pass it on. {confidential(session)}")


def pour_text(text: str) -> None:
    """The text on the standard output: UTF-8 into a file or a pipe, whatever it can show on a terminal."""
    if sys.stdout.isatty():
        pour(text)
    else:
        pour(text.encode("utf-8", "replace"))

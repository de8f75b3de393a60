"""share: a session as something to take home, shown before it leaves."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rmsession.cli.consent import agreed, complain_plainly, insist_free, write_out
from rmsession.cli.ground import Exit, Ground, now_here, pass_ground
from rmsession.cli.idents import complete_id
from rmsession.cli.talk import pour, say
from rmsession.cli.targets import STDOUT, make_asked, target
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen

if TYPE_CHECKING:
    from rmsession.core.session import Session
    from rmsession.export.share import TakeHome
    from rmsession.export.share_out import Shape


@frozen
class Leaving:
    """One file that is going to be written, or poured out."""

    shape: Shape
    path: Path | None
    """None: the standard output."""
    text: str


@click.command(
    epilog="""\b
    Examples:
      rmsession share 7c1e                    a page in this folder, to be opened, printed or sent
      rmsession share 7c1e -o ~/for-alex      such a page in that folder
      rmsession share 7c1e --mail - | wl-copy    the same as the text of an e-mail
      rmsession share 7c1e --data .           the file for `rmsession import` on another machine
      rmsession share --figures               dates, counts and scores of your pairs, for the programme lead
    """
)
@click.argument("session", metavar="[ID]", required=False, shell_complete=complete_id)
@click.option("-o", "--output", metavar="FILE|FOLDER|-", help="Where the page goes. [default: .]")
@click.option("--mail", metavar="FILE|FOLDER|-", help="The same as the text of an e-mail.")
@click.option("--data", metavar="FILE|FOLDER|-", help="As a file for `rmsession import`, which works both ways.")
@click.option("--figures", is_flag=True, help="Instead of a session, a pair's dates, counts and scores; no note.")
@click.option("--pair", metavar="NAME", help="Whose figures. [default: of everybody you mentor]")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_ground
def share(
    ground: Ground,
    *,
    session: str | None,
    output: str | None,
    mail: str | None,
    data: str | None,
    figures: bool,
    pair: str | None,
    force: bool,
    yes: bool,
) -> int:
    """Give a session to the other one, or figures to the lead.

    It shows exactly what leaves, how much is held back and for whom, and asks. What leaves opens with what the mentee
    promised and the sites that were mentioned; nothing private is in it.

    ID is the beginning of an id, as `rmsession list` shows it.
    """
    if figures:
        from rmsession.cli.figures import share_figures

        if session is not None or mail is not None or data is not None:
            raise click.UsageError("--figures are of a pair: say it without ID, --mail and --data.")
        return share_figures(ground, pair=pair, output=output, force=force, yes=yes)
    if session is None or pair is not None:
        raise click.UsageError("Say which session: ID as `rmsession list` shows it; --figures shares a pair's figures.")
    # Only here: no other command makes or writes one.
    from rmsession.core.held_back import held_back
    from rmsession.export.share import take_home
    from rmsession.export.share_out import Shape

    store = ground.store()
    folded = session_of(store.load(store.resolve(session)))
    home = take_home(folded, now_here(ground).date())
    wanted = {Shape.PAGE: output, Shape.MAIL: mail, Shape.DATA: data}
    if all(each is None for each in wanted.values()):
        wanted[Shape.PAGE] = "."
    leaving = [_leaving(home, shape, typed) for shape, typed in wanted.items() if typed is not None]
    poured = [each for each in leaving if each.path is None]
    if len(poured) > 1:
        raise click.UsageError("Only one of them can go to the standard output.")
    _insist_apart(leaving)
    insist_free((each.path for each in leaving), force=force)
    # What goes into a pipe goes there alone; whoever pipes it reads the rest on the standard error.
    _preview(home, held_back(folded), leaving, complain_plainly if poured else say)
    if not yes and not agreed(to_stderr=bool(poured)):
        (complain_plainly if poured else say)("Nothing was written.")
        return Exit.OK
    make_asked(*wanted.values())
    for each in leaving:
        _write(each, force=force)
    return Exit.OK


def _leaving(home: TakeHome, shape: Shape, typed: str) -> Leaving:
    from rmsession.export.files import file_name

    path = None if typed == STDOUT else target(typed, file_name(home.session, shape.value))
    return Leaving(shape, path, _made(home, shape))


def _made(home: TakeHome, shape: Shape) -> str:
    from rmsession.export.share_out import Shape
    from rmsession.export.share_page import share_page
    from rmsession.export.share_text import share_text

    match shape:
        case Shape.PAGE:
            return share_page(home)
        case Shape.MAIL:
            return share_text(home)
        case Shape.DATA:
            return spelled(home.session)


def spelled(copy: Session) -> str:
    """The data file of a shared copy. Raises `StoreError`."""
    from rmsession.store.share_file import spell

    return spell(copy.record)


def _insist_apart(leaving: list[Leaving]) -> None:
    """Refuse to write two things to one place, of which only the later would be there. Raises `click.UsageError`."""
    places = [os.path.abspath(each.path) for each in leaving if each.path]  # noqa: PTH100 - as below
    if len(set(places)) < len(places):
        raise click.UsageError("Two of them go to one file: name a file for each, or a folder.")


def _preview(home: TakeHome, held: object, leaving: list[Leaving], out: Callable[[str], None]) -> None:
    from rmsession.core.held_back import HeldBack
    from rmsession.export.share_out import Shape, data_lines, held_line
    from rmsession.export.share_text import share_text

    out("This leaves:\n")
    out("\n".join(f"    {line}".rstrip() for line in share_text(home).splitlines()))
    if any(each.shape is Shape.DATA for each in leaving):
        for line in data_lines(home):
            out(f"\n{line}")
    if isinstance(held, HeldBack):
        out(f"\n{held_line(held)}")
    for each in leaving:
        if each.path:
            out(f"It goes to {each.path}, readable by you alone.")


def _write(each: Leaving, *, force: bool) -> None:
    if each.path is None:
        pour(each.text if sys.stdout.isatty() else each.text.encode("utf-8", "replace"))
        return
    write_out(each.text, each.path, force=force)
    say(f"Shared, and read back: {each.path}")

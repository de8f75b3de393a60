"""The command line: the only place that opens a store or builds the app."""

# ruff: noqa: PLC0415 - before all that is loaded, a look at the files begins that takes as long

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # as `typing` has it, which takes as long to load as what is done here first
if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmsession.cli.ground import Ground
    from rmsession.cli.retelling import Retelling
    from rmsession.store.ahead import Ahead

_SELDOM = 20_000
"""New objects after which the garbage collector looks for those that nobody needs; Python's own 700 are few."""


def main() -> None:
    """Run the program with the process's arguments, and end the process."""
    gc.set_threshold(_SELDOM)
    ahead = _looking_ahead(sys.argv[1:])
    retelling = _retelling(sys.argv[1:]) if ahead else None
    if ahead and retelling:
        retelling.tell(ahead)
    from rmsession.cli.crash import watch
    from rmsession.cli.ground import Ground
    from rmsession.cli.quiet import hush
    from rmsession.cli.streams import prepare
    from rmsession.cli.usual import is_told

    prepare()
    hush(os.environ)
    ground = Ground(ahead, retelling)
    watch(lambda: ground.home)
    # What is loaded by now stays to the end: looking through it for garbage again and again takes a tenth of a list.
    gc.freeze()
    code = run(sys.argv[1:], ground)
    if is_told(sys.argv[1:], os.environ) and _all_is_out():
        # What went wrong was told, too. To take apart what the system takes back at once takes a twentieth of a list's
        # time.
        os._exit(code)
    gc.freeze()  # the system takes back all of it at once; looking through it on the way out is for nobody
    sys.exit(code)


def run(arguments: Sequence[str], ground: Ground | None = None) -> int:
    """Run one command and return its exit code; what goes wrong in a foreseeable way is one line on stderr."""
    from rmsession.cli.ground import Exit, Ground
    from rmsession.cli.talk import Complaint, complain, interrupted
    from rmsession.cli.usual import usual
    from rmsession.core.store_errors import NoSuchSession, StoreError

    ground = ground or Ground()
    try:
        if simple := usual(arguments, os.environ):
            code = simple(ground)
        else:
            # Only here: it takes a third of a list's time.
            from rmsession.cli.program import do

            code = do(arguments, ground)
    except Complaint as wrong:
        complain(wrong.format_message())
        return wrong.exit_code
    except KeyboardInterrupt:
        interrupted()
        return Exit.INTERRUPTED
    except StoreError as wrong:
        complain(str(wrong))
        return Exit.NOTHING if isinstance(wrong, NoSuchSession) else Exit.ERROR
    finally:
        ground.close()
    return Exit.OK if code is None else code


def _all_is_out() -> bool:
    """Whether nothing waits to be written; where it cannot be, Python's own way out says so."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):
        return False
    return True


def _looking_ahead(arguments: Sequence[str]) -> Ahead | None:
    """A look at the files under way, where the command will ask what is new in them."""
    from rmsession.cli.usual import asks_for_sessions

    if not asks_for_sessions(arguments):
        return None
    # With what both processes need; all else loads meanwhile.
    from rmsession.cli.retelling import usual_home
    from rmsession.store.ahead import Ahead, can_look_ahead

    if not can_look_ahead():
        return None
    home = usual_home(os.environ)
    try:
        return Ahead(lambda: home or _home())
    except OSError:  # nothing is lost but time
        return None


def _home() -> str:
    """The data folder, wherever that is said."""
    # Only here: what reads settings, and asks the platform for its place, loads paths.
    from rmsession.settings import home_of

    return os.fspath(home_of(None, os.environ))


def _retelling(arguments: Sequence[str]) -> Retelling | None:
    """The list that is asked for, if it is one that is kept as it is said."""
    from rmsession.cli.retelling import Retelling, can_be_told_again, usual_home

    if not can_be_told_again(arguments, os.environ):
        return None
    try:
        return Retelling(usual_home(os.environ) or _home(), arguments, os.environ)
    except (OSError, ValueError):  # nothing is lost but time, as above
        return None

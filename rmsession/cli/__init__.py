"""The command line: the only place that opens a store or builds the app."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

import click

from rmsession.cli.crash import watch
from rmsession.cli.ground import Exit, Ground
from rmsession.cli.program import program
from rmsession.cli.quiet import hush
from rmsession.cli.talk import complain
from rmsession.core.store_errors import NoSuchSession, StoreError

_SELDOM: Final = 20_000
"""New objects after which the garbage collector looks for those that nobody needs; Python's own 700 are few."""


def main() -> None:
    """Run the program with the process's arguments, and end the process."""
    # What is loaded by now stays to the end: looking through it for garbage again and again takes a tenth of a list.
    gc.freeze()
    gc.set_threshold(_SELDOM)
    _fill_gaps()
    hush(os.environ)
    ground = Ground()
    watch(lambda: ground.home)
    if hasattr(signal, "SIGPIPE"):
        # As with other tools: whoever closes the pipe early (`| head`) wants no more, and no message either.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:], ground)
    gc.freeze()  # the system takes back all of it at once; looking through it on the way out is for nobody
    sys.exit(code)


def run(arguments: Sequence[str], ground: Ground | None = None) -> int:
    """Run one command and return its exit code; what goes wrong in a foreseeable way is one line on stderr."""
    ground = ground or Ground()
    try:
        code = program.main(list(arguments), prog_name="rmsession", standalone_mode=False, obj=ground)
    except click.UsageError as wrong:
        command = wrong.ctx.command_path if wrong.ctx else "rmsession"
        complain(f"{wrong.format_message()} Try '{command} --help'.")
        return Exit.USAGE
    except click.ClickException as wrong:
        complain(wrong.format_message())
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        if sys.stderr.isatty():
            click.echo(err=True)  # behind the question, and the terminal's own ``^C``
        complain("interrupted")
        return Exit.INTERRUPTED
    except StoreError as wrong:
        complain(str(wrong))
        return Exit.NOTHING if isinstance(wrong, NoSuchSession) else Exit.ERROR
    finally:
        ground.close()
    return code if isinstance(code, int) else Exit.OK


def _fill_gaps() -> None:
    """Put nothing where the caller closed a stream (``>&-``): whoever asks it whether it is a terminal hears no."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end

"""What the program's streams are like, whatever whoever called it left of them."""

from __future__ import annotations

import io
import os
import signal
import sys


def prepare() -> None:
    """Have all three streams there, able to take any text, and end without a word when nobody reads on."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller (``>&-``): whoever asks it for a terminal hears no
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
    if hasattr(signal, "SIGPIPE"):
        # As with other tools: whoever closes the pipe early (`| head`) wants no more, and no message either.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # An environment that knows no signs but ASCII says nothing of who reads this.
            ascii_only = stream.encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968")
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")

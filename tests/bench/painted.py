"""When a program in a pseudo-terminal has painted what is waited for, read from its bytes as they come.

No terminal is emulated: an emulator in Python takes longer to draw a screen than the program under test.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;?<=>]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[()][0-9A-B]|[=>78])"
)


def plain(said: bytes) -> bytes:
    """What was painted, without what only moves, colours or asks."""
    return _ESCAPES.sub(b"", said)


def until_painted(
    argv: Sequence[str | Path],
    wanted: str,
    environ: Mapping[str, str],
    *,
    size: tuple[int, int] = (120, 36),
    timeout: float = 60.0,
) -> float:
    """Seconds from the start of the program until its screen has text that fits the pattern `wanted`.

    Raises:
        TimeoutError: it did not come; the last of what was painted is told.
    """
    begun = time.perf_counter()
    child, terminal = start(argv, environ, size)
    try:
        return _watch(terminal, re.compile(wanted.encode()), begun, timeout)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def start(argv: Sequence[str | Path], environ: Mapping[str, str], size: tuple[int, int]) -> tuple[int, int]:
    """Start a program in a pseudo-terminal of its own: its process, and the other end of its terminal."""
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        words = [os.fspath(each) for each in argv]
        seen = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        try:
            os.execvpe(words[0], words, {**environ, **seen})
        finally:
            os._exit(127)
    return child, terminal


def _watch(terminal: int, wanted: re.Pattern[bytes], begun: float, timeout: float) -> float:
    said = b""
    while time.perf_counter() - begun < timeout:
        if not select.select([terminal], [], [], 0.5)[0]:
            continue
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # Linux says so when the program has ended
            part = b""
        at = time.perf_counter() - begun
        said += part
        if wanted.search(plain(said)):
            return at
        if not part:
            break
    shown = " ".join(_ESCAPES.sub(b" ", said).decode(errors="replace").split())[-400:]
    waited = time.perf_counter() - begun
    raise TimeoutError(f"{wanted.pattern.decode()!r} was not painted in {waited:.1f} s; last: {shown}")

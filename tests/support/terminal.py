"""Run a program in a real pseudo-terminal, type into it, read its screen, and picture it.

As a library::

    with Terminal(["rmsession", "run", "agenda.md"], columns=120, lines=36) as term:
        term.wait("Topic 1")            # seconds until that text shows; TimeoutError otherwise
        term.press("n", "ctrl+s")       # keys by name
        term.type("a note")             # plain text
        term.settle()                   # until nothing has been painted for 0.3 s
        term.png("screen.png")          # what a person would see
        term.signal(signal.SIGKILL)     # the fault tests need this

As a command: steps in order, each 'verb:argument'::

    terminal.py --size 120x36 --out shots wait:Agenda press:enter shot:first \\
        "type:hello there" press:enter settle: shot:second -- rmsession run agenda.md

Needs ``pyte`` and ``pillow`` (``pip install pyte pillow``) and the DejaVu fonts.
POSIX only.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f12": "\x1b[24~",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "alt+up": "\x1b[1;3A",
    "alt+down": "\x1b[1;3B",
    "ctrl+up": "\x1b[1;5A",
    "ctrl+down": "\x1b[1;5B",
    "ctrl+left": "\x1b[1;5D",
    "ctrl+right": "\x1b[1;5C",
    "ctrl+enter": "\x1b[13;5u",
}


def key_bytes(name: str) -> bytes:
    """The bytes that a terminal sends for a key named as Textual names keys."""
    if name in KEYS:
        return KEYS[name].encode()
    if name.startswith("ctrl+") and len(name) == 6:
        return bytes([ord(name[-1].lower()) & 0x1F])
    if name.startswith("alt+") and len(name) == 5:
        return b"\x1b" + name[-1].encode()
    if len(name) == 1:
        return name.encode()
    raise ValueError(f"unknown key {name!r}")


class Terminal:
    """A child program in a pseudo-terminal, with its screen kept by a terminal emulator."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 36,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> None:
        self.argv, self.columns, self.lines = list(argv), columns, lines
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._lock = threading.Condition()
        self.raw = bytearray()
        self.started = self.painted = time.perf_counter()
        self.status: int | None = None
        self._ended = False
        pid, self._fd = pty.fork()
        if pid == 0:
            environment = {
                **os.environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LANG": "C.UTF-8",
                **(env or {}),
            }
            if cwd:
                os.chdir(cwd)
            try:
                os.execvpe(self.argv[0], self.argv, environment)
            except OSError as error:
                os.write(2, f"{self.argv[0]}: {error}\n".encode())
                os._exit(127)
        self.pid = pid
        self._set_size(columns, lines)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- typing ---------------------------------------------------------------------------

    def press(self, *keys: str, gap: float = 0.02) -> None:
        """Press keys by name, one after another."""
        for key in keys:
            os.write(self._fd, key_bytes(key))
            time.sleep(gap)

    def type(self, text: str, gap: float = 0.0) -> None:
        """Type text; with no gap it arrives at once."""
        if not gap:
            os.write(self._fd, text.encode())
            return
        for character in text:
            os.write(self._fd, character.encode())
            time.sleep(gap)

    def paste(self, text: str) -> None:
        """Paste text as a terminal with bracketed paste does."""
        os.write(self._fd, b"\x1b[200~" + text.encode() + b"\x1b[201~")

    # -- waiting and reading --------------------------------------------------------------

    def text(self) -> str:
        """The screen as plain text."""
        with self._lock:
            return "\n".join(self.rows())

    def rows(self) -> list[str]:
        """What stands in each row; pyte's own view breaks where half of a wide sign has been painted over so far."""
        rows = []
        for line in (self.screen.buffer[row] for row in range(self.screen.lines)):
            signs, column = [], 0
            while column < self.screen.columns:
                signs.append(line[column].data or " ")
                column += 2 if pyte.screens.wcwidth(signs[-1][0]) == 2 else 1
            rows.append("".join(signs))
        return rows

    def wait(self, wanted: str | re.Pattern[str] | Callable[[str], bool], timeout: float = 15.0) -> float:
        """Seconds until the screen shows what is wanted.

        Raises:
            TimeoutError: it did not show; the message holds the screen.
        """
        if isinstance(wanted, str):
            shown = lambda text: wanted in text  # noqa: E731
        elif isinstance(wanted, re.Pattern):
            shown = lambda text: wanted.search(text) is not None  # noqa: E731
        else:
            shown = wanted
        begun = time.perf_counter()
        with self._lock:
            while not shown("\n".join(self.rows())):
                left = begun + timeout - time.perf_counter()
                if left <= 0 or self._ended:
                    why = "the program ended before it showed" if self._ended else f"not shown in {timeout} s:"
                    raise TimeoutError(f"{why} {wanted!r}\n" + "\n".join(self.rows()).rstrip())
                self._lock.wait(min(left, 0.25))
        return time.perf_counter() - begun

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> None:
        """Wait until nothing has been painted for `quiet` seconds."""
        limit = time.perf_counter() + timeout
        while time.perf_counter() < limit:
            rest = self.painted + quiet - time.perf_counter()
            if rest <= 0:
                return
            time.sleep(rest)

    def wait_exit(self, timeout: float = 15.0) -> int:
        """The exit status, as `os.waitstatus_to_exitcode` gives it."""
        limit = time.perf_counter() + timeout
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                break
            if time.perf_counter() > limit:
                raise TimeoutError(f"still running after {timeout} s\n{self.text()}")
            time.sleep(0.01)
        self._reader.join(1.0)  # what it printed last may still be on its way
        return self.status

    # -- faults ---------------------------------------------------------------------------

    def signal(self, number: int) -> None:
        """Send the child's process group a signal."""
        os.killpg(self.pid, number)

    def resize(self, columns: int, lines: int) -> None:
        """Resize the terminal, as a person dragging its corner would."""
        with self._lock:
            self.columns, self.lines = columns, lines
            self.screen.resize(lines, columns)
        self._set_size(columns, lines)

    def close(self) -> None:
        """End the child and let go of the terminal."""
        if self.status is None:
            for number in (signal.SIGHUP, signal.SIGKILL):
                try:
                    self.signal(number)
                    self.wait_exit(2.0)
                    break
                except (ProcessLookupError, TimeoutError, ChildProcessError):
                    continue
        self._reader.join(1.0)
        with contextlib.suppress(OSError):
            os.close(self._fd)

    # -- picturing ------------------------------------------------------------------------

    def png(self, path: str | Path, size: int = 16) -> Path:
        """Picture the screen as it stands."""
        from PIL import Image, ImageDraw, ImageFont

        fonts = Path("/usr/share/fonts/truetype/dejavu")
        regular = ImageFont.truetype(str(fonts / "DejaVuSansMono.ttf"), size)
        bold = ImageFont.truetype(str(fonts / "DejaVuSansMono-Bold.ttf"), size)
        wide, high = round(regular.getlength("M")), round(size * 1.25)
        with self._lock:
            picture = Image.new("RGB", (self.columns * wide, self.lines * high), "#0c0c0c")
            draw = ImageDraw.Draw(picture)
            for y in range(self.lines):
                row = self.screen.buffer[y]
                for x in range(self.columns):
                    cell = row[x]
                    front, back = _colour(cell.fg, "#d0d0d0"), _colour(cell.bg, "#0c0c0c")
                    if cell.reverse:
                        front, back = back, front
                    left, top = x * wide, y * high
                    if back != "#0c0c0c":
                        draw.rectangle((left, top, left + wide - 1, top + high - 1), fill=back)
                    if cell.data.strip():
                        draw.text((left, top), cell.data, font=bold if cell.bold else regular, fill=front)
                    if cell.underscore:
                        draw.line((left, top + high - 2, left + wide, top + high - 2), fill=front)
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path)
        return path

    # -- inside ---------------------------------------------------------------------------

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _read(self) -> None:
        while True:
            try:
                if not select.select([self._fd], [], [], 0.5)[0]:
                    continue
                data = os.read(self._fd, 65536)
            except (OSError, ValueError):
                data = b""
            with self._lock:
                if not data:
                    self._ended = True
                    self._lock.notify_all()
                    return
                self.raw += data
                self._stream.feed(data)
                self.painted = time.perf_counter()
                self._lock.notify_all()


_NAMED = {
    "black": "#000000",
    "red": "#cd3131",
    "green": "#0dbc79",
    "brown": "#e5e510",
    "blue": "#2472c8",
    "magenta": "#bc3fbc",
    "cyan": "#11a8cd",
    "white": "#e5e5e5",
    "brightblack": "#666666",
}


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    if re.fullmatch("[0-9a-fA-F]{6}", name):
        return f"#{name}"
    return _NAMED.get(name, default)


def main() -> int:
    """Run the steps given on the command line."""
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="120x36", help="columns x lines")
    parser.add_argument("--out", default="shots", help="folder for the pictures")
    parser.add_argument("steps", nargs="*", help="wait: press: type: paste: sleep: settle: resize: shot: text:")
    args = parser.parse_args(sys.argv[1 : sys.argv.index("--")] if "--" in sys.argv else sys.argv[1:])
    if not command:
        parser.error("no command: put it behind --")
    columns, lines = map(int, args.size.split("x"))
    with Terminal(command, columns=columns, lines=lines) as term:
        for step in args.steps:
            verb, _, rest = step.partition(":")
            if verb == "wait":
                print(f"{rest!r} shown after {term.wait(rest):.3f} s")
            elif verb == "press":
                term.press(*rest.split())
            elif verb == "type":
                term.type(rest)
            elif verb == "paste":
                term.paste(rest)
            elif verb == "sleep":
                time.sleep(float(rest))
            elif verb == "settle":
                term.settle(float(rest or 0.3))
            elif verb == "resize":
                term.resize(*map(int, rest.split("x")))
            elif verb == "shot":
                term.settle()
                print(term.png(Path(args.out) / f"{rest}.png"))
            elif verb == "text":
                term.settle()
                print(term.text())
            else:
                parser.error(f"unknown step {step!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

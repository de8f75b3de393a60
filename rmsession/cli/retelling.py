"""A long list said again as it was said last, where nothing of what it leans on is otherwise since.

It leans on the sessions' files, on the day and the zone in which dates are read, on settings, on who the pairs are,
on how wide the terminal is, and on which program says it.
"""

# ruff: noqa: PLC0415 - what finds a list said before begins before anything else, and what keeps one comes behind all

from __future__ import annotations

import os
import sys
from time import time, time_ns

from rmsession.cli.usual import COMPLETING
from rmsession.store.stamps import UNSETTLED_NS, numbers_of

TYPE_CHECKING = False  # as `typing` has it, which takes as long to load as all that is done here
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, tzinfo

    from rmsession.store.ahead import Ahead
    from rmsession.store.tiny import TinyStore

_READ = ("config.toml", "programme.json")
"""Files of the data folder, beside the sessions', that say something of which a list is made."""
_VARIABLES = ("RMSESSION_", "TZ", "PYTHONTZPATH", "COLUMNS")
"""How the names of those begin that say something of which one is made."""
_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - no path is wanted
_OURS = tuple(f"{_PACKAGE}{os.sep}{part}" for part in ("cli", "core", "store"))
"""What another version of the program, once it is installed, leaves other than it was."""
_AS_KEPT = ("utf-8", "ascii", "us-ascii", "ansi_x3.4-1968")
"""Encodings with which a list goes out as UTF-8; see `streams`."""


class Retelling:
    """One list, on what stands where it is to be said now."""

    def __init__(self, root: str, words: Sequence[str], environ: Mapping[str, str]) -> None:
        self._root = root
        self.name = f"{' '.join(words)}{', on a screen' if sys.stdout.isatty() else ''}"
        """Which list: the one for a terminal is another."""
        self._files = [os.path.join(root, name) for name in _READ]  # noqa: PTH118 - as above
        columns = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
        said = sorted((name, value) for name, value in environ.items() if name.startswith(_VARIABLES))
        self._given = (columns, said, sys.version, sys.executable)
        self._begun = self._leaning([])

    def tell(self, ahead: Ahead) -> None:
        """End the process with what the list said, if it would say the same now; else all that makes it is needed."""
        try:
            words = self._found(ahead)
            if words is None:
                return
            code = _poured(words)
        except KeyboardInterrupt:
            from rmsession.cli.ground import Exit
            from rmsession.cli.talk import interrupted

            interrupted()
            code = Exit.INTERRUPTED
        ahead.close()
        os._exit(code)

    def told(self, ahead: Ahead) -> memoryview | None:
        """What the list said, if it would say the same now. Raises what `rmsession.store.told.told` does."""
        from rmsession.store.told import told

        return told(self._root, self.name, ahead, self._holds)

    def keep(self, store: TinyStore, words: bytes, today: date, zone: tzinfo | None) -> None:
        """Keep what the list said, until the day ends or anything of what it leans on is otherwise."""
        files = _zone_files(zone)
        # What changed since this began, or so shortly before that nobody can tell, may have been read in between.
        if files is None or self._begun != self._leaning([]) or not self._is_settled(files):
            return
        begins, ends = int(time()), _end_of(today, zone)
        leaning = [f"{begins}", f"{ends}", self._leaning(files), *files]
        store.keep_told(self.name, "\0".join(leaning).encode("utf-8", "surrogateescape"), words)

    def _found(self, ahead: Ahead) -> memoryview | None:
        try:
            return self.told(ahead)
        except Exception:  # noqa: BLE001 - whatever is not as expected: the list is made anew, and tells what is wrong
            return None

    def _holds(self, leaning: bytes) -> bool:
        begins, ends, said, *files = leaning.decode("utf-8", "surrogateescape").split("\0")
        return int(begins) <= time() < int(ends) and said == self._leaning(files)

    def _leaning(self, files: list[str]) -> str:
        """All of it but time and sessions, in one line."""
        return repr((self._given, [(path, _numbers(path)) for path in (*_OURS, *self._files, *files)]))

    def _is_settled(self, files: list[str]) -> bool:
        changed = [max(_numbers(path)[1:3], default=0) for path in (*self._files, *files)]
        return abs(time_ns() - max(changed)) > UNSETTLED_NS


def _poured(words: memoryview) -> int:
    """Say it; the exit code."""
    # As `streams` does, which loads more than is needed here.
    import _signal  # type: ignore[import-not-found] # it is what `signal` is made of

    _signal.signal(_signal.SIGPIPE, _signal.SIG_DFL)
    try:
        sys.stdout.buffer.write(words)
        sys.stdout.buffer.flush()
    except OSError as wrong:
        from rmsession.cli.streams import prepare
        from rmsession.cli.talk import Unsaid, complain

        prepare()
        unsaid = Unsaid.by(wrong)
        complain(unsaid.format_message())
        return unsaid.exit_code
    return 0


def usual_home(environ: Mapping[str, str]) -> str | None:
    """The data folder, where the environment says it in full; else `home_of` knows."""
    given = environ.get("RMSESSION_HOME", "")
    plain = os.path.isabs(given) and os.path.normpath(given) == given and not given.startswith("//")  # noqa: PTH117
    return given if plain else None


def can_be_told_again(words: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Whether it is a list that is kept as it is said, and here goes out as it is kept."""
    out = sys.stdout
    return (
        [*words] == ["actions", "--open"]
        and COMPLETING not in environ
        and bool(out)
        and out.encoding.lower() in _AS_KEPT
    )


def _numbers(path: str) -> tuple[int, ...]:
    """By what a file is known; by nothing where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as above
    except FileNotFoundError:
        return ()
    return numbers_of(found)


def _end_of(today: date, zone: tzinfo | None) -> int:
    """The first second of the next day."""
    # Only here, and below: who finds it said before needs no dates.
    from datetime import datetime, timedelta

    end = today + timedelta(days=1)
    return int(datetime(end.year, end.month, end.day, tzinfo=zone).timestamp())


def _zone_files(zone: tzinfo | None) -> list[str] | None:
    """The file with the table of the zone, and where another would come before it; None where it lies elsewhere."""
    if zone is None:  # as the system's library finds it
        return ["/etc/localtime", f"/usr/share/zoneinfo/{os.environ.get('TZ', '').removeprefix(':')}"]
    from zoneinfo import TZPATH

    files: list[str] = []
    for folder in TZPATH:
        files.append(os.path.join(folder, f"{zone}"))  # noqa: PTH118 - as above
        if _numbers(files[-1]):
            return files
    return None

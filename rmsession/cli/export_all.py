"""All sessions as files in a folder, or as one text: read, made and written one after the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

import click

from rmsession.cli.export import pour_text
from rmsession.cli.ground import Exit, Ground, NothingMatched, Refused
from rmsession.cli.pairs import pair_named, pairs_of
from rmsession.cli.talk import complain, say
from rmsession.cli.targets import STDOUT, insist_named, is_folder
from rmsession.closed import make_folder
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.lists import Summary
from rmsession.core.session import Session
from rmsession.core.store_errors import StoreError
from rmsession.core.text import clean
from rmsession.export.files import NotWritten, file_name, save
from rmsession.export.formats import FORMATS, Format

_ENDINGS = tuple(os.path.splitext(f"all{each.suffix}")[1] for each in FORMATS.values())  # noqa: PTH122 - no path
_EVERY_SECONDS = 0.1
"""Between two figures of progress; more would cost more than they tell."""


@frozen
class All:
    """What is made of all sessions."""

    form: Format
    name: str
    """Of the format, as it was asked for."""
    pair: str | None
    private: bool
    feedback: bool
    force: bool

    def made(self, session: Session) -> str:
        """One session's text, for a file of its own."""
        return self.form.make(session, private=self.private, feedback=self.feedback)


class Progress:
    """How many sessions are done, on the standard error of somebody who looks; nothing anywhere else."""

    def __init__(self, whole: int) -> None:
        self.done = 0
        self._whole, self._told, self._shown = whole, 0.0, sys.stderr.isatty()

    def step(self) -> None:
        """One more."""
        self.done += 1
        if self._shown and monotonic() - self._told >= _EVERY_SECONDS:
            self._told = monotonic()
            click.echo(f"\r{self.done:,} of {self._whole:,}", nl=False, err=True)

    def clear(self) -> None:
        """Take the figure away, for a line of words or the end."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def export_all(ground: Ground, what: All, output: str | None) -> int:
    """Write every session; one that cannot be read or written is told, and the others still go."""
    if output is None:
        raise click.UsageError("Say where all of them go: -o FOLDER, or -o - for the standard output.")
    insist_named(output)
    if output == STDOUT and what.form.joined is None:
        raise click.UsageError(f"{what.name} is a file each: say -o FOLDER.")
    _insist_on_folder(what, output)
    store = ground.store()
    # They are read to the last from here on; the oldest first, as people read.
    kept = store.history()[::-1]
    if what.pair is not None:
        pair = pair_named(what.pair, pairs_of(reversed(kept)))
        kept = [each for each in kept if each.pair == pair.id]
    for line in store.troubles():
        complain(line)
    if not kept:
        raise NothingMatched("there are no sessions yet: start one with `rmsession run 01-kick-off`")
    if what.private:
        complain("private, do not pass them on: each says what it holds besides what is shared")
    progress = Progress(len(kept))
    try:
        if output == STDOUT:
            bad = _poured(ground, what, kept, progress)
        else:
            bad = _filed(ground, what, kept, output, progress)
    except KeyboardInterrupt:
        progress.clear()
        complain(f"{progress.done:,} of {len(kept):,} sessions went out")
        raise
    return Exit.ERROR if bad or store.troubles() else Exit.OK


def _insist_on_folder(what: All, output: str) -> None:
    """Raise `click.UsageError` for the name of a file: nobody wants a folder that is called ``all.csv`` unasked."""
    if output == STDOUT or is_folder(output) or not output.lower().endswith(_ENDINGS):
        return
    name = clean(output)
    one = f", `-o - > {name}` one text" if what.form.joined else ""
    raise click.UsageError(
        f"{name} names a file, and --all writes one for each session: `-o {name}/` makes a folder{one}."
    )


def _poured(ground: Ground, what: All, kept: Sequence[Summary], progress: Progress) -> int:
    """All of them as one text on the standard output; how many could not be read."""
    joined = what.form.joined
    if joined is None:
        return 0
    pour_text(joined.before())
    behind, bad = "", 0
    for session in _read(ground, kept, progress):
        if session is None:
            bad += 1
        elif text := joined.make(session, private=what.private, feedback=what.feedback):
            pour_text(behind + text)
            behind = joined.between
    progress.clear()
    pour_text(joined.after())
    return bad


def _filed(ground: Ground, what: All, kept: Sequence[Summary], output: str, progress: Progress) -> int:
    """Each of them as a file in the folder; how many could not be read or written."""
    folder = _folder(output)
    written = empty = bad = 0
    names: set[str] = set()
    for session in _read(ground, kept, progress):
        if session is None:
            bad += 1
        elif text := what.made(session):
            name = file_name(session, what.form.suffix, names)
            names.add(name)
            try:
                save(text, folder / name, force=what.force, swept=written > 0)
                written += 1
            except NotWritten as wrong:
                bad += 1
                progress.clear()
                complain(str(wrong))
        else:
            empty += 1
    progress.clear()
    say(f"{_counted(written)} in {folder}")
    if empty:
        say(f"{empty:,} without action items: no file")
    if bad:
        complain(f"{bad:,} of {len(kept):,} sessions were not written: see above")
    return bad


def _read(ground: Ground, kept: Sequence[Summary], progress: Progress) -> Iterator[Session | None]:
    """Each session in turn, no two at once; None for one that cannot be read, which is told."""
    store = ground.store()
    for summary in kept:
        try:
            session = session_of(store.load(summary.id))
        except StoreError as wrong:
            progress.clear()
            complain(str(wrong))
            session = None
        yield session
        progress.step()


def _folder(typed: str) -> Path:
    """The folder that is meant, made if only it is missing; for its owner's eyes, as the files are."""
    path = os.fspath(Path(os.path.expanduser(typed)))  # noqa: PTH111 - Path's own raises for a name that nobody has
    try:
        if os.path.lexists(path) and not os.path.isdir(path):  # noqa: PTH112 - as above
            raise Refused(f"{clean(path)} is no folder: all sessions go into one, or to - as one text")
        make_folder(Path(path))
    except OSError as wrong:
        raise Refused(f"{clean(path)} was not made ({wrong.strerror}): name another folder") from wrong
    except ValueError:  # a NUL or half a character pair
        raise Refused(f"{clean(path)} was not made (no folder can be called that): name another") from None
    return Path(path)


def _counted(files: int) -> str:
    return "1 file" if files == 1 else f"{files:,} files"

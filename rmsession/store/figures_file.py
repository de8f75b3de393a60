"""The file that a pair gives its programme lead: what its sessions come to in figures, as JSON that any mail carries.

``{"format": "rmsession figures", "version": 1, "sha256": …, "made": …, "pair": …, "mentor": …, "mentee": …,
"sessions": […], "changes": […]}``, a session a line, all of it ASCII; the checksum is over all that follows it. Whoever
made the file, it is read as a stranger's: what is no number, date, id or closed word of ours is refused, and words
stand only in the change log.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from rmsession.core.curriculum import known_agenda, known_topic
from rmsession.core.figures import PairFigures, SessionFigures
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.store.disk import shown
from rmsession.store.figures_check import insist_on_figures
from rmsession.store.seal import opened, unreadable
from rmsession.store.sent import checksum, parsed, plain
from rmsession.store.spelling import Unfit
from rmsession.store.values import document_of, value_of

FORMAT: Final = "rmsession figures"
VERSION: Final = 1
"""Raised whenever the file says anything else: an older program refuses what it does not know."""
LIMIT: Final = 20_000_000
"""Bytes of a file that is read: a thousand times what a pair's year takes."""
ENDING: Final = "-figures.json"
"""How the name of such a file ends."""
_BEGINNING: Final = 200
_HEAD: Final = ("format", "version", "sha256")


def file_name(figures: PairFigures) -> str:
    """What a pair's file is called: the day, and the pair's id."""
    ident = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in figures.pair).strip("-")
    return f"{figures.made:%Y-%m-%d}-{ident}{ENDING}"


def spell(figures: PairFigures) -> str:
    """The file's text.

    Raises:
        StoreError: it would not read back the same.
    """
    body = document_of(figures)
    head = plain({"format": FORMAT, "version": VERSION, "sha256": checksum(body)} | _without_lists(body))
    text = f'{head.removesuffix("}")},\n"sessions":{_lines(body["sessions"])},\n"changes":{_lines(body["changes"])}}}\n'
    try:
        same = read(text.encode("ascii"), Path("figures")) == figures
    except StoreError as error:
        raise StoreError(f"Not shared: it would not read back ({error})") from error
    if not same:  # half a character pair beside its other half: JSON in ASCII makes one character of them
        raise StoreError("Not shared: a text in the change log would not read back the same. Correct it first")
    return text


def is_figures(data: bytes) -> bool:
    """Whether a file begins as one of these does."""
    return FORMAT.encode() in data[:_BEGINNING]


def read_file(path: Path) -> PairFigures:
    """The figures that lie in a file.

    Raises:
        NewerFormat: a later program wrote it.
        Damaged: it is no such file, or not as it was written.
        StoreError: it cannot be read.
    """
    return read(_bytes_of(path, LIMIT + 1), path)


def read(data: bytes, path: Path) -> PairFigures:
    """The figures that these bytes spell. Raises as `read_file`."""
    if len(data) > LIMIT:
        raise _refused(path, f"it has more than {LIMIT // 1_000_000} MB")
    try:
        whole = parsed(data)
    except (ValueError, RecursionError) as error:
        raise _refused(path, "it is no file of `rmsession share --figures`, or only a part of one") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _refused(path, "it is no file of `rmsession share --figures`")
    if isinstance(version := whole.get("version"), int) and version > VERSION:
        raise NewerFormat(f"{shown(path)} was made by a later version of this program. Update this one to read it")
    try:
        return _figures(whole)
    except Unfit as error:
        raise _refused(path, str(error)) from error


def read_figures(folder: Path) -> tuple[tuple[PairFigures, ...], tuple[str, ...]]:
    """Of each pair the latest file in a folder, by the pair's id; and a line for each that cannot be read.

    What is no file of figures is passed over.

    Raises:
        StoreError: the folder cannot be read.
    """
    latest: dict[str, PairFigures] = {}
    troubles: list[str] = []
    for path in _files_in(folder):
        try:
            if not (path.name.endswith(ENDING) or is_figures(_bytes_of(path, _BEGINNING))):
                continue
            figures = read_file(path)
        except StoreError as error:
            troubles.append(str(error))
            continue
        known = latest.get(figures.pair)
        if known is None or figures.made >= known.made:
            latest[figures.pair] = figures
    return tuple(latest[pair] for pair in sorted(latest)), tuple(troubles)


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".json" and path.is_file())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no folder is called that"
        raise StoreError(f"{shown(folder)} cannot be read: {reason}. Name the folder with the pairs' files") from error


def _bytes_of(path: Path, most: int) -> bytes:
    try:
        with opened(path) as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        raise unreadable(path, error if isinstance(error, OSError) else OSError(0, "no file is called that")) from error


def _figures(whole: dict[str, Any]) -> PairFigures:
    body = {name: part for name, part in whole.items() if name not in _HEAD}
    if whole.get("version") != VERSION:
        raise Unfit("it says of no version that it is")
    if whole.get("sha256") != checksum(body):
        raise Unfit("its checksum differs: it was changed, or only a part of it came through")
    try:
        figures = value_of(body, PairFigures)
        insist_on_figures(figures)
        if checksum(document_of(figures)) != checksum(body):
            raise Unfit("it says more than figures")
    except RecursionError as error:
        raise Unfit("it is nested deeper than any such file") from error
    return replace(figures, sessions=tuple(map(_named_here, figures.sessions)))


def _named_here(session: SessionFigures) -> SessionFigures:
    """The same with no agenda and no topic that a later program's curriculum has."""
    agenda = known_agenda(session.agenda)
    topics = tuple(replace(each, topic=known_topic(agenda, each.topic)) for each in session.topics)
    return replace(session, agenda=agenda, topics=topics)


def _without_lists(body: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in body.items() if name not in ("sessions", "changes")}


def _lines(parts: list[Any]) -> str:
    return "[\n" + ",\n".join(map(plain, parts)) + "\n]" if parts else "[]"


def _refused(path: Path, why: str) -> Damaged:
    return Damaged(f"{shown(path)} was not read: {why}. Ask for the file again")

"""The form of a backup: one zip file with a manifest that says what is in it, and what it is refused for.

An archive may come from anywhere. Its names are on a short list of those that a backup has; nothing in it says where
on this disk something goes; sizes and checksums are the manifest's, within limits; all is proven before anything is
handed on, and each file once more when it is.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Annotated, Final

import msgspec

from rmsession.core.frozen import frozen
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.text import clean, shortened
from rmsession.store.disk import shown
from rmsession.store.ledger import entry_in
from rmsession.store.names import id_in
from rmsession.store.seal import unreadable
from rmsession.store.spelling import Unfit, dumps, loads
from rmsession.store.values import Aware, document_of, value_of

FORMAT: Final = 1
"""Raised when an older program could no longer restore an archive rightly."""
MANIFEST: Final = "manifest.json"
FILE_LIMIT: Final = 64 << 20
"""Bytes of one file: a session of ten hours has some hundred thousand."""
WHOLE_LIMIT: Final = 4 << 30
"""Bytes of all files together."""
COUNT_LIMIT: Final = 200_000
"""Files in one archive."""

_PART: Final = re.compile(r"(?!\.{1,2}$)[^/\\:\x00-\x1f\x7f\ud800-\udfff]{1,255}")
_SINGLE: Final = {"programme.json", "config.toml", "device"}
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the library raises for bytes that are no good archive."""
_CHUNK: Final = 1 << 20

Size = Annotated[int, msgspec.Meta(ge=0)]


@frozen
class Entry:
    """One file as the manifest has it."""

    name: str
    size: Size
    sha256: str
    damage: str = ""
    """Why it could not be read when it was put in, as it was; empty for a whole one."""


@frozen
class Manifest:
    """What an archive says of itself."""

    format: int
    program: str
    """The version that made it."""
    made: Aware
    files: tuple[Entry, ...]

    def spelled(self) -> bytes:
        """As it stands in the archive."""
        return dumps(document_of(self))


@frozen
class Archive:
    """One that was proven; what is read from it is proven again."""

    path: Path
    manifest: Manifest
    entries: Mapping[str, Entry]
    """Its files by name."""
    _zip: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            Damaged: they are not what the manifest says.
        """
        return _proven(self._zip, self.entries[name], self.path)


def fits(name: str) -> bool:
    """Whether a backup has a file of this name, which is relative to the data folder."""
    top, _, rest = name.partition("/")
    last = rest.rpartition("/")[2]
    stem, _, ending = last.partition(".")
    if not all(map(_PART.fullmatch, name.split("/"))):
        return False
    match top:
        case "sessions":
            return id_in(stem) is not None and ending in ("json", "draft")
        case "snapshots":
            return id_in(stem) is not None and last == rest and ending == "json"
        case "agendas":
            return last == rest
        case "erased":
            return entry_in(rest) is not None
        case _:
            return name in _SINGLE


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """An archive whose every byte was compared with its manifest.

    Raises:
        NewerFormat: a later program made it.
        Damaged: it is not as it was made, or nobody made it so.
        StoreError: it is no backup, or cannot be read.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            held = stack.enter_context(_read_as_zip(file, path))
            archive = _archive(held, path)
        except OSError as error:
            raise unreadable(path, error) from error
        yield archive


def _archive(held: zipfile.ZipFile, path: Path) -> Archive:
    """It, when it holds what it should and nothing else."""
    _insist_on_names(held.infolist(), path)
    infos = {info.filename: info for info in held.infolist()}
    manifest = _manifest(held, infos, path)
    _insist_on_sizes(manifest, infos, path)
    for entry in manifest.files:
        _proven(held, entry, path)
    return Archive(path, manifest, {entry.name: entry for entry in manifest.files}, held)


def _read_as_zip(file: IO[bytes], path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _BROKEN as error:
        raise StoreError(f"{shown(path)} is no backup, or not all of one. Nothing was changed") from error


def _insist_on_names(infos: list[zipfile.ZipInfo], path: Path) -> None:
    if len(infos) > COUNT_LIMIT:
        raise _bad(path, f"it holds {len(infos):,} files, more than {COUNT_LIMIT:,}")
    seen: set[str] = set()
    for info in infos:
        name, kind = info.orig_filename, stat.S_IFMT(info.external_attr >> 16)
        if name != info.filename or not (name == MANIFEST or fits(name)):
            raise _bad(path, f"“{_short(name)}” in it is no name that a backup has")
        if name in seen:
            raise _bad(path, f"“{_short(name)}” is in it twice")
        if kind not in (0, stat.S_IFREG) or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _bad(path, f"“{_short(name)}” in it is no ordinary file")
        seen.add(name)


def _manifest(held: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], path: Path) -> Manifest:
    if MANIFEST not in infos:
        raise StoreError(f"{shown(path)} is no backup of this program: it has no manifest. Nothing was changed")
    document = _unspelled(_unpacked(held, MANIFEST, FILE_LIMIT, path), path)
    version = document.get("format") if isinstance(document, dict) else None
    if isinstance(version, int) and version > FORMAT:  # before all else: a later format may go on differently
        raise NewerFormat(
            f"{shown(path)} was made by a later version of this program (format {version}, known here: {FORMAT}). "
            "Nothing was changed; update this program"
        )
    try:
        return value_of(document, Manifest)
    except Unfit as error:
        raise _bad(path, f"its manifest is of another shape ({clean(str(error))})") from error


def _unspelled(data: bytes, path: Path) -> object:
    try:
        return loads(data)
    except Unfit as error:
        raise _bad(path, "its manifest cannot be read") from error


def _insist_on_sizes(manifest: Manifest, infos: dict[str, zipfile.ZipInfo], path: Path) -> None:
    names = [entry.name for entry in manifest.files]
    if sorted(names) != sorted(infos.keys() - {MANIFEST}):
        raise _bad(path, "its manifest names other files than it holds")
    for entry in manifest.files:
        if entry.size > FILE_LIMIT:
            raise _bad(path, f"“{_short(entry.name)}” in it is larger than {FILE_LIMIT >> 20} MB")
        if infos[entry.name].file_size != entry.size:
            raise _bad(path, f"“{_short(entry.name)}” in it has another size than its manifest says")
    if sum(entry.size for entry in manifest.files) > WHOLE_LIMIT:
        raise _bad(path, f"unpacked it is larger than {WHOLE_LIMIT >> 30} GB")


def _proven(held: zipfile.ZipFile, entry: Entry, path: Path) -> bytes:
    data = _unpacked(held, entry.name, entry.size, path)
    if len(data) != entry.size or sha256(data).hexdigest() != entry.sha256:
        raise _bad(path, f"“{_short(entry.name)}” in it is not what was put in")
    return data


def _unpacked(held: zipfile.ZipFile, name: str, most: int, path: Path) -> bytes:
    """The bytes of one file, of which never more than `most` are unpacked, whatever it says of itself."""
    try:
        with held.open(name) as file:
            parts, left = [], most + 1
            while left > 0 and (part := file.read(min(left, _CHUNK))):
                parts.append(part)
                left -= len(part)
    except _BROKEN as error:
        raise _bad(path, f"“{_short(name)}” in it cannot be unpacked") from error
    if left <= 0:
        raise _bad(path, f"“{_short(name)}” in it is larger than the {most:,} bytes that it may have")
    return b"".join(parts)


def _bad(path: Path, why: str) -> Damaged:
    return Damaged(f"{shown(path)} is no good backup: {why}. Nothing was changed")


def _short(name: str) -> str:
    return shortened(clean(name), 80)

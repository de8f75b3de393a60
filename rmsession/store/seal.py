"""The form of a file: TinyDB tables under one line with format version, revision and checksum.

The whole is JSON that any TinyDB opens (the first line is the table ``seal``), one document a line. Every byte is
covered: the checksum is taken over version, revision and all that follows the first line, which has one spelling.
"""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

# Annotations are no texts here: to make a row of texts takes twice as long, at every start.

import errno
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.store.disk import shown
from rmsession.store.spelling import Document, Unfit, dumps, loads

if TYPE_CHECKING:
    from hashlib import _Hash

FORMAT: Final = 1
"""Raised when an older program could no longer read the file rightly; a new kind of fact does not raise it."""
SEAL_LIMIT: Final = 160
"""The first line is never longer, so reading that much of a file is enough for its revision."""

_FORMAT: Final = rb'\{"seal":\{"1":\{"format":([1-9]\d{0,8}),'
_SEAL: Final = _FORMAT + rb'"revision":([1-9]\d{0,17}),"sha256":"([0-9a-f]{64})"\}\}\n'
"""Compiled when the first file is read, which most lists never do."""

Tables = dict[str, dict[str, Document]]
"""Tables by name, documents by number: the shape in which TinyDB hands them to a storage."""
Lines = Mapping[str, Iterable[tuple[str, bytes]]]
"""The same with each document already spelled."""


class Sealed(NamedTuple):
    """What a file holds."""

    revision: int
    tables: Tables


def seal(tables: Lines, revision: int) -> bytes:
    """The bytes of a file with these tables."""
    body = b"\n".join(_parts(tables))
    first = b'{"seal":{"1":{"format":%d,"revision":%d,"sha256":"%s"}}\n'
    return first % (FORMAT, revision, _checksum(FORMAT, revision, body)) + body


def spelled(tables: Mapping[str, Mapping[str, Any]]) -> Lines:
    """Every document of the tables as its line."""
    return {name: [(number, dumps(document)) for number, document in table.items()] for name, table in tables.items()}


def unseal(data: bytes, path: Path) -> Sealed:
    """What the bytes of a file hold.

    Raises:
        Damaged: they are not what was written.
        NewerFormat: a later program wrote them.
    """
    head, end = head_in(data, path)
    if _checksum(head.format, head.revision, data[end:]) != head.checksum:
        raise damaged(path, "its checksum differs")
    try:
        tables = loads(data)
    except Unfit as error:
        raise damaged(path, str(error)) from error
    if not isinstance(tables, dict) or tables.pop("seal", None) is None or not _are_tables(tables):
        raise damaged(path, "its tables are not of the right shape")
    return Sealed(head.revision, tables)


def read_sealed(path: Path) -> Sealed:
    """What a file holds, read at one moment.

    Raises:
        FileNotFoundError: there is none.
        Damaged: it is not what was written.
        NewerFormat: a later program wrote it.
        StoreError: it cannot be read.
    """
    return unseal(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """What lies in a file at one moment.

    Raises:
        FileNotFoundError: there is none.
        StoreError: it cannot be read.
    """
    try:
        with opened(path) as file:
            return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(path, error) from error


def opened(path: Path) -> BinaryIO:
    """An ordinary file, open for reading.

    Raises:
        FileNotFoundError: there is none.
        OSError: it cannot be read, or is no file: a link to nothing, a folder, a pipe that would keep us waiting.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        if path.is_symlink():  # what it leads to may be away for now: it must not be taken for nothing
            raise OSError(errno.EINVAL, "It is a link that leads nowhere") from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "It is no ordinary file")
    return os.fdopen(descriptor, "rb", buffering=0)


def revision_in(beginning: bytes, path: Path) -> int:
    """The revision, from the first `SEAL_LIMIT` bytes of a file, unproven.

    Raises:
        Damaged: it does not begin as such a file does.
        NewerFormat: a later program wrote it.
    """
    return head_in(beginning, path)[0].revision


def damaged(path: Path, reason: str) -> Damaged:
    """The one line about a damaged file."""
    return Damaged(f"{shown(path)} is damaged: {reason}. It is left as it is; restore it from a backup")


def unreadable(path: Path, error: OSError) -> StoreError:
    """The one line about a file that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return StoreError(f"{shown(path)} cannot be read: {reason}. Check its permissions and the disk")


class Head(NamedTuple):
    """What the first line of a file says."""

    format: int
    revision: int
    checksum: bytes
    """In hexadecimal digits."""


def head_in(data: bytes, path: Path) -> tuple[Head, int]:
    """What the first line says, and where the next begins.

    Raises:
        Damaged: it is no such line.
        NewerFormat: a later program wrote it.
    """
    version = re.match(_FORMAT, data)
    if version and int(version[1]) > FORMAT:  # before all else: a later format may go on differently
        raise NewerFormat(
            f"{shown(path)} was written by a later version of this program (format {int(version[1])}, "
            f"known here: {FORMAT}). It is left as it is; update this program"
        )
    match = re.match(_SEAL, data)
    if not match:
        raise damaged(path, "it does not begin as a file of this program" if data else "it is empty")
    return Head(int(match[1]), int(match[2]), match[3]), match.end()


def _parts(tables: Lines) -> Iterable[bytes]:
    for name, documents in tables.items():
        lines = b",\n".join(b'"%s":%s' % (number.encode(), line) for number, line in documents)
        yield b",%s:{\n%s\n}" % (dumps(name), lines)
    yield b"}\n"


def checksum_begun(version: int, revision: int) -> "_Hash":
    """The checksum of a file before anything of what follows its first line."""
    # Only here: a list opens no file, and OpenSSL takes 3 ms to load.
    from hashlib import sha256

    return sha256(b"%d %d\n" % (version, revision))


def _checksum(version: int, revision: int, body: bytes) -> bytes:
    digest = checksum_begun(version, revision)
    digest.update(body)
    return digest.hexdigest().encode()


def _are_tables(tables: dict[Any, Any]) -> bool:
    return all(
        isinstance(table, dict)
        and all(
            number.isdecimal() and number.isascii() and isinstance(document, dict) for number, document in table.items()
        )
        for table in tables.values()
    )

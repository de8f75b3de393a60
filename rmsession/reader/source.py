"""A file's bytes as text: what encoding they are in, what had to be guessed, and what is no text at all."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from rmsession.core.agenda import Problem
from rmsession.core.frozen import frozen
from rmsession.core.text import clean
from rmsession.reader import problems
from rmsession.reader.limits import SIZE_LIMIT

_CONTROL_BYTES = bytes(code for code in range(0x20) if code not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f\x81\x8d\x8f\x90\x9d"
"""Bytes that Windows-1252 gives no character that people type."""
_ONE_IN = 50
"""One such byte in so many may be a slip; random bytes have one in eight."""
_SNIFF = 4096
"""How much of a file is looked at to tell text from a picture."""

_BINARY_MARKS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"RIFF", b"OggS",
    b"ID3", b"BM", b"MZ", b"II*\x00", b"MM\x00*", b"\xd0\xcf\x11\xe0", b"SQLite format", b"7z\xbc\xaf",
    b"\xca\xfe\xba\xbe",
)  # fmt: skip


class UnreadableAgenda(Exception):
    """There is no agenda to read; its text is one line that says what, where and how to mend it."""


@frozen
class Decoded:
    """A file's text with plain line ends, and what was taken for granted in reading its bytes."""

    text: str
    problems: tuple[Problem, ...] = ()


def load(path: Path) -> Decoded:
    """The text of a file.

    Raises:
        UnreadableAgenda: It is missing, a folder, not allowed, too large or no text.
    """
    name = shown(path)
    try:
        data = _bytes(path, name)
    except FileNotFoundError:
        raise UnreadableAgenda(f"{name} does not exist: check the path, or start one with `rmsession new`") from None
    except PermissionError:
        raise UnreadableAgenda(f"{name} may not be read: change its permissions, or copy it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableAgenda(f"{name} cannot be read ({reason}): check the path and the disk") from None
    return decode(data, name=name)


def shown(path: Path) -> str:
    """A path as it may stand in a line for people: file names can hold line ends and control characters."""
    return clean(os.fspath(path))


def _bytes(path: Path, name: str) -> bytes:
    """What is in the file, and never more than the limit: a file can grow, and one of ``/proc`` says no size."""
    _insist(path.stat(), name)
    # Looked at again once it is open, and opened without waiting: a pipe may have taken its place in between.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        _insist(os.fstat(stream.fileno()), name)
        return stream.read(SIZE_LIMIT + 1)


def _insist(info: os.stat_result, name: str) -> None:
    """Refuse what is no file or too large a one."""
    if stat.S_ISDIR(info.st_mode):
        raise UnreadableAgenda(f"{name} is a folder, not an agenda: give the path of a Markdown file in it")
    if not stat.S_ISREG(info.st_mode):
        raise UnreadableAgenda(f"{name} is no ordinary file: copy the agenda into a .md file and give its path")
    if info.st_size > SIZE_LIMIT:
        raise _too_large(name)


def decode(data: bytes, *, name: str = "the agenda") -> Decoded:
    """The text that the bytes stand for; every guess is a problem that says so.

    A byte order mark decides; without one it is UTF-16 where every other byte is NUL, else UTF-8, else
    Windows-1252 (in which every byte sequence has some reading).

    Raises:
        UnreadableAgenda: More bytes than `SIZE_LIMIT`, or a picture, archive, program or noise.
    """
    if len(data) > SIZE_LIMIT:
        raise _too_large(name)
    text, found = _characters(data, name)
    if "\0" in text:
        found.append(problems.nul_dropped(text.count("\n", 0, text.index("\0")) + 1))
        text = text.replace("\0", "")
    text = text.removeprefix("\ufeff")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), tuple(found))


def _too_large(name: str) -> UnreadableAgenda:
    limit = f"{SIZE_LIMIT // 1_000_000} MB"
    return UnreadableAgenda(
        f"{name} has more than {limit}, the most that an agenda may have: keep the agenda itself and link to the rest"
    )


def _characters(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """The bytes decoded, and what was guessed."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its first half
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _with_replacement(data[len(mark) :], encoding)
    wide = _wide(data[:_SNIFF])
    if wide is not None:
        text, found = _with_replacement(data, wide)
        return text, [problems.encoding_guessed("UTF-16"), *found]
    if _is_binary(data):
        raise _no_text(name)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if _mostly_utf8(data):
            return data.decode("utf-8", "replace"), [problems.bytes_replaced(line, "UTF-8")]
        if _is_noise(data):
            raise _no_text(name) from None
        text = data.decode("cp1252", "replace")
        found = [problems.encoding_guessed("Windows-1252", line)]
        return text, found


def _no_text(name: str) -> UnreadableAgenda:
    return UnreadableAgenda(f"{name} is not a text file: give a Markdown (.md) or text file")


def _with_replacement(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    """Decoded all the same where some bytes are wrong, and told."""
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        return data.decode(encoding, "replace"), [problems.bytes_replaced(before.count("\n") + 1, encoding.upper())]


def _wide(head: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, where text in it leaves every other byte empty."""
    pairs = len(head) // 2
    if pairs < 2:  # noqa: PLR2004 - one pair says nothing
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > pairs * 0.7 and even < pairs * 0.1:
        return "utf-16-le"
    if even > pairs * 0.7 and odd < pairs * 0.1:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    """Whether this is no text: a known signature with bytes no text has, or too many control bytes."""
    head = data[:_SNIFF]
    controls = sum(head.count(code) for code in range(0x20) if code not in b"\0\t\n\x0b\x0c\r\x1b")
    if any(head.startswith(mark) for mark in _BINARY_MARKS):
        return controls > 0 or b"\0" in head or not _decodes(head)
    return controls * 10 > len(head) or head.count(0) * 2 > len(head)


def _is_noise(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are no old Windows text either: that has no control bytes, or hardly any."""
    printed = data.translate(None, _CONTROL_BYTES)
    return (len(data) - len(printed)) * _ONE_IN > len(data)


def _decodes(head: bytes) -> bool:
    """Whether the first bytes are UTF-8 (a cut character at the end does not count against them)."""
    return len(head.decode("utf-8", "ignore").encode()) >= len(head) - 3


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 with a few wrong bytes, rather than another encoding altogether."""
    valid = data.decode("utf-8", "ignore").encode()
    return _high(valid) * 2 > _high(data)


def _high(data: bytes) -> int:
    """How many bytes lie beyond ASCII."""
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))

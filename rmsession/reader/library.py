"""The agendas one can name instead of giving a path: the ready-made ones and those in a person's own folders."""

# ruff: noqa: PLC0415 - loaded where it is used: most agendas need none of it

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

SUFFIXES = (".md", ".markdown", ".txt")
_ORDER = re.compile(r"^\d{1,3}[-_ .]+")
_PACKAGE = Path(__file__).resolve().parent.parent
_MOST_NAMED = 3


def bundled() -> list[Path]:
    """The ready-made agendas in their order: those in the wheel, else those of the checkout."""
    for folder in (_PACKAGE / "bundled", _PACKAGE.parent / "agendas"):
        if found := _agendas_in(folder):
            return found
    return []


def find(name: str, folders: Sequence[Path] = ()) -> Path:
    """The agenda that a path or a name stands for: ``talk.md``, ``01-kick-off``, ``kick-off``, ``Kick off``.

    A path that exists comes first, then the `folders` in their order, then the ready-made agendas.

    Raises:
        UnreadableAgenda: There is none, or the name fits several; the text is one line that names those near it.
    """
    # Only here: a list of the ready-made ones reads none.
    from rmsession.reader.source import UnreadableAgenda

    given = path_of(name)
    if name.strip() and _exists(given):
        return given
    known = [path for folder in folders for path in _agendas_in(folder)] + bundled()
    wanted = _key(given.name)
    for key in (_key, _unnumbered):
        fitting = [path for path in known if key(path.name) == wanted]
        if fitting:
            return fitting[0]
    begins = [path for path in known if wanted and _unnumbered(path.name).startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    raise UnreadableAgenda(_unknown(name, [path.stem for path in begins] or _near(wanted, known)))


def path_of(word: str) -> Path:
    """The word as a path; a leading ``~`` is the home folder, and ``~name`` one of that name where nobody has it."""
    # Not Path.expanduser: it raises for a name that nobody has.
    return Path(os.path.expanduser(word))  # noqa: PTH111


def _agendas_in(folder: Path) -> list[Path]:
    """The agenda files of a folder, by name; none where it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    except OSError:
        return []


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name no path can have
        return False


def _key(name: str) -> str:
    """A name without its ending, case, and kind of hyphen."""
    stem = name
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    return re.sub(r"[\s_-]+", "-", stem.casefold()).strip("-")


def _unnumbered(name: str) -> str:
    return _key(_ORDER.sub("", name))


def _near(wanted: str, known: Sequence[Path]) -> list[str]:
    """Names a slip of the finger away, by their full or unnumbered form."""
    # Only for a name that nothing has: Home lists agendas before its first paint.
    import difflib

    by_key = {_unnumbered(path.name): path.stem for path in known} | {_key(path.name): path.stem for path in known}
    near = difflib.get_close_matches(wanted, by_key, n=_MOST_NAMED, cutoff=0.5)
    within = [key for key in by_key if wanted and wanted in key]
    return list(dict.fromkeys(by_key[key] for key in [*near, *within]))[:_MOST_NAMED]


def _unknown(name: str, near: Sequence[str]) -> str:
    shown = name if len(name) <= 80 else name[:79] + "…"  # noqa: PLR2004 - one line
    mend = f"did you mean {' or '.join(near)}?" if near else "give the path of a Markdown file"
    return f"no agenda is called {shown!r}: {mend}"

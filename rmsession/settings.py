"""What a person may set: by flag, else by environment, else in ``config.toml``, else the default.

The file lies in the data folder and is the person's own: what the program remembers there (`remember`) leaves
comments and unknown keys as they are.
"""

# ruff: noqa: PLC0415 - loaded where it is used: lists and the first paint need none of it

# Annotations are no texts here: to make a row of texts takes twice as long, at every start.

import errno
import os
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FILE = "config.toml"
"""The name of the file in the data folder."""
_LARGEST = 100_000
"""Bytes; all that can be set takes a hundredth."""
_MOST_DOTS = 60
"""A key of 50,000 parts keeps the parser for minutes."""
_QUOTED = r"\"[^\"\n]*\"|'[^'\n]*'"
RECENT = 8
"""So many agenda files are remembered."""


class SettingsError(Exception):
    """A setting could not be read or written; the message is one line: what, where, how to mend it."""


class Settings(NamedTuple):
    """Everything that can be set, settled."""

    home: Path
    """The data folder; everything the program keeps lies in it."""
    me: str | None = None
    """The name of whoever sits at the keyboard; None until it was asked."""
    theme: str | None = None
    editor: str | None = None
    """The command that edits a file; None leaves it to ``$VISUAL`` and ``$EDITOR``."""
    agendas: Path = Path("agendas")
    """The folder of the person's own agendas."""
    zone: str | None = None
    """An IANA zone; None is the machine's."""
    recent: tuple[Path, ...] = ()
    """Agenda files opened last, newest first."""
    demo: bool = False
    """Whether all that lies in the data folder is made up."""


def home_of(flag: str | Path | None, environ: Mapping[str, str]) -> Path:
    """The data folder: the flag, else ``RMSESSION_HOME``, else the platform's place; absolute, not created."""
    given = flag or environ.get("RMSESSION_HOME")
    if given:
        return _path(given).absolute()
    # Only here: with a home folder given, the platform is not asked.
    from platformdirs import user_data_path

    return user_data_path("rmsession", appauthor=False)


def load(
    flags: Mapping[str, str | Path | None] | None = None, environ: Mapping[str, str] | None = None
) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and one line for each that was left out because it makes no sense.

    Args:
        flags: What the command line said, by the names of the fields of `Settings`; None is unsaid.
        environ: The environment; the process's own unless given.
    """
    flags, environ = flags or {}, os.environ if environ is None else environ
    home = home_of(flags.get("home"), environ)
    written, complaints = _read(home / FILE)
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        variable = f"RMSESSION_{name.upper()}"
        said = (
            (f"--{name}", flags.get(name)),
            (variable, None if name in _ONLY_WRITTEN else environ.get(variable) or None),
            (f"{home / FILE}: {name}", written.get(name)),
        )
        for where, value in said:
            if value is None or name in found:
                continue
            try:
                found[name] = read(value, home)
            except SettingsError as wrong:
                complaints.append(f"{where}: {wrong}")
    found.setdefault("agendas", home / "agendas")
    return Settings(home=home, **found), tuple(complaints)


def zone_of(settings: Settings) -> str:
    """The IANA name of the zone in which dates are read: the setting, else the machine's, else ``UTC``."""
    if settings.zone:
        return settings.zone
    # Only here: looking up the machine's zone reads several files, and most commands need none.
    from zoneinfo import ZoneInfoNotFoundError

    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return "UTC"
    return name or "UTC"


def remember(home: Path, key: str, value: str) -> None:
    """Write one setting (``me`` or ``theme``) into the file, beside whatever else stands there.

    Raises:
        SettingsError: the file cannot be read as TOML, or cannot be written; it is as it was.
    """
    _rewrite(home, key, lambda document: document.__setitem__(key, value))


def remember_agenda(home: Path, path: Path) -> None:
    """Put an agenda file in front of those opened last, and let the oldest go.

    Raises:
        SettingsError: the file cannot be read as TOML, or cannot be written; it is as it was.
    """

    def change(document: Any) -> None:
        known = document.get("recent", [])
        others = [str(each) for each in known if str(each) != str(path)] if isinstance(known, list) else []
        document["recent"] = [str(path), *others][:RECENT]

    _rewrite(home, "recent", change)


def _read(file: Path) -> tuple[dict[str, Any], list[str]]:
    """The file's keys, and what is wrong with it as a whole."""
    try:
        text = _decoded(file)
        # Only here: where nothing was ever set, nothing reads TOML.
        from rmsession.toml_text import said_in

        return said_in(text), []
    except (FileNotFoundError, NotADirectoryError):
        return {}, []  # whoever wants to keep something there will be told
    except (ValueError, RecursionError) as wrong:
        return {}, [f"{file}: not read, it is no TOML ({_one_line(wrong)}); mend or delete it"]
    except OSError as wrong:
        return {}, [f"{file}: not read ({wrong.strerror}); see to it that you may read it"]


def _decoded(file: Path) -> str:
    if file.exists() and not file.is_file():  # reading a pipe would never end
        raise OSError(errno.EINVAL, "it is no ordinary file")
    with file.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise OSError(errno.EFBIG, f"it has more than {_LARGEST // 1000} KB")
    text = data.removeprefix(BOM_UTF8).decode("utf-8")  # Notepad writes a byte order mark
    if text.count(".") > _MOST_DOTS and any(
        line.count(".") > _MOST_DOTS for line in re.sub(_QUOTED, "", text).split("\n")
    ):
        raise OSError(errno.EFBIG, f"a key has more than {_MOST_DOTS} parts")
    return text


def _path(given: str | Path) -> Path:
    # Not Path.expanduser: it raises for an unknown ``~name``, which may as well be a folder of that name.
    return Path(os.path.expanduser(given))  # noqa: PTH111


def _text(value: Any, _: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SettingsError('should be text in quotes, such as "Ada"')
    return " ".join(value.split())


def _folder(value: Any, home: Path) -> Path:
    text = _text(str(value) if isinstance(value, Path) else value, home)
    if "\0" in text:
        raise SettingsError("should be a folder, which no NUL character is part of")
    return home / _path(text)


def _zone(value: Any, home: Path) -> str:
    name = _text(value, home)
    # Only here: nobody who leaves the zone to the machine pays for its table.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise SettingsError('should be a time zone such as "Europe/Berlin"') from wrong
    return name


def _files(value: Any, home: Path) -> tuple[Path, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SettingsError('should be a list of files, such as ["/home/ada/kick-off.md"]')
    return tuple(home / each for each in value if each and "\0" not in each)


def _truth(value: Any, _: Path) -> bool:
    if not isinstance(value, bool):
        raise SettingsError("should be true or false")
    return value


_READERS: dict[str, Callable[[Any, Path], Any]] = {
    "me": _text,
    "theme": _text,
    "editor": _text,
    "agendas": _folder,
    "zone": _zone,
    "recent": _files,
    "demo": _truth,
}
"""How each value is read; the second argument is the data folder."""
_ONLY_WRITTEN = frozenset({"recent", "demo"})
"""What the program itself writes, and no environment says."""


def _rewrite(home: Path, key: str, change: Callable[[Any], Any]) -> None:
    from rmsession.closed import make_folder
    from rmsession.toml_text import NoTomlError, changed
    from rmsession.whole import write_whole

    file = home / FILE
    try:
        file = file.resolve()  # a link to somebody's dotfiles stays a link
        before = _decoded(file) if file.exists() else ""
        after = changed(before, key, change)
        if after != before:
            make_folder(file.parent)
            write_whole(file, after.encode("utf-8"), over=True)
    except (NoTomlError, UnicodeDecodeError) as wrong:
        raise SettingsError(f"{file}: left as it is, it is no TOML ({_one_line(wrong)}); mend or delete it") from wrong
    except UnicodeEncodeError as wrong:
        raise SettingsError(f"{file}: not written, TOML cannot hold that name; rename it to plain letters") from wrong
    except RuntimeError as wrong:  # what older Pythons raise for links that go round in a circle
        raise SettingsError(f"{file}: not written, it is a link to itself; remove it") from wrong
    except OSError as wrong:
        raise SettingsError(f"{file}: not written ({wrong.strerror}); see to it that you may write it") from wrong


def _one_line(wrong: Exception) -> str:
    return " ".join(str(wrong).split())

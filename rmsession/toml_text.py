"""What a text of TOML says, and one setting changed in it; what else stands there stays to the letter, comments too.

Nearly all settings are a line each, of which this makes what a reader of all of TOML would: such a reader takes 4 ms
to load at every start and 200 KB from then on, and one that writes, too, 30 ms and a megabyte.
"""

# ruff: noqa: PLC0415 - loaded where it is used: hardly any settings need it

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

_TEXT: Final = r'"[^\x00-\x1f\x7f"\\]*"'
_LINE: Final = (
    rf"(?:(?P<key>[A-Za-z0-9_-]+) *= *(?:(?P<text>{_TEXT})|(?P<truth>true|false)|"
    rf"(?P<list>\[ *(?:{_TEXT}(?: *, *{_TEXT})* *)?\])))? *(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?"
)
"""A key with what it says, or nothing, and a remark behind it: all that is not looked up in TOML itself."""
Change = Callable[[Any], Any]
"""Sets the key in what a text says."""


class NoTomlError(Exception):
    """A text that says nothing in TOML; the message says why."""


def said_in(text: str) -> dict[str, Any]:
    """What a text says. Raises `ValueError` where it is no TOML, `RecursionError` where that goes too deep."""
    said = _said_plainly(text)
    if said is None:
        # Only here: most settings are a line each.
        import tomllib

        said = tomllib.loads(text)
    return said


def changed(before: str, key: str, change: Change) -> str:
    """The text as it reads with that key set.

    Raises:
        NoTomlError: it is not TOML.
    """
    after = _in_one_line(before, key, change)
    return _anywhere(before, change) if after is None else after


def _in_one_line(before: str, key: str, change: Change) -> str | None:
    """The same where one line says it, and so nearly always; else, or where it is no TOML, None."""
    try:
        said = said_in(before)
        wanted = dict(said)
        change(wanted)
        if wanted == said:
            return before
        lines = before.splitlines(keepends=True)
        new = f"{key} = {_spelled(wanted[key])}\n"
        places = [number for number, line in enumerate(lines) if line.startswith(f"{key} =")]
        if key not in said:
            lines += ["" if before.endswith("\n") or not before else "\n", new]
        elif len(places) == 1 and "#" not in lines[places[0]]:
            lines[places[0]] = new
        else:
            return None
        after = "".join(lines)
        # It says so itself: below a table, or where the value goes on for lines, it would not.
        return after if said_in(after) == wanted and "\r" not in after else None
    except (ValueError, RecursionError):
        return None


def _said_plainly(text: str) -> dict[str, Any] | None:
    said: dict[str, Any] = {}
    for line in text.split("\n"):
        found = re.fullmatch(_LINE, line)
        if found is None or found["key"] in said:
            return None
        match found.lastgroup:
            case "text":
                said[found["key"]] = found["text"][1:-1]
            case "truth":
                said[found["key"]] = found["truth"] == "true"
            case "list":
                said[found["key"]] = [each[1:-1] for each in re.findall(_TEXT, found["list"])]
            case _:
                pass
    return said


def _spelled(value: Any) -> str:
    """A text, or a list of such, as it is: where it must be spelled otherwise, the line says something else."""
    return f"[{', '.join(map(_spelled, value))}]" if isinstance(value, list) else f'"{value}"'


def _anywhere(before: str, change: Change) -> str:
    # Only where a line does not do: it takes 30 ms to load, and a megabyte from then on.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(before)
        change(document)
        return tomlkit.dumps(document)
    except (TOMLKitError, RecursionError) as wrong:
        raise NoTomlError(str(wrong)) from wrong

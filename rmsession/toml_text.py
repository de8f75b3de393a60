"""One setting changed in a text of TOML; what else stands there stays to the letter, comments too."""

# ruff: noqa: PLC0415 - loaded where it is used: hardly any start writes a setting

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Change = Callable[[Any], Any]
"""Sets the key in what a text says."""


class NoTomlError(Exception):
    """A text that says nothing in TOML; the message says why."""


def changed(before: str, key: str, change: Change) -> str:
    """The text as it reads with that key set.

    Raises:
        NoTomlError: it is not TOML.
    """
    after = _in_one_line(before, key, change)
    return _anywhere(before, change) if after is None else after


def _in_one_line(before: str, key: str, change: Change) -> str | None:
    """The same where one line says it, and so nearly always; else, or where it is no TOML, None."""
    import json
    import tomllib

    try:
        said = tomllib.loads(before)
        wanted = dict(said)
        change(wanted)
        if wanted == said:
            return before
        lines = before.splitlines(keepends=True)
        new = f"{key} = {json.dumps(wanted[key], ensure_ascii=False)}\n"
        places = [number for number, line in enumerate(lines) if line.startswith(f"{key} =")]
        if key not in said:
            lines += ["" if before.endswith("\n") or not before else "\n", new]
        elif len(places) == 1 and "#" not in lines[places[0]]:
            lines[places[0]] = new
        else:
            return None
        after = "".join(lines)
        # It says so itself: below a table, or where the value goes on for lines, it would not.
        return after if tomllib.loads(after) == wanted and "\r" not in after else None
    except (ValueError, RecursionError):
        return None


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

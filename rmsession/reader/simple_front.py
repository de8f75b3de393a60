"""The settings of an agenda that are lines of a name and some words, as nearly all are, read without PyYAML.

PyYAML is right about whatever else YAML allows. But it takes 15 ms to load and holds 2 MB as long as the session runs.
"""

from __future__ import annotations

import re

_NAME = r"[A-Za-z][A-Za-z0-9_]{0,40}"
_WORDS = r"[A-Za-z0-9](?:[\w/().,+-]|:(?=\w)| (?=[\w(]))*"
"""What YAML takes for plain words: no sign that means something at their beginning, nor a colon, a dash or a number
sign behind a space."""
_LINES = re.compile(rf"(?:{_NAME}:(?: {_WORDS})? *\n|\n)*")
_LINE = re.compile(rf"^({_NAME}):(?: ({_WORDS}))? *$", re.MULTILINE)


def simple(block: str) -> dict[str, str] | None:
    """What PyYAML's base loader makes of it; None where a line is anything else than a name and plain words."""
    if not _LINES.fullmatch(block):
        return None
    return {match[1]: match[2] or "" for match in _LINE.finditer(block)}

"""Front matter that needs no YAML: keys with a plain word or line behind them, or a list of such.

That is how nearly everybody writes it, and it means the same there (a test asks both). The parser of YAML takes 15 ms
to load, and 1.5 MB for as long as the session goes on.
"""

from __future__ import annotations

import re
from typing import Final

_LINE: Final = re.compile(
    r"(?:(?P<key>[A-Za-z][A-Za-z0-9_-]{0,40}):|(?P<indent> *)-)(?: +(?P<value>[A-Za-z0-9][A-Za-z0-9 ,.()/'+&%!?-]*))?"
)
"""A key or the sign of an item, and what it says: nothing that YAML could take for more than letters."""


def plain(block: str) -> dict[str, str | list[str]] | None:
    """What such a block says; None where YAML must be asked."""
    said: dict[str, str | list[str]] = {}
    items: list[str] = []
    key = ""
    indent: str | None = None
    for line in block.removesuffix("\n").split("\n"):
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        value = (found["value"] or "").rstrip()
        if found["key"]:
            key, indent, items = found["key"], None, []
            said[key] = value
        elif value and said.get(key, "no list") in ("", items) and indent in (None, found["indent"]):
            indent = found["indent"]
            items.append(value)
            said[key] = items
        else:
            return None
    return said

"""One setting written into a TOML text, all else in it left as it is."""

# ruff: noqa: PLC0415 - loaded when a setting is written, and tomlkit only where a line is not enough

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from rmsession.plain_toml import read_plain

_VALUE: Final = r"""(?:"[^"\\#\n]*"|\[(?:"[^"\\#\n]*"(?:, *)?)*\]|true|false|\d+)"""
"""A value that ends where its line does, and has neither escapes nor a comment."""
_TABLE: Final = re.compile(r"^\s*\[", re.MULTILINE)


def rewritten(text: str, key: str, said: Callable[[object], object]) -> str:
    """The text in which `key` has what `said` makes of its present value, which is None where there is none.

    Raises:
        ValueError: the text is no TOML; its message says where.
    """
    line = _in_a_line(text, key, said)
    return _in_a_document(text, key, said) if line is None else line


def _in_a_line(text: str, key: str, said: Callable[[object], object]) -> str | None:
    """The same where it stands on a line of its own, or can: tomlkit takes 30 ms to load, and a megabyte ever after.

    What it means is read again and compared: None where anything else than that setting would have changed.
    """
    try:
        before = _meaning(text)
        value = said(before.get(key))
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        if key in before:
            after, count = re.subn(rf"^{key} *= *{_VALUE} *$", lambda _: line, text, flags=re.MULTILINE)
            if count != 1:
                return None
        elif _TABLE.search(text) or "\r" in text:
            return None
        else:
            after = f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{line}\n"
        return after if _meaning(after) == {**before, key: value} else None
    except (ValueError, RecursionError):
        return None


def _meaning(text: str) -> Mapping[str, object]:
    """What a TOML text says. Raises `ValueError`."""
    if (plain := read_plain(text)) is not None:
        return plain
    import tomllib

    return tomllib.loads(text)


def _in_a_document(text: str, key: str, said: Callable[[object], object]) -> str:
    # Only here: it keeps the comments and the order that people write.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        document[key] = said(document.get(key))
        return tomlkit.dumps(document)
    except (TOMLKitError, RecursionError) as wrong:
        raise ValueError(str(wrong)) from wrong

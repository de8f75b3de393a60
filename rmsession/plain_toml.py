"""TOML that needs no parser: a name and a text in quotes on each line, as this program and most people write it."""

from __future__ import annotations


def read_plain(text: str) -> dict[str, str | list[str]] | None:
    """What such a text says; None where there is more in it, be it right or wrong: that is a parser's.

    Loading one takes as long as an answer out of the index.
    """
    found: dict[str, str | list[str]] = {}
    for line in text.split("\n"):
        if not line:
            continue
        name, _, value = line.partition(" = ")
        if name in found or not (name.isascii() and name.isidentifier()):
            return None
        said = _text(value) if value.startswith('"') else _texts(value)
        if said is None:
            return None
        found[name] = said
    return found


def _text(value: str) -> str | None:
    return _inside(value[1:-1]) if len(value) > 1 and value[-1] == '"' else None


def _texts(value: str) -> list[str] | None:
    if not (value.startswith('["') and value.endswith('"]')) or len(value) < len('[""]'):
        return None
    texts = [_inside(each) for each in value[2:-2].split('", "')]
    return [text for text in texts if text is not None] if None not in texts else None


def _inside(quoted: str) -> str | None:
    """What stands between quotes, if it means no more than it is."""
    return quoted if quoted.isprintable() and '"' not in quoted and "\\" not in quoted else None

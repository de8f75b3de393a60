"""How JSON is spelled in files and read again: everything comes back, lone surrogates included, or it is refused.

Apart from what the values mean: a command that only lists needs neither every kind of fact nor msgspec.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

from rmsession.core.store_errors import StoreError

Document = dict[str, Any]
"""A JSON object as TinyDB keeps it."""

# JSON can spell a lone surrogate only as an escape, and every reader joins two adjacent escapes into one character.
# Characters beyond the BMP are never escaped here, so each escape of this form is one surrogate by itself.
_ESCAPED_SURROGATE: Final = r"(?<!\\)((?:\\\\)*)\\u(d[89a-f][0-9a-f]{2})"


class Unfit(Exception):
    """A document is not of the shape it should have; the message says where and why."""


def dumps(value: object) -> bytes:
    """Compact JSON in UTF-8 that `loads` reads back exactly, lone surrogates included.

    Raises:
        StoreError: a number is not finite, which JSON cannot spell.
    """
    try:
        text = _ENCODER.encode(value)
    except ValueError as error:
        raise StoreError("Not kept: a number in it is not finite. Enter it again") from error
    return text.encode("utf-8", "backslashreplace")


def loads(data: bytes) -> Any:
    """The value that `dumps` spelled.

    Raises:
        Unfit: it is no JSON.
    """
    try:
        text = data.decode()
        if "\\ud" in text:
            text = re.sub(_ESCAPED_SURROGATE, lambda match: match[1] + chr(int(match[2], 16)), text)
        return _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"it is no JSON ({type(error).__name__})") from error


def finite(text: str) -> float:
    """The number; ValueError for one that is too large to be any."""
    number = float(text)
    if math.isinf(number):  # 1e999 is JSON, and no clock shows it
        raise ValueError(f"{text[:20]} is too large")
    return number


def refuse_constant(name: str) -> float:
    """Nothing: ``NaN`` and ``Infinity`` are no JSON, and raise ValueError."""
    raise ValueError(f"{name} is no JSON number")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(parse_constant=refuse_constant, parse_float=finite)
"""Made once: there are thousands of lines, and a short one is read in the time that this takes."""

"""How a file that is sent to another machine is spelled: in ASCII, under a checksum, with numbers that are numbers."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from rmsession.store.spelling import finite, refuse_constant


def plain(value: object) -> str:
    """Compact JSON that whatever carries it leaves as it is."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def checksum(body: dict[str, Any]) -> str:
    """The SHA-256 of what a file says, however it is laid out."""
    spelled = json.dumps(body, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return sha256(spelled.encode("ascii")).hexdigest()


def parsed(data: bytes) -> Any:
    """The value that such a file spells.

    Raises:
        ValueError: it is no JSON, or a number in it is not finite.
        RecursionError: it is nested too deep.
    """
    return json.loads(data.decode("utf-8-sig"), parse_constant=refuse_constant, parse_float=finite)

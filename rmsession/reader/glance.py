"""The title and the minutes of a ready-made agenda, seen without reading it: what a list shows at once.

The parser takes 0.1 s to load and each agenda several milliseconds: a person would wait for that at every start. Only
for the agendas that come with the program, whose form is known; of others only a whole reading tells what they are.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.text import UserText

_TITLE: Final = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
_TOPIC: Final = re.compile(r"^## .+ \((?P<minutes>[0-9]+) min\)$", re.MULTILINE)


@frozen
class Glance:
    """What a list shows of an agenda."""

    title: UserText
    minutes: float
    """The sum of its time-boxes."""


def glance(path: Path) -> Glance | None:
    """What is seen of a ready-made agenda; None where it has to be read whole, as one that somebody changed."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    title, minutes = _TITLE.search(text), sum(int(each["minutes"]) for each in _TOPIC.finditer(text))
    if title is None or not minutes:
        return None
    return Glance(UserText(title["title"]), minutes)

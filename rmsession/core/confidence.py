"""How sure the owner of an action item is to get it done: ``sure:4`` at the end of the line, 1 to 5."""

from __future__ import annotations

import re
from typing import Final

from rmsession.core.text import UserText

SCALE: Final = range(1, 6)
"""The answers: not at all sure to very sure."""
_SURE = re.compile(r"(?:\A|(?<=\s))(?ai:sure):(?P<sure>[0-9]{1,3})\Z")


def without_sure(text: str) -> tuple[str, int | None]:
    """The text without the answer at its end, and the answer; as it stands where that is none."""
    found = _SURE.search(text)
    if found is None or int(found["sure"]) not in SCALE:
        return text, None
    return text[: found.start()].rstrip(), int(found["sure"])


def unsure(text: str) -> bool:
    """Whether a text ends in what looks like an answer and is none: ``sure:9``."""
    return _SURE.search(text) is not None and without_sure(text)[1] is None


def sure_part(answer: int | None, *, doubted: bool) -> list[tuple[str, UserText]]:
    """How the answer is shown among what a line is read as; nothing where none was given."""
    if answer is not None:
        return [("sure", UserText(f"{answer} of {SCALE[-1]}"))]
    return [("sure?", UserText(f"{SCALE[0]} to {SCALE[-1]}"))] if doubted else []

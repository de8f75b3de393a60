"""What people say in generated sessions: our own words, written as they are typed into the capture line.

A file for each agenda, a section for each topic. ``{this|that}`` is one of them by lot; ``@mentor`` and ``@mentee``
are the two of the pair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

_FOLDER: Final = Path(__file__).with_name("talk")
_CHOICE: Final = re.compile(r"\{([^{}]*)\}")


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """The lines of each section of a file by its heading, as they were written.

    Sections of one heading are numbered from the second on (``Heading 2``).
    """
    found: dict[str, list[str]] = {}
    heading = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = title = line[2:]
            number = 1
            while heading in found:
                number += 1
                heading = f"{title} {number}"
            found[heading] = []
        elif line:
            found[heading].append(line)
    return {heading: tuple(lines) for heading, lines in found.items()}


def spoken(lot: Random, line: str) -> str:
    """The line as somebody says it, each choice made by lot."""
    return _CHOICE.sub(lambda found: lot.choice(found[1].split("|")), line)


def one_of(lot: Random, heading: str, name: str = "reasons") -> str:
    """Any line of a section."""
    return spoken(lot, lot.choice(sections(name)[heading]))

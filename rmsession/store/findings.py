"""What a look at the data folder finds, as values."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final

from rmsession.core.frozen import frozen


class Ailment(Enum):
    """What can be the matter, the worst first."""

    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    NEWER = "newer format"
    READ_ONLY = "not writable"
    NO_LOCKS = "no locks"
    FULL = "disk nearly full"
    UNKNOWN_PAIR = "unknown pair"
    COPY = "second copy"
    STRAY = "stray file"
    OWNER = "somebody else's"
    TOO_WIDE = "others can read it"
    INDEX = "broken index"
    SETTINGS = "settings"
    LEFTOVER = "leftover"
    STALE_LOCK = "stale lock"
    OLD_SNAPSHOT = "old snapshot"
    NETWORK = "network file system"
    NO_PERMISSIONS = "no permissions"
    CLOCK = "clock"
    DRAFT = "waiting draft"
    SET_ASIDE = "set aside"
    CRASHES = "crashes"


_ADVICE: Final = frozenset(
    {
        Ailment.NETWORK,
        Ailment.NO_PERMISSIONS,
        Ailment.CLOCK,
        Ailment.DRAFT,
        Ailment.SET_ASIDE,
        Ailment.CRASHES,
    }
)
"""What is good to know, and no fault of anything that is kept."""


@frozen
class Remedy:
    """What can take the place of a damaged file."""

    damaged: bytes
    """What the file held when the remedy was found: it is put right only while it holds that still."""
    whole: bytes
    how: str
    """What happened and how it is mended, for people."""


@frozen
class Finding:
    """One thing that is the matter."""

    ailment: Ailment
    path: Path
    line: str
    """What, where, and what to do; no text that anybody typed."""
    mendable: bool = False
    """Whether `mending` knows what to do about it."""
    remedy: Remedy | None = None

    @property
    def wrong(self) -> bool:
        """Whether it needs a look; the rest is advice."""
        return self.ailment not in _ADVICE


@frozen
class Report:
    """Everything that was found, the worst first."""

    findings: tuple[Finding, ...] = ()
    sessions: int = 0
    """Those that could be read whole."""
    facts: int = 0

    @property
    def wrong(self) -> list[Finding]:
        """What needs a look."""
        return [each for each in self.findings if each.wrong]


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """The worst first; of a kind by their place."""
    severity = list(Ailment)
    return tuple(sorted(findings, key=lambda each: (severity.index(each.ailment), str(each.path))))

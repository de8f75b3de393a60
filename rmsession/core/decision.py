"""The two answers to a request."""

from __future__ import annotations

from dataclasses import dataclass

from rmsession.core.facts import Event
from rmsession.core.terms import Audience


@dataclass(frozen=True, slots=True)
class Decision:
    """Granted: this happened, for this audience."""

    what: Event
    audience: Audience = Audience.SHARED


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not granted; `why` is one sentence for the person who asked."""

    why: str
    word: str = ""
    """The command that shows what is in the way; empty where nothing needs to be shown."""


Answer = Decision | Refusal

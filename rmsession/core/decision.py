"""The two answers to a request."""

from __future__ import annotations

from rmsession.core.facts import Event
from rmsession.core.frozen import frozen
from rmsession.core.terms import Audience


@frozen
class Decision:
    """Granted: this happened, for this audience."""

    what: Event
    audience: Audience = Audience.SHARED


@frozen
class Refusal:
    """Not granted; `why` is one sentence for the person who asked."""

    why: str
    word: str = ""
    """The command that shows what is in the way; empty where nothing needs to be shown."""


Answer = Decision | Refusal

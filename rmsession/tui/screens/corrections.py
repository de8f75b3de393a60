"""What the captured lines answer with: a request, or what has to be asked before there is one."""

from __future__ import annotations

from dataclasses import dataclass

from rmsession.core.commands import Command
from rmsession.core.session import Capture
from rmsession.tui.asides import Noting


@dataclass(frozen=True, slots=True)
class Edit:
    """This capture's text is to be typed anew."""

    capture: Capture


@dataclass(frozen=True, slots=True)
class Redact:
    """This capture's text is to be erased for good."""

    capture: Capture


@dataclass(frozen=True, slots=True)
class Typed:
    """A request that something was typed for; until it is granted, what was typed waits for the same question."""

    command: Command
    noting: Noting


Correction = Command | Edit | Redact | Typed

"""What the captured lines answer with: a request, or what has to be asked before there is one."""

from __future__ import annotations

from rmsession.core.commands import Command
from rmsession.core.frozen import frozen
from rmsession.core.session import Capture
from rmsession.tui.asides import Noting


@frozen
class Edit:
    """This capture's text is to be typed anew."""

    capture: Capture


@frozen
class Redact:
    """This capture's text is to be erased for good."""

    capture: Capture


@frozen
class Typed:
    """A request that something was typed for; until it is granted, what was typed waits for the same question."""

    command: Command
    noting: Noting


Correction = Command | Edit | Redact | Typed

"""What the screen's library is not told: to write somewhere else what stands on the screen."""

from __future__ import annotations

from collections.abc import MutableMapping

_LOUD = (
    "TEXTUAL",  # "devtools" sends every message, and so every key, to whoever listens on a port; "debug" prints locals
    "TEXTUAL_DEBUG",
    "TEXTUAL_LOG",
    "TEXTUAL_DEVTOOLS_HOST",
    "TEXTUAL_DEVTOOLS_PORT",
    "TEXTUAL_DRIVER",
    "TEXTUAL_PRESS",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SCREENSHOT_FILENAME",
    "TEXTUAL_SCREENSHOT_LOCATION",
    "TEXTUAL_SHOW_RETURN",
    "TEXTUAL_SLOW_THRESHOLD",
)
"""For those who write programs with it; left in a shell's profile, they would leave notes lying about in the clear."""


def hush(environ: MutableMapping[str, str]) -> None:
    """Take the variables that have Textual log, picture or send what it shows out of the environment.

    It reads them when it is loaded. Those that say how it looks are left.
    """
    for name in _LOUD:
        environ.pop(name, None)

"""How keys are called, in every footer and on every page."""

from __future__ import annotations

_SPOKEN = {"escape": "Esc", "plus": "+", "minus": "-", "question_mark": "?", "slash": "/", "pageup": "PgUp",
           "pagedown": "PgDn", "up": "↑", "down": "↓", "left": "←", "right": "→"}  # fmt: skip


def key_name(key: str) -> str:
    """A key as people call it: ``F2``, ``Alt+T``, ``Esc``, ``e``; the first of several that do the same."""
    first = key.partition(",")[0]
    if len(first) <= 1:
        return first
    return "+".join(_SPOKEN.get(part, part.capitalize()) for part in first.split("+"))

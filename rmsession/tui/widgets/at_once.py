"""Keys that edit a line act before the next key is looked at.

Left to Textual's bindings they act a few messages later, when more has been typed: ``teh``, two times backspace and
``he`` in one go, as from a machine that was busy for a moment, took away what was typed last instead.
"""

from __future__ import annotations

from textual import events
from textual.binding import NoBinding
from textual.widgets import Input


async def edited(line: Input, event: events.Key) -> bool:
    """Do what the line's own bindings say of this key; False when they say nothing of it."""
    try:
        bindings = line._bindings.get_bindings_for_key(event.key)  # noqa: SLF001 - there is no other way to them
    except NoBinding:
        return False
    for binding in bindings:
        if await line.app.run_action(binding.action, line):
            return True
    return False

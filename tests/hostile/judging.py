"""What a sweep is made with, and what of it is wrong."""

from __future__ import annotations

from hostile.payloads import ESCAPES, MARKUP, SHAPES
from hostile.sweep import Sweep

MIXED = f"{MARKUP} {SHAPES} {ESCAPES}"
"""Some of each kind in one text."""
BEHIND_THE_GATE = {"file picker", "palette", "form by mail"}
"""Stages where the library paints a file name, a search or a pasted reply as it is: the gate is for them."""


def judged(sweep: Sweep) -> dict[str, str]:
    """What is wrong: a character that comes to the gate is wrong wherever the program itself paints."""
    return {
        what: after
        for what, after in sweep.faults.items()
        if not (what.endswith(" painted") and what.split(": ")[0] in BEHIND_THE_GATE)
    }

"""Modules of the standard library that others load for what they hardly ever do: loaded when it comes to that."""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Final

_ALONE: Final = Lock()
"""Held while a stand-in goes, so that of two threads neither takes away what the other has loaded in its place."""


def later(*names: str) -> None:
    """Have whoever loads one of these from here on load it in truth only when it looks into it."""
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = _standing_in(name)


def _standing_in(name: str) -> ModuleType:
    """A module with nothing in it until something is looked for."""
    instead = ModuleType(name)

    def found(attribute: str) -> object:
        with _ALONE:
            if sys.modules.get(name) is instead:
                del sys.modules[name]
        there = import_module(name)
        vars(instead).update(vars(there))
        return getattr(there, attribute)

    # What is not there is asked of this function, as of every module's own of this name.
    vars(instead)["__getattr__"] = found
    return instead

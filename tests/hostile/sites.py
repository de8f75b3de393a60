"""Which calls that make text ready for the screen were reached with a hostile text in them.

The calls are found in the source, so that a new one joins by itself; they are watched by a wrapper in the place of
each function, in every module that imported it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from hostile.payloads import MARK

import rmsession.tui
from rmsession.core.text import UserText
from rmsession.tui import markdown, text

TUI = Path(rmsession.tui.__file__).parent
Site = tuple[str, int, str]
"""A file below rmsession/tui, the line of a call, and what is called."""
CONVERSIONS = (
    *(name for name, what in vars(text).items() if callable(what) and getattr(what, "__module__", "") == text.__name__
      and not isinstance(what, type) and not name.startswith("_")),
    "wrapped", "clean",
)  # fmt: skip
"""Every public function of rmsession/tui/text.py, the Markdown that goes by its own way, and `clean` itself."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the screen, parsed."""
    for path in sorted(TUI.rglob("*.py")):
        yield path.relative_to(TUI).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def call_sites() -> dict[Site, tuple[int, int]]:
    """Every call of a conversion in the source: its first line as the key, first and last as the value."""
    found = {}
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CONVERSIONS:
                found[name, node.lineno, node.func.id] = (node.lineno, node.end_lineno or node.lineno)
    return found


def _hostile(value: object) -> bool:
    match value:
        case UserText():
            return _hostile(value.raw)
        case str():
            # As typed, as a query has it, and as it stands in an address.
            return MARK in value or MARK.casefold() in value or quote(MARK) in value
        case tuple() | list() | dict() | set():
            return any(_hostile(each) for each in value)
        case _:
            return False


class Watch:
    """Remembers the calls that had a hostile text in them."""

    def __init__(self) -> None:
        self.reached: set[Site] = set()

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def watched(*args: Any, **more: Any) -> Any:
            if _hostile(args):
                self.note(name, sys._getframe(1))
            return function(*args, **more)

        return watched

    def note(self, name: str, frame: Any) -> None:
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(TUI):
            self.reached.add((file.relative_to(TUI).as_posix(), frame.f_lineno, name))

    def missed(self) -> list[Site]:
        """The calls in the source that no hostile text came to."""
        lines: dict[tuple[str, str], set[int]] = {}
        for file, line, name in self.reached:
            lines.setdefault((file, name), set()).add(line)
        return sorted(
            site
            for site, (first, last) in call_sites().items()
            if not lines.get((site[0], site[2]), set()) & set(range(first, last + 1))
        )


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Put the wrappers where the functions are used, and take them away again."""
    originals = {name: getattr(text, name, None) or getattr(markdown, name) for name in CONVERSIONS}
    wrapped = {id(function): watch.wrap(name, function) for name, function in originals.items()}
    kept: list[tuple[ModuleType, str, object]] = []
    for module in [each for name, each in sys.modules.items() if name.startswith("rmsession.tui")]:
        for name in CONVERSIONS:
            value = vars(module).get(name)
            if id(value) in wrapped:
                kept.append((module, name, value))
                setattr(module, name, wrapped[id(value)])
    try:
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)

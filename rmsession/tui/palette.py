"""The command palette: everything that the screen in front can do, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.app import SystemCommand
from textual.screen import Screen

from rmsession.core.text import UserText
from rmsession.tui.keys import ACTS
from rmsession.tui.screens.session import SessionScreen
from rmsession.tui.text import escaped

_OWN = ("focus_next", "focus_previous", "copy_text", "command_palette", "quit", "help_quit")
"""Textual's own actions, which are keys and not commands."""


def commands_of(screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What can be asked of a screen now; legality is the screen's `check_action`."""
    if isinstance(screen, SessionScreen):
        yield from _session_commands(screen)
        return
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        own = binding.action.rpartition(".")[2].partition("(")[0] in _OWN
        if active.enabled and binding.description and binding.tooltip and not own and binding.action not in seen:
            seen.add(binding.action)
            yield _command(binding.description, binding.tooltip, partial(screen.run_action, binding.action))


def _session_commands(screen: SessionScreen) -> Iterator[SystemCommand]:
    for act in ACTS:
        if screen.check_action("act", (act.word,)):
            needs_more = act.argument and not act.argument.startswith("[")
            run = partial(_begin, screen, act.word) if needs_more else partial(screen.action_act, act.word)
            yield _command(act.title, f"{act.tip}   /{act.word} {act.argument}".rstrip(), run)


def _command(title: str, tip: str, run: Callable[[], object]) -> SystemCommand:
    """An entry of the palette, which reads both texts as markup: ``/pause [minutes ago]`` lost what is in brackets."""
    return SystemCommand(escaped(UserText(title)), escaped(UserText(tip)), run)


def _begin(screen: SessionScreen, word: str) -> None:
    """Put the word in the capture line, for what must follow it; what stood there comes back behind it."""
    screen.begin_command(f"/{word} ")

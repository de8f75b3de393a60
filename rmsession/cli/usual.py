"""What is asked most, understood at once: the library that reads command lines takes a third of a list's time.

Home is asked for with no word at all.

It means the same there (a test asks both); whatever else is asked, and whatever is asked wrong, goes there.
"""

# ruff: noqa: PLC0415 - each loads what it needs when it is asked

from __future__ import annotations

from functools import partial

from rmsession import __version__

TYPE_CHECKING = False  # as `typing` has it, which what is asked most can do without
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rmsession.cli.ground import Ground

_COMPLETING = "_RMSESSION_COMPLETE"
"""With this in the environment a shell asks how a line could go on."""


def usual(arguments: Sequence[str], environ: Mapping[str, str]) -> Callable[[Ground], int | None] | None:
    """What does it, if these words are among the most usual; None leaves them to `program`."""
    if _COMPLETING in environ:
        return None
    asked: Callable[[Ground], int | None] | None = None
    match arguments:
        case []:
            asked = _home
        case ["--version"] | ["-V"]:
            asked = _version
        case ["list"]:
            asked = _list
        case ["actions", "--open"]:
            asked = _open_actions
        case ["search", *words] if words and not any(word.startswith("-") for word in words):
            asked = partial(_search, words=words)
        case _:
            pass
    return asked


def is_told(arguments: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Whether all is over once its answer is written: no thread waits, and nothing else is to be put in order."""
    return bool(arguments) and usual(arguments, environ) is not None


def asks_for_sessions(arguments: Sequence[str]) -> bool:
    """Whether a command needs to know of every session what is new; its own options do not matter."""
    return bool(arguments) and arguments[0] in ("list", "actions", "search")


def _home(ground: Ground) -> int:
    from rmsession.cli.opening import open_home

    return open_home(ground)


def _version(_: Ground) -> None:
    from rmsession.cli.talk import say

    say(f"rmsession {__version__}")


def _list(ground: Ground) -> None:
    from rmsession.cli.session_list import list_all

    list_all(ground)


def _open_actions(ground: Ground) -> None:
    from rmsession.cli.open_actions import list_open

    list_open(ground)


def _search(ground: Ground, words: Sequence[str]) -> None:
    from rmsession.cli.search import search_for

    search_for(ground, words)

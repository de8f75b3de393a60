"""What is asked most, understood at once: the library that reads command lines takes a third of a list's time.

Home is asked for with no word at all; a session from an agenda is what the program is for.

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

_TELLING = ("--version", "-V", "list", "actions", "search")
"""Begins what is answered in lines; all else opens the app."""
COMPLETING = "_RMSESSION_COMPLETE"
"""With this in the environment a shell asks how a line could go on."""


def usual(arguments: Sequence[str], environ: Mapping[str, str]) -> Callable[[Ground], int | None] | None:
    """What does it, if these words are among the most usual; None leaves them to `program`."""
    if COMPLETING in environ:
        return None
    asked: Callable[[Ground], int | None] | None = None
    match arguments:
        case []:
            asked = _home
        case ["run", "--resume"]:
            asked = _take_up
        case ["run", "--resume", ident] if _is_word(ident):
            asked = partial(_take_up, ident=ident)
        case ["run", file, *options] if _is_word(file) and (names := _names(options)) is not None:
            asked = partial(_run, file=file, names=names)
        case [file] if _is_word(file) and _is_agenda(file):
            asked = partial(_run, file=file, names={})
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
    return bool(arguments) and arguments[0] in _TELLING and usual(arguments, environ) is not None


def asks_for_sessions(arguments: Sequence[str]) -> bool:
    """Whether a command needs to know of every session what is new; its own options do not matter."""
    return bool(arguments) and arguments[0] in ("list", "actions", "search")


def _is_word(said: str) -> bool:
    """Whether it is no option, nor nothing."""
    return bool(said) and not said.startswith("-")


def _is_agenda(word: str) -> bool:
    """Whether it can only be a file: no command is spelled with these signs."""
    if "." not in word and "/" not in word:
        return False
    from rmsession.cli.agenda_names import looks_like_path

    return looks_like_path(word)


def _names(options: Sequence[str]) -> dict[str, str] | None:
    """Who meets, where options say nothing else, and each at most once."""
    said = dict(zip(options[::2], options[1::2], strict=False))
    alone = 2 * len(said) == len(options) and said.keys() <= {"--mentor", "--mentee"}
    return said if alone and all(map(_is_word, said.values())) else None


def _run(ground: Ground, file: str, names: Mapping[str, str]) -> int:
    from rmsession.cli.opening_sessions import run_agenda

    return run_agenda(ground, file, mentor=names.get("--mentor"), mentee=names.get("--mentee"))


def _take_up(ground: Ground, ident: str = "") -> int:
    from rmsession.cli.opening_sessions import take_up

    return take_up(ground, ident)


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

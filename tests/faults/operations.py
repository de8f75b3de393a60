"""Everything that changes the disk: each method of the store, each command, each file written beside them.

What exists is listed by introspection in `test_joining.py`; what is missing here fails there.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from faults.world import CARD, ENTRY, ONE, PAIRS, TO_DO
from store.on_disk import note
from support.building import BEGIN, MENTOR, PAIR, fact_id, record

from rmsession import settings
from rmsession.cli import crash, run
from rmsession.cli.program import program
from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.store import Draft, Store
from rmsession.core.store_errors import Conflict, StoreError
from rmsession.core.text import UserText
from rmsession.export.files import NotWritten
from rmsession.export.formats import FORMATS
from rmsession.store.opening import open_store


class CommandFailed(Exception):
    """A command ended with another code than 0; the message is what it complained of."""


REFUSALS = (StoreError, Conflict, settings.SettingsError, NotWritten, CommandFailed)
"""How people are told that something was not done."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that changes the disk."""

    start: Callable[[Path], Callable[[], object]]
    """Opens what is open before it begins, and gives what it does."""
    done_already: str = ""
    """What a second try may be refused with, once the first did it all."""
    once: bool = False
    """Done again it does something more, so it is tried again only if it was not done."""
    command: str = ""
    """Its name, if it is one."""
    template: str = "template"
    """The world it begins in; `worker.main` makes them."""
    ends: bool = False
    """It is all that its program does."""
    stride: int = 1
    """In the normal run only every so many cases are tried: its calls are those of another operation.

    An odd number meets each of the ways in turn. The long run tries every call in every way.
    """


def live(store: Store) -> None:
    """Open the session and leave it."""
    with store.live(ONE, person="Robin"):
        pass


STORE: dict[str, Callable[[Store], object]] = {
    "begin": lambda store: store.begin(record(number=3, facts=(note(1),), created=BEGIN.replace(month=12))),
    "append": lambda store: store.append(ONE, note(3)),
    "append again": lambda store: store.append(ONE, note(2)),
    "append after the end": lambda store: store.append(ONE, late(3)),
    "take_in": lambda store: store.take_in(record(number=1, partial=True, facts=(late(3),))),
    "take_in new": lambda store: store.take_in(record(number=3, facts=(note(1),), created=BEGIN.replace(month=12))),
    "redact": lambda store: store.redact(ONE, fact_id(1), by="x", wall=BEGIN),
    "redact carried": lambda store: store.redact(ONE, fact_id(1), by="x", wall=BEGIN),
    "delete": lambda store: store.delete(ONE),
    "keep_draft": lambda store: store.keep_draft(ONE, Draft(BEGIN, 2.0, UserText("half a line"))),
    "drop_draft": lambda store: store.drop_draft(ONE),
    "live": live,
    "keep_person": lambda store: store.keep_person(MENTOR),
    "keep_pair": lambda store: store.keep_pair(PAIR),
    "keep_known": lambda store: store.keep_known((PAIR, Profile(MENTOR.id), Arrangement(PAIR.id, UserText("wave 1")))),
}
"""Each method of the store that changes something, by its name and how it is used."""
DONE_ALREADY = {"begin": "is already there", "delete": "There is no session"}
TEMPLATES = {"redact carried": "carried"}
"""The world that an operation begins in, where that is another one."""
STRIDE = {
    "keep_person": 3,
    "keep_known": 3,
    "delete": 17,
    "redact": 13,
    "redact carried": 47,
    "take_in": 5,
    "take_in new": 3,
    "append after the end": 3,
}
"""Those with many calls of SQLite, and those whose calls are those of another one."""
STORE_READS = {
    *("load", "resolve", "revision", "history", "open_actions", "actions", "search", "prepare", "draft", "programme"),
    *("names", "rhythms", "figures", "troubles", "close", "open_columns", "session_table"),
}

READING = {
    "check": ["check", "one-on-one"],
    "agendas": ["agendas"],
    "list": ["list"],
    "show": ["show", ONE],
    "search": ["search", "half"],
    "actions": ["actions"],
    "paths": ["paths"],
    "completion": ["completion", "bash"],
    "doctor": ["doctor"],
    "restore --list": ["restore", "--list"],
    "pair list": ["pair", "list"],
    "pair show": ["pair", "show", "Alex"],
    "outcome list": ["outcome", "list"],
    "report": ["report", "-f", "csv"],
    "import pairs --dry-run": ["import", f"OUT/../{PAIRS}", "--dry-run"],
    "import --dry-run": ["import", "OUT/../shared.json", "--dry-run"],
    "restore --dry-run": ["restore", "OUT/../backup.zip", "--dry-run"],
}
"""Commands that change nothing but what is derived, with words that make them do their work."""
READING_STRIDE = {
    "list": 13,
    "search": 31,
    "actions": 31,
    "report": 71,
    "pair list": 190,
    "pair show": 190,
    "outcome list": 89,
    "import pairs --dry-run": 29,
}
"""Those that ask what another asks as well."""
ERASING = {"redact", "redact carried", "delete", "delete --yes"}
"""Operations after which nothing may hold the text any more, the moment that they are acknowledged."""
APP = {"run", "review", "demo"}
"""Opens the app, whose every change of the disk goes through the store's methods and `settings.remember`."""


def late(seq: int) -> Any:
    """A note from after the end: it changes a past session."""
    fact = note(seq)
    object.__setattr__(fact, "at", None)
    return fact


def on_store(operation: Callable[[Store], object]) -> Callable[[Path], Callable[[], object]]:
    """It is done by a program that has the store open."""

    def start(root: Path) -> Callable[[], object]:
        store = open_store(root / "home", device="desk")
        return lambda: operation(store)

    return start


def first_begin(root: Path) -> Callable[[], object]:
    """The first session on this computer: there is no data folder yet."""
    return lambda: open_store(root / "home", device="desk").begin(record(number=3, facts=(note(1),)))


def by_command(*words: str, **more: Any) -> Operation:
    """An operation that is a command; `more` are fields of `Operation`."""
    name = " ".join(words[:2]) if isinstance(program.commands[words[0]], click.Group) else words[0]
    return Operation(command(*words), command=name, ends=True, **more)


def command(*words: str) -> Callable[[Path], Callable[[], object]]:
    """It is a command, from the first word to the exit code; ``OUT`` is a folder outside the data."""

    def start(root: Path) -> Callable[[], object]:
        os.environ["RMSESSION_HOME"] = str(root / "home")
        return lambda: said([word.replace("OUT", str(root / "out")) for word in words])

    return start


def said(words: list[str]) -> str:
    """What the command prints. Raises `CommandFailed`."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(words)
    out.flush()
    told = out.buffer.getvalue().decode()
    if code:
        raise CommandFailed(err.getvalue().strip() or told.strip())
    return told


def crashed(root: Path) -> Callable[[], object]:
    """An unforeseen error is noted."""

    def do() -> None:
        err = io.StringIO()
        with contextlib.redirect_stderr(err):
            crash.tell(ValueError("text"), None, root / "home")
        if "could not be noted" in err.getvalue():
            raise CommandFailed(err.getvalue().strip())

    return do


def exports() -> dict[str, Operation]:
    """Each format, as a new file and over an old one."""
    found = {}
    for name, form in FORMATS.items():
        new, old, stride = f"OUT/new{form.suffix}", "OUT/minutes.md", 1 if name == "md" else 6
        words = ("export", ONE, "-f", name, "-o")
        found[f"export {name}"] = by_command(*words, new, done_already="is there already", stride=stride)
        found[f"export {name} --force"] = by_command(*words, old, "--force", stride=stride)
    return found


def outcomes() -> dict[str, Operation]:
    """What writes what a programme came to: each is one more entry, or another version of one, in one file."""
    words: dict[str, tuple[str, ...]] = {
        "promoted": ("Alex", "--source", "HR"),
        "retained": ("Alex", "--not", "--source", "HR"),
        "change": ("Alex", "Another idea"),
        "edit": (ENTRY, "--answer", "a trial"),
        "agree": (ENTRY, "--both"),
        "withdraw": (ENTRY,),
    }
    done = {"withdraw": "no entry's id"}
    return {
        f"outcome {name}": by_command(
            "outcome", name, *rest, done_already=done.get(name, ""), once=name in ("promoted", "retained", "change"),
            stride=5 + place % 2 * 2,
        )
        for place, (name, rest) in enumerate(words.items())
    }  # fmt: skip


OPERATIONS: dict[str, Operation] = {
    "first begin": Operation(first_begin, "is already there", template="empty", stride=3),
    **{
        name: Operation(
            on_store(each),
            DONE_ALREADY.get(name, ""),
            template=TEMPLATES.get(name, "template"),
            stride=STRIDE.get(name, 1),
        )
        for name, each in STORE.items()
    },
    **exports(),
    "export --all": by_command("export", "--all", "-o", "OUT/all", "--force", stride=61),
    "new": by_command("new", once=True),
    "new FILE": by_command("new", "OUT/new.md", done_already="is there already", stride=3),
    "delete --yes": by_command("delete", ONE, "--yes", done_already="No session has", stride=53),
    "done": by_command("done", TO_DO, done_already="stays as it is", stride=43),
    "action --drop": by_command("action", TO_DO, "--drop", "no time", done_already="stays as it is", stride=37),
    "next agreed": by_command("next", "agreed", "+2w", "15:00", done_already="is agreed", stride=67),
    "first new": by_command("new", template="empty", once=True, stride=3),
    "backup": by_command("backup", "OUT/new.zip", done_already="is there already", stride=19),
    "backup --force": by_command("backup", "OUT/old.zip", "--force", stride=23),
    "share": by_command("share", ONE, "-o", "OUT/new.html", "--yes", done_already="is there already", stride=7),
    "share --force": by_command("share", ONE, "--data", "OUT/minutes.md", "--force", "--yes", stride=5),
    "share --figures": by_command(
        "share",
        "--figures",
        "--pair",
        "Alex",
        "-o",
        "OUT/new.json",
        "--yes",
        done_already="is there already",
        stride=43,
    ),
    "import": by_command("import", "OUT/../shared.json", stride=8),
    "report -o": by_command("report", "-o", "OUT/new.txt", done_already="is there already", stride=53),
    "report --force": by_command("report", "-f", "html", "-o", "OUT/minutes.md", "--force", stride=59),
    "pair add": by_command(
        "pair", "add", "--mentor", "Robin", "--mentee", "Sam", "--wave", "two", done_already="a pair already", stride=5
    ),
    "pair edit": by_command("pair", "edit", "Alex", "--wave", "two", "--mentee-role", "CFO", stride=61),
    "pair end": by_command("pair", "end", "Alex", "--early", stride=67),
    "pair card": by_command(
        "pair", "card", "Alex", "-o", "OUT/new.json", "--yes", done_already="there already", stride=61
    ),
    **outcomes(),
    "import card": by_command("import", f"OUT/../{CARD}", stride=7),
    "import pairs": by_command("import", f"OUT/../{PAIRS}", stride=7),
    "restore": by_command("restore", "OUT/../backup.zip", "--yes", stride=17),
    "doctor --repair": by_command("doctor", "--repair", template="damaged", stride=23),
    "remember": Operation(lambda root: lambda: settings.remember(root / "home", "theme", "nord")),
    "remember_agenda": Operation(
        lambda root: lambda: settings.remember_agenda(root / "home", Path("/a/b.md")), stride=3
    ),
    "crash log": Operation(crashed, once=True),
}

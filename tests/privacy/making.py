"""Make every kind of file that the program makes, and tell the mode of each at each step of its life.

Run in a process of its own, whose umask is the one to try: ``python making.py HOME OUT``. Prints one JSON object:
``seen``, a list of ``[moment, path, mode]``, and ``ran``, the exit code of each command by name.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import click
from support.building import PAIR, Play
from support.held import held

from rmsession import settings
from rmsession.cli import crash, run
from rmsession.cli.program import program
from rmsession.core import commands as asked
from rmsession.core.programme import Pair, Person
from rmsession.core.store import Draft
from rmsession.core.text import UserText
from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.index_file import IndexFile
from rmsession.store.opening import open_store

TYPED = {
    "run": [],
    "new": ["out.md"],
    "check": ["out.md"],
    "export": ["abcd", "-o", "minutes.md"],
    "completion": ["bash"],
    "backup": ["all.zip"],
    "restore": ["all.zip", "--yes"],
}
"""What some commands are given; the others get a session's id or a file where they ask for one."""
LAST = ("delete", "forget", "restore")
"""They take away what others look at."""

seen: set[tuple[str, str, str]] = set()
roots: tuple[str, ...] = ()


def note(moment: str, path: str | Path) -> None:
    """Remember the mode of what lies there, if it is one of the program's own."""
    where = os.path.realpath(os.fsdecode(path))
    if where.startswith(roots):
        with contextlib.suppress(OSError):
            mode = Path(where).stat().st_mode
            kind = "folder" if stat.S_ISDIR(mode) else "file"
            seen.add((f"{moment} {kind}", where, oct(stat.S_IMODE(mode))))


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Look at temporaries when they take a file's place, and at what is removed just before it goes."""
    if event == "os.rename":
        note("renamed", arguments[0])
    elif event == "os.remove":
        note("removed", arguments[0])


def walk(moment: str) -> None:
    """Look at everything that lies there now."""
    for root in roots:
        for folder, _, files in os.walk(root):
            note(moment, folder)
            for name in files:
                note(moment, Path(folder) / name)


def keep(home: Path) -> None:
    """What a running session makes the store write."""
    store = open_store(home)
    play = held(end=False)
    store.begin(play.record)
    alex, robin = Person("p1", UserText("Alex")), Person("p2", UserText("Robin"))
    store.keep_person(alex)
    store.keep_pair(Pair("pair", robin, alex))
    with store.live(play.record.id, person="Robin"):
        kept = play.keep("One more line")
        store.append(play.record.id, play.session.facts[-1])
        store.keep_draft(play.record.id, Draft(play.now.wall, play.at, UserText("under way")))
        store.history()
        walk("live")
        again = held(end=False)
        assert again.record.id == play.record.id
        store.redact(play.record.id, kept, by=play.by, wall=play.now.wall)
        walk("redacted")
    play.do(asked.End())
    store.append(play.record.id, play.session.facts[-1])
    play.wait(minutes=1)
    play.do(asked.SetNextDate(None, "Europe/Berlin"))
    store.append(play.record.id, replace(play.session.facts[-1], at=None))  # after the end: a snapshot comes first
    other = Play(held("ef01", "Other").record)
    store.begin(other.record)
    store.history()
    store.open_actions()
    store.close()


def journal(home: Path) -> None:
    """The index while it is written: SQLite's own file beside it."""
    folder = folder_named(home, Disk())
    index = IndexFile(folder.index, 12345, Disk())

    def write(connection):
        connection.execute("CREATE TABLE IF NOT EXISTS probe (x)")
        connection.execute("INSERT INTO probe VALUES (1)")
        walk("journal")
        connection.rollback()

    index.use(write)
    assert any(path.endswith("-journal") for _, path, _ in seen), "the journal was not seen"


def typed_for(name: str, command: click.Command) -> list[str]:
    """Words that the command understands."""
    if name in TYPED:
        return TYPED[name]
    words = []
    for each in command.params:
        if isinstance(each, click.Argument):
            asks_id = "ID" in (each.metavar or "") or each.name == "session"
            words += ["abcd"] if asks_id else [f"{name}.out"] if each.required or "FILE" in (each.metavar or "") else []
        elif each.name == "yes":
            words.append("--yes")
    return words


def commands(home: Path) -> dict[str, int]:
    """Run every command there is; which answers how is for other tests to say."""
    codes = {}
    for name in sorted(program.commands, key=lambda each: (each in LAST, each)):
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            place = ["--home", str(home.with_name("restored") / "deep")] if name == "restore" else []
            codes[name] = run([*place, name, *typed_for(name, program.commands[name])])
            if name == "export":
                codes["export --force"] = run([name, *TYPED["export"], "--force"])
            if name == "share":
                codes["share --figures"] = run([name, "--figures", "--pair", PAIR.id, "-o", ".", "--yes"])
            if name == "pair":
                codes["pair card"] = run([name, "card", PAIR.id, "-o", ".", "--yes"])
            if name == "new":
                codes["new, own"] = run([name])
        walk(f"after {name}")
    return codes


def main(home: Path, out: Path) -> None:
    """Everything, from a data folder that is not there yet."""
    global roots  # noqa: PLW0603 - a script
    roots = (os.path.realpath(home.parent.parent) + os.sep, os.path.realpath(out))
    sys.addaudithook(watch)
    os.chdir(out)
    os.environ["RMSESSION_HOME"] = str(home)
    # Each of these may be the first to make the folder.
    for name in ("settings", "agendas", "crash"):
        first = home.with_name(name)
        match name:
            case "settings":
                settings.remember(first / "deep", "me", "Robin Fox")
            case "agendas":
                with contextlib.redirect_stdout(io.StringIO()):
                    assert run(["--home", str(first / "deep"), "new"]) == 0
            case _:
                with contextlib.redirect_stderr(io.StringIO()):
                    for _ in range(2):
                        crash.tell(ValueError("x"), None, first / "deep")
                assert (first / "deep" / crash.LOG).read_text().count("ValueError") == 2
        walk(f"first {name}")
    keep(home)
    settings.remember(home, "me", "Robin Fox")
    settings.remember_agenda(home, Path("/somewhere/mine.md"))
    journal(home)
    codes = commands(home)
    walk("end")
    print(json.dumps({"seen": sorted(seen), "ran": codes}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

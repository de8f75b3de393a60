"""What leaves the program by a file or a line holds the shared marks and no private one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from privacy.sentinels import OF_THE_PAIR, after_redaction, agenda_text, bytes_under, held, kept, names_in
from support.building import PAIR
from support.commands import commands
from support.program import PROGRAM, Person
from support.tally import tally

from rmsession.cli import run
from rmsession.cli.program import program
from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Visibility
from rmsession.core.feedback_text import as_text
from rmsession.core.fold import session_of
from rmsession.core.terms import Role
from rmsession.export.formats import FORMATS, SPELLINGS, chosen
from rmsession.export.tasks import LINES
from rmsession.tui.screens.form_by_mail import above
from rmsession.tui.widgets.filling import form_of

HELD = after_redaction(held())
ALL_PAIRS = {"other name", "other title", "other action", "other owner"}
"""What a list of everybody's sessions or action items is asked for."""
OF_PAIRS = {"pair list", "pair show", "pair card"}
"""Commands that are asked what a programme knows of a pair."""
NOT_LEAVING = {"backup", "restore"}
"""A backup is the folder once more, to be kept as the folder is; it is no export."""


@pytest.mark.parametrize("feedback", [False, True], ids=["", "feedback"])
@pytest.mark.parametrize("name", FORMATS)
def test_an_export_holds_what_is_shared_and_nothing_else(name, feedback):
    text = FORMATS[name].make(session_of(HELD.record), feedback=feedback)
    # As data the agenda is whole, open prompts too; that one of them was ticked off the record is in nothing.
    hidden = HELD.hidden - ({"off-record tick"} if name == "json" else set())
    assert names_in(text, hidden) == set()
    assert name != "json" or not [
        each
        for topic in json.loads(text)["agenda"]["topics"]
        for each in topic["prompts"]
        if topic["off_record"] and each["ticked"]
    ]
    assert names_in(text, HELD.shared) >= (HELD.shared if name == "md" else {"action"})
    assert names_in(text, HELD.answers) <= (HELD.answers if feedback else set())
    assert name != "md" or names_in(text, HELD.answers) == (HELD.answers if feedback else set())
    tally("private marks in what left", cases=len(HELD.hidden))


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_list_of_tasks_and_all_sessions_together_hold_nothing_private(name):
    session = session_of(HELD.record)
    forms = [SPELLINGS[name], *([chosen("md", name)] if name in LINES else []), *FORMATS.values()]
    joined = [form.joined.make(session, feedback=True) for form in forms if form.joined]
    for text in (*joined, *(form.make(session) for form in forms)):
        hidden = HELD.hidden - ({"off-record tick"} if text.startswith("{") else set())
        assert names_in(text, hidden) == set()
    assert names_in(forms[0].make(session), HELD.shared) >= {"action"}
    assert names_in(forms[0].make(session, private=True), HELD.gone | HELD.others) == set()
    tally("private marks in what left", cases=len(HELD.hidden) * len(forms))


@pytest.mark.parametrize("feedback", [False, True], ids=["", "feedback"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_private_export_adds_what_is_private_and_still_nothing_that_is_gone(name, feedback):
    text = FORMATS[name].make(session_of(HELD.record), private=True, feedback=feedback)
    gone = HELD.gone - ({"off-record tick"} if name == "json" else set())
    assert names_in(text, gone | HELD.others) == set()
    # What a topic's text and open prompts say is the agenda's: minutes hold what was said and ticked.
    body = {"private body", "private topic's prompt", "private topic's question"}
    assert names_in(text, HELD.private) >= (HELD.private - body if name == "md" else {"private action"})
    assert names_in(text, HELD.shared) >= (HELD.shared if name == "md" else {"action"})
    tally("private marks in what left", cases=len(HELD.gone | HELD.others))


@pytest.mark.parametrize("shown", Visibility)
@pytest.mark.parametrize("role", Role)
def test_a_form_to_mail_holds_no_line_of_the_session(role, shown):
    plan, text = HELD.record.agenda, ""
    for kind in FeedbackKind:
        session = session_of(replace(HELD.record, agenda=replace(plan, feedback=kind)))
        text += as_text(form_of(session, role), above=tuple(above(session, role, shown, Role.MENTOR)))
    assert names_in(text, HELD.hidden) == set()
    assert names_in(text, {"title", "shared goal"}) == {"title", "shared goal"}
    tally("private marks in what left", cases=len(HELD.hidden))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("left")
    it = after_redaction(held(end=False))
    kept(it, folder / "home")
    return folder / "home"


@pytest.fixture
def program_of(monkeypatch, capfdbinary) -> Iterator[Callable[[Path, Path], Callable[[list[str]], bytes]]]:
    """The program over a data folder, standing in another; what it says on both its streams, with nobody to ask."""
    with Path(os.devnull).open() as nobody:

        def standing(home: Path, where: Path) -> Callable[[list[str]], bytes]:
            def ask(words: list[str]) -> bytes:
                with monkeypatch.context() as there:
                    there.setattr(os, "environ", Person(home).environment())
                    there.setattr(sys, "stdin", nobody)
                    there.chdir(where)
                    run(words)
                sys.stdout.flush()
                return b"".join(capfdbinary.readouterr())

            return ask

        yield standing


def tries(name: str, command: click.Command) -> list[list[str]]:
    """A command as it is given, with and without each of its switches but the one that asks for private lines."""
    words = {
        "pair add": ["--mentor", "New", "--mentee", "Newer"], "pair show": ["Alex"], "pair end": ["Alex"],
        "pair edit": ["Alex", "--every", "3w"], "pair card": ["Alex", "-o", "-"],
        "new": ["made.md"], "completion": ["bash"], "run": ["talk.md"], "check": ["talk.md"], "search": ["-nothing"],
    }.get(name)  # fmt: skip
    if words is None:
        arguments = [each for each in command.params if isinstance(each, click.Argument)]
        words = ["abcd" for each in arguments if each.required or "ID" in (each.metavar or "")]
    words = [*name.split(), *words, *(["--yes"] if any(each.name == "yes" for each in command.params) else [])]
    plain = [
        each.opts[0]
        for each in command.params
        if isinstance(each, click.Option) and each.is_flag and each.name not in ("yes", "private", "help", "rehearse")
    ]
    given = {"--figures": [name, "--figures", "--pair", PAIR.id, "--yes"]}
    return [words, *(given.get(switch, [*words, switch]) for switch in plain)]


@pytest.mark.parametrize("name", sorted(set(map(" ".join, commands())) - NOT_LEAVING))
def test_no_command_says_or_writes_anything_private_unasked(name, home, tmp_path, program_of):
    """Every command there is, with each of its switches, in a terminal's place and into files.

    In this process, two hundred starts less; that the program says the same is shown by those below that start it.
    """
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "talk.md").write_text(agenda_text(), encoding="utf-8")
    before = set(bytes_under(tmp_path / "out"))
    it = held(end=False)
    hidden = it.hidden - (ALL_PAIRS if name in ("list", "actions", "next", "search") else set())
    hidden -= {"other line", "other tag"} if name == "search" else set()
    # Who lists the pairs asks for all of them; a report has a part for each wave.
    hidden -= {"pair list": {"other name", "other wave", "other role"}, "report": {"other wave"}}.get(name, set())
    hidden |= OF_THE_PAIR - {"report": {"wave"}}.get(name, OF_THE_PAIR if name in OF_PAIRS else set())
    # An agenda's own file is its writer's: `check` says how the private topic's title is read.
    hidden -= {"private topic"} if name == "check" else set()
    said, ask = b"", program_of(copy, tmp_path / "out")
    for words in tries(name, commands()[tuple(name.split())]):
        said += ask(words)
        assert names_in(said, hidden) == set(), words
    files = {path: data for path, data in bytes_under(tmp_path / "out").items() if path not in before}
    assert {path: names_in(data, hidden) for path, data in files.items()} == {key: set() for key in files}
    expected = {"show": {"shared note", "action", "title"}, "list": {"title", "other name"}, "check": {"topic"}}
    expected |= {"pair show": OF_THE_PAIR, "pair card": OF_THE_PAIR, "pair list": {"other name", "other wave", "wave"}}
    expected |= {"search": {"shared note", "action", "title", "other title"}}
    assert names_in(said, expected.get(name, set())) == expected.get(name, set())
    assert said
    tally("private marks in what left", cases=len(hidden))


@pytest.mark.parametrize("way", ["-o", "--mail", "--data"])
def test_what_is_shared_holds_what_is_shared_and_nothing_else(way, home):
    it = held(end=False)
    said = Person(home).run("share", "abcd", way, "-", "--yes")
    assert names_in(said, it.hidden | {"former name"}) == set()
    # What was ticked is in the file alone: the page says what was promised and said.
    assert names_in(said, it.shared) >= it.shared - ({"tick"} if way != "--data" else set())
    assert names_in(said, it.answers) == set()
    tally("private marks in what left", cases=len(it.hidden))


def test_show_shows_private_lines_to_whoever_asks_and_still_nothing_that_is_gone(home):
    it = held(end=False)
    said = Person(home).run("show", "abcd", "--private")
    assert names_in(said, it.gone | it.others) == set()
    assert {"mentor's private note", "mentee's private note", "private topic", "private owner"} <= names_in(
        said, it.private
    )


def completions(home: Path, words: list[str]) -> str:
    environ = Person(home).environment()
    said = ""
    for shell in ("bash", "fish"):
        typed = {"COMP_WORDS": " ".join(["rmsession", *words]), "COMP_CWORD": str(len(words))}
        done = subprocess.run(
            [str(PROGRAM)], env=environ | typed | {"_RMSESSION_COMPLETE": f"{shell}_complete"},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        said += done.stdout + done.stderr
    return said


def test_a_shell_completes_no_private_word_and_no_name(home):
    it = held(end=False)
    names = [name for name, each in program.commands.items() if any(isinstance(p, click.Argument) for p in each.params)]
    said = "".join(completions(home, [name, ""]) for name in names if name in ("show", "done"))
    assert "abcd" in said
    assert names_in(said, it.hidden - {"other title"}) == set()
    tally("private marks in what left", cases=len(it.hidden))


CRASHES = """
import sys, threading
from rmsession.cli import crash, talk
from rmsession.cli.crash import watch
from pathlib import Path
watch(lambda: Path(sys.argv[1]))
def broken(note):
    private = {"text": note, "lines": [note] * 3}
    try:
        raise KeyError(note)
    except KeyError as error:
        raise RuntimeError(f"cannot handle {note!r}") from error
if sys.argv[3] == "thread":
    worker = threading.Thread(target=broken, args=(sys.argv[2],), name=sys.argv[2])
    worker.start(); worker.join()
elif sys.argv[3] == "unraisable":
    class Note:
        def __repr__(self): return sys.argv[2]
        def __del__(self): broken(sys.argv[2])
    Note()
elif sys.argv[3] == "task":
    import asyncio
    async def main():
        task = asyncio.create_task(asyncio.to_thread(broken, sys.argv[2]), name=sys.argv[2])
        await asyncio.sleep(0.2)
        del task
        import gc; gc.collect()
    asyncio.run(main())
elif sys.argv[3] == "warning":
    import warnings
    warnings.warn(sys.argv[2])
elif sys.argv[3] == "log":
    import logging
    logging.getLogger("somebody").error("cannot handle %s", sys.argv[2])
else:
    broken(sys.argv[2])
"""


@pytest.mark.parametrize("where", ["main", "thread", "unraisable", "task", "log"])
def test_an_error_of_its_own_is_told_and_noted_without_a_word_of_what_was_typed(where, tmp_path):
    root = Path(sys.modules["rmsession"].__file__).parents[1]
    word = "zqprivatenotezq"
    done = subprocess.run(
        [sys.executable, "-c", CRASHES, str(tmp_path / "home"), word, where], cwd=tmp_path, capture_output=True,
        text=True, timeout=60, check=False, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    said = done.stdout + done.stderr
    log = tmp_path / "home" / "crash.log"
    noted = log.read_text(encoding="utf-8") if log.exists() else ""
    assert word not in said
    assert word not in noted
    assert "Traceback" not in said
    if where == "main":
        assert done.returncode == 1
    if where != "log":
        assert "rmsession: stopped by an error" in said or "Error" in noted
        assert "in broken" in noted or "broken" in noted
    tally("private marks in what left", cases=2)


def test_json_of_a_list_holds_no_private_count(home):
    line = next(
        json.loads(each)
        for each in Person(home).run("list", "--json").splitlines()
        if each and json.loads(each)["id"].startswith("abcd")
    )
    it = session_of(after_redaction(held(end=False)).record)
    shared = [each for each in it.standing() if each.shared]
    assert line["notes"] == sum(each.kind.value != "action" for each in shared)
    assert line["actions"] == sum(each.kind.value == "action" for each in shared)
    assert line["open_actions"] == sum(each.is_open_action for each in shared)

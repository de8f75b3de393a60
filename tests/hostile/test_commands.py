"""Every command with hostile data and hostile arguments: plain lines, a sane exit code, never a traceback."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from hostile.payloads import ESCAPES, MARK, MARKUP, SHAPES, harm
from hostile.planting import PAIR, Planter, agenda_file, half_filled, played, session_id
from support.tally import tally

from rmsession.cli import run
from rmsession.cli.ground import Ground
from rmsession.cli.program import program
from rmsession.core.terms import Phase
from rmsession.store.opening import open_store

SUIT = f"{MARKUP} {ESCAPES} {SHAPES}"
ARGUMENTS = (
    "\x1b]0;t\x07\x1b[2J\x9b31m\u202eR\u200bZ\u2028", "[/x] [@click=app.quit]", "two\nlines", "-", "--help\x1b",
    "~nobody/x", "../../x", "x" * 5000, "\udcff\udc9b", "%s{0}", "", " ", "9" * 400,
)  # fmt: skip
CODES = {0, 1, 2, 3}
SESSIONS = {Phase.RUNNING: 1, Phase.CLOSING: 2, Phase.ENDED: 3}


def toml(text: str) -> str:
    """A TOML string of these characters."""
    return '"' + "".join(each if each.isalnum() else f"\\U{ord(each):08X}" for each in text) + '"'


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A data folder with hostile sessions, settings and agendas, itself called so."""
    for name in [each for each in os.environ if each.startswith("RMSESSION_")] + ["VISUAL", "EDITOR"]:
        monkeypatch.delenv(name, raising=False)
    planter = Planter(SUIT)
    folder = tmp_path / (MARK + "h\x1b]0;t\x07[\u202e\n\x9b")
    monkeypatch.setenv("RMSESSION_HOME", str(folder))
    monkeypatch.setenv("RMSESSION_ZONE", "Europe/Berlin")
    monkeypatch.chdir(tmp_path)
    store = open_store(folder)
    store.keep_pair(planter(PAIR))
    for phase, number in SESSIONS.items():
        record = planter(played(phase, number, settled=phase is Phase.ENDED))
        store.begin(replace(record, facts=()))
        for fact in record.facts:
            store.append(record.id, fact)
        if phase is not Phase.ENDED:
            store.keep_draft(record.id, half_filled(planter))
    store.close()
    (folder / "agendas").mkdir(exist_ok=True)
    agenda_file(folder / "agendas", planter)
    (folder / "agendas" / "a\x1b[31m\n\x9b[x].md").write_text("# [TODO] \x1b[2J\n\n## a (5 min)\n", encoding="utf-8")
    (folder / "config.toml").write_text(
        f"me = {toml(planter.text('me'))}\ntheme = {toml('[/' + chr(27))}\nzone = {toml(chr(27) + '[')}\n"
        f"recent = [{toml('x' + chr(27))}]\n",
        encoding="utf-8",
    )
    for name in ("2026-11-21-[x]\x1b-00000000-0000-0000-0000-000000000009.json", "a\x9b\n.json"):
        where = next((folder / "sessions").glob("*/*"))
        (where / name).write_text("{", encoding="utf-8")
    return folder


class Told:
    """What the commands said so far, each judged as it comes."""

    def __init__(self, capfd) -> None:
        self.capfd = capfd
        self.count = 0
        self.marked: set[str] = set()
        self.wrong: list[str] = []

    def __call__(self, *words: str) -> tuple[int, str]:
        """Run a command; whatever is wrong with how it ended or what it said is noted."""
        self.capfd.readouterr()
        ground = Ground()
        code = run(words, ground)
        told = self.capfd.readouterr()
        self.count += 1
        if code not in CODES:
            self.wrong.append(f"{words[:2]}: exit {code}")
        for where, said in (("out", told.out), ("err", told.err)):
            # The lines of these end so by definition, and a table begins with a mark.
            data = not {"csv", "ics"}.isdisjoint(words)
            text = said.removeprefix("\ufeff").replace("\r\n", "\n") if data else said
            if found := harm(text, lines=True):
                self.wrong.append(f"{[each[:20] for each in words]}: {found} on {where}: {text[:200]!r}")
            if "Traceback" in text:
                self.wrong.append(f"{words[:2]}: a traceback")
        if not all(line.startswith("rmsession: ") for line in told.err.splitlines()):
            self.wrong.append(f"{[each[:20] for each in words]}: more than its own lines on err: {told.err[:200]!r}")
        if MARK in told.out + told.err and words:
            self.marked.add(words[0])
        return code, told.out


def valid(command: click.Command) -> list[list[str]]:
    """Ways to call a command on what is there: bare, and with each flag."""
    ids = [session_id(number) for number in SESSIONS.values()]
    known = {
        "session": ids, "actions": ["0000"], "files": ["agendas-of-ours"], "name": ["data"], "shell": ["zsh"],
        "words": ["", "cancelled"], "asked": ["-nothing"],
    }  # fmt: skip
    needed = [known.get(each.name or "", ["x"]) for each in command.params if isinstance(each, click.Argument)]
    flags = [each.opts[-1] for each in command.params if isinstance(each, click.Option) and each.is_flag]
    options = [[], *[[flag] for flag in flags], flags]
    first = needed[0] if needed else [""]
    return [[*([each] if each else []), *more] for each in first for more in options]


def test_every_command_on_hostile_data_says_plain_lines(home, capfd):
    told = Told(capfd)
    for name, command in program.commands.items():
        # What ends something comes last; the sessions are still there for the others.
        for words in valid(command) if name not in ("delete", "restore") else [[session_id(9)]]:
            told(name, *words)
    _, listed = told("actions", "--json")
    ids = [json.loads(line).get("id", "") for line in listed.splitlines()]
    for each in ids[:3]:
        told("done", each[:8])
        told("action", each[:8])
        told("action", each[:8], "--reopen", "--to", session_id(1), "--due", "fri", "--private")
    for kind in program.commands["export"].params[1].type.choices:
        told("export", session_id(3), "-f", kind, "-o", "-", "--private", "--feedback")
    for path in sorted((home / "agendas").iterdir()):
        for more in ([], ["--json"]):
            told("check", str(path), *more)
    told("delete", session_id(2), "--yes")
    told()
    assert told.wrong == []
    assert told.marked >= {
        "list",
        "search",
        "show",
        "export",
        "actions",
        "agendas",
        "check",
        "paths",
        "delete",
        "doctor",
        "done",
        "next",
        "action",
    }
    tally("hostile text: commands", cases=told.count)


def test_hostile_arguments_are_refused_in_one_line_or_taken_for_what_they_are(home, capfd):
    told = Told(capfd)
    for name, command in program.commands.items():
        for value in ARGUMENTS:
            if not any(isinstance(each, click.Argument) for each in command.params):
                told(name, value)
                continue
            told(name, value)
            told(name, "--", value)
            for option in command.params:
                if isinstance(option, click.Option) and not option.is_flag:
                    told(name, "x", f"{option.opts[-1]}={value}")
    for value in ARGUMENTS:
        told(value)
        if value.strip():
            told("--home", value, "paths")
    assert told.wrong == []
    tally("hostile text: commands", cases=told.count)


@pytest.mark.parametrize("name", ["HOME", "ME", "THEME", "EDITOR", "AGENDAS", "ZONE"])
def test_hostile_settings_of_the_environment_are_told_plainly(home, capfd, monkeypatch, name):
    told = Told(capfd)
    for value in ARGUMENTS:
        monkeypatch.setenv(f"RMSESSION_{name}", value)
        for command in ("paths", "list", "agendas"):
            told(command)
    assert told.wrong == []
    tally("hostile text: commands", cases=told.count)


def test_a_shell_is_offered_no_word_that_it_or_the_terminal_would_obey(home):
    ground = Ground()
    for words in (["run"], ["check"], ["show"], ["export"], ["run", "--resume"], ["done"], ["delete"]):
        completion = ShellComplete(program, {"obj": ground}, "rmsession", "_RMSESSION_COMPLETE")
        for item in completion.get_completions(words, ""):
            assert not harm(str(item.value)), item.value
            assert not harm(item.help or ""), item.help

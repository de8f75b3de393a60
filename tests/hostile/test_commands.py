"""Every command with hostile data and hostile arguments: plain lines, a sane exit code, never a traceback."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from hostile.payloads import ESCAPES, MARK, MARKUP, SHAPES, harm
from hostile.planting import PAIR, Planter, agenda_file, half_filled, played, session_id
from support.building import BEGIN
from support.commands import commands
from support.tally import tally

from rmsession.cli import run
from rmsession.cli.ground import Ground
from rmsession.cli.program import program
from rmsession.core.arrangement import Arrangement, Objective, Profile
from rmsession.core.card import card_of
from rmsession.core.outcomes import Change
from rmsession.core.pair_fields import Entry
from rmsession.core.programme import Pair
from rmsession.core.terms import Phase, Role
from rmsession.core.text import UserText
from rmsession.core.uniting import Known
from rmsession.export.reports import REPORTS
from rmsession.store.card_file import spell
from rmsession.store.opening import open_store

SUIT = f"{MARKUP} {ESCAPES} {SHAPES}"
ARGUMENTS = (
    "\x1b]0;t\x07\x1b[2J\x9b31m\u202eR\u200bZ\u2028", "[/x] [@click=app.quit]", "two\nlines", "-", "--help\x1b",
    "~nobody/x", "../../x", "x" * 5000, "\udcff\udc9b", "%s{0}", "", " ", "9" * 400,
)  # fmt: skip
CODES = {0, 1, 2, 3}
MANY = 8
"""More options than these are tried all at once."""
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
    store.keep_known([planter(each) for each in (*of_the_pair(), entry())])
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


def of_the_pair() -> list[Known]:
    """Everything that can be known of a pair beside its sessions, in words of its own wherever there can be any."""
    profiles = [
        Profile(each.id, UserText("role"), UserText("place"), UserText("level")) for each in (PAIR.mentor, PAIR.mentee)
    ]
    arranged = Arrangement(PAIR.id, UserText("wave"), objective=Objective.OWN, objective_words=UserText("objective"))
    return [PAIR, *profiles, replace(arranged, sessions=7, minutes=45, interval_days=7, starts=date(2026, 11, 1))]


def entry() -> Change:
    """What the business-change log says of the pair."""
    idea, answer, changed = map(UserText, ("idea", "answer", "changed"))
    return Change("log", PAIR.id, date(2026, 11, 2), idea, answer, changed, agreed=tuple(Role), revised=BEGIN)


def given(home: Path) -> list[Path]:
    """A card and a table that somebody sent, of another pair, called as hostile as what they say."""
    planter = Planter(SUIT.encode("utf-8", "replace").decode()[:60])
    pair, mentor, mentee, arranged = (planter(each) for each in of_the_pair())
    assert isinstance(pair, Pair)
    theirs = Pair("lead-pair", replace(pair.mentor, id="lead-mentor"), replace(pair.mentee, id="lead-mentee"))
    profiles = replace(mentor, person="lead-mentor"), replace(mentee, person="lead-mentee")
    entry = Entry(theirs, *profiles, replace(arranged, pair=theirs.id))
    card, table = (home.parent / f"[x]\x1b[31m{name}" for name in ("card.json", "pairs.csv"))
    card.write_text(spell(card_of(entry, BEGIN)), encoding="ascii")
    rows = [
        ["mentor", "mentee", "wave", "mentor role", SUIT],
        *([SUIT, f"{number}{SUIT}", SUIT, SUIT] for number in "12"),
    ]
    rows += [[value, "x", "", value] for value in ARGUMENTS]
    with table.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows(rows)
    return [card, table]


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
            data = not {"csv", "ics", "--csv"}.isdisjoint(words)
            text = said.removeprefix("\ufeff").replace("\r\n", "\n") if data else said
            if found := harm(text, lines=True):
                self.wrong.append(f"{[each[:20] for each in words]}: {found} on {where}: {text[:200]!r}")
            if "Traceback" in text:
                self.wrong.append(f"{words[:2]}: a traceback")
        if not all(line.startswith("rmsession: ") for line in told.err.splitlines()):
            self.wrong.append(f"{[each[:20] for each in words]}: more than its own lines on err: {told.err[:200]!r}")
        if MARK in told.out + told.err and words:
            self.marked |= {words[0], " ".join(words[:2])}
        return code, told.out


def valid(command: click.Command) -> list[list[str]]:
    """Ways to call a command on what is there: bare, and with each flag."""
    ids = [session_id(number) for number in SESSIONS.values()]
    known = {
        "session": ids, "actions": ["0000"], "files": ["agendas-of-ours"], "name": ["data"], "shell": ["zsh"],
        "words": ["", "cancelled"], "asked": ["-nothing"], "pair": [PAIR.id[:9]],
    }  # fmt: skip
    needed = [known.get(each.name or "", ["x"]) for each in command.params if isinstance(each, click.Argument)]
    flags = [each.opts[-1] for each in command.params if isinstance(each, click.Option) and each.is_flag]
    options = [[], *[[flag] for flag in flags], flags]
    first = needed[0] if needed else [""]
    return [[*([each] if each else []), *more] for each in first for more in options]


def test_every_command_on_hostile_data_says_plain_lines(home, capfd):
    told = Told(capfd)
    for name, command in commands().items():
        # What ends something comes last; the sessions are still there for the others.
        for words in valid(command) if name[0] not in ("delete", "restore") else [[session_id(9)]]:
            told(*name, *words)
    for path in given(home):
        told("import", str(path), "--dry-run")
        told("import", str(path))
    for words in (("list",), ("edit", PAIR.id[:9], "--wave", SUIT), ("card", "lead-pair", "--yes", "-o", "x.json")):
        told("pair", *words)
    for words in (("edit", "log", "--answer", SUIT), ("agree", "log", "--both"), ("list",), ("list", "--json")):
        told("outcome", *words)
    _, listed = told("actions", "--json")
    ids = [json.loads(line).get("id", "") for line in listed.splitlines()]
    for each in ids[:3]:
        told("done", each[:8])
        told("action", each[:8])
        told("action", each[:8], "--reopen", "--to", session_id(1), "--due", "fri", "--private")
    for kind in program.commands["export"].params[1].type.choices:
        told("export", session_id(3), "-f", kind, "-o", "-", "--private", "--feedback")
    for kind in REPORTS:
        told("report", "-f", kind)
    told("share", "--figures", "-o", str(home), "--yes")
    told("share", "--figures", "--pair", PAIR.id[:9], "--yes")
    for words in (("report", "--from", str(home)), *(("import", str(each)) for each in home.glob("*-figures.json"))):
        told(*words)
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
        "import",
        "pair list",
        "pair show",
        "pair edit",
        "pair end",
        "pair card",
        "outcome list",
        "report",
    }
    tally("hostile text: commands", cases=told.count)


def with_options(value: str, options: list[str]) -> list[list[str]]:
    """A value as an argument, and as what each option says; many options say it all at once."""
    given = [f"{each}={value}" for each in options]
    return [["--", value], *([["x", *given]] if len(options) > MANY else [["x", each] for each in given])]


def test_hostile_arguments_are_refused_in_one_line_or_taken_for_what_they_are(home, capfd):
    told = Told(capfd)
    for name, command in commands().items():
        options = [each.opts[-1] for each in command.params if isinstance(each, click.Option) and not each.is_flag]
        argument = any(isinstance(each, click.Argument) for each in command.params)
        for value in ARGUMENTS:
            told(*name, value)
            for words in with_options(value, options) if argument else ():
                told(*name, *words)
    for name, group in program.commands.items():
        if isinstance(group, click.Group):
            for value in ARGUMENTS:
                told(name, value)
    for value in ARGUMENTS:
        told("pair", "add", f"--mentor={value}", "--mentee=Lee", f"--wave={value}", f"--objective={value}")
        told("pair", "edit", PAIR.id[:9], f"--mentor-role={value}", f"--mentee={value}")
        told("outcome", "change", PAIR.id[:9], "--", value)
        told("outcome", "promoted", "lead", f"--source={value}")
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

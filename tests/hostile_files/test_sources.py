"""Agendas that are no plain file, and settings that are no plain settings: one line each, no wait, no traceback."""

from __future__ import annotations

import os
import random
import socket
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from support.tally import tally

from rmsession.cli import run
from rmsession.cli.agendas import edit
from rmsession.cli.ground import Ground
from rmsession.reader.agenda_reader import read_file
from rmsession.reader.library import find
from rmsession.reader.limits import SIZE_LIMIT
from rmsession.reader.source import UnreadableAgenda, decode
from rmsession.settings import FILE, SettingsError, load, remember

WHAT = "oversized and pathological agendas"
GOOD = b"# A\n\n## B (5 min)\n"


def refused(path: Path) -> str:
    """The one line with which the reader refuses a file, in a time that no wait has."""
    said: list[str] = []

    def read() -> None:
        try:
            read_file(path)
        except UnreadableAgenda as wrong:
            said.append(str(wrong))

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    reading.join(30)
    assert not reading.is_alive(), f"{path} is waited for"
    (line,) = said
    assert line.isprintable()
    return line


def test_what_is_no_file_is_refused_without_a_wait(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.md")
    Path("loop.md").symlink_to("loop.md")
    Path("nowhere.md").symlink_to("gone")
    Path("to_pipe.md").symlink_to("pipe.md")
    Path("folder.md").mkdir()
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind("socket.md")
    ordinary = "is no ordinary file"
    says = {
        "pipe.md": ordinary,
        "to_pipe.md": ordinary,
        "socket.md": ordinary,
        "/dev/zero": ordinary,
        "/dev/tty": ordinary,
        "loop.md": "cannot be read",
        "nowhere.md": "does not exist",
        "folder.md": "is a folder",
        "/": "is a folder",
        "folder.md/x.md": "does not exist",
        "x" * 300: "cannot be read",
        "a\0b": "cannot be read",
        "\ud800.md": "cannot be read",
    }
    for name, says_so in says.items():
        assert says_so in refused(Path(name)), name
    tally(WHAT, cases=len(says))


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path, monkeypatch):
    """It was a file when it was looked at, and is none when it is opened."""
    path = tmp_path / "a.md"
    path.write_bytes(GOOD)
    look = Path.stat

    def looked(asked, **more):
        info = look(asked, **more)
        if asked == path and stat.S_ISREG(info.st_mode):
            path.unlink()
            os.mkfifo(path)
        return info

    monkeypatch.setattr(Path, "stat", looked)
    assert "is no ordinary file" in refused(path)
    tally(WHAT, cases=1)


def test_a_file_that_says_no_size_or_grows_is_read_up_to_the_limit(tmp_path, monkeypatch):
    endless = Path("/proc/kallsyms")
    if endless.exists() and endless.stat().st_size == 0 and len(endless.read_bytes()) > SIZE_LIMIT:
        assert "1 MB" in refused(endless)
    path = tmp_path / "a.md"
    path.write_bytes(GOOD)
    look = os.fstat

    def looked(descriptor):
        info = look(descriptor)
        with path.open("ab") as more:
            more.write(b"x" * SIZE_LIMIT)
        return info

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "fstat", looked)
        assert "more than 1 MB" in refused(path)
    path.write_bytes(b"")
    assert not read_file(path).agenda.topics, "an empty file is read, and told as an error"
    tally(WHAT, cases=3)


def test_a_file_that_vanishes_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    path.write_bytes(GOOD)
    look = Path.stat

    def looked(asked, **more):
        info = look(asked, **more)
        path.unlink(missing_ok=True)
        return info

    monkeypatch.setattr(Path, "stat", looked)
    assert "does not exist" in refused(path)
    tally(WHAT, cases=1)


def test_noise_is_no_agenda():
    luck = random.Random(3)
    for size in (64, 300, 5000, 100_000) * 25:
        with pytest.raises(UnreadableAgenda, match="is not a text file"):
            decode(bytes(luck.randrange(256) for _ in range(min(size, 5000))))
    for data in (b"\x80" * 100 + b"\0" * 100, b"\xff" + b"\x01" * 10, b"\x81\x8d\x8f\x90\x9d" * 10):
        with pytest.raises(UnreadableAgenda, match="is not a text file"):
            decode(data)
    assert decode("Käse für die Übung\n".encode("cp1252")).text == "Käse für die Übung\n"
    tally(WHAT, cases=103)


NAMES = [
    "a\nb.md",
    "\x1b[2J.md",
    "\u202egpj.md",
    "-rf.md",
    "--help.md",
    "[@click=app.quit]x.md",
    " .md",
    "a" * 250 + ".md",
    "…\u2028.md",
]


@pytest.mark.parametrize("name", [*map(os.fsencode, NAMES), b"\xff\xfe.md"])
def test_a_hostile_file_name_is_read_and_told_harmlessly(tmp_path, monkeypatch, capfd, name):
    monkeypatch.chdir(tmp_path)
    path = os.fsdecode(name)
    Path(path).write_bytes(b"## B (5 min)\n\n## C\n")
    assert run(["--home", str(tmp_path / "home"), "check", "--", path]) == 0
    out, err = capfd.readouterr()
    assert not [sign for line in (out + err).splitlines() for sign in line if not sign.isprintable()]
    Path(path).write_bytes(b"\0" * 600)
    assert run(["--home", str(tmp_path / "home"), "check", "--", path]) == 3
    out, err = capfd.readouterr()
    assert err.count("\n") == 1
    assert err[:-1].isprintable()


@pytest.mark.parametrize(
    "word", ["~nobody-has-this/x.md", "~nobody-has-this", "a\0b", "\ud800", "", "x" * 5000, "../" * 50 + "x.md"]
)
def test_a_word_that_names_no_agenda_is_one_line(word, tmp_path, capfd):
    assert run(["--home", str(tmp_path / "home"), "check", "--", word]) == 3
    _, err = capfd.readouterr()
    assert err.count("\n") == 1
    with pytest.raises(UnreadableAgenda) as told:
        find(word)
    assert str(told.value).isprintable()


SETTINGS = {
    "deep": "a = " + "[" * 50_000,
    "dotted": ".".join("a" * 50_000) + " = 1",
    "huge number": "me = " + "9" * 100_000,
    "huge": 'me = "' + "x" * 200_000 + '"',
    "hexadecimal": "me = 0x" + "f" * 50_000,
    "controls": 'me = "\\u001b[2J\\u0000"',
    "markup": 'me = "[@click=app.quit]x[/]"',
    "list": "me = [1, 2]",
    "table": "[me]\nx = 1",
    "number": "me = 3",
    "date": "me = 2026-01-01",
    "truth": "theme = true",
    "zone": 'zone = "../../etc/passwd"',
    "zone nul": 'zone = "a\\u0000b"',
    "long zone": 'zone = "' + "x" * 5000 + '"',
    "folder": 'agendas = "../../../etc"',
    "folder nul": 'agendas = "a\\u0000b"',
    "folder home": 'agendas = "~nobody-has-this/x"',
    "recent": 'recent = ["a\\u0000b", "../../etc/passwd", "-rf", ""]',
    "recent numbers": "recent = [1]",
    "shell": "editor = \"sh -c 'touch pwned'; touch pwned\"",
    "quote": 'editor = "vi \'"',
    "half": "me = '",
    "no text": "\x00\x01",
    "twice": "me = 1\nme = 2",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_hostile_settings_are_one_line_each_and_the_rest_works(name, tmp_path, monkeypatch, capfd):
    home = tmp_path / "home"
    home.mkdir()
    (home / FILE).write_text(SETTINGS[name], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found, complaints = load({"home": home}, {})
    assert all("\n" not in line for line in complaints)
    assert name not in ("huge", "dotted", "deep") or complaints
    for command in (["paths"], ["list"], ["agendas"]):
        assert run(["--home", str(home), *command]) in (0, 3)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert err.count("\n") <= 1
        assert max(map(len, err.splitlines()), default=0) < 1000
        assert not [sign for sign in (out + err).replace("\n", "") if not sign.isprintable()]
    try:
        remember(home, "me", "Ada")
    except SettingsError as told:
        assert "\n" not in str(told)  # noqa: PT017 - either ending is right
    assert not (tmp_path / "pwned").exists()
    assert found.home == home


@pytest.mark.parametrize(
    "editor",
    [
        "sh -c true; touch pwned",
        "$(touch pwned)",
        "`touch pwned`",
        "true && touch pwned",
        "true | touch pwned",
        "> pwned",
    ],
)
def test_an_editor_is_words_and_never_a_line_for_a_shell(editor, tmp_path, monkeypatch):
    """Whatever becomes of it: the shell's signs are words to the program that is named first."""
    monkeypatch.chdir(tmp_path)
    seen = tmp_path / "agenda.md"
    seen.write_text("#!/bin/sh\ntouch pwned\n")
    seen.chmod(0o700)
    code = (
        "from pathlib import Path; from rmsession.cli.ground import Ground; from rmsession.cli.agendas import edit; "
        "edit(Path('agenda.md'), Ground())"
    )
    environment = {
        **os.environ,
        "EDITOR": editor,
        "RMSESSION_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    environment.pop("VISUAL", None)
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=60
    )
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("editor", ["   ", "\t"])
def test_an_editor_of_blanks_does_not_run_the_agenda(editor, tmp_path, monkeypatch):
    monkeypatch.setenv("RMSESSION_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    agenda = tmp_path / "agenda.md"
    agenda.write_text(f"#!/bin/sh\ntouch {tmp_path}/pwned\n")
    agenda.chmod(0o700)
    edit(agenda, Ground())
    assert not (tmp_path / "pwned").exists()

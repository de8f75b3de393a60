"""What goes wrong is one line on stderr and the right exit code; nothing anybody typed ends up in a log."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from support.held import held, kept

PROGRAM = [sys.executable, "-m", "rmsession"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["lst"],
        ["x" * 5000],
        ["--nonsense"],
        ["list", "--nonsense"],
        ["show"],
        ["export", "abcd", "-f", "docx"],
        ["run"],
        ["run", "a.md", "--resume", "abcd"],
        ["run", "a.md", "--speed", "5"],
        ["run", "a.md", "--rehearse", "--speed", "61"],
        ["run", "a.md", "--duration", "0"],
        ["completion", "tcsh"],
        ["paths", "nowhere"],
        [],
    ],
)
def test_a_usage_error_is_one_line_and_two(tell, arguments):
    told = tell(*arguments)
    assert told.code == 2
    assert told.complaint.endswith("--help'.")
    assert told.out == ""


def test_a_mistyped_command_is_guessed_at(tell):
    assert "Did you mean 'list'?" in tell("lst").complaint


@pytest.mark.parametrize("word", ["nowhere.md", "no/where", "nowhere.TXT"])
def test_a_word_that_looks_like_a_file_is_run(tell, word):
    told = tell(word)
    assert told.code == 1
    assert told.complaint.startswith(f"{word} does not exist")


def test_bad_settings_are_one_line_each_and_the_command_goes_on(tell, home):
    home.mkdir()
    (home / "config.toml").write_text("me = 3\n")
    told = tell("list")
    assert told.code == 0
    assert told.complaint == f'{home / "config.toml"}: me: should be text in quotes, such as "Ada"'


def test_a_folder_that_cannot_be_used_is_one_line(tell, tmp_path):
    (tmp_path / "file").write_text("")
    told = tell("--home", tmp_path / "file", "list")
    assert told.code == 1
    assert told.complaint


CRASH = """
import sys
from pathlib import Path
from rmsession import cli
from rmsession.cli import session_list
def broken(*_, **__):
    try:
        raise KeyError("SECRET note")
    except KeyError as error:
        raise ValueError("SECRET too") from error
session_list.listing = broken
cli.main()
"""


def crashed(home, *, code: str = CRASH) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, "list"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(home)},
    )


def test_a_crash_is_one_line_and_a_log_without_a_word_of_text(home):
    kept(home, held().record)
    old = os.umask(0)
    try:
        told = crashed(home)
    finally:
        os.umask(old)
    log = home / "crash.log"
    assert told.returncode == 1
    assert told.stderr == (
        "rmsession: stopped by an error of its own (ValueError); what was kept is kept. "
        f"Where it happened is noted, without any text, in {log}: please report it\n"
    )
    text = log.read_text()
    assert "SECRET" not in text
    assert "ValueError" in text
    assert "KeyError" in text
    assert "session_list.py:" in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_crash_that_cannot_be_noted_is_still_one_line(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("a file")
    monkeypatch.setenv("RMSESSION_HOME", str(tmp_path / "home"))
    broken = "from rmsession import cli\ncli.run = lambda *_: 1 / 0\ncli.main()"
    told = crashed(tmp_path, code=broken)
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "could not be noted" in told.stderr


def test_a_reader_that_goes_away_hears_nothing(home):
    kept(home, *(held(f"{number:04x}").record for number in range(20)))
    code = f"{sys.executable} -m rmsession list --json | head -n 1"
    told = subprocess.run(["bash", "-o", "pipefail", "-c", code], capture_output=True, text=True, check=False)
    assert told.stdout.count("\n") == 1
    assert told.stderr == ""
    assert told.returncode in (0, 128 + signal.SIGPIPE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "words", [["--version"], ["list"], ["list", "--json"], ["show", "abcd"], ["export", "abcd", "-o", "-"]]
)
def test_output_that_finds_no_room_is_one_line(home, words):
    kept(home, held().record)
    with Path("/dev/full").open("wb") as full:
        # As people have it: what was not written waits, and Python tries again on its way out.
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        told = subprocess.run(
            [*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environ
        )
    assert told.returncode == 1
    assert told.stderr.startswith("rmsession: the output could not be written (No space left on device)")
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_crash(home, closed):
    kept(home, held().record)
    code = f"{sys.executable} -m rmsession list {closed}"
    told = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert not (home / "crash.log").exists()


def test_output_that_cannot_be_encoded_is_shown_as_far_as_it_goes(home):
    kept(home, held(title="Größe 世界").record)
    environ = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    told = subprocess.run([*PROGRAM, "list"], capture_output=True, check=False, env=environ)
    assert (told.returncode, told.stderr) == (0, b"")
    assert "Größe ??".encode("latin-1") in told.stdout
    poured = subprocess.run([*PROGRAM, "export", "abcd", "-o", "-"], capture_output=True, check=True, env=environ)
    assert "# Größe 世界\n".encode() in poured.stdout


def test_colour_is_never_in_the_output(tell, home):
    kept(home, held().record)
    for command in (["list"], ["show", "abcd"], ["--help"], ["export", "abcd", "-o", "-"]):
        assert "\x1b" not in tell(*command).out


def test_an_environment_without_signs_is_told_all_of_them(home):
    kept(home, held(title="Überblick").record)
    told = subprocess.run(
        [*PROGRAM, "list"], capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert "Überblick" in told.stdout.decode("utf-8")

"""paths, completion, --version and --help."""

import os
import subprocess
import sys

import pytest
from support.held import held, kept

from rmsession import __version__
from rmsession.cli.program import program


def test_the_version(tell):
    assert tell("--version").out == f"rmsession {__version__}\n"


def test_paths_are_where_things_lie(tell, home):
    kept(home, held().record)
    lines = dict(line.split(maxsplit=1) for line in tell("paths").lines)
    assert lines["data"] == str(home)
    assert next(home.glob("sessions/**/*.json")).is_relative_to(lines["sessions"])
    assert tell("paths", "settings").out == f"{home / 'config.toml'}\n"


def test_paths_makes_nothing(tell, home):
    assert tell("paths").code == 0
    assert not home.exists()


def test_a_home_flag_goes_before_the_environment(tell, home, tmp_path):
    other = tmp_path / "other"
    assert tell("--home", other, "paths", "data").out == f"{other}\n"


@pytest.mark.parametrize("name", sorted(program.commands))
def test_every_command_has_help_with_examples(tell, name):
    told = tell(name, "--help")
    assert told.code == 0
    assert "Examples:\n" in told.out
    assert f"rmsession {name}" in told.out.partition("Examples:")[2]


def test_the_programs_own_help_names_every_command_in_one_line(tell):
    told = tell("--help")
    lines = [line.split(maxsplit=1) for line in told.lines]
    assert {name for name, *_ in filter(None, lines)} >= set(program.commands)
    assert "..." not in told.out.partition("Commands:")[2].partition("Examples:")[0]


def completed(shell: str, words: list[str], home) -> str:
    environ = {**os.environ, "_RMSESSION_COMPLETE": f"{shell}_complete", "RMSESSION_HOME": str(home)}
    environ |= {"COMP_WORDS": " ".join(words), "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1)}
    done = subprocess.run([sys.executable, "-m", "rmsession"], capture_output=True, text=True, check=False, env=environ)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands_and_ids(tell, home, shell):
    script = tell("completion", shell)
    assert script.code == 0
    assert f"_RMSESSION_COMPLETE={shell}_complete" in script.out
    assert "export" in completed(shell, ["rmsession", "exp"], home)
    kept(home, held("abcd").record)
    assert "abcd" in completed(shell, ["rmsession", "show", "ab"], home)


def test_a_fresh_folder_completes_to_nothing(home):
    assert completed("bash", ["rmsession", "show", "ab"], home).strip() == ""


BASH = """
source script
COMP_WORDS=(rmsession check "$1") COMP_CWORD=2
compopt() { local IFS=' '; echo "compopt $*"; }
_rmsession_completion rmsession
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("begun", "words"),
    [
        ("on", ["one-on-one", "only mine.md"]),
        ("02", ["02-listening-in"]),
        ("pic", ["compopt -o default", ""]),  # the shell itself finds files
    ],
)
def test_bash_completes_agendas_by_name_and_by_file(tell, home, tmp_path, begun, words):
    for name in ("only mine.md", "picture.png"):
        (tmp_path / name).write_text("")
    (tmp_path / "script").write_text(tell("completion", "bash").out)
    program = tmp_path / "rmsession"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rmsession "$@"\n')
    program.chmod(0o700)
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", BASH, "bash", begun], capture_output=True, text=True, check=True, env=environ, cwd=tmp_path
    )
    assert (done.stdout.splitlines(), done.stderr) == (words, "")

"""The layout holds: imports go one way, and only what opens the app loads the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.held import held, kept

ROOT = Path(__file__).parents[1]

COMMANDS = [
    ["--version"],
    ["--help"],
    ["paths"],
    ["list"],
    ["list", "--json"],
    ["show", "abcd"],
    ["search", "draft"],
    ["search", "draft", "--json"],
    ["export", "abcd", "-o", "-"],
    ["check", str(ROOT / "agendas" / "01-kick-off.md")],
    ["agendas"],
    ["new", "mine.md"],
    ["completion", "bash"],
    ["backup"],
    ["restore", "--list"],
    ["delete", "abcd", "--yes"],
]

LOADED = """
import json, sys
from rmsession.cli import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_commands_never_load_the_screen(command, tmp_path):
    kept(tmp_path / "home", held().record)
    environ = {**os.environ, "RMSESSION_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *command], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    code, modules = json.loads(done.stderr)
    assert code == 0
    assert done.stdout
    loaded = {name.partition(".")[0] for name in modules}
    assert loaded.isdisjoint({"textual", "rich"})
    assert "rmsession.tui.app" not in modules


def test_only_commands_on_sessions_load_the_store(tmp_path):
    environ = {**os.environ, "RMSESSION_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    for command in (["--version"], ["paths"], ["check", str(ROOT / "agendas" / "01-kick-off.md")]):
        done = subprocess.run(
            [sys.executable, "-c", LOADED, *command],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        )
        _, modules = json.loads(done.stderr)
        assert {"tinydb", "msgspec", "sqlite3", "tzlocal", "tomlkit"}.isdisjoint(modules)


def test_the_import_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

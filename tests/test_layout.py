"""The layout holds: imports go one way, and only what opens the app loads the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.building import PAIR
from support.held import held, kept
from support.terminal import Terminal

from rmsession.tui.beforehand import FROM_HOME

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
    ["report"],
    ["report", "-f", "html"],
    ["share", "--figures", "--pair", PAIR.id, "-o", ".", "--yes"],
    ["pair", "show", PAIR.id],
    ["pair", "card", PAIR.id, "-o", ".", "--yes"],
    ["check", str(ROOT / "agendas" / "01-kick-off.md")],
    ["agendas"],
    ["new", "mine.md"],
    ["completion", "bash"],
    ["backup"],
    ["restore", "--list"],
    ["delete", "abcd", "--yes"],
    ["demo", "--help"],
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
    assert not [name for name in modules if name.startswith("rmsession.demo")]


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


HEAVY = {
    "asyncio", "click", "filelock", "gettext", "hashlib", "logging", "msgspec", "platform", "platformdirs", "shutil",
    "sqlite3", "threading", "tinydb", "tomlkit", "tomllib", "traceback", "tzlocal", "uuid", "yaml", "zipfile",
    "rmsession.core.arrangement", "rmsession.core.commands", "rmsession.core.decide", "rmsession.core.facts",
    "rmsession.core.fold", "rmsession.core.lists", "rmsession.core.outcomes", "rmsession.core.programme",
    "rmsession.core.query", "rmsession.core.record", "rmsession.core.session", "rmsession.core.store",
    "rmsession.export", "rmsession.reader", "rmsession.store.codec", "rmsession.store.drafts",
    "rmsession.store.entries", "rmsession.store.index", "rmsession.store.keeping", "rmsession.store.memory",
}  # fmt: skip
"""What takes milliseconds to load: who adds one to a command's list below makes that command slower for everybody."""
WITH_MSGSPEC = {"msgspec", "platform", "uuid"}
"""What reads a short list, which nobody keeps ready, and what that loads."""
LOADS = {
    "--version": set(),
    "list": {
        *WITH_MSGSPEC, "sqlite3", "rmsession.core.arrangement", "rmsession.core.lists", "rmsession.core.outcomes",
        "rmsession.core.programme", "rmsession.store.index",
    },
    "search draft": {"sqlite3", "rmsession.core.query", "rmsession.store.index"},
    "actions --open": {*WITH_MSGSPEC, "sqlite3", "rmsession.core.lists", "rmsession.store.index"},
}  # fmt: skip
BESIDE = {"typing_extensions"}
"""Of others, what msgspec brings."""


@pytest.mark.parametrize("command", LOADS)
def test_what_has_not_changed_is_listed_without_what_reads_and_keeps(command, tmp_path):
    kept(tmp_path / "home", held().record)
    environ = {**os.environ, "RMSESSION_HOME": str(tmp_path / "home"), "RMSESSION_ZONE": "UTC", "PYTHONPATH": str(ROOT)}
    for _ in range(2):  # the first makes the index
        done = subprocess.run(
            [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{LOADED}", *command.split()],
            cwd=tmp_path, env=environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
    code, modules = json.loads(done.stderr)
    assert code == 0
    assert HEAVY.intersection(modules) == LOADS[command]
    theirs = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {"__main__", "rmsession"}
    assert {name for name in theirs if not name.startswith("_")} - BESIDE == {"msgspec"} & LOADS[command]


PAINTED = """
import json, os, sys
from textual.app import App
display = App._display
def displayed(app, screen, renderable):
    display(app, screen, renderable)
    if "Kick-off" in getattr(renderable, "render_segments", lambda _: "")(app.console):
        with open(sys.argv[1], "w") as out:
            json.dump(sorted(name for name, module in sys.modules.items() if module), out)
        os._exit(0)
App._display = displayed
from rmsession.cli import run
run([])
"""
PAINTING = {
    "asyncio", "logging", "platform", "platformdirs", "shutil", "sqlite3", "threading", "traceback", "uuid",
    "rmsession.core.programme", "rmsession.reader", "rmsession.store.index",
}  # fmt: skip
"""Of `HEAVY`, what Home's first paint loads; who adds to it lets everybody wait at every start."""
PAINTING_OURS = {
    "core": "cadence clock columns days due frozen meeting programme store_errors terms text",
    "tui": "alt_keys app beforehand clipboard driver ending flow hops key_names key_signs launch places recorder routes"
    " sizes steps text typed_ahead typed_signs",
    "tui.screens": "home home_keys",
    "tui.widgets": "flow foot foot_room home_choices home_date home_lists home_lookup home_past home_rows home_shelf"
    " keeping person_line quiet_footer",
}
"""What it loads of the program's own."""
PACKAGES = {"rmsession.tui.screens", "rmsession.tui.widgets"}


def _loaded_by(code, folder, hands=lambda _: None, words=()):
    """The modules that a program which tells them has loaded by then, in a terminal in which `hands` do something."""
    home, told = folder / "home", folder / "loaded"
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text('me = "Robin"\nzone = "UTC"\n', encoding="utf-8")
    code = f"import sys\nsys.path[:0] = {sys.path!r}\n{code}"
    environ = {**os.environ, "RMSESSION_HOME": str(home), "PYTHONPATH": str(ROOT)}
    with Terminal([sys.executable, "-S", "-c", code, str(told), *words], env=environ) as terminal:
        hands(terminal)
        terminal.wait_exit(30)
    return {*json.loads(told.read_text(encoding="utf-8"))}


def test_home_is_painted_without_what_opens_files_and_runs_sessions(tmp_path):
    _loaded_by(PAINTED, tmp_path)  # the first makes the folder
    modules = _loaded_by(PAINTED, tmp_path)
    assert HEAVY.intersection(modules) == PAINTING
    theirs = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {"__main__", "rmsession"}
    assert {name for name in theirs if not name.startswith("_")} == {
        "platformdirs",
        "rich",
        "textual",
        "typing_extensions",
    }
    for package, names in PAINTING_OURS.items():
        inside = f"rmsession.{package}."
        ours = {name.removeprefix(inside) for name in modules if name.startswith(inside)}
        assert {name for name in ours if "." not in name and f"{inside}{name}" not in PACKAGES} == {*names.split()}


STANDING = """
import json, os, sys, threading, time
wanted = {f"rmsession.tui.screens.{name}" for name in sys.argv[2:]}
def told():
    limit = time.monotonic() + 20
    while not wanted <= set(sys.modules) and time.monotonic() < limit:
        time.sleep(0.02)
    with open(sys.argv[1], "w") as out:
        json.dump(sorted(sys.modules), out)
    os._exit(0)
threading.Thread(target=told, daemon=True).start()
from rmsession.cli import run
run([])
"""


def test_what_homes_keys_open_is_loaded_while_it_stands(tmp_path):
    assert {f"rmsession.tui.screens.{name}" for name in FROM_HOME} <= _loaded_by(STANDING, tmp_path, words=FROM_HOME)


def test_what_follows_a_preview_is_loaded_while_it_stands(tmp_path):
    code = STANDING.replace("run([])", 'run(["run", "01-kick-off", "--mentee", "Alex Stone"])')
    assert "rmsession.tui.screens.session" in _loaded_by(code, tmp_path, words=("session",))


RUNNING = """
import json, os, sys, threading
from rmsession.cli import opening, run
def told():
    with open(sys.argv[1], "w") as out:
        json.dump(sorted(name for name, module in sys.modules.items() if module), out)
    os._exit(0)
do_without = opening.do_without
def without():
    do_without()
    from textual.app import App
    display = App._display
    def displayed(app, screen, renderable):
        display(app, screen, renderable)
        if "left of" in getattr(renderable, "render_segments", lambda _: "")(app.console):
            App._display = display
            threading.Timer(1.5, told).start()  # by then what is done behind the screen is done
    App._display = displayed
opening.do_without = without
run(["run", "01-kick-off", "--mentee", "Alex Stone"])
"""
HELD = {
    "filelock", "markdown_it", "mdurl", "msgspec", "platformdirs", "rich", "textual", "tinydb", "typing_extensions",
}  # fmt: skip
"""What a session under way holds of others."""
UNUSED = {
    "_hashlib", "_ssl", "calendar", "csv", "gettext", "rmsession.store.index_search", "ssl", "tomllib", "webbrowser",
    "zipfile",
}  # fmt: skip
"""What it would hold for the session's length and not use: each is loaded by what it takes to need it."""
SCREENS = {"preview", "returning", "session", "session_dialogs", "writing"}


def test_a_session_under_way_holds_what_it_uses(tmp_path):

    def start(terminal):
        terminal.wait("Start")
        terminal.settle()
        terminal.press("f2")

    modules = _loaded_by(RUNNING, tmp_path, start)
    assert modules.isdisjoint(UNUSED)
    theirs = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {"__main__", "rmsession"}
    assert {name for name in theirs if not name.startswith("_") and "cython" not in name} == HELD
    inside = "rmsession.tui.screens."
    assert {name.removeprefix(inside) for name in modules if name.startswith(inside)} == SCREENS
    assert not [name for name in modules if name.startswith(("rmsession.export.", "rmsession.tui.widgets.home_"))]


def test_the_import_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

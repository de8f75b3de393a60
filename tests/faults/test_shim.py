"""The preloaded library itself: it fails what it is told to, where it is told to, and nothing else."""

import os
import subprocess
import sys

import pytest
from faults.shim import WHY_NOT, available, environment

pytestmark = pytest.mark.skipif(not available(), reason=WHY_NOT)

TRIES = """
import os, sqlite3, sys
from pathlib import Path
folder, control, error = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
new, old, base = folder / "new", folder / "old", folder / "base"
tries = {
    "make": lambda: new.touch(),
    "write": lambda: old.write_text("x"),
    "sync": lambda: os.fsync(handle),
    "rename": lambda: os.replace(old, new),
    "mkdir": lambda: new.mkdir(),
    "chmod": lambda: old.chmod(0o600),
    "unlink": lambda: old.unlink(),
    "open": lambda: old.open("r+").close(),
    "insert": lambda: connection.execute("insert into t values (1)"),
    "read": lambda: (old.read_text(), os.listdir(folder), connection.execute("select * from t").fetchall()),
}
for name, what in tries.items():
    old.write_text("old")
    handle = os.open(old, os.O_RDONLY)
    connection = sqlite3.connect(base, isolation_level=None)
    connection.execute("create table if not exists t (a)")
    control.write_text(error)
    try:
        what()
    except (OSError, sqlite3.Error):
        print(name)
    control.unlink()
    connection.close()
    for path in (new, old):
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
"""
WRITES = {"make", "write", "rename", "mkdir", "insert"}
NAMES = {"make", "rename", "mkdir", "chmod", "unlink"}
FAILS = {
    "ENOSPC": WRITES | {"sync"},
    "EDQUOT\n": WRITES | {"sync"},
    "EROFS": WRITES | NAMES | {"open"},
    "EACCES": NAMES | {"insert"},
    "EIO": WRITES | NAMES | {"open", "sync"},
    "": set(),
}


def failing(folder, error, prefix):
    """What fails in a program of its own under that error."""
    control = folder.parent / "control"
    environ = os.environ | environment(control, prefix)
    arguments = [sys.executable, "-c", TRIES, str(folder), str(control), error]
    return set(subprocess.run(arguments, env=environ, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("error", FAILS)
def test_what_an_error_is_met_in_fails_and_goes_on_when_it_is_over(tmp_path, error):
    (tmp_path / "home").mkdir()
    assert failing(tmp_path / "home", error, tmp_path / "home") == FAILS[error]


def test_what_lies_elsewhere_does_not_fail(tmp_path):
    (tmp_path / "home2").mkdir()
    assert failing(tmp_path / "home2", "EIO", tmp_path / "home") == set()

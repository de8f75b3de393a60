"""Locks of the system and no others: no marker file is ever taken for one, and a killed program leaves none behind."""

import ast
import errno
import fcntl
import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from filelock import SoftFileLock, UnixFileLock
from store.on_disk import CHECKOUT, note, program
from support.building import record

from rmsession.core.store_errors import StoreError
from rmsession.store import locks
from rmsession.store.locks import at_rest, writing
from rmsession.store.opening import open_store

ONE = record().id


def test_the_program_never_makes_a_soft_lock():
    """The name stands once, where such a lock is refused."""
    used = []
    for path in (CHECKOUT / "rmsession").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and "Soft" in ast.dump(node.func):
                used.append(path)
    assert not used
    assert type(locks._lock(Path("x"))) is UnixFileLock


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP])
def test_a_file_system_without_locks_is_refused_and_gets_no_marker(tiny, home, monkeypatch, number):
    tiny.begin(record(facts=(note(1),)))

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    before = {path: path.stat().st_size for path in (home / "locks").iterdir()}
    monkeypatch.setattr(fcntl, "flock", refuse)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # which would be a second line on the terminal
        with pytest.raises(StoreError, match="has no locks"):
            tiny.append(ONE, note(2))
        with pytest.raises(StoreError, match="has no locks"), tiny.live(ONE, person="Robin"):
            pass
    assert {path: path.stat().st_size for path in (home / "locks").iterdir()}.items() >= before.items()
    assert not [path for path in (home / "locks").iterdir() if path.stat().st_size]
    assert tiny.load(ONE).facts == (note(1),)


def test_a_library_that_falls_back_all_the_same_is_refused(tmp_path, monkeypatch):
    """Releases before it could be told not to."""
    monkeypatch.setattr(locks, "FileLock", SoftFileLock)
    locks._only_real.cache_clear()
    with pytest.raises(StoreError, match="has no locks"), writing(tmp_path / "a.lock"):
        pass
    assert not (tmp_path / "a.lock").exists()
    locks._only_real.cache_clear()


def test_what_lies_in_a_left_over_lock_file_is_no_obstacle(tiny, home):
    tiny.begin(record())
    for kind in ("lock", "live"):
        (home / "locks" / f"{ONE}.{kind}").write_text(f"{os.getpid()}\nsomewhere\n")  # as a marker file would say it
    with tiny.live(ONE, person="Robin"):  # whoever waits for the lock that another has is refused in the end
        tiny.append(ONE, note(1))


def test_the_locks_of_a_killed_program_are_free_at_once(tiny, home):
    tiny.begin(record())
    script = """
store = open_store(sys.argv[1])
with store.live(sys.argv[2], person="Robin"):
    print("open", flush=True)
    sys.stdin.read()
"""
    other = program(script, home, ONE)
    assert other.stdout.readline() == "open\n"
    with at_rest(home / "locks" / f"{ONE}.live") as free:
        assert not free
    other.send_signal(signal.SIGKILL)
    other.wait(timeout=20)
    with at_rest(home / "locks" / f"{ONE}.lock", home / "locks" / f"{ONE}.live") as free:
        assert free
    with open_store(home).live(ONE, person="Alex"):
        tiny.append(ONE, note(1))


def test_all_or_none_are_held(tmp_path):
    one, two = tmp_path / "1.lock", tmp_path / "2.lock"
    with writing(two), at_rest(one, two) as free:
        assert not free
        with at_rest(one) as alone:
            assert alone
    with at_rest(one, two) as free:
        assert free
        taken = "import sys; from pathlib import Path; from rmsession.store.locks import at_rest\n"
        taken += "with at_rest(Path(sys.argv[1])) as free: print(free)"
        for path in (one, two):
            said = subprocess.run([sys.executable, "-c", taken, path], capture_output=True, text=True, check=True)
            assert said.stdout == "False\n"

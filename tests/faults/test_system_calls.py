"""Every call of every operation that changes the disk fails in every way, beneath Python, SQLite and the locks.

Each case is a real fault: the process is killed at the call (SIGKILL), half of a write reaches the disk, or the call
answers EIO once or ENOSPC from then on. Afterwards a fresh program sees what was there before or what is there after,
whole, and what was acknowledged in any case; every other session is the same to the byte; and trying again, when the
disk is well, brings what is there after, with nothing left of the try before.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from faults import world
from faults.lasting import could_be_lost, unguarded
from faults.operations import OPERATIONS, READING
from faults.shim import WHY_NOT, Call, available, preloaded
from support.tally import tally

pytestmark = pytest.mark.skipif(not available(), reason=WHY_NOT)

HERE = Path(__file__).parent
AT_LEAST = 300
DERIVED = re.compile(r"home(/index\.sqlite(-journal)?|/locks/.*)?$")
"""What a command that only reads may change: the index, the folder that it is in, and locks."""
FLEETING = {"keep_draft": r"\.draft$", "drop_draft": r"\.draft$"}
"""Drafts outlive a killed program, not a power cut: they are kept many times a minute."""


@pytest.fixture(scope="module")
def ask():
    """Has a worker try an operation; what it found."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("RMSESSION_")}
    environ |= preloaded() | {"PYTHONPATH": f"{HERE.parents[1]}:{HERE.parent}", "RMSESSION_ZONE": "Europe/Berlin"}
    with world.in_memory() as folder:
        command = [sys.executable, str(HERE / "worker.py"), str(folder)]
        worker = subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        @cache
        def answer(name, *, thorough=False):
            worker.stdin.write(json.dumps([name, thorough]) + "\n")
            worker.stdin.flush()
            found = json.loads(worker.stdout.readline())
            relative = [
                [name, *(path and os.path.relpath(path, f"{folder}/case") for path in paths)]
                for name, *paths in found["calls"]
            ]
            return found | {"calls": [Call(*each) for each in relative]}

        yield answer
        worker.communicate()


COUNTED = Counter()
"""How many cases each operation had."""


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fault_leaves_what_was_there_before_or_what_is_there_after(ask, name):
    found = ask(name)
    COUNTED[name] = found["cases"]
    tally("injected faults (preloaded shim)", cases=found["cases"], wrong=len(found["wrong"]))
    assert not found["wrong"], "\n".join(found["wrong"][:5])
    assert found["outcomes"].keys() == {"killed", "refused", "kept"} or found["outcomes"].keys() == {
        "killed",
        "refused",
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_was_acknowledged_outlives_a_power_cut(ask, name):
    """The bytes first, then the name, then the folder that holds the name; and nothing is written in its place."""
    assert not could_be_lost(ask(name)["calls"], fleeting=FLEETING.get(name, "$^"))


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_that_programs_share_is_changed_without_a_lock(ask, name):
    assert not unguarded(ask(name)["calls"])


@pytest.mark.parametrize(
    ("calls", "what"),
    [
        (["create a.tmp", "write a.tmp", "rename a a.tmp", "fsync ."], "before its bytes"),
        (
            ["create a.tmp", "write a.tmp", "fsync a.tmp", "write a.tmp", "rename a a.tmp", "fsync ."],
            "before its bytes",
        ),
        (["create a.tmp", "write a.tmp", "fsync a.tmp", "rename a a.tmp"], "not flushed"),
        (["create a.tmp", "write a.tmp", "fsync a.tmp", "fsync .", "rename a a.tmp"], "not flushed"),
        (["create a", "write a", "fsync a", "fsync ."], "in its place"),
        (["open a", "write a", "fsync a"], "in its place"),
        (["mkdir b/c"], "not flushed"),
        (["unlink b/c"], "not flushed"),
    ],
)
def test_the_order_of_calls_is_judged(calls, what):
    assert what in could_be_lost(Call(*each.split()) for each in calls)[0]


@pytest.mark.parametrize("name", READING)
def test_what_only_reads_changes_nothing_but_the_index_and_tells_the_same_under_any_fault(ask, name):
    found = ask(name)
    tally("injected faults in reading commands (preloaded shim)", cases=found["cases"], wrong=len(found["wrong"]))
    assert not found["wrong"], "\n".join(found["wrong"][:5])
    assert [each for each in found["calls"] if not DERIVED.match(each.path)] == []
    assert not could_be_lost(found["calls"])
    assert "refused" not in found["outcomes"] or name == "doctor"  # which tells what it could not look at


def test_enough_was_tried():
    if set(COUNTED) == set(OPERATIONS):  # not when only some were chosen
        assert COUNTED.total() >= AT_LEAST
        assert min(COUNTED.values()) >= 5


@pytest.mark.long
@pytest.mark.parametrize("name", [*OPERATIONS, *READING])
def test_every_call_in_every_way(ask, name):
    found = ask(name, thorough=True)
    tally("injected faults (preloaded shim, every call in every way)", cases=found["cases"], wrong=len(found["wrong"]))
    assert not found["wrong"], "\n".join(found["wrong"][:5])
    assert found["cases"] >= 4 * len(found["calls"])

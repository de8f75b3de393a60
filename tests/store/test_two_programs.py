"""Several programs with one data folder: nothing acknowledged is lost or doubled, and one run excludes another."""

import os
import random
import signal
import time

import pytest
from store.on_disk import finished, note, program, the_file
from support.building import record
from support.tally import tally

from rmsession.core.store_errors import Busy
from rmsession.store.opening import open_store

WRITERS = 4
WRITER = """
store = open_store(sys.argv[1])
first, step, count = map(int, sys.argv[2:])
for seq in range(first, first + step * count, step):
    store.append(record().id, note(seq))
    print(seq, flush=True)
"""
CYCLE = """
from rmsession.core.store import Draft
store = open_store(sys.argv[1])
first, step, sessions = map(int, sys.argv[2:])
for seq in range(first, 10**6, step):
    session = record(number=1 + seq // step % sessions).id
    store.append(session, note(seq))
    if seq // step % 3 == 0:
        store.append(session, note(seq))
        store.keep_draft(session, Draft(BEGIN, 1.0, UserText("half")))
    print(seq, flush=True)
"""
RUNNER = """
store = open_store(sys.argv[1])
with store.live(record().id, person="Robin"):
    store.append(record().id, note(1))
    print("running", flush=True)
    sys.stdin.readline()
print("over", flush=True)
"""
LISTER = """
store = open_store(sys.argv[1])
print("listing", flush=True)
while True:
    store.history()
    os.unlink(sys.argv[1] + "/index.sqlite")
"""
BEGINNER = """
from rmsession.core.store_errors import Conflict
store = open_store(sys.argv[1])
for number in range(1, 21):
    try:
        store.begin(record(number=number))
        print(number, flush=True)
    except Conflict:
        pass
"""


def test_four_writers_of_one_session_lose_nothing(tiny, home):
    tiny.begin(record())
    writers = [program(WRITER, home, first, 4, 25) for first in range(1, 5)]
    told = [finished(writer) for writer in writers]
    assert [len(lines) for lines in told] == [25] * 4
    assert [fact.seq for fact in tiny.load(record().id).facts] == list(range(1, 101))
    assert tiny.revision(record().id) == 101
    assert [path.suffix for path in the_file(home).parent.iterdir()] == [".json"]


@pytest.mark.parametrize(
    ("sessions", "lives"),
    [(1, 2), (12, 2), pytest.param(1, 40, marks=pytest.mark.long), pytest.param(12, 40, marks=pytest.mark.long)],
)
def test_four_writers_killed_again_and_again_lose_and_double_nothing(tiny, home, sessions, lives):
    """Each is killed at some moment, and another goes on behind what it had told, with what may be kept already."""
    for number in range(1, sessions + 1):
        tiny.begin(record(number=number))
    draws = random.Random(sessions)
    told: dict[int, set[int]] = {first: set() for first in range(1, WRITERS + 1)}
    for _ in range(lives):
        writers = {
            first: program(CYCLE, home, max(known) + WRITERS if known else first, WRITERS, sessions)
            for first, known in told.items()
        }
        for first, writer in writers.items():
            told[first].update(int(writer.stdout.readline()) for _ in range(5))
        for first in draws.sample(sorted(writers), WRITERS):
            time.sleep(draws.random() * 0.05)
            writers[first].send_signal(signal.SIGKILL)
            told[first].update(map(int, writers[first].stdout.read().split()))
            writers[first].communicate()
    acknowledged = set().union(*told.values())
    kept = [fact.seq for number in range(1, sessions + 1) for fact in tiny.load(record(number=number).id).facts]
    lost, doubled = len(acknowledged - set(kept)), len(kept) - len(set(kept))
    assert (lost, doubled) == (0, 0)
    # Of each writer's last life at most the fact under way was kept and not told of.
    assert len(set(kept) - acknowledged) <= WRITERS
    assert not tiny.troubles()
    tally(f"four writers killed, sessions: {sessions}", cases=len(acknowledged), lost=lost, wrong=doubled)


def test_a_writer_here_and_one_elsewhere_lose_nothing(tiny, home):
    tiny.begin(record())
    other = program(WRITER, home, 1, 2, 40)
    for seq in range(2, 81, 2):
        tiny.append(record().id, note(seq))
    finished(other)
    assert [fact.seq for fact in tiny.load(record().id).facts] == list(range(1, 81))


@pytest.mark.parametrize("delay", [0.0, 0.003, 0.008, 0.02, 0.05])
def test_killed_writers_leave_what_they_acknowledged(tiny, home, delay):
    """Killed with no chance to tidy up, at some moment of its writing; the next writer goes on."""
    tiny.begin(record())
    writer = program(WRITER, home, 1, 1, 100_000)
    told = [writer.stdout.readline() for _ in range(3)]
    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    told += writer.stdout.read().splitlines()  # communicate would leave out what was read ahead with those three
    writer.communicate()
    kept = [fact.seq for fact in tiny.load(record().id).facts]
    assert kept == list(range(1, len(kept) + 1))
    assert len(told) <= len(kept) <= len(told) + 1
    tiny.append(record().id, note(200_000))
    assert len(tiny.load(record().id).facts) == len(kept) + 1
    assert [path.suffix for path in the_file(home).parent.iterdir()] == [".json"]


def test_each_session_is_begun_once_whoever_is_first(home):
    open_store(home)
    told = [finished(each) for each in [program(BEGINNER, home) for _ in range(3)]]
    assert sorted(int(line) for lines in told for line in lines) == list(range(1, 21))
    assert len(open_store(home).history()) == 20


class TestLive:
    def test_a_second_run_is_refused_with_who_and_where(self, tiny, home):
        tiny.begin(record())
        runner = program(RUNNER, home)
        assert runner.stdout.readline() == "running\n"
        with pytest.raises(Busy) as told, tiny.live(record().id, person="Alex"):
            pass
        for word in ("Robin", str(runner.pid), os.uname().nodename, "since 20"):
            assert word in str(told.value)
        with pytest.raises(Busy):
            tiny.delete(record().id)
        tiny.append(record().id, note(2))
        runner.communicate("\n", timeout=60)
        with tiny.live(record().id, person="Alex"):
            assert len(tiny.load(record().id).facts) == 2

    def test_a_killed_run_is_no_obstacle(self, tiny, home):
        tiny.begin(record())
        runner = program(RUNNER, home)
        assert runner.stdout.readline() == "running\n"
        runner.kill()
        runner.communicate()
        assert list(home.rglob("*.who"))
        with tiny.live(record().id, person="Alex"):
            assert b"Alex" in next(home.rglob("*.who")).read_bytes()
        assert not list(home.rglob("*.who"))

    def test_the_revision_tells_of_a_change_elsewhere(self, tiny, home):
        tiny.begin(record())
        seen = tiny.revision(record().id)
        finished(program(WRITER, home, 1, 1, 1))
        assert tiny.revision(record().id) > seen
        assert tiny.history()[0].notes == 1


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03])
def test_a_killed_reader_of_lists_leaves_the_index_usable(tiny, home, delay):
    for number in range(1, 30):
        tiny.begin(record(number=number, facts=(note(1),)))
    lister = program(LISTER, home)
    lister.stdout.readline()
    time.sleep(delay)
    lister.kill()
    lister.communicate()
    assert len(open_store(home).history()) == 29

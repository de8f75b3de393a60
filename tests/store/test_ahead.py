"""A look that another process takes ahead says what a look says, or is not believed."""

import os
import shutil
import signal
import time
from datetime import timedelta

import pytest
from store.on_disk import note
from support.building import BEGIN, record

from rmsession.store import ahead as looking
from rmsession.store.ahead import Ahead, can_look_ahead
from rmsession.store.opening import open_store
from rmsession.store.sighting import glimpse, sight
from rmsession.store.signature import UNSETTLED_NS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no other process to be had")


@pytest.fixture
def ahead(home):
    """Begins a look in the folder that is there now, and ends it with the test."""
    begun = []

    def begin():
        begun.append(Ahead(lambda: home))
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


@pytest.fixture
def grown(tiny, home):
    """A folder with two sessions, a draft and its index; nothing of it changed just now."""
    for number in (1, 2):
        tiny.begin(record(number=number, created=BEGIN + timedelta(days=40 * number)))
    for path in home.glob("sessions/*/*/*.json"):
        os.utime(path, (1e9, 1e9))
    time.sleep(2 * UNSETTLED_NS / 1e9)  # no utime sets the clock that tells when it was called
    path = next(home.glob("sessions/*/*/*.json"))
    path.with_suffix(".draft").write_bytes(b"")
    tiny.history()
    tiny.close()
    return home


@pytest.fixture
def spread(home):
    """A folder with files wherever some may lie: six months, and above and below those."""
    months = [home / "sessions" / "2024" / f"{number:02}" for number in range(1, 7)]
    for folder in (home / "sessions", home / "sessions" / "2024", *months, months[1] / "in" / "it", months[5] / "old"):
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("a.json", "b.json", "b.draft", "c.txt"):
            (folder / name).write_text(f"{folder} {name}")
    (home / "sessions" / "2025" / "01").mkdir(parents=True)
    return home


@pytest.fixture
def halfway(monkeypatch, ahead, tmp_path):
    """Begins a look that comes to a third month and then does something; says which months this process looks at."""
    real, here = looking.in_month, os.getpid()
    ours, theirs = [], []
    there, arrived = os.pipe()

    def in_month(root, month):
        (ours if os.getpid() == here else theirs).append(month)
        if len(theirs) == 3:
            os.write(arrived, b"3")
            then()
        return real(root, month)

    def begin(what):
        nonlocal then
        then = what
        look = ahead()
        os.read(there, 1)
        return look, ours

    then = None
    monkeypatch.setattr(looking, "in_month", in_month)
    yield begin
    os.close(there)
    os.close(arrived)


def soon():
    time.sleep(0.3)


def never():
    os.kill(os.getpid(), signal.SIGKILL)


def months_of(home):
    return sorted(str(path) for path in home.glob("sessions/*/*") if path.is_dir())


def done(look):
    """Wait until it has been taken: what happens from now on it does not see."""
    os.waitid(os.P_PID, look._process, os.WEXITED | os.WNOWAIT)
    return look


def test_it_sees_what_a_look_sees(grown, ahead):
    seen = ahead().glimpse(grown)
    assert seen == glimpse(sight(os.fspath(grown)))
    assert len(seen.marks) == len({*seen.marks.values()}) == 2
    assert len(seen.drafts) == 1


def test_it_sees_what_lies_above_and_below_the_months(spread, ahead):
    seen = done(ahead()).glimpse(spread)
    assert seen == glimpse(sight(os.fspath(spread)))
    assert len(seen.marks) == len({*seen.marks.values()}) == len(seen.drafts) == 10
    assert b"sessions/2024/02/in/it" in seen.marks


@pytest.mark.parametrize(("what", "left"), [(soon, 3), (never, 2)])
def test_both_meet(spread, halfway, what, left):
    look, ours = halfway(what)
    months = months_of(spread)
    seen = look.glimpse(spread)
    assert ours == months[left:][::-1]
    assert seen == glimpse(sight(os.fspath(spread)))


def test_one_that_was_begun_and_is_not_done_is_let_go(spread, halfway):
    look, _ = halfway(lambda: time.sleep(60))
    look.close()
    assert look.glimpse(spread) is None


def test_months_that_come_and_go_meanwhile(spread, halfway):
    before = sight(os.fspath(spread))
    look, _ = halfway(soon)
    shutil.rmtree(spread / "sessions" / "2024" / "05")
    shutil.copytree(spread / "sessions" / "2024" / "04", spread / "sessions" / "2024" / "07")
    seen = look.glimpse(spread)
    assert seen.marks.keys() == before.names.keys() - {b"sessions/2024/05"}


def test_what_another_program_wrote_while_both_look_is_found(grown, halfway):
    other = open_store(grown)
    for number in range(3, 6):
        other.begin(record(number=number, created=BEGIN + timedelta(days=40 * number)))
    assert len(other.history()) == 5
    look, ours = halfway(soon)
    shutil.rmtree(months_of(grown)[-1])
    other.begin(record(number=9, created=BEGIN + timedelta(days=400)))
    other.append(record(number=1).id, note(50))
    assert len(other.history()) == 5
    other.close()
    store = open_store(grown, ahead=look)
    assert [each.notes for each in store.history()] == [0, 0, 0, 0, 1]
    assert ours


def test_what_is_as_it_was_known_is_believed(grown, ahead):
    look = done(ahead())
    (grown / "sessions").rename(grown / "elsewhere")  # who looked now would find nothing
    (grown / "sessions").mkdir()
    store = open_store(grown, ahead=look)
    assert len(store.history()) == 2
    assert store.history() == []  # a second question is of a later moment


def test_what_changed_before_it_was_begun_is_found(grown, ahead):
    changed, removed = sorted(grown.glob("sessions/*/*/*.json"))
    data = changed.read_bytes()
    changed.write_bytes(data[:-20] + b"x" + data[-19:])
    os.utime(changed, (1e9, 1e9))
    removed.unlink()
    store = open_store(grown, ahead=done(ahead()))
    assert store.history() == []
    assert any(changed.name in line for line in store.troubles(fresh=False))


def test_what_another_program_wrote_meanwhile_is_not_taken_for_gone(grown, ahead):
    look = done(ahead())
    other = open_store(grown)
    other.begin(record(number=3))
    assert len(other.history()) == 3
    other.close()
    store = open_store(grown, ahead=look)
    assert len(store.history()) == 3
    assert len(open_store(grown).history(fresh=False)) == 3


def test_what_was_written_here_meanwhile_is_seen(grown, ahead):
    store = open_store(grown, ahead=done(ahead()))
    store.append(record(number=1).id, note(50))
    assert [each.notes for each in store.history()] == [0, 1]


def test_of_another_folder_it_says_nothing(grown, ahead, tmp_path):
    assert ahead().glimpse(tmp_path) is None


def test_one_that_was_ended_early_says_nothing(grown, ahead):
    look = ahead()
    os.kill(look._process, signal.SIGSTOP)
    os.kill(look._process, signal.SIGKILL)
    seen = look.glimpse(grown)
    assert seen is None or seen == glimpse(sight(os.fspath(grown)))
    assert look.glimpse(grown) is None
    broken = Ahead(lambda: 1 / 0)
    assert broken.glimpse(grown) is None


def test_one_that_nobody_asks_leaves_no_process(grown, ahead):
    look = ahead()
    number = look._process
    look.close()
    look.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(number, os.WNOHANG)


def test_it_says_nothing_on_the_streams(grown, ahead, capfd):
    broken = Ahead(lambda: os.write(1, b"seen") and 1 / 0)
    assert broken.glimpse(grown) is None
    assert capfd.readouterr() == ("", "")


def test_with_one_processor_nobody_looks_ahead():
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    try:
        assert not can_look_ahead()
    finally:
        os.sched_setaffinity(0, everywhere)

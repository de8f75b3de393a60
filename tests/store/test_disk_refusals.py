"""A disk that refuses: what is said, and that keeping goes on by itself."""

import errno
import inspect

import pytest
from store.on_disk import action, note
from support.building import fact_id, record

from rmsession.core.store_errors import NotKept
from rmsession.store.disk import Disk
from rmsession.store.opening import open_store

ONE = record(number=1).id


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EROFS, "may not be written"),
        (errno.EACCES, "may not be written"),
        (errno.ENOENT, "is gone"),
        (errno.EIO, "Input/output error"),
    ],
)
@pytest.mark.parametrize("call", ["create", "write", "sync", "replace", "sync_folder"])
def test_the_message_says_what_to_do_and_keeping_goes_on(tiny, monkeypatch, number, words, call):
    tiny.begin(record())

    def refuse(*_):
        raise OSError(number, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(tiny._disk, call, refuse)
        with pytest.raises(NotKept, match=words) as told:
            tiny.append(ONE, note(1))
    assert str(told.value).isprintable()
    assert len(tiny.load(ONE).facts) == (1 if call == "sync_folder" else 0)
    tiny.append(ONE, note(1))
    tiny.append(ONE, note(2))
    assert tiny.load(ONE).facts == (note(1), note(2))


def test_a_fact_whose_rename_was_not_made_to_last_is_made_to_last_by_the_next_try(tiny, monkeypatch):
    """It is in the file already; saying so without waiting for the disk would be a false promise."""
    tiny.begin(record())
    calls = []

    def refuse(_):
        calls.append("sync_folder")
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(tiny._disk, "sync_folder", refuse)
    for tries in (1, 2):
        with pytest.raises(NotKept):
            tiny.append(ONE, note(1))
        assert calls == ["sync_folder"] * tries


def test_a_folder_that_was_not_made_to_last_is_made_to_last_by_the_next_try(tiny, home, monkeypatch):
    calls, real = [], tiny._disk.sync_folder

    def refuse_once(path):
        calls.append(path)
        if len(calls) == 1:
            raise OSError(errno.EIO, "Input/output error")
        real(path)

    monkeypatch.setattr(tiny._disk, "sync_folder", refuse_once)
    with pytest.raises(NotKept):
        tiny.begin(record())
    tiny.begin(record())
    sessions = home / "sessions"
    assert calls == [sessions, sessions, sessions / "2026", sessions / "2026" / "11"]
    assert tiny.load(ONE) == record()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_system_that_cannot_flush_folders_still_keeps(tiny, monkeypatch, number):
    from rmsession.store import disk

    real = disk.os.fsync

    def fsync(descriptor):
        import os
        import stat

        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, "not supported")
        real(descriptor)

    monkeypatch.setattr(disk.os, "fsync", fsync)
    tiny.begin(record())
    tiny.append(ONE, note(1))
    assert tiny.load(ONE).facts == (note(1),)


def test_a_folder_that_cannot_be_written_to_can_be_read(tiny, home):
    tiny.begin(record(facts=(action(1),)))
    tiny.close()

    class ReadOnly(Disk):
        """A mount that allows reading only."""

    def refuse(*_):
        raise OSError(errno.EROFS, "Read-only file system")

    for name in [name for name, _ in inspect.getmembers(Disk, inspect.isfunction)]:
        setattr(ReadOnly, name, refuse)
    (home / "device").unlink()
    store = open_store(home, disk=ReadOnly())
    assert store.load(ONE) == record(facts=(action(1),))
    assert [each.id for each in store.history()] == [ONE]
    assert [each.capture for each in store.open_actions()] == [fact_id(1)]
    assert store.resolve("0") == ONE
    assert not store.troubles()
    with pytest.raises(NotKept, match="may not be written"):
        store.append(ONE, note(2))

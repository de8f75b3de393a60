"""The writer thread: order, drafts, a disk that refuses and comes back."""

from __future__ import annotations

import asyncio
import errno
import os
import threading

import pytest
from support.building import Play, content
from support.program import until

from rmsession.core import commands as asked
from rmsession.core.store import Draft
from rmsession.core.store_errors import NoSuchSession
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.disk import Disk
from rmsession.store.opening import open_store
from rmsession.tui import recorder as module
from rmsession.tui.recorder import Recorder


class FullDisk(Disk):
    """A real disk that can be full."""

    full = False

    def write(self, descriptor, data):
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(descriptor, data)


@pytest.fixture
def disk():
    return FullDisk()


@pytest.fixture
def kept(tmp_path, disk, monkeypatch):
    """A recorder over a real store, the messages it posts, and the session played."""
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.05)
    store, posted, play = open_store(tmp_path / "data", disk=disk), [], Play()
    store.begin(play.record)
    recorder = Recorder(store)
    recorder.listen(posted.append)
    yield recorder, posted, play
    recorder.stop()


async def stored(recorder: Recorder, play: Play) -> list[str]:
    record = await recorder.ask(lambda store: store.load(play.record.id))
    return [fact.id for fact in record.facts]


async def test_facts_are_kept_in_order_and_told_one_by_one(kept):
    recorder, posted, play = kept
    facts = [play.start(), *(play.do(asked.Keep(Kind.NOTE, content(f"line {n}"))) for n in range(20))]
    for fact in facts:
        recorder.keep(play.record.id, fact)
    assert await stored(recorder, play) == [fact.id for fact in facts]
    assert [message.fact for message in posted] == [fact.id for fact in facts]
    assert posted[-1].waiting == recorder.waiting == 0


async def test_a_full_disk_is_told_and_keeping_resumes_by_itself_in_order(kept, disk):
    recorder, posted, play = kept
    await stored(recorder, play)
    disk.full = True
    facts = [
        play.start(),
        play.do(asked.Keep(Kind.NOTE, content("one"))),
        play.do(asked.Keep(Kind.NOTE, content("two"))),
    ]
    for fact in facts:
        recorder.keep(play.record.id, fact)
    until(lambda: any(isinstance(message, Recorder.NotYet) for message in posted))
    refusal = next(message for message in posted if isinstance(message, Recorder.NotYet))
    assert "full" in refusal.why.lower()
    assert recorder.waiting == 3
    disk.full = False
    assert await stored(recorder, play) == [fact.id for fact in facts]
    assert recorder.waiting == 0


async def test_of_many_drafts_the_last_is_kept(kept):
    recorder, _, play = kept
    recorder.keep(play.record.id, play.start())
    for number in range(50):
        recorder.draft(play.record.id, Draft(play.now.wall, 0.0, UserText(f"half a thought {number}")))
    draft = await recorder.ask(lambda store: store.draft(play.record.id))
    assert draft.line.raw == "half a thought 49"


async def test_a_question_that_fails_raises_where_it_was_asked(kept):
    recorder, _, _ = kept
    with pytest.raises(NoSuchSession):
        await recorder.ask(lambda store: store.load("00000000-0000-0000-0000-00000000dead"))


def test_stopping_tells_how_much_is_not_kept(kept, disk, monkeypatch):
    recorder, _, play = kept
    disk.full = True
    recorder.keep(play.record.id, play.start())
    recorder.keep(play.record.id, play.do(asked.Next()))
    monkeypatch.setattr(module, "RETRY_SECONDS", 600.0)  # it does not wait to try again
    assert recorder.stop(timeout=30.0) == 2
    assert not recorder._thread.is_alive()


async def test_an_asker_who_goes_away_does_not_stop_the_writer(kept):
    recorder, _, play = kept
    held = threading.Event()
    first = asyncio.ensure_future(recorder.ask(lambda _: held.wait(5)))
    second = asyncio.ensure_future(recorder.ask(lambda store: store.programme()))
    await asyncio.sleep(0.05)
    first.cancel()
    second.cancel()
    held.set()
    fact = play.start()
    recorder.keep(play.record.id, fact)
    assert await stored(recorder, play) == [fact.id]


async def test_a_question_that_breaks_breaks_where_it_was_asked(kept):
    recorder, _, play = kept
    with pytest.raises(ZeroDivisionError):
        await recorder.ask(lambda _: 1 / 0)
    fact = play.start()
    recorder.keep(play.record.id, fact)
    assert await stored(recorder, play) == [fact.id]


async def test_what_is_on_its_way_is_not_counted_as_refused(kept, disk, monkeypatch):
    recorder, _, play = kept
    monkeypatch.setattr(module, "SETTLE_SECONDS", 1.5)
    recorder.keep(play.record.id, play.start())
    assert await recorder.settled() == 0
    disk.full = True
    recorder.keep(play.record.id, play.do(asked.Keep(Kind.NOTE, content("while it refuses"))))
    assert await recorder.settled() == 1
    disk.full = False

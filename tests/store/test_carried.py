"""A line that went on as a topic of later sessions: erased, its words are in none of them, whatever came between."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID

import pytest
from store.copying import WAYS, Failing, Killed, brought_back, holds, saved, would_change
from store.on_disk import the_file
from support.building import BEGIN, MENTEE, MENTOR, HandClock, Play, agenda, fact_id, record
from support.tally import tally

from rmsession.core import commands as asked
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.facts import ActionDone
from rmsession.core.fold import session_of
from rmsession.core.last_time import opened
from rmsession.core.leftovers import leftovers
from rmsession.core.query import parse
from rmsession.core.record import erased_captures, merge, redacted
from rmsession.core.shared import shared
from rmsession.core.store import Draft
from rmsession.core.store_errors import Conflict, Damaged, NotKept, StoreError
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.core.tombstones import ERASED_TITLE
from rmsession.store.comparing import Fate
from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.opening import open_store
from rmsession.store.snapshots import Snapshots, snapshots

WORDS = "zqcloudbill is far too high"
ERASED = BEGIN + timedelta(days=30)


def sitting(number, plan, *lines):
    """A session that is over, some weeks after the first."""
    begin = BEGIN + timedelta(days=7 * number)
    play = Play(record(plan, number=number, created=begin), clock=HandClock(begin), ids=count(1000 * number))
    play.start()
    for each in lines:
        play.keep(each, Kind.PARKED)
    play.keep("send the draft", Kind.ACTION)
    play.do(asked.End())
    return play.record


FIRST = sitting(1, agenda("Hello"), WORDS, "the other line")
LINE, OTHER = (each.capture.id for each in leftovers([session_of(FIRST)]).lines)


def taking(*before):
    """An agenda with every line that these sessions left, or that they took and did not come to."""
    left = leftovers([session_of(each) for each in before])
    return opened(agenda("Last time", "Feeds"), 0, (*left.topics, *(each.topic for each in left.lines))).agenda


SECOND = sitting(2, taking(FIRST))
THIRD = sitting(3, taking(FIRST, SECOND))
APART = sitting(4, agenda("Plan", "Another"))
ALL = (FIRST, SECOND, THIRD, APART)


def titles(one):
    """What the topics of a session say, by id."""
    return {each.id: each.title.raw for each in session_of(one).topics}


@pytest.fixture
def told(store):
    """Each store in turn, with a line that two later sessions took; one of them has a draft with its words."""
    for each in ALL:
        store.begin(each)
    store.keep_draft(SECOND.id, Draft(BEGIN, 1.0, UserText(f"about {WORDS}, again")))
    return store


def test_the_line_is_a_topic_of_both():
    assert titles(SECOND)[LINE] == titles(THIRD)[LINE] == WORDS


def test_its_words_leave_every_later_session(told):
    told.redact(FIRST.id, LINE, by="x", wall=ERASED)
    for before in (SECOND, THIRD):
        after = told.load(before.id)
        assert titles(after) == titles(before) | {LINE: ERASED_TITLE.raw}
        assert session_of(after).budgets == session_of(before).budgets
        assert [each for each in after.facts if each in before.facts] == [*before.facts]
        assert erased_captures(after) == {LINE}
    assert told.load(APART.id) == APART
    assert told.draft(SECOND.id).line == UserText()
    assert not told.search(parse("zqcloudbill", date(2026, 12, 1)), date(2026, 12, 1)).hits
    assert told.search(parse("other", date(2026, 12, 1)), date(2026, 12, 1)).hits


def test_a_running_program_learns_of_it(told):
    before = told.revision(THIRD.id)
    told.redact(FIRST.id, LINE, by="x", wall=ERASED)
    assert told.revision(THIRD.id) > before


def test_erasing_again_changes_nothing(told):
    told.redact(FIRST.id, LINE, by="x", wall=ERASED)
    before = [(told.load(each.id), told.revision(each.id)) for each in ALL]
    told.redact(FIRST.id, LINE, by="y", wall=ERASED + timedelta(days=1))
    assert [(told.load(each.id), told.revision(each.id)) for each in ALL] == before


def test_a_session_that_is_another_pairs_by_now_loses_them_too(told):
    play = Play(THIRD, clock=HandClock(ERASED), ids=count(9000))
    told.append(THIRD.id, play.do(CorrectPair("p2", MENTOR.id, "lou", MENTOR.name, UserText("Lou"))))
    told.redact(FIRST.id, LINE, by="x", wall=ERASED)
    assert titles(told.load(THIRD.id))[LINE] == ERASED_TITLE.raw


def test_an_erasure_from_elsewhere_reaches_them(told):
    told.take_in(redacted(shared(session_of(FIRST)), LINE, by=MENTEE.id, wall=ERASED))
    assert titles(told.load(SECOND.id))[LINE] == titles(told.load(THIRD.id))[LINE] == ERASED_TITLE.raw
    stone = next(each for each in told.load(THIRD.id).facts if each not in THIRD.facts)
    assert (stone.what.by, stone.what.wall) == (MENTEE.id, ERASED)


def test_a_tombstone_that_is_appended_reaches_them(told):
    stone = next(each for each in redacted(FIRST, LINE, by="x", wall=ERASED).facts if each.id == LINE)
    told.append(FIRST.id, stone)
    assert titles(told.load(THIRD.id))[LINE] == ERASED_TITLE.raw


def test_a_copy_that_comes_later_brings_none_of_them(told):
    told.redact(FIRST.id, LINE, by="x", wall=ERASED)
    before = told.load(SECOND.id)
    told.take_in(shared(session_of(SECOND)))
    assert titles(told.load(SECOND.id)) == titles(before)
    late = sitting(5, taking(FIRST, SECOND))
    told.take_in(shared(session_of(late)))
    assert titles(told.load(late.id))[LINE] == ERASED_TITLE.raw


def test_a_later_sessions_own_copy_brings_the_erasure_here(told):
    """The other side erased it in both; the copy of the later session says so by itself."""
    theirs = redacted(SECOND, LINE, by=MENTEE.id, wall=ERASED)
    told.take_in(shared(session_of(theirs)))
    assert titles(told.load(SECOND.id))[LINE] == titles(told.load(THIRD.id))[LINE] == ERASED_TITLE.raw
    assert merge(theirs, SECOND) == told.load(SECOND.id)
    assert session_of(told.load(FIRST.id)).captures[LINE].erased


def test_what_begins_with_a_line_that_was_just_erased_has_none_of_its_words(told):
    """Somebody looked at the plan while another program erased the line."""
    late = sitting(5, taking(FIRST, SECOND))
    told.redact(FIRST.id, LINE, by="x", wall=ERASED)
    told.begin(late)
    assert titles(told.load(late.id))[LINE] == ERASED_TITLE.raw
    told.append(late.id, replace(late.facts[-1], id=fact_id(77), seq=99, what=ActionDone(fact_id(5000))))
    assert titles(told.load(late.id))[LINE] == ERASED_TITLE.raw
    with pytest.raises(Conflict):
        told.begin(late)


def test_nothing_is_erased_for_a_line_that_is_not_there(told):
    with pytest.raises(StoreError, match="no capture"):
        told.redact(APART.id, LINE, by="x", wall=ERASED)
    assert told.load(THIRD.id) == THIRD


@pytest.fixture
def full(tiny, home):
    """A folder where the words lie in every place that they can come to."""
    for each in ALL:
        tiny.begin(each)
    Snapshots(folder_named(home, Disk()), Disk()).before_change(the_file(home, 2))
    tiny.history()
    tiny.keep_draft(THIRD.id, Draft(BEGIN, 1.0, UserText(f"about {WORDS}, again")))
    path = the_file(home, 3)
    whole = path.read_bytes()
    for name in (f"{path.stem}.tmp", f"{path.name}.damaged", path.name.replace("one-on-one", "copied")):
        path.with_name(name).write_bytes(whole)
    path.with_name("own notes.json").mkdir()  # what is no session's stops nobody
    # A session that a killed program did not come to begin, and a snapshot of one whose file somebody took away.
    path.with_name(path.name.replace(THIRD.id, str(UUID(int=9))).replace(".json", ".tmp")).write_bytes(whole)
    return tiny


@pytest.mark.parametrize("index", ["fresh", "missing", "another folder's"])
def test_it_is_in_no_byte_of_the_folder(full, home, index):
    lost = snapshots(folder_named(home, Disk()), SECOND.id)[0]
    the_file(home, 2).unlink()
    assert len(holds(home, WORDS)) == 9
    match index:
        case "missing":
            full.close()
            (home / "index.sqlite").unlink()
        case "another folder's":
            full.close()
            open_store(other := home.with_name("other")).history()
            shutil.copy(other / "index.sqlite", home / "index.sqlite")
        case _:
            pass
    open_store(home).redact(FIRST.id, LINE, by="x", wall=ERASED)
    assert not holds(home, WORDS)
    open_store(home).history()
    assert not holds(home, WORDS)
    assert lost.path.exists()
    assert len(holds(home, "the other line")) >= 4


def test_another_program_that_has_the_session_open_does_not_write_them_back(full, home):
    other = open_store(home)
    with full.live(THIRD.id, person="Robin"):
        full.append(THIRD.id, replace(THIRD.facts[-1], id=fact_id(77), seq=99, what=ActionDone(fact_id(5000))))
        other.redact(FIRST.id, LINE, by="x", wall=ERASED)
        full.append(THIRD.id, replace(THIRD.facts[-1], id=fact_id(78), seq=100, what=ActionDone(fact_id(5000))))
        full.keep_draft(THIRD.id, Draft(BEGIN, 2.0, UserText("of something else")))
        full.history()
    assert not holds(home, WORDS)
    assert {fact_id(77), fact_id(78)} <= {each.id for each in full.load(THIRD.id).facts}


def test_with_a_damaged_later_session_nothing_is_half_erased(full, home):
    path = the_file(home, 2)
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + b"?" + whole[-8:])
    with pytest.raises(Damaged, match=path.name):
        full.redact(FIRST.id, LINE, by="x", wall=ERASED)
    assert full.load(FIRST.id) == FIRST
    assert titles(full.load(THIRD.id))[LINE] == WORDS
    path.write_bytes(whole)
    full.redact(FIRST.id, LINE, by="x", wall=ERASED)
    assert not holds(home, WORDS)


def test_an_import_that_met_a_damaged_session_erases_the_rest_when_it_is_done_again(full, home):
    path, theirs = the_file(home, 2), redacted(shared(session_of(FIRST)), LINE, by=MENTEE.id, wall=ERASED)
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + b"?" + whole[-8:])
    with pytest.raises(Damaged, match=path.name):
        full.take_in(theirs)
    path.write_bytes(whole)
    assert full.take_in(theirs) == 0
    assert not holds(home, WORDS)


@pytest.mark.parametrize(
    "way", [pytest.param(each, marks=[pytest.mark.long] if each != WAYS[0] else []) for each in WAYS]
)
def test_wherever_it_is_interrupted_it_can_be_done_again(full, home, tmp_path, way):
    """While words of it stand anywhere it stands in its own session, where somebody sees it and erases it again."""
    full.close()
    disk = Failing()
    store = open_store(shutil.copytree(home, tmp_path / "good"), device="desk", disk=disk)
    begun = disk.calls
    store.redact(FIRST.id, LINE, by="x", wall=ERASED)
    cases = 0
    for at in range(begun, disk.calls, 1 if way != WAYS[0] else 3):
        again = shutil.copytree(home, tmp_path / str(at))
        with suppress(NotKept, Killed):
            open_store(again, device="desk", disk=Failing(at, way)).redact(FIRST.id, LINE, by="x", wall=ERASED)
        if LINE in erased_captures(open_store(again).load(FIRST.id)):
            left = [each for each in holds(again, WORDS) if FIRST.id not in each.name]
            assert not [each for each in left if each.suffix != ".sqlite"]
        open_store(again, disk=Failing()).redact(FIRST.id, LINE, by="x", wall=ERASED)
        assert not holds(again, WORDS), at
        cases += 1
        shutil.rmtree(again)
    assert cases >= 8
    tally("redact with carried topics, a call of the disk fails, and again", cases=cases)


class TestRestoring:
    def test_a_backup_from_before_brings_none_of_them(self, full, home, tmp_path):
        saved(home, file := tmp_path / "b.zip")
        full.redact(FIRST.id, LINE, by="x", wall=ERASED)
        before = [full.load(each.id) for each in ALL]
        the_file(home, 3).unlink()
        for stray in home.glob("sessions/*/*/*copied*"):
            stray.unlink()
        brought_back(home, file)
        after = [full.load(each.id) for each in ALL]
        assert [titles(each) for each in after] == [titles(each) for each in before]
        assert not holds(home, WORDS)
        assert {each.fate for each in would_change(home, file).changes} == {Fate.SAME}

    def test_an_erasure_in_a_backup_reaches_a_later_session_that_is_only_here(self, full, home, tmp_path):
        there = open_store(tmp_path / "there")
        there.begin(FIRST)
        there.redact(FIRST.id, LINE, by="x", wall=ERASED)
        saved(tmp_path / "there", file := tmp_path / "b.zip")
        full.close()
        told = brought_back(home, file)
        assert not told.refused
        assert not holds(home, WORDS)

    def test_it_goes_on_when_a_damaged_session_was_mended(self, full, home, tmp_path):
        there = open_store(tmp_path / "there")
        there.begin(FIRST)
        there.redact(FIRST.id, LINE, by="x", wall=ERASED)
        saved(tmp_path / "there", file := tmp_path / "b.zip")
        path = the_file(home, 2)
        whole = path.read_bytes()
        path.write_bytes(whole[:-9] + b"?" + whole[-8:])
        assert [path.name in each for each in brought_back(home, file).refused] == [True]
        path.write_bytes(whole)
        assert not brought_back(home, file).refused
        assert not holds(home, WORDS)

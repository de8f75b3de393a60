"""Taking in copies of a session: merged, kept as any fact is, obedient to what was erased here and there."""

from dataclasses import replace

import pytest
from store.on_disk import action, note, the_file
from support.building import BEGIN, MENTEE, MENTOR, PAIR, content, fact, fact_id, record

from rmsession.core.facts import ActionDone, Amended, Captured, Ended, PairCorrected, Started
from rmsession.core.fold import session_of
from rmsession.core.programme import Person
from rmsession.core.record import redacted
from rmsession.core.shared import shared
from rmsession.core.store import Draft
from rmsession.core.store_errors import Conflict, NoSuchSession, StoreError
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.opening import open_store

PLAN = record().agenda
WHOLE = record(
    facts=(
        fact(Started(PLAN.topics[0].id, ()), 1, 0.0),
        note(2, "seen"),
        fact(Captured(Kind.NOTE, None, content("first words")), 3, 3.0),
        fact(Amended(fact_id(3), fact_id(3), content("second words")), 4, 4.0),
        action(5, "send it"),
        fact(Ended(), 6, 60.0),
    )
)
PART = shared(session_of(WHOLE))
DONE = fact(ActionDone(fact_id(5)), 7, by=MENTEE.id, device="lap")


def words(store):
    """What the session's file says, letter for letter."""
    return repr([getattr(getattr(each.what, "content", None), "text", UserText()).raw for each in load(store).facts])


def load(store):
    """The session."""
    return store.load(WHOLE.id)


def test_a_new_session_comes_in_with_its_people(store):
    assert store.take_in(PART) == len(PART.facts)
    assert load(store) == PART
    assert store.programme().pairs == (PAIR,)
    assert store.take_in(PART) == 0
    assert [each.id for each in store.history()] == [WHOLE.id]


def test_what_was_ticked_elsewhere_comes_home(store):
    store.begin(WHOLE)
    assert store.take_in(replace(PART, facts=(*PART.facts, DONE))) == 1
    assert load(store) == replace(WHOLE, facts=(*WHOLE.facts, DONE))
    assert not store.open_actions()
    assert store.take_in(replace(PART, facts=(*PART.facts, DONE))) == 0


def test_the_whole_record_takes_the_place_of_a_copy_heading_and_all(store):
    store.take_in(PART)
    assert store.take_in(WHOLE) == 1
    assert load(store) == WHOLE
    assert store.take_in(PART) == 0
    assert load(store) == WHOLE


def test_the_revision_tells_a_running_program(store):
    store.begin(WHOLE)
    before = store.revision(WHOLE.id)
    store.take_in(PART)
    assert store.revision(WHOLE.id) == before
    store.take_in(replace(PART, facts=(*PART.facts, DONE)))
    assert store.revision(WHOLE.id) > before


def test_a_conflict_changes_nothing(store):
    store.begin(WHOLE)
    forged = replace(WHOLE.facts[1], what=Captured(Kind.NOTE, None, content("forged")))
    with pytest.raises(Conflict):
        store.take_in(replace(PART, facts=(forged, DONE)))
    assert load(store) == WHOLE


def test_a_deleted_session_stays_deleted(store):
    store.begin(WHOLE)
    store.delete(WHOLE.id)
    with pytest.raises(StoreError, match="deleted here, and stays deleted"):
        store.take_in(PART)
    assert not store.history()
    with pytest.raises(NoSuchSession):
        load(store)


def test_what_was_redacted_here_does_not_come_back(store):
    store.begin(WHOLE)
    store.redact(WHOLE.id, fact_id(2), by=MENTOR.id, wall=BEGIN)
    store.take_in(PART)
    assert "seen" not in words(store)


def test_a_redaction_from_elsewhere_erases_here_too(store):
    store.begin(WHOLE)
    store.keep_draft(WHOLE.id, Draft(BEGIN, 1.0, UserText("was it seen or not")))
    store.take_in(redacted(PART, fact_id(2), by=MENTEE.id, wall=BEGIN))
    assert "seen" not in words(store)
    assert store.draft(WHOLE.id).line == UserText()
    assert session_of(load(store)).captures[fact_id(2)].erased


def test_the_right_pair_becomes_known(store):
    right = fact(PairCorrected("p2", MENTOR.id, "m2", MENTOR.name, UserText("Lou")), 7, 61.0)
    store.take_in(replace(WHOLE, facts=(*WHOLE.facts, right)))
    assert [each.mentee for each in store.programme().pairs] == [Person("m2", UserText("Lou"))]


def test_a_name_that_is_known_here_stays(store):
    store.keep_person(Person(MENTEE.id, UserText("Alexandra")))
    store.take_in(PART)
    assert {each.name.raw for each in store.programme().people} == {"Robin", "Alexandra"}


def test_a_past_session_is_copied_before_it_changes(tiny, home):
    tiny.begin(WHOLE)
    before = the_file(home).read_bytes()
    tiny.take_in(PART)
    assert not list(home.glob("snapshots/*"))
    tiny.take_in(replace(PART, facts=(*PART.facts, DONE)))
    assert [each.read_bytes() for each in home.glob("snapshots/*.json")] == [before]


def test_an_erasure_reaches_every_byte(tiny, home):
    tiny.begin(record(facts=(*WHOLE.facts[:-1], note(8, "zqsecretzq"), WHOLE.facts[-1])))
    tiny.take_in(replace(PART, facts=(*PART.facts, DONE)))
    tiny.history()
    assert any(b"zqsecretzq" in path.read_bytes() for path in home.glob("snapshots/*"))
    tiny.take_in(redacted(load(tiny), fact_id(8), by=MENTEE.id, wall=BEGIN))
    tiny.history()
    assert not [path for path in home.rglob("*") if path.is_file() and b"zqsecretzq" in path.read_bytes()]
    tiny.close()
    again = open_store(home)
    again.take_in(record(facts=(note(8, "zqsecretzq"),)))
    assert "zqsecretzq" not in words(again)


def test_two_facts_with_what_no_file_can_say_are_refused_before_anything_is_written(store):
    odd = replace(DONE, at=float("nan"))
    store.begin(WHOLE)
    with pytest.raises(StoreError):
        store.take_in(replace(PART, facts=(*PART.facts, odd)))
    assert load(store) == WHOLE

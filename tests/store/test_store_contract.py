"""What every store promises: one suite over all of them."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from store.on_disk import note
from support.building import BEGIN, MENTOR, PAIR, fact, fact_id, record

from rmsession.core.facts import ActionDone, Extended, Unknown
from rmsession.core.record import in_order
from rmsession.core.store import Draft, Store
from rmsession.core.store_errors import Conflict, NoSuchSession, StoreError
from rmsession.core.text import UserText
from rmsession.store.opening import MEMORY, open_store

NOBODY = str(UUID(int=99))


def conforms(store: Store) -> Store:
    """Let mypy compare the stores with the protocol."""
    return store


def test_both_stores_are_stores(home):
    assert conforms(open_store(MEMORY)) is not conforms(open_store(home))


def test_what_is_begun_can_be_loaded(store):
    kept = record(facts=(note(2), note(1)))
    store.begin(kept)
    assert store.load(kept.id) == replace(kept, facts=(note(1), note(2)))


def test_an_id_is_begun_once(store):
    store.begin(record())
    with pytest.raises(Conflict):
        store.begin(record())
    with pytest.raises(Conflict):
        store.begin(record(created=BEGIN + timedelta(days=40)))
    assert store.load(record().id) == record()


@pytest.mark.parametrize(
    "bad", ["", "s1", "../../../etc/passwd", "CON", "a" * 300, str(UUID(int=1)).upper() + "\n", "\x00"]
)
def test_an_id_that_is_none_is_refused(store, bad):
    with pytest.raises(StoreError):
        store.begin(replace(record(), id=bad))
    assert not store.history()


def test_appended_facts_are_kept_in_fold_order(store):
    store.begin(record())
    some = [note(3), note(1), fact(ActionDone(fact_id(1)), 9), note(2)]
    for each in some:
        store.append(record().id, each)
    assert store.load(record().id).facts == in_order(some)


def test_the_same_fact_again_is_harmless(store):
    store.begin(record())
    store.append(record().id, note(1))
    before = store.revision(record().id)
    store.append(record().id, note(1))
    assert store.load(record().id).facts == (note(1),)
    assert store.revision(record().id) == before


def test_the_same_id_with_other_content_is_a_conflict(store):
    store.begin(record(facts=(note(1),)))
    for other in (note(1, "another"), note(1, by="somebody")):
        with pytest.raises(Conflict):
            store.append(record().id, other)
    assert store.load(record().id).facts == (note(1),)


def test_a_fact_that_cannot_be_written_is_refused_and_nothing_else_happens(store):
    store.begin(record(facts=(note(1),)))
    with pytest.raises(StoreError):
        store.append(record().id, fact(Extended("t", float("nan")), 2, 2.0))
    assert store.load(record().id).facts == (note(1),)
    store.append(record().id, note(3))


def test_an_unknown_kind_is_kept(store):
    store.begin(record())
    strange = fact(Unknown("Sung", '{"bars":[1,2]}'), 1, 1.0)
    store.append(record().id, strange)
    assert store.load(record().id).facts == (strange,)


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.append(NOBODY, note(1)),
        lambda store: store.load(NOBODY),
        lambda store: store.revision(NOBODY),
        lambda store: store.redact(NOBODY, fact_id(1), by="x", wall=BEGIN),
        lambda store: store.delete(NOBODY),
        lambda store: store.keep_draft(NOBODY, Draft(BEGIN, 0.0, UserText())),
        lambda store: store.draft(NOBODY),
        lambda store: store.drop_draft(NOBODY),
        lambda store: store.live(NOBODY, person="x").__enter__(),
        lambda store: store.load("../" + NOBODY),
    ],
)
def test_a_session_that_is_not_there_is_told(store, ask):
    store.begin(record())
    with pytest.raises(NoSuchSession, match="no session"):
        ask(store)


def test_the_revision_grows_with_every_change(store):
    store.begin(record(facts=(note(1),)))
    seen = [store.revision(record().id)]
    store.append(record().id, note(2))
    seen.append(store.revision(record().id))
    store.redact(record().id, fact_id(1), by="x", wall=BEGIN)
    seen.append(store.revision(record().id))
    assert seen == sorted(set(seen))


class TestResolve:
    def test_the_shortest_unique_prefix_will_do(self, store):
        for number in (0xA1 << 120, 0xA2 << 120, 0xB1 << 120):
            store.begin(record(number=number))
        assert store.resolve("b") == str(UUID(int=0xB1 << 120))
        assert store.resolve("a2") == str(UUID(int=0xA2 << 120))
        assert store.resolve(" A1 ") == str(UUID(int=0xA1 << 120))
        assert store.resolve(str(UUID(int=0xA1 << 120))) == str(UUID(int=0xA1 << 120))

    def test_several_are_named(self, store):
        for number in (0xA1 << 120, 0xA2 << 120, 0xB1 << 120):
            store.begin(record(number=number))
        with pytest.raises(NoSuchSession) as told:
            store.resolve("a")
        assert "a1000000" in str(told.value)
        assert "a2000000" in str(told.value)
        assert "b1000000" not in str(told.value)
        assert "kick-off" in str(told.value)

    @pytest.mark.parametrize("prefix", ["", " ", "ff", "*", "../", "0\x1b[2J"])
    def test_none_is_told_without_control_characters(self, store, prefix):
        store.begin(record())
        with pytest.raises(NoSuchSession) as told:
            store.resolve(prefix)
        assert str(told.value).isprintable()


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.begin(record(number=2)),
        lambda store: store.append(record().id, note(1)),
        lambda store: store.load(record().id),
        lambda store: store.resolve("0"),
        lambda store: store.revision(record().id),
        lambda store: store.history(),
        lambda store: store.open_actions(),
        lambda store: store.open_columns(),
        lambda store: store.session_table(),
        lambda store: store.figures(),
        lambda store: store.redact(record().id, fact_id(1), by="x", wall=BEGIN),
        lambda store: store.delete(record().id),
        lambda store: store.keep_draft(record().id, Draft(BEGIN, 0.0, UserText())),
        lambda store: store.draft(record().id),
        lambda store: store.drop_draft(record().id),
        lambda store: store.live(record().id, person="x").__enter__(),
        lambda store: store.programme(),
        lambda store: store.keep_person(MENTOR),
        lambda store: store.keep_pair(PAIR),
        lambda store: store.troubles(),
    ],
)
def test_a_closed_store_says_so(store, ask):
    store.begin(record(facts=(note(1),)))
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        ask(store)


def test_nothing_is_in_trouble(store):
    store.begin(record())
    assert not store.troubles()


def test_reads_from_other_threads_see_whole_records(store):
    store.begin(record())
    failures = []
    done = threading.Event()

    def read():
        while not done.is_set():
            try:
                facts = store.load(record().id).facts
                seqs = [each.seq for each in facts]
                if seqs != list(range(1, len(seqs) + 1)) or store.history()[0].notes < len(seqs):
                    failures.append(seqs)
            except Exception as error:  # noqa: BLE001 - reported below, from the thread
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for seq in range(1, 40):
        store.append(record().id, note(seq))
    done.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert len(store.load(record().id).facts) == 39

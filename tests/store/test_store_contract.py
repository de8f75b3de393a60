"""What every store promises: one suite over all of them."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from support.building import BEGIN, MENTEE, MENTOR, PAIR, content, fact, fact_id, record

from rmsession.core.facts import ActionDone, Amended, Captured, Erased, Extended, Kind, PairCorrected, Started, Unknown
from rmsession.core.feedback import Answer, Visibility
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.record import Conflict, in_order
from rmsession.core.store import Busy, Draft, HalfForm, NoSuchSession, Store, StoreError
from rmsession.core.text import UserText
from rmsession.store.opening import MEMORY, open_store

NOBODY = str(UUID(int=99))
OTHER_PAIR = Pair("pair-2", MENTOR, Person("person-sam", UserText("Sam")))


def note(seq, text="a note", **more):
    return fact(Captured(Kind.NOTE, None, content(text)), seq, float(seq), **more)


def action(seq, text="send it", **more):
    return fact(Captured(Kind.ACTION, None, content(text, **more)), seq, float(seq))


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


class TestLists:
    def test_history_is_newest_first(self, store):
        for number, day in ((1, 5), (2, 9), (3, 7)):
            store.begin(record(number=number, created=BEGIN + timedelta(days=day)))
        days = [each.created - BEGIN for each in store.history()]
        assert [day.days for day in days] == [9, 7, 5]
        assert [each.created - BEGIN for each in store.history(limit=2)] == days[:2]
        assert not store.history(limit=0)

    def test_history_of_a_pair_holds_no_other(self, store):
        store.begin(record(number=1))
        store.begin(record(number=2, pair=OTHER_PAIR))
        assert [each.pair for each in store.history(pair=PAIR.id)] == [PAIR.id]
        assert [each.pair for each in store.history(pair=OTHER_PAIR.id)] == [OTHER_PAIR.id]
        assert not store.history(pair="nobody")
        assert len(store.history()) == 2

    def test_a_corrected_pair_counts(self, store):
        store.begin(record(number=2))
        sam = OTHER_PAIR.mentee
        correction = PairCorrected(OTHER_PAIR.id, MENTOR.id, sam.id, MENTOR.name, sam.name)
        store.append(record(number=2).id, fact(correction, 1, 1.0))
        assert not store.history(pair=PAIR.id)
        assert [each.mentee for each in store.history(pair=OTHER_PAIR.id)] == [sam.name]

    def test_history_shows_what_was_appended_since(self, store):
        store.begin(record())
        assert store.history()[0].notes == 0
        store.append(record().id, note(1))
        assert store.history()[0].notes == 1

    def test_open_actions_come_by_due_date(self, store):
        store.begin(record(number=1, facts=(action(1, "late", due="2026-12-24"), action(2, "some day"))))
        store.begin(record(number=2, facts=(action(3, "soon", due="2026-12-01"),)))
        assert [each.text.raw for each in store.open_actions()] == ["soon", "late", "some day"]

    def test_open_actions_of_a_pair_hold_no_others(self, store):
        store.begin(record(number=1, facts=(action(1, "mine"),)))
        store.begin(record(number=2, pair=OTHER_PAIR, facts=(action(2, "theirs"),)))
        assert [each.text.raw for each in store.open_actions(pair=PAIR.id)] == ["mine"]
        assert [each.pair for each in store.open_actions(pair=OTHER_PAIR.id)] == [OTHER_PAIR.id]

    def test_an_action_done_is_open_no_more(self, store):
        store.begin(record(facts=(action(1), action(2))))
        store.append(record().id, fact(ActionDone(fact_id(1)), 3))
        assert [each.capture for each in store.open_actions()] == [fact_id(2)]


class TestErasing:
    def test_redacting_leaves_a_tombstone(self, store):
        store.begin(record(facts=(note(1, "the secret"), note(2))))
        store.append(record().id, fact(Amended(fact_id(1), fact_id(1), content("the secret, amended")), 3, 3.0))
        store.redact(record().id, fact_id(1), by="alex", wall=BEGIN)
        facts = store.load(record().id).facts
        assert [each.what for each in facts] == [
            Erased(fact_id(1), "Captured", "alex", BEGIN, Kind.NOTE, None),
            note(2).what,
            Erased(fact_id(1), "Amended", "alex", BEGIN),
        ]
        assert [each.id for each in facts] == [fact_id(1), fact_id(2), fact_id(3)]

    def test_redacting_again_is_harmless(self, store):
        store.begin(record(facts=(note(1),)))
        store.redact(record().id, fact_id(1), by="alex", wall=BEGIN)
        before = store.load(record().id), store.revision(record().id)
        store.redact(record().id, fact_id(1), by="robin", wall=BEGIN + timedelta(days=1))
        assert (store.load(record().id), store.revision(record().id)) == before

    @pytest.mark.parametrize("target", [fact_id(7), fact_id(2), "", "\x1b[2J"])
    def test_a_capture_that_is_not_there_is_told(self, store, target):
        store.begin(record(facts=(note(1), fact(Started("t", ()), 2, 0.0))))
        with pytest.raises(StoreError, match="no capture") as told:
            store.redact(record().id, target, by="x", wall=BEGIN)
        assert str(told.value).isprintable()

    def test_redacted_actions_leave_the_lists(self, store):
        store.begin(record(facts=(action(1, "the secret"),)))
        assert store.open_actions()
        store.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        assert not store.open_actions()

    def test_the_erased_fact_again_is_harmless(self, store):
        """The writer may not know yet that it was redacted meanwhile."""
        store.begin(record(facts=(note(1, "the secret"),)))
        store.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        store.append(record().id, note(1, "the secret"))
        assert isinstance(store.load(record().id).facts[0].what, Erased)

    def test_an_amendment_after_the_redaction_comes_in_erased(self, store):
        store.begin(record(facts=(note(1),)))
        store.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        store.append(record().id, fact(Amended(fact_id(1), fact_id(1), content("the secret")), 2, 2.0))
        store.append(record().id, note(3))
        assert [type(each.what) for each in store.load(record().id).facts] == [Erased, Erased, Captured]

    def test_a_tombstone_from_elsewhere_erases_here(self, store):
        store.begin(record(facts=(note(1), note(2))))
        stone = replace(note(1), what=Erased(fact_id(1), "Captured", "alex", BEGIN, Kind.NOTE))
        store.append(record().id, stone)
        assert store.load(record().id).facts == (stone, note(2))

    @pytest.mark.parametrize("line", ["the secret", "THE  Secret and more", "secre", "@sam do the secr and so on"])
    def test_the_draft_loses_the_text_too(self, store, line):
        store.begin(record(facts=(note(1, "do the secret thing"),)))
        forms = (
            HalfForm("mentee", (Answer("keep", None, UserText("do the secret thing")),), Visibility.BOTH),
            HalfForm("mentor", (Answer("keep", 3, UserText("fine")),), Visibility.BOTH),
        )
        store.keep_draft(record().id, Draft(BEGIN, 5.0, UserText("do the secret thing"), forms))
        store.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        cleared = HalfForm("mentee", (Answer("keep"),), Visibility.BOTH)
        assert store.draft(record().id) == Draft(BEGIN, 5.0, UserText(), (cleared, forms[1]))

    def test_a_draft_about_something_else_stays(self, store):
        store.begin(record(facts=(note(1, "the secret"),)))
        draft = Draft(BEGIN, 5.0, UserText("quite another thing"))
        store.keep_draft(record().id, draft)
        store.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        assert store.draft(record().id) == draft

    def test_a_deleted_session_is_gone(self, store):
        store.begin(record(number=1, facts=(action(1),)))
        store.begin(record(number=2))
        store.keep_draft(record().id, Draft(BEGIN, 5.0, UserText("hello")))
        assert len(store.history()) == 2
        store.delete(record().id)
        assert [each.id for each in store.history()] == [record(number=2).id]
        assert not store.open_actions()
        with pytest.raises(NoSuchSession):
            store.load(record().id)
        store.begin(record())
        assert store.draft(record().id) is None
        assert store.load(record().id).facts == ()


class TestDrafts:
    def test_the_last_one_is_kept(self, store):
        store.begin(record())
        assert store.draft(record().id) is None
        forms = (HalfForm("mentee", (Answer("use", 4), Answer("keep", None, UserText("all"))), Visibility.COUNTS),)
        for line in ("h", "hello \ud83d\x00", ""):
            draft = Draft(BEGIN, 12.5, UserText(line), forms)
            store.keep_draft(record().id, draft)
            assert store.draft(record().id) == draft
        store.drop_draft(record().id)
        assert store.draft(record().id) is None
        store.drop_draft(record().id)

    def test_a_draft_is_no_part_of_the_record(self, store):
        store.begin(record())
        before = store.revision(record().id)
        store.keep_draft(record().id, Draft(BEGIN, 1.0, UserText("hello")))
        assert store.revision(record().id) == before
        assert store.load(record().id) == record()


class TestLive:
    def test_a_session_is_open_once(self, store):
        store.begin(record(number=1))
        store.begin(record(number=2))
        with store.live(record(number=1).id, person="Robin"), store.live(record(number=2).id, person="Robin"):
            with pytest.raises(Busy, match="Robin"), store.live(record(number=1).id, person="Alex"):
                pass
            store.append(record(number=1).id, note(1))
        with store.live(record(number=1).id, person="Alex"):
            pass

    def test_who_holds_it_is_told_on_one_clean_line(self, store):
        store.begin(record())
        with (
            store.live(record().id, person="Ro\x1b[2Jbin\n"),
            pytest.raises(Busy) as told,
            store.live(record().id, person="Alex"),
        ):
            pass
        assert str(told.value).isprintable()

    def test_it_is_free_again_after_a_crash_inside(self, store):
        store.begin(record())
        with pytest.raises(ZeroDivisionError), store.live(record().id, person="Robin"):
            raise ZeroDivisionError
        with store.live(record().id, person="Robin"):
            pass

    def test_an_open_session_is_not_deleted(self, store):
        store.begin(record())
        with store.live(record().id, person="Robin"), pytest.raises(Busy, match="Robin"):
            store.delete(record().id)
        assert store.load(record().id) == record()


class TestProgramme:
    def test_nobody_is_known_at_first(self, store):
        assert store.programme() == Programme()

    def test_pairs_and_people_are_kept_in_the_order_in_which_they_came(self, store):
        someone = Person("p9", UserText("Zoë \ud83d"))
        store.keep_person(someone)
        store.keep_pair(PAIR)
        store.keep_pair(OTHER_PAIR)
        assert store.programme() == Programme((someone, MENTOR, MENTEE, OTHER_PAIR.mentee), (PAIR, OTHER_PAIR))

    def test_keeping_again_replaces_in_place(self, store):
        store.keep_pair(PAIR)
        store.keep_pair(OTHER_PAIR)
        robin = Person(MENTOR.id, UserText("Robin Hood"))
        store.keep_person(robin)
        known = store.programme()
        assert known.people == (robin, MENTEE, OTHER_PAIR.mentee)
        assert [pair.mentor for pair in known.pairs] == [robin, robin]
        store.keep_pair(Pair(PAIR.id, MENTEE, MENTOR))
        assert store.programme().pairs[0] == Pair(PAIR.id, MENTEE, MENTOR)


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

"""The contract of every store: drafts, open sessions, people and pairs."""

import pytest
from store.on_disk import note
from support.building import BEGIN, MENTEE, MENTOR, PAIR, record

from rmsession.core.feedback import Answer, Visibility
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.store import Draft, HalfForm
from rmsession.core.store_errors import Busy
from rmsession.core.text import UserText

OTHER_PAIR = Pair("pair-2", MENTOR, Person("person-sam", UserText("Sam")))


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

"""The contract of every store: what lists show."""

from datetime import timedelta

from store.on_disk import action, note
from support.building import BEGIN, MENTOR, PAIR, fact, fact_id, record

from rmsession.core.facts import ActionDone, PairCorrected
from rmsession.core.programme import Pair, Person
from rmsession.core.text import UserText

OTHER_PAIR = Pair("pair-2", MENTOR, Person("person-sam", UserText("Sam")))


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

"""The contract of every store: redaction and deletion."""

from dataclasses import replace
from datetime import timedelta

import pytest
from store.on_disk import action, note
from support.building import BEGIN, content, fact, fact_id, record

from rmsession.core.facts import Amended, Captured, Erased, Started
from rmsession.core.feedback import Answer, Visibility
from rmsession.core.store import Aside, Draft, HalfForm, View
from rmsession.core.store_errors import NoSuchSession, StoreError
from rmsession.core.terms import Kind
from rmsession.core.text import UserText


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

    def test_what_was_typed_elsewhere_loses_the_text_too(self, store):
        store.begin(record(facts=(note(1, "do the secret thing"), note(2))))
        said = ("I do the secret thing", "put in quite other words", "of no interest", "theirs")
        asides = tuple(
            Aside("amend", UserText(text), about=fact_id(n)) for n, text in zip((2, 1, 2, 3), said, strict=True)
        )
        store.keep_draft(record().id, Draft(BEGIN, 5.0, UserText("the secret"), (), asides, View("t", 4, 7, cursor=3)))
        store.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        assert store.draft(record().id) == Draft(BEGIN, 5.0, UserText(), (), asides[2:], View("t", 4, 7))

    def test_a_draft_about_something_else_stays(self, store):
        store.begin(record(facts=(note(1, "the secret"),)))
        asides = (Aside("amend", UserText("hello"), about=fact_id(9), private=True), Aside("who", UserText("Sam")))
        draft = Draft(BEGIN, 5.0, UserText("quite another thing"), asides=asides, view=View("t", 1, 2, 3))
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

"""Changes of a record from elsewhere: what they come to, where they stand, and what they leave alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.building import BEGIN, MENTEE, MENTOR, Play, content, fact

from rmsession.core import commands as asked
from rmsession.core.decision import Refusal
from rmsession.core.facts import Amended, Fact
from rmsession.core.fold import apply, session_of
from rmsession.core.late import change, hand_over, late_fact, late_undo, new_date, take_back
from rmsession.core.record import with_fact
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.store.memory import MemoryStore

LATER = BEGIN + timedelta(days=3)
FRIDAY = date(2026, 12, 4)


@pytest.fixture
def play() -> Play:
    played = Play()
    played.start()
    played.wait(minutes=12)
    return played


def promised(play: Play, **more) -> str:
    return play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-11-27", **more)


def made(session, command, *, by=MENTOR.id, fact_id="f-1") -> Fact:
    answer = late_fact(session, command, LATER, by=by, device="elsewhere", fact_id=fact_id)
    assert isinstance(answer, Fact), answer
    return answer


@pytest.mark.parametrize("ended", [False, True])
def test_a_change_from_elsewhere_has_a_date_and_no_place_in_the_sessions_time(play, ended):
    action = promised(play)
    if ended:
        play.do(asked.End())
    done = made(play.session, asked.Finish(action), by=MENTEE.id)
    assert (done.at, done.wall, done.by, done.device, done.id) == (None, LATER, MENTEE.id, "elsewhere", "f-1")
    assert done.seq > max(each.seq for each in play.session.facts)
    after = apply(play.session, done)
    assert after.last_at == play.session.last_at
    assert (after.captures[action].status, after.captures[action].settled) == (ActionStatus.DONE, LATER)


def test_what_the_engine_refuses_is_refused_here(play):
    assert late_fact(play.session, asked.Finish("none"), LATER, by=MENTOR.id, device="d", fact_id="f") == Refusal(
        "That line is no longer there."
    )


def test_handing_over_changes_the_owner_and_what_was_his(play):
    action = promised(play, confidence=4, doubts=("owner", "due"))
    after = apply(play.session, made(play.session, hand_over(play.session.captures[action], UserText("Sam"))))
    content = after.captures[action].content
    assert (content.owner, content.due, content.confidence) == (UserText("Sam"), "2026-11-27", None)
    assert content.doubts == ("due",)
    assert content.text == UserText("Send the draft")


def test_a_new_date_leaves_owner_and_confidence(play):
    action = promised(play, confidence=4, doubts=("due",))
    after = apply(play.session, made(play.session, new_date(play.session.captures[action], FRIDAY)))
    content = after.captures[action].content
    assert (content.owner, content.due, content.confidence, content.doubts) == (UserText("Alex"), "2026-12-04", 4, ())
    without = apply(after, made(after, new_date(after.captures[action], None), fact_id="f-2"))
    assert without.captures[action].content.due is None


@pytest.mark.parametrize(
    "later",
    [
        lambda line: new_date(line, FRIDAY),
        lambda line: hand_over(line, UserText("Sam")),
        lambda line: asked.Amend(line.id, content("Send both drafts", doubts=("both",))),
    ],
    ids=["date", "owner", "words"],
)
def test_what_was_read_back_is_not_read_back_again_for_what_happened_after_the_end(play, later):
    action, waits = promised(play), promised(play)
    play.do(asked.Accept(action))
    changed = made(play.session, later(play.session.captures[action]), fact_id="f-0")
    assert [each.id for each in apply(play.session, changed).to_read_back()] == [action, waits]
    play.do(asked.End())
    after = play.session
    for number, target in enumerate((action, waits)):
        after = apply(after, made(after, later(after.captures[target]), fact_id=f"f-{number}"))
    assert [each.id for each in after.to_read_back()] == [waits]
    after = apply(after, made(after, asked.Accept(waits), fact_id="f-2"))
    after = apply(after, made(after, asked.Amend(waits, content("Send it at last")), fact_id="f-3"))
    assert after == session_of(after.record)
    assert "read-back" not in after.pending()


def test_a_note_that_becomes_an_action_after_the_end_is_no_more_to_be_read_back(play):
    note, doubtful = play.keep("Send the draft"), play.keep("call 3/4", doubts=("3/4",))
    play.do(asked.End())
    after = apply(play.session, made(play.session, asked.Reclassify(note, Kind.ACTION)))
    assert [each.id for each in after.to_read_back()] == [doubtful]


def test_rival_wordings_outlive_a_new_owner_and_are_settled_by_a_new_wording(play):
    action = promised(play)
    content = play.session.captures[action].content
    for number, words in enumerate(("Send the whole draft", "Send half of it"), 900):
        wording = Amended(action, action, replace(content, text=UserText(words)))
        rival = fact(wording, number, wall=LATER, by=MENTEE.id, device="other")
        play.session = session_of(with_fact(play.record, rival))
    assert len(play.session.captures[action].rivals) == 1
    moved = apply(play.session, made(play.session, hand_over(play.session.captures[action], UserText("Sam"))))
    assert len(moved.captures[action].rivals) == 1
    words = asked.Amend(action, moved.captures[action].content)
    assert moved.captures[action].rivals
    assert not apply(moved, made(moved, words, fact_id="f-2")).captures[action].rivals


class TestUndo:
    def test_it_takes_back_what_is_named_also_when_something_came_after(self, play):
        action, other = promised(play), promised(play)
        done = made(play.session, asked.Finish(action))
        session = apply(apply(play.session, done), made(play.session, asked.Finish(other), fact_id="f-2"))
        undo = late_undo(session, done.id, LATER, by=MENTOR.id, device="d", fact_id="f-3")
        assert isinstance(undo, Fact)
        assert undo.at is None
        after = apply(session, undo)
        assert after.captures[action].status is ActionStatus.OPEN
        assert after.captures[other].status is ActionStatus.DONE
        again = late_undo(after, done.id, LATER, by=MENTOR.id, device="d", fact_id="f-4")
        assert again == Refusal("It is undone already.")

    def test_of_a_sitting_and_of_somebody_elses_nothing_is_taken_back(self, play):
        action = promised(play)
        started = play.session.facts[0]
        for target, by in ((started.id, MENTOR.id), ("none", MENTOR.id), (action, MENTEE.id)):
            assert isinstance(late_undo(play.session, target, LATER, by=by, device="d", fact_id="f"), Refusal)


class TestKept:
    @pytest.fixture
    def store(self, play):
        store = MemoryStore("desk")
        self.action = promised(play)
        store.begin(play.record)
        return store

    def test_whoever_sits_here_did_it_and_it_is_in_the_store(self, play, store):
        session = play.record.id
        done = change(store, session, lambda _: asked.Finish(self.action), LATER, me=UserText(" alex "), device="d")
        assert isinstance(done, Fact)
        assert (done.by, store.load(session).facts[-1]) == (MENTEE.id, done)
        undone = take_back(store, session, done.id, LATER, me=UserText("Alex"), device="d")
        assert isinstance(undone, Fact)
        assert session_of(store.load(session)).captures[self.action].status is ActionStatus.OPEN

    def test_a_refusal_keeps_nothing(self, play, store):
        session, before = play.record.id, store.load(play.record.id)
        for ask in (lambda _: Refusal("no"), lambda _: asked.Finish("none")):
            assert isinstance(change(store, session, ask, LATER, me=None, device="d"), Refusal)
        assert isinstance(take_back(store, session, "none", LATER, me=None, device="d"), Refusal)
        assert store.load(session) == before

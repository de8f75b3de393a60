"""Last time's actions: the topic that they are looked at under, and how a session comes to know what they came to."""

from __future__ import annotations

import json
import os
from itertools import count
from pathlib import Path

import pytest
from support.building import MENTEE, MENTOR, PAIR, Play, agenda, record, topic

from rmsession.core import between as happened
from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.between import ActionRef
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.fold import session_of
from rmsession.core.last_time import TITLE, brought, is_about_last_time, opened, to_heal
from rmsession.core.terms import Kind, Outcome, Phase
from rmsession.core.text import UserText
from rmsession.reader.agenda_reader import read_file

CHECKOUT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("RMSESSION_CORPUS") or CHECKOUT.parent / "shared" / "corpus")
ABOUT = [
    "Last time's actions", "Last time’s actions (5 min)", "Last time", "Since last time", "Previous Action Items",
    "Review action items", "Review last call's action items", "Review previous meeting's action items",
    "Review of actions", "Review our open actions", "Open actions", "Outstanding action points", "Action item review",
    "Prior to-dos", "Matters arising", "Carry-over", "Last week's homework",
]  # fmt: skip
NOT_ABOUT = [
    "Actions and feedback", "First action and feedback", "Action items", "Actions", "Review", "Recap & Orientation",
    "Approval of the minutes from last meeting", "Overflow from previous meeting", "Previous Interview Questions",
    "Something from the last week that brought you joy", "Review agenda", "Check-in", "", "The last mile",
]  # fmt: skip


@pytest.mark.parametrize("title", ABOUT)
def test_a_title_about_last_time(title):
    assert is_about_last_time(UserText(title))


@pytest.mark.parametrize("title", NOT_ABOUT)
def test_a_title_about_something_else(title):
    assert not is_about_last_time(UserText(title))


def test_the_bundled_agendas_bring_their_own_topic_but_for_those_about_goals():
    own = {
        path.name: [each.title.raw for each in read_file(path).agenda.topics if is_about_last_time(each.title)]
        for path in (CHECKOUT / "agendas").glob("*.md")
    }
    without = {name for name, titles in own.items() if not titles}
    assert without == {"01-kick-off.md", "06-half-way-check.md", "10-close-and-carry-forward.md"}
    assert all(titles == ["Last time's actions"] for titles in own.values() if titles)


@pytest.mark.skipif(not (CORPUS / "expected").is_dir(), reason=f"no corpus of real agendas in {CORPUS}")
def test_of_the_titles_that_people_really_wrote_these_and_no_others_are_about_last_time():
    titles = set()
    for path in (CORPUS / "expected").glob("*.json"):
        titles |= {each["title"] for each in json.loads(path.read_text(encoding="utf-8"))["topics"]}
    assert len(titles) > 100
    assert {title for title in titles if is_about_last_time(UserText(title))} <= {
        "Previous Action Items", "Review action items", "Last time's actions",
    }  # fmt: skip


def titles_of(made):
    return [each.title.raw for each in made.agenda.topics]


def test_a_topic_is_put_in_front_with_a_minute_for_each_action_within_limits():
    plan = agenda("Hello", "Policy")
    assert opened(plan, 0).agenda == plan
    for actions, minutes in ((1, 2), (2, 2), (3, 3), (5, 5), (50, 5)):
        made = opened(plan, actions)
        front = made.agenda.topics[0]
        assert (front.title, front.minutes, made.added, made.topic) == (TITLE, minutes, minutes, front.id)
        assert made.agenda.topics[1:] == plan.topics


def test_the_agendas_own_topic_is_the_one_also_behind_a_check_in_but_not_at_the_end():
    first = agenda("Last time's actions", "Policy")
    assert opened(first, 3).agenda == first
    assert (opened(first, 3).topic, opened(first, 3).added) == (first.topics[0].id, 0.0)
    second = agenda("Check-in", "Last time's actions", "Policy")
    assert opened(second, 3).topic == second.topics[1].id
    last = agenda("Check-in", "Policy", "Last time's actions")
    assert titles_of(opened(last, 3)) == ["Last time", "Check-in", "Policy", "Last time's actions"]
    assert opened(first, 0).topic is None


def test_what_was_taken_follows_last_time_and_stands_once():
    carried = topic("Why the policy changed", 7, carried="2026-11-21")
    plan = agenda("Check-in", "Last time's actions", "Feeds")
    assert titles_of(opened(plan, 2, (carried,)))[2] == "Why the policy changed"
    assert titles_of(opened(agenda("Feeds"), 2, (carried,))) == ["Last time", "Why the policy changed", "Feeds"]
    assert titles_of(opened(agenda("Feeds"), 0, (carried,))) == ["Why the policy changed", "Feeds"]
    assert titles_of(opened(agenda(carried, "Feeds"), 0, (carried,))) == ["Why the policy changed", "Feeds"]


IDS = count(1)


def sessions():
    """A session that left two actions, and one that begins with them."""
    one = Play(record(agenda("Hello"), number=1), ids=IDS)
    one.start()
    captures = [one.keep(text, Kind.ACTION, due="2026-11-27") for text in ("send it", "ask legal")]
    one.do(asked.End())
    two = Play(record(agenda("Last time", "Policy"), number=2), ids=IDS)
    two.start()
    refs = tuple(ActionRef(one.record.id, each) for each in captures)
    two.do(between.OpenLastTime(two.id_of("Last"), refs))
    return one, two, refs


def test_the_topic_is_not_closed_before_each_action_has_its_outcome():
    _, two, refs = sessions()
    for command in (asked.Next(), asked.Park(), asked.Close()):
        assert "2 actions of last time wait" in two.refusal(command)
        assert two.ask(command).word == "last"
    two.do(between.Review(refs[0], Outcome.DONE))
    assert "1 action of last time waits" in two.refusal(asked.Next())
    two.do(between.Review(refs[1], Outcome.CARRIED))
    two.do(asked.Next())
    assert two.session.done == {two.id_of("Last")}


def test_another_topic_may_be_turned_to_and_the_end_is_never_refused():
    _, two, _ = sessions()
    two.do(asked.Jump(two.id_of("Policy")))
    two.do(asked.Back())
    two.do(asked.End())
    assert two.session.phase is Phase.ENDED
    assert two.session.done == frozenset()


def test_an_action_waits_again_when_what_was_said_of_it_is_taken_back():
    _, two, refs = sessions()
    assert two.refusal(between.ReviewAgain(refs[0])) == "It waits already."
    two.do(between.Review(refs[0], Outcome.DROPPED))
    two.do(between.Review(refs[0], Outcome.DONE))
    two.do(between.ReviewAgain(refs[0]))
    assert two.session.reviewed == {refs[0].capture: Outcome.DROPPED}
    two.do(between.ReviewAgain(refs[0]))
    assert two.session.unreviewed == refs
    assert session_of(two.record) == two.session


def test_undo_does_not_take_back_what_stands_in_another_record_too():
    _, two, refs = sessions()
    two.keep("a note")
    two.do(between.Review(refs[0], Outcome.DONE))
    two.do(asked.Undo())
    assert two.session.reviewed == {refs[0].capture: Outcome.DONE}
    assert two.texts() == []


def test_what_another_pair_left_is_nobodys_business():
    _, two, _ = sessions()
    two.do(CorrectPair("other", MENTOR.id, "x", MENTOR.name, UserText("Somebody")))
    assert two.session.last_time is None
    two.do(asked.Next())
    _, same, refs = sessions()
    same.do(CorrectPair(PAIR.id, MENTOR.id, MENTEE.id, MENTOR.name, UserText("Alex B")))
    assert same.session.unreviewed == refs


def test_what_was_settled_in_the_other_record_alone_is_found():
    one, two, refs = sessions()
    sources = {one.record.id: one.session}
    assert to_heal(two.session, sources, set()) == ()
    one.do(asked.Finish(refs[0].capture))
    one.do(between.Carry(refs[1].capture, two.record.id))
    sources = {one.record.id: one.session}
    assert to_heal(two.session, sources, set()) == (
        between.Review(refs[0], Outcome.DONE), between.Review(refs[1], Outcome.CARRIED),
    )  # fmt: skip
    two.do(between.Review(refs[0], Outcome.DONE))
    assert to_heal(two.session, sources, set()) == (between.Review(refs[1], Outcome.CARRIED),)


def test_what_was_carried_into_another_session_still_waits_and_what_is_gone_does_not():
    one, two, refs = sessions()
    one.do(between.Carry(refs[0].capture, "somewhere else"))
    one.do(asked.Withdraw(refs[1].capture))
    assert to_heal(two.session, {one.record.id: one.session}, set()) == (between.Review(refs[1], Outcome.DROPPED),)
    assert to_heal(two.session, {}, set()) == ()
    assert [each.outcome for each in to_heal(two.session, {}, {one.record.id})] == [Outcome.DROPPED] * 2


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        (asked.Finish, Outcome.DONE),
        (lambda capture: asked.Drop(capture, UserText("no longer")), Outcome.DROPPED),
        (lambda capture: between.Split(capture, "two", ("a", "b")), Outcome.SPLIT),
    ],
)
def test_each_way_to_settle_is_found(command, outcome):
    one, two, refs = sessions()
    one.do(command(refs[0].capture))
    assert to_heal(two.session, {one.record.id: one.session}, set()) == (between.Review(refs[0], outcome),)


def test_the_actions_are_looked_at_in_the_order_in_which_they_were_opened():
    one, two, refs = sessions()
    two.do(between.Review(refs[1], Outcome.DONE))
    shown = brought(two.session, {one.record.id: one.session})
    assert [(each.ref, each.item.text.raw, each.outcome) for each in shown if each.item] == [
        (refs[0], "send it", None), (refs[1], "ask legal", Outcome.DONE),
    ]  # fmt: skip
    assert [each.item for each in brought(two.session, {})] == [None, None]
    assert brought(one.session, {}) == ()


def test_a_fourth_carry_asks_why():
    one, _, refs = sessions()
    for place in range(3):
        one.do(between.Carry(refs[0].capture, f"session {place}"))
    assert "3 times" in one.refusal(between.Carry(refs[0].capture, "session 4"))
    assert "3 times" in one.refusal(between.Carry(refs[0].capture, "session 4", UserText("  ")))
    one.do(between.Carry(refs[0].capture, "session 4", UserText("legal is closed")))
    assert len(one.session.captures[refs[0].capture].carries) == 4


def test_opening_last_time_is_kept_once():
    _, two, refs = sessions()
    assert "already" in two.refusal(between.OpenLastTime(two.id_of("Policy"), refs))
    empty = Play(agenda("Hello"))
    empty.start()
    assert "Nothing" in empty.refusal(between.OpenLastTime(empty.id_of("Hello"), ()))
    assert isinstance(two.record.facts[1].what, happened.LastTimeOpened)

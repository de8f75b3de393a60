"""Action items as one list: groups, words, owners as people type them, and what a query finds."""

from datetime import date, datetime, timedelta

import pytest
from support.building import BEGIN

from rmsession.core.action_list import (
    Group,
    due_words,
    finds,
    group_of,
    grouped,
    is_owned_by,
    more_words,
    owner_named,
    owners,
    owners_meant,
    when_captured,
)
from rmsession.core.lists import ActionItem
from rmsession.core.query import parse
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText

TODAY = date(2026, 11, 25)
WEEK = timedelta(days=7)


def item(text: str = "Send the draft", owner: str | None = "Alex Kim", due: str | None = None, **more) -> ActionItem:
    fields = {"session": "s", "capture": "c", "pair": "p", "when": BEGIN, "at": 360.0} | more
    return ActionItem(text=UserText(text), owner=UserText(owner) if owner else None, due=due, **fields)


@pytest.mark.parametrize(
    ("due", "status", "group", "words"),
    [
        (TODAY - timedelta(1), ActionStatus.OPEN, Group.OVERDUE, "1 day overdue"),
        (TODAY - timedelta(3), ActionStatus.OPEN, Group.OVERDUE, "3 days overdue"),
        (TODAY, ActionStatus.OPEN, Group.SOON, "today"),
        (TODAY + WEEK, ActionStatus.OPEN, Group.SOON, "Wed 2 Dec"),
        (TODAY + WEEK + timedelta(1), ActionStatus.OPEN, Group.OPEN, "Thu 3 Dec"),
        (None, ActionStatus.OPEN, Group.OPEN, "–"),
        ("someday\x1b", ActionStatus.OPEN, Group.OPEN, "someday␛"),
        (TODAY, ActionStatus.DONE, Group.SETTLED, "done, kept"),
        (TODAY - WEEK, ActionStatus.DONE, Group.SETTLED, "done, not kept"),
        (TODAY, ActionStatus.DROPPED, Group.SETTLED, "dropped"),
        (TODAY, ActionStatus.SPLIT, Group.SETTLED, "split"),
    ],
)
def test_group_and_words(due, status, group, words):
    one = item(due=str(due) if due else None, status=status, settled=datetime.combine(TODAY, BEGIN.timetz()))
    assert (group_of(one, TODAY), due_words(one, TODAY)) == (group, words)


def test_groups_come_in_their_order_and_keep_the_one_inside():
    items = [item(str(number), due=due) for number, due in enumerate([None, "2026-11-01", None, "2026-11-26"])]

    def of(one: ActionItem) -> Group:
        return group_of(one, TODAY)

    found = [(group, [each.text.raw for each in some]) for group, some in grouped(items, of)]
    assert found == [(Group.OVERDUE, ["1"]), (Group.SOON, ["3"]), (Group.OPEN, ["0", "2"])]
    assert grouped([], of) == []


def test_what_is_hidden_stands_apart_whatever_its_date():
    hidden = item(due="2026-11-01", private=True)
    assert group_of(hidden, TODAY, apart=True) is Group.PRIVATE
    assert group_of(hidden, TODAY) is Group.OVERDUE
    assert group_of(item(due="2026-11-01"), TODAY, apart=True) is Group.OVERDUE


def test_where_it_comes_from_and_what_else_is_known():
    assert when_captured(item(), TODAY, BEGIN.tzinfo) == "21 Nov · 14:00"
    assert when_captured(item(at=None), TODAY, BEGIN.tzinfo) == "21 Nov"
    assert when_captured(item(), TODAY.replace(year=2027), BEGIN.tzinfo) == "21 Nov 2026 · 14:00"
    assert when_captured(item(when=datetime.min.replace(tzinfo=BEGIN.tzinfo)), TODAY, None) == "1 Jan 1 · 00:00"
    assert more_words(item()) == []
    assert more_words(item(carried=1, confidence=4)) == ["carried once", "sure 4 of 5"]
    assert more_words(item(carried=3)) == ["carried 3 times"]


KNOWN = ["Alex Kim", "Alexandra Berg", "Sam", "Samir", "Zoë"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alex  KIM", ["Alex Kim"]),
        ("alex", ["Alex Kim"]),
        ("al", ["Alex Kim", "Alexandra Berg"]),
        ("alexa", ["Alexandra Berg"]),
        ("ber", ["Alexandra Berg"]),
        ("sam", ["Sam"]),
        ("sami", ["Samir"]),
        ("ak", ["Alex Kim"]),
        ("me", ["Zoë"]),
        ("nobody", []),
        ("", []),
        (" ", []),
    ],
)
def test_an_owner_is_meant_by_name_or_by_a_beginning_that_only_one_has(typed, meant):
    assert owners_meant(typed, KNOWN, "zoë") == meant


def test_owners_are_named_once_and_compared_as_names():
    items = [item(owner=owner) for owner in ("Alex Kim", "alex  kim", None, "Sam")]
    assert owners(items) == ["Alex Kim", "Sam"]
    assert [is_owned_by(each, " ALEX kim") for each in items] == [True, True, False, False]


def test_a_new_owner_is_one_of_the_pair_or_as_typed():
    pair, me = (UserText("Robin Fox"), UserText("Alex Kim")), UserText("Robin Fox")
    assert owner_named("alex", pair, me) == UserText("Alex Kim")
    assert owner_named("me", pair, me) == UserText("Robin Fox")
    assert owner_named("  Sam   Hill ", pair, None) == UserText("Sam Hill")
    assert not owner_named("  ", pair, me)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True), ("dra", True), ("absent", False), ("@alex", True), ("@sam", False), ("#legal", True),
        ("is:open", True), ("is:overdue", True), ("is:due", True), ("is:done", False), ("is:private", True),
        ("agenda:kick", True), ("topic:ground", True), ("topic:x", False), ("with:robin", True), ("kind:action", True),
        ("kind:note", False), ("before:2026-11", False), ("since:2026-11", True), ('"the draft" -send', False),
    ],
)  # fmt: skip
def test_the_language_of_search_narrows_the_list(query, found):
    one = item(due="2026-11-20", tags=("legal",), title=UserText("Kick-off"), topic=UserText("Ground rules"),
               private=True)  # fmt: skip
    assert finds(parse(query, TODAY), one, TODAY, ("Robin", "Alex")) is found
    done = item(due="2026-11-20", status=ActionStatus.DONE)
    assert finds(parse("is:done", TODAY), done, TODAY)
    assert not finds(parse("is:overdue", TODAY), done, TODAY)

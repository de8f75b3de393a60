"""Captured lines as they stand after all corrections."""

from __future__ import annotations

from datetime import timedelta

from support.building import BEGIN, DEVICE, MENTEE, agenda, content, fact, fact_id, record

from rmsession.core import facts as happened
from rmsession.core.facts import Fact
from rmsession.core.fold import apply, session_of
from rmsession.core.record import redacted
from rmsession.core.session import Session
from rmsession.core.terms import ActionStatus, Audience, Kind
from rmsession.core.text import UserText

PLAN = agenda("A", "B", "C")
A, B, C = (each.id for each in PLAN.topics)
STARTED = happened.Started(A, ())
LINE = fact_id(2)


def captured(text: str = "Send it", *more: happened.Event) -> Session:
    """An action, which is fact 2, and what happened to it."""
    events = (STARTED, happened.Captured(Kind.ACTION, A, content(text)), *more)
    return session_of(record(PLAN, facts=tuple(fact(what, seq + 1, float(seq)) for seq, what in enumerate(events))))


def test_what_becomes_of_an_action():
    done = captured("x", happened.ActionDone(LINE)).captures[LINE]
    assert (done.status, done.settled, done.is_open_action) == (ActionStatus.DONE, BEGIN + timedelta(seconds=2), False)
    again = captured("x", happened.ActionDropped(LINE, UserText("no")), happened.ActionReopened(LINE)).captures[LINE]
    assert (again.status, again.settled, again.reason, again.is_open_action) == (
        ActionStatus.OPEN, None, UserText(), True,
    )  # fmt: skip
    assert captured("x", happened.ActionDropped(LINE, UserText("no"))).captures[LINE].reason.raw == "no"


def test_corrections_of_a_line():
    line = captured(
        "x",
        happened.Accepted(LINE),
        happened.Reclassified(LINE, Kind.IDEA),
        happened.MovedTo(LINE, B),
        happened.AudienceSet(LINE, Audience.MENTOR),
        happened.Withdrawn(LINE),
    ).captures[LINE]
    assert (line.kind, line.topic, line.audience) == (Kind.IDEA, B, Audience.MENTOR)
    assert (line.accepted, line.withdrawn, line.stands, line.shared) == (True, True, False, False)


def test_an_amended_action_is_to_be_read_back_again():
    line = captured("x", happened.Accepted(LINE), happened.Amended(LINE, LINE, content("y"))).captures[LINE]
    assert (line.content.text.raw, line.accepted) == ("y", False)


def test_what_was_erased_leaves_a_stone_that_nothing_moves():
    events = (happened.Amended(LINE, LINE, content("secret too")), happened.ActionDone(LINE))
    kept = captured("secret", *events).record
    session = session_of(redacted(kept, LINE, by="person-robin", wall=BEGIN))
    stone = session.captures[LINE]
    assert (stone.erased, stone.stands, stone.kind, stone.topic) == (True, False, Kind.ACTION, A)
    assert (stone.content, stone.status) == (content(""), ActionStatus.OPEN)
    later = apply(session, fact(happened.Amended(LINE, LINE, content("back again")), 9, 9.0))
    assert later.captures[LINE] == stone


def rivals(*more: Fact) -> Session:
    """Both people amended the same line, and neither had seen the other's; fact 2 is the line."""
    mine = fact(happened.Amended(LINE, LINE, content("mine")), 3, 3.0, id="mine")
    yours = fact(happened.Amended(LINE, LINE, content("yours")), 3, 3.0, id="yours", by=MENTEE.id, device="lap")
    return session_of(record(PLAN, facts=(*captured().facts, mine, yours, *more)))


def test_rival_amendments_are_both_kept_and_shown():
    line = rivals().captures[LINE]
    assert (line.content, line.rivals, line.heads) == (content("yours"), (content("mine"),), ("mine", "yours"))


def test_an_amendment_that_saw_one_rival_only_leaves_the_other():
    seen = fact(happened.Amended(LINE, "mine", content("mine, better")), 4, 4.0, id="better")
    line = rivals(seen).captures[LINE]
    assert (line.content, line.rivals, line.heads) == (
        content("mine, better"), (content("yours"),), ("yours", "better"),
    )  # fmt: skip


def test_an_amendment_that_settles_the_rivals_leaves_none():
    choice = fact(happened.Amended(LINE, "yours", content("ours"), ("mine",)), 4, 4.0, id="ours", device=DEVICE)
    line = rivals(choice).captures[LINE]
    assert (line.content, line.rivals, line.heads) == (content("ours"), (), ("ours",))

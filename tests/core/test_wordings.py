"""Two people amend one line without having seen each other's version: what goes together does, the rest is kept."""

from dataclasses import replace
from itertools import count, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import MENTEE, MENTOR, Play, agenda, content

from rmsession.core import commands as asked
from rmsession.core.fold import session_of
from rmsession.core.record import merge
from rmsession.core.session import Capture
from rmsession.core.shared import shared
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.core.wordings import told

PLAN = agenda("One")
VALUES = {
    "text": st.sampled_from(["send", "send it"]).map(UserText),
    "owner": st.sampled_from([None, "Alex", "Robin"]).map(lambda name: name and UserText(name)),
    "due": st.sampled_from([None, "2026-11-26", "2026-11-27"]),
    "confidence": st.sampled_from([None, 4]),
}
CHANGES = st.lists(st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name])))


def begun(owner: str | None = None, due: str | None = None) -> tuple[Play, str]:
    play = Play(PLAN)
    play.start()
    return play, play.keep("send", Kind.ACTION, owner=owner, due=due)


def elsewhere(play: Play, device: str) -> Play:
    """The same session on another machine, where the mentee goes on with it."""
    return Play(shared(play.session), by=MENTEE.id, device=device, ids=count(1000 * len(device)))


def amend(play: Play, line: str, **more) -> None:
    play.do(asked.Amend(line, replace(play.session.captures[line].content, **more), settles=False))


def both(*plays: Play) -> Capture:
    """The one line of what all of them wrote, the same in whichever order and however often it comes together."""
    records = [each.record for each in plays]
    merged = []
    for order in permutations(records):
        whole = order[0]
        for each in (*order[1:], *order):
            whole = merge(whole, each)
        merged.append(whole)
    assert all(each == merged[0] for each in merged)
    session = session_of(merged[0])
    (line,) = session.captures.values()
    assert session_of(shared(session)).captures[line.id] == line
    return line


@given(st.sampled_from([None, "Alex"]), st.sampled_from([None, "2026-11-27"]), CHANGES, CHANGES)
def test_nothing_is_lost_and_nobody_is_asked_where_nothing_was_changed_twice(owner, due, mine, yours):
    here, line = begun(owner, due)
    before = here.session.captures[line].content
    there = elsewhere(here, "lap")
    for play, changes in ((here, mine), (there, yours)):
        for name, value in changes:
            play.try_to(asked.Amend(line, replace(play.session.captures[line].content, **{name: value})))
    whole = both(here, there)
    ends = [each.session.captures[line] for each in (here, there)]
    wrote = [each.content for each in ends if each.heads != (line,)]
    blank = [name for name in ("owner", "due") if getattr(before, name) is None]
    added = [{name: getattr(each, name) for name in blank} for each in wrote]
    kept = [replace(each, **dict.fromkeys(new)) == before for each, new in zip(wrote, added, strict=True)]
    meant = {(name, value) for each in added for name, value in each.items() if value is not None}
    if len(set(wrote)) < 2:
        assert (whole.content, whole.rivals) == ((wrote or [before])[0], ())
    elif all(kept) and len(dict(meant)) == len(meant):
        assert (whole.content, whole.rivals) == (replace(before, **dict(meant)), ())
    else:
        assert {whole.content, *whole.rivals} == set(wrote)


def test_an_owner_and_a_date_go_together_and_the_next_change_knows_both():
    here, line = begun()
    there = elsewhere(here, "lap")
    amend(here, line, due="2026-11-27")
    amend(there, line, owner=UserText("Alex"))
    assert (both(here, there).content, both(here, there).rivals) == (content("send", "Alex", due="2026-11-27"), ())
    here.session = session_of(merge(here.record, there.record))
    late = elsewhere(here, "third")
    amend(here, line, text=UserText("send it"))
    assert both(here, there, late).content == content("send it", "Alex", due="2026-11-27")
    assert (both(here, there, late).rivals, len(both(here, there, late).heads)) == ((), 1)


def test_what_was_added_in_two_steps_goes_together_as_well():
    here, line = begun()
    there = elsewhere(here, "lap")
    for day, name in (("2026-11-26", "Robin"), ("2026-11-27", "Alex")):
        amend(here, line, due=day)
        amend(there, line, owner=UserText(name))
    assert (both(here, there).content, both(here, there).rivals) == (content("send", "Alex", due="2026-11-27"), ())


@pytest.mark.parametrize("third", ["2026-11-26", None])
def test_a_third_machine_joins_or_leaves_all_of_them_apart(third):
    here, line = begun()
    there, more = elsewhere(here, "lap"), elsewhere(here, "third")
    amend(here, line, due="2026-11-27")
    amend(there, line, owner=UserText("Alex"))
    amend(more, line, **({"due": third} if third else {"due": "2026-11-27"}))
    assert len(both(here, there, more).rivals) == (2 if third else 0)


def test_a_date_that_was_taken_away_stays_away():
    here, line = begun(due="2026-11-27")
    there = elsewhere(here, "lap")
    amend(here, line, due=None)
    amend(there, line, owner=UserText("Alex"))
    whole = both(here, there)
    assert {told(each).raw for each in (whole.content, *whole.rivals)} == {"send", "send @Alex by Fri 27 Nov 2026"}


def test_what_one_side_settles_of_both_takes_nothing_new_from_the_other():
    here, line = begun()
    there = elsewhere(here, "lap")
    amend(here, line, due="2026-11-27")
    amend(there, line, owner=UserText("Alex"))
    one = session_of(merge(here.record, there.record))
    here.session, there.session = one, session_of(shared(one))
    amend(here, line, due=None)
    amend(there, line, due="2026-11-26")
    assert {each.due for each in (both(here, there).content, *both(here, there).rivals)} == {None, "2026-11-26"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (content("send"), "send"),
        (content("send ", "Alex"), "send @Alex"),
        (content("send", due="2026-11-27"), "send by Fri 27 Nov 2026"),
        (content("send", "Kim Lee", due="soon\x1b", confidence=4), 'send @"Kim Lee" by soon␛ (sure 4 of 5)'),
        (content("tea", score=3), "tea = 3"),
    ],
)
def test_a_wording_is_told_by_all_that_may_differ(said, words):
    assert told(said).raw == words


def test_what_was_settled_otherwise_is_known_until_it_is_open_again():
    here, line = begun()
    there = elsewhere(here, "lap")
    there.do(asked.Finish(line))
    here.wait(minutes=1)
    here.do(asked.Drop(line, UserText("no need")))
    whole = both(here, there)
    assert (whole.status, whole.settled_by, whole.reason.raw) == (ActionStatus.DROPPED, MENTOR.id, "no need")
    assert [(each.status, each.by) for each in whole.unseen] == [(ActionStatus.DONE, MENTEE.id)]
    here.session = session_of(merge(here.record, there.record))
    here.do(asked.ReopenAction(line))
    assert (both(here, there).unseen, both(here, there).settled_by) == ((), "")


def test_what_was_done_has_no_reason_why_it_was_dropped():
    here, line = begun()
    there = elsewhere(here, "lap")
    here.do(asked.Drop(line, UserText("no need")))
    there.clock.run(60)
    there.do(asked.Finish(line))
    whole = both(here, there)
    assert (whole.status, whole.reason) == (ActionStatus.DONE, UserText())
    assert [each.status for each in whole.unseen] == [ActionStatus.DROPPED]


def test_settled_alike_by_both_is_settled():
    here, line = begun()
    there = elsewhere(here, "lap")
    for play in (here, there):
        play.do(asked.Finish(line))
    assert both(here, there).unseen == ()


def test_of_too_many_versions_every_one_stands():
    here, line = begun()
    many = [elsewhere(here, "d" * (number + 2)) for number in range(9)]
    for number, play in enumerate(many):
        amend(play, line, **({"due": "2026-11-27"} if number % 2 else {"owner": UserText("Alex")}))
    whole = here.record
    for each in many[:8]:
        whole = merge(whole, each.record)
    assert session_of(whole).captures[line].rivals == ()
    assert len(session_of(merge(whole, many[8].record)).captures[line].rivals) == 8

"""When a promise is kept, and what of it can change when: by hand, and for every action that facts can make."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN, Play, agenda, topic
from support.strategies import agendas, journeys, travel

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.promises import Promise, days_late, due_day, kept, kept_capture, kept_item
from rmsession.core.review import actions_of
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText

DUE = date(2026, 11, 27)
TODAY = date(2026, 11, 25)
ZONES = [timezone(timedelta(hours=hours)) for hours in (-11, 0, 1, 13)]
BEFORE, AFTER = timedelta(-1), timedelta(1)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
moments = st.builds(datetime.combine, days, st.times(), st.sampled_from(ZONES))
dues = st.one_of(st.none(), days.map(str), st.sampled_from(["", "soon", "2026-02-30", "2026"]))
statuses, counts = st.sampled_from(ActionStatus), st.integers(0, 4)


def at(day: date, zone: timezone = ZONES[2], clock: time = time(23, 59)) -> datetime:
    return datetime.combine(day, clock, zone)


@pytest.mark.parametrize(
    ("status", "due", "settled", "carried", "promise"),
    [
        (ActionStatus.DONE, str(DUE), at(DUE + BEFORE), 0, Promise.KEPT),
        (ActionStatus.DONE, str(DUE), at(DUE), 0, Promise.KEPT),
        (ActionStatus.DONE, str(DUE), at(DUE + AFTER, clock=time(0, 1)), 0, Promise.NOT_KEPT),
        (ActionStatus.DONE, str(DUE), at(DUE), 1, Promise.NOT_KEPT),
        (ActionStatus.DONE, None, at(DUE), 0, Promise.KEPT),
        (ActionStatus.DONE, "soon", at(DUE), 0, Promise.KEPT),
        (ActionStatus.DONE, None, at(DUE), 1, Promise.NOT_KEPT),
        (ActionStatus.DROPPED, str(DUE), at(DUE + BEFORE), 0, Promise.NOT_KEPT),
        (ActionStatus.SPLIT, str(DUE), at(DUE + AFTER), 2, Promise.SPLIT),
        (ActionStatus.OPEN, str(TODAY), None, 0, Promise.OPEN),
        (ActionStatus.OPEN, str(TODAY + BEFORE), None, 0, Promise.NOT_KEPT),
        (ActionStatus.OPEN, str(DUE), None, 1, Promise.NOT_KEPT),
        (ActionStatus.OPEN, None, None, 0, Promise.OPEN),
    ],
)
def test_what_a_promise_comes_to(status, due, settled, carried, promise):
    assert kept(status, due, settled, carried, TODAY) is promise


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_is_the_one_that_it_was_where_it_was_done(zone):
    assert kept(ActionStatus.DONE, str(DUE), at(DUE, zone), 0, TODAY) is Promise.KEPT
    assert kept(ActionStatus.DONE, str(DUE), at(DUE + AFTER, zone, time(0)), 0, TODAY) is Promise.NOT_KEPT


@given(statuses, dues, st.none() | moments, counts, st.tuples(days, days))
def test_what_is_settled_stays_as_it_was_judged_and_what_is_open_can_only_be_broken(status, due, settled, carried, on):
    before, after = (kept(status, due, settled, carried, day) for day in sorted(on))
    if status is ActionStatus.OPEN:
        assert (before, after) in {
            (Promise.OPEN, Promise.OPEN),
            (Promise.OPEN, Promise.NOT_KEPT),
            (Promise.NOT_KEPT, Promise.NOT_KEPT),
        }
    else:
        assert before is after is not Promise.OPEN


@given(statuses, dues, moments, counts, days)
def test_what_was_carried_is_never_kept_and_the_hour_never_matters(status, due, settled, carried, today):
    promise = kept(status, due, settled, carried, today)
    assert promise is not Promise.KEPT or (carried == 0 and status is ActionStatus.DONE)
    for clock in (time.min, time.max):
        moved = datetime.combine(settled.date(), clock, settled.tzinfo)
        assert kept(status, due, moved, carried, today) is promise


@given(days, moments, days)
def test_done_a_day_sooner_is_never_worse(due, settled, today):
    def worth(moment: datetime) -> bool:
        return kept(ActionStatus.DONE, str(due), moment, 0, today) is Promise.KEPT

    assert worth(settled - timedelta(days=1)) >= worth(settled)


@given(agendas(), journeys(), days)
def test_a_record_and_a_list_judge_alike_whatever_happened(plan, moves, today):
    session = travel(plan, moves).session
    captures = {each.id: each for each in session.standing(Kind.ACTION)}
    items = actions_of(session)
    assert {each.capture for each in items} == captures.keys()
    for item in items:
        assert kept_item(item, today) is kept_capture(captures[item.capture], today)


def test_what_a_record_says_through_its_life():
    play = Play(agenda(topic("One")))
    play.start()
    action = play.keep("Send it", Kind.ACTION, due=str(DUE))

    def judged(today: date) -> Promise:
        return kept_capture(play.session.captures[action], today)

    assert (judged(DUE), judged(DUE + AFTER)) == (Promise.OPEN, Promise.NOT_KEPT)
    play.clock.set_wall((DUE - BEGIN.date()).days * 86400)
    play.do(asked.Finish(action))
    assert judged(DUE + AFTER) is Promise.KEPT
    play.do(asked.ReopenAction(action))
    assert judged(DUE) is Promise.OPEN
    play.do(between.Carry(action, "another session", UserText()))
    play.do(asked.Finish(action))
    assert judged(DUE) is Promise.NOT_KEPT


def test_days_late_are_counted_for_open_ones_with_a_day():
    play = Play(agenda(topic("One")))
    play.start()
    for due in (str(DUE), "soon", None):
        play.keep("Send it", Kind.ACTION, due=due)
    late = [days_late(each, DUE + timedelta(3)) for each in actions_of(play.session)]
    assert late == [3, 0, 0]
    assert [days_late(each, DUE) for each in actions_of(play.session)] == [0, 0, 0]
    play.do(asked.Finish(actions_of(play.session)[0].capture))
    assert days_late(actions_of(play.session)[0], DUE + timedelta(3)) == 0
    assert [due_day(each) for each in (str(DUE), "soon", "", None)] == [DUE, None, None, None]

"""An entry of the change log leaves with the words to which both agreed, or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.change_log import agreed_by, doubtful, reworded, standing, taken_back
from rmsession.core.outcomes import Change
from rmsession.core.terms import Role
from rmsession.core.text import UserText

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
ENTRY = Change("c1", "p1", date(2026, 11, 1), UserText("Answer customers on the channel they use"))
WORDS = st.builds(UserText, st.text(max_size=8))
STEPS = st.lists(
    st.one_of(
        st.builds(lambda words: ("idea", words), WORDS),
        st.builds(lambda words: ("answer", words), WORDS),
        st.builds(lambda words: ("changed", words), WORDS),
        st.builds(lambda role: ("agree", role), st.sampled_from(Role)),
        st.just(("back", None)),
    ),
    max_size=12,
)


@given(STEPS)
def test_what_leaves_is_what_both_agreed_to(steps):
    """Whatever happens to an entry, it is for the report only if both agreed since its words last changed."""
    entry, agreed = ENTRY, set()
    for number, (what, value) in enumerate(steps):
        now = NOW + timedelta(minutes=number)
        before = entry
        match what:
            case "agree":
                entry = agreed_by(entry, [value], now)
                agreed.add(value)
            case "back":
                entry = taken_back(entry, now)
            case field:
                entry = reworded(entry, now, **{field: value})
                if getattr(before, field).raw != value.raw:
                    agreed.clear()
        assert set(entry.agreed) == agreed
        assert entry.revised == (before.revised if entry == before else now)
    withdrawn = any(what == "back" for what, _ in steps)
    assert entry.for_report == (agreed == set(Role) and not withdrawn)


def test_the_order_in_which_two_agree_makes_no_difference():
    one = agreed_by(agreed_by(ENTRY, [Role.MENTEE], NOW), [Role.MENTOR], NOW)
    assert one == agreed_by(agreed_by(ENTRY, [Role.MENTOR], NOW), [Role.MENTEE], NOW) == agreed_by(ENTRY, Role, NOW)


def test_another_day_is_to_be_agreed_anew():
    entry = agreed_by(ENTRY, Role, NOW)
    assert reworded(entry, NOW, on=entry.on) is entry
    assert reworded(entry, NOW, on=date(2026, 11, 2)).agreed == ()


def test_what_was_taken_back_is_in_no_list():
    later = replace(ENTRY, id="c2", on=date(2026, 11, 5))
    gone = taken_back(replace(ENTRY, id="c3"), NOW)
    assert standing([later, gone, ENTRY]) == (ENTRY, later)


@pytest.mark.parametrize("field", ["idea", "answer", "changed"])
def test_figures_that_cannot_be_are_told_wherever_they_stand(field):
    told = doubtful(replace(ENTRY, **{field: UserText("97% of 12 now reply within a day, 11 of 12 (92%) gladly")}))
    assert told == ("No count of 12 gives 97 %: 11/12 is 92 %, 12/12 is 100 %. Near it, 28 of 29 and 29 of 30 can.",)
    assert doubtful(ENTRY) == ()

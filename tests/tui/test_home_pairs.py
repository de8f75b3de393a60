"""What Home says of a pair goes by what the pair agreed, and ends with it."""

from datetime import timedelta

import pytest
from support.at_home import ALEX, Past, pair_with
from support.building import BEGIN, MENTOR

from rmsession.core.arrangement import Arrangement
from rmsession.tui.widgets.home_lookup import Companion, look


@pytest.mark.parametrize(
    ("known", "flags"),
    [
        ({}, ()),
        ({"interval_days": 14}, ("22 days since the last session, 14 were agreed",)),
        ({"interval_days": 21}, ()),
        ({"interval_days": 14, "ended": BEGIN.date()}, ()),
        (
            {"interval_days": 14, "ended": (BEGIN + timedelta(days=1)).date()},
            ("22 days since the last session, 14 were agreed",),
        ),
    ],
    ids=range(5),
)
def test_a_gap_is_told_by_the_pairs_own_interval_while_it_lasts(known, flags):
    past, pair = Past(), pair_with(ALEX)
    past.held(pair, when=BEGIN - timedelta(days=22))
    past.store.keep_known([Arrangement(pair.id, **known)])
    assert look(past.store, MENTOR.name, Companion(ALEX)).rhythm(BEGIN).flags == flags

"""Dates that two sides agreed for the next meeting without having seen each other's: which of them does not hold."""

from datetime import timedelta

import pytest
from support.building import BEGIN, MENTEE, MENTOR, ZONE, fact, record

from rmsession.core.between import NextDateSettled
from rmsession.core.facts import NextDateSet, Undone
from rmsession.core.fold import session_of
from rmsession.core.next_time import agreed_beside
from rmsession.core.terms import Fate

FRIDAY, THURSDAY = (NextDateSet(BEGIN + timedelta(days=days), ZONE) for days in (6, 5))


def beside(*happened, devices="dlddd"):
    """What each of these on the desk (d) or the laptop (l) leaves agreed and not holding, as people and dates."""
    machines = {"d": {}, "l": {"device": "lap", "by": MENTEE.id}}
    facts = [fact(what, seq, **machines[devices[seq - 1]]) for seq, what in enumerate(happened, 1)]
    return agreed_beside(session_of(record(facts=tuple(facts))))


def test_the_date_of_the_other_side_is_known():
    assert beside(FRIDAY, THURSDAY) == ((MENTOR.id, FRIDAY),)
    assert beside(FRIDAY, THURSDAY, FRIDAY) == ((MENTEE.id, THURSDAY),)


@pytest.mark.parametrize(
    "happened",
    [
        (FRIDAY, FRIDAY),
        (FRIDAY, THURSDAY, NextDateSettled(Fate.MOVED, FRIDAY.when, ZONE)),
        (FRIDAY, THURSDAY, NextDateSettled(Fate.CANCELLED, None, ZONE)),
        (FRIDAY, THURSDAY, NextDateSet(None, ZONE)),
        (FRIDAY, THURSDAY, Undone("00000000-0000-0000-0000-fac700000002")),
    ],
)
def test_one_date_settled_taken_back_or_agreed_by_both_leaves_none(happened):
    assert beside(*happened) == ()


def test_on_one_machine_a_later_word_corrects_the_one_before():
    assert beside(FRIDAY, THURSDAY, devices="dd") == ()

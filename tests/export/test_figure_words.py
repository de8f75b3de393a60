"""How figures are spelled: always with what they rest on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.report.values import (
    Count,
    Hidden,
    Mean,
    Median,
    Missing,
    Pace,
    Recommend,
    Share,
    Shift,
    Spread,
)
from rmsession.export.figure_words import bounds, per_cent, said

counts = st.integers(0, 3000)
scores = st.floats(1, 5)
shares = st.tuples(counts, counts).filter(lambda two: max(two) > 0).map(lambda two: Share(min(two), max(two)))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Share(11, 12), "11/12 (92 %, 95 % interval 65–99 %)"),
        (Share(97, 120), "97/120 (81 %)"),
        (Share(0, 5), "0/5 (0 %, 95 % interval 0–43 %)"),
        (Share(5, 5), "5/5 (100 %, 95 % interval 57–100 %)"),
        (Share(99, 99), "99/99 (100 %, 95 % interval 96–100 %)"),
        (Share(100, 100), "100/100 (100 %)"),
        (Share(999, 1000), "999/1,000 (over 99 %)"),
        (Share(1, 1000), "1/1,000 (under 1 %)"),
        (Share(1, 8), "1/8 (13 %, 95 % interval 2–47 %)"),
        (Count(12), "12"),
        (Count(0), "0"),
        (Count(61, 84), "61 of 84 planned"),
        (Mean(4.16, 12, 1, 5), "4.2 of 5 (n = 12)"),
        (Mean(7.25, 12, 0, 10), "7.2 of 10 (n = 12)"),
        (Mean(-0.44, 12, -2, 2), "−0.4 on −2 to +2 (n = 12)"),
        (Mean(-0.01, 12, -2, 2), "0.0 on −2 to +2 (n = 12)"),
        (Median(21.5, 49, "days"), "21.5 days (median of 49)"),
        (Median(1, 49, "days"), "1 day (median of 49)"),
        (Spread((("no", 2), ("yes", 10))), "no: 2, yes: 10 (n = 12)"),
        (Spread((("no", 0), ("yes", 0))), "nobody said"),
        (Shift(2.1, 3.84, 54, 1, 5), "before 2.1, now 3.8 of 5 (n = 54)"),
        (Recommend(2, 7, 12), "score −42: 2 promoters, 3 passive, 7 detractors (n = 12)"),
        (Pace(2700, 2926, 61), "planned 45, took 49 min (median of 61)"),
        (Pace(300, 594, 5), "planned 5, took 9.9 min (median of 5)"),
        (Missing(), "nobody said"),
        (Missing("no active pair goes on"), "no active pair goes on"),
        (Hidden(), "hidden: tells of fewer than 5 people"),
    ],
)
def test_each_kind_of_figure_has_its_words(value, words):
    assert said(value) == words


@given(shares)
def test_a_percentage_stands_behind_its_count_without_decimals_and_inside_its_interval(share):
    words = said(share)
    assert words.startswith(f"{share.k:,}/{share.n:,} (")
    assert not re.search(r"\d\.\d", words)
    assert ("95 % interval" in words) == (share.n < 100)
    low, high = bounds(share.k, share.n)
    # Where thousands were asked an end of the interval may be under 1 %, for which per_cent stands at 1.
    assert 0 <= low <= high <= 100
    assert min(low, 99) <= per_cent(share.k, share.n) <= max(high, 1)
    assert ("(100 %" in words) == (share.k == share.n)
    assert ("(0 %" in words) == (share.k == 0)


@given(
    st.one_of(
        st.builds(Mean, scores, st.integers(1, 999), st.just(1), st.just(5)),
        st.builds(Shift, scores, scores, st.integers(1, 999), st.just(1), st.just(5)),
        st.builds(Recommend, counts, counts, st.just(6000)),
        st.builds(Median, st.floats(0, 400), st.integers(1, 999), st.just("days")),
        st.builds(Pace, st.floats(0, 9e4), st.floats(0, 9e4), st.integers(1, 999)),
    )
)
def test_nothing_else_is_a_percentage_and_all_of_it_says_of_how_many(value):
    words = said(value)
    assert "%" not in words
    assert re.search(rf"(n = |median of ){value.n:,}\)", words)

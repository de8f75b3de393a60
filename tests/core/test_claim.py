"""The report knows arithmetic: what can be a percentage of so many people, and how far off it may be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.report.claim import check_claims, counts_for
from rmsession.core.report.wilson import wilson

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def lines(text: str) -> list[str]:
    return [each.line for each in check_claims(text)]


def test_what_was_published_of_the_first_wave_cannot_be_single_answers_of_twelve_people():
    told = lines("80 percent and 97 percent of the 12 first-wave mentees rated it effective.")
    assert told == [
        "No count of 12 gives 80 %: 9/12 is 75 %, 10/12 is 83 %. Near it, 4 of 5, 8 of 10, 12 of 15 and 16 of 20 can.",
        "No count of 12 gives 97 %: 11/12 is 92 %, 12/12 is 100 %. Near it, 28 of 29 and 29 of 30 can.",
    ]
    assert not any(each.possible for each in check_claims("97% of 12"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("11 of 12 (92%)", "11 of 12 gives 92 %."),
        ("92 % (11/12)", "11 of 12 gives 92 %."),
        ("eleven out of the twelve", "11 of 12 is a count."),
        ("97 % (11/12)", "11 of 12 is 92 %, not 97 %. Near it, 28 of 29 and 29 of 30 can."),
        ("11 of its 12 mentors were promoted", "11 of 12 is a count."),
        ("13 of 12", "There are no 13 of 12."),
        ("97,5 per cent of 40", "39 of 40 gives 97.5 %."),
        ("n = 12: 92 %", "11 of 12 gives 92 %."),
        ("over 90% of 12", "11 to 12 of 12 give more than 90 %."),
        ("about 90% of 12", "11 of 12 gives about 90 %."),
        ("97% of 1,200", "1158 to 1170 of 1200 give 97 %."),
        ("120% of 12", "No count of 12 gives 120 %: 12/12 is 100 %."),
        ("50% of 0", "There is no percentage of nobody: 50 % of 0."),
        ("99.5% of 300", "No count of 300 gives 99.5 %: 298/300 is 99 %, 299/300 is 99.7 %. "),
    ],
)
def test_a_claim_is_read_as_people_write_it(text, line):
    (told,) = lines(text)
    assert told.startswith(line)


@pytest.mark.parametrize("text", ["", "it went well", "80 % liked it", "12 pairs in 7 states", "Ninety percent. Of 12"])
def test_what_claims_nothing_gets_no_verdict(text):
    assert lines(text) == []


@given(COUNTS, st.integers(0, 2))
def test_what_was_rounded_from_a_count_is_possible(count, places):
    k, n = count
    # Half to even as well as half up: either is a way of rounding.
    said = f"{round(100 * k / n, places):.{places}f}% of {n}"
    (verdict,) = check_claims(said)
    assert verdict.possible
    assert verdict.counts[0] <= k <= verdict.counts[-1]


@given(st.integers(0, 100), st.integers(1, 200))
def test_a_verdict_is_that_of_trying_every_count(percent, n):
    (verdict,) = check_claims(f"{percent}% of {n}")
    fitting = [k for k in range(n + 1) if abs(Fraction(100 * k, n) - percent) <= Fraction(1, 2)]
    assert verdict.possible == bool(fitting)
    if fitting:
        assert (verdict.counts[0], verdict.counts[-1]) == (fitting[0], fitting[-1])
    for k, other in verdict.others:
        assert abs(Fraction(100 * k, other) - percent) <= Fraction(1, 2)
        between = range(min(n, other) + 1, max(n, other))
        nearer = [each for each in between if counts_for(Fraction(percent), Fraction(1, 2), each)]
        assert len(nearer) <= 1  # two of them are named on either side


@given(st.text(alphabet="0123456789 %/of.,n=(~>\n—éaboutpercent", max_size=60) | st.text())
def test_any_text_is_read(text):
    assert all(each.line for each in check_claims(text))


def test_the_interval_of_eleven_of_twelve():
    low, high = wilson(11, 12)
    assert (round(100 * low), round(100 * high)) == (65, 99)


@given(COUNTS)
def test_the_interval_is_where_the_score_test_does_not_reject(count):
    k, n = count
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    for end in (low, high):
        # Wilson's ends solve (k/n - p)² = z² p (1 - p) / n; 0 and 1 are where k leaves no room.
        if 0 < end < 1:
            assert (k / n - end) ** 2 == pytest.approx(1.959963984540054**2 * end * (1 - end) / n, rel=1e-6, abs=1e-12)
    mirrored = wilson(n - k, n)
    assert (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-12)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_there_is_no_interval_of_no_count(k, n):
    with pytest.raises(ValueError, match="no count"):
        wilson(k, n)

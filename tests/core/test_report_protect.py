"""Nothing that a report shows, added up or subtracted from anything else it shows, rests on fewer than five people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.subtraction import told_on

from rmsession.core.report.family import LEAST_PEOPLE, Sample
from rmsession.core.report.protect import Plan, plan

MONTHS = tuple(date(2026, month, 1) for month in range(2, 7))
CELLS = ("1", "2", "3")


def rolled(seed: int) -> list[Sample]:
    """A family: some waves of some people, most of whom did most things, in the months in which they were."""
    lot = Random(seed)
    people = [f"p{number}" for number in range(lot.randint(4, 13))]
    samples = []
    for wave in ("", "a", "b", "c")[: lot.randint(1, 4)]:
        members = lot.sample(people, lot.randint(1, len(people)))
        for cell in CELLS[: lot.randint(1, 3)]:
            for who in members:
                day = lot.choice((None, *(date(2026, month, lot.choice((1, 15, 28))) for month in (1, 2, 3, 6))))
                typical = date(2026, 1 + 2 * int(cell), 15)
                value = None if lot.random() < 0.1 else True
                if lot.random() < 0.8:
                    samples.append(Sample(who, wave, typical if lot.random() < 0.7 else day, value, "", cell))
    return samples


def shown(samples: Sequence[Sample], may: Plan) -> Iterator[set[int]]:
    """The samples of everything that any report of this family shows: each wave, all, each part, from each day on."""
    for since in (None, *MONTHS):
        for wave in (None, *{each.wave for each in samples}):
            some = {
                place
                for place, each in enumerate(samples)
                if (each.wave in may.together if wave is None else each.wave == wave)
                and (since is None or each.day is None or each.day >= since)
            }
            if may.shows(wave, since):
                yield some
            for cell in CELLS:
                if may.shows_cell(wave, cell, since):
                    yield {place for place in some if samples[place].cell == cell}


@given(st.integers(0, 2**32))
def test_no_combination_of_what_is_shown_rests_on_fewer_than_five(seed):
    samples = rolled(seed)
    sums = list(shown(samples, plan(samples, MONTHS)))
    everybody = {place: each.who for place, each in enumerate(samples)}
    known = {place: each.who for place, each in enumerate(samples) if each.value is not None}
    assert told_on(everybody, sums, LEAST_PEOPLE) is None
    assert told_on(known, sums, LEAST_PEOPLE) is None


@given(st.integers(0, 2**32))
def test_what_is_shown_depends_neither_on_order_nor_on_what_anybody_said(seed):
    samples = rolled(seed)
    other = [each._replace(value=None if each.value is None else "other") for each in samples]
    Random(seed).shuffle(other)
    assert plan(samples, MONTHS) == plan(other, MONTHS)


def group(number: int, wave: str = "a", cell: str = "", day: date | None = None, *, first: int = 0) -> list[Sample]:
    """One sample each of so many people."""
    return [Sample(f"{wave} {first + each}", wave, day, True, "", cell) for each in range(number)]


@pytest.mark.parametrize(
    ("sizes", "waves", "together"),
    [
        ({"a": 12, "b": 38}, "ab", "ab"),
        ({"a": 12, "b": 5}, "ab", "ab"),
        ({"a": 12, "b": 4}, "a", "a"),
        ({"a": 12, "b": 4, "c": 38}, "ac", "ac"),
        ({"a": 12, "b": 4, "c": 1}, "a", "abc"),
        ({"a": 12, "b": 2, "c": 2}, "a", "a"),
        ({"a": 3, "b": 3}, "", "ab"),
    ],
)
def test_a_hidden_wave_is_counted_with_others_that_are_hidden_or_in_nothing(sizes, waves, together):
    may = plan([sample for wave, number in sizes.items() for sample in group(number, wave)])
    assert may.waves == set(waves)
    assert may.together == set(together)
    assert may.pooled


def test_a_wave_of_whom_little_is_known_yet_takes_no_other_wave_with_it():
    unknown = [each._replace(value=None) for each in group(34, "b", first=4)]
    for known in range(5):
        may = plan([*group(12, "a"), *group(4, "b")[:known], *unknown])
        assert may.shows("a")
        assert may.shows("b") == (known == 0)
        assert may.together == ({"a", "b"} if known == 0 else {"a"})


def test_too_few_in_all_show_nothing():
    may = plan([*group(2, "a"), *group(2, "b")])
    assert not may.pooled
    assert not may.waves


def test_people_count_once_however_much_they_said():
    assert not plan([*group(4), *group(4), *group(4)]).pooled


def test_somebody_in_two_waves_does_not_make_two_hidden_waves_enough():
    same = [Sample(f"p{each}", wave, None, True) for wave in "ab" for each in range(4)]
    assert plan(same).together == frozenset()
    may = plan([*same, *group(5, "c"), *group(6, "d")])
    assert may.waves == may.together == {"c", "d"}


def test_of_those_of_whom_something_is_known_there_must_be_five_too():
    unknown = [each._replace(value=None) for each in group(9, first=3)]
    assert not plan([*group(3), *unknown]).shows("a")
    assert plan([*group(5), *unknown]).shows("a")
    assert plan(unknown).shows("a")


def test_parts_are_hidden_like_waves_and_shown_of_all_only_where_each_wave_has_them_whole():
    may = plan(
        [*group(7, "a", "1"), *group(6, "a", "2"), *group(2, "a", "3"), *group(9, "b", "1"), *group(8, "b", "3")]
    )
    assert may.cells["a"] == {"1"}
    assert may.cells["b"] == {"1", "3"}
    assert may.cells[None] == {"1"}


def test_a_day_is_left_out_where_few_would_stand_between_it_and_the_next():
    early, late = date(2026, 1, 15), date(2026, 2, 15)
    assert plan([*group(5, day=early), *group(5, day=late)], MONTHS).cuts == set(MONTHS)
    # One of session 1 came late: the part and the day together would tell of that one.
    split = [*group(6, cell="1", day=early), *group(1, cell="1", day=late, first=6), *group(7, cell="2", day=late)]
    assert MONTHS[0] not in plan(split, MONTHS).cuts
    assert plan(split, MONTHS).cells["a"] == {"1", "2"}


def test_few_at_either_end_cost_no_more_days_than_they_must():
    """Two meet at the end of a month, eighteen the month after; before them there was another wave."""
    first = [each for day in (date(2026, 1, 15), date(2026, 2, 15)) for each in group(12, "a", day=day)]
    second = [*group(2, "b", day=date(2026, 4, 28)), *group(18, "b", day=date(2026, 5, 10), first=2)]
    later = group(20, "b", day=date(2026, 6, 10))
    assert plan([*first, *second, *later], MONTHS).cuts == {date(2026, month, 1) for month in (2, 3, 4, 6)}
    few_last = [*group(9, "b", day=date(2026, 5, 10)), *group(2, "b", day=date(2026, 6, 10), first=9)]
    assert plan([*first, *few_last], MONTHS).cuts == {date(2026, month, 1) for month in (2, 3, 4, 5)}


def test_the_algebra_finds_what_is_told():
    people = {place: f"p{place}" for place in range(12)}
    assert told_on(people, [set(range(12)), set(range(8))], 5) == ("p10", "p11", "p8", "p9")
    assert told_on(people, [set(range(12)), set(range(7))], 5) is None
    # Three sums, of which no two differ by few.
    three = [set(range(6)), set(range(5, 12)), set(range(12))]
    assert told_on(people, three, 5) == ("p5",)

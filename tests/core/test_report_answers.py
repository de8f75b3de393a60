"""Reaction and learning of a programme of 12 and 38 pairs, against loops over the forms that were handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import fmean

import pytest
from support.fifty import ONE, WAVES, facts_of, fifty, records_of, told

from rmsession.core.agenda import FeedbackKind
from rmsession.core.facts import FeedbackGiven, FeedbackSkipped
from rmsession.core.feedback import Via, form
from rmsession.core.record import Record
from rmsession.core.report.values import Hidden, Mean, Recommend, Share, Shift, Spread
from rmsession.core.terms import Role

each_wave = pytest.mark.parametrize("wave", WAVES)
each_role = pytest.mark.parametrize("role", Role)
SCALES = ("good-use", "on-goals", "frank", "pace")
AGREE = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")


def given(wave: str | None, role: Role) -> Iterator[tuple[Record, int, dict[str, int | None]]]:
    """Each form that one side handed in, with its session and which of the pair's that was."""
    numbers: Counter[str] = Counter()
    for record in records_of(wave):
        numbers[record.pair.id] += 1
        for each in facts_of(record, FeedbackGiven):
            if each.role is role:
                yield record, numbers[record.pair.id], {answer.item: answer.score for answer in each.answers}


def scores(wave: str | None, role: Role, item: str) -> list[tuple[str, int, int]]:
    """Who answered an item, in which of the pair's sessions, and by what."""
    return [
        (record.pair.mentee.id if role is Role.MENTEE else record.pair.mentor.id, number, answers[item])
        for record, number, answers in given(wave, role)
        if item in answers
    ]


@each_wave
@each_role
def test_forms_given_of_forms_due_and_how_they_came_in(wave, role):
    due = [each for each in records_of(wave) if each.agenda.feedback is not FeedbackKind.NONE]
    forms = [each for record in due for each in facts_of(record, FeedbackGiven) if each.role is role]
    skipped = sum(each.role is role for record in due for each in facts_of(record, FeedbackSkipped))
    assert told(wave)[f"reaction.response.{role.value}"].value == Share(len(forms), len(due))
    screen = sum(each.via is Via.SCREEN for each in forms)
    assert told(wave)[f"reaction.response.{role.value}.how"].value == Spread(
        (
            ("on the screen", screen),
            ("sent as text and pasted", len(forms) - screen),
            ("chose not to answer", skipped),
            ("said nothing", len(due) - len(forms) - skipped),
        )
    )
    assert 0 < len(forms) < len(due)
    assert 0 < screen < len(forms)


@each_wave
@pytest.mark.parametrize(
    ("role", "item"),
    [*((role, item) for role in Role for item in SCALES), (Role.MENTEE, "will-use"), (Role.MENTOR, "prepared")],
)
def test_each_item_by_itself(wave, role, item):
    found = [score for _, _, score in scores(wave, role, item)]
    name = f"reaction.{item}.{role.value}"
    assert told(wave)[f"{name}.top-two"].value == Share(sum(score in (4, 5) for score in found), len(found))
    people = len({who for who, _, _ in scores(wave, role, item)})
    assert told(wave)[f"{name}.top-two"].note == f"{len(found)} answers of {people} people"
    mean = told(wave)[f"{name}.mean"].value
    assert (mean.mean, mean.n, mean.lowest, mean.highest) == (pytest.approx(fmean(found)), len(found), 1, 5)
    counts = tuple((word, found.count(score)) for score, word in enumerate(AGREE, 1))
    assert told(wave)[f"{name}.spread"].value == Spread(counts)


@each_wave
@each_role
@pytest.mark.parametrize("item", SCALES)
def test_the_trend_goes_by_the_number_of_the_session(wave, role, item):
    by_number: dict[int, list[tuple[str, int]]] = {}
    for who, number, score in scores(wave, role, item):
        by_number.setdefault(number, []).append((who, score))
    cells = told(wave)[f"reaction.{item}.{role.value}.top-two"].cells
    means = told(wave)[f"reaction.{item}.{role.value}.mean"].cells
    assert [cell.label for cell in cells] == [f"session {number}" for number in sorted(by_number)]
    for cell, mean, (_, said) in zip(cells, means, sorted(by_number.items()), strict=True):
        if cell.value == Hidden():
            assert mean.value == Hidden()
            assert not cell.sources
        else:
            assert cell.value == Share(sum(score >= 4 for _, score in said), len(said))
            assert mean.value == Mean(pytest.approx(fmean(score for _, score in said)), len(said), 1, 5)
        if len({who for who, _ in said}) < 5:
            assert cell.value == Hidden()
    assert sum(cell.value != Hidden() for cell in cells) >= 2


@each_wave
def test_the_fit_is_asked_of_mentees_after_the_first_session(wave):
    found = [score for _, _, score in scores(wave, Role.MENTEE, "fit")]
    words = ("good fit", "still deciding", "not a good fit")
    counts = tuple((word, found.count(score)) for score, word in enumerate(words, 1))
    assert told(wave)["reaction.fit.mentee.spread"].value == Spread(counts)
    assert not any(name.startswith("reaction.fit.mentor") for name in told(wave))


@each_wave
@each_role
def test_who_would_recommend_it_says_so_once_and_last(wave, role):
    latest = {(fifty().wave_of[record.pair.id], who): score for record, who, score in _recommended(wave, role)}
    said = list(latest.values())
    promoters, detractors = sum(score in (9, 10) for score in said), sum(score < 7 for score in said)
    assert told(wave)[f"reaction.recommend.{role.value}.score"].value == Recommend(promoters, detractors, len(said))
    if wave == ONE:
        assert len(said) < len(list(_recommended(wave, role)))


def _recommended(wave: str | None, role: Role) -> Iterator[tuple[Record, str, int]]:
    """In the order of the days: the last pairs of wave two have one mentor."""
    for record, _, answers in sorted(given(wave, role), key=lambda each: (each[0].created, each[0].id)):
        if "recommend" in answers:
            yield record, record.pair.mentor.id if role is Role.MENTOR else record.pair.mentee.id, answers["recommend"]


@each_wave
def test_confidence_before_and_now_of_those_who_gave_both(wave):
    by_agenda: dict[str, list[tuple[int, int]]] = {}
    for record, _, answers in given(wave, Role.MENTEE):
        if "before" in answers and "now" in answers:
            own = record.agenda.title.raw == "Our own agenda"
            name = "own agendas" if own else record.agenda.title.raw
            by_agenda.setdefault(name, []).append((answers["before"], answers["now"]))
    figure = told(wave)["learning.confidence"]
    assert figure.value == shift([each for some in by_agenda.values() for each in some])
    hidden = {name for name, some in by_agenda.items() if len(some) < 5}
    shown = {cell.label: cell.value for cell in figure.cells if cell.value != Hidden()}
    assert shown == {name: shift(some) for name, some in by_agenda.items() if name in shown}
    assert not hidden & set(shown)
    assert len(shown) >= 2


def shift(both: list[tuple[int, int]]) -> Shift:
    before, now = fmean(each for each, _ in both), fmean(each for _, each in both)
    return Shift(pytest.approx(before), pytest.approx(now), len(both), 1, 5)


def test_no_figure_is_of_two_items_or_of_both_sides():
    asked = {item.id for kind in FeedbackKind for role in Role for item in form(kind, role.value).items}
    for name in told(None):
        section, *rest = name.split(".")
        if section == "reaction" and rest[0] != "response":
            assert rest[0] in asked
            assert rest[1] in ("mentor", "mentee")
    # What is asked about the programme stands under its results, once: told twice, two answers could be told apart.
    assert not any(name.startswith(("reaction.business", "reaction.development")) for name in told(None))

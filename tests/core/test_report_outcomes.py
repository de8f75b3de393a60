"""Behaviour and results of a programme of 12 and 38 pairs, against loops over facts, milestones and the change log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

import pytest
from support.building import MENTEE, MENTOR, PAIR
from support.fifty import ONE, TODAY, TWO, WAVES, facts_of, fifty, records_of, told

from rmsession.core.arrangement import Arrangement
from rmsession.core.between import ActionCarried, ActionReviewed, LastTimeOpened
from rmsession.core.facts import ActionDone, ActionDropped, Captured, Fact, FeedbackGiven
from rmsession.core.outcomes import Milestone, Step
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.record import Record
from rmsession.core.report.build import report
from rmsession.core.report.results import a_year_on
from rmsession.core.report.values import Asked, Count, Hidden, Mean, Missing, Share, Shift, Spread
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText
from rmsession.export.figure_words import said

each_wave = pytest.mark.parametrize("wave", WAVES)
each_role = pytest.mark.parametrize("role", Role)


def captured(record: Record, kind: Kind) -> Iterator[Fact]:
    """The shared lines of a kind, as they were first captured; none of them was changed."""
    for fact in record.facts:
        if isinstance(fact.what, Captured) and fact.what.kind is kind and fact.audience is Audience.SHARED:
            yield fact


@each_wave
def test_actions_taken_on_done_in_time_overdue_and_carried(wave):
    created = done = on_time = dated = still_open = overdue = carried = 0
    for record in records_of(wave):
        days = {fact.what.target: fact.wall.date() for fact in record.facts if isinstance(fact.what, ActionDone)}
        dropped = {each.target for each in facts_of(record, ActionDropped)}
        taken_on = {each.target for each in facts_of(record, ActionCarried)}
        for fact in captured(record, Kind.ACTION):
            due = fact.what.content.due
            created += 1
            carried += fact.id in taken_on
            if fact.id in days:
                done += 1
                dated += due is not None
                on_time += due is not None and days[fact.id] <= date.fromisoformat(due)
            elif fact.id not in dropped:
                still_open += 1
                overdue += due is not None and date.fromisoformat(due) < TODAY
    figures = told(wave)
    assert figures["behaviour.actions"].value == Count(created)
    assert figures["behaviour.actions.done"].value == Share(done, created)
    assert figures["behaviour.actions.carried"].value == Share(carried, created)
    assert figures["behaviour.actions.on-time"].value == Share(on_time, dated)
    assert figures["behaviour.actions.overdue"].value == Share(overdue, still_open)
    assert 0 < on_time < dated < done < created
    assert 0 < overdue < still_open
    private = sum(len(facts_of(record, Captured)) for record in records_of(wave))
    assert private > created


@each_wave
def test_sessions_that_came_to_an_outcome_for_all_of_last_times_actions(wave):
    looked, whole = 0, 0
    for record in records_of(wave):
        for opened in facts_of(record, LastTimeOpened):
            looked += 1
            outcomes = {each.action.capture for each in facts_of(record, ActionReviewed)}
            whole += all(action.capture in outcomes for action in opened.actions)
    assert told(wave)["behaviour.reviewed"].value == Share(whole, looked)
    assert 0 < whole < looked


def goal(fact: Fact) -> str:
    return fact.what.content.text.raw.strip().lower()


@each_wave
def test_goals_from_their_first_score_to_the_latest(wave):
    scored: dict[tuple[str, str], list[int]] = {}
    for record in records_of(wave):
        for fact in captured(record, Kind.GOAL):
            if fact.what.content.score is not None:
                scored.setdefault((record.pair.id, goal(fact)), []).append(fact.what.content.score)
    twice = [each for each in scored.values() if len(each) >= 2]
    start, now = fmean(each[0] for each in twice), fmean(each[-1] for each in twice)
    assert told(wave)["behaviour.goals"].value == Shift(pytest.approx(start), pytest.approx(now), len(twice), 0, 10)
    assert len(twice) < len(scored)


@each_wave
@each_role
def test_how_far_each_goal_was_reached_as_somebody_said_last(wave, role):
    latest: dict[tuple[str, str], int] = {}
    lines: dict[str, str] = {}
    for record in records_of(wave):
        lines |= {fact.id: goal(fact) for fact in captured(record, Kind.GOAL)}
        for form in (each for each in facts_of(record, FeedbackGiven) if each.role is role):
            in_this: dict[str, int] = {}
            for answer in form.answers:
                name = answer.item.removeprefix("goal:")
                if answer.item.startswith("goal:") and name in lines:
                    in_this.setdefault(lines[name], answer.score)
            latest |= {(record.pair.id, words): score for words, score in in_this.items()}
    found = list(latest.values())
    name = f"behaviour.expected.{role.value}"
    assert told(wave)[f"{name}.mean"].value == Mean(pytest.approx(fmean(found)), len(found), -2, 2)
    words = ("much less than", "less than", "as", "more than", "much more than")
    counts = tuple((f"{word} expected", found.count(score)) for score, word in enumerate(words, -2))
    assert told(wave)[f"{name}.spread"].value == Spread(counts)


@each_wave
@each_role
@pytest.mark.parametrize("item", ["business", "development"])
def test_effective_counts_the_latest_answer_of_each_person_once(wave, role, item):
    latest: dict[tuple[str, str], int] = {}
    every = 0
    for record in sorted(records_of(wave), key=lambda each: (each.created, each.id)):
        who = record.pair.mentor.id if role is Role.MENTOR else record.pair.mentee.id
        for form in facts_of(record, FeedbackGiven):
            for answer in form.answers:
                if form.role is role and answer.item == item:
                    latest[fifty().wave_of[record.pair.id], who] = answer.score
                    every += 1
    found = list(latest.values())
    figures, name = told(wave), f"results.{item}.{role.value}"
    assert figures[f"{name}.top-two"].value == Share(sum(score in (4, 5) for score in found), len(found))
    assert figures[f"{name}.mean"].value == Mean(pytest.approx(fmean(found)), len(found), 1, 5)
    words = ("not at all", "slightly", "moderately", "effective", "extremely effective")
    counts = tuple((word, found.count(score)) for score, word in enumerate(words, 1))
    assert figures[f"{name}.spread"].value == Spread(counts)
    assert wave == TWO or len(found) < every


def test_eleven_of_twelve_mentors_were_promoted_within_twelve_months():
    figure = told(ONE)["results.promoted.mentor"]
    assert figure.value == Share(11, 12)
    assert figure.note == ""
    assert said(figure.value) == "11/12 (92 %, 95 % interval 65–99 %)"
    assert len(figure.sources) == 12


def test_of_whom_nothing_is_known_yet_is_told_apart_and_never_as_zero():
    # Wave two: one mentor has two mentees, and nobody is a year in; the six who were promoted are not all there are.
    assert told(TWO)["results.promoted.mentor"].value == Missing()
    assert told(TWO)["results.promoted.mentor"].note == "37 not yet 12 months in"
    assert told(None)["results.promoted.mentor"].value == Share(11, 12)
    # Mentees of wave one: four within the year, one too late, one looked up too early, one taken back, one before.
    assert told(ONE)["results.promoted.mentee"].value == Share(4, 6)
    assert told(ONE)["results.promoted.mentee"].note == "6 not looked up"
    assert told(TWO)["results.promoted.mentee"].value == Missing()
    assert told(TWO)["results.promoted.mentee"].note == "38 not yet 12 months in"


def test_who_was_retained_is_as_of_the_day_on_which_it_was_looked_up_last():
    assert told(ONE)["results.retained.mentor"].value == Share(11, 12)
    assert told(ONE)["results.retained.mentor"].note == "as of 2026-10-01 to 2026-10-12"
    assert told(ONE)["results.retained.mentee"].value == Missing()


def test_the_change_log_holds_what_both_agreed_to_and_what_stands():
    whole = fifty()
    waves = report(whole.programme, whole.figures(), Asked(), TODAY).parts
    assert [[change.id for change in part.log] for part in waves] == [["change-0"], ["change-3"]]
    pooled = report(whole.programme, whole.figures(), Asked(pool=True), TODAY).parts[0]
    assert [change.id for change in pooled.log] == ["change-3", "change-0"]


def test_waves_are_one_however_they_are_spelled_and_stand_apart_unless_asked_for_together():
    whole = fifty()
    parts = report(whole.programme, whole.figures(), Asked(), TODAY).parts
    assert [part.wave and part.wave.raw for part in parts] == ["Wave one", " WAVE  TWO"]
    (one,) = report(whole.programme, whole.figures(), Asked(wave=UserText("wave  TWO ")), TODAY).parts
    assert one == parts[1]
    assert report(whole.programme, whole.figures(), Asked(wave=UserText("Wave three")), TODAY).parts == ()


STARTS = date(2025, 2, 28)


@pytest.mark.parametrize(
    ("milestones", "promoted"),
    [
        ([(True, 365)], True),
        ([(True, 366)], False),
        ([(True, 0)], True),
        ([(True, -1)], None),
        ([(True, -1), (True, 400)], False),
        ([(False, 364)], None),
        ([(False, 365)], False),
        ([(False, 500), (True, 100)], True),
        # Promoted twice, and looked up too early in between: the first promotion decides.
        ([(True, 100), (True, 400)], True),
        ([(False, 50), (True, 100), (True, 300)], True),
        ([(True, 400), (False, 365)], False),
        ([], None),
    ],
)
def test_twelve_months_are_counted_from_the_start_to_the_same_day(milestones, promoted):
    known = tuple(
        Milestone(f"m{place}-{number}", f"mentor-{number}", Step.PROMOTED, happened, STARTS + timedelta(days=days))
        for number in range(5)
        for place, (happened, days) in enumerate(milestones)
    )
    pairs = tuple(
        Pair(f"pair-{number}", Person(f"mentor-{number}", UserText("x")), Person(f"mentee-{number}", UserText("y")))
        for number in range(5)
    )
    later = tuple(Arrangement(pair.id, starts=STARTS) for pair in pairs)
    value = promoted_mentors(Programme(pairs=pairs, arrangements=later, milestones=known))
    assert value == (Missing() if promoted is None else Share(5 * promoted, 5))
    # A mentor of two counts once, from the earlier start.
    again = tuple(Pair(f"{pair.id}b", pair.mentor, Person(f"{pair.mentee.id}b", UserText("z"))) for pair in pairs)
    much_later = tuple(Arrangement(pair.id, starts=STARTS + timedelta(days=900)) for pair in again)
    twice = Programme(pairs=(*again, *pairs), arrangements=(*much_later, *later), milestones=known)
    assert promoted_mentors(twice) == value


@pytest.mark.parametrize(
    ("starts", "over"),
    [
        (date(2024, 6, 1), date(2025, 6, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
    ],
)
def test_whoever_was_promoted_counts_once_all_who_began_with_them_can(starts, over):
    pairs = tuple(
        Pair(f"pair-{number}", Person(f"mentor-{number}", UserText("x")), Person(f"mentee-{number}", UserText("y")))
        for number in range(9)
    )
    arranged = tuple(Arrangement(pair.id, starts=starts) for pair in pairs)
    known = tuple(
        Milestone(f"m-{number}", f"mentor-{number}", Step.PROMOTED, True, starts + timedelta(days=number))
        for number in range(6)
    )
    whole = Programme(pairs=pairs, arrangements=arranged, milestones=known)
    assert promoted_mentors(whole, over - timedelta(days=1)) == Missing()
    assert promoted_mentors(whole, over) == Share(6, 6)
    looked = tuple(Milestone(f"n-{number}", f"mentor-{number}", Step.PROMOTED, False, over) for number in range(6, 9))
    assert promoted_mentors(replace(whole, milestones=known + looked), over) == Share(6, 9)


def test_a_look_before_somebody_began_says_nothing_of_whether_they_stayed():
    pairs = tuple(
        Pair(f"pair-{number}", Person(f"mentor-{number}", UserText("x")), Person(f"mentee-{number}", UserText("y")))
        for number in range(5)
    )
    arranged = tuple(Arrangement(pair.id, starts=STARTS) for pair in pairs)

    def retained(day: date) -> object:
        known = tuple(Milestone(pair.id, pair.mentor.id, Step.RETAINED, True, day) for pair in pairs)
        whole = Programme(pairs=pairs, arrangements=arranged, milestones=known)
        (part,) = report(whole, (), Asked(), TODAY).parts
        return next(each.value for each in part.sections[-1].figures if each.id == "results.retained.mentor")

    assert retained(STARTS - timedelta(days=1)) == Missing()
    assert retained(STARTS) == Share(5, 5)


def promoted_mentors(programme: Programme, today: date = TODAY) -> object:
    (part,) = report(programme, (), Asked(), today).parts
    figures = {figure.id: figure.value for section in part.sections for figure in section.figures}
    return figures["results.promoted.mentor"]


def test_a_year_from_a_leap_day_ends_on_the_last_of_february():
    assert a_year_on(date(2024, 2, 29)) == date(2025, 2, 28)
    assert a_year_on(date(2024, 2, 28)) == date(2025, 2, 28)
    assert a_year_on(date.max) == date.max


def test_a_pair_alone_shows_nothing_but_that_it_is_hidden():
    known = tuple(Milestone(each.id, each.id, Step.PROMOTED, True, STARTS) for each in (MENTOR, MENTEE))
    alone = Programme(pairs=(PAIR,), arrangements=(Arrangement(PAIR.id, starts=STARTS),), milestones=known)
    (part,) = report(alone, (), Asked(), TODAY).parts
    figures = [figure for section in part.sections for figure in section.figures]
    assert {type(figure.value) for figure in figures} == {Hidden, Missing}
    assert all(not figure.sources and not figure.note for figure in figures)

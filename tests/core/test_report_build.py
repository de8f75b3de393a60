"""What a report is asked for and says of itself: from which day on, of how many pairs, and from which records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from support.fifty import fifty, told
from support.fifty_sessions import ONE, TODAY

from rmsession.core.agenda import FeedbackKind
from rmsession.core.arrangement import Arrangement, KnownAs, Profile
from rmsession.core.figures import DateFigures, PairFigures, SessionFigures
from rmsession.core.outcomes import Change, Milestone, Step
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.report.build import report
from rmsession.core.report.explain import explain, nearest
from rmsession.core.report.values import Asked, Count, Figure, Hidden, Median, Missing, Part, Report, Share
from rmsession.core.terms import Fate, Phase, Role
from rmsession.core.text import UserText

MADE = datetime(2026, 11, 1, tzinfo=UTC)


def asked(**more: object) -> Report:
    whole = fifty()
    return report(whole.programme, whole.figures(), Asked(**more), TODAY)  # type: ignore[arg-type]


def figures_of(part: Part) -> dict[str, Figure]:
    return {figure.id: figure for section in part.sections for figure in section.figures}


@pytest.mark.parametrize(
    ("since", "counted", "moved"),
    [
        (None, None, False),
        (date(2025, 1, 1), date(2025, 1, 1), False),
        (date(2025, 9, 20), None, True),
        (date(2025, 10, 1), date(2025, 10, 1), False),
        (date(2026, 7, 31), date(2026, 7, 1), True),
        (date(2029, 7, 31), date(2026, 8, 1), True),
    ],
)
def test_the_day_asked_for_is_moved_back_to_the_first_of_a_month(since, counted, moved):
    made = asked(since=since)
    assert (made.since, made.moved) == (counted, moved)


def test_from_a_day_on_only_what_was_since_then_counts():
    since = date(2026, 7, 1)
    whole = fifty()
    later = [each for each in whole.records if each.created.date() >= since]
    pooled = figures_of(asked(since=since, pool=True).parts[0])
    assert pooled["activity.sessions.held"].value == Count(len(later))
    assert pooled["activity.pairs.active"].value == Share(len({each.pair.id for each in later}), 50)
    assert set(pooled["running.near"].sources) == {each.id for each in later}
    # Nobody of wave one has met since: nothing was held, and nobody said anything.
    one = figures_of(asked(since=since, wave=UserText(ONE)).parts[0])
    assert one["activity.sessions.held"].value == Count(0)
    assert one["reaction.frank.mentee.mean"].value == Missing()


def test_a_day_is_not_moved_to_one_that_would_tell_of_few():
    # Four of ten met in May: from June on can be asked, and from May on they would be the difference.
    days = [(date(2026, 4, 1),) * 10, (date(2026, 5, 2),) * 4, (date(2026, 6, 3),) * 10]
    programme, figures = met([[months[number] for months in days if number < len(months)] for number in range(10)])
    counted = {month: report(programme, figures, Asked(since=date(2026, month, 1)), TODAY).since for month in (5, 6, 7)}
    assert counted == {5: None, 6: date(2026, 6, 1), 7: date(2026, 6, 1)}


def met(days: list[list[date]], **more: object) -> tuple[Programme, tuple[PairFigures, ...]]:
    """Pairs that met on these days, and nothing else."""
    pairs = tuple(
        Pair(f"pair {number}", Person(f"mentor {number}", UserText("x")), Person(f"mentee {number}", UserText("y")))
        for number in range(len(days))
    )
    figures = tuple(
        PairFigures(pair.id, pair.mentor.id, pair.mentee.id, MADE, tuple(session(pair, day, **more) for day in its))
        for pair, its in zip(pairs, days, strict=True)
    )
    return Programme(pairs=pairs), figures


def session(pair: Pair, day: date | None, **more: object) -> SessionFigures:
    known = SessionFigures(
        session=f"{pair.id} {day}",
        pair=pair.id,
        mentor=pair.mentor.id,
        mentee=pair.mentee.id,
        agenda="",
        feedback=FeedbackKind.NONE,
        phase=Phase.ENDED if day else Phase.READY,
        started=day,
        ended=day,
        planned_seconds=0,
        taken_seconds=0,
        prepared=None,
    )
    return replace(known, **more)  # type: ignore[arg-type]


def test_a_date_held_without_the_program_is_a_meeting_once():
    first, held = date(2026, 4, 1), date(2026, 4, 15)
    dates = (DateFigures(held, Fate.HELD), DateFigures(first, Fate.HELD), DateFigures(date(2026, 5, 1), Fate.MOVED))
    programme, figures = met([[first]] * 5, meetings=dates)
    values = figures_of(report(programme, figures, Asked(), date(2026, 4, 20)).parts[0])
    assert values["activity.sessions.held"].value == Count(10)
    assert values["activity.gap"].value == Median(14, 5, "days")
    assert values["activity.last"].value == Median(5, 5, "days")
    assert values["activity.sessions.moved"].value == Count(5)
    assert values["activity.sessions.cancelled"].value == Count(0)


def test_where_every_pair_has_ended_it_is_said_instead_of_that_nobody_said():
    programme, figures = met([[date(2026, 4, 1)]] * 5)
    over = replace(programme, arrangements=tuple(Arrangement(each.id, ended=TODAY) for each in programme.pairs))
    for known, value in (
        (programme, Median((TODAY - date(2026, 4, 1)).days, 5, "days")),
        (over, Missing("no active pair goes on")),
    ):
        told = figures_of(report(known, figures, Asked(), TODAY).parts[0])
        assert told["activity.last"].value == value
    assert told["running.near"].value == Missing()


def test_a_session_that_was_never_begun_is_none():
    programme, figures = met([[None]] * 5)
    values = figures_of(report(programme, figures, Asked(), TODAY).parts[0])
    assert values["activity.sessions.held"].value == Count(0)
    assert values["activity.pairs.active"].value == Share(0, 5)
    assert values["activity.prepared"].value == Missing()


def test_from_files_it_says_how_many_pairs_reported_and_of_two_files_takes_the_later():
    programme, figures = met([[date(2026, 4, 1)]] * 6)
    again = replace(figures[0], made=MADE + timedelta(days=3), sessions=())
    made = report(programme, (again, *figures[:5]), Asked(), TODAY, files=True)
    assert made.reporting == Share(5, 6)
    assert made.latest == date(2026, 11, 4)
    values = figures_of(made.parts[0])
    assert values["activity.sessions.held"].value == Count(4)
    assert values["activity.pairs"].value == Count(6)
    assert values["activity.pairs.active"].value == Share(4, 5)
    assert values["activity.pairs.active"].note == "1 pair has sent no figures"
    assert report(programme, figures, Asked(), TODAY).reporting is None


def test_files_in_any_order_make_the_same_report():
    whole = fifty()
    turned = tuple(reversed(whole.figures()))
    assert report(whole.programme, turned, Asked(), TODAY) == asked()


def test_a_pair_known_by_other_ids_to_the_lead_is_one():
    programme, figures = met([[date(2026, 4, 1)]] * 5)
    mine = [
        Pair(f"my {each.id}", *(Person(f"my {one.id}", one.name) for one in (each.mentor, each.mentee)))
        for each in programme.pairs
    ]
    here = Programme(
        pairs=tuple(mine),
        profiles=tuple(Profile(each.mentor.id, location=UserText("Hartford")) for each in mine),
        arrangements=tuple(
            Arrangement(own.id, wave=UserText("One"), known_as=KnownAs(each.id, each.mentor.id, each.mentee.id))
            for own, each in zip(mine, programme.pairs, strict=True)
        ),
        changes=(Change("c", mine[0].id, TODAY, UserText("x"), agreed=(Role.MENTOR, Role.MENTEE)),),
    )
    (part,) = report(here, figures, Asked(), TODAY).parts
    values = figures_of(part)
    assert values["activity.pairs.active"].value == Share(5, 5)
    assert values["activity.locations"].value == Count(1)
    assert [each.id for each in part.log] == ["c"]


def test_the_pairs_of_no_wave_stand_last():
    programme, figures = met([[date(2026, 4, 1)]] * 10)
    waves = tuple(Arrangement(each.id, wave=UserText("Two")) for each in programme.pairs[5:])
    parts = report(replace(programme, arrangements=waves), figures, Asked(), TODAY).parts
    assert [part.wave for part in parts] == [UserText("Two"), UserText()]
    assert report(Programme(), (), Asked(), TODAY).parts == ()


def test_somebody_in_two_waves_counts_once_in_each_and_that_is_said():
    pairs = [
        Pair(
            f"{wave} {number}",
            Person(f"mentor {number}", UserText("x")),
            Person(f"{wave} mentee {number}", UserText("y")),
        )
        for wave in "ab"
        for number in range(6)
    ]
    waves = tuple(Arrangement(each.id, wave=UserText(each.id[0]), starts=date(2025, 1, 1)) for each in pairs)
    known = tuple(
        Milestone(each, each, Step.PROMOTED, True, date(2025, 5, 1)) for each in {one.mentor.id for one in pairs}
    )
    whole = Programme(pairs=tuple(pairs), arrangements=waves, milestones=known)
    (pooled,) = report(whole, (), Asked(pool=True), TODAY).parts
    figure = figures_of(pooled)["results.promoted.mentor"]
    assert (figure.value, figure.note) == (Share(12, 12), "6 count in a second wave too")
    apart = [figures_of(part)["results.promoted.mentor"] for part in report(whole, (), Asked(), TODAY).parts]
    assert [(each.value, each.note) for each in apart] == [(Share(6, 6), "")] * 2


def test_a_wave_of_few_hides_no_other_and_is_not_in_the_whole():
    pairs = [
        Pair(f"{number}", Person(f"m{number}", UserText("x")), Person(f"n{number}", UserText("y")))
        for number in range(8)
    ]
    waves = tuple(Arrangement(each.id, wave=UserText("a" if int(each.id) < 6 else "b"), sessions=5) for each in pairs)
    whole = Programme(pairs=tuple(pairs), arrangements=waves)
    parts = report(whole, (), Asked(), TODAY).parts
    (pooled,) = report(whole, (), Asked(pool=True), TODAY).parts
    told = [figures_of(each)["activity.sessions.planned"] for each in (*parts, pooled)]
    assert [each.value for each in told] == [Count(30), Hidden(), Count(30)]
    assert [each.note for each in told] == ["", "", "1 wave of too few people is not in it"]
    assert [len(each.sources) for each in told] == [6, 0, 6]


def test_a_figure_is_explained_by_the_records_that_it_came_from():
    one, two = explain(asked(), " Results.Promoted.Mentor")
    assert one.wave == UserText(ONE)
    assert one.section == "Results"
    assert len(one.figure.sources) == 12
    assert all(source.startswith("mentor-") for source in two.figure.sources)
    assert explain(asked(), "results.promoted") == ()
    assert nearest(asked(), "results.promoted")[:2] == ("results.promoted.mentor", "results.promoted.mentee")
    assert nearest(asked(), "reaction.frnak.mentee.mean")[0] == "reaction.frank.mentee.mean"
    assert nearest(asked(), "") == ()


def test_what_is_hidden_names_no_records_even_when_asked():
    programme, figures = met([[date(2026, 4, 1)]] * 4)
    made = report(programme, figures, Asked(), TODAY)
    for figure_id in told(ONE):
        for explained in explain(made, figure_id):
            assert explained.figure.value in (Hidden(), Missing())
            assert not explained.figure.sources
            assert not explained.figure.note


def test_every_figure_has_an_id_of_its_own():
    sections = asked().parts[0].sections
    ids = [figure.id for section in sections for figure in section.figures]
    assert len(ids) == len(set(ids))
    assert all(figure.id.startswith(f"{section.id}.") for section in sections for figure in section.figures)

"""What it came to: for the business, for people's own development, for their careers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from rmsession.core.outcomes import Milestone, Step
from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.material import Material
from rmsession.core.report.measures import mean, share, spread, top_two
from rmsession.core.report.reaction import item_of, latest, people
from rmsession.core.report.values import Share
from rmsession.core.terms import Role

_ITEMS: Final = (("business", "effective for the business"), ("development", "effective for own development"))


def results(material: Material) -> Iterator[Family]:
    """The families of this section, in the order in which they are read."""
    for name, words in _ITEMS:
        for role in (Role.MENTEE, Role.MENTOR):
            if item := item_of(role, name):
                ident, label = f"results.{name}.{role.value}", f"{people(role)}: {words}"
                readings = (
                    Reading(f"{ident}.top-two", f"{label}, “effective” or “extremely effective”", top_two(item)),
                    Reading(f"{ident}.mean", f"{label}, mean", mean(item)),
                    Reading(f"{ident}.spread", f"{label}, answers", spread(item)),
                )
                yield Family(tuple(latest(material.pairs, role, name)), readings)
    for role in (Role.MENTOR, Role.MENTEE):
        promoted = Reading(
            f"results.promoted.{role.value}", f"{people(role)} promoted within 12 months", share(), note=_not_yet
        )
        yield Family(tuple(_each(material, role, _promoted)), (promoted,))
    for role in (Role.MENTOR, Role.MENTEE):
        retained = Reading(f"results.retained.{role.value}", f"{people(role)} still with us", _still, note=_as_of)
        yield Family(tuple(_each(material, role, _retained)), (retained,))


def a_year_on(day: date) -> date:
    """The same day of the next year, or the 28th where it has no such day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _each(
    material: Material, role: Role, found: Callable[[Sequence[Milestone], date | None], tuple[object, str]]
) -> Iterator[Sample]:
    """What is known of everybody on one side, once in each wave, from their earliest start there."""
    starts: dict[tuple[str, str], list[date]] = {}
    for pair in material.pairs:
        begun = starts.setdefault((pair.wave, pair.person(role)), [])
        begun += [pair.starts] if pair.starts else []
    for (wave, who), begun in starts.items():
        value, source = found(material.milestones.get(who, ()), min(begun, default=None))
        yield Sample(who, wave, None, value, source)


def _promoted(milestones: Sequence[Milestone], start: date | None) -> tuple[object, str]:
    """Whether it was within a year of the start; None while nobody can know or nobody looked it up."""
    if start is None:
        return None, ""
    year = a_year_on(start)
    known = [each for each in milestones if each.step is Step.PROMOTED]
    first = next((each for each in known if each.happened and each.on >= start), None)
    if first and first.on <= year:
        return True, first.id
    later = next((each for each in known if each.on >= year), None)
    return (False, later.id) if later else (None, "")


def _retained(milestones: Sequence[Milestone], _: date | None) -> tuple[object, str]:
    """Whether they were still there and the day as of which that is known; None where nobody looked it up."""
    known = [each for each in milestones if each.step is Step.RETAINED]
    return ((known[-1].happened, known[-1].on), known[-1].id) if known else (None, "")


def _still(told: Sequence[tuple[bool, date]]) -> Share:
    return Share(sum(happened for happened, _ in told), len(told))


def _not_yet(values: Sequence[object]) -> str:
    number = values.count(None)
    return f"{number:,} not yet known" if number else ""


def _as_of(told: Sequence[tuple[bool, date] | None]) -> str:
    days = sorted(each[1] for each in told if each is not None)
    if not days:
        return _not_yet(told)
    as_of = f"as of {days[0].isoformat()}" + (f" to {days[-1].isoformat()}" if days[-1] != days[0] else "")
    return ", ".join(filter(None, (as_of, _not_yet(told))))

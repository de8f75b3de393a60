"""What it came to: for the business, for people's own development, for their careers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import MAXYEAR, date
from typing import Final

from rmsession.core.outcomes import Milestone, Step
from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.material import Material
from rmsession.core.report.measures import mean, share, spread, top_two
from rmsession.core.report.notes import in_two_waves, numbered, together, unknown
from rmsession.core.report.reaction import item_of, latest, side
from rmsession.core.report.values import Share
from rmsession.core.terms import Role

_ITEMS: Final = (("business", "Effective for the business"), ("development", "Effective for one's own development"))


def results(material: Material) -> Iterator[Family]:
    """The families of this section, in the order in which they are read."""
    for name, words in _ITEMS:
        for role in (Role.MENTEE, Role.MENTOR):
            if item := item_of(role, name):
                ident, label = f"results.{name}.{role.value}", f"{words}: {side(role)}"
                readings = (
                    Reading(
                        f"{ident}.top-two",
                        f"{label} who say “effective” or “extremely effective”",
                        top_two(item),
                        note=in_two_waves,
                    ),
                    Reading(f"{ident}.mean", f"{label}, mean", mean(item), note=in_two_waves),
                    Reading(f"{ident}.spread", f"{label}, each answer", spread(item), note=in_two_waves),
                )
                yield Family(tuple(latest(material.pairs, role, name)), readings)
    for role in (Role.MENTOR, Role.MENTEE):
        yield _promotions(material, role)
    for role in (Role.MENTOR, Role.MENTEE):
        retained = Reading(
            f"results.retained.{role.value}",
            f"{side(role).capitalize()} still in the organisation",
            _still,
            note=_as_of,
        )
        yield Family(tuple(_each(material, role, _retained)), (retained,))


def a_year_on(day: date) -> date:
    """The same day of the next year, or the 28th where it has no such day."""
    year = min(day.year + 1, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _starts(material: Material, role: Role) -> dict[tuple[str, str], date | None]:
    """The earliest start of everybody on one side, once in each wave."""
    starts: dict[tuple[str, str], date | None] = {}
    for pair in material.pairs:
        key = pair.wave, pair.person(role)
        starts[key] = min(filter(None, (starts.get(key), pair.starts)), default=None)
    return starts


def _each(
    material: Material, role: Role, found: Callable[[Sequence[Milestone], date | None], tuple[object, str]]
) -> Iterator[Sample]:
    """What is known of everybody on one side, once in each wave, from their earliest start there."""
    for (wave, who), start in _starts(material, role).items():
        value, source = found(material.milestones.get(who, ()), start)
        yield Sample(who, wave, None, value, source)


def _promotions(material: Material, role: Role) -> Family:
    """Whether people were promoted within 12 months, of those whose 12 months are over.

    Whoever was promoted sooner waits for them too: counted at once, while nobody else of the wave can be counted, the
    first promotion would be one of one, and a young wave's share 100 %.
    """
    starts, today = _starts(material, role), material.today

    def careers(samples: Sequence[Sample]) -> str:
        early = sum(_is_early(starts[each.wave, each.who], today) for each in samples)
        missing = unknown(samples) - early
        return together(
            numbered(early, "not yet 12 months in"), numbered(missing, "not looked up"), in_two_waves(samples)
        )

    name, label = f"results.promoted.{role.value}", f"{side(role).capitalize()} promoted within 12 months"
    samples = _each(
        material, role, lambda known, start: (None, "") if _is_early(start, today) else _promoted(known, start)
    )
    return Family(tuple(samples), (Reading(name, label, share(), note=careers),))


def _is_early(start: date | None, today: date) -> bool:
    """Whether the 12 months from then on are not over."""
    return start is None or a_year_on(start) > today


def _promoted(milestones: Sequence[Milestone], start: date | None) -> tuple[object, str]:
    """Whether it was within a year of the start, which is over; None where nobody looked it up.

    The first promotion since the start decides, whatever was looked up before or after it, and however many followed:
    within the year it is yes, and later no. Without one it takes a look when the year was over to say no.
    """
    if start is None:
        return None, ""
    year = a_year_on(start)
    known = [each for each in milestones if each.step is Step.PROMOTED]
    first = next((each for each in known if each.happened and each.on >= start), None)
    if first and first.on <= year:
        return True, first.id
    later = next((each for each in known if each.on >= year), None)
    return (False, later.id) if later else (None, "")


def _retained(milestones: Sequence[Milestone], start: date | None) -> tuple[object, str]:
    """Whether they were still there and the day as of which that is known; None where nobody looked since the start."""
    known = [each for each in milestones if each.step is Step.RETAINED and (start is None or each.on >= start)]
    return ((known[-1].happened, known[-1].on), known[-1].id) if known else (None, "")


def _still(told: Sequence[tuple[bool, date]]) -> Share:
    return Share(sum(happened for happened, _ in told), len(told))


def _careers(samples: Sequence[Sample]) -> str:
    return together(numbered(unknown(samples), "not looked up"), in_two_waves(samples))


def _as_of(samples: Sequence[Sample]) -> str:
    days = sorted(each.value[1] for each in samples if isinstance(each.value, tuple))
    between = dict.fromkeys(day.isoformat() for day in (days[0], days[-1])) if days else ()
    return together(f"as of {' to '.join(between)}" if between else "", _careers(samples))

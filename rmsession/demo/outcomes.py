"""What the demo's programme came to: eleven of twelve mentors promoted, and what changed in the business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from rmsession.core.arrangement import Arrangement, Objective
from rmsession.core.frozen import frozen
from rmsession.core.outcomes import Change, Milestone, Step
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.demo.course import uuid_of
from rmsession.demo.lesson import Lesson
from rmsession.demo.plan import WAVE_ONE, Plan, Way
from rmsession.demo.talk import sections

WAVES: Final = {1: "Wave one", 2: "Wave two"}
_SOURCE: Final = "Human Resources, list of the quarter (made up)"
_OBJECTIVES: Final = {Objective.CUSTOMERS: 4, Objective.WORKPLACE: 3, Objective.RESULT: 2, Objective.OWN: 1}
_NOT_PROMOTED: Final = 7
"""The place of the one mentor of wave one who was not."""
_GONE: Final = 4
"""The place of the one mentor of wave one who went elsewhere."""
_UNDECIDED: Final = 2
"""So many entries of the change log wait for somebody's consent."""


@frozen
class Origin:
    """Where a suggestion was captured."""

    idea: str
    session: str
    capture: str
    wall: datetime


def origins(lessons: Iterable[Lesson], ideas: Iterable[str]) -> tuple[Origin, ...]:
    """Where in a pair's sessions these suggestions were captured."""
    wanted = [UserText(each) for each in ideas]
    return tuple(
        Origin(each.content.text.raw, lesson.session.record.id, each.id, lesson.wall)
        for lesson in lessons
        for each in lesson.session.standing(Kind.IDEA)
        if each.content.text in wanted
    )


@frozen
class Suggestion:
    """An idea of a session that became an entry of the change log, or may yet."""

    agenda: int
    idea: str
    answer: str
    changed: str
    agreed: tuple[Role, ...]


def suggestions() -> tuple[Suggestion, ...]:
    """The whole change log; the last entries wait for a consent."""
    found = list(sections("changes").items())
    agreed = [tuple(Role)] * (len(found) - _UNDECIDED) + [(Role.MENTOR,)] * _UNDECIDED
    return tuple(
        Suggestion(int(name[:2]), idea, answer, changed, both)
        for (name, (idea, answer, changed)), both in zip(found, agreed, strict=True)
    )


def shared_out(plans: Sequence[Plan]) -> dict[str, list[Suggestion]]:
    """Which pair (by id) makes which suggestion: one that has had the session of it, and none two before all have."""
    made: dict[str, list[Suggestion]] = {each.pair.id: [] for each in plans}
    for each in suggestions():
        able = [plan for plan in plans if each.agenda in plan.agendas[: len(plan.days)] and plan.way is Way.REGULAR]
        if able:
            made[min(able, key=lambda plan: len(made[plan.pair.id])).pair.id].append(each)
    return made


def objective_of(plan: Plan) -> Objective:
    """What a pair works for."""
    return Random(f"{plan.seed} objective").choices(list(_OBJECTIVES), list(_OBJECTIVES.values()))[0]


def goals_of(plan: Plan) -> tuple[tuple[str, int], ...]:
    """The goals of a pair, each with its first score."""
    lot = Random(f"{plan.seed} goals")
    known = sections("goals")[objective_of(plan).value]
    return tuple((words, lot.choice((1, 2, 2, 3, 4))) for words in lot.sample(known, lot.choice((2, 2, 3))))


def arrangement(plan: Plan, now: datetime) -> Arrangement:
    """How a pair means to work."""
    lot, objective = Random(f"{plan.seed} arrangement"), objective_of(plan)
    own = lot.choice(sections("goals")[objective.value]) if objective is Objective.OWN else ""
    return Arrangement(
        plan.pair.id,
        wave=UserText(WAVES[plan.wave]),
        agenda_owner=lot.choice((Role.MENTOR, Role.MENTOR, Role.MENTEE)),
        interval_days=plan.interval,
        sessions=len(plan.agendas),
        minutes=plan.minutes,
        starts=plan.days[0],
        ends=plan.days[0] + timedelta(days=plan.interval * (len(plan.agendas) - 1)),
        objective=objective,
        objective_words=UserText(own),
        ended=plan.days[-1] if plan.over else None,
        early=plan.way is Way.EARLY,
        revised=now,
    )


def milestones(plans: Sequence[Plan], now: datetime, seed: int) -> list[Milestone]:
    """What became of the people of the first wave, each as of a day."""
    lot = Random(f"milestones {seed}")
    made: list[Milestone] = []

    def say(person: str, step: Step, days: int, *, happened: bool) -> None:
        day = (now - timedelta(days=days)).date()
        made.append(Milestone(uuid_of(lot), person, step, happened, day, UserText(_SOURCE), revised=now))

    for place, plan in enumerate(each for each in plans if each.wave == WAVE_ONE):
        mentor, mentee = plan.pair.mentor.id, plan.pair.mentee.id
        promoted = place != _NOT_PROMOTED
        since = (now.date() - plan.days[0]).days
        # Within a year of the first session, and so of the last.
        say(mentor, Step.PROMOTED, since - lot.randint(210, 350) if promoted else 20, happened=promoted)
        say(mentor, Step.RETAINED, 20, happened=place != _GONE)
        say(mentee, Step.RETAINED, 20, happened=True)
    return made


def changes(
    made: Mapping[str, Sequence[Suggestion]], said: Mapping[str, Sequence[Origin]], now: datetime, seed: int
) -> list[Change]:
    """The business-change log, each entry with the line that it began with; `said` is by the ids of pairs, too."""
    lot = Random(f"changes {seed}")
    log: list[Change] = []
    for pair, suggested in made.items():
        for each in suggested:
            later = timedelta(days=lot.randint(20, 70))
            origin = next((one for one in said[pair] if one.idea == each.idea), None)
            if origin:
                day = min(origin.wall + later, now).date()
                words = (UserText(each.idea), UserText(each.answer), UserText(each.changed))
                about = (origin.session, origin.capture)
                log.append(Change(uuid_of(lot), pair, day, *words, *about, each.agreed, revised=now))
    return log

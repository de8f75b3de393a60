"""What people thought of it, right after each session: who answered, and what to each item; never items together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Item, ItemKind, Via, form
from rmsession.core.report.family import Family, Reading, Sample
from rmsession.core.report.material import Material, OnePair
from rmsession.core.report.measures import mean, recommend, share, spread, spread_of, top_two
from rmsession.core.report.notes import answers_of, in_two_waves
from rmsession.core.terms import Phase, Role

_HOW: Final = (
    (Via.SCREEN, "on the screen"),
    (Via.PASTED, "sent as text and pasted"),
    ("skipped", "chose not to answer"),
    ("silent", "said nothing"),
)
FAR: Final = (FeedbackKind.MIDPOINT, FeedbackKind.FINAL)
"""The forms that ask about the programme as a whole."""


def reaction(material: Material) -> Iterator[Family]:
    """The families of this section, in the order in which they are read."""
    for role in (Role.MENTEE, Role.MENTOR):
        yield _response(material.pairs, role)
    given = {role: list(_given_forms(material.pairs, role)) for role in Role}
    for item in _session_items():
        for role in (Role.MENTEE, Role.MENTOR):
            if asked := item_of(role, item):
                yield _answers(given[role], role, asked)
    for role in (Role.MENTEE, Role.MENTOR):
        if asked := item_of(role, "recommend"):
            name = f"reaction.recommend.{role.value}"
            label = f"Recommend the programme to a colleague, 0 to 10: {side(role)}"
            score = Reading(f"{name}.score", label, recommend, note=in_two_waves)
            each = Reading(f"{name}.spread", f"{label}, each answer", spread(asked), note=in_two_waves)
            yield Family(tuple(latest(material.pairs, role, "recommend")), (score, each))


def item_of(role: Role, name: str) -> Item | None:
    """An item as that side's forms ask it; None where they do not."""
    forms = (form(kind, role.value).items for kind in (FeedbackKind.FIRST, FeedbackKind.FINAL))
    return next((item for items in forms for item in items if item.id == name), None)


def side(role: Role) -> str:
    """How a label calls those of one side."""
    return f"{role.value}s"


def latest(pairs: Iterable[OnePair], role: Role, item: str) -> Iterator[Sample]:
    """Each person's latest answer at half-way or at the end, once in each wave."""
    last: dict[tuple[str, str], Sample] = {}
    for pair in pairs:
        who = pair.person(role)
        for session in pair.ended_sessions:
            told = session.form(role) if session.feedback in FAR else None
            score = told.score(item) if told and told.given else None
            if score is not None:
                answer, before = pair.of_session(session, score, who=who), last.get((pair.wave, who))
                if before is None or _when(before) <= _when(answer):
                    last[pair.wave, who] = answer
    return iter(last.values())


def _when(sample: Sample) -> tuple[str, str]:
    return str(sample.day), sample.source


def _session_items() -> Iterator[str]:
    """The items of every session, both sides', each once and in order."""
    items = (each for role in (Role.MENTEE, Role.MENTOR) for each in form(FeedbackKind.FIRST, role.value).items)
    kinds = (ItemKind.SCALE, ItemKind.CHOICE)
    return iter(dict.fromkeys(each.id for each in items if each.kind in kinds))


def _response(pairs: Iterable[OnePair], role: Role) -> Family:
    samples = []
    for pair in pairs:
        for session in pair.ended_sessions:
            if session.feedback is not FeedbackKind.NONE:
                told = session.form(role)
                how = "silent" if told is None else (told.via or Via.SCREEN) if told.given else "skipped"
                samples.append(pair.of_session(session, how, who=pair.person(role)))
    rate = Reading(f"reaction.response.{role.value}", f"Forms given of forms due: {side(role)}", share(_given))
    how_each = Reading(f"reaction.response.{role.value}.how", f"How the forms came in: {side(role)}", spread_of(_HOW))
    return Family(tuple(samples), (rate, how_each))


def _given(how: object) -> bool:
    return isinstance(how, Via)


def _given_forms(pairs: Iterable[OnePair], role: Role) -> Iterator[tuple[Sample, dict[str, int]]]:
    """The scores of each form of a session that has ended, and what a sample of one has: the number of the session."""
    for pair in pairs:
        for number, session in enumerate(pair.sessions, 1):
            told = session.form(role) if session.phase is Phase.ENDED else None
            if told and told.given:
                yield pair.of_session(session, None, who=pair.person(role), cell=str(number)), dict(told.scores)


def _answers(given: Iterable[tuple[Sample, dict[str, int]]], role: Role, item: Item) -> Family:
    name = item.id
    samples = tuple(
        Sample(who, wave, day, scores[name], source, cell)
        for (who, wave, day, _, source, cell), scores in given
        if name in scores
    )
    most = max((int(each.cell) for each in samples), default=0)
    order = tuple((str(number), f"session {number}") for number in range(1, most + 1))
    return Family(samples, tuple(_readings(role, item)), order)


def _readings(role: Role, item: Item) -> Iterator[Reading]:
    name, words = f"reaction.{item.id}.{role.value}", f"{item.text.line.rstrip('.?')}: {side(role)}"
    if item.kind is ItemKind.SCALE:
        high = f"{item.label(item.highest - 1)} or {item.label(item.highest)}"
        yield Reading(f"{name}.top-two", f"{words} who {high}", top_two(item), cells=True, note=answers_of)
        yield Reading(f"{name}.mean", f"{words}, mean", mean(item), cells=True)
    yield Reading(f"{name}.spread", f"{words}, each answer", spread(item))

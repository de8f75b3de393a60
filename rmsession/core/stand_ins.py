"""What stands in a shared copy for what is private in an agenda: topics without their titles, under other ids.

A private topic's id is made of its title, and whoever guesses the title could prove it. In a copy it has another,
made of its place; facts that name it are partial for that reason alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from rmsession.core import facts as happened
from rmsession.core.agenda import Agenda, Prompt, PromptKind, Topic
from rmsession.core.facts import Content, Event, Fact, TopicAdded
from rmsession.core.record import Record
from rmsession.core.text import UserText

PRIVATE_TITLE: Final = UserText("Private topic")
"""What stands for the title of a private topic."""
_NAME_TOPICS: Final = (
    happened.Started, happened.TopicEntered, happened.Extended, happened.TopicParked, happened.TopicUnparked,
    happened.Reordered, happened.TopicAdded, happened.Fitted, happened.Captured, happened.MovedTo, happened.Erased,
)  # fmt: skip


def stand_ins(record: Record) -> dict[str, str]:
    """For each private topic an id that says nothing of its title, the same in every copy of the record."""
    names = {topic.id: f"private-{place}" for place, topic in enumerate(record.agenda.topics, 1) if topic.private}
    for fact in record.facts:
        if isinstance(fact.what, TopicAdded) and fact.what.topic.private:
            names.setdefault(fact.what.topic.id, f"private-{fact.id}")
    return names


def open_agenda(agenda: Agenda, names: Mapping[str, str]) -> Agenda:
    """The agenda without the names and the path that its file had: the pair says who it was."""
    topics = tuple(replace(open_topic(each), id=names.get(each.id, each.id)) for each in agenda.topics)
    return replace(agenda, topics=topics, mentor=UserText(), mentee=UserText(), source=UserText())


def open_topic(topic: Topic) -> Topic:
    """A topic as both may read it; the lines that it had in the file would tell how much is left out."""
    if topic.private:
        off, kept = topic.off_record, topic.protected
        return Topic(topic.id, PRIVATE_TITLE, topic.minutes, private=True, off_record=off, protected=kept)
    # What is asked off the record is on none, nor whether it was.
    open_ones = (each for each in topic.prompts if each.kind is not PromptKind.PRIVATE and not topic.off_record)
    return replace(topic, line=0, prompts=tuple(replace(each, line=0) for each in open_ones))


def renamed(fact: Fact, names: Mapping[str, str]) -> Fact:
    """A fact with the stand-ins in the place of private topics' own ids."""
    return saying(fact, _renamed(fact.what, names)) if isinstance(fact.what, _NAME_TOPICS) else fact


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """An event with other ids for some topics, wherever it names them."""
    match value:
        case str():
            return names.get(value, value)
        case tuple():
            return tuple(_renamed(each, names) for each in value)
        case Content() | Prompt():
            return value  # words, and ids that are no topic's
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **dict(_renamed_fields(value, names)))
        case _:
            return value


def _renamed_fields(value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for each in fields(value):
        yield each.name, _renamed(getattr(value, each.name), names)


def saying(fact: Fact, what: Event) -> Fact:
    """A fact that says this instead; partial, if that is less."""
    return fact if what == fact.what else replace(fact, what=what, partial=True)

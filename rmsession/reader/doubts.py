"""The problems of a reading as a whole: no times, sums that differ, titles that come twice."""

from __future__ import annotations

from collections.abc import Sequence

from rmsession.core.agenda import Problem, Topic
from rmsession.reader import problems, words
from rmsession.reader.settle import Settled
from rmsession.reader.timebox import Form
from rmsession.reader.topics import Choice, Source

_MOST_UNTIMED = 12
"""Untimed topics told one by one."""
_SLACK = 0.01


def about(choice: Choice, settled: Sequence[Settled], topics: Sequence[Topic], stated: float | None) -> list[Problem]:
    """What a mentor should know before running this agenda."""
    if not topics:
        return [problems.no_topics()]
    found = [
        problem for one, topic in zip(settled, topics, strict=True) if not topic.private for problem in one.problems
    ]
    found.extend(_forms(choice, settled))
    found.extend(_repeated(topics))
    if not choice.timed:
        found.append(problems.one_topic(topics[0].line) if len(topics) == 1 else problems.no_times(topics[0].line))
        return found
    found.extend(_untimed(topics))
    total = sum(topic.minutes or 0 for topic in topics)
    if stated is not None and abs(total - stated) > _SLACK:
        found.append(problems.sum_differs(topics[0].line, total, stated))
    return found


def _forms(choice: Choice, settled: Sequence[Settled]) -> list[Problem]:
    """What holds for many topics is told once."""
    found: list[Problem] = []
    clocks = [
        one
        for one in settled
        if one.pick.node.box
        and one.pick.node.box.duration is None
        and one.minutes is not None
        and one.pick.source is Source.STATED
    ]
    if clocks:
        found.append(problems.clock_converted(clocks[0].line))
    bare = [one for one in settled if one.pick.node.box and one.pick.node.box.form is Form.NUMBER]
    if bare:
        found.append(problems.unit_guessed(bare[0].line))
    if choice.quoted and settled:
        found.append(problems.quoted_topics(settled[0].line))
    return found


def _untimed(topics: Sequence[Topic]) -> list[Problem]:
    untimed = [topic for topic in topics if topic.minutes is None]
    found = [
        problems.untimed_topic(topic.line, "private topic" if topic.private else topic.title.raw)
        for topic in untimed[:_MOST_UNTIMED]
    ]
    if len(untimed) > _MOST_UNTIMED:
        found.append(problems.more_untimed(untimed[_MOST_UNTIMED].line, len(untimed) - _MOST_UNTIMED))
    return found


def _repeated(topics: Sequence[Topic]) -> list[Problem]:
    """Topics of one title; breaks may come as often as they like."""
    first: dict[str, int] = {}
    found: list[Problem] = []
    for topic in topics:
        plain = " ".join(topic.title.raw.casefold().split())
        if plain in first and not topic.private and not words.is_break(plain) and len(found) < _MOST_UNTIMED:
            found.append(problems.repeated_title(topic.line, topic.title.raw, first[plain]))
        first.setdefault(plain, topic.line)
    return found

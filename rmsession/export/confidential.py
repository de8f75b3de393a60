"""What a private export says of itself: what it holds that is not shared, in so many words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rmsession.core.session import Session
from rmsession.core.terms import Audience, Kind

_PLURALS = {
    Kind.NOTE: "notes",
    Kind.ACTION: "action items",
    Kind.QUESTION: "questions",
    Kind.IDEA: "ideas",
    Kind.DECISION: "decisions",
    Kind.GOAL: "goals",
    Kind.RATING: "self-ratings",
    Kind.PARKED: "parked lines",
}


def confidential(session: Session) -> str:
    """One sentence: the private lines by whose and of which kind they are, and the private topics.

    ``Besides what is shared it holds 2 notes and 1 question of the mentor's own, and 1 private topic.``
    """
    parts = [f"{_listed(own)} of the {whose}'s own" for whose, own in _owned(session)]
    topics = sum(topic.private for topic in session.topics)
    parts += [_counted(topics, "private topic", "private topics")] if topics else []
    if not parts:
        return "Nothing private was captured: it holds what is shared and no more."
    return f"Besides what is shared it holds {_joined(parts, ', and ')}."


def warning(session: Session) -> str:
    """What a private export says first, in formats that know one kind of text."""
    return f"Private: do not pass it on. {confidential(session)}"


def _owned(session: Session) -> Iterator[tuple[str, Counter[Kind]]]:
    for audience in (Audience.MENTOR, Audience.MENTEE):
        kinds = Counter(each.kind for each in session.standing() if each.audience is audience)
        if kinds:
            yield audience.value, kinds


def _listed(kinds: Counter[Kind]) -> str:
    words = [_counted(kinds[kind], _PLURALS[kind].removesuffix("s"), _PLURALS[kind]) for kind in Kind if kinds[kind]]
    return _joined(words, " and ")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _joined(parts: list[str], last: str) -> str:
    return last.join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)

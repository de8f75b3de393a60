"""What is typed anywhere but in the capture line: noted at every key, so that a killed program gives it back.

A field asks for a `Noting` when it opens, tells it what it holds, and says when its question was answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from rmsession.core.capture import as_typed, may_be_private
from rmsession.core.facts import Captured, Fact
from rmsession.core.store import Aside
from rmsession.core.terms import Audience
from rmsession.core.text import UserText


class Field(StrEnum):
    """What asks for text."""

    AMEND = "amend"
    OWNER = "owner"
    DUE = "due"
    REASON = "reason"
    CARRY = "carry"
    SPLIT = "split"
    ADD = "add"
    WHO = "who"
    TOPIC = "topic"
    MEETING = "meeting"
    ZONE = "zone"
    REPLY = "reply"
    LINE = "line"
    """A capture line that stepped aside for a command, or for one that was recalled."""


_ASKED = {
    Field.AMEND: "Correct this line",
    Field.OWNER: "Who does it?",
    Field.DUE: "By when?",
    Field.REASON: "Why is it dropped?",
    Field.CARRY: "Why is it carried once more?",
    Field.SPLIT: "Into which parts?",
    Field.ADD: "One more line",
    Field.WHO: "Who is this session with?",
    Field.TOPIC: "Add a topic",
    Field.MEETING: "When do you meet next?",
    Field.ZONE: "In which zone?",
    Field.REPLY: "Paste the reply here",
    Field.LINE: "The line before the last command",
}


def asked(aside: Aside) -> str:
    """The question that was being answered, as it stands on the screen."""
    known = {field.value: words for field, words in _ASKED.items()}
    return known.get(aside.field, "Another question")


def is_private(aside: Aside) -> bool:
    """Whether its text is hidden until it is revealed."""
    return aside.private or may_be_private(aside.text.raw)


class Asides:
    """Texts under way, each at its question; `changed` is told of every difference."""

    def __init__(self, changed: Callable[[], object]) -> None:
        self._noted: dict[tuple[str, str | None], Aside] = {}
        self._changed = changed

    @property
    def noted(self) -> tuple[Aside, ...]:
        """Those that hold something, the oldest first."""
        return tuple(self._noted.values())

    def at(self, field: Field, about: str | None = None, *, private: bool = False) -> Noting:
        """Where the text of one question is noted."""
        return Noting(self, Aside(field.value, UserText(), about, private))

    def earlier(self, aside: Aside) -> Aside | None:
        """What is noted of the same question."""
        return self._noted.get((aside.field, aside.about))

    def note(self, aside: Aside) -> None:
        """Note this in the place of what was noted of the same question; an empty text is forgotten."""
        if aside.text.raw:
            if self.earlier(aside) == aside:
                return
            self._noted[aside.field, aside.about] = aside
        elif self._noted.pop((aside.field, aside.about), None) is None:
            return
        self._changed()

    def note_lost(self, fact: Fact) -> None:
        """Note a captured line that could not be kept: it is in no field any more, and not on the disk either."""
        if isinstance(fact.what, Captured):
            private = fact.audience is not Audience.SHARED
            text = UserText(as_typed(fact.what.kind, fact.what.content, private=private))
            self.note(Aside(Field.ADD.value, text, about=fact.id, private=private))

    def forget(self, aside: Aside) -> None:
        """Hold nothing of the same question."""
        self.note(replace(aside, text=UserText()))

    def take(self, asides: tuple[Aside, ...]) -> None:
        """Hold these and no others; the draft they come from, or go to, is the caller's."""
        self._noted = {(each.field, each.about): each for each in asides}


class Noting:
    """One field while it is typed into."""

    def __init__(self, asides: Asides, aside: Aside) -> None:
        self._asides = asides
        self._aside = aside
        self._start = ""

    def open(self, start: str = "") -> str:
        """What the field shows when it opens: what was typed here before, or else `start`."""
        self._start = start
        earlier = self._asides.earlier(self._aside)
        return earlier.text.raw if earlier else start

    def note(self, text: str) -> None:
        """The field holds this now; what it started with is not worth a note."""
        self._asides.note(replace(self._aside, text=UserText("" if text == self._start else text)))

    def done(self) -> None:
        """The question was answered, or is asked no more."""
        self._asides.note(self._aside)

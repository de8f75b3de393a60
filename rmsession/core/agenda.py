"""An agenda as read: frozen values, each with an id that survives reordering and small edits."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from rmsession.core.frozen import frozen
from rmsession.core.text import UserText


class PromptKind(Enum):
    """What a prompt asks of the mentor."""

    TICK = "tick"
    """Something to say or do, ticked when done."""
    QUESTION = "question"
    """A question to ask the mentee."""
    PRIVATE = "private"
    """The mentor's own reminder; it is never shown unasked and never leaves."""


class Severity(Enum):
    """Whether an agenda can be run in spite of a problem."""

    ERROR = "error"
    WARNING = "warning"


class FeedbackKind(Enum):
    """Which form a session ends with."""

    REGULAR = "regular"
    FIRST = "first"
    MIDPOINT = "midpoint"
    FINAL = "final"
    NONE = "none"


@frozen
class Prompt:
    """One thing an agenda asks the mentor to say, ask or remember."""

    id: str
    kind: PromptKind
    text: UserText
    line: int = 0
    """1-based line in the file; 0 where there is none."""
    carried: str | None = None
    """The ISO date of the earlier session that did not ask this question."""


@frozen
class Topic:
    """One time-boxed part of a session."""

    id: str
    title: UserText
    minutes: float | None = None
    """The time-box as the text states it; None where it states none."""
    lead: UserText | None = None
    """Who leads it, where the agenda says."""
    line: int = 0
    body: UserText = field(default_factory=UserText)
    """What else stands under it, as Markdown, without the prompts."""
    prompts: tuple[Prompt, ...] = ()
    private: bool = False
    """What is captured here is the mentor's alone unless said otherwise, and its title is not shown."""
    off_record: bool = False
    """Nothing is kept while it runs."""
    protected: bool = False
    """Closing minutes that pace and `/fit` keep whole."""
    carried: str | None = None
    """The ISO date of the earlier session that left it undone; it keeps the id that it had there."""


@frozen
class Agenda:
    """What one file plans for one session."""

    id: str
    title: UserText
    topics: tuple[Topic, ...]
    stated_minutes: float | None = None
    """The total that the text states (front matter, or a line that says so)."""
    mentor: UserText = field(default_factory=UserText)
    mentee: UserText = field(default_factory=UserText)
    feedback: FeedbackKind = FeedbackKind.REGULAR
    questions: tuple[UserText, ...] = ()
    """The agenda's own questions for the feedback form."""
    body: UserText = field(default_factory=UserText)
    """What stands before the first topic: purpose, preparation; as Markdown."""
    source: UserText = field(default_factory=UserText)
    """The file's path as it was given; empty when it has none."""

    @property
    def total_minutes(self) -> float:
        """The sum of the stated time-boxes."""
        return sum(topic.minutes or 0 for topic in self.topics)


@frozen
class Problem:
    """One thing a reader of the agenda should know: where, what, and how to mend it."""

    line: int
    severity: Severity
    code: str
    """Short, stable and hyphenated: ``sum-differs``."""
    message: str
    mend: str


@frozen
class Reading:
    """An agenda and what was taken for granted in reading it."""

    agenda: Agenda
    problems: tuple[Problem, ...] = ()


def ident(prefix: str, *parts: str) -> str:
    """A short id made of what the thing says, so that the same words give the same id in every session.

    >>> ident("t", "Ground rules") == ident("t", " ground  RULES ")
    True
    """
    # Only here: most who know agendas read none, and the app has its digests without OpenSSL, if it comes first.
    from hashlib import sha256  # noqa: PLC0415

    plain = "\x1f".join(" ".join(part.casefold().split()) for part in parts)
    return f"{prefix}-{sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"

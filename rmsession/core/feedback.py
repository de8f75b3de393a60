"""The feedback form: its items, the answers, and what counts as answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from rmsession.core.agenda import FeedbackKind
from rmsession.core.frozen import frozen
from rmsession.core.text import UserText


class Visibility(Enum):
    """Who sees a person's answers, as that person chose on the form."""

    BOTH = "both"
    COUNTS = "counts"
    """The other person sees only how many items were answered; the figures count them."""


class Via(Enum):
    """How an answer came in."""

    SCREEN = "screen"
    PASTED = "pasted"
    """Sent as text and pasted back by the other person."""


@frozen
class Answer:
    """What one person said to one item; all None is a skipped item."""

    item: str
    score: int | None = None
    """A point of the item's scale."""
    text: UserText | None = None


class ItemKind(Enum):
    """How an item is answered."""

    SCALE = "scale"
    CONFIDENCE = "confidence"
    CHOICE = "choice"
    RECOMMEND = "recommend"
    """0 to 10."""
    GOAL = "goal"
    """How far a goal was reached, 0 as expected."""
    TEXT = "text"
    """In words."""
    OPEN = "open"
    """The agenda's own question, in words."""


@frozen
class Item:
    """One thing that a form asks."""

    id: str
    """The same in every session, so that answers can be compared; ``goal:<id>`` and ``own:<n>`` for the pair's own."""
    text: UserText
    kind: ItemKind
    labels: tuple[str, ...] = ()
    """What each score means, from the lowest up; empty where only the ends have a name."""
    lowest: int = 0
    highest: int = -1

    @property
    def scores(self) -> range:
        """Every score that answers it; none where words do."""
        return range(self.lowest, self.highest + 1)

    def label(self, score: int) -> str:
        """What a score means, or nothing where it has no name."""
        return self.labels[score - self.lowest] if score in self.scores else ""


@frozen
class Form:
    """What one person is asked at the end of a session, in order."""

    items: tuple[Item, ...] = ()


_AGREE = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
_CONFIDENT = ("not at all confident", "slightly confident", "moderately confident", "confident", "very confident")
_EFFECTIVE = ("not at all", "slightly", "moderately", "effective", "extremely effective")
_EXPECTED = (
    "much less than expected",
    "less than expected",
    "as expected",
    "more than expected",
    "much more than expected",
)
_LIKELY = ("not at all likely", *[""] * 9, "extremely likely")
_MUCH = ("not at all", "a little", "somewhat", "rather", "very much")
_FIT = ("good fit", "still deciding", "not a good fit")

_OWN_SCALE = re.compile(r"\(\s*1\s*(?:-|–|to)\s*5\s*\)\s*\Z")
_OWN_CHOICE = re.compile(r"\(\s*yes\s*/\s*no\s*\)\s*\Z", re.IGNORECASE)


def form(
    kind: FeedbackKind,
    role: str,
    *,
    goals: Sequence[tuple[str, UserText]] = (),
    topic: UserText | None = None,
    questions: Sequence[UserText] = (),
) -> Form:
    """The form of one person: what takes a key first, then what takes words.

    Args:
        kind: which form the session ends with.
        role: ``mentor`` or ``mentee``, the value of a `Role`.
        goals: id and text of each goal of the pair; asked at the mid-point and at the end.
        topic: what the mentee's confidence is asked about; None is "today's topic".
        questions: the agenda's own; one that ends in ``(1-5)`` or ``(yes/no)`` takes a key.

    Raises:
        ValueError: there is no such role.
    """
    if role not in {"mentor", "mentee"}:
        raise ValueError(f"a form is for a mentor or a mentee, not {role!r}")
    if kind is FeedbackKind.NONE:
        return Form()
    mentee, far = role == "mentee", kind in {FeedbackKind.MIDPOINT, FeedbackKind.FINAL}
    items = [*_session_items(mentee)]
    if mentee:
        items += _confidence_items(topic)
    if mentee and kind is FeedbackKind.FIRST:
        items.append(_item("fit", "Is this a good fit for you?", ItemKind.CHOICE, _FIT))
    if far:
        items += _programme_items(goals)
    items += [_words("keep", "One thing to keep"), _words("change", "One thing to change")]
    if far:
        items.append(_words("change-made", "One change you made"))
    own = [question for question in questions if question.line.strip()]
    return Form((*items, *(_own(number, question) for number, question in enumerate(own, 1))))


def keys(item: Item) -> tuple[tuple[str, int], ...]:
    """The one key for each score, from the lowest up; none for an item that takes words.

    Digits say what they mean, but for ten (``x``) and a goal's -2 to +2 (``1`` to ``5``).
    """
    match item.kind:
        case ItemKind.RECOMMEND:
            return tuple(zip("0123456789x", item.scores, strict=True))
        case ItemKind.GOAL:
            return tuple(zip("12345", item.scores, strict=True))
        case _:
            return tuple((str(score), score) for score in item.scores)


def k_of_n(scores: Iterable[int | None], least: int) -> tuple[int, int]:
    """How many of the scores given are at least `least`, and how many were given."""
    given = [score for score in scores if score is not None]
    return sum(score >= least for score in given), len(given)


def answered(asked: Form, answers: Iterable[Answer]) -> tuple[int, int]:
    """How many items of a form have an answer, and how many there are."""
    given = {answer.item for answer in answers if answer.score is not None or answer.text}
    return sum(item.id in given for item in asked.items), len(asked.items)


def _item(name: str, text: str, kind: ItemKind, labels: tuple[str, ...], lowest: int = 1) -> Item:
    return Item(name, UserText(text), kind, labels, lowest, lowest + len(labels) - 1)


def _words(name: str, text: str) -> Item:
    return Item(name, UserText(text), ItemKind.TEXT)


def _session_items(mentee: bool) -> Iterable[Item]:
    yield _item("good-use", "This session was a good use of my time.", ItemKind.SCALE, _AGREE)
    yield _item("on-goals", "We spent the time on what matters for our goals.", ItemKind.SCALE, _AGREE)
    yield _item("frank", "I could speak frankly.", ItemKind.SCALE, _AGREE)
    yield _item("pace", "The pace and the way we worked suited me.", ItemKind.SCALE, _AGREE)
    if mentee:
        yield _item("will-use", "I will use something from today within two weeks.", ItemKind.SCALE, _AGREE)
    else:
        yield _item("prepared", "My mentee came prepared.", ItemKind.SCALE, _AGREE)


def _confidence_items(topic: UserText | None) -> Iterable[Item]:
    subject = f"“{topic.raw}”" if topic else "today's topic"
    yield _item("before", f"My confidence in {subject}, before the session", ItemKind.CONFIDENCE, _CONFIDENT)
    yield _item("now", f"My confidence in {subject}, now", ItemKind.CONFIDENCE, _CONFIDENT)


def _programme_items(goals: Sequence[tuple[str, UserText]]) -> Iterable[Item]:
    yield _item("business", "How effective is the mentoring for the business?", ItemKind.SCALE, _EFFECTIVE)
    yield _item("development", "How effective is it for your own development?", ItemKind.SCALE, _EFFECTIVE)
    likely = "How likely are you to recommend this programme to a colleague?"
    yield _item("recommend", likely, ItemKind.RECOMMEND, _LIKELY, 0)
    for name, goal in goals:
        yield _item(f"goal:{name}", f"Goal: {goal.raw}", ItemKind.GOAL, _EXPECTED, -2)


def _own(number: int, question: UserText) -> Item:
    name = f"own:{number}"
    for pattern, kind, labels in ((_OWN_SCALE, ItemKind.SCALE, _MUCH), (_OWN_CHOICE, ItemKind.CHOICE, ("yes", "no"))):
        found = pattern.search(question.raw)
        if found and (text := question.raw[: found.start()].strip()):
            return _item(name, text, kind, labels)
    return Item(name, question, ItemKind.OPEN)

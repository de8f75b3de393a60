"""A form while it is filled in: a value that every key makes into the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Answer, Form, Item, ItemKind, answered, form
from rmsession.core.frozen import frozen
from rmsession.core.goals import Named, asked_about, of_earlier_sessions
from rmsession.core.session import Session
from rmsession.core.terms import Role

IN_WORDS = (ItemKind.TEXT, ItemKind.OPEN)


def form_of(session: Session, role: Role, earlier: Sequence[Named] = ()) -> Form:
    """What this person is asked at the end of this session; `earlier` are goals that earlier sessions named."""
    agenda = session.record.agenda
    goals = [(each.id, each.text) for each in asked_about(session, earlier)]
    return form(agenda.feedback, role.value, goals=goals, topic=agenda.title, questions=agenda.questions)


def form_given(session: Session, given: FeedbackGiven) -> Form:
    """What this person was asked, as far as this record says it; a goal of an earlier session has no words here."""
    return form_of(session, given.role, of_earlier_sessions(session, given.answers))


@frozen
class Filling:
    """A form, what was answered so far, and the item that is asked now."""

    form: Form
    answers: tuple[Answer, ...] = ()
    """Of the items looked at, in the order of the form; a skipped one is empty."""
    place: int = 0
    """The 0-based item; behind the last one the form is ready."""

    @property
    def item(self) -> Item | None:
        """What is asked now; None when the form is ready."""
        return self.form.items[self.place] if self.place < len(self.form.items) else None

    @property
    def count(self) -> tuple[int, int]:
        """How many items have an answer, and how many there are."""
        return answered(self.form, self.answers)

    @property
    def whole(self) -> tuple[Answer, ...]:
        """An answer to every item, empty where it was skipped."""
        return tuple(self.answer_to(item.id) or Answer(item.id) for item in self.form.items)

    def answer_to(self, item: str) -> Answer | None:
        """What was answered to an item; None where it was not looked at."""
        return next((each for each in self.answers if each.item == item), None)

    def with_answer(self, answer: Answer) -> Filling:
        """The form with this answer in the place of an earlier one to the same item."""
        given = {each.item: each for each in self.answers} | {answer.item: answer}
        return replace(self, answers=tuple(given[item.id] for item in self.form.items if item.id in given))

    def turned(self, by: int) -> Filling:
        """The form at an item further on or back."""
        return replace(self, place=min(max(self.place + by, 0), len(self.form.items)))


def taken_up(asked: Form, answers: tuple[Answer, ...]) -> Filling:
    """A form with the answers of an earlier time, at the first item that was not looked at.

    Words that were being typed may not have been finished: then it is at them.
    """
    known = {item.id for item in asked.items}
    filling = Filling(asked, tuple(each for each in answers if each.item in known))
    place = next((place for place, item in enumerate(asked.items) if filling.answer_to(item.id) is None), None)
    place = len(asked.items) if place is None else place
    before = asked.items[place - 1] if place else None
    if before and before.kind in IN_WORDS:
        place -= 1
    return replace(filling, place=place)

"""The third step of a closing: whose form is filled in now, later, by text, or not at all."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.commands import SkipFeedback
from rmsession.core.facts import FeedbackGiven, FeedbackSkipped
from rmsession.core.session import Session
from rmsession.core.store import HalfForm
from rmsession.core.terms import Role
from rmsession.tui.desk import Desk
from rmsession.tui.text import content
from rmsession.tui.widgets.step import Step
from rmsession.tui.widgets.steps import StepKey

ORDER = (Role.MENTEE, Role.MENTOR)
"""The mentee first: the mentor's answers must not colour theirs."""
_WHAT = {
    Role.MENTEE: "Enter shows nothing but the form: hand the keyboard over, look away.\n"
    "On a call, t makes the form a text to send; the reply is pasted there.",
    Role.MENTOR: "Your own form can wait: enter fills it in now, l leaves it on Home.",
}


class People(OptionList):
    """The two people; enter opens the form of the one pointed at."""

    BINDINGS = [Binding("enter", "select", "Fill in now", tooltip="Open the form for this person")]


class HandOver(Step):
    """The two people and how each form stands."""

    DEFAULT_CSS = """
    HandOver People {
        height: auto; border: none; background: $background; padding: 0; max-width: 70; margin: 1 0;
        &:focus { border: none; background-tint: 0%; }
        & > .option-list--option-highlighted { background: $foreground 10%; color: $foreground; }
        &:focus > .option-list--option-highlighted { background: $foreground 10%; color: $foreground; }
    }
    HandOver #what { color: $text-muted; }
    """

    BINDINGS = [
        Binding("t", "by_text", "As text", tooltip="For a call: send the form as text, paste the reply"),
        Binding("l", "later", "Later", tooltip="Leave this form for later; it waits on Home"),
        Binding("s", "leave_out", "Leave out", tooltip="This person gives no feedback this time"),
    ]

    class Fill(Message):
        """Somebody is to fill in the form on this screen."""

        def __init__(self, role: Role) -> None:
            super().__init__()
            self.role = role

    class ByText(Message):
        """Somebody is to get the form as text."""

        def __init__(self, role: Role) -> None:
            super().__init__()
            self.role = role

    def __init__(self, desk: Desk, *, key: StepKey) -> None:
        super().__init__(desk, key=key)
        self.put_off: set[Role] = set()
        """Whose form was left for later; the mentor's is, unless it is opened."""

    def compose(self) -> ComposeResult:
        """A question, two people, what enter does."""
        yield Static(Content.styled("Feedback: the mentee first", "$foreground bold"))
        yield People(*(Option("", id=role.value) for role in ORDER))
        yield Static(id="what")

    def begin(self) -> None:
        """Point at the first person whose form is open."""
        people = self.query_one(People)
        people.focus()
        people.highlighted = next((place for place, role in enumerate(ORDER) if self._waits(role)), 0)

    def show(self) -> None:
        """Say how each form stands."""
        people = self.query_one(People)
        session = self.desk.session
        names = {role: _name(session, role) for role in ORDER}
        longest = max(name.cell_length for name in names.values())
        for role in ORDER:
            form = session.forms.get(role)
            begun = next((each for each in self.desk.forms if each.role == role.value), None)
            state = standing(form, begun, put_off=role in self.put_off or role is Role.MENTOR)
            name = names[role].pad_right(longest - names[role].cell_length + 3)
            sign = Content.styled("▶ ", "$text-accent") if role is self.role else Content("  ")
            people.replace_option_prompt(role.value, Content.assemble(sign, name, state))
        self.query_one("#what", Static).update(Content(_WHAT[self.role]))

    @property
    def role(self) -> Role:
        """Whom the cursor points at."""
        return ORDER[self.query_one(People).highlighted or 0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is asked of a form that was handed in."""
        if action in ("by_text", "later", "leave_out"):
            return not isinstance(self.desk.session.forms.get(self.role), FeedbackGiven)
        return super().check_action(action, parameters)

    def action_by_text(self) -> None:
        """Open the form as text."""
        self.post_message(self.ByText(self.role))

    def action_later(self) -> None:
        """Leave it for later, and go on."""
        self.put_off.add(self.role)
        self.go_on()

    def action_leave_out(self) -> None:
        """Note that this person gives none."""
        if self.ask(SkipFeedback(self.role)):
            self.desk.without_form(self.role.value)
            self.go_on()

    def go_on(self) -> None:
        """Turn to the next person, or leave when everybody was asked."""
        self.show()
        if any(self._waits(role) for role in ORDER):
            self.begin()
        else:
            self.post_message(self.Over())

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if isinstance(self.desk.session.forms.get(self.role), FeedbackGiven):
            self.notify("That form was handed in already.", markup=False)
        else:
            self.post_message(self.Fill(self.role))

    @on(OptionList.OptionHighlighted)
    def _pointed(self) -> None:
        self.show()
        self.refresh_bindings()

    def _waits(self, role: Role) -> bool:
        return role not in self.desk.session.forms and role not in self.put_off


def standing(form: FeedbackGiven | FeedbackSkipped | None, begun: HalfForm | None, *, put_off: bool) -> Content:
    """How one person's form stands, without a word of what is in it."""
    match form:
        case FeedbackGiven():
            return Content.styled("✓ handed in", "$text-success")
        case FeedbackSkipped():
            return Content.styled("✓ left out", "$foreground-muted")
        case None if begun and begun.answers:
            return Content.styled(f"○ begun, {len(begun.answers)} looked at", "$foreground-muted")
        case None:
            return Content.styled("· later" if put_off else "· to fill in", "$foreground-muted")


def _name(session: Session, role: Role) -> Content:
    person = session.pair.mentee if role is Role.MENTEE else session.pair.mentor
    side = Content.styled(f"{role.value}  ", "$foreground-muted")
    return Content.assemble(side, content(person.name, "$foreground bold", limit=30))

"""The form before a session: who, prepared, from when, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static

from rmsession.core.agenda import Agenda
from rmsession.core.text import UserText
from rmsession.tui.text import error, plain
from rmsession.tui.widgets.name_field import Field, NameField
from rmsession.tui.widgets.plan_entries import Entries, Flaw, outlook, planned_minutes, read_length
from rmsession.tui.widgets.prepared import PreparedField


class PlanForm(Vertical):
    """The fields, one line that says what they come to, and the button."""

    DEFAULT_CSS = """
    PlanForm {
        height: auto;
        & > Horizontal { height: 1; margin-bottom: 1; }
        Label { width: 10; color: $text-muted; }
        Field { width: 1fr; }
        #plan-said { height: auto; min-height: 2; color: $text-muted; }
        #plan-said.-short { color: $text-warning; }
        #plan-said.-flaw { color: $text-error; text-style: bold; }
        #go { width: 100%; height: 3; margin-top: 1; border: none; background: $accent 40%; color: $text; }
        #go { content-align: center middle; text-style: bold; }
        #go:hover { background: $accent 60%; }
        #go:focus { background: $accent; color: $text; text-style: bold; }
        #go:ansi { background: $block-cursor-background; color: $block-cursor-foreground; }
        #go:ansi:focus { text-style: bold underline; }
    }
    """

    class Started(Message):
        """Start was asked for."""

    class LengthChanged(Message):
        """The length to share out among untimed topics is another one; None: as the agenda states."""

        def __init__(self, minutes: float | None) -> None:
            super().__init__()
            self.minutes = minutes

    def __init__(
        self,
        agenda: Agenda,
        *,
        mentor: UserText | None,
        mentee: UserText | None,
        must_end: datetime | None,
        duration_minutes: float | None,
    ) -> None:
        super().__init__()
        self._agenda = agenda
        self._mentor, self._mentee = mentor, mentee
        self._must_end = must_end
        self._duration = duration_minutes

    @property
    def has_length(self) -> bool:
        """Whether there are topics to share a length out to."""
        return any(topic.minutes is None for topic in self._agenda.topics)

    @property
    def entries(self) -> Entries:
        """The fields as they stand."""
        return Entries(
            mentor=self.query_one("#mentor", NameField).person,
            mentee=self.query_one("#mentee", NameField).person,
            prepared=self.query_one(PreparedField).value,
            start=self.query_one("#start", Input).value,
            end=self.query_one("#end", Input).value,
            length=self.query_one("#length", Input).value if self.has_length else "",
            given_end=self._must_end,
        )

    @property
    def length(self) -> float | None:
        """The minutes to share out; what was given where nothing was typed."""
        if not self.has_length:
            return self._duration
        return read_length(self.query_one("#length", Input).value)

    def compose(self) -> ComposeResult:
        """One line a field."""
        agenda = self._agenda
        yield _field("Mentor", NameField(self._mentor, hint=_hint("your name", agenda.mentor), id="mentor"))
        yield _field("Mentee", NameField(self._mentee, hint=_hint("who sits with you?", agenda.mentee), id="mentee"))
        yield _field("Prepared", PreparedField(id="prepared"))
        yield _field("Start", Field(placeholder="now", compact=True, id="start"))
        if self.has_length:
            length = f"{self._duration:g} min" if self._duration else ""
            hint = f"{planned_minutes(agenda, None):.0f} min to share out"
            yield _field("Length", Field(length, placeholder=hint, compact=True, id="length"))
        end = f"{self._must_end:%H:%M}" if self._must_end else ""
        yield _field("Ends by", Field(end, compact=True, id="end"))
        yield Static(id="plan-said")
        yield Button("Start  F2", id="go")

    def plan_for(self, agenda: Agenda) -> None:
        """Reckon with this agenda: something was put in front of the topics, or taken among them."""
        self._agenda = agenda

    def first_gap(self) -> Widget:
        """The field to begin with: the first name that is missing, else the button."""
        names = (self.query_one("#mentor", NameField), self.query_one("#mentee", NameField))
        return next((field for field in names if not field.person), self.query_one("#go"))

    def know(self, mentees: Iterable[UserText]) -> None:
        """Names to complete the mentee's from, once it is being typed."""
        self.query_one("#mentee", NameField).known.know(mentees)

    def tell(self, now: datetime) -> None:
        """Say what the times come to, as of now."""
        entries = self.entries
        close = now + timedelta(minutes=planned_minutes(self._agenda, self.length))
        self.query_one("#end", Input).placeholder = f"open; {close:%H:%M} would do"
        said = outlook(entries, self._agenda, now)
        if isinstance(said, Flaw):
            self._say(error(said.message), "")
        else:
            self._say(Content(f"! {said.text}" if said.short else said.text), "-short" if said.short else "")

    @property
    def refused(self) -> bool:
        """Whether what kept the session from starting still stands there to be read."""
        return self.query_one("#plan-said").has_class("-flaw")

    def refuse(self, flaw: Flaw) -> None:
        """Say what is wrong, and go to the field it is about."""
        self._say(error(f"✗ {flaw.message}"), "-flaw")
        field: Widget | None = next(iter(self.query(f"#{flaw.field}")), None)
        if field:
            field.focus()

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _go(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Started())

    @on(Input.Changed, "#length")
    def _share_out(self) -> None:
        self.post_message(self.LengthChanged(self.length))

    def _say(self, words: Content, state: str) -> None:
        said = self.query_one("#plan-said", Static)
        said.set_classes(state)
        said.update(words)


def _field(name: str, widget: Widget) -> Horizontal:
    return Horizontal(Label(name, markup=False), widget)


def _hint(question: str, named: UserText) -> str:
    return f"agenda: {plain(named, 12)}?" if named else question

"""One labelled line of a form, and beside it what of it is not understood."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widgets import Input, Label, Static

from rmsession.core.frozen import frozen
from rmsession.core.text import UserText
from rmsession.tui.text import error
from rmsession.tui.widgets.name_field import Field, KnownNames


@frozen
class Flaw:
    """What is to be said beside a field."""

    words: str
    stops: bool = True
    """Whether nothing is kept while it stands there; else it is only worth a second look."""


@frozen
class Asked:
    """One field that a form asks for."""

    key: str
    label: str
    hint: str = ""
    """How it can be written; shown while nothing is."""
    initial: str = ""
    known: tuple[UserText, ...] = ()
    """What is completed once its first letter is typed."""
    begins: bool = False
    """Whether something new begins with it, which a tall form sets off."""


class OneLine(Field):
    """A line into which several can be pasted: they become one, and none is lost."""

    def _on_paste(self, event: events.Paste) -> None:
        self.replace(" ".join(event.text.split()), *sorted(self.selection))
        event.stop()
        event.prevent_default()


class FieldRow(Container):
    """A label, a line to type in, and room for what is said to it."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto; layout: vertical;
        & > Horizontal { height: 1; }
        Label { width: 17; color: $text-muted; }
        Field { width: 1fr; }
        .flaw { display: none; height: auto; margin-left: 18; color: $text-warning; }
        &.-flawed .flaw { display: block; }
        &.-stops .flaw { color: $text-error; }
    }
    """

    class Left(Message):
        """The keyboard went elsewhere."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Changed(Left):
        """Something else stands there."""

    class Entered(Left):
        """Enter was pressed there."""

    def __init__(self, asked: Asked, value: str) -> None:
        super().__init__(classes="begins" if asked.begins else "")
        self.asked = asked
        suggester = KnownNames()
        suggester.know(asked.known)
        self.line = OneLine(value, placeholder=asked.hint, suggester=suggester, compact=True, select_on_focus=False)
        """What is typed into."""
        self._flaw: Flaw | None = None

    def compose(self) -> ComposeResult:
        """The label before the line, the flaw beside it."""
        with Horizontal():
            yield Label(self.asked.label, markup=False)
            yield self.line
        yield Static(classes="flaw")

    def tell(self, flaw: Flaw | None) -> None:
        """Say what is to be said, or nothing."""
        if flaw == self._flaw:
            return
        self._flaw = flaw
        self.set_class(flaw is not None, "-flawed")
        self.set_class(flaw is not None and flaw.stops, "-stops")
        sign = "✗" if flaw and flaw.stops else "!"
        self.query_one(".flaw", Static).update(error(f"{sign} {flaw.words}") if flaw else "")

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say that it was left."""
        event.stop()
        self.post_message(self.Left(self.asked.key))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say that it is another."""
        event.stop()
        self.post_message(self.Changed(self.asked.key))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Say that it is finished."""
        event.stop()
        self.post_message(self.Entered(self.asked.key))


def values(rows: Iterable[FieldRow]) -> dict[str, str]:
    """What stands in each field."""
    return {each.asked.key: each.line.value for each in rows}

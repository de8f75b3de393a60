"""The picker of the person one meets: the only place where names stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from rmsession.core.programme import Pair
from rmsession.core.text import UserText
from rmsession.tui.text import content
from rmsession.tui.widgets.flow import MUTED
from rmsession.tui.widgets.home_lookup import Companion, companion_of
from rmsession.tui.widgets.name_field import NameField


class _Person(Option):
    """One row."""

    def __init__(self, companion: Companion, prompt: Content) -> None:
        super().__init__(prompt)
        self.companion = companion


class PeopleDialog(ModalScreen[Companion | None]):
    """Asks who sits here: somebody known, found by typing, or somebody new."""

    DEFAULT_CSS = """
    PeopleDialog {
        align: center middle;
        & > Vertical {
            width: 56; max-width: 95%; height: auto; max-height: 90%; padding: 1 2; background: $panel;
        }
        #people-question { text-style: bold; margin-bottom: 1; }
        NameField { margin-bottom: 1; }
        OptionList { height: auto; max-height: 12; border: none; background: transparent; padding: 0; }
        OptionList > .option-list--option-highlighted { color: $text; background: $accent 25%; text-style: bold; }
        OptionList:ansi > .option-list--option-highlighted {
            color: $block-cursor-foreground; background: $block-cursor-background;
        }
        #people-keys { color: $text-muted; margin-top: 1; }
    }
    """
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Leave things as they are", id="people.back"),
        Binding("down", "move(1)", show=False, priority=True, tooltip="Next name", id="people.down"),
        Binding("up", "move(-1)", show=False, priority=True, tooltip="Name before", id="people.up"),
    ]

    def __init__(self, pairs: Sequence[Pair], me: UserText, *, known_only: bool = False) -> None:
        super().__init__()
        self._known_only = known_only
        people = {companion_of(pair, me): None for pair in pairs}
        self._people = sorted(people, key=_name)

    def compose(self) -> ComposeResult:
        """A line to type in above the names."""
        with Vertical():
            question = "Whose sessions?" if self._known_only else "Who sits with you?"
            yield Static(question, id="people-question", markup=False)
            yield NameField(hint="type to find" if self._known_only else "type to find, or a new name")
            yield OptionList(*self._rows(""))
            yield Static("enter choose · ↑ ↓ move · esc back", id="people-keys", markup=False)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show the names that have the typed letters in them."""
        names = self.query_one(OptionList)
        names.set_options(self._rows(event.value))
        names.action_first()

    @on(Input.Submitted)
    def take(self) -> None:
        """Choose the highlighted name."""
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        event.stop()
        if isinstance(event.option, _Person):
            self.dismiss(event.option.companion)

    def action_move(self, step: int) -> None:
        """Move the highlight while the cursor stays in the line."""
        names = self.query_one(OptionList)
        if step > 0:
            names.action_cursor_down()
        else:
            names.action_cursor_up()

    def _rows(self, typed: str) -> list[_Person]:
        wanted = " ".join(typed.casefold().split())
        rows = []
        # What begins as typed comes before what only has it somewhere.
        for person in sorted(self._people, key=lambda each: not _name(each).startswith(wanted)):
            if person.name and wanted in _name(person):
                role = Content.styled("  mentors you", MUTED) if person.mentors_me else ""
                rows.append(_Person(person, Content.assemble(content(person.name), role)))
        name = UserText(" ".join(typed.split()))
        if self._known_only:
            return rows
        if not name:
            rows.append(_Person(Companion(), Content.styled("Somebody new", MUTED)))
        elif all(_name(row.companion) != wanted for row in rows):
            new = Content.assemble(("Somebody new: ", MUTED), content(name))
            rows.append(_Person(Companion(name), new))
        return rows


def _name(companion: Companion) -> str:
    """The name as it is compared."""
    return companion.name.line.casefold() if companion.name else ""

"""The feedback form on the screen; for the mentee with nothing else in sight, and no way but through it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from rmsession.core.commands import GiveFeedback, SkipFeedback
from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Via, Visibility
from rmsession.core.goals import Named
from rmsession.core.store import HalfForm
from rmsession.core.terms import Role
from rmsession.tui.desk import Desk
from rmsession.tui.sizes import fit
from rmsession.tui.widgets.filling import form_of, taken_up
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.form import Question
from rmsession.tui.widgets.form_pages import KEYS_OF, Page, and_figures, notice, who_sees, whose


class Notice(Static, can_focus=True):
    """A page of words that takes the keyboard."""


class FeedbackScreen(Screen[bool]):
    """Asks one person; answers True when the form is settled, False when it was left for later."""

    LOCKED = False
    """Whether palette and navigation are refused while this is open."""
    CSS = """
    FeedbackScreen { align: center top; }
    FeedbackScreen #page { width: 84; max-width: 100%; height: 1fr; padding: 1 2; }
    FeedbackScreen #sees { link-color: $text-accent; link-style: none; }
    FeedbackScreen #more { color: $text-muted; }
    FeedbackScreen #yours { margin: 2 0; }
    FeedbackScreen Question, FeedbackScreen Notice { display: none; }
    FeedbackScreen.-asking Question, FeedbackScreen.-saying Notice { display: block; }
    FeedbackScreen.-done #sees, FeedbackScreen.-done #more, FeedbackScreen.-done #yours { display: none; }
    FeedbackScreen.-tiny #page { padding: 0 1; }
    FeedbackScreen.-tiny #yours { margin: 1 0; }
    FeedbackScreen.-tiny #more { display: none; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (19, "-short")]
    AUTO_FOCUS = None
    BINDINGS = [
        Binding("enter", "hand_in", "Hand in", tooltip="Hand the form in"),
        Binding("enter", "finish", "Done", tooltip="Close this page"),
        Binding("y", "confirm", "Yes", tooltip="Do that"),
        Binding("left,backspace", "back", "Back", key_display="←", tooltip="Return to the questions"),
        Binding("tab", "visibility", "Who sees it", priority=True, tooltip="Show your answers, or only how many"),
        Binding("f9", "leave_out", "No feedback", tooltip="Leave the whole form out", id="feedback.leave-out"),
        Binding("escape", "leave", "Leave", tooltip="Leave the form; what you answered stays as a draft"),
        Binding("escape", "stay", "Go on", tooltip="Go on with the form"),
    ]

    def __init__(self, desk: Desk, role: Role, *, locked: bool, earlier: Sequence[Named] = ()) -> None:
        super().__init__()
        self.LOCKED = locked
        self.desk = desk
        self.role = role
        begun = next((each for each in desk.forms if each.role == role.value), None)
        self._filling = taken_up(form_of(desk.session, role, earlier), begun.answers if begun else ())
        self._visibility = begun.visibility if begun else Visibility.COUNTS
        self._page = Page.ASKING

    def compose(self) -> ComposeResult:
        """Who sees it, whose it is, and one question or one page of words."""
        fit(self)
        with Vertical(id="page"):
            yield Static(id="sees")
            yield Static(id="more")
            yield Static(id="yours")
            yield Question()
            yield Notice(id="notice")
        yield Foot(show_command_palette=False)

    def on_mount(self) -> None:
        """Ask."""
        self._turn(Page.ASKING)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show and take the keys of this page only."""
        return self._page in KEYS_OF[action] if action in KEYS_OF else super().check_action(action, parameters)

    def action_hand_in(self) -> None:
        """Hand the form in."""
        given = FeedbackGiven(self.role, self._filling.whole, self._visibility, Via.SCREEN)
        self._settle(GiveFeedback(given))

    def action_finish(self) -> None:
        """Give the screen back."""
        self.dismiss(True)

    def action_confirm(self) -> None:
        """Leave the form for later, or for good."""
        if self._page is Page.LEAVING:
            self._keep()
            self.dismiss(False)
        else:
            self._settle(SkipFeedback(self.role))

    def action_back(self) -> None:
        """Return to the last question."""
        self._filling = self._filling.turned(-1)
        self._turn(Page.ASKING)

    def action_visibility(self) -> None:
        """Change who sees the answers."""
        self._visibility = Visibility.COUNTS if self._visibility is Visibility.BOTH else Visibility.BOTH
        self._keep()
        self._say()

    def action_leave_out(self) -> None:
        """Ask whether there shall be no feedback."""
        self._turn(Page.LEAVING_OUT)

    def action_leave(self) -> None:
        """Ask whether to leave the form for later."""
        self._turn(Page.LEAVING)

    def action_stay(self) -> None:
        """Go on with the form."""
        self._turn(Page.ASKING)

    @on(Question.Answered)
    def _answered(self, message: Question.Answered) -> None:
        asked = self._filling.item
        if asked is None or message.answer.item != asked.id:
            # A second key that came before the next question could be seen is no answer, and turns no page.
            return
        self._filling = self._filling.with_answer(message.answer)
        self._keep()
        if message.settled:
            self._turned(Question.Turned(1))

    @on(Question.Turned)
    def _turned(self, message: Question.Turned) -> None:
        self._filling = self._filling.turned(message.by)
        self._turn(Page.ASKING)

    def _keep(self) -> None:
        self.desk.with_form(HalfForm(self.role.value, self._filling.answers, self._visibility))

    def _settle(self, command: GiveFeedback | SkipFeedback) -> None:
        refusal = self.desk.ask(command)
        if refusal:
            self.notify(refusal.why, severity="warning", markup=False)
            return
        self.desk.without_form(self.role.value)
        if self.LOCKED:
            self._turn(Page.DONE)
        else:
            self.dismiss(True)

    def _turn(self, page: Page) -> None:
        ready = page is Page.ASKING and self._filling.item is None
        self._page = Page.READY if ready else page
        asking = self._page is Page.ASKING
        self.set_class(asking, "-asking")
        self.set_class(not asking, "-saying")
        self.set_class(self._page is Page.DONE, "-done")
        self._say()
        if asking:
            self.query_one(Question).show(self._filling)
        else:
            self.query_one(Notice).focus()
        self.refresh_bindings()

    def _say(self) -> None:
        own = self.desk.session.role_of(self.desk.by) is self.role
        person = self.desk.session.pair.mentee if self.role is Role.MENTEE else self.desk.session.pair.mentor
        for name, words in (
            ("sees", who_sees(self.role, self._visibility, own_disk=own)),
            ("more", and_figures(self._visibility)),
            ("yours", whose(person.name, len(self._filling.form.items), handed_over=self.LOCKED)),
            ("notice", notice(self._page, *self._filling.count)),
        ):
            self.query_one(f"#{name}", Static).update(words)

"""The preview: an agenda whole, before anything begins; who, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Rule, Static

from rmsession.core.agenda import Reading
from rmsession.core.last_time import Opened, opened
from rmsession.core.leftovers import offers
from rmsession.core.programme import Pair, pair_of, same_name
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.tui.earlier import Earlier, earlier
from rmsession.tui.launch import Launch
from rmsession.tui.plan import Plan
from rmsession.tui.recorder import Recorder
from rmsession.tui.sizes import fit
from rmsession.tui.steps import EARLIER, NAMES
from rmsession.tui.widgets.agenda_outline import Preparation, ProblemList, TopicTable, headline, tally
from rmsession.tui.widgets.carried_over import CarriedOver
from rmsession.tui.widgets.flow import Flow, spread
from rmsession.tui.widgets.foot import Foot
from rmsession.tui.widgets.plan_entries import Flaw, opening_words, read_plan
from rmsession.tui.widgets.plan_form import PlanForm
from rmsession.tui.widgets.prepared import PreparedField

_TELL_SECONDS = 10.0
"""How often the times that follow from "now" are told anew."""


class PreviewScreen(Screen[Plan | None]):
    """Looks at an agenda and settles who and when; the answer is a plan, or None to go back."""

    CSS = """
    PreviewScreen {
        #headline { height: auto; padding: 0 1; }
        .thin { color: $foreground 20%; margin: 0; height: 1; }
        #halves { height: 1fr; padding: 0 1; }
        #agenda { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; }
        #outline, Preparation { height: auto; margin-right: 1; }
        #outline > * { margin-bottom: 1; }
        #form { width: 42; height: 1fr; margin-left: 2; scrollbar-size-vertical: 1; }
    }
    PreviewScreen.-narrow #form { width: 34; margin-left: 0; }
    PreviewScreen.-wide #agenda { layout: horizontal; }
    PreviewScreen.-wide #outline { width: 3fr; margin-right: 5; }
    PreviewScreen.-wide Preparation { width: 4fr; }
    PreviewScreen.-wide #form { width: 50; margin-left: 5; }
    PreviewScreen.-short PlanForm > Horizontal { margin-bottom: 0; }
    PreviewScreen.-short PlanForm #go { margin-top: 0; height: 1; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-halves"), (150, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    BINDINGS = [
        Binding("f2", "start", "Start", tooltip="Begin the session", id="preview.start", priority=True),
        Binding(
            "alt+p", "turn_prepared", "Prepared", tooltip="Not asked, yes, no", id="preview.prepared", priority=True
        ),
        Binding("alt+o", "offers", "Earlier", tooltip="What earlier sessions left", id="preview.offers", priority=True),
        Binding("alt+w", "warnings", "Warnings", tooltip="Show all remarks", id="preview.warnings", priority=True),
        Binding("escape", "back", "Back", tooltip="Go back; nothing has begun", id="preview.back"),
    ]

    def __init__(
        self,
        reading: Reading,
        launch: Launch,
        recorder: Recorder,
        *,
        mentor: UserText | None,
        mentee: UserText | None,
        must_end: datetime | None,
        duration_minutes: float | None,
    ) -> None:
        super().__init__()
        self._reading = reading
        self._launch = launch
        self._recorder = recorder
        self._mentor = mentor or launch.me
        self._mentee = mentee
        self._must_end = must_end.astimezone(self._now().tzinfo) if must_end else None
        self._duration = duration_minutes
        self._pairs: tuple[Pair, ...] = ()
        self._earlier = Earlier()
        self._of: Pair | None = None
        """Whose leftovers these are."""
        self._beat: Timer | None = None
        """Tells when times are to be told anew."""

    def compose(self) -> ComposeResult:
        """Topics and reading at the left, the form at the right."""
        fit(self)
        agenda, problems = self._reading.agenda, self._reading.problems
        yield Static(id="headline")
        yield Rule(classes="thin")
        with Horizontal(id="halves"):
            with VerticalScroll(id="agenda"):
                with Container(id="outline"):
                    remarks = ProblemList(problems)
                    remarks.display = bool(problems)
                    table = TopicTable()
                    # An error comes before what it is about; a warning can wait.
                    yield from (remarks, table) if tally(problems).errors else (table, remarks)
                    yield CarriedOver()
                yield Preparation(agenda)
            with VerticalScroll(id="form", can_focus=False):
                yield PlanForm(
                    agenda,
                    mentor=self._mentor,
                    mentee=self._mentee,
                    must_end=self._must_end,
                    duration_minutes=self._duration,
                )
        yield Foot()

    def on_mount(self) -> None:
        """Tell the times, look up names to complete, and go to what is still missing."""
        form = self.query_one(PlanForm)
        self._show_length(form.length or self._duration)
        form.tell(self._now())
        self.app.call_later(self._keep_time)
        form.first_gap().focus()
        self._look_up_names()

    def _keep_time(self) -> None:
        # The app's own: what waits for the next beat would hold the screen, and all in it, while a session opens.
        if self.is_attached:
            self._beat = self.app.set_interval(_TELL_SECONDS, self._time_passed)

    def on_unmount(self) -> None:
        """Tell no more."""
        if self._beat:
            self._beat.stop()

    @work(exclusive=True, group=NAMES)
    async def _look_up_names(self) -> None:
        mentor = self._mentor
        if mentor is None:
            return
        try:
            self._pairs = await self._recorder.ask(lambda store: store.programme().pairs)
        except StoreError:
            # Without names to complete from, a name is typed out; what is wrong shows on Home.
            return
        mine = [pair.mentee.name for pair in self._pairs if same_name(pair.mentor.name, mentor)]
        self.query_one(PlanForm).know(mine)
        self._look_back()

    @on(Input.Changed, "#mentor, #mentee")
    def _look_back(self) -> None:
        """Ask what earlier sessions of this pair left, once the names are those of one."""
        entries = self.query_one(PlanForm).entries
        pair = pair_of(self._pairs, entries.mentor, entries.mentee)
        if pair != self._of:
            self._of = pair
            self._offer(Earlier())
            if pair:
                self._look_up_earlier(pair)

    @work(exclusive=True, group=EARLIER)
    async def _look_up_earlier(self, pair: Pair) -> None:
        try:
            found = await self._recorder.ask(lambda store: earlier(store, pair.id, pair.mentor.id))
        except StoreError:
            # Less is offered; it is offered again the next time, and Home tells what is wrong.
            return
        if pair == self._of:
            self._offer(found)

    def _offer(self, found: Earlier) -> None:
        self._earlier = found
        offered = offers(found.left, self._reading.agenda, Role.MENTOR)
        self.query_one(CarriedOver).offer(offered, self._now().date())
        self._reckon()
        self.refresh_bindings()

    @on(CarriedOver.Changed)
    @on(PlanForm.LengthChanged)
    def _reckon(self) -> None:
        """Show the agenda as it will run."""
        form = self.query_one(PlanForm)
        form.plan_for(self._run.agenda)
        self._show_length(form.length or self._duration)
        self._tell()

    @property
    def _run(self) -> Opened:
        return opened(self._reading.agenda, len(self._earlier.waits), self.query_one(CarriedOver).topics)

    @on(Input.Changed)
    def _tell(self) -> None:
        form, now = self.query_one(PlanForm), self._now()
        form.tell(now)
        said = opening_words(self._run, len(self._earlier.waits), form.entries, now)
        self.query_one(CarriedOver).tell(said)

    def _time_passed(self) -> None:
        if not self.query_one(PlanForm).refused:
            self._tell()

    @on(PlanForm.Started)
    def action_start(self) -> None:
        """Begin, or say what is still missing."""
        form = self.query_one(PlanForm)
        match read_plan(form.entries, self._reading.agenda, self._now()):
            case Flaw() as flaw:
                form.refuse(flaw)
            case plan:
                carried = self.query_one(CarriedOver)
                self.dismiss(
                    replace(
                        plan,
                        duration_minutes=plan.duration_minutes or self._duration,
                        taken=carried.topics,
                        questions=carried.questions,
                        let_go=carried.let_go,
                    )
                )

    def action_turn_prepared(self) -> None:
        """The next answer to whether the mentee came prepared."""
        self.query_one(PreparedField).action_turn(1)

    def action_offers(self) -> None:
        """Go to what earlier sessions left."""
        self.query_one(CarriedOver).begin()

    def action_warnings(self) -> None:
        """Show all of the reader's remarks, or only the first."""
        self.query_one(ProblemList).toggle()

    def action_back(self) -> None:
        """Go back; nothing has begun."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 # Textual's
        """The keys for all warnings and for what earlier sessions left show where there are any."""
        if action == "offers":
            return self.is_mounted and self.query_one(CarriedOver).any
        return action != "warnings" or (self.is_mounted and self.query_one(ProblemList).folds)

    def _show_length(self, length: float | None) -> None:
        agenda = self._run.agenda
        title, figures = headline(replace(self._reading, agenda=agenda), length)
        self.query_one("#headline", Static).update(Flow(lambda width: spread(title, figures, width)))
        self.query_one(TopicTable).show(agenda, length, self._now().date())

    def _now(self) -> datetime:
        return self._launch.clock.now().wall

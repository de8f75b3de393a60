"""What a screen says when it is done, or something on it was chosen, and the step that this leads to."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from rmsession.tui.flow import Flow
from rmsession.tui.launch import OpenActions, OpenAgenda, OpenPairs, OpenReview
from rmsession.tui.steps import FLOW
from rmsession.tui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from rmsession.tui.screens.actions import ActionsScreen
    from rmsession.tui.screens.history import HistoryScreen
    from rmsession.tui.screens.home import HomeScreen
    from rmsession.tui.screens.pairs import PairsScreen


class Routes(TypedAhead):
    """An app whose screens lead on to one another, step by step of its flow."""

    _flow: Flow

    def go(self, steps: Coroutine[Any, Any, None]) -> None:
        """Take steps that wait for screens to be answered."""
        self.run_worker(steps, group=FLOW)

    # By name: a screen is imported when it is opened, and no session begun on the command line shows Home.

    def on_home_screen_agenda_chosen(self, message: HomeScreen.AgendaChosen) -> None:
        """Look at an agenda, and settle who it is for."""
        self.go(self._flow.preview(OpenAgenda(message.path, mentee=message.mentee)))

    def on_home_screen_new_agenda(self) -> None:
        """Write one in the person's editor."""
        self.go(self._flow.write_agenda())

    def on_home_screen_session_chosen(self, message: HomeScreen.SessionChosen) -> None:
        """Go on with a session."""
        self.go(self._flow.take_up(message.session))

    def on_home_screen_record_chosen(self, message: HomeScreen.RecordChosen) -> None:
        """Open a record, at one of its lines."""
        self.go(self._flow.look_at(message.session, message.capture))

    def on_home_screen_pending_chosen(self, message: HomeScreen.PendingChosen) -> None:
        """Take the steps that a session waits for."""
        self.go(self._flow.look_at(message.session, close=True))

    def on_home_screen_list_wanted(self, message: HomeScreen.ListWanted) -> None:
        """Open a list above Home."""
        self.go(self._flow.show(message.opening))

    def on_session_screen_closing(self) -> None:
        """The topics are over: what closes the session follows."""
        self.go(self._flow.close())

    def on_session_screen_ended(self) -> None:
        """Show what the session took and left."""
        self.go(self._flow.show_summary())

    def on_session_screen_left(self) -> None:
        """Back to where it was opened from."""
        self.go(self._flow.back())

    def on_summary_screen_finish(self) -> None:
        """Take the steps that wait."""
        self.go(self._flow.close())

    def on_summary_screen_reopened(self) -> None:
        """Go on with a session that had ended."""
        self.go(self._flow.reopen())

    def on_summary_screen_closed(self) -> None:
        """Back to where it was opened from."""
        self.go(self._flow.back())

    def on_summary_screen_edit_captures(self) -> None:
        """Correct captured lines of a session that is over."""
        self._flow.correct()

    def on_history_screen_record_chosen(self, message: HistoryScreen.RecordChosen) -> None:
        """Open a record, at what was found in it."""
        self.go(self._flow.look_at(message.session, message.capture))

    def on_history_screen_actions_chosen(self, message: HistoryScreen.ActionsChosen) -> None:
        """Show the action items of the same pair."""
        self.go(self._flow.show(OpenActions(message.pair)))

    def on_history_screen_closed(self) -> None:
        """Back to where it was opened from."""
        self.go(self._flow.leave_list())

    def on_actions_screen_source_chosen(self, message: ActionsScreen.SourceChosen) -> None:
        """Open the record that an action item comes from, where it stands."""
        self.go(self._flow.look_at(message.session, message.capture))

    def on_actions_screen_closed(self) -> None:
        """Back to where it was opened from."""
        self.go(self._flow.leave_list())

    def on_report_screen_closed(self) -> None:
        """Back to where it was opened from."""
        self.go(self._flow.leave_list())

    def on_report_screen_pairs_wanted(self) -> None:
        """Show whom the figures are of."""
        self.go(self._flow.show(OpenPairs()))

    def on_pairs_screen_history_wanted(self, message: PairsScreen.HistoryWanted) -> None:
        """Show the sessions of the pair that is stood on."""
        self.go(self._flow.show(OpenReview(message.pair)))

    def on_pairs_screen_closed(self) -> None:
        """Back to where it was opened from."""
        self.go(self._flow.leave_list())

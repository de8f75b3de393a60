"""How every screen is reached, for a sweep to look at it."""

from __future__ import annotations

from dataclasses import replace

from hostile.planting import PAIR, PLANT, half_filled, plan, session_id
from hostile.reaching import Open, running, session, then, word
from hostile.sweep import BEHIND, CLOSING, ENDED, PENDING, RUNNING, Sweep
from textual.widgets import Input

from rmsession.core.agenda import Problem, Reading, Severity
from rmsession.tui.asides import Field
from rmsession.tui.launch import OpenActions, OpenAgenda
from rmsession.tui.screens.preview import PreviewScreen


async def _home(sweep: Sweep) -> None:
    sweep.go(sweep.app._flow.home())
    await sweep.front("HomeScreen")
    await sweep.until(lambda: len(sweep.app.screen._offers) > 1 and sweep.app.screen._found.known, "the agendas")
    await sweep.pilot.pause()


async def _met(sweep: Sweep) -> None:
    await _home(sweep)
    from rmsession.tui.widgets.home_lookup import Companion

    sweep.app.screen.meet(Companion(sweep.planter(PAIR).mentee.name))
    await sweep.until(lambda: bool(sweep.app.screen._found.sessions), "the sessions")
    await sweep.pilot.pause()


async def _fate(sweep: Sweep) -> None:
    """The date of a session that came from elsewhere, with a zone that is none."""
    await _met(sweep)
    home = sweep.app.screen
    sessions = tuple(each for each in home._found.sessions if each.id == session_id(CLOSING))
    home._found = replace(home._found, sessions=sessions)
    home._settle_date()
    await sweep.front("FateDialog")


async def _preview(sweep: Sweep) -> None:
    pair = sweep.planter(PAIR)
    wanted = OpenAgenda(sweep.agenda, pair.mentor.name, pair.mentee.name)
    sweep.go(sweep.app._flow.preview(wanted))
    await sweep.front("PreviewScreen")


async def _preview_nobody(sweep: Sweep) -> None:
    """Names as the agenda has them show as hints."""
    sweep.go(sweep.app._flow.preview(OpenAgenda(sweep.agenda)))
    await sweep.front("PreviewScreen")


async def _welcome(sweep: Sweep) -> None:
    sweep.go(sweep.app._flow._welcome())
    await sweep.front("WelcomeScreen")


async def _picker(sweep: Sweep) -> None:
    await _home(sweep)
    await sweep.press("o")
    await sweep.front("AgendaPicker")
    await sweep.until(lambda: sweep.app.screen.query_one("DirectoryNavigation").option_count > 1, "the files")


async def _leaving(sweep: Sweep) -> None:
    await running(sweep)
    await sweep.app.action_quit()
    await sweep.front("Ask")


async def _export(sweep: Sweep) -> None:
    await word("export", "ExportDialog")(sweep)


async def _over(sweep: Sweep) -> None:
    await _export(sweep)
    sweep.app.screen.query_one(Input).value = str(sweep.agenda)
    await sweep.press("enter")
    await sweep.front("Ask")


async def _gap(sweep: Sweep) -> None:
    await running(sweep)
    sweep.app.screen.desk._clock.suspend(900)
    sweep.app.screen._tick()
    await sweep.front("Ask")


async def _reveal(sweep: Sweep) -> None:
    await running(sweep)
    sweep.app.screen.reveal()
    sweep.app.screen.do("3", "")
    await sweep.pilot.pause()


async def _preview_all(sweep: Sweep) -> None:
    """An agenda with everything in it, and with every remark that quotes a text."""
    problems = tuple(Problem(line, kind, "code", PLANT, PLANT) for line, kind in enumerate(Severity, 1))
    reading, pair = sweep.planter(Reading(plan(), problems)), sweep.planter(PAIR)
    more = {"mentor": pair.mentor.name, "mentee": pair.mentee.name, "must_end": None, "duration_minutes": None}
    sweep.app.push_screen(PreviewScreen(reading, sweep.app._launch, sweep.app.recorder, **more))
    await sweep.front("PreviewScreen")


async def _returning(sweep: Sweep) -> None:
    """What was being typed elsewhere is offered back, one after the other."""
    sweep.store.keep_draft(session_id(RUNNING), half_filled(sweep.planter, *Field))
    await session(RUNNING, "Ask")(sweep)
    while type(sweep.app.screen).__name__ == "Ask":
        sweep.look("what is offered back")
        await sweep.press("escape")


async def _actions(sweep: Sweep) -> None:
    sweep.go(sweep.app._flow.show(OpenActions(PAIR.id)))
    await sweep.front("ActionsScreen")
    await sweep.until(lambda: bool(sweep.app.screen.query_one("ActionShelf").items), "the action items")
    await sweep.pilot.pause()


async def _palette(sweep: Sweep) -> None:
    await running(sweep)
    await sweep.press("ctrl+p")
    await sweep.front("CommandPalette")
    await sweep.pilot.pause(0.4)


_closing = session(CLOSING, "ClosingScreen")
_summary = session(ENDED, "SummaryScreen")
_captures = then(running, "CapturesDialog", "alt+e")


async def _hand_over_line(sweep: Sweep) -> None:
    await _captures(sweep)
    places = [place for place, each in enumerate(sweep.app.screen._captures) if each.is_open_action]
    sweep.app.screen.query_one("OptionList").highlighted = places[-1]
    await sweep.press("h")
    await sweep.front("AskChange")


async def _versions(sweep: Sweep) -> None:
    await _captures(sweep)
    places = [place for place, each in enumerate(sweep.app.screen._captures) if each.rivals]
    sweep.app.screen._desk.by = PAIR.mentee.id  # the other one wrote it, and is named
    sweep.app.screen.query_one("OptionList").highlighted = places[0]
    await sweep.press("v")
    await sweep.front("VersionsDialog")


_topics = then(running, "TopicsDialog", "alt+j")
_behind = session(BEHIND, "SessionScreen")
_last_time = then(_behind, "LastTimeDialog", "alt+l")
_people = then(_home, "PeopleDialog", "w")
_next_date = then(_closing, "ClosingScreen", "f2")
_feedback = then(_closing, "ClosingScreen", "f2", "f2")
_form = then(_feedback, "FeedbackScreen", "enter")

STAGES: dict[str, Open] = {
    "home": _home,
    "home with somebody": _met,
    "next date's fate": _fate,
    "people": _people,
    "file picker": _picker,
    "preview": _preview,
    "preview with nobody": _preview_nobody,
    "preview of everything": _preview_all,
    "welcome": _welcome,
    "session": running,
    "session revealed": _reveal,
    "returning": _returning,
    "palette": _palette,
    "captured lines": _captures,
    "kind": then(_captures, "Ask", "k"),
    "move": then(_captures, "Ask", "m"),
    "redact": then(_captures, "Ask", "r"),
    "hand a line over": _hand_over_line,
    "versions of a line": _versions,
    "edit": then(_captures, "AskLine", "e"),
    "topics": _topics,
    "session behind others": _behind,
    "last time": _last_time,
    "last time revealed": then(_last_time, "LastTimeDialog", "f7"),
    "split an action": then(_last_time, "LastTimeDialog", "s"),
    "add a topic": then(_topics, "AskLine", "a"),
    "links": word("link", "Ask"),
    "link": then(word("link", "Ask"), "Ask", "2"),
    "who": word("who", "AskLine"),
    "fit": word("fit", "Ask"),
    "gap": _gap,
    "leaving": _leaving,
    "help": then(running, "HelpScreen", "f1"),
    "curtain": then(running, "Curtain", "alt+h"),
    "export": _export,
    "export once more": _export,
    "write over": _over,
    "read back": _closing,
    "read back revealed": then(_closing, "ClosingScreen", "f7"),
    "next date": _next_date,
    "hand over": _feedback,
    "end": then(_feedback, "ClosingScreen", "f2"),
    "form": _form,
    "form leaving": then(_form, "FeedbackScreen", "escape"),
    "form by mail": then(_feedback, "FormByMail", "t"),
    "summary": _summary,
    "summary revealed": then(_summary, "SummaryScreen", "f7"),
    "share": then(_summary, "ShareDialog", "s"),
    "summary pending": session(PENDING, "SummaryScreen"),
    "summary reopen": then(_summary, "Ask", "r"),
    "actions": _actions,
    "actions revealed": then(_actions, "ActionsScreen", "f7", "a", "end"),
    "drop an action": then(_actions, "AskChange", "x"),
    "hand an action over": then(_actions, "AskChange", "h"),
    "summary captures": then(_summary, "CapturesDialog", "e"),
}
"""How every screen is reached, by what it shows."""

"""The shared face holds on every screen: with nothing revealed, nothing private is painted at any moment."""

from __future__ import annotations

import asyncio
import pkgutil
import time
from importlib import import_module

from privacy.painted import Watch, painted
from privacy.sentinels import PRIVATE_PROMPTS, agenda_text, held, mark, names_in
from support.building import MENTEE
from support.stage import Stage
from support.tally import tally
from textual.screen import Screen
from textual.widgets import Input, OptionList

import rmsession.tui
from rmsession.core.feedback import Visibility
from rmsession.core.record import Record
from rmsession.store.codec import fact_document
from rmsession.store.spelling import dumps
from rmsession.store.values import document_of
from rmsession.tui.screens.closing import ClosingScreen
from rmsession.tui.screens.summary import SummaryScreen

SIZES = ((120, 36), (60, 16), (80, 24))
ON_THE_AGENDA = {"prompt in the private topic"}
TYPED = "typed privately"


def every_screen() -> set[str]:
    """The name of every screen of the program, found in its modules."""
    for module in pkgutil.walk_packages(rmsession.tui.__path__, "rmsession.tui."):
        import_module(module.name)
    kinds, todo = set(), [Screen]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        ours = any(each.__module__.startswith("rmsession.") for each in kind.__subclasses__())
        # What others are made of is shown as them.
        if kind.__module__.startswith("rmsession.") and not ours:
            kinds.add(kind.__name__)
    return kinds


async def until(true, what: str = "it") -> None:
    limit = time.monotonic() + 20
    while not true():
        assert time.monotonic() < limit, f"{what} did not come to be"
        await asyncio.sleep(0.02)


async def on_screen(stage: Stage, name: str) -> None:
    await until(lambda: type(stage.app.screen).__name__ == name, name)
    await stage.pilot.pause()


async def look_in_each_size(stage: Stage) -> None:
    """In the next of the sizes: all of them are tried often, and each is a second on a busy machine."""
    stage.app.turn = getattr(stage.app, "turn", -1) + 1
    await stage.pilot.resize_terminal(*SIZES[stage.app.turn % len(SIZES)])
    await stage.pilot.pause()


async def type_in(stage: Stage, text: str) -> None:
    """Letter by letter, each painted; a word's end at once, as from a quick hand."""
    quick = max(text.rfind(" ") + 3, 4)
    for letter in (*text[:quick], text[quick:]):
        if len(letter) > 1:
            stage.app.focused.insert_text_at_cursor(letter)
            await stage.pilot.pause()
            continue
        await stage.pilot.press(
            {" ": "space", "~": "tilde", "/": "slash", "@": "at", "#": "number_sign"}.get(letter, letter)
        )


async def leave(stage: Stage, name: str) -> None:
    await stage.pilot.press("escape")
    await on_screen(stage, name)


async def in_the_session(stage: Stage, watch: Watch) -> None:
    await on_screen(stage, "SessionScreen")
    for number in range(1, 5):
        await stage.enter(f"/{number}")
        await look_in_each_size(stage)
        watch.look(stage.app)
    for line in (f"~ {mark(TYPED)}", f"/park ~ {mark(TYPED)}", f"/topic ~ {mark(TYPED)} 3"):
        stage.line.value = ""
        await type_in(stage, line)
        assert stage.line.value == line
        await stage.pilot.press("enter")
        await stage.pilot.pause()
    await stage.pilot.press(*["up"] * 6)
    assert any(mark("mentor's private note") in line for line in stage.line.known.lines)
    stage.line.value = ""
    for name in ("mentor's private note, tag", "other tag"):
        await type_in(stage, f"#{mark(name)[:3]}")
        assert not stage.line._suggestion
        stage.line.value = ""
    await type_in(stage, "/park 2")  # the private topic, in the parking lot
    await stage.pilot.press("enter")
    await look_in_each_size(stage)
    await type_in(stage, "/unpark 2")
    await stage.pilot.press("enter")
    await stage.enter("/until +12")
    await stage.pilot.press("alt+i")
    await stage.pilot.pause()
    if type(stage.app.screen).__name__ == "Ask":
        await look_in_each_size(stage)
        await leave(stage, "SessionScreen")
    for key, name in (("alt+h", "Curtain"), ("f1", "HelpScreen")):
        await stage.pilot.press(key)
        await on_screen(stage, name)
        await look_in_each_size(stage)
        await leave(stage, "SessionScreen")
    await stage.enter("/resume")


async def in_its_dialogs(stage: Stage) -> None:
    await stage.pilot.press("alt+j")
    await on_screen(stage, "TopicsDialog")
    await look_in_each_size(stage)
    await stage.pilot.press("a")
    await on_screen(stage, "AskLine")
    await type_in(stage, f"~ {mark(TYPED)}")
    await leave(stage, "TopicsDialog")
    await leave(stage, "SessionScreen")
    await stage.pilot.press("alt+e")
    await on_screen(stage, "CapturesDialog")
    await look_in_each_size(stage)
    captures = stage.app.screen.query_one(OptionList)
    lines = stage.app.screen._captures
    private = next(place for place, each in enumerate(lines) if not each.shared)
    corrected = next(place for place, each in enumerate(lines) if each.heads != (each.id,))
    for key, name in (("k", "Ask"), ("m", "Ask"), ("r", "Ask"), ("v", "VersionsDialog"), ("e", "AskLine")):
        captures.highlighted = corrected if key == "v" else private
        await stage.pilot.press(key)
        await on_screen(stage, name)
        await look_in_each_size(stage)
        await stage.pilot.press("escape")
        await stage.pilot.pause()
        if type(stage.app.screen).__name__ == "SessionScreen":
            await stage.pilot.press("alt+e")
        await on_screen(stage, "CapturesDialog")
        captures = stage.app.screen.query_one(OptionList)
    await leave(stage, "SessionScreen")
    await stage.enter("/export")
    await on_screen(stage, "ExportDialog")
    for _ in range(4):
        await stage.pilot.press("pagedown")
    await look_in_each_size(stage)
    await leave(stage, "SessionScreen")
    await stage.pilot.press("ctrl+p")
    await on_screen(stage, "CommandPalette")
    await type_in(stage, mark("mentor's private note")[1:5])
    await stage.pilot.pause()
    await leave(stage, "SessionScreen")


async def in_the_closing(stage: Stage, watch: Watch) -> None:
    await stage.pilot.press("f9")
    await on_screen(stage, "ClosingScreen")
    closing = stage.app.screen
    assert isinstance(closing, ClosingScreen)
    await look_in_each_size(stage)
    from rmsession.tui.widgets.readback import ReadBack

    step, tried = closing.query_one(ReadBack), 0
    for _ in closing.desk.session.to_read_back():
        owned = step.capture and not step.capture.shared and step.capture.content.owner
        for what in ("amend", "owner", "due") if owned else ():
            step.action_type(what)
            await stage.pilot.press("x")
            step.action_stop_typing()
            tried += 1
        step.action_turn(1)
        if owned:
            break
    await stage.pilot.pause()
    assert tried == 3
    step.action_type("add")
    await stage.pilot.pause()
    await type_in(stage, f"~ {mark(TYPED)}")
    await look_in_each_size(stage)
    await stage.pilot.press("enter", "escape")
    for _ in range(3):
        await stage.pilot.press("f2")
        await look_in_each_size(stage)
    await in_the_forms(stage, watch)


async def in_the_forms(stage: Stage, watch: Watch) -> None:
    from rmsession.core.terms import Role
    from rmsession.tui.widgets.handover import HandOver

    closing = stage.app.screen
    for role in (Role.MENTEE, Role.MENTOR):
        closing.post_message(HandOver.ByText(role))
        await on_screen(stage, "FormByMail")
        await look_in_each_size(stage)
        await leave(stage, "ClosingScreen")
    with watch.allowing({"mentee's answer", "half a form"}):  # to whoever fills it in
        closing.post_message(HandOver.Fill(Role.MENTEE))
        await on_screen(stage, "FeedbackScreen")
        form = stage.app.screen
        for _ in range(20):
            line = form.query_one("AnswerLine", Input)
            if line.display and line.has_focus:
                line.value = mark("mentee's answer")
                await stage.pilot.press("enter")
            else:
                await stage.pilot.press("s")
            await stage.pilot.pause()
            if form._filling.item is None:
                break
        assert form._visibility is Visibility.COUNTS
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        watch.look(stage.app)
        await stage.pilot.press("enter")
    await on_screen(stage, "ClosingScreen")
    await look_in_each_size(stage)


async def after_the_end(stage: Stage) -> None:
    from rmsession.tui.widgets.steps import StepKey

    stage.app.screen._go(StepKey.END)
    await stage.pilot.pause()
    await stage.pilot.press("enter")
    await on_screen(stage, "SummaryScreen")
    await look_in_each_size(stage)
    for _ in range(4):
        await stage.pilot.press("pagedown")
    await stage.pilot.pause()
    await stage.pilot.press("s")
    await on_screen(stage, "ShareDialog")
    for key in ("f4", "f3", "f2", "pagedown", "pagedown"):
        await stage.pilot.press(key)
    await look_in_each_size(stage)
    await leave(stage, "SummaryScreen")


async def revealing(stage: Stage, watch: Watch, names: set[str]) -> None:
    """The key shows them, and the same key hides them again."""
    await stage.pilot.resize_terminal(160, 100)
    watch.look(stage.app)
    watch.shown.clear()
    with watch.allowing(names):
        await stage.pilot.press("f7")
        await stage.pilot.pause()
        watch.look(stage.app)
        assert watch.shown & names, "the reveal key showed nothing"
        await stage.pilot.press("f7")
        await stage.pilot.pause()
    watch.look(stage.app)
    await stage.pilot.resize_terminal(80, 24)


async def test_nothing_private_is_painted_on_the_way_through_a_session():
    it = held(end=False)
    private = it.private | {TYPED}
    gone = it.gone - {"off-record tick"}  # the agenda's own prompt, which both may see
    watch = Watch(private | gone | it.others | {"mentee's answer"})
    async with painted(it, watch) as stage:
        await in_the_session(stage, watch)
        await revealing(stage, watch, private | set(PRIVATE_PROMPTS))
        await in_its_dialogs(stage)
        await in_the_closing(stage, watch)
        await after_the_end(stage)
        assert isinstance(stage.app.screen, SummaryScreen)
        await revealing(stage, watch, private)
    assert watch.seen == {}, "\n\n".join(f"{name} on {where}" for name, where in watch.seen.items())
    WALKED.update(watch.screens)
    tally("private marks on the screen", cases=watch.frames * len(watch.names) // 4)


async def among_the_actions(stage: Stage, watch: Watch, private: set[str]) -> None:
    """The list of action items, from Home and back; a private one stays hidden in what asks about it."""
    await stage.pilot.press("a")
    await on_screen(stage, "ActionsScreen")
    shelf = stage.app.screen.query_one("ActionShelf")
    await until(lambda: shelf.items)
    await look_in_each_size(stage)
    hidden = next(each.text.raw for each in shelf.items if each.private)
    with watch.allowing(private):  # whoever types it sees it
        await stage.pilot.press("slash")
        await type_in(stage, hidden)
        assert shelf.item is None
        await leave(stage, "ActionsScreen")
    while not (shelf.item and shelf.item.private):
        await stage.pilot.press("down")
    for key in ("x", "h", "t"):
        await stage.pilot.press(key)
        await on_screen(stage, "AskChange")
        await type_in(stage, mark(TYPED))
        await look_in_each_size(stage)
        await leave(stage, "ActionsScreen")
    await revealing(stage, watch, private)
    await stage.pilot.press("escape")
    await on_screen(stage, "HomeScreen")


async def through_the_programme(stage: Stage, watch: Watch) -> None:
    """The report names nobody; the pairs do, once they are asked for, and say of none what a session said."""
    await stage.pilot.press("r")
    await on_screen(stage, "ReportScreen")
    await until(lambda: stage.app.screen.query_one("ReportList").count > 0, "the figures")
    with watch.allowing({"other wave"}):  # the lead's own word for several pairs
        await stage.pilot.press("w", "end")
        await look_in_each_size(stage)
    with watch.allowing({"other name", "other wave", "other role"}):  # they are asked for
        await stage.pilot.press("p")
        await on_screen(stage, "PairsScreen")
        pairs = stage.app.screen.query_one("PairList")
        await until(lambda: pairs.stood_on is not None, "the pairs")
        for _ in range(2):
            await until(lambda: stage.app.screen.query_one("PairDetail").goals is not None, "the goals")
            await stage.pilot.press("down")
        for key, name in (("e", "FieldsDialog"), ("c", "CardDialog")):
            await stage.pilot.press(key)
            await on_screen(stage, name)
            await look_in_each_size(stage)
            await leave(stage, "PairsScreen")
        await stage.pilot.press("escape")
        if type(stage.app.screen).__name__ == "PairsScreen":
            await stage.pilot.press("escape")
        await on_screen(stage, "ReportScreen")
    await stage.pilot.press("escape")
    if type(stage.app.screen).__name__ == "ReportScreen":
        await stage.pilot.press("escape")
    await on_screen(stage, "HomeScreen")


async def through_the_lists(stage: Stage, watch: Watch, private: set[str]) -> None:
    """Whatever is opened from Home by a key, and back."""
    await among_the_actions(stage, watch, private)
    await through_the_programme(stage, watch)


async def test_nobody_else_is_named_on_home_in_a_preview_or_a_dialog_until_asked_for(tmp_path):
    (tmp_path / "talk.md").write_text(agenda_text(), encoding="utf-8")
    (tmp_path / "other.md").write_text(
        f"---\nmentee: Sam {mark('other name')}\n---\n# Plan {mark('other title')}\n\n## One (10 min)\n", "utf-8"
    )
    it = held(end=False)
    watch = Watch(it.private | (it.gone - {"off-record tick"}) | it.others)
    async with painted(it, watch, first="home", folder=tmp_path) as stage:
        await on_screen(stage, "HomeScreen")
        await until(lambda: stage.app.screen._found.known and stage.app.screen._offers)
        await look_in_each_size(stage)
        await stage.pilot.press("o")
        await on_screen(stage, "AgendaPicker")
        await look_in_each_size(stage)
        await leave(stage, "HomeScreen")
        with watch.allowing({"other name"}):  # the picker is where names stand side by side
            await stage.pilot.press("w")
            await on_screen(stage, "PeopleDialog")
            await type_in(stage, "Alex")
            await stage.pilot.press("enter")
            await on_screen(stage, "HomeScreen")
        await until(lambda: stage.app.screen._found.companion and stage.app.screen._found.known)
        await look_in_each_size(stage)
        stage.app.screen._settle_date()
        await on_screen(stage, "FateDialog")
        await look_in_each_size(stage)
        await leave(stage, "HomeScreen")
        await through_the_lists(stage, watch, it.private)
        await stage.pilot.press("h")
        await on_screen(stage, "HistoryScreen")
        await until(lambda: stage.app.screen.query_one("RecordPane").session is not None, "a record")
        await look_in_each_size(stage)
        await leave(stage, "HomeScreen")
        from rmsession.tui.screens.home import HomeScreen

        stage.app.screen.post_message(HomeScreen.AgendaChosen(tmp_path / "talk.md", None))
        await on_screen(stage, "PreviewScreen")
        await look_in_each_size(stage)
        await stage.pilot.press("alt+w", "escape")
        await on_screen(stage, "HomeScreen")
        await until(lambda: stage.app.screen._found.known)
        stage.app.screen.action_put_away()
        await look_in_each_size(stage)
        stage.app.screen.post_message(HomeScreen.SessionChosen(it.record.id))
        await on_screen(stage, "SessionScreen")
        await look_in_each_size(stage)
    assert watch.seen == {}, "\n\n".join(f"{name} on {where}" for name, where in watch.seen.items())
    WALKED.update(watch.screens)
    async with painted(it, watch, first="home", me=None) as stage:
        await on_screen(stage, "WelcomeScreen")
        await look_in_each_size(stage)
    assert watch.seen == {}
    WALKED.update(watch.screens)
    tally("private marks on the screen", cases=watch.frames * len(watch.names) // 4)


async def test_what_an_earlier_session_left_is_dots_in_the_next_one(tmp_path):
    (tmp_path / "next.md").write_text("# Next\n\n## Check-in (10 min)\n\n## More (5 min)\n", encoding="utf-8")
    it = held(end=False)
    watch = Watch(it.private | (it.gone - {"off-record tick"}) | it.others | {TYPED})
    async with painted(it, watch, first="home", folder=tmp_path) as stage:
        await on_screen(stage, "HomeScreen")
        from rmsession.tui.screens.home import HomeScreen

        stage.app.screen.post_message(HomeScreen.AgendaChosen(tmp_path / "next.md", MENTEE.name))
        await on_screen(stage, "PreviewScreen")
        offers = stage.app.screen.query_one("CarriedOver")
        await until(lambda: offers.any, "what was left")
        assert any(each.private for each in offers._offers)
        await stage.pilot.press("alt+o")
        for _ in offers._offers:
            await stage.pilot.press("space", "down")
        await look_in_each_size(stage)
        await stage.pilot.press("f2")
        await on_screen(stage, "SessionScreen")
        await until(lambda: stage.screen.memory.carrying.items, "last time's actions")
        await look_in_each_size(stage)
        await stage.pilot.press("f2")
        await on_screen(stage, "LastTimeDialog")
        dialog = stage.app.screen
        while not dialog._list.chosen.item.private:
            await stage.pilot.press("down")
        await stage.pilot.press("s")
        await type_in(stage, mark(TYPED))
        await look_in_each_size(stage)
        await stage.pilot.press("escape")
        await revealing(stage, watch, it.private)
        await stage.pilot.press("C")
        await leave(stage, "SessionScreen")
        await stage.pilot.press("f2", "f2")
        await look_in_each_size(stage)
    assert watch.seen == {}, "\n\n".join(f"{name} on {where}" for name, where in watch.seen.items())
    WALKED.update(watch.screens)
    tally("private marks on the screen", cases=watch.frames * len(watch.names) // 4)


WALKED: set[str] = set()
"""The screens that the tests above were on."""


def test_every_screen_there_is_was_walked_through():
    assert len(every_screen()) > 12
    assert every_screen() - WALKED == set(), "walk through it above"


async def test_a_redacted_line_comes_back_by_no_key():
    it = held(end=False)
    names = set().union(*it.erased.values())
    watch = Watch(names)
    async with painted(it, watch) as stage:
        await on_screen(stage, "SessionScreen")
        with watch.allowing(names):
            await stage.pilot.resize_terminal(80, 120)
            for _ in range(100):  # a busy machine lays out later than it says
                watch.look(stage.app)
                if watch.shown:
                    break
                await stage.pilot.pause(0.02)
            await stage.pilot.resize_terminal(80, 24)
            assert watch.shown
            assert any(mark("redacted note, amended") in line for line in stage.line.known.lines)
            await stage.pilot.press("up", "up")
            for target in it.erased:
                await stage.screen.desk.redact(target)
            stage.screen.redacted()
            stage.line.value = ""
            await stage.pilot.pause()
            await stage.app.workers.wait_for_complete()
            await stage.pilot.pause()
        for key in ("alt+z", "alt+y", "alt+z", "alt+z", "alt+z", "alt+y", "alt+y"):
            await stage.pilot.press(key)
            await stage.pilot.pause()
        offered = "\n".join((*stage.line.known.lines, *stage.line.known.tags)).lower()
        assert mark("shared note") in offered
        assert not [name for name in names if mark(name)[1:] in offered]
        await stage.pilot.press("up", "up", "up")
        stage.line.value = ""
        await type_in(stage, f"@{mark('redacted note, owner')[:3]}")
        await stage.pilot.press("tab")
        stage.line.value = ""
        await stage.pilot.press("f7", "alt+e")
        await on_screen(stage, "CapturesDialog")
        await stage.pilot.press("f7")
        await look_in_each_size(stage)
        await leave(stage, "SessionScreen")
        draft = await stage.app.recorder.ask(lambda store: store.draft(it.record.id))
        assert not [name for name in names if mark(name) in repr(draft)]
    assert watch.seen == {}, "\n\n".join(f"{name} on {where}" for name, where in watch.seen.items())
    tally("private marks on the screen", cases=watch.frames * len(watch.names) // 4)


async def test_nothing_typed_off_the_record_is_kept_anywhere():
    it = held(end=False)
    word = mark("off the record")
    watch = Watch(set())
    async with painted(it, watch) as stage:
        await on_screen(stage, "SessionScreen")
        await stage.enter("/off")
        assert stage.session.off_record
        for typed in (word, f"~ {word}", f"@Alex {word} by fri", f"/park {word}", f"/topic {word} 3"):
            await stage.enter(typed)
            await stage.pass_time(20)
        stage.line.value = word
        for key in ("alt+j", "a"):
            await stage.pilot.press(key)
            await stage.pilot.pause()
        await on_screen(stage, "AskLine")
        await type_in(stage, word)
        await stage.pass_time(20)
        await leave(stage, "TopicsDialog")
        await leave(stage, "SessionScreen")
        await stage.pass_time(20)
        store = await stage.app.recorder.ask(lambda store: store)
        kept = repr((dumps(document_of(store.draft(it.record.id))), record_bytes(store.load(it.record.id))))
        assert names_in(kept, {"off the record", "shared note"}) == {"shared note"}
        assert word in stage.line.value  # it stays in the line, for whoever typed it
    tally("private marks in what left", cases=6)


def record_bytes(record: Record) -> list[bytes]:
    return [dumps(fact_document(each)) for each in record.facts]

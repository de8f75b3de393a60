"""What a person does on a stage that brings a hostile text somewhere it does not come by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from hostile.payloads import LITERALS
from hostile.stages import STAGES
from hostile.sweep import Sweep
from textual.widgets import Input, Static, TextArea

from rmsession.core import commands as asked
from rmsession.tui.launch import OpenAgenda
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.export_dialog import KINDS
from rmsession.tui.screens.welcome import WelcomeScreen

Act = Callable[[Sweep], Awaitable[None]]
FEW = 4
"""Lines that are read back before one whose owner can be asked for has come."""


async def _copy(sweep: Sweep) -> None:
    """Everything on the screen, by the keys with which people copy."""
    screen = sweep.app.screen
    screen.text_select_all()
    screen.action_copy_text()
    if sweep.stage == "session" and sweep.planter.suit.startswith(LITERALS[0]):
        assert all(each in sweep.app.clipboard for each in LITERALS)
    sweep.look("copying everything")


async def _type_into_line(sweep: Sweep) -> None:
    """Lines of every kind, pasted: their reading shows below."""
    text = sweep.planter.text("typed")
    for line in (text, f"@{text}", f"[] {text} due:{text}", f"? {text}", f"/{text}", f"/next {text}", f"~ {text}",
                 f"g: {text} = 12", f"#{text}", "#Ψ", "@Ψ", f"@nobody {text} by fri"):  # fmt: skip
        sweep.app.screen.query_one("#line", Input).value = ""
        await sweep.paste(line)
        sweep.look(f"pasting a line that begins {line[:4]!r}")
    await sweep.press("enter", "up", "up")
    sweep.look("recalling a line")


async def _add_hostile_topic(sweep: Sweep) -> None:
    screen = sweep.app.screen
    screen.do("topic", f"{sweep.planter.text('added')} 5")
    await sweep.pilot.pause()
    sweep.look("adding a topic")
    for word, argument in (("who", ""), ("until", "x[/]"), ("park", sweep.planter.text("parked line"))):
        screen.do(word, argument)
        await sweep.pilot.pause()
        sweep.look(f"/{word}")


async def _disk_refuses(sweep: Sweep) -> None:
    """A capture is not kept, and then a redaction and a pair are refused."""
    async with sweep.refusing():
        await sweep.paste(sweep.planter.text("unkept"))
        await sweep.press("enter")
        await sweep.until(lambda: sweep.app.recorder.waiting > 0, "a refusal")
        await asyncio.sleep(0.05)
        sweep.look("a refusal of the disk")
    await sweep.until(lambda: sweep.app.recorder.waiting == 0, "keeping again")


async def _redaction_refused(sweep: Sweep) -> None:
    async with sweep.refusing():
        await sweep.press("e")
        await sweep.pilot.pause()
        await asyncio.sleep(0.05)
        sweep.look("a refused redaction")


async def _pair_refused(sweep: Sweep) -> None:
    async with sweep.refusing():
        await sweep.paste(sweep.planter.text("somebody else"))
        sweep.look("pasting a name")
        await sweep.press("enter")
        await asyncio.sleep(0.05)
        await sweep.pilot.pause()
        sweep.look("a refused pair")


async def _pair_taken(sweep: Sweep) -> None:
    await sweep.paste(sweep.planter.text("somebody else"))
    await sweep.press("enter")
    await asyncio.sleep(0.05)
    sweep.look("another pair")


async def _cannot_write(sweep: Sweep) -> None:
    line = sweep.app.screen.query_one(Input)
    for path in (
        f"/dev/null/{sweep.planter.text('path')}",
        sweep.planter.text("path"),
        "~nobody/x",
        "a\0b",
        "x" * 5000,
    ):
        if type(sweep.app.screen).__name__ != "ExportDialog":
            return
        line = sweep.app.screen.query_one(Input)
        line.value = path
        sweep.look("a path")
        await sweep.press("enter")
        await asyncio.sleep(0.1)
        sweep.look("a path that cannot be")
        if type(sweep.app.screen).__name__ == "Ask":
            # Something is there already.
            await sweep.press("escape")
        await sweep.until(lambda: type(sweep.app.screen).__name__ in ("ExportDialog", "SessionScreen"), "an answer")


async def _other_kinds(sweep: Sweep) -> None:
    """Everything that a session can be made into, as the dialog shows it before it is written."""
    text = sweep.app.screen.query_one("#text", Static)
    for number in range(len(KINDS)):
        before = text.content
        await sweep.press("down")
        await sweep.until(lambda before=before: text.content is not before, "another text")
        await sweep.pilot.pause()
        sweep.look(f"kind {number}")


async def _written(sweep: Sweep) -> None:
    sweep.app.screen.query_one(Input).value = str(sweep.agenda.with_suffix(".minutes"))
    await sweep.press("enter")
    await sweep.until(lambda: type(sweep.app.screen).__name__ == "SessionScreen", "the file")
    sweep.look("writing a file")


async def _shared(sweep: Sweep) -> None:
    """Where no file can be, into a file with the clipboard, and over that file."""
    sweep.app.screen.query_one(Input).value = f"/dev/null/{sweep.planter.text('path')}"
    await sweep.press("enter")
    await asyncio.sleep(0.1)
    await sweep.front("ShareDialog")
    sweep.look("a path that cannot be")
    path = str(sweep.agenda.with_suffix(".share"))
    sweep.app.screen.query_one(Input).value = path
    await sweep.press("f5")
    await sweep.front("SummaryScreen")
    await sweep.press("s")
    await sweep.front("ShareDialog")
    sweep.app.screen.query_one(Input).value = path
    await sweep.press("enter")
    await sweep.front("Ask")
    sweep.look("sharing and copying, and a file that is there")
    await sweep.press("escape")
    await sweep.front("ShareDialog")


async def _home_troubles(sweep: Sweep) -> None:
    async with sweep.refusing():
        await sweep.app.screen.refresh_all()
        await sweep.pilot.pause()
        sweep.look("what could not be read")
    sweep.go(sweep.app._flow.take_up(sweep.planter.text("no such session")))
    await asyncio.sleep(0.1)
    await sweep.pilot.pause()
    sweep.look("no such session")
    sweep.go(sweep.app._flow.preview(_missing(sweep)))
    await asyncio.sleep(0.1)
    await sweep.pilot.pause()
    sweep.look("no such agenda")


def _missing(sweep: Sweep) -> OpenAgenda:
    return OpenAgenda(Path(sweep.planter.text("missing").replace("\0", "") + ".md"))


async def _say_fate(sweep: Sweep) -> None:
    await sweep.press("m")
    await _type_a_name(sweep)
    await sweep.press("enter", "escape")
    async with sweep.refusing():
        await sweep.press("c")
        await sweep.front("FateDialog")
        await asyncio.sleep(0.05)
        sweep.look("a refusal of the disk")


async def _type_a_name(sweep: Sweep) -> None:
    await sweep.paste(sweep.planter.text("typed name"))
    sweep.look("pasting a name")
    await sweep.press("backspace")
    sweep.look("typing in a name")


async def _type_in_plan(sweep: Sweep) -> None:
    for field in sweep.app.screen.query(Input):
        field.focus()
        await sweep.pilot.pause()
        await _type_a_name(sweep)
    await sweep.press("f2")
    sweep.look("starting")


async def _type_in_picker(sweep: Sweep) -> None:
    sweep.app.screen.query_one(Input).focus()
    for text in (sweep.planter.text("file name"), "a**", "x" * 5000, "~nobody/x", "[/", "\ud83d"):
        sweep.app.screen.query_one(Input).value = text
        await sweep.pilot.pause()
        await sweep.press("enter")
        sweep.look("a file name")
        if type(sweep.app.screen).__name__ != "AgendaPicker":
            return


async def _open_hostile_folder(sweep: Sweep) -> None:
    """Into a folder whose name ends the program where it is read as markup."""
    folder = sweep.agenda.parent / sweep.planter.text("folder").replace("/", "∕").replace("\0", "")[:80]
    for each in (folder, sweep.agenda.parent / "[", sweep.agenda.parent / "[@click=app.canary]x"):
        each.mkdir(exist_ok=True)
        sweep.app.screen.query_one("DirectoryNavigation").location = each
        await asyncio.sleep(0.05)
        await sweep.pilot.pause()
        sweep.look("opening a folder")


async def _search_palette(sweep: Sweep) -> None:
    """The palette by what is typed: its own words, and a hostile text."""
    line = sweep.app.screen.query_one(Input)
    for text in ("pause", "[minutes", sweep.planter.text("searched")):
        line.value = text[:60]
        await asyncio.sleep(0.25)
        await sweep.pilot.pause()
        sweep.look(f"searching for {text[:5]!r}")


async def _read_aloud(sweep: Sweep) -> None:
    """Every line that is read back, and each way of typing to one."""
    for number in range(len(tuple(sweep.app.screen.desk.session.to_read_back()))):
        await sweep.press("right")
        sweep.look(f"line {number}")
        for key in ("e", "o", "d", "x") if not number else ("o",) if number < FEW else ():
            await sweep.press(key)
            if isinstance(sweep.app.focused, Input):
                await sweep.paste(sweep.planter.text("typed back"))
            sweep.look(f"{key} on a line")
            await sweep.press("enter", "escape")
            sweep.look(f"{key} entered")


async def _refused_in_closing(sweep: Sweep) -> None:
    says = sweep.planter.text("never kept")
    sweep.app.recorder._post(lambda: Recorder.Refused(says))
    await sweep.pilot.pause()
    sweep.look("a fact that is refused for good")
    async with sweep.refusing():
        sweep.app.screen.step.ask(asked.Undo())
        await asyncio.sleep(0.05)
        await sweep.pilot.pause()
        sweep.look("a refusal of the disk")
    await sweep.until(lambda: sweep.app.recorder.waiting == 0, "keeping again")


async def _when_and_where(sweep: Sweep) -> None:
    for field in sweep.app.screen.step.query(Input):
        field.focus()
        await sweep.pilot.pause()
        await sweep.paste(sweep.planter.text("when"))
        sweep.look("typing when")
        await sweep.press("enter")
        sweep.look("no such day")


async def _skip_through(sweep: Sweep) -> None:
    """Every question of the form; words where it takes words."""
    for number in range(40):
        if isinstance(sweep.app.focused, Input):
            await sweep.paste(sweep.planter.text("an answer"))
            sweep.look(f"question {number}, answered")
            await sweep.press("enter")
        else:
            await sweep.press("1")
        sweep.look(f"question {number}")
        if sweep.app.screen.has_class("-saying"):
            return


async def _paste_reply(sweep: Sweep) -> None:
    form, reply = (sweep.app.screen.query_one(name, TextArea) for name in ("#form", "#reply"))
    text = sweep.planter.text("a reply")
    lines = [f"{line}: {text}" if line[:1].isdigit() else line for line in form.text.split("\n")]
    scored = [f"{line.rpartition(':')[0]} 4" if "(1-5)" in line else line for line in lines]
    for pasted in ("\n".join(lines), "\n".join(scored), text):
        reply.clear()
        reply.focus()
        await sweep.paste(pasted)
        sweep.look("a pasted reply")
    await sweep.press("f2")
    sweep.look("copying the form")


async def _welcomed(sweep: Sweep) -> None:
    await _type_a_name(sweep)
    await sweep.press("escape")
    sweep.app.push_screen(WelcomeScreen(Path("/elsewhere") / sweep.planter.text("home").replace("\0", "")))
    await sweep.front("WelcomeScreen")
    await sweep.press("enter")
    sweep.look("another home")


async def _change_actions(sweep: Sweep) -> None:
    """A change that is kept, one that is refused, and a filter."""
    await sweep.press("d")
    await sweep.until(lambda: bool(sweep.app.screen._changes.made), "a change")
    sweep.look("an action done")
    async with sweep.refusing():
        await sweep.press("o")
        await asyncio.sleep(0.05)
        await sweep.pilot.pause()
        sweep.look("a refusal of the disk")
    await sweep.press("slash")
    await sweep.paste(sweep.planter.text("a filter"))
    sweep.look("a filter")
    await sweep.press("escape")


async def _edit_line(sweep: Sweep) -> None:
    await sweep.paste(sweep.planter.text("corrected"))
    sweep.look("correcting a line")
    await sweep.press("enter")
    sweep.look("a corrected line")


async def _split(sweep: Sweep) -> None:
    """Parts of every kind, pasted and entered; then the reasons that are asked for."""
    for text in (sweep.planter.text("a part"), f"@{sweep.planter.text('a part')} by fri", "@Ψ", "~ x"):
        await sweep.paste(text)
        sweep.look("pasting a part")
        await sweep.press("enter")
        sweep.look("a part that was entered")
    await sweep.press("enter")
    sweep.look("an action that was split")
    await sweep.press("x")
    await sweep.paste(sweep.planter.text("a reason to drop"))
    sweep.look("pasting a reason")
    await sweep.press("enter", "C")
    sweep.look("all settled")


async def _offered(sweep: Sweep) -> None:
    """What earlier sessions left: taken into the agenda and let go, one after the other."""
    await sweep.until(lambda: sweep.app.screen.query_one("CarriedOver").any, "the offers")
    await sweep.press("alt+o")
    for key in ("space", "x", "space") * 6:
        await sweep.press(key, "down")
    sweep.look("taking what was left")


ACTS: dict[str, tuple[Act, ...]] = {
    "home": (_home_troubles,),
    "next date's fate": (_say_fate,),
    "people": (_type_a_name,),
    "file picker": (_open_hostile_folder, _type_in_picker),
    "preview": (_offered,),
    "split an action": (_split,),
    "preview of everything": (_type_in_plan, _copy),
    "welcome": (_welcomed,),
    "session": (_copy, _type_into_line, _add_hostile_topic),
    "session revealed": (_disk_refuses,),
    "palette": (_search_palette,),
    "redact": (_redaction_refused,),
    "edit": (_edit_line,),
    "add a topic": (_edit_line,),
    "who": (_pair_refused,),
    "actions": (_change_actions,),
    "drop an action": (_type_a_name,),
    "hand an action over": (_type_a_name,),
    "export": (_cannot_write,),
    "export once more": (_other_kinds, _written),
    "share": (_shared,),
    "read back": (_refused_in_closing, _read_aloud),
    "next date": (_when_and_where,),
    "form": (_skip_through,),
    "form by mail": (_paste_reply,),
    "summary revealed": (_copy,),
}
"""On which stage each is done, in this order, without going back in between."""
assert set(ACTS) <= {*STAGES}, set(ACTS) - {*STAGES}

"""What is typed is kept as it was typed, whatever script it is in, and enter is enter whenever it was pressed."""

from __future__ import annotations

import unicodedata

import pytest
from support.running import held, running
from textual import events
from textual.keys import _character_to_key

from rmsession.core.fold import session_of
from rmsession.tui.launch import OpenSession
from rmsession.tui.typed_signs import as_meant

LINES = (
    "今日\u3000明日",
    "a\u00a0b\u202fc",
    "می\u200cخواهم",
    "👩\u200d👩\u200d👧 ok",
    "soft\u00adhyphen",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f flag",
    "שלום\u200f!",
    "\uf8ff mark",
)


def typed(sign: str) -> events.Key:
    return events.Key(_character_to_key(sign), sign)


@pytest.mark.parametrize("line", LINES)
async def test_a_line_is_kept_as_it_is_typed(line):
    play = held(1, 0, end=False)
    async with running(play, first=OpenSession(play.record.id)) as run:
        await run.on("SessionScreen")
        for sign in line:
            run.app.post_message(as_meant(typed(sign)))
        run.app.post_message(as_meant(events.Key("ctrl+j", "\n")))
        await run.pilot.pause()
        await run.app.nothing_waits()
        session = session_of(await run.app.recorder.ask(lambda store: store.load(play.record.id)))
        assert [each.content.text.raw for each in session.standing()][-1] == line


@pytest.mark.parametrize("key", [events.Key("escape", "\x1b"), events.Key("f2", None), events.Key("a", "a"),
                                 events.Key("ctrl+a", "\x01"), events.Key("x", "\u2028"), events.Key("x", "\ud800"),
                                 events.Key("x", "\u0085"), events.Paste("\u3000")])  # fmt: skip
def test_what_is_no_text_stays_what_it_is(key):
    assert as_meant(key) is key


def test_every_sign_of_a_script_is_text():
    for code in range(0xA0, 0x3100):
        sign = chr(code)
        told = as_meant(events.Key("x", sign))
        assert isinstance(told, events.Key)
        assert told.is_printable == (unicodedata.category(sign) not in {"Cc", "Cn", "Zl", "Zp"})


def test_enter_typed_before_the_terminal_is_taken_is_enter():
    told = as_meant(events.Key("ctrl+j", "\n"))
    assert (told.key, told.character) == ("enter", "\r")

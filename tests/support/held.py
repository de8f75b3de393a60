"""A session that was held, and a data folder to keep it in, for tests of what stands on the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from support.building import Play, kick_off, record

from rmsession.core import commands as asked
from rmsession.core.record import Record
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.opening import open_store


def session_id(start: str) -> str:
    """A uuid that begins with these hexadecimal digits."""
    return str(UUID(start.ljust(32, "0")))


def held(start: str = "abcd", title: str = "Kick-off", *, end: bool = True) -> Play:
    """Thirteen minutes of a kick-off: a shared line, a private one and an action in it."""
    plan = replace(kick_off(), title=UserText(title))
    play = Play(replace(record(plan), id=session_id(start)))
    play.start()
    play.wait(minutes=4)
    play.keep("Wants fewer dashboards")
    play.keep("My own doubt", private=True)
    play.do(asked.Next())
    play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-12-01")
    play.wait(minutes=9)
    if end:
        play.do(asked.End())
    return play


def kept(home: Path, *records: Record) -> None:
    """Put records into a data folder."""
    store = open_store(home)
    for each in records:
        store.begin(each)
    store.close()

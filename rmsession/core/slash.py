"""Slash commands: from what was typed behind the ``/`` to a request.

Words that only concern the screen (help, reveal, quit, …) are not here: `request` answers None to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from rmsession.core import commands as asked
from rmsession.core.capture import without_tilde
from rmsession.core.commands import Command
from rmsession.core.commands_sitting import SetMustEnd, SetPrepared
from rmsession.core.decision import Refusal
from rmsession.core.facts import Content
from rmsession.core.session import Session
from rmsession.core.terms import Kind
from rmsession.core.text import UserText

_MINUTES = re.compile(r"([+-]?\d{1,5}(?:[.,]\d)?)\s*(?:m|min|mins|minutes?|′|')?")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")
_ADDED = re.compile(r"(?P<title>.*?)[\s(]+(?P<minutes>\d{1,4})\s*(?:m|min|mins|minutes)?\)?\s*", re.DOTALL)
DEFAULT_ADDED_MINUTES = 5.0
"""The time-box of a topic added live without one."""


def request(word: str, argument: str, session: Session, wall: datetime) -> Command | Refusal | None:
    """The request that ``/word argument`` makes of a session at this wall time (aware).

    None says that it is no word of the engine's; a refusal says what was expected.
    """
    if re.fullmatch(r"[+-]\d{1,4}", word):
        return asked.Extend(float(word))
    if re.fullmatch(r"\d{1,3}", word):
        return _jump(word, session)
    build = _WORDS.get(word)
    return build(argument.strip(), session, wall) if build else None


def minutes(text: str) -> float | None:
    """A number of minutes as people type it: ``5``, ``2.5``, ``10 min``; None when it is none."""
    match = _MINUTES.fullmatch(text.strip())
    return float(match[1].replace(",", ".")) if match else None


def clock_time(text: str, wall: datetime) -> datetime | None:
    """The next moment that ``14:45``, ``9`` or ``+30`` (minutes) means, seen from `wall`; None when it is none."""
    text = text.strip()
    if text.startswith("+"):
        ahead = minutes(text)
        return wall + timedelta(minutes=ahead) if ahead else None
    match = _TIME.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:  # noqa: PLR2004 - hours and minutes of a day
        return None
    then = wall.replace(hour=int(match[1]), minute=int(match[2] or 0), second=0, microsecond=0)
    return then if then > wall else then + timedelta(days=1)


def _jump(argument: str, session: Session) -> Command | Refusal:
    topic = _nth_topic(argument, session)
    return topic if isinstance(topic, Refusal) else asked.Jump(topic)


def _nth_topic(argument: str, session: Session) -> str | Refusal:
    if argument.isdecimal() and 1 <= int(argument) <= len(session.topics):
        return session.topics[int(argument) - 1].id
    return Refusal(f"Type the number of a topic, 1 to {len(session.topics)}.")


def _extend(argument: str, _: Session, __: datetime) -> Command | Refusal:
    more = minutes(argument or "5")
    return asked.Extend(more) if more else Refusal("Type the minutes: /extend 5 or /extend -2.")


def _park(argument: str, session: Session, _: datetime) -> Command | Refusal:
    if argument.isdecimal() and 1 <= int(argument) <= len(session.topics):
        return asked.Park(session.topics[int(argument) - 1].id)
    if argument:
        said, private = without_tilde(argument)
        return asked.Keep(Kind.PARKED, Content(UserText(said)), private)
    return asked.Park()


def _unpark(argument: str, session: Session, _: datetime) -> Command | Refusal:
    if not argument and len(session.parked) == 1:
        return asked.Unpark(next(iter(session.parked)))
    topic = _nth_topic(argument, session)
    return topic if isinstance(topic, Refusal) else asked.Unpark(topic)


def _pause(argument: str, _: Session, __: datetime) -> Command | Refusal:
    ago = minutes(argument or "0")
    return asked.Pause(ago) if ago is not None else Refusal("Type how many minutes ago: /pause 6.")


def _until(argument: str, _: Session, wall: datetime) -> Command | Refusal:
    if argument in ("", "open", "none"):
        return SetMustEnd(None)
    then = clock_time(argument, wall)
    return SetMustEnd(then) if then else Refusal("Type a time: /until 14:45, /until +30, or /until open.")


def _topic(argument: str, _: Session, __: datetime) -> Command | Refusal:
    said, private = without_tilde(argument)
    match = _ADDED.fullmatch(said)
    if match and match["title"].strip():
        return asked.AddTopic(UserText(match["title"].strip()), float(match["minutes"]), private)
    return asked.AddTopic(UserText(said), DEFAULT_ADDED_MINUTES, private)


def _earlier(argument: str, session: Session, _: datetime) -> Command | Refusal:
    topic = _nth_topic(argument, session)
    return topic if isinstance(topic, Refusal) else asked.Move(topic, -1)


def _later(argument: str, session: Session, _: datetime) -> Command | Refusal:
    topic = _nth_topic(argument, session)
    return topic if isinstance(topic, Refusal) else asked.Move(topic, 1)


def _tick(argument: str, session: Session, _: datetime) -> Command | Refusal:
    prompts = tickable(session)
    if not argument:
        open_ones = [prompt for prompt in prompts if prompt not in session.ticked]
        return asked.Tick(open_ones[0]) if open_ones else Refusal("Every prompt of this topic is ticked.")
    if argument.isdecimal() and 1 <= int(argument) <= len(prompts):
        return asked.Tick(prompts[int(argument) - 1])
    return Refusal(f"Type the number of a prompt, 1 to {len(prompts)}." if prompts else "This topic has no prompts.")


def tickable(session: Session) -> list[str]:
    """The ids of the current topic's prompts that can be ticked, in the order of their numbers."""
    prompts = session.topic.prompts if session.topic else ()
    return [prompt.id for prompt in prompts if prompt.kind.value != "private"]


def _prepared(argument: str, _: Session, __: datetime) -> Command | Refusal:
    known = {"yes": True, "y": True, "no": False, "n": False, "": True}
    if argument.casefold() not in known:
        return Refusal("Type /prepared yes or /prepared no.")
    return SetPrepared(known[argument.casefold()])


def _plain(command: Command) -> Callable[[str, Session, datetime], Command | Refusal]:
    return lambda argument, _session, _wall: command if not argument else Refusal("That command takes nothing more.")


_WORDS: dict[str, Callable[[str, Session, datetime], Command | Refusal]] = {
    "next": _plain(asked.Next()),
    "back": _plain(asked.Back()),
    "extend": _extend,
    "park": _park,
    "unpark": _unpark,
    "pause": _pause,
    "resume": _plain(asked.Resume()),
    "until": _until,
    "topic": _topic,
    "earlier": _earlier,
    "later": _later,
    "tick": _tick,
    "prepared": _prepared,
    "undo": _plain(asked.Undo()),
    "redo": _plain(asked.Redo()),
    "off": _plain(asked.GoOffRecord(on=True)),
    "on": _plain(asked.GoOffRecord(on=False)),
    "close": _plain(asked.Close()),
    "end": _plain(asked.End()),
}
ENGINE_WORDS = frozenset(_WORDS)
"""The words that `request` knows, besides numbers."""

"""One line of todo.txt: a mark that it is done, days, a priority, words, and keys with values."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from rmsession.core.tasks import ImportedTask
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText

_HEAD: Final = re.compile(
    r"(?P<done>x )?(?P<priority>\([A-Z]\) )?(?:(?P<one>[0-9]{4}-[0-9]{2}-[0-9]{2}) )?"
    r"(?:(?P<two>[0-9]{4}-[0-9]{2}-[0-9]{2}) )?"
)
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY: Final = re.compile(r"(?P<key>due|status|private|sure|carried|reason):(?P<value>\S+)")
_STATUS: Final = {"dropped": ActionStatus.DROPPED, "split": ActionStatus.SPLIT}


def read_line(line: str, number: int) -> ImportedTask:
    """The task that any line means."""
    head = _HEAD.match(line.strip())
    rest = line.strip()[head.end() :] if head else line.strip()
    task = ImportedTask(UserText(), line=number)
    if head and head["done"]:
        task = replace(task, status=ActionStatus.DONE, settled=_day(head["one"]))
    words = [word for word in rest.split(" ") if word]
    words, task = _keys_behind(words, task)
    if words and _is_mark(words[-1], "+"):
        task = replace(task, project=words.pop()[1:])
    words, task = _owner(words, task)
    words, task = _due(words, task)
    # The day on which it was written is no longer of use; the priority is, and no action item has a place for it.
    priority = head["priority"] or "" if head else ""
    text = f"{priority}{' '.join(words)}".replace(" ⏎ ", "\n")
    if not words and task.project:
        text, task = f"{priority}+{task.project}", replace(task, project="")
    return replace(task, text=UserText(text))


def _keys_behind(words: list[str], task: ImportedTask) -> tuple[list[str], ImportedTask]:
    """Take the keys from the end of a line; what has no meaning here stays a word."""
    while words and (key := _KEY.fullmatch(words[-1])):
        changed = _keyed(key["key"], key["value"], task)
        if changed is None:
            break
        words, task = words[:-1], changed
    return words, task


def _keyed(key: str, value: str, task: ImportedTask) -> ImportedTask | None:
    """The task with what a key says; None where it says nothing that is known."""
    changed = None
    match key:
        case "due" if task.due is None and _day(value):
            changed = replace(task, due=value)
        case "status" if value in _STATUS:
            changed = replace(task, status=_STATUS[value])
        case "private":
            changed = replace(task, private=True)
        case "sure" if value in set("12345"):
            changed = replace(task, confidence=int(value))
        case "carried" if value.isdecimal():
            changed = task  # into which sessions no line says
        case "reason":
            changed = replace(task, reason=UserText(value.replace("-", " ")))
        case _:
            pass
    return changed


def _owner(words: list[str], task: ImportedTask) -> tuple[list[str], ImportedTask]:
    """The last context is whose it is: where this program writes it, and where most people have theirs."""
    place = next((place for place in reversed(range(len(words))) if _is_mark(words[place], "@")), None)
    if place is None:
        return words, task
    owner = UserText(words[place][1:])
    return words[:place] + words[place + 1 :], replace(task, owner=owner)


def _due(words: list[str], task: ImportedTask) -> tuple[list[str], ImportedTask]:
    """A due day in the middle of a line."""
    if task.due is None:
        for place in reversed(range(len(words))):
            if words[place].startswith("due:") and _day(words[place][4:]):
                return words[:place] + words[place + 1 :], replace(task, due=words[place][4:])
    return words, task


def _is_mark(word: str, sign: str) -> bool:
    return word.startswith(sign) and len(word) > 1 and word[1] not in "@+"


def _day(words: str | None) -> date | None:
    try:
        # Not every ISO date: `2026-W49-2` is one as well, and nobody would find it again.
        return date.fromisoformat(words) if words and _ISO.fullmatch(words) else None
    except ValueError:
        return None

"""Lists of tasks in: GitHub's and Obsidian's in Markdown, and todo.txt. Every text has a reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rmsession.core.agenda import Problem, Severity
from rmsession.core.owners import owner_in
from rmsession.core.tasks import NOTICE, SIGNS, ImportedTask
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText, clean
from rmsession.reader.limits import SIZE_LIMIT
from rmsession.reader.source import UnreadableAgenda, decode
from rmsession.reader.todo_line import read_line

LONGEST_TASK = 4_000
"""Characters of one task; nobody promises more in one line."""
MOST_TASKS = 1_000
"""Tasks of one list; a session with so many lines opens in a second."""

_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_BOX = re.compile(r"(?P<indent>[\s>]*)(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[(?P<state>[^\n])\](?:[ \t]+(?P<text>.*))?")
_ITEM = re.compile(r"[\s>]*(?:[-*+]|[0-9]{1,9}[.)])(?:\s|$)")
_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_ESCAPED = re.compile(rf"\\([!-/:-@\[-`{{-~])|&#x({'|'.join(f'{ord(sign):X}' for sign in SIGNS)});")
"""A sign that a backslash stands before, or one that is written as its number (`rmsession.export.tasks`)."""
_STRUCK = re.compile(r"~~(?P<text>.+?)~~(?P<rest>[^~]*)\Z")
_EMOJI = re.compile(rf" ?(?P<sign>📅|📆|🗓|✅|❌|➕)\ufe0f?\s*(?P<day>{_ISO})(?!\S)")
_FIELD = re.compile(
    rf" ?(?:\[(?P<a>due|completion|cancelled|created)::\s*(?P<b>{_ISO})\]"
    rf"|\((?P<c>due|completion|cancelled|created)::\s*(?P<d>{_ISO})\))"
)
_OWNER_FIELD = re.compile(
    r"\s*(?:\[(?:owner|assignee)::\s*(?P<a>[^\]\n]+)\]|\((?:owner|assignee)::\s*(?P<b>[^)\n]+)\))"
)
_DUE = re.compile(rf"(?<!\S)due:[ \t]?(?P<day>{_ISO})(?!\S)")
_MORE = r"(?:,\s|(?=\)))"
_DETAILS = re.compile(
    rf"""(?:\A|(?<=\s))\((?=[^)])
    (?:@(?P<owner>"(?:[^"]|"")*"|[^\s@",()]+){_MORE})?
    (?:due\s(?P<due>{_ISO}){_MORE})?
    (?:sure\s(?P<sure>[1-5])\sof\s5{_MORE})?
    (?P<private>private\sto\sthe\s(?:mentor|mentee){_MORE})?
    (?:carried\s(?:once|[0-9]+\stimes)(?:,\s(?=dropped|split)|(?=\)\Z)|:\s.*(?=\)\Z)))?
    (?:(?P<fate>dropped|split)(?::\s(?P<reason>.*))?)?
    \)\Z""",
    re.VERBOSE,
)
_DAY_OF = {
    "📅": "due", "📆": "due", "🗓": "due", "✅": "done", "❌": "dropped", "➕": "created",
    "due": "due", "completion": "done", "cancelled": "dropped", "created": "created",
}  # fmt: skip


class NoTasks(Exception):
    """There is no task to read; its text is one line that says what, where and how to mend it."""


def tasks_in(
    data: bytes, name: str, *, markdown: bool | None = None
) -> tuple[tuple[ImportedTask, ...], tuple[Problem, ...]]:
    """The tasks that a file's bytes hold, and what was left out; `name` is the file's, for messages.

    Raises:
        NoTasks: Too large, no text, or without a task.
    """
    if len(data) > SIZE_LIMIT:
        raise NoTasks(f"{clean(name)} has more than {SIZE_LIMIT // 1_000_000} MB, the most that is read: split it")
    try:
        decoded = decode(data, name=clean(name))
    except UnreadableAgenda as wrong:
        raise NoTasks(str(wrong)) from None
    tasks, problems = read_tasks(decoded.text, markdown=markdown)
    if not tasks and not problems:
        raise NoTasks(f"{clean(name)} holds no tasks: a task is “- [ ] text” in Markdown, or a line of todo.txt")
    return tasks, (*decoded.problems, *problems)


def read_tasks(text: str, *, markdown: bool | None = None) -> tuple[tuple[ImportedTask, ...], tuple[Problem, ...]]:
    """The tasks of any text, and what was left out of it, each with its line.

    Args:
        text: A list of tasks.
        markdown: Whether only lines with a task box are tasks; None: where there is one. Else every line is one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    boxed = any(_BOX.match(line) for line in lines if len(line) <= LONGEST_TASK) if markdown is None else markdown
    found = _boxed(lines, guessed=markdown is None) if boxed else _plain(lines)
    tasks: list[ImportedTask] = []
    problems: list[Problem] = []
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        elif len(tasks) == MOST_TASKS:
            message = f"the list has more than {MOST_TASKS} tasks: what comes from here on is left out"
            problems.append(_problem(each.line, "too-many-tasks", message, "split the list"))
            break
        elif each.text:
            tasks.append(each)
    return tuple(tasks), tuple(problems)


def _plain(lines: list[str]) -> Iterator[ImportedTask | Problem]:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_TASK:
            yield _too_long(number)
        elif line.strip() and NOTICE not in line.split(" "):
            yield read_line(line, number)


def _boxed(lines: list[str], *, guessed: bool) -> Iterator[ImportedTask | Problem]:
    """The lines with a task box; where it was `guessed` that only these are tasks, the others are told."""
    fence, taken = "", 0
    others: list[int] = []
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_TASK:
            if not fence and _BOX.match(line[:LONGEST_TASK]):
                yield _too_long(number)
            continue
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence and (box := _BOX.match(line)):
            if box["text"]:
                parts = _its_lines(box["text"], lines, number)
                taken = number + len(parts) - 1
                yield _task(box["state"], "\n".join(parts), number)
        elif not fence and number > taken and _says_something(line):
            others.append(number)
    if guessed and others:
        yield _passed_over(others)


def _says_something(line: str) -> bool:
    """Whether a line may have been meant for a task: no heading, no rule, not our own notice."""
    return any(sign.isalnum() for sign in line) and not line.startswith("#") and NOTICE not in line.split(" ")


def _its_lines(first: str, lines: list[str], following: int) -> list[str]:
    """An item's text with the lines that are indented under it, as far as they are no items of their own."""
    parts, length = [first.rstrip()], len(first)
    for place in range(following, len(lines)):
        line = lines[place]
        length += len(line)
        if not line.startswith("  ") or not line.strip() or _ITEM.match(line) or length > LONGEST_TASK:
            break
        parts.append(line.strip())
    # A line that goes on in the next one ends with a backslash.
    return [*(part.removesuffix("\\") for part in parts[:-1]), parts[-1]]


def _task(state: str, text: str, line: int) -> ImportedTask:
    task = ImportedTask(UserText(), status=_STATES.get(state, ActionStatus.OPEN), line=line)
    text, task = _dated(text, task)
    text = text.strip()
    # Looked for only where they can be: in a line of opening brackets the search would begin at each.
    if details := _DETAILS.search(text) if text.endswith(")") else None:
        text, task = text[: details.start()].rstrip(), _detailed(details, task)
    if struck := _STRUCK.fullmatch(text.strip()):
        status = task.status if task.status is ActionStatus.SPLIT else ActionStatus.DROPPED
        text, task = struck["text"] + struck["rest"], replace(task, status=status)
    if task.due is None and (due := _DUE.search(text)) and _day(due["day"]):
        text, task = f"{text[: due.start()].rstrip()} {text[due.end() :].lstrip()}", replace(task, due=due["day"])
    if task.owner is None and (owner := owner_in(text, ())):
        text, task = owner.text, replace(task, owner=_literal(owner.name))
    return replace(task, text=_literal(text.strip()))


_STATES = {"x": ActionStatus.DONE, "X": ActionStatus.DONE, "-": ActionStatus.DROPPED}


def _dated(text: str, task: ImportedTask) -> tuple[str, ImportedTask]:
    """The text without the days that emoji and fields give, and the task with them."""

    def take(name: str, day: str, whole: str) -> str:
        nonlocal task
        found = _day(day)
        match _DAY_OF[name]:
            case _ if found is None:
                return whole
            case "due":
                task = replace(task, due=day)
            case "created":
                pass  # it came into this list then, and comes into the session now
            case what:
                status = ActionStatus.DONE if what == "done" else ActionStatus.DROPPED
                status = task.status if task.status is not ActionStatus.OPEN else status
                task = replace(task, status=status, settled=found)
        return ""

    text = _EMOJI.sub(lambda found: take(found["sign"], found["day"], found[0]), text)
    text = _FIELD.sub(lambda found: take(found["a"] or found["c"], found["b"] or found["d"], found[0]), text)
    if owner := _OWNER_FIELD.search(text):
        name = (owner["a"] or owner["b"]).strip().lstrip("@")
        text, task = text[: owner.start()] + text[owner.end() :], replace(task, owner=_literal(name) or None)
    return text, task


def _detailed(found: re.Match[str], task: ImportedTask) -> ImportedTask:
    owner = found["owner"] or ""
    if owner.startswith('"'):
        owner = owner[1:-1].replace('""', '"')
    fates = {"dropped": ActionStatus.DROPPED, "split": ActionStatus.SPLIT}
    return replace(
        task,
        owner=_literal(owner) if owner.strip() else task.owner,
        due=found["due"] if found["due"] and _day(found["due"]) else task.due,
        confidence=int(found["sure"]) if found["sure"] else None,
        private=bool(found["private"]),
        status=fates.get(found["fate"] or "", task.status),
        reason=_literal(found["reason"] or ""),
    )


def _literal(markdown: str) -> UserText:
    """What the Markdown shows: signs that a backslash stands before are themselves, a shown line end is one."""
    shown = _ESCAPED.sub(lambda found: found[1] or chr(int(found[2], 16)), markdown)
    return UserText(shown.replace(" ⏎ ", "\n"))


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _too_long(line: int) -> Problem:
    message = f"the line has more than {LONGEST_TASK} characters, the most that a task may have: it is left out"
    return _problem(line, "long-task", message, "shorten it")


def _passed_over(others: list[int]) -> Problem:
    some = "1 line has" if len(others) == 1 else f"{len(others):,} lines, this one first, have"
    message = f"{some} no task box (“- [ ] text”) as others here, and so no task was read there"
    return _problem(others[0], "no-box", message, "give each task one, or none")


def _problem(line: int, code: str, message: str, mend: str) -> Problem:
    return Problem(line, Severity.WARNING, code, message, mend)

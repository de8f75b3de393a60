"""The capture line: what one typed or pasted line is, read without ever refusing or losing any of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rmsession.core.confidence import sure_part, unsure, without_sure
from rmsession.core.due import due_shown, trailing_due
from rmsession.core.facts import Content
from rmsession.core.frozen import frozen
from rmsession.core.owners import owner_in, written
from rmsession.core.terms import Kind
from rmsession.core.text import UserText


@frozen
class Context:
    """What a line is read against."""

    today: date
    """Local to the record's zone."""
    owners: tuple[str, ...] = ()
    """The names known in this pair, as people wrote them."""
    me: str = ""
    """Whom ``@me`` means; empty where that is nobody."""


@frozen
class Blank:
    """A line with nothing in it."""


@frozen
class Line:
    """Something to keep."""

    kind: Kind
    content: Content
    private: bool = False
    """For whoever typed it alone."""


@frozen
class Slash:
    """A command; whether there is one of that name is for the reader of commands to say."""

    word: str
    """Without the slash: ``next``, ``+5``, ``3``, ``?``."""
    argument: str = ""


Parsed = Blank | Line | Slash

_DOUBT_OWNER, _DOUBT_DUE, _DOUBT_SCORE, _DOUBT_SURE = "owner", "due", "score", "sure"

_NAMES = {
    "d": Kind.DECISION,
    "g": Kind.GOAL,
    "r": Kind.RATING,
    "p": Kind.PARKED,
    "todo": Kind.ACTION,
    "park": Kind.PARKED,
} | {kind.value: kind for kind in Kind}
_SIGNS = {"?": Kind.QUESTION, "!": Kind.IDEA}
_WRITTEN = {
    Kind.QUESTION: "? ",
    Kind.IDEA: "! ",
    Kind.DECISION: "d: ",
    Kind.GOAL: "g: ",
    Kind.RATING: "r: ",
    Kind.PARKED: "p: ",
}
_SCORES = {Kind.GOAL: range(11), Kind.RATING: range(1, 6)}

_LINE_END = re.compile("\r\n?")
# "~5 people", "~/notes" and "~~no~~" are text; in doubt a line is private rather than shown.
_PRIVATE = re.compile(r"~(?![0-9/~=.>-])\s*")
# A letter needs the space behind its colon: "d:\files" is a path.
_WORDS = "|".join(name for name in _NAMES if len(name) > 1)
_NAMED = re.compile(rf"(?P<name>(?ai:{_WORDS})|(?ai:[dgrp])(?=:\s)):\s*")
_BOX = re.compile(r"(?:[-*+][^\S\n]+)?\[[^\S\n]?\](?=[\s\w@]|\Z)\s*")
_SIGN = re.compile(r"(?P<sign>[?!])(?=[\s\w]|\Z)\s*")
_SLASH = re.compile(r"/(?P<word>[a-z?][a-z-]*|[+-]?[0-9]{1,4})(?:[^\S\n]++(?P<argument>.*))?\Z")
_BEHIND_A_WORD = re.compile(r"/[a-z][a-z-]*\s+(?=~)")
_SCORE = re.compile(r"(?P<score>[0-9]{1,2})(?:/(?P<of>[0-9]{1,2}))?")
_MARK = re.compile(
    # Words in any script (combining marks and joiners included), with hyphens, underscores and slashes.
    r"(?<![^\s(])(?P<sign>[#+])(?P<name>[^\W\d_][^\s!-,.:-@\[-^`{-~\u2010-\u206f\u3000-\u303f\uff01-\uff20]*)"
)


def parse(line: str, context: Context) -> Parsed:
    """What the line is. It never raises; what is not understood stays in the text and is named in the doubts."""
    typed = _LINE_END.sub("\n", line).strip()
    if not typed:
        return Blank()
    if slash := _SLASH.match(typed):
        return Slash(slash["word"], slash["argument"] or "")
    tilde = _PRIVATE.match(typed)
    said = typed[tilde.end() :] if tilde else typed
    kind, body = _kind_of(said)
    content = _content(kind, body, context)
    if not content.text:
        kind, content = Kind.NOTE, _content(Kind.NOTE, said or typed, context)
    return Line(kind, content, private=tilde is not None)


def without_tilde(said: str) -> tuple[str, bool]:
    """What is said behind the sign of a private line, and whether the sign stood there."""
    tilde = _PRIVATE.match(said.strip())
    return (said.strip()[tilde.end() :], True) if tilde else (said, False)


def may_be_private(line: str) -> bool:
    """Whether a line under way is, or by its next letters may become, for its writer alone; it is masked then."""
    said = _BEHIND_A_WORD.sub("", line.lstrip(), count=1)
    return said in {"~", "~ "} or _PRIVATE.match(said) is not None


def as_typed(kind: Kind, content: Content, private: bool = False) -> str:
    """The line to edit: parsing it in the same context gives the same again.

    What the kind has no place for (it was reclassified), such as an owner or a date, goes behind the text.
    """
    text = _with_score(content)
    owner = written(content.owner.raw) if content.owner else ""
    due = f"due:{content.due}" if content.due else ""
    sure = f"sure:{content.confidence}" if content.confidence else ""
    match kind:
        case Kind.ACTION:
            line = " ".join(part for part in (owner or "[]", text, due, sure) if part)
        case Kind.NOTE:
            line = _note(" ".join(part for part in (text, owner, due, sure) if part))
        case _:
            line = _WRITTEN[kind] + " ".join(part for part in (text, owner, due, sure) if part)
    return f"~ {line}" if private else line


def describe(parsed: Parsed, today: date) -> list[tuple[str, UserText]]:
    """How a line is read, part by part, to be shown beside it while it is typed.

    The first of each is ours, the second what the line says; a question mark behind the first is a doubt.
    """
    match parsed:
        case Blank():
            return []
        case Slash(word=word):
            return [("command", UserText(word))]
        case Line(kind=kind, content=content, private=private):
            parts = [(kind.value, UserText())]
            if private:
                parts.append(("private", UserText()))
            return parts + _details(kind, content, today)


def _details(kind: Kind, content: Content, today: date) -> list[tuple[str, UserText]]:
    parts: list[tuple[str, UserText]] = []
    if content.owner:
        parts.append(("owner?" if _DOUBT_OWNER in content.doubts else "owner", content.owner))
    if content.due:
        parts.append(("due", UserText(due_shown(content.due, today))))
    elif _DOUBT_DUE in content.doubts and (found := trailing_due(content.text.raw, today)):
        parts.append(("due?", UserText(found.doubt)))
    parts += sure_part(content.confidence, doubted=_DOUBT_SURE in content.doubts)
    if content.score is not None:
        parts.append(("score", UserText(str(content.score))))
    elif _DOUBT_SCORE in content.doubts and (scores := _SCORES.get(kind)):
        parts.append(("score?", UserText(f"= {scores[0]} to {scores[-1]}")))
    parts += [("tag", UserText(f"#{tag}")) for tag in content.tags]
    parts += [("goal", UserText(f"+{goal}")) for goal in content.goals]
    return parts


def _kind_of(said: str) -> tuple[Kind, str]:
    """The kind by how the line begins, and the text behind its sign."""
    if said.startswith("//"):
        return Kind.NOTE, said[1:]
    if named := _NAMED.match(said):
        return _NAMES[named["name"].lower()], said[named.end() :]
    if sign := _SIGN.match(said):
        return _SIGNS[sign["sign"]], said[sign.end() :]
    if box := _BOX.match(said):
        return Kind.ACTION, said[box.end() :]
    if owner_in(said, (), leading=True):
        return Kind.ACTION, said
    return Kind.NOTE, said


def _content(kind: Kind, body: str, context: Context) -> Content:
    match kind:
        case Kind.ACTION:
            content = _action(body, context)
        case Kind.GOAL | Kind.RATING:
            content = _scored(kind, body)
        case _:
            content = Content(UserText(body))
    marks: dict[str, dict[str, str]] = {"#": {}, "+": {}}
    for mark in _MARK.finditer(content.text.raw):
        marks[mark["sign"]].setdefault(mark["name"].casefold(), mark["name"])
    return replace(content, tags=tuple(marks["#"].values()), goals=tuple(marks["+"].values()))


def _action(body: str, context: Context) -> Content:
    owner = owner_in(body, context.owners, context.me)
    text, sure = without_sure(owner.text if owner else body)
    due = trailing_due(text, context.today)
    text = due.text if due else text
    if sure is None:  # it may stand in front of the date as well as behind it
        text, sure = without_sure(text)
    doubts = [_DOUBT_OWNER] if owner and not owner.known else []
    if due and not due.due:
        doubts.append(_DOUBT_DUE)
    if sure is None and unsure(text):
        doubts.append(_DOUBT_SURE)
    return Content(
        UserText(text),
        owner=UserText(owner.name) if owner else None,
        due=due.due.isoformat() if due and due.due else None,
        confidence=sure,
        doubts=tuple(doubts),
    )


def _scored(kind: Kind, body: str) -> Content:
    """The subject and the score behind the last equals sign of its first line."""
    head, end, rest = body.partition("\n")
    subject, equals, tail = head.rpartition("=")
    found = _SCORE.fullmatch(tail.strip()) if equals else None
    scores = _SCORES[kind]
    if found and int(found["score"]) in scores and found["of"] in {None, str(scores[-1])}:
        return Content(UserText((subject.rstrip() + end + rest).strip()), score=int(found["score"]))
    meant = kind is Kind.RATING or (equals and len(tail.split()) == 1 and any(sign.isdecimal() for sign in tail))
    return Content(UserText(body), doubts=(_DOUBT_SCORE,) if meant else ())


def _with_score(content: Content) -> str:
    if content.score is None:
        return content.text.raw
    head, end, rest = content.text.raw.partition("\n")
    return f"{head} = {content.score}{end}{rest}"


def _note(text: str) -> str:
    """The text so written that it is read as a note, whatever it begins with."""
    if _SLASH.match(text) or text.startswith("//"):
        return f"/{text}"
    kind, body = _kind_of(text)
    plain = not body or (kind, body) == (Kind.NOTE, text)
    return text if plain and not _PRIVATE.match(text) else f"note: {text}"

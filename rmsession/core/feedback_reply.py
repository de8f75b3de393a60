"""A feedback form that came back as text: answers in line, between quoted lines, above or below them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from rmsession.core.feedback import Answer, Form, Item
from rmsession.core.feedback_text import END, HOW, hint, legend, wording
from rmsession.core.frozen import frozen
from rmsession.core.text import UserText, shortened


@frozen
class Reply:
    """What a reply says: an answer for each item in the form's order, and what could not be read."""

    answers: tuple[Answer, ...]
    problems: tuple[UserText, ...] = ()
    """One line each."""


@frozen
class _Mark:
    """A place in the reply where something begins, as offsets of its first and behind its last character."""

    start: int
    end: int
    number: int
    """The item's, from 1; 0 for the form's own words, -1 for the letter around it."""
    bare: bool = False
    """A number without its question."""


_FORM, _LETTER = 0, -1
_SAID_LIMIT = 40
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200E, 0x200F))
_QUOTED = re.compile(r"^[^\S\n]*(?:[>|][^\S\n]?)+", re.MULTILINE)
_CHAT = re.compile(
    r"^[^\S\n]*\[[^\]\n]{0,40}[0-9]{1,2}[:.][0-9]{2}[^\]\n]{0,40}\][^\S\n]*[^:\n]{1,40}:[^\S\n]", re.MULTILINE
)
_AROUND = re.compile(
    r"^(?:--[^\S\n]*$|_{5,}|-{5,}|sent from my |get outlook |(?:from|sent|to|subject|date):[^\S\n]"
    r"|on [^\n]{5,200}(?:\n[^\n]{0,80})?wrote:[^\S\n]*$"
    r"|(?:(?:kind|best|warm) )?(?:regards|wishes|thanks|thank you|cheers|best|yours)"
    r"(?:[,!.]?|,[^\S\n]+\w+(?:[^\S\n]\w+)?)[^\S\n]*$)",
    re.MULTILINE | re.IGNORECASE,
)
_BARE = re.compile(
    r"^[^\S\n]*\(?(?P<number>[0-9]{1,2})(?:[^\S\n]*[.):=]|[^\S\n]+[-–—](?=[^\S\n]))[^\S\n]*"
    r"(?P<rest>(?![0-9]{1,2}\.[0-9]{4})\S[^\n]*)$",
    re.MULTILINE,
)
"""A number and an answer without the question; but no date such as 3.12.2026."""
_LAST_SIGN = re.compile(r"(?<=\w)[?!…]+\Z")
_REST_OF_LINE = re.compile(r"[^\S\n]*\S")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")
_BRACKETS = re.compile(r"[\[(](?P<inside>[^\])]*)[\])](?P<behind>.*)", re.DOTALL)
_NUMBER = re.compile(r"(?P<score>[-+]?[0-9]{1,3})(?:/(?P<of>[0-9]{1,2})(?![0-9]))?(?P<rest>.*)", re.DOTALL)
_SECOND_NUMBER = re.compile(r"(?:[.,/-]|or\b|to\b|and\b)?\s*[-+]?[0-9]")
_ASIDE = re.compile(r"\s*[,;.(-]")
_SIGNS = " \t\u00a0*_\"'“”‘’.,;!:()[]"
_SKIPPED = frozenset({"", "skip", "skipped", "n/a", "no answer"})
_MINUS = str.maketrans("−–—", "---")
_ALIKE = dict.fromkeys("'’‘", "['’‘]") | dict.fromkeys('"“”', '["“”]') | dict.fromkeys("-–—−", "[-–—−]")
"""What a mail program may put for a sign."""


def from_reply(asked: Form, text: str) -> Reply:
    """The answers in a reply, and what it says that is no answer; what it leaves out is skipped.

    A question counts by its words, with or without its number; a number alone (``3. agree``) counts where the
    question itself has no answer.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    text = _CHAT.sub("", _QUOTED.sub("", text))
    questions = _questions(asked, text)
    marks = _apart((*questions, *_bare(asked, text, questions), *_bounds(asked, text)))
    answers: dict[int, Answer] = {}
    refused: dict[int, str] = {}
    # A question's own place goes before a bare number, which may be a list inside an answer.
    for mark, after in sorted(pairwise([*marks, None]), key=lambda pair: pair[0] is None or pair[0].bare):
        if mark is None or mark.number < 1 or mark.number in answers:
            continue
        item = asked.items[mark.number - 1]
        said = _said(item, text, mark, after)
        if said.strip(_SIGNS + "-–—").casefold() in _SKIPPED:
            continue
        score = _score(item, said)
        if score is not None:
            answers[mark.number] = Answer(item.id, score)
        elif item.scores:
            refused.setdefault(mark.number, said)
        else:
            answers[mark.number] = Answer(item.id, text=UserText(said))
    return Reply(
        tuple(answers.get(number, Answer(item.id)) for number, item in enumerate(asked.items, 1)),
        tuple(_problems(asked, answers, refused)),
    )


def _apart(marks: Iterable[_Mark]) -> list[_Mark]:
    """The marks in order, without those that begin inside another."""
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _questions(asked: Form, text: str) -> list[_Mark]:
    """Where the form's questions stand; of several that could begin at one place, the numbered, then the longest."""
    best: dict[int, tuple[bool, _Mark]] = {}
    for number, item in enumerate(asked.items, 1):
        words = _LAST_SIGN.sub("", wording(item))
        tail = rf"(?:\s*{_loosely(hint(item))})?" if hint(item) else ""
        pattern = re.compile(
            rf"^[^\S\n]*(?:[-*•][^\S\n]+)?(?:\(?(?P<number>[0-9]{{1,3}})[^\S\n]*[.):]?[^\S\n]*)?"
            rf"{_loosely(words)}(?!\w)[?!….]*(?P<tail>{tail}[^\S\n]*:?)",
            re.MULTILINE | re.IGNORECASE,
        )
        for found in pattern.finditer(text):
            numbered = found["number"] == str(number)
            mark = _Mark(found.start(), found.end(), number)
            rival = best.get(mark.start)
            # Without its number or its place to answer, it is words that happen to begin like a question.
            if (numbered or found["tail"].strip()) and (not rival or (numbered, mark.end) > (rival[0], rival[1].end)):
                best[mark.start] = (numbered, mark)
    return [mark for _, mark in best.values()]


def _bare(asked: Form, text: str, questions: Iterable[_Mark]) -> Iterable[_Mark]:
    """Numbers that stand for their questions, where these are missing or have nothing behind them."""
    there = {mark.number for mark in questions}
    filled = {mark.number for mark in questions if _REST_OF_LINE.match(text, mark.end)}
    for found in _BARE.finditer(text):
        number = int(found["number"])
        if not 0 < number <= len(asked.items):
            continue
        item = asked.items[number - 1]
        fits = _score(item, found["rest"], strict=True) is not None if item.scores else number not in filled
        if fits or number not in there:
            yield _Mark(found.start(), found.start("rest"), number, bare=True)


def _bounds(asked: Form, text: str) -> Iterable[_Mark]:
    """What ends an answer without being a question."""
    own = {HOW, END} | {legend(item) for item in asked.items if legend(item)}
    for words in own:
        yield from (_Mark(*found.span(), _FORM) for found in re.finditer(_loosely(words), text, re.IGNORECASE))
    yield from (_Mark(*found.span(), _LETTER) for found in _AROUND.finditer(text))


def _loosely(words: str) -> str:
    return r"\s+".join("".join(_ALIKE.get(sign) or re.escape(sign) for sign in word) for word in words.split())


def _said(item: Item, text: str, mark: _Mark, after: _Mark | None) -> str:
    """The words that answer one item: behind its question, else on the lines below it."""
    said = text[mark.end : after.start if after else None]
    line, _, below = said.partition("\n")
    if item.scores:
        first = line.strip() or below.partition("\n")[0].strip()
        below = below.strip().partition("\n")[0]
        return first or (below if _score(item, below) is not None else "")
    if not mark.bare and after and after.number in {_FORM, mark.number + 1}:
        return said.strip()
    # Nothing says where the answer ends and the letter goes on, so it is one paragraph.
    return _PARAGRAPH_END.split(said.strip(), maxsplit=1)[0]


def _score(item: Item, said: str, *, strict: bool = False) -> int | None:
    """The score that words give: a number or its meaning; with other words behind it unless strict."""
    if brackets := _BRACKETS.match(said):
        said = brackets["inside"].strip() or brackets["behind"]
    said = said.translate(_MINUS).strip(_SIGNS).casefold()
    names = {item.label(score): score for score in item.scores if item.label(score)}
    if found := _NUMBER.match(said):
        score, rest = int(found["score"]), found["rest"].strip()
        wrong = score not in item.scores or found["of"] not in {None, str(item.highest)} or _SECOND_NUMBER.match(rest)
        other = strict and rest.strip(_SIGNS + "-") not in {"", item.label(score)}
        return None if wrong or other else score
    if said in names:
        return names[said]
    begun = [score for name, score in names.items() if said and name.startswith(f"{said} ")]
    if len(begun) == 1:
        return begun[0]
    return None if strict else names.get(_ASIDE.split(said, maxsplit=1)[0])


def _problems(asked: Form, answers: dict[int, Answer], refused: dict[int, str]) -> Iterable[UserText]:
    for number, said in sorted(refused.items()):
        if number not in answers:
            item = asked.items[number - 1]
            wanted = f"{item.lowest} to {item.highest}"
            yield UserText(f"{number}. {wording(item)}: “{shortened(said, _SAID_LIMIT)}” is not one of {wanted}")
    if asked.items and not answers and not refused:
        yield UserText("No answer found: paste the whole reply, each answer behind its question or its number")

"""One line of Markdown as the words a reader sees: no link targets, marks of emphasis, escapes or tags.

Only the lines that may be topics come through here, so it is written out instead of running markdown-it's inline
rules, which cost as much again as parsing the blocks. Everything is linear in the length of the line.
"""

from __future__ import annotations

import html
import re

LONGEST_LINE = 6000
"""Characters of a line that are looked at; a longer one is no title."""

_LONGEST_TARGET = 2000
SHIELD = "\ue000"
"""Stands for the colon of a time that is a link's whole text, ``[0:12](video)``: a position, no time-box."""

_BRACKET = re.compile(r"[\[\]]")
_CODE = re.compile(r"(`{1,3})([^`]+)\1")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1500}>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"(?<![\w*_])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*_])|\*{2,3}|~~")
_ATTRIBUTES = re.compile(r"\s?\{[:#.][^{}]{0,200}\}\s*$")
_CLOCK_ONLY = re.compile(r"\s*\d{1,3}:\d\d[^\w]?[\d:.\s–-]{0,20}(?:[A-Z]{1,4})?\s*")
_CHECKBOX = re.compile(r"\s*\[[ xX]?\]\s+")
_STAND_INS = {sign: chr(0xFDD0 + place) for place, sign in enumerate("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")}
"""For each sign that can be escaped a code point that Unicode keeps free of characters: there are 32 of both."""
_FETCHED = str.maketrans({stand_in: sign for sign, stand_in in _STAND_INS.items()})
_SPECIAL = re.compile(r"[\[\]<>*_`\\&~{]")


def plain(markdown: str) -> str:
    """The line's words, in one line.

    >>> plain("**[A](http://b/c_d) `e`** [4 mins]")
    'A e [4 mins]'
    """
    text = markdown[:LONGEST_LINE].strip()
    if _SPECIAL.search(text):
        # Each rule is asked only where its sign stands: most lines with any have one kind.
        text = _CHECKBOX.sub("", text, count=1) if text[0] == "[" and _CHECKBOX.match(text) else text
        text = _ESCAPE.sub(_put_by, text) if "\\" in text else text
        text = _without_links(text) if "](" in text or "][" in text else text
        text = _CODE.sub(r"\2", text) if "`" in text else text
        text = _TAG.sub("", text) if "<" in text else text
        text = _EMPHASIS.sub("", text) if "*" in text or "_" in text or "~" in text else text
        text = _ATTRIBUTES.sub("", text) if "{" in text else text
        text = html.unescape(text) if "&" in text else text
        text = text if text.isascii() else text.translate(_FETCHED)
    return " ".join(text.split()).rstrip("\\").rstrip()


def _put_by(match: re.Match[str]) -> str:
    """An escaped sign as a stand-in: it is no mark of anything, neither alone nor with what is next to it."""
    return _STAND_INS[match[1]]


def _without_links(text: str) -> str:
    """Links as their texts, images as nothing."""
    kept: list[str] = []
    opens: list[int] = []
    position = 0
    for match in _BRACKET.finditer(text):
        at = match.start()
        if at < position:
            continue
        if at > position:
            kept.append(text[position:at])
        position = at + 1
        if match[0] == "[":
            opens.append(len(kept))
        elif opens:
            begin = opens.pop()
            if end := _target_end(text, at + 1):
                _close(kept, begin)
                position = end
                continue
        kept.append(match[0])
    kept.append(text[position:])
    return "".join(kept)


def _close(kept: list[str], begin: int) -> None:
    """Put a link's text where the link began."""
    words = "".join(kept[begin + 1 :])
    del kept[begin:]
    image = bool(kept) and kept[-1].endswith("!")
    if image:
        kept[-1] = kept[-1][:-1]
    if not image:
        kept.append(words.replace(":", SHIELD) if _CLOCK_ONLY.fullmatch(words) else words)


def _target_end(text: str, start: int) -> int | None:
    """Where the target or reference behind a link's text ends; None where none follows."""
    opener = text[start : start + 1]
    if opener == "[":
        end = text.find("]", start, start + 200)
        return end + 1 if end > 0 else None
    if opener != "(":
        return None
    if text[start + 1 : start + 2] == "<":
        end = text.find(">", start, start + _LONGEST_TARGET)
        return end + 2 if end > 0 and text[end + 1 : end + 2] == ")" else None
    end = start
    for depth in range(1, 5):
        end = text.find(")", end + 1, start + _LONGEST_TARGET)
        if end < 0:
            return None
        if text.count("(", start, end) == depth:
            return end + 1
    return None

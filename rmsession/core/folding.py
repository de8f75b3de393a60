"""How texts are compared in search: folded, cut into words, and each folded sign traced to where it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_CURLY: Final = str.maketrans("’‘“”", "''\"\"")
_WORD: Final = re.compile(r"[^\W_]+")
_EACH_ALONE: Final = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]"
"""Scripts without spaces between words: every sign is a token, several are a phrase. Compiled where one is met, for it
takes 2 ms."""


def folded(text: str) -> str:
    """A text as it is compared: small letters, no accents, straight quotes, single spaces."""
    if text.isascii():  # most are, and the index folds every one that there is
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.translate(_CURLY)).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def tokens(text: str) -> list[str]:
    """The words of a text, folded; where a script has no spaces, its signs."""
    return words_in(folded(text))


def words_in(plain: str) -> list[str]:
    """The words of a text that is folded already."""
    runs: list[str] = _WORD.findall(plain)
    if plain.isascii():
        return runs
    return [word for run in runs for word in re.sub(_EACH_ALONE, lambda match: f" {match[0]} ", run).split()]


def placed(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its signs the place in the text of the sign that it comes from."""
    if text.isascii() and " ".join(text.split()) == text:  # as most are, and a screen asks for each line that it shows
        return text.lower(), list(range(len(text)))
    signs: list[str] = []
    places: list[int] = []
    space = -1
    for place, sign in enumerate(text):
        for each in fold_sign(sign):
            if each.isspace():
                space = place
                continue
            if space >= 0 and signs:
                signs.append(" ")
                places.append(space)
            space = -1
            signs.append(each)
            places.append(place)
    return "".join(signs), places


def words_placed(plain: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a folded text, with where it begins and ends there."""
    if plain.isascii():  # no sign of it stands alone
        yield from ((run[0], *run.span()) for run in _WORD.finditer(plain))
        return
    for run in _WORD.finditer(plain):
        start = run.start()
        for match in re.finditer(_EACH_ALONE, run[0]):
            if run.start() + match.start() > start:
                yield plain[start : run.start() + match.start()], start, run.start() + match.start()
            yield match[0], run.start() + match.start(), run.start() + match.end()
            start = run.start() + match.end()
        if start < run.end():
            yield plain[start : run.end()], start, run.end()


@lru_cache(maxsize=4096)
def fold_sign(sign: str) -> str:
    """One sign folded: several, one or none."""
    plain = unicodedata.normalize("NFKD", sign.translate(_CURLY)).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each))

"""Who an ``@name`` in a line means: people of this pair by name, first name or initials; others as typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rmsession.core.due import without

_CLOSING = r"(?=[.,;:!?)\u2026\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f]*(?:\s|\Z))"
# Quotes first, doubled inside; possessive, so that thousands of unclosed ones are read once.
_TOKEN = re.compile(
    r"(?<!\S)@(?:\"(?P<quoted>(?:[^\"\n]|\"\")++)\""
    r"|(?P<bare>[^\W\d_][^\s@\"(),;:!?\[\]{}<>\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f]*+))" + _CLOSING
)
_POSSESSIVE = ("'s", "’s")


class OwnerFound(NamedTuple):
    """Whom a line names, and the line without it."""

    name: str
    """The known name in full, else what was typed."""
    known: bool
    text: str


def owner_in(text: str, known: Iterable[str], me: str = "", *, leading: bool = False) -> OwnerFound | None:
    """The first ``@name`` in a text, or only one that the text begins with.

    E-mail addresses (``a@b.c``), handles with a server (``@a@b.c``) and possessives (``@ana's``) are none.
    """
    for token in [_TOKEN.match(text)] if leading else _TOKEN.finditer(text):
        if token and (typed := _typed_name(token)):
            name, end = typed
            person = named(name, known, me)
            return OwnerFound(person or name, person is not None, without(text, token.start(), end))
    return None


def named(name: str, known: Iterable[str], me: str = "") -> str | None:
    """The one known person whom a typed name means; None when it means nobody, or several.

    The whole name goes before ``me``, then the name with dots or hyphens for spaces, the first name, the initials.
    """
    people: dict[str, str] = {}
    for person in (*known, me):
        people.setdefault(_plain(person), person)
    key = _plain(name)
    if not key:
        return None
    if key in people:
        return people[key]
    if key == "me" and me:
        return me
    for reading, wanted in ((_spaced, _spaced(key)), (_first_name, key), (_initials, key)):
        found = [person for plain, person in people.items() if plain and reading(plain) == wanted]
        if found:
            return found[0] if len(found) == 1 else None
    return None


@lru_cache(maxsize=256)
def written(name: str) -> str:
    """The name as a line carries it: ``@ana``, or ``@"Jo Smith"`` where spaces or signs need quotes."""
    name = " ".join(name.split())
    token = _TOKEN.fullmatch(f"@{name}")
    if token and token["bare"] and _typed_name(token) == (name, len(name) + 1):
        return f"@{name}"
    quoted = name.replace('"', '""')
    return f'@"{quoted}"'


def _typed_name(token: re.Match[str]) -> tuple[str, int] | None:
    """The name in a token and where it ends: a full stop behind it is the sentence's."""
    quoted, bare = token["quoted"], token["bare"]
    if quoted is not None:
        name = " ".join(quoted.replace('""', '"').split())
        return (name, token.end()) if name else None
    name = bare.rstrip(".\u2026")
    return None if name.endswith(_POSSESSIVE) else (name, token.start() + 1 + len(name))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _spaced(plain: str) -> str:
    return " ".join(re.sub(r"[-._]", " ", plain).split())


def _first_name(plain: str) -> str:
    return plain.split(maxsplit=1)[0]


def _initials(plain: str) -> str:
    return "".join(word[0] for word in plain.split())

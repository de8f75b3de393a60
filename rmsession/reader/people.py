"""Who is named in a text as taking part: ``Min (10m): Adopting it`` is then a topic of Min, and not called Min."""

from __future__ import annotations

import re

from rmsession.reader.outline import Kind, Node

_NAMED = re.compile(r"^\s*([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2})\s*[/(,:–-]?\s*[(\[/]?\s*\[?@")


def people_in(root: Node) -> frozenset[str]:
    """Names, and first names, in lists of people with their handles: ``- Min / @minrk / Simula``."""
    found: set[str] = set()
    for section in [root, *root.within()]:
        for group in section.groups:
            if group.kind is not Kind.ITEM:
                continue
            for node in group.members:
                if "@" in node.text and (match := _NAMED.match(node.text)):
                    found.update((match[1], match[1].split()[0]))
    return frozenset(found)


def are_people(title: str, people: frozenset[str]) -> bool:
    """Whether a title names only people of the text."""
    names = [name.strip() for name in re.split(r"\s?[/,&+]\s?|\s(?:and|c/o|with)\s", title) if name.strip()]
    return bool(names) and any(name in people for name in names)

"""Which addresses may be opened: web pages, by http and https, and nothing else that an agenda can name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 2000
"""Characters of an address; nobody reads a longer one before it is opened."""
_PLAIN = re.compile(r"[!#-;=?-\[\]_a-z~]+")
"""What an address is made of, all of it visible ASCII: no quote, backslash, angle or curly bracket, pipe or blank."""
_MENTIONED = re.compile(r"(?<![a-z0-9])https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_WEB = re.compile(r"https?://(?=[^/?#])", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.?|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)


def web_address(text: str) -> str | None:
    """The address as it is, if a browser may be given it; None for everything else.

    A host in other letters must come in its ASCII form (``xn--…``), as Markdown readers write it: so it is shown for
    what it is.
    """
    if len(text) > LONGEST or not _PLAIN.fullmatch(text) or not _WEB.match(text):
        return None
    return text if host_of(text) else None


def addresses(text: str) -> tuple[str, ...]:
    """The addresses in what somebody wrote that may be opened, each once, without the signs that end a phrase."""
    return tuple(dict.fromkeys(each for found in _MENTIONED.findall(text) if (each := web_address(_ended(found)))))


def host_of(address: str) -> str | None:
    """Whom an address leads to, whatever stands before an ``@`` in it; None where it names nobody."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:  # a port or a bracket that makes no sense
        return None
    return host if host and _HOST.fullmatch(host) else None


def _ended(found: str) -> str:
    """An address without what follows it in a sentence; a bracket that it opens itself it also closes."""
    while found and (found[-1] in ".,;:!?'*_" or (found[-1] in ")]" and found.count(found[-1]) > _opened(found))):
        found = found[:-1]
    return found


def _opened(found: str) -> int:
    return found.count("(" if found[-1] == ")" else "[")

"""A topic's title as a person would say it, its marks taken off, and who leads it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rmsession.core.frozen import frozen
from rmsession.reader.plain import SHIELD

_LONGEST = 120
_LOOKED_AT = 400
"""Characters of a line that its title is made of."""
_SENTENCE = 80
"""A title longer than this is cut at its first full stop."""

_MARK = re.compile(r"\s*[(\[](private|vertraulich|off[ -]the[ -]record|off[ -]record|protected)[)\]]", re.IGNORECASE)
_WORD_MARKS = re.compile(r"^(private|off[ -]the[ -]record|off[ -]record|protected)$", re.IGNORECASE)
_LINK_WORDS = re.compile(
    r"\s*[(\[](?:(?:the )?(?:slides?|slide deck|decks?|recording|video|link|notes|doc|document|minutes|issue|pr|"
    r"prs|repo|pdf|proposal|spec|tests)"
    r"(?:\s*[,;&]\s*|\s+)?){1,4}[)\]]",
    re.IGNORECASE,
)
_TAIL_LINK = re.compile(r"[\s:：–-]*(?:<?https?://\S+>?|\bslides)$")
_PERSON = r"(?:@[\w.-]+|[A-ZÀ-ÞŠŽ][\w'’.-]*(?:\s(?:[A-ZÀ-ÞŠŽ][\w'’.-]*|de|van|von|der|da|la|c/o)){0,3})"
_PEOPLE = rf"{_PERSON}(?:\s?(?:[/,&+]|and|und|y)\s?{_PERSON}){{0,9}}"
_BRACKET_END = re.compile(rf"^(?P<title>.{{2,}}?)\s*\((?:by |with )?(?P<lead>{_PEOPLE})\)$")
_DASH_END = re.compile(rf"^(?P<title>.{{2,}}?)(?:\s[-–—]\s|,\s)(?P<lead>{_PEOPLE})$")
_IS_PERSON = re.compile(rf"^(?:by |with |led by )?(?P<lead>{_PEOPLE}|chairs?|all|everyone|leads)$")
_NOT_PEOPLE = re.compile(
    r"\b(?:slides?|deck|video|links?|recording|optional|tbd|tba|public|private|note|aob|faq|part|block|round|"
    r"session|day|remaining|time|agenda|break|if|info|remote|online|"
    r"(?-i:[A-Z]{5,})|until|stage|phase|required)\b",
    re.IGNORECASE,
)


@frozen
class Marks:
    """What the brackets behind a title say of the topic."""

    private: bool = False
    off_record: bool = False
    protected: bool = False


def marked(title: str, beside: Sequence[str]) -> tuple[str, Marks]:
    """The title without its marks, and the marks, which may also stand beside the time-box."""
    found = {match[1].casefold().replace("-", " ") for match in _MARK.finditer(title)}
    found |= {part.casefold().replace("-", " ") for part in beside if _WORD_MARKS.match(part)}
    private = bool(found & {"private", "vertraulich"})
    off = bool(found & {"off the record", "off record"})
    return _MARK.sub("", title).strip(), Marks(private, off, "protected" in found)


def cleaned(title: str) -> str:
    """The title without links to slides and what else is no part of its name; never empty where it was not."""
    text = title[:_LOOKED_AT].replace(SHIELD, ":").strip()
    text = _LINK_WORDS.sub("", text) or text
    shorter = _TAIL_LINK.sub("", text)
    shorter = (shorter if " " in shorter.strip() else text).strip(" \t-–—:：|,;·•=~*_#")
    if shorter.endswith(")") and shorter.count("(") < shorter.count(")"):
        shorter = shorter[:-1].rstrip()
    return shorter or text


def shortened(title: str) -> tuple[str, bool]:
    """A title short enough to be one, and whether something was cut: its first sentence, else its first words."""
    if len(title) <= _SENTENCE:
        return title, False
    sentence = re.search(r"[.?!。](?=\s|$)", title[:_LONGEST])
    if sentence and sentence.end() > 3:  # noqa: PLR2004 - not the full stop of "a."
        return title[: sentence.end()], sentence.end() < len(title)
    if len(title) <= _LONGEST:
        return title, False
    return title[: title.rfind(" ", 20, _LONGEST)].rstrip(" ,;:-–") + "…", True


def lead_beside(beside: Sequence[str]) -> str:
    """The owner among what stood beside the time in its bracket."""
    return next(
        (match["lead"] for part in beside if (match := _IS_PERSON.match(part)) and not _NOT_PEOPLE.search(part)), ""
    )


def split_lead(title: str) -> tuple[str, str] | None:
    """A title that ends in a name: ``Hums (Sean/Nick)``, ``HTTP/2bis - Martin Thomson``; the parts, or None."""
    match = _BRACKET_END.match(title) or _DASH_END.match(title)
    if match is None or _NOT_PEOPLE.search(match["lead"]) or _is_acronym(match["title"], match["lead"]):
        return None
    return match["title"].rstrip(" ,;-–"), match["lead"]


def _is_acronym(title: str, name: str) -> bool:
    """``Storage Access API (SAA)``."""
    initials = "".join(word[0] for word in re.findall(r"\w+", title)).casefold()
    return name.isupper() and name.casefold() in initials

"""How a captured line came to say what it says: every version of it that counts, and who may read which.

A correction replaces nothing in the record. What stood there before stays readable to whoever wrote it; everybody
else learns only that it was corrected, by whom and when. What leaves the program has the version that stands.
"""

from __future__ import annotations

from datetime import datetime

from rmsession.core.facts import Amended, Captured, Content
from rmsession.core.frozen import frozen
from rmsession.core.session import Capture, Session
from rmsession.core.terms import Audience


@frozen
class Version:
    """What a line said once."""

    fact: str
    """The id of the fact that said it."""
    by: str
    """A person's id."""
    wall: datetime
    content: Content
    shared: bool
    """Whether it was written for both."""
    stands: bool
    """Whether nothing has replaced it: the wording that is shown, or one that rivals it."""


def versions(session: Session, capture: Capture) -> tuple[Version, ...]:
    """Every version of a line, the first one first; erased and undone ones are none."""
    found = []
    for fact in session.facts:
        match fact.what:
            case Captured(content=content) if fact.id == capture.id:
                pass
            case Amended(target=target, content=content) if target == capture.id:
                pass
            case _:
                continue
        if fact.id not in session.out:
            shared = fact.audience is Audience.SHARED
            found.append(Version(fact.id, fact.by, fact.wall, content, shared, fact.id in capture.heads))
    return tuple(found)


def may_read(version: Version, reader: str) -> bool:
    """Whether this person is shown what a version says: it stands, or is his or her own."""
    return version.stands or version.by == reader


def is_corrected(capture: Capture) -> bool:
    """Whether a line said something else before."""
    return capture.heads != (capture.id,)

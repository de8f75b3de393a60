"""What files are called: names that people recognise, any system takes, and the id can be read from."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from rmsession.core.store_errors import NoSuchSession, StoreError
from rmsession.core.text import UserText, clean, shortened

if TYPE_CHECKING:
    # A list reads names by the thousand, and makes none of a record.
    from rmsession.core.record import Record

_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_STEM: Final = rf"(\d{{4}}-\d\d-\d\d)-([a-z0-9-]+)-({_UUID})"
"""Compiled where a name is looked at by itself: where all is as it was known, none is."""
_DIGITS: Final = frozenset("0123456789abcdef")
_LENGTHS: Final = [8, 4, 4, 4, 12]
_SLUG_LIMIT: Final = 40
_ENOUGH: Final = 5
"""How many sessions a message names before it says how many more there are."""


def checked_id(session: str) -> str:
    """The id itself, when it is one.

    Raises:
        StoreError: it is no uuid, and could be anything as a file name.
    """
    if not _is_id(session):
        raise StoreError(f"Not kept: “{_shown(session)}” is no session id (a uuid in small letters)")
    return session


def new_id() -> str:
    """An id that nothing has yet."""
    # Only here, and below: what makes ids takes 4 ms to load, and a list makes none.
    import uuid

    return str(uuid.uuid4())


def id_said(text: str) -> str:
    """The id that a text says, however it is spelled. Raises `ValueError` when it says none."""
    said = text.strip()
    if _is_id(said):
        return said
    import uuid

    return str(uuid.UUID(said))


def slug(title: UserText) -> str:
    """The title as a short part of a file name: ``kick-off-how-we-will-work``.

    Only small ASCII letters, digits and single hyphens; never empty, never a path, never a reserved name in the
    place where it stands.
    """
    plain = unicodedata.normalize("NFKD", title.raw[:300]).encode("ascii", "ignore").decode().lower()
    short = "-".join(re.findall(r"[a-z0-9]+", plain))[:_SLUG_LIMIT].strip("-")
    return short or "session"


def stem_of(record: Record) -> str:
    """The name of a record's file without its ending: local date, agenda, id."""
    # Only here: whoever reads names needs no zones, which take 6 ms.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        local = record.created.astimezone(ZoneInfo(record.zone))
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        local = record.created  # a zone this machine does not know: the date as it was written down
    return f"{local:%Y}".zfill(4) + f"-{local:%m-%d}-{slug(record.agenda.title)}-{record.id}"


def id_in(stem: str) -> str | None:
    """The session's id, when that is what a file of this name holds."""
    match = re.fullmatch(_STEM, stem)
    return match[3] if match else None


def the_one(prefix: str, stems: Iterable[str]) -> str:
    """The id that begins with `prefix`, of the sessions with these file names.

    Raises:
        NoSuchSession: none, or several.
    """
    wanted = prefix.strip().lower()
    found = {
        match[3]: match for match in map(partial(re.fullmatch, _STEM), stems) if match and match[3].startswith(wanted)
    }
    if len(found) == 1 and wanted:
        return next(iter(found))
    if not found or not wanted:
        raise NoSuchSession(f"No session has the id “{_shown(prefix)}”. The list of sessions shows their ids")
    named = sorted(f"{match[3][:13]} ({match[1]} {match[2]})" for match in found.values())
    more = f" and {len(named) - _ENOUGH} more" if len(named) > _ENOUGH else ""
    raise NoSuchSession(
        f"“{_shown(prefix)}” could be {', '.join(named[:_ENOUGH])}{more}. Give more letters of the one you mean"
    )


def no_session(session: str) -> NoSuchSession:
    """The one line about an id that nothing has."""
    return NoSuchSession(
        f"There is no session {_shown(session)}. It may have been deleted; the list shows what there is"
    )


def deleted_here(record: Record) -> StoreError:
    """The one line about a copy of a session that somebody erased here."""
    return StoreError(
        f"“{_shown(record.agenda.title.raw)}” ({record.id[:8]}) was deleted here, and stays deleted. "
        "Nothing was changed; a backup restored with --deleted brings it back"
    )


def _is_id(text: str) -> bool:
    parts = text.split("-")
    return list(map(len, parts)) == _LENGTHS and _DIGITS.issuperset("".join(parts))


def _shown(text: str) -> str:
    return shortened(clean(text), 60)

"""What restoring changes, as lines on a plain surface."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from rmsession.cli.talk import table

if TYPE_CHECKING:
    from rmsession.store.comparing import Change
    from rmsession.store.restoring import Restored


def summary(told: Restored) -> Iterator[str]:
    """What a backup changes, a line for each kind of change."""
    from rmsession.store.comparing import Fate  # noqa: PLC0415 - loaded by now, and not for other commands

    kinds = {fate: [change for change in told.changes if change.fate is fate] for fate in Fate}
    incoming = counted(sum(change.facts for change in kinds[Fate.ADDS]), "fact")
    more_here = sum(bool(change.here_only) for change in kinds[Fate.SAME])
    agendas = sum(name.startswith("agendas/") for name in told.files)
    rows = [
        (len(kinds[Fate.NEW]), "session", "not here: brought back"),
        (len(kinds[Fate.ADDS]), "session", f"with more in the backup: {incoming} brought back, what is here stays"),
        (len(kinds[Fate.MENDS]), "session", "damaged here: put right, the damaged file kept beside"),
        (len(kinds[Fate.SAME]) - more_here, "session", "the same here"),
        (more_here, "session", "with more here: left as they are"),
        (len(kinds[Fate.DELETED]), "session", "deleted here since: still deleted; --deleted brings them back"),
        (len(kinds[Fate.REFUSED]), "session", "unreadable: not restored, see below"),
        (sum(change.rivals for change in told.changes), "fact", "with another content here: left out, see below"),
        (told.people, "name", "of people and pairs not here: brought back"),
        (told.known, "detail", "of people, pairs and outcomes not here, or newer than here: brought back"),
        (agendas, "agenda", "not here: brought back"),
        (int("config.toml" in told.files), "settings file", "not here: brought back"),
    ]
    lines = [(f"  {counted(number, noun)}", what) for number, noun, what in rows if number]
    yield from table(lines) if lines else ()


def editor_in(settings: bytes) -> str:
    """The command with which these settings edit agendas; empty when they name none."""
    try:
        return str(tomllib.loads(settings.decode("utf-8-sig")).get("editor", ""))
    except (ValueError, RecursionError):
        return ""  # no TOML, so they set nothing


def wrong(change: Change) -> Iterator[str]:
    """One line for whatever of a session was not restored."""
    if change.why:
        yield f"session {change.session} was not restored: {change.why}"
    if change.rivals:
        yield (
            f"session {change.session}: {counted(change.rivals, 'fact')} of the backup left out, because another with "
            "the same id stands here. One of the two copies was changed by hand"
        )


def when(moment: datetime) -> str:
    """A moment on this computer's clock."""
    try:
        return f"{moment.astimezone():%Y-%m-%d %H:%M}"
    except (OverflowError, ValueError, OSError):  # at either end of what a date can say: an archive may say anything
        return moment.isoformat()


def counted(number: int, noun: str) -> str:
    """So many of them, in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

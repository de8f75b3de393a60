"""What the order of an operation's calls says about a power cut: what could be half there, or gone, after it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from faults.shim import Call

TEMPORARY = re.compile(r"\.(tmp|part)$|(^|/)\.rmsession-")
_APART = re.compile(r"^home/locks(/|$)|^home/index\.sqlite|^home/crash\.log$")
"""Locks hold nothing, the index is derived and SQLite's own, and what a crash log loses was told on the screen."""
_SHARED = re.compile(r"^home/(sessions/.*\.|programme\.)")
"""What several programs may change: files of sessions, and the people."""
_EMPTY = re.compile(r"^home/erased/")
"""Names that say all there is: nothing is written into them."""


def could_be_lost(calls: Iterable[Call], *, fleeting: str = "$^") -> list[str]:
    """What is wrong with the order, a line each; paths that match `fleeting` need not outlive a power cut."""
    wrong: list[str] = []
    unsynced: set[str] = set()
    names: set[str] = set()
    """Changed in their folder, which was not flushed since."""
    for call in calls:
        if _APART.search(call.path) or re.search(fleeting, call.path):
            continue
        match call.name:
            case "create" | "write" | "open" | "truncate":
                if not TEMPORARY.search(call.path) and not (_EMPTY.search(call.path) and call.name == "create"):
                    wrong.append(f"{call.path} is written in its place ({call.name})")
                if _EMPTY.search(call.path):
                    names.add(call.path)
                unsynced.add(call.path) if call.name == "write" else None
            case "fsync":
                unsynced.discard(call.path)
                names = {each for each in names if str(PurePosixPath(each).parent) != call.path}
            case "rename" | "link":
                if call.old in unsynced:
                    wrong.append(f"{call.path} gets its name before its bytes are on the disk")
                names.add(call.path)
            case "mkdir" | "unlink" | "rmdir":
                names |= {call.path} if not TEMPORARY.search(call.path) else set()
            case _:
                pass
    return wrong + [f"{each}: its folder is not flushed after it" for each in sorted(names)]


def unguarded(calls: Iterable[Call]) -> list[str]:
    """What is changed among the sessions and people before a lock is taken: two programs could do so at once."""
    locked, found = False, []
    for call in calls:
        locked |= call.name == "lock" and call.path.startswith("home/locks/")
        if not locked and call.name != "mkdir" and _SHARED.search(call.path):
            found.append(f"{call.name} {call.path}")
    return found

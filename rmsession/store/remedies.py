"""What can be put in the place of a damaged file, each with the proof that it belongs there. Reads only."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from rmsession.core.store_errors import StoreError
from rmsession.store.bits import LIMIT, unflipped
from rmsession.store.disk import shown
from rmsession.store.drafts import draft_in
from rmsession.store.findings import Remedy
from rmsession.store.folder import DataFolder
from rmsession.store.known import programme_in
from rmsession.store.names import id_in
from rmsession.store.seal import damaged, read_bytes, unseal
from rmsession.store.session_file import record_in
from rmsession.store.snapshots import find_good_copy, snapshots


def remedy_for(folder: DataFolder, path: Path, *, newer: bool = False) -> Remedy | None:
    """What puts a damaged file right; None when nothing here does.

    Args:
        folder: The data folder.
        path: The file.
        newer: It says that a later program wrote it. Then only the proof that a bit of its format flipped counts.

    Raises:
        FileNotFoundError: it is gone.
        StoreError: it cannot be read.
    """
    data = read_bytes(path)
    whole = unflipped(data, path, lambda trial: _fits(trial, path))
    if whole is not None:
        how = "one bit of it has flipped; its checksum proves which, and the file as it was written takes its place"
        return Remedy(data, whole, how)
    session = id_in(path.stem)
    if session and not newer and path.is_relative_to(folder.sessions) and path.suffix == ".json":
        return _snapshot_of(folder, session, data)
    return None


def why_none(path: Path) -> str:
    """What was tried for a damaged file in vain, for people; empty when it was everything."""
    with suppress(OSError):
        if path.stat().st_size > LIMIT:
            return f" (a flipped bit is looked for in files up to {LIMIT // 1024} KB)"
    return ""


def insist(data: bytes, path: Path) -> None:
    """Make sure that bytes are a whole file of that place.

    Raises:
        Damaged: by their checksum or by what they say they are not.
        NewerFormat: a later program wrote them.
    """
    tables = unseal(data, path).tables
    if path.suffix == ".draft":
        if draft_in(tables) is None:
            raise damaged(path, "it holds no draft")
    elif id_in(path.stem):
        record_in(tables, path)
    else:
        programme_in(tables, path)


def _fits(data: bytes, path: Path) -> bool:
    try:
        insist(data, path)
    except StoreError:
        return False
    return True


def _snapshot_of(folder: DataFolder, session: str, data: bytes) -> Remedy | None:
    copy = find_good_copy(folder, session)
    if copy is None:
        return None
    made = next((each.made for each in snapshots(folder, session) if each.path == copy), None)
    day = f" of {made:%Y-%m-%d %H:%M} UTC" if made else ""
    how = f"its snapshot{day} takes its place, without what was kept later ({shown(copy)})"
    return Remedy(data, read_bytes(copy), how)

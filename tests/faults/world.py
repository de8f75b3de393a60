"""A data folder with two sessions, and what a fresh program sees of it: part by part, and file by file."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from store.on_disk import action, note
from store.scanning import scanned
from support.building import BEGIN, PAIR, record

from rmsession import settings
from rmsession.cli.crash import LOG
from rmsession.core.facts import Fact
from rmsession.core.review import open_actions_of, summarise
from rmsession.core.store import Draft, NoSuchSession
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.store.views import earliest_due, newest_first
from rmsession.whole import write_whole

ONE, TWO, THREE = (str(UUID(int=number)) for number in (1, 2, 3))
DRAFT = Draft(BEGIN, 1.0, UserText("half a li"))
SECRET = "half a line"
"""What the capture says that gets redacted."""
OLD_MINUTES = "the old minutes\n"
CRASHED = "a crash before\n"

TEMPORARY = re.compile(r"\.tmp$|^\.")
_WHEN = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-of-")


def build(root: Path) -> None:
    """Make one: sessions one (with a draft, an action and the secret) and two, a pair, settings, agendas, minutes."""
    home = root / "home"
    open_store(home).close()  # it makes itself an id
    store = open_store(home, device="desk")
    store.begin(record(number=1, facts=(action(1, SECRET), note(2))))
    store.begin(record(number=2, facts=(note(9), action(8))))
    store.keep_draft(ONE, DRAFT)
    store.keep_pair(PAIR)
    store.history()
    store.close()
    (root / "out").mkdir()
    (root / "out" / "minutes.md").write_text(OLD_MINUTES)
    settings.remember(home, "me", "Robin")
    (home / LOG).write_text(CRASHED)


def state(root: Path) -> dict[str, Any]:
    """What a fresh program sees, part by part; a part is as before an operation or as after it."""
    home = root / "home"
    parts: dict[str, Any] = {f"file {path.relative_to(root)}": path.read_bytes() for path in _plain_files(root)}
    with suppress(FileNotFoundError):
        log = (home / LOG).read_text()
        assert log.startswith(CRASHED), "what was noted before is gone"
        parts["crash"] = re.findall(r" (\w+Error)\n", log)
    parts["settings"] = _settings(home)
    store = open_store(home)
    try:
        for number, id_ in enumerate((ONE, TWO, THREE), 1):
            seen = _seen(store.load, id_)
            parts[f"session {number}"] = seen and (seen.agenda, seen.pair, [_same(each) for each in seen.facts])
            parts[f"draft {number}"] = _seen(store.draft, id_)
        records, listed, actions = scanned(home), store.history(), store.open_actions()
        parts["sessions"] = {each.id for each in records}
        assert parts["sessions"] == {each for each in (ONE, TWO, THREE) if _seen(store.load, each)}
        assert listed == newest_first(map(summarise, records), None, None), "the list and the files differ"
        waiting = [each for record in records for each in open_actions_of(record)]
        assert actions == earliest_due(waiting, None), "the open actions and the files differ"
        parts["programme"] = store.programme()
        assert not store.troubles(), store.troubles()
    finally:
        store.close()
    return parts


def files(root: Path) -> dict[str, str]:
    """Every file and folder with its mode, but what is in ``locks``."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = _WHEN.sub("-of-", str(path.relative_to(root)))
        if "locks" not in path.parent.parts:
            found[name] = oct(path.stat().st_mode & 0o7777)
    return found


def digest(root: Path) -> bytes:
    """Of every name, mode and byte: equal for worlds that are the same."""
    whole = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        whole.update(f"{path.relative_to(root)} {path.stat().st_mode} {len(data)} ".encode() + data)
    return whole.digest()


def left(root: Path) -> list[str]:
    """What a killed write left behind."""
    return [str(path.relative_to(root)) for path in root.rglob("*") if TEMPORARY.search(path.name)]


def holding(root: Path, text: str) -> list[str]:
    """Every file that holds the text."""
    return sorted(
        _WHEN.sub("-of-", str(path.relative_to(root)))
        for path in root.rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    )


def write_beside(root: Path) -> None:
    """Write another file where a killed write left its own: only a write that succeeds sweeps."""
    for folder in {(root / name).parent for name in left(root) if "/.rmsession-" in name}:
        write_whole(folder / "another", b"")
        (folder / "another").unlink()


def has_one(root: Path) -> bool:
    """Whether session one is there."""
    return any((root / "home").glob(f"sessions/*/*/*{ONE}.json"))


def other_files(root: Path) -> dict[str, bytes]:
    """The bytes of session two."""
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "home").glob(f"sessions/*/*/*{TWO}*")}


def _plain_files(root: Path) -> list[Path]:
    """What people see as files of theirs: agendas and exports."""
    found = [*(root / "out").rglob("*"), *(root / "home" / "agendas").rglob("*")]
    return [path for path in found if path.is_file() and not TEMPORARY.search(path.name)]


def _settings(home: Path) -> tuple[Any, ...]:
    found, complaints = settings.load({"home": home}, {})
    assert not complaints, complaints
    return found.me, found.theme, found.recent


def _same(fact: Fact) -> tuple[Any, ...]:
    """A fact without what is another each time that it is made."""
    known = UUID(fact.id).int < 1 << 64
    return fact.id if known else "new", fact.by, fact.device, fact.seq, fact.at, fact.audience, fact.what


def _seen(ask: Any, *given: Any) -> Any:
    with suppress(NoSuchSession):
        return ask(*given)
    return None

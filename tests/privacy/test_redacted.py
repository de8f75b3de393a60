"""What was redacted is in no byte of the data folder, whatever lay in it before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from privacy.sentinels import Held, bytes_under, held, mark, names_in
from support.building import BEGIN, MENTOR, Play, fact, kick_off, record
from support.tally import tally

from rmsession.core import commands as asked
from rmsession.core.facts import ActionReopened, Captured, Content
from rmsession.core.feedback import Answer, Visibility
from rmsession.core.fold import session_of
from rmsession.core.last_time import opened
from rmsession.core.leftovers import leftovers
from rmsession.core.store import Aside, Draft, HalfForm
from rmsession.core.store_errors import NotKept
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.disk import Disk
from rmsession.store.drafts import draft_path, temporary_path
from rmsession.store.opening import open_store
from rmsession.store.setaside import copy
from rmsession.store.snapshots import snapshots
from rmsession.store.tiny import TinyStore


def crowded(home: Path) -> tuple[Held, TinyStore]:
    """A data folder in which every redacted text stands in every place that a text can come to."""
    it = held()
    store = open_store(home)
    long = {  # so long that SQLite needs pages beyond a row's own
        line: f"{' '.join(mark(name) for name in sorted(names))} " * 400 for line, names in it.erased.items()
    }
    facts = [
        replace(each, what=replace(each.what, content=Content(UserText(long[each.id]))))
        if each.id in long and isinstance(each.what, Captured)
        else each
        for each in it.record.facts
    ]
    store.begin(replace(it.record, facts=tuple(facts)))
    store.begin(it.other)
    store.history()
    store.open_actions()
    # After the end: the session as it stood goes into a snapshot first.
    action = next(line for line, names in it.erased.items() if "redacted action" in names)
    store.append(it.record.id, fact(ActionReopened(action), 9000))
    store.open_actions()
    place = next(path for path in home.glob("sessions/*/*/*.json") if it.record.id in path.name)
    assert snapshots(store._folder, it.record.id)
    aside = UserText(" ".join(long.values())[:4000])
    words = [UserText(f"about to say {mark(name)} once more") for names in it.erased.values() for name in names]
    form = HalfForm("mentor", tuple(Answer(f"q{n}", text=text) for n, text in enumerate(words)), Visibility.COUNTS)
    store.keep_draft(it.record.id, Draft(it.draft.wall, 1.0, aside, (form,), _asides(words, action)))
    temporary_path(place).write_bytes(draft_path(place).read_bytes())  # as a killed program leaves them
    place.with_suffix(".tmp").write_bytes(place.read_bytes()[:20_000])
    copy(place, b"half of it: " + place.read_bytes()[:50_000], Disk())
    copy(draft_path(place), draft_path(place).read_bytes(), Disk())
    (place.parent / f"2026-11-20-copied-{it.record.id}.json").write_bytes(place.read_bytes())
    return it, store


def _asides(words: list[UserText], capture: str) -> tuple[Aside, ...]:
    return tuple(Aside(f"field {number}", text, capture) for number, text in enumerate(words))


def where(home: Path, names: set[str]) -> dict[str, set[str]]:
    """In which files of the folder which marks can be read."""
    found = {path: names_in(data, names) for path, data in bytes_under(home).items()}
    return {path: marks for path, marks in found.items() if marks}


def test_it_is_in_no_byte_of_the_folder(tmp_path):
    it, store = crowded(tmp_path / "home")
    names = set().union(*it.erased.values())
    before = where(tmp_path / "home", names)
    kinds = {"".join(Path(path).suffixes[-2:]) for path in before}
    assert len(before) >= 8, sorted(before)
    assert {".json", ".draft", ".draft.tmp", ".tmp", ".sqlite", ".json.damaged", ".draft.damaged"} <= kinds, kinds
    others = it.shared | it.private
    kept = where(tmp_path / "home", others)
    for number, target in enumerate(it.erased):
        store.redact(it.record.id, target, by=MENTOR.id, wall=it.draft.wall + timedelta(seconds=number))
        assert where(tmp_path / "home", it.erased[target]) == {}
    # The lists are made anew from what is left, and what was not redacted is where it was.
    store.history()
    store.open_actions()
    store.close()
    assert where(tmp_path / "home", names) == {}
    place = next(path for path in kept if "kick-off" in path or path.endswith(f"{it.record.id}.json"))
    assert where(tmp_path / "home", others)[place] == kept[place]
    tally("redacted marks in every byte of the data folder", cases=len(names) * len(before))


def test_a_line_that_went_on_as_a_topic_is_in_no_byte_of_any_session(tmp_path):
    """Two later sessions of the pair took all that was parked: for both, and each side's own."""
    it, store = crowded(tmp_path / "home")
    names = {"shared parked", "mentor's private parked", "mentee's private parked"}
    left = leftovers([session_of(it.record)]).lines
    taken = {name: next(each for each in left if mark(name) in each.capture.content.text.raw) for name in names}
    plan = opened(kick_off(), 1, [each.topic for each in taken.values()]).agenda
    for number in (5, 6):
        later = Play(record(plan, number=number, pair=it.record.pair, created=BEGIN + timedelta(days=number)))
        later.start()
        later.keep(f"of {mark('other line')}")
        later.do(asked.End())
        store.begin(later.record)
        store.append(later.record.id, fact(ActionReopened("none"), 9000))  # the session as it stood: a snapshot
        store.keep_draft(later.record.id, Draft(it.draft.wall, 1.0, UserText(f"about {mark('shared parked')}")))
    store.history()
    store.prepare()
    before = where(tmp_path / "home", names)
    assert len({path for path in before if "kick-off" in path and "snapshots" not in path}) >= 4, sorted(before)
    assert any("snapshots" in path and str(record(number=6).id) in path for path in before)
    for name, line in taken.items():
        assert where(tmp_path / "home", {name})
        store.redact(it.record.id, line.capture.id, by=MENTOR.id, wall=it.draft.wall)
        assert where(tmp_path / "home", {name}) == {}
    store.history()
    store.close()
    assert where(tmp_path / "home", names) == {}
    assert len(where(tmp_path / "home", {"other line"})) >= 4
    tally("redacted marks in every byte of the data folder", cases=len(names) * len(before))


def test_a_copy_that_comes_back_later_brings_none_of_it(tmp_path):
    """As from a merge with another device: a text that is told again after its redaction is erased as it comes in."""
    it, store = crowded(tmp_path / "home")
    for target in it.erased:
        store.redact(it.record.id, target, by=MENTOR.id, wall=it.draft.wall)
        again = fact(Captured(Kind.NOTE, None, Content(UserText(f"back {mark('redacted note')}"))), 1, id=target)
        store.append(it.record.id, again)
    store.keep_draft(it.record.id, Draft(it.draft.wall, 2.0, UserText("nothing of it")))
    store.history()
    assert where(tmp_path / "home", set().union(*it.erased.values())) == {}
    store.close()


def test_a_deleted_session_is_in_no_byte_of_the_folder(tmp_path):
    it, store = crowded(tmp_path / "home")
    # The title and people are in the other session's neighbourhood only by their own marks.
    names = it.shared | it.private | it.gone | set().union(*it.erased.values())
    assert where(tmp_path / "home", names)
    store.delete(it.record.id)
    assert where(tmp_path / "home", names) == {}
    assert where(tmp_path / "home", {"other line"})
    store.history()
    store.close()
    assert where(tmp_path / "home", names) == {}
    tally("redacted marks in every byte of the data folder", cases=len(names))


@pytest.mark.parametrize("moment", ["draft", "file", "index"])
def test_an_interrupted_redaction_can_be_done_again(moment, tmp_path):
    it, store = crowded(tmp_path / "home")
    (target, names), *_ = it.erased.items()

    class Dies(Disk):
        def replace(self, old: Path, new: Path) -> None:
            if (moment == "draft" and new.suffix == ".draft") or (moment == "file" and new.suffix == ".json"):
                raise OSError(5, "gone")
            super().replace(old, new)

        def create(self, path: Path) -> int:
            if moment == "index" and path.name.startswith("index"):
                raise OSError(5, "gone")
            return super().create(path)

    if moment == "index":
        (tmp_path / "home" / "index.sqlite").write_bytes(b"no database")
    dying = TinyStore(store._folder, store.device, Dies())
    with pytest.raises(NotKept) if moment != "index" else suppress(NotKept):
        dying.redact(it.record.id, target, by=MENTOR.id, wall=it.draft.wall)
    dying.close()
    store.redact(it.record.id, target, by=MENTOR.id, wall=it.draft.wall)
    assert where(tmp_path / "home", names) == {}
    store.close()


def test_what_a_killed_writer_left_goes_when_it_is_redacted_once_more(tmp_path):
    it, store = crowded(tmp_path / "home")
    (target, names), *_ = it.erased.items()
    place = next(path for path in tmp_path.glob("home/sessions/*/*/*.json") if "copied" not in path.name)
    before = place.read_bytes()
    store.redact(it.record.id, target, by=MENTOR.id, wall=it.draft.wall)
    for left in (place.with_suffix(".tmp"), temporary_path(place)):
        left.write_bytes(before)
    store.redact(it.record.id, target, by=MENTOR.id, wall=it.draft.wall)
    assert where(tmp_path / "home", names) == {}
    store.close()

"""What lies on the disk: names, permissions, and what any TinyDB can read."""

import os
import stat
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from store.on_disk import finished, note, program, tables_in, the_file
from support.building import BEGIN, PAIR, agenda, fact_id, record
from tinydb import TinyDB

from rmsession.core.store import Draft
from rmsession.core.store_errors import NoSuchSession, NotKept, StoreError
from rmsession.core.text import UserText
from rmsession.store.disk import Disk
from rmsession.store.names import slug
from rmsession.store.opening import open_store

PERMISSIONS = """
from rmsession.core.store import Draft
from rmsession.store.disk import Disk

home, mask = sys.argv[1], int(sys.argv[2])
os.umask(mask)
modes = {}


def look():
    for path, folders, files in os.walk(home):
        for name in (".", *folders, *files):
            whole = os.path.normpath(os.path.join(path, name))
            modes[whole] = oct(os.lstat(whole).st_mode)


class Watched(Disk):
    def replace(self, old, new):
        look()
        super().replace(old, new)


store = open_store(home, disk=Watched())
kept = record(facts=(action(1),))
store.begin(kept)
store.keep_pair(PAIR)
store.keep_draft(kept.id, Draft(BEGIN, 1.0, UserText("x")))
with store.live(kept.id, person="Robin"):
    store.append(kept.id, note(2))
    store.history()
    look()
    store.keep_draft(kept.id, Draft(BEGIN, 1.0, UserText("z")))
for path, mode in modes.items():
    print(mode, path)
"""


class TestNames:
    def test_a_file_is_called_by_date_agenda_and_id(self, tiny, home):
        tiny.begin(record())
        assert the_file(home).relative_to(home).as_posix() == f"sessions/2026/11/2026-11-21-kick-off-{record().id}.json"

    def test_the_date_is_the_pairs_own(self, tiny, home):
        late = BEGIN.replace(hour=23, minute=30).astimezone(UTC)
        tiny.begin(record(created=late, zone="Pacific/Auckland"))
        assert the_file(home).name.startswith("2026-11-22-")

    def test_an_unknown_zone_is_no_obstacle(self, tiny, home):
        tiny.begin(record(zone="../../etc/passwd"))
        assert the_file(home).name.startswith("2026-11-21-")

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("Kick-off: how we will work", "kick-off-how-we-will-work"),
            ("../../../etc/passwd", "etc-passwd"),
            ("CON", "con"),
            ("NUL\x00", "nul"),
            ("", "session"),
            ("日本語", "session"),
            ("Über Größe", "uber-groe"),
            ("--help", "help"),
            ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
            ("x" * 300, "x" * 40),
            ("\ud83d\u202e\x1b[2J", "2j"),
            ("word " * 100, "word-word-word-word-word-word-word-word"),
            (".", "session"),
            ("~/.ssh", "ssh"),
        ],
    )
    def test_titles_make_harmless_names(self, tiny, home, title, name):
        assert slug(UserText(title)) == name
        kept = record(agenda("one", title=title))
        tiny.begin(kept)
        assert the_file(home).name == f"2026-11-21-{name}-{kept.id}.json"
        assert tiny.load(kept.id) == kept


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_nobody_else_can_read_anything(home, mask):
    lines = finished(program(PERMISSIONS, home, mask))
    modes = {path: mode for mode, path in (line.split(" ", 1) for line in lines)}
    wrong = {path: mode for path, mode in modes.items() if mode not in ("0o40700", "0o100600")}
    assert not wrong
    seen = {Path(path).suffix for path in modes}
    assert {".json", ".draft", ".tmp", ".lock", ".live", ".who", ".sqlite"} <= seen
    assert str(home) in modes


def test_a_file_is_closed_from_its_first_moment(tmp_path, monkeypatch):
    """Not opened for all and closed later: somebody could be quick."""
    monkeypatch.delattr(os, "fchmod")
    mask = os.umask(0)
    try:
        os.close(Disk().create(tmp_path / "it"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "it").stat().st_mode) == 0o600


class TestTheFolder:
    def test_an_empty_one_made_beforehand_is_closed(self, home):
        home.mkdir(mode=0o755)
        open_store(home)
        assert stat.S_IMODE(home.stat().st_mode) == 0o700

    def test_one_with_other_things_in_it_keeps_its_permissions(self, home):
        home.mkdir(mode=0o755)
        (home / "letters.txt").write_text("dear Sam")
        store = open_store(home)
        store.begin(record())
        assert stat.S_IMODE(home.stat().st_mode) == 0o755
        assert stat.S_IMODE((home / "sessions").stat().st_mode) == 0o700
        assert (home / "letters.txt").read_text() == "dear Sam"

    def test_parents_that_are_missing_are_made(self, tmp_path):
        store = open_store(tmp_path / "a" / "b" / "home")
        store.begin(record())
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700

    def test_a_file_in_its_place_is_told(self, home):
        home.write_text("mine")
        with pytest.raises(StoreError, match="is a file"):
            open_store(home)
        with pytest.raises(StoreError, match="Not kept"):
            open_store(home / "below")
        assert home.read_text() == "mine"

    def test_it_can_be_moved(self, tiny, home):
        tiny.begin(record(facts=(note(1),)))
        assert tiny.history()
        elsewhere = home.rename(home.with_name("elsewhere"))
        moved = open_store(elsewhere)
        assert [each.id for each in moved.history()] == [record().id]
        moved.append(record().id, note(2))
        assert moved.history()[0].notes == 2

    def test_gone_while_running_it_is_not_made_again(self, tiny, home):
        """A drive that was pulled out must not be written under; when it is back, keeping goes on."""
        tiny.begin(record())
        tiny.append(record().id, note(1))
        away = home.rename(home.with_name("away"))
        for change in (
            lambda: tiny.append(record().id, note(2)),
            lambda: tiny.begin(record(number=2)),
            lambda: tiny.keep_draft(record().id, Draft(BEGIN, 1.0, UserText("x"))),
            lambda: tiny.keep_pair(PAIR),
            lambda: tiny.live(record().id, person="x").__enter__(),
        ):
            with pytest.raises(NotKept, match="is gone"):
                change()
            assert not home.exists()
        away.rename(home)
        tiny.append(record().id, note(2))
        assert tiny.load(record().id).facts == (note(1), note(2))

    def test_a_session_deleted_behind_our_back_is_gone(self, tiny, home):
        tiny.begin(record())
        tiny.append(record().id, note(1))
        the_file(home).unlink()
        with pytest.raises(NoSuchSession):
            tiny.append(record().id, note(2))
        assert not list(home.glob("sessions/*/*/*.json"))

    def test_the_device_has_one_id(self, home):
        first = open_store(home)
        assert open_store(home).device == first.device
        assert open_store(home, device="desk").device == "desk"
        (home / "device").write_text("rubbish")
        assert len(open_store(home).device) == 36

    def test_opening_and_appending_read_no_other_session(self, tiny, home):
        """Whatever the others hold: an unreadable pipe in their place would block whoever opens it."""
        tiny.begin(record(number=1))
        tiny.append(record(number=1).id, note(1))
        other = the_file(home).with_name(f"2026-11-21-pipe-{record(number=2).id}.json")
        os.mkfifo(other)
        again = open_store(home)
        again.append(record(number=1).id, note(2))
        tiny.append(record(number=1).id, note(3))
        assert tiny.resolve(record(number=1).id)

    def test_a_session_begun_here_is_not_looked_for(self, tiny, monkeypatch):
        """Among thousands of sessions that would take longer than keeping the line."""
        tiny.begin(record())
        monkeypatch.setattr(os, "scandir", None)
        tiny.append(record().id, note(1))
        assert tiny.load(record().id).facts == (note(1),)


class TestAnyTinyDB:
    def test_it_opens_the_files(self, tiny, home):
        tiny.begin(record(facts=(note(1), note(2))))
        tiny.append(record().id, note(3))
        tiny.keep_pair(PAIR)
        with TinyDB(the_file(home), access_mode="r") as stock:
            assert {"seal", "session", "facts"} == stock.tables()
            assert [each["id"] for each in stock.table("facts")] == [fact_id(1), fact_id(2), fact_id(3)]
            assert stock.table("session").all()[0]["agenda"]["title"] == "Kick-off"
        with TinyDB(home / "programme.json", access_mode="r") as stock:
            assert [each["id"] for each in stock.table("people")] == [PAIR.mentor.id, PAIR.mentee.id]

    def test_text_is_readable_with_any_editor(self, tiny, home):
        tiny.begin(record(facts=(note(1, "Größe 日本 😀"),)))
        lines = the_file(home).read_text("utf-8").splitlines()
        assert len([line for line in lines if "Größe 日本 😀" in line]) == 1


def test_a_leftover_of_a_killed_writer_is_swept_by_the_next(tiny, home):
    tiny.begin(record())
    leftover = the_file(home).with_suffix(".tmp")
    leftover.write_bytes(b"half a fi")
    tiny.append(record().id, note(1))
    assert not leftover.exists()
    assert tiny.load(record().id).facts == (note(1),)


def test_a_change_from_outside_is_seen_before_the_next_fact(home):
    one, two = open_store(home), open_store(home)
    one.begin(record())
    for seq in range(1, 21):
        (one, two)[seq % 2].append(record().id, note(seq))
    assert one.load(record().id).facts == tuple(note(seq) for seq in range(1, 21))
    assert one.revision(record().id) == two.revision(record().id) == 21
    assert list(tables_in(the_file(home))["facts"]) == [str(number) for number in range(1, 21)]


def test_a_file_put_back_from_a_backup_is_what_counts(tiny, home):
    tiny.begin(record(facts=(note(1),)))
    old = the_file(home).read_bytes()
    tiny.append(record().id, note(2))
    the_file(home).write_bytes(old)
    tiny.append(record().id, note(3))
    assert tiny.load(record().id).facts == (note(1), note(3))


def test_a_month_ago_is_another_folder(tiny, home):
    tiny.begin(record(number=1))
    tiny.begin(record(number=2, created=BEGIN - timedelta(days=30)))
    assert {path.parent.name for path in home.glob("sessions/2026/*/*.json")} == {"10", "11"}

"""A past session as it stood is kept before it is changed, for thirty days, and obeys redaction and deletion."""

import os
import shutil
import stat
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from store.copying import NOW, WAYS, Failing, Killed, holds, late
from store.on_disk import action, note, the_file
from support.building import BEGIN, content, fact, fact_id, record
from support.tally import tally

from rmsession.core.facts import Amended, Erased, SittingOpened
from rmsession.core.record import merge
from rmsession.core.store_errors import NoSuchSession, NotKept
from rmsession.core.terms import Kind
from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.opening import open_store
from rmsession.store.session_file import load
from rmsession.store.snapshots import KEPT, Snapshots, find_good_copy, snapshots, sweep

ONE = record().id
SECRET = "SENTINEL-4711 is the secret"


def folder(home):
    return folder_named(home, Disk())


def made_at(home, *moments, number=1):
    """Snapshots of a session made at these moments, as old as they say."""
    for moment in moments:
        Snapshots(folder(home), Disk(), lambda now=moment: now).before_change(the_file(home, number))
        path = next(each.path for each in snapshots(folder(home)) if each.made == moment)
        os.utime(path, (moment.timestamp(),) * 2)


class TestMaking:
    def test_a_past_session_is_kept_as_it_stood_before_its_first_change(self, tiny, home):
        tiny.begin(record(facts=(action(1),)))
        before = the_file(home).read_bytes()
        tiny.append(ONE, late(2))
        (snapshot,) = snapshots(folder(home), ONE)
        assert snapshot.path.read_bytes() == before
        assert snapshot.stem == the_file(home).stem
        assert abs(datetime.now(UTC) - snapshot.made) < timedelta(minutes=1)
        assert stat.S_IMODE(snapshot.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(snapshot.path.parent.stat().st_mode) == 0o700
        assert [path.suffix for path in snapshot.path.parent.iterdir()] == [".json"]

    def test_a_reopening_changes_a_past_session(self, tiny, home):
        tiny.begin(record(facts=(action(1),)))
        tiny.append(ONE, fact(SittingOpened(), 2, 2.0))
        assert snapshots(folder(home), ONE)

    def test_what_is_kept_in_a_running_session_costs_no_snapshot(self, home):
        created = []

        class Watched(Disk):
            def create(self, path):
                created.append(path.name)
                return super().create(path)

        store = open_store(home, disk=Watched())
        store.begin(record())
        created.clear()
        store.append(ONE, note(1))
        assert created == [the_file(home).with_suffix(".tmp").name]
        assert not (home / "snapshots").exists()

    def test_one_snapshot_stands_for_all_changes_of_an_hour(self, tiny, home):
        tiny.begin(record(facts=(action(1),)))
        for seq in range(2, 6):
            tiny.append(ONE, late(seq))
        open_store(home).append(ONE, late(6))
        assert len(snapshots(folder(home), ONE)) == 1

    @pytest.mark.parametrize(("later", "count"), [(59, 1), (61, 2), (-59, 1), (-61, 2)])
    def test_an_hour_later_there_is_another(self, tiny, home, later, count):
        tiny.begin(record())
        moments = [NOW]
        made = Snapshots(folder(home), Disk(), lambda: moments[-1])
        made.before_change(the_file(home))
        moments.append(NOW + timedelta(minutes=later))
        made.before_change(the_file(home))
        assert len(snapshots(folder(home), ONE)) == count

    def test_a_disk_that_refuses_a_snapshot_does_not_stop_the_change(self, home):
        class Refusing(Disk):
            def create(self, path):
                if path.parent.name == "snapshots":
                    raise OSError(28, "No space left on device")
                return super().create(path)

        store = open_store(home, disk=Refusing())
        store.begin(record(facts=(action(1),)))
        store.append(ONE, late(2))
        assert len(store.load(ONE).facts) == 2
        (line,) = store.troubles()
        assert line.startswith("There is no snapshot of ")
        assert "disk is full" in line
        assert line.isprintable()
        Refusing.create = Disk.create
        store.append(ONE, late(3))
        assert not store.troubles()
        assert len(load(snapshots(folder(home))[0].path).facts) == 2

    def test_a_snapshot_that_the_disk_wrote_wrong_is_none(self, home):
        class Lying(Disk):
            def write(self, descriptor, data):
                wrong = bytes(data).replace(b"send it", b"send at") if lies else bytes(data)
                return super().write(descriptor, wrong)

        lies = False
        store = open_store(home, disk=Lying())
        store.begin(record(facts=(action(1),)))
        lies = True
        Snapshots(folder(home), Lying(), lambda: NOW).before_change(the_file(home))
        assert not snapshots(folder(home))

    def test_a_damaged_session_has_no_snapshot(self, tiny, home):
        tiny.begin(record())
        the_file(home).write_bytes(the_file(home).read_bytes()[:-9])
        Snapshots(folder(home), Disk()).before_change(the_file(home))
        assert not snapshots(folder(home))


class TestFinding:
    def test_the_newest_whole_one_is_the_good_copy(self, tiny, home):
        tiny.begin(record(facts=(action(1),)))
        made_at(home, NOW, NOW + timedelta(hours=2), NOW + timedelta(hours=4))
        newest, middle, _ = snapshots(folder(home), ONE)
        assert find_good_copy(folder(home), ONE) == newest.path
        newest.path.write_bytes(newest.path.read_bytes()[:-3])
        assert find_good_copy(folder(home), ONE) == middle.path
        assert find_good_copy(folder(home), record(number=2).id) is None

    def test_files_of_other_names_are_nobodys_snapshots(self, tiny, home):
        tiny.begin(record())
        made_at(home, NOW)
        (one,) = snapshots(folder(home))
        for name in ("notes.json", f"2026-13-41-996199-of-{one.stem}.json", "x"):
            shutil.copy(one.path, one.path.with_name(name))
        assert snapshots(folder(home)) == [one]


class TestSweeping:
    @pytest.mark.parametrize(
        ("age", "written", "stays"),
        [
            (timedelta(days=29), timedelta(days=29), True),
            (timedelta(days=31), timedelta(days=31), False),
            (timedelta(days=31), timedelta(days=1), True),  # its name was given by a clock that was wrong
            (timedelta(days=1), timedelta(days=31), True),
            (timedelta(days=-400), timedelta(days=-400), True),  # the clock was set back since
        ],
    )
    def test_what_is_older_than_thirty_days_goes(self, tiny, home, age, written, stays):
        tiny.begin(record())
        made_at(home, NOW - age)
        (one,) = snapshots(folder(home))
        os.utime(one.path, ((NOW - written).timestamp(),) * 2)
        assert sweep(folder(home), Disk(), NOW) == ([] if stays else [one.path])
        assert one.path.exists() == stays

    def test_making_one_sweeps_the_old(self, tiny, home):
        tiny.begin(record(number=1))
        tiny.begin(record(number=2))
        made_at(home, NOW - KEPT - timedelta(days=1), number=2)
        made_at(home, NOW, number=1)
        assert [each.session for each in snapshots(folder(home))] == [ONE]

    def test_what_mends_a_damaged_session_stays(self, tiny, home):
        tiny.begin(record())
        old = NOW - timedelta(days=90)
        made_at(home, old, old + timedelta(days=1))
        whole = the_file(home).read_bytes()
        the_file(home).write_bytes(whole[:-9])
        newest, oldest = snapshots(folder(home))
        assert sweep(folder(home), Disk(), NOW) == [oldest.path]
        the_file(home).write_bytes(whole)
        assert sweep(folder(home), Disk(), NOW) == [newest.path]

    def test_what_a_killed_writer_left_goes_and_what_is_being_written_stays(self, tiny, home):
        tiny.begin(record())
        made_at(home, NOW - timedelta(hours=3))
        (one,) = snapshots(folder(home))
        left, fresh = one.path.with_suffix(".tmp"), one.path.with_suffix(".draft.tmp")
        for path, moment in ((left, NOW - timedelta(hours=3)), (fresh, NOW)):
            path.write_text("half")
            os.utime(path, (moment.timestamp(),) * 2)
        assert sweep(folder(home), Disk(), NOW) == [left]

    def test_a_folder_without_snapshots_is_swept(self, home):
        assert sweep(folder(home), Disk(), NOW) == []


class TestErasing:
    def grown(self, tiny, home):
        """A session with the secret in two snapshots, and another session with a snapshot of its own."""
        tiny.begin(record(facts=(action(1, SECRET), note(2, "of no interest"))))
        tiny.begin(record(number=2, facts=(note(9, "of no interest"),)))
        made_at(home, NOW)
        tiny.append(ONE, fact(Amended(fact_id(1), fact_id(1), content(f"{SECRET}, amended")), 3))
        made_at(home, NOW + timedelta(hours=5))
        made_at(home, NOW, number=2)
        assert len(holds(home, SECRET)) >= 3

    def test_redacted_text_is_in_no_snapshot(self, tiny, home):
        self.grown(tiny, home)
        before = [load(each.path) for each in snapshots(folder(home), ONE)]
        left = snapshots(folder(home), ONE)[0].path.with_suffix(".tmp")
        left.write_text(SECRET)
        tiny.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        assert not holds(home, SECRET)
        assert not holds(home, SECRET[:12])
        after = [load(each.path) for each in snapshots(folder(home), ONE)]
        assert len(after) == len(before) == 3
        assert after == [merge(each, tiny.load(ONE)) if len(each.facts) == 3 else each for each in after]
        assert all(note(2, "of no interest") in each.facts for each in after)
        assert len(snapshots(folder(home), record(number=2).id)) == 1
        tally("text redacted from snapshots: files that hold it", cases=len(after), wrong=len(holds(home, SECRET)))

    def test_a_snapshot_that_cannot_be_read_goes_with_the_text(self, tiny, home):
        self.grown(tiny, home)
        broken, later, _ = snapshots(folder(home), ONE)
        broken.path.write_bytes(broken.path.read_bytes()[:-9])
        later.path.write_bytes(later.path.read_bytes().replace(b'"format":1', b'"format":2'))
        tiny.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        assert not holds(home, SECRET)
        assert len(snapshots(folder(home), ONE)) == 1

    def test_a_tombstone_from_elsewhere_reaches_the_snapshots(self, tiny, home):
        self.grown(tiny, home)
        tiny.append(ONE, replace(action(1), what=Erased(fact_id(1), "Captured", "alex", BEGIN, Kind.ACTION)))
        assert not holds(home, SECRET)

    def test_a_redaction_that_was_interrupted_before_the_snapshots_can_be_finished(self, tiny, home):
        self.grown(tiny, home)
        kept = {each.path: each.path.read_bytes() for each in snapshots(folder(home), ONE)}
        tiny.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        for path, data in kept.items():
            path.write_bytes(data)
        assert holds(home, SECRET)
        tiny.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        assert not holds(home, SECRET)

    def test_damaged_files_set_aside_go_with_the_text(self, tiny, home):
        self.grown(tiny, home)
        for ending in (".json.damaged", ".json.damaged-2", ".json.damaged.tmp"):
            the_file(home).with_name(the_file(home).stem + ending).write_text(SECRET)
        tiny.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        assert not holds(home, SECRET)

    def test_deleting_a_session_deletes_its_snapshots(self, tiny, home):
        self.grown(tiny, home)
        snapshots(folder(home), ONE)[0].path.with_suffix(".tmp").write_text(SECRET)
        the_file(home).with_name(the_file(home).name + ".damaged").write_text(SECRET)
        tiny.delete(ONE)
        assert not holds(home, SECRET)
        assert not [path for path in home.rglob("*") if ONE in path.name]
        assert not holds(home, ONE)
        assert len(snapshots(folder(home))) == 1

    @pytest.mark.parametrize("ways", [1, pytest.param(len(WAYS), marks=pytest.mark.long)])
    @pytest.mark.parametrize("name", ["redact", "delete", "append"])
    def test_whatever_fails_doing_it_again_leaves_no_text_anywhere(self, tmp_path, name, ways):
        """Each call that changes the disk fails in each way, once; whoever was interrupted does it again."""
        operations = {
            "redact": lambda store: store.redact(ONE, fact_id(1), by="x", wall=BEGIN),
            "delete": lambda store: store.delete(ONE),
            "append": lambda store: store.append(
                ONE, replace(action(1), what=Erased(fact_id(1), "Captured", "alex", BEGIN, Kind.ACTION))
            ),
        }
        template = tmp_path / "template"
        store = open_store(template)
        self.grown(store, template)
        store.history()
        store.close()
        disk = Failing()
        store = open_store(shutil.copytree(template, tmp_path / "good"), device="desk", disk=disk)
        begun = disk.calls
        operations[name](store)
        cases = 0
        for at in range(begun, disk.calls):
            for way in [WAYS[(at + more) % len(WAYS)] for more in range(ways)]:
                home = shutil.copytree(template, tmp_path / f"{at} {way}")
                with suppress(NotKept, Killed):
                    operations[name](open_store(home, device="desk", disk=Failing(at, way)))
                with suppress(NoSuchSession):
                    operations[name](open_store(home, device="desk", disk=Failing()))
                assert not holds(home, SECRET), (at, way)
                assert not list(home.rglob("*.tmp"))
                assert not open_store(home).troubles()
                cases += 1
                shutil.rmtree(home)
        assert cases > 20 * ways
        tally(f"{name} with snapshots, a call of the disk fails, and again", cases=cases)


def test_a_late_fact_survives_whatever_fails_in_making_the_snapshot(tmp_path):
    template = tmp_path / "template"
    open_store(template).begin(record(facts=(action(1),)))
    disk = Failing()
    open_store(shutil.copytree(template, tmp_path / "good"), device="desk", disk=disk).append(ONE, late(2))
    cases = lost = 0
    for at in range(disk.calls):
        for way in WAYS:
            home = shutil.copytree(template, tmp_path / f"{at} {way}")
            with suppress(NotKept, Killed):
                open_store(home, device="desk", disk=Failing(at, way)).append(ONE, late(2))
                lost += late(2) not in open_store(home).load(ONE).facts
            store = open_store(home, disk=Failing())
            store.append(ONE, late(2))
            store.append(ONE, late(3))
            assert set(store.load(ONE).facts) == {action(1), late(2), late(3)}
            assert len(snapshots(folder(home), ONE)) == 1
            assert action(1) in load(snapshots(folder(home))[0].path).facts
            assert not list(home.rglob("*.tmp"))
            cases += 1
    assert cases > 30
    assert lost == 0
    tally("a late fact, a call of the disk fails while it or its snapshot is written", cases=cases, lost=lost)

"""A backup is read back before it is called one; an archive that is no good changes nothing, wherever it came from."""

import io
import os
import shutil
import stat
import tracemalloc
import zipfile
from contextlib import suppress
from hashlib import sha256
from random import Random

import pytest
from store.copying import NOW, WAYS, Failing, Killed, brought_back, contents, late, saved, seen, would_change
from store.on_disk import action, note, the_file
from support.building import BEGIN, PAIR, record
from support.tally import tally

from rmsession.core.store import Draft
from rmsession.core.store_errors import NewerFormat, NotKept, StoreError
from rmsession.core.text import UserText
from rmsession.store import archive
from rmsession.store.archive import MANIFEST, Entry, Manifest, fits, opened
from rmsession.store.disk import Disk
from rmsession.store.opening import open_store
from rmsession.store.spelling import loads
from rmsession.store.values import value_of

GOOD = "sessions/2026/11/2026-11-21-kick-off-00000000-0000-0000-0000-000000000001.json"


@pytest.fixture
def full(tiny, home):
    """A data folder with something of everything."""
    tiny.begin(record(number=1, facts=(action(1, "Größe 世界 \ud83d"),)))
    tiny.begin(record(number=2, facts=(note(2),)))
    tiny.begin(record(number=3))
    tiny.keep_draft(record(number=2).id, Draft(BEGIN, 1.0, UserText("half a li")))
    tiny.keep_pair(PAIR)
    tiny.append(record().id, late(3))
    tiny.delete(record(number=3).id)
    tiny.history()
    (home / "config.toml").write_text('me = "Robin"\n')
    (home / "crash.log").write_text("places")
    (home / "agendas").mkdir()
    (home / "agendas" / "mine.md").write_text("# Mine\n")
    return home


def rewritten(path, change, **claimed):
    """The archive once more, with whatever `change` makes of its files, under a manifest that fits."""
    with zipfile.ZipFile(path) as held:
        files = {name: held.read(name) for name in held.namelist()}
    manifest = value_of(loads(files.pop(MANIFEST)), Manifest)
    change(files)
    sizes = {name: claimed.get(name, len(data)) for name, data in files.items()}
    entries = tuple(Entry(name, sizes[name], sha256(data).hexdigest()) for name, data in files.items())
    spelled = Manifest(manifest.format, manifest.program, manifest.made, entries).spelled()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in [*files.items(), (MANIFEST, spelled)]:
            held.writestr(name, data)
    return path


class TestBackingUp:
    def test_it_holds_what_cannot_be_made_anew_and_nothing_else(self, full, tmp_path):
        made = saved(full, tmp_path / "b.zip", agendas=[full / "agendas" / "mine.md"])
        assert (made.sessions, made.drafts, made.damaged, made.left_out) == (2, 1, [], [])
        assert made.size == (tmp_path / "b.zip").stat().st_size
        wanted = {name for name in contents(full) if not name.startswith("snapshots/")} | {MANIFEST, "device"}
        with zipfile.ZipFile(tmp_path / "b.zip") as held:
            assert set(held.namelist()) == wanted
            assert held.testzip() is None
            for name in wanted - {MANIFEST}:
                assert held.read(name) == (full / name).read_bytes()
            manifest = value_of(loads(held.read(MANIFEST)), Manifest)
        assert (manifest.format, manifest.made, len(manifest.files)) == (1, NOW, len(wanted) - 1)

    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
    def test_only_its_owner_can_read_it(self, full, tmp_path, umask):
        modes = []

        class Watched(Disk):
            def write(self, descriptor, data):
                modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
                return super().write(descriptor, data)

        old = os.umask(umask)
        try:
            saved(full, tmp_path / "b.zip", Watched())
        finally:
            os.umask(old)
        assert set(modes) == {0o600}
        assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.glob("b.zip*")] == ["b.zip"]

    def test_whatever_the_disk_wrote_wrong_is_noticed(self, full, tmp_path):
        """One bit of what is written flips: in every part of the archive, in each place of the longest."""
        good = tmp_path / "good.zip"
        saved(full, good)
        size, cases, wrong = good.stat().st_size, 0, 0

        class Lying(Failing):
            def write(self, descriptor, data):
                start, self.written = self.written, self.written + len(data)
                told = bytearray(data)
                if start <= self.flip < self.written:
                    told[self.flip - start] ^= 1 << self.flip % 8
                return os.write(descriptor, told)

        for place in [*range(0, size, 41), *range(size - 22, size)]:
            disk = Lying()
            disk.flip, disk.written = place, 0
            target = tmp_path / "b.zip"
            try:
                saved(full, target, disk)
            except NotKept as error:
                wrong += "is not the backup that was written" not in str(error) or bool(list(tmp_path.glob("b.zip*")))
            else:
                with opened(target) as one, opened(good) as other:
                    wrong += one.manifest != other.manifest
                target.unlink()
            cases += 1
        assert cases > 100
        assert wrong == 0
        tally("a bit of a backup flips while it is written", cases=cases, wrong=wrong)

    def test_whatever_fails_there_is_a_good_backup_or_none(self, full, tmp_path):
        disk = Failing()
        saved(full, tmp_path / "good.zip", disk)
        (tmp_path / "b.zip").write_text("an older one")
        cases = 0
        for at in range(disk.calls):
            target = shutil.copy(tmp_path / "b.zip", tmp_path / f"{at}.zip")
            with suppress(NotKept, Killed):
                saved(full, target, Failing(at, WAYS[at % len(WAYS)]))
            if target.read_bytes() != b"an older one":
                with opened(target) as archive_:
                    assert len(archive_.entries) > 4
            saved(full, target, Failing())
            with opened(target):
                assert not target.with_name(f"{at}.zip.part").exists()
            cases += 1
        assert cases > 10
        tally("a backup, a call of the disk fails, and again", cases=cases)

    def test_a_damaged_file_goes_in_as_it_is_and_is_named(self, full, tmp_path):
        path = the_file(full, 2)
        path.write_bytes(path.read_bytes()[:-9])
        made = saved(full, tmp_path / "b.zip")
        assert [path.name in line for line in made.damaged] == [True]
        with opened(tmp_path / "b.zip") as held:
            (entry,) = [each for each in held.manifest.files if each.damage]
            assert held.read(entry.name) == path.read_bytes()
        told = would_change(tmp_path / "new", tmp_path / "b.zip")
        assert [change.why for change in told.changes if change.session == record(number=2).id] != [""]

    def test_a_damaged_session_brings_its_snapshot_along(self, full, tmp_path):
        path = the_file(full, 1)
        whole = path.read_bytes()
        path.write_bytes(whole[:-9])
        made = saved(full, tmp_path / "b.zip")
        assert len(made.damaged) == 1
        brought_back(tmp_path / "new", tmp_path / "b.zip")
        assert open_store(tmp_path / "new").load(record().id).facts == (action(1, "Größe 世界 \ud83d"),)

    def test_what_cannot_go_in_is_named(self, full, tmp_path, monkeypatch):
        (full / "sessions" / "notes.json").write_text("{}")
        monkeypatch.setattr("rmsession.store.backup.FILE_LIMIT", the_file(full, 1).stat().st_size - 1)
        made = saved(full, tmp_path / "b.zip")
        assert len(made.left_out) == 2
        assert any("notes.json" in line for line in made.left_out)
        assert any("larger than" in line for line in made.left_out)

    def test_a_clock_that_is_nowhere_stops_no_backup(self, full, tmp_path, monkeypatch):
        for year in (1970, 2150):
            monkeypatch.setattr("store.copying.NOW", NOW.replace(year=year, month=1, day=1))
            saved(full, tmp_path / f"{year}.zip")
            assert would_change(tmp_path / "new", tmp_path / f"{year}.zip").changes


HOSTILE = [
    "../x", "/etc/passwd", "sessions/../../x", "..", "x", "sessions/x.json", "agendas/../x.md", "agendas/a/b.md",
    "C:\\x", "agendas/C:x", "agendas/a\\b", "agendas/\n", f"../{GOOD}", f"/{GOOD}", GOOD.replace("2026/", "../"),
    GOOD.upper(), GOOD + "/", "erased/x", "snapshots/x.json", "index.sqlite", "locks/x", "programme.json/", "agendas/",
    "agendas/" + "x" * 256, "sessions//" + GOOD.rpartition("/")[2], "erased/2026-13-01-" + "0" * 32,
]  # fmt: skip


class TestHostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_name_that_no_backup_has_is_refused(self, full, tmp_path, name):
        assert not fits(name)
        saved(full, tmp_path / "b.zip")
        rewritten(tmp_path / "b.zip", lambda files: files.update({name: b"# Evil\n"}))
        self.refused(full, tmp_path / "b.zip", tmp_path)

    def refused(self, full, path, tmp_path, match=None):
        before, around = contents(full), sorted(tmp_path.rglob("*"))
        with pytest.raises(StoreError, match=match) as told:
            brought_back(full, path)
        assert "Nothing was changed" in str(told.value)
        assert str(told.value).isprintable()
        assert str(path) in str(told.value)
        assert contents(full) == before
        assert sorted(tmp_path.rglob("*")) == around
        tally("hostile and broken archives", cases=1)

    def test_a_link_a_folder_and_a_device_are_refused(self, full, tmp_path):
        for kind in (stat.S_IFLNK, stat.S_IFDIR, stat.S_IFCHR, stat.S_IFIFO):
            saved(full, tmp_path / "b.zip")
            info = zipfile.ZipInfo("agendas/x.md")
            info.external_attr = (kind | 0o777) << 16
            with zipfile.ZipFile(tmp_path / "b.zip", "a") as held:
                held.writestr(info, "/etc/passwd")
            self.refused(full, tmp_path / "b.zip", tmp_path, "no ordinary file")

    def test_a_file_that_is_there_twice_is_refused(self, full, tmp_path):
        saved(full, tmp_path / "b.zip")
        with zipfile.ZipFile(tmp_path / "b.zip", "a") as held, pytest.warns(UserWarning, match="Duplicate"):
            held.writestr("config.toml", "me = 'Mallory'\n")
        self.refused(full, tmp_path / "b.zip", tmp_path, "twice")

    def test_a_file_that_was_exchanged_for_another_is_refused(self, full, tmp_path):
        """Packed anew by hand: the library's own checksum is right, the manifest's is not."""
        saved(full, tmp_path / "b.zip")
        with zipfile.ZipFile(tmp_path / "b.zip") as held:
            files = {name: held.read(name) for name in held.namelist()}
        files["config.toml"] = files["config.toml"].replace(b"Robin", b"Mabel")
        with zipfile.ZipFile(tmp_path / "b.zip", "w") as held:
            for name, data in files.items():
                held.writestr(name, data)
        self.refused(full, tmp_path / "b.zip", tmp_path, "is not what was put in")

    def test_files_that_the_manifest_does_not_name_are_refused(self, full, tmp_path):
        saved(full, tmp_path / "b.zip")
        with zipfile.ZipFile(tmp_path / "b.zip", "a") as held:
            held.writestr("agendas/more.md", "# More\n")
        self.refused(full, tmp_path / "b.zip", tmp_path, "other files")

    def test_a_bomb_is_not_unpacked(self, full, tmp_path, monkeypatch):
        """Eight million zeros pack into eight thousand bytes; what they claim to be does not matter."""
        bomb = bytes(8 << 20)
        saved(full, tmp_path / "b.zip")
        rewritten(tmp_path / "b.zip", lambda files: files.update({"agendas/x.md": bomb}))
        monkeypatch.setattr(archive, "FILE_LIMIT", 1 << 20)
        self.refused(full, tmp_path / "b.zip", tmp_path, "larger than 1 MB")
        saved(full, tmp_path / "b.zip")
        rewritten(tmp_path / "b.zip", lambda files: files.update({"device": bomb}), device=99)
        whole = (tmp_path / "b.zip").read_bytes()
        self.refused(full, tmp_path / "b.zip", tmp_path, "another size")
        (tmp_path / "b.zip").write_bytes(whole.replace(len(bomb).to_bytes(4, "little"), (99).to_bytes(4, "little")))
        self.refused(full, tmp_path / "b.zip", tmp_path, "cannot be unpacked")

    def test_a_manifest_that_is_a_bomb_is_not_unpacked(self, full, tmp_path, monkeypatch):
        monkeypatch.setattr(archive, "FILE_LIMIT", 1 << 20)
        with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as held:
            held.writestr(MANIFEST, b" " * (16 << 20) + b"{}")
        tracemalloc.start()
        self.refused(full, tmp_path / "b.zip", tmp_path, "larger than the 1,048,576 bytes")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 6 << 20

    def test_the_limits_of_the_whole_are_kept_and_named(self, full, tmp_path, monkeypatch):
        saved(full, tmp_path / "b.zip")
        monkeypatch.setattr(archive, "COUNT_LIMIT", 3)
        self.refused(full, tmp_path / "b.zip", tmp_path, "more than 3")
        monkeypatch.setattr(archive, "COUNT_LIMIT", 300)
        monkeypatch.setattr(archive, "WHOLE_LIMIT", 100)
        self.refused(full, tmp_path / "b.zip", tmp_path, "unpacked it is larger")

    @pytest.mark.parametrize(
        "data",
        [b"", b"hello", b"PK\x03\x04", b"{}", b"\0" * 999, b"PK\x05\x06" + b"\0" * 18, b"PK\x05\x06" + b"\xff" * 18],
    )
    def test_what_is_no_archive_is_refused(self, full, tmp_path, data):
        (tmp_path / "b.zip").write_bytes(data)
        self.refused(full, tmp_path / "b.zip", tmp_path)

    def test_another_zip_is_no_backup(self, full, tmp_path):
        with zipfile.ZipFile(tmp_path / "b.zip", "w") as held:
            held.writestr("programme.json", "hello")
        self.refused(full, tmp_path / "b.zip", tmp_path, "no manifest")

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_what_the_program_never_packs_so_is_not_unpacked(self, full, tmp_path, method):
        saved(full, tmp_path / "b.zip")
        with zipfile.ZipFile(tmp_path / "b.zip") as held:
            files = {name: held.read(name) for name in held.namelist()}
        with zipfile.ZipFile(tmp_path / "b.zip", "w", method) as held:
            for name, data in files.items():
                held.writestr(name, data)
        self.refused(full, tmp_path / "b.zip", tmp_path)

    @pytest.mark.parametrize(
        "manifest", [b"", b"[]", b"{}", b'{"format":"1"}', b'{"format":1,"program":"1","made":"x","files":[]}', b"\xff"]
    )
    def test_a_manifest_of_another_shape_is_refused(self, full, tmp_path, manifest):
        with zipfile.ZipFile(tmp_path / "b.zip", "w") as held:
            held.writestr(MANIFEST, manifest)
        self.refused(full, tmp_path / "b.zip", tmp_path)

    def test_a_later_format_is_named(self, full, tmp_path):
        with zipfile.ZipFile(tmp_path / "b.zip", "w") as held:
            held.writestr(MANIFEST, b'{"format":2,"anything":[]}')
        with pytest.raises(NewerFormat, match="later version"):
            brought_back(full, tmp_path / "b.zip")

    def test_a_cut_archive_is_refused_wherever_it_was_cut(self, full, tmp_path):
        saved(full, tmp_path / "whole.zip")
        whole = (tmp_path / "whole.zip").read_bytes()
        for end in range(0, len(whole), 101):
            (tmp_path / "b.zip").write_bytes(whole[:end])
            self.refused(full, tmp_path / "b.zip", tmp_path)

    @pytest.mark.parametrize("cases", [200, pytest.param(20_000, marks=pytest.mark.long)])
    def test_a_flipped_bit_is_named_or_means_nothing(self, full, tmp_path, cases):
        saved(full, tmp_path / "whole.zip")
        whole = (tmp_path / "whole.zip").read_bytes()
        with opened(tmp_path / "whole.zip") as held:
            files = {name: held.read(name) for name in held.entries}
        luck, wrong = Random(7), 0
        for _ in range(cases):
            bit = luck.randrange(8 * len(whole))
            data = bytearray(whole)
            data[bit // 8] ^= 1 << bit % 8
            (tmp_path / "b.zip").write_bytes(data)
            try:
                with opened(tmp_path / "b.zip") as held:
                    wrong += files != {name: held.read(name) for name in held.entries}
            except StoreError as error:  # some bits mean nothing: a date, a mode
                told = str(error).replace("\xa0", " ")  # a sign like others; the rest of what no name has is not shown
                wrong += str(tmp_path / "b.zip") not in told or not told.isprintable()
        assert wrong == 0
        tally("a bit of an archive flips", cases=cases, wrong=wrong)


def test_a_backup_and_back_is_the_same(full, tmp_path):
    saved(full, tmp_path / "b.zip", agendas=[full / "agendas" / "mine.md"])
    told = brought_back(tmp_path / "new", tmp_path / "b.zip")
    assert not told.refused
    assert seen(tmp_path / "new") == seen(full)
    snapshots = {name for name in contents(full) if name.startswith("snapshots/")}
    assert contents(tmp_path / "new") == {name: data for name, data in contents(full).items() if name not in snapshots}
    for path in (tmp_path / "new").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_an_archive_in_memory_order_does_not_matter(full, tmp_path):
    """Whoever packs the same files anew, in another order, has the same backup."""
    saved(full, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as held:
        files = [(name, held.read(name)) for name in held.namelist()]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in reversed(files):
            held.writestr(name, data)
    (tmp_path / "b.zip").write_bytes(packed.getvalue())
    brought_back(tmp_path / "new", tmp_path / "b.zip")
    assert seen(tmp_path / "new")[0] == seen(full)[0]

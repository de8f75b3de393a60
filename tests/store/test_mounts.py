"""Which file system a folder lies on, from tables as Linux writes them, and what is said of it."""

import subprocess
from pathlib import Path

import pytest

from rmsession.store import mounts
from rmsession.store.mounts import Mount, Nature, caution, kind_at, kind_of, mounts_in, nature_of

TABLE = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
30 27 0:40 / /home/ada rw,nosuid shared:17 master:2 - nfs4 server:/home/ada rw,vers=4.2
31 30 0:41 / /home/ada/My\040Drive rw - fuse.google-drive-ocamlfuse drive rw
32 27 0:42 / /mnt/a\134b\011c rw - vfat /dev/sdb1 rw
33 27 0:43 / /mnt/twice rw - cifs //server/share rw
34 33 0:44 / /mnt/twice rw - ext4 /dev/sdc1 rw
35 27 0:45 / /media/st rw - exfat /dev/sdd1 rw
a line of another shape
36 27 0:46 / /no-dash rw relatime ext4 /dev/sde1 rw
37 27 0:47 / /cut rw -
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/home/adam/data", "ext4"),
        ("/home/ada", "nfs4"),
        ("/home/ada/notes/deep", "nfs4"),
        ("/home/ada/My Drive/notes", "fuse.google-drive-ocamlfuse"),
        ("/home/ada/My\\040Drive/notes", "nfs4"),
        ("/mnt/a\\b\tc/x", "vfat"),
        ("/mnt/twice/x", "ext4"),
        ("/media/stick", "ext4"),
        ("/no-dash/x", "ext4"),
        ("/cut/x", "ext4"),
        ("/proc/self", "proc"),
    ],
)
def test_the_longest_mount_that_holds_a_path_says_its_kind(path, kind):
    assert kind_at(path, mounts_in(TABLE)) == kind


def test_an_empty_table_says_nothing():
    assert kind_at("/home", mounts_in("")) == ""
    assert kind_at("/home", [Mount("/mnt", "nfs")]) == ""


@pytest.mark.parametrize(
    "kind",
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.google-drive-ocamlfuse",
        "fuse.dropbox",
        "davfs",
        "ceph",
        "glusterfs",
        "lustre",
        "fuse.onedrive",
        "virtiofs",
    ],
)
def test_what_several_computers_share_is_known(kind):
    assert nature_of(kind) is Nature.SHARED


@pytest.mark.parametrize(
    "kind",
    ["ext4", "btrfs", "xfs", "zfs", "tmpfs", "overlay", "f2fs", "fuse.encfs", "fuse.gocryptfs", "ecryptfs", "apfs"],
)
def test_what_one_computer_has_for_itself_is_quiet(kind):
    assert nature_of(kind) is None


@pytest.mark.parametrize(("kind", "words"), [("nfs4", "network file system (nfs4)"), ("vfat", "without permissions")])
def test_the_line_says_what_why_and_what_to_do(tmp_path, monkeypatch, kind, words):
    table = tmp_path / "mountinfo"
    folder = tmp_path / "da\x1bta \udcff"
    folder.mkdir()
    table.write_bytes(b"40 27 0:50 / " + str(tmp_path).encode() + f" rw - {kind} server:/x rw\n".encode())
    monkeypatch.setattr(mounts, "_TABLE", table)
    line = caution(folder)
    assert words in line
    assert "--home" in line
    assert line.isprintable()


def test_a_system_without_the_table_says_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(mounts, "_TABLE", tmp_path / "nowhere")
    assert kind_of(tmp_path) == ""
    assert caution(tmp_path) is None


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="Linux tells it there")
def test_this_machine_agrees_with_stat(tmp_path):
    """The kinds by two roads: the table, and what ``stat -f`` says of the same folders."""
    names = {"ext2/ext3": {"ext2", "ext3", "ext4"}, "tmpfs": {"tmpfs", "devtmpfs"}, "overlayfs": {"overlay"}}
    for folder in (tmp_path, Path("/dev/shm"), Path("/proc")):
        told = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True, check=True)
        said = told.stdout.strip()
        assert kind_of(folder) in names.get(said, {said})


def test_a_link_is_followed_to_where_it_leads(tmp_path):
    (tmp_path / "link").symlink_to("/proc")
    assert kind_of(tmp_path / "link") == kind_of(Path("/proc"))

"""Which kind of file system a folder lies on, and what one line says about those that do not hold every promise."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from rmsession.store.disk import shown

_TABLE: Final = Path("/proc/self/mountinfo")
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_LEAST_FIELDS: Final = 5
_AFTER_DASH: Final = 2

_SHARED: Final = re.compile(
    r"nfs4?|cifs|smb[23]?|smbfs|ncpfs|afs|coda|9p|virtiofs|ceph|glusterfs|lustre|gpfs|beegfs|orangefs|pvfs2|ocfs2|gfs2|"
    r"davfs2?|vboxsf|vmhgfs|prl_fs|(osx|mac)?fuse\.(\w*nfs|sshfs|ceph|glusterfs|davfs2?|s3\w*|rclone|curlftpfs|smb\w*|"
    r"vmhgfs-fuse|gvfsd-fuse|juicefs|goofys|gcsfuse|blobfuse2?|mfs|moosefs|seaweedfs|.*(drive|drop-?box|cloud|sync).*)"
)
"""Kinds that more than one computer may have open at once."""
_PLAIN: Final = re.compile(r"v?fat|u?msdos|exfat|fuse(blk)?\.exfat")
"""Kinds that know no owner and no permission."""


class Nature(Enum):
    """What a kind of file system does not promise."""

    SHARED = "shared"
    """Locks may not hold between two computers."""
    PLAIN = "plain"
    """Files have no permissions of their own."""


class Mount(NamedTuple):
    """One line of the system's table of mounts."""

    point: str
    kind: str


def mounts_in(table: str) -> list[Mount]:
    """The mounts in a text like ``/proc/self/mountinfo``; lines of another shape are left out."""
    found = []
    for line in table.splitlines():
        fields = line.split(" ")
        # The fifth field is the place; any number of optional fields follow up to a lone dash, then the kind.
        if len(fields) > _LEAST_FIELDS and "-" in fields[_LEAST_FIELDS:-1]:
            dash = fields.index("-", _LEAST_FIELDS)
            found.append(Mount(_unescaped(fields[_LEAST_FIELDS - 1]), fields[dash + 1]))
    return found


def kind_at(path: str, mounts: Iterable[Mount]) -> str:
    """The kind of file system at an absolute path without links; of mounts on one place the last; else empty."""
    longest = Mount("", "")
    for mount in mounts:
        inside = path == mount.point or path.startswith(mount.point.rstrip("/") + "/")
        if inside and len(mount.point) >= len(longest.point):
            longest = mount
    return longest.kind


def nature_of(kind: str) -> Nature | None:
    """What a kind of file system does not promise; None where nothing speaks against it."""
    if _SHARED.fullmatch(kind):
        return Nature.SHARED
    return Nature.PLAIN if _PLAIN.fullmatch(kind) else None


def kind_of(folder: Path) -> str:
    """The kind of file system that a folder lies on, or would lie on; empty where the system does not tell."""
    place = os.path.realpath(folder)
    if os.name == "nt":  # a share by its name is all that can be told without asking Windows itself
        return "smb" if place.startswith("\\\\") else ""
    try:
        table = _TABLE.read_text("utf-8", "surrogateescape")
    except OSError:  # no Linux
        return ""
    return kind_at(place, mounts_in(table))


def caution(folder: Path) -> str | None:
    """One line about the file system that a folder lies on: what it is, why that matters, what to do."""
    kind = kind_of(folder)
    match nature_of(kind):
        case Nature.SHARED:
            return shared_line(folder, kind)
        case Nature.PLAIN:
            return (
                f"{shown(folder)} lies on a disk without permissions ({kind}): whoever holds the disk can read the "
                "notes. Use an encrypted disk, or name a folder on this computer's own with --home"
            )
        case None:
            return None


def shared_line(folder: Path, kind: str) -> str:
    """The line about a folder that other computers may have open."""
    return (
        f"{shown(folder)} lies on a network file system ({kind}), where locks may not hold between two computers: run "
        "the program on one at a time, or name a folder on this computer's own disk with --home"
    )


def _unescaped(text: str) -> str:
    """The table spells space, tab, line feed and backslash of a name in octal."""
    return _OCTAL.sub(lambda match: chr(int(match[1], 8)), text)

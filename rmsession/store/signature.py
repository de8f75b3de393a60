"""By what a file is known, apart from what reads it: a look at thousands of files opens none."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """By what a file is known to be the one last seen, without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    def __str__(self) -> str:
        return f"{self.size} {self.mtime_ns} {self.ctime_ns} {self.inode}"

    @classmethod
    def of(cls, status: os.stat_result) -> Signature:
        """The signature in what ``stat`` says."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)

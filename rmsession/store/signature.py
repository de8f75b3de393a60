"""By what a file is known, apart from what reads it: a look at thousands of files opens none."""

# Annotations are no texts here: to make a row of texts takes twice as long, at every start.

import os
import time
from typing import NamedTuple

from rmsession.store.stamps import NEVER, STAMP, UNSETTLED_NS, numbers_of, packed

__all__ = ["NEVER", "STAMP", "UNSETTLED_NS", "Signature"]


class Signature(NamedTuple):
    """By what a file is known to be the one last seen, without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        """The signature in what ``stat`` says."""
        return cls(*numbers_of(status))

    @property
    def stamp(self) -> bytes:
        """The same as the index keeps it."""
        return packed([*self])

    @property
    def lasting(self) -> bytes:
        """The same where it tells the next change; the stamp of no file where it may not tell it yet."""
        age = time.time_ns() - max(self.ctime_ns, self.mtime_ns)
        return NEVER if abs(age) < UNSETTLED_NS else self.stamp

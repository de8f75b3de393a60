"""What outlives a power cut: a name is on the disk only when its folder was flushed after it changed."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

_NO_FOLDER_SYNC: Final = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS}
"""What file systems answer that cannot flush a folder (some network and FUSE ones)."""


def sync_folder(path: Path) -> None:
    """Return when the folder's names are on the disk.

    Windows has no such call, and some file systems refuse it: there a rename is as lasting as the system makes it by
    itself. Raises `OSError`.
    """
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)

"""What a store says when it cannot keep or read something; apart from its promises, so that it loads at once."""

from __future__ import annotations


class StoreError(Exception):
    """Something could not be kept or read; the message is one line: what, where, how to mend it."""


class NotKept(StoreError):
    """The disk refused: the caller still has the value, and may try again."""

    def __init__(self, message: str, cause: str = "the disk refuses") -> None:
        super().__init__(message)
        self.cause = cause
        """Why, in two or three words of the program's own, for where there is no room for the message."""


class NoSuchSession(StoreError):
    """No session has that id, or several begin with it."""


class Damaged(StoreError):
    """A file is not what was written; it is left as it is."""


class NewerFormat(StoreError):
    """A file was written by a later program; it is never written to."""


class Busy(StoreError):
    """Another program has the session open; the message says who, where and since when."""


class Conflict(Exception):
    """Two different facts claim one id, or two records of different sessions were to be merged."""

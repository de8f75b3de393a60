"""What the app does without for its length: libraries that others load in case they are wanted, and here never are.

asyncio loads OpenSSL in case somebody talks over a network, hashlib and hmac for digests, which Python has of its own:
4.6 MB of memory for the whole of a session, and 5 ms of its start. markdown-it loads the table of all countries'
domains in case it is to find addresses in text, which the reader never asks of it. Each takes it well when told that
there is no such module, for there are such systems.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from typing import Any, Final, cast

NEVER_WANTED: Final = ("ssl", "linkify_it")
"""Modules that are optional to whoever loads them."""
OPENSSL_DIGESTS: Final = "_hashlib"
_OWN_DIGESTS: Final = (
    "_md5",
    "_sha1",
    "_sha3",
    "_blake2",
    *(("_sha2",) if sys.version_info >= (3, 12) else ("_sha256", "_sha512")),
)
"""Where hashlib finds those of Python's own; some systems build it without, for OpenSSL's to be used."""


def do_without() -> None:
    """From here on, let what is not loaded yet be loaded without what the app never wants."""
    missing = (*NEVER_WANTED, OPENSSL_DIGESTS) if all(map(_is_there, _OWN_DIGESTS)) else NEVER_WANTED
    for name in missing:
        cast("dict[str, Any]", sys.modules).setdefault(name, None)  # as the import system has it for what is missing


def _is_there(name: str) -> bool:
    return name in sys.builtin_module_names or PathFinder.find_spec(name) is not None

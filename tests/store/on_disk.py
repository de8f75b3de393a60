"""Small words for tests that look at what lies on the disk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from support.building import content, fact

from rmsession.core.facts import Captured, Fact
from rmsession.core.terms import Kind
from rmsession.store.seal import Tables, seal, spelled, unseal

CHECKOUT = Path(__file__).parents[2]


def note(seq: int, text: str = "a note", **more: Any) -> Fact:
    """A shared note; `more` are fields of `Fact`."""
    return fact(Captured(Kind.NOTE, None, content(text)), seq, float(seq), **more)


def action(seq: int, text: str = "send it", **more: Any) -> Fact:
    """An open action item; `more` are fields of `Content`."""
    return fact(Captured(Kind.ACTION, None, content(text, **more)), seq, float(seq))


def the_file(home: Path, number: int = 1) -> Path:
    """A session's file in a data folder."""
    return next(home.glob(f"sessions/*/*/*{UUID(int=number)}.json"))


def tables_in(path: Path) -> Tables:
    """What a file holds."""
    return unseal(path.read_bytes(), path).tables


def rewrite(path: Path, change: Callable[[Tables], object]) -> None:
    """Change the tables of a file and seal it rightly again, as another program would."""
    held = unseal(path.read_bytes(), path)
    change(held.tables)
    path.write_bytes(seal(spelled(held.tables), held.revision + 1))


def program(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Another program that uses the store: `script` with the words of this module and the builders at hand."""
    start = f"""
import os, sys
sys.path[:0] = [{str(CHECKOUT)!r}, {str(CHECKOUT / "tests")!r}]
from support.building import *
from store.on_disk import *
from rmsession.store.opening import open_store
"""
    command = [sys.executable, "-c", start + script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def finished(one: subprocess.Popen[str]) -> list[str]:
    """Wait for it; the lines it printed."""
    told, _ = one.communicate(timeout=60)
    assert one.returncode == 0
    return told.splitlines()

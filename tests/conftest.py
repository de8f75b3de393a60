"""How the whole suite runs: on more workers than cores, and with a tally of what was tried at its end."""

from __future__ import annotations

import compileall
import gc
import os
import re
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from support.stylesheets import share
from support.tally import FILE, table

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "rmsession"
WAITING = 3
"""Workers beyond the number of cores: those that drive a terminal mostly wait for it."""


# The tests as pytest rewrites them are kept: each worker takes 3 s of its processor's time to rewrite them all.
sys.dont_write_bytecode = False
share()
# Screens are made and dropped by the thousand: to look for garbage less often takes a tenth off the time.
gc.set_threshold(100_000, 20, 100)
settings.register_profile("suite", max_examples=30)
settings.load_profile("suite")


def pytest_xdist_auto_num_workers() -> int:
    """How many workers ``-n auto`` means."""
    return (os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count() or 1) + WAITING


LONGEST_FIRST = ("hostile", "privacy", "e2e", "faults", "tui", "store", "hostile_files", "cli")
"""Folders in the order in which their files are handed out: what takes long must not begin last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.parent.name, len(rank)))


def pytest_configure(config: pytest.Config) -> None:
    """Open the run's tally, in the process that the others are started from, and have the program compiled.

    It is started some two hundred times; where Python is told to keep no bytecode, each would compile it anew.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(PACKAGE, quiet=2)
        compileall.compile_dir(TESTS, quiet=2, rx=re.compile("/(test_[^/]*|conftest)[.]py$"))
        handle, os.environ[FILE] = tempfile.mkstemp(prefix="tally-")
        os.close(handle)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was tried."""
    where = Path(os.environ[FILE])
    if where.stat().st_size:
        terminalreporter.section("tried")
        for line in table(where):
            terminalreporter.line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no file behind."""
    if not hasattr(config, "workerinput"):
        Path(os.environ.pop(FILE)).unlink(missing_ok=True)

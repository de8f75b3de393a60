"""What every command stands on: exit codes, settings, and the store once it is needed."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from rmsession.cli.talk import Complaint, complain
from rmsession.settings import Settings, home_of, load, zone_of

if TYPE_CHECKING:
    from rmsession.cli.retelling import Retelling
    from rmsession.store.ahead import Ahead
    from rmsession.store.memory import MemoryStore
    from rmsession.store.tiny import TinyStore

    Opened = MemoryStore | TinyStore

P = ParamSpec("P")
R = TypeVar("R")


class Exit(IntEnum):
    """What the program's end says to whoever called it."""

    OK = 0
    ERROR = 1
    USAGE = 2
    NOTHING = 3
    """Nothing matched, or `check` found errors."""
    INTERRUPTED = 130


class Refused(Complaint):
    """A command cannot do what it was asked."""

    exit_code = Exit.ERROR


class Unclear(Refused):
    """It cannot be told what is asked for."""

    exit_code = Exit.USAGE


class NothingMatched(Refused):
    """There is nothing of the kind that was asked for."""

    exit_code = Exit.NOTHING


class Ground:
    """Settings and store of one run of the program, made when first asked for."""

    def __init__(self, ahead: Ahead | None = None, retelling: Retelling | None = None) -> None:
        self._ahead = ahead
        """A look at the sessions' files that was begun before."""
        self.retelling = retelling
        """Where to keep what the list that is asked for will say; nowhere once there was cause for a complaint."""
        self._flag: str | None = None
        self._settings: Settings | None = None
        self._store: Opened | None = None

    def settle(self, home: str | None) -> None:
        """Take what the command line says, before anything is asked."""
        self._flag = home

    def turn_to(self, settings: Settings) -> None:
        """Stand on these settings from here on, whatever else was said; before a store is asked for."""
        self._settings = settings

    @property
    def home(self) -> Path:
        """The data folder."""
        return self._settings.home if self._settings else home_of(self._flag, os.environ)

    @property
    def settings(self) -> Settings:
        """Everything that can be set; what makes no sense is told once, and left out."""
        if self._settings is None:
            self._settings, complaints = load({"home": self._flag})
            for line in complaints:
                complain(line)
                self.retelling = None
        return self._settings

    def store(self) -> Opened:
        """The store in the data folder. Raises `StoreError`."""
        if self._store is None:
            # Only here: most commands open no store, and TinyDB, msgspec and filelock take a third of their time.
            from rmsession.store.opening import open_store

            self._store = open_store(self.settings.home, ahead=self._ahead)
        return self._store

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()
        if self._ahead is not None:
            self._ahead.close()


def now_here(ground: Ground) -> datetime:
    """The moment, where dates are read."""
    # Only here: most commands need no zone.
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(zone_of(ground.settings)))


def zone_here(ground: Ground) -> tzinfo | None:
    """The zone in which dates are read; None is the machine's own, which has a name only after a search of 20 ms."""
    if not ground.settings.zone:
        return None
    # Only here: whoever leaves the zone to the machine needs no table of zones.
    from zoneinfo import ZoneInfo

    return ZoneInfo(ground.settings.zone)


def today_here(ground: Ground) -> date:
    """The day, where dates are read."""
    return datetime.now(zone_here(ground)).date()


def pass_ground(command: Callable[Concatenate[Ground, P], R]) -> Callable[P, R]:
    """Hands a command its `Ground`."""
    # Only here: what is asked most is told without it.
    import click

    return click.make_pass_decorator(Ground)(command)

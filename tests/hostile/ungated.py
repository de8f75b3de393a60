"""The app without its last gate and a store that can refuse, so that what would come through is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.filter import LineFilter

import rmsession.tui.app
from rmsession.core.facts import Fact
from rmsession.core.record import Record
from rmsession.core.store_errors import NotKept, StoreError
from rmsession.store.memory import MemoryStore
from rmsession.tui.app import RmSessionApp
from rmsession.tui.launch import Launch
from rmsession.tui.text import Gate


class Refusing(MemoryStore):
    """A store that can be told to refuse, with a hostile text in what it says."""

    says = ""
    """What it says; empty: it refuses nothing."""
    first: dict[str, Record]
    """The sessions as they were at first."""

    def restore(self) -> None:
        """Whatever was done to the sessions is undone."""
        self._kept.records = dict(self.first)

    def _refuse(self, kind: type[StoreError] = StoreError) -> None:
        if self.says:
            raise kind(self.says)

    def append(self, session: str, fact: Fact) -> None:
        self._refuse(NotKept)
        super().append(session, fact)

    def redact(self, *args: Any, **more: Any) -> None:
        self._refuse()
        super().redact(*args, **more)

    def keep_pair(self, *args: Any) -> None:
        self._refuse()
        super().keep_pair(*args)

    def keep_known(self, *args: Any) -> None:
        self._refuse(NotKept)
        super().keep_known(*args)

    def figures(self, *args: Any) -> Any:
        self._refuse()
        return super().figures(*args)

    def troubles(self) -> Sequence[str]:
        return (self.says, self.says) if self.says else ()


class Hostile(RmSessionApp):
    """The app with its last gate taken away, so that what comes to the gate is seen; and with a trap."""

    CSS_PATH = str(Path(rmsession.tui.app.__file__).with_name("app.tcss"))
    TOOLTIP_DELAY = 0.01

    def __init__(self, launch: Launch) -> None:
        self.sprung: list[str] = []
        super().__init__(launch)

    def get_line_filters(self) -> list[LineFilter]:
        return [each for each in super().get_line_filters() if not isinstance(each, Gate)]

    def exit(self, *args: Any, **more: Any) -> None:
        """Stay: more is to be tried."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """There is no terminal to give away."""
        yield

    def action_canary(self, *said: object) -> None:
        self.sprung.append(f"the canary {said}")

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        self.sprung.append(f"opened {url}")

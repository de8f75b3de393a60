"""The command line in this process, with a data folder of its own."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import rmsession
from rmsession.cli import run


@dataclass(frozen=True)
class Told:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def complaint(self) -> str:
        """The line on the standard error, of which there must be exactly one."""
        (line,) = self.err.splitlines()
        assert line.startswith("rmsession: ")
        return line.removeprefix("rmsession: ")


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """The data folder; of the machine's own settings nothing is seen."""
    for name in ("RMSESSION_ME", "RMSESSION_THEME", "RMSESSION_EDITOR", "RMSESSION_AGENDAS", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RMSESSION_ZONE", "Europe/Berlin")
    monkeypatch.setenv("RMSESSION_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(rmsession.__file__).parents[1]))  # for programs started elsewhere
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def tell(home, capfd, monkeypatch) -> Callable[..., Told]:
    """Runs one command and returns what it said.

    `typed` is what a person at a terminal answers; without it there is nobody, and the output goes into a pipe.
    """

    def told(*arguments: object, typed: str | None = None) -> Told:
        capfd.readouterr()
        screen = Terminal()
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdin", io.StringIO() if typed is None else Terminal(typed))
            if typed is not None:
                streams.setattr(sys, "stdout", screen)
            code = run([str(each) for each in arguments])
        out, err = capfd.readouterr()
        return Told(code, screen.getvalue() or out, err)

    return told

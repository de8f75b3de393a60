"""Where hostile tests run: in a folder of their own, which is also home."""

import hostile.looking_back
import hostile.programme  # noqa: F401 - and those of the programme
import pytest


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """The folder in which the test runs, and in which the person is at home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def between_parts(tmp_path_factory, worker_id):
    """A folder that all workers of one run share, and no other run."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "parts"
    shared.mkdir(exist_ok=True)
    return shared

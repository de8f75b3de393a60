"""Stores for the tests of this folder."""

import pytest

from rmsession.store.opening import MEMORY, open_store


@pytest.fixture
def home(tmp_path):
    """Where a data folder goes; it is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def tiny(home):
    """The store on a disk."""
    store = open_store(home)
    yield store
    store.close()


@pytest.fixture(params=["memory", "tiny"])
def store(request, home):
    """Each store in turn: what one promises, all do."""
    opened = open_store(MEMORY if request.param == "memory" else home)
    yield opened
    opened.close()

"""What is loaded later is there for whoever looks into it, and is loaded by nobody else."""

import sys
from threading import Barrier, Thread

import pytest

from rmsession.later import later


@pytest.fixture
def put_off(monkeypatch):
    """A small module of the standard library, not loaded yet."""
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    later("colorsys")
    import colorsys

    yield colorsys
    sys.modules.pop("colorsys", None)


def test_it_is_loaded_when_somebody_looks_into_it(put_off):
    assert "hsv_to_rgb" not in vars(put_off)
    assert put_off.hsv_to_rgb(0, 0, 1) == (1, 1, 1)
    assert "hsv_to_rgb" in vars(put_off)
    assert sys.modules["colorsys"] is not put_off


def test_a_part_of_it_is_imported_as_ever(put_off):
    from colorsys import rgb_to_hsv

    assert rgb_to_hsv(1, 1, 1) == (0, 0, 1)


def test_what_it_has_not_it_has_not(put_off):
    assert not hasattr(put_off, "nonsense")


def test_what_is_loaded_stays(monkeypatch):
    there = sys.modules["sys"]
    later("sys")
    assert sys.modules["sys"] is there


def test_two_threads_find_one_module(put_off):
    at_once, found = Barrier(2), []

    def look():
        at_once.wait()
        found.append(put_off.rgb_to_hls)

    threads = [Thread(target=look) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found[0] is found[1]

"""Reading takes time in proportion to the text, whatever stands in it, and its memory has a limit."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile_files.shapes import shapes
from support.tally import tally

from rmsession.reader.agenda_reader import read_text

SHAPES = dict(shapes())
SMALL = 6_000
QUICK = 0.25
"""Seconds that this many characters never take, unless the machine is busy or time grows with their square."""
WHAT = "oversized and pathological agendas"


def seconds(text: str) -> float:
    began = time.process_time()
    read_text(text, name="a.md")
    return time.process_time() - began


def grows(name: str, size: int) -> float:
    """How many times as long the double takes, at best of three."""
    one, two = SHAPES[name](size), SHAPES[name](2 * size)
    return min(seconds(two) / max(seconds(one), 0.001) for _ in range(3))


def check_small(names: list[str]) -> None:
    for name in names:
        assert seconds(SHAPES[name](SMALL)) < QUICK or grows(name, SMALL) < 3, name
    tally(WHAT, cases=len(names))


def test_no_shape_takes_long_or_grows_with_its_square():
    check_small(list(SHAPES)[::8])


@pytest.mark.long
def test_none_of_all_shapes_takes_long_or_grows_with_its_square():
    check_small(list(SHAPES))


@pytest.mark.parametrize(
    "name",
    ["blanks behind private", "wrapped prompt", "lines '**Agenda:**\\n\\n- a\\n'", "'' '<!-- x -->'", "'' '`<!--'"],
)
def test_what_once_grew_with_its_square_does_not(name):
    size = 30_000
    assert seconds(SHAPES[name](size)) < QUICK or grows(name, size) < 3


LARGE = """
import resource, sys, time
sys.path[:0] = sys.argv[1:3]
resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))
from hostile_files.shapes import shapes
from rmsession.reader.agenda_reader import read_text
begin, step = int(sys.argv[3]), int(sys.argv[4])
for name, shape in list(shapes())[begin::step]:
    text = shape(1_000_000)
    began = time.process_time()
    read_text(text, name="a.md")
    print(f"{time.process_time() - began:.2f} {name}")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(4))
def test_a_file_of_the_largest_size_is_read_in_seconds_and_half_a_gigabyte(part):
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(root), str(root / "tests"), str(part), "4"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    *lines, peak = done.stdout.splitlines()
    slow = [line for line in lines if float(line.split()[0]) > 4]
    assert not slow, "on an idle machine it is two seconds"
    assert int(peak) < 500
    tally(WHAT, cases=len(lines))

"""Agendas that people really wrote, and texts made to be slow; they are not in this checkout.

They are looked for in RMSESSION_CORPUS, else beside the checkout in shared/corpus; without them all is skipped.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rmsession.core.agenda import Reading
from rmsession.reader.agenda_reader import read_file, read_text
from rmsession.reader.source import UnreadableAgenda, decode

CHECKOUT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("RMSESSION_CORPUS") or CHECKOUT.parent / "shared" / "corpus")
pytestmark = pytest.mark.skipif(
    not (CORPUS / "agendas").is_dir(), reason=f"no corpus of real agendas in {CORPUS} (set RMSESSION_CORPUS)"
)
MORE = json.loads((Path(__file__).parent / "more_readings.json").read_text(encoding="utf-8"))
Topics = list[tuple[str, float | None]]


def plain(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def same(wanted: tuple[str, float | None], found: tuple[str, float | None]) -> bool:
    """The same minutes, and one title the beginning of the other."""
    one, other = plain(wanted[0]), plain(found[0])
    short = min(len(one), len(other))
    return wanted[1] == found[1] and (one == other or (short > 2 and one[:short] == other[:short]))


def agreed(wanted: Topics, found: Topics) -> int:
    """How many topics agree in order: the longest common subsequence."""
    row = [0] * (len(found) + 1)
    for topic in wanted:
        before = 0
        for at, other in enumerate(found, 1):
            keep = row[at]
            row[at] = before + 1 if same(topic, other) else max(row[at], row[at - 1])
            before = keep
    return row[-1]


def topics(reading: Reading) -> Topics:
    return [(topic.title.raw, topic.minutes) for topic in reading.agenda.topics]


def expected() -> list[tuple[Path, Topics, bool]]:
    """Each agenda that a person has read, with that reading and whether another would be as good."""
    found = []
    for path in sorted((CORPUS / "expected").glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        wanted = [(topic["title"], topic["minutes"]) for topic in said["topics"]]
        found.append((CORPUS / "agendas" / f"{path.stem}.md", wanted, bool(said.get("ambiguous"))))
    for name, said in MORE.items():
        wanted = [(title, minutes) for title, minutes in said["topics"]]
        found.append((CORPUS / "more" / name, wanted, said["ambiguous"]))
    return found


@pytest.mark.parametrize("ambiguous", [False, True])
def test_real_agendas_read_as_people_read_them(ambiguous):
    tally = [0, 0, 0]
    wrong = []
    for path, wanted, doubtful in expected():
        if doubtful is not ambiguous:
            continue
        found = topics(read_file(path))
        right = agreed(wanted, found)
        tally = [tally[0] + right, tally[1] + len(wanted), tally[2] + len(found)]
        if not right == len(wanted) == len(found):
            wrong.append(path.name)
    score = 2 * tally[0] / (tally[1] + tally[2])
    assert score >= (0.95 if ambiguous else 0.99), wrong
    assert ambiguous or not wrong


def test_every_real_agenda_opens_quickly_and_keeps_its_promises():
    files = sorted([*(CORPUS / "more").iterdir(), *(CORPUS / "agendas").iterdir()])
    assert len(files) >= 121
    for path in files:
        began = time.process_time()
        reading = read_file(path)
        assert time.process_time() - began < 1, path.name
        assert reading.agenda.topics, path.name
        assert all(topic.title for topic in reading.agenda.topics), path.name
        lines = [topic.line for topic in reading.agenda.topics]
        assert lines == sorted(lines), path.name


def test_the_examples_of_the_specification_end_in_a_reading():
    examples = json.loads((CORPUS / "hostile" / "commonmark.json").read_text(encoding="utf-8"))
    assert len(examples) == 652
    for example in examples:
        began = time.process_time()
        try:
            read_text(decode(example["markdown"].encode()).text)
        except UnreadableAgenda as refused:
            assert "\n" not in str(refused)  # noqa: PT017 - either ending is right
        assert time.process_time() - began < 2, example["example"]


PATHOLOGICAL = """
import resource, sys, time
sys.path[:0] = sys.argv[1:3]
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from pathological_inputs import cases
from rmsession.reader.agenda_reader import read_text
from rmsession.reader.source import UnreadableAgenda, decode
slowest = (0.0, "")
for name, text in cases():
    began = time.process_time()
    try:
        read_text(decode(text.encode()).text)
    except UnreadableAgenda as refused:
        assert "\\n" not in str(refused), name
    slowest = max(slowest, (time.process_time() - began, name))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(len(cases()), round(slowest[0], 2), peak, slowest[1], sep="|")
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="memory limits of this kind are POSIX")
def test_texts_made_to_be_slow_or_deep_are_neither():
    done = subprocess.run(
        [sys.executable, "-c", PATHOLOGICAL, str(CHECKOUT), str(CORPUS / "hostile")],
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    count, slowest, peak, name = done.stdout.strip().split("|")
    assert int(count) >= 39
    assert float(slowest) < 2, name
    assert int(peak) < 500

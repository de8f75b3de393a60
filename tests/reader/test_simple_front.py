"""Settings that are names and plain words are read as PyYAML reads them; whatever else is left to it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from rmsession.reader.front import split
from rmsession.reader.simple_front import simple

ROOT = Path(__file__).parents[2]
_SIGNS = st.text(alphabet="aZ1é界 :-#'\"[]{}&*!|>%@`?,./()+_=~\t\\<", max_size=9)
_NAMES = st.sampled_from(["duration", "a", "no", "<<", "", "-", "a b", "1", "x_1"])
_LINES = st.one_of(
    st.tuples(_NAMES, st.sampled_from([": ", ":", " : ", ":  ", ":\t"]), _SIGNS).map("".join),
    _SIGNS,
    st.sampled_from(["", "...", "---", "- a", "  b", "# c", "a: 10:30", "b: yes, no", "c: 2026-11-22", "d: 1 (of 2)"]),
)


@given(st.lists(_LINES, max_size=5).map(lambda lines: "".join(f"{line}\n" for line in lines)))
@example("a: b\na: c\n")
@example("a: b #c\n")
@example("a: b -c\n")
@example("a: b:\n")
@example("a: b\n  c\n")
@example("a:\n- b\n")
def test_what_is_read_without_it_is_what_pyyaml_reads(block):
    read = simple(block)
    if read is not None:
        assert read == (yaml.load(block, Loader=yaml.BaseLoader) or {})


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("duration: 45\nfeedback: first\n", {"duration": "45", "feedback": "first"}),
        ("mentor: Robin Field\n\nmentee:\n", {"mentor": "Robin Field", "mentee": ""}),
        ("start: 10:30\nratio: 1:1\nsure: No\n", {"start": "10:30", "ratio": "1:1", "sure": "No"}),
        ("questions: [a, b]\n", None),
        ("questions:\n- a\n", None),
        ("title: 'quoted'\n", None),
        ("title: a # a comment\n", None),
    ],
)
def test_names_and_plain_words_only(block, read):
    assert simple(block) == read
    assert split(f"---\n{block}---\n").values == (yaml.load(block, Loader=yaml.BaseLoader) if read is None else read)


def test_an_agenda_with_plain_settings_loads_no_pyyaml():
    code = """
import json, sys
from pathlib import Path
from rmsession.reader.agenda_reader import read_file
minutes = [read_file(path).agenda.stated_minutes for path in sorted(Path("agendas").glob("0[1-7]*.md"))]
print(json.dumps([minutes, sorted({"yaml", "tomllib"} & set(sys.modules))]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    minutes, loaded = json.loads(done.stdout)
    assert len(minutes) == 7
    assert all(minutes)
    assert loaded == []

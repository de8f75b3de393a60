"""The mutants are still about this code; `run.py` beside this file tries them, which takes minutes."""

from pathlib import Path

import pytest
from mutants.run import mutants

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.name)
def test_a_mutant_changes_code_that_is_there(mutant):
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    changed = mutant.applied(text)
    assert changed != text
    if mutant.file.endswith(".py"):
        compile(changed, mutant.file, "exec")
    for test in mutant.tests:
        file, _, name = test.partition("::")
        words = name.partition("[")[0].split("::")
        assert all(word in (ROOT / file).read_text(encoding="utf-8") for word in words), test

"""The core knows the standard library and itself: it can be read, tested and moved without anything installed."""

import ast
import sys
from pathlib import Path

import pytest

import rmsession.core

CORE = Path(rmsession.core.__file__).parent
MODULES = sorted(CORE.rglob("*.py"))


def imported(source: str) -> set[str]:
    """Every module that a source text names in an import, deferred ones too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name for alias in aliases}
            case ast.ImportFrom(module=module, level=level, names=aliases):
                names.add("." * level + (module or ""))
                if module == "rmsession":
                    names |= {f"rmsession.{alias.name}" for alias in aliases} - {"rmsession"}
            case _:
                pass
    return names


def foreign(names: set[str]) -> set[str]:
    """Those that are neither the standard library nor the core."""
    own = ("rmsession.core", "rmsession.core.")
    return {
        name
        for name in names
        if name.partition(".")[0] not in sys.stdlib_module_names and not (name == own[0] or name.startswith(own[1]))
    }


def test_there_is_a_core_to_look_at():
    assert len(MODULES) > 15


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_core_imports_only_the_standard_library_and_itself(module: Path):
    assert not foreign(imported(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "import textual",
        "from rmsession.store.codec import dumps",
        "from rmsession import tui",
        "from . import agenda",
        "def later():\n    import msgspec",
        "import rmsession.corelike",
    ],
)
def test_a_foreign_import_would_be_found(line):
    assert foreign(imported(line))

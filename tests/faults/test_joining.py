"""What changes the disk is tried: a method, a command, a format or a module that is new fails here until it joins."""

import ast
import inspect
import re
from pathlib import Path

import click
import pytest
from faults.operations import APP, OPERATIONS, READING, STORE, STORE_READS
from support.commands import commands

import rmsession
from rmsession.cli.program import program
from rmsession.core.store import Store
from rmsession.export.formats import FORMATS
from rmsession.store.disk import Disk

PACKAGE = Path(rmsession.__file__).parent
WRITERS = {
    "closed.py": "makes files and folders for whole.py, settings and the crash log",
    "whole.py": "writes exports, settings and new agendas",
    "store/disk.py": "writes all that the store keeps",
    "store/locks.py": "takes the locks",
    "store/index_file.py": "lets SQLite write the index",
    "store/index_check.py": "opens the index to read it",
    "store/ahead.py": "tells another process of this program what it saw",
    "demo/folder.py": "makes and removes the folder of a demo, in which nobody's data lie",
    "demo/writing.py": "fills it",
    "cli/talk.py": "opens the null device in the place of an output that takes no more",
    "tui/driver.py": "opens the null device in the place of a terminal that is gone",
}
"""The modules that change the disk, each in operations that are tried here; and some that only seem to."""

_ALWAYS = {
    *("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory", "FileLock"),
    *("write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "rmtree", "renames", "removedirs"),
    *("symlink_to", "hardlink_to", "symlink", "ftruncate", "chmod", "fchmod", "lchmod", "utime"),
    *("copy2", "copyfile", "copytree", "copyfileobj", "mkfifo", "mknod", "posix_fallocate", "sendfile"),
}
_OF_A_MODULE = {
    ("os", "replace"),
    ("os", "remove"),
    ("os", "link"),
    ("os", "write"),
    ("os", "rename"),
    ("os", "truncate"),
    ("shutil", "copy"),
    ("shutil", "move"),
    ("sqlite3", "connect"),
}
_FLAGS = {"O_CREAT", "O_WRONLY", "O_RDWR", "O_TRUNC", "O_APPEND"}


def test_every_method_of_the_store_is_tried():
    promised = {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if not name.startswith("_")}
    assert promised == STORE_READS | {name.split()[0] for name in STORE}
    assert STORE.keys() <= OPERATIONS.keys()


def test_every_command_is_tried():
    writing = {each.command for each in OPERATIONS.values() if each.command}
    names = {" ".join(words) for words in commands()}
    reading = {name for words in READING.values() for name in (words[0], " ".join(words[:2])) if name in names}
    assert names == writing | reading | APP


def test_every_format_is_tried():
    (choice,) = [each.type for each in program.commands["export"].params if each.name == "kind"]
    assert isinstance(choice, click.Choice)
    assert set(choice.choices) == FORMATS.keys()
    assert {f"export {each}{more}" for each in FORMATS for more in ("", " --force")} <= OPERATIONS.keys()


def test_every_module_that_changes_the_disk_is_known():
    found = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if writes(path.read_text("utf-8"))}
    assert found == WRITERS.keys()


def test_every_call_of_the_disk_can_fail():
    from faults.test_seam import Failing

    for name, real in inspect.getmembers(Disk, inspect.isfunction):
        assert name.startswith("_") or getattr(Failing, name) is not real


def writes(source: str) -> bool:
    """Whether a module calls what makes, fills, renames or removes a file."""
    knows_paths = re.search(r"\bpathlib\b", source) and ".rename(" in source
    return bool(knows_paths) or any(_writes(node) for node in ast.walk(ast.parse(source)))


def _writes(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name("os"), attr=flag):
            return flag in _FLAGS
        case ast.Call(func=ast.Name("open") | ast.Attribute(attr="open"), args=args, keywords=more):
            modes = [each.value for each in (*args, *(one.value for one in more)) if isinstance(each, ast.Constant)]
            return any(isinstance(mode, str) and re.fullmatch(r"[rbt]*[wax+][rwbt+]*", mode) for mode in modes)
        case ast.Call(func=ast.Attribute(value=ast.Name(module), attr=name)) if (module, name) in _OF_A_MODULE:
            return True
        case ast.Call(func=ast.Attribute(attr="replace"), args=[_], keywords=[]):  # of a text it takes two
            return True
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name)):
            return name in _ALWAYS
        case _:
            return False


@pytest.mark.parametrize(
    "line",
    [
        "path.open('w')",
        "open(path, mode='ab')",
        "path.write_text('x')",
        "os.open(path, os.O_RDWR)",
        "old.replace(new)",
        "tempfile.NamedTemporaryFile()",
        "os.remove(path)",
        "sqlite3.connect(path)",
    ],
)
def test_what_writes_is_seen(line):
    assert writes(line)


@pytest.mark.parametrize(
    "line", ["path.open('rb')", "'a'.replace('b', 'c')", "replace(one, x=1)", "now.replace(hour=1)"]
)
def test_what_only_reads_is_none(line):
    assert not writes(line)

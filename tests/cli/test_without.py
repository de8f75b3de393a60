"""The app goes without libraries that others load in case; nothing it does is other for it."""

import subprocess
import sys
from hashlib import sha256
from hmac import compare_digest
from types import SimpleNamespace

from rmsession.cli import without

ALONE = """
import sys
from rmsession.cli.without import do_without
do_without()
import asyncio, hashlib, hmac, secrets, urllib.request
from markdown_it import MarkdownIt
print(*sorted(name for name in ("ssl", "_ssl", "_hashlib", "linkify_it") if sys.modules.get(name)))
print(hashlib.sha256(b"a" * 1000).hexdigest(), hmac.compare_digest(b"a", b"a"))
print(asyncio.run(asyncio.sleep(0, "ran")), MarkdownIt().render("www.a.example"))
"""


def test_digests_tasks_and_markdown_are_the_same_without():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    loaded, digests, ran, *_ = done.stdout.split("\n")
    assert not loaded
    assert digests == f"{sha256(b'a' * 1000).hexdigest()} {compare_digest(b'a', b'a')}"
    assert ran == "ran <p>www.a.example</p>"
    assert not done.stderr


def test_what_is_loaded_stays_and_a_python_without_digests_of_its_own_keeps_openssls(monkeypatch):
    modules = {"ssl": without}
    monkeypatch.setattr(without, "sys", SimpleNamespace(modules=modules, builtin_module_names=["time"]))
    monkeypatch.setattr(without, "_OWN_DIGESTS", ("_sha3", "_never_built"))
    without.do_without()
    assert modules == {"ssl": without, "linkify_it": None}
    monkeypatch.setattr(without, "_OWN_DIGESTS", ("_sha3", "time"))
    without.do_without()
    assert modules == {"ssl": without, "linkify_it": None, "_hashlib": None}

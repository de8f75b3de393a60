"""The marks are found wherever they stand: a test that looks for them cannot pass by not seeing them."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from urllib.parse import quote

import pytest
from privacy.sentinels import bytes_under, found_in, held, kept, mark, names_in

WORD = mark("probe")
FORMS = {
    "raw": WORD.encode(),
    "upper case": WORD.upper().encode(),
    "as JSON": json.dumps({"text": WORD}).encode(),
    "as a URL": quote(WORD).encode(),
    "in UTF-16": WORD.encode("utf-16"),
    "cut short": f"{WORD[:9]}…".encode(),
    "with colours": f"\x1b[1m{WORD[:4]}\x1b[0;32m{WORD[4:]}\x1b[m".encode(),
    **{f"base64 at {shift}": base64.b64encode(b"x" * shift + WORD.encode() + b"yz") for shift in range(4)},
    "zipped": gzip.compress(WORD.encode()),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_mark_is_found_in_every_form(name):
    assert found_in(b"before " + FORMS[name] if name != "zipped" else FORMS[name], WORD)
    assert not found_in(FORMS[name], mark("something else"))


def test_a_mark_is_found_in_an_archive():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", f"text {WORD} text" * 20)
    assert found_in(packed.getvalue(), WORD)


def test_every_mark_is_on_the_disk_before_anybody_looks_what_left(tmp_path):
    it = held(end=False)
    kept(it, tmp_path / "home")
    there = names_in(b"".join(bytes_under(tmp_path / "home").values()), it.hidden | it.shared)
    # Off the record nothing is kept at all, and the tick there is the agenda's own text.
    assert (it.hidden | it.shared) - there == {"off the record"}

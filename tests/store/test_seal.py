"""The form of files: any TinyDB opens them, and not one bit of them can change unseen."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.kept_values import JSON, TEXTS

from rmsession.core.store_errors import Damaged, NewerFormat
from rmsession.store.seal import FORMAT, SEAL_LIMIT, read_sealed, revision_in, seal, spelled, unseal

HERE = Path("it.json")
TABLES = {"session": {"1": {"id": "x"}}, "facts": {"1": {"say": "hé \ud83d"}, "2": {"say": '"}}\n'}}}


def sealed(tables, revision=7):
    return seal(spelled(tables), revision)


some_tables = st.dictionaries(
    TEXTS.filter(lambda name: name != "seal"),
    st.dictionaries(st.integers(1, 99).map(str), st.dictionaries(TEXTS, JSON, max_size=3), max_size=3),
    max_size=3,
)


@given(some_tables, st.integers(1, 10**17))
def test_tables_and_revision_come_back(tables, revision):
    data = sealed(tables, revision)
    held = unseal(data, HERE)
    assert (held.tables, held.revision) == (tables, revision)
    assert data.index(b"\n") < SEAL_LIMIT
    assert revision_in(data[:SEAL_LIMIT], HERE) == revision
    assert json.loads(data)["seal"]["1"]["revision"] == revision


def test_no_flipped_bit_goes_unseen():
    data = sealed(TABLES)
    for position in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises((Damaged, NewerFormat), match=r"it\.json"):
            unseal(bytes(flipped), HERE)


def test_no_random_damage_goes_unseen():
    data, rng = sealed(TABLES), random.Random(7)
    for _ in range(500):
        start, end = sorted(rng.choices(range(len(data) + 1), k=2))
        changed = rng.choice([data[:start], data[start:], data[:start] + data[end:], data[:end] + data[start:]])
        if changed != data:
            with pytest.raises(Damaged):
                unseal(changed, HERE)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\n", "begin"),
        (b"{}", "begin"),
        (b"null", "begin"),
        (sealed(TABLES) + sealed(TABLES), "checksum"),
        (sealed(TABLES) + b"\n", "checksum"),
        (b"\xef\xbb\xbf" + sealed(TABLES), "begin"),
        (sealed(TABLES).replace(b"\n", b"\r\n"), "begin"),
        (b"\0" * 4096, "begin"),
        (sealed(TABLES, 7).replace(b'"revision":7', b'"revision":8'), "checksum"),
        (sealed(TABLES, 7).replace(b'"revision":7', b'"revision":07'), "begin"),
        (sealed({"facts": {"x": {}}}), "shape"),
        (sealed({"facts": {"-1": {}}}), "shape"),
        (sealed({"facts": {"1": 5}}), "shape"),
    ],
    ids=range(14),
)
def test_damage_is_told_with_the_file_and_the_reason(tmp_path, data, why):
    path = tmp_path / "2026-11-21.json"
    path.write_bytes(data)
    with pytest.raises(Damaged, match=why) as told:
        read_sealed(path)
    assert str(path) in str(told.value)
    assert path.read_bytes() == data


def test_a_later_format_is_told_apart_from_damage():
    later = sealed(TABLES).replace(b'"format":%d' % FORMAT, b'"format":%d' % (FORMAT + 1))
    for data in (later, later.replace(b'"sha256"', b'"blake3"'), later[:200]):
        with pytest.raises(NewerFormat, match="later version"):
            unseal(data, HERE)
        with pytest.raises(NewerFormat, match="later version"):
            revision_in(data[:SEAL_LIMIT], HERE)


def test_a_path_in_a_message_holds_no_control_characters():
    with pytest.raises(Damaged) as told:
        unseal(b"", Path("a\x1b[2J\n.json"))
    assert str(told.value).isprintable()

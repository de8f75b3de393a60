"""The file that one person gives another: read back the same, however it was mailed; anything else is refused whole."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy.sentinels import after_redaction, held, names_in
from store.kept_values import TEXTS
from store.on_disk import note
from store.test_take_in import PART, WHOLE
from support.building import agenda, content, fact, record
from support.strategies import agendas, journeys, travel

from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.facts import Captured, Unknown
from rmsession.core.fold import session_of
from rmsession.core.shared import shared
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.terms import Kind
from rmsession.store.share_file import LIMIT, MOST_FACTS, is_share, read, read_file, spell

HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
"""Two halves of a character, each by itself."""


def sealed(value):
    """The bytes of a file that says this, with the checksum that belongs to it, as a forger writes it."""
    body = {"session": value.get("session"), "facts": value.get("facts")}
    plain = json.dumps(body, separators=(",", ":"), sort_keys=True)
    return json.dumps(value | {"sha256": sha256(plain.encode()).hexdigest()}).encode()


def forged(tmp_path, change):
    """What reading says of a file that somebody changed and sealed again."""
    value = json.loads(spell(PART))
    change(value)
    return read(sealed(value), tmp_path / "forged.json")


@given(agendas(), journeys())
def test_a_copy_reads_back_the_same(plan, numbers):
    # Journeys make up ids of people that nobody has, and the file takes none of those.
    copy = shared(travel(plan, numbers, frozenset({CorrectPair})).session)
    text = spell(copy)
    assert text.isascii()
    assert read(text.encode(), Path("x")) == copy


@given(TEXTS)
def test_any_text_reads_back_the_same_or_is_not_shared(text):
    copy = shared(session_of(record(agenda("One"), facts=(fact(Captured(Kind.NOTE, None, content(text)), 1, 1.0),))))
    try:
        spelled = spell(copy)
    except StoreError:
        assert HALVES.search(text)  # which JSON in ASCII would join
    else:
        assert read(spelled.encode("ascii"), Path("x")) == copy


@pytest.mark.parametrize(
    "mailed",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", ""),
        lambda text: json.dumps(json.loads(text), indent=4),
        lambda text: "\ufeff" + text,
    ],
    ids=["other line ends", "one line", "pretty", "byte order mark"],
)
def test_however_a_mail_program_breaks_the_lines(mailed, tmp_path):
    path = tmp_path / "in.json"
    path.write_text(mailed(spell(PART)), encoding="utf-8", newline="")
    assert read_file(path) == PART


@pytest.mark.parametrize("end", [True, False])
def test_no_byte_of_it_is_private(end):
    it = after_redaction(held(end=end))
    text = spell(shared(session_of(it.record)))
    assert names_in(text, it.hidden) == set()
    assert names_in(text, it.shared) == it.shared


@given(st.binary(max_size=60) | st.sampled_from([b"[" * 100_000, b"{}", b"null", b'{"format":"rmsession share"}']))
def test_no_bytes_break_it(data):
    with pytest.raises(Damaged, match="was not imported"):
        read(data, Path("x"))


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_a_changed_bit_is_seen(place, bit):
    data = bytearray(spell(PART).encode())
    data[place % len(data)] ^= 1 << bit
    with suppress(Damaged, NewerFormat):
        assert read(bytes(data), Path("x")) == PART  # it may fall where it changes nothing


def _two(value):
    value["facts"].append(value["facts"][0] | {"seq": 99})


CHANGES = {
    "another checksum": (lambda value: None, None),
    "two facts with one id": (_two, "two facts in it have one id"),
    "the whole record": (lambda value: value["session"].update(partial=False), "claims to be the whole"),
    "a session's id that is a path": (lambda value: value["session"].update(id="../../x"), "no session id"),
    "a fact's id that is none": (lambda value: value["facts"][0].update(id="[@click]"), "an id in it is none"),
    "a person's id that is none": (lambda value: value["facts"][0].update(by="a/b"), "an id in it is none"),
    "a topic's id that is none": (
        lambda value: value["session"]["agenda"]["topics"][0].update(id="a\x1b[2J"),
        "an id in it is none",
    ),
    "a seq beyond all": (lambda value: value["facts"][0].update(seq=2**70), "order"),
    "a seq before all": (lambda value: value["facts"][0].update(seq=-1), "order"),
    "a name with half a character": (lambda value: value["facts"][0].update(audience="\ud800"), "half a character"),
    "more facts than any session has": (lambda value: value.update(facts=[3] * (MOST_FACTS + 1)), "10,000"),
    "no facts": (lambda value: value.update(facts={}), "right shape"),
    "a fact that is none": (lambda value: value.update(facts=[3]), "Expected"),
    "a kind with other fields": (lambda value: value["facts"][0].update(kind="Captured"), "missing"),
    "a time without a zone": (lambda value: value["facts"][0].update(wall="2026-11-21T14:00:00"), "Expected"),
    "an earlier version": (lambda value: value.update(version=0), "right shape"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_forged_file_is_refused_whole(name, tmp_path):
    change, why = CHANGES[name]
    if why is None:
        with pytest.raises(Damaged, match="its checksum differs"):
            read(spell(PART).replace("seen", "sewn").encode(), tmp_path / "forged.json")
        return
    with pytest.raises(Damaged, match=why) as refusal:
        forged(tmp_path, change)
    assert str(refusal.value).isprintable()


def test_a_later_version_is_named(tmp_path):
    with pytest.raises(NewerFormat, match="later version"):
        forged(tmp_path, lambda value: value.update(version=2))


def test_a_later_kind_is_kept_as_it_came(tmp_path):
    def change(value):
        value["facts"][-1].update(kind="Danced", data={"how": "well"})

    assert forged(tmp_path, change).facts[-1].what == Unknown("Danced", '{"how":"well"}')


def test_what_is_no_file_or_too_much_of_one_is_said(tmp_path):
    big = tmp_path / "big.json"
    big.write_bytes(b" " * (LIMIT + 1))
    for path, why in ((tmp_path / "none.json", "none.json"), (tmp_path, "no ordinary file"), (big, "more than 20 MB")):
        with pytest.raises((StoreError, FileNotFoundError), match=why):
            read_file(path)


def test_a_file_is_known_by_how_it_begins():
    assert is_share(spell(PART).encode())
    assert not is_share(b"# A list\n- [ ] one\n")


def test_a_whole_record_is_not_spelled():
    with pytest.raises(StoreError, match="would not read back"):
        spell(WHOLE)
    assert spell(replace(PART, facts=(*PART.facts, note(9)))).count("\n") == len(PART.facts) + 5

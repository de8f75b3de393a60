"""A card reads back as it was written, and is refused whole where anybody changed it."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.kept_values import TEXTS
from support.building import PAIR

from rmsession.core.arrangement import Arrangement, KnownAs, Objective, Profile
from rmsession.core.card import Card
from rmsession.core.programme import Person
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.store.card_file import is_card, read, spell
from rmsession.store.sent import checksum

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CARD = Card(
    PAIR,
    Profile(PAIR.mentor.id, UserText("Analyst"), UserText("Hartford"), UserText("2"), NOW),
    Profile(PAIR.mentee.id),
    Arrangement(
        PAIR.id, UserText("one"), Role.MENTEE, 21, 7, 45, date(2026, 12, 1), date(2027, 5, 1), Objective.RESULT,
        revised=NOW,
    ),
    NOW,
)  # fmt: skip
HERE = Path("card.json")


def changed(change, *, seal=True):
    whole = json.loads(spell(CARD))
    change(whole)
    if seal and "card" in whole:
        whole["sha256"] = checksum(whole["card"])
    return json.dumps(whole).encode()


def put(path, value):
    def change(whole):
        place = whole
        for name in path[:-1]:
            place = place[name]
        place[path[-1]] = value

    return change


def test_it_reads_back_the_same_however_a_mail_program_broke_it():
    text = spell(CARD)
    assert text.isascii()
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode(),
                 json.dumps(json.loads(text)).encode()):  # fmt: skip
        assert is_card(data)
        assert read(data, HERE) == CARD


@given(TEXTS.filter(lambda text: UserText(text).line.strip() and len(text) < 100), TEXTS)
def test_any_text_reads_back_or_is_refused_before_it_is_written(name, wave):
    card = replace(
        CARD,
        pair=replace(PAIR, mentee=Person(PAIR.mentee.id, UserText(f"{name}."))),
        arrangement=replace(CARD.arrangement, wave=UserText(wave), objective_words=UserText(wave)),
    )
    if any("\ud800" <= sign < "\ue000" for sign in name + wave):
        with suppress(StoreError):  # halves of a character that would be joined
            assert read(spell(card).encode(), HERE) == card
    else:
        assert read(spell(card).encode(), HERE) == card


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("format",), "rmsession share", "no pair card"),
        (("version",), 0, "shape"),
        (("card",), [], "shape"),
        (("card", "pair", "id"), "../../x", "id"),
        (("card", "pair", "id"), "x" * 201, "id"),
        (("card", "pair", "mentee", "id"), PAIR.mentor.id, "id"),
        (("card", "mentor", "person"), "x", "somebody else"),
        (("card", "arrangement", "pair"), "x", "somebody else"),
        (("card", "pair", "mentee", "name"), " \u200b", "name"),
        (("card", "pair", "mentee", "name"), "x" * 121, "120"),
        (("card", "pair", "mentee", "name"), PAIR.mentor.name.raw.upper(), "one name"),
        (("card", "pair", "mentee", "name"), 5, "a text"),
        (("card", "mentor", "role"), "x" * 501, "500"),
        (("card", "arrangement", "sessions"), 10**30, "number"),
        (("card", "arrangement", "sessions"), 0, "number"),
        (("card", "arrangement", "minutes"), 1e999, "no pair card"),
        (("card", "arrangement", "interval_days"), True, "int"),
        (("card", "arrangement", "agenda_owner"), "boss", "boss"),
        (("card", "arrangement", "revised"), "2026-11-22T09:00:00", "revised"),
        (("card", "arrangement", "revised"), "0001-01-01T00:00:00Z", "revised"),
        (("card", "arrangement", "known_as"), {"pair": "a", "mentor": "b", "mentee": "c"}, "another lead"),
        (("card", "made"), "0001-01-01T00:00:00Z", "day is none"),
        (("card", "made"), "soon", "made"),
        (("sha256",), None, "checksum"),
    ],
    ids=str,
)
def test_what_nobodys_program_wrote_is_refused_in_one_line(path, value, why):
    with pytest.raises(Damaged, match=why) as told:
        read(changed(put(path, value), seal=path != ("sha256",)), HERE)
    assert "card.json" in str(told.value)
    assert str(told.value).isprintable()


def test_not_one_changed_letter_goes_unseen():
    data = spell(CARD).encode()
    for place in range(0, len(data), 7):
        if chr(data[place]).isalnum():
            flipped = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            with pytest.raises(StoreError):
                read(flipped, HERE)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 50_000, b"\xff", b"x" * 100_001, spell(CARD).encode()[:-20]], ids=range(6)
)
def test_what_is_no_card_is_refused(data):
    with pytest.raises(Damaged, match="Nothing was changed"):
        read(data, HERE)


def test_a_later_version_is_named():
    with pytest.raises(NewerFormat, match="later version"):
        read(changed(put(("version",), 2)), HERE)


def test_what_a_later_program_added_is_no_obstacle():
    assert read(changed(put(("card", "arrangement", "mood"), "glad")), HERE) == CARD


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_comes_is_refused_in_one_line(data):
    with pytest.raises(StoreError) as told:
        read(data, HERE)
    assert "\n" not in str(told.value)


def test_a_pair_known_by_another_card_is_not_passed_on():
    with pytest.raises(StoreError, match="another lead"):
        spell(replace(CARD, arrangement=replace(CARD.arrangement, known_as=KnownAs("a", "b", "c"))))

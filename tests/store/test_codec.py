"""What is written reads back the same, of every kind; what does not fit is refused."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store.kept_values import JSON, TEXTS, drafts, facts, made, records, unknown
from support.building import content, fact, record

from rmsession.core.facts import Captured, Extended, Unknown
from rmsession.core.kinds import KINDS
from rmsession.core.lists import ActionItem, Summary
from rmsession.core.programme import Pair, Person
from rmsession.core.store import Draft
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Kind
from rmsession.store.codec import fact_document, fact_of, header_document, record_of
from rmsession.store.spelling import Unfit, dumps, loads
from rmsession.store.values import document_of, value_of

NOTE = fact(Captured(Kind.NOTE, "t", content("hello")), 1, 1.0)


@given(TEXTS | JSON)
def test_any_json_value_survives(value):
    assert loads(dumps(value)) == value


@given(st.lists(st.sampled_from(["\\", "u", "\ud83d", "\ude00", "d83d", "😀", '"']), max_size=8).map("".join))
def test_surrogates_and_backslashes_are_never_mixed_up(text):
    assert loads(dumps(text)) == text


@given(TEXTS | JSON)
def test_what_is_written_is_json_for_everybody(value):
    data = dumps(value)
    data.decode("utf-8")
    json.loads(data)
    assert b"\n" not in data


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(facts())
def test_a_fact_of_any_kind_reads_back_the_same(kept):
    assert fact_of(loads(dumps(fact_document(kept)))) == kept


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_kind_reads_back_the_same(kind):
    @settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
    @given(made(kind))
    def check(event):
        kept = replace(NOTE, what=event)
        assert fact_of(loads(dumps(fact_document(kept)))) == kept

    check()


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_a_record_reads_back_the_same(kept):
    assert record_of(loads(dumps(header_document(kept))), ()) == kept


@pytest.mark.parametrize("kind", [Draft, Person, Pair, Summary, ActionItem])
def test_other_values_read_back_the_same(kind):
    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(drafts() if kind is Draft else made(kind))
    def check(value):
        assert value_of(loads(dumps(document_of(value))), kind) == value

    check()


@given(unknown())
def test_an_unknown_kind_is_spelled_again_as_it_came(event):
    kept = replace(NOTE, what=event)
    document = fact_document(kept)
    assert fact_of(document) == kept
    assert fact_document(fact_of(document)) == document


def test_an_unknown_kind_is_kept_by_value():
    document = fact_document(NOTE) | {"kind": "Sung", "data": {"key": 'C"', "bars": [1, 2.5, None]}}
    known = fact_of(document)
    assert known.what == Unknown("Sung", '{"key":"C\\"","bars":[1,2.5,null]}')
    assert fact_document(known) == document


def test_what_a_later_program_added_to_a_kind_is_no_obstacle():
    document = fact_document(NOTE)
    document["data"]["mood"] = "glad"
    assert fact_of(document | {"weather": "fine"}) == NOTE


@pytest.mark.parametrize(
    "change",
    [
        {"id": 5},
        {"seq": "1"},
        {"seq": True},
        {"wall": "2026-11-21T10:00:00"},
        {"wall": "yesterday"},
        {"at": "1"},
        {"audience": "everybody"},
        {"kind": None},
        {"data": []},
        {"data": {}},
        {"data": {"kind": "sigh", "topic": None, "content": {"text": "x"}}},
        {"data": {"kind": "note", "topic": None, "content": {"text": 5}}},
        {"data": {"kind": "note", "topic": None, "content": {"text": ["x"]}}},
        {"data": {"kind": "note", "topic": None, "content": None}},
    ],
    ids=str,
)
def test_a_wrong_shape_is_unfit(change):
    with pytest.raises(Unfit):
        fact_of(json.loads(json.dumps(fact_document(NOTE))) | change)


@pytest.mark.parametrize("missing", ["id", "by", "device", "seq", "wall", "at", "audience", "kind", "data"])
def test_a_missing_field_is_unfit(missing):
    document = fact_document(NOTE)
    del document[missing]
    with pytest.raises(Unfit):
        fact_of(document)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1,]", b"\xff", b"NaN", b'{"a":Infinity}', b"[" * 100_000, b"1" * 5000],
    ids=lambda data: data[:9],
)
def test_no_json_is_unfit(data):
    with pytest.raises(Unfit):
        loads(data)


@pytest.mark.parametrize(
    "bad",
    [
        replace(NOTE, wall=datetime(2026, 11, 21)),  # noqa: DTZ001 - the point
        replace(NOTE, wall=datetime(1890, 1, 1, tzinfo=timezone(timedelta(seconds=3208)))),
        replace(NOTE, what=Extended("t", float("nan"))),
        replace(NOTE, what=Extended("t", float("inf"))),
        replace(NOTE, what=Extended("t", "five")),
        replace(NOTE, what=Unknown("Sung", "{")),
        replace(NOTE, what=Unknown("Sung", "[]")),
    ],
    ids=["no zone", "seconds in the offset", "no number", "infinite", "wrong type", "no JSON", "no object"],
)
def test_what_would_not_read_back_is_refused(bad):
    with pytest.raises(StoreError, match="Not kept"):
        fact_document(bad)


def test_a_record_without_a_zone_in_its_times_is_refused():
    with pytest.raises(StoreError, match="Not kept"):
        header_document(record(created=datetime(2026, 11, 21)))  # noqa: DTZ001 - the point

"""Due words: what is understood, what is doubtful, and what is no date at all."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.due import DueFound, due_shown, read_due, shown, trailing_due

SAT = date(2026, 11, 21)  # a Saturday
FRI = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026-12-1", date(2026, 12, 1)),
        ("2020-01-01", date(2020, 1, 1)),
        ("today", SAT),
        ("Tomorrow", SAT + timedelta(1)),
        ("tonight", SAT),
        ("eod", SAT),
        ("sat", SAT + timedelta(7)),
        ("Saturday", SAT + timedelta(7)),
        ("sun", SAT + timedelta(1)),
        ("mon", date(2026, 11, 23)),
        ("tue", date(2026, 11, 24)),
        ("tues", date(2026, 11, 24)),
        ("tuesday", date(2026, 11, 24)),
        ("weds", date(2026, 11, 25)),
        ("WEDNESDAY", date(2026, 11, 25)),
        ("thurs", date(2026, 11, 26)),
        ("thursday", date(2026, 11, 26)),
        ("fri", FRI),
        ("this fri", FRI),
        ("next week", date(2026, 11, 23)),
        ("next fri", FRI),
        ("next  friday", FRI),
        ("next month", date(2026, 12, 1)),
        ("+3d", date(2026, 11, 24)),
        ("3d", date(2026, 11, 24)),
        ("2w", date(2026, 12, 5)),
        ("+2w", date(2026, 12, 5)),
        ("in 3 days", date(2026, 11, 24)),
        ("in 1 day", date(2026, 11, 22)),
        ("in two weeks", date(2026, 12, 5)),
        ("in a week", date(2026, 11, 28)),
        ("in 3 months", date(2027, 2, 21)),
        ("eow", FRI),
        ("end of the week", FRI),
        ("eom", date(2026, 11, 30)),
        ("the end of the month", date(2026, 11, 30)),
        ("1 dec", date(2026, 12, 1)),
        ("dec 1", date(2026, 12, 1)),
        ("Dec 1st", date(2026, 12, 1)),
        ("1st of December", date(2026, 12, 1)),
        ("1 december 2027", date(2027, 12, 1)),
        ("december 1, 2027", date(2027, 12, 1)),
        ("tue 1 dec", date(2026, 12, 1)),
        ("Tue 1 Dec 2026", date(2026, 12, 1)),
        ("1 sept", date(2027, 9, 1)),
        ("21 nov", SAT),
        ("20 nov", date(2027, 11, 20)),
        ("the 30th", date(2026, 11, 30)),
        ("the 1st", date(2026, 12, 1)),
        ("31st", date(2026, 12, 31)),
        ("  fri ", FRI),
    ],
)
def test_words_that_are_dates(words, due):
    assert read_due(words, SAT) == due


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "hand", "email", "the team", "3/4", "3/4/2026", "2026/12/01", "1.12.", "1.12.2026", "2026-02-30",
        "2026-13-01", "31 feb", "29 feb", "mon 1 dec", "dec", "december 2027", "5", "2 weeks", "3 days", "a week",
        "in 0.5 days", "5pm", "next time", "fri mon", "1 dec 27", "٣d", "fri-ish", "0 dec", "45th", "0th", "ſat",
        "2026-12-01T10:00",
    ],
)  # fmt: skip
def test_words_that_are_not(words):
    assert read_due(words, SAT) is None


@pytest.mark.parametrize(
    ("words", "today", "due"),
    [
        ("fri", FRI, FRI + timedelta(7)),
        ("next fri", FRI, FRI + timedelta(7)),
        ("next fri", date(2026, 11, 25), date(2026, 12, 4)),
        ("fri", date(2026, 11, 25), FRI),
        ("eow", FRI, FRI),
        ("eom", date(2026, 12, 31), date(2026, 12, 31)),
        ("next month", date(2026, 12, 31), date(2027, 1, 1)),
        ("in 1 month", date(2027, 1, 31), date(2027, 2, 28)),
        ("29 feb", date(2027, 11, 1), date(2028, 2, 29)),
        ("next week", date(2026, 11, 23), date(2026, 11, 30)),
        ("tomorrow", date.max, None),
        ("eom", date.max, date.max),
        ("next month", date.max, None),
        ("1 jan", date.max, None),
        ("the 30th", date(2027, 1, 31), date(2027, 3, 30)),
        ("1\u00a0dec", SAT, date(2026, 12, 1)),
        ("in 9999 months", date(9000, 1, 1), date(9833, 4, 1)),
    ],
)
def test_words_read_on_other_days(words, today, due):
    assert read_due(words, today) == due


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("send the draft by fri", DueFound("send the draft", FRI)),
        ("send the draft by  Next  Week", DueFound("send the draft", date(2026, 11, 23))),
        ("send the draft by fri.", DueFound("send the draft.", FRI)),
        ("can you send it by fri?", DueFound("can you send it?", FRI)),
        ("send the draft by fri #web +reach", DueFound("send the draft #web +reach", FRI)),
        ("send the draft by +3d", DueFound("send the draft", date(2026, 11, 24))),
        ("written by hand by 1 dec", DueFound("written by hand", date(2026, 12, 1))),
        ("by fri", DueFound("", FRI)),
        ("due:fri send it", DueFound("send it", FRI)),
        ("send due:fri it", DueFound("send it", FRI)),
        ("send it due:2026-12-01", DueFound("send it", date(2026, 12, 1))),
        ("send it DUE:1 dec to Jo", DueFound("send it to Jo", date(2026, 12, 1))),
        ("send it due: next week", DueFound("send it", date(2026, 11, 23))),
        ("due:fri, send it", DueFound("send it", FRI)),
        ("due:fri ... send it", DueFound("... send it", FRI)),
        ("send due:fri, then rest", DueFound("send, then rest", FRI)),
        ("send due:tue by fri", DueFound("send by fri", date(2026, 11, 24))),
        ("due:tue and due:fri", DueFound("due:tue and", FRI)),
        ("due:3/4 send by fri", DueFound("due:3/4 send", FRI)),
        ("send by fri\nwith the figures", DueFound("send\nwith the figures", FRI)),
        ("send\nwith the figures by fri", DueFound("send\nwith the figures", FRI)),
        ("send it by tomorrow", DueFound("send it", SAT + timedelta(1))),
    ],
)
def test_a_date_in_a_text(text, found):
    assert trailing_due(text, SAT) == found


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("send it by 3/4", "3/4"),
        ("send it by 3/4.", "3/4"),
        ("send it due:3/4 please", "3/4"),
        ("send it due:someday", "someday"),
        ("send it by 31 feb", "31 feb"),
        ("send it by mon 1 dec", "mon 1 dec"),
        ("send it by 2026-02-30", "2026-02-30"),
        ("send it by 1.12.2026", "1.12.2026"),
        ("send it by December", "December"),
        ("send it by friday at noon", "friday at noon"),
        ("send it by 5pm", "5pm"),
        ("send it by next time", "next time"),
        ("send it by our next session", "our next session"),
        ("send it by 2027", "2027"),
        ("send it by 3/4 #web", "3/4"),
    ],
)
def test_a_date_that_is_not_understood_stays_and_is_doubted(text, doubt):
    assert trailing_due(text, SAT) == DueFound(text, None, doubt)


@pytest.mark.parametrize(
    "text",
    [
        "", "by", "written by hand", "send it by email", "read by the team", "step by step", "raise it by 10%",
        "shorten it by 2 weeks", "raise the score by 3.4", "send by fri the draft to everybody who asked for it",
        "the day is overdue:fri", "standby fri", "pay what is due", "what is due: the rent", "send it due:",
        "by far the best", "byfri",
    ],
)  # fmt: skip
def test_a_text_without_a_date_is_left_alone(text):
    assert trailing_due(text, SAT) is None


@pytest.mark.parametrize(
    ("day", "today", "words"),
    [
        (date(2026, 12, 1), SAT, "Tue 1 Dec"),
        (date(2027, 12, 1), SAT, "Wed 1 Dec 2027"),
        (date(2025, 12, 1), SAT, "Mon 1 Dec 2025"),
        (SAT, SAT, "today"),
        (SAT + timedelta(1), SAT, "tomorrow"),
        (SAT - timedelta(1), SAT, "Fri 20 Nov"),
    ],
)
def test_shown(day, today, words):
    assert shown(day, today) == words


@given(st.dates(), st.dates())
def test_what_is_shown_with_its_year_is_read_back(day, today):
    words = f"{shown(day, day - timedelta(400) if day.year > 3 else day + timedelta(400))}"
    assert read_due(words, today) == day


@given(st.text(), st.dates())
def test_any_text_is_read(text, today):
    read_due(text, today)
    found = trailing_due(text, today)
    if found and found.due is None:
        assert (found.text, bool(found.doubt)) == (text, True)


@given(
    st.lists(st.sampled_from(["by", "due:", "due:fri", "fri", "1", "dec", "3/4", "#a", ".", "\n", "next", "x"])),
    st.dates(),
)
def test_taking_a_date_out_leaves_the_other_words_in_order(words, today):
    text = " ".join(words)
    found = trailing_due(text, today)
    kept = iter(text.replace(".", " . ").split())
    assert found is None or all(word in kept for word in found.text.replace(".", " . ").split())


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(), st.text(alphabet="ab #+@by/.\n", max_size=40))
def test_a_due_token_at_the_end_wins_over_all_else(due, today, text):
    text = text.strip()
    assert trailing_due(f"{text} due:{due.isoformat()}", today) == DueFound(text, due)


@pytest.mark.parametrize("piece", ["due:x ", "by ", "by fri ", "due:1 dec ", "due:" * 5, "#tag ", " ", "a" * 10_000])
def test_a_long_paste_is_read_in_no_time(piece):
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    trailing_due(text, SAT)
    assert time.process_time() - began < 2, "milliseconds; work per word and word would be minutes"


def test_a_stored_due_that_is_no_date_stands_as_it_is():
    assert due_shown("2026-11-27", SAT) == shown(FRI, SAT)
    assert due_shown("2026-02-30", SAT) == "2026-02-30"
    assert due_shown("soon\x1b[2J", SAT) == "soon␛[2J"

"""Durations, times of day and the lines that state them, form by form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmsession.reader.clocks import Doubt, lengths, slot_at
from rmsession.reader.dates import is_mainly_date
from rmsession.reader.durations import duration_at, starts, whole
from rmsession.reader.lines import find
from rmsession.reader.plain import plain
from rmsession.reader.timebox import Form


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10 min", 10), ("10min", 10), ("10 Min.", 10), ("90m", 90), ("5'", 5), ("1h", 60), ("1h30", 90),
        ("1h 30m", 90),
        ("1h30min", 90), ("1 Hour, 30 minutes", 90), ("1.5 hours", 90), ("1,5 h", 90), ("1½ hours", 90), ("½ hr", 30),
        ("¼-½ hr", 30), ("15-20 minutes", 20), ("10 to 15 min", 15), ("10 min - 15 min", 15), ("15分〜20分", 20),
        ("5+5 min", 10), ("20 分 + 3 分", 23), ("3 x 10 min", 30), ("30+ minutes", 30), ("45-minute", 45),
        ("half an hour", 30), ("twenty minutes", 20), ("an hour and a half", 90), ("forty-five minutes", 45),
        ("60 Minuten", 60), ("2 Std.", 120), ("10 minutos", 10), ("una hora", 60), ("2 heures", 120),
        ("30 seconds", 0.5),
        ("10 мин", 10), ("1時間", 60), ("10분", 10), ("0 min", 0),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read(text, minutes):
    found = whole(text)
    assert found is not None
    assert found.minutes == minutes


@pytest.mark.parametrize(
    "text",
    [
        "10min/play",
        "5M",
        "20m²",
        "10分散",
        "10 minor",
        "1:1s",
        "min",
        "5 monkeys",
        "10",
        "99999 min",
        "20-10 min",
        "5 x 60m",
    ],
)
def test_what_only_looks_like_a_length_is_none(text):
    assert whole(text) is None


@pytest.mark.parametrize("text", ["UTC-7 hours", "2021-10-06-minutes.md", "$5m", "#5 min", "v10min", "10:30 min"])
def test_a_number_that_belongs_to_a_word_begins_no_length(text):
    assert all(duration_at(text, begin) is None for begin in starts(text))


@settings(deadline=None)
@given(
    st.integers(1, 23),
    st.integers(0, 59),
    st.sampled_from(["{h}h{m:02}", "{h}h {m}m", "{h} hours {m} minutes", "{h} Std. {m} Min."]),
)
def test_hours_and_minutes_survive_the_round_trip(hours, minutes, form):
    found = whole(form.format(h=hours, m=minutes))
    assert found is not None
    assert found.minutes == hours * 60 + minutes


@settings(deadline=None)
@given(st.integers(0, 600), st.sampled_from(["{} min", "{}m", "({} min)", "~{} mins", "{} minutes", "{}'"]))
def test_minutes_survive_the_round_trip_behind_a_title(amount, form):
    box = find(f"Some topic - {form.format(amount)}")
    assert box is not None
    assert box.duration is not None
    assert (box.duration.minutes, box.title) == (amount, "Some topic")


def slots(*texts):
    return [slot_at(text, 0)[0] for text in texts]


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        (["9:00 - 9:30"], [30]),
        (["9-9:30am", "10am-12:30pm", "6 - 6:45 PM"], [30, 150, 45]),
        (["19:00 – 19:30 Uhr", "9h00 - 9h30"], [30, 30]),
        (["9.00-9.30", "10 AM - 4 PM", "11a - Noon"], [30, 360, 60]),
        (["11:30 - 1:00", "1:00 - 2:00", "2:00 - 16:30"], [90, 60, 150]),
        (["12:15 - 1:30", "1:30 - 16:30"], [75, 180]),
        (["9:00", "12:30", "1:30", "5:00"], [210, 60, 210, None]),
        (["00:00", "00:03", "00:65", "00:75"], [3, 62, 10, None]),
        (["00:00 - 02:00", "02:00 - 07:00", "50:00 - 60:00"], [2, 5, 10]),
        (["22:00 - 2:00"], [240]),
        (["16:00 - 18:00", "10:00 - 13:30"], [120, 210]),
        (["20:00", "09:00 - 09:30"], [None, 30]),
        (["14:00(UK) - 16:00(UK)", "8:00 - 8:15 PDT"], [120, 15]),
    ],
)
def test_times_of_day_come_to_minutes(times, minutes):
    assert [length.minutes for length in lengths(slots(*times))] == minutes


@pytest.mark.parametrize(
    ("times", "doubts"),
    [
        (["15:05", "15:00", "16:00"], [Doubt.BACKWARDS, None, Doubt.NO_END]),
        (["11:30am - 12:30pm", "12:30am - 2:00pm"], [None, Doubt.HALF_OF_DAY]),
        (["10:00 - 10:00"], [Doubt.BACKWARDS]),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(times, doubts):
    assert [length.doubt for length in lengths(slots(*times))] == doubts


@pytest.mark.parametrize(
    "text", ["9-10 people", "1.2 is out", "2021-10-06", "3 a day", "4 persons", "15-25 rooms", "5"]
)
def test_numbers_are_no_times_of_day(text):
    assert slot_at(text, 0) is None


hours = st.tuples(st.integers(0, 23), st.integers(0, 59))


@settings(deadline=None)
@given(st.lists(hours, min_size=1, max_size=8))
def test_no_slot_is_negative_or_longer_than_a_day(times):
    found = lengths(slots(*(f"{hour:02}:{minute:02}" for hour, minute in times)))
    assert len(found) == len(times)
    assert all(length.minutes is None or 0 < length.minutes <= 24 * 60 for length in found)


@pytest.mark.parametrize(
    ("line", "form", "minutes", "title"),
    [
        ("Hello (5 min)", Form.BRACKET, 5, "Hello"),
        ("(5 min) Hello", Form.BRACKET, 5, "Hello"),
        ("Hello [5m, if there is time]", Form.BRACKET, 5, "Hello"),
        ("Hello (timebox: 5 min)", Form.BRACKET, 5, "Hello"),
        ("Hello （5分）", Form.BRACKET, 5, "Hello"),
        ("Hello (Ada 10m)", Form.BRACKET, 10, "Hello"),
        ("Hello (1/2 hour)", Form.BRACKET, 30, "Hello"),
        ("Check-in (5 min): how are you", Form.BRACKET, 5, "Check-in"),
        ("5 min - Hello", Form.FIRST, 5, "Hello"),
        ("== 5m: Hello", Form.FIRST, 5, "Hello"),
        ("60 minutes -- Hello", Form.FIRST, 60, "Hello"),
        ("10min. Round table", Form.FIRST, 10, "Round table"),
        ("5 min Hello", Form.LOOSE_FIRST, 5, "Hello"),
        ("Hello: 5m", Form.LAST, 5, "Hello"),
        ("Hello / 5 min", Form.LAST, 5, "Hello"),
        ("Hello ... 5 min", Form.LAST, 5, "Hello"),
        ("Hello 5 min", Form.LOOSE_LAST, 5, "Hello"),
        ("Hello 5min (Ada)", Form.LOOSE_LAST, 5, "Hello"),
    ],
)
def test_a_line_states_its_minutes_in_some_form(line, form, minutes, title):
    box = find(line)
    assert box is not None
    assert box.duration is not None
    assert (box.form, box.duration.minutes, box.title) == (form, minutes, title)


@pytest.mark.parametrize(
    ("line", "form", "title"),
    [
        ("9:00 - 9:30 | Tea", Form.RANGE, "Tea"), ("9:00 Tea", Form.START, "Tea"),
        ("`9:00 - 9:30`: Tea", Form.RANGE, "Tea"),
        ("Tea (9:00 – 9:30)", Form.RANGE_LAST, "Tea"), ("Tea: 9:00 - 9:30", Form.RANGE_LAST, "Tea"),
        ("9h-10h: Tea", Form.RANGE, "Tea"),
        ("18:00 - ? ??   Tea", Form.START, "Tea"), ("5pm-late: Tea", Form.START, "Tea"),
        ("Tea (9h-9h30)", Form.RANGE_LAST, "Tea"),
    ],
)  # fmt: skip
def test_a_line_states_its_time_of_day_in_some_form(line, form, title):
    box = find(plain(line))
    assert box is not None
    assert box.slot is not None
    assert (box.form, box.title) == (form, title)


@pytest.mark.parametrize(
    "line",
    [
        "take 5 minutes to write", "A talk of 10 minutes", "It shouldn't take more than 15 minutes",
        "Bo (might be 5 min late)",
        "Rooms (10 min walk)", "Updates (~5 minutes per team)", "Light (10min/play)", "GH 7m ago", "200m from here",
        "5 minutes before the end", "徒歩10分", "a meeting (12:00-13:00) that nobody wants",
    ],
)  # fmt: skip
def test_prose_states_no_time_box(line):
    assert find(line) is None


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**[A](http://b/c_(d)) `e`**", "A e"), ("_Ada, 20 minutes", "Ada, 20 minutes"), ("\\[4 mins\\]", "[4 mins]"),
        ("![logo](x.png) Hello", "Hello"), ("[x](<a b.pdf>) (5 min)", "x (5 min)"), ("[ ] do it", "do it"),
        ("[a][b] c", "a c"),
        ("a &amp; b&nbsp;c", "a & b c"), ("x <b>y</b>", "x y"), ("Title {: .big}", "Title"),
        ("2 * 3 and foo_bar", "2 * 3 and foo_bar"),
        ("see <https://example.org>", "see"), ("end \\\\", "end"), ("~~gone~~", "gone"),
    ],
)  # fmt: skip
def test_markdown_becomes_the_words_a_reader_sees(markdown, words):
    assert plain(markdown) == words


@pytest.mark.parametrize(
    ("heading", "day"),
    [("Tuesday, 4 May (CET)", True), ("2021-05-04", True), ("December 14th, 2016, 11a - Noon (Pacific Time)", True),
     ("Monday retrospective of the team", False), ("Marvels", False), ("March of the figures", False)],
)  # fmt: skip
def test_a_heading_that_is_a_day_is_told_from_one_that_names_it(heading, day):
    assert is_mainly_date(heading) is day

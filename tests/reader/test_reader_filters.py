"""What is looked for in a line before its patterns are tried must be in whatever they match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.reader import dates, durations, phrases

DAYS = (
    "Monday mon Tuesday tue Wednesday wed Thursday thu Friday fri Saturday sat Sunday sun Montag Dienstag Mittwoch "
    "Donnerstag Freitag Samstag Sonntag lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi "
    "jeudi vendredi samedi dimanche"
)
MONTHS = (
    "January feb February mar March apr April June jul July aug August sep sept September oct October nov November dec "
    "December Januar Februar März Mai Juni Juli Oktober Dezember enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre"
)
OTHERS = ["May 5", "2024-05-06", "6.5.24", "5/6/2024", "月5", "5日", "(水)", "(月) call"]
pieces = st.sampled_from(
    [
        "5",
        "10",
        "½",
        "a",
        "five",
        "half an",
        " ",
        "-",
        "hour",
        "min",
        "minutes",
        "x",
        "$",
        ".",
        ":",
        "1/2",
        "heure",
        "ı",
    ]
)
lines = st.lists(pieces, max_size=12).map("".join) | st.lists(pieces, max_size=8).map(" ".join)


@pytest.mark.parametrize("name", [*DAYS.split(), *MONTHS.split(), *OTHERS])
def test_every_day_and_month_is_one(name):
    for text in (name, name.upper(), f"Call on {name}, again"):
        assert dates.is_date(text)


@pytest.mark.parametrize("text", ["", "Summary", "A talk", "the monument", "may I", "sund", "deck"])
def test_other_words_are_no_days(text):
    assert not dates.is_date(text)


@given(lines)
def test_a_duration_may_begin_where_its_pattern_says(text):
    assert durations.starts(text) == [match.start() for match in durations._START.finditer(text)]


@pytest.mark.parametrize("unit", ["minute", "Minutes", "hour", "HOURS", "hora", "horas", "Stunde", "heure", "heures"])
def test_a_line_with_a_unit_may_state_a_time(unit):
    assert phrases.may_state(f"half a {unit} of talk")
    assert not phrases.may_state(f"half a {unit}ly talk")

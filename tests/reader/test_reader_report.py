"""What `check` tells programs and people."""

import json

from rmsession.reader.agenda_reader import read_text
from rmsession.reader.report import as_json, as_lines, has_errors

TEXT = """---
duration: 30
---
# Talk

## Hello (5 min)

## Half (2.5 min, private)

## Rest

## Aside (5 min) (off the record)
"""


def test_json_has_exactly_the_promised_keys():
    told = as_json(read_text(TEXT), "talk.md")
    assert json.loads(json.dumps(told)) == told
    assert list(told) == ["file", "title", "stated_minutes", "total_minutes", "topics", "problems"]
    assert (told["file"], told["title"], told["stated_minutes"], told["total_minutes"]) == ("talk.md", "Talk", 30, 12.5)
    assert told["topics"] == [
        {"title": "Hello", "minutes": 5, "lead": None, "line": 6, "private": False, "off_record": False},
        {"title": "Half", "minutes": 2.5, "lead": None, "line": 8, "private": True, "off_record": False},
        {"title": "Rest", "minutes": None, "lead": None, "line": 10, "private": False, "off_record": False},
        {"title": "Aside", "minutes": 5, "lead": None, "line": 12, "private": False, "off_record": True},
    ]
    assert [list(problem) for problem in told["problems"]] == [["line", "severity", "code", "message", "mend"]] * 2
    assert type(told["topics"][0]["minutes"]) is int


def test_lines_for_people_say_totals_topics_and_problems():
    lines = as_lines(read_text(TEXT), "talk.md")
    assert lines[0] == "talk.md: Talk · 4 topics · 12.5 min of 30 stated"
    assert lines[1:5] == ["     5  Hello", "   2.5  Half (private)", "     –  Rest", "     5  Aside (off the record)"]
    assert lines[5] == (
        "talk.md:6: warning: the topics come to 12.5 min, 17.5 min less than the 30 min stated [sum-differs]; "
        "change a time-box or the duration"
    )


def test_a_terminal_gets_nothing_it_would_obey():
    lines = as_lines(read_text("# A\x1b[2J\n\n## B\x1b]0;x\x07 (5 min)\n## C \u202e\n"), "a.md")
    assert not any(char in line for line in lines for char in "\x1b\x07\u202e")


def test_only_an_agenda_without_topics_is_an_error():
    assert has_errors(read_text(""))
    assert not has_errors(read_text("# A\n\nwords"))


def test_a_private_title_stands_in_no_problem():
    reading = read_text("# A\n\n## Hello (5 min)\n\n## Her salary (private)\n\n## Her salary (5-10 min, private)\n")
    assert "salary" not in " ".join(problem.message for problem in reading.problems)

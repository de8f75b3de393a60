"""What each format makes of a report: goldens, and what its own readers understand, hostile words included.

`RMSESSION_GOLDEN=write` writes the goldens anew.
"""

from __future__ import annotations

import csv
import json
import os
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import StringIO
from itertools import groupby, pairwise
from pathlib import Path
from unicodedata import category, east_asian_width

import pytest
from hostile.payloads import CATALOGUE, harm
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support.reported import FORMULA, HOSTILE, SOURCE, change, report

from rmsession.core.report import values
from rmsession.core.report.values import Cell, Count, Figure, Hidden, Part, Report, Section, Share, Spread
from rmsession.core.text import UserText, clean
from rmsession.export.page_style import STYLE
from rmsession.export.report_csv import COLUMNS, report_csv
from rmsession.export.report_html import report_html
from rmsession.export.report_json import report_json
from rmsession.export.report_md import report_md
from rmsession.export.report_style import REPORT_STYLE
from rmsession.export.report_text import report_text
from rmsession.export.reports import REPORTS

GOLDENS = Path(__file__).parent / "goldens"
MADE = {name: form.make(report()) for name, form in REPORTS.items()}


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name):
    path = GOLDENS / f"report{REPORTS[name].suffix}"
    if os.environ.get("RMSESSION_GOLDEN") == "write":
        path.write_text(MADE[name], encoding="utf-8", newline="")
    assert MADE[name] == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_it_says_what_it_is_and_no_record_that_it_came_from(name):
    plain = MADE[name].replace("\n", " ")
    for sentence in ("As of 22 Nov 2026.", "10 of 12 pairs, as of 20 Nov 2026", "from 1 Jun 2026 on", "No note is in"):
        assert sentence in plain
    assert SOURCE not in plain
    assert "11/12 (92 %, 95 % interval 65–99 %)" in (json.dumps(json.loads(plain), ensure_ascii=False)
                                                     if name == "json" else plain)  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("payload", CATALOGUE, ids=lambda each: each.name)
def test_no_wave_and_no_entry_of_the_log_is_obeyed(name, payload):
    one = Report(
        date(2026, 11, 22), None, None, None, False,
        (Part(UserText(payload.raw), (), (change(3, payload.raw, payload.raw, payload.raw),)),),
    )  # fmt: skip
    made = REPORTS[name].make(one)
    made.encode()
    assert not harm(made.removeprefix("\ufeff").replace("\r\n", "\n") if name == "csv" else made, lines=True)


def wide(line: str) -> int:
    """The columns of a line, by a count of its own."""
    return sum(2 if east_asian_width(each) in "WF" else category(each) not in ("Mn", "Me", "Cf") for each in line)


texts = st.text(st.sampled_from("aB 漢字한  \u0301👍🏽\u200d-%.\n\tW"), max_size=90)
shares = st.builds(lambda k, more: Share(k, k + more + 1), st.integers(0, 200), st.integers(0, 5000))


@given(texts, texts, texts, shares, st.integers(40, 120))
def test_no_line_of_text_is_wider_than_it_may_be(label, name, words, share, columns):
    spread = Spread(((label, 3), ("yes", 4)))
    figures = (
        Figure("a.b.c", f"x. {label}", share, (Cell(f"{label} · {name}", share), Cell(name, spread)), note=words),
        Figure("a.b.d", "x. other", spread),
    )
    log = (change(3, words, name, label),)
    made = report_text(replace(report(), parts=(Part(UserText(name), (Section("a", "A", figures),), log),)), columns)
    assert max(map(wide, made.splitlines())) <= columns
    assert "".join(f"{share.k:,}/{share.n:,}".split()) in "".join(made.split())


def test_text_says_once_what_neighbours_are_about_and_draws_each_figure():
    lines = MADE["text"].splitlines()
    place = lines.index("I could speak frankly")
    assert lines[place + 1 : place + 6] == [
        "  Mentees who agree         █████████·  49/56 (88 %, 95 % interval 76–94 %)",
        "    session 1               █████·····  6/11 (55 %, 95 % interval 28–79 %)",
        "    session 2               ███████···  8/12 (67 %, 95 % interval 39–86 %)",
        "    sessions 3 to 4                     hidden: tells of fewer than 5 people",
        "    session 5                           nobody said",
    ]
    assert "    strongly disagree       ··········  0/56" in lines
    assert lines[lines.index("  Mentors who agree         █████████·  50/55 (91 %, 95 % interval 80–96 %)") + 1] == (
        "      55 answers of 12"
    )
    assert "  Kick-off" in lines


class Page(HTMLParser):
    """What of a page matters to those who hear it, and to those who would have it do something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.said += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name in names]


PAGE = Page(MADE["html"])


def test_a_page_does_nothing_and_loads_nothing():
    assert {name for name, _ in PAGE.tags}.isdisjoint({"script", "img", "iframe", "object", "link", "form", "image"})
    for name, attributes in PAGE.tags:
        assert not {each for each in attributes if each.startswith("on") or each in ("src", "style", "srcset")}
        assert (attributes.get("href") or "#").startswith("#"), name
    assert not re.search(r"url\(|@import|javascript:(?!x\))", MADE["html"])
    assert "default-src 'none'" in MADE["html"]
    for words in (HOSTILE, FORMULA):
        assert clean(words, lines=True) in PAGE.said


def test_a_page_can_be_heard():
    assert PAGE.all("html") == [{"lang": "en"}]
    levels = [int(name[1]) for name, _ in PAGE.tags if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in PAGE.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert len(PAGE.all("table")) == len(PAGE.all("caption")) > 0
    assert all(each.get("scope") in ("col", "row", "rowgroup") for each in PAGE.all("th"))
    drawn = [each for each in PAGE.all("svg") if each.get("aria-hidden") != "true"]
    assert len(drawn) > 20
    for each in drawn:
        assert each["role"] == "img"
        assert set(each["aria-labelledby"].split()) <= set(ids)
    for each in PAGE.all("section"):
        assert each["aria-labelledby"] in ids
    assert {each["href"].removeprefix("#") for each in PAGE.all("a")} <= set(ids)
    assert not re.search(r"<(title|desc)[^>]*></", MADE["html"])


def colours(style: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6}|#[0-9a-f]{3});", style))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("media", ["", "prefers-color-scheme: dark", "print"])
def test_words_stand_out_from_what_is_behind_them(media):
    known = {}
    for style in (STYLE, REPORT_STYLE):
        base, *rules = re.split(r"@media \(?", style)
        known |= colours(base)
        for rule in rules if media else ():
            known |= colours(rule) if rule.startswith(media) else {}
    pairs = [(ink, back) for ink in ("ink", "soft", "accent") for back in ("paper", "wash")]
    pairs += [("dark", "p1"), ("dark", "p2"), ("dark", "p3"), ("light", "p4"), ("light", "p5")]
    for ink, back in pairs:
        low, high = sorted(luminance(known[each]) for each in (ink, back))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, back)


def test_a_spreadsheet_finds_a_row_for_each_figure_and_no_formula():
    rows = list(csv.DictReader(StringIO(MADE["csv"].removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    for row in rows:
        for name, cell in row.items():
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or not cell.lstrip("'\" \u200d").startswith(tuple("=+-@\t\r")) or cell[0] == "'", (name, cell)
    named = {(row["part"], row["figure"], row["cell"], row["point"]): row for row in rows}
    promoted = named["Wave one", "results.promoted", "", ""]
    assert [promoted[each] for each in ("k", "n", "percent", "low", "high")] == ["11", "12", "92", "65", "99"]
    assert named["Wave one", "reaction.frank.mentee.spread", "", "agree"]["k"] == "31"
    assert named["Wave one", "reaction.frank.mentee.mean", "session 1", ""]["mean"] == "3.60"
    hidden = [row for row in rows if row["kind"] == "hidden"]
    words = {"part", "section", "figure", "label", "cell", "kind", "says"}
    assert len(hidden) == 10
    assert all({name for name, cell in row.items() if cell} <= words for row in hidden)
    (entry,) = (row for row in rows if row["date"] == "2026-10-09")
    assert entry["answer"] == f"'{FORMULA}"


def read(value: dict) -> values.Value:
    kind = next(each for each in values.Value.__args__ if each.__name__.lower() == value["kind"])
    named = {name: value[name] for name in kind.__dataclass_fields__}
    if kind is Spread:
        named["counts"] = tuple(map(tuple, named["counts"]))
    return kind(**named)


def test_json_loses_nothing_but_the_records_that_a_figure_came_from():
    made = json.loads(MADE["json"])
    one = report()
    bare = [
        [
            [replace(figure, sources=(), cells=tuple(replace(cell, sources=()) for cell in figure.cells))
             for figure in section.figures]
            for section in part.sections
        ]
        for part in one.parts
    ]  # fmt: skip
    back = [
        [
            [
                Figure(each["id"], each["label"], read(each["value"]),
                       tuple(Cell(cell["label"], read(cell["value"])) for cell in each["cells"]), note=each["note"])
                for each in section["figures"]
            ]
            for section in part["sections"]
        ]
        for part in made["parts"]
    ]  # fmt: skip
    assert back == bare
    assert [part["wave"] for part in made["parts"]] == [part.wave.raw for part in one.parts]
    log = [(each.on.isoformat(), each.idea.raw, each.answer.raw, each.changed.raw) for each in one.parts[0].log]
    assert [tuple(each.values())[:4] for each in made["parts"][0]["log"]] == log
    (doubt,) = made["parts"][0]["log"][0]["arithmetic"]
    assert doubt.startswith("No count of 12 gives 97 %")
    told = (made["as_of"], made["latest"], made["since"], made["moved"], made["reporting"])
    assert told == ("2026-11-22", "2026-11-20", "2026-06-01", True, {"k": 10, "n": 12})
    assert made["made_up"] is False
    few = [each for part in made["parts"] for each in part["sections"][0]["figures"] if each["id"] == "reaction.few"]
    assert [each["value"] for each in few] == [{"kind": "hidden", "said": "hidden: tells of fewer than 5 people"}]
    assert MADE["json"].isascii()


def test_markdown_has_its_own_headings_and_tables_and_no_one_elses():
    tokens = MarkdownIt("commonmark").enable("table").parse(MADE["md"])
    assert [each.tag for each in tokens if each.type == "heading_open"].count("h2") == len(report().parts)
    kinds = {child.type for each in tokens for child in each.children or ()}
    assert kinds == {"text"}
    assert "html_block" not in {each.type for each in tokens}
    text = "".join(child.content for each in tokens for child in each.children or ())
    assert " ".join(clean(HOSTILE).split()) in " ".join(text.split())


def test_what_is_empty_says_so_in_each_format():
    empty = Report(date(2026, 11, 22), None, None, None, False, ())
    for made in (report_text(empty), report_md(empty), report_html(empty)):
        assert "Nothing to report yet." in made
        assert "All sessions count." in made
    assert json.loads(report_json(empty))["parts"] == []
    assert len(report_csv(empty).splitlines()) == 7


def test_all_waves_together_and_no_wave_are_named_so():
    parts = (Part(None, ()), Part(UserText(" "), ()), Part(UserText("7"), ()), Part(UserText("Second wave"), ()))
    lines = report_text(replace(report(), parts=parts)).splitlines()
    named = [one for one, line in pairwise(lines) if line.startswith("═")][1:]
    assert named == ["All waves together", "Pairs of no wave", "Wave 7", "Second wave"]


@given(st.lists(st.sampled_from([Hidden(), Share(5, 6), values.Missing()]), min_size=1, max_size=9))
def test_a_course_has_a_point_for_each_number_and_a_gap_for_each_silence(found):
    cells = tuple(Cell(f"session {number}", value) for number, value in enumerate(found, 1))
    figure = Figure("a.b", "A", Share(30, 40), cells)
    page = Page(report_html(replace(report(), parts=(Part(None, (Section("a", "A", (figure,)),)),))))
    points = len(page.all("circle"))
    assert points == (found.count(Share(5, 6)) if found.count(Share(5, 6)) > 1 else 0)
    # Neighbours of which nothing can be told are one row of the table.
    assert page.said.count("hidden: tells of") >= [each for each, _ in groupby(found)].count(Hidden())


def test_neighbours_of_which_nothing_can_be_told_are_told_together():
    def figure(name: str, label: str, value: values.Value, cells: tuple[Cell, ...] = (), note: str = "") -> Figure:
        return Figure(f"a.{name}", label, value, cells, note=note)

    silent, hidden = values.Missing(), Hidden()
    some = {"Hello": Count(9), "Rules": hidden, "Goals": hidden, "Close": Count(8)}
    figures = (
        figure("one", "Pairs", Count(6)),
        figure("two", "Dates moved", silent),
        figure("three.top", "It suited me: mentees who agree", silent),
        figure("three.mean", "It suited me: mentees, mean", silent, (Cell("session 1", silent),)),
        figure("four", "Promoted", silent, note="6 not looked up"),
        figure("five", "Done", hidden, (Cell("A · b", hidden), Cell("A · c", hidden))),
        figure("six", "Carried", hidden),
        figure("seven", "Gap", silent),
        figure("eight", "Held", Count(3), (Cell("session 1", hidden),)),
        figure("nine", "Time", Count(3), tuple(Cell(f"Kick-off · {name}", value) for name, value in some.items())),
    )
    made = replace(report(), parts=(Part(None, (Section("a", "A", figures),)),))
    lines = report_text(made).splitlines()
    rows = [" ".join(line.split()) for line in lines[lines.index("A") + 2 :] if line]
    assert rows == [
        "Pairs 6", "3 figures nobody said", "Dates moved; It suited me", "Promoted nobody said", "6 not looked up",
        "2 figures hidden: tells of fewer than 5 people", "Done; Carried", "Gap nobody said", "Held 3",
        "session 1 hidden: tells of fewer than 5 people",
        "Time 3", "Kick-off", "Hello 9", "2 parts hidden: tells of fewer than 5 people", "Close 8",
    ]  # fmt: skip
    assert "| 3 figures: Dates moved; It suited me | nobody said |" in report_md(made)
    page = " ".join(Page(report_html(made)).said.split())
    assert "3 figures" in page
    assert "Dates moved; It suited me" in page
    # What programs read keeps a row for each.
    assert report_csv(made).count(",hidden,hidden: ") == 7
    whole = json.loads(report_json(made))["parts"][0]["sections"][0]["figures"]
    assert [each["id"] for each in whole] == [each.id for each in figures]

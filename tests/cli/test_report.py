"""report: what it says, from where it takes it, and how it refuses."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest
from support.held import held, kept

from rmsession.cli import run, search
from rmsession.core.agenda import FeedbackKind
from rmsession.core.arrangement import Arrangement
from rmsession.core.feedback import Via
from rmsession.core.figures import FormFigures, PairFigures, SessionFigures
from rmsession.core.outcomes import Milestone, Step
from rmsession.core.programme import Pair, Person
from rmsession.core.terms import Phase, Role
from rmsession.core.text import UserText
from rmsession.store import index_fresh
from rmsession.store.figures_file import file_name, spell
from rmsession.store.opening import open_store

MADE = datetime(2026, 10, 1, 12, tzinfo=UTC)
BEGIN = date(2026, 3, 2)
WAVE = "Wave\x1b[31m one"


def ident(kind: int, number: int) -> str:
    """An id that tells by its first digits what it is of."""
    return str(UUID(int=(kind * 0x1000 + number) << 112))


PAIRS = [
    Pair(ident(1, number), Person(ident(2, number), UserText("M")), Person(ident(3, number), UserText("N")))
    for number in range(12)
]
FRANK = "reaction.frank.mentee.top-two"


def session(pair: Pair, number: int, frank: int | None) -> SessionFigures:
    """One that is over, three weeks after the one before, with the mentee's form."""
    day = BEGIN + timedelta(days=21 * number)
    scores = () if frank is None else (("frank", frank),)
    return SessionFigures(
        session=ident(10 + number, PAIRS.index(pair)), pair=pair.id, mentor=pair.mentor.id, mentee=pair.mentee.id,
        agenda="", feedback=FeedbackKind.REGULAR, phase=Phase.ENDED, started=day, ended=day, planned_seconds=2700.0,
        taken_seconds=2800.0, prepared=True, forms=(FormFigures(Role.MENTEE, True, Via.SCREEN, scores),),
    )  # fmt: skip


def told(pair: Pair, made: datetime = MADE, frank: int = 4) -> PairFigures:
    """Two sessions; what was said in the second is known of four pairs alone."""
    few = frank if PAIRS.index(pair) < 4 else None
    return PairFigures(
        pair.id, pair.mentor.id, pair.mentee.id, made, (session(pair, 1, frank), session(pair, 2, few))
    )  # fmt: skip


@pytest.fixture
def lead(home):
    """A programme lead's folder: twelve pairs in a wave, eleven mentors promoted, no session."""
    store = open_store(home)
    store.keep_known(
        [
            *PAIRS,
            *(Arrangement(pair.id, UserText(WAVE), starts=date(2025, 2, 1), revised=MADE) for pair in PAIRS),
            *(
                Milestone(
                    ident(4, number), pair.mentor.id, Step.PROMOTED, number > 0, date(2026, 2, 1 + (number == 0)),
                    UserText("HR"), revised=MADE,
                )
                for number, pair in enumerate(PAIRS)
            ),
        ]
    )  # fmt: skip
    store.close()
    return home


@pytest.fixture
def sent(tmp_path):
    """The files of ten of the pairs; one pair sent an earlier one, too."""
    folder = tmp_path / "sent"
    folder.mkdir()
    for pair in PAIRS[:10]:
        (folder / file_name(told(pair))).write_text(spell(told(pair)), encoding="utf-8")
    old = told(PAIRS[0], MADE - timedelta(days=40), frank=1)
    (folder / file_name(old)).write_text(spell(old), encoding="utf-8")
    return folder


def rows(text: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["figure"], row["cell"]): row for row in csv.DictReader(StringIO(text.removeprefix("\ufeff")))}


def test_it_takes_each_pairs_latest_file_and_says_how_many_came(tell, lead, sent):
    text = tell("report", "--from", sent)
    assert (text.code, text.err) == (0, "")
    assert "It rests on the figures of 10 of 12 pairs, as of 1 Oct 2026." in text.lines
    assert "Wave␛[31m one" in text.lines
    assert any(line.endswith("11/12 (92 %, 95 % interval 65–99 %)") for line in text.lines)
    assert max(map(len, text.lines)) <= 80
    found = rows(tell("report", "--from", sent, "-f", "csv").out)
    assert [found[FRANK, ""][each] for each in ("k", "n", "percent")] == ["14", "14", "100"]
    assert found[FRANK, "session 2"]["kind"] == "hidden"
    whole = json.loads(tell("report", "--from", sent, "-f", "json", "--pool").out)
    assert [part["wave"] for part in whole["parts"]] == [None]
    assert whole["reporting"] == {"k": 10, "n": 12}


def test_a_damaged_file_is_named_and_the_others_are_reported(tell, lead, sent):
    first = sent / file_name(told(PAIRS[3]))
    first.write_text(first.read_text(encoding="utf-8").replace("2800", "2900"), encoding="utf-8")
    (sent / "other.json").write_text("{}", encoding="utf-8")
    text = tell("report", "--from", sent)
    assert text.code == 0
    assert first.name in text.complaint
    assert "It rests on the figures of 9 of 12 pairs, as of 1 Oct 2026." in text.lines
    for each in sent.iterdir():
        each.write_text(each.read_text(encoding="utf-8").replace("2800", "2900"), encoding="utf-8")
    text = tell("report", "--from", sent)
    assert text.code == 1
    assert len(text.err.splitlines()) == 12
    assert "could be read" in text.err.splitlines()[-1]


def test_what_is_no_folder_of_figures_is_told_in_a_line(tell, lead, tmp_path):
    none = tell("report", "--from", tmp_path / "home")
    assert (none.code, none.out) == (3, "")
    assert "rmsession share --figures" in none.complaint
    nowhere = tell("report", "--from", tmp_path / "nowhere")
    assert nowhere.code == 1
    assert "nowhere" in nowhere.complaint


def test_it_is_written_as_a_file_in_a_folder_or_poured_out(tell, lead, sent, tmp_path):
    page = tell("report", "--from", sent, "-f", "html", "-o", tmp_path)
    (made,) = tmp_path.glob("*-programme-report.html")
    assert page.lines == [str(made)]
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.read_text(encoding="utf-8") == tell("report", "--from", sent, "-f", "html", "-o", "-").out
    again = tell("report", "--from", sent, "-f", "html", "-o", tmp_path)
    assert again.code == 1
    assert "--force" in again.complaint
    assert tell("report", "--from", sent, "-f", "md", "-o", made, "--force").code == 0
    assert made.read_text(encoding="utf-8").startswith("# Programme report\n")


def test_a_figure_is_explained_by_its_records_and_a_hidden_one_by_none(tell, lead, sent):
    text = tell("report", "--from", sent, "--explain", FRANK.upper())
    assert text.lines[0] == "Wave␛[31m one, Reaction"
    assert text.lines[2:4] == ["14 answers of 10 people", "From 14 sessions of 10 pairs:"]
    assert "  session  b009  2026-03-23  pair 1009" in text.lines
    assert len(text.lines) == 4 + 14
    promoted = tell("report", "--from", sent, "--explain", "results.promoted.mentor").lines
    assert promoted[1] == "Mentors promoted within 12 months: 11/12 (92 %, 95 % interval 65–99 %)"
    assert promoted[2] == "From 12 outcomes of 12 people:"
    assert tell("report", "--from", sent, "--explain", "activity.pairs").lines[2] == "From 12 pairs:"
    for each in list(sent.iterdir())[:-3]:
        each.unlink()
    hidden = tell("report", "--from", sent, "--explain", FRANK)
    assert hidden.code == 0
    assert hidden.lines[1].endswith(": hidden: tells of fewer than 5 people")
    assert hidden.lines[2:] == ["Which records are behind it is not told either, for that would tell whose they are."]
    missing = tell("report", "--from", sent, "--explain", "reaction.frank.mentor.top-two")
    assert missing.lines[1].endswith("nobody said")


def test_figures_of_a_pair_that_is_not_known_are_left_out_and_that_is_said(home, tell, lead, sent):
    before = tell("report", "--from", sent, "-f", "csv").out.split("\r\n")
    stranger = replace(told(PAIRS[0]), pair=ident(1, 99), sessions=())
    (sent / file_name(stranger)).write_text(spell(stranger), encoding="utf-8")
    after = tell("report", "--from", sent, "-f", "csv")
    assert (after.code, after.err.count(ident(1, 99)[:8]), "left out" in after.err) == (0, 1, True)
    changed = [two for one, two in zip(before, after.out.split("\r\n"), strict=True) if one != two]
    (row,) = csv.reader(changed)
    assert "10 of 12 pairs, as of 1 Oct 2026; those of 1 pair that the programme does not know are left out." in row[7]
    # A lead who keeps no list of pairs has a report all the same.
    open_store(home / "other").close()
    alone = tell("--home", str(home / "other"), "report", "--from", sent)
    assert "It rests on the figures of 11 pairs that the programme does not know, as of 1 Oct 2026." in " ".join(
        alone.lines
    )
    assert alone.err == ""


def test_an_unknown_figure_or_wave_names_those_there_are(tell, lead, sent):
    figure = tell("report", "--from", sent, "--explain", "reaction.frank.mente.top-two")
    assert figure.code == 3
    assert FRANK in figure.complaint
    lost = tell("report", "--from", sent, "--explain", "\x1b[2J" + "x" * 5000)
    assert lost.code == 3
    assert len(lost.complaint) < 300
    wave = tell("report", "--wave", "two")
    assert wave.code == 3
    assert wave.complaint == "no wave is called 'two': the waves are Wave␛[31m one"
    assert tell("report", "--wave", WAVE.upper()).code == 0
    assert tell("report", "--wave", "").code == 3
    assert tell("report", "--wave", "two", "--pool").code == 2


def test_a_day_is_read_as_elsewhere_and_one_that_tells_on_few_is_moved(tell, lead, sent):
    moved = " ".join(tell("report", "--from", sent, "--since", "10 apr 2026").out.split())
    assert "Sessions count from 1 Apr 2026 on: a later day was asked for, but the difference would" in moved
    found = rows(tell("report", "--from", sent, "--since", "2026-04-01", "-f", "csv").out)
    assert found["activity.sessions.held", ""]["k"] == "10"
    assert not any("a later day" in row["says"] for row in found.values())
    assert tell("report", "--since", "2099-01-01").code == 2
    assert "is no day" in tell("report", "--since", "soonish").complaint


@pytest.mark.parametrize(
    ("claim", "code", "words"),
    [
        ("97% of 12", 3, "No count of 12 gives 97 %"),
        ("11 of 12 (92%)", 0, "11 of 12 gives 92 %."),
        ("92% of 12, and 80% of 12", 3, "No count of 12 gives 80 %"),
    ],
)
def test_a_claim_is_checked_without_a_look_at_any_data(tell, home, claim, code, words):
    text = tell("report", "--claim", claim)
    assert text.code == code
    assert words in text.out
    assert not home.exists()


def test_a_claim_of_nothing_is_refused(tell, home):
    text = tell("report", "--claim", "they liked it")
    assert text.code == 2
    assert "97% of 12" in text.complaint


def test_an_empty_programme_teaches_in_two_lines(tell, home):
    text = tell("report")
    assert (text.code, text.err, len(text.lines)) == (0, "", 2)
    assert "rmsession pair add" in text.lines[1]
    assert json.loads(tell("report", "-f", "json").out)["parts"] == []


class Watched(StringIO):
    """A standard error at which somebody looks."""

    def isatty(self) -> bool:
        return True


def test_the_sessions_that_lie_here_are_read_under_a_bar_that_shows_how_far(home, tell, monkeypatch):
    kept(home, held("abcd").record, held("1234", title="Half-way check").record)
    (home / "index.sqlite").unlink(missing_ok=True)
    monkeypatch.setattr(search, "_WORTH_TELLING", 1)
    monkeypatch.setattr(index_fresh, "_BATCH", 1)  # more than so many are read under the bar
    seen = Watched()
    with monkeypatch.context() as streams:
        streams.setattr("sys.stderr", seen)
        text = tell("report")
    assert "Reading sessions" in seen.getvalue()
    assert "of 2" in seen.getvalue()
    assert seen.getvalue().endswith("\r")
    assert "It rests on the sessions kept on this computer" in " ".join(text.lines)
    activity = " ".join(" ".join(text.lines[text.lines.index("Activity") : text.lines.index("Running")]).split())
    assert "figures hidden: tells of fewer than 5 people" in activity
    assert "Sessions held" in activity

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(search, "progress_on", interrupted)
    assert run(["report"]) == 130


def test_a_terminal_gets_lines_as_wide_as_it_is(tell, lead, sent, monkeypatch):
    for columns, most in ((60, 60), (200, 100)):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = tell("report", "--from", sent, typed="").lines
        assert max(map(len, lines)) <= most
        assert "Wave␛[31m one" in lines

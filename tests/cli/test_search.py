"""search: what it finds and in which form, what it hides, and how it refuses."""

import json

import pytest
from support.held import held, kept, session_id

from rmsession.core.columns import cells
from rmsession.core.terms import Kind
from rmsession.store.opening import open_store


@pytest.fixture
def shelf(home):
    """Two sessions with a line or two of every sort."""
    one, other = held("abcd", end=False), held("1234", title="Half-way check", end=False)
    one.keep("The budget of the website, sent by budgets@example.org", tags=("web",))
    one.keep("Budget of my own", Kind.ACTION, private=True, owner="Robin")
    other.keep("Ask for a budget", Kind.ACTION, owner="Alex", due="2026-12-01")
    other.keep("C++ and \x1b[31m red")
    kept(home, one.record, other.record)
    return home


def texts(told):
    return [json.loads(line)["text"] for line in told.lines]


def test_it_finds_whole_words_in_every_session(tell, shelf):
    told = tell("search", "budget", "--json")
    assert (told.code, told.err) == (0, "")
    website = "The budget of the website, sent by budgets@example.org"
    assert set(texts(told)) == {website, "Ask for a budget"}
    assert texts(tell("search", "budget", "web*", "--json")) == [
        "The budget of the website, sent by budgets@example.org"
    ]
    assert texts(tell("search", "C++", "--json")) == ["C++ and \x1b[31m red"]
    assert texts(tell("search", "@alex", "is:open", "before:2027", "budget", "--json")) == ["Ask for a budget"]
    assert texts(tell("search", "budget", "-website", "--json")) == ["Ask for a budget"]
    assert texts(tell("search", '"the budget"', "--json")) == [website]


def test_lines_stand_under_their_sessions_with_what_is_known_of_them(tell, shelf):
    told = tell("search", "budget")
    first, *rest = told.lines
    heads = [line for line in told.lines if not line.startswith(" ")]
    assert sorted(head.split("  ")[0] for head in heads) == sorted(session_id(each)[:8] for each in ("abcd", "1234"))
    assert {"Half-way check", "Robin, Alex"} <= {part for head in heads for part in head.split("  ")}
    assert "    action    Ask for a budget  @Alex  due:2026-12-01" in told.lines
    assert first in heads
    assert rest


def test_a_goal_is_found_by_its_name_and_an_owner_as_it_is_printed(tell, home):
    session = held("abcd", end=False)
    session.keep("Reach the board", Kind.GOAL)
    session.keep("Draft it", Kind.ACTION, owner="Alex Stone", goals=("reach",))
    session.keep("Draft it too", Kind.ACTION, owner="Alex Fox")
    kept(home, session.record)
    assert set(texts(tell("search", "goal:reach", "--json"))) == {"Reach the board", "Draft it"}
    assert '@"Alex Stone"' in tell("search", "draft").out
    assert texts(tell("search", '@"Alex Stone"', "--json")) == ["Draft it"]


def test_private_lines_are_found_only_when_asked_for(tell, shelf):
    assert "my own" not in tell("search", "budget").out
    told = tell("search", "budget", "--private")
    assert "    action    Budget of my own  @Robin  private" in told.lines
    assert {json.loads(line)["private"] for line in tell("search", "own", "--private", "--json").lines} == {True}


def test_one_pair_alone(tell, shelf):
    assert len(tell("search", "budget", "--pair", "alex", "--json").lines) == 2
    assert tell("search", "budget", "--pair", "nobody").code == 3


def test_json_is_ascii_and_says_where_the_words_stand(tell, shelf):
    told = tell("search", "red", "--json")
    assert told.out.isascii()
    row = json.loads(told.out)
    assert [row["text"][low:high] for low, high in row["marks"]] == ["red"]
    assert (row["kind"], row["status"], row["session"]) == ("note", None, session_id("1234"))
    assert json.loads(tell("search", "half-way", "kind:action", "--json").out or "null") is None


def test_what_is_too_much_to_show_is_counted(tell, shelf):
    told = tell("search", "budget", "--limit", "1")
    assert told.lines[-1] == "These are the first 1 of 2, in 2 sessions. One more word, or --limit."


@pytest.mark.parametrize("wanted", [["zzzz"], ["zzzz", "--json"], ["\x1b[2J"], ["9" * 4000]])
def test_nothing_found_is_one_line_and_exit_3(tell, shelf, wanted):
    told = tell("search", *wanted)
    assert (told.code, told.out) == (3, "")
    assert "nothing matches" in told.complaint
    assert len(told.complaint) < 400


def test_what_was_taken_as_text_is_said_whether_or_not_something_is_found(tell, shelf):
    told = tell("search", "kind:acton")
    assert (told.code, told.out) == (3, "")
    lines = told.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("rmsession: kind:acton was looked for as text; kinds are note, action, ")
    told = tell("search", "budget", "-is:opn", "--json")
    assert (told.code, len(texts(told))) == (0, 2)
    assert told.complaint.startswith("-is:opn was left out as text; states are open, ")


def test_a_minus_leaves_out_owners_and_kinds_and_tells_nothing_of_what_is_private(tell, shelf):
    website = "The budget of the website, sent by budgets@example.org"
    assert texts(tell("search", "budget", "-@alex", "--json")) == [website]
    assert texts(tell("search", "-kind:action", "budget", "--json")) == [website]
    assert texts(tell("search", "budget", "-is:private", "-#web", "--json")) == ["Ask for a budget"]
    assert set(texts(tell("search", "budget", "-@robin", "--private", "--json"))) == {website, "Ask for a budget"}


def test_a_damaged_file_is_told_beside_what_is_found_and_where_nothing_is(tell, shelf):
    (broken,) = shelf.glob("sessions/**/*abcd*.json")
    broken.write_text("{")
    for wanted, code in (("budget", 0), ("zzzz", 3)):
        told = tell("search", wanted)
        assert (told.code, broken.name in told.err.splitlines()[0]) == (code, True)
        assert "of the website" not in told.out


@pytest.mark.parametrize("wanted", [[], [""], ["  "], ["x", "--limit", "0"]])
def test_no_question_is_a_mistake(tell, shelf, wanted):
    assert tell("search", *wanted).code == 2


def test_help_is_given_to_whoever_asks_the_short_way(tell, home):
    assert "Examples:" in tell("search", "-h").out


@pytest.mark.parametrize("columns", [40, 80])
def test_it_fits_a_terminal_and_colours_what_was_found_there_alone(tell, shelf, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = tell("search", "budget", typed="").out
    assert "\x1b[33m\x1b[1mbudget\x1b[0m" in coloured
    assert "\x1b" not in tell("search", "budget").out
    monkeypatch.setenv("NO_COLOR", "1")
    plain = tell("search", "budget", typed="").out
    assert "\x1b" not in plain
    assert max(map(cells, plain.splitlines())) <= columns
    assert coloured.replace("\x1b[33m\x1b[1m", "").replace("\x1b[0m", "") == plain


def test_the_first_reading_shows_how_far_it_is_and_can_be_interrupted(tmp_path, shelf, monkeypatch, capfd):
    from rmsession.cli import run, search

    monkeypatch.setattr(search, "_WORTH_TELLING", 1)
    (shelf / "index.sqlite").unlink(missing_ok=True)
    show = search.progress_on(type("Screen", (), {"isatty": lambda _: True})())
    for done in range(1, 5):
        show(done, 4)
    said = capfd.readouterr().err
    assert "Reading sessions" in said
    assert "50 %  2 of 4" in said
    assert said.endswith("\r")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(search, "progress_on", lambda _: interrupted)
    assert run(["search", "budget"]) == 130
    monkeypatch.undo()
    assert open_store(shelf).prepare()

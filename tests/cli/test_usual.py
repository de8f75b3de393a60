"""What is asked most means what the command line means: both ways are asked, and say the same."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.held import held, kept

from rmsession.cli import run
from rmsession.cli.ground import Ground
from rmsession.cli.program import do, program
from rmsession.cli.usual import is_told, usual
from rmsession.core.store_errors import StoreError

USUAL = [
    [],
    ["run", "01-kick-off"],
    ["run", "kick-off", "--mentee", "Alex Stone"],
    ["run", "kick-off", "--mentor", "Robin", "--mentee", "Alex"],
    ["run", "nowhere.md"],
    ["run", "nowhere"],
    ["nowhere.md"],
    ["./list"],
    ["run", "--resume"],
    ["run", "--resume", "7c1e"],
    ["--version"],
    ["-V"],
    ["list"],
    ["actions", "--open"],
    ["search", "draft"],
    ["search", "send", "the", "draft"],
    ["search", "dr*", "is:open"],
    ["search", '"send the draft"', "@alex"],
    ["search", "nowhere"],
    ["search", ""],
    ["search", "\x1b[2J"],
]


@pytest.fixture
def shelf(home):
    kept(home, held().record, held("bcde", "Half-way").record)
    return home


@pytest.mark.parametrize("words", USUAL, ids=" ".join)
def test_both_ways_say_the_same(words, shelf, capfd):
    assert usual(words, {})
    ended = run(words)
    told = capfd.readouterr()
    assert told.out or ended
    try:
        code = do(words, ground := Ground()) or 0
    except Exception as wrong:  # noqa: BLE001 - as `run` tells them
        code = wrong.exit_code
        print(f"rmsession: {wrong}", file=sys.stderr)
    finally:
        ground.close()
    assert (code, capfd.readouterr()) == (ended, told)


@pytest.mark.parametrize(
    "words",
    [
        ["lst"], ["list", "--json"], ["list", "x"], ["actions"], ["actions", "--open", "--json"], ["search"],
        ["search", "-h"], ["search", "--help"], ["search", "draft", "--json"], ["search", "a", "-b"], ["search", "--"],
        ["run"], ["run", "a", "b"], ["run", "a", "--mentee"], ["run", "a", "--mentee", "-x"],
        ["run", "a", "--rehearse"], ["run", "a", "--mentee", "b", "--mentee", "c"], ["run", "--mentee", "b", "a"],
        ["run", "--resume", ""], ["run", "a", "--resume"], ["run", ""], ["-x.md"], ["nowhere"],
        ["--home", "x", "list"], ["--help"], ["--version", "list"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_all_else_goes_to_the_command_line(words):
    assert usual(words, {}) is None


def test_home_is_not_over_when_it_has_answered():
    assert is_told(["list"], {})
    assert not is_told([], {})
    assert not is_told(["run", "kick-off"], {})
    assert not is_told(["plan.md"], {})
    assert not is_told(["list", "--json"], {})


def test_a_shell_that_completes_a_line_is_answered_by_the_command_line():
    assert usual(["list"], {"_RMSESSION_COMPLETE": "bash_source"}) is None


@given(st.lists(st.one_of(st.text(max_size=5), st.sampled_from(["-", "--", "-h", "--limit", "a"])), min_size=1))
def test_whatever_is_looked_for_is_the_same_words(words):
    if usual(["search", *words], {}):
        command = program.commands["search"]
        with command.make_context("search", [*words], obj=Ground()) as context:
            asked = context.params
        assert asked == {"asked": tuple(words), "as_json": False, "pair_name": None, "private": False, "limit": 200}


def test_a_folder_that_cannot_be_used_is_told_both_ways(home, capfd):
    home.write_text("a file")
    assert run(["list"]) == 1
    told = capfd.readouterr().err
    with pytest.raises(StoreError) as refused:
        do(["list"], Ground())
    assert told == f"rmsession: {refused.value}\n"

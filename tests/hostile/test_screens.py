"""Hostile texts in every field, on every screen: shown as typed, obeyed by nothing, and no way past the conversions."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from hostile.acts import ACTS
from hostile.payloads import ESCAPES, LITERALS, MARKUP, SHAPES, SUITS
from hostile.sites import TUI, Watch, call_sites, watching
from hostile.sweep import STAGES, fire, sweeping, visit
from support.tally import tally
from textual.screen import Screen

MIXED = f"{MARKUP} {SHAPES} {ESCAPES}"
BEHIND_THE_GATE = {"file picker", "palette"}
"""Stages of library screens, which paint a file name or what is typed into a search as it is: the gate is for them."""
NO_TEXT = {"link", "links", "gap", "leaving", "help", "curtain", "summary reopen", "palette", "welcome"}
"""Stages whose dialog says only its own words."""
ALL_OF_ONE_CLASS = (
    "home with somebody", "people", "file picker", "preview of everything", "welcome", "session", "captured lines",
    "kind", "edit", "topics", "help", "curtain", "export", "read back", "next date", "hand over", "end", "form",
    "form leaving", "form by mail", "summary",
)  # fmt: skip
"""Stages that have all keys between them."""
OWN_WORDS = {
    ("palette.py", "escaped"): "the palette's titles and tips are the program's own",
    ("screens/welcome.py", "error"): "says to type a name, and quotes none",
    ("widgets/plan_form.py", "error"): "names a field and how to fill it in, and quotes none",
    ("widgets/understood.py", "typed"): "the word of a command is made of ASCII letters and digits",
}
"""Calls that no person's text can reach, by file and function."""


def modules() -> None:
    """Load every module of the screen, so that nothing hides in one that is loaded late."""
    for module in pkgutil.walk_packages([str(TUI)], "rmsession.tui."):
        importlib.import_module(module.name)


def screens() -> set[str]:
    """The name of every screen that the program has."""
    modules()

    def below(kind: type) -> set[type]:
        return {each for sub in kind.__subclasses__() for each in {sub, *below(sub)}}

    ours = {each for each in below(Screen) if each.__module__.startswith("rmsession.tui")}
    # What others are made of is shown as them.
    return {each.__name__ for each in ours if not ours.intersection(each.__subclasses__())}


@pytest.fixture(autouse=True)
def at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def judged(sweep) -> dict[str, str]:
    """What is wrong: a character that comes to the gate is wrong wherever the program itself paints."""
    return {
        what: where
        for what, where in sweep.faults.items()
        if not (what.endswith(" painted") and where.split(",")[0] in BEHIND_THE_GATE)
    }


@pytest.mark.timeout(600)
async def test_every_screen_shows_hostile_text_as_typed_and_obeys_none(at_home):
    modules()
    watch = Watch()
    with watching(watch):
        async with sweeping(MIXED, at_home) as sweep:
            for name in STAGES:
                await visit(sweep, name)
                for act in ACTS.get(name, ()):
                    await act(sweep)
            seen, showing, literals = sweep.seen, sweep.showing, sweep.literals
            assert judged(sweep) == {}
    assert screens() <= seen, f"no stage shows {screens() - seen}: add one to STAGES"
    silent = {name for name in STAGES if not showing.get(name)} - NO_TEXT
    assert not silent, f"no hostile text was shown on {silent}"
    for literal in LITERALS:
        assert len([name for name, shown in literals.items() if literal in shown]) >= 20, literal
    missed = [site for site in watch.missed() if (site[0], site[2]) not in OWN_WORDS]
    assert not missed, f"no hostile text came to these calls: {missed}"
    idle = [where for where in OWN_WORDS if not any((file, name) == where for file, _, name in call_sites())]
    assert not idle, f"no such calls any more: {idle}"
    tally("hostile text: surfaces x payloads", cases=sum(showing.values()))


OFTEN = ("session", "read back", "summary")
"""Of those, the ones that most is done on."""


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("stages", [OFTEN, pytest.param(ALL_OF_ONE_CLASS, marks=pytest.mark.long)], ids=["some", "all"])
async def test_every_key_and_palette_command_on_every_screen_leaves_hostile_text_alone(at_home, stages):
    async with sweeping(MIXED, at_home, (80, 24)) as sweep:
        for name in stages:
            await fire(sweep, name, once=True)
        assert judged(sweep) == {}
        assert sweep.fired >= 70
    tally("hostile text: keys and commands fired", cases=sweep.fired)


@pytest.mark.timeout(300)
async def test_ten_thousand_characters_without_a_blank_are_only_long(at_home):
    async with sweeping(SUITS["long"], at_home, (80, 24)) as sweep:
        for name in (
            "home with somebody",
            "preview of everything",
            "session",
            "captured lines",
            "read back",
            "summary",
        ):
            await visit(sweep, name)
        assert judged(sweep) == {}
        assert sum(sweep.showing.values()) >= 8
    tally("hostile text: surfaces x payloads", cases=sum(sweep.showing.values()))


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16), (200, 60)])
@pytest.mark.parametrize("suit", SUITS)
async def test_each_kind_of_harm_at_each_size(at_home, suit, size):
    async with sweeping(SUITS[suit], at_home, size) as sweep:
        for name in STAGES:
            await visit(sweep, name)
        for name in STAGES if suit == "markup" else ():
            await fire(sweep, name)
        assert judged(sweep) == {}
    tally("hostile text: surfaces x payloads", cases=sum(sweep.showing.values()))


assert set(ALL_OF_ONE_CLASS) <= set(STAGES)

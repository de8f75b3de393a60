"""Hostile texts in every field, on every screen: shown as typed, obeyed by nothing, and no way past the conversions."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from hostile.acts import ACTS
from hostile.firing import visit
from hostile.judging import MIXED, judged
from hostile.payloads import LITERALS
from hostile.sites import TUI, Watch, call_sites, watching
from hostile.stages import STAGES
from hostile.sweep import sweeping
from support.tally import tally
from textual.screen import Screen

NO_TEXT = {"link", "links", "gap", "leaving", "help", "curtain", "summary reopen", "palette", "welcome",
           "history filter"}  # fmt: skip
"""Stages whose dialog says only its own words."""
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

"""The sweep over all stages in parts, one a file, for several workers; whoever ends last judges the whole.

Every part goes to every so manieth stage, so that a new one joins by itself and the parts stay alike. What is said of
all stages together (each screen shown, each call reached) is judged when all the parts of a run are there.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import dataclass, field
from pathlib import Path

from hostile.acts import ACTS
from hostile.firing import visit
from hostile.judging import MIXED, judged
from hostile.payloads import LITERALS
from hostile.sites import TUI, Site, Watch, call_sites, watching
from hostile.stages import STAGES
from hostile.sweep import Sweep, sweeping
from support.tally import tally
from textual.screen import Screen

PARTS = 3
"""How many there are: `test_screens.py` and those beside it."""
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


@dataclass
class Found:
    """What one part found, or several together."""

    seen: set[str] = field(default_factory=set)
    """The screens that were in front."""
    showing: dict[str, int] = field(default_factory=dict)
    """How many hostile texts each stage showed."""
    literals: dict[str, list[str]] = field(default_factory=dict)
    """Which literals each stage showed as typed."""
    reached: set[Site] = field(default_factory=set)
    """The calls that had a hostile text in them."""

    @classmethod
    def of(cls, sweep: Sweep, watch: Watch) -> Found:
        """What a sweep over some stages found."""
        return cls(sweep.seen, sweep.showing, {name: [*shown] for name, shown in sweep.literals.items()}, watch.reached)

    def keep(self, path: Path) -> None:
        """Put it where the other parts find it, whole."""
        beside = path.with_suffix(".tmp")
        told = {"seen": [*self.seen], "showing": self.showing, "literals": self.literals, "reached": [*self.reached]}
        beside.write_text(json.dumps(told), encoding="ascii")
        beside.replace(path)

    def add(self, path: Path) -> None:
        """Add what another part found."""
        told = json.loads(path.read_text(encoding="ascii"))
        self.seen |= {*told["seen"]}
        self.showing |= told["showing"]
        self.literals |= told["literals"]
        self.reached |= {(file, line, name) for file, line, name in told["reached"]}


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


async def swept(part: int, home: Path, between: Path) -> None:
    """Go to the stages of one part; judge them, and if this part is the last one, the whole."""
    modules()
    watch = Watch()
    with watching(watch):
        async with sweeping(MIXED, home) as sweep:
            for name in [*STAGES][part::PARTS]:
                await visit(sweep, name)
                for act in ACTS.get(name, ()):
                    await act(sweep)
            found = Found.of(sweep, watch)
            wrong = judged(sweep)
    assert not wrong, wrong
    tally("hostile text: surfaces x payloads", cases=sum(found.showing.values()))
    found.keep(between / f"part-{part}.json")
    others = [between / f"part-{number}.json" for number in range(PARTS)]
    if all(each.exists() for each in others):
        for each in others:
            found.add(each)
        judge_whole(found)


def judge_whole(found: Found) -> None:
    """What holds of all stages together."""
    assert screens() <= found.seen, f"no stage shows {screens() - found.seen}: add one to STAGES"
    silent = {name for name in STAGES if not found.showing.get(name)} - NO_TEXT
    assert not silent, f"no hostile text was shown on {silent}"
    for literal in LITERALS:
        assert len([name for name, shown in found.literals.items() if literal in shown]) >= 20, literal
    watch = Watch()
    watch.reached = found.reached
    missed = [site for site in watch.missed() if (site[0], site[2]) not in OWN_WORDS]
    assert not missed, f"no hostile text came to these calls: {missed}"
    idle = [where for where in OWN_WORDS if not any((file, name) == where for file, _, name in call_sites())]
    assert not idle, f"no such calls any more: {idle}"

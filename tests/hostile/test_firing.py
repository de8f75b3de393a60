"""Every key and palette command pressed with hostile texts on the screen, and texts of each kind at each size."""

from __future__ import annotations

import pytest
from hostile.firing import fire, visit
from hostile.judging import MIXED, judged
from hostile.payloads import SUITS
from hostile.stages import STAGES
from hostile.sweep import sweeping
from support.tally import tally

ALL_OF_ONE_CLASS = (
    "home with somebody", "people", "file picker", "preview of everything", "welcome", "session", "captured lines",
    "kind", "edit", "topics", "help", "curtain", "export", "read back", "next date", "hand over", "end", "form",
    "form leaving", "form by mail", "summary", "history",
)  # fmt: skip
"""Stages that have all keys between them."""
OFTEN = ("summary",)
"""One that leads to many others; all of them take minutes."""


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("stages", [OFTEN, pytest.param(ALL_OF_ONE_CLASS, marks=pytest.mark.long)], ids=["some", "all"])
async def test_every_key_and_palette_command_on_every_screen_leaves_hostile_text_alone(at_home, stages):
    async with sweeping(MIXED, at_home, (80, 24)) as sweep:
        for name in stages:
            await fire(sweep, name, once=True)
        assert judged(sweep) == {}
        assert sweep.fired >= 30
    tally("hostile text: keys and commands fired", cases=sweep.fired)


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_ten_thousand_characters_without_a_blank_are_only_long(at_home):
    async with sweeping(SUITS["long"], at_home, (80, 24)) as sweep:
        for name in (
            "home with somebody",
            "session",
            "read back",
        ):
            await visit(sweep, name)
        assert judged(sweep) == {}
        assert sum(sweep.showing.values()) >= 5
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


def test_the_stages_named_here_are_there():
    assert set(ALL_OF_ONE_CLASS) <= set(STAGES)

"""Hostile texts in every field, on every screen: shown as typed, obeyed by nothing, and no way past the conversions."""

from __future__ import annotations

import pytest
from hostile.parts import swept


@pytest.mark.timeout(600)
async def test_every_screen_of_the_second_part_shows_hostile_text_as_typed_and_obeys_none(at_home, between_parts):
    await swept(1, at_home, between_parts)

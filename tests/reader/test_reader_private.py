"""A bullet marked private is the mentor's own reminder, wherever the mark stands."""

from __future__ import annotations

import pytest

from rmsession.core.agenda import PromptKind
from rmsession.reader.agenda_reader import read_text


@pytest.mark.parametrize(
    "bullet", ["- (private) watch for nods", "- [ ] watch for nods (Private)", "* ? (private): watch for nods"]
)
def test_a_private_bullet_is_a_private_prompt(bullet):
    (topic,) = read_text(f"# One\n\n## Topic (10 min)\n\n{bullet}\n- [ ] say hello\n").agenda.topics
    assert [(each.kind, each.text.raw) for each in topic.prompts] == [
        (PromptKind.PRIVATE, "watch for nods"),
        (PromptKind.TICK, "say hello"),
    ]
    assert "nods" not in topic.body.raw

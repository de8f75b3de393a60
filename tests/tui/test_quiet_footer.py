"""The line of keys is made anew when it says something else, and only then."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets._footer import FooterKey

from rmsession.tui.widgets.quiet_footer import QuietFooter


class Keys(App[None]):
    """An app whose one key can be forbidden."""

    BINDINGS: ClassVar = [Binding("x", "go", "Go"), Binding("y", "hide", "Hidden", show=False)]
    legal: bool | None = True
    hides: bool | None = True

    def compose(self) -> ComposeResult:
        yield QuietFooter(show_command_palette=False)

    def action_go(self) -> None:
        """Nothing."""

    action_hide = action_go

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return {"go": self.legal, "hide": self.hides}.get(action, True)


async def test_it_is_made_anew_when_a_key_it_shows_changes_and_only_then():
    app = Keys()
    async with app.run_test() as pilot:

        async def keys() -> list[FooterKey]:
            app.screen.refresh_bindings()
            await pilot.pause()
            await pilot.pause()
            return list(app.query(FooterKey))

        first = await keys()
        assert [each.description for each in first] == ["Go"]
        assert await keys() == first, "the same widgets: nothing changed"
        app.hides = False
        assert await keys() == first, "what it does not show changed"
        app.legal = None
        (dim,) = await keys()
        assert dim is not first[0]
        assert dim.has_class("-disabled")
        app.legal = False
        assert await keys() == []
        app.legal = True
        (again,) = await keys()
        assert not again.has_class("-disabled")

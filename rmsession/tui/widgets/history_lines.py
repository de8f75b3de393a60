"""Lines to move through: only those in sight are drawn, however many there are."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

_KEPT = 512
"""Drawn lines that are kept: several screens full."""


class Lines(ScrollView, can_focus=True):
    """A column of lines in which some belong together and can be stood on; what they say is a subclass's."""

    DEFAULT_CSS = """
    Lines {
        background: transparent; overflow-x: hidden; overflow-y: auto;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        scrollbar-color: $foreground 25%; scrollbar-background: transparent;
        scrollbar-background-hover: transparent; scrollbar-background-active: transparent;
        & > .lines--line { color: $foreground; }
        & > .lines--here { color: $foreground; background: $foreground 10%; }
    }
    Lines:focus > .lines--here { background: $accent 25%; text-style: bold; }
    Lines:ansi > .lines--here { text-style: underline; }
    Lines:ansi:focus > .lines--here {
        color: ansi_default; background: ansi_default; text-style: bold underline;
    }
    """
    COMPONENT_CLASSES = {"lines--line", "lines--here"}
    ALLOW_SELECT = False
    BINDINGS = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self.here: int | None = None
        """The first line of what is stood on."""
        self._drawn: LRUCache[tuple[int, bool], Strip] = LRUCache(_KEPT)

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw(self, line: int, width: int) -> Content:
        """What a line says, in at most so many cells."""
        raise NotImplementedError

    def block_of(self, line: int) -> range | None:
        """The lines that belong together with this one; None where it cannot be stood on."""
        raise NotImplementedError

    def moved(self) -> None:
        """Something else is stood on, by somebody's hand."""

    def chosen(self) -> None:
        """What is stood on was chosen."""

    def renew(self) -> None:
        """Draw everything in sight anew: the lines are others."""
        self._drawn.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, self.count)
        self.refresh()

    def stand_on(self, line: int | None, *, told: bool = True, top: bool = False) -> None:
        """Stand on a line's block and bring it into sight, or to the `top`; `told` says so to whoever listens."""
        block = self.block_of(line) if line is not None and 0 <= line < self.count else None
        before, self.here = self.here, block.start if block else None
        if block:
            # What leads up to the first that can be stood on is seen with it.
            lead = 0 if self._next(block.start - 1, -1) is None else block.start
            self._bring(range(lead, block.stop), top=top)
        self.refresh()
        if told and self.here != before:
            self.moved()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if line >= self.count:
            return Strip.blank(width, self.get_visual_style("lines--line").rich_style)
        block = self.block_of(line)
        here = block is not None and block.start == self.here
        strip = self._drawn.get((line, here))
        if strip is None:
            # Drawn with a blank cell at either end, so that what is stood on does not touch the edge.
            said = self.draw(line, max(width - 2, 1)).pad_left(1)
            style = (
                self.get_visual_style("lines--line", "lines--here") if here else self.get_visual_style("lines--line")
            )
            [strip, *_] = Visual.to_strips(self, said, width, 1, style, pad=True)
            self._drawn[line, here] = strip
        return strip

    def on_resize(self) -> None:
        """The same stays in sight."""
        self.renew()
        if self.here is not None:
            self.call_after_refresh(self.stand_on, self.here, told=False)

    def notify_style_update(self) -> None:
        """Other colours: nothing that was drawn holds."""
        self._drawn.clear()
        super().notify_style_update()

    def on_focus(self) -> None:
        """What is stood on shows more strongly."""
        self._drawn.clear()

    def on_blur(self) -> None:
        """What is stood on shows more quietly."""
        self._drawn.clear()

    def on_click(self, event: events.Click) -> None:
        """Stand on what was pointed at; pointed at once more, it is chosen."""
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset else self.count
        block = self.block_of(line) if line < self.count else None
        if block and block.start == self.here:
            self.chosen()
        elif block:
            self.stand_on(block.start)

    def action_step(self, step: int) -> None:
        """To the next that can be stood on, or the one before."""
        block = self.block_of(self.here) if self.here is not None else None
        edge = (block.stop if step > 0 else block.start - 1) if block else 0
        self._go(self._next(edge, step))

    def action_page(self, step: int) -> None:
        """A screen further, or back."""
        at = (self.here or 0) + step * max(self.size.height - 1, 1)
        at = min(max(at, 0), self.count - 1)
        found = self._next(at, step)
        self._go(self._next(at, -step) if found is None else found)

    def action_first(self) -> None:
        """To the first."""
        self._go(self._next(0, 1))

    def action_last(self) -> None:
        """To the last."""
        self._go(self._next(self.count - 1, -1))

    def _go(self, line: int | None) -> None:
        if line is not None:
            self.stand_on(line)

    def _next(self, line: int, step: int) -> int | None:
        """The nearest line from here on, in one direction, that can be stood on."""
        while 0 <= line < self.count:
            if self.block_of(line):
                return line
            line += step
        return None

    def _bring(self, lines: range, *, top: bool) -> None:
        if top:
            self.scroll_to(y=lines.start, animate=False, force=True, immediate=True)
            return
        region = Region(0, lines.start, max(self.scrollable_content_region.width, 1), len(lines))
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

"""Fields to type in: one line each; for names one that completes what is typed and nothing before."""

from __future__ import annotations

from collections.abc import Iterable

from textual.suggester import Suggester
from textual.widgets import Input

from rmsession.core.text import UserText, clean


class KnownNames(Suggester):
    """Completes a name from those known, once its first letter stands there; a list is never shown."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=False)
        self.names: tuple[str, ...] = ()

    def know(self, names: Iterable[UserText]) -> None:
        """Take the names that may be completed."""
        self.names = tuple(sorted({name.line.strip() for name in names if name}, key=str.casefold))

    async def get_suggestion(self, value: str) -> str | None:
        """The first name that goes on as `value` (case folded) begins."""
        if not value.strip():
            return None
        return next((name for name in self.names if name.casefold().startswith(value)), None)


class Field(Input):
    """One line, without control characters and invisible marks."""

    DEFAULT_CSS = """
    Field { background: $foreground 8%; background-tint: transparent; }
    Field.-textual-compact { padding: 0 1; }
    Field:focus { background: $accent 25%; background-tint: transparent; }
    Field:ansi { background: ansi_default; text-style: underline; }
    Field:ansi:focus { text-style: bold underline; }
    """

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a stretch."""
        super().replace(clean(text), start, end)


class NameField(Field):
    """One line for a name."""

    def __init__(self, name: UserText | None = None, *, hint: str = "", id: str | None = None) -> None:  # noqa: A002 # Textual's word
        self.known = KnownNames()
        super().__init__(name.line if name else "", placeholder=hint, suggester=self.known, compact=True, id=id)
        self._given = name

    @property
    def person(self) -> UserText:
        """The name as it stands; exactly the given one while nobody changed it."""
        if self._given is not None and self.value == self._given.line:
            return self._given
        return UserText(" ".join(self.value.split()))

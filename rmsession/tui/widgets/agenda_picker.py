"""The dialog that opens any file as an agenda; imported when it is asked for, since its parts take 30 ms to load."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input
from textual_fspicker import FileOpen
from textual_fspicker.parts import CurrentDirectory, DirectoryNavigation
from textual_fspicker.path_filters import Filter

from rmsession.reader.library import SUFFIXES


class AgendaPicker(FileOpen):
    """Shows folders and the files that agendas are in; the name of any other file can be typed."""

    DEFAULT_CSS = """
    AgendaPicker {
        Dialog { width: 90%; height: 90%; border: none; padding: 1 2; background: $panel; }
        Dialog OptionList, Dialog OptionList:focus {
            border: none; background: transparent; background-tint: transparent;
        }
        OptionList:focus > .option-list--option-highlighted {
            color: $text; background: $accent 25%; text-style: bold;
        }
        OptionList:ansi:focus > .option-list--option-highlighted {
            color: $block-cursor-foreground; background: $block-cursor-background;
        }
        InputBar { height: 1; margin-top: 1; padding: 0; }
        InputBar Input, InputBar Input:focus {
            width: 1fr; height: 1; border: none; padding: 0 1; background: $foreground 8%; background-tint: transparent;
        }
        InputBar Input:focus { background: $accent 25%; }
        #select, #cancel { height: 1; border: none; min-width: 12; background: $foreground 8%; color: $text; }
        #select { background: $accent 40%; }
        #select:focus, #cancel:focus { text-style: bold underline; }
    }
    """

    def __init__(self, folder: Path) -> None:
        # Without completion: it takes what is typed for a pattern, and `a**` or a long name ends the program.
        super().__init__(folder, "Open an agenda", suggest_completions=False)

    def on_mount(self) -> None:
        """List agenda files and folders only."""
        self.query_one(DirectoryNavigation).file_filter = Filter(
            "Agendas", lambda path: path.suffix.lower() in SUFFIXES
        )

    def _header_area(self) -> ComposeResult:
        """The folder by its name: read as markup, one called ``[`` ends the program."""
        yield CurrentDirectory(markup=False)

    @on(Input.Submitted)
    @on(Button.Pressed, "#select")
    def _look_first(self, event: Input.Submitted | Button.Pressed) -> None:
        """Say of a name that no file can have that there is none; the dialog itself would end the program over it."""
        if not _can_be_there(self.query_one(DirectoryNavigation).location, self.query_one(Input).value):
            event.stop()
            event.prevent_default()
            self._set_error("There is no such file")


def _can_be_there(folder: Path, name: str) -> bool:
    """Whether the system takes this for a name at all, of something that is there or not."""
    try:
        (folder / Path(name).expanduser()).resolve().is_dir()
    except (OSError, ValueError, RuntimeError):
        return False
    return True

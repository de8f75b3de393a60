"""The dialog that opens any file as an agenda; imported when it is asked for, since its parts take 30 ms to load."""

from __future__ import annotations

from pathlib import Path

from textual_fspicker import FileOpen
from textual_fspicker.parts import DirectoryNavigation
from textual_fspicker.path_filters import Filter

from rmsession.reader.library import SUFFIXES


class AgendaPicker(FileOpen):
    """Shows folders and the files that agendas are in; the name of any other file can be typed."""

    DEFAULT_CSS = """
    AgendaPicker {
        Dialog { width: 90%; height: 90%; border: none; padding: 1 2; background: $surface; }
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
        super().__init__(folder, "Open an agenda")

    def on_mount(self) -> None:
        """List agenda files and folders only."""
        self.query_one(DirectoryNavigation).file_filter = Filter(
            "Agendas", lambda path: path.suffix.lower() in SUFFIXES
        )

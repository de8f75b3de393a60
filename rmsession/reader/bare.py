"""markdown-it as far as an agenda needs it: without what finds addresses in plain words."""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.common import utils
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_core import ParserCore
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML


class BareMarkdown(MarkdownIt):
    """The CommonMark parser, made as its parent makes it but for one thing.

    The parent takes linkify-it wherever it is installed, and Textual installs it: the patterns of every country's
    addresses take longer to compile than ten agendas to read, and 1 MB. No rule of CommonMark asks for them.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        # Not the parent's: that is what this is for. `test_bare` holds the two together.
        self.utils = utils
        self.helpers = helpers
        self.inline = ParserInline()
        self.block = ParserBlock()
        self.core = ParserCore()
        self.renderer = RendererHTML(self)
        self.linkify = None
        self.configure("commonmark", options_update=options)

"""markdown-it's block rules, each tried only where the first sign of a line allows it.

Nothing that a text means changes: a rule that is left out would have said no. But most lines are plain words, for which
markdown-it asks nine rules twice over, and again at each line that goes on; and what it builds for a renderer (closing
tokens, attributes, which paragraphs are tight) no outline needs. Together that halves the time of the block parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown_it import rules_block
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from rmsession.reader.block_state import BARS, BlockState

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

_CODE = 4
"""Columns by which a line of code is set in."""


class BlockParser(ParserBlock):
    """Asks of each line only the rules that its first sign lets hope."""

    def __init__(self) -> None:
        self.ruler = Ruler[RuleFuncBlockType]()
        # The rules ask the ruler for no more than this: whether there is code, and what ends an item or a quotation.
        self.ruler.push("code", rules_block.code)
        self.ruler.push("end of item", _ends_item, {"alt": ["list"]})
        self.ruler.push("end of quotation", _ends_quotation, {"alt": ["blockquote"]})

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803 - the parent's name
        """The tokens of a text."""
        if not src:
            return None
        state = BlockState(src, md, env, outTokens)
        self.tokenize(state, 0, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - the parent's names
        """Read the lines from one up to another."""
        src, begins, shifts, ends, columns = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
        deepest, last = state.md.options.maxNesting, state.lineMax
        line = startLine
        while line < endLine:
            while line < last and begins[line] + shifts[line] >= ends[line]:
                line += 1
            state.line = line
            if line >= endLine or columns[line] < state.blkIndent:
                break
            if state.level >= deepest:
                state.line = endLine
                break
            _block(state, line, endLine, src[begins[line] + shifts[line]])
            line = state.line
            if line < endLine and begins[line] + shifts[line] >= ends[line]:
                line += 1
                state.line = line
        state.tight = False  # and nobody marks the paragraphs of lists as tight, which only a renderer asks


def _block(state: StateBlock, line: int, end: int, sign: str) -> None:
    """Read the block that begins here."""
    if state.sCount[line] - state.blkIndent >= _CODE:
        rules_block.code(state, line, end, False)
        return
    if _may_be_table(state, line) and rules_block.table(state, line, end, False):
        return
    for rule in _RULES.get(sign, ()):
        if rule(state, line, end, False):
            return
    _paragraph(state, line, end)


def _paragraph(state: StateBlock, start: int, end: int) -> None:
    """Read a paragraph, or the heading that an underline makes of it; a paragraph may go on up to the last line."""
    src, begins, shifts, ends, columns = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
    indent, line, last = state.blkIndent, start + 1, state.lineMax
    before, state.parentType = state.parentType, "paragraph"
    underline = ""
    while line < last:
        at = begins[line] + shifts[line]
        if at >= ends[line]:
            break
        if columns[line] - indent < _CODE:
            sign = src[at]
            if sign in "-=" and line < end and columns[line] >= indent and _is_of(src[at : ends[line]], sign):
                underline = sign
                break
            # A quotation marks a line that only hangs on to its last paragraph with less than nought.
            if columns[line] >= 0 and (_begins(state, line, _RULES.get(sign, ())) or _is_table(state, line)):
                break
        line += 1
    state.parentType = before
    state.line = line + 1 if underline else line
    if underline:
        state.push("heading_open", _UNDERLINES[underline], 1).map = [start, line + 1]
    token = state.push("inline", "", 0)
    token.map = [start, line]
    token.content = _content(state, start, line)
    if underline:
        state.push("heading_close", _UNDERLINES[underline], -1)


def _content(state: StateBlock, start: int, end: int) -> str:
    """The words of some lines, without what they are set in by."""
    if end == start + 1 and not state.bsCount[start]:  # in a quotation, tabs can put words out of their place
        return state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip(_BLANKS)
    return state.getLines(start, end, state.blkIndent, False).strip(_BLANKS)


def _is_of(line: str, sign: str) -> bool:
    """Whether a line holds one sign, again and again, and nothing else."""
    return not line.lstrip(sign).lstrip(" \t")


def _begins(state: StateBlock, line: int, rules: Sequence[RuleFuncBlockType]) -> bool:
    """Whether one of the rules finds its block on a line."""
    for rule in rules:  # noqa: SIM110 - any() of a generator takes twice as long, and this is asked of every line
        if rule(state, line, state.lineMax, True):
            return True
    return False


def _may_be_table(state: StateBlock, line: int) -> bool:
    """Whether the next line may be the one under a table's heads."""
    if BARS not in state.env or line + 1 >= state.lineMax:
        return False
    at = state.bMarks[line + 1] + state.tShift[line + 1]
    return at < state.eMarks[line + 1] and state.src[at] in "|-:"


def _is_table(state: StateBlock, line: int) -> bool:
    """Whether a table begins on a line."""
    return _may_be_table(state, line) and rules_block.table(state, line, state.lineMax, True)


def _rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line drawn across the page: it ends with the sign it begins with."""
    last = state.src[state.eMarks[line] - 1]
    drawn = last in " \t" or last == state.src[state.bMarks[line] + state.tShift[line]]
    return drawn and rules_block.hr(state, line, end, silent)


def _bullets(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A list whose items begin with a sign and a blank."""
    behind = state.bMarks[line] + state.tShift[line] + 1
    marked = behind >= state.eMarks[line] or state.src[behind] in " \t"
    return marked and rules_block.list_block(state, line, end, silent)


def _sign(state: StateBlock, line: int) -> str:
    """The first sign of a line; it may be empty, and the last of the text."""
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at : at + 1]


def _ends_item(state: StateBlock, line: int, _: int, silent: bool) -> bool:
    """Whether something that is no item begins on the line after one."""
    return silent and _begins(state, line, _NO_ITEMS.get(_sign(state, line), ()))


def _ends_quotation(state: StateBlock, line: int, _: int, silent: bool) -> bool:
    """Whether something begins on the line after a quotation or a table's row, which else would go on there."""
    return silent and _begins(state, line, _RULES.get(_sign(state, line), ()))


_RULES: dict[str, tuple[RuleFuncBlockType, ...]] = {
    "`": (rules_block.fence,),
    "~": (rules_block.fence,),
    ">": (rules_block.blockquote,),
    "*": (_rule, _bullets),
    "-": (_rule, _bullets),
    "+": (_bullets,),
    "_": (_rule,),
    "<": (rules_block.html_block,),
    "#": (rules_block.heading,),
    **dict.fromkeys("0123456789", (rules_block.list_block,)),
}
"""What may begin with a sign, in the order in which it is asked; all else is a paragraph."""
_NO_ITEMS = {sign: _RULES[sign][:1] for sign in "`~>*-_"}
"""What ends an item and is none itself."""
_UNDERLINES = {"=": "h1", "-": "h2"}
_BLANKS = "\t\n\v\f\r \xa0\u1680\u202f\u205f\u3000\u2028\u2029" + "".join(map(chr, range(0x2000, 0x200B)))
"""What Markdown takes for blank around a paragraph."""

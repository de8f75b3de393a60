"""No text of a person reaches a widget but through a conversion: read in the source, so that new code joins in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from hostile.parts import PARTS
from hostile.payloads import CATALOGUE, LITERALS, harm
from hostile.sites import sources
from support.tally import tally
from textual.content import Content

from rmsession.core.text import UserText, clean
from rmsession.tui import text
from rmsession.tui.text import Gate

READ_AS_MARKUP = {
    "Static", "Label", "Option", "Button", "Checkbox", "RadioButton", "Select", "SelectionList", "Tab", "TabPane",
    "Collapsible", "DataTable", "Tree", "Markdown", "MarkdownViewer", "RichLog",
}  # fmt: skip
"""Widgets that take a ``str`` for markup, or draw it as it is."""
ATTRIBUTES = {"tooltip", "border_title", "border_subtitle", "title", "sub_title"}
"""What a widget, a screen or the app reads as markup, or sends to the terminal's window."""
SHOWS = READ_AS_MARKUP | {"Content", "styled", "assemble", "from_markup", "Text", "update", "notify", "set_options"}
CATALOGUED_LINES = [(each.name, each.raw, each.shown) for each in CATALOGUE]


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call in the source, with the last part of its name."""
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                yield name, node, called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == name), None)


def is_fixed(value: ast.expr) -> bool:
    """Whether it is a text of the program's own, or no ``str`` at all as far as can be read."""
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.IfExp):
        return is_fixed(value.body) and is_fixed(value.orelse)
    return not isinstance(value, ast.JoinedStr | ast.BinOp | ast.Subscript)


def test_toasts_read_no_markup():
    wrong = [f"{name}:{call.lineno}" for name, call, called in calls()
             if called == "notify" and getattr(keyword(call, "markup"), "value", None) is not False]  # fmt: skip
    assert wrong == []


def test_no_made_up_str_is_given_to_what_reads_markup():
    wrong = []
    for name, call, called in calls():
        if called in READ_AS_MARKUP:
            literal = getattr(keyword(call, "markup"), "value", None) is False
            wrong += [f"{name}:{call.lineno}" for each in call.args if not literal and not is_fixed(each)]
        if called == "from_markup":
            wrong += [f"{name}:{call.lineno}" for each in call.args if not isinstance(each, ast.Constant)]
        if called == "update" and call.args and isinstance(call.args[0], ast.JoinedStr):
            wrong.append(f"{name}:{call.lineno}")
    assert wrong == []


def test_nothing_of_a_person_is_put_into_a_title_or_a_tooltip():
    wrong = []
    for name, tree in sources():
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                    wrong += [] if isinstance(node.value, ast.Constant) else [f"{name}:{node.lineno}"]
    for name, call, called in calls():
        if called in ("Binding", *READ_AS_MARKUP) and name != "keys.py":
            tip = keyword(call, "tooltip")
            wrong += [] if tip is None or isinstance(tip, ast.Constant) else [f"{name}:{call.lineno}"]
    assert wrong == []


def test_the_characters_as_typed_are_never_shown():
    wrong = []
    for name, call, called in calls():
        if name != "text.py" and called in SHOWS:
            inside = (node for each in call.args for node in ast.walk(each))
            raw = [each for each in inside if isinstance(each, ast.Attribute) and each.attr == "raw"]
            # A value made for a conversion is on its way to one.
            made = [node for each in call.args for node in ast.walk(each) if isinstance(node, ast.Call)
                    and getattr(node.func, "id", "") in ("UserText", "blocks")]  # fmt: skip
            wrong += [f"{name}:{call.lineno}"] if raw and not made else []
    assert wrong == []


def test_every_payload_of_the_catalogue_is_shown_literally():
    for name, raw, shown in CATALOGUED_LINES:
        line = clean(raw)
        assert not harm(line), name
        assert not harm(clean(raw, lines=True), lines=True), name
        if shown is not None:
            assert line == shown, name
        user = UserText(raw)
        assert text.content(user).plain == line
        assert text.content(user).spans == []
        assert text.block(user).plain == clean(raw, lines=True)
        assert text.error(raw).plain == line
        assert Content.from_markup(text.escaped(user, limit=20_000)).plain == line
        assert Content.from_markup(text.escaped(user, limit=20_000)).spans == []
        assert len(text.typed(raw)) == len(raw)
        assert not harm(text.typed(raw)), name
        assert text.offered([raw]) == ((raw,) if line == raw else ())
        assert not harm(text.plain(user))
    for literal in LITERALS:
        assert text.content(UserText(literal)).plain == clean(literal) == literal == text.typed(literal)
    tally("hostile text: payloads x conversions", cases=8 * len(CATALOGUED_LINES))


def test_the_gate_lets_nothing_through_and_keeps_the_width():
    from rich.cells import cell_len
    from rich.segment import Segment
    from textual.color import Color

    gate = Gate()
    for name, raw, _ in CATALOGUED_LINES:
        before = [Segment("a"), Segment(raw.replace("\n", "")), Segment("b")]
        after = gate.apply(before, Color(0, 0, 0))
        assert not harm("".join(each.text for each in after)), name
        assert [cell_len(each.text) for each in after] == [cell_len(each.text) for each in before], name
    plain = [Segment("as it is [TODO] 漢字")]
    assert gate.apply(plain, Color(0, 0, 0)) is plain


def test_every_part_of_the_sweep_is_run():
    parts = [path.read_text("utf-8") for path in Path(__file__).parent.glob("test_screens*.py")]
    run = [int(number) for text in parts for number in re.findall(r"await swept\((\d+),", text)]
    assert sorted(run) == [*range(PARTS)]

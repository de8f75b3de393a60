"""What somebody might write into an agenda, a note, a name or a file name, with what it would do if it were obeyed.

`CATALOGUE` is what is tried; `harm` finds in a painted or printed text whatever must never be there.
"""

from __future__ import annotations

from dataclasses import dataclass

LITERALS = ("[TODO]", "[x] done", "[/home/x]", "arr[0]")
"""What people really write, and what markup would swallow."""
MARK = "Ψ"
"""Begins every planted text, so that it is found again wherever it is shown."""
CANARY = "app.canary"
"""An action of the test's own app: it must never run, whatever is shown and clicked."""


@dataclass(frozen=True)
class Payload:
    """One hostile text."""

    name: str
    raw: str
    why: str
    shown: str | None = None
    """What one line of it shows, where that is not just the text with its control characters pictured."""


def _markup() -> list[Payload]:
    texts = {
        "todo": ("[TODO]", "an unknown tag vanishes"),
        "box": ("[x] done", "a tag called x vanishes"),
        "closing path": ("[/home/x]", "a closing tag that nothing opened ends the program"),
        "index": ("arr[0]", "a tag called 0 vanishes"),
        "action": ("[@click=app.quit]x[/]", "a click on it leaves"),
        "own action": (f"[@click={CANARY}]x[/]", "a click on it runs an action of the app"),
        "quoted action": ('[@click="app.bell"]x[/]', "the same, quoted"),
        "screen action": ("[@click=screen.dismiss(None)]x[/]", "a click on it closes the screen"),
        "lone closing": ("[/]", "raises MarkupError"),
        "half a closing": ("[/", "raises MarkupError"),
        "half a tag": ("[bold", "an open tag"),
        "style": ("[red]no[/red]", "colours"),
        "colours": ("[on #ff0000]no[/]", "hides text in its own colour"),
        "variable": ("[$error]no[/]", "a theme variable"),
        "link": ("[link=file:///etc/passwd]x[/link]", "a terminal link to a file"),
        "quoted link": ("[link='https://evil.example']bank[/]", "a terminal link"),
        "doubled": ("[[bold]]", "an escaped bracket in other markups"),
        "backslash": (r"\[bold]x\[/bold]", "an escaped bracket in this one"),
        "two backslashes": (r"\\[bold]x", "an escaped backslash before a tag"),
        "ending backslash": ("ends in \\", "escapes what is put behind it"),
        "brackets": ("[]][[", "no tag at all"),
        "emoji code": (":skull: :warning:", "Rich makes emoji of it"),
        "style meta": ("[@mouse.up=app.quit]x[/]", "another mouse event"),
    }
    return [Payload(name, raw, why, raw) for name, (raw, why) in texts.items()]


def _controls() -> list[Payload]:
    sequences = {
        "title": "\x1b]0;owned\x07",
        "title by ST": "\x1b]2;owned\x1b\\",
        "terminal link": "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
        "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
        "clear": "\x1b[2J\x1b[H",
        "scrollback": "\x1b[3J",
        "cursor": "\x1b7\x1b[99;99H\x1b8",
        "query": "\x1b[c\x1b[6n\x1b[>q",
        "report title": "\x1b[21t",
        "DCS": "\x1bP+q544e\x1b\\",
        "sixel": "\x1bPq#0;2;0;0;0#0~~@@\x1b\\",
        "APC": "\x1b_Gf=100,a=T;AAAA\x1b\\",
        "PM": "\x1b^private\x1b\\",
        "SOS": "\x1bXstring\x1b\\",
        "end of paste": "\x1b[201~rm -rf ~\r",
        "kitty keys": "\x1b[>31u",
        "mouse": "\x1b[?1003h",
        "alternate screen": "\x1b[?1049l",
        "reset": "\x1bc",
        "charset": "\x1b(0\x0e",
        "notify": "\x1b]777;notify;a;b\x07",
        "iTerm": "\x1b]1337;File=inline=1:AAAA\x07",
        "8-bit CSI": "\x9b2J\x9b31m",
        "8-bit OSC": "\x9d0;owned\x9c",
        "8-bit DCS": "\x90q\x9c",
        "next line": "a\x85b",
        "overstrike": "safe\x08\x08\x08\x08evil",
        "carriage return": "evil\rsafe",
        "bell": "\x07\x07",
        "NUL": "a\x00b",
        "tab and feed": "a\tb\x0bc\x0cd",
        "delete": "a\x7fb",
        "every C0": "".join(map(chr, range(0x20))),
        "every C1": "".join(map(chr, range(0x80, 0xA0))),
    }
    return [Payload(name, raw, "a terminal obeys it") for name, raw in sequences.items()]


def _unseen() -> list[Payload]:
    return [
        Payload("override", "user\u202egnp.exe", "reads backwards", "usergnp.exe"),
        Payload("embeddings", "\u202a\u202b\u202c\u202dx", "change the direction", "x"),
        Payload("isolates", "\u2066a\u2067b\u2068c\u2069", "change the direction", "abc"),
        Payload("marks", "\u200ea\u200fb\u061c", "change the direction", "ab"),
        Payload("zero width", "pa\u200bss\u2060wo\u2063rd", "hides in a word", "password"),
        Payload("byte order mark", "\ufeffx", "hides", "x"),
        Payload("soft hyphen", "co\u00adop", "hides", "coop"),
        Payload("tag characters", "x" + "".join(chr(0xE0000 + ord(c)) for c in "secret"), "smuggles a text", "x"),
        Payload("annotation", "\ufff9a\ufffab\ufffb", "hides", "ab"),
        Payload("high surrogate", "half \ud83d", "cannot be sent: encoding it raises", "half \ufffd"),
        Payload("low surrogate", "half \udcff", "a byte of a file name that is no UTF-8", "half \ufffd"),
        Payload("line separators", "a\u2028b\u2029c", "ends the line for some", "a ⏎ b ⏎ c"),
    ]


def _shapes() -> list[Payload]:
    words = {
        "long word": ("W" * 10_000, "no place to wrap"),
        "long bracket": ("[" * 3_000, "three thousand tags"),
        "many marks": ("z" + "\u0301\u0489" * 100, "one cell, two hundred marks"),
        "family": ("👨\u200d👩\u200d👧\u200d👦", "one emoji of seven characters"),
        "flags": ("🇩🇪🇫🇷🏴\u200d☠\ufe0f", "emoji of letters"),
        "skin": ("👍🏿👩🏽\u200d🚀", "emoji with a colour"),
        "keycaps": ("1\ufe0f\u20e3 #\ufe0f\u20e3", "digits with two marks"),
        "selectors": ("☎\ufe0e☎\ufe0f", "the same sign in one cell and in two"),
        "arabic": ("السلام عليكم", "runs from right to left"),
        "hebrew": ("שלום [TODO] עולם", "runs both ways"),
        "persian": ("می\u200cخواهم", "needs its joiner"),
        "wide": ("漢字かな한국어", "two cells a character"),
        "ambiguous": ("①±×÷…—", "one cell or two"),
        "homoglyphs": ("раураl.com", "Cyrillic that looks like Latin"),
        "shell": ("$(rm -rf ~) `id` ; & | > < ' \" \\", "a shell obeys it"),
        "formats": ("%s %n {} {0.__class__} {{7*7}} ${7*7} <%= 7 %>", "format strings and templates"),
        "html": ("<script>alert(1)</script> &lt; <!-- x", "markup elsewhere"),
        "formula": ("=cmd|'/c calc'!A0", "a spreadsheet obeys it"),
        "option": ("--help", "looks like an option"),
        "path": ("../../../etc/passwd", "looks like a path"),
        "null word": ("None", "looks like nothing"),
    }
    return [Payload(name, raw, why, raw) for name, (raw, why) in words.items()] + [
        Payload("many lines", "\n".join(f"line {number}" for number in range(1000)), "a thousand lines"),
    ]


CATALOGUE = (*_markup(), *_controls(), *_unseen(), *_shapes())
"""Every payload that is tried."""

MARKUP = " ".join(LITERALS) + f" [@click={CANARY}]x[/] [/ [bold [$x]"
ESCAPES = "\x1b]0;T\x07\x1b[2J\x9b31m\x1b]8;;u\x1b\\\x00\x08\r\x7f\u202eR\u200bZ\ufeff\U000e0041\u2028L"
LONG = "W" * 10_000
SHAPES = "👨\u200d👩\u200d👧\u200d👦 漢字 השלום z" + "\u0301" * 50 + " 🇩🇪 1\ufe0f\u20e3 %s {0.__class__} $(rm)"
SUITS = {"markup": MARKUP, "escapes": ESCAPES, "shapes": SHAPES, "long": LONG}
"""What stands behind the mark in every field of one sweep: each kind of harm by itself, so that none hides another."""

_NEVER = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "control character"),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C], "direction"),
    **dict.fromkeys([0x200B, 0x2060, 0x2063, 0xFEFF, 0x00AD, *range(0xE0001, 0xE0080)], "invisible"),
    **dict.fromkeys([0x2028, 0x2029], "line separator"),
    **dict.fromkeys(range(0xD800, 0xE000), "surrogate"),
}
"""Written out here once more, so that a hole in the product's own table shows."""


def harm(text: str, *, lines: bool = False) -> dict[str, str]:
    """What in a text must never be shown: the character's number and what it is; line ends are allowed with `lines`."""
    return {
        f"U+{ord(each):04X}": _NEVER[ord(each)]
        for each in set(text)
        if ord(each) in _NEVER and not (lines and each == "\n")
    }

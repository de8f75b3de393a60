"""Every problem the reader tells of, in its words: what it took for granted, and how the writer can settle it."""

from __future__ import annotations

from rmsession.core.agenda import Problem, Severity
from rmsession.core.text import clean, shortened

_LONGEST_QUOTE = 60


def _warning(line: int, code: str, message: str, mend: str) -> Problem:
    return Problem(line, Severity.WARNING, code, message, mend)


def quoted(title: str) -> str:
    """A title as a message quotes it."""
    return f"“{shortened(clean(title), _LONGEST_QUOTE)}”"


def minutes(amount: float) -> str:
    """Minutes in figures, whole ones without a fraction."""
    return f"{amount:g} min"


def encoding_guessed(encoding: str, line: int = 1) -> Problem:
    """The bytes are no UTF-8 and carry no mark."""
    return _warning(line, "encoding-guessed", f"not UTF-8; read as {encoding}", "save the file as UTF-8")


def bytes_replaced(line: int, encoding: str) -> Problem:
    """Single bytes make no sense in the file's encoding."""
    message = f"some bytes are no {encoding}; they show as \ufffd"
    return _warning(line, "bytes-replaced", message, "save the file as UTF-8 and type those characters again")


def nul_dropped(line: int) -> Problem:
    """NUL characters were left out."""
    return _warning(line, "nul-dropped", "NUL characters were left out", "save the file as plain text")


def front_matter_unreadable(line: int, reason: str) -> Problem:
    """The block at the top is no valid YAML or TOML."""
    message = f"the front matter was not understood ({shortened(clean(reason), 80)})"
    return _warning(line, "front-matter-unreadable", message, "write it as `key: value` lines between two lines of ---")


def front_matter_value(line: int, key: str, value: str, expected: str) -> Problem:
    """A value of the front matter is not one it can have."""
    message = f"front matter: {key} {quoted(value)} was not understood"
    return _warning(line, "front-matter-value", message, f"write {key} as {expected}")


def no_title(line: int, used: str) -> Problem:
    """Nothing names the agenda."""
    taken = f"called {quoted(used)} after its file" if used else "called “Session”"
    return _warning(line, "no-title", f"no title; {taken}", "begin with a line such as # Kick-off")


def no_topics() -> Problem:
    """There is nothing in it."""
    return Problem(
        1, Severity.ERROR, "no-topics", "no topics: the text is empty", "write each topic as ## Topic (10 min)"
    )


def one_topic(line: int) -> Problem:
    """Nothing divides the text."""
    message = "nothing divides the text into topics; it is one topic"
    return _warning(line, "one-topic", message, "write each topic as ## Topic (10 min)")


def no_times(line: int) -> Problem:
    """Topics, but no time-box."""
    return _warning(line, "no-times", "no topic states its time", "add a time-box to each title, such as (10 min)")


def untimed_topic(line: int, title: str) -> Problem:
    """One topic without a time-box among timed ones."""
    return _warning(
        line, "untimed-topic", f"{quoted(title)} states no time", "add a time-box to its title, such as (10 min)"
    )


def more_untimed(line: int, count: int) -> Problem:
    """As many again."""
    return _warning(
        line, "untimed-topic", f"{count} more topics state no time", "add a time-box to each, such as (10 min)"
    )


def sum_differs(line: int, total: float, stated: float) -> Problem:
    """The time-boxes do not add up to the stated total."""
    off = total - stated
    more = "more" if off > 0 else "less"
    message = f"the topics come to {minutes(total)}, {minutes(abs(off))} {more} than the {minutes(stated)} stated"
    return _warning(line, "sum-differs", message, "change a time-box or the duration")


def range_taken(line: int, title: str, least: float, most: float) -> Problem:
    """A range has two ends; the upper one counts."""
    message = f"{quoted(title)}: {least:g}–{minutes(most)}; {minutes(most)} taken"
    return _warning(line, "range-taken", message, "state one figure")


def open_ended(line: int, title: str, least: float) -> Problem:
    """``30+ minutes``."""
    return _warning(
        line, "open-ended", f"{quoted(title)}: {least:g} min or more; {minutes(least)} taken", "state one figure"
    )


def summed(line: int, title: str, total: float) -> Problem:
    """``5+5 min``."""
    return _warning(line, "summed", f"{quoted(title)}: several times added up to {minutes(total)}", "state their sum")


def parts_summed(line: int, title: str, total: float) -> Problem:
    """A topic without a time of its own whose parts have theirs."""
    message = f"{quoted(title)} states no time; its parts come to {minutes(total)}"
    return _warning(line, "parts-summed", message, f"add ({minutes(total)}) to its title")


def parts_differ(line: int, title: str, own: float, parts: float) -> Problem:
    """A topic's parts do not add up to it."""
    message = f"{quoted(title)} has {minutes(own)}, its parts {minutes(parts)}; {minutes(own)} taken"
    return _warning(line, "parts-differ", message, "make them agree")


def clock_converted(line: int) -> Problem:
    """Times of day stand for time-boxes."""
    return _warning(
        line, "clock-converted", "times of day were made into minutes", "state minutes to start at any time: (30 min)"
    )


def clock_differs(line: int, title: str, own: float, clock: float) -> Problem:
    """A time-box and the times of day beside it disagree."""
    message = f"{quoted(title)} has {minutes(own)}, its times of day {minutes(clock)}; {minutes(own)} taken"
    return _warning(line, "clock-differs", message, "make them agree")


def clock_backwards(line: int, title: str) -> Problem:
    """A time of day is earlier than the one before."""
    return _warning(
        line,
        "clock-backwards",
        f"{quoted(title)}: the clock runs backwards; its length is unknown",
        "correct the times",
    )


def clock_half(line: int, title: str) -> Problem:
    """``12:30am`` at lunch."""
    return _warning(line, "clock-half", f"{quoted(title)}: am taken for pm", "correct the time of day")


def times_below(line: int, title: str, amount: float) -> Problem:
    """A time from the text under a heading."""
    message = f"{quoted(title)}: {minutes(amount)} taken from the text below"
    return _warning(line, "time-in-text", message, f"write ({minutes(amount)}) behind the title")


def unit_guessed(line: int) -> Problem:
    """``(10)``."""
    return _warning(line, "unit-guessed", "bare numbers in brackets were taken for minutes", "write (10 min)")


def quoted_topics(line: int) -> Problem:
    """The topics stand in a block quote."""
    return _warning(line, "quoted-topics", "the topics stand in a quotation", "take the > signs away")


def repeated_title(line: int, title: str, first: int) -> Problem:
    """Two topics with one name."""
    message = f"{quoted(title)} is also on line {first}"
    return _warning(line, "repeated-title", message, "give each topic a title of its own")


def left_out(line: int, what: str, limit: int, where: str = "", *, mend: str = "split the agenda") -> Problem:
    """More of something than is read; `what` is a plural, and `where` tells which of them count."""
    return _warning(line, f"too-many-{what}", f"only the first {limit:,} {what}{where} were read", mend)


def cut_short(line: int, what: str, limit: int) -> Problem:
    """A text longer than is read."""
    return _warning(line, "too-long", f"{what} was cut at {limit:,} characters", "make it shorter")


def too_deep(line: int, limit: int) -> Problem:
    """Lists or quotations in one another beyond what is looked into."""
    message = f"lists and quotations are looked into {limit} deep; what lies deeper is left as text"
    return _warning(line, "too-deep", message, "set it in less")

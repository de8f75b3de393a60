"""The installed program with one fault put in, of a kind that nobody foresaw: ``faulty.py FAULT run …``.

The fault strikes at page down, or at the words ``it breaks here``; its message and its locals hold a secret.
"""

from __future__ import annotations

import sys

SIGN = "it breaks here"
SECRET = "the secret in a message"


def broken(*_: object, **__: object) -> None:
    held = SECRET
    raise ZeroDivisionError(held)


async def broken_later(*_: object, **__: object) -> None:
    broken()


class Drawn(Exception):
    """An error that draws itself, as those of markup and style sheets do."""

    def __rich__(self) -> str:
        return SECRET


def said(fact) -> str:
    """The words of a captured line."""
    return fact.what.content.text.raw if type(fact.what).__name__ == "Captured" else ""


def put_in(fault: str) -> None:  # noqa: C901 - one fault a case
    from rmsession.store.tiny import TinyStore
    from rmsession.tui.driver import Parser
    from rmsession.tui.screens.session import SessionScreen
    from rmsession.tui.widgets.countdown import Countdown

    def at_key(what):
        SessionScreen.action_scroll_text = what

    def drawn(*_):
        raise Drawn(SECRET)

    def drawing(screen, _):
        Countdown.render = Countdown.render_line = broken
        screen.query_one(Countdown).refresh(layout=True)

    match fault:
        case "screen":
            at_key(broken)
        case "drawn":
            at_key(drawn)
        case "drawing":
            at_key(drawing)
        case "timer":
            at_key(lambda screen, _: screen.set_timer(0.01, broken))
        case "worker":
            at_key(lambda screen, _: screen.run_worker(broken_later()))
        case "thread":
            at_key(lambda screen, _: screen.run_worker(broken, thread=True))
        case "app":
            at_key(lambda screen, _: screen.app.call_later(broken))
        case "input":
            feed = Parser.feed

            def cut_short(parser, data):
                before, sign, _ = data.partition("\x1b[6~")
                yield from feed(parser, before)
                if sign:
                    broken()

            Parser.feed = cut_short
        case "recorder":
            append = TinyStore.append
            TinyStore.append = lambda store, session, fact: (
                broken() if SIGN in said(fact) else append(store, session, fact)
            )
        case _:
            raise SystemExit(f"no such fault: {fault}")


if __name__ == "__main__":
    put_in(sys.argv.pop(1))
    from rmsession.cli import main

    main()

"""Opening a link of the topic: which one, shown in full, and only then, when it was said."""

from __future__ import annotations

import asyncio
import webbrowser
from collections.abc import Coroutine, Iterator
from typing import Any, Protocol

from textual.app import App
from textual.content import Content

from rmsession.core.agenda import PromptKind, Topic
from rmsession.core.decision import Refusal
from rmsession.core.links import host_of, web_address
from rmsession.core.text import UserText
from rmsession.reader.blocks import blocks
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.text import content

_KEYS = "123456789"
_OPEN, _COPY = "open", "copy"


class Host(Protocol):
    """What opening a link asks of the screen."""

    @property
    def app(self) -> App[object]:
        """The app, to push screens on and to open an address with."""

    def refuse(self, refusal: Refusal) -> bool:
        """Say why not; False."""

    def run_worker(self, work: Coroutine[Any, Any, None], /) -> object:
        """Run something beside the screen."""


def links_of(topic: Topic, *, revealed: bool) -> tuple[str, ...]:
    """The web addresses in a topic's text and prompts, each once; in what is private only while it is revealed."""
    if topic.private and not revealed:
        return ()
    texts = [topic.body, *(each.text for each in topic.prompts if revealed or each.kind is not PromptKind.PRIVATE)]
    return tuple(dict.fromkeys(each for text in texts for each in _links(text)))


def open_link(host: Host, topic: Topic | None, argument: str, *, revealed: bool) -> bool:
    """Ask about a topic's link, the one of that number where there are several; False when there is none."""
    links = links_of(topic, revealed=revealed) if topic else ()
    if not links:
        return host.refuse(Refusal("There is no link here: only http and https addresses are opened."))
    if argument:
        place = int(argument) - 1 if argument.isdecimal() and len(argument) < len(_KEYS) else -1
        if not 0 <= place < len(links):
            return host.refuse(Refusal(f"There are links 1 to {len(links)} here: /link 1"))
        links = (links[place],)
    ask_about(host, links)
    return True


def ask_about(host: Host, links: tuple[str, ...]) -> None:
    """Ask which of some addresses is meant, if there are several, and whether to open it."""
    if len(links) == 1:
        _ask(host, links[0])
        return
    keys = [*_KEYS, *([""] * len(links))]
    choices = [Choice(link, content(UserText(link)), key) for link, key in zip(links, keys, strict=False)]

    def chosen(link: str | None) -> None:
        if link:
            _ask(host, link)

    host.app.push_screen(
        Ask(Content("Which link?"), Content("It is shown in full before it is opened."), choices), chosen
    )


def _links(text: UserText) -> Iterator[str]:
    for block in blocks(text.raw):
        for run in block.runs:
            if address := web_address(run.link):
                yield address


def _ask(host: Host, address: str) -> None:
    says = Content.assemble(content(UserText(address), "$foreground"), f"\n\nIt leads to {host_of(address)}.")
    choices = [
        Choice("no", Content("Leave it"), "l"),
        Choice(_OPEN, Content("Open it in the browser"), "o"),
        Choice(_COPY, Content("Copy the address"), "c"),
    ]

    async def open_it() -> None:
        # Looking for a browser starts programs, and takes its time.
        if await asyncio.to_thread(_has_window):
            await asyncio.to_thread(host.app.open_url, address)
        else:
            host.refuse(Refusal("No browser here opens beside the terminal: copy the address instead."))

    def answered(answer: str | None) -> None:
        if answer == _OPEN:
            host.run_worker(open_it())
        elif answer == _COPY:
            host.app.copy_to_clipboard(address)

    host.app.push_screen(Ask(Content("Open this address?"), says, choices), answered)


def _has_window() -> bool:
    """Whether the person's browser has a window of its own; one in the terminal would draw over the session."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    in_terminal = isinstance(browser, webbrowser.GenericBrowser)
    return not in_terminal or isinstance(browser, webbrowser.BackgroundBrowser)

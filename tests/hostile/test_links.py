"""Links: http and https only, shown in full before they are opened, never anything else that an agenda can name."""

from __future__ import annotations

import re
import webbrowser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.building import agenda, prompt, topic
from support.stage import staged
from support.tally import tally

from rmsession.core.agenda import PromptKind
from rmsession.core.links import LONGEST, host_of, web_address
from rmsession.core.text import UserText
from rmsession.tui.screens import links

NEVER = (
    "", " ", "--help", "-https://example.org", "/etc/passwd", "./a.html", "../a", "a.html", "C:\\x", "\\\\host\\s",
    "//example.org", "example.org", "www.example.org", "file:///etc/passwd", "FILE:///etc/passwd", "smb://host/share",
    "vscode://file/x", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "about:config",
    "ftp://example.org", "ssh://x", "mailto:a@b", "tel:1", "chrome://settings", "view-source:https://example.org",
    "http:evil", "https:evil.example", "http:/evil.example", "https:///x", "http://", "https://?x", "https://#x",
    "https:\\\\evil.example", "https://evil.example\\@good.example", "ht\ttps://example.org", "\thttps://example.org",
    "https://example.org\n", "https://exa mple.org", "https://example.org/a b", " https://example.org",
    "https://example.org/\x00", "https://example.org/\x1b[2J", "https://example.org/\x9b", "https://example.org/\u202e",
    "https://\u202egro.elpmaxe", "https://example.org/\u200b", "https://exаmple.org", "https://例え.jp",
    'https://example.org/"--x', "https://example.org/`id`", "https://example.org/<x>", "https://example.org/{x}",
    "https://example.org:x/", "https://example.org:99999/", "https://[::1", "https://[x]/", "https://-x.example/",
    "https://--help/", "https://user@/x", "https://:80/", "https://@", "https://.example", "https://a..\u3002b",
    "\ufeffhttps://example.org", "httpſ://example.org", "https：//example.org", "https://example.org/%s|x",
    "https://example.org/" + "a" * LONGEST,
)  # fmt: skip
OPENED = {
    "https://example.org": "example.org",
    "http://example.org/": "example.org",
    "HTTPS://Example.ORG/a?b=c#d": "example.org",
    "https://xn--r8jz45g.jp/": "xn--r8jz45g.jp",
    "https://good.example@evil.example/": "evil.example",
    "https://good.example%2F@evil.example/": "evil.example",
    "https://user:pass@host.example:8080/a;b,c": "host.example",
    "https://127.0.0.1:8000/": "127.0.0.1",
    "https://[::1]/": "::1",
    "https://example.org/%E2%80%AE": "example.org",
    "https://example.org/a'b(c)*!$&+=~[0]": "example.org",
    "https://localhost": "localhost",
}


def test_nothing_but_a_web_address_is_opened():
    taken = [each for each in NEVER if web_address(each) is not None]
    assert not taken
    tally("links that must not open", cases=len(NEVER), wrong=len(taken))


@pytest.mark.parametrize("address", OPENED)
def test_a_web_address_is_taken_as_it_is_and_its_host_is_told(address):
    assert web_address(address) == address
    assert host_of(address) == OPENED[address]


PIECES = st.sampled_from(
    ["http", "https", "HTTP", "file", "javascript", ":", "//", "/", "\\", "@", "?", "#", "-", "--help", ".", "example",
     "org", "%2e", "\t", "\n", "\x1b", "\x9b", "\u202e", "[", "]", "::1", ":80", " ", "'", '"', "xn--a", "ﬀ", "。"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=10).map("".join) | st.text(max_size=30).map("https://".__add__) | st.text(max_size=30))
@example("https://a/\x7f")
def test_what_is_taken_is_visible_ascii_that_leads_to_a_host(text):
    if web_address(text) is not None:
        assert re.fullmatch("[!-~]+", text)
        assert text.lower().startswith(("http://", "https://"))
        assert not set(text) & set('\\"`<>{}|^')
        parts = urlsplit(text)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert not parts.hostname.startswith("-")


BODY = """See [the paper](https://example.org/paper?a=b) and [here](javascript:alert), [this](file:///etc/passwd),
<https://user@evil.example/>, [bank](https://evil.example/\u202ebank), ![x](https://example.org/x.png), [path](/etc/x),
[again](https://example.org/paper?a=b), [opt](--help), <vscode://x>, [smb](smb://h/s).
"""
PLAN = agenda(
    topic("With", body=UserText(BODY), prompts=(
        prompt("Ask [it](http://prompt.example/)"), prompt("own <https://own.example>", PromptKind.PRIVATE),
    )),
    topic("Without", body=UserText("[x](file:///etc/passwd) [y](--help)")),
)  # fmt: skip
FOUND = ["https://example.org/paper?a=b", "https://user@evil.example/", "https://evil.example/%E2%80%AEbank",
         "http://prompt.example/"]  # fmt: skip


@pytest.fixture
def opened(monkeypatch):
    """What a browser was given; a browser with a window of its own is there."""
    given: list[str] = []
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser("true"))
    monkeypatch.setattr(webbrowser, "open", lambda url, *_, **__: given.append(url))
    return given


def text_of(app) -> str:
    return "\n".join("".join(each.text for each in strip) for strip in app.screen._compositor.render_strips())


def test_links_of_a_topic_are_its_web_addresses_each_once_and_private_ones_only_when_revealed():
    assert list(links.links_of(PLAN.topics[0], revealed=False)) == FOUND
    assert list(links.links_of(PLAN.topics[0], revealed=True)) == [*FOUND, "https://own.example"]
    assert links.links_of(PLAN.topics[1], revealed=True) == ()


@pytest.mark.parametrize(("number", "address"), tuple(enumerate(FOUND, 1)))
async def test_a_link_is_shown_in_full_and_opened_only_when_that_is_said(opened, number, address):
    async with staged(PLAN) as stage:
        stage.app.open_url = lambda url, **_: opened.append(url)
        await stage.enter(f"/link {number}")
        assert address in text_of(stage.app)
        assert f"It leads to {host_of(address)}." in text_of(stage.app)
        assert opened == []
        await stage.pilot.press("escape")
        await stage.enter(f"/link {number}")
        await stage.pilot.press("l")
        assert opened == []
        await stage.enter(f"/link {number}")
        await stage.pilot.press("o")
        await stage.app.workers.wait_for_complete([w for w in stage.app.workers if w.group != "memory"])
        assert opened == [address]


async def test_of_several_links_one_is_chosen_first_and_then_shown(opened):
    async with staged(PLAN) as stage:
        stage.app.open_url = lambda url, **_: opened.append(url)
        await stage.enter("/link")
        assert all(each in text_of(stage.app) for each in FOUND)
        await stage.pilot.press("2")
        await stage.pilot.pause()
        assert "It leads to evil.example." in text_of(stage.app)
        await stage.pilot.press("c")
        await stage.pilot.pause()
        assert opened == []
        assert stage.app.clipboard == FOUND[1]


@pytest.mark.parametrize("typed", ["/link 0", "/link 9", "/link x", "/link -1", "/link ²", "/link 9999999999"])
async def test_a_number_that_is_no_link_opens_nothing(opened, typed):
    async with staged(PLAN) as stage:
        await stage.enter(typed)
        assert len(stage.app.screen_stack) == 2
        assert "/link 1" in text_of(stage.app)
        assert opened == []


async def test_a_topic_without_web_addresses_offers_none(opened):
    async with staged(PLAN) as stage:
        await stage.enter("/next")
        await stage.enter("/link")
        assert "There is no link here" in text_of(stage.app)
        assert opened == []


@pytest.mark.parametrize(
    ("browser", "window"),
    [(webbrowser.GenericBrowser("lynx"), False), (webbrowser.BackgroundBrowser("xdg-open"), True), (None, False)],
)
def test_a_browser_in_the_terminal_is_not_let_over_the_session(monkeypatch, browser, window):
    def get():
        if browser is None:
            raise webbrowser.Error("none")
        return browser

    monkeypatch.setattr(webbrowser, "get", get)
    assert links._has_window() is window

"""What is taken home: who promised what first, sites that open and no others, nothing private, on a page by itself."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hostile.payloads import CATALOGUE
from hypothesis import given
from privacy.sentinels import after_redaction, held, names_in
from support.building import BEGIN, MENTEE, ZONE, Play, agenda, content, topic
from support.strategies import agendas, journeys, travel

from rmsession.core import commands as asked
from rmsession.core.commands_between import SettleNextDate
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.facts import Amended
from rmsession.core.fold import session_of
from rmsession.core.shared import shared
from rmsession.core.terms import Fate, Kind, Role
from rmsession.core.text import UserText
from rmsession.export.markdown import minutes
from rmsession.export.page import page
from rmsession.export.page_style import STYLE
from rmsession.export.share import take_home
from rmsession.export.share_page import share_page
from rmsession.export.share_style import SHARE_STYLE
from rmsession.export.share_text import COLUMNS, share_text

TODAY = date(2026, 11, 22)
VOID = {"meta", "br"}


class Page(HTMLParser):
    """A page as a browser takes it: elements that open and close in order, and what stands in each."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.said = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.said.append((tuple(self.open), data))

    def of(self, tag):
        """The attributes of each element of that name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def texts(self, tag):
        """What stands in elements of that name."""
        return [data for places, data in self.said if tag in places and data.strip()]


def session(*lines, **more):
    """A session in which these were kept: ``(text, kind, fields)``."""
    play = Play(agenda("One", "Two"))
    play.start(**more)
    for text, kind, given_too in lines:
        play.keep(text, kind, **given_too)
    return play.session


def acted(*lines):
    """A session with these action items."""
    return session(*((text, Kind.ACTION, fields) for text, fields in lines))


PROMISED = acted(
    ("mine later", {"owner": "Alex", "due": "2026-12-04"}),
    ("theirs", {"owner": "Robin", "due": "2026-12-01"}),
    ("mine late", {"owner": "Alex", "due": "2026-11-18"}),
    ("nobody's", {}),
    ("mine some day", {"owner": "Alex"}),
    ("somebody's", {"owner": "Dana"}),
)


def test_the_page_opens_with_what_the_mentee_promised():
    page = Page(share_page(take_home(PROMISED, TODAY)))
    assert page.texts("h1") == ["You promised"]
    assert page.texts("h2")[:2] == ["Robin promised", "Also to do"]
    order = ["mine late", "overdue since Wed 18 Nov 2026", "mine later", "due Fri 4 Dec 2026", "mine some day"]
    order += ["theirs", "nobody's", "nobody’s yet", "somebody's", "Dana"]
    said = [each for each in page.texts("li") if each in order]
    assert said == order


def test_the_mail_says_the_same_in_the_same_order():
    text = share_text(take_home(PROMISED, TODAY))
    places = [
        text.index(each)
        for each in (
            "YOU PROMISED",
            "mine late\n    overdue since Wed 18 Nov",
            "mine later",
            "ROBIN PROMISED",
            "theirs",
            "ALSO TO DO",
            "nobody's\n    nobody’s yet",
        )
    ]
    assert places == sorted(places)


def test_what_is_settled_waits_no_more():
    play = Play(PROMISED.record)
    first, second, *_ = play.session.captures
    play.do(asked.Finish(first))
    play.do(asked.Drop(second, UserText("no need")))
    home = take_home(play.session, TODAY)
    assert [each.capture.id for each in home.settled] == [first, second]
    assert first not in [each.capture.id for each in home.promises]
    for text in (share_page(home), share_text(home)):
        assert "no need" in text
        assert text.lower().index("already settled") > text.index("somebody")


def test_nothing_promised_is_said():
    home = take_home(session(), TODAY)
    assert "Nothing of yours is open." in share_page(home)
    assert "Nothing of yours is open." in share_text(home)
    assert home.heading(Role.MENTOR) == "Robin promised"


def test_what_was_left_for_another_time_is_named_and_nothing_of_a_private_topic():
    private = topic("Pay", minutes=5, private=True)
    play = Play(agenda(("Hello", 5), ("Why the policy changed", 5), private, ("Close", 5)))
    play.start()
    play.do(asked.Park(play.session.topics[1].id))
    assert [each.raw for each in take_home(play.session, TODAY).left] == ["Why the policy changed"]
    play.do(asked.End())
    home = take_home(play.session, TODAY)
    assert [each.raw for each in home.left] == ["Why the policy changed", "Close"]
    for said in (share_page(home), share_text(home)):
        assert "left for another time" in said.lower()
        assert "Why the policy changed" in said
        assert "Pay" not in said


def test_each_site_stands_once_with_what_was_said_of_it():
    found = session(
        ("see https://a.example/x?y=1#z for more", Kind.NOTE, {}),
        ("https://b.example", Kind.NOTE, {}),
        ("ask (https://a.example/x?y=1#z).", Kind.ACTION, {}),
        ("own https://c.example", Kind.NOTE, {"private": True}),
    )
    sites = take_home(found, TODAY).sites
    assert [(each.address, [said.raw for said in each.said]) for each in sites] == [
        ("https://a.example/x?y=1#z", ["see … for more", "ask (…)."]),
        ("https://b.example", []),
    ]
    page = Page(share_page(take_home(found, TODAY)))
    assert [each["href"] for each in page.of("a")] == ["https://a.example/x?y=1#z", "https://b.example"]
    assert page.texts("a") == ["https://a.example/x?y=1#z", "https://b.example"]


@pytest.mark.parametrize(
    "odd",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        'https://a.example/"onmouseover="alert(1)',
        "https://a.example/'><script>alert(1)</script>",
        "https://a.example\u202e/moc.elgoog",
        "vbscript:x https://",
        "HTTPS://\tjavascript:alert(1)",
    ],
)
def test_an_odd_address_is_text(odd):
    page = Page(share_page(take_home(session((f"see {odd} now", Kind.NOTE, {})), TODAY)))
    for each in page.of("a"):
        assert each["href"].startswith(("https://a.example", "HTTPS://a.example"))
        assert not set("\"'<>") & set(each["href"].removeprefix("https://")) - {"'"}
        assert set(each) == {"href", "rel", "dir"}
    assert "script" not in [tag for tag, _ in page.tags]


@pytest.mark.parametrize("payload", CATALOGUE, ids=[each.name for each in CATALOGUE])
def test_a_hostile_text_is_nothing_but_text(payload):
    text = payload.raw
    play = Play(replace(agenda(topic("One")), title=UserText(text)))
    play.start()
    for kind in Kind:
        play.keep(f"x{text}", kind, owner=text or "x", due=text or None)
    play.do(asked.AddTopic(UserText(f"t{text}"), 5.0))
    play.do(CorrectPair("p", "m", MENTEE.id, UserText(text), UserText(text)))
    home = take_home(play.session, TODAY)
    page = Page(share_page(home))
    calm = Page(share_page(take_home(session(*(("x", kind, {"owner": "x", "due": "x"}) for kind in Kind)), TODAY)))
    assert not page.open
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in calm.tags} | {"a", "section", "h3"}
    assert not [name for _, each in page.tags for name in each if name.startswith("on")]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", share_text(home))


@given(agendas(), journeys())
def test_any_session_makes_a_page_that_needs_nothing_else(plan, numbers):
    home = take_home(travel(plan, numbers).session, TODAY)
    page = Page(share_page(home))
    assert not page.open
    assert page.of("html") == [{"lang": "en"}]
    assert [tag for tag, _ in page.tags].count("h1") == len(page.of("main")) == len(page.of("title")) == 1
    assert not {"script", "img", "link", "iframe", "object", "form", "input", "svg"} & {tag for tag, _ in page.tags}
    assert not [name for _, each in page.tags for name in each if name in ("src", "srcset", "style", "action")]
    names = {each["id"] for _, each in page.tags if "id" in each}
    assert {each["aria-labelledby"] for each in page.of("section")} <= names
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(len(line) <= COLUMNS for line in share_text(home).split("\n"))


def test_the_style_loads_nothing():
    assert not re.search(r"url\(|@import|https?:", STYLE + SHARE_STYLE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_text_can_be_read(scheme):
    """Contrast of at least 4.5 to 1, as WCAG 2 counts it, against each ground on which it stands."""
    colours = {}
    for block in re.findall(r":root \{([^}]*)\}", (STYLE + SHARE_STYLE).partition("@media print")[0] + SHARE_STYLE):
        found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        dark = found.get("paper") == "#17171a" or found.get("wash") == "#1d2622"
        colours |= found if dark == (scheme == "dark") else {}
    assert {"ink", "soft", "accent", "late", "paper", "wash"} <= colours.keys()
    for ink in ("ink", "soft", "accent", "late"):
        for ground in ("paper", "wash"):
            light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("end", [True, False])
def test_neither_holds_anything_private(end):
    it = after_redaction(held(end=end))
    home = take_home(session_of(it.record), TODAY)
    for text in (share_page(home), share_text(home)):
        assert names_in(text, it.hidden | it.answers) == set()
        assert names_in(text, it.shared) >= it.shared - {"tick"}


@given(agendas(), journeys())
def test_a_copy_makes_the_same_page_as_the_session(plan, numbers):
    whole = travel(plan, numbers).session
    assert share_page(take_home(session_of(shared(whole)), TODAY)) == share_page(take_home(whole, TODAY))


def test_rival_versions_are_both_told():
    play = Play(agenda("One"))
    play.start()
    line = play.keep("first")
    play.do(asked.Amend(line, content("mine")))
    *_, mine = play.session.facts
    rival = replace(mine, id="0" * 36, device="lap", what=replace(mine.what, content=content("yours")))
    both = session_of(replace(play.record, facts=(*play.record.facts, rival)))
    for text in (share_page(take_home(both, TODAY)), share_text(take_home(both, TODAY))):
        assert "mine" in text
        assert "yours" in text
        assert "or: " in text


def apart(kind):
    """A line of that kind whose owner one side and whose date the other changed."""
    play = Play(agenda("One"))
    play.start()
    line = play.keep("send\nit", kind, owner="Robin", due="2026-11-27")
    for said in (content("send\nit", "Alex", due="2026-11-27"), content("send\nit", "Robin")):
        play.happen(Amended(line, line, said))
    return play


def test_rivals_that_differ_in_owner_or_date_are_told_apart():
    play = apart(Kind.ACTION)
    home = take_home(play.session, TODAY)
    assert "[ ] send\n    it\n    or: send\n    it @Alex by Fri 27 Nov 2026\n" in share_text(home)
    assert "or: send\nit @Alex by Fri 27 Nov 2026" in "".join(data for _, data in Page(share_page(home)).said)
    assert "  - or: send ⏎ it @Alex due:2026-11-27" in minutes(play.session).splitlines()
    assert "or: <span" in page(play.session)
    assert "it @Alex by Fri 27 Nov 2026" in page(play.session)
    play.do(asked.Drop(next(iter(play.session.captures)), UserText("no need")))
    assert "[-] send\n    it @Robin\n    or: send\n" in share_text(take_home(play.session, TODAY))
    assert "- send\n  it @Robin\n  or: send\n" in share_text(take_home(apart(Kind.DECISION).session, TODAY))


def test_a_pasted_line_keeps_its_line_ends_in_the_mail():
    text = share_text(take_home(session(("one\n  two\n\nthree", Kind.NOTE, {}), ("a\rb", Kind.IDEA, {})), TODAY))
    assert "\n- one\n    two\n  three\n- Idea: a\n  b\n" in text  # what was indented stays so
    assert "⏎" not in text


def test_the_date_that_holds_stands_first_and_by_itself():
    play = Play(agenda("One"))
    play.start()
    play.do(asked.End())
    play.do(asked.SetNextDate(BEGIN + timedelta(days=1), ZONE))
    play.do(SettleNextDate(Fate.MOVED, BEGIN + timedelta(days=2), ZONE))
    play.do(SettleNextDate(Fate.MOVED, BEGIN + timedelta(days=3), ZONE))
    home = take_home(play.session, TODAY)
    days = [f"{each}, 14:00 (Europe/Berlin)" for each in ("Tue 24 Nov 2026", "Mon 23 Nov 2026", "Sun 22 Nov 2026")]
    assert f"\n- {days[0]}\n  before: {days[1]}, moved\n  before: {days[2]}, moved\n" in share_text(home)
    made = share_page(home)
    assert f"<li>{days[0]}<span" in made
    assert [each for each in Page(made).texts("span") if "moved" in each] == [f"{each}, moved" for each in days[1:]]
    play.do(SettleNextDate(Fate.CANCELLED, None, ZONE))
    assert take_home(play.session, TODAY).meetings[:2] == ("no date yet", f"{days[0]}, cancelled")


def test_long_words_give_way_and_addresses_do_not():
    address = "https://a.example/" + "x" * 90
    text = share_text(take_home(session(("w" * 200, Kind.NOTE, {}), (f"at {address}", Kind.NOTE, {})), TODAY))
    assert address in text.split()
    assert all(len(line) <= COLUMNS for line in text.split("\n") if address not in line)

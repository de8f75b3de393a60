"""Search says what a look at every document says, in that order, whatever the sessions hold and whatever is asked."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from store.scanning import OTHER, finds
from support.building import BEGIN, PAIR, agenda, content, fact, record, topic

from rmsession.core.facts import Audience, Captured, Kind
from rmsession.store.opening import open_store

WORDS = [
    "send", "sent", "the", "draft", "drafts", "c++", "don't", "1:1", "Zoë", "zoe", "ﬁle", "straße", "e-mail", "語",
    "日本語", "_x_", "\ud83d", "a\x00b", "İx", "x" * 50, "ก็", "\u0345", "😀", "2026-10", "-", "?", "Ⅷ", "Ω", "ß",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=5).map(" ".join)
ASKED = [
    *WORDS, *(word[:1] for word in WORDS), '"send the"', '"', "-draft", "-c++", "dra*", "@al", "#so", "#social",
    "goal:ship", "is:open", "is:overdue", "is:due", "is:private", "kind:note", "kind:actions", "topic:hel", "agenda:",
    "topic:secret", "agenda:kick", "with:robin", "since:2026-11-22", "before:2026-12", "on:2026-11",
]  # fmt: skip
QUERIES = st.lists(st.sampled_from(ASKED) | st.text(max_size=3), max_size=4).map(" ".join)
TOPICS = [None, topic("Hello").id, topic("A secret", private=True).id]


@st.composite
def lines(draw, seq):
    more = {
        "owner": draw(st.sampled_from([None, "Alex", "Älex Ö", "\ud83d"])),
        "due": draw(st.sampled_from([None, "2026-12-01", "2027-01-01", "Fri\x00", "2026-x"])),
        "tags": draw(st.sampled_from([(), ("social",), ("Social", "q4")])),
        "goals": draw(st.sampled_from([(), ("Ship it",)])),
    }
    what = Captured(draw(st.sampled_from(Kind)), draw(st.sampled_from(TOPICS)), content(draw(TEXTS), **more))
    return fact(what, seq, float(seq), audience=draw(st.sampled_from(Audience)))


@st.composite
def histories(draw):
    records = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        plan = agenda(
            topic("Hello"), topic("A secret", private=True), title=draw(st.sampled_from(["Kick-off", "c++ 1:1", ""]))
        )
        facts = tuple(draw(lines(100 * number + each)) for each in range(draw(st.integers(0, 5))))
        created = BEGIN + timedelta(days=draw(st.integers(-3, 3)), microseconds=draw(st.integers(0, 2)))
        pair = draw(st.sampled_from([PAIR, OTHER]))
        records.append(record(plan, number=number, facts=facts, created=created, pair=pair))
    return records


@settings(deadline=None)
@given(histories(), st.lists(QUERIES, min_size=1, max_size=6), st.sampled_from([200, 3, 0]))
def test_it_finds_what_a_look_at_every_document_finds(tmp_path_factory, records, queries, limit):
    home = tmp_path_factory.mktemp("search") / "home"
    store = open_store(home)
    for each in records:
        store.begin(each)
    assert finds(store, home, *queries, limit=limit)
    store.close()

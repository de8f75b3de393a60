"""A card makes a pair known as its lead knows it, whatever is known already, and as often as it comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.arrangement import Arrangement, KnownAs, Profile
from rmsession.core.card import Card, card_of, taken
from rmsession.core.pair_fields import Field
from rmsession.core.programme import Pair, Person, Programme, pair_of
from rmsession.core.roster import entry_of, reworked, to_keep
from rmsession.core.text import UserText
from rmsession.core.uniting import with_known

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def person(name, ident=None):
    return Person(ident or f"lead-{name}", UserText(name))


def card(mentor="Robin", mentee="Alex", *, wave="one", days=0, pair="lead-pair", **more):
    two = Pair(f"{pair}-{mentee}", person(mentor), person(mentee))
    at = NOW + timedelta(days)
    profile = Profile(two.mentee.id, UserText(more.pop("role", "VP")), revised=at)
    return Card(two, Profile(two.mentor.id), profile, Arrangement(two.id, UserText(wave), revised=at), at)


def after(known, *cards):
    for each in cards:
        known = with_known(known, taken(known, each).values)
    return known


def known_to_lead(known, mentor, mentee):
    """By which ids the lead knows the pair that a session of these names would be of."""
    pair = pair_of(known.pairs, UserText(mentor), UserText(mentee))
    found = next(each.known_as for each in known.arrangements if each.pair == pair.id)
    return found or KnownAs(pair.id, pair.mentor.id, pair.mentee.id)


HERE = with_known(
    Programme(), [Pair("own-pair", person("robin", "own-r"), person("alex", "own-a")), person("Sam", "own-s")]
)


def test_an_unknown_pair_gets_the_ids_of_the_card():
    known = after(Programme(), card())
    assert known.pairs == (card().pair,)
    assert known.arrangements[0].wave.raw == "one"
    assert known.profiles == (card().mentee,)
    assert known_to_lead(known, "Robin", "Alex") == KnownAs("lead-pair-Alex", "lead-Robin", "lead-Alex")


def test_a_pair_that_is_here_keeps_its_ids():
    known = after(HERE, card())
    assert [each.id for each in known.pairs] == ["own-pair"]
    assert {each.id for each in known.people} == {"own-r", "own-a", "own-s"}
    assert known.profiles == (replace(card().mentee, person="own-a"),)
    assert known_to_lead(known, "Robin", "Alex") == KnownAs("lead-pair-Alex", "lead-Robin", "lead-Alex")


def test_one_mentor_of_many_is_one_person_here_and_there():
    known = after(HERE, card(), card(mentee="Kim"), card(mentee="Sam"))
    assert {each.mentor.id for each in known.pairs} == {"own-r"}
    assert known_to_lead(known, "Robin", "Kim") == KnownAs("lead-pair-Kim", "lead-Robin", "lead-Kim")
    assert known_to_lead(known, "Robin", "Sam") == KnownAs("lead-pair-Sam", "lead-Robin", "lead-Sam")
    assert next(each for each in known.pairs if each.mentee.name.raw == "Sam").mentee.id == "own-s"


def test_two_people_of_one_name_stay_two_where_the_lead_says_so():
    one, other = card(mentee="Kim"), card(mentor="Lee", mentee="Kim", pair="other-pair")
    other = replace(other, pair=replace(other.pair, mentee=person("Kim", "lead-Kim-2")))
    other = replace(other, mentee=Profile("lead-Kim-2"))
    known = after(Programme(), one, other)
    assert [each.mentee.id for each in known.pairs] == ["lead-Kim", "lead-Kim-2"]


def test_the_newer_card_wins_in_whichever_order_they_come():
    old, new = card(wave="one", role="VP"), card(wave="two", role="CFO", days=1)
    for cards in ((old, new), (new, old), (old, new, old)):
        for start in (Programme(), HERE):
            known = after(start, *cards)
            (arranged,) = known.arrangements
            assert (arranged.wave.raw, known.profiles[0].role.raw) == ("two", "CFO")


def test_a_name_that_the_lead_mended_is_the_name_here():
    mended = card(days=1)
    mended = replace(mended, pair=replace(mended.pair, mentee=person("Alexandra", "lead-Alex")))
    for start in (Programme(), HERE):
        known = after(start, card(), mended, card())
        assert known.pairs[0].mentee.name.raw == "Alexandra"
        assert known_to_lead(known, "Robin", "Alexandra") == KnownAs("lead-pair-Alex", "lead-Robin", "lead-Alex")


def test_what_was_changed_here_since_stays_until_the_lead_says_something_later():
    known = after(HERE, card())
    before = entry_of(known, known.pairs[0])
    changed = reworked(before, {Field.WAVE: UserText("mine")}, NOW.date())
    known = with_known(known, to_keep(before, changed, NOW + timedelta(1)))
    assert after(known, card()).arrangements[0].wave.raw == "mine"
    later = after(known, card(wave="two", days=2))
    assert later.arrangements[0].wave.raw == "two"
    assert later.arrangements[0].known_as == KnownAs("lead-pair-Alex", "lead-Robin", "lead-Alex")


def test_what_was_changed_here_before_is_kept_with_how_the_lead_knows_it():
    known = with_known(HERE, [Arrangement("own-pair", UserText("mine"), revised=NOW + timedelta(5))])
    first = after(known, card())
    assert first.arrangements[0].wave.raw == "mine"
    assert first.arrangements[0].known_as is not None
    # A later card counts by when the lead wrote it, and not by when an earlier one came in.
    assert after(first, card(wave="two", days=6)).arrangements[0].wave.raw == "two"


def test_on_the_leads_own_machine_a_card_says_nothing_new():
    lead = with_known(Programme(), [card().pair, card().arrangement, card().mentee])
    made = card_of(entry_of(lead, lead.pairs[0]), NOW)
    assert taken(lead, made).values == ()
    assert made == card()


def test_a_card_holds_nobody_elses_ids():
    known = after(HERE, card())
    assert card_of(entry_of(known, known.pairs[0]), NOW).arrangement.known_as is None


@given(
    st.lists(
        st.tuples(st.sampled_from("RS"), st.sampled_from("ABR"), st.sampled_from("xy"), st.integers(0, 3)), max_size=5
    ),
    st.booleans(),
)
def test_cards_come_in_once_and_every_pair_can_be_told_to_the_lead(given, here):
    cards = [card(one, two, wave=wave, days=days, pair=one) for one, two, wave, days in given if one != two]
    own = [Pair("own", person("R", "own-R"), person("A", "own-A"))] if here else []
    start = with_known(Programme(), own)
    known = after(start, *cards)
    assert after(known, *cards) == known
    assert [each.id for each in known.pairs[: len(own)]] == [each.id for each in own]
    for each in cards:
        names = each.pair.mentor.name.raw, each.pair.mentee.name.raw
        assert known_to_lead(known, *names) == KnownAs(each.pair.id, each.pair.mentor.id, each.pair.mentee.id)
        newest = max(one.arrangement.revised for one in cards if one.pair.id == each.pair.id)
        pair = pair_of(known.pairs, *map(UserText, names))
        assert next(one for one in known.arrangements if one.pair == pair.id).revised == newest

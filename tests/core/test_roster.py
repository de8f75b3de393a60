"""What options and the lines of a table change: read strictly, told exactly, and never somebody else's."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.kept_values import TEXTS

from rmsession.core.arrangement import Arrangement, Objective, Profile
from rmsession.core.csv_rows import NoTable, looks_like_table, table_in
from rmsession.core.pair_fields import Entry, Field, Unclear, told, with_said
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.roster import differences, entries_of, entry_of, hints, reworked, to_keep
from rmsession.core.roster_lines import Verdict, judged
from rmsession.core.terms import Role
from rmsession.core.text import UserText, clean
from rmsession.core.uniting import with_known
from rmsession.export.roster import SPELLING, table

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
ROBIN, ALEX, SAM = (Person(f"id-{name}", UserText(name)) for name in ("Robin", "Alex", "Sam"))
PAIR = Pair("pair-1", ROBIN, ALEX)
KNOWN = Programme(
    (ROBIN, ALEX),
    (PAIR,),
    (Profile(ALEX.id, UserText("VP Claims"), revised=NOW),),
    (Arrangement(PAIR.id, UserText("one"), interval_days=21, sessions=7, revised=NOW),),
)
ENTRY = entry_of(KNOWN, PAIR)
HEAD = "mentor,mentee,wave,mentee role,every,sessions\n"
IDS = "12345678-1234-1234-1234-{:012d}"


def said(**more):
    return {Field[name.upper()]: UserText(text) for name, text in more.items()}


def ids():
    numbers = count(1)
    return lambda: IDS.format(next(numbers))


def taken(text, known=KNOWN, now=NOW):
    data = text if isinstance(text, bytes) else text.encode()
    return judged(known, table_in(data).rows, now, new_id=ids(), spelling=SPELLING)


def lines(found):
    return [(each.number, each.verdict.value, each.why) for each in found.lines]


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("field", "typed", "is_told"),
        [
            (Field.EVERY, "3w", "3w"),
            (Field.EVERY, "every 2 weeks", "2w"),
            (Field.EVERY, "week", "1w"),
            (Field.EVERY, "10", "10d"),
            (Field.EVERY, "21 days", "3w"),
            (Field.SESSIONS, "7 sessions", "7"),
            (Field.MINUTES, "45 min", "45"),
            (Field.AGENDA_OWNER, "Mentee", "mentee"),
            (Field.STARTS, "1 dec", "2026-12-01"),
            (Field.ENDS, "2027-05-31", "2027-05-31"),
            (Field.ENDS, "+2w", "2026-12-06"),
            (Field.OBJECTIVE, "Reach  new customers", "customers"),
            (Field.OBJECTIVE, "workplace", "workplace"),
            (Field.OBJECTIVE, "our app's rating", "our app's rating"),
            (Field.MENTOR_LEVEL, "  4 ", "4"),
        ],
    )
    def test_is_read_as_it_is_meant_and_told_so_that_it_is_read_the_same(self, field, typed, is_told):
        after = with_said(ENTRY, field, UserText(typed), TODAY)
        assert told(after, field).raw == is_told
        assert with_said(after, field, told(after, field), TODAY) == after
        assert told(with_said(after, field, UserText(" "), TODAY), field).raw == ""

    @pytest.mark.parametrize(
        ("field", "typed", "says"),
        [
            (Field.EVERY, "often", "3w"),
            (Field.EVERY, "every", "3w"),
            (Field.EVERY, "0w", "1 to 366 days"),
            (Field.EVERY, "99w", "1 to 366 days"),
            (Field.SESSIONS, "0", "from 1 to 99"),
            (Field.SESSIONS, "\u0663", "from 1 to 99"),
            (Field.SESSIONS, "seven", "from 1 to 99"),
            (Field.MINUTES, "1000", "from 5 to 480"),
            (Field.AGENDA_OWNER, "boss", "neither mentor nor mentee"),
            (Field.STARTS, "01/02/2026", "2026-11-22"),
            (Field.STARTS, "2026-02-30", "2026-11-22"),
            (Field.WAVE, "x" * 501, "500"),
            (Field.MENTOR, "x" * 121, "120"),
            (Field.MENTOR, "\u200b", "name"),
            (Field.MENTEE, "", "name"),
            (Field.EVERY, "\x1b[2J\n", "3w"),
        ],
    )
    def test_what_cannot_be_meant_is_told_on_one_line(self, field, typed, says):
        with pytest.raises(Unclear, match=says) as wrong:
            with_said(ENTRY, field, UserText(typed), TODAY)
        assert str(wrong.value).isprintable()
        assert field.value in str(wrong.value)

    @given(st.sampled_from([each for each in Field if each is not Field.PAIR]), TEXTS)
    def test_is_refused_or_told_so_that_it_is_read_the_same(self, field, typed):
        try:
            after = with_said(ENTRY, field, UserText(typed), TODAY)
        except Unclear:
            return
        assert with_said(after, field, told(after, field), TODAY) == after
        assert {each.field for each in differences(ENTRY, after)} <= {field}

    def test_two_people_and_days_in_order_make_a_pair(self):
        with pytest.raises(Unclear, match="one name"):
            reworked(ENTRY, said(mentor="ALEX"), TODAY)
        with pytest.raises(Unclear, match="before it starts"):
            reworked(ENTRY, said(starts="2027-01-02", ends="2027-01-01"), TODAY)

    def test_an_unusual_number_of_sessions_is_kept_with_a_hint(self):
        for number, hinted in ((4, True), (5, False), (7, False), (8, True)):
            wanted = said(sessions=str(number))
            assert bool(hints(wanted, reworked(ENTRY, wanted, TODAY))) is hinted
        assert not hints(said(wave="x"), reworked(ENTRY, said(sessions="3"), TODAY))


class TestWhatIsKept:
    def test_only_what_is_said_changes(self):
        after = reworked(ENTRY, said(wave="two", mentor_role="Analyst"), TODAY)
        kept = with_known(KNOWN, to_keep(ENTRY, after, NOW))
        found = entry_of(kept, PAIR)
        assert [each.field for each in differences(ENTRY, found)] == [Field.WAVE, Field.MENTOR_ROLE]
        assert kept.profiles[0] == KNOWN.profiles[0]

    def test_nothing_new_is_nothing_to_keep(self):
        assert to_keep(ENTRY, reworked(ENTRY, said(wave="one", every="3w"), TODAY), NOW) == []

    def test_a_clock_that_is_behind_loses_nothing(self):
        after = reworked(ENTRY, said(wave="two", mentee_role="CFO"), TODAY)
        kept = entry_of(with_known(KNOWN, to_keep(ENTRY, after, NOW - timedelta(365))), PAIR)
        assert (told(kept, Field.WAVE).raw, told(kept, Field.MENTEE_ROLE).raw) == ("two", "CFO")

    def test_a_new_name_makes_the_arrangement_a_later_one(self):
        after = reworked(ENTRY, said(mentee="Alexandra"), TODAY)
        kept = with_known(KNOWN, to_keep(ENTRY, after, NOW + timedelta(1)))
        assert kept.pairs[0].mentee == Person(ALEX.id, UserText("Alexandra"))
        assert kept.arrangements[0].revised == NOW + timedelta(1)


class TestTables:
    def test_each_line_is_told_as_what_it_changes(self):
        text = (
            f"{HEAD}robin, ALEX,one,VP Claims,3w,7\nRobin,Alex,two,CFO,,\nRobin,Sam,one,,2w,7\n"
            ',Sam,,,,\nRobin,Robin,,,,\nRobin,Kim,,,never,\nRobin,Sam,,,,\n"a,b",c,d,e,2w,6,7\n'
        )
        found = taken(text)
        assert [(each.number, each.verdict.value) for each in found.lines] == [
            (2, "unchanged"), (3, "refused"), (4, "added"), (5, "refused"), (6, "refused"), (7, "refused"),
            (8, "refused"), (9, "refused"),
        ]  # fmt: skip
        assert [each.why for each in found.lines if each.why] == [
            "this pair is in line 2 already",
            "mentor: a name is needed",
            "mentor and mentee have one name; two people make a pair",
            "every: “never” is no number of days or weeks; write 3w, or 10d",
            "this pair is in line 4 already",
            "it has 7 cells for 6 headings; a text with a mark in it needs quotes",
        ]

    def test_what_changes_is_told_field_by_field(self):
        (line,) = taken(f"{HEAD}Robin,Alex,two,,5w,\n").lines
        assert [(each.field, each.before.raw, each.after.raw) for each in line.differences] == [
            (Field.WAVE, "one", "two"), (Field.EVERY, "3w", "5w"),
        ]  # fmt: skip

    def test_a_mentor_of_many_is_one_person(self):
        known = with_known(
            Programme(), taken(f"{HEAD}Robin,Alex,,,,\nrobin,Sam,,,,\nSam,Alex,,,,\n", Programme()).values
        )
        assert len(known.people) == 3
        assert len({each.mentor.id for each in known.pairs[:2]}) == 1
        assert known.pairs[2].mentor == known.pairs[1].mentee

    def test_two_lines_say_the_same_of_one_person_or_the_second_is_refused(self):
        found = taken("mentor,mentee,mentor role\nRobin,Alex,CFO\nRobin,Sam,CFO\nRobin,Kim,VP\nRobin,Lee,\n")
        assert [each.verdict for each in found.lines] == [
            Verdict.CHANGED,
            Verdict.ADDED,
            Verdict.REFUSED,
            Verdict.ADDED,
        ]
        assert found.lines[2].why == "mentor role: line 2 says something else of the same person"

    def test_an_id_tells_pairs_of_the_same_names_apart_and_makes_nobody_another(self):
        twin = Pair("pair-2", Person("x", UserText("Robin")), Person("y", UserText("Alex")))
        known = with_known(KNOWN, (twin,))
        found = taken(
            f"pair,{HEAD}pair-2,Robin,Alex,two,,,\n,Robin,Alex,two,,,\npair-1,Robin,Kim,,,,\nno,A,B,,,,\n", known
        )
        assert [each.verdict.value for each in found.lines] == ["changed", "refused", "refused", "refused"]
        assert "2 pairs have these names" in found.lines[1].why
        assert "another person makes another pair" in found.lines[2].why
        assert "no pair here has that id" in found.lines[3].why
        assert {getattr(each, "pair", None) for each in found.values} == {"pair-2"}

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_it_is_read_as_programs_save_it(self, delimiter, end, mark):
        rows = [
            ["COHORT", " Name of  mentee", "Mentor_Name", "notes"],
            ['"a\nb"', "Alex", "Robin", '"x""y"'],
            ["", "", "", ""],
        ]
        found = table_in(mark + end.join(delimiter.join(row) for row in rows).encode())
        assert found.unknown == ("notes",)
        ((row),) = found.rows
        assert row.number == 2
        assert row.cells == said(wave="a\nb", mentee="Alex", mentor="Robin")
        assert looks_like_table(mark + end.join(delimiter.join(row) for row in rows).encode())

    def test_a_line_that_tells_what_parts_the_cells_is_no_heading(self):
        (row,) = table_in(b"\xef\xbb\xbfsep=;\r\nmentor;mentee\r\nRobin;Sam\r\n").rows
        assert (row.number, row.cells) == (3, said(mentor="Robin", mentee="Sam"))

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (HEAD.encode("utf-16"), "UTF-16"),
            (HEAD.encode("utf-16-be"), "UTF-16"),
            (f"{HEAD}Zoë,Alex\n".encode("latin-1"), "not UTF-8 \\(line 2\\)"),
            (b"", "heading “mentor” and “mentee”"),
            (b"mentor,wave\na,b\n", "heading “mentee”"),
            (b"mentor,mentee,id,pair\na,b,c,d\n", "two of its columns"),
            (HEAD.encode(), "no pair below"),
            (f'{HEAD}"Robin,Alex\n'.encode(), "line 2: a quote"),
            (f'{HEAD}Robin,Alex\n"Sam"x,Kim\n'.encode(), "line 3: a quote"),
            (b"x" * 5_000_001, "MB"),
            ((HEAD + "a,b\n" * 5001).encode(), "5,000 pairs"),
            (HEAD.encode() + b"a," + b"x" * 200_000 + b"\n", "line 2: a quote"),
        ],
        ids=range(12),
    )
    def test_what_is_no_table_of_pairs_is_refused_in_one_line(self, data, why):
        with pytest.raises(NoTable, match=why) as wrong:
            table_in(data)
        assert str(wrong.value).isprintable()


@pytest.mark.parametrize(
    "text", ["=1", "'=1", "''=1", "a;=1", "a;'=1", "=1;'+2", "a; -b", "a;-)", "'", "-", "＝1", "x;;@y"]
)
def test_what_a_cell_was_spelled_as_is_what_it_means(text):
    assert SPELLING.meant(SPELLING.cell(UserText(text))) == text


names = TEXTS.filter(lambda text: UserText(text).line.strip())


def looked_up_as(name):
    """What a table's names are told apart by."""
    return " ".join(SPELLING.cell(UserText(name)).casefold().split())


@st.composite
def programmes(draw):
    """Pairs with ids, of people whose names differ also when a table spells them; whatever else is known of them."""
    people = draw(st.lists(names, min_size=2, max_size=4, unique_by=looked_up_as))
    known = Programme(tuple(Person(f"p{place}", UserText(name)) for place, name in enumerate(people)))
    texts, numbers = TEXTS.map(UserText), st.none() | st.integers(1, 99)
    days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
    for place in range(1, len(people)):
        pair = Pair(IDS.format(place), known.people[0], known.people[place])
        arrangement = Arrangement(
            pair.id, draw(texts), draw(st.none() | st.sampled_from(Role)), draw(numbers), draw(numbers), draw(numbers),
            draw(days), draw(days), draw(st.none() | st.sampled_from(Objective)), draw(texts), draw(days), revised=NOW,
        )  # fmt: skip
        profile = Profile(pair.mentee.id, draw(texts), draw(texts), draw(texts), NOW)
        known = with_known(known, (pair, arrangement, profile))
    return known


@given(programmes())
def test_a_table_read_back_changes_nothing(known):
    found = taken(table(entries_of(known)), known)
    assert [(each.verdict, each.why) for each in found.lines] == [(Verdict.UNCHANGED, "")] * len(known.pairs)
    assert found.values == ()


@given(programmes())
def test_a_table_read_elsewhere_makes_pairs_that_make_the_same_table(known):
    first = table(entries_of(known))
    found = taken(first, Programme())
    refused = {each.number for each in found.lines if each.verdict is Verdict.REFUSED}
    # What no option would have taken (an interval of none, an end before the start) is refused, and told so.
    assert all(each.why for each in found.lines if each.number in refused)
    there = with_known(Programme(), found.values)
    kept = [cells for number, cells in spaced(first) if number not in refused]
    assert [cells for _, cells in spaced(table(entries_of(there)))] == kept


def spaced(text):
    """The rows of a table with their numbers; names are kept with single blanks."""
    rows = table_in(text.encode("utf-8", "replace") + b"mentor,mentee\r\n").rows[:-1]
    return [(row.number, {field: " ".join(cell.raw.split()) for field, cell in row.cells.items()}) for row in rows]


@given(st.text(max_size=200) | st.lists(TEXTS, max_size=8).map(",".join))
def test_no_table_ends_in_anything_but_lines_and_reasons(text):
    try:
        found = taken((HEAD + text).encode("utf-8", "replace"))
    except NoTable:
        return
    for each in found.lines:
        assert (each.verdict is Verdict.REFUSED) == bool(each.why)
        assert clean(each.why) == each.why
    assert isinstance(with_known(KNOWN, found.values), Programme)
    assert isinstance(ENTRY, Entry)

"""A line of keys shows whole keys, as many as it has room for, and the last one always."""

from hypothesis import example, given
from hypothesis import strategies as st
from support.running import held, running
from textual.widgets._footer import FooterKey

from rmsession.tui.launch import OpenHome
from rmsession.tui.widgets.foot_room import fitted

CELLS = st.lists(st.integers(2, 20), min_size=1, max_size=14)


def taken(cells, out, *, together):
    kept = [each for place, each in enumerate(cells) if place not in out]
    return sum(kept) + (2 * len(kept) - 1 if together else 3 * len(kept))


@given(CELLS, st.integers(0, 200), st.booleans())
@example([4, 4], 13, False)
@example([4, 4], 11, False)
@example([4, 4], 10, False)
def test_what_is_shown_fits_and_as_much_as_fits_is_shown(cells, room, wanted):
    together, out = fitted(cells, room, together=wanted)
    last = len(cells) - 1
    assert last not in out
    assert together or not out
    assert taken(cells, out, together=together) <= room or out == {*range(last)}
    if out:
        assert out == {*range(min(out), last)}, "the last ones go first"
        assert taken(cells, out - {min(out)}, together=True) > room
    assert together == (wanted or taken(cells, (), together=False) > room)


async def shown(run):
    for _ in range(4):
        await run.pilot.pause()
    keys = sorted(run.app.screen.query(FooterKey), key=lambda each: each.region.x)
    return [each.description for each in keys], keys[-1].region.right


async def test_home_shows_whole_keys_at_every_width_and_help_always():
    async with running(held(1, 7), first=OpenHome()) as run:
        await run.on("HomeScreen")
        wide, _ = await shown(run)
        for width in (160, 90, 76, 66, 60, 160):
            await run.pilot.resize_terminal(width, 24)
            words, right = await shown(run)
            assert right <= width
            assert words[-1] == wide[-1] == "Help"
            assert words == [each for each in wide if each in words]
            assert len(words) > 4
        assert words == wide

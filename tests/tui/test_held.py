"""What a session under way does not hold: lines of screens that are gone, and each of its own lines twice."""

from rich.cells import cached_cell_len
from support.stage import staged
from textual.widget import Widget

from rmsession.tui.pulse import FORGET_TICKS


async def test_no_line_of_a_screen_that_is_gone_is_kept():
    async with staged() as stage:
        await stage.pilot.press("f1")
        await stage.pilot.pause()
        gone = [each for each in stage.app.screen.walk_children(with_self=True) if isinstance(each, Widget)]
        drawn = [each._styles_cache for each in gone]
        assert any(each._cache for each in drawn)
        await stage.pilot.press("escape")
        await stage.pilot.pause()
        assert not any(each.is_attached for each in gone)
        assert not any(each._cache for each in drawn)


async def test_every_line_goes_through_one_filter():
    async with staged() as stage:
        [only] = stage.app.get_line_filters()
        assert stage.screen.get_line_filters() == [only]
        stage.app.ansi_color = True
        await stage.pilot.pause()
        assert stage.app.get_line_filters() != [only], "it knows which of Textual's are asked for"
        stage.app.ansi_color = False
        await stage.pilot.pause()
        assert stage.app.get_line_filters() == [only]


async def test_the_widths_of_digits_of_long_ago_are_not_kept():
    async with staged() as stage:
        stage.screen._pulse._ticks = FORGET_TICKS - 2
        for number in range(500):
            cached_cell_len(f"digits of long ago {number}")
        stage.clock.run(1)
        stage.screen._tick()
        assert cached_cell_len.cache_info().currsize >= 500
        stage.clock.run(1)
        stage.screen._tick()
        assert cached_cell_len.cache_info().currsize < 500

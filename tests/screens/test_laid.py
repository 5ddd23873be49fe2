"""Widgets are told of every change of their size, whatever is asked while it is under way."""

import asyncio

from textual.app import App, ComposeResult
from textual.screen import Screen

from screens.laid import Laid
from screens.widgets.painted import Painted, line


class Told(Painted):
    """Keeps the heights that it was told."""

    def on_mount(self) -> None:
        """Nothing was told yet."""
        self.told: list[int] = []

    def on_resize(self) -> None:
        """One more."""
        self.told.append(self.size.height)


class Two(Laid[None]):
    """Two panes, and one that is hidden."""

    def compose(self) -> ComposeResult:
        """The three of them."""
        yield Told(line("甲"), id="first")
        yield Told(line("乙"), id="second")
        yield Told(line("丙"), id="hidden")


class OneScreen(App[None]):
    """An application with just that screen."""

    def get_default_screen(self) -> Screen[None]:
        """The one under test."""
        return Two()


async def test_a_size_is_told_though_somebody_asks_for_places_while_it_is_laid_out() -> None:
    async with OneScreen().run_test(size=(40, 12)) as pilot:
        screen = pilot.app.screen
        first, second, hidden = (
            screen.query_one(f"#{n}", Told) for n in ("first", "second", "hidden")
        )
        hidden.display = False
        await pilot.pause()
        first.told.clear()
        for height in (5, 3, 6):
            first.styles.height = height
            for _turn in range(30):
                screen._compositor.update_widgets({hidden})  # a hidden one wants to be painted,
                assert screen._compositor.full_map  # and somebody asks where another one is
                await asyncio.sleep(0)
            for _turn in range(250):  # the layout comes with a beat of its own, late on a busy desk
                if first.told[-1:] == [height]:
                    break
                await pilot.pause(0.02)
        assert first.told == [5, 3, 6]
        assert second.region.y == 6

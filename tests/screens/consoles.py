"""A console under test: the real application on a real desk, driven by keys."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from screens.app import WuyeApp
from screens.dispatch import Dispatch
from screens.widgets.step_form import StepForm
from tests.textual_once import is_unpainted
from wuye_tui.desk import Desk
from wuye_tui.registers import duties, matters
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Result

SIZE = (80, 24)


class Console:
    """What a test does at the console, and what it sees there."""

    def __init__(self, app: WuyeApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.keys = 0

    @property
    def screen(self) -> Dispatch:
        """The one screen."""
        return self.app.desk_screen

    @property
    def form(self) -> StepForm:
        """The form that is open."""
        found = self.screen.form
        assert found is not None, self.text
        return found

    @property
    def text(self) -> str:
        """Every line of the terminal, as it is painted now."""
        size = self.app.size
        update = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in update[: size.height])

    @property
    def news(self) -> str:
        """The line above the keys."""
        return self.screen.news

    async def press(self, *keys: str) -> None:
        """Presses keys, counted, and waits until what they set off is done."""
        for key in keys:
            self.keys += 1
            await self.pilot.press(key)
            await self.settle()

    async def type(self, words: str) -> None:
        """Puts words in where the caret is, as an input method does; not counted."""
        focused = self.app.focused
        assert focused is not None
        focused.paste(words)  # type: ignore[attr-defined]
        await self.settle()

    async def settle(self) -> None:
        """Until every question to the desk is answered and painted."""
        quiet = 0
        while quiet < 2:
            await self.pilot.pause()
            busy = [one for one in self.app.workers if one.is_running and one.group != "lock"]
            waits = busy or self.app.has_keys or is_unpainted(self.pilot)
            quiet = 0 if waits else quiet + 1

    async def beat(self) -> None:
        """A second goes by for the screen; the clock of the desk is the test's own."""
        self.screen.beat()
        await self.settle()


@asynccontextmanager
async def console(
    desk: Desk | Callable[[], Desk], size: tuple[int, int] = SIZE
) -> AsyncIterator[Console]:
    """The console of a desk, opened and read."""
    opener = desk if callable(desk) else lambda: desk
    app = WuyeApp(opener)
    async with app.run_test(size=size) as pilot:
        found = Console(app, pilot)
        await found.settle()
        yield found
        assert app.failures == {}


def on_duty(desk: Desk) -> Desk:
    """The same desk, with its clerk on duty."""
    desk.perform("duty.start", lambda act: duties.start(act, desk))
    return desk


def registered(desk: Desk, clock: StoppedClock, text: str, unit: str = "3-1-502") -> str:
    """A slip that is registered and no more; a second later than the one before."""
    clock.advance(1)
    done: Result = desk.perform(
        "repair.register", lambda act: matters.start(act, "repair", unit=unit, text=text)
    )
    return str(done["number"])


def taken(desk: Desk, number: str, verb: str, **given: object) -> Result:
    """A step of a slip, taken beside the console."""
    return desk.perform(
        f"repair.{verb}",
        lambda act: matters.take(act, number, verb, **given),  # type: ignore[arg-type]
    )

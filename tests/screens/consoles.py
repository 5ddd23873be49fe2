"""A console under test: the real application on a real desk, driven by keys."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from textual import events
from textual.pilot import Pilot

from screens import finding
from screens.app import WuyeApp
from screens.commands import LINE
from screens.dispatch import Dispatch
from screens.widgets import intake_bar
from screens.widgets.step_form import StepForm
from tests.moulds import moulded
from tests.textual_once import all_through, is_unpainted, looked_at
from wuye_tui.desk import Desk
from wuye_tui.registers import duties, matters
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Result

SIZE = (80, 24)
SHORT = 0.001  # seconds for a thread that is asked something
LONGEST = 30.0
MOST_PANELS = 8  # over one another
intake_bar.PAUSE = finding.PAUSE = 0.0  # the line is read after the last key; a test waits for that


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

    async def hit(self, *keys: str) -> None:
        """Presses keys as somebody does who waits for nothing; not counted."""
        with looked_at(by_the_test=False):
            await self.pilot.press(*keys)

    async def begin_again(self) -> None:
        """Back to an empty line, with nothing open; what was half done is put aside."""
        for _panel in range(MOST_PANELS):
            if self.screen.panel == "queue":
                break
            await self.press("escape")
        await self.press(*([] if self.screen.place == LINE else ["f2"]), "ctrl+u")
        assert (self.screen.panel, self.screen.place) == ("queue", LINE), self.text
        assert not self.screen.intake.words

    async def type(self, words: str) -> None:
        """Puts words in where the caret is, as an input method does; not counted."""
        focused = self.app.focused
        assert focused is not None
        if hasattr(focused, "paste"):
            focused.paste(words)
        else:  # a list or a button, which hands them on
            focused.post_message(events.Paste(words))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """The terminal's window gets another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def settle(self) -> None:
        """Until every question to the desk is answered, every message dealt with, all painted."""
        quiet, until = 0, time.monotonic() + LONGEST
        while quiet < 2:
            if not self._is_at_work():
                await self.pilot.pause()
            quiet = 0 if self._is_busy() else quiet + 1
            await asyncio.sleep(0 if quiet else SHORT)
            assert time.monotonic() < until, "it never comes to rest"

    def _is_busy(self) -> bool:
        if self.app._exit or not self.app.screen_stack:
            return False
        return self._is_at_work() or is_unpainted(self.pilot) or not all_through(self.pilot)

    def _is_at_work(self) -> bool:
        """Whether something comes yet, whatever is painted now."""
        if self.app._exit or not self.app.screen_stack:
            return False
        busy = [w for w in self.app.workers if not w.is_finished and w.group != "lock"]
        return bool(busy or self.app._asked or self.app.has_keys or self.screen.is_awaited)

    async def beat(self) -> None:
        """A second goes by for the screen; the clock of the desk is the test's own."""
        self.screen.beat()
        await self.settle()


@contextmanager
def case(*given: object) -> Iterator[None]:
    """One of several cases at the same console; where it fails, it is named."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in the case of {given}")
        raise


@asynccontextmanager
async def console(
    desk: Desk | Callable[[], Desk], size: tuple[int, int] = SIZE
) -> AsyncIterator[Console]:
    """The console of a desk, opened and read."""
    opener = desk if callable(desk) else lambda: desk
    app = WuyeApp(opener)
    with looked_at():
        async with app.run_test(size=size) as pilot:
            found = Console(app, pilot)
            await found.settle()
            yield found
            assert app.failures == {}


@moulded
def on_duty(desk: Desk) -> Desk:
    """The same desk, with its clerk on duty."""
    duties.begin(desk)
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

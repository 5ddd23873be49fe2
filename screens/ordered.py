"""Keys count in the order in which they were typed.

Textual hands a letter to the field, a key of the screen to the application, and both go on by
themselves. On a slow line several come at once: Enter would then register words that were typed
after it, and F7 would save a form before its last word was in. Here each key is through before the
next one has its turn.
"""

import asyncio
from typing import Any

from textual import events
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

from screens.base import DeskApp
from screens.watching import Watching

LONGEST = 1.0  # seconds that one key may hold up the next: somebody who types is never locked out
# The workers that open and close forms or read what is ticked before that, find whose account it
# is, and those that write: a database that takes longer than LONGEST holds up nobody's typing.
_MOVING = frozenset({"form", "several", "enter", "line", "save", "billing"})


class OrderedApp(DeskApp):
    """An application that takes its keys one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_typed: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self._key_taker: asyncio.Task[None] | None = None
        self._last_typed: events.Key | events.Paste | None = None  # while it has not been taken
        self._ahead = 0
        self._too_long: set[Worker[Any]] = set()  # those that keys have waited for once, in vain

    @property
    def has_keys(self) -> bool:
        """Whether a key has been typed that is not through yet."""
        return self._ahead > 0

    async def on_event(self, event: events.Event) -> None:
        """Every key and every paste comes here first."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            last = self._last_typed
            if isinstance(event, events.Paste) and isinstance(last, events.Paste):
                last.text += event.text  # a paste without brackets comes in hundreds of pieces
                return
            self._ahead += 1
            self._last_typed = event
            self._keys_typed.put_nowait(event)
            if self._key_taker is None:
                self._key_taker = asyncio.create_task(self._take())
        else:
            await super().on_event(event)

    async def _take(self) -> None:
        while True:
            event = await self._keys_typed.get()
            if event is self._last_typed:
                self._last_typed = None
            try:
                await self._take_one(event)
            except Exception as error:
                self._handle_exception(error)
            finally:
                self._ahead -= 1

    async def _take_one(self, event: events.Key | events.Paste) -> None:
        target = self.focused or self.screen
        await super().on_event(event)
        try:
            async with asyncio.timeout(LONGEST):
                await self._through(target)
                if not (isinstance(target, Input) and self._is_writing(event)):
                    await self._acted(target)
        except TimeoutError:
            self._too_long = set(self._at_work)

    def _is_writing(self, event: events.Key | events.Paste) -> bool:
        """Whether a field keeps it: nothing else can come of it."""
        return isinstance(event, events.Paste) or event.is_printable

    async def _acted(self, target: MessagePump) -> None:
        """It may have gone up to whatever has a use for it, and may have moved the focus."""
        above = list(target.ancestors) if isinstance(target, Widget) else []
        quiet = 0
        while quiet < 2:  # what it sets off at the top may begin at the bottom again, as Enter does
            was_moving = self._is_moving
            for node in (target, *above, self):
                await self._through(node)
            if was_moving or self._is_moving:
                quiet = 0
                await asyncio.sleep(0.005)
            else:
                quiet += 1

    @property
    def _is_moving(self) -> bool:
        """Whether the key still has to open something, into which the next one may be meant."""
        if isinstance(self.screen, Watching) and self.screen.is_awaited:
            return True
        return not self._at_work <= self._too_long

    @property
    def _at_work(self) -> set[Worker[Any]]:
        return {one for one in self.workers if not one.is_finished and one.group in _MOVING}

    async def _through(self, node: MessagePump) -> None:
        """Whatever has been sent to it until now has been dealt with."""
        done = asyncio.Event()
        if node.is_running and node.call_later(done.set):
            await done.wait()

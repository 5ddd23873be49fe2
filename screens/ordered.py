"""Keys count in the order in which they were typed.

Textual hands a letter to the field, a key of the screen to the application, and both go on by
themselves. On a slow line several come at once: Enter would then register words that were typed
after it, and F7 would save a form before its last word was in. Here each key is through before the
next one has its turn.
"""

import asyncio
from contextlib import suppress

from textual import events
from textual.message_pump import MessagePump

from screens.base import DeskApp

LONGEST = 0.3  # seconds that one key may hold up the next: somebody who types is never locked out
_MOVING = "form"  # the group of workers that open and close forms


class OrderedApp(DeskApp):
    """An application that takes its keys one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_typed: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self._key_taker: asyncio.Task[None] | None = None
        self._ahead = 0

    @property
    def has_keys(self) -> bool:
        """Whether a key has been typed that is not through yet."""
        return self._ahead > 0

    async def on_event(self, event: events.Event) -> None:
        """Every key and every paste comes here first."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._ahead += 1
            self._keys_typed.put_nowait(event)
            if self._key_taker is None:
                self._key_taker = asyncio.create_task(self._take())
        else:
            await super().on_event(event)

    async def _take(self) -> None:
        while True:
            event = await self._keys_typed.get()
            try:
                await self._take_one(event)
            except Exception as error:
                self._handle_exception(error)
            finally:
                self._ahead -= 1

    async def _take_one(self, event: events.Key | events.Paste) -> None:
        target = self.focused or self.screen
        await super().on_event(event)
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await self._through(target)
                if isinstance(event, events.Key) and not event.is_printable:
                    await self._acted(target)

    async def _acted(self, target: MessagePump) -> None:
        """It may have gone up to whatever has a use for it, and may have moved the focus."""
        for node in list(target.ancestors)[:-1] if hasattr(target, "ancestors") else []:
            await self._through(node)
        await self._through(self)
        while any(one.is_running and one.group == _MOVING for one in self.workers):
            await asyncio.sleep(0.005)
        await self._through(self)

    async def _through(self, node: MessagePump) -> None:
        """Whatever has been sent to it until now has been dealt with."""
        done = asyncio.Event()
        if node.is_running and node.call_later(done.set):
            await done.wait()

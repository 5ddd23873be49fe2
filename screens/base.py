"""What the screens share: the open desk, questions asked in threads, and the drafts on disk."""

import asyncio
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from textual.dom import DOMNode

from screens.crash import SafeApp
from screens.drafts import Spool
from wuye_tui.logs import failure, log
from wuye_tui.rules.errors import DeskError, Forbidden
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

WAIT = 1.0  # seconds; whoever waits longer for the database is told, and told again each time
# Questions that nobody waits for any more hold a thread while the database is locked; the next
# ones still get theirs. The engine has a connection for each.
QUESTIONS = 12


class Unexpected(DeskError):
    """A defect of the program, in a question or an act that was not done."""

    def __init__(self, error_id: str) -> None:
        super().__init__(
            _(
                "程序在这一步出错，没有保存，已填内容仍在；别的可以照做。"
                "请把错误号 {error_id} 告诉管理员。"
            ).format(error_id=error_id)
        )


class DeskApp(SafeApp[int]):
    """An application at a desk that is opened after the first paint.

    Nothing asks the database in the event loop: `ask` runs the question in a thread, so that a
    locked or slow database never holds up a key.
    """

    def __init__(self) -> None:
        super().__init__()
        self.spool = Spool()
        self._desk: Desk | None = None
        self._open = asyncio.Event()
        self._spooled = True
        self.failures: dict[str, str] = {}
        self._threads = ThreadPoolExecutor(QUESTIONS, "question")
        # One of its own: what is typed goes on disk within a second, whatever the database does.
        self._writer = ThreadPoolExecutor(1, "drafts")
        self._file = threading.Lock()
        self._saved_last = False
        self._has_ended = False
        self._asked: dict[object, float] = {}  # since when each question waits
        self._look: asyncio.TimerHandle | None = None

    @property
    def desk(self) -> "Desk":
        """The open desk with whoever sits at it. Only to be asked once it is open."""
        assert self._desk is not None
        return self._desk

    @property
    def is_open(self) -> bool:
        """Whether the desk has been opened."""
        return self._desk is not None

    def sit_down(self, desk: "Desk") -> None:
        """Takes this desk from now on, and whoever sits at it."""
        self._desk = desk
        self._open.set()

    async def ask(
        self,
        question: "Callable[Concatenate[Desk, Given], Answer]",
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """The answer of a question to the desk; waits until the desk is open. Raises DeskError.
        Whoever sits here is told where the database keeps it waiting.

        A defect behind the question is a sentence too: whoever has a caller on the line goes on
        with something else. Where the console has ended meanwhile, nobody is there to be told.
        """
        with self._waiting():
            return await self.make(question, *args, **kwargs)

    async def make(
        self,
        question: "Callable[Concatenate[Desk, Given], Answer]",
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """The same for what takes long by itself, such as paper: no database is to blame."""
        await self._open.wait()
        ask = partial(question, self.desk, *args, **kwargs)
        what = getattr(question, "__name__", "")
        asked = partial(copy_context().run, _noted, self.desk, ask, what)
        try:
            answer = await asyncio.get_running_loop().run_in_executor(self._threads, asked)
        except DeskError:
            raise
        except Exception as error:
            if self._has_ended:
                raise asyncio.CancelledError from error
            raise Unexpected(self._failed(error)) from error
        if not self.is_running:
            raise asyncio.CancelledError
        return answer

    def end_threads(self) -> None:
        """No further question is put; those under way end by themselves."""
        self._has_ended = True
        self._threads.shutdown(wait=False)
        self._writer.shutdown(wait=False)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Tells whoever sits here while a question waits, and when none does any more."""
        question = object()
        self._asked[question] = asyncio.get_running_loop().time()
        if self._look is None:
            self._look_later()
        try:
            yield
        finally:
            del self._asked[question]
            if not self._asked and self._look is not None:
                self._look.cancel()
                self._look = None
                self.answered()

    def _look_later(self) -> None:
        self._look = asyncio.get_running_loop().call_later(WAIT, self._look_now)

    def _look_now(self) -> None:
        longest = asyncio.get_running_loop().time() - min(self._asked.values())
        if longest >= WAIT:
            self.waits(int(longest))
        self._look_later()

    def waits(self, seconds: int) -> None:
        """Tells whoever sits here that a question has been waiting for so long."""

    def answered(self) -> None:
        """No question waits any more."""

    def _failed(self, error: Exception) -> str:
        """The error id of a defect, the same for the same one: it is logged once."""
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} {last.filename}:{last.lineno}"
        if place not in self.failures:
            self.failures[place] = failure(error, "a question to the desk")
        return self.failures[place]

    async def write_drafts(self) -> None:
        """Puts what is half typed on disk, if anything of it is new."""
        data = self.spool.snapshot()
        if not data or self._has_ended:
            return
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, self._write, data)
            self._spooled = True
        except OSError:
            if self._spooled:  # said once, not twice a second
                log.warning("drafts cannot be written")
                self.drafts_failed()
            self._spooled = False

    def _write(self, data: bytes) -> None:
        with self._file:
            if not self._saved_last:  # what was written at the end is newer than this
                self.spool.write(data)

    def drafts_failed(self) -> None:
        """Tells whoever types that a crash would now cost what is half typed."""

    def save(self) -> None:
        """Writes what is half typed, before the end."""
        with self._file:
            self._saved_last = True
            self.spool.close()


def console(node: DOMNode) -> DeskApp:
    """The application a widget lives in, with the desk."""
    app: Any = node.app
    return cast("DeskApp", app)


def _noted(desk: "Desk", ask: Callable[[], Answer], what: str) -> Answer:
    """The answer; what whoever sits here had no right to is written down."""
    try:
        return ask()
    except Forbidden as refusal:
        desk.note(refusal, what)
        raise

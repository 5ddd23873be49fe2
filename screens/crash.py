"""What the console does when something ends it: a defect, a dropped line, a shutdown.

The terminal is given back as it was, what is half typed is saved, and one sentence names the
error and the log. Textual's own crash screen prints local variables, and with them whoever was
on the screen.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual.app import App
from textual.worker import WorkerFailed

from wuye_tui.logs import failure, log, log_path
from wuye_tui.rules.text import visible
from wuye_tui.words import _

if TYPE_CHECKING:
    from rich.console import RenderableType

UNEXPECTED: Final = 70
INTERRUPTED: Final = 130
HUNG_UP: Final = 128 + 1
TERMINATED: Final = 128 + 15
_STDIN, _STDERR = 0, 2

# Kitty keys off, wrapping on, paste and focus reports off, main screen, caret shown, plain.
_RESTORE: Final = b"\x1b[<u\x1b[?7h\x1b[?2004l\x1b[?1004l\x1b[?1049l\x1b[?25h\x1b[0m"

Result = TypeVar("Result")


class SafeApp(App[Result]):
    """An application that ends in order. Start it with `launch`, not with `run`."""

    ENDING_SIGNALS: ClassVar[dict[str, int]] = {
        "SIGHUP": HUNG_UP,
        "SIGINT": INTERRUPTED,
        "SIGTERM": TERMINATED,
    }

    _ending = False
    _saved = False

    def save(self) -> None:
        """Writes what is half typed. Called once before the application ends against its will."""

    def launch(self) -> int:
        """Runs the application and returns the exit status of the program."""
        keyboard = _keyboard_settings()
        try:
            self.run(mouse=False)
        except KeyboardInterrupt:
            self._save_once()
            return INTERRUPTED
        except Exception as error:
            self._save_once()
            _give_back(keyboard)
            _tell(_sentence(failure(error, "console")))
            return UNEXPECTED
        return self.return_code or 0

    def on_load(self) -> None:
        """Takes the signals before the terminal is taken, so that none leaves it in disorder."""
        loop = asyncio.get_running_loop()
        for name, status in self.ENDING_SIGNALS.items():
            # Not on Windows, and not where the loop does not run in the main thread.
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), self._end, status)

    def panic(self, *renderables: "RenderableType") -> None:
        """Ends after an error that Textual has caught itself, of which only a picture is left.

        Mostly it is the reader of the keyboard: a line that was cut reads as an error too.
        """
        kinds = [kind for picture in renderables for kind in pictured(picture)]
        if "OSError" in kinds:
            self._end(HUNG_UP)
        else:
            self._crash(RuntimeError(*kinds))

    def _handle_exception(self, error: Exception) -> None:
        # Textual's way for every exception of a message, a timer, a worker or a repaint.
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self._crash(error.error if isinstance(error, WorkerFailed) else error)
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._crash(sys.exception() or RuntimeError())

    def _crash(self, error: BaseException) -> None:
        if not self._ending:  # a dying line brings errors with it
            self._return_code = UNEXPECTED
        name = failure(error, "console")
        self._save_once()
        self._exit_renderables[:] = [_sentence(name)]
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        # Reached when the terminal is the shell's again. Plain text: no markup, one line each.
        for said in self._exit_renderables:
            _tell(str(said))
        self._exit_renderables.clear()

    def _end(self, status: int) -> None:
        if self._ending:
            return
        self._ending = True
        log.info("console ends on signal, status %d", status)
        self._save_once()
        self.exit(return_code=status)

    def _save_once(self) -> None:
        if self._saved:
            return
        self._saved = True
        try:
            self.save()
        except Exception as error:
            failure(error, "saving at the end")


def pictured(picture: object) -> list[str]:
    """The error that a picture of Rich's shows. Nothing is imported for it: its code takes long
    at every start, and a program that is ending may not be able to.
    """
    rich = sys.modules.get("rich.traceback")
    if rich is None or not isinstance(picture, rich.Traceback):
        return []
    return [stack.exc_type for stack in picture.trace.stacks[:1]]


def _sentence(name: str) -> str:
    if path := log_path():
        told = _("值台程序出错，已经退出，错误号 {name}，详情在 {path}。请重新打开，并告诉管理员。")
        return told.format(name=name, path=path)
    told = _("值台程序出错，已经退出，错误号 {name}。请重新打开，并告诉管理员。")
    return told.format(name=name)


def _tell(sentence: str) -> None:
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(visible(sentence) + "\n")
        sys.stderr.flush()


def _keyboard_settings() -> list[Any] | None:
    if sys.platform == "win32":
        return None
    import termios

    with suppress(termios.error):
        return termios.tcgetattr(_STDIN)
    return None


def _give_back(keyboard: list[Any] | None) -> None:
    """Puts the terminal into its ordinary state, for a driver that did not come to it."""
    if keyboard is None or sys.platform == "win32":
        return
    import termios

    with suppress(termios.error, OSError):
        termios.tcsetattr(_STDIN, termios.TCSADRAIN, keyboard)
        os.write(_STDERR, _RESTORE)

"""What must be settled about the terminal before Textual starts in it.

`prepare` comes before every other import of Textual: the library reads its settings then.
"""

import codecs
import os
import signal
import sys
import time
from collections.abc import Callable

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

_SMALLEST = (60, 20)


class NoTerminal(UsageError):
    """The console was called where there is nobody to look at it."""

    def __init__(self) -> None:
        super().__init__(
            _("这里不是终端，打不开值台界面。请在终端里运行，或加 --help 看其他命令。")
        )


def prepare() -> None:
    """Makes the input method, foreign bytes and a dead line safe. Calling it again is harmless."""
    # With Textual's Kitty keys a commit of five Han characters arrives as garbage.
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    if not os.environ.get("NO_COLOR"):  # an empty one asks for nothing, and Textual does not know
        os.environ.pop("NO_COLOR", None)
    from textual import constants

    if not constants.DISABLE_KITTY_KEY:  # somebody imported Textual first
        constants.DISABLE_KITTY_KEY = True  # type: ignore[misc]
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        linux_driver.getincrementaldecoder = _decoder_for  # type: ignore[attr-defined, assignment]
    # Textual paints on standard error; a character that its encoding lacks must not kill it.
    if sys.__stderr__ is not None and hasattr(sys.__stderr__, "reconfigure"):
        sys.__stderr__.reconfigure(errors="replace")


def demand() -> None:
    """Raises NoTerminal where the console could neither be seen nor typed into."""
    streams = (sys.__stdin__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise NoTerminal


def advice() -> list[str]:
    """What a person should change about this terminal before all else; usually nothing.

    Nothing here keeps the console from starting.
    """
    said = []
    stream = sys.__stderr__
    encoding = (stream.encoding if stream is not None else None) or "ascii"
    if codecs.lookup(encoding).name != "utf-8":
        said.append(
            _("终端编码是 {encoding}，中文会显示错。请改成 UTF-8，例如 LANG=zh_CN.UTF-8。").format(
                encoding=encoding
            )
        )
    return said


def too_small(columns: int, lines: int) -> str:
    """What to say of a terminal of this size: nothing from 60x20 on.

    The advice comes first, for a line that has no room for all of it.
    """
    if columns >= _SMALLEST[0] and lines >= _SMALLEST[1]:
        return ""
    told = _("建议 80x24 以上，现在终端只有 {columns}x{lines}。")
    return told.format(columns=columns, lines=lines)


MOST_TYPED = 256  # characters that an input method may commit at once
MOST_AHEAD = 16  # characters that somebody types ahead while the line is slow, Enter among them
GOING_ON = 0.1  # seconds in which the rest of a paste follows
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
# Shift+F3 as terminals send it is, letter for letter, the report of where the cursor is (in the
# first line), and Textual takes it for that. Nobody here asks where the cursor is.
_SHIFT_F3, _F15 = "\x1b[1;2R", "\x1b[28~"
_NO_KEY = "\x1a"  # a control character that starts no key; the field drops it, and counts it


class Pastes:
    """Keeps an escape character inside a paste from ending it: what follows would be keys.

    Whoever pastes a text that holds one would otherwise run commands with it. Outside of a paste
    nothing is held back or changed, however the terminal cuts its stream.
    """

    def __init__(self) -> None:
        self._inside = False
        self._seen = ""  # the last of what went through, where a paste may have begun
        self._held = ""  # the last of a paste, which may be the beginning of its end

    @property
    def is_inside(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._inside

    def clean(self, text: str) -> str:
        """The next piece of what the terminal sends."""
        passed = []
        while text:
            part, text = self._pasted(text) if self._inside else self._typed(text)
            passed.append(part)
        return "".join(passed)

    def _typed(self, text: str) -> tuple[str, str]:
        known = len(self._seen)
        begins = (self._seen + text).find(_PASTE)
        if begins < 0:
            self._seen = (self._seen + text)[1 - len(_PASTE) :]
            return text, ""
        end = begins + len(_PASTE) - known
        self._inside, self._seen = True, ""
        return text[:end], text[end:]

    def _pasted(self, text: str) -> tuple[str, str]:
        held, self._held = self._held + text, ""
        content, end, rest = held.partition(_PASTED)
        if end:
            self._inside = False
            return content.replace("\x1b", _NO_KEY) + end, rest
        for length in range(len(_PASTED) - 1, 0, -1):
            if content.endswith(_PASTED[:length]):
                self._held, content = content[-length:], content[:-length]
                break
        return content.replace("\x1b", _NO_KEY), ""


class Bursts:
    """Puts brackets around a paste of a terminal that has none: it comes as one burst of keys.

    A line end in it would register half of it, Ctrl+Q in it would end the program, and a megabyte
    of single keys would keep the desk busy for minutes. Nobody types so much at once: an input
    method commits words, and Enter comes behind them.
    """

    def __init__(self) -> None:
        self._until = 0.0  # a burst that comes before is the rest of the one before

    def bracket(self, text: str, now: float) -> str:
        """The text of one reading, `now` in seconds of any clock that only goes forward."""
        # A key that begins with an escape character, or a paste with brackets, is what it is.
        going_on, burst = now < self._until, _is_burst(text)
        if "\x1b" in text or not text or not (going_on or burst):
            self._until = 0.0
            return text
        if burst:  # a key that is held down behind a paste must not keep it going for ever
            self._until = now + GOING_ON
        return f"{_PASTE}{text}{_PASTED}"


def _is_burst(text: str) -> bool:
    """Whether it is far too long for a person, or does something in its midst."""
    return len(text) > MOST_TYPED or (
        len(text) > MOST_AHEAD and any(not character.isprintable() for character in text[:-1])
    )


class _Decoder(codecs.IncrementalDecoder):
    """UTF-8 that survives what is not UTF-8, and notices a line that has gone dead.

    Bytes of another encoding, and mouse reports of old terminals, become U+FFFD, which the
    registers refuse. A terminal that has hung up reads as endless nothing: without a signal the
    program would spin on it for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        self._inner = codecs.getincrementaldecoder("utf-8")("replace")
        self._bursts = Bursts()
        self._pastes = Pastes()
        self._dead = False

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        """The text of these bytes; half a character waits for its other half."""
        if not data and not final and not self._dead:
            self._dead = True
            os.kill(os.getpid(), signal.SIGHUP)
        text = self._inner.decode(data, final)
        if not self._pastes.is_inside:
            text = self._bursts.bracket(text, time.monotonic())
        return self._pastes.clean(text).replace(_SHIFT_F3, _F15)


def _decoder_for(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """Stands in for `codecs.getincrementaldecoder` inside Textual's driver."""
    return _Decoder if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)

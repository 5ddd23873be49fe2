"""What must be settled about the terminal before Textual starts in it.

`prepare` comes before every other import of Textual: the library reads its settings then.
"""

import codecs
import os
import signal
import sys
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
    """What a person should change about this terminal, one sentence each; usually nothing.

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
    try:
        columns, lines = os.get_terminal_size(stream.fileno() if stream is not None else 2)
    except (OSError, ValueError):
        columns, lines = _SMALLEST
    if columns < _SMALLEST[0] or lines < _SMALLEST[1]:
        said.append(
            _("终端只有 {columns}x{lines}，建议放大到 80x24。").format(columns=columns, lines=lines)
        )
    return said


_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
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


class _Decoder(codecs.IncrementalDecoder):
    """UTF-8 that survives what is not UTF-8, and notices a line that has gone dead.

    Bytes of another encoding, and mouse reports of old terminals, become U+FFFD, which the
    registers refuse. A terminal that has hung up reads as endless nothing: without a signal the
    program would spin on it for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        self._inner = codecs.getincrementaldecoder("utf-8")("replace")
        self._pastes = Pastes()
        self._dead = False

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        """The text of these bytes; half a character waits for its other half."""
        if not data and not final and not self._dead:
            self._dead = True
            os.kill(os.getpid(), signal.SIGHUP)
        return self._pastes.clean(self._inner.decode(data, final))


def _decoder_for(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """Stands in for `codecs.getincrementaldecoder` inside Textual's driver."""
    return _Decoder if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)

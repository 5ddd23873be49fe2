"""Standard output, standard error and the exit status: every command speaks through here.

Standard output carries what was asked for and nothing else; all other words go to standard error.
Nothing that lies in a record can steer the terminal: every line passes `visible`, and in JSON the
same characters are written as escapes.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar, Final, TextIO
from uuid import UUID

from wuye_tui.cli.page import CELLS
from wuye_tui.cli.tables import Column, cell, table_lines
from wuye_tui.logs import failure, log_path
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.eyes import told as told_of
from wuye_tui.rules.text import bad_character, masked_words, visible
from wuye_tui.rules.widths import pad, width
from wuye_tui.rules.wrapping import wrap
from wuye_tui.words import _

__all__ = [
    "Column", "emit", "fail", "heading", "hush", "main_guard", "say", "section", "table", "told",
]  # fmt: skip

USAGE: Final = 2
UNEXPECTED: Final = 70
INTERRUPTED: Final = 130
_GAP: Final = "  "
_NARROWEST: Final = 40
_quiet = False


class OutputLost(DeskError):
    """Standard output cannot be written: its disk is full, or its device is gone."""

    exit_status: ClassVar[int] = 74

    def __init__(self) -> None:
        super().__init__(_("结果写不出去，磁盘可能已满。请换个位置，再运行一次。"))


def hush(quiet: bool) -> None:
    """With `quiet`, `say` is silent from now on; errors and results are not."""
    global _quiet
    _quiet = quiet


def emit(document: object, as_json: bool) -> None:
    """Prints one result: a JSON document, or the same in words, one `key  value` a line.

    Keys keep their order. Times must be aware. Raises OutputLost.
    """
    if as_json:
        _write(sys.stdout, _json(document))
    else:
        _write(sys.stdout, "\n".join(_plain(document)))


def answer(document: object, as_json: bool, sentence: str) -> None:
    """What an act came to: the document for programs, or the sentence for people."""
    emit(document if as_json else sentence, as_json)


def table(
    rows: Iterable[Mapping[str, object]], columns: Sequence[Column], drawn: Sequence[Column] = ()
) -> None:
    """Prints rows under their headings, lined up with Han as two cells. Raises OutputLost.

    `drawn` are columns for the eye: they stand at the end, in a terminal that has room for them.
    Without rows standard output stays empty and standard error says so.
    """
    if drawn and is_terminal():
        rows = list(rows)
        if room_for(rows, [*columns, *drawn]):
            columns = [*columns, *drawn]
    lines = table_lines(rows, columns, across())
    if lines:
        _write(sys.stdout, "\n".join(lines))
    else:
        say(_("没有记录。"))


def room_for(rows: Iterable[Mapping[str, object]], columns: Sequence[Column]) -> bool:
    """Whether so many columns fit into a line, with what can be cut or folded cut or folded."""
    return max(map(width, table_lines(rows, columns, across())), default=0) <= across()


def told(line: str) -> None:
    """Prints a sentence that is part of the result. Raises OutputLost."""
    _write(sys.stdout, "\n".join(wrap(visible(line), across())))


def heading(words: str) -> None:
    """Prints a heading after a blank line. Raises OutputLost."""
    _write(sys.stdout, f"\n{visible(words)}")


def section(words: str, lines: Iterable[str]) -> None:
    """Prints a heading with its lines below it; nothing at all without lines. Raises OutputLost."""
    cells = across() - len(_GAP)
    shown = [_GAP + piece for line in lines for piece in wrap(visible(line), cells)]
    if shown:
        heading(words)
        _write(sys.stdout, "\n".join(shown))


def across() -> int:
    """How many cells a line may take: the terminal's own, and what every terminal has in a pipe."""
    if not is_terminal():
        return CELLS
    return max(shutil.get_terminal_size((CELLS, 24)).columns, _NARROWEST)


def is_terminal() -> bool:
    """Whether somebody looks at what is printed."""
    return sys.stdout is not None and sys.stdout.isatty()


def say(line: str) -> None:
    """Prints a word beside the result, such as progress or a warning, on standard error."""
    if not _quiet:
        _complain(line)


def progress(words: str, share: float) -> None:
    """How much of something long is done, 0 to 1: one line that is written over, in a terminal
    alone. At 1 the line is taken away.
    """
    if _quiet or sys.stderr is None or not sys.stderr.isatty():
        return
    told = "" if share >= 1 else f"{visible(words)} {share:4.0%}"
    sys.stderr.write(f"\r\x1b[K{told}")
    sys.stderr.flush()


def fail(error: DeskError) -> int:
    """Prints the refusal in one line on standard error and returns its exit status; numbers of
    people that it quotes are masked.
    """
    _complain(told_of(error, error.line))
    return error.exit_status


def main_guard(function: Callable[[], int | None]) -> int:
    """Runs one command and returns its exit status, whatever happens in it.

    What nobody expected is logged without anybody's data under an error id, and told in one
    sentence; a traceback is shown only with WUYE_DEBUG=1.
    """
    try:
        status = function() or 0
        _write(sys.stdout, "")
    except DeskError as error:
        return fail(error)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    except (KeyboardInterrupt, EOFError):
        return INTERRUPTED
    except BaseException as error:
        return _unexpected(error)
    return status


def _unexpected(error: BaseException) -> int:
    from typer import Abort  # slow to import, and needed only here

    if isinstance(error, Abort):  # Ctrl+C or the end of input at a question
        return INTERRUPTED
    # Wrong usage is refused by a class that the library keeps to itself.
    usage = getattr(error, "format_message", None)
    if callable(usage):
        detail = masked_words(usage())
        _complain(_("命令不对：{detail} 加 --help 可以看用法。").format(detail=detail))
        return USAGE
    name = failure(error, "command line")
    if os.environ.get("WUYE_DEBUG") == "1":
        _complain("".join(traceback.format_exception(error)).rstrip(), lines=True)
    if path := log_path():
        told = _("程序出错，错误号 {name}，详情已记入 {path}。请把错误号告诉管理员。")
        _complain(told.format(name=name, path=path))
    else:
        _complain(_("程序出错，错误号 {name}。请把错误号告诉管理员。").format(name=name))
    return UNEXPECTED


def _json(document: object) -> str:
    ascii_only = not _speaks_unicode(sys.stdout)
    text = json.dumps(document, ensure_ascii=ascii_only, indent=2, default=_plain_value)
    return bad_character().sub(lambda found: _escaped(found.group()), text)


def _escaped(character: str) -> str:
    """The character as JSON escapes it; the newlines between the keys stay."""
    return character if character == "\n" else json.dumps(character)[1:-1]


def _plain_value(value: object) -> object:
    """What JSON does not know: times in ISO 8601 with offset, names of files and keys as text."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(value)
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    raise TypeError(type(value))


def _plain(document: object, indent: str = "") -> list[str]:
    if isinstance(document, Mapping):
        widest = max((width(str(key)) for key in document), default=0)
        lines = []
        for key, value in document.items():
            if isinstance(value, Mapping | list | tuple) and value:
                lines += [f"{indent}{cell(key)}", *_plain(value, indent + _GAP)]
            else:
                head = f"{indent}{pad(cell(key), widest)}{_GAP}"
                first, *more = wrap(cell(value), max(across() - width(head), _NARROWEST // 4))
                lines += [head + first, *(" " * width(head) + line for line in more)]
        return lines
    if isinstance(document, list | tuple):
        return [line for item in document for line in _plain(item, indent)]
    return [indent + visible(line) for line in str(document).split("\n")]


def _complain(line: str, lines: bool = False) -> None:
    try:
        _write(sys.stderr, visible(line, lines))
    except OutputLost:
        return  # there is nowhere left to say it; the exit status still does


def _write(stream: TextIO | None, text: str) -> None:
    """Writes whole lines at once. A reader that has gone away (`| head`) is no error."""
    if stream is None:  # closed before the program began
        return
    encoding = stream.encoding or "utf-8"
    safe = text.encode(encoding, "backslashreplace").decode(encoding)
    try:
        if text:
            stream.write(safe + "\n")
        stream.flush()
    except BrokenPipeError:
        _to_nowhere(stream)
    except (OSError, ValueError) as error:
        _to_nowhere(stream)
        raise OutputLost from error


def _to_nowhere(stream: TextIO) -> None:
    """Points a dead stream at nothing, so that the interpreter's last flush finds no fault."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def _speaks_unicode(stream: TextIO | None) -> bool:
    return stream is None or (stream.encoding or "utf-8").lower().startswith("utf")

"""The office's log file: what went wrong and where in the program, and nothing about anybody.

`wuye.log` lies in the office's folder, readable by its owner alone, in UTC, one line a record.
A message is a constant English sentence; whatever is filled in and is not plainly a code, a
number or a time is replaced by its length. An exception is its type and the places it came
through, without local variables and, unless it is one of the desk's own, without its message:
database messages carry the values of the row.
"""

import logging
import os
import re
from datetime import UTC, date, datetime, timedelta
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb
from uuid import UUID

from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.text import visible

FILE = "wuye.log"
ROTATE_BYTES = 1_000_000
KEPT_FILES = 5

log = logging.getLogger("wuye")
log.addHandler(logging.NullHandler())

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that sounds or looks like another
_PERSONAL = re.compile(r"\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|1\d\d[ -]\d{4}[ -]\d{4}|\d{7,}[Xx]?")
_OUR_NUMBERS = re.compile(  # of records, as in PG-20261121-004, and of acts, which are UUIDs
    r"\b[A-Z]{2,3}-\d{4}(?:\d\d){0,2}-\d{3,6}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)
_TOKEN = re.compile(r"[A-Za-z0-9_.:/@+-]{1,64}")
_QUOTED = re.compile(r"「[^」]*」|\"[^\"]*\"|'[^']*'")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_HARMLESS = (int, float, date, timedelta, UUID)
_BIGGEST = 10**6  # a longer number may be a telephone
_MOST_FRAMES = 30
_MOST_CAUSES = 5


def open_log(home: Path, level: int = logging.INFO) -> Path:
    """Sends the log to `wuye.log` in `home` from now on; the file is made with its first line.

    Warnings of the libraries come along, taken apart in the same way.
    """
    close_log()
    handler = _OfficeFile(home / FILE)
    handler.setFormatter(_OneLine())
    handler.addFilter(without_people)
    logging.getLogger().addHandler(handler)
    log.setLevel(level)
    return home / FILE


def close_log() -> None:
    """Closes the file; what is logged afterwards goes nowhere."""
    for handler in _files():
        logging.getLogger().removeHandler(handler)
        handler.close()


def log_path() -> Path | None:
    """Where the log goes now, or None while it goes nowhere."""
    return next((Path(handler.baseFilename) for handler in _files()), None)


def error_id() -> str:
    """A short random name for one failure, fit to be read out over the telephone."""
    from secrets import choice  # not needed for the first paint

    return "".join(choice(_LETTERS) for _place in range(6))


def failure(error: BaseException, where: str) -> str:
    """Logs what nobody expected and returns its error id. `where` is a constant English word."""
    name = error_id()
    log.error("unexpected failure in %s, error id %s", where, name, exc_info=error)
    return name


def course(error: BaseException) -> str:
    """What was raised and the places it came through, the innermost last, causes behind.

    `KeyError at wuye_tui.cli.main:20 > wuye_tui.registers.units:41 caused by ...`
    """
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(parts) < _MOST_CAUSES:
        places = [
            f"{frame.f_globals.get('__name__', '?')}:{line}"
            for frame, line in walk_tb(cause.__traceback__)
        ]
        parts.append(f"{_kind(cause)} at {' > '.join(places[-_MOST_FRAMES:]) or 'nowhere'}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return " caused by ".join(parts)


def without_people(record: logging.LogRecord) -> bool:
    """A filter that lets every record pass, with what belongs to people taken out of it."""
    if isinstance(record.args, dict):
        record.args = {key: _argument(value) for key, value in record.args.items()}
    elif record.args:
        record.args = tuple(_argument(value) for value in record.args)
    try:
        message = record.getMessage()
    except (TypeError, ValueError, KeyError):
        message = "log message that does not fit its values"
    record.msg = _FOREIGN.sub(_length, _QUOTED.sub(_length, _digits(message)))
    record.args = ()
    return True


def _files() -> list["_OfficeFile"]:
    return [one for one in logging.getLogger().handlers if isinstance(one, _OfficeFile)]


def _argument(value: object) -> object:
    """The value itself where it cannot be about a person, otherwise its length."""
    if isinstance(value, _HARMLESS) and not (isinstance(value, int) and abs(value) > _BIGGEST):
        return value
    text = str(value)
    if _TOKEN.fullmatch(text) and _digits(text) == text:
        return text
    return f"<text {len(text)}>"


def _digits(text: str) -> str:
    """Takes out what may be a phone or an ID number, and leaves our own numbers alone."""
    parts, end = [], 0
    for number in _OUR_NUMBERS.finditer(text):
        parts += [_PERSONAL.sub("<number>", text[end : number.start()]), number.group()]
        end = number.end()
    return "".join([*parts, _PERSONAL.sub("<number>", text[end:])])


def _length(found: re.Match[str]) -> str:
    return f"<text {len(found.group())}>"


def _kind(error: BaseException) -> str:
    """The type, with the codes that say more and belong to nobody; the desk's own with words."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    for code in ("errno", "sqlite_errorname", "sqlstate"):
        if value := getattr(error, code, None):
            name += f" {code}={_argument(value)}"
    if isinstance(error, DeskError):
        name += f" ({_QUOTED.sub(_length, _digits(error.line))})"
    return name


class _OneLine(logging.Formatter):
    """`2026-11-21T09:50:00.123Z ERROR 4711 wuye: ...`: never more than one line a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, with the exception's course in place of a traceback."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{at.removesuffix('+00:00')}Z {record.levelname} {record.process} {record.name}: "
        line += record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            line += " | " + course(record.exc_info[1])
        return visible(line)


class _OfficeFile(RotatingFileHandler):
    """The log file of a folder that several programs share.

    A record that cannot be written (disk full, folder gone) is lost in silence: the log must
    never be what stops the desk.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=ROTATE_BYTES,
            backupCount=KEPT_FILES,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record, to the new file where another program has turned the old one over."""
        if self.stream is not None and not self._is_current(self.stream):
            self.stream.close()
            self.stream = None
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Nothing: see the class."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if hasattr(os, "fchmod"):  # not on Windows
            os.fchmod(handle, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding=self.encoding, errors=self.errors)

    def _is_current(self, stream: TextIOWrapper) -> bool:
        try:
            return os.path.samestat(os.fstat(stream.fileno()), Path(self.baseFilename).stat())
        except OSError:
            return False

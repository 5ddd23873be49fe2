"""What the desk refuses, and in which words.

Every refusal is a class that builds its own sentence: what is wrong and what to do next, in the
language in force. A `raise` therefore has no prose. `exit_status` is that of the
command line; `clause` names the regulation when it was the regulation that refused.
"""

import re
from typing import ClassVar, Final

from wuye_tui.words import N_, _, listed

_USUAL = 120  # characters of a sentence
_MOST = 1200  # more is no sentence any more
# What is quoted and long; a path of an ordinary length is told whole: its end says which file.
_QUOTED = re.compile("「(?!/[^」]{0,255}」)([^」]{60})[^」]{20,}」")


class DeskError(Exception):
    """Something a person must be told. `str(error)` is the sentence, without the clause."""

    exit_status: ClassVar[int] = 1
    passes: ClassVar[bool] = False  # over by itself after a while: whoever can wait tries again
    is_public: ClassVar[bool] = False  # the numbers in it are nobody's: of services, of a key
    place: str = ""  # of the database that it is about, fit to be shown
    is_cut: ClassVar[bool] = False  # nothing comes through to the database, or back from it

    def __init__(self, sentence: str, clause: str = "") -> None:
        super().__init__(sentence if len(sentence) <= _USUAL else _readable(sentence))
        self.clause = clause

    @property
    def line(self) -> str:
        """One line for a person, the clause first: `KF-12: ...`."""
        return f"{self.clause}: {self}" if self.clause else str(self)


def _readable(sentence: str) -> str:
    """The sentence with what it quotes cut to a length that somebody reads: a whole page may have
    been pasted into a field.
    """
    told = _QUOTED.sub(r"「\1..」", sentence)
    return told if len(told) <= _MOST else f"{told[:_MOST]}.."


class Refused(DeskError):
    """A rule of the office or of the regulations says no."""


class Forbidden(Refused):
    """Whoever acts wears no hat that grants it. The audit keeps that it was tried (ASVS 16.3.2)."""

    noted: bool = False  # it has been written down already


class UsageError(DeskError):
    """The words of a command or the fields of a form do not make sense."""

    exit_status = 2


class BadFile(DeskError):
    """A file that came in cannot be used as it is."""

    exit_status = 3


MISWRITTEN: Final = N_("这一行的写法不对：字要放在英文引号里，括号要成对，一个名称只写一次")
"""What is wrong with a line of a TOML file, in the words of whoever wrote it."""
NO_NUMBER: Final = N_(
    "这一行的写法不对：数字用半角单独写，不带单位，也不加引号；要写字，整个放在英文引号里"
)
_NUMBER: Final = re.compile(  # with more behind it, or of wide figures
    r"\s*[^=#\"']*=\s*[+-]?(?:(?!0\d)[0-9]+(?:\.[0-9]+)?\s*[^\s\d.:：/_#-]|[０-９])"
)


def miswritten(text: str, line: int) -> str:
    """The same of a line, counted from 1, by what it begins like: a number, or anything else. A
    time or a date is no number: it stands between quotes.
    """
    lines = text.splitlines()
    is_number = 0 < line <= len(lines) and _NUMBER.match(lines[line - 1])
    return _(NO_NUMBER if is_number else MISWRITTEN)


class NotFound(DeskError):
    """There is no such record."""

    exit_status = 4


class StoreError(DeskError):
    """The database cannot be read or written now: busy, full, read-only, gone, damaged, newer."""

    exit_status = 5
    is_public = True  # it quotes places and keys, nothing that was typed of anybody
    unsure: str = ""  # the key of an act that may be saved: with the same key it is saved once


class UnknownUnit(NotFound):
    """No unit answers to what was typed."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("没有房号「{typed}」。请按「栋-单元-房号」输入，例如 3-1-502。").format(typed=typed)
        )


class AmbiguousUnit(Refused):
    """Several units answer to what was typed; `choices` are their labels."""

    exit_status = 2

    def __init__(self, typed: str, choices: list[str]) -> None:
        self.choices = choices
        shown = listed(choices[:6])
        super().__init__(
            _("「{typed}」可能是 {choices}，请写清单元后再试。").format(typed=typed, choices=shown)
        )

"""Who sees what of people, and where: one table for screens, lists, files, paper and the log.

Masked unless the work at hand needs it (PIPL 6, 51): what a person sees of a list, a card or a
record is masked, and becomes whole by an act with a reason, which the audit keeps without the
number. The log, the audit and an error have nothing of it at all.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.text import masked_name, masked_phone, masked_plate, masked_words
from wuye_tui.words import N_

SECONDS: Final = 10
"""So long a number that was asked for stays on the screen."""


class What(StrEnum):
    """What belongs to somebody."""

    PHONE = "phone"
    IDENTITY = "identity"
    PLATE = "plate"
    NAME = "name"
    WORDS = "words"


class Where(StrEnum):
    """Where it may be seen."""

    LIST = "list"  # of the screen and the command line
    CARD = "card"  # of the unit that a caller speaks of
    RECORD = "record"  # one matter opened
    WORK = "work"  # the call that is taken or made just now
    PAPER = "paper"  # the slip that a worker carries
    BOOK = "book"  # the registers of a day, printed
    EXPORT = "export"  # people in a file
    OPENED = "opened"  # an owner's file, opened by FW-6.3
    LOG = "log"  # the log, the crash screen
    AUDIT = "audit"  # the chain, and every append-only table
    ERROR = "error"  # what is said to whoever may not see


class Shown(StrEnum):
    """How much of it."""

    WHOLE = "whole"
    MASKED = "masked"
    ASKED = "asked"  # masked, and whole by an act with a reason
    NEVER = "never"


_W, _M, _A, _N = Shown.WHOLE, Shown.MASKED, Shown.ASKED, Shown.NEVER
_COLUMNS: Final = (What.PHONE, What.IDENTITY, What.PLATE, What.NAME, What.WORDS)
# An identity number is nowhere asked for and nowhere kept in a field of its own: what somebody
# wrote among words is masked wherever words are.
_ROWS: Final = {
    Where.LIST: (_A, _M, _W, _W, _M),
    Where.CARD: (_A, _M, _W, _W, _M),
    Where.RECORD: (_A, _M, _W, _W, _A),
    Where.WORK: (_W, _W, _W, _W, _W),
    Where.PAPER: (_W, _M, _W, _W, _W),
    Where.BOOK: (_A, _M, _W, _W, _A),
    Where.EXPORT: (_A, _M, _A, _A, _M),
    Where.OPENED: (_W, _W, _W, _W, _W),
    Where.LOG: (_N, _N, _N, _N, _N),
    Where.AUDIT: (_N, _N, _N, _N, _N),
    Where.ERROR: (_M, _M, _W, _W, _M),
}
EYES: Final[Mapping[tuple[Where, What], Shown]] = {
    (where, what): shown
    for where, row in _ROWS.items()
    for what, shown in zip(_COLUMNS, row, strict=True)
}
"""How much of what is shown where."""

WHAT_WORDS: Final = {
    What.PHONE: N_("电话"),
    What.IDENTITY: N_("身份证号"),
    What.PLATE: N_("车牌"),
    What.NAME: N_("姓名"),
    What.WORDS: N_("写的话"),
}
_PHONE_CELLS: Final = frozenset({"phone", "phone2", "second"})
_MASKS: Final = {
    What.PHONE: masked_phone,
    What.IDENTITY: masked_words,
    What.PLATE: masked_plate,
    What.NAME: masked_name,
    What.WORDS: masked_words,
}


def shown(where: Where, what: What, text: str, *, asked: bool = False) -> str:
    """As much of it as is seen there; `asked`: it was asked for, by an act with a reason."""
    rule = EYES[where, what]
    if rule is Shown.NEVER:
        return ""
    if rule is Shown.WHOLE or (rule is Shown.ASKED and asked):
        return text
    return _MASKS[what](text)


def told(error: DeskError, line: str) -> str:
    """The line that tells of a refusal, as anybody may read it: what was typed by mistake where no
    number belongs is quoted in it.
    """
    return line if error.is_public else shown(Where.ERROR, What.WORDS, line)


def in_cell(field: str, value: str) -> str:
    """What a cell of a file holds, as it is told beside the reason why it is not taken; the file of
    bad rows keeps it as it is.
    """
    return shown(Where.ERROR, What.PHONE if field in _PHONE_CELLS else What.WORDS, value)

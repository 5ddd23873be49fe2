"""Owners' files (FW-6.1, FW-6.3, FW-6.4): what is in one, and by which procedure it is looked into.

An owner's file is what the office knows of a unit's people: it is nowhere shown as a whole but by
the procedure. Whoever wants to look says what for; somebody else, who may, allows it with their own
PIN; the parts that were seen are written down. It stays open for whoever asked for half an hour.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.words import N_, _, listed

PREFIX: Final = "CD"
"""By which the number of an opening tells what it is; a gapless series of a day."""
CLAUSE: Final = "FW-6.3"
OPEN_FOR: Final = timedelta(minutes=30)
"""So long an opened file may be read again by whoever asked for it."""

PARTS: Final = {
    "people": N_("住户和电话"),
    "cars": N_("车辆和车位"),
    "terms": N_("收费约定"),
    "matters": N_("单据"),
    "calls": N_("来电来访"),
}
"""What a file consists of, by code."""
USUAL: Final = ("people",)


class NoSuchPart(UsageError):
    """A file has no such part."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in PARTS.items())
        told = _("档案里没有「{typed}」这一项，可以是：{known}。")
        super().__init__(told.format(typed=typed[:40], known=known))


class NoPurpose(UsageError):
    """A file is opened for something."""

    def __init__(self) -> None:
        super().__init__(_("查阅业主档案要写明为什么查：--purpose。"), CLAUSE)


class AloneFile(Refused):
    """Nobody lets themselves look, and a name alone allows nothing."""

    def __init__(self) -> None:
        told = _("查阅业主档案要由批准的人用自己的密码签字，不能是自己。")
        super().__init__(told, CLAUSE)


class UnknownOpening(NotFound):
    """No opening has this number."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("没有查档记录 {number}，请核对后再试。").format(number=typed[:40]))


class FileShut(Refused):
    """It was opened for somebody else, or its time is over."""

    def __init__(self, number: str) -> None:
        told = _("{number} 只给办手续的人看，半小时内有效；要看请重新办查档手续。")
        super().__init__(told.format(number=number), CLAUSE)


def parts_of(typed: Iterable[str]) -> tuple[str, ...]:
    """The codes of the parts that were named, in the order of the table; the people alone where
    none was. Raises NoSuchPart.
    """
    named = [one.strip() for one in typed if one.strip()]
    codes = {word: code for code, word in PARTS.items()}
    asked = {one if one in PARTS else codes.get(one, "") for one in named}
    if "" in asked:
        raise NoSuchPart(next(one for one in named if one not in PARTS and one not in codes))
    return tuple(code for code in PARTS if code in asked) or USUAL

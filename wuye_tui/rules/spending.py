"""What the office spends (FW-4.3): for what, which is the office's own `data/spending.toml`, and
what is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.words import _, listed


@dataclass(frozen=True)
class Category:
    """One thing that money is spent on, as the published statement has it."""

    code: str
    word: str


class UnknownCategory(NotFound):
    """Nothing that money is spent on has this code or name."""

    def __init__(self, typed: str, known: Sequence[Category]) -> None:
        told = _("没有支出类别「{typed}」，可用的有：{known}。")
        words = listed(f"{one.code} {one.word}" for one in known)
        super().__init__(told.format(typed=typed[:20], known=words))


class UnknownSpending(NotFound):
    """No expenditure has this number."""

    def __init__(self, typed: str) -> None:
        told = _("没有支出 {typed}，请核对编号；「wuye bills spent」列出已记的。")
        super().__init__(told.format(typed=typed[:40]))


class NothingSpent(UsageError):
    """An amount of nothing."""

    def __init__(self) -> None:
        super().__init__(_("请写花了多少钱，要大于 0。"))


class WhatNotSaid(UsageError):
    """Nobody said what the money was for, or why it comes back."""

    def __init__(self, option: str) -> None:
        super().__init__(_("请写明是什么、为什么（{option}）。").format(option=option))


class DayToCome(UsageError):
    """The money is said to have been spent on a day to come."""

    def __init__(self, day: date) -> None:
        super().__init__(_("{day} 还没有到，支出不能记在那一天。").format(day=day))


class DayIsClosed(Refused):
    """The day is closed: nothing of it changes any more."""

    def __init__(self, day: date) -> None:
        told = _("{day} 已经日结，支出不能再记在那一天；不写 --day，就记在下一天。")
        super().__init__(told.format(day=day), "FW-4.3")


def category_named(categories: Sequence[Category], typed: str) -> Category:
    """The category of a code or a name. Raises UnknownCategory."""
    asked = typed.strip()
    found = next((c for c in categories if asked.lower() == c.code or asked == c.word), None)
    if found is None:
        raise UnknownCategory(typed, categories)
    return found

"""Why a reading, or a shared cost, is not taken."""

from collections.abc import Sequence
from datetime import date

from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.rules.meters import KIND_WORDS
from wuye_tui.rules.months import Month
from wuye_tui.words import _, listed


class NotByMeter(UsageError):
    """A fee that is not reckoned by meters."""

    def __init__(self, fee: str) -> None:
        super().__init__(_("{fee}不是按表收的，没有读数。").format(fee=fee))


class NoFee(UsageError):
    """Nothing says whether it is a meter of water or of electricity."""

    def __init__(self) -> None:
        super().__init__(_("没有写是哪一种表。请加「类别」一列，或者加 --fee，例如 --fee water。"))


class OtherFee(UsageError):
    """A row of another fee than the one that is imported."""

    def __init__(self, fee: str, asked: str) -> None:
        told = _("这一行是{fee}，这次导入的是{asked}。请分开导入，或者不写 --fee。")
        super().__init__(told.format(fee=fee, asked=asked))


class Undated(UsageError):
    """Nothing says on which day it was read."""

    def __init__(self) -> None:
        super().__init__(_("没有抄表日期。请填上，或者加 --day，例如 --day 2026-11-30。"))


class DayToCome(UsageError):
    """A reading of a day to come."""

    def __init__(self, day: date) -> None:
        super().__init__(_("{day} 还没有到。请核对抄表日期。").format(day=day))


class UnknownMeter(NotFound):
    """No meter has this number, and nothing says in which unit it is."""

    def __init__(self, typed: str) -> None:
        told = _("没有登记过表「{typed}」。请核对表号；新表请连房号一起导入一次。")
        super().__init__(told.format(typed=typed[:40]))


class SeveralMeters(UsageError):
    """A unit has several meters of a fee."""

    def __init__(self, unit: str, numbers: Sequence[str]) -> None:
        told = _("{unit} 有几块表：{numbers}。请写明表号。")
        super().__init__(told.format(unit=unit, numbers=listed(numbers[:6])))


class MeterElsewhere(UsageError):
    """The meter is in another unit."""

    def __init__(self, number: str, unit: str) -> None:
        told = _("表 {number} 是 {unit} 的。请核对表号和房号。")
        super().__init__(told.format(number=number, unit=unit))


class MeterOfOtherFee(UsageError):
    """The meter is one of another fee."""

    def __init__(self, number: str, fee: str) -> None:
        told = _("表 {number} 是{fee}的。请核对表号和类别。")
        super().__init__(told.format(number=number, fee=fee))


class OtherFigures(UsageError):
    """Two rows say different things of one meter."""

    def __init__(self, number: str) -> None:
        told = _("表 {number} 的倍率或位数，上面写的不一样。请写成一样的。")
        super().__init__(told.format(number=number))


class UnknownKind(UsageError):
    """No kind of reading is called so."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in KIND_WORDS.items())
        told = _("没有「{typed}」这种读数，可用的有：{known}。")
        super().__init__(told.format(typed=typed[:20], known=known))


class AlreadyCharged(Refused):
    """A reading of a month whose bills are out."""

    def __init__(self, fee: str, month: Month, run: str, day: date) -> None:
        told = _(
            "{fee}已经出账到 {month}（{run}），{day} 的读数不能再改。"
            "少收、多收的，用 wuye bills charge 另记一笔，或者冲销。"
        )
        super().__init__(told.format(fee=fee, month=month, run=run, day=day), "FW-4.2")


class ReadAlready(Refused):
    """Another reading of the same day is there: it is not lost without a reason."""

    def __init__(self, number: str, day: date, there: str) -> None:
        told = _(
            "表 {number} 在 {day} 已有读数 {there}，没有改动。"
            "抄错了的用 wuye readings correct 改正，要写原因。"
        )
        super().__init__(told.format(number=number, day=day, there=there), "FW-4.2")


class NoWhyGiven(UsageError):
    """A reading is changed, or a meter switched off, and nobody said why."""

    def __init__(self) -> None:
        super().__init__(_("请写明原因：加 --why，几个字就够。"))


class NoReadingThen(NotFound):
    """The meter was not read on this day."""

    def __init__(self, number: str, day: date, known: Sequence[date]) -> None:
        told = _("表 {number} 在 {day} 没有读数。有读数的日子：{days}。")
        none = _("表 {number} 在 {day} 没有读数，一个读数也没有登记过。")
        said = told if known else none
        super().__init__(said.format(number=number, day=day, days=listed(map(str, known))))


class SeveralThen(UsageError):
    """On this day the old meter was taken down and a new one put up: which is meant?"""

    def __init__(self, day: date) -> None:
        told = _("{day} 有旧表止码和新表起码，请加 --kind removed 或 --kind installed。")
        super().__init__(told.format(day=day))


class OffAlready(Refused):
    """The meter is switched off, or taken down."""

    def __init__(self, number: str, day: date) -> None:
        told = _("表 {number} 从 {day} 起已经停用；又用了的，先登记新表起码。")
        super().__init__(told.format(number=number, day=day), "FW-4.2")


class ReadLater(UsageError):
    """The meter was read after the day on which it is said to have been switched off."""

    def __init__(self, number: str, day: date) -> None:
        told = _("表 {number} 在 {day} 还有读数，停用的日子不能早于它；读数错了的先改正。")
        super().__init__(told.format(number=number, day=day))


class NotAPool(UsageError):
    """A fee that is not a shared cost."""

    def __init__(self, fee: str) -> None:
        super().__init__(_("{fee}不是公摊，不用登记要分摊的金额。").format(fee=fee))


class UnknownBasis(UsageError):
    """Nothing is shared out by this."""

    def __init__(self, typed: str, known: Sequence[str]) -> None:
        told = _("没有「{typed}」这种分法，可用的有：{known}。")
        super().__init__(told.format(typed=typed[:20], known=listed(known)))


class PoolCharged(Refused):
    """The shared cost of a month whose bills are out."""

    def __init__(self, fee: str, month: Month, run: str) -> None:
        told = _("{month} 的{fee}已经出账（{run}），不能再改。少收的另记一笔，多收的冲销。")
        super().__init__(told.format(fee=fee, month=month, run=run), "FW-4.1")


class CannotShare(Refused):
    """A pool that cannot be shared out, in the words of the rule."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "FW-4.1")

"""What is refused where a month is charged (FW-4.1, FW-4.2)."""

from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.rules.months import Month
from wuye_tui.words import _


class RunUnderWay(Refused):
    """Somebody else prepares bills now."""

    def __init__(self, number: str, by: str) -> None:
        told = _(
            "{by} 正在出账（{number}），一次只能出一批，请等它完；那台电脑关了的，加 --take-over。"
        )
        super().__init__(told.format(number=number, by=by))


class OddFirst(Refused):
    """Something has to be put right before the bills go out."""

    def __init__(self, many: int) -> None:
        told = _("有 {n} 处不能算：先按清单改好再出账；这些先不收的，加 --leave-out。")
        super().__init__(told.format(n=many))


class NothingToBill(Refused):
    """All of it is charged already."""

    def __init__(self, month: Month) -> None:
        told = _("{month} 没有要出的账：都已经出过了，或者还没有单价。")
        super().__init__(told.format(month=month))


class MonthAhead(UsageError):
    """A month that lies further ahead than the next one."""

    def __init__(self, month: Month, last: Month) -> None:
        told = _("{month} 还早，现在最晚可以出 {last} 的账。")
        super().__init__(told.format(month=month, last=last))


class RunTaken(Refused):
    """The run was given up by somebody else meanwhile."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("这批账 {number} 已被别人放弃，没有出账，请重新出。").format(number=number)
        )


class UnknownRun(NotFound):
    """No run has this number."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("没有 {typed} 这批账，先用 wuye bills list 看。").format(typed=typed))

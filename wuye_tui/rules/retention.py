"""How long the office keeps words about people, kind by kind (PIPL 19), and who takes them out.

The office's own figures stand in `data/retention.toml`; here stands what kinds there are, and of
some how long they are kept at least. What the law of accounts asks for is never taken out.
"""

from dataclasses import dataclass
from typing import Final

from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.words import N_, _, listed

PREFIX: Final = "XH"
"""By which the number of an erasure tells what it is; a gapless series of a day."""
PERSON: Final = "person"
"""The kind of an erasure that was about one person."""


@dataclass(frozen=True)
class Kind:
    """A kind of record: how it is called, of which matters it consists, and the fewest days that it
    is kept; `by_law`: it is never taken out.
    """

    word: str
    matters: tuple[str, ...] = ()
    least: int = 0
    by_law: bool = False


KINDS: Final = {
    "calls": Kind(N_("来电来访登记")),
    "ringing": Kind(N_("未接和在响的来电"), ("ring",)),
    "slips": Kind(N_("维修单、派工单、回访"), ("repair", "order", "callback")),
    "complaints": Kind(N_("投诉"), ("complaint",)),
    "notices": Kind(N_("通知"), ("notice",)),
    "handovers": Kind(N_("交接班、检查、归档记录"), ("handover", "daycheck", "weekfile")),
    "log": Kind(
        N_("值班日志、巡查、任务、突发事件"), ("entry", "patrol", "task", "incident", "reading")
    ),
    "dunning": Kind(N_("催缴"), ("dunning",)),
    "people": Kind(N_("迁出的住户")),
    "reasons": Kind(N_("看号码、查档的原因"), least=1095),
    "leaves": Kind(N_("员工请假、换班的原因"), least=730),
    "away": Kind(N_("值班电话转到的号码")),
    "papers": Kind(N_("存下的表单文件")),
    "accounts": Kind(N_("收据、账目、发票上的姓名和原因"), by_law=True),
}
"""Every kind, by its code."""


@dataclass(frozen=True)
class Term:
    """How long a kind is kept, in days, and why so long."""

    code: str
    days: int
    why: str


class NoSuchKind(UsageError):
    """No kind of record is called so."""

    def __init__(self, typed: str) -> None:
        told = _("没有「{typed}」这一类记录，可以是：{known}。")
        super().__init__(told.format(typed=typed[:40], known=" ".join(KINDS)))


class KeptByLaw(Refused):
    """What the law of accounts keeps is not taken out."""

    def __init__(self, code: str) -> None:
        told = _("{word}依法要保存，不清除。")
        super().__init__(told.format(word=_(KINDS[code].word)))


class AloneErase(Refused):
    """Nobody takes words out for good alone."""

    def __init__(self) -> None:
        super().__init__(_("清除不能恢复，要有第二个人用自己的密码签字，不能是自己。"))


class NoEraseReason(UsageError):
    """Whatever is taken out is taken out for a reason."""

    def __init__(self) -> None:
        super().__init__(_("清除要写明原因：--reason。"))


class ReasonSaysWho(UsageError):
    """The reason stays when the person goes, and would keep a name or a number that is in it."""

    def __init__(self) -> None:
        told = _("清除的原因会一直留着，不能写姓名、电话、车牌和证件号，请改写，例如：本人要求。")
        super().__init__(told)


class StillLivesThere(Refused):
    """Whoever still belongs to a unit is needed there."""

    def __init__(self, units: list[str]) -> None:
        told = _("这个人还登记在 {units}；先在住户表里写上迁出日期、导入，再清除。")
        super().__init__(told.format(units=listed(units)))


class StillOpen(Refused):
    """Something of theirs is not finished; no `numbers` where whoever acts must not see it."""

    def __init__(self, numbers: list[str]) -> None:
        told = _("还有没办完的：{numbers}；办完再清除。")
        alone = _("还有没办完的，办完再清除。")
        super().__init__(told.format(numbers=listed(numbers[:8])) if numbers else alone)


class NotOnePerson(NotFound):
    """What was typed leads to nobody, or to several; `names` are theirs, by their ids."""

    def __init__(self, typed: str, found: list[str]) -> None:
        if found:
            told = _("「{typed}」有 {n} 个人：{found}；请写其中一个的编号。")
            said = told.format(typed=typed[:40], n=len(found), found=listed(found[:8]))
        else:
            said = _("住户册里没有「{typed}」。").format(typed=typed[:40])
        super().__init__(said)

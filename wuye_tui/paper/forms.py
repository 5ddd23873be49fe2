"""The forms of the office, by their own names and numbers (XX-5, ZB-6, BX-5): what each is of.

A new form is a row here and a layout of the same name.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.rules.orders import ORDER
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.words import N_, _, listed


class Of(StrEnum):
    """What a form is made of, and so what stands in the place of its number."""

    MATTER = "matter"  # a matter's number
    CALL = "call"  # a call's number
    DAY = "day"  # a date; today where none is given
    DUTY = "duty"  # a post; the desk where none is given
    LOG = "log"  # a duty day of the duty manager; the present one where none is given
    RECEIPT = "receipt"  # a receipt's number
    REFUND = "refund"  # a refund's number
    NIGHT = "night"  # the day on which a night began; the last night where none is given


@dataclass(frozen=True)
class Form:
    """One form. `kinds` are the matters it is for, the first the usual one; empty for all of them.

    `copies` are what its copies are called, in their order; one without a name where empty.
    """

    name: str
    title: str
    code: str
    clause: str
    of: Of
    kinds: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    def suits(self, kind: str) -> bool:
        """Whether it can be filled in with this kind of matter."""
        return self.of is Of.MATTER and (not self.kinds or kind in self.kinds)


FORMS: Final = (
    Form("slip", N_("维修派工单"), "", "BX-5", Of.MATTER, (REPAIR.kind,),
         (N_("第一联 客户服务部存"), N_("第二联 工程管理部，回单"), N_("第三联 工程管理部存"))),
    Form("order", N_("派工单"), "KF-CQ08-01-F3", "XX-5", Of.MATTER, (ORDER.kind,)),
    Form("task", N_("工作任务单"), "ZJWY/KF/BG-024", "ZB-6", Of.MATTER, ("task", ORDER.kind)),
    Form("complaint", N_("客户投诉/建议/意见处理表"), "ZJWY/KF/BG-026", "ZB-6", Of.MATTER,
         ("complaint", ORDER.kind)),
    Form("incident", N_("事件报告表"), "ZJWY/KF/BG-027", "ZB-6", Of.MATTER, ("incident",)),
    Form("dutylog", N_("值班经理工作日志"), "", "ZB-6", Of.LOG),
    Form("record", N_("事项记录"), "", "XX-4.3.6", Of.MATTER),
    Form("service", N_("客户服务单"), "KF-CQ08-01-F2", "XX-5", Of.CALL),
    Form("handover", N_("交接班记录表"), "KF-CQ08-01-F1", "XX-5", Of.DUTY),
    Form("night", N_("夜班值班记录"), "", "KF-7", Of.NIGHT),
    Form("calls", N_("信息中心电话记录表"), "KF-CQ08-01-F4", "XX-5", Of.DAY),
    Form("information", N_("信息登记表"), "KF-CQ08-01-F5", "XX-5", Of.DAY),
    Form("receipt", N_("收据"), "", "BX-16", Of.RECEIPT, (),
         (N_("第一联 存根"), N_("第二联 交住户"), N_("第三联 记账"))),
    Form("refund", N_("退款单"), "", "FW-4.3", Of.REFUND, (),
         (N_("第一联 存根"), N_("第二联 交住户"), N_("第三联 记账"))),
)  # fmt: skip
"""Every form that has a layout."""
BY_NAME: Final = {form.name: form for form in FORMS}


class UnknownForm(NotFound):
    """There is no form of this name."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{form.name} {_(form.title)}" for form in FORMS)
        told = _("没有「{typed}」这种表单，可用的有：{known}。")
        super().__init__(told.format(typed=typed, known=known))


class NotThisForm(Refused):
    """A matter of another kind than the form is for."""

    exit_status = 2

    def __init__(self, form: Form, number: str, kind: str) -> None:
        suited = listed(f"{one.name} {_(one.title)}" for one in FORMS if one.suits(kind))
        told = _("{number} 不能用「{form}」打印，可以用：{suited}。")
        super().__init__(
            told.format(number=number, form=_(form.title), suited=suited or "-"), form.clause
        )


def known(name: str) -> Form:
    """The form of a name or of its number on paper (F3, BG-024). Raises UnknownForm."""
    plain = name.strip().casefold()
    for form in FORMS:
        code = form.code.casefold()
        if plain and plain in (form.name, code, code.rpartition("/")[2], code.rpartition("-")[2]):
            return form
    raise UnknownForm(name)


def forms_for(kind: str) -> list[Form]:
    """The forms that suit a kind of matter, the likeliest first."""
    suited = [form for form in FORMS if form.suits(kind)]
    return sorted(suited, key=lambda form: form.kinds[:1] != (kind,))

"""Which department a complaint, a booked service or a hotline's order is made out to (XX-4.1.3).

What is not understood goes to customer service itself, which finds out: nothing is handed round
between departments (NB-2). A complaint about one of the staff is more than a receptionist can
settle: it goes to the manager (FW-M.9).
"""

from typing import Final

from wuye_tui.rules.line_kinds import ABOUT_A_SLIP, REPAIRED, Kind
from wuye_tui.rules.units_text import compiled

HOTLINE: Final = "12345"
"""The channel of the hotline and the street office: each of their orders wants an answer."""

ORDERED: Final = frozenset({Kind.BOOKING, Kind.GUARD})
"""What is made out to a department, by whatever channel it came."""

# The first that fits; a person complained of before the work they do.
_DEPARTMENTS: Final[tuple[tuple[str, str], ...]] = (
    (
        "management",
        r"态度|骂人?|推诿|收(?:好处|红包)|吃拿卡要"
        r"|投诉.{0,3}(?:师傅|维修工|保安|客服|前台|经理|主管|管家|保洁员)",
    ),
    ("cleaning", r"保洁|打扫|清[洁洗扫]|垃圾|[脏臭]|异味|卫生|开荒|擦玻璃|家政|消杀|蚊|老鼠|蟑螂"),
    (
        "guards",
        r"吵|噪|扰民|装修|施工|[钻敲砸]|广场舞|停车|车位|占[用道]|挡|堵[住门车]|消防通道|堆[物放]"
        r"|狗|不牵绳|高空抛物|[电瓶动]车|飞线|违[建章]|抽烟|烟味|推销|门岗|保安|外来人",
    ),
    ("finance", r"物业费|停车费|收费|多收|账单|发票|欠费|滞纳金|退费|押金"),
    (
        "engineering",
        r"[漏渗]水|漏雨|下水|堵塞|电梯|停[水电]|供[暖热]|暖气|水压|维修|修[不没]|返修|安装"
        r"|路灯|灯|门禁|设备|墙皮|外墙",
    ),
)


def department_of(words: str, kind: Kind = Kind.OTHER) -> str:
    """The code of the department that these words are for; theft and fights are the guards'."""
    if kind is Kind.GUARD:
        return "guards"
    fits = (code for code, said in _DEPARTMENTS if compiled(said).search(words))
    return next(fits, "service")


def is_ordered(kind: Kind, channel: str) -> bool:
    """Whether a call of this kind is made out to a department as an order.

    By the hotline everything is that is no repair, no complaint and not about a slip: it wants an
    answer.
    """
    if kind in ORDERED:
        return True
    return channel == HOTLINE and kind not in REPAIRED | ABOUT_A_SLIP | {Kind.COMPLAINT}

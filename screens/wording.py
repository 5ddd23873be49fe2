"""How things are called on the screen: short numbers, time left, moments, people, prices.

The first paint needs none of the rules, so they are imported where they are asked.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.eyes import told
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.console import Priced
    from wuye_tui.rules.answers import TariffItem

KINDS = {
    "repair": N_("报修"),
    "urge": N_("催单"),
    "complaint": N_("投诉"),
    "enquiry": N_("咨询"),
    "cancel": N_("要取消"),
    "rebook": N_("要改约"),
    "praise": N_("表扬"),
    "emergency": N_("紧急"),
    "car": N_("挪车"),
    "booking": N_("预订服务"),
    "suggestion": N_("建议"),
    "guard": N_("治安"),
    "other": N_("其他来电"),
}
CATEGORIES = {
    "water": N_("水"),
    "power": N_("电"),
    "drain": N_("下水"),
    "gas": N_("燃气"),
    "lock": N_("锁"),
    "lift": N_("电梯"),
    "light": N_("照明"),
    "aircon": N_("空调"),
    "door_window": N_("门窗"),
    "appliance": N_("电器"),
    "network": N_("网络"),
    "card": N_("门禁"),
    "other": N_("其他"),
}
ROLES = {
    "owner": N_("业主"),
    "tenant": N_("租客"),
    "family": N_("家属"),
    "agent": N_("中介"),
    "neighbour": N_("邻居"),
    "decorator": N_("装修"),
    "emergency": N_("紧急联系人"),
}
_OPTION = re.compile(r"（--[\w-]+）| ?\(--[\w-]+\)", re.ASCII)
_SHORT = re.compile(r"([A-Z]{2})-?(\d\d)?-(\d{1,6})", re.ASCII)
_LATE = ((60, 1, N_("超时{n}秒")), (3600, 60, N_("超时{n}分")), (86400, 3600, N_("超时{n}时")))


def emergency_word(code: str) -> str:
    """The word of a kind of emergency."""
    from wuye_tui.rules.repair_facts import EMERGENCIES

    return _(dict(EMERGENCIES).get(code, code))


def hold_word(code: str) -> str:
    """The word of a reason to hold."""
    from wuye_tui.rules.repair_facts import HOLDS

    return _(dict(HOLDS).get(code, code))


def charge_word(code: str) -> str:
    """The word of a charge class."""
    from wuye_tui.rules.repair_facts import CHARGES

    return _(dict(CHARGES).get(code, code))


def short_number(number: str, today: date) -> str:
    """A number in eight cells: PG-004 if it is of today, PG18-004 if it is of the 18th."""
    prefix, _dash, rest = number.partition("-")
    day, _dash, count = rest.partition("-")
    if day == today.strftime("%Y%m%d"):
        return f"{prefix}-{count}"
    return f"{prefix}{day[-2:]}-{count}" if len(count) <= 3 else f"{prefix}{day[-2:]}{count}"


def full_number(typed: str, today: date) -> str:
    """The number that a short one stands for; what is no short number stays as it is."""
    found = _SHORT.fullmatch(normalize("NFKC", typed).strip().upper())
    if found is None:
        return normalize("NFKC", typed).strip().upper()
    prefix, day, count = found.groups()
    on = today
    while day and on.day != int(day) and today - on < timedelta(days=31):
        on -= timedelta(days=1)
    return f"{prefix}-{on:%Y%m%d}-{int(count):03d}"


def left(due: datetime | None, now: datetime) -> str:
    """The time left in eight cells; what has run out says so."""
    from wuye_tui.rules.duetime import seconds_left, short_countdown

    if due is None:
        return ""
    seconds = seconds_left(due, now)
    if seconds >= 0:
        return short_countdown(seconds)
    for below, unit, words in _LATE:
        if -seconds < below:
            return _(words).format(n=-seconds // unit)
    return _("超时{n}天").format(n=min(99, -seconds // 86400))


def wanted(at: datetime, now: datetime, zone: tzinfo) -> str:
    """An appointment in eight cells: the time of today, or the day."""
    local = at.astimezone(zone)
    today = local.date() == now.astimezone(zone).date()
    return _("约{when}").format(when=local.strftime("%H:%M" if today else "%m-%d"))


def is_late(due: datetime | None, now: datetime) -> bool:
    """Whether what still runs is late."""
    from wuye_tui.rules.duetime import late

    return late(due, None, now)


def clock(moment: datetime, zone: tzinfo, now: datetime | None = None) -> str:
    """A moment for people: 10:07 if it is of the day of `now`, otherwise 11-19 10:07."""
    local = moment.astimezone(zone)
    if now is not None and local.date() == now.astimezone(zone).date():
        return local.strftime("%H:%M")
    return local.strftime("%m-%d %H:%M")


def appointment(facts: Mapping[str, Any], zone: tzinfo) -> str:
    """When somebody is wanted: a point, a window, or as soon as possible."""
    if not facts.get("at"):
        return _("尽快")
    start = datetime.fromisoformat(str(facts["at"])).astimezone(zone)
    said = start.strftime("%m-%d %H:%M")
    if facts.get("at_to") and facts["at_to"] != facts["at"]:
        end = datetime.fromisoformat(str(facts["at_to"])).astimezone(zone)
        said += "-" + end.strftime("%H:%M" if end.date() == start.date() else "%m-%d %H:%M")
    return said


def price(item: "Priced | TariffItem") -> str:
    """The price of one unit of an item, in yuan."""
    from wuye_tui.rules.fees import price_words

    return price_words(item.price)


def sentence(error: DeskError) -> str:
    """A refusal as the console says it: the clause in brackets first, and without the names of
    the command line's options, with the numbers of people masked.
    """
    said = told(error, _OPTION.sub("", str(error)))
    return f"【{error.clause}】{said}" if error.clause else said

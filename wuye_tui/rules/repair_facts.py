"""The words and conditions of a repair slip: charge classes, reasons, when a clock applies."""

from wuye_tui.rules.lifecycle import Case, Facts
from wuye_tui.words import N_

URGENT, EMERGENCY = 1, 2  # the priority of a matter; 0 is the usual one
PAID, PUBLIC, WARRANTY, REWORK = "paid", "public", "warranty", "rework"
OFF = "off"

CHARGES = ((PAID, N_("有偿")), (PUBLIC, N_("公共")), (WARRANTY, N_("保修")), (REWORK, N_("返修")))
ISSUE_CHARGES = CHARGES[:3]  # a rework is decided by rework alone (BH-3.2)
HOLDS = (
    ("parts", N_("待料")),
    ("weather", N_("天气")),
    ("nobody_home", N_("家中无人")),
    ("customer", N_("业主要求")),
    ("outside", N_("待外单位")),
    ("other", N_("其他")),
)
EMERGENCIES = (
    ("entrapment", N_("电梯困人")),
    ("fire", N_("火警")),
    ("burst_pipe", N_("爆管")),
    ("gas", N_("燃气泄漏")),
    ("power", N_("停电触电")),
    ("injury", N_("人员受伤")),
)
WAYS = (
    ("phone", N_("电话")),
    ("radio", N_("对讲机")),
    ("in_person", N_("当面")),
    ("wechat", N_("微信")),
)
MATERIAL_FROM = (("resident", N_("业主自备")), ("office", N_("公司提供")))
MATERIAL_FOUND = (
    ("qualified", N_("合格")),
    ("unqualified", N_("不合格")),
    ("poor", N_("质量不佳")),
    ("remark", N_("见备注")),
)
OUTCOMES = (
    ("done", N_("已修好")),
    ("refused", N_("业主不修")),
    ("declined", N_("报价不成")),
    ("infeasible", N_("无法维修")),
    ("unsolved", N_("未解决")),
)

ELSEWHERE = frozenset({"nobody_home", "customer"})
ON_THE_WAY = ELSEWHERE | {"parts", "weather"}


def paid(facts: Facts) -> bool:
    """The resident pays: quote, consent and charge concern these jobs alone."""
    return facts.get("charge") == PAID


def public(facts: Facts) -> bool:
    """A job in a public area: an inspector signs for it, nobody is charged.

    A free rework of one is public still. Where a home is named as well, it is the home's job.
    """
    nobodys = bool(facts.get("place")) and not facts.get("unit")
    return nobodys or facts.get("charge") == PUBLIC or bool(facts.get("public"))


def off_tariff(facts: Facts) -> bool:
    """Paid, and not in the tariff: the supervisor quotes first (BX-10)."""
    return paid(facts) and facts.get("tariff") == OFF


def on_tariff(facts: Facts) -> bool:
    """Nothing has to be quoted, as far as is known; in an emergency nobody waits for a price."""
    return not off_tariff(facts) or emergency(facts)


def priced(facts: Facts) -> bool:
    """On the tariff, or quoted and consented to: work may set out (BX-8, BX-10)."""
    return on_tariff(facts) or bool(facts.get("consented"))


def at_once(facts: Facts) -> bool:
    """Wanted as soon as possible: no appointment was made (BX-8)."""
    return not facts.get("at")


def at_once_on_tariff(facts: Facts) -> bool:
    """The case of NB-13."""
    return at_once(facts) and on_tariff(facts)


def at_once_priced(facts: Facts) -> bool:
    """The case of BX-8."""
    return at_once(facts) and priced(facts)


def by_appointment(facts: Facts) -> bool:
    """The case of BX-9."""
    return not at_once(facts) and priced(facts)


def waits_for_quote(facts: Facts) -> bool:
    """The case of BX-10: off the tariff, and not yet agreed to."""
    return off_tariff(facts) and not facts.get("consented") and not emergency(facts)


_UNDER_WAY = frozenset(
    {"registered", "issued", "notified", "collected", "assigned", "on_site", "working"}
)


def emergency(facts: Facts) -> bool:
    """Sent out before anything was written."""
    return bool(facts.get("emergency"))


def danger(state: str, facts: Facts) -> str:
    """The kind of the emergency that is not over yet; empty otherwise (SB-4)."""
    return str(facts.get("emergency") or "") if state in _UNDER_WAY else ""


def somebody_to_call(facts: Facts) -> bool:
    """A callback is possible only where a number is known (BX-17)."""
    return bool(facts.get("phone"))


def total_fen(facts: Facts) -> int:
    """Sum of the charge lines, in fen."""
    return sum(int(line["fen"]) for line in facts.get("lines", ()))


def agreed_fen(facts: Facts) -> int | None:
    """What the resident agreed to pay for a job off the tariff, in fen: the quote, and the parts
    that were priced at the door. None where no sum was agreed to, or the tariff says it.
    """
    if not (off_tariff(facts) and facts.get("consented") and facts.get("fee") is not None):
        return None
    return int(facts["fee"]) + int(facts.get("parts_fen") or 0)


def fee_after(case: Case) -> int:
    """What the slip costs once it is finished, in fen: a free rework leaves the first fee alone."""
    if paid(case.facts):
        return total_fen(case.given)
    return int(case.matter.facts.get("charged_fen", 0)) if case.facts.get("charge") == REWORK else 0


def late_without_paper(case: Case) -> bool:
    """The desk writes at once; only what stood on paper during an outage may be entered later.

    People say minutes: what happened in this very minute is written at once.
    """
    at_once = case.happened >= case.recorded.replace(second=0, microsecond=0)
    return not at_once and not case.facts.get("paper")

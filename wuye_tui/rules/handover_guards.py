"""What refuses a step of a handover, and what follows from one (KF-9 to KF-13, ZB-3.2).

What only the registers know is in `Case.looked`: names of what is not explained, not counted, not
looked at, and whether whoever takes the duty may hold it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from wuye_tui.rules.dutyplans import MANAGER
from wuye_tui.rules.lifecycle import Case, Facts, Guard
from wuye_tui.words import N_

DEPARTMENTS: Final = {MANAGER: "management", "guards": "guards", "control_room": "guards"}
"""Whose duties are handed over at a post, where it is not the desk's own."""
MINUTE: Final = timedelta(minutes=1)


def _by_giver(case: Case) -> bool:
    return case.doer.number == case.matter.facts.get("giver")


def _names(name: str) -> Callable[[Case], Sequence[str]]:
    return lambda case: case.looked.get(name, ())


def _looked(name: str) -> Callable[[Case], bool]:
    return lambda case: bool(case.looked.get(name))


GIVER_ALONE = Guard(
    "giver",
    "KF-10",
    N_("交班的事由交班人本人来办，请值班的人登录后再办。"),
    lambda case: not _by_giver(case),
    hides=True,
)
NOT_GIVER = Guard(
    "not_giver",
    "KF-10",
    N_("这一步由接班的人来办，交班人不能替他办；请接班人用自己的密码。"),
    _by_giver,
    hides=True,
)
BY_PIN_GIVER = Guard(
    "giver_pin",
    "KF-10",
    N_("交班人要用自己的密码签，不能纸签，也不能由别人代签。"),
    lambda case: "giver" not in case.by_pin,
)
BY_PIN_TAKER = Guard(
    "taker_pin",
    "KF-10",
    N_("接班人要用自己的密码签，不能纸签，也不能由别人代签。"),
    lambda case: "taker" not in case.by_pin,
)
UNEXPLAINED = Guard(
    "unexplained",
    "KF-11",
    N_("和应有的数对不上，要写明原因：{what}。"),
    _looked("unexplained"),
    naming=_names("unexplained"),
)
CASH_OFF = Guard(
    "cash_off",
    "KF-11",
    N_("清点的钱和账上的对不上，要写明原因：{what}。"),
    _looked("cash_off"),
    naming=_names("cash_off"),
)
COUNTED = Guard(
    "counted",
    "KF-11",
    N_("工具还没有点清：{what}。先用 count 点过再交。"),
    _looked("uncounted"),
    naming=_names("uncounted"),
)
CASH = Guard(
    "cash", "KF-11", N_("手上有钱还没有清点，先用 cash 点过再交。"), _looked("cash_uncounted")
)
CLEANED = Guard(
    "cleaned",
    "KF-12",
    N_("台面还没有清洁，打扫干净再交班。"),
    lambda case: not case.given.get("cleaned"),
)
CLEANING_ACCEPTED = Guard(
    "cleaning",
    "KF-12",
    N_("接班人还没有验收清洁：干净就用 clean-ok，不干净用 clean-back 退回去。"),
    lambda case: not case.matter.facts.get("cleaning_ok"),
)
SIGNED_IN = Guard(
    "signed_in",
    "KF-9",
    N_("接班人还没有签到，先用 sign-in 签到。"),
    lambda case: not case.matter.facts.get("relief"),
)
OTHER = Guard(
    "other",
    "KF-9",
    N_("签到的是另一个人，谁签到谁接班；换人请重新签到。"),
    lambda case: case.matter.facts.get("relief") not in ("", None, case.doer.number),
)
MAY_HOLD = Guard(
    "may_hold",
    "KF-5",
    N_("这一班不能由他来值：谁能值由办公室的班次表定，请轮到的人来接。"),
    lambda case: bool(case.looked.get("may_not")) and case.matter.facts.get("post") != MANAGER,
)
MANAGERS = Guard(
    "managers",
    "ZB-3.2",
    N_("值班经理要由主管级以上的人来当，请换一位主管或经理来接。"),
    lambda case: bool(case.looked.get("may_not")) and case.matter.facts.get("post") == MANAGER,
)
UNSEEN = Guard(
    "unseen",
    "KF-10",
    N_("这些要一项一项看过、确认才能接班：{what}。"),
    _looked("unseen"),
    naming=_names("unseen"),
)
UNSEEN_GROUP = Guard(
    "unseen_group",
    "KF-10",
    N_("其余的 {what} 项还没有一起确认（acknowledge --group）。"),
    _looked("unseen_group"),
    naming=_names("unseen_group"),
)
GONE = Guard(
    "gone", "KF-4", N_("这一班已经由别人接了，这张交接班不用再办，请作废。"), _looked("gone")
)


def opened(case: Case) -> Facts:
    """Whoever hands over answers for the handover."""
    department = DEPARTMENTS.get(str(case.given["post"]), "service")
    return {"holder": case.given["giver"], "department": department}


def signed_in(case: Case) -> Facts:
    """The relief has come: who, when, and by how many minutes early or late (KF-9)."""
    facts: dict[str, Any] = {
        "relief": case.given.get("relief") or case.doer.number,
        "arrived": case.happened.isoformat(),
    }
    wanted = case.matter.facts.get("relief_by")
    if wanted:
        late = case.happened - datetime.fromisoformat(str(wanted))
        # A minute that has begun counts: a second late is late.
        facts |= {
            "late_minutes": max(0, -(-late // MINUTE)),
            "early_minutes": max(0, -late // MINUTE),
        }
    return facts


def seen_items(case: Case) -> Facts:
    """What the relief has looked at: what was acknowledged before stays so."""
    before = case.matter.facts.get("seen", ())
    return {"seen": list(dict.fromkeys((*before, *case.given.get("items", ()))))} | (
        {"group_seen": True} if case.given.get("group") else {}
    )


def counted(case: Case) -> Facts:
    """What was counted, beside what was counted before."""
    return {"counts": {**case.matter.facts.get("counts", {}), **case.given["count"]}}


def given_over(case: Case) -> Facts:
    """When the giver signed."""
    return {"given_at": case.happened.isoformat()}


def back(_case: Case) -> Facts:
    """The giver's signature counts no more."""
    return {"given_at": ""}


def clean(case: Case) -> Facts:
    """The relief takes the cleaning as it is (KF-12)."""
    return {"cleaning_ok": True, "cleaning_by": case.doer.number}


def not_clean(case: Case) -> Facts:
    """The relief sends it back."""
    return {"cleaning_ok": False, "cleaning_by": case.doer.number}


def accepted(case: Case) -> Facts:
    """Who holds the duty from now on."""
    return {"taker": case.doer.number, "accepted_at": case.happened.isoformat()}


def taken_over(case: Case) -> Facts:
    """Who holds a duty that nobody could hand over."""
    return {"taker": case.given.get("staff") or case.doer.number, "forced": True}

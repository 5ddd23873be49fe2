"""Callback 回访: the child that a finished repair leaves behind for two days (BX-17), and the visit
to a home that nobody has called for long (FW-3.1).
"""

from dataclasses import replace
from datetime import datetime, time

from wuye_tui.rules import filing
from wuye_tui.rules.clock import in_utc
from wuye_tui.rules.duetime import Before, Daytime
from wuye_tui.rules.lifecycle import (
    Ask,
    Case,
    Deadline,
    Effect,
    Facts,
    Guard,
    Kind,
    Lack,
    Lifecycle,
    Row,
)
from wuye_tui.rules.months import Month
from wuye_tui.rules.repair_asks import CALLER, PHONE, PLACE, UNIT, WHY
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

QUIET_FROM, QUIET_TO = time(20), time(9)  # nobody is called at these hours
TRIES = 3
SHORTEST = (
    3  # days that a visit has at least: begun later in a month it has until the next one ends
)

SATISFACTION = (("satisfied", N_("满意")), ("fair", N_("基本满意")), ("dissatisfied", N_("不满意")))
OUTCOMES = (
    ("reached", N_("已回访")),
    ("not_reached", N_("联系不上")),
    ("refused", N_("不愿回访")),
    ("void", N_("作废")),
)
REGULAR_PROMPT = N_("您好，这里是物业服务中心，想了解一下您是否满意、有什么意见。")
HOW = (("phone", N_("电话")), ("visit", N_("上门")))


def is_regular(facts: Facts) -> bool:
    """Whether it is the visit that every home gets in its time (FW-3.1), and follows no job."""
    return bool(facts.get("regular"))


def quiet(moment: time) -> bool:
    """Whether it is too late or too early to call anybody at home."""
    return moment >= QUIET_FROM or moment < QUIET_TO


def _tried_duties(case: Case) -> int:
    return len(set(case.facts.get("tried_on", ())))


QUIET = Guard(
    "quiet",
    "BX-17",
    N_("晚上八点到早上九点不打回访电话，请换个时间。"),
    lambda case: quiet(case.local.time()),
)
TOO_FEW = Guard(
    "too_few",
    "BX-17",
    N_("要在三个不同的班次各试一次之后，才能记为联系不上。"),
    lambda case: _tried_duties(case) < TRIES,
)
PAST = Guard(
    "past_until",
    "FW-3.1",
    N_("最晚的时间已经过去，请写将来的时间，或者不写。"),
    lambda case: (
        bool(case.given.get("until"))
        and datetime.fromisoformat(str(case.given["until"])) <= case.recorded
    ),
)
NOT_REGULAR = Guard(
    "not_regular",
    "BX-17",
    N_("修完或答复之后的回访不能不做；住户不愿说的记「不愿回访」。"),
    lambda case: not is_regular(case.facts),
    hides=True,
)


def visit_by(local: datetime) -> datetime:
    """Until when a visit that is planned now is to be made: the last evening of the month at which
    anybody may still be called; of the next month, where fewer than SHORTEST days are left.
    """
    month = Month(local.year, local.month)
    if (month.last_day - local.date()).days < SHORTEST:
        month = month.after
    return datetime.combine(month.last_day, QUIET_FROM, local.tzinfo)


def _planned(case: Case) -> dict[str, object]:
    until = case.given.get("until") or in_utc(visit_by(case.local)).isoformat()
    return {"regular": True, "until": until}


LACKS = (
    filing.SENT_BACK,
    Lack(
        "opinion",
        "BX-18",
        N_("业主不满意，还没有写明意见，请补上。"),
        lambda was: (
            was.facts.get("satisfaction") == "dissatisfied" and not was.facts.get("opinion")
        ),
    ),
)
OPINION = Ask("opinion", Kind.WORDS, N_("意见和看法"), needed=False, personal=True)
MENDING_ROW = filing.mending("done", Right.CALL_BACK, ask=(OPINION,))


def _tried(case: Case) -> dict[str, object]:
    return {"tried_on": [*case.matter.facts.get("tried_on", ()), case.duty]}


CALLBACK = Lifecycle(
    kind="callback",
    word=N_("回访"),
    prefix="HF",
    states=(("due", N_("待回访")), ("done", N_("已结束")), filing.STATE),
    final=frozenset({"done", filing.ARCHIVED}),
    lacks=LACKS,
    outcomes=OUTCOMES,
    rows=(
        Row(
            "register",
            N_("待回访"),
            "new",
            "due",
            Right.ANYONE,
            "BX-17",
            ask=(
                Ask("text", Kind.WORDS, N_("维修内容"), personal=True),
                UNIT,
                PLACE,
                CALLER,
                PHONE,
                Ask("done_by", Kind.STAFF, N_("维修工"), needed=False),
            ),
            undo=False,
            auto=True,
            backdate=24 * 3600,
        ),
        Row(
            "visit",
            N_("定期回访"),
            "new",
            "due",
            Right.CALL_BACK,
            "FW-3.1",
            ask=(
                replace(UNIT, needed=True),
                CALLER,
                PHONE,
                Ask("text", Kind.WORDS, N_("想问什么"), needed=False, personal=True),
                Ask("until", Kind.MOMENT, N_("最晚什么时候"), needed=False),
            ),
            guards=(PAST,),
            sets=_planned,
            undo=False,
        ),
        Row(
            "try",
            N_("没联系上"),
            "due",
            "@same",
            Right.CALL_BACK,
            "BX-17",
            ask=(Ask("note", Kind.WORDS, N_("情况"), needed=False, personal=True),),
            guards=(QUIET,),
            sets=_tried,
        ),
        Row(
            "reach",
            N_("已回访"),
            "due",
            "done",
            Right.CALL_BACK,
            "BX-17",
            ask=(
                Ask("satisfaction", Kind.CHOICE, N_("满意度"), choices=SATISFACTION),
                replace(OPINION, wanted=True),
                Ask("how", Kind.CHOICE, N_("怎样回访"), False, is_regular, HOW),
            ),
            guards=(QUIET,),
            effects=(Effect.TELL_PARENT, Effect.OPEN_LINKED),
            outcome="reached",
            undo=False,
            prompt=N_("您好，这里是物业服务中心，想了解一下这件事办得您是否满意、有什么意见。"),
            instead=(is_regular, REGULAR_PROMPT),
        ),
        Row(
            "unreachable",
            N_("联系不上"),
            "due",
            "done",
            Right.CALL_BACK,
            "BX-17",
            guards=(TOO_FEW,),
            effects=(Effect.TELL_PARENT,),
            outcome="not_reached",
            undo=False,
        ),
        Row(
            "refuse",
            N_("不愿回访"),
            "due",
            "done",
            Right.CALL_BACK,
            "BX-17",
            effects=(Effect.TELL_PARENT,),
            outcome="refused",
            undo=False,
        ),
        Row(
            "cancel",
            N_("不回访了"),
            "due",
            "done",
            Right.CALL_BACK,
            "FW-3.1",
            ask=(WHY,),
            guards=(NOT_REGULAR,),
            outcome="void",
            undo=False,
        ),
        Row(
            "void",
            N_("作废"),
            "due",
            "done",
            Right.ANYONE,
            "BH-3.2",
            outcome="void",
            undo=False,
            auto=True,
            backdate=24 * 3600,
        ),
        *filing.rows(MENDING_ROW, LACKS),
    ),
    deadlines=(
        Deadline(
            "callback",
            N_("回访"),
            "BX-17",
            ("register",),
            "due",
            Daytime(2 * 86400, QUIET_FROM, QUIET_TO),
        ),
        Deadline("visit", N_("定期回访"), "FW-3.1", ("visit",), "due", Before("until", 0)),
    ),
)

"""Task 派工任务单 (BG-024): what a department has to put right, and the look whether it has.

It comes of a patrol, of a line of the duty manager's log, of the project head's instruction, or of
a manager's own (ZB-4.7, ZB-3.7). The department signs for it and says what it did; the next duty
manager looks whether that is so (ZB-4.10): in order, it is over; not, it goes back and is counted.

Two readings are ours: where no time is written the work is to be done by 17:30 of the next day,
and it is looked at within 24 hours after the department says that it is done.
"""

from datetime import UTC, datetime, time, timedelta

from wuye_tui.rules.duetime import DAY, Before, Wall
from wuye_tui.rules.lifecycle import (
    SAME,
    Ask,
    Case,
    Deadline,
    Effect,
    Guard,
    Kind,
    Lifecycle,
    Row,
    Sign,
)
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.repair_asks import PLACE, UNIT, WHY
from wuye_tui.rules.repair_facts import HOLDS
from wuye_tui.rules.repair_guards import NOT_HELD
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_, _

LEAVES = time(17, 30)
OPEN = "issued-done"
AT_WORK = "issued-received"


def _until(case: Case) -> dict[str, object]:
    """When it is to be done: as was said, or else by the end of the next day."""
    if case.given.get("until"):
        return {}
    day = (case.local + timedelta(days=1)).date()
    moment = datetime.combine(day, LEAVES, case.local.tzinfo)
    return {"until": moment.astimezone(UTC).isoformat()}


def _is_past(case: Case) -> bool:
    until = case.given.get("until")
    return bool(until) and datetime.fromisoformat(str(until)) <= case.recorded


DEPARTMENT = Ask("department", Kind.CHOICE, N_("责任部门"), choices=DEPARTMENTS)
UNTIL = Ask(
    "until", Kind.MOMENT, N_("要求完成"), needed=False, proposed=lambda _facts: _("明天17:30")
)
PAST = Guard("past", "ZB-4.7", N_("要求完成的时间已经过去，请写将来的时间。"), _is_past)
OWN_WORK = Guard(
    "own_work",
    "ZB-4.10",
    N_("复查的人不能是整改的人。"),
    lambda case: case.doer.number in case.matter.workers,
)

RECHECKER = Sign("checker", N_("复查人"), right=Right.RECHECK, own=True)

TASK = Lifecycle(
    kind="task",
    word=N_("工作任务单"),
    prefix="RW",
    states=(
        ("issued", N_("已下达")),
        ("received", N_("已签收")),
        ("done", N_("已整改")),
        ("closed", N_("已复查")),
        ("cancelled", N_("已取消")),
    ),
    final=frozenset({"closed", "cancelled"}),
    rows=(
        Row(
            "register",
            N_("下达任务"),
            "new",
            "issued",
            Right.TASK,
            "ZB-4.7",
            ask=(
                DEPARTMENT,
                Ask("text", Kind.WORDS, N_("存在问题、要求"), personal=True),
                PLACE,
                UNIT,
                UNTIL,
            ),
            guards=(PAST,),
            sets=_until,
            undo=False,
        ),
        Row(
            "receive",
            N_("部门签收"),
            "issued",
            "received",
            Right.ANYONE,
            "ZB-4.7",
            signs=(Sign("department", N_("部门签收"), of="department"),),
            sets=lambda case: {"worker": case.signed.get("department", "")},
        ),
        Row(
            "finish",
            N_("整改完"),
            "received",
            "done",
            Right.ANYONE,
            "ZB-4.7",
            ask=(Ask("result", Kind.WORDS, N_("整改情况"), personal=True),),
            sets=lambda case: {"worker": case.doer.number},
        ),
        Row(
            "recheck",
            N_("复查合格"),
            "done",
            "closed",
            Right.RECHECK,
            "ZB-4.10",
            ask=(Ask("finding", Kind.WORDS, N_("复查看到什么"), personal=True),),
            signs=(RECHECKER,),
            guards=(OWN_WORK,),
            undo=False,
        ),
        Row(
            "redo",
            N_("复查不合格"),
            "done",
            "issued",
            Right.RECHECK,
            "ZB-4.10",
            ask=(Ask("finding", Kind.WORDS, N_("复查看到什么"), personal=True), UNTIL),
            signs=(RECHECKER,),
            guards=(OWN_WORK, PAST),
            sets=lambda case: {**_until(case), "times": int(case.matter.facts.get("times", 0)) + 1},
        ),
        Row(
            "hold",
            N_("说明原因"),
            AT_WORK,
            SAME,
            Right.ANYONE,
            "XX-4.3.7b",
            ask=(
                Ask("hold", Kind.CHOICE, N_("原因"), choices=HOLDS),
                Ask("reason", Kind.WORDS, N_("说明"), needed=False, personal=True),
            ),
            effects=(Effect.HOLD,),
            together=True,
        ),
        Row(
            "resume",
            N_("恢复"),
            OPEN,
            SAME,
            Right.ANYONE,
            "XX-4.3.7b",
            ask=(UNTIL,),
            guards=(NOT_HELD, PAST),
            effects=(Effect.RELEASE,),
        ),
        Row(
            "urge",
            N_("催办"),
            AT_WORK,
            SAME,
            Right.ANYONE,
            "ZB-4.7",
            ask=(Ask("urging", Kind.WORDS, N_("催办内容"), needed=False, personal=True),),
            together=True,
        ),
        Row(
            "note",
            N_("备注"),
            OPEN,
            SAME,
            Right.ANYONE,
            "ZB-4.7",
            ask=(Ask("note", Kind.WORDS, N_("备注"), personal=True),),
            together=True,
        ),
        Row(
            "cancel", N_("取消"), AT_WORK, "cancelled", Right.TASK, "ZB-4.7", ask=(WHY,), undo=False
        ),
    ),
    deadlines=(
        Deadline(
            "until",
            N_("整改期限"),
            "ZB-4.7",
            ("register", "resume", "redo"),
            AT_WORK,
            Before("until", 0),
            ended_by=("hold",),
            level=1,
        ),
        Deadline("recheck", N_("复查"), "ZB-4.10", ("finish",), "done", Wall(DAY), level=1),
    ),
)

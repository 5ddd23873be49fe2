"""Patrol 巡查 (ZB-4.3, SB-1, SB-2): who went round when, which posts were visited, what was found.

The duty manager signs the record of each post that is visited (ZB-4.3c). In rooms with machines
what is read there is written down, and whatever is abnormal is reported at once (SB-1); in the
power room nothing is switched without an operation ticket (SB-2). What stood on paper may be
written up within half a day.
"""

from dataclasses import replace

from wuye_tui.rules import findings
from wuye_tui.rules.findings import UNREPORTED, UNSENT
from wuye_tui.rules.lifecycle import SAME, Ask, Case, Effect, Guard, Kind, Lifecycle, Row, Sign
from wuye_tui.rules.repair_asks import PLACE, WHY
from wuye_tui.rules.rights import Right
from wuye_tui.rules.tasks import DEPARTMENT, PAST, UNTIL
from wuye_tui.words import N_

MANAGER, EQUIPMENT, POWER, GUARDS = "duty_manager", "equipment", "power", "guards"
SORTS = (
    (MANAGER, N_("值班经理巡查")),
    (EQUIPMENT, N_("设备机房巡查")),
    (POWER, N_("配电房巡查")),
    (GUARDS, N_("秩序巡逻")),
)
ON_PAPER = 12 * 3600  # seconds within which a patrol that stood on paper is written up
WALKING, CANCELLED = "walking", "cancelled"


def _off_duty(case: Case) -> bool:
    is_manager = case.given.get("what") == MANAGER
    return is_manager and not case.around.get("duty", "unknown")


OFF_DUTY = Guard(
    "off_duty",
    "ZB-4.3a",
    N_("那个时候您不是值班经理，值班经理的巡查要由当班的值班经理来记。"),
    _off_duty,
)
BUSY = Guard(
    "busy",
    "ZB-4.3a",
    N_("这段时间您有另一次巡查（{what}），两次不能重叠：先结束那一次，或者改时间。"),
    lambda case: bool(case.around.get("busy")),
    naming=lambda case: [str(case.around["busy"])],
)
DUTY_OVER = Guard(
    "duty_over",
    "ZB-4.3a",
    N_("那时候这一班已经交出去了，巡查不能比这一班长，请写交班以前的时间。"),
    lambda case: bool(case.around.get("duty_over")),
)
LATER_VISIT = Guard(
    "later_visit",
    "ZB-4.3c",
    N_("这次巡查还有更晚的签到，结束的时间不能比它早。"),
    lambda case: bool(case.around.get("later_visit")),
)
UNREAD = Guard(
    "unread",
    "SB-2",
    N_("这间机房要抄表，请写负荷、信号或运行参数。"),
    lambda case: bool(case.given.get("spot_reads")) and not case.given.get("readings"),
)
NO_TICKET = Guard(
    "no_ticket",
    "SB-2",
    N_("倒闸操作要凭操作票，请写操作票的编号。"),
    lambda case: bool(case.given.get("switched")) and not case.given.get("ticket"),
)


def _what(case: Case) -> dict[str, object]:
    return {"duty_id": case.around.get("duty", "")}


PATROL = Lifecycle(
    kind="patrol",
    word=N_("巡查"),
    prefix="XG",
    states=(("walking", N_("巡查中")), ("finished", N_("已结束")), ("cancelled", N_("已取消"))),
    final=frozenset({"finished", "cancelled"}),
    queued=False,
    rows=(
        Row(
            "register",
            N_("开始巡查"),
            "new",
            WALKING,
            Right.PATROL,
            "ZB-4.3a",
            ask=(
                Ask("what", Kind.CHOICE, N_("哪种巡查"), choices=SORTS),
                Ask("text", Kind.WORDS, N_("说明"), needed=False, personal=True),
            ),
            guards=(OFF_DUTY, BUSY),
            sets=_what,
            undo=False,
            backdate=ON_PAPER,
        ),
        Row(
            "visit",
            N_("签到"),
            WALKING,
            SAME,
            Right.PATROL,
            "ZB-4.3c",
            signs=(Sign("checker", N_("检查人"), right=Right.PATROL, own=True),),
            ask=(
                findings.SPOT,
                findings.SOUND,
                findings.FOUND,
                findings.REPORTED_TO,
                findings.SETTLED,
                findings.TO_DEPARTMENT,
                findings.TO_BE_DONE,
                Ask("readings", Kind.TEXT, N_("抄表"), needed=False, wanted=True),
                Ask("switched", Kind.TEXT, N_("倒闸操作"), needed=False),
                Ask("ticket", Kind.TEXT, N_("操作票编号"), needed=False),
            ),
            guards=(DUTY_OVER, UNREPORTED, UNSENT, UNREAD, NO_TICKET, PAST),
            effects=(Effect.OPEN_TASK,),
            undo=False,
            backdate=ON_PAPER,
            prompt=N_("请在岗位的记录上签「已查」和时间。"),
        ),
        Row(
            "finding",
            N_("发现问题"),
            WALKING,
            SAME,
            Right.PATROL,
            "ZB-4.7",
            ask=(
                DEPARTMENT,
                Ask("task", Kind.WORDS, N_("存在问题、要求"), personal=True),
                replace(findings.SPOT, needed=False),
                PLACE,
                findings.REPORTED_TO,
                UNTIL,
            ),
            guards=(UNREPORTED, PAST),
            effects=(Effect.OPEN_TASK,),
            undo=False,
        ),
        Row(
            "finish",
            N_("结束巡查"),
            WALKING,
            "finished",
            Right.PATROL,
            "ZB-4.3a",
            ask=(Ask("note", Kind.WORDS, N_("备注"), needed=False, personal=True),),
            guards=(DUTY_OVER, BUSY, LATER_VISIT),
            undo=False,
            backdate=ON_PAPER,
        ),
        Row(
            "cancel",
            N_("取消"),
            WALKING,
            "cancelled",
            Right.PATROL,
            "ZB-4.3a",
            ask=(WHY,),
            undo=False,
        ),
    ),
)

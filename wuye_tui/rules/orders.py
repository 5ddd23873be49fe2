"""Departmental order 派工单: what the desk passes to a department (XX-4.1.3, XX-4.2.3, XX-4.3.7).

An order that comes from an overdue slip goes to the department's supervisor or the general manager
(XX-4.3.11b).
"""

from wuye_tui.rules import filing
from wuye_tui.rules.duetime import Before, Wall, WorkingDays
from wuye_tui.rules.lifecycle import Ask, Case, Deadline, Effect, Guard, Kind, Lifecycle, Row, Sign
from wuye_tui.rules.order_lacks import LACKS, MENDING_ROW
from wuye_tui.rules.repair_asks import CALLER, PHONE, PLACE, UNIT, WHY
from wuye_tui.rules.repair_facts import HOLDS
from wuye_tui.rules.repair_guards import ESCALATED, NOT_HELD, NOT_OVERDUE, PAST_UNTIL
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

DEPARTMENTS = (
    ("service", N_("客户服务部")),
    ("engineering", N_("工程管理部")),
    ("guards", N_("秩序维护部")),
    ("cleaning", N_("保洁部")),
    ("finance", N_("财务部")),
    ("administration", N_("行政部")),
    ("management", N_("经理室")),
)
OPEN = "registered-verified"


def _own_work(case: Case) -> bool:
    return case.doer.number in case.matter.workers


OWN_WORK = Guard("own_work", "XX-4.2.5", N_("核实的人不能是办理的人。"), _own_work)
UNTOLD = Guard(
    "untold",
    "XX-4.2.6",
    N_("还没有把结果告诉反映的人，告诉之后才能消档。"),
    lambda case: not case.facts.get("told"),
    first="tell",
)

ORDER = Lifecycle(
    kind="order",
    word=N_("派工单"),
    prefix="GD",
    states=(
        ("registered", N_("已登记")),
        ("issued", N_("已下达")),
        ("received", N_("已签收")),
        ("assigned", N_("已派人")),
        ("done", N_("已办")),
        ("verified", N_("已核实")),
        ("closed", N_("已消档")),
        ("cancelled", N_("已取消")),
        filing.STATE,
    ),
    final=frozenset({"closed", "cancelled", filing.ARCHIVED}),
    lacks=LACKS,
    outcomes=(("done", N_("已办")), ("unsolved", N_("办不了"))),
    rows=(
        Row(
            "register",
            N_("登记派工"),
            "new",
            "registered",
            Right.ANYONE,
            "XX-4.1.3",
            ask=(
                Ask("department", Kind.CHOICE, N_("责任部门"), choices=DEPARTMENTS),
                Ask("text", Kind.WORDS, N_("事项"), personal=True),
                UNIT,
                PLACE,
                CALLER,
                PHONE,
                Ask("taken_to", Kind.TEXT, N_("交给谁督办"), needed=False),
            ),
            undo=False,
        ),
        Row("issue", N_("下达"), "registered", "issued", Right.DESK, "XX-4.1.3"),
        Row(
            "receive",
            N_("签收"),
            "issued",
            "received",
            Right.DESK,
            "XX-4.2.3",
            signs=(
                Sign("department", N_("部门签收"), of="department"),
                Sign("assistant", N_("客服助理"), right=Right.VERIFY),
            ),
        ),
        Row(
            "assign",
            N_("派人"),
            "received-assigned",
            "assigned",
            Right.DESK,
            "XX-4.3.7a",
            ask=(Ask("worker", Kind.STAFF, N_("办理人")),),
        ),
        Row(
            "hold",
            N_("说明原因"),
            "issued-assigned",
            "@same",
            Right.DESK,
            "XX-4.3.7b",
            ask=(
                Ask("hold", Kind.CHOICE, N_("原因"), choices=HOLDS),
                Ask("until", Kind.MOMENT, N_("到什么时候"), needed=False),
                Ask("why", Kind.WORDS, N_("说明"), needed=False, personal=True),
            ),
            sets=lambda case: {"until": case.given.get("until", "")},
            guards=(PAST_UNTIL,),
            effects=(Effect.HOLD,),
            together=True,
        ),
        Row(
            "resume",
            N_("恢复"),
            OPEN,
            "@same",
            Right.DESK,
            "XX-4.3.7b",
            guards=(NOT_HELD,),
            effects=(Effect.RELEASE,),
            together=True,
        ),
        Row(
            "finish",
            N_("办结"),
            "assigned",
            "done",
            Right.DESK,
            "XX-4.3.7b",
            ask=(Ask("result", Kind.WORDS, N_("结果"), personal=True),),
            signs=(Sign("customer", N_("客户签字"), may_refuse=True, staff=False),),
            outcome="done",
        ),
        Row(
            "give_up",
            N_("办不了"),
            "received-assigned",
            "done",
            Right.DESK,
            "XX-4.3.11a",
            ask=(WHY,),
            effects=(Effect.OPEN_ORDER,),
            sets=lambda _: {"escalated": True},
            outcome="unsolved",
            undo=False,
        ),
        Row(
            "verify",
            N_("核实"),
            "done",
            "verified",
            Right.VERIFY,
            "XX-4.2.5",
            ask=(Ask("finding", Kind.WORDS, N_("核实结果"), personal=True),),
            guards=(OWN_WORK,),
        ),
        Row(
            "tell",
            N_("答复反映人"),
            "done-verified",
            "@same",
            Right.DESK,
            "XX-4.2.6",
            ask=(Ask("said", Kind.WORDS, N_("怎样答复"), personal=True),),
            sets=lambda _: {"told": True},
        ),
        Row(
            "escalate",
            N_("上报督办"),
            "received-assigned",
            "@same",
            Right.DESK,
            "XX-4.3.11b",
            guards=(NOT_OVERDUE, ESCALATED),
            effects=(Effect.OPEN_ORDER,),
            sets=lambda _: {"escalated": True},
            undo=False,
        ),
        Row(
            "urge",
            N_("催办"),
            OPEN,
            "@same",
            Right.DESK,
            "XX-4.1.3",
            ask=(Ask("said", Kind.WORDS, N_("催办内容"), needed=False, personal=True),),
            together=True,
        ),
        Row(
            "note",
            N_("备注"),
            OPEN,
            "@same",
            Right.ANYONE,
            "XX-4.1.3",
            ask=(Ask("note", Kind.WORDS, N_("备注"), personal=True),),
            together=True,
        ),
        Row(
            "close",
            N_("消档"),
            "verified",
            "closed",
            Right.CLOSE,
            "XX-4.3.7d",
            guards=(UNTOLD,),
            sets=lambda _: {"red_line": True},
            undo=False,
            together=True,
        ),
        Row(
            "cancel",
            N_("取消"),
            "registered-assigned",
            "cancelled",
            Right.DESK,
            "XX-4.1.3",
            ask=(WHY,),
            undo=False,
        ),
        *filing.rows(MENDING_ROW, LACKS),
    ),
    deadlines=(
        Deadline("refer", N_("转出"), "XX-4.3.2", ("register",), "registered", Wall(86400)),
        Deadline(
            "assign", N_("安排人员"), "XX-4.3.7a", ("receive",), "received", Wall(7200), level=1
        ),
        Deadline(
            "result",
            N_("结果或原因"),
            "XX-4.3.7c",
            ("receive",),
            "received-assigned",
            Wall(14400),
            ended_by=("hold",),
            level=1,
        ),
        Deadline(
            "unsolved",
            N_("未解决上报"),
            "XX-4.3.11a",
            ("receive",),
            "received-assigned",
            WorkingDays(2),
            paused_by=frozenset({"customer"}),
            level=2,
        ),
        Deadline(
            "resume",
            N_("挂起到期"),
            "XX-4.3.7b",
            ("hold",),
            OPEN,
            Before("until", 0),
            when=lambda facts: bool(facts.get("until")),
            ended_by=("resume", "finish", "give_up"),
        ),
    ),
)

"""Repair slip 维修派工单: states, closing steps and clocks; the whole table of its kind.

Two readings are ours: the four hours run from receipt to a result *or* a reason, and "arrange
staff within two hours" ends when a worker is assigned.
"""

from datetime import time

from wuye_tui.rules import filing
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules import repair_guards as no
from wuye_tui.rules.duetime import Before, NextMorning, Wall, WorkingDays
from wuye_tui.rules.lifecycle import Ask, Deadline, Effect, Kind, Lifecycle, Row
from wuye_tui.rules.receipts import RECEIPT_ROWS, RECEIVED, outstanding
from wuye_tui.rules.repair_asks import WHY
from wuye_tui.rules.repair_desk import DESK_ROWS, OPEN
from wuye_tui.rules.repair_lacks import LACKS, MENDING_ROW
from wuye_tui.rules.repair_work import ENGINEERING_ROWS
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

STATES = (
    ("registered", N_("已登记")),
    ("issued", N_("已开单")),
    ("notified", N_("已通知")),
    ("collected", N_("已领单")),
    ("assigned", N_("已派工")),
    ("quoted", N_("已报价")),
    ("on_site", N_("已到场")),
    ("working", N_("维修中")),
    ("finished", N_("已完工")),
    ("returned", N_("已回单")),
    ("verified", N_("已核实")),
    ("closed", N_("已消档")),
    ("cancelled", N_("已取消")),
    filing.STATE,
)

CLOSING_ROWS = (
    Row(
        "verify",
        N_("核实"),
        "returned",
        "verified",
        Right.VERIFY,
        "XX-4.2.5",
        ask=(Ask("finding", Kind.WORDS, N_("核实结果"), personal=True),),
        guards=(no.OWN_WORK,),
    ),
    Row(
        "tell",
        N_("告知来电人"),
        "finished-verified",
        "@same",
        Right.DESK,
        "XX-4.2.6",
        ask=(Ask("said", Kind.WORDS, N_("怎样答复"), personal=True),),
        guards=(no.NOBODY_WAITS,),
        sets=lambda _: {"waiting": []},
        tells=True,
    ),
    Row(
        "rework",
        N_("返修"),
        "returned-verified",
        "assigned",
        Right.FREE_REWORK,
        "BH-3.2",
        ask=(WHY,),
        effects=(Effect.VOID_CALLBACK,),
        undo=False,
        sets=lambda case: {
            "charge": is_.REWORK,
            "public": is_.public(case.facts),
            "callback": "void",
            "manager_told": True,
            "escalated": False,
        },
        guards=(no.NOT_DONE, no.NOBODY_SENT),
    ),
    Row(
        "waive",
        N_("减免"),
        "finished-verified",
        "@same",
        Right.FREE_REWORK,
        "BH-3.2",
        ask=(Ask("fee_now", Kind.MONEY, N_("改收金额")), WHY),
        guards=(no.NOTHING_CHARGED, no.MORE_THAN_CHARGED, RECEIVED),
        effects=(Effect.WAIVE,),
        undo=False,
        sets=lambda case: {"manager_told": True, "charged_fen": case.given["fee_now"]},
    ),
    Row(
        "called_back",
        N_("已回访"),
        "finished-verified",
        "@same",
        Right.CALL_BACK,
        "BX-17",
        sets=lambda _: {"callback": "done"},
        undo=False,
        auto=True,
    ),
    Row(
        "close",
        N_("消档"),
        "verified",
        "closed",
        Right.CLOSE,
        "XX-4.3.7d",
        guards=(no.CALLBACK_DUE, no.UNTOLD, no.UNREPORTED, no.UNSIGNED),
        sets=lambda _: {"red_line": True},
        undo=False,
        instead=(
            lambda facts: outstanding(facts) > 0,
            N_("这张单还没有收款；消档以后、归档以前仍可收，归档以后由账单收。"),
        ),
        together=True,
    ),
)

# With these the reason for a hold is gone, whatever was said about until when.
WORK_GOES_ON = ("arrive", "agree", "finish", "refuse", "give_up", "infeasible", "decline")

DEADLINES = (
    Deadline("slip", N_("开单"), "BX-5", ("register",), "registered", Wall(180)),
    Deadline("notify", N_("通知"), "BX-5", ("issue",), "issued", Wall(120)),
    Deadline("refer", N_("转出"), "XX-4.3.2", ("register",), "registered-issued", Wall(86400)),
    Deadline(
        "report",
        N_("24小时报修到场"),
        "NB-13",
        ("register", "dispatch_now"),
        "registered-assigned",
        Wall(900),
        is_.at_once_on_tariff,
        is_.ELSEWHERE,
    ),
    Deadline(
        "site",
        N_("到场"),
        "BX-8",
        ("collect", "take", "consent", "dispatch_now"),
        "collected-assigned",
        Wall(600),
        is_.at_once_priced,
        is_.ON_THE_WAY,
    ),
    Deadline(
        "appointment",
        N_("预约到场"),
        "BX-9",
        ("collect", "take", "consent", "rebook", "no_access"),
        "collected-assigned",
        Before("at", 300),
        is_.by_appointment,
        ended_by=("no_access",),
    ),
    Deadline(
        "assess",
        N_("评审报价"),
        "BX-10",
        ("collect",),
        "collected",
        Wall(900),
        is_.waits_for_quote,
        level=1,
    ),
    Deadline(
        "assign", N_("安排人员"), "XX-4.3.7a", ("collect",), "collected,quoted", Wall(7200), level=1
    ),
    Deadline(
        "result",
        N_("结果或原因"),
        "XX-4.3.7c",
        ("collect", "take", "dispatch_now", "rework"),
        "collected-working",
        Wall(14400),
        is_.at_once,
        ended_by=("leave", "hold", "no_access"),
        level=1,
    ),
    Deadline(
        "back",
        N_("约定再来"),
        "XX-4.3.7b",
        ("leave",),
        "assigned",
        Before("back_at", 0),
        ended_by=("no_access", "rebook", "hold"),
    ),
    Deadline(
        "resume",
        N_("挂起到期"),
        "XX-4.3.7b",
        ("hold",),
        OPEN,
        Before("until", 0),
        when=lambda facts: bool(facts.get("until")),
        ended_by=("resume", *WORK_GOES_ON),
    ),
    Deadline(
        "unsolved",
        N_("未解决上报"),
        "XX-4.3.11a",
        ("collect", "take", "dispatch_now", "rework"),
        "collected-finished",
        WorkingDays(2),
        paused_by=frozenset({"customer"}),
        level=2,
    ),
    Deadline(
        "countersign",
        N_("主管补签"),
        "BX-3.1",
        ("take",),
        "assigned-verified",
        NextMorning(time(9)),
        ended_by=("countersign",),
        level=1,
    ),
)

REPAIR = Lifecycle(
    kind="repair",
    word=N_("维修派工单"),
    prefix="PG",
    states=STATES,
    final=frozenset({"closed", "cancelled", filing.ARCHIVED}),
    rows=(
        *DESK_ROWS,
        *ENGINEERING_ROWS,
        *RECEIPT_ROWS,
        *CLOSING_ROWS,
        *filing.rows(MENDING_ROW, LACKS),
    ),
    deadlines=DEADLINES,
    outcomes=is_.OUTCOMES,
    lacks=LACKS,
)

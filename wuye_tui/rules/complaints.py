"""Complaint 投诉: taken down at any hour (FW-2.2), answered, checked and called back (NB-2, BH-4).

Whoever takes one down answers for it until a colleague has accepted it (NB-2, ZB-3.5); one about
a member of the staff is the manager's from the first second (FW-M.9). What a department has to do
is an order of its own, with the clocks of an order; it keeps the answer waiting.

An answer that is late is not taken higher by itself: XX-4.3.11b is about a dispatch order, and what
a department has to do about a complaint is one.

Three readings are ours. No clause says within how many minutes a major complaint is put to the
supervisor: a quarter of an hour is counted down. The two working days run from taking it down to
the answer. "Operations" who check the effect are the assistant or anybody from the desk's
supervisor upwards who had no hand in it.
"""

from wuye_tui.rules import complaint_guards as no
from wuye_tui.rules import filing
from wuye_tui.rules.complaint_desk import BEGINNING_ROWS, HANDING_ROWS, OPEN, UNANSWERED
from wuye_tui.rules.complaint_lacks import LACKS, MENDING_ROW
from wuye_tui.rules.duetime import Before, Wall, WorkingDays
from wuye_tui.rules.handing import handled
from wuye_tui.rules.lifecycle import Ask, Case, Deadline, Effect, Kind, Lifecycle, Row
from wuye_tui.rules.orders import ORDER
from wuye_tui.rules.repair_asks import WHY
from wuye_tui.rules.repair_facts import somebody_to_call
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

CAUSES = (
    ("attitude", N_("服务态度")),
    ("repairs", N_("维修质量")),
    ("delay", N_("处理不及时")),
    ("cleaning", N_("环境卫生")),
    ("order", N_("秩序停车")),
    ("noise", N_("噪声扰民")),
    ("decoration", N_("装修施工")),
    ("facilities", N_("设施设备")),
    ("charges", N_("收费")),
    ("other", N_("其他")),
)
"""What complaints turn out to be about, for the statistics (NB-2)."""


def _answered(case: Case) -> dict[str, object]:
    due = "due" if somebody_to_call(case.facts) else "none"
    return {**handled(case), "callback": due, "answered_at": case.happened.isoformat()}


ENDING_ROWS = (
    Row(
        "answer",
        N_("答复客户"),
        "handling",
        "answered",
        Right.COMPLAINT,
        "XX-4.2.6",
        ask=(
            Ask("said", Kind.WORDS, N_("怎样答复"), personal=True),
            Ask("cause", Kind.CHOICE, N_("投诉原因"), choices=CAUSES),
            Ask("because", Kind.WORDS, N_("为什么会这样"), when=no.is_failure, personal=True),
            Ask("correction", Kind.WORDS, N_("纠正措施"), when=no.is_failure, personal=True),
        ),
        guards=(no.UNREPORTED, no.MANAGERS, no.UNJUDGED, no.WITH_A_DEPARTMENT),
        effects=(Effect.OPEN_CALLBACK,),
        sets=_answered,
        outcome="done",
        undo=False,
    ),
    Row(
        "verify",
        N_("验证效果"),
        "answered",
        "verified",
        Right.CHECK_EFFECT,
        "BH-4",
        ask=(Ask("finding", Kind.WORDS, N_("效果怎样"), personal=True),),
        guards=(no.UNREPORTED, no.OWN_HANDLING),
    ),
    Row(
        "reopen",
        N_("重新处理"),
        "answered-verified",
        "handling",
        Right.COMPLAINT,
        "NB-2",
        ask=(WHY,),
        guards=(no.UNREPORTED, no.MANAGERS),
        effects=(Effect.VOID_CALLBACK,),
        sets=lambda _: {"callback": "void", "answered_at": ""},
        undo=False,
    ),
    Row(
        "called_back",
        N_("已回访"),
        "answered-verified",
        "@same",
        Right.CALL_BACK,
        "NB-2",
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
        guards=(no.UNREPORTED, no.CALLBACK_DUE),
        sets=lambda _: {"red_line": True},
        undo=False,
        together=True,
    ),
    Row(
        "cancel",
        N_("撤销"),
        UNANSWERED,
        "cancelled",
        Right.COMPLAINT,
        "FW-2.2",
        ask=(WHY,),
        guards=(no.UNREPORTED, no.MANAGERS),
        undo=False,
    ),
)

COMPLAINT = Lifecycle(
    kind="complaint",
    word=N_("投诉"),
    prefix="TS",
    states=(
        ("registered", N_("已登记")),
        ("handling", N_("处理中")),
        ("answered", N_("已答复")),
        ("verified", N_("已验证")),
        ("closed", N_("已消档")),
        ("cancelled", N_("已撤销")),
        filing.STATE,
    ),
    final=frozenset({"closed", "cancelled", filing.ARCHIVED}),
    lacks=LACKS,
    outcomes=(("done", N_("已答复")),),
    rows=(*BEGINNING_ROWS, *HANDING_ROWS, *ENDING_ROWS, *filing.rows(MENDING_ROW, LACKS)),
    deadlines=(
        Deadline("refer", N_("转出"), "XX-4.3.2", ("register",), "registered", Wall(86400)),
        Deadline(
            "report",
            N_("报告主管"),
            "XX-4.2.7",
            ("register", "judge"),
            OPEN,
            Wall(900),
            no.unreported,
            ended_by=("report",),
            level=1,
        ),
        Deadline(
            "answer",
            N_("答复"),
            "XX-4.3.11a",
            ("register", "reopen"),
            UNANSWERED,
            WorkingDays(2),
            paused_by=frozenset({"customer"}),
            level=2,
        ),
        Deadline(
            "resume",
            N_("挂起到期"),
            "XX-4.3.7b",
            ("hold",),
            UNANSWERED,
            Before("until", 0),
            when=lambda facts: bool(facts.get("until")),
            ended_by=("resume",),
        ),
    ),
    awaits=((ORDER.kind, "registered-assigned"),),
)

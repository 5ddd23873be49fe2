"""Sudden or major event 突发重大事件 (BG-027, ZB-4.2): reported to the general manager at once,
then handled, its course, measures, loss, cause and lessons written down, and closed by a manager.

Nothing but a note can be written before it is reported. The emergency's own slip waits for nothing:
it is a matter of its own, which the event may name. "At once" is counted down as 10 minutes, and
that is our reading. A major complaint is reported by its own steps (XX-4.2.7).
"""

from wuye_tui.rules.complaint_desk import REPORTED_HOW
from wuye_tui.rules.duetime import MINUTE, Wall
from wuye_tui.rules.handing import handled
from wuye_tui.rules.lifecycle import SAME, Ask, Case, Deadline, Guard, Kind, Lifecycle, Row
from wuye_tui.rules.repair_asks import PLACE, UNIT
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

SORTS = (
    ("fire", N_("火警")),
    ("entrapment", N_("电梯困人")),
    ("flood", N_("爆管水淹")),
    ("gas", N_("燃气泄漏")),
    ("power", N_("停电触电")),
    ("injury", N_("人员伤亡")),
    ("crime", N_("治安案件")),
    ("falling", N_("高空坠物")),
    ("crowd", N_("群体事件")),
    ("weather", N_("恶劣天气")),
    ("other", N_("其他")),
)
AT_ONCE = 10 * MINUTE
ON_PAPER = 12 * 3600  # seconds within which what was done by telephone and radio is written up
OPEN = "registered-handled"


def _is_unreported(case: Case) -> bool:
    return not case.matter.facts.get("reported")


UNREPORTED = Guard(
    "unreported",
    "ZB-4.2",
    N_("突发重大事件要先向总经理报告，报告之后才能往下记；正在救人的请先用紧急派工。"),
    _is_unreported,
    first="report",
)
UNHANDLED = Guard(
    "unhandled",
    "ZB-4.2",
    N_("还没有写处理结果、原因和教训，写完之后才能结案。"),
    lambda case: case.matter.state != "handled",
    first="handle",
)
LINKED = Ask(
    "linked",
    Kind.MATTER,
    N_("有关的单号"),
    needed=False,
    kinds=("repair", "complaint", "order", "entry", "patrol"),
    parent=True,
)

INCIDENT = Lifecycle(
    kind="incident",
    word=N_("突发重大事件"),
    prefix="TF",
    states=(
        ("registered", N_("待报告")),
        ("reported", N_("已报告")),
        ("handled", N_("已处理")),
        ("closed", N_("已结案")),
    ),
    final=frozenset({"closed"}),
    rows=(
        Row(
            "register",
            N_("登记事件"),
            "new",
            "registered",
            Right.EMERGENCY,
            "ZB-4.2",
            ask=(
                Ask("sort", Kind.CHOICE, N_("什么事件"), choices=SORTS),
                Ask("text", Kind.WORDS, N_("事件经过"), personal=True),
                PLACE,
                UNIT,
                LINKED,
            ),
            sets=lambda case: {**handled(case), "urgent": True},
            undo=False,
            backdate=ON_PAPER,
            prompt=N_("先救人、先处置，马上向总经理报告。"),
        ),
        Row(
            "report",
            N_("报告总经理"),
            "registered",
            "reported",
            Right.EMERGENCY,
            "ZB-4.2",
            ask=(
                Ask("told_to", Kind.STAFF, N_("向谁报告"), right=Right.HEAR_INCIDENT),
                Ask("how", Kind.CHOICE, N_("报告方式"), choices=REPORTED_HOW),
                Ask("instructions", Kind.WORDS, N_("总经理的指示"), needed=False, personal=True),
            ),
            sets=lambda case: {"reported": True, "reported_at": case.happened.isoformat()},
            undo=False,
            backdate=ON_PAPER,
        ),
        Row(
            "course",
            N_("记经过"),
            OPEN,
            SAME,
            Right.EMERGENCY,
            "ZB-4.2",
            ask=(Ask("course", Kind.WORDS, N_("经过"), personal=True),),
            guards=(UNREPORTED,),
            backdate=ON_PAPER,
        ),
        Row(
            "measure",
            N_("记措施"),
            OPEN,
            SAME,
            Right.EMERGENCY,
            "ZB-4.2",
            ask=(Ask("measure", Kind.WORDS, N_("采取的措施"), personal=True),),
            guards=(UNREPORTED,),
            backdate=ON_PAPER,
        ),
        Row(
            "assess",
            N_("记损失"),
            OPEN,
            SAME,
            Right.EMERGENCY,
            "ZB-4.2",
            ask=(
                Ask("loss", Kind.MONEY, N_("财产损失"), needed=False),
                Ask("injured", Kind.WORDS, N_("人员伤亡"), personal=True),
            ),
            guards=(UNREPORTED,),
        ),
        Row(
            "handle",
            N_("处理完"),
            "registered-reported",
            "handled",
            Right.EMERGENCY,
            "ZB-4.2",
            ask=(
                Ask("result", Kind.WORDS, N_("处理结果"), personal=True),
                Ask("cause", Kind.WORDS, N_("原因"), personal=True),
                Ask("lessons", Kind.WORDS, N_("教训和改进"), personal=True),
            ),
            guards=(UNREPORTED,),
            sets=handled,
        ),
        Row(
            "note",
            N_("备注"),
            OPEN,
            SAME,
            Right.ANYONE,
            "ZB-4.2",
            ask=(Ask("note", Kind.WORDS, N_("备注"), personal=True),),
        ),
        Row(
            "close",
            N_("结案"),
            OPEN,
            "closed",
            Right.JUDGE,
            "ZB-4.2",
            ask=(Ask("opinion", Kind.WORDS, N_("处理意见"), needed=False, personal=True),),
            guards=(UNREPORTED, UNHANDLED),
            undo=False,
        ),
    ),
    deadlines=(
        Deadline(
            "report",
            N_("报告总经理"),
            "ZB-4.2",
            ("register",),
            "registered",
            Wall(AT_ONCE),
            level=2,
        ),
    ),
)

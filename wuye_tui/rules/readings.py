"""Weekly reading 批阅: the project head reads the duty manager's log of a week and writes
instructions (ZB-3.7). One for each week that has a line in it, opened when the week is over.

The clause says every week and no day. Our reading: by the end of the first working day after it.
"""

from datetime import time

from wuye_tui.rules.daychecks import BACK, TITLE
from wuye_tui.rules.duetime import NextMorning
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
from wuye_tui.rules.rights import Right
from wuye_tui.rules.tasks import DEPARTMENT, PAST, UNTIL
from wuye_tui.rules.weekfiles import WEEK
from wuye_tui.words import N_

OPENS, LEAVES = time(8, 30), time(17, 30)
"""When it is opened on the Monday after, and when the first working day after the week ends."""


def _signed_by_another(case: Case) -> bool:
    return case.signed.get("project_head") != case.by.number


OWN_PIN = Guard(
    "own_pin", "ZB-3.7", N_("批阅要由项目负责人自己登录、用自己的密码签字。"), _signed_by_another
)

READING = Lifecycle(
    kind="reading",
    word=N_("值班日志批阅"),
    prefix="PY",
    states=(("open", N_("待批阅")), ("read", N_("已批阅"))),
    final=frozenset({"read"}),
    queued=False,  # the project head's and no slip of the desk; once late, it is told all the same
    rows=(
        Row(
            "register",
            N_("待批阅"),
            "new",
            "open",
            Right.ANYONE,
            "ZB-3.7",
            ask=(WEEK, TITLE),
            sets=lambda _: {"department": "management"},
            undo=False,
            backdate=BACK,
            auto=True,
        ),
        Row(
            "instruct",
            N_("批示"),
            "open",
            SAME,
            Right.READ_LOG,
            "ZB-3.7",
            ask=(DEPARTMENT, Ask("task", Kind.WORDS, N_("批示内容"), personal=True), UNTIL),
            guards=(PAST,),
            effects=(Effect.OPEN_TASK,),
            undo=False,
        ),
        Row(
            "read",
            N_("批阅签字"),
            "open",
            "read",
            Right.READ_LOG,
            "ZB-3.7",
            ask=(Ask("remarks", Kind.WORDS, N_("批阅意见"), needed=False, personal=True),),
            signs=(Sign("project_head", N_("项目负责人"), right=Right.READ_LOG, own=True),),
            guards=(OWN_PIN,),
            effects=(Effect.COUNT,),
            undo=False,
        ),
    ),
    deadlines=(
        Deadline(
            "read", N_("每周批阅"), "ZB-3.7", ("register",), "open", NextMorning(LEAVES), level=2
        ),
    ),
)

"""A line of the duty manager's log 值班记录 (ZB-3.3, ZB-3.4).

What comes in by telephone, a call for help, a complaint, a report, stays with whoever took it until
it is solved (ZB-3.5); it may be handed on, and moves when the other accepts. What the duty manager
looks at, proposes or punishes is written and final at once (ZB-4.5, ZB-4.6, BZ-4.1). A line that
was wrong stays as it is: another corrects it and names it.
"""

from dataclasses import replace

from wuye_tui.rules import findings, handing
from wuye_tui.rules.complaint_desk import ABOUT
from wuye_tui.rules.complaint_guards import LEVELS, ORDINARY
from wuye_tui.rules.handing import handled, holds
from wuye_tui.rules.lifecycle import SAME, Ask, Effect, Facts, Guard, Kind, Lifecycle, Row
from wuye_tui.rules.repair_asks import CALLER, PHONE, PLACE, UNIT
from wuye_tui.rules.repair_facts import somebody_to_call
from wuye_tui.rules.rights import Right
from wuye_tui.rules.tasks import DEPARTMENT, PAST, UNTIL
from wuye_tui.words import N_

CATEGORIES = (
    ("call", N_("来电咨询")),
    ("help", N_("求助")),
    ("complaint", N_("投诉")),
    ("report", N_("员工汇报")),
)
"""What the duty manager's telephone brings (ZB-3.3)."""
CHECK, SIGNS, PENALTY, PROPOSAL, NOTE = "check", "signs", "penalty", "proposal", "note"
SORTS = (
    (CHECK, N_("检查")),
    (SIGNS, N_("标识检查")),
    (PENALTY, N_("处罚")),
    (PROPOSAL, N_("奖励建议")),
    (NOTE, N_("记事")),
)
AREAS = (
    ("energy", N_("能源使用")),
    ("equipment", N_("设施设备")),
    ("environment", N_("环境卫生")),
    ("discipline", N_("劳动纪律")),
    ("appearance", N_("仪容仪表")),
)
"""What is checked at the places of work (ZB-4.5)."""
SIGN_STATES = (
    ("good", N_("完好")),
    ("soiled", N_("脏污")),
    ("torn", N_("破损")),
    ("missing", N_("缺失")),
    ("pointless", N_("已无意义")),
)
"""How a sign is found (BZ-4.1, 4.3.3)."""


def is_check(facts: Facts) -> bool:
    """A check of one of the areas."""
    return facts.get("sort") == CHECK


def is_of_signs(facts: Facts) -> bool:
    """A check of a sign."""
    return facts.get("sort") == SIGNS


def is_penalty(facts: Facts) -> bool:
    """A penalty by the rules of the company."""
    return facts.get("sort") == PENALTY


def is_proposal(facts: Facts) -> bool:
    """A proposal for a reward."""
    return facts.get("sort") == PROPOSAL


def is_about_somebody(facts: Facts) -> bool:
    """Either of the two."""
    return is_penalty(facts) or is_proposal(facts)


def is_bad_sign(facts: Facts) -> bool:
    """A sign that has to be replaced or taken away."""
    return is_of_signs(facts) and facts.get("sign_state", "good") != "good"


def may_be_a_task(facts: Facts) -> bool:
    """Something that a department may have to do."""
    return findings.wrong(facts) or is_bad_sign(facts)


HOLDER = Guard(
    "holder",
    "ZB-3.5",
    N_("谁先接的由谁负责到底；要别人来办，请先转交，对方接手之后才由他办。"),
    lambda case: not holds(case),
    hides=True,
)
COMPLAINT_OPEN = Guard(
    "complaint_open",
    "ZB-4.7",
    N_("投诉处理表还没有办完，跟到回访、消档之后才算解决。"),
    lambda case: any(number.startswith("TS-") for number in case.awaited),
    first="",
)
ORDER_OPEN = Guard(
    "order_open",
    "ZB-3.5",
    N_("派出去的单子还没有办完，办完、复查之后才算解决。"),
    lambda case: any(not number.startswith("TS-") for number in case.awaited),
    first="",
)
ONE_FORM = Guard(
    "one_form",
    "ZB-4.7",
    N_("这条记录已经开过投诉处理表。"),
    lambda case: bool(case.matter.facts.get("complained")),
    hides=True,
)
BAD_SIGN = Guard(
    "bad_sign",
    "BZ-4.1",
    N_("标识脏了、破了、没有了，要写明由哪个部门更换或补上。"),
    lambda case: is_bad_sign(case.given) and not case.given.get("department"),
)

SAID = Ask("text", Kind.WORDS, N_("内容"), personal=True)
WHOM = Ask("whom", Kind.STAFF, N_("哪位员工"), when=is_about_somebody)
WRITTEN = (
    Ask("sort", Kind.CHOICE, N_("类别"), choices=SORTS),
    Ask("area", Kind.CHOICE, N_("检查什么"), choices=AREAS, when=is_check),
    replace(findings.SPOT, needed=False),
    Ask("sign", Kind.TEXT, N_("哪块标识"), when=is_of_signs),
    Ask("sign_state", Kind.CHOICE, N_("标识怎样"), choices=SIGN_STATES, when=is_of_signs),
    replace(findings.SOUND, when=is_check),
    SAID,
    replace(findings.SETTLED),
    replace(findings.TO_DEPARTMENT, when=may_be_a_task),
    replace(findings.TO_BE_DONE, when=may_be_a_task),
    WHOM,
    Ask("because", Kind.WORDS, N_("为什么"), when=is_about_somebody, personal=True),
    Ask("fine", Kind.MONEY, N_("处罚金额"), when=is_penalty),
    Ask("proposed", Kind.WORDS, N_("建议给什么"), when=is_proposal, personal=True),
    Ask("reward", Kind.MONEY, N_("建议金额"), needed=False, when=is_proposal),
)
OPEN = "open"

ENTRY = Lifecycle(
    kind="entry",
    word=N_("值班记录"),
    prefix="ZR",
    states=(("open", N_("跟进中")), ("solved", N_("已解决")), ("written", N_("已记"))),
    final=frozenset({"solved", "written"}),
    rows=(
        Row(
            "register",
            N_("记来电"),
            "new",
            "open",
            Right.LOG,
            "ZB-3.3",
            ask=(
                Ask("category", Kind.CHOICE, N_("类别"), choices=CATEGORIES),
                SAID,
                UNIT,
                PLACE,
                replace(CALLER, word=N_("来电人")),
                PHONE,
            ),
            sets=handled,
            undo=False,
            prompt=N_("谁先接的由谁负责到底，直到问题解决。"),
        ),
        Row(
            "write",
            N_("记一笔"),
            "new",
            "written",
            Right.LOG,
            "ZB-3.4",
            ask=WRITTEN,
            guards=(findings.UNSENT, BAD_SIGN, PAST),
            effects=(Effect.OPEN_TASK,),
            undo=False,
        ),
        Row(
            "correct",
            N_("更正"),
            "new",
            "written",
            Right.LOG,
            "ZB-3.4",
            ask=(
                Ask("which", Kind.MATTER, N_("更正哪一条"), kinds=("entry",), parent=True),
                replace(SAID, word=N_("应当是")),
            ),
            undo=False,
            prompt=N_("原来那条不改，两条都在，互相写明。"),
        ),
        Row(
            "fall_short",
            N_("巡查不足"),
            "new",
            "written",
            Right.SYSTEM,
            "ZB-4.3a",
            ask=(replace(SAID, word=N_("缺什么")), Ask("day", Kind.TEXT, N_("哪一天"))),
            undo=False,
            backdate=10 * 86400,
            auto=True,
        ),
        Row(
            "order",
            N_("开派工单"),
            OPEN,
            SAME,
            Right.ANYONE,
            "XX-4.3.2",
            ask=(
                DEPARTMENT,
                Ask("task", Kind.WORDS, N_("要部门办什么"), needed=False, personal=True),
            ),
            guards=(HOLDER,),
            effects=(Effect.OPEN_DEPARTMENT,),
            undo=False,
        ),
        Row(
            "task",
            N_("开任务单"),
            OPEN,
            SAME,
            Right.ANYONE,
            "ZB-4.7",
            ask=(
                DEPARTMENT,
                Ask("task", Kind.WORDS, N_("要部门办什么"), needed=False, personal=True),
                UNTIL,
            ),
            guards=(HOLDER, PAST),
            effects=(Effect.OPEN_TASK,),
            undo=False,
        ),
        Row(
            "complaint",
            N_("开投诉处理表"),
            OPEN,
            SAME,
            Right.ANYONE,
            "ZB-4.7",
            ask=(
                ABOUT,
                Ask(
                    "level",
                    Kind.CHOICE,
                    N_("轻重"),
                    needed=False,
                    choices=LEVELS,
                    proposed=lambda _: ORDINARY,
                ),
            ),
            guards=(HOLDER, ONE_FORM),
            effects=(Effect.OPEN_COMPLAINT,),
            sets=lambda _: {"complained": True},
            undo=False,
        ),
        *handing.rows(OPEN, Right.ANYONE, to=Right.COMPLAINT),
        Row(
            "note",
            N_("记进展"),
            OPEN,
            SAME,
            Right.ANYONE,
            "ZB-3.4",
            ask=(Ask("note", Kind.WORDS, N_("进展"), personal=True),),
        ),
        Row(
            "solve",
            N_("解决"),
            OPEN,
            "solved",
            Right.ANYONE,
            "ZB-3.5",
            ask=(
                Ask("result", Kind.WORDS, N_("结果"), personal=True),
                Ask("reply", Kind.WORDS, N_("怎样回复对方"), when=somebody_to_call, personal=True),
            ),
            guards=(HOLDER, COMPLAINT_OPEN, ORDER_OPEN),
            undo=False,
        ),
    ),
    awaits=(
        ("complaint", "registered-verified"),
        ("order", "registered-verified"),
        ("task", "issued-done"),
    ),
)

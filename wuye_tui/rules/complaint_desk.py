"""Complaint 投诉 at the desk: taken down, weighed, in hand, and from hand to hand."""

from dataclasses import replace

from wuye_tui.rules import complaint_guards as no
from wuye_tui.rules import handing
from wuye_tui.rules.handing import handled
from wuye_tui.rules.lifecycle import Ask, Case, Effect, Facts, Kind, Row
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.repair_asks import CALLER, PHONE, PLACE, UNIT
from wuye_tui.rules.repair_facts import HOLDS, WAYS
from wuye_tui.rules.repair_guards import NOT_HELD, PAST_UNTIL
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

REPORTED_HOW = (*WAYS, ("written", N_("书面报告")))
OPEN = "registered-verified"
UNANSWERED = "registered-handling"


def _known_department(facts: Facts) -> str:
    return str(facts.get("department", ""))


COMPLAINANT = replace(CALLER, word=N_("投诉人"))
ABOUT = Ask("about", Kind.STAFF, N_("被投诉的员工"), needed=False)
LEVEL = Ask(
    "level",
    Kind.CHOICE,
    N_("轻重"),
    choices=no.LEVELS,
    proposed=lambda facts: str(facts.get("level", no.ORDINARY)),
)
DEPARTMENT = Ask("department", Kind.CHOICE, N_("责任部门"), needed=False, choices=DEPARTMENTS)


def _weighed(case: Case) -> dict[str, object]:
    """How grave it is, and that what is major is urgent."""
    level = str(case.facts.get("level") or no.ORDINARY)
    return {"level": level, "urgent": level == no.MAJOR}


def _judged(case: Case) -> dict[str, object]:
    """The manager who weighs what is said of one of the staff has it from then on (FW-M.9)."""
    taken = {"holder": case.doer.number} if case.facts.get("about") else {}
    return {**_weighed(case), "judged_by": case.doer.number, **taken}


BEGINNING_ROWS = (
    Row(
        "register",
        N_("登记投诉"),
        "new",
        "registered",
        Right.ANYONE,
        "FW-2.2",
        ask=(
            Ask("text", Kind.WORDS, N_("投诉内容"), personal=True),
            UNIT,
            PLACE,
            COMPLAINANT,
            PHONE,
            ABOUT,
            Ask(
                "level",
                Kind.CHOICE,
                N_("轻重"),
                needed=False,
                choices=no.LEVELS,
                proposed=lambda _: no.ORDINARY,
            ),
            DEPARTMENT,
        ),
        sets=_weighed,
        undo=False,
        prompt=N_("请不要辩解：先听完，记下来，说「非常抱歉，给您添麻烦了」。"),
    ),
    Row(
        "report",
        N_("报告主管"),
        OPEN,
        "@same",
        Right.COMPLAINT,
        "XX-4.2.7",
        ask=(
            Ask("told_to", Kind.STAFF, N_("向谁报告"), right=Right.HEAR_MAJOR),
            Ask("how", Kind.CHOICE, N_("报告方式"), choices=REPORTED_HOW),
            Ask("instructions", Kind.WORDS, N_("主管的指示"), needed=False, personal=True),
        ),
        guards=(no.NOT_MAJOR, no.SUBJECT),
        sets=lambda _: {"reported": True},
    ),
    Row(
        "judge",
        N_("评定轻重"),
        OPEN,
        "@same",
        Right.JUDGE,
        "BH-4",
        ask=(LEVEL, ABOUT),
        guards=(no.UNREPORTED, no.TOO_LATE, no.SUBJECT),
        sets=_judged,
    ),
    Row(
        "correct",
        N_("更正"),
        UNANSWERED,
        "@same",
        Right.COMPLAINT,
        "FW-2.2",
        ask=(UNIT, PLACE, COMPLAINANT, PHONE, ABOUT, DEPARTMENT),
        guards=(no.UNREPORTED, no.MANAGERS, no.NOTHING_GIVEN, no.TOO_LATE, no.SUBJECT),
        effects=(Effect.SNAPSHOT,),
    ),
    Row(
        "handle",
        N_("当场处理"),
        UNANSWERED,
        "handling",
        Right.COMPLAINT,
        "BH-4",
        ask=(
            Ask("apologised", Kind.FLAG, N_("已向客户道歉")),
            Ask("remedy", Kind.WORDS, N_("怎样处理"), personal=True),
        ),
        guards=(no.UNREPORTED, no.MANAGERS, no.NOT_APOLOGISED),
        sets=handled,
        prompt=N_("非常抱歉，给您添麻烦了，我们立刻安排处理。"),
    ),
    Row(
        "refer",
        N_("交办"),
        UNANSWERED,
        "handling",
        Right.COMPLAINT,
        "XX-4.3.2",
        ask=(
            Ask(
                "department",
                Kind.CHOICE,
                N_("责任部门"),
                choices=DEPARTMENTS,
                proposed=_known_department,
            ),
            Ask("task", Kind.WORDS, N_("要部门办什么"), needed=False, personal=True),
        ),
        guards=(no.UNREPORTED, no.MANAGERS),
        effects=(Effect.OPEN_DEPARTMENT,),
        undo=False,
    ),
)

HANDING_ROWS = (
    *handing.rows(OPEN, Right.COMPLAINT, first=(no.UNREPORTED,), never=(no.SUBJECT,)),
    Row(
        "hold",
        N_("说明原因"),
        UNANSWERED,
        "@same",
        Right.COMPLAINT,
        "XX-4.3.7b",
        ask=(
            Ask("hold", Kind.CHOICE, N_("原因"), choices=HOLDS),
            Ask("until", Kind.MOMENT, N_("到什么时候"), needed=False),
            Ask("reason", Kind.WORDS, N_("说明"), needed=False, personal=True),
        ),
        sets=lambda case: {"until": case.given.get("until", "")},
        guards=(no.UNREPORTED, no.MANAGERS, PAST_UNTIL),
        effects=(Effect.HOLD,),
    ),
    Row(
        "resume",
        N_("恢复"),
        UNANSWERED,
        "@same",
        Right.COMPLAINT,
        "XX-4.3.7b",
        guards=(no.UNREPORTED, no.MANAGERS, NOT_HELD),
        effects=(Effect.RELEASE,),
    ),
    Row(
        "urge",
        N_("催办"),
        OPEN,
        "@same",
        Right.COMPLAINT,
        "XX-4.1.3",
        ask=(Ask("urging", Kind.WORDS, N_("催办内容"), needed=False, personal=True),),
        guards=(no.UNREPORTED,),
    ),
    Row(
        "note",
        N_("备注"),
        OPEN,
        "@same",
        Right.ANYONE,
        "FW-2.2",
        ask=(Ask("note", Kind.WORDS, N_("备注"), personal=True),),
    ),
)

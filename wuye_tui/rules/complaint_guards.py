"""What the regulations forbid on a complaint: each guard names its clause and says why."""

from wuye_tui.rules.handing import holds_or_manages
from wuye_tui.rules.lifecycle import Case, Facts, Guard
from wuye_tui.words import N_

ORDINARY, SERIOUS, MAJOR = "ordinary", "serious", "major"
LEVELS = ((ORDINARY, N_("一般")), (SERIOUS, N_("严重")), (MAJOR, N_("重大")))
NAMED = ("about", "told_to", "to_whom")  # questions whose answer is one of the staff


def unreported(facts: Facts) -> bool:
    """A major complaint that nobody has put to the supervisor yet (XX-4.2.7)."""
    return facts.get("level") == MAJOR and not facts.get("reported")


def is_failure(facts: Facts) -> bool:
    """Whether it is a service that failed, and not a word about the neighbours (BH-4): by how
    grave it is, or because it is about one of the staff.
    """
    return facts.get("level", ORDINARY) != ORDINARY or bool(facts.get("about"))


def _names_the_subject(case: Case) -> bool:
    subject = case.facts.get("about")
    named = {case.given.get(name) for name in NAMED if name != "about"}
    return bool(subject) and subject in named | {case.doer.number}


UNREPORTED = Guard(
    "unreported",
    "XX-4.2.7",
    N_("重大投诉要先向主管请示或书面报告，报告之后才能往下办。"),
    lambda case: unreported(case.matter.facts),
    first="report",
)
NOT_MAJOR = Guard(
    "not_major",
    "XX-4.2.7",
    N_("只有重大投诉要报告主管，而且报告一次就够。"),
    lambda case: not unreported(case.matter.facts),
    hides=True,
)
MANAGERS = Guard(
    "managers",
    "FW-M.9",
    N_("投诉员工的事由经理办；经理转交、接手的人接受之后才由他办。"),
    lambda case: bool(case.matter.facts.get("about")) and not holds_or_manages(case),
    hides=True,
)
SUBJECT = Guard(
    "subject", "FW-M.9", N_("被投诉的人不能经手这件投诉，请写另一位同事。"), _names_the_subject
)
TOO_LATE = Guard(
    "too_late",
    "FW-M.9",
    N_("已经开始办理，不能再补写被投诉的员工；请撤销这件，写明员工重新登记。"),
    lambda case: bool(case.given.get("about")) and case.matter.state != "registered",
)
NOT_APOLOGISED = Guard(
    "not_apologised",
    "BH-4",
    N_("请先向客户道歉，再记当场怎样处理。"),
    lambda case: not case.given.get("apologised"),
)
UNJUDGED = Guard(
    "unjudged",
    "BH-4",
    N_("严重、重大或投诉员工的，要由经理评定轻重之后才能答复。"),
    lambda case: is_failure(case.matter.facts) and not case.matter.facts.get("judged_by"),
    first="judge",
)
WITH_A_DEPARTMENT = Guard(
    "with_a_department",
    "NB-2",
    N_("交给部门的派工单还没有办结，办结之后才能作最后答复；先说一声进展请用备注。"),
    lambda case: bool(case.awaited),
    first="",
)
OWN_HANDLING = Guard(
    "own_handling",
    "BH-4",
    N_("验证效果的人不能是经手办理的人。"),
    lambda case: case.doer.number in case.matter.facts.get("handlers", ()),
)
NOTHING_GIVEN = Guard(
    "nothing_given", "FW-2.2", N_("没有写要更正什么，请至少填一项。"), lambda case: not case.given
)
CALLBACK_DUE = Guard(
    "callback_due",
    "NB-2",
    N_("还没有回访，回访之后才能消档。"),
    lambda case: case.matter.facts.get("callback") == "due",
    first="",
)

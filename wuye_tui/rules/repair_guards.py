"""What the regulations forbid on a repair slip: each guard names its clause and says why."""

from datetime import datetime

from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.lifecycle import Case, Guard
from wuye_tui.words import N_


def _past(case: Case) -> bool:
    at = case.given.get("at")
    return bool(at) and datetime.fromisoformat(str(at)) <= case.happened


def _ends_before_it_begins(case: Case) -> bool:
    at, to = (str(case.given.get(name) or "") for name in ("at", "at_to"))
    return bool(to) and (not at or datetime.fromisoformat(to) < datetime.fromisoformat(at))


def _fee(case: Case) -> int:
    return int(case.matter.facts.get("charged_fen", is_.total_fen(case.matter.facts)))


NOWHERE = Guard(
    "nowhere",
    "BX-4",
    N_("请写明房号或公共部位，否则派不出去。"),
    lambda case: not (case.facts.get("unit") or case.facts.get("place")),
)
LATE_ENTRY = Guard(
    "late_entry",
    "BX-4",
    N_("前台的记录要当时登记；停电停网时写在纸上的，请注明是纸质补录。"),
    is_.late_without_paper,
)
PAST_APPOINTMENT = Guard(
    "past_appointment", "BX-9", N_("预约时间已经过去，请另约一个将来的时间。"), _past
)
PAST_WISH = Guard(
    "past_wish",
    "BX-9",
    N_("预约时间已经过去，请问清楚将来的时间。"),
    lambda case: _past(case) and not case.facts.get("paper"),
)
BACKWARDS = Guard(
    "backwards",
    "BX-9",
    N_("预约到的时间要晚于预约时间；只有一个时间的，写在预约时间里。"),
    _ends_before_it_begins,
)
PAST_UNTIL = Guard(
    "past_until",
    "XX-4.3.7b",
    N_("挂起到的时间已经过去，请写将来的时间，或者不写。"),
    lambda case: (
        bool(case.given.get("until"))
        and datetime.fromisoformat(str(case.given["until"])) <= case.recorded
    ),
)
PAST_RETURN = Guard(
    "past_return",
    "XX-4.3.7b",
    N_("再来的时间已经过去，请写将来的时间。"),
    lambda case: (
        bool(case.given.get("back_at"))
        and datetime.fromisoformat(str(case.given["back_at"])) <= case.recorded
    ),
)
NOTHING_GIVEN = Guard(
    "nothing_given", "BX-4", N_("没有写要更正什么，请至少填一项。"), lambda case: not case.given
)
NOT_EMERGENCY = Guard(
    "not_emergency",
    "NB-3",
    N_("只有紧急派遣的单才需要补开，而且只补一次。"),
    lambda case: not is_.emergency(case.matter.facts) or bool(case.matter.facts.get("written_up")),
    hides=True,
)
NOT_HELD = Guard(
    "not_held",
    "XX-4.3.7b",
    N_("这张单没有挂起，不用恢复。"),
    lambda case: not case.matter.hold,
    hides=True,
)
NOT_OVERDUE = Guard(
    "not_overdue",
    "XX-4.3.11b",
    N_("两个工作日还没有到，先催工程部。"),
    lambda case: "unsolved" not in case.overdue,
    hides=True,
)
ESCALATED = Guard(
    "escalated",
    "XX-4.3.11b",
    N_("已经上报督办过，请跟进那张派工单。"),
    lambda case: bool(case.matter.facts.get("escalated")),
    hides=True,
)
UNQUOTED = Guard(
    "unquoted",
    "BX-10",
    N_("收费标准以外的项目，业主同意报价之后才能派工。"),
    lambda case: is_.waits_for_quote(case.facts),
    hides=True,
)
ON_TARIFF = Guard(
    "on_tariff",
    "BX-10",
    N_("收费标准内的项目不用评审报价，直接派工。"),
    lambda case: not is_.waits_for_quote(case.facts),
    hides=True,
)
NOT_TAKEN = Guard(
    "not_taken",
    "BX-3.1",
    N_("只有值班接的单要主管补签，而且只签一次。"),
    lambda case: not case.matter.facts.get("taken") or bool(case.matter.facts.get("countersigned")),
    hides=True,
)
NOBODY_SENT = Guard(
    "nobody_sent",
    "BX-7",
    N_("还不知道是谁去，请写明维修工。"),
    lambda case: not case.facts.get("worker"),
)
TARIFF_HIDDEN = Guard(
    "tariff_hidden",
    "BX-13",
    N_("开工前要先出示收费标准。"),
    lambda case: is_.paid(case.facts) and not case.given.get("tariff_shown"),
)
NO_CONSENT = Guard(
    "no_consent",
    "BX-13",
    N_("业主没有同意，不能开工；不同意的请走「业主不同意维修」。"),
    lambda case: is_.paid(case.facts) and not case.given.get("consent"),
)
UNEXPLAINED = Guard(
    "unexplained",
    "BX-12",
    N_("实际项目与报修不同，要先向业主说明项目和收费。"),
    lambda case: not case.given.get("explained"),
)
REWORK_IS_DECIDED = Guard(
    "rework_is_decided",
    "BH-3.2",
    N_("免费返修由主管以上决定，请走「返修」；这里不能改成返修，也不能把返修改成别的。"),
    lambda case: (
        (case.given.get("charge") == is_.REWORK) != (case.matter.facts.get("charge") == is_.REWORK)
    ),
)
UNWARNED = Guard(
    "unwarned",
    "BX-14",
    N_("业主自备的材料不合格，要先提醒后果，再尊重业主的选择。"),
    lambda case: (
        case.given.get("material_from") == "resident"
        and case.given.get("found") in {"unqualified", "poor"}
        and not case.given.get("warned")
    ),
)
UNTRIED = Guard(
    "untried",
    "BX-15",
    N_("要请业主试用或检查合格后才能完工。"),
    lambda case: not case.given.get("tried"),
)
NO_LINES = Guard(
    "no_lines",
    "BX-15",
    N_("有偿维修要按收费标准写明各项费用；不收费的请先改收费类别。"),
    lambda case: is_.paid(case.facts) and not case.given.get("lines"),
)
UNPRICED = Guard(
    "unpriced",
    "NB-3",
    N_("还没有补开派工单，不知道怎样收费，请先补单再完工。"),
    lambda case: not case.facts.get("charge"),
)
HOMELESS = Guard(
    "homeless",
    "BX-5",
    N_("有偿维修要有房号才能收费，请先更正房号，或改为公共维修。"),
    lambda case: is_.paid(case.facts) and not case.facts.get("unit"),
)
NOT_DONE = Guard(
    "not_done",
    "BH-3.2",
    N_("只有修好了的才谈得上返修；没有修成的请重新登记报修。"),
    lambda case: case.matter.outcome != "done",
    hides=True,
)
OWN_INSPECTION = Guard(
    "own_inspection",
    "BX-15",
    N_("公共部位要由维修工以外的人验收。"),
    lambda case: case.signed.get("inspector", "") in case.matter.workers,
)
OWN_WORK = Guard(
    "own_work",
    "XX-4.2.5",
    N_("核实的人不能是去维修的人。"),
    lambda case: case.doer.number in case.matter.workers,
)
NOTHING_CHARGED = Guard(
    "nothing_charged",
    "BH-3.2",
    N_("这张单没有收费，不用减免。"),
    lambda case: _fee(case) == 0,
    hides=True,
)
MORE_THAN_CHARGED = Guard(
    "more_than_charged",
    "BH-3.2",
    N_("减免后的金额要比原来少。"),
    lambda case: int(case.given.get("fee_now", 0)) >= _fee(case) > 0,
)
CALLBACK_DUE = Guard(
    "callback_due",
    "BX-17",
    N_("还没有回访，回访之后才能消档。"),
    lambda case: case.matter.facts.get("callback") == "due",
    first="",
)
NOBODY_WAITS = Guard(
    "nobody_waits",
    "XX-4.2.6",
    N_("没有别的来电人等着告知。"),
    lambda case: not case.matter.facts.get("waiting"),
    hides=True,
)
UNTOLD = Guard(
    "untold",
    "XX-4.2.6",
    N_("还有来电人没有告知结果，用「告知来电人」记下之后才能消档。"),
    lambda case: bool(case.matter.facts.get("waiting")),
    first="tell",
)
UNREPORTED = Guard(
    "unreported",
    "ZB-4.2",
    N_("紧急事件还没有上报总经理，请先上报。"),
    lambda case: is_.emergency(case.facts) and not case.facts.get("reported"),
    first="report",
)
UNWRITTEN = Guard(
    "unwritten",
    "NB-3",
    N_("紧急派遣还没有补开派工单，请先补单。"),
    lambda case: is_.emergency(case.facts) and not case.facts.get("written_up"),
)
UNSIGNED = Guard(
    "unsigned",
    "BX-3.1",
    N_("值班接的单还没有主管补签，请工程主管先签字。"),
    lambda case: bool(case.facts.get("taken")) and not case.facts.get("countersigned"),
)

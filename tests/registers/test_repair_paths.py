"""Whole stories of a repair slip, from the call to the red line, each told in its steps.

After each story everything that is derived is derived again and agrees with what is stored.
"""

from typing import Any

import pytest

from tests.factories import (
    OFF_TARIFF,
    PAID,
    answer_callbacks,
    charges,
    children,
    matter,
    move_to,
    on_duty,
    overdue,
    refused,
    running,
    situation,
    started,
    step_rows,
    steps,
    taken,
)
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock

Told = tuple[str, str, dict[str, Any]]  # verb, who is at the keyboard, what is given
MINUTE = 60

CALL: Told = ("register", "KF01", {"unit": "3-1-502", "text": "水龙头漏水", "caller": "陈立"})
LOBBY: Told = ("register", "KF01", {"place": "5栋大堂", "text": "大堂灯不亮"})
ISSUE: Told = ("issue", "KF01", PAID)
NOTIFY: Told = ("notify", "KF01", {"whom": "工程部", "how": "phone"})
COLLECT: Told = ("collect", "KF01", {"collector": "李强"})
ASSIGN: Told = ("assign", "GC01", {"worker": "李强"})
ARRIVE: Told = ("arrive", "GC03", {})
TOLD = {"damage": "老化", "minutes": 30}
AGREE: Told = ("agree", "GC03", {"tariff_shown": True, "consent": True, **TOLD})
AGREE_FREE: Told = ("agree", "GC03", TOLD)
FINISH: Told = ("finish", "GC03", {"lines": "SX-01", "tried": True, "resident": "陈立"})
FINISH_FREE: Told = ("finish", "GC03", {"tried": True, "resident": "陈立"})
FINISH_PUBLIC: Told = ("finish", "GC03", {"tried": True, "inspector": "GC01"})
RETURN: Told = ("return", "GC01", {})
VERIFY: Told = ("verify", "KF05", {"finding": "已核实"})
CLOSE: Told = ("close", "KF05", {})
FILED = [RETURN, VERIFY, CLOSE]
SENT = [CALL, ISSUE, NOTIFY, COLLECT, ASSIGN, ARRIVE]
OFF: list[Told] = [CALL, ("issue", "KF01", OFF_TARIFF), NOTIFY, COLLECT]
QUOTE: Told = ("quote", "GC01", {"fee": "280", "told_how": "phone"})
LEAVE: Told = ("leave", "GC03", {"missing": "阀芯", "gets": "仓库", "back_at": "2026-11-20 15:00"})
EMERGENCY = {"emergency": "burst_pipe", "whom": "李强", "how": "radio", "worker": "李强"}
DISPATCH: Told = ("dispatch_now", "KF01", {"unit": "3-1-502", "text": "爆管", **EMERGENCY})
REPORT: Told = ("report", "KF01", {"reported_to": "高远", "how": "phone"})
WRITE_UP: Told = ("write_up", "KF01", {"charge": "public"})
REWORK: Told = ("rework", "KF03", {"why": "又漏了"})

# What is told; the outcome and the fee that stay with the slip, in fen.
STORIES: dict[str, tuple[list[Told], str, int]] = {
    "on the tariff": ([*SENT, AGREE, FINISH, *FILED], "done", 3000),
    "collected without a word on the phone": (
        [CALL, ISSUE, COLLECT, ASSIGN, ARRIVE, AGREE, FINISH, *FILED],
        "done",
        3000,
    ),
    "quoted and agreed to": (
        [
            *OFF,
            QUOTE,
            ("consent", "KF01", {"agreed_by": "陈立"}),
            ASSIGN,
            ARRIVE,
            AGREE,
            ("finish", "GC03", {"lines": "换阀门=280", "tried": True, "resident": "陈立"}),
            *FILED,
        ],
        "done",
        28000,
    ),
    "quoted and declined": (
        [*OFF, QUOTE, ("decline", "KF01", {"why": "太贵"}), *FILED],
        "declined",
        0,
    ),
    "assessed as not feasible": (
        [*OFF, ("infeasible", "GC01", {"why": "承重墙不能动"}), *FILED],
        "infeasible",
        0,
    ),
    "refused at the door": (
        [
            *SENT,
            ("refuse", "GC03", {"why": "改天", "worker_sign": "李强", "supervisor": "王建国"}),
            *FILED,
        ],
        "refused",
        0,
    ),
    "held for parts": (
        [
            *SENT[:5],
            ("hold", "GC01", {"hold": "parts", "until": "2026-11-20 09:00", "why": "等阀芯"}),
            ("resume", "KF01", {}),
            ARRIVE,
            AGREE,
            FINISH,
            *FILED,
        ],
        "done",
        3000,
    ),
    "visited twice by two workers": (
        [
            *SENT,
            AGREE,
            LEAVE,
            ("assign", "GC01", {"worker": "吴刚"}),
            ("arrive", "GC04", {}),
            ("agree", "GC04", AGREE[2]),
            ("finish", "GC04", FINISH[2]),
            *FILED,
        ],
        "done",
        3000,
    ),
    "nobody home, then by appointment": (
        [
            *SENT[:5],
            ("no_access", "GC03", {"left_note": True}),
            ("rebook", "KF01", {"at": "2026-11-20 15:00", "asked_by": "陈立"}),
            ARRIVE,
            AGREE,
            FINISH,
            *FILED,
        ],
        "done",
        3000,
    ),
    "in a public area": (
        [
            LOBBY,
            ("issue", "KF01", {"charge": "public"}),
            NOTIFY,
            COLLECT,
            ASSIGN,
            ARRIVE,
            AGREE_FREE,
            FINISH_PUBLIC,
            *FILED,
        ],
        "done",
        0,
    ),
    "under warranty": (
        [
            ("register", "KF01", {"unit": "5-1-101", "text": "窗户关不严"}),
            ("issue", "KF01", {"charge": "warranty"}),
            NOTIFY,
            COLLECT,
            ("hold", "KF01", {"hold": "outside", "why": "已转开发商"}),
            ASSIGN,
            ARRIVE,
            AGREE_FREE,
            FINISH_FREE,
            *FILED,
        ],
        "done",
        0,
    ),
    "found to be something else": (
        [
            *SENT,
            ("amend", "GC03", {"charge": "paid", "tariff": "SX-03", "explained": True}),
            ("material", "GC03", {"material_from": "office", "found": "qualified"}),
            AGREE,
            ("finish", "GC03", {**FINISH[2], "lines": "SX-03"}),
            *FILED,
        ],
        "done",
        4500,
    ),
    "an emergency before any slip": (
        [DISPATCH, REPORT, ARRIVE, AGREE_FREE, WRITE_UP, FINISH_PUBLIC, *FILED],
        "done",
        0,
    ),
    "an emergency found out later": (
        [
            CALL,
            ("dispatch_now", "KF01", EMERGENCY),
            ARRIVE,
            WRITE_UP,
            REPORT,
            AGREE_FREE,
            FINISH_PUBLIC,
            *FILED,
        ],
        "done",
        0,
    ),
    "an emergency that needs others": (
        [
            DISPATCH,
            REPORT,
            WRITE_UP,
            ("give_up", "GC03", {"why": "自来水公司抢修", "supervisor": "王建国"}),
            *FILED,
        ],
        "unsolved",
        0,
    ),
    "done again for nothing": (
        [*SENT, AGREE, FINISH, RETURN, VERIFY, REWORK, ARRIVE, AGREE_FREE, FINISH_FREE, *FILED],
        "done",
        3000,
    ),
    "the charge lowered": (
        [*SENT, AGREE, FINISH, ("waive", "KF03", {"fee_now": "12.50", "why": "等太久"}), *FILED],
        "done",
        1250,
    ),
    "not solved": (
        [*SENT, AGREE, ("give_up", "GC03", {"why": "要大修", "supervisor": "王建国"}), *FILED],
        "unsolved",
        0,
    ),
    "corrected after it was printed": (
        [
            CALL,
            ISSUE,
            ("correct", "KF01", {"unit": "3-1-501", "phone": "13800002345", "payer": "林芳"}),
            *SENT[2:],
            AGREE,
            FINISH,
            *FILED,
        ],
        "done",
        3000,
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_ends_with_the_red_line_and_nothing_left_running(
    desk: Desk, clock: StoppedClock, name: str
) -> None:
    told, outcome, fee = STORIES[name]
    number = tell(desk, clock, told)
    found = matter(desk, number)
    assert (found.state, found.outcome, found.hold) == ("closed", outcome, "")
    assert running(desk, number) == set()
    assert situation(desk, number).facts.get("charged_fen", 0) == fee
    assert sum(charge.fen - charge.waived_fen for charge in charges(desk, number)) == fee
    assert check(desk).findings == []


def tell(desk: Desk, clock: StoppedClock, told: list[Told]) -> str:
    """Takes the steps of a story, a minute apart, answering callbacks before the last one."""
    verb, staff, given = told[0]
    number = str(started(desk, "repair", verb, staff=staff, **given)["number"])
    for verb, staff, given in told[1:]:
        clock.advance(MINUTE)
        if verb == "close":
            answer_callbacks(desk, number)
        taken(desk, number, verb, staff=staff, **given)
    return number


def test_the_night_takes_it_the_supervisor_signs_in_the_morning(
    desk: Desk, clock: StoppedClock
) -> None:
    move_to(desk, "23:10")
    duty = on_duty(desk, "ZB01")
    number = started(desk, "repair", staff="ZB01", unit="6-1-301", text="马桶堵了")["number"]
    night: list[Told] = [
        ("take", "ZB01", {"taker": "冯涛", "charge": "paid", "tariff": "SX-02"}),
        ("arrive", "ZB01", {}),
        ("agree", "ZB01", AGREE[2]),
        ("finish", "ZB01", {"lines": "SX-02", "tried": True, "resident": "住户"}),
    ]
    for verb, staff, given in night:
        clock.advance(MINUTE)
        taken(desk, number, verb, staff=staff, **given)
    move_to(desk, "2026-11-20 08:50")
    taken(desk, number, "countersign", staff="GC01", supervisor="王建国")
    for verb, staff, given in FILED:
        taken(desk, number, verb, staff=staff, **given)
    assert {row.duty for row in step_rows(desk, number)[:5]} == {duty}

    assert charges(desk, number)[0].fen == 5000
    assert check(desk).findings == []


def test_a_rework_voids_the_callback_and_the_next_finish_opens_a_new_one(
    desk: Desk, clock: StoppedClock
) -> None:
    number = tell(desk, clock, [*SENT, AGREE, FINISH, RETURN, VERIFY, REWORK])
    (first,) = children(desk, number, "callback")
    assert (first.state, first.outcome) == ("done", "void")
    for verb, staff, given in (ARRIVE, AGREE_FREE, FINISH_FREE):
        clock.advance(MINUTE)
        taken(desk, number, verb, staff=staff, **given)
    _, second = children(desk, number, "callback")
    assert (second.state, second.number) == ("due", "HF-20261119-002")


def test_a_callback_that_was_answered_stays_answered_after_a_rework(
    desk: Desk, clock: StoppedClock
) -> None:
    number = tell(desk, clock, [*SENT, AGREE, FINISH, RETURN])
    answer_callbacks(desk, number, "dissatisfied")
    taken(desk, number, "rework", staff="KF03", why="业主不满意")
    (first,) = children(desk, number, "callback")
    assert first.outcome == "reached"


def test_what_is_given_up_has_its_order_and_needs_no_second_one_when_the_copies_stay_out(
    desk: Desk, clock: StoppedClock
) -> None:
    number = tell(
        desk, clock, [*SENT, ("give_up", "GC03", {"why": "要大修", "supervisor": "王建国"})]
    )
    (order,) = children(desk, number, "order")
    assert (order.state, order.origin) == ("registered", number)
    move_to(desk, "2026-11-23 10:30")  # two working days, and the copies are not back
    assert "unsolved" in overdue(desk, number)
    assert refused("XX-4.3.11b", desk, number, "escalate") == "escalated"
    taken(desk, number, "return", staff="GC01")
    assert len(children(desk, number, "order")) == 1


def test_a_report_is_cancelled_in_the_residents_own_words(desk: Desk, clock: StoppedClock) -> None:
    number = tell(desk, clock, [CALL, ISSUE, ("cancel", "KF01", {"said": "自己修好了"})])
    assert matter(desk, number).state == "cancelled"
    assert steps(desk, number)[-1].facts["said"] == "自己修好了"
    assert running(desk, number) == set()
    assert check(desk).findings == []


def test_a_correction_takes_the_new_units_people_and_voids_the_printed_copies(
    desk: Desk, clock: StoppedClock
) -> None:
    number = tell(desk, clock, [CALL, ISSUE, ("correct", "KF01", {"unit": "3-1-501"})])
    facts = situation(desk, number).facts
    assert (facts["unit"], facts["caller"], facts["phone"]) == ("3-1-501", "林芳", "13800002345")
    assert facts["copies"] == "void"
    assert matter(desk, number).unit == "3-1-501"


def test_a_correction_to_a_unit_out_of_warranty_takes_the_warranty_away(
    desk: Desk, clock: StoppedClock
) -> None:
    call: Told = ("register", "KF01", {"unit": "5-1-101", "text": "窗户关不严"})
    number = tell(desk, clock, [call])
    assert situation(desk, number).facts["warranty"] is True
    taken(desk, number, "correct", unit="3-1-502")
    assert situation(desk, number).facts["warranty"] is False


ORDER: list[Told] = [
    (
        "register",
        "KF01",
        {"department": "cleaning", "text": "楼道垃圾", "caller": "陈立", "unit": "3-1-502"},
    ),
    ("issue", "KF01", {}),
    ("receive", "KF01", {"department": "ZX01", "assistant": "周洁"}),
    ("assign", "KF01", {"worker": "GC04"}),
    ("finish", "KF01", {"result": "已清理", "customer": "陈立"}),
    ("verify", "KF05", {"finding": "已清理"}),
    ("tell", "KF01", {"said": "已电话告知"}),
    ("close", "KF05", {}),
]


def test_an_order_goes_to_the_department_and_back_to_whoever_asked(
    desk: Desk, clock: StoppedClock
) -> None:
    verb, staff, given = ORDER[0]
    number = str(started(desk, "order", verb, staff=staff, **given)["number"])
    for verb, staff, given in ORDER[1:]:
        clock.advance(MINUTE)
        taken(desk, number, verb, staff=staff, **given)
    assert matter(desk, number).state == "closed"
    assert running(desk, number) == set()
    assert check(desk).findings == []

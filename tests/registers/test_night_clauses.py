"""Nights and emergencies: first the deed, then the paper, and the supervisor's signature.

KF-7, SB-3, SB-4, BX-3.1, NB-3, ZB-4.2 and FW-M.2.1.
"""

from typing import Any

import pytest

from tests.factories import (
    OFF_TARIFF,
    PAID,
    a_repair,
    local,
    matter,
    move_to,
    on_duty,
    overdue,
    refused,
    runs,
    signatures,
    situation,
    started,
    step_rows,
    taken,
    undone,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.refusals import GuardRefused, NoRight, NothingToUndo
from wuye_tui.rules.repair_facts import EMERGENCY


@pytest.mark.clause("KF-7", "SB-3")
def test_what_can_be_done_at_night_is_done_at_once_by_the_duty(desk: Desk) -> None:
    move_to(desk, "22:00")
    with pytest.raises(NoRight, match="夜班值班"):
        taken(desk, a_repair(desk), "take", staff="ZB01", charge="public", taker="冯涛")
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01")
    taken(desk, number, "take", staff="ZB01", **PAID)  # one's own signature, given by one's PIN
    assert signatures(desk, number)[2, "taker"].staff == "ZB01"
    assert (matter(desk, number).state, matter(desk, number).worker) == ("assigned", "ZB01")
    assert runs(desk, number, "site")[0].due == runs(desk, number, "site")[0].started.replace(
        minute=10
    )


@pytest.mark.clause("SB-3")
def test_the_trade_duty_takes_a_slip_of_its_trade(desk: Desk) -> None:
    move_to(desk, "19:00")
    number = a_repair(desk, place="配电房")
    taken(desk, number, "take", staff="SB01", charge="public", taker="何勇")
    assert matter(desk, number).worker == "SB01"


def test_what_has_to_be_quoted_is_not_taken_at_night(desk: Desk) -> None:
    move_to(desk, "22:00")
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01")
    given = {"staff": "ZB01", "taker": "冯涛", **OFF_TARIFF}
    assert refused("BX-10", desk, number, "take", **given) == "unquoted"


@pytest.mark.clause("BX-3.1")
@pytest.mark.parametrize(
    ("taken_at", "due"),
    [
        ("2026-11-19 22:00", "2026-11-20 09:00:00"),
        ("2026-11-20 02:00", "2026-11-20 09:00:00"),
        ("2026-11-20 22:00", "2026-11-23 09:00:00"),  # Friday night: Monday
    ],
)
def test_a_slip_taken_after_hours_is_signed_by_the_supervisor_next_working_morning(
    desk: Desk, clock: StoppedClock, taken_at: str, due: str
) -> None:
    move_to(desk, taken_at)
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01")
    taken(desk, number, "take", staff="ZB01", taker="冯涛", charge="public")
    (countersign,) = runs(desk, number, "countersign")
    assert local(desk, countersign.due) == due
    move_to(desk, due)
    assert "countersign" not in overdue(desk, number)
    clock.advance(1)
    taken(desk, number, "countersign", staff="GC01", supervisor="王建国")
    assert "countersign" in overdue(desk, number)


@pytest.mark.clause("BX-3.1")
def test_a_slip_of_the_night_is_not_filed_without_the_supervisors_signature(desk: Desk) -> None:
    move_to(desk, "22:00")
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01", unit="6-1-301")
    taken(desk, number, "take", staff="ZB01", taker="冯涛", **PAID)
    move_to(desk, "2026-11-20 08:40")
    walk_to(desk, number, "verified")
    assert refused("BX-3.1", desk, number, "close") == "unsigned"
    with pytest.raises(NoRight):
        taken(desk, number, "countersign", staff="ZB01", supervisor="冯涛")
    taken(desk, number, "countersign", staff="GC01", supervisor="王建国")
    assert refused("BX-3.1", desk, number, "countersign", staff="GC01", supervisor="王建国")
    taken(desk, number, "close")


@pytest.mark.clause("NB-3")
def test_an_emergency_is_sent_out_first_and_written_up_afterwards(desk: Desk) -> None:
    row = procedure("repair").row("dispatch_now", "new")
    assert row is not None
    assert "先打电话" in row.prompt
    number = started(
        desk,
        "repair",
        "dispatch_now",
        emergency="burst_pipe",
        whom="李强",
        how="radio",
        worker="李强",
        unit="3-1-502",
        text="水管爆了",
    )["number"]
    assert situation(desk, number).state == "assigned"
    taken(desk, number, "report", reported_to="总经理高远", how="phone")
    walk_to(desk, number, "working", agree={"damage": "接头爆裂", "minutes": 20})
    done: dict[str, Any] = {"lines": "SX-03", "tried": True, "resident": "陈立"}
    assert refused("NB-3", desk, number, "finish", staff="GC03", **done) == "unpriced"
    taken(desk, number, "write_up", charge="paid", tariff="SX-03")
    assert refused("NB-3", desk, number, "write_up", charge="public") == "not_emergency"
    taken(desk, number, "finish", staff="GC03", **done)
    walk_to(desk, number, "closed")


@pytest.mark.clause("NB-3")
def test_an_emergency_that_others_solve_is_written_up_before_its_slip_goes_back(desk: Desk) -> None:
    given = {"emergency": "gas", "whom": "燃气公司", "how": "phone", "unit": "3-1-502"}
    number = started(desk, "repair", "dispatch_now", text="燃气味", **given)["number"]
    taken(desk, number, "give_up", why="燃气公司处理", supervisor="王建国")
    assert refused("NB-3", desk, number, "return", staff="GC01") == "unwritten"
    taken(desk, number, "write_up", charge="public")
    taken(desk, number, "return", staff="GC01")


def test_an_emergency_needs_a_place_to_go_to_and_somebody_to_pay_for_what_is_paid(
    desk: Desk,
) -> None:
    given = {"emergency": "power", "whom": "李强", "how": "radio", "text": "跳闸"}
    with pytest.raises(GuardRefused, match="房号或公共部位"):
        started(desk, "repair", "dispatch_now", **given)
    number = started(desk, "repair", "dispatch_now", place="5栋配电房", **given)["number"]
    assert refused("BX-5", desk, number, "write_up", **PAID) == "homeless"
    with pytest.raises(NothingToUndo):
        undone(desk, number)


@pytest.mark.clause("ZB-4.2", "SB-4")
def test_a_casualty_is_handled_at_once_and_reported_before_anything_is_filed(desk: Desk) -> None:
    number = started(
        desk,
        "repair",
        "dispatch_now",
        staff="KF03",
        emergency="injury",
        whom="120、秩序维护部",
        how="phone",
        worker="李强",
        place="5栋大堂",
        text="吊顶掉落砸伤人",
    )["number"]
    taken(desk, number, "write_up", charge="public")
    walk_to(
        desk,
        number,
        "verified",
        agree={"damage": "吊顶松脱", "minutes": 60},
        finish={"tried": True, "inspector": "GC01"},
    )
    assert refused("ZB-4.2", desk, number, "close") == "unreported"
    taken(desk, number, "report", reported_to="总经理高远", how="phone")
    taken(desk, number, "close")
    assert step_rows(desk, number)[0].clause == "NB-3"


@pytest.mark.clause("FW-M.2.1")
def test_in_an_emergency_the_manager_decides_on_the_spot(desk: Desk) -> None:
    number = a_repair(desk)
    given = {"emergency": "gas", "whom": "燃气公司", "how": "phone", "worker": "李强"}
    with pytest.raises(NoRight):
        taken(desk, number, "dispatch_now", staff="GC03", **given)
    taken(desk, number, "dispatch_now", staff="KF04", **given)
    assert matter(desk, number).priority == EMERGENCY

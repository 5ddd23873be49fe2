"""The clauses of the work itself: at the door, on site, the charges, and the free second time.

BX-11 to BX-16, LY-4.4.2, KF-17 and BH-3.2.
"""

from typing import Any

import pytest

from tests.factories import (
    PAID,
    a_repair,
    charges,
    local,
    matter,
    refused,
    repair_row,
    runs,
    signatures,
    situation,
    step_rows,
    steps,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.refusals import (
    MissingAnswer,
    MissingSignature,
    NoRight,
    SameSigner,
    WrongPerson,
)

MINUTE = 60
AGREED: dict[str, Any] = {
    "tariff_shown": True,
    "damage": "软管老化",
    "minutes": 30,
    "consent": True,
}
DONE: dict[str, Any] = {"lines": "SX-01", "tried": True, "resident": "陈立"}


@pytest.mark.clause("BX-11")
def test_the_one_who_arrives_is_reminded_of_the_manners_at_the_door() -> None:
    arrive = procedure("repair").row("arrive", "assigned")
    assert arrive is not None
    for word in ("敲", "工作证", "派工单", "进来", "鞋套"):
        assert word in arrive.prompt


@pytest.mark.clause("KF-17")
def test_nobody_home_is_recorded_with_the_time_and_a_note(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(MissingAnswer, match="已留字条"):
        taken(desk, number, "no_access", staff="GC03")
    past = {"left_note": True, "at": "2026-11-19 09:00"}
    assert refused("BX-9", desk, number, "no_access", **past) == "past_appointment"
    came = clock.now()
    clock.advance(20 * MINUTE)
    taken(desk, number, "no_access", left_note=True, at="2026-11-20 09:00", happened=came)
    assert steps(desk, number)[-1].happened == came
    assert matter(desk, number).hold == "nobody_home"
    (appointment,) = runs(desk, number, "appointment")
    assert local(desk, appointment.due) == "2026-11-20 08:55:00"


@pytest.mark.clause("BX-12")
def test_the_item_found_on_site_goes_on_the_slip_and_is_explained(desk: Desk) -> None:
    number = a_repair(desk, upto="on_site")
    item = {"charge": "paid", "tariff": "SX-03"}
    assert refused("BX-12", desk, number, "amend", explained=False, **item) == "unexplained"
    taken(desk, number, "amend", staff="GC03", explained=True, **item)
    taken(desk, number, "agree", staff="GC03", **AGREED)
    taken(desk, number, "finish", staff="GC03", **{**DONE, "lines": "SX-03"})
    assert [charge.fen for charge in charges(desk, number)] == [4500]


@pytest.mark.clause("BX-13")
@pytest.mark.parametrize(
    ("less", "guard"), [("tariff_shown", "tariff_hidden"), ("consent", "no_consent")]
)
def test_no_work_before_the_tariff_was_shown_and_the_resident_agreed(
    desk: Desk, less: str, guard: str
) -> None:
    number = a_repair(desk, upto="on_site")
    assert refused("BX-13", desk, number, "agree", **{**AGREED, less: False}) == guard
    taken(desk, number, "agree", **AGREED)
    assert situation(desk, number).state == "working"


@pytest.mark.clause("BX-13")
def test_who_refuses_at_the_door_is_noted_with_two_signatures_and_the_slip_goes_back(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="on_site")
    both = {"worker_sign": "李强", "supervisor": "王建国"}
    with pytest.raises(MissingAnswer, match="原因"):
        taken(desk, number, "refuse", **both)
    with pytest.raises(MissingSignature, match="工程主管"):
        taken(desk, number, "refuse", why="嫌贵", worker_sign="李强")
    with pytest.raises(WrongPerson, match="工程主管"):
        taken(desk, number, "refuse", why="嫌贵", worker_sign="李强", supervisor="吴刚")
    with pytest.raises(SameSigner):
        taken(desk, number, "refuse", why="嫌贵", worker_sign="王建国", supervisor="GC01")
    taken(desk, number, "refuse", staff="GC03", why="嫌贵", **both)
    walk_to(desk, number, "closed")
    assert matter(desk, number).outcome == "refused"
    assert charges(desk, number) == []
    signed = {role: row.staff for (_, role), row in signatures(desk, number).items()}
    assert signed == {"collector": "GC03", "worker_sign": "GC03", "supervisor": "GC01"}


@pytest.mark.clause("LY-4.4.2")
@pytest.mark.parametrize("less", ["damage", "minutes"])
def test_before_work_the_resident_is_told_the_damage_and_the_time(desk: Desk, less: str) -> None:
    number = a_repair(desk, upto="on_site")
    told = {name: value for name, value in AGREED.items() if name != less}
    with pytest.raises(MissingAnswer):
        taken(desk, number, "agree", parts_fen="12", **told)
    taken(desk, number, "agree", parts_fen="12", **AGREED)
    facts = situation(desk, number).facts
    assert (facts["damage"], facts["parts_fen"], facts["minutes"]) == ("软管老化", 1200, 30)


@pytest.mark.clause("LY-4.4.2")
def test_the_worker_is_told_to_explain_the_charges_and_not_to_argue() -> None:
    finish = procedure("repair").row("finish", "working")
    assert finish is not None
    assert "说明各项收费" in finish.prompt
    assert "不在业主家争论" in finish.prompt


@pytest.mark.clause("BX-14")
@pytest.mark.parametrize("found", ["unqualified", "poor"])
def test_bad_material_of_the_residents_own_is_warned_about_and_their_choice_respected(
    desk: Desk, found: str
) -> None:
    number = a_repair(desk, upto="working")
    theirs = {"material_from": "resident", "found": found, "remark": "接口偏小"}
    assert refused("BX-14", desk, number, "material", **theirs) == "unwarned"
    taken(desk, number, "material", warned=True, **theirs)
    facts = situation(desk, number).facts
    assert (facts["found"], facts["remark"]) == (found, "接口偏小")
    walk_to(desk, number, "finished")


def test_good_material_needs_no_warning(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    taken(desk, number, "material", material_from="resident", found="qualified")
    taken(desk, number, "material", material_from="office", found="poor")


@pytest.mark.clause("BX-15")
def test_the_charges_are_written_the_resident_tries_it_out_and_signs(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    with pytest.raises(MissingAnswer, match="收费明细"):
        taken(desk, number, "finish", tried=True, resident="陈立")
    assert refused("BX-15", desk, number, "finish", **{**DONE, "lines": []}) == "no_lines"
    assert refused("BX-15", desk, number, "finish", **{**DONE, "tried": False}) == "untried"
    with pytest.raises(MissingSignature, match="业主签字"):
        taken(desk, number, "finish", lines="SX-01", tried=True)
    taken(desk, number, "finish", **{**DONE, "lines": "SX-01*2;软管=15"})
    (charge,) = charges(desk, number)
    assert (charge.unit, charge.fen, charge.period) == ("3-1-502", 7500, "2026-11")
    assert signatures(desk, number)[8, "resident"].how == "paper"


def test_who_will_not_sign_for_the_work_is_written_down_with_a_witness(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    taken(desk, number, "finish", lines="SX-01", tried=True, refused_why="嫌贵", witness="吴刚")
    assert signatures(desk, number)[8, "resident"].how == "refused"
    assert steps(desk, number)[-1].facts["refused_resident"] == "嫌贵 (吴刚)"


def test_the_copies_come_back_and_the_supervisor_confirms(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    with pytest.raises(NoRight, match="工程主管"):
        taken(desk, number, "return", staff="GC03")
    taken(desk, number, "return", staff="GC01", register_line="11-07")
    assert repair_row(desk, number).copies == "desk"


def test_what_the_desk_writes_down_of_the_supervisor_names_the_supervisor(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    taken(desk, number, "return")
    assert step_rows(desk, number)[-1].doer == "GC01"  # the one engineering supervisor there is
    assert step_rows(desk, number)[-1].by == "KF01"


@pytest.mark.clause("BH-3.2")
def test_a_supervisor_may_have_it_done_again_for_nothing_and_tells_the_manager(desk: Desk) -> None:
    number = a_repair(desk, upto="verified")
    for staff in ("KF01", "KF05", "GC03"):
        with pytest.raises(NoRight, match="客服主管"):
            taken(desk, number, "rework", staff=staff, why="又漏了")
    taken(desk, number, "rework", staff="KF03", why="又漏了")
    facts = situation(desk, number).facts
    assert (facts["charge"], facts["manager_told"]) == ("rework", True)
    taken(desk, number, "arrive", staff="GC03")
    taken(desk, number, "agree", staff="GC03", damage="垫圈没压好", minutes=10)
    taken(desk, number, "finish", staff="GC03", tried=True, resident="陈立")
    assert [charge.fen for charge in charges(desk, number)] == [3000]  # of the first time
    assert repair_row(desk, number).fee_fen == 3000


@pytest.mark.clause("BH-3.2")
def test_a_supervisor_may_lower_the_charge_and_nobody_may_raise_it(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    with pytest.raises(NoRight):
        taken(desk, number, "waive", staff="KF01", fee_now="10", why="投诉后协商")
    for more in ("30", "31"):
        given = {"staff": "KF03", "fee_now": more, "why": "协商"}
        assert refused("BH-3.2", desk, number, "waive", **given) == "more_than_charged"
    taken(desk, number, "waive", staff="KF03", fee_now="10", why="投诉后协商")
    taken(desk, number, "waive", staff="KF03", fee_now="0", why="投诉后协商")
    (charge,) = charges(desk, number)
    assert (charge.fen, charge.waived_fen) == (3000, 3000)
    assert situation(desk, number).facts["manager_told"] is True
    given = {"staff": "KF03", "fee_now": "0", "why": "协商"}
    assert refused("BH-3.2", desk, number, "waive", **given) == "nothing_charged"


@pytest.mark.clause("BH-3.2")
def test_a_worker_cannot_make_a_job_free_by_calling_it_rework(desk: Desk) -> None:
    number = a_repair(desk, upto="on_site")
    given = {"staff": "GC03", "charge": "rework", "explained": True}
    assert refused("BH-3.2", desk, number, "amend", **given) == "rework_is_decided"


@pytest.mark.clause("BH-3.2")
def test_a_free_rework_cannot_be_charged_after_all(desk: Desk) -> None:
    number = a_repair(desk, upto="verified")
    taken(desk, number, "rework", staff="KF03", why="又漏了")
    taken(desk, number, "arrive", staff="GC03")
    given = {"staff": "GC03", "explained": True, **PAID}
    assert refused("BH-3.2", desk, number, "amend", **given) == "rework_is_decided"

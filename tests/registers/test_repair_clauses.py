"""A repair slip clause by clause, through the registers: what the regulation says is what happens.

Deadlines are proven one second before, at, and one second after their due second. The office's
clock begins on Thursday 2026-11-19 at 10:20.
"""

from typing import Any

import pytest

from tests.factories import (
    OFF_TARIFF,
    PAID,
    a_repair,
    charges,
    children,
    local,
    matter,
    move_to,
    offers,
    on_duty,
    overdue,
    runs,
    signatures,
    situation,
    started,
    step_rows,
    steps,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.refusals import (
    GuardRefused,
    MissingAnswer,
    MissingSignature,
    NoRight,
    OutOfOrder,
    SameSigner,
)
from wuye_tui.store.tables import Repair

MINUTE, HOUR, DAY = 60, 3600, 86400
AGREED = {"tariff_shown": True, "damage": "软管老化", "minutes": 30, "consent": True}
DONE = {"lines": "SX-01", "tried": True, "resident": "陈立"}


def around(due: int) -> pytest.MarkDecorator:
    """One second before, at, and after so many seconds: in time, in time, late."""
    return pytest.mark.parametrize(
        ("seconds", "late"), [(due - 1, False), (due, False), (due + 1, True)]
    )


def refused(clause: str, desk: Desk, number: str, verb: str, **given: Any) -> str:
    """The name of the guard that refuses a step by this clause."""
    with pytest.raises(GuardRefused) as refusal:
        taken(desk, number, verb, **given)
    assert refusal.value.clause == clause
    assert refusal.value.line.startswith(f"{clause}: ")
    return refusal.value.guard


def copies(desk: Desk, number: str) -> str:
    with desk.read() as session:
        found = session.get(Repair, (desk.site, matter(desk, number).id))
    assert found is not None
    return found.copies


@pytest.mark.clause("BX-4")
def test_a_report_is_entered_at_once_with_all_that_the_register_asks(desk: Desk) -> None:
    number = a_repair(desk, caller="陈立", contact="陈太太", urgent=True)
    assert number == "PG-20261119-001"
    found = situation(desk, number)
    assert found.facts["text"] == "厨房水龙头漏水"
    assert found.facts["phone"] == "13800001234"  # the unit's own
    assert (matter(desk, number).unit, matter(desk, number).priority) == ("3-1-502", 1)
    assert local(desk, found.opened) == "2026-11-19 10:20:00"


@pytest.mark.clause("BX-4")
def test_what_nobody_can_be_sent_to_is_not_entered(desk: Desk) -> None:
    with pytest.raises(GuardRefused) as refusal:
        started(desk, "repair", text="水龙头漏水")
    assert (refusal.value.guard, refusal.value.clause) == ("nowhere", "BX-4")


@pytest.mark.clause("BX-2")
def test_a_report_is_of_a_home_or_of_a_public_place(desk: Desk) -> None:
    assert matter(desk, a_repair(desk, unit="3栋1单元502")).unit == "3-1-502"
    assert matter(desk, a_repair(desk, place="5栋大堂")).place == "5栋大堂"


@pytest.mark.clause("BX-3.2", "XX-4.2.2")
def test_a_guard_who_hears_of_a_repair_hands_it_in(desk: Desk) -> None:
    number = a_repair(desk, staff="ZX01", place="地下车库")
    assert step_rows(desk, number)[0].by == "ZX01"
    assert "issue" in offers(desk, number, "KF01")
    assert "issue" not in offers(desk, number, "ZX01")


@pytest.mark.clause("BX-5")
@around(3 * MINUTE)
def test_within_three_minutes_the_record_is_a_slip(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk)
    clock.advance(seconds)
    taken(desk, number, "issue", **PAID)
    assert ("slip" in overdue(desk, number)) is late


@pytest.mark.clause("BX-5")
@around(2 * MINUTE)
def test_within_two_more_minutes_engineering_is_told(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk)
    clock.advance(2 * MINUTE)
    taken(desk, number, "issue", **PAID)
    clock.advance(seconds)
    taken(desk, number, "notify", whom="工程部王建国", how="phone")
    assert ("notify" in overdue(desk, number)) is late


@pytest.mark.clause("BX-5")
def test_while_the_slip_is_not_made_out_it_is_overdue_from_the_second_after(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk)
    clock.advance(3 * MINUTE)
    assert overdue(desk, number) == set()
    clock.advance(1)
    assert overdue(desk, number) == {"slip"}


@pytest.mark.clause("BX-6")
def test_the_collector_signs_and_takes_two_copies_along(desk: Desk) -> None:
    number = a_repair(desk, upto="notified")
    with pytest.raises(MissingSignature, match="领单人"):
        taken(desk, number, "collect")
    taken(desk, number, "collect", staff="GC03", collector="李强")
    assert copies(desk, number) == "engineering"
    signed = signatures(desk, number)[4, "collector"]
    assert (signed.staff, signed.how) == ("GC03", "pin")


@pytest.mark.clause("BX-7")
def test_the_engineering_supervisor_assigns_a_worker(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    with pytest.raises(NoRight, match="工程主管"):
        taken(desk, number, "assign", staff="GC03", worker="李强")
    taken(desk, number, "assign", staff="GC01", worker="李强")
    assert matter(desk, number).holder == "GC03"


@pytest.mark.clause("BX-8")
@around(10 * MINUTE)
def test_a_job_on_the_tariff_wanted_at_once_is_reached_within_ten_minutes_of_the_slip(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk, upto="collected")
    clock.advance(5 * MINUTE)
    taken(desk, number, "assign", staff="GC01", worker="李强")
    clock.advance(seconds - 5 * MINUTE)
    taken(desk, number, "arrive", staff="GC03")
    assert ("site" in overdue(desk, number)) is late


@pytest.mark.clause("NB-13")
@around(15 * MINUTE)
def test_somebody_is_on_site_within_fifteen_minutes_of_the_report(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk, upto="assigned")
    clock.advance(seconds)
    taken(desk, number, "arrive", staff="GC03")
    assert ("report" in overdue(desk, number)) is late


@pytest.mark.clause("NB-13")
def test_a_dispatch_at_once_gains_the_fifteen_minutes_nothing(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk)
    clock.advance(14 * MINUTE)
    taken(
        desk,
        number,
        "dispatch_now",
        emergency="burst_pipe",
        whom="李强",
        how="radio",
        worker="李强",
    )
    (report,) = runs(desk, number, "report")
    assert local(desk, report.due) == "2026-11-19 10:35:00"


@pytest.mark.clause("BX-9")
@pytest.mark.parametrize(
    ("arrives", "late"), [("13:54:59", False), ("13:55:00", False), ("13:55:01", True)]
)
def test_a_job_with_an_appointment_is_reached_five_minutes_before_it(
    desk: Desk, arrives: str, late: bool
) -> None:
    number = a_repair(desk, at="2026-11-19 14:00", upto="assigned")
    assert overdue(desk, number) == set()
    move_to(desk, arrives)
    taken(desk, number, "arrive", staff="GC03")
    assert overdue(desk, number) - {"slip"} == ({"appointment"} if late else set())


@pytest.mark.clause("BX-9")
def test_an_appointment_is_made_anew_when_the_resident_asks(desk: Desk) -> None:
    number = a_repair(desk, at="2026-11-19 14:00", upto="assigned")
    taken(desk, number, "rebook", at="2026-11-20 09:00", asked_by="陈立")
    (_, second) = runs(desk, number, "appointment")
    assert local(desk, second.due) == "2026-11-20 08:55:00"
    assert refused("BX-9", desk, number, "rebook", at="2026-11-19 09:00", asked_by="陈立")


@pytest.mark.clause("BX-10")
@around(15 * MINUTE)
def test_what_the_tariff_does_not_list_is_assessed_and_answered_within_fifteen_minutes(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **OFF_TARIFF)
    taken(desk, number, "collect", collector="李强")
    clock.advance(seconds)
    taken(desk, number, "quote", staff="GC01", fee="280", told_how="phone")
    assert ("assess" in overdue(desk, number)) is late
    assert situation(desk, number).facts["fee"] == 28000


@pytest.mark.clause("BX-10")
def test_nobody_is_sent_to_it_before_the_resident_has_agreed(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **OFF_TARIFF)
    taken(desk, number, "collect", collector="李强")
    assert refused("BX-10", desk, number, "assign", staff="GC01", worker="李强") == "unquoted"
    taken(desk, number, "quote", staff="GC01", fee="280", told_how="phone")
    with pytest.raises(OutOfOrder):
        taken(desk, number, "assign", staff="GC01", worker="李强")
    taken(desk, number, "consent", agreed_by="陈立")
    taken(desk, number, "assign", staff="GC01", worker="李强")
    assert situation(desk, number).state == "assigned"


@pytest.mark.clause("BX-10")
def test_once_agreed_to_the_ten_minutes_run_from_the_consent(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **OFF_TARIFF)
    taken(desk, number, "collect", collector="李强")
    assert runs(desk, number, "site") == []
    taken(desk, number, "quote", staff="GC01", fee="280", told_how="phone")
    clock.advance(40 * MINUTE)
    taken(desk, number, "consent", agreed_by="陈立")
    (site,) = runs(desk, number, "site")
    assert local(desk, site.due) == "2026-11-19 11:10:00"


@pytest.mark.clause("BX-10")
def test_once_agreed_to_an_appointment_is_met_five_minutes_early(desk: Desk) -> None:
    number = a_repair(desk, at="2026-11-20 14:00")
    taken(desk, number, "issue", **OFF_TARIFF)
    taken(desk, number, "collect", collector="李强")
    assert runs(desk, number, "appointment") == []
    taken(desk, number, "quote", staff="GC01", fee="280", told_how="phone")
    taken(desk, number, "consent", agreed_by="陈立")
    (appointment,) = runs(desk, number, "appointment")
    assert local(desk, appointment.due) == "2026-11-20 13:55:00"


def test_what_the_tariff_lists_is_not_quoted(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    assert refused("BX-10", desk, number, "quote", staff="GC01", fee="1", told_how="phone")
    assert refused("BX-10", desk, number, "infeasible", staff="GC01", why="没有配件")


@pytest.mark.clause("BX-11")
def test_the_one_who_arrives_is_reminded_of_the_manners_at_the_door() -> None:
    arrive = procedure("repair").row("arrive", "assigned")
    assert arrive is not None
    for word in ("敲", "工作证", "派工单", "进来", "鞋套"):
        assert word in arrive.prompt


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
    with pytest.raises(SameSigner):
        taken(desk, number, "refuse", why="嫌贵", worker_sign="李强", supervisor="GC03")
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
    assert copies(desk, number) == "desk"


def test_what_the_desk_writes_down_of_the_supervisor_names_no_worker_as_the_doer(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="finished")
    taken(desk, number, "return")
    assert step_rows(desk, number)[-1].doer == ""
    assert step_rows(desk, number)[-1].by == "KF01"


@pytest.mark.clause("BX-17")
@around(2 * DAY)
def test_within_two_days_of_completion_the_resident_is_called_back(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    assert callback.number == "HF-20261119-001"
    clock.advance(seconds)
    taken(desk, callback.number, "reach", satisfaction="满意", opinion="师傅很准时")
    assert ("callback" in overdue(desk, callback.number)) is late
    assert situation(desk, number).facts["callback"] == "done"


@pytest.mark.clause("BX-17")
def test_the_two_days_run_from_when_the_work_was_done_not_from_when_it_was_written(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, upto="working")
    done = clock.now()
    clock.advance(3 * HOUR)
    taken(desk, number, "finish", happened=done, **DONE)
    (callback,) = children(desk, number, "callback")
    (run,) = runs(desk, callback.number, "callback")
    assert local(desk, run.due) == "2026-11-21 10:20:00"


@pytest.mark.clause("BX-17")
def test_nothing_is_closed_before_the_callback(desk: Desk) -> None:
    number = a_repair(desk, upto="verified")
    assert refused("BX-17", desk, number, "close") == "callback_due"


def test_where_nobody_can_be_called_no_callback_stands_in_the_way(desk: Desk) -> None:
    number = a_repair(desk, unit="6-1-301", upto="finished")
    assert children(desk, number, "callback") == []
    walk_to(desk, number, "closed")


@pytest.mark.parametrize("verb", ["try", "reach"])
@pytest.mark.parametrize(
    ("at", "quiet"), [("08:59:59", True), ("09:00", False), ("19:59:59", False), ("20:00", True)]
)
def test_nobody_is_called_late_in_the_evening_or_early_in_the_morning(
    desk: Desk, verb: str, at: str, quiet: bool
) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    move_to(desk, f"2026-11-20 {at}")
    given = {"satisfaction": "satisfied"} if verb == "reach" else {}
    if quiet:
        assert refused("BX-17", desk, callback.number, verb, **given) == "quiet"
    else:
        taken(desk, callback.number, verb, **given)


@pytest.mark.parametrize(
    ("done", "due"),
    [
        ("19:59", "2026-11-21 19:59:00"),
        ("20:00", "2026-11-21 20:00:00"),
        ("23:30", "2026-11-21 20:00:00"),
        ("08:59", "2026-11-20 20:00:00"),
        ("09:00", "2026-11-21 09:00:00"),
    ],
)
def test_a_callback_that_is_due_in_the_night_is_due_the_evening_before(
    desk: Desk, done: str, due: str
) -> None:
    move_to(desk, done)
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    (run,) = runs(desk, callback.number, "callback")
    assert local(desk, run.due) == due


def test_nobody_is_given_up_on_before_three_tries_on_three_duties(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    for at, duties in (("11:00", 1), ("12:30", 2), ("14:00", 3)):
        move_to(desk, at)
        assert refused("BX-17", desk, callback.number, "unreachable") == "too_few"
        on_duty(desk, "KF01")
        taken(desk, callback.number, "try")
        taken(desk, callback.number, "try")  # again, on the same duty
        assert len(set(situation(desk, callback.number).facts["tried_on"])) == duties
    taken(desk, callback.number, "unreachable")
    assert matter(desk, callback.number).outcome == "not_reached"
    walk_to(desk, number, "closed")


@pytest.mark.clause("XX-4.3.2")
@around(DAY)
def test_what_is_not_settled_at_once_is_with_the_department_within_a_day(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **PAID)
    clock.advance(seconds)
    taken(desk, number, "notify", whom="工程部", how="phone")
    assert ("refer" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.3.7a")
@around(2 * HOUR)
def test_within_two_hours_of_receiving_the_slip_somebody_is_put_on_it(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk, upto="collected")
    clock.advance(seconds)
    taken(desk, number, "assign", staff="GC01", worker="李强")
    assert ("assign" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.3.7a")
def test_the_two_hours_go_on_while_the_resident_thinks_about_the_price(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **OFF_TARIFF)
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "quote", staff="GC01", fee="280", told_how="phone")
    clock.advance(2 * HOUR + 1)
    assert "assign" in overdue(desk, number)


@pytest.mark.clause("XX-4.3.7b")
def test_what_cannot_be_done_soon_has_its_reason_and_a_day_to_come_back(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, upto="working")
    why = {"missing": "专用阀芯", "gets": "仓库采购", "back_at": "2026-11-20 15:00"}
    for less in why:
        with pytest.raises(MissingAnswer):
            taken(desk, number, "leave", **{**why, less: ""})
    taken(desk, number, "leave", staff="GC03", **why)
    (back,) = runs(desk, number, "back")
    assert local(desk, back.due) == "2026-11-20 15:00:00"
    move_to(desk, "2026-11-20 15:00:01")
    assert "back" in overdue(desk, number)


@pytest.mark.clause("XX-4.3.7c")
@pytest.mark.parametrize("verb", ["finish", "leave", "hold", "no_access"])
@around(4 * HOUR)
def test_within_four_hours_there_is_a_result_or_a_reason(
    desk: Desk, clock: StoppedClock, verb: str, seconds: int, late: bool
) -> None:
    given = {
        "finish": DONE,
        "leave": {"missing": "阀芯", "gets": "仓库", "back_at": "2026-11-20 15:00"},
        "hold": {"hold": "parts"},
        "no_access": {"left_note": True},
    }
    number = a_repair(desk, upto="on_site" if verb == "no_access" else "working")
    clock.advance(seconds)
    taken(desk, number, verb, **given[verb])
    assert ("result" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.2.5")
def test_the_result_counts_once_the_assistant_has_verified_it(desk: Desk) -> None:
    number = a_repair(desk, upto="returned")
    with pytest.raises(NoRight, match="客服助理"):
        taken(desk, number, "verify", staff="KF01", finding="已修好")
    with pytest.raises(OutOfOrder):
        taken(desk, number, "close", staff="KF05")
    taken(desk, number, "verify", staff="KF05", finding="已修好")


@pytest.mark.clause("XX-4.2.5")
def test_nobody_verifies_their_own_work(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    taken(desk, number, "assign", staff="GC01", worker="周洁")  # the assistant helps out
    walk_to(desk, number, "returned")
    assert refused("XX-4.2.5", desk, number, "verify", staff="KF05", finding="好") == "own_work"


@pytest.mark.clause("XX-4.3.7d")
def test_a_closed_number_is_struck_through_in_red(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="verified")
    assert not situation(desk, number).facts.get("red_line")
    walk_to(desk, number, "closed")
    assert situation(desk, number).facts["red_line"] is True
    assert matter(desk, number).closed == clock.now()
    assert matter(desk, number).next_due is None
    assert offers(desk, number, "KF01") == []


@pytest.mark.clause("XX-4.3.11a")
@pytest.mark.parametrize(
    ("collected", "due"),
    [
        ("2026-11-19 10:20", "2026-11-23 10:20:00"),  # Thursday: Friday, then Monday
        ("2026-11-20 16:00", "2026-11-24 16:00:00"),  # Friday: Monday, then Tuesday
        ("2026-11-21 11:00", "2026-11-25 08:30:00"),  # Saturday: all of Monday and Tuesday
        ("2026-09-30 10:20", "2026-10-09 10:20:00"),  # the day before the National Day week
        ("2026-11-19 18:40", "2026-11-24 08:30:00"),  # due after hours: the next opening
    ],
)
def test_an_unsolved_slip_is_back_within_two_working_days(
    desk: Desk, clock: StoppedClock, collected: str, due: str
) -> None:
    move_to(desk, collected)
    number = a_repair(desk, upto="collected")
    (unsolved,) = runs(desk, number, "unsolved")
    assert local(desk, unsolved.due) == due
    move_to(desk, due)
    assert "unsolved" not in overdue(desk, number)
    clock.advance(1)
    assert "unsolved" in overdue(desk, number)


@pytest.mark.clause("XX-4.3.11a")
def test_what_cannot_be_solved_comes_back_with_its_reason_and_the_supervisors_signature(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(MissingAnswer, match="原因"):
        taken(desk, number, "give_up", supervisor="王建国")
    with pytest.raises(MissingSignature, match="工程主管"):
        taken(desk, number, "give_up", why="主管道老化，要大修")
    taken(desk, number, "give_up", staff="GC03", why="主管道老化，要大修", supervisor="王建国")
    assert matter(desk, number).outcome == "unsolved"


@pytest.mark.clause("XX-4.3.11b")
def test_after_two_working_days_a_new_order_goes_to_the_supervisor_or_the_general_manager(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="assigned", text="单元门锁坏了")
    assert "escalate" not in offers(desk, number, "KF01")
    assert refused("XX-4.3.11b", desk, number, "escalate") == "not_overdue"
    move_to(desk, "2026-11-23 10:20:01")
    assert "escalate" in offers(desk, number, "KF01")
    opened = taken(desk, number, "escalate")["opened"]
    (order,) = children(desk, number, "order")
    assert opened == [order.number]
    facts = situation(desk, order.number).facts
    assert (facts["department"], facts["taken_to"]) == ("engineering", "工程主管、总经理")
    assert (facts["text"], order.unit) == ("单元门锁坏了", "3-1-502")
    assert refused("XX-4.3.11b", desk, number, "escalate") == "escalated"


@pytest.mark.clause("XX-4.1.3")
def test_the_desk_urges_on_and_joins_the_second_call_to_the_first(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "urge", staff="KF05", said="水已经流到楼下")
    taken(desk, number, "join", said="401也在漏", joined_phone="13800009999")
    taken(desk, number, "note", note="家里有老人")
    verbs = [step.verb for step in steps(desk, number)][-3:]
    assert verbs == ["urge", "join", "note"]
    assert situation(desk, number).state == "assigned"


@pytest.mark.clause("KF-17")
def test_nobody_home_is_recorded_with_the_time_and_a_note(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(MissingAnswer, match="已留字条"):
        taken(desk, number, "no_access", staff="GC03")
    came = clock.now()
    clock.advance(20 * MINUTE)
    taken(desk, number, "no_access", left_note=True, at="2026-11-20 09:00", happened=came)
    assert steps(desk, number)[-1].happened == came
    assert matter(desk, number).hold == "nobody_home"
    (appointment,) = runs(desk, number, "appointment")
    assert local(desk, appointment.due) == "2026-11-20 08:55:00"


@pytest.mark.clause("KF-7", "SB-3")
def test_what_can_be_done_at_night_is_done_at_once_by_the_duty(desk: Desk) -> None:
    move_to(desk, "22:00")
    with pytest.raises(NoRight, match="夜班值班"):
        taken(desk, a_repair(desk), "take", staff="ZB01", charge="public", taker="冯涛")
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01")
    with pytest.raises(MissingSignature, match="接单人"):
        taken(desk, number, "take", staff="ZB01", **PAID)
    taken(desk, number, "take", staff="ZB01", taker="冯涛", **PAID)
    assert (matter(desk, number).state, matter(desk, number).holder) == ("assigned", "ZB01")
    assert runs(desk, number, "site")[0].due == runs(desk, number, "site")[0].started.replace(
        minute=10
    )


@pytest.mark.clause("SB-3")
def test_the_trade_duty_takes_a_slip_of_its_trade(desk: Desk) -> None:
    move_to(desk, "19:00")
    number = a_repair(desk, place="配电房")
    taken(desk, number, "take", staff="SB01", charge="public", taker="何勇")
    assert matter(desk, number).holder == "SB01"


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
    walk_to(desk, number, "working")
    taken(desk, number, "finish", staff="GC03", tried=True, resident="陈立")
    assert refused("NB-3", desk, number, "return", staff="GC01") == "unwritten"
    taken(desk, number, "write_up", charge="public")
    assert refused("NB-3", desk, number, "write_up", charge="public") == "not_emergency"
    walk_to(desk, number, "closed")


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
    assert matter(desk, number).priority == 1


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
    assert facts_of_repair(desk, number).fee_fen == 3000


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


def facts_of_repair(desk: Desk, number: str) -> Repair:
    with desk.read() as session:
        found = session.get(Repair, (desk.site, matter(desk, number).id))
    assert found is not None
    return found

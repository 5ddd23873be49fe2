"""The desk's clauses of a repair slip, from the call to the worker at the door (BX-2 to BX-10).

Deadlines are proven one second before, at, and one second after their due second. The office's
clock begins on Thursday 2026-11-19 at 10:20.
"""

import pytest

from tests.factories import (
    OFF_TARIFF,
    PAID,
    a_repair,
    around,
    local,
    matter,
    move_to,
    offers,
    overdue,
    refused,
    repair_row,
    runs,
    signatures,
    situation,
    started,
    step_rows,
    taken,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import GuardRefused, MissingSignature, NoRight, OutOfOrder

MINUTE = 60


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


@pytest.mark.clause("BX-4")
@pytest.mark.parametrize("state", ["registered", "issued"])
def test_the_desk_enters_its_steps_at_once_unless_they_stood_on_paper(
    desk: Desk, clock: StoppedClock, state: str
) -> None:
    number = a_repair(desk, upto=state)
    verb = "issue" if state == "registered" else "notify"
    given = PAID if state == "registered" else {"whom": "工程部", "how": "phone"}
    happened = clock.now()
    clock.advance(5 * MINUTE)
    late = {**given, "happened": happened}
    assert refused("BX-4", desk, number, verb, **late) == "late_entry"
    taken(desk, number, verb, paper=True, **late)
    assert step_rows(desk, number)[-1].happened == happened


def test_a_correction_corrects_something(desk: Desk) -> None:
    assert refused("BX-4", desk, a_repair(desk), "correct") == "nothing_given"


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
    assert repair_row(desk, number).copies == "engineering"
    signed = signatures(desk, number)[4, "collector"]
    assert (signed.staff, signed.how) == ("GC03", "pin")


@pytest.mark.clause("BX-7")
def test_the_engineering_supervisor_assigns_a_worker(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    with pytest.raises(NoRight, match="工程主管"):
        taken(desk, number, "assign", staff="GC03", worker="李强")
    taken(desk, number, "assign", staff="GC01", worker="李强")
    assert matter(desk, number).worker == "GC03"


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
    assert overdue(desk, number) == ({"appointment"} if late else set())


def test_nobody_makes_an_appointment_for_a_time_that_is_over(
    desk: Desk, clock: StoppedClock
) -> None:
    with pytest.raises(GuardRefused, match="已经过去"):
        a_repair(desk, at="2026-11-19 10:20")
    happened = clock.now()
    clock.advance(3600)  # on paper at 10:20, for 11:00, typed at 11:20
    number = a_repair(desk, at="2026-11-19 11:00", paper=True, happened=happened)
    assert situation(desk, number).facts["at"] == "2026-11-19T03:00:00+00:00"


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

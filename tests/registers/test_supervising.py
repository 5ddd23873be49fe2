"""The supervisor's desk: the day's records (BX-3.3), the night's slips (BX-3.1), lateness."""

from datetime import date
from typing import Any

import pytest

from tests.factories import a_repair, matter, move_to, on_duty, situation, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import lateness, supervising
from wuye_tui.registers.checking import check
from wuye_tui.registers.day_records import check_of
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.ticking import tick
from wuye_tui.registers.together import OneRefused
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import NoRight
from wuye_tui.store.acts import Result

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
SUPERVISOR = "KF03"


def signed(desk: Desk, day: date = THURSDAY, staff: str = SUPERVISOR, note: str = "") -> Result:
    return desk.as_staff(staff).perform(
        "daycheck.sign", lambda act: supervising.sign(act, day, note)
    )


def opened(desk: Desk) -> list[str]:
    tick(desk)
    return [row.number for row in queue(desk, Wanted("daycheck"))]


@pytest.mark.clause("BX-3.3")
def test_from_noon_on_the_check_of_a_day_with_records_stands_in_the_queue(any_desk: Desk) -> None:
    desk = any_desk
    a_repair(desk)
    assert opened(desk) == []
    move_to(desk, "11:59")
    assert opened(desk) == []
    move_to(desk, "12:00")
    (number,) = opened(desk)
    assert opened(desk) == [number]
    (row,) = queue(desk, Wanted("daycheck"))
    assert row.due is not None
    assert (row.due.clause, row.due.due.astimezone(desk.zone).strftime("%m-%d %H:%M")) == (
        "BX-3.3",
        "11-19 17:30",
    )
    assert check(desk).findings == []


@pytest.mark.clause("BX-3.3")
def test_a_day_without_records_has_no_check(desk: Desk) -> None:
    move_to(desk, "15:00")
    assert opened(desk) == []
    with pytest.raises(supervising.NothingRecorded):
        signed(desk)
    with pytest.raises(supervising.NotYet):
        signed(desk, FRIDAY)


@pytest.mark.clause("BX-3.3")
def test_the_supervisor_signs_and_the_signature_says_how_many_records_and_which_are_bad(
    any_desk: Desk,
) -> None:
    desk = any_desk
    a_repair(desk)
    nameless = a_repair(desk, unit="6-1-301")
    move_to(desk, "17:10")
    (number,) = opened(desk)
    found = check_of(desk, THURSDAY)
    assert [one.number for one in found.lacking] == [nameless]
    assert signed(desk, note="补上姓名")["number"] == number
    facts = situation(desk, number).facts
    assert (facts["records"], facts["lacking"], facts["lacking_numbers"]) == (2, 1, [nameless])
    after = check_of(desk, THURSDAY)
    assert (after.signer, after.note, after.signed) == ("孙丽", "补上姓名", desk.now())
    assert matter(desk, number).next_due is None
    assert check(desk).findings == []


@pytest.mark.clause("BX-3.3")
def test_what_comes_in_after_the_signature_is_looked_through_the_next_day(desk: Desk) -> None:
    first = a_repair(desk)
    move_to(desk, "17:00")
    signed(desk)
    move_to(desk, "17:01")
    late = a_repair(desk)
    move_to(desk, "2026-11-20 08:40")
    early = a_repair(desk)
    assert [one.number for one in check_of(desk, THURSDAY).records] == [first]
    assert [one.number for one in check_of(desk, FRIDAY).records] == [late, early]


@pytest.mark.clause("BX-3.3")
def test_a_day_that_was_forgotten_is_late_and_can_still_be_signed(desk: Desk) -> None:
    a_repair(desk)
    move_to(desk, "12:00")
    (number,) = opened(desk)
    move_to(desk, "2026-11-20 09:00")
    a_repair(desk)
    assert supervising.days_unsigned(desk) == [THURSDAY]
    (row,) = queue(desk, Wanted("daycheck"))
    assert row.due is not None
    assert row.due.due < desk.now()
    signed(desk, THURSDAY)
    assert situation(desk, number).facts["records"] == 1
    assert supervising.days_unsigned(desk) == []


@pytest.mark.clause("BX-3.3")
def test_the_check_of_a_day_off_is_due_when_the_next_working_day_ends(desk: Desk) -> None:
    move_to(desk, "2026-11-21 12:30")  # a Saturday
    a_repair(desk)
    opened(desk)
    (row,) = queue(desk, Wanted("daycheck"))
    assert row.due is not None
    assert row.due.due.astimezone(desk.zone).strftime("%a %H:%M") == "Mon 17:30"


@pytest.mark.clause("BX-3.3")
def test_only_the_supervisor_or_the_manager_signs(desk: Desk) -> None:
    a_repair(desk)
    move_to(desk, "11:00")
    for staff in ("KF01", "KF05", "GC01"):
        with pytest.raises(NoRight):
            signed(desk, staff=staff)
    signed(desk, staff="KF04")


def test_days_on_which_no_program_ran_are_made_up_for(desk: Desk) -> None:
    a_repair(desk)
    move_to(desk, "12:00")
    opened(desk)
    move_to(desk, "2026-11-20 10:00")
    a_repair(desk)
    move_to(desk, "2026-11-23 10:00")
    opened(desk)
    assert supervising.days_unsigned(desk) == [THURSDAY, FRIDAY]


# The night


def taken_at_night(desk: Desk, clock: StoppedClock, many: int) -> list[str]:
    move_to(desk, "22:00")
    on_duty(desk, "ZB01")
    numbers = []
    for _ in range(many):
        clock.advance(5)
        number = a_repair(desk, staff="ZB01")
        taken(desk, number, "take", staff="ZB01", charge="paid", tariff="SX-01")
        numbers.append(number)
    return numbers


@pytest.mark.clause("BX-3.1")
def test_all_slips_of_the_night_are_countersigned_in_one_act(
    any_desk: Desk, clock: StoppedClock
) -> None:
    desk = any_desk
    numbers = taken_at_night(desk, clock, 3)
    move_to(desk, "2026-11-20 08:40")
    waiting = supervising.unsigned(desk)
    assert [one.number for one in waiting] == numbers
    assert not waiting[0].late(desk.now())
    done = supervising.countersign(desk.as_staff("GC01"))
    assert list(done["together"]) == numbers
    assert supervising.unsigned(desk) == []
    assert all(situation(desk, one).facts["countersigned"] for one in numbers)
    with pytest.raises(supervising.NothingToCountersign):
        supervising.countersign(desk.as_staff("GC01"))
    assert check(desk).findings == []


@pytest.mark.clause("BX-3.1")
def test_one_slip_is_countersigned_by_its_number_and_not_by_the_desk(
    desk: Desk, clock: StoppedClock
) -> None:
    first, second = taken_at_night(desk, clock, 2)
    with pytest.raises(NoRight):
        supervising.countersign(desk.as_staff(SUPERVISOR), [first])
    supervising.countersign(desk.as_staff("GC01"), [first.lower()])
    assert [one.number for one in supervising.unsigned(desk)] == [second]
    with pytest.raises(OneRefused):
        supervising.countersign(desk.as_staff("GC01"), [first])


@pytest.mark.clause("BX-3.1")
def test_a_slip_without_countersignature_looks_bad_at_the_days_check(
    desk: Desk, clock: StoppedClock
) -> None:
    (number,) = taken_at_night(desk, clock, 1)
    move_to(desk, "2026-11-20 11:00")
    (record,) = check_of(desk, FRIDAY).records
    assert (record.number, [lack.name for lack in record.lacks]) == (number, ["countersign"])


# Lateness


def group(desk: Desk, code: str, people: bool = False) -> Any:
    found = lateness.lateness(desk)
    groups = found.people if people else found.departments
    return next((one for one in groups if one.code == code), None)


@pytest.mark.clause("XX-4.3.6")
def test_a_late_slip_is_the_desks_until_it_is_passed_on_and_then_engineerings(
    any_desk: Desk, clock: StoppedClock
) -> None:
    desk = any_desk
    number = a_repair(desk)
    clock.advance(300)  # two minutes beyond the three of BX-5
    service = group(desk, "service")
    assert (service.numbers, service.longest) == ([number], 120)
    assert group(desk, "KF01", people=True).numbers == [number]
    taken(desk, number, "issue", charge="paid", tariff="SX-01")
    clock.advance(60)
    taken(desk, number, "collect", staff="GC03", collector="GC03")
    taken(desk, number, "assign", staff="GC01", worker="GC03")
    service = group(desk, "service")
    assert (service.numbers, service.late, service.average) == ([], 1, 120)
    clock.advance(601)
    engineering = group(desk, "engineering")
    assert engineering.numbers == [number]
    assert group(desk, "GC03", people=True).numbers == [number]


def test_what_was_late_in_another_month_is_not_counted_in_this_one(desk: Desk) -> None:
    number = a_repair(desk)
    move_to(desk, "2026-11-19 12:00")
    taken(desk, number, "cancel", said="不修了")
    assert group(desk, "service").late == 1
    move_to(desk, "2026-12-01 10:00")
    assert group(desk, "service") is None

"""Swaps, leave and absences (ZB-4.4): told beforehand, by whoever may, and no rule broken by them.

* a swap is a version of its month; nobody gives a duty away alone
* a leave stands whatever becomes of the roster; why is nobody's business but of those who plan
* an absence is mended by the smallest change, and what cannot be mended is said
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import move_to, rows_of
from tests.rosters import (
    ADMIN,
    CLERK,
    DECEMBER,
    LEADER,
    NIGHT_OF_TWO,
    NOVEMBER,
    POST,
    STAND_IN,
    TURN,
    asked_of,
    away,
    changed,
    in_turn,
    kind_of,
    names_on,
    on,
    pairs,
    planning,
    published,
    swapped,
    write_rules,
)
from tests.rosters_shown import in_force
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import absences, leaves, rosters, staff, swaps, wishes
from wuye_tui.registers.checking import check
from wuye_tui.registers.swaps import Duty
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import NotAllowed, UnknownStaff
from wuye_tui.rules.roster_refusals import (
    LeaveOverlaps,
    LeaveTurned,
    NoRosterYet,
    NoSuchShift,
    NotOfThisRoster,
    NotTheirs,
    SwapBreaks,
    SwapOfTheSame,
    SwapWithSelf,
    ToldTooLate,
    UnknownLeave,
    WhyNotSaid,
    WishTooLate,
    WithoutTheOther,
)
from wuye_tui.rules.rosters import Asked, Cell, Drawn, Leave, Need
from wuye_tui.store.tables import LeaveRow, RosterVersion, Staff

JANUARY = Month(2027, 1)


def two_months(admin: Desk) -> None:
    """December and January, the second going on where the first ends."""
    published(admin)
    published(admin, JANUARY, in_turn(JANUARY, ("GC04", "ZB01", "GC03")))


@pytest.mark.clause("ZB-4.4")
def test_a_swap_told_beforehand_is_the_next_version_with_who_and_why(any_desk: Desk) -> None:
    admin = planning(any_desk)
    published(admin)
    done = swapped(admin, on(DECEMBER, 31), "李强", "冯涛", back=Duty(on(DECEMBER, 30), "night"))
    assert (done["version"], done["number"]) == (2, "HB-20261119-001")
    assert done["changed_days"] == ["2026-12-30", "2026-12-31"]
    assert (names_on(admin, DECEMBER, 31), names_on(admin, DECEMBER, 30)) == ({"ZB01"}, {"GC03"})
    (listed,) = swaps.list_swaps(admin)
    assert (listed.frm_name, listed.to_name, listed.why) == ("李强", "冯涛", "出差")
    assert (listed.back_day, listed.roster) == (on(DECEMBER, 30), done["roster"])
    assert swapped(admin, on(DECEMBER, 10), "GC03", STAND_IN)["version"] == 3
    assert names_on(admin, DECEMBER, 10) == {STAND_IN}
    assert check(any_desk).findings == []


@pytest.mark.clause("ZB-4.4")
def test_a_duty_that_has_begun_is_not_swapped_any_more(desk: Desk) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER)
    move_to(desk, "2026-11-20 17:29")
    assert names_on(admin, NOVEMBER, 20) == {"GC04"}
    move_to(desk, "2026-11-20 17:30")
    with pytest.raises(ToldTooLate) as refused:
        swapped(admin, on(NOVEMBER, 20), "GC04", STAND_IN)
    assert refused.value.line.startswith("ZB-4.4: 2026-11-20 夜班已经开始")
    back = Duty(on(NOVEMBER, 20), "night")
    with pytest.raises(ToldTooLate):
        swapped(admin, on(NOVEMBER, 28), "GC03", "GC04", back=back)
    move_to(desk, "2026-11-21 17:29")
    assert swapped(admin, on(NOVEMBER, 21), "ZB01", STAND_IN)["version"] == 2
    assert check(desk).findings == []


@pytest.mark.clause("ZB-4.4", "KF-5")
def test_a_swap_that_breaks_a_rule_is_refused_and_changes_nothing(desk: Desk) -> None:
    admin = planning(desk)
    published(admin)
    with pytest.raises(SwapBreaks, match="2026-12-02 吴刚 排了「夜班」，前一天是夜班") as refused:
        swapped(admin, on(DECEMBER, 1), "GC03", "GC04")
    assert refused.value.clause == "ZB-4.4"
    with pytest.raises(NotOfThisRoster, match="王建国 不在夜间维修排班的人里"):
        swapped(admin, on(DECEMBER, 1), "GC03", LEADER)
    with pytest.raises(SwapWithSelf):
        swapped(admin, on(DECEMBER, 1), "GC03", "李强")
    with pytest.raises(NotTheirs, match="吴刚 2026-12-01 没有排夜班"):
        swapped(admin, on(DECEMBER, 1), "GC04", "ZB01")
    back = Duty(date(2027, 1, 3), "night")
    with pytest.raises(NoRosterYet):
        swapped(admin, on(DECEMBER, 1), "GC03", "GC04", back=back)
    with pytest.raises(UnknownStaff):
        swapped(admin, on(DECEMBER, 1), "GC03", "没有这人")
    with pytest.raises(WhyNotSaid):
        swapped(admin, on(DECEMBER, 1), "GC03", STAND_IN, why=" ")
    with pytest.raises(NoRosterYet):
        swapped(admin, date(2027, 1, 1), "GC03", STAND_IN)
    assert len(rows_of(desk, RosterVersion)) == 1
    assert swaps.list_swaps(admin) == []


@pytest.mark.clause("ZB-4.4")
def test_what_is_given_back_may_lie_in_the_next_month_and_both_are_looked_at_together(
    any_desk: Desk,
) -> None:
    admin = planning(any_desk)
    two_months(admin)
    back = Duty(on(JANUARY, 1), "night")
    done = swapped(admin, on(DECEMBER, 31), "GC03", "GC04", back=back)
    assert (done["month"], done["also"]["month"]) == ("2026-12", "2027-01")
    assert (done["version"], done["also"]["version"]) == (2, 2)
    assert (names_on(admin, DECEMBER, 31), names_on(admin, JANUARY, 1)) == ({"GC04"}, {"GC03"})
    assert check(any_desk).findings == []


@pytest.mark.clause("ZB-4.4", "KF-5")
def test_the_last_night_of_a_month_is_held_against_the_first_of_the_next(desk: Desk) -> None:
    admin = planning(desk)
    two_months(admin)
    with pytest.raises(SwapBreaks, match=r"2027-01-01 吴刚 .*前一天是夜班"):
        swapped(admin, on(DECEMBER, 31), "GC03", "GC04")


def test_an_old_fault_of_a_roster_is_no_reason_to_refuse_a_swap(desk: Desk) -> None:
    admin = planning(desk)
    published(admin)
    away(admin, "GC04", on(DECEMBER, 5), on(DECEMBER, 5))
    assert swapped(admin, on(DECEMBER, 10), "GC03", STAND_IN)["version"] == 2
    assert swapped(admin, on(DECEMBER, 5), "GC04", STAND_IN)["version"] == 3


@pytest.mark.clause("ZB-4.4")
def test_nobody_gives_a_duty_away_without_the_other_or_somebody_else_s(desk: Desk) -> None:
    published(planning(desk))
    day = on(DECEMBER, 10)
    worker = desk.as_staff("GC03")
    assert swaps.needs_other(worker, kind_of(desk))
    assert not swaps.needs_other(desk.as_staff(LEADER), kind_of(desk))
    with pytest.raises(WithoutTheOther, match="何勇"):
        swapped(worker, day, "GC03", STAND_IN)
    with pytest.raises(NotAllowed, match="李晓燕 不能替别人换班"):
        swapped(desk.as_staff(CLERK), day, "GC03", STAND_IN, proven=("GC03", STAND_IN))
    assert swapped(worker, day, "GC03", STAND_IN, proven=(STAND_IN,))["version"] == 2
    assert swapped(desk.as_staff(LEADER), on(DECEMBER, 2), "GC04", STAND_IN)["version"] == 3


@pytest.mark.clause("ZB-4.4")
def test_a_leave_may_outlast_the_month_and_is_told_with_the_duties_that_it_hits(
    any_desk: Desk,
) -> None:
    admin = planning(any_desk)
    published(admin)
    done = away(admin, "李强", on(DECEMBER, 29), date(2031, 2, 3), "母亲住院")
    assert (done["number"], done["staff"]) == ("QJ-20261119-001", "GC03")
    assert [one["day"] for one in done["duties"]] == ["2026-12-31"]
    for begins, ends in ((date(2030, 1, 1), date(2030, 1, 1)), (on(DECEMBER, 1), date(2040, 1, 1))):
        with pytest.raises(LeaveOverlaps, match=r"李强 从 2026-12-29 到 2031-02-03 .*QJ-20261119"):
            away(admin, "GC03", begins, ends)
    assert away(admin, "GC03", on(DECEMBER, 28), on(DECEMBER, 28))["duties"] == [
        {"kind": "night", "day": "2026-12-28", "shift": "night", "post": "前台"}
    ]
    with pytest.raises(LeaveTurned):
        away(admin, "GC04", on(DECEMBER, 28), on(DECEMBER, 27))
    with pytest.raises(WhyNotSaid):
        away(admin, "GC04", on(DECEMBER, 28), on(DECEMBER, 28), "")
    gone = admin.perform("c", lambda act: leaves.cancel(act, str(done["number"]).lower()))
    assert gone["cancelled"]
    with pytest.raises(UnknownLeave):
        admin.perform("c", lambda act: leaves.cancel(act, str(done["number"])))
    assert {one.begins.day for one in asked_of(admin).leaves} == {28}
    assert check(any_desk).findings == []


def test_why_somebody_is_away_is_told_to_those_who_plan_and_to_themselves(desk: Desk) -> None:
    admin = planning(desk)
    away(admin, "GC03", on(DECEMBER, 1), on(DECEMBER, 2), "离婚")
    told = {
        who: [one.reason for one in leaves.list_leaves(desk.as_staff(who), on(DECEMBER, 1))]
        for who in (ADMIN, "GC03", CLERK, "")
    }
    assert told == {ADMIN: ["离婚"], "GC03": ["离婚"], CLERK: [""], "": [""]}
    assert leaves.list_leaves(admin, on(DECEMBER, 3)) == []
    (row,) = rows_of(desk, LeaveRow)
    assert "离婚" not in str(row.model_dump())


def test_leave_and_wishes_are_written_by_oneself_by_whoever_leads_and_by_administration(
    desk: Desk,
) -> None:
    planning(desk)
    day = on(DECEMBER, 8)
    worker, leader = desk.as_staff("GC03"), desk.as_staff(LEADER)
    away(worker, "GC03", day, day)
    away(leader, "GC04", day, day)
    for who, about in ((CLERK, "GC03"), ("GC03", "GC04"), (LEADER, CLERK)):
        with pytest.raises(NotAllowed) as refused:
            away(desk.as_staff(who), about, on(DECEMBER, 20), on(DECEMBER, 20))
        assert refused.value.clause == "ZB-4.4"
        with pytest.raises(NotAllowed):
            desk.as_staff(who).perform("w", lambda act, a=about: wishes.wish(act, a, day))  # type: ignore[misc]
    number = leaves.list_leaves(worker, day)[0].number
    with pytest.raises(NotAllowed):
        desk.as_staff(CLERK).perform("c", lambda act: leaves.cancel(act, number))
    worker.perform("w", lambda act: wishes.wish(act, "GC03", day, "夜班", want=True))
    worker.perform("w", lambda act: wishes.wish(act, "GC03", day, "night", weight=3))
    (listed,) = wishes.list_wishes(desk, day)
    wish = listed.wish
    assert (wish.shift, wish.off, wish.weight) == ("night", True, 3), "the last one holds"
    with pytest.raises(NoSuchShift):
        worker.perform("w", lambda act: wishes.wish(act, "GC03", day, "午夜场"))
    with pytest.raises(WishTooLate):
        worker.perform("w", lambda act: wishes.wish(act, "GC03", date(2026, 11, 19)))
    assert worker.perform("w", lambda act: wishes.unwish(act, "GC03", day))["gone"] == 1


class _Solver:
    """Mends by giving every duty of the absence to the stand-in, or says that it cannot."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refuses: str = "") -> None:
        self.refuses, self.asked = refuses, list[Asked]()
        monkeypatch.setattr("wuye_tui.rostering.mending.mend", self.mend)

    def mend(
        self, asked: Asked, absent: Leave, _seconds: float, others: Sequence[Any], since: date
    ) -> Drawn:
        assert others
        absent = absent._replace(begins=since)
        self.asked.append(asked)
        if self.refuses in (str(asked.month), "all"):
            raise Refused(f"没有人能顶 {asked.month}")
        hit = [
            one
            for one in asked.published
            if one.staff == absent.staff
            and absent.begins <= one.day <= absent.ends
            and (asked.kept_until is None or one.day > asked.kept_until)
        ]
        rest = [one for one in asked.published if one not in hit]
        cells = (*rest, *(one._replace(staff=STAND_IN) for one in hit))
        return Drawn(tuple(sorted(cells)), len(hit), len(hit))


def absent(desk: Desk, begins: date, ends: date, staff: str = "GC03") -> dict[str, Any]:
    return absences.absent(desk, staff, begins, ends, "发烧")


@pytest.mark.clause("ZB-4.4")
def test_an_absence_is_a_leave_and_a_mended_version_of_every_month_it_hits(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = planning(any_desk)
    published(admin, NOVEMBER)
    published(admin)
    _Solver(monkeypatch)
    done = absent(admin, on(NOVEMBER, 28), on(DECEMBER, 2))
    assert [(one["month"], one["version"], one["changes"]) for one in done["mended"]] == [
        ("2026-11", 2, 1), ("2026-12", 2, 1),
    ]  # fmt: skip
    assert done["open"] == []
    assert done["mended"][1]["off"][0]["staff"] == "GC03"
    assert names_on(admin, DECEMBER, 1) == names_on(admin, NOVEMBER, 28) == {STAND_IN}
    assert names_on(admin, DECEMBER, 4) == {"GC03"}
    (leave,) = rows_of(any_desk, LeaveRow)
    assert leave.number == done["number"]
    bases = [one.basis for one in rosters.list_rosters(admin) if one.state == "published"]
    assert bases == [rosters.MENDED, rosters.MENDED]
    assert check(any_desk).findings == []


@pytest.mark.clause("ZB-4.4")
def test_a_shift_that_is_over_stays_with_whoever_had_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = planning(desk)
    of_days = [Cell(on(NOVEMBER, n), "day", "", "GC02") for n in (27, 28)]
    in_force(desk, of_days)
    solver = _Solver(monkeypatch)
    move_to(desk, "2026-11-27 17:59")
    assert absent(admin, on(NOVEMBER, 27), on(NOVEMBER, 27), "GC02")["open"], "it is running yet"
    move_to(desk, "2026-11-27 18:00")
    asked = len(solver.asked)
    done = absent(admin, on(NOVEMBER, 27), on(NOVEMBER, 27), "GC02")
    assert (done["mended"], done["open"], len(solver.asked)) == ([], [], asked)
    absent(admin, on(NOVEMBER, 28), on(NOVEMBER, 28), "GC02")
    assert solver.asked[-1].published == of_days


def test_the_leave_stands_where_nothing_can_mend_the_roster(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER)
    published(admin)
    _Solver(monkeypatch, refuses="2026-12")
    done = absent(admin, on(NOVEMBER, 28), on(DECEMBER, 2))
    assert [one["month"] for one in done["mended"]] == ["2026-11"]
    assert done["open"] == [{"kind": "night", "month": "2026-12", "why": "没有人能顶 2026-12"}]
    assert names_on(admin, DECEMBER, 1) == {"GC03"}
    assert len(rows_of(desk, LeaveRow)) == 1


def test_somebody_who_falls_ill_today_is_taken_off_a_duty_that_runs_and_the_past_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER)
    move_to(desk, "2026-11-25 19:00")
    solver = _Solver(monkeypatch)
    done = absent(admin, on(NOVEMBER, 20), on(NOVEMBER, 28))
    (mended,) = done["mended"]
    assert [one["day"] for one in mended["off"]] == ["2026-11-25", "2026-11-28"], "the 22nd stays"
    assert solver.asked[0].kept_until == on(NOVEMBER, 24)
    assert names_on(admin, NOVEMBER, 22) == {"GC03"}


def test_a_mend_that_touches_a_shift_that_runs_is_told_and_the_leave_stands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER)
    move_to(desk, "2026-11-25 19:00")

    def mend(asked: Asked, *_more: Any, **_others: Any) -> Drawn:
        return Drawn(tuple(changed(asked.published, 25, STAND_IN)), 1, 1)

    monkeypatch.setattr("wuye_tui.rostering.mending.mend", mend)
    done = absent(admin, on(NOVEMBER, 26), on(NOVEMBER, 26), staff="GC04")
    assert done["mended"] == []
    assert "2026-11-25 夜班已经开始" in done["open"][0]["why"]
    assert len(rows_of(desk, LeaveRow)) == 1
    assert names_on(admin, NOVEMBER, 25) == {"GC03"}


def test_a_leave_that_was_written_down_before_is_mended_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = planning(desk)
    published(admin)
    told = away(admin, "GC03", on(DECEMBER, 1), on(DECEMBER, 8))
    _Solver(monkeypatch)
    done = absent(admin, on(DECEMBER, 4), on(DECEMBER, 4))
    assert done["number"] == told["number"]
    assert len(rows_of(desk, LeaveRow)) == 1
    assert names_on(admin, DECEMBER, 4) == {STAND_IN}
    goes_on = absent(admin, on(DECEMBER, 7), on(DECEMBER, 9))
    assert (goes_on["from"], goes_on["to"]) == ("2026-12-09", "2026-12-09"), "one day more"
    with pytest.raises(LeaveOverlaps):
        absent(admin, on(NOVEMBER, 30), on(DECEMBER, 2))
    with pytest.raises(NotAllowed):
        absent(admin.as_staff(CLERK), on(DECEMBER, 7), on(DECEMBER, 7))


@pytest.mark.clause("ZB-4.4")
def test_two_who_have_the_same_shift_have_nothing_to_swap(desk: Desk) -> None:
    planning(desk)
    write_rules(desk.settings.home, NIGHT_OF_TWO)
    admin = open_desk(desk.settings, desk.clock).as_staff(ADMIN)
    published(admin, DECEMBER, pairs(DECEMBER))
    with pytest.raises(SwapOfTheSame, match="吴刚 和 冯涛 2026-12-01 上的是同一个夜班"):
        swapped(admin, on(DECEMBER, 1), "GC04", "ZB01")
    assert len(rows_of(desk, RosterVersion)) == 1


@pytest.mark.clause("ZB-4.4")
def test_what_can_be_filled_is_filled_and_the_empty_nights_are_named(desk: Desk) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra that an office installs")
    admin = planning(desk)
    published(admin)  # three in turn, a fourth may stand in: no two nights in a row
    for who in ("ZB01", STAND_IN):
        away(admin, who, on(DECEMBER, 10), on(DECEMBER, 12))
    done = absent(admin, on(DECEMBER, 10), on(DECEMBER, 12), "GC04")
    assert len(done["open"]) == 1
    (mended,) = done["mended"]
    assert mended["version"] == 2
    assert mended["gaps"] == [
        {"day": "2026-12-11", "shift": "night", "post": POST, "missing": 1}
    ], "one worker cannot hold three nights in a row"
    assert [names_on(admin, DECEMBER, day) for day in (10, 11, 12)] == [{"GC03"}, set(), {"GC03"}]
    gap = absences.duty_of(admin, kind_of(admin), on(DECEMBER, 11), "night")
    assert (gap.post, gap.staff) == (POST, "")
    assert {one.person.number for one in absences.stand_ins(admin, kind_of(admin), gap)} >= set(
        TURN
    )


@pytest.mark.clause("ZB-4.4")
def test_whoever_has_left_is_taken_off_by_an_absence_as_far_as_others_can_come(desk: Desk) -> None:
    pytest.importorskip("ortools", reason="the solver is an extra that an office installs")
    admin = planning(desk)
    published(admin)
    for who in (STAND_IN, "ZB01"):
        away(admin, who, on(DECEMBER, 1), on(DECEMBER, 31))
    admin.perform("x", lambda act: staff.deactivate(act, "GC04"))
    with pytest.raises(UnknownStaff):
        absent(admin, on(DECEMBER, 1), on(DECEMBER, 31), "吴刚")
    done = absent(admin, on(DECEMBER, 1), on(DECEMBER, 31), "gc04")
    (mended,) = done["mended"]
    assert mended["gaps"], "one cannot hold two nights in a row"
    assert "GC04" not in {who for day in range(1, 32) for who in names_on(admin, DECEMBER, day)}


def test_a_shift_that_runs_stays_with_whoever_leaves_in_it(desk: Desk) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER)
    move_to(desk, "2026-11-20 19:00")  # GC04's night
    admin.perform("x", lambda act: staff.deactivate(act, "GC04"))
    people = {one.number: one.until for one in asked_of(admin, NOVEMBER).people}
    assert people["GC04"] == on(NOVEMBER, 20)
    move_to(desk, "2026-11-21 10:00")
    people = {one.number: one.until for one in asked_of(admin, NOVEMBER).people}
    assert people["GC04"] == on(NOVEMBER, 20)


def test_an_absence_before_anything_is_published_is_a_leave_and_needs_no_solver(desk: Desk) -> None:
    admin = planning(desk)
    done = absent(admin, on(DECEMBER, 4), date(2029, 1, 1))
    assert (done["mended"], done["open"]) == ([], [])
    assert [one.staff for one in asked_of(admin).leaves] == ["GC03"]


def test_a_roster_that_was_changed_by_hand_is_swapped_by_what_it_says_now(desk: Desk) -> None:
    admin = planning(desk)
    published(admin, cells=changed(in_turn(DECEMBER), 31, STAND_IN))
    with pytest.raises(NotTheirs):
        swapped(admin, on(DECEMBER, 31), "GC03", "ZB01")
    assert swapped(admin, on(DECEMBER, 31), STAND_IN, "GC03")["version"] == 2


@pytest.mark.clause("ZB-4.4", "ZB-3.6")
def test_a_duty_manager_s_day_is_swapped_with_the_rest_that_belongs_to_it(desk: Desk) -> None:
    admin = planning(desk)
    turn = ("GC01", "KF03", "KF04", "XZ01", "ZJ01")
    admin.perform(
        "test", lambda act: act.update(Staff, *({"number": n, "level": "C"} for n in turn)) or {}
    )
    kind = kind_of(desk, "duty_manager")
    days = [on(DECEMBER, n + 1) for n in range(31)]
    cells = [
        Cell(day, shift, "", turn[n % 5]) for n, day in enumerate(days) for shift in ("day", "rest")
    ]
    asked, drawn = rosters.asked(admin, kind, DECEMBER), Drawn(tuple(cells), 0, 0)
    number = str(admin.perform("k", lambda act: rosters.keep(act, asked, drawn))["number"])
    admin.perform("p", lambda act: rosters.publish(act, number))
    for n, shift in enumerate(("day", "rest")):
        give, back = Duty(on(DECEMBER, 1 + n * 10), shift), Duty(on(DECEMBER, 3 + n * 10), "day")
        people = (turn[0], turn[2], "出差", back)
        done = admin.perform("s", lambda act, g=give, p=people: swaps.swap(act, kind, g, *p))  # type: ignore[misc]
        assert done["version"] == n + 2
    shown = rosters.shown(admin, kind, DECEMBER)
    of = {(one.day.day, one.shift): one.staff for one in shown.cells}
    for day in (1, 11):
        assert {of[day, "day"], of[day, "rest"]} == {turn[2]}
        assert {of[day + 2, "day"], of[day + 2, "rest"]} == {turn[0]}
    assert check(desk).findings == []


def test_who_else_could_be_asked_has_the_certificate_that_is_asked_for(desk: Desk) -> None:
    admin = planning(desk)
    assert [one.number for one in rosters.others(admin, kind_of(desk))] == [STAND_IN]
    cleaning = replace(kind_of(desk), needs=(Need("night", 1),))
    assert {one.number for one in rosters.others(admin, cleaning)} == {LEADER, STAND_IN}

"""Rosters as drafts and versions of their month (KF-5, ZB-3.6).

* only a draft that the independent check finds nothing in is published
* a version is never changed; what is past stays; nobody's swap is lost
* what it is drawn up from is what the registers know of people, days and months before
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories import move_to, rows_of
from tests.rosters import (
    ADMIN,
    CERTIFICATE,
    CLERK,
    DECEMBER,
    LEADER,
    NIGHT,
    NOVEMBER,
    STAND_IN,
    TURN,
    all_of_it,
    asked_of,
    away,
    changed,
    in_turn,
    kept,
    kind_of,
    names_on,
    on,
    planning,
    published,
    swapped,
    write_rules,
)
from tests.store.test_chain import behind_our_back
from wuye_tui.desk import Desk
from wuye_tui.registers import rosters, staff, wishes
from wuye_tui.registers.checking import check
from wuye_tui.registers.roster_rows import in_force
from wuye_tui.rules.holidays import holidays_of
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.roster_refusals import (
    AlreadyPublished,
    DrawnBefore,
    FixedUnknown,
    HasBegun,
    MonthIsOver,
    NobodyToPlan,
    NoRosterYet,
    RosterIsBroken,
    UnknownKind,
    UnknownRoster,
)
from wuye_tui.rules.rosters import Past
from wuye_tui.store.tables import Roster, RosterCell, RosterVersion


@pytest.mark.clause("KF-5", "ZB-3.6")
def test_a_month_is_kept_published_seen_by_everybody_and_the_check_finds_nothing(
    any_desk: Desk,
) -> None:
    admin = planning(any_desk)
    number = kept(admin)
    with pytest.raises(NoRosterYet, match="2026-12 的夜间维修排班还没有发布"):
        rosters.shown(any_desk, kind_of(any_desk), DECEMBER)
    done = admin.perform("p", lambda act: rosters.publish(act, number.lower()))
    assert (done["number"], done["version"]) == (number, 1)
    shown = rosters.shown(any_desk.as_staff(CLERK), kind_of(any_desk), DECEMBER)
    assert list(shown.cells) == in_turn(DECEMBER)
    assert [one.number for one in shown.people] == list(TURN), "who stands in has nothing yet"
    assert (shown.version, shown.number, shown.is_draft) == (1, number, False)
    (listed,) = rosters.list_rosters(admin)
    assert (listed.state, listed.objective, listed.bound) == ("published", 10, 8)
    assert check(any_desk).findings == []


@pytest.mark.clause("ZB-3.6")
def test_whoever_leads_plans_their_own_department_and_nobody_else_does(desk: Desk) -> None:
    planning(desk)
    assert published(desk.as_staff(LEADER))["version"] == 1
    for number in (CLERK, "KF03", "GC03"):
        with pytest.raises(NotAllowed) as refused:
            kept(desk.as_staff(number), NOVEMBER)
        assert refused.value.clause == "KF-5"
    number = kept(desk.as_staff(ADMIN), NOVEMBER)
    with pytest.raises(NotAllowed):
        desk.as_staff(CLERK).perform("p", lambda act: rosters.publish(act, number))
    assert len(rows_of(desk, RosterVersion)) == 1


def test_a_draft_with_one_broken_rule_is_not_published_and_says_who_and_when(desk: Desk) -> None:
    admin = planning(desk)
    number = kept(admin, cells=changed(in_turn(DECEMBER), 7, "GC04"))  # theirs on the 8th, too
    with pytest.raises(RosterIsBroken) as refused:
        admin.perform("p", lambda act: rosters.publish(act, number))
    told = " ".join(refused.value.sentences)
    assert "吴刚" in told
    assert "2026-12-08" in told or "2026-12-07" in told
    assert rows_of(desk, RosterVersion) == []
    away(admin, "GC03", on(DECEMBER, 1), on(DECEMBER, 1))
    whole = kept(admin)
    with pytest.raises(RosterIsBroken, match="2026-12-01 李强 休假"):
        admin.perform("p", lambda act: rosters.publish(act, whole))
    assert check(desk).findings == []


def test_a_draft_is_published_once_and_never_over_a_version_that_came_after_it(
    any_desk: Desk,
) -> None:
    admin = planning(any_desk)
    early, late = kept(admin), kept(admin)
    admin.perform("p", lambda act: rosters.publish(act, early))
    with pytest.raises(AlreadyPublished, match="第 1 版"):
        admin.perform("p", lambda act: rosters.publish(act, early))
    swapped(admin, on(DECEMBER, 1), "GC03", STAND_IN)
    with pytest.raises(DrawnBefore, match="又发布了第 2 版"):
        admin.perform("p", lambda act: rosters.publish(act, late))
    assert published(admin)["version"] == 3
    states = [one.state for one in rosters.list_rosters(admin)]
    assert sorted(states) == ["draft", "published", "replaced", "replaced"]
    with pytest.raises(UnknownRoster, match="PB-20261119-999"):
        admin.perform("p", lambda act: rosters.publish(act, "PB-20261119-999"))
    assert check(any_desk).findings == []


def test_what_is_over_stays_and_a_month_that_is_over_is_not_published(desk: Desk) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER)
    move_to(desk, "2026-11-25 10:00")
    assert asked_of(admin, NOVEMBER).kept_until == on(NOVEMBER, 24)
    gone = in_turn(NOVEMBER)
    gone = changed(changed(gone, 20, "ZB01"), 21, "GC04")  # who had the one had the other
    with pytest.raises(RosterIsBroken, match="2026-11-20"):
        published(admin, NOVEMBER, gone)
    done = published(admin, NOVEMBER, changed(in_turn(NOVEMBER), 27, STAND_IN))
    assert (done["version"], done["changed_days"]) == (2, ["2026-11-27"])
    assert names_on(admin, NOVEMBER, 27) == {STAND_IN}
    move_to(desk, "2026-11-25 17:30")  # the night of this day has begun
    with pytest.raises(HasBegun, match="2026-11-25 夜班已经开始"):
        published(admin, NOVEMBER, changed(in_turn(NOVEMBER), 25, STAND_IN))
    late = kept(admin, NOVEMBER)
    move_to(desk, "2026-12-01 00:00")
    with pytest.raises(MonthIsOver, match="2026-11 已经过完"):
        admin.perform("p", lambda act: rosters.publish(act, late))
    assert check(desk).findings == []


def test_it_is_drawn_up_from_leave_wishes_the_days_before_and_the_year(desk: Desk) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER)
    away(admin, "GC03", on(DECEMBER, 20), date(2028, 3, 1))
    away(admin, "GC04", on(NOVEMBER, 20), on(NOVEMBER, 21))
    away(admin, CLERK, on(DECEMBER, 20), on(DECEMBER, 21))
    for who in ("ZB01", "KF01"):
        admin.perform("w", lambda act, who=who: wishes.wish(act, who, on(DECEMBER, 24)))  # type: ignore[misc]
    asked = asked_of(admin)
    assert [(one.number, one.stand_in) for one in asked.people] == [
        ("GC03", False), ("GC04", False), (STAND_IN, True), ("ZB01", False),
    ]  # fmt: skip
    assert asked.people[0].qualifications == {CERTIFICATE, "高处作业证"}
    assert [(one.staff, one.begins.day, one.reason) for one in asked.leaves] == [("GC03", 20, "")]
    assert [(one.staff, one.day.day, one.off) for one in asked.wishes] == [("ZB01", 24, True)]
    assert {one.day.day for one in asked.before} == set(range(1, 31))
    weekends = sum(one.day.weekday() > 4 for one in in_turn(NOVEMBER) if one.staff == "GC03")
    assert asked.past["GC03"] == Past(10, weekends, 0, 10 * 480)
    assert asked_of(admin, Month(2027, 1)).past["GC03"].minutes == 0, "another quarter"
    assert asked_of(admin, Month(2027, 1)).past["GC03"].nights == 10
    assert (list(asked.published), asked.kept_until) == ([], None)
    assert len(asked.working) == 23
    assert asked.quarter_days == 18 + 21 + 23


def test_holidays_are_days_off_with_a_name_and_no_weekends_only(desk: Desk) -> None:
    calendar = desk.calendar
    october = {day.day for day in holidays_of(calendar, Month(2026, 10))}
    assert october == {1, 2, 3, 4, 5, 6, 7}
    assert holidays_of(calendar, DECEMBER) == frozenset()
    assert date(2031, 10, 2) in holidays_of(calendar, Month(2031, 10)), "nobody has published it"
    own = replace(calendar, days={date(2026, 12, 30): False, date(2026, 10, 1): True})
    assert holidays_of(own, DECEMBER) == {date(2026, 12, 30)}
    assert date(2026, 10, 1) not in holidays_of(own, Month(2026, 10))


def test_who_has_left_keeps_what_they_had_and_who_is_new_has_a_first_day(desk: Desk) -> None:
    admin = planning(desk)
    move_to(desk, "2027-03-20 10:00")
    march = Month(2027, 3)
    published(admin, march)

    def change(act: object) -> dict[str, object]:
        staff.deactivate(act, "GC04")  # type: ignore[arg-type]
        return staff.add(act, admin, "GC09", "新来的", "维修工")  # type: ignore[arg-type]

    admin.perform("staff.add", change)
    people = {one.number: one for one in asked_of(admin, march).people}
    assert people["GC04"].until == date(2027, 3, 19)
    assert people["GC09"].since == date(2027, 3, 20)
    april = {one.number: one for one in asked_of(admin, Month(2027, 4)).people}
    assert "GC04" not in april
    assert april["GC09"].since == date(2027, 3, 20)
    assert asked_of(admin, Month(2027, 6)).people[0].since is None


def test_rules_that_fit_nobody_are_told_when_they_are_used(desk: Desk) -> None:
    planning(desk)
    home = desk.settings.home
    nobody = NIGHT.replace('posts = ["维修工"]', 'posts = ["潜水员"]')
    write_rules(home, nobody, "diving")
    fixed = '\n[[fixed]]\nstaff = "ZZ99"\nshift = "night"\nweekdays = "一"\n'
    write_rules(home, NIGHT + fixed, "stars")
    fresh = replace(desk, reference=type(desk.reference)(home))
    with pytest.raises(NobodyToPlan, match="夜间维修"):
        rosters.asked(fresh, fresh.reference.rosters["diving"], DECEMBER)
    with pytest.raises(FixedUnknown, match="ZZ99"):
        rosters.asked(fresh, fresh.reference.rosters["stars"], DECEMBER)
    with pytest.raises(UnknownKind, match="duty-manager"):
        rosters.kind_named(fresh.reference, "waiters")
    assert rosters.kind_named(fresh.reference, " duty-manager ").code == "duty_manager"
    assert rosters.kind_named(fresh.reference, "夜间维修").code == "night"


def test_the_version_of_a_moment_is_the_one_that_was_out_then(desk: Desk) -> None:
    admin = planning(desk)
    published(admin)
    first = desk.now()
    desk.clock.set(first + timedelta(hours=2))  # type: ignore[attr-defined]
    swapped(admin, on(DECEMBER, 1), "GC03", STAND_IN)
    with desk.read() as session:
        found = [
            in_force(session, desk.site, "night", DECEMBER, first + timedelta(minutes=add))
            for add in (-1, 0, 119, 120)
        ]
    assert [one and one.version for one in found] == [None, 1, 1, 2]


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE roster_cell SET staff = 'SB01' WHERE day = '2026-12-05'",
        "DELETE FROM roster_cell WHERE day = '2026-12-05'",
        "UPDATE roster_cell SET roster = 'PB-20261119-009' WHERE day = '2026-12-05'"
        " AND roster = 'PB-20261119-001'",
        "UPDATE roster_version SET version = 5 WHERE version = 2",
        "DELETE FROM roster_version WHERE version = 1",
        "UPDATE roster SET stopped = 1",
        "UPDATE roster_swap SET frm = 'GC04'",
        "UPDATE private SET words = '没有为什么' WHERE words = '出差'",
        "UPDATE private SET words = '没有为什么' WHERE words = '病假'",
        "DELETE FROM roster WHERE basis = 'drawn'",
    ],
)
def test_a_roster_changed_with_another_tool_is_found(desk: Desk, sentence: str) -> None:
    all_of_it(desk)
    assert check(desk).findings == []
    found = behind_our_back(desk, sentence)
    assert any("触发器" not in one for one in found), found


def test_everything_is_counted_by_what_it_is(desk: Desk) -> None:
    all_of_it(desk)
    assert {one.number[:2] for one in rows_of(desk, Roster)} == {"PB"}
    assert len(rows_of(desk, RosterCell)) == 2 * 31
    assert check(desk).counts["rosters"] == 2

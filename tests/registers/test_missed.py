"""Published rosters are the duties (KF-5, ZB-3.6), and a duty missed without a word is put forward
(ZB-4.4).

* who is planned comes first when a duty is handed over, and whoever holds it instead is told apart
* a duty that another held, with neither swap nor leave told before it began, is put forward once
* an office without rosters, or with a broken file of rules, goes on as before
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import gave, move_to, on_duty, received, rows_of, situation
from tests.rosters import (
    DECEMBER,
    NIGHT_OF_TWO,
    NOVEMBER,
    STAND_IN,
    away,
    on,
    pairs,
    planning,
    published,
    swapped,
    write_rules,
)
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import duties, handovers, leaves, matters, missed
from wuye_tui.registers.checking import check
from wuye_tui.registers.rosters_planned import planned
from wuye_tui.rules.refusals import NoRight
from wuye_tui.rules.roster_refusals import MissedNothing
from wuye_tui.store.tables import Firing

BEGINS = "2026-11-20 17:30"  # GC04's night
MANAGER = "ZJ01"


def a_night(desk: Desk, holder: str) -> None:
    """The night of the 20th, handed over by the desk to somebody, and back in the morning."""
    move_to(desk, "2026-11-20 13:30")
    on_duty(desk, "KF01")
    number = gave(desk)
    move_to(desk, BEGINS)
    received(desk, number, holder)
    number = gave(desk)
    move_to(desk, "2026-11-21 08:30")
    received(desk, number, "KF01")


@pytest.mark.clause("KF-5")
def test_whoever_the_roster_has_is_the_first_to_take_the_night_over(any_desk: Desk) -> None:
    admin = planning(any_desk)
    move_to(any_desk, "2026-11-20 16:00")
    on_duty(any_desk, "KF01")
    assert handovers.reliefs(any_desk)[:2] == ["GC03", "GC04"], "without a roster by their numbers"
    published(admin, NOVEMBER)
    assert planned(any_desk, "desk", "night", on(NOVEMBER, 20)) == ("GC04",)
    assert planned(any_desk, "desk", "morning", on(NOVEMBER, 20)) == ()
    assert planned(any_desk, "guards", "night", on(NOVEMBER, 20)) == ()
    assert planned(any_desk, "desk", "night", on(DECEMBER, 20)) == ()
    assert handovers.reliefs(any_desk)[0] == "GC04"
    (now,) = duties.now(any_desk)
    assert (now.planned, now.next, now.is_stand_in) == ((), ("GC04",), False)


@pytest.mark.clause("KF-5")
def test_a_duty_that_somebody_else_holds_says_who_was_planned(desk: Desk) -> None:
    published(planning(desk), NOVEMBER)
    move_to(desk, "2026-11-20 18:00")
    on_duty(desk, "ZB01")
    (now,) = duties.now(desk)
    assert (now.staff, now.planned, now.is_stand_in) == ("ZB01", ("GC04",), True)
    move_to(desk, "2026-11-21 02:00")  # the night that began the day before
    assert duties.now(desk)[0].planned == ("GC04",)


def test_a_broken_file_of_rules_does_not_stop_the_desk(desk: Desk) -> None:
    published(planning(desk), NOVEMBER)
    write_rules(desk.settings.home, "word = ")
    fresh = open_desk(desk.settings, desk.clock).as_staff("KF01")
    on_duty(fresh, "KF01")
    assert duties.now(fresh)[0].next == ()
    assert handovers.reliefs(fresh)
    fresh.engine.dispose()


@pytest.mark.clause("ZB-4.4")
def test_a_duty_missed_without_a_word_is_put_forward_once_as_a_line_of_the_log(
    any_desk: Desk,
) -> None:
    published(planning(any_desk), NOVEMBER)
    a_night(any_desk, "ZB01")
    (one,) = missed.missed(any_desk, NOVEMBER)
    assert (one.staff, one.name, one.day, one.holder) == ("GC04", "吴刚", on(NOVEMBER, 20), "ZB01")
    about = (one.kind, one.day, one.shift, one.staff)
    with pytest.raises(NoRight):
        any_desk.perform("m", lambda act: missed.put_forward(act, *about))
    manager = any_desk.as_staff(MANAGER)
    done = manager.perform("m", lambda act: missed.put_forward(act, *about))
    facts = situation(any_desk, str(done["number"])).facts
    assert (facts["sort"], facts.get("fine")) == ("note", None), "the 100 yuan are duty managers'"
    assert facts["text"].startswith("提请处理：吴刚 缺勤，2026-11-20 夜班没有到岗")
    manager_s = replace(one, fine=missed.FINE, word="工作岗")
    done = manager.perform(
        "m", lambda act: matters.start(act, "entry", "write", **missed.line_of(manager_s))
    )
    facts = situation(any_desk, str(done["number"])).facts
    assert (facts["sort"], facts["whom"], facts["fine"]) == ("penalty", "GC04", 10_000)
    assert "2026-11-20 工作岗没有到岗" in facts["because"]
    assert "ZB-4.4" in facts["because"]
    with pytest.raises(MissedNothing, match="吴刚 2026-11-20"):
        manager.perform("m", lambda act: missed.put_forward(act, *about))
    assert [one.put_forward for one in missed.missed(any_desk, NOVEMBER)] == [True]
    assert len(rows_of(any_desk, Firing)) >= 1
    assert check(any_desk).findings == []


@pytest.mark.clause("ZB-4.4")
@pytest.mark.parametrize(
    ("told", "is_missed"),
    [
        ("leave before", False),
        ("leave after", True),
        ("leave taken back", True),
        ("swap", False),
        ("published after", False),
    ],
)
def test_leave_and_swaps_count_only_when_they_were_told_before_it_began(
    desk: Desk, told: str, is_missed: bool
) -> None:
    admin = planning(desk)
    if told != "published after":
        published(admin, NOVEMBER)
    if told in ("leave before", "leave taken back"):
        number = away(admin, "GC04", on(NOVEMBER, 20), on(NOVEMBER, 20))["number"]
    if told == "leave taken back":
        admin.perform("rosters.leave.cancel", lambda act: leaves.cancel(act, number))
    if told == "swap":
        swapped(admin, on(NOVEMBER, 20), "GC04", STAND_IN)
    a_night(desk, STAND_IN)
    if told == "leave after":
        away(admin, "GC04", on(NOVEMBER, 20), on(NOVEMBER, 20))
    if told == "published after":
        published(admin, NOVEMBER)
    assert bool(missed.missed(desk, NOVEMBER)) is is_missed


def test_nobody_missed_a_duty_that_runs_still_or_before_the_office_began(desk: Desk) -> None:
    published(planning(desk), NOVEMBER)
    move_to(desk, BEGINS)
    on_duty(desk, "ZB01")
    assert missed.missed(desk, NOVEMBER) == []
    assert missed.missed(desk, DECEMBER) == []


@pytest.mark.clause("ZB-4.4")
def test_a_duty_that_nobody_held_is_told_as_unsure_and_put_forward_only_when_somebody_says_so(
    desk: Desk,
) -> None:
    published(planning(desk), NOVEMBER)
    a_night(desk, "GC04")
    move_to(desk, "2026-11-22 08:30")  # the night of the 21st was nobody's, as far as is known
    on_duty(desk, "KF01")
    (one,) = missed.missed(desk, NOVEMBER)
    assert (one.day, one.staff, one.holder, one.unsure) == (
        on(NOVEMBER, 21), planned(desk, "desk", "night", on(NOVEMBER, 21))[0], "", missed.NOBODY,
    )  # fmt: skip
    assert "也没有别人接班的记录" in missed.line_of(one)["text"]
    about = (one.kind, one.day, one.shift, one.staff)
    desk.as_staff(MANAGER).perform("m", lambda act: missed.put_forward(act, *about))
    assert [m.put_forward for m in missed.missed(desk, NOVEMBER)] == [True]


@pytest.mark.clause("ZB-4.4")
def test_where_two_were_planned_and_another_came_both_are_told_as_unsure(desk: Desk) -> None:
    admin = planning(desk)
    write_rules(desk.settings.home, NIGHT_OF_TWO)
    two = pairs(NOVEMBER)
    published(open_desk(desk.settings, desk.clock).as_staff(admin.staff), NOVEMBER, two)
    desk = open_desk(desk.settings, desk.clock)
    a_night(desk, STAND_IN)
    found = missed.missed(desk, NOVEMBER)
    assert [(one.staff, one.holder, one.unsure) for one in found] == [
        ("GC03", STAND_IN, missed.SEVERAL),
        ("ZB01", STAND_IN, missed.SEVERAL),
    ]


def test_who_came_and_was_relieved_early_missed_nothing(desk: Desk) -> None:
    published(planning(desk), NOVEMBER)
    move_to(desk, BEGINS)
    on_duty(desk, "GC04")
    desk.clock.set(desk.now() + timedelta(hours=3))  # type: ignore[attr-defined]
    number = gave(desk)
    received(desk, number, "ZB01")
    number = gave(desk)
    move_to(desk, "2026-11-21 08:30")
    received(desk, number, "KF01")
    assert missed.missed(desk, NOVEMBER) == []

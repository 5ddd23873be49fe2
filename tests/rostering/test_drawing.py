"""Rosters drawn up: hard rules kept as the independent check sees it, the rest at its best."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product
from threading import Timer

import pytest

from tests.rostering.asking import (
    DECEMBER,
    ELECTRIC,
    NOVEMBER,
    OCTOBER,
    counter,
    day,
    guards,
    last_days,
    managers,
    nights,
    past_of,
    people,
    saturdays,
    with_kind,
    with_limits,
)
from wuye_tui.rostering.drawing import draw
from wuye_tui.rostering.evening import Soft
from wuye_tui.rostering.explaining import NoRoster
from wuye_tui.rostering.facts import Facts
from wuye_tui.rostering.measures import Hold
from wuye_tui.rules.roster_checks import check, spread
from wuye_tui.rules.rosters import (
    Asked,
    Busy,
    Cell,
    Drawn,
    Fixed,
    Leave,
    Need,
    Past,
    Person,
    Weights,
    Wish,
)

pytest.importorskip("ortools", reason="the solver is an extra that an office installs")


def drawn(asked: Asked, seconds: float = 60) -> Drawn:
    """A roster, in which nothing is broken."""
    found = draw(asked, seconds)
    assert check(asked, found.cells) == []
    return found


def apart(asked: Asked, cells: tuple[Cell, ...], name: str) -> int:
    return spread(asked, cells)[name].apart


@pytest.mark.clause("KF-5")
def test_nights_are_shared_out_evenly_and_it_is_proven() -> None:
    asked = nights()
    found = drawn(asked)
    assert found.objective == found.bound
    assert not found.stopped
    assert apart(asked, found.cells, "nights") == apart(asked, found.cells, "weekends") == 1


@pytest.mark.clause("ZB-3.6")
def test_the_duty_manager_of_the_day_has_the_night_too() -> None:
    asked = managers()
    found = drawn(asked)
    held = {(cell.day, cell.shift): cell.staff for cell in found.cells}
    assert all(held[one, "day"] == held[one, "rest"] for one in asked.days)
    assert apart(asked, found.cells, "nights") <= 1


def test_by_standard_hours_nobody_has_more_overtime_than_the_weeks_allow() -> None:
    wishes = [Wish("P01", one, weight=50) for one in counter(2, 600).days]
    asked = counter(2, 600, wishes=wishes)
    worked = Counter(cell.staff for cell in drawn(asked).cells if cell.day <= day(27))
    assert worked["P02"] == 18  # ten hours each: 36 of overtime


def test_the_last_days_leave_room_for_the_next_month_where_it_is_published() -> None:
    first = date(2027, 1, 1)
    after = [Cell(first, "day", "维修", "P01"), Cell(first, "night", "前台", "P02")]
    keen = [Wish(who, day(31), "night", off=False, weight=50) for who in ("P01", "P02")]
    free = {
        c.staff for c in drawn(nights(wishes=keen)).cells if (c.day, c.shift) == (day(31), "night")
    }
    assert free <= {"P01", "P02"}
    asked = nights(wishes=keen, after=after)
    held = {c.staff for c in drawn(asked).cells if (c.day, c.shift) == (day(31), "night")}
    assert not held & {"P01", "P02"}


def test_what_people_have_by_other_kinds_is_kept_clear() -> None:
    def busy(who: str, n: int) -> Busy:
        begins = datetime.combine(day(n), time(8, 30))
        return Busy(who, begins, begins + timedelta(hours=9), 480, "前台白班")

    elsewhere = [busy("P01", n) for n in (1, 2, 3, 8, 9, 10, 15)]
    asked = nights(busy=elsewhere, wishes=[Wish("P01", day(2), "night", off=False, weight=99)])
    found = drawn(asked)
    own = {(cell.day, cell.shift) for cell in found.cells if cell.staff == "P01"}
    assert not {(day(n), shift) for n in (1, 2, 3) for shift in ("day", "night")} & own
    minutes = sum(asked.kind.shift(shift).counted for _on, shift in own)
    assert minutes + 7 * 480 <= (23 * 8 + 36) * 60


def test_the_same_asked_with_the_same_seed_is_the_same_roster() -> None:
    asked = guards(14, leaves=[Leave("P03", day(4), day(9))])
    one, other = draw(asked, 30, seed=7), draw(asked, 30, seed=7)
    assert one == other
    assert check(asked, one.cells) == []


def test_the_objective_is_the_least_of_all_rosters_there_are() -> None:
    asked = saturdays(
        3,
        leaves=[Leave("P01", day(12), day(12))],
        wishes=[Wish("P02", day(5)), Wish("P03", day(5))],
        past={"P01": Past(weekends=1), "P02": Past(), "P03": Past()},
    )  # fmt: skip
    facts = Facts(asked)
    soft, (role,) = Soft(facts), facts.roles
    days = [one for one in asked.days if one.weekday() == 5]
    costs = []
    for who in product([one.number for one in asked.people], repeat=len(days)):
        cells = [Cell(on, "day", "门", one) for on, one in zip(days, who, strict=True)]
        if not check(asked, cells):
            holds = [Hold(cell.staff, facts.at(cell.day), role) for cell in cells]
            costs.append(soft.cost(holds))
    found = drawn(asked)
    assert found.objective == found.bound == min(costs)
    assert soft.bound() <= min(costs)


def test_the_bound_is_right_where_people_from_elsewhere_stand_in() -> None:
    stranger = Person("P09", "外援", stand_in=True)
    for away_on in ((5,), (5, 12), (5, 12, 19), (12, 26)):
        leaves = [Leave(who, day(n), day(n)) for n in away_on for who in ("P01", "P02")]
        leaves.append(Leave("P02", day(26), day(26)))
        asked = saturdays(2, leaves=leaves, past={"P01": Past(weekends=2), "P02": Past()})
        asked = replace(asked, people=[*asked.people, stranger])
        facts = Facts(asked)
        soft, (role,) = Soft(facts), facts.roles
        days = [one for one in asked.days if one.weekday() == 5]
        costs = []
        for who in product([one.number for one in asked.people], repeat=len(days)):
            cells = [Cell(on, "day", "门", one) for on, one in zip(days, who, strict=True)]
            if not check(asked, cells):
                costs.append(soft.cost([Hold(c.staff, facts.at(c.day), role) for c in cells]))
        assert soft.bound() <= min(costs)
        assert soft.bound(len(set(away_on))) <= min(costs)
        assert drawn(asked).objective == min(costs)


AGAIN = """
from dataclasses import replace
from tests.rostering.asking import guards, managers, nights
from wuye_tui.rostering.drawing import draw
changed = lambda one, other: len(set(one) - set(other))
for asked in (nights(), managers(), guards(14)):
    once = draw(asked, 10)
    again = draw(replace(asked, published=once.cells), 10)
    half = replace(asked, published=once.cells, kept_until=asked.days[14])
    print(changed(again.cells, once.cells) < 10, changed(draw(half, 10).cells, once.cells) < 10)
"""


def test_a_published_month_can_be_drawn_up_again_and_changes_little() -> None:
    # In a process of its own: what was wrong here once ended the whole program.
    done = subprocess.run(
        [sys.executable, "-c", AGAIN], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, ["True"] * 6), done.stderr[-2000:]


def test_who_had_more_nights_before_has_fewer_now() -> None:
    past = {f"P{n:02}": Past(nights=20 if n == 1 else 16) for n in range(1, 6)}
    asked = nights(past=past)
    found = drawn(asked)
    by = Counter(cell.staff for cell in found.cells if cell.shift == "night")
    assert by["P01"] <= min(by[number] for number in past if number != "P01") - 3
    assert apart(asked, found.cells, "nights") <= 1


def test_somebody_new_has_not_to_catch_up_with_a_year() -> None:
    past = {f"P{n:02}": Past(nights=70) for n in range(1, 5)}
    by = Counter(cell.staff for cell in drawn(nights(past=past)).cells if cell.shift == "night")
    assert max(by.values()) - min(by.values()) <= 1


@pytest.mark.slow
def test_leave_lowers_what_somebody_is_asked_for() -> None:
    asked = nights(6, leaves=[Leave("P01", day(1), day(15))])
    by = Counter(cell.staff for cell in drawn(asked).cells if cell.shift == "night")
    assert by["P01"] in (2, 3)
    assert all(by[number] in (5, 6) for number in by if number != "P01")


@pytest.mark.clause("KF-5")
def test_nobody_is_on_duty_beside_their_work_after_a_night() -> None:
    night = datetime(2026, 12, 8, 17, 30)  # noqa: DTZ001 - the office's own time
    busy = [
        Busy(f"P{n:02}", night, night + timedelta(hours=15), 0, "夜班", True, True, 660)
        for n in range(1, 4)
    ]
    asked = with_kind(managers(busy=busy), alongside=True)
    found = draw(asked, 2)
    on = {cell.day.day: cell.staff for cell in found.cells if cell.shift == "day"}
    assert {on[8], on[9]} == {"P04", "P05"}
    with pytest.raises(NoRoster):  # the fourth would be there for two days on end
        draw(replace(asked, people=asked.people[:4]), 2)
    by_day = [one._replace(night=False) for one in busy]
    four = replace(asked, people=asked.people[:4], busy=by_day)
    assert check(four, draw(four, 2).cells) == []


def test_wishes_are_met_where_nothing_is_worse_for_it() -> None:
    wishes = [Wish("P01", day(24)), Wish("P02", day(24), "night", off=False)]
    found = drawn(nights(wishes=wishes))
    on = {cell.shift: cell.staff for cell in found.cells if cell.day == day(24)}
    assert on["night"] == "P02"
    assert on["day"] != "P01"


def test_the_month_before_goes_on_into_this_one() -> None:
    before = [Cell(day(30, NOVEMBER), "night", "前台", "P01")]
    before += [Cell(day(n, NOVEMBER), "day", "维修", "P02") for n in range(25, 31)]
    found = drawn(nights(before=before))
    first = {cell.staff for cell in found.cells if cell.day == day(1)}
    assert first.isdisjoint({"P01", "P02"})


def test_what_is_kept_stays_and_little_else_changes() -> None:
    asked = nights()
    published = drawn(asked).cells
    again = replace(
        asked, published=published, kept_until=day(10), leaves=[Leave("P02", day(20), day(21))]
    )
    cells = drawn(again).cells
    assert {one for one in cells if one.day <= day(10)} == {
        one for one in published if one.day <= day(10)
    }
    assert len(set(published) - set(cells)) <= 6


def test_who_always_or_never_has_a_shift() -> None:
    fixed = (
        Fixed("P01", "day", frozenset({1})),
        Fixed("P02", "night", frozenset(range(7)), never=True),
        Fixed("P03", "", frozenset({5, 6}), never=True),
    )
    cells = drawn(with_kind(nights(6), fixed=fixed)).cells
    tuesdays = [cell.staff for cell in cells if cell.shift == "day" and cell.day.weekday() == 1]
    assert set(tuesdays) == {"P01"}
    assert ("P02", "night") not in {(cell.staff, cell.shift) for cell in cells}
    assert not [cell for cell in cells if cell.staff == "P03" and cell.day.weekday() > 4]


def test_whoever_is_new_has_a_partner() -> None:
    new = [replace(one, since=day(1)) for one in people(9, ELECTRIC)[7:]]
    needs = (Need("day", 1, "维修"), Need("night", 2, "前台"))
    asked = with_kind(nights(9), needs=needs, partner_days=14)
    asked = replace(asked, people=[*people(7, ELECTRIC), *new])
    cells = drawn(asked).cells
    alone = [c for c in cells if c.shift == "day" and c.staff in ("P08", "P09") and c.day < day(15)]
    assert not alone


def test_a_week_is_like_the_one_before_where_it_comes_round() -> None:
    asked = with_kind(
        saturdays(4), cycle_weeks=1, weights=Weights(weekends=0, hours=0, nights=0),
        needs=(Need("day", 1, "门", weekdays=frozenset({0, 2, 4})),),
    )  # fmt: skip
    found = drawn(asked)
    turns = {(cell.day.weekday(), cell.staff) for cell in found.cells}
    assert len(turns) == 3
    assert found.objective == 0


def test_people_from_elsewhere_are_asked_only_where_there_are_too_few() -> None:
    other = replace(people(6, ELECTRIC)[5], stand_in=True)
    enough = nights()
    assert "P06" not in {cell.staff for cell in drawn(
        replace(enough, people=[*enough.people, other])).cells}  # fmt: skip
    short = nights(3)
    found = drawn(replace(short, people=[*short.people, other]))
    assert sum(cell.staff == "P06" for cell in found.cells) > 0
    (note,) = found.notes
    assert "请人顶了" in note
    assert "3 人（员工1、员工2、员工3）" in note


def test_the_law_of_the_quarter_is_kept_over_its_months() -> None:
    # 66 + 3 * 4.5 days of 8 hours are the most of the quarter; who has worked more is spared.
    past = {f"P{n:02}": Past(minutes=27_000 if n < 3 else 14_000) for n in range(1, 8)}
    asked = with_kind(nights(7, past=past), weights=Weights(hours=0))
    drawn(asked)
    assert check(replace(asked, past={}), draw(asked, 20).cells) == []


@pytest.mark.slow
@pytest.mark.parametrize("ask", [nights, managers])
def test_over_a_quarter_nobody_has_two_more_than_another(ask: object) -> None:
    past: dict[str, Past] = {}
    before: list[Cell] = []
    for month in (OCTOBER, NOVEMBER, DECEMBER):
        holidays = frozenset(date(2026, 10, n) for n in range(1, 8)) if month == OCTOBER else ()
        asked = ask(5, month, past=past, before=before, holidays=frozenset(holidays))  # type: ignore[operator]
        found = drawn(asked)
        for name in ("nights", "weekends"):
            assert apart(asked, found.cells, name) <= 1
        past, before = past_of(asked, found.cells), last_days(found.cells, month)


# ---- stopped, and told of


def test_whoever_is_told_may_stop_it_and_the_best_so_far_is_kept() -> None:
    heard: list[tuple[int, int]] = []

    def told(cost: int, bound: int, seconds: float) -> None:
        heard.append((cost, bound))
        assert seconds >= 0
        if len(heard) == 2:
            raise KeyboardInterrupt

    asked = guards(20)
    found = draw(asked, 60, told=told)
    assert check(asked, found.cells) == []
    assert found.stopped
    assert found.objective == heard[1][0] < heard[0][0]
    assert found.bound <= found.objective


def test_control_c_keeps_the_best_so_far() -> None:
    asked, began = guards(45), []

    def told(cost: int, _bound: int, _seconds: float) -> None:
        began.append(cost)
        if len(began) == 1:
            Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()

    found = draw(asked, 120, told=told)
    assert found.stopped
    assert found.objective == min(began)
    assert check(asked, found.cells) == []


def test_little_time_gives_a_roster_that_is_marked() -> None:
    asked = guards(45)
    found = draw(asked, 4)
    assert check(asked, found.cells) == []
    assert found.stopped == (found.objective > found.bound)
    assert 0 < found.bound <= found.objective


def test_rules_that_clash_are_refused_and_not_drawn() -> None:
    with pytest.raises(NoRoster):
        draw(with_limits(nights(), free=31), 20)


def test_a_group_that_came_to_nothing_better_keeps_none_from_what_others_found() -> None:
    # A group that is cut short may come back worse than it was. Once that threw away all that the
    # other groups had found, and this month stayed a fifth above the bound with one weekend too
    # many for somebody.
    asked = guards(45)
    found = draw(asked, 60)
    assert check(asked, found.cells) == []
    assert found.gap <= 0.02
    assert apart(asked, found.cells, "weekends") <= 1


@pytest.mark.slow
def test_guards_in_time_and_over_a_quarter() -> None:
    # 45 people, three shifts, five posts: a first roster in 5 s, within 2 % of the bound in 60 s.
    past: dict[str, Past] = {}
    before: list[Cell] = []
    for month in (OCTOBER, NOVEMBER, DECEMBER):
        first = date(month.year, month.month, 1)
        leaves = [Leave("P05", first, first + timedelta(days=8))] if month == NOVEMBER else []
        asked = guards(45, month, past=past, before=before, leaves=leaves)
        heard: list[float] = []
        found = draw(asked, 60, told=lambda _c, _b, spent, heard=heard: heard.append(spent))  # type: ignore[misc]
        assert check(asked, found.cells) == []
        assert heard[0] < 5
        assert found.gap <= 0.02
        assert apart(asked, found.cells, "nights") <= 1
        assert apart(asked, found.cells, "weekends") <= 1
        past, before = past_of(asked, found.cells), last_days(found.cells, month)

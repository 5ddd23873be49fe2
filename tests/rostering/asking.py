"""Kinds of roster, small ones and the guards', and what is asked of a month of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import (
    Asked,
    Cell,
    Hours,
    Limits,
    Need,
    Past,
    Person,
    RosterKind,
    Shift,
    Weights,
)

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
ELECTRIC = "低压电工作业证"
DAY = Shift("day", "日班", time(8, 30), time(17, 30), minutes=480)
NIGHT = Shift("night", "夜班", time(17, 30), time(8, 30), night=True)
NIGHTS = RosterKind(
    "night",
    "夜间维修",
    "KF-5",
    (DAY, NIGHT),
    (Need("day", 1, "维修"), Need("night", 1, "前台", qualifications=(ELECTRIC,))),
    Limits(
        hours=Hours.COMPREHENSIVE,
        rest=660,
        after_night=frozenset({"day", "night"}),
        nights=1,
        free=8,
        most_nights=10,
    ),
)
WORKING = Shift("day", "工作岗", time(8, 30), time(18), together=("rest",))
RESTING = Shift(
    "rest", "休息岗", time(18), time(8, 30), night=True, minutes=60, together=("day",),
    only_with="day",
)  # fmt: skip
MANAGERS = RosterKind(
    "duty_manager",
    "值班经理",
    "ZB-3.6",
    (WORKING, RESTING),
    (Need("day", 1), Need("rest", 1)),
    Limits(
        after_night=frozenset({"day", "rest"}), days=1, nights=1, free=15, week_free=4, level="C"
    ),
    cycle_weeks=1,
)
THREE = (
    Shift("early", "早班", time(7), time(15)),
    Shift("late", "中班", time(15), time(23)),
    Shift("night", "夜班", time(23), time(7), night=True),
)


def day(number: int, month: Month = DECEMBER) -> date:
    """A day of the month."""
    return date(month.year, month.month, number)


def people(many: int, *has: str, level: str = "C") -> list[Person]:
    """So many people, all alike."""
    return [Person(f"P{n:02}", f"员工{n}", frozenset(has), level) for n in range(1, many + 1)]


def nights(many: int = 5, month: Month = DECEMBER, **given: Any) -> Asked:
    """A month of nights of so many electricians."""
    return Asked(NIGHTS, month, people(many, ELECTRIC), **given)


def managers(many: int = 5, month: Month = DECEMBER, **given: Any) -> Asked:
    """A month of duty managers."""
    return Asked(MANAGERS, month, people(many), **given)


def guards(many: int = 45, month: Month = DECEMBER, **given: Any) -> Asked:
    """A month of guards: three shifts at five posts, two heads for every nine people a shift; the
    control room asks for a certificate that every third of them has.
    """
    heads, watching = many * 11 // 45, 2 if many > 30 else 1
    posts = ("东门", "西门", "巡逻", "车库")
    needs = [
        need
        for one in THREE
        for need in (
            Need(one.code, watching, "监控室", qualifications=("消防",)),
            *(Need(one.code, (heads - watching + n) // 4, post) for n, post in enumerate(posts)),
        )
    ]
    kind = RosterKind(
        "guards",
        "秩序维护",
        "KF-5",
        THREE,
        tuple(needs),
        Limits(
            hours=Hours.COMPREHENSIVE, rest=660, after_night=frozenset({"early", "late"}), nights=4,
            free=6, most_nights=10,
        ),
    )  # fmt: skip
    who = [
        replace(one, qualifications=frozenset({"消防"} if n % 3 == 0 else ()))
        for n, one in enumerate(people(many))
    ]
    return Asked(kind, month, who, **given)


def with_kind(asked: Asked, **changes: Any) -> Asked:
    """The same asked of a kind that is changed a little."""
    return replace(asked, kind=replace(asked.kind, **changes))


def with_limits(asked: Asked, **changes: Any) -> Asked:
    """The same asked under other limits."""
    return with_kind(asked, limits=replace(asked.kind.limits, **changes))


def saturdays(many: int, **given: Any) -> Asked:
    """One head every Saturday and nothing else: few enough to try every roster there is."""
    needs = (Need("day", 1, "门", weekdays=frozenset({5})),)
    kind = RosterKind("small", "周六", "", (DAY,), needs, Limits(), Weights())
    return Asked(kind, DECEMBER, people(many), **given)


def counter(many: int, minutes: int, **given: Any) -> Asked:
    """One head every day by standard hours, so many minutes long."""
    long = replace(DAY, minutes=minutes)
    kind = RosterKind("counter", "柜台", "", (long,), (Need("day", 1, "柜台"),), Limits(rest=660))
    return Asked(kind, DECEMBER, people(many), **given)


def past_of(asked: Asked, cells: Sequence[Cell]) -> dict[str, Past]:
    """What everybody had before and in these cells together; minutes start anew with a quarter."""
    found = {}
    for one in asked.people:
        had = asked.past.get(one.number, Past())
        own = [cell for cell in cells if cell.staff == one.number]
        off = {cell.day for cell in own}
        found[one.number] = Past(
            had.nights + sum(asked.kind.shift(cell.shift).night for cell in own),
            had.weekends + sum(map(asked.is_weekend, off)),
            had.holidays + sum(map(asked.is_holiday, off)),
            had.minutes + sum(asked.kind.shift(cell.shift).counted for cell in own),
        )
    return found


def last_days(cells: Iterable[Cell], month: Month) -> list[Cell]:
    """The cells of the last two weeks of a month."""
    return [cell for cell in cells if cell.day > month.last_day - timedelta(days=14)]

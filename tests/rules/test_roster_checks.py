"""The independent check: a right roster has no fault, and whatever is broken in it is found.

* one change at random to a right roster is found, with the rule, the person and the day
* runs, weeks and rest are found as a second, plain reading of the same days finds them
* the order of the cells, and of the people, changes nothing
* it knows nothing of whoever draws rosters up
"""

import ast
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules import roster_checks
from wuye_tui.rules.months import Month
from wuye_tui.rules.roster_checks import Broken, check, spread
from wuye_tui.rules.rosters import (
    Asked,
    Busy,
    Cell,
    Fixed,
    Hours,
    Leave,
    Limits,
    Need,
    Past,
    Person,
    RosterKind,
    Shift,
)

MONTH = Month(2026, 12)
DAYS = [date(2026, 12, n) for n in range(1, 32)]
A_DAY = timedelta(days=1)
CERTIFICATE = "低压电工作业证"
DAY = Shift("day", "日班", time(8, 30), time(17, 30), minutes=480)
NIGHT = Shift("night", "夜班", time(17, 30), time(8, 30), night=True)
LIMITS = Limits(
    Hours.COMPREHENSIVE, 660, frozenset({"day", "night"}), days=2, nights=1, free=8, week_free=3,
    most_nights=8, level="E",
)  # fmt: skip
KIND = RosterKind(
    "night", "夜间维修", "KF-5", (DAY, NIGHT),
    (Need("day", 1, "维修"), Need("night", 1, "前台", qualifications=(CERTIFICATE,))),
    LIMITS,
)  # fmt: skip
PEOPLE = tuple(
    Person(f"GC0{n}", name, frozenset({CERTIFICATE}), "E")
    for n, name in enumerate(("李强", "陈大勇", "黄志明", "吴海波"))
)
POSTS = {"day": "维修", "night": "前台"}
ASKED = Asked(KIND, MONTH, PEOPLE)


def cell(day: date, shift: str, staff: str) -> Cell:
    return Cell(day, shift, POSTS[shift], staff)


def held(n: int, day: date) -> str:
    """Who is number n of four has a day, a night, and two days off, in turn."""
    return ("day", "night", "", "")[(day.toordinal() + n) % 4]


RIGHT = [
    cell(day, held(n, day), one.number) for day in DAYS for n, one in enumerate(PEOPLE)
    if held(n, day)
]  # fmt: skip
AT = st.integers(0, len(RIGHT) - 1)


def found(asked: Asked, cells: list[Cell]) -> set[tuple[str, str, date | None]]:
    return {(one.rule, one.staff, one.day) for one in check(asked, cells)}


def kind(**changes: object) -> Asked:
    """The same with other rules of the kind."""
    return replace(ASKED, kind=replace(KIND, **changes))  # type: ignore[arg-type]


def limited(**changes: object) -> Asked:
    """The same with other limits."""
    return kind(limits=replace(LIMITS, **changes))  # type: ignore[arg-type]


@pytest.mark.clause("KF-5")
def test_a_right_roster_has_no_fault() -> None:
    assert check(ASKED, RIGHT) == []
    earlier = [
        cell(DAYS[0] - back * A_DAY, held(n, DAYS[0] - back * A_DAY), one.number)
        for back in range(1, 15)
        for n, one in enumerate(PEOPLE)
        if held(n, DAYS[0] - back * A_DAY)
    ]
    assert check(replace(ASKED, before=earlier), RIGHT) == []


@given(AT)
def test_a_shift_that_nobody_has_and_one_that_two_have_is_found(at: int) -> None:
    lost = RIGHT[at]
    assert ("heads", "", lost.day) in found(ASKED, RIGHT[:at] + RIGHT[at + 1 :])
    idle = next(one for n, one in enumerate(PEOPLE) if not held(n, lost.day))
    told = check(ASKED, [*RIGHT, lost._replace(staff=idle.number)])
    (heads,) = [one for one in told if one.rule == "heads"]
    assert (heads.day, heads.clause) == (lost.day, "KF-5")
    assert "要 1 人，排了 2 人" in heads.words


@given(AT)
def test_a_post_that_needs_nobody_is_found(at: int) -> None:
    cells = [*RIGHT]
    cells[at] = cells[at]._replace(post="岗亭")
    days = [one for one in check(ASKED, cells) if one.rule == "heads"]
    assert [one.day for one in days] == [RIGHT[at].day] * 2


@given(AT, st.sampled_from(["ZX99", "李强", ""]))
def test_people_that_nobody_knows_are_found(at: int, staff: str) -> None:
    cells = [*RIGHT]
    cells[at] = cells[at]._replace(staff=staff)
    assert ("person", staff, cells[at].day) in found(ASKED, cells)


@given(AT, st.sampled_from([DAYS[0] - A_DAY, DAYS[-1] + A_DAY, date(2025, 12, 3)]))
def test_a_day_outside_the_month_is_found(at: int, day: date) -> None:
    cells = [*RIGHT]
    cells[at] = cells[at]._replace(day=day)
    told = found(ASKED, cells)
    assert {("day", cells[at].staff, day), ("heads", "", RIGHT[at].day)} <= told


@given(AT)
def test_a_shift_that_the_kind_does_not_have_is_found(at: int) -> None:
    cells = [*RIGHT]
    cells[at] = cells[at]._replace(shift="late")
    assert ("shift", cells[at].staff, cells[at].day) in found(ASKED, cells)


@given(st.integers(0, 3))
def test_who_lacks_the_certificate_is_found_on_every_night_and_on_no_day(n: int) -> None:
    people = [replace(one, qualifications=frozenset()) if one is PEOPLE[n] else one
              for one in PEOPLE]  # fmt: skip
    told = found(replace(ASKED, people=people), RIGHT)
    nights = [one.day for one in RIGHT if one.staff == PEOPLE[n].number and one.shift == "night"]
    assert told == {("qualification", PEOPLE[n].number, day) for day in nights}


@pytest.mark.clause("ZB-3.2")
def test_who_is_below_the_level_is_found_and_an_unknown_level_is_none() -> None:
    asked = kind(limits=replace(LIMITS, level="C"), duty_post="duty_manager")
    asked = replace(asked, people=[replace(PEOPLE[0], level="D"), replace(PEOPLE[1], level=""),
                                   *(replace(one, level="B") for one in PEOPLE[2:])])  # fmt: skip
    told = check(asked, RIGHT)
    assert {one.staff for one in told} == {"GC00"}
    assert {(one.rule, one.clause) for one in told} == {("level", "ZB-3.2")}


@given(AT, st.integers(0, 40), st.integers(0, 40))
def test_whoever_is_on_leave_has_no_shift_however_long_it_is(at: int, back: int, on: int) -> None:
    one = RIGHT[at]
    leave = Leave(one.staff, one.day - back * A_DAY, one.day + on * A_DAY)
    told = found(replace(ASKED, leaves=[leave]), RIGHT)
    away = {c.day for c in RIGHT if c.staff == one.staff and leave.begins <= c.day <= leave.ends}
    assert told == {("leave", one.staff, day) for day in away}


@given(AT)
def test_nobody_has_a_shift_before_the_first_day_or_after_the_last(at: int) -> None:
    one = RIGHT[at]
    for change, gone in (
        ({"since": one.day + A_DAY}, lambda day: day <= one.day),
        ({"until": one.day - A_DAY}, lambda day: day >= one.day),
    ):
        people = [replace(p, **change) if p.number == one.staff else p for p in PEOPLE]
        days = {c.day for c in RIGHT if c.staff == one.staff and gone(c.day)}
        assert found(replace(ASKED, people=people), RIGHT) == {
            ("gone", one.staff, day) for day in days
        }


@given(st.integers(0, 29))
def test_a_shift_after_a_night_is_found(at: int) -> None:
    night = next(c for c in RIGHT if c.shift == "night" and c.day == DAYS[at])
    after = [c._replace(staff=night.staff) if c[:2] == (night.day + A_DAY, "day") else c
             for c in RIGHT]  # fmt: skip
    assert ("after_night", night.staff, night.day + A_DAY) in found(ASKED, after)
    relaxed = limited(after_night=frozenset())
    assert ("rest", night.staff, night.day + A_DAY) in found(relaxed, after)
    told = [one.words for one in check(relaxed, after) if one.rule == "rest"]
    assert "只有 0 小时，至少要 11 小时" in told[0]


def test_the_night_before_the_month_counts() -> None:
    staff = next(c.staff for c in RIGHT if c[:2] == (DAYS[0], "day"))
    asked = replace(ASKED, before=[cell(DAYS[0] - A_DAY, "night", staff)])
    assert ("after_night", staff, DAYS[0]) in found(asked, RIGHT)


@given(AT)
def test_two_shifts_on_a_day_that_do_not_go_together_are_found(at: int) -> None:
    one = RIGHT[at]
    other = "night" if one.shift == "day" else "day"
    both = [c._replace(staff=one.staff) if c[:2] == (one.day, other) else c for c in RIGHT]
    assert ("together", one.staff, one.day) in found(ASKED, both)
    friendly = kind(shifts=(replace(DAY, together=("night",)), NIGHT))
    assert ("together", one.staff, one.day) not in found(friendly, both)
    assert ("twice", one.staff, one.day) in found(ASKED, [*RIGHT, one._replace(post="岗亭")])


def test_a_shift_that_goes_with_another_only_is_found_alone() -> None:
    told = found(kind(shifts=(DAY, replace(NIGHT, together=("day",), only_with="day"))), RIGHT)
    nights = {("only_with", one.staff, one.day) for one in RIGHT if one.shift == "night"}
    assert nights <= told


@given(st.integers(0, 3), st.sampled_from([True, False]), st.integers(0, 6),
       st.sampled_from(["", "day", "night"]))  # fmt: skip
def test_who_always_or_never_works_on_a_weekday_is_found(
    n: int, never: bool, weekday: int, shift: str
) -> None:
    number = PEOPLE[n].number
    asked = kind(fixed=(Fixed(number, shift, frozenset({weekday}), never),))
    wrong = set()
    for day in (one for one in DAYS if one.weekday() == weekday):
        has = held(n, day)
        if (bool(has) if not shift else has == shift) is never:
            wrong.add(("never" if never else "fixed", number, day))
    assert found(asked, RIGHT) == wrong


def test_who_always_works_may_be_on_leave() -> None:
    asked = kind(fixed=(Fixed("GC00", "", frozenset(range(7))),))
    asked = replace(asked, leaves=[Leave("GC00", DAYS[0], DAYS[-1])])
    assert "fixed" not in {rule for rule, _staff, _day in found(asked, RIGHT)}


@given(st.integers(0, 30), st.integers(1, 60))
def test_who_is_new_is_never_alone(first: int, days: int) -> None:
    people = [replace(PEOPLE[0], since=DAYS[0]), *PEOPLE[1:]]
    told = found(replace(kind(partner_days=days), people=people), RIGHT)
    own = {c.day for c in RIGHT if c.staff == "GC00" and (c.day - DAYS[0]).days < days}
    assert told == {("alone", "GC00", day) for day in own}


@given(AT, st.integers(0, 30))
def test_what_people_know_already_is_not_changed(at: int, until: int) -> None:
    asked = replace(ASKED, published=RIGHT, kept_until=DAYS[until])
    assert check(asked, RIGHT) == []
    one = RIGHT[at]
    told = {key for key in found(asked, RIGHT[:at] + RIGHT[at + 1 :]) if key[0] == "kept"}
    assert told == ({("kept", one.staff, one.day)} if one.day <= DAYS[until] else set())


def test_hours_of_a_day_of_the_month_and_of_the_quarter_are_found() -> None:
    long = kind(limits=replace(LIMITS, hours=Hours.STANDARD))
    nights = {("hours_day", c.staff, c.day) for c in RIGHT if c.shift == "night"}
    weeks = {
        n: sum(7 for c in RIGHT if c.staff == n and c.shift == "night" and c.day.day <= 27)
        for n in (
            "GC00",
            "GC01",
            "GC02",
            "GC03",
        )  # seven hours over eight, never over forty besides
    }
    over_weeks = {("overtime", n, None) for n, hours in weeks.items() if hours > 36}
    assert found(long, RIGHT) == nights | over_weeks != nights
    short = replace(ASKED, working=frozenset(DAYS[:17]))  # 136 + 36 hours
    most = {n: sum({"day": 480, "night": 900}[c.shift] for c in RIGHT if c.staff == n)
            for n in ("GC00", "GC01", "GC02", "GC03")}  # fmt: skip
    over = {("hours_month", n, None) for n, minutes in most.items() if minutes > 172 * 60}
    assert found(short, RIGHT) == over != set()
    spent = 62 * 480 + 108 * 60
    past = {n: Past(minutes=spent - minutes) for n, minutes in most.items()}
    past["GC02"] = Past(minutes=past["GC02"].minutes + 1)
    quarter = replace(ASKED, past=past, quarter_days=62)
    assert found(quarter, RIGHT) == {("hours_quarter", "GC02", None)}


def test_overtime_is_counted_by_the_weeks_that_end_in_the_month_by_standard_hours_only() -> None:
    ten = replace(DAY, minutes=600)
    limits = Limits(days=0, free=0, week_free=0)
    one = replace(ASKED, kind=replace(KIND, shifts=(ten,), needs=(), limits=limits))

    def told(asked: Asked, *days: int) -> list[str]:
        cells = [cell(DAYS[n - 1], "day", "GC00") for n in days]
        return [o.words for o in check(asked, cells) if o.rule == "overtime"]

    full = (*range(7, 12), *range(14, 19), *range(21, 25))  # fourteen days of ten hours: 28 over
    assert told(one, *full, 1, 2, 3, 4) == []  # 36 over
    assert told(one, *full, 1, 2, 3, 4, 28, 29, 30, 31) == []  # the last week ends in January
    (words,) = told(one, *full, 1, 2, 3, 4, 5)
    assert "加班 38 小时，最多 36 小时" in words
    before = [cell(DAYS[0] - A_DAY, "day", "GC00")]
    assert told(replace(one, before=before), *full, 1, 2, 3, 4)  # Monday, in November
    comprehensive = replace(
        one, kind=replace(one.kind, limits=replace(limits, hours=Hours("comprehensive")))
    )
    assert told(comprehensive, *full, 1, 2, 3, 4, 5) == []


def test_what_somebody_has_by_another_kind_is_in_the_way_and_counts() -> None:
    one = RIGHT[0]

    def told(begins: datetime, ends: datetime, minutes: int = 0) -> list[tuple[str, date | None]]:
        busy = [Busy(one.staff, begins, ends, minutes, "前台白班")]
        asked = replace(
            ASKED,
            busy=busy,
            kind=replace(KIND, limits=replace(LIMITS, free=0, days=0, week_free=0)),
        )
        return [(found.rule, found.day) for found in check(asked, RIGHT)]

    begins, ends = NIGHT.span(one.day) if one.shift == "night" else DAY.span(one.day)
    hour = timedelta(hours=1)
    here = ("elsewhere", one.day)
    assert told(ends - hour, ends + hour)[0] == told(begins - hour, begins + hour)[0] == here
    assert here in told(ends, ends + hour), "no rest between"
    assert here in told(ends + 10 * hour, ends + 11 * hour)
    assert here not in told(ends + 11 * hour, ends + 12 * hour)
    assert ("hours_month", None) in told(ends + 11 * hour, ends + 12 * hour, 200 * 60)


# ---- a second reading of the same days

ALONE = Asked(KIND, MONTH, PEOPLE[:1])
PATTERNS = st.text("DN..", min_size=31, max_size=31)


@given(PATTERNS, PATTERNS, st.integers(1, 6), st.integers(1, 4), st.integers(1, 5))
def test_runs_weeks_and_days_off_are_as_a_plain_reading_has_them(
    month: str, earlier: str, days: int, nights: int, week: int
) -> None:
    before, shifts = earlier[:9], {"D": "day", "N": "night"}
    asked = limited(days=days, nights=nights, week_free=week, after_night=frozenset(), rest=0)
    asked = replace(asked, people=PEOPLE[:1], before=[
        cell(DAYS[0] - (9 - n) * A_DAY, shifts[one], "GC00")
        for n, one in enumerate(before) if one in shifts
    ])  # fmt: skip
    told = found(asked, [cell(DAYS[n], shifts[one], "GC00")
                         for n, one in enumerate(month) if one in shifts])  # fmt: skip
    whole = before + month
    worked = whole.replace("D", "x").replace("N", "x")
    runs = {n - 9 for n in range(9, 40) if "x" * (days + 1) == worked[n - days : n + 1]}
    row = {n - 9 for n in range(9, 40) if "N" * (nights + 1) == whole[n - nights : n + 1]}
    free = {n - 9 for n in range(9, 40) if worked[n - 6 : n + 1].count(".") < week}
    for rule, wrong in (("days", runs), ("nights", row), ("week_free", free)):
        first = {DAYS[n] for n in wrong if n - 1 not in wrong}
        assert {day for one, _staff, day in told if one == rule} == first
    off = month.count(".")
    assert (("free", "GC00", None) in told) == (off < 8 and off < 31)
    assert (("most_nights", "GC00", None) in told) == (month.count("N") > 8)


@given(st.permutations(RIGHT), st.permutations(PEOPLE), AT)
def test_order_changes_nothing(cells: list[Cell], people: list[Person], at: int) -> None:
    asked = replace(ASKED, people=people, leaves=[Leave("GC01", DAYS[3], DAYS[9])])
    broken = check(asked, cells[:at] + cells[at + 1 :])
    again = check(replace(asked, people=PEOPLE), sorted(cells[:at] + cells[at + 1 :]))
    assert broken == again
    assert [one.day or DAYS[-1] for one in broken] == sorted(one.day or DAYS[-1] for one in broken)


@given(AT, st.sampled_from(PEOPLE))
def test_every_fault_is_a_whole_sentence_about_it(at: int, other: Person) -> None:
    cells = [*RIGHT]
    cells[at] = cells[at]._replace(staff=other.number)
    for one in check(ASKED, cells):
        assert isinstance(one, Broken)
        assert one.words.endswith("。")
        assert one.day is None or str(one.day) in one.words
        assert not one.staff or next(
            p.name for p in PEOPLE if p.number == one.staff
        ) in one.words  # fmt: skip


# ---- what is shared out


def test_nights_weekends_and_hours_are_counted_with_the_months_before() -> None:
    asked = replace(ASKED, past={"GC00": Past(nights=5, weekends=1, holidays=2, minutes=60)},
                    holidays=frozenset({DAYS[0]}))  # fmt: skip
    shared = spread(asked, RIGHT)
    nights = {p.number: sum(c.staff == p.number and c.shift == "night" for c in RIGHT)
              for p in PEOPLE}  # fmt: skip
    assert shared["nights"].by == nights | {"GC00": nights["GC00"] + 5}
    assert shared["nights"].apart == max(shared["nights"].by.values()) - min(
        shared["nights"].by.values()
    )
    assert sum(shared["holidays"].by.values()) == 2 + 2  # two people work on the first
    assert sum(shared["minutes"].by.values()) == 60 + 31 * (480 + 900)


def test_only_people_of_the_same_availability_are_compared() -> None:
    three = [c._replace(staff="GC01") if c.staff == "GC00" else c for c in RIGHT]
    assert spread(ASKED, three)["nights"].apart > 1
    away = replace(ASKED, leaves=[Leave("GC00", DAYS[0], DAYS[-1])])
    less = {"GC00": 0, "GC01": 1, "GC02": 1, "GC03": 1}
    assert set(spread(away, three)["nights"].by) == set(less)
    lone = spread(away, [c for c in three if c.staff not in ("GC01", "GC02")])
    assert lone["nights"].apart == max(lone["nights"].by.values())


# ---- whom it knows


def test_it_knows_nothing_of_whoever_draws_rosters_up() -> None:
    rules = Path(roster_checks.__file__).parent
    for file in rules.glob("roster_*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert "rostering" not in (node.module or "")

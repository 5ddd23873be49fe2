"""Where there is no roster: which rules clash, with figures, whose leave it is, who else could."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rostering.asking import (
    DECEMBER,
    ELECTRIC,
    counter,
    day,
    guards,
    managers,
    nights,
    people,
    with_kind,
    with_limits,
)
from wuye_tui.rostering.counting import Clash, shortages
from wuye_tui.rostering.drawing import draw
from wuye_tui.rostering.explaining import NoRoster
from wuye_tui.rostering.facts import Facts
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.rosters import Asked, Cell, Fixed, Leave, Need, Person


def short(asked: Asked) -> list[Clash]:
    """What does not come out by arithmetic."""
    return shortages(Facts(asked))


# ---- by arithmetic, without the solver


@pytest.mark.clause("KF-5")
def test_three_cannot_hold_all_nights_and_days_within_the_law() -> None:
    # 31 nights of 15 hours and 31 days of 8 are 713 hours; 23 working days of 8 hours and 36 hours
    # of overtime are 220 hours each.
    with pytest.raises(NoRoster) as none:
        draw(
            nights(3), others=[*people(3, ELECTRIC), Person("P09", "高师傅", frozenset({ELECTRIC}))]
        )
    assert isinstance(none.value, Refused)
    assert none.value.clause == "KF-5"
    words = str(none.value)
    assert "2026-12 要 713 小时（日班 31 班各 8 小时、夜班 31 班各 15 小时）" in words
    assert "3 人（员工1、员工2、员工3）依法和按排班规矩合计最多 660 小时，差 53 小时" in words
    assert f"还可以请：高师傅（{ELECTRIC}）。" in words
    assert words.endswith("请他们，先把他们的岗位写进 rosters/night.toml 的 stand_in。")
    assert [one.name for one in none.value.others] == ["高师傅"]


def test_who_is_not_qualified_is_not_offered() -> None:
    with pytest.raises(NoRoster) as none:
        draw(
            with_kind(nights(3), needs=(Need("night", 1, "前台", qualifications=(ELECTRIC,)),)),
            others=[Person("P08", "学徒"), Person("P09", "高师傅", frozenset({ELECTRIC}))],
        )
    assert [one.name for one in none.value.others] == ["高师傅"]
    assert "有 31 个夜班要排，能上的 3 人" in str(none.value)
    assert "每人最多 10 个，合计 30 个，差 1 个" in str(none.value)


def test_leave_of_too_many_on_the_same_day_is_named_with_its_days() -> None:
    leaves = [Leave(f"P{n:02}", day(10), day(12)) for n in range(1, 5)]
    clash = short(nights(5, leaves=leaves))[0]
    assert clash.rule == "heads"
    assert clash.days == (day(10), day(11), day(12))
    assert clash.staff == ("P01", "P02", "P03", "P04")
    assert "12-10 至 12-12 的日班、夜班要 2 人，能上的只有 1 人" in clash.words
    assert "员工4（12-10 至 12-12）" in clash.words


def test_leave_longer_than_the_month_counts_as_the_whole_of_it() -> None:
    leaves = [Leave("P01", day(20).replace(month=11), day(9).replace(year=2027, month=2))]
    clashes = short(nights(4, leaves=leaves))
    assert {one.rule for one in clashes} >= {"minutes"}
    assert all("员工1（11-20 至 02-09）" in one.words for one in clashes)


def test_a_need_that_nobody_is_qualified_for_says_what_is_asked() -> None:
    needs = (Need("night", 1, "前台", qualifications=("高压电工作业证",)),)
    (clash, *_rest) = short(with_kind(nights(5), needs=needs))
    assert clash.rule == "heads"
    assert "能上的只有 0 人；要有高压电工作业证。" in clash.words


def test_days_off_that_do_not_come_out() -> None:
    rules = {one.rule for one in short(with_limits(nights(4, leaves=[]), free=16, most_nights=0))}
    assert "free" in rules
    assert short(nights(5)) == []


# ---- by the solver


def clashing(asked: Asked) -> NoRoster:
    pytest.importorskip("ortools", reason="the solver is an extra that an office installs")
    assert short(asked) == []  # or it would not be the solver that finds it
    with pytest.raises(NoRoster) as none:
        draw(asked, 20)
    return none.value


def test_rules_that_contradict_are_told_and_no_others() -> None:
    fixed = (Fixed("P01", "day", frozenset(range(7))),)
    (clash,) = clashing(with_kind(with_limits(nights(6), free=4, week_free=0), fixed=fixed)).clashes
    assert clash.staff == ("P01",)
    assert "员工1 固定要上的班" in clash.words
    assert "员工2" not in clash.words
    assert "放宽其中任何一条就不再冲突" in clash.words


def test_whose_leave_makes_it_so_is_named() -> None:
    leaves = [Leave(f"P{n:02}", day(10), day(12)) for n in range(1, 5)]
    (clash,) = clashing(managers(5, leaves=leaves)).clashes
    assert {"P01", "P02", "P03", "P04"} <= set(clash.staff)
    assert "员工2 12-10 至 12-12 不在" in clash.words
    assert "休息岗每天要 1 人" in clash.words or "工作岗每天要 1 人" in clash.words


def test_a_night_before_the_month_may_be_what_is_in_the_way() -> None:
    before = [Cell(day(30).replace(month=11), "night", "前台", f"P{n:02}") for n in (1, 2, 3, 4)]
    (clash,) = clashing(nights(5, before=before)).clashes
    assert "夜班第二天不上班" in clash.words or "至少休息" in clash.words


def test_guards_of_whom_too_few_may_watch() -> None:
    asked = guards(18)
    able = [one for one in asked.people if one.qualifications]
    few = [
        one if one in able[:3] else replace(one, qualifications=frozenset()) for one in asked.people
    ]
    (clash, *_rest) = short(replace(asked, people=few))
    assert f"{DECEMBER} 要 744 小时" in clash.words
    assert "能上的 3 人（员工1、员工4、员工7）" in clash.words


def test_overtime_of_the_weeks_is_told_where_it_is_what_clashes() -> None:
    # Six days of eight and a half hours are 11 hours over a week of forty; four weeks are 44.
    leaves = [Leave("P01", day(n), day(n + 5)) for n in (7, 14, 21)] + [
        Leave("P01", day(1), day(5))
    ]
    before = [Cell(date(2026, 11, 30), "day", "柜台", "P02")]
    asked = counter(2, 510, leaves=leaves, before=before)
    with pytest.raises(NoRoster) as none:
        draw(asked)
    assert "每天 8 小时、每周 40 小时以外，每人每月依法最多加班 36 小时" in str(none.value)
    fewer = replace(asked, leaves=leaves[:-1])
    assert draw(fewer).cells

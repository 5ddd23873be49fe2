"""Days that a person reads at once: a month alone, and years of two digits."""

from datetime import date

import pytest

from tests.intake.books import book
from wuye_tui.intake.sheets import read_rows

NAMES = ("房号", "姓名", "入住日期", "迁出日期")


def people(path, *days):
    rows = [(f"3-1-{101 + at}", "仇英", *pair) for at, pair in enumerate(days)]
    return read_rows(book(path / "p.xlsx", [NAMES, *rows]), "people")


@pytest.mark.parametrize(
    "said",
    ["2018年5月", "2018-5", "2018.5", "2018/05", "2018年05月份", "２０１８年５月", "18年5月"],
)
def test_a_month_begins_with_its_first_day_and_ends_with_its_last(tmp_path, said):
    intake = people(tmp_path, (said, said))
    assert not intake.bad, intake.bad
    assert [(row.since, row.until) for row in intake.good] == [
        (date(2018, 5, 1), date(2018, 5, 31))
    ]
    assert [(one.column, "第一天" in one.reason) for one in intake.told] == [
        ("入住日期", True),
        ("迁出日期", False),
    ]


def test_that_months_are_taken_for_days_is_told_once_a_column(tmp_path):
    intake = people(tmp_path, *(("2024年2月", "") for _row in range(5)))
    assert {row.since for row in intake.good} == {date(2024, 2, 1)}
    assert [(one.row_number, one.column) for one in intake.told] == [(2, "入住日期")]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("18-5-3", date(2018, 5, 3)),
        ("18.5.3", date(2018, 5, 3)),
        ("21/06/07", date(2021, 6, 7)),
        ("99-12-31", date(1999, 12, 31)),
        ("69-1-1", date(2069, 1, 1)),
        ("70-1-1", date(1970, 1, 1)),
    ],
)
def test_a_short_year_is_one_where_the_other_days_begin_with_the_year(tmp_path, said, day):
    intake = people(tmp_path, (said, ""), ("2020.5.18", ""))
    assert not intake.bad, intake.bad
    assert intake.good[0].since == day
    assert [(one.row_number, one.column) for one in intake.told] == [(2, "入住日期")]


def test_a_short_year_with_its_word_needs_no_other_days(tmp_path):
    assert people(tmp_path, ("18年5月3日", "")).good[0].since == date(2018, 5, 3)


@pytest.mark.parametrize("others", [(), (("21-6-7", ""),), (("2020.5.18", ""), ("3/5/2018", ""))])
def test_a_short_year_is_not_guessed_where_nothing_says_which_number_it_is(tmp_path, others):
    intake = people(tmp_path, ("18-5-3", ""), *others)
    first = intake.bad[0]
    assert (first.row_number, first.column) == (2, "入住日期")
    assert "四位" in first.reason


def test_the_days_of_another_column_say_nothing(tmp_path):
    intake = people(tmp_path, ("18-5-3", "2020-01-01"))
    assert [bad.column for bad in intake.bad] == ["入住日期"]


@pytest.mark.parametrize("said", ["2018年13月", "2018-0", "1018年5月", "18-13-3", "18.5", 2018.5])
def test_what_is_neither_a_day_nor_a_month_is_refused(tmp_path, said):
    intake = people(tmp_path, (said, ""), ("2020-05-18", ""))
    assert [bad.row_number for bad in intake.bad] == [2]
    assert "2027-06-30" in intake.bad[0].reason


def test_whoever_left_within_a_month_left_on_its_last_day(tmp_path):
    names = ("工号", "姓名", "岗位", "离职日期")
    rows = [
        names,
        ("KF01", "仇英", "客服主管", "2025年8月"),
        ("KF02", "唐寅", "客服主管", "2025-02"),
    ]
    intake = read_rows(book(tmp_path / "s.xlsx", rows), "staff")
    assert [row.left for row in intake.good] == [date(2025, 8, 31), date(2025, 2, 28)], intake.bad


def test_a_warranty_until_a_month_lasts_to_its_end(tmp_path):
    rows = [("房号", "保修期至"), ("3-1-502", "2027-6")]
    intake = read_rows(book(tmp_path / "u.xlsx", rows), "units")
    assert [row.warranty_until for row in intake.good] == [date(2027, 6, 30)], intake.bad

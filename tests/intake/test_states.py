"""A column 状态 of people: 已退租 closes whoever it is about, and nothing else there does.

- with a day of leaving, or the end of the lease, the person is closed; without one refused
- 已退租 is meant of the tenant beside the owner, 已售 of the owner
- words about homes and works say nothing of people, and the column is then left alone
"""

from datetime import date

import pytest

from tests.intake.books import book
from tests.intake.test_messy_sheets import people
from wuye_tui.intake.sheets import read_rows
from wuye_tui.intake.terms import PersonRole

OWNER, TENANT, FAMILY = PersonRole.OWNER, PersonRole.TENANT, PersonRole.FAMILY
FEBRUARY = date(2023, 2, 28)
LIVING = [("1-1-401", "仇英", "", "自住"), ("1-1-402", "唐寅", "", "自住")]
LEASES = ("房号", "业主", "承租人", "承租人电话", "起租日期", "到期日", "状态")
LEASE = ("1-1-302", "刘丽辉", "袁娜", "18690531520", "2022.3.1", "2023.2.28")


def said(intake):
    return [(row.name, row.role, row.until, row.gone) for row in intake.good]


def test_a_lease_that_was_given_up_ended_on_its_last_day(tmp_path):
    still = ("1-2-604", "黄军", "何桂华", "18697698731", "2022.3.1", "长期", "在租")
    intake = people(tmp_path, LEASES, (*LEASE, "已退租"), still)
    assert said(intake) == [
        ("刘丽辉", OWNER, None, False),
        ("袁娜", TENANT, FEBRUARY, True),
        ("黄军", OWNER, None, False),
        ("何桂华", TENANT, None, False),
    ], intake.bad
    assert intake.unknown_columns == ()


@pytest.mark.parametrize("word", ["在租", "装修中", "", "空置", "搬", "已入住", "已搬入"])
def test_other_words_leave_the_column_alone(tmp_path, word):
    intake = people(tmp_path, LEASES, (*LEASE, word))
    assert [until for _name, _role, until, _gone in said(intake)] == [None, None]
    assert intake.unknown_columns == ("到期日", "状态")


@pytest.mark.parametrize("word", ["已退租", "退房", "已搬", "搬走了", "已迁出", "(已退租)"])
def test_whoever_has_gone_without_a_day_is_refused(tmp_path, word):
    names, row = ("房号", "租户姓名", "电话", "状态"), ("1-1-302", "袁娜", "18690531520", word)
    intake = people(tmp_path, names, row, ("1-1-303", "吕磊", "", "在住"))
    assert [(bad.row_number, bad.column, bad.value) for bad in intake.bad] == [(2, "状态", word)]
    assert "迁出日期" in intake.bad[0].reason
    assert [row.name for row in intake.good] == ["吕磊"]


def test_a_day_of_leaving_counts_before_the_end_of_the_lease(tmp_path):
    names = ("房号", "租户姓名", "到期日期", "退租日期", "状态")
    rows = [("1-1-302", "袁娜", "2027-01-01", "2023-02-28", "已退租")]
    rows += [("1-1-303", "吕磊", "长期", "", "已退租")]
    intake = people(tmp_path, names, *rows)
    assert said(intake) == [("袁娜", TENANT, FEBRUARY, True)]
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(3, "状态")]


def test_a_list_that_says_no_roles_is_of_tenants_where_they_give_leases_up(tmp_path):
    names = ("房号", "姓名", "到期日", "状态")
    intake = people(tmp_path, names, ("1-1-302", "袁娜", "2023.2.28", "已退租"))
    assert said(intake) == [("袁娜", TENANT, FEBRUARY, True)]


def test_a_home_that_was_given_up_by_its_tenant_keeps_its_owner(tmp_path):
    intake = people(tmp_path, ("房号", "业主姓名", "状态"), ("1-1-302", "刘丽辉", "已退租"))
    assert said(intake) == [("刘丽辉", OWNER, None, False)], intake.bad


def test_a_member_who_has_moved_leaves_the_owner(tmp_path):
    names = ("房号", "户主", "成员姓名", "迁出日期", "状态")
    intake = people(tmp_path, names, ("1-1-302", "刘丽辉", "袁娜", "", "已搬走"))
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(2, "状态")]
    intake = people(tmp_path, names, ("1-1-302", "刘丽辉", "袁娜", "2023-02-28", "已搬走"))
    assert said(intake) == [("刘丽辉", OWNER, None, False), ("袁娜", FAMILY, FEBRUARY, True)]


def test_an_owner_who_has_sold_is_closed(tmp_path):
    names = ("房号", "业主姓名", "迁出日期", "状态")
    sold = ("1-1-302", "刘丽辉", "2023-02-28", "已售")
    intake = people(tmp_path, names, sold, *LIVING)
    assert said(intake)[0] == ("刘丽辉", OWNER, FEBRUARY, True)


@pytest.mark.parametrize("last", ["已售", "未售"])
def test_a_list_of_sales_says_who_has_bought(tmp_path, last):
    names = ("房号", "业主姓名", "状态")
    rows = [("1-1-401", "仇英", "已售"), ("1-1-402", "唐寅", "已售"), ("1-1-403", "文徵明", last)]
    intake = people(tmp_path, names, *rows)
    assert [row.name for row in intake.good] == ["仇英", "唐寅", "文徵明"], intake.bad
    assert intake.unknown_columns == ("状态",)


def test_homes_with_their_people_are_still_a_list_of_homes(tmp_path):
    rows = [("房号", "姓名", "电话", "状态"), ("1-1-401", "仇英", "13800001007", "自住")]
    assert len(read_rows(book(tmp_path / "u.xlsx", rows), "units").good) == 1


def test_the_end_of_a_lease_may_be_a_month_alone(tmp_path):
    """Its last day is meant, and that is told once."""
    rows = [(*LEASE[:4], "2022年3月", "2023年2月", "已退租"), ("1-1-303", *LEASE[1:], "已退租")]
    intake = people(tmp_path, LEASES, *rows)
    assert [one.until for one in intake.good if one.role is TENANT] == [FEBRUARY, FEBRUARY]
    assert [told.column for told in intake.told] == ["起租日期", "到期日"]

"""Days and telephones come to whom they belong: leases are tenants', taking over is owners'."""

from datetime import date

import pytest

from tests.intake.test_messy_sheets import people
from wuye_tui.intake.errors import DayOfNobody, FileRefused
from wuye_tui.intake.terms import PersonRole

OWNER, TENANT = PersonRole.OWNER, PersonRole.TENANT
MAY, JUNE = date(2023, 5, 1), date(2024, 6, 30)


def said(intake):
    return [(row.name, row.role, row.phone, row.since, row.until) for row in intake.good]


def test_the_days_of_a_lease_are_the_tenant_s(tmp_path):
    names = ("序号", "房号", "业主姓名", "租户姓名", "租户电话", "起租日期", "到期日期", "退租日期")
    row = (1, "1-1-701", "陶凤英", "吕磊", "17787139191", "2023-05-01", "2026-08-11", "2024-06-30")
    intake = people(tmp_path, names, row)
    assert said(intake) == [
        ("陶凤英", OWNER, "", None, None),
        ("吕磊", TENANT, "17787139191", MAY, JUNE),
    ], intake.bad
    assert intake.columns["until"] == "退租日期"
    assert intake.unknown_columns == ("序号", "到期日期")


@pytest.mark.parametrize("day", ["收房日期", "入伙时间", "交房日期", "业主收房日期"])
def test_the_day_of_taking_over_is_the_owner_s(tmp_path, day):
    names = ("房号", "租户姓名", "业主姓名", day, "起租日期")
    intake = people(tmp_path, names, ("1-1-701", "吕磊", "陶凤英", "2023-05-01", "2024-06-30"))
    assert said(intake) == [("吕磊", TENANT, "", JUNE, None), ("陶凤英", OWNER, "", MAY, None)]


def test_people_of_whom_a_list_says_only_their_leases_are_tenants(tmp_path):
    intake = people(tmp_path, ("房号", "姓名", "起租日期"), ("1-1-701", "吕磊", "2023-05-01"))
    assert said(intake) == [("吕磊", TENANT, "", MAY, None)]


@pytest.mark.parametrize(
    ("name", "day", "role"), [("业主姓名", "退租日期", "租客"), ("租户姓名", "收房日期", "业主")]
)
def test_a_day_of_nobody_refuses_the_file(tmp_path, name, day, role):
    with pytest.raises(DayOfNobody, match=f"{day}.*{role}"):
        people(tmp_path, ("房号", name, day), ("1-1-701", "吕磊", "2023-05-01"))


def test_two_beginnings_of_one_person_refuse_the_file(tmp_path):
    with pytest.raises(FileRefused):
        people(tmp_path, ("房号", "姓名", "起租日期", "收房日期"), ("1-1-701", "吕磊", "", ""))


def test_beside_a_column_of_roles_a_lease_holds_for_tenants_alone(tmp_path):
    names = ("房号", "姓名", "身份", "起租日期")
    rows = [("1-1-701", "吕磊", "租户", "2023-05-01"), ("1-1-701", "陶凤英", "业主", "")]
    intake = people(tmp_path, names, *rows, ("1-1-702", "仇英", "业主", "2023-05-01"))
    assert said(intake) == [("吕磊", TENANT, "", MAY, None), ("陶凤英", OWNER, "", None, None)]
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(4, "起租日期")]
    assert "租客" in intake.bad[0].reason


def test_a_telephone_is_theirs_behind_whose_name_it_stands(tmp_path):
    names = ("房号", "业主姓名", "联系电话", "租户姓名", "手机")
    intake = people(tmp_path, names, ("1-1-701", "陶凤英", "13800001007", "吕磊", "13900002222"))
    assert [(row.name, row.phone) for row in intake.good] == [
        ("陶凤英", "13800001007"),
        ("吕磊", "13900002222"),
    ]


@pytest.mark.parametrize(
    "columns",
    [
        ("装修公司", "负责人", "电话"),
        ("施工单位", "现场负责人", "联系电话"),
        ("装修公司", "联系人", "手机"),
        ("租金", "中介", "电话"),
        ("备注", "经办人", "联系方式"),
    ],
)
def test_a_telephone_behind_a_stranger_is_not_the_owner_s(tmp_path, columns):
    names = ("房号", "业主", *columns)
    intake = people(tmp_path, names, ("1-1-701", "陶凤英", "业之峰", "吕磊", "13829233451"))
    assert said(intake) == [("陶凤英", OWNER, "", None, None)], intake.bad
    assert intake.unknown_columns == columns


def test_a_telephone_before_a_stranger_stays_the_owner_s(tmp_path):
    names = ("房号", "业主", "电话", "装修公司", "负责人", "电话")
    row = ("1-1-701", "陶凤英", "13800001007", "业之峰", "吕磊", "13829233451")
    assert [(one.name, one.phone) for one in people(tmp_path, names, row).good] == [
        ("陶凤英", "13800001007")
    ]


@pytest.mark.parametrize("name", ["工作单位", "车位", "户型"])
def test_a_telephone_behind_something_else_is_one_s_own(tmp_path, name):
    intake = people(
        tmp_path, ("房号", "姓名", name, "电话"), ("1-1-701", "仇英", "x", "13800001007")
    )
    assert [one.phone for one in intake.good] == ["13800001007"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("原电话", "新电话"), ("旧电话", "新号码"), ("电话", "新电话"), ("原手机", "变更后电话")],
)
def test_of_an_old_and_a_new_telephone_the_new_one_counts(tmp_path, old, new):
    row = ("1-1-701", "仇英", "13800001007", "13900002222")
    intake = people(tmp_path, ("房号", "姓名", old, new), row)
    assert [(one.phone, one.renewed) for one in intake.good] == [("13900002222", True)]
    assert intake.unknown_columns == (old,)


def test_whose_new_telephone_it_is_may_be_said(tmp_path):
    row = ("1-1-701", "陶凤英", "吕磊", "13900002222")
    intake = people(tmp_path, ("房号", "业主姓名", "租户姓名", "业主新电话"), row)
    assert [(one.name, one.phone) for one in intake.good] == [
        ("陶凤英", "13900002222"),
        ("吕磊", ""),
    ]


def test_a_day_of_owners_that_is_left_alone_keeps_no_day_from_tenants(tmp_path):
    names = ("房号", "姓名", "身份", "收房日期", "入住日期")
    intake = people(tmp_path, names, ("1-1-701", "吕磊", "租客", "", "2023-05-01"))
    assert [row.since for row in intake.good] == [date(2023, 5, 1)], intake.bad
    assert intake.unknown_columns == ("收房日期",)

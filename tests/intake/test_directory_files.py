"""Files of telephone numbers: short ones and extensions are good, what nobody can dial is not."""

from pathlib import Path

import pytest

import data
from wuye_tui.intake.sheets import read_rows
from wuye_tui.reference import Reference
from wuye_tui.rules.directory import Group

OURS = Path(data.__file__).parent / "directory.csv"


def entries(folder: Path, *rows: str, head: str = "名称,类别,电话,备用电话,时间,备注"):
    file = folder / "numbers.csv"
    file.write_text("\n".join([head, *rows]), "utf-8")
    return read_rows(file, "directory")


@pytest.mark.clause("XX-4.1.4")
def test_every_number_that_comes_with_wuye_can_be_dialled():
    intake = read_rows(OURS, "directory")
    assert intake.bad == ()
    assert {row.kind for row in intake.good} == set(Group)


@pytest.mark.clause("XX-4.1.4")
def test_every_name_on_an_emergency_card_is_in_the_directory():
    names = {row.name for row in read_rows(OURS, "directory").good}
    cards = Reference().emergencies.values()
    assert {call.entry for card in cards for call in card.call if call.entry} <= names


@pytest.mark.parametrize(
    ("phone", "read"),
    [
        ("110", "110"),
        ("95598", "95598"),
        ("8001", "8001"),
        ("400-820-8820", "400-820-8820"),
        ("１２３４５", "12345"),
        ("023 5550 1001", "023-55501001"),
        ("023-55501001", "023-55501001"),
        ("138 0000 1234", "13800001234"),
        ("027-8888999", ""),
        ("0571-8888999", "0571-8888999"),
        ("12", ""),
        ("0110", ""),
        ("请查114", ""),
    ],
)
def test_a_number_is_read_as_it_is_dialled(tmp_path, phone, read):
    intake = entries(tmp_path, f"供水,水电气暖,{phone},,,")
    assert [row.phone for row in intake.good] == ([read] if read else [])
    assert len(intake.bad) == (0 if read else 1)


def test_a_name_stands_once_and_needs_its_number(tmp_path):
    intake = entries(tmp_path, "供水,水电气暖,96001,,,", "供水,水电气暖,96002,,,", "供热,,,,,")
    assert [row.phone for row in intake.good] == ["96001"]
    assert {bad.row_number for bad in intake.bad} == {3, 4}


def test_groups_and_columns_go_by_the_names_that_offices_use(tmp_path):
    intake = entries(tmp_path, "迅达电梯,维保,8008", head="单位名称,分类,联系电话")
    assert [(row.name, row.kind, row.phone) for row in intake.good] == [
        ("迅达电梯", Group.MAKER, "8008")
    ]
    assert entries(tmp_path, "迅达电梯,朋友,8008").bad[0].value == "朋友"


@pytest.mark.parametrize(
    ("typed", "group"),
    [("外协", Group.SERVICE), ("政府部门", Group.AUTHORITY), ("物业内部", Group.INSIDE)],
)
def test_what_offices_call_a_group_is_understood(tmp_path, typed, group):
    intake = entries(tmp_path, f"迅达电梯,{typed},8008,,,")
    assert ([row.kind for row in intake.good], intake.told) == ([group], ())


def test_a_group_that_may_mean_several_of_ours_is_told_once(tmp_path):
    intake = entries(
        tmp_path, "供水,公共服务,96001,,,", "供电,公共服务,95598,,,", "家政,便民,8008,,,"
    )
    assert [row.kind for row in intake.good] == [Group.UTILITY, Group.UTILITY, Group.SERVICE]
    assert [(told.value, told.reason) for told in intake.told] == [
        ("公共服务", "这一类按「水电气暖」登记。"),
        ("便民", "这一类按「外部服务」登记。"),
    ]

"""Somebody new in a home where others live already: what a person should look at is told."""

from pathlib import Path

import pytest

from tests.registers.test_imports import File
from wuye_tui.desk import Desk

PHONE, OTHER = "13800001007", "13900002222"
NAMES = ("房号", "业主姓名", "电话")


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> File:
    file = File(desk, tmp_path)
    file.bring("units", ("房号",), ("9-1-501",), ("9-1-502",))
    file.bring("people", NAMES, ("9-1-501", "余子涵", PHONE))
    return file


def told(plan):
    return [(one.row_number, one.column) for one in plan.told]


def test_another_name_with_the_same_telephone_may_be_a_new_name(file: File) -> None:
    plan = file.plan("people", NAMES, ("9-1-501", "余晓燕", PHONE))
    assert told(plan) == [(2, "业主姓名")]
    assert "余子涵" in plan.told[0].reason
    assert "迁出日期" in plan.told[0].reason


@pytest.mark.parametrize(
    "rows",
    [
        [("9-1-501", "余晓燕", OTHER)],
        [("9-1-501", "余晓燕", "")],
        [("9-1-502", "余晓燕", PHONE)],
        [("9-1-501", "余子涵", PHONE), ("9-1-501", "余晓燕", PHONE)],
        [("9-1-501", "余子涵", PHONE)],
    ],
)
def test_neighbours_families_and_the_same_again_are_no_new_names(file: File, rows) -> None:
    assert told(file.plan("people", NAMES, *rows)) == []


def test_whoever_has_moved_out_is_not_asked_about(file: File) -> None:
    names = (*NAMES, "迁出日期")
    file.bring("people", names, ("9-1-501", "余子涵", PHONE, "2020-01-01"))
    assert told(file.plan("people", NAMES, ("9-1-501", "余晓燕", PHONE))) == []


def test_a_padded_name_is_the_one_in_the_register(file: File) -> None:
    plan = file.plan("people", NAMES, ("9-1-502", "李　静", OTHER))
    file.apply(plan)
    assert file.bring("people", NAMES, ("9-1-502", "李静女士", OTHER)) == (0, 0, 1)


PLAIN = ("房号", "姓名", "电话")


def test_an_owner_beside_another_only_by_default_is_told(file: File) -> None:
    plan = file.plan("people", PLAIN, ("9-1-501", "沈周", OTHER), ("9-1-502", "唐寅", ""))
    assert told(plan) == [(2, "姓名")]
    assert "余子涵" in plan.told[0].reason
    assert "身份" in plan.told[0].reason
    assert [(one.field, one.new) for one in plan.found.fresh] == [("role", "owner")] * 2


def test_whoever_is_said_to_be_an_owner_is_not_asked_about(file: File) -> None:
    assert told(file.plan("people", NAMES, ("9-1-501", "沈周", OTHER))) == []
    assert told(file.plan("people", PLAIN, ("9-1-501", "沈周(业主)", OTHER))) == []
    names = (*PLAIN, "身份")
    assert told(file.plan("people", names, ("9-1-501", "沈周", OTHER, "业主"))) == []
    assert told(file.plan("people", PLAIN, ("9-1-501", "余子涵", OTHER))) == []

"""A price list without numbers: the same name has the same number in every import."""

from pathlib import Path

import pytest

from tests.registers.test_imports import TARIFF, File
from wuye_tui.desk import Desk
from wuye_tui.registers.tariff import list_tariff

NAMES = ("项目", "单价")


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> File:
    return File(desk, tmp_path)


def codes(file: File) -> dict[str, str]:
    return {item["name"]: item["code"] for item in list_tariff(file.desk)}


def test_items_keep_their_numbers_whatever_their_order(file: File) -> None:
    assert file.bring("tariff", NAMES, ("打蜡", "15"), ("清洗", "80"))[0] == 2
    before = codes(file)
    assert (before["打蜡"], before["清洗"]) == ("TF-01", "TF-02")
    assert file.bring("tariff", NAMES, ("清洗", "80"), ("代收", "0"), ("打蜡", "15")) == (1, 0, 2)
    assert codes(file) == {**before, "代收": "TF-03"}
    assert file.bring("tariff", NAMES, ("清洗", "90")) == (0, 1, 0)


def test_an_item_of_the_register_keeps_its_own_number(file: File) -> None:
    file.bring("tariff", TARIFF, ("TF-01", "换阀", "给水", "个", "25", "", ""))
    assert file.bring("tariff", NAMES, ("换阀", "30"), ("打蜡", "15")) == (1, 1, 0)
    assert (codes(file)["换阀"], codes(file)["打蜡"]) == ("TF-01", "TF-02")


def test_a_name_that_two_items_have_is_refused(file: File) -> None:
    for code in ("Q-01", "Q-02"):
        file.bring("tariff", TARIFF, (code, "换阀", "给水", "个", "25", "", ""))
    plan = file.plan("tariff", NAMES, ("换阀", "30"))
    assert ["Q-01、Q-02" in bad.reason for bad in plan.bad] == [True]

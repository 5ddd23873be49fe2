"""Which warning sign a job needs, and where the worker is reminded of it (BZ-4.2)."""

import pytest

from tests.factories import a_repair
from wuye_tui.desk import Desk
from wuye_tui.reference import Reference
from wuye_tui.registers.views import show
from wuye_tui.rules.lifecycle import NEW
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.signs import WarningSign, signs_for, spoken_of

pytestmark = pytest.mark.clause("BZ-4.2")


def signs_of(text: str, **facts: str) -> list[str]:
    return [one.sign for one in signs_for(Reference().signs, {"text": text, **facts})]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("2号电梯异响", "电梯例行检查"),
        ("配电箱跳闸", "有人工作，禁止合闸"),
        ("大堂天花板漏水", "小心地滑"),
        ("单元门补漆", "油漆未干"),
        ("垃圾房灭鼠", "消杀作业进行中"),
        ("公共卫生间马桶堵", "暂停使用"),
        ("外墙瓷砖脱落", "危险勿近"),
    ],
)
def test_each_kind_of_work_of_the_regulation_has_its_sign(text: str, sign: str) -> None:
    assert sign in signs_of(text, place="大堂")


def test_a_home_is_not_closed_off_for_a_wet_kitchen_but_its_switch_is_hung_with_a_sign() -> None:
    home = {"unit": "3-1-502", "charge": "paid"}
    assert signs_of("厨房漏水", **home) == []
    assert signs_of("跳闸推不上去", **home) == ["有人工作，禁止合闸"]


def test_what_needs_none_is_told_none() -> None:
    assert signs_of("门锁松了", place="大堂") == []


def test_several_signs_come_each_once_in_the_order_of_the_table() -> None:
    two = [WarningSign("甲", "门口", ("灯", "开关")), WarningSign("乙", "门口", ("水",), True)]
    facts = {"text": "开关进水，灯不亮", "place": "大堂"}
    assert [one.sign for one in signs_for(two, facts)] == ["甲", "乙"]


def test_it_is_spoken_of_only_when_somebody_sets_out_or_begins() -> None:
    spoken = {row.verb for row in procedure("repair").rows if spoken_of(row.verb)}
    assert spoken == {"assign", "take", "arrive", "agree"}
    assert not spoken_of(NEW)


def test_the_slip_names_the_sign(desk: Desk) -> None:
    number = a_repair(desk, unit="", place="5栋大堂", text="大堂漏水", upto="registered")
    assert show(desk, number).as_dict()["signs"] == [
        {"sign": "小心地滑", "where": "放在湿的地面两头，大堂、楼梯、车道都要放"}
    ]

"""What a typed line is read back as, without a terminal around it.

* a sentence for each doubt
* where a number alone may be: which building
* whose telephone stands there
"""

import pytest

from screens.line_words import no_join, question, understood_lines
from tests.factories import a_repair, walk_to
from tests.registers.lines_taken import typed as typed_down
from wuye_tui.desk import Desk
from wuye_tui.registers.hearing import understand
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Tariff


def _asked(desk: Desk, typed: str) -> str:
    line = question(understand(desk, typed), 0, desk.now(), desk.zone, 76)
    return line.text if line else ""


def _read(desk: Desk, typed: str) -> str:
    found = understand(desk, typed)
    lines = understood_lines(found, 0, desk.now(), desk.zone, 110, {})
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("3-1-502 灯坏 25点", "没有这样的时间"),
        ("3-1-502 灯坏 明天9点75分", "没有这样的时间"),
        ("3-1-502 灯坏 昨天9点", "已经过去"),
        ("3-1-502 灯坏 昨晚就坏了", ""),
        ("3-1-5O2 灯坏", "是 3-1-502 吗"),
        ("3-1-502 水管", "怎么了"),
        ("3-1-502 灯坏 不急", "什么时候来方便"),
        ("3-1-502 灯坏 别明天来", "什么时候来方便"),
        ("3-1-502 灯坏 不急 周六来", ""),
        ("大堂灯坏", "哪一栋、哪个单元"),
        ("9栋2单元 灯坏", "没有「9栋2单元」"),
        ("502 灯坏", "哪一栋？ >3-1-502   3-2-502 "),
        ("3栋502 灯坏", "哪一套？ >3-1-502   3-2-502 "),
    ],
)
def test_what_has_to_be_asked_is_one_sentence(desk: Desk, typed: str, asked: str) -> None:
    said = _asked(desk, typed)
    assert asked in said
    assert bool(said) == bool(asked)


def test_who_is_in_no_hurry_is_not_read_back_as_at_once(desk: Desk) -> None:
    for words in ("不急", "明天没人", "有空来看"):
        assert "尽快" not in _read(desk, f"3-1-502 灯坏 {words}")
    assert "尽快" in _read(desk, "3-1-502 灯坏")


def test_what_the_night_costs_on_top_is_read_back(desk: Desk) -> None:
    def publish(act: Act) -> Result:
        row = {"code": "FW-01", "name": "夜间加收(20-8时)", "price": 300_000, "keys": ""}
        act.add(Tariff(site=act.site, keywords="", **row))
        return {}

    desk.perform("seed", publish)
    assert "夜间加收(20-8时) 30.00元" in _read(desk, "3-1-502 灯坏 今晚9点来")
    assert "夜间" not in _read(desk, "3-1-502 灯坏 明天9点来")


def test_a_number_that_one_unit_has_is_read_back_as_that_unit(desk: Desk) -> None:
    assert "12-1-1203" in _read(desk, "1203 灯坏")
    assert "马超 业主" in _read(desk, "1203 灯坏")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3-1-502 灯坏", "138****1234"),
        ("3-1-502 陈先生 灯坏", "138****1234"),
        ("3-1-502 租客小李 灯坏", ""),
        ("3-1-502 王女士 灯坏", ""),
        ("3-1-502 中介小王 13912345678 灯坏", "139****5678"),
        ("3-1-502 业主问厨房灯坏了", "138****1234"),
        ("3-1-502 租客 灯坏", ""),
    ],
)
def test_nobody_is_shown_with_anothers_telephone(desk: Desk, typed: str, shown: str) -> None:
    read = _read(desk, typed)
    assert shown in read
    assert ("****" in read) == bool(shown)


def _no_join(desk: Desk, typed: str) -> str:
    return no_join(understand(desk, typed))


def test_the_slip_that_may_be_joined_is_named_and_no_other(desk: Desk) -> None:
    a_repair(desk, text="厨房漏水")
    a_repair(desk, text="水管漏水")
    assert "未结2张 F9 并入 PG-002 水管漏水" in _read(desk, "3-1-502 卫生间漏水")
    read = _read(desk, "3-1-502 门锁坏了")
    assert "未结2张 PG-001 PG-002" in read
    assert "F9" not in read


def test_why_nothing_is_joined_is_said(desk: Desk) -> None:
    assert "没有可以并入" in _no_join(desk, "3-1-502 门锁坏了")
    number = a_repair(desk, text="厨房漏水")
    assert "都不是同一件事" in _no_join(desk, "3-1-502 门锁坏了")
    assert "紧急的事不并入" in _no_join(desk, "3-1-502 厨房着火了")
    assert "不是报修" in _no_join(desk, "3-1-502 问物业费")
    walk_to(desk, number, "finished")
    assert "都修完了" in _no_join(desk, "3-1-502 厨房又漏水")


def test_theft_is_read_back_with_110_and_the_guards(desk: Desk) -> None:
    read = _read(desk, "有小偷 5栋地下室")
    for words in ("治安", "先打 110", "5栋地下室", "派给秩序维护部"):
        assert words in read
    assert "110" not in _read(desk, "3-1-502 门锁坏了")


def test_the_owner_who_is_said_to_call_is_named(desk: Desk) -> None:
    assert "陈立 业主" in _read(desk, "3-1-502 业主问厨房灯坏了")


def test_a_car_without_a_plate_asks_for_it_and_for_the_guards(desk: Desk) -> None:
    read = _read(desk, "有车堵在5栋门口 挪车")
    assert "挪车  5栋" in read
    assert "车牌多少？问不到就请保安到车前看" in read
    assert "F61902 没有登记，请保安到车前看" in _read(desk, "挪车 F61902")


def test_an_end_that_no_number_has_asks_for_the_room(desk: Desk) -> None:
    assert _asked(desk, "尾号1031 马桶堵了") == "没找到尾号 1031，请问房号。"


def test_a_supply_that_is_off_without_a_notice_is_read_back(desk: Desk) -> None:
    assert "现在没有停水通知：先问工程部，再 F10「登记变化」" in _read(desk, "3-1-502 怎么停水了")
    assert "没有停水通知" not in _read(desk, "3-1-502 没水了")
    for line in ("3-1-501 没水了", "3-2-502 停水了吗"):
        typed_down(desk, line)
    for line in ("3-1-502 没水了", "3-1-502 怎么停水了"):
        assert "一小时内已有 3 户问停水：请报工程部并登记通知" in _read(desk, line)


@pytest.mark.parametrize("typed", ["陈先生 灯坏", "尾号1234 灯坏", "13800001234 灯坏"])
def test_the_only_home_that_may_be_meant_is_a_yes_or_no(desk: Desk, typed: str) -> None:
    assert _asked(desk, typed) == "是 3-1-502 吗？ Enter就是它"

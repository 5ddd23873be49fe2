"""A line as it is heard: the channel that its first word names, the notice that it asks about."""

import pytest

from tests.factories import started
from wuye_tui.desk import Desk
from wuye_tui.registers import hearing, notices
from wuye_tui.rules.channels import first_word
from wuye_tui.rules.units_text import What


@pytest.mark.parametrize(
    ("line", "channel", "rest"),
    [
        ("微信 3-1-502 漏水", "wechat", "3-1-502 漏水"),
        ("微信：3-1-502 漏水", "wechat", "3-1-502 漏水"),
        ("  群里\u3000没水", "group", "没水"),
        ("微信群 没水", "group", "没水"),
        ("12345 3-1-502 垃圾没清", "12345", "3-1-502 垃圾没清"),
        ("来访 陈立 借梯子", "visit", "陈立 借梯子"),
        ("微信付款怎么付", "phone", "微信付款怎么付"),
        ("来访登记在哪里", "phone", "来访登记在哪里"),
        ("12345热线怎么打", "phone", "12345热线怎么打"),
        ("3-1-502 电话12345", "phone", "3-1-502 电话12345"),
        ("123456 漏水", "phone", "123456 漏水"),
        ("微信 ", "phone", "微信 "),
        ("", "phone", ""),
    ],
)
def test_only_a_first_word_that_stands_apart_is_a_channel(
    line: str, channel: str, rest: str
) -> None:
    found, start = first_word(line)
    assert (found, line[start:]) == (channel, rest)


def test_the_channel_is_none_of_the_slips_words_and_all_of_the_line(desk: Desk) -> None:
    line = "微信 3-1-502 厨房漏水 明天9点"
    found = hearing.understand(desk, line)
    assert (found.channel, found.understood.line) == ("wechat", line)
    assert found.understood.words == "厨房漏水"
    assert found.understood.said(What.ROOM) == ("3-1-502",)
    assert found.understood.said(What.APPOINTMENT) == ("明天9点",)


def test_a_pick_counts_behind_a_channel_too(desk: Desk) -> None:
    found = hearing.understand(desk, "微信 3栋502 漏水", "3-2-502")
    assert found.unit is not None
    assert (found.unit.label, found.channel) == ("3-2-502", "wechat")


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("3-1-502 没水", True),
        ("3-1-502没水了", True),
        ("怎么没有水", True),
        ("家里没水了", True),
        ("几点来水", True),
        ("3栋 停水到几点", True),
        ("停水多久", True),
        ("3-1-502 这次停水要停多长时间", True),
        ("5栋 没水", False),
        ("5-1-101 没水", False),
        ("3栋502 没水", False),
        ("3-1-502 厨房漏水", False),
        ("3-1-502 没水 电梯困人了", False),
    ],
)
def test_a_line_asks_about_a_notice_where_it_holds(desk: Desk, line: str, asks: bool) -> None:
    started(desk, "notice", subject="water", department="engineering", text="没水", scope="3栋")
    found = hearing.asked(hearing.understand(desk, line), notices.current(desk))
    assert bool(found) is asks


@pytest.mark.parametrize(
    ("line", "off"),
    [("3-1-502 没水", 1), ("5-1-101 没水", 0), ("3-1-502 电梯坏了", 0), ("3-1-502 灯坏", 0)],
)
def test_only_a_supply_that_is_off_where_the_caller_lives_stands_against_a_slip(
    desk: Desk, line: str, off: int
) -> None:
    for subject in ("water", "lift"):
        started(desk, "notice", subject=subject, department="engineering", text="停了", scope="3栋")
    assert len(hearing.understand(desk, line).off) == off


def test_a_form_is_told_what_the_line_says_and_loses_none_of_it(desk: Desk) -> None:
    line = "3-1-502 13900001111 昨天9点 厨房漏水 急"
    found = hearing.by_fields(desk, hearing.understand(desk, line))
    assert found["unit"] == "3-1-502"
    assert found["phone"] == "13900001111"
    assert "昨天9点" in str(found["text"])
    assert "at" not in found


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("3栋为什么没水", True),
        ("3栋1单元怎么没水", True),
        ("怎么停水了", True),
        ("3-1-502 怎么停水了", True),
        ("3栋2单元怎么停水了", False),
        ("3-2-502 怎么停水了", False),
        ("13栋怎么停水了", False),
        ("5栋怎么停水了", False),
    ],
)
def test_a_building_asks_about_the_notice_of_one_of_its_entrances(
    desk: Desk, line: str, asks: bool
) -> None:
    started(
        desk, "notice", subject="water", department="engineering", text="没水", scope="3栋1单元"
    )
    found = hearing.understand(desk, line)
    assert [one.scope for one in found.off] == (["3栋1单元"] if asks else [])
    assert (found.unnoticed, found.elsewhere) == (("", ()) if asks else ("water", ("3栋1单元",)))


def test_a_notice_of_another_supply_is_not_elsewhere(desk: Desk) -> None:
    started(desk, "notice", subject="power", department="engineering", text="停电", scope="5栋")
    assert hearing.understand(desk, "3-1-502 怎么停水了").elsewhere == ()

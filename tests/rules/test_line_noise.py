"""Noise of the neighbours and garbage that lies about are complaints; what sounds is a repair."""

import pytest

from tests.rules.lines_read import understood
from wuye_tui.rules.line import Kind

COMPLAINTS = """
    楼上半夜咚咚响睡不着|楼上天天吵|对面单元半夜放音乐|垃圾没人收|楼上小孩跑跳太吵|隔壁每天弹钢琴
    楼上拖桌子|楼下打麻将到凌晨|半夜有人唱歌|楼上一直响|楼道垃圾三天没人来收了|垃圾几天没收了
    门口垃圾堆满了|邻居家狗一直叫|对门半夜高跟鞋声|楼上晚上10点还放音乐|没人清垃圾|楼上睡不着的动静
"""
REPAIRS = """
    水管半夜咚咚响|空调外机响|马桶一直响|热水器嗡嗡响|咚咚响|楼上水管半夜咚咚响|楼下水泵房嗡嗡响
    楼上漏水睡不着|半夜报警器响|隔壁门铃一直响|楼下音响坏了|厨房垃圾处理器不转|垃圾房灯坏了
    马桶天天响|楼上跳闸了|冰箱半夜嗡嗡响睡不着|抽油烟机噪音大|水管响 有人在家
"""


def rows(table: str) -> list[str]:
    return [line for row in table.strip().splitlines() for line in row.strip().split("|")]


@pytest.mark.parametrize("line", rows(COMPLAINTS))
@pytest.mark.parametrize("room", ["2-1-204 {}", "{}，我住2-1-204", "{}"])
def test_noise_of_neighbours_and_garbage_are_complained_of(line: str, room: str) -> None:
    u = understood(room.format(line))
    assert (u.kind, u.also, u.faults, u.appointment) == (Kind.COMPLAINT, (), (), None)
    assert u.words == line


@pytest.mark.parametrize("line", rows(REPAIRS))
def test_a_thing_that_sounds_is_repaired(line: str) -> None:
    assert understood(f"3-1-502 {line}").kind is Kind.REPAIR


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("晚上打球预约场地", Kind.BOOKING),
        ("垃圾费怎么交", Kind.ENQUIRY),
        ("快递没人收", Kind.OTHER),
        ("漏水报了没人来", Kind.URGE),
    ],
)
def test_what_only_sounds_like_it(line: str, kind: Kind) -> None:
    assert understood(f"3-1-502 {line}").kind is kind


@pytest.mark.parametrize(
    "line",
    ["楼上每天半夜咚咚响，吵得睡不着，我要投诉", "投诉楼上响", "投诉半夜咚咚响",
     "楼上咚咚响很响 投诉", "我要投诉 隔壁天天响", "投诉楼上噪音 咚咚响"],
)  # fmt: skip
def test_noise_is_no_repair_beside_the_complaint(line: str) -> None:
    u = understood(line)
    assert (u.kind, u.also, u.faults) == (Kind.COMPLAINT, (), ())


@pytest.mark.parametrize(
    "line",
    ["楼上天花板漏水，我要投诉", "投诉水管半夜咚咚响", "投诉电梯响",
     "投诉楼上半夜咚咚响 我家灯也坏了", "楼上太吵 我家水管漏水"],
)  # fmt: skip
def test_a_real_fault_is_still_repaired_beside_it(line: str) -> None:
    u = understood(f"2-1-204 {line}")
    assert (u.kind, u.also) == (Kind.COMPLAINT, (Kind.REPAIR,))
    assert u.faults

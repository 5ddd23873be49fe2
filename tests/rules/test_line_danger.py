"""Danger in a line: an emergency, urgent, or the guards' at once; and what only sounds like it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.rules.lines_read import understood
from wuye_tui.rules.line import Emergency, Understood, parse

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=SHANGHAI)

DANGERS = {
    "power": "热水器漏电 有点麻手|水龙头摸着手麻|插座冒火花|插座打火|电线掉下来|电线被风刮断了"
    "|洗衣机漏电|被电了一下|热水器电人|淋浴的时候电到人|配电箱冒火星|高压线垂下来了",
    "injury": "小孩被夹|小孩的手被门夹了|电梯夹到人了|老人被电梯门夹伤|孩子头卡在栏杆里|手夹住了",
    "urgent": "玻璃门碎了 危险|阳台玻璃炸了|外墙瓷砖脱落|空调外机松动|天花板掉下来|广告牌快掉了"
    "|井盖不见了 坏了|窗户掉下去了|吊灯坏了 要掉下来了|树倒在路上 灯坏",
    "guard": "有小偷|有人打架|电瓶被偷了|门锁被撬|有人持刀|入室盗窃|有人偷东西|陌生人在撬门|打人了"
    "|家里进贼了"
    "|遭贼了|孩子不见了|小孩在楼下走丢了|老人走失了|我妈妈不见了 有点糊涂|孩子找不到了"
    "|有人打架 在楼下|快递被偷|两个人打起来了|形迹可疑的人在楼道",
}
SOUNDS = {
    "repair": "漏电保护器跳闸|玻璃门有裂纹想换|漏电开关坏了|怀疑漏电 跳闸了|没有漏电 就是跳闸"
    "|灶打火打不着"
    "|电线老化 短路|网线掉下来了|电话线断了|防盗门打不开|防盗窗生锈|门把手掉了|玻璃门把手掉了"
    "|墙皮掉了"
    "|玻璃胶老化 漏水|窗户玻璃换一块|扶手松了 卡住|门把手卡住|水龙头卡住|麻烦来看看灯坏了|插座没电"
    "|对讲坏了 来电人听不到|夹子断了 晾衣架坏|灯泡碎了|老人卡刷不开 门禁坏|电线槽坏了|怕漏电 插座坏"
    "|防小偷装护栏 松了|开锁 门锁打不开|没人打架 灯坏了|不危险 灯坏了|监控坏了 怕小偷"
    "|孩子玩具掉下水道 堵了",
    "enquiry": "打人工电话是多少",
    "complaint": "投诉保安偷懒|投诉小偷多 没人管",
    "other": "孩子丢了门禁卡|猫不见了",
    "suggestion": "建议装摄像头防小偷",
}


def read(line: str) -> Understood:
    return parse(f"3-1-502 {line}", NOW, SHANGHAI)


def meant(u: Understood) -> str:
    if u.emergency:
        return u.emergency.value
    return "urgent" if u.urgent and u.at_once else u.kind.value


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(line, kind) for kind, lines in table.items() for line in lines.split("|")]


@pytest.mark.parametrize(("line", "danger"), rows(DANGERS))
def test_danger_is_seen(line: str, danger: str) -> None:
    assert meant(read(line)) == danger


@pytest.mark.parametrize(("line", "kind"), rows(SOUNDS))
def test_no_false_alarm(line: str, kind: str) -> None:
    assert meant(read(line)) == kind


def test_a_broken_pane_with_an_appointment_is_urgent_and_waits_for_it() -> None:
    u = read("阳台玻璃碎了 明天9点来换")
    assert (u.urgent, u.at_once, bool(u.appointment)) == (True, False, True)


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(rows(DANGERS)) >= 25
    assert len(rows(SOUNDS)) >= 25


@pytest.mark.parametrize("line", ["有人掉水池里了", "小孩掉进喷泉了", "老人摔到沟里了"])
def test_somebody_who_fell_into_water_or_a_pit_is_hurt(line: str) -> None:
    assert understood(line).emergency is Emergency.INJURY


@pytest.mark.parametrize("line", ["快递掉水池里了", "业主说水池里掉了东西", "钥匙掉电梯井里了"])
def test_what_fell_in_is_no_emergency(line: str) -> None:
    assert understood(line).emergency is None


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("5栋停电了", True), ("5栋2单元没电", True), ("5栋插座没电", False),
        ("5栋2单元 密码锁没电了", False), ("5栋客厅没电", False), ("5栋电动车没电", False),
    ],
)  # fmt: skip
def test_one_socket_without_power_is_no_power_cut_of_the_building(line: str, cut: bool) -> None:
    assert (understood(line).emergency is Emergency.POWER) is cut

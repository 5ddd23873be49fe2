"""One-line intake. "Now" is Thursday 2026-11-19 10:20 in Shanghai."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.faults import Category, Emergency, Fault
from wuye_tui.rules.line import Kind, Understood, parse, unclear
from wuye_tui.rules.rooms import Place, RoomRef, key
from wuye_tui.rules.units_text import Caller, Role, What

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=SHANGHAI)


def understood(line: str) -> Understood:
    return parse(line, NOW, SHANGHAI)


def local(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%m-%d.%H:%M") if moment else ""


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+08:00")


# The table of the desk: what receptionists type, and what it means.


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("3-1-502 厨房水管漏水 明天9点 急", "厨房水管漏水"),
        ("3-1-502 厨房漏水，明天9点。急！", "厨房漏水"),
        ("３－１－５０２　厨房漏水，明天９点。急！", "厨房漏水"),
    ],
)
def test_urgent_is_a_priority_only_and_the_appointment_counts(line: str, words: str) -> None:
    u = understood(line)
    assert (u.kind, u.room, u.words) == (Kind.REPAIR, RoomRef("3", "1", "502"), words)
    assert u.category is Category.WATER
    assert u.appointment == (at("11-20T09:00"), at("11-20T09:00"))
    assert u.urgent
    assert not u.at_once
    assert u.said(What.URGENT) == ("急",)
    assert unclear(u) == []


@pytest.mark.parametrize(
    "line", ["3栋1单元502厨房漏水马上来人", "3-1-502 厨房漏水 马上", "3-1-502 厨房漏水 尽快 马上"]
)
def test_wanted_at_once(line: str) -> None:
    u = understood(line)
    assert (u.kind, u.room, u.at_once) == (Kind.REPAIR, RoomRef("3", "1", "502"), True)
    assert u.words.startswith("厨房漏水")
    assert u.appointment is None


def test_a_building_without_entrance_is_asked_about() -> None:
    u = understood("三栋502没电跳闸推不上去")
    assert u.room == RoomRef("3", None, "502")
    assert u.faults == (Fault(Category.POWER, "没电跳闸推不上"),)
    assert u.words == "没电跳闸推不上去"
    assert u.emergency is None
    assert unclear(u) == ["entrance"]


def test_an_open_window() -> None:
    u = understood("B座1203 空调不制冷 下午3点后")
    assert u.room == RoomRef("B", None, "1203")
    assert u.category is Category.AIRCON
    assert u.appointment == (at("11-19T15:00"), None)
    assert u.words == "空调不制冷"
    assert unclear(u) == []


def test_a_public_place_with_its_building_behind() -> None:
    u = understood("大堂灯不亮 5栋")
    assert (u.kind, u.room, u.place) == (Kind.REPAIR, None, Place("大堂", "5"))
    assert (u.category, u.words) == (Category.LIGHT, "大堂灯不亮")
    assert (u.appointment, u.at_once) == (None, False)
    assert unclear(u) == []


def test_urging_is_about_the_open_slip() -> None:
    u = understood("9-1-1102催单 昨天报的门锁还没来")
    assert (u.kind, u.room, u.also) == (Kind.URGE, RoomRef("9", "1", "1102"), ())
    assert (u.category, u.words) == (Category.LOCK, "昨天报的门锁还没来")
    assert (u.appointment, u.past) == (None, False)


def test_a_complaint_names_the_caller_first_and_noon_is_no_appointment() -> None:
    u = understood("2-1-204投诉3-1-304装修太吵 中午还在钻")
    assert (u.kind, u.room) == (Kind.COMPLAINT, RoomRef("2", "1", "204"))
    assert u.other_rooms == (RoomRef("3", "1", "304"),)
    assert u.words == "3-1-304装修太吵 中午还在钻"
    assert u.appointment is None


def test_a_tenant_calls_and_the_owner_pays() -> None:
    u = understood("租客小李8-1-906洗手间灯坏 费用找房东")
    assert (u.kind, u.room) == (Kind.REPAIR, RoomRef("8", "1", "906"))
    assert u.caller == Caller("小李", Role.TENANT)
    assert u.payer is Role.OWNER
    assert (u.category, u.words) == (Category.LIGHT, "洗手间灯坏")


def test_a_repair_and_a_question_in_one_breath() -> None:
    u = understood("5#1-1503门禁卡刷不开 顺便问物业费")
    assert (u.kind, u.also) == (Kind.REPAIR, (Kind.ENQUIRY,))
    assert u.room == RoomRef("5", "1", "1503")
    assert u.faults == (Fault(Category.CARD, "门禁卡刷不开"),)
    assert u.words == "门禁卡刷不开"
    assert u.said(What.ALSO) == ("顺便问物业费",)


# Lines beyond the table. Read: kind, room or @building/entrance/place, [words], trades, the rest.

LINES = [
    # name or phone first, the rest in any order
    ("13812345678 3-1-502 马桶堵了", "repair 3-1-502 [马桶堵了] drain 13812345678"),
    ("马桶堵了 3-1-502 13812345678 明天上午",
     "repair 3-1-502 [马桶堵了] drain 13812345678 11-20.08:30-11-20.12:00"),
    ("王女士 3-1-502 13812345678 卫生间地漏返味 下午2点",
     "repair 3-1-502 [卫生间地漏返味] drain 13812345678 王女士 11-19.14:00"),
    ("明天上午9点到11点 3-1-502 换水龙头",
     "repair 3-1-502 [换水龙头] water 11-20.09:00-11-20.11:00"),
    ("厨房漏水3栋1单元502马上13812345678", "repair 3-1-502 [厨房漏水] water 13812345678 at_once"),
    ("3-1-502厨房漏水13812345678王女士明天上午",
     "repair 3-1-502 [厨房漏水] water 13812345678 王女士 11-20.08:30-11-20.12:00"),
    ("王女士13812345678明天上午3-1-502厨房漏水",
     "repair 3-1-502 [厨房漏水] water 13812345678 王女士 11-20.08:30-11-20.12:00"),
    ("3-1-50213812345678厨房灯不亮", "repair 3-1-502 [厨房灯不亮] light 13812345678"),
    ("3-1-502,漏水,13812345678,王先生,明天9点",
     "repair 3-1-502 [漏水] water 13812345678 王先生 11-20.09:00"),
    ("李强 3-1-502 灯坏", "repair 3-1-502 [灯坏] light 李强"),
    ("灯坏 3-1-502 李强 13812345678", "repair 3-1-502 [灯坏] light 13812345678 李强"),
    ("3-1-502 李女士：13812345678 厨房漏水", "repair 3-1-502 [厨房漏水] water 13812345678 李女士"),
    ("李阿姨来电说3-1-502厨房龙头滴水", "repair 3-1-502 [厨房龙头滴水] water 李阿姨"),
    ("3-1-502 (0571)88157788-801 灯坏", "repair 3-1-502 [灯坏] light 0571-88157788-801"),
    ("400-820-8820 3-1-502 灯坏", "repair 3-1-502 [灯坏] light 4008208820"),
    ("+86 138-1234-5678 3-1-502 灯坏", "repair 3-1-502 [灯坏] light 13812345678"),
    # who calls and who pays
    ("业主张伟 3-1-502 门锁打不开 赶紧", "repair 3-1-502 [门锁打不开] lock 张伟(owner) at_once"),
    ("租户王芳 4-1-301 13900001111 空调不制热 费用房东出",
     "repair 4-1-301 [空调不制热] aircon 13900001111 王芳(tenant) pays:owner"),
    ("中介小陈 7-1-301 换锁芯 房东付", "repair 7-1-301 [换锁芯] lock 小陈(agent) pays:owner"),
    ("7-2-401租户13712345678小孩把钥匙插断了",
     "repair 7-2-401 [小孩把钥匙插断了] lock 13712345678 (tenant)"),
    # blanks, punctuation and slips of the hand
    ("３－１－５０２  张先生\u3000电话 138 1234 5678\u3000阳台推拉门坏了，周日下午3点半以后",
     "repair 3-1-502 [阳台推拉门坏了] door_window 13812345678 张先生 11-22.15:30-"),
    ("3-1-502,,,厨房，漏水", "repair 3-1-502 [厨房，漏水] water"),
    ("   3-1-502     厨房    漏水   ", "repair 3-1-502 [厨房 漏水] water"),
    ("3—1—502水管漏", "repair 3-1-502 [水管漏] water"),
    ("3.1.502水管漏", "repair 3-1-502 [水管漏] water"),
    ("3 1 502 水管漏", "repair 3-1-502 [水管漏] water"),
    ("3栋 1单元 502室 水管漏", "repair 3-1-502 [水管漏] water"),
    ("c座801 水管漏", "repair C-801 [水管漏] water"),
    ("3-1-502(李女士)厨房漏水", "repair 3-1-502 [厨房漏水] water 李女士"),
    ("3-1-502 漏水 1381234567", "repair 3-1-502 [漏水 1381234567] water ?phone"),
    ("😡3-1-502 又漏了!!!", "repair 3-1-502 [😡 又漏了] water"),
    # numbers that are neither unit nor time
    ("3-1-502 220V插座没电 1.5匹空调不制冷",
     "repair 3-1-502 [220V插座没电 1.5匹空调不制冷] power aircon"),
    ("3-1-502 换灯泡 10个", "repair 3-1-502 [换灯泡 10个] light"),
    ("3-1-502 8楼平台积水", "repair 3-1-502 [8楼平台积水] other"),
    ("3-1-502 表号12345678", "other 3-1-502 [表号12345678]"),
    ("502室水管漏", "repair [502室水管漏] water ?unit"),
    ("地库C-112车位上方滴水", "repair @//地库 [地库C-112车位上方滴水] water"),
    # times
    ("4-1-301马桶漏水今晚7点后在家", "repair 4-1-301 [马桶漏水] water 11-19.19:00-"),
    ("12-2-1801窗户关不上下午过来",
     "repair 12-2-1801 [窗户关不上] door_window 11-19.13:30-11-19.18:00"),
    ("3-1-502 水管漏 2026-11-22 14:00", "repair 3-1-502 [水管漏] water 11-22.14:00"),
    ("3-1-502 水管漏 有空来看", "repair 3-1-502 [水管漏 有空来看] water"),
    ("3-1-502 漏水 9点", "repair 3-1-502 [漏水] water 11-19.09:00 past ?past"),
    # times that are over or cannot be: asked about, and never out of the words
    ("3-1-502 漏水 昨天9点", "repair 3-1-502 [漏水 昨天9点] water past ?past"),
    ("3-1-502水管漏水昨天9点急", "repair 3-1-502 [水管漏水昨天9点] water urgent past ?past"),
    ("3-1-502 漏水 前天下午 13812345678",
     "repair 3-1-502 [漏水 前天下午] water 13812345678 past ?past"),
    ("3-1-502 漏水 25点", "repair 3-1-502 [漏水 25点] water ?impossible_time"),
    ("3-1-502 漏水 13月5号9点来", "repair 3-1-502 [漏水 13月5号9点来] water ?impossible_time"),
    ("3-1-502 漏水 明天9点75分", "repair 3-1-502 [漏水 明天9点75分] water ?impossible_time"),
    ("3-1-502 漏水 下午30点 急", "repair 3-1-502 [漏水 下午30点] water urgent ?impossible_time"),
    ("3-1-502 漏水 25点来 明天9点",
     "repair 3-1-502 [漏水 25点来] water 11-20.09:00 ?impossible_time"),
    # when it happened: no appointment, and no question
    ("3-1-502 昨天9点开始漏水", "repair 3-1-502 [昨天9点开始漏水] water"),
    ("3-1-502 灯不亮 昨晚就坏了", "repair 3-1-502 [灯不亮 昨晚就坏了] light other"),
    ("3-1-502 漏水 从昨天", "repair 3-1-502 [漏水 从昨天] water"),
    ("3-1-502 昨天9点 漏水", "repair 3-1-502 [昨天9点 漏水] water"),
    ("3-1-502 漏水 昨天9点 明天9点来", "repair 3-1-502 [漏水 昨天9点] water 11-20.09:00"),
    ("3-1-502 投诉 25点还在钻", "complaint 3-1-502 [25点还在钻]"),
    ("催单 3-1-502 昨天9点", "urge 3-1-502 [昨天9点]"),
    ("3-1-502 钥匙丢了 昨天", "other 3-1-502 [钥匙丢了 昨天] lock"),
    ("3-1-502 灯坏 明天下午都在家", "repair 3-1-502 [灯坏] light 11-20.13:30-11-20.18:00"),
    ("3-1-502 水管漏 明天9点 马上", "repair 3-1-502 [水管漏] water 11-20.09:00"),
    ("10-2-1304主卧吊灯不亮,下班后6点半来",
     "repair 10-2-1304 [主卧吊灯不亮,下班后] light 11-19.18:30"),
    # urgent or not
    ("3-1-502 厨房漏水 很大 业主很着急", "repair 3-1-502 [厨房漏水 很大] water (owner) urgent"),
    ("3-1-502 水龙头关不紧 滴水 不急 周末来都行",
     "repair 3-1-502 [水龙头关不紧 滴水 不急] water 11-21.08:30-11-22.18:00"),
    ("3-1-502 应急灯坏", "repair 3-1-502 [应急灯坏] light"),
    ("3-1-502 急用水 没水", "repair 3-1-502 [急用水 没水] water urgent"),
    # trades
    ("7-2-1601 可视对讲没声音", "repair 7-2-1601 [可视对讲没声音] card"),
    ("7-2-1601 电视没信号", "repair 7-2-1601 [电视没信号] network"),
    ("7-2-1601 密码锁没电", "repair 7-2-1601 [密码锁没电] lock"),
    ("7-2-1601 空调插座没电", "repair 7-2-1601 [空调插座没电] power"),
    ("7-2-1601 燃气灶打不着火", "repair 7-2-1601 [燃气灶打不着火] gas"),
    ("7-2-1601 墙面打孔 2个", "repair 7-2-1601 [墙面打孔 2个] other"),
    ("3-1-502 马桶 堵了", "repair 3-1-502 [马桶 堵了] drain"),
    ("9-2-1505 家里跳闸 冰箱里东西要坏了 马上来",
     "repair 9-2-1505 [家里跳闸 冰箱里东西要坏了] power appliance other at_once"),
    ("3-1-502 天花板漏水 楼上3-1-602",
     "repair 3-1-502 other:3-1-602 [天花板漏水 楼上3-1-602] water"),
    # public places
    ("8楼走廊灯不亮 3栋2单元", "repair @3/2/走廊 [8楼走廊灯不亮] light"),
    ("2栋1单元电梯门关不上", "repair @2/1/电梯 [电梯门关不上] lift"),
    ("5栋2单元门禁坏了", "repair @5/2/门禁 [门禁坏了] card"),
    ("6栋大堂玻璃门自动关不上", "repair @6//大堂 [大堂玻璃门自动关不上] door_window"),
    ("3-1-502 门口楼道灯不亮", "repair 3-1-502 @//楼道 [门口楼道灯不亮] light"),
    # emergencies, and what only sounds like one
    ("3栋2单元电梯困人", "emergency @3/2/电梯 [电梯困人] lift !entrapment"),
    ("2栋1单元2号梯卡在8楼 里面有人", "emergency @2/1/ [2号梯卡在8楼 里面有人] lift !entrapment"),
    ("7栋楼下草坪着火", "emergency @7//草坪 [楼下草坪着火] !fire"),
    ("3-2-801 水管爆了 往外喷", "emergency 3-2-801 [水管爆了 往外喷] water !burst_pipe"),
    ("2-1-101 煤气味很大", "emergency 2-1-101 [煤气味很大] gas !gas"),
    ("大堂老人晕倒 快来人", "emergency @//大堂 [大堂老人晕倒] !injury at_once"),
    ("5栋停电了", "emergency @5// [停电了] power !power"),
    ("3-1-502 停电了", "repair 3-1-502 [停电了] power"),
    ("5栋停电什么时候来电", "enquiry @5// [停电什么时候来电] power"),
    ("6-2-101 昨天水管爆了 现在好了", "repair 6-2-101 [昨天水管爆了 现在好了] water"),
    ("没人受伤 大堂玻璃碎了", "repair @//大堂 [没人受伤 大堂玻璃碎了] door_window at_once urgent"),
    ("6-2-101 没有煤气味 灶打不着", "repair 6-2-101 [没有煤气味 灶打不着] gas"),
    ("12#3-404 阳台玻璃碎了 怕砸到人",
     "repair 12-3-404 [阳台玻璃碎了 怕砸到人] door_window at_once urgent"),
    # urging, moving, cancelling
    ("3-2-604 上午报的漏水师傅还没到", "urge 3-2-604 [上午报的漏水师傅还没到] water"),
    ("催单 PG-20261119-004 还没来", "urge [还没来] PG-20261119-004"),
    ("3-1-502 师傅到哪了", "urge 3-1-502 [师傅到哪了]"),
    ("3-1-502 灯坏了什么时候能来修", "repair 3-1-502 [灯坏了什么时候能来修] light"),
    ("3-1-502 改约明天上午10点", "rebook 3-1-502 [] 11-20.10:00"),
    ("3-1-502 原约明天9点改到后天下午3点", "rebook 3-1-502 [原约明天9点] 11-21.15:00"),
    ("3-1-502 取消明天的预约 已经好了", "cancel 3-1-502 [取消明天的预约 已经好了]"),
    ("6-1-703 取消 明天出差", "cancel 6-1-703 [取消 明天出差]"),
    # complaints
    ("我是2-1-204 投诉3-1-304装修太吵", "complaint 2-1-204 other:3-1-304 [3-1-304装修太吵]"),
    ("投诉3-1-304太吵", "complaint other:3-1-304 [3-1-304太吵] ?unit"),
    ("3-1-502 投诉电梯老是坏 三天两头",
     "complaint 3-1-502 @//电梯 [电梯老是坏 三天两头] lift +repair"),
    ("3-1-502 报修三天了没人来 投诉", "complaint 3-1-502 [报修三天了没人来] +urge"),
    ("5-1-1102 隔壁5-1-1101狗叫", "complaint 5-1-1102 other:5-1-1101 [隔壁5-1-1101狗叫]"),
    ("3-1-502 抽油烟机噪音大", "repair 3-1-502 [抽油烟机噪音大] appliance"),
    ("3-1-502 楼上3-1-602漏水到我家", "repair 3-1-502 other:3-1-602 [楼上3-1-602漏水到我家] water"),
    # questions, praise, cars, the counter
    ("3-1-502 物业费怎么交", "enquiry 3-1-502 [物业费怎么交]"),
    ("3-1-502 换锁芯多少钱", "enquiry 3-1-502 [换锁芯多少钱] lock"),
    ("6-1-703 今天下午能来修马桶吗", "repair 6-1-703 [修马桶吗] water 11-19.13:30-11-19.18:00"),
    ("3-1-502 家里停水了吗", "enquiry 3-1-502 [家里停水了吗] water"),
    ("3-1-502灯坏,另外咨询装修怎么办手续", "repair 3-1-502 [灯坏] light +enquiry"),
    ("表扬王师傅 3-1-502 修得很好", "praise 3-1-502 [表扬王师傅 修得很好]"),
    ("浙A12345挡住3-1-502车位 挪车", "car other:3-1-502 [浙A12345挡住3-1-502车位 挪车] 浙A12345"),
    ("粤BD12345 让车主把车挪开", "car [粤BD12345 让车主把车挪开] 粤BD12345"),
    ("3-1-502 车库地漏堵了", "repair 3-1-502 @//车库 [车库地漏堵了] drain"),
    ("3-1-502那张单取消", "cancel 3-1-502 [那张单取消]"),
    ("3-1-502 停车月卡取消", "enquiry 3-1-502 [停车月卡取消]"),
    ("3-1-502 修好了没有", "urge 3-1-502 [修好了没有]"),
    ("3-1-502 预约保洁 明天9点", "booking 3-1-502 [预约保洁] 11-20.09:00"),
    ("3-1-502 怎么预约游泳馆", "enquiry 3-1-502 [怎么预约游泳馆]"),
    ("3-1-502 预约修空调 明天9点", "repair 3-1-502 [预约修空调] aircon 11-20.09:00"),
    ("3-1-502 建议装路灯", "suggestion 3-1-502 @//路灯 [建议装路灯] light"),
    ("粤BD12345 挪车", "car [粤BD12345 挪车] 粤BD12345"),
    ("3-1-502 补办门禁卡 2张", "other 3-1-502 [补办门禁卡 2张] card"),
]  # fmt: skip


def brief(u: Understood) -> str:
    place = u.place and f"@{u.place.building or ''}/{u.place.entrance or ''}/{u.place.name}"
    caller = u.caller and u.caller.name + (f"({u.caller.role})" if u.caller.role else "")
    when = u.appointment and f"{local(u.appointment.start)}-{local(u.appointment.end)}"
    if u.appointment and u.appointment.start == u.appointment.end:
        when = local(u.appointment.start)
    parts = [
        u.kind,
        u.room and key(u.room),
        *(f"other:{key(other)}" for other in u.other_rooms),
        place,
        f"[{u.words}]",
        *(fault.category for fault in u.faults),
        u.emergency and f"!{u.emergency}",
        u.phone,
        caller,
        u.payer and f"pays:{u.payer}",
        when,
        *(flag for flag in ("at_once", "urgent", "past") if getattr(u, flag)),
        u.plate,
        u.slip,
        *(f"+{kind}" for kind in u.also),
        *(f"?{code}" for code in unclear(u)),
    ]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_what_receptionists_type(line: str, expected: str) -> None:
    assert brief(understood(line)) == expected


# A number alone, where the registry has rooms 502, 1203 and 2026.

KNOWN = {"502", "1203", "2026", "110"}

NUMBERS = [
    ("502 水龙头漏水", "repair 502 [水龙头漏水] water ?building"),
    ("502水龙头漏水 明天9点", "repair 502 [水龙头漏水] water 11-20.09:00 ?building"),
    ("502室马桶堵", "repair 502 [马桶堵] drain ?building"),
    ("1203,马桶堵", "repair 1203 [马桶堵] drain ?building"),
    ("五零二 水龙头漏水", "repair 502 [水龙头漏水] water ?building"),
    ("５０２室水龙头漏水", "repair 502 [水龙头漏水] water ?building"),
    ("马桶堵了 502室", "repair 502 [马桶堵了] drain ?building"),
    ("我是502的 灯坏", "repair 502 [灯坏] light ?building"),
    ("13812345678 502 灯坏", "repair 502 [灯坏] light 13812345678 ?building"),
    ("灯坏 502业主", "repair 502 [灯坏] light (owner) ?building"),
    ("502家里灯坏", "repair 502 [家里灯坏] light ?building"),
    ("2026室灯坏", "repair 2026 [灯坏] light ?building"),
    # another room, or none
    ("502 灯坏 3-1-602", "repair 3-1-602 [502 灯坏] light"),
    ("3-1-602 楼上502室漏水", "repair 3-1-602 [楼上502室漏水] water"),
    ("投诉502室太吵", "complaint [502室太吵] ?unit"),
    ("777 水龙头漏水", "repair [777 水龙头漏水] water ?unit"),
    ("502胶粘住门锁", "repair [502胶粘住门锁] lock ?unit"),
    ("灯坏 502", "repair [灯坏 502] light ?unit"),
    ("12345转来 大堂灯坏", "repair @//大堂 [12345转来 大堂灯坏] light"),
    ("110 来了", "other [110 来了]"),
    ("2026 物业费", "enquiry [2026 物业费]"),
    ("502元 物业费", "enquiry [502元 物业费]"),
    ("502个灯坏", "repair [502个灯坏] light ?unit"),
    ("502号表坏", "repair [502号表坏] other ?unit"),
    ("502栋灯坏", "repair [502栋灯坏] light ?unit"),
    ("尾号502业主 灯坏", "repair [尾号502业主 灯坏] light ?unit"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), NUMBERS)
def test_a_number_alone_is_a_room_only_where_nothing_else_is_meant(
    line: str, expected: str
) -> None:
    assert brief(parse(line, NOW, SHANGHAI, lambda found: found.room in KNOWN)) == expected


def test_without_a_registry_no_number_is_a_room() -> None:
    u = understood("502室马桶堵")
    assert (u.room, u.words, unclear(u)) == (None, "502室马桶堵", ["unit"])


# Rules that hold for every line.


def test_spans_show_the_time_that_is_asked_about() -> None:
    assert understood("3-1-502 漏水 昨天9点来，急").said(What.PAST) == ("昨天9点来",)
    cannot = understood("3-1-502 漏水 明天下午２点８０分 9:75")
    assert cannot.said(What.IMPOSSIBLE) == ("明天下午２点８０分", "9:75")


def test_spans_say_which_part_was_understood_as_what() -> None:
    u = understood("租客小李3-1-502大堂灯坏，138 1234 5678 明天9点来 费用找房东")
    assert [(p.what, u.line[p.start : p.end]) for p in u.spans] == [
        (What.CALLER, "租客小李"),
        (What.ROOM, "3-1-502"),
        (What.PLACE, "大堂"),
        (What.FAULT, "灯坏"),
        (What.PHONE, "138 1234 5678"),
        (What.APPOINTMENT, "明天9点来"),
        (What.PAYER, "费用找房东"),
    ]


def test_an_empty_line_says_nothing() -> None:
    for line in ("", "   ", "，。！"):
        u = understood(line)
        assert (u.kind, u.words, u.spans, unclear(u)) == (Kind.OTHER, "", (), [])


def test_the_same_words_mean_another_day_in_another_zone() -> None:
    now = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # already Friday in Shanghai
    here = parse("3-1-502 漏水 明天9点", now, SHANGHAI).appointment
    there = parse("3-1-502 漏水 明天9点", now, ZoneInfo("Europe/Berlin")).appointment
    assert here is not None
    assert there is not None
    assert here.start == datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    assert there.start == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def test_the_power_of_a_house_is_an_emergency_and_of_a_home_a_repair() -> None:
    assert understood("5栋停电了").emergency is Emergency.POWER
    assert understood("整个小区没电").emergency is Emergency.POWER
    assert understood("5-1-1102没电").emergency is None
    assert understood("没电").emergency is None


BITS = [
    "3-1-502", "三栋502", "B座1203", "5栋", "大堂", "电梯", "困人", "13812345678", "0571-88157788",
    "浙A12345", "PG-20261119-004", "租客小李", "王女士", "李强", "房东付", "厨房水管", "漏水", "灯",
    "不亮", "门", "明天", "下午", "9点", "3-5点", "后", "昨天", "报的", "马上", "急", "催单",
    "投诉", "顺便问", "物业费", "改到", "不", "没", "的", "到", "还没来", "一点", "，", "。", "!",
    "25点", "13月5号", "9点75分", "下午30点", "9:75", "昨天9点", "前天下午", "502", "502室", "约",
    "1", "(", ")", " ", "\u3000", "\x00", "\n", "😡", "㏠", "２", "①",
]  # fmt: skip
LINE = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(BITS), max_size=14).map("".join))


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@given(LINE)
def test_nothing_is_lost(line: str) -> None:
    u = parse(line, NOW, SHANGHAI, lambda _: True)
    covered = {i for p in u.spans for i in range(p.start, p.end)}
    rest = "".join(c for i, c in enumerate(line) if i not in covered)
    kept = iter(letters(u.words))
    assert all(c in kept for c in letters(rest))


@given(LINE)
def test_a_time_that_is_asked_about_stays_in_the_words(line: str) -> None:
    u = understood(line)
    for said in (*u.said(What.PAST), *u.said(What.IMPOSSIBLE)):
        kept = iter(letters(u.words))
        assert all(c in kept for c in letters(said))


@given(LINE)
def test_the_words_are_taken_from_the_line_in_order(line: str) -> None:
    kept = iter(line)
    assert all(c in kept for c in understood(line).words if not c.isspace())


@given(LINE)
def test_any_line_is_understood_the_same_way_twice(line: str) -> None:
    u = understood(line)
    assert u == understood(line)
    assert u.line == line
    assert all(0 <= p.start < p.end <= len(line) for p in u.spans)
    assert not (u.at_once and u.appointment)
    assert not (u.past and not (u.appointment or u.said(What.PAST)))
    assert u.impossible == bool(u.said(What.IMPOSSIBLE))
    assert u.kind not in u.also
    assert u.room not in u.other_rooms
    assert set(unclear(u)) <= {"unit", "entrance", "past", "impossible_time", "phone"}


def test_a_long_line_is_read_to_its_end() -> None:
    line = "厨房漏水很严重," * 70 + "3-1-502 明天9点"
    u = understood(line)
    assert u.room == RoomRef("3", "1", "502")
    assert u.appointment is not None
    assert len(u.words) > 500


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("9-1-1102 昨天报的门锁修得怎么样了", Kind.URGE),
        ("我的修得怎么样了 3-1-502", Kind.URGE),
        ("3-1-502 修到哪了", Kind.URGE),
        ("3-1-502 进展如何", Kind.URGE),
        ("3-1-502 昨天投诉的处理得怎么样了", Kind.COMPLAINT),
        ("3-1-502 师傅修得怎么样都好，很满意", Kind.PRAISE),
        ("3-1-502 停水处理得怎么样了", Kind.REPAIR),
        ("隔壁装修得怎么样了", Kind.OTHER),
    ],
)
def test_asking_how_far_a_repair_has_come_urges_it(line: str, kind: Kind) -> None:
    assert understood(line).kind is kind


@pytest.mark.parametrize(
    "haste",
    ["现在", "现在 13812345678", "现在 急", "现在急", "现在 陈先生", "现在就要", "现在就修",
     "就现在", "现在能来吗", "马上要人", "现在马上", "现在要人", "马上就来", "马上",
     "现在，急", "现在来人"],
)  # fmt: skip
def test_haste_is_understood_and_out_of_the_words(haste: str) -> None:
    u = understood(f"3-1-502 厨房水管漏水 {haste}")
    assert (u.words, u.at_once) == ("厨房水管漏水", True)
    assert u.line.endswith(haste)


@pytest.mark.parametrize(
    "words",
    ["现在还在漏", "现在漏得更大", "到现在都在漏", "现在没水", "马上要满了", "水马上流下来"],
)
def test_what_happens_now_stays_in_the_words(words: str) -> None:
    assert understood(f"3-1-502 厨房水管漏水 {words}").words == f"厨房水管漏水 {words}"

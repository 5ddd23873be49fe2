"""One-line intake: the table of the desk, numbers alone, and rules that hold for every line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.lines_read import NOW, SHANGHAI, at, brief, understood
from wuye_tui.rules.faults import Category, Emergency, Fault
from wuye_tui.rules.line import Kind, parse
from wuye_tui.rules.line_asks import unclear
from wuye_tui.rules.places import Place
from wuye_tui.rules.rooms import RoomRef
from wuye_tui.rules.units_text import Caller, Role, What

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
    ("12345转来 大堂灯坏", "repair @//大堂 [12345转来 大堂灯坏] light ?where"),
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

"""Room numbers as people write them, and everything that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.places import Place, find_place
from wuye_tui.rules.rooms import RoomRef, find_numbers, find_rooms, key, parse_room, with_digits

SPELLINGS = {
    "3-1-502": [
        "3-1-502", "3#1-502", "3#-1-502", "3#1#502", "3栋1单元502", "3栋1单元502室",
        "3栋1单元502房",
        "3栋1单元502号", "3栋1单元502户", "3幢1单元502", "3座1单元502", "3号楼1单元502",
        "3号楼1门502",
        "3#楼1单元502", "3号1单元502", "3楼1单元502", "3栋1-502", "3-1单元502", "3栋-1单元-502",
        "3 栋 1 单元 502 室", "3 - 1 - 502", "3--1--502", "3.1.502", "3/1/502", "3 1 502",
        "3一1一502",
        "03-01-0502", "三栋一单元502", "三栋一单元五零二", "三号楼一单元五〇二室", "第3栋1单元502",
        "３－１－５０２", "3—1—502", "3–1–502", "3〜1〜502", "３栋１单元５０２室", " 3-1-502 ",
        "3-1-502?",
        "3-1-502。",
    ],
    "3-502": ["3-502", "三栋502", "3栋502", "3#502", "3号楼502室", "3幢五零二"],
    "B-1203": ["B座1203", "B-1203", "b座1203室", "Ｂ座１２０３", "B栋1203", "B1203"],
    "B-2-1203": ["B-2-1203", "B座2单元1203", "B栋二单元1203"],
    "12-2-1801": ["十二栋二单元1801", "12-2-1801", "十二栋2单元一八零一"],
    "21-1-1101": ["二十一栋1单元1101", "21#1-1101"],
    "3-1-502A": ["3-1-502A", "3栋1单元502a"],
    "9-1-3A01": ["9-1-3A01", "9-1-3a01", "9栋1单元3A01室", "9#1-3A01", "9.1.3A01", "9一1一3A01"],
    "9-3A01": ["9-3A01", "9栋3A01", "九栋3A01室"],
    "12-2-12B02": ["12-2-12B02", "12栋2单元12B02"],
    "5-23A1": ["5-23A1"],
    "S-03": ["S-03", "S03", "s3", "S-3", "商铺03", "商铺3号", "商铺-03", "底商3", "底商3号",
             "门面房3"],
    "S-101": ["S-101", "S101", "商铺101"],
    "A-S01": ["A-S01", "A座商铺1", "A-S1"],
    "3-S12": ["3-S12", "3栋商铺12号", "三栋底商12", "3#S12"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(typed, name) for name, spellings in SPELLINGS.items() for typed in spellings],
)
def test_every_usual_spelling_of_a_room_is_the_same_room(typed: str, expected: str) -> None:
    ref = parse_room(typed)
    assert ref is not None
    assert key(ref) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "", "502", "502室", "8楼", "8楼走廊", "2个", "220V", "380V", "1.5匹", "10-20个", "3-500元",
        "2-150平", "11-20", "2026-11-20", "11月20日502", "9:30", "13812345678", "138-1234-5678",
        "0571-88157788", "400-820-8820", "88157788", "浙A12345", "浙B1203A", "PG-20261119-004",
        "E101",
        "车位B-102", "地库C-112车位", "113-1-502", "3-1-50234", "0-1-502", "3-1-502-1", "3-0-502",
        "192.168.1.100",
        "1-2-3", "一点", "三栋一二三层", "Q-A-Z", "3A", "3A01", "16A插座", "浙A3A012", "S", "商铺",
        "S1线", "S1-1-5", "商铺3楼", "商铺3个", "商铺12月", "S00", "S1栋", "1-3A1000",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_room_is_none(typed: str) -> None:
    assert find_rooms(typed) == []
    assert parse_room(typed) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9-1-1102催单", {"9-1-1102": "9-1-1102"}),
        ("租客小李8-1-906洗手间灯坏", {"8-1-906": "8-1-906"}),
        ("2-1-204投诉3-1-304装修", {"2-1-204": "2-1-204", "3-1-304": "3-1-304"}),
        ("3栋1单元502房门打不开", {"3-1-502": "3栋1单元502"}),
        ("3栋1单元502室内漏水", {"3-1-502": "3栋1单元502"}),
        ("3栋1单元502室漏水", {"3-1-502": "3栋1单元502室"}),
        ("22号 3-502漏水", {"3-502": "3-502"}),
        ("周三3-1-502", {"3-1-502": "3-1-502"}),
        ("3-1-502 天花板漏水", {"3-1-502": "3-1-502"}),
        ("3-1-502 WIFI没信号", {"3-1-502": "3-1-502"}),
        ("3-1-502 次卧灯坏", {"3-1-502": "3-1-502"}),
        ("3-1-50213812345678", {"3-1-502": "3-1-502"}),
        ("13812345678 3-1-502 11-20 9:30", {"3-1-502": "3-1-502"}),
        ("房号：３－１－５０２，漏水", {"3-1-502": "３－１－５０２"}),
    ],
)
def test_a_room_is_found_where_it_stands(text: str, expected: dict[str, str]) -> None:
    found = find_rooms(text)
    assert {key(one.ref): text[one.start : one.end] for one in found} == expected


def test_a_field_with_anything_more_than_a_room_is_no_room() -> None:
    assert parse_room("3-1-502 漏水") is None
    assert parse_room("3-1-502 3-1-503") is None


@given(
    building=st.integers(1, 99),
    entrance=st.integers(1, 9),
    room=st.integers(101, 9999),
    spelling=st.sampled_from(["{}-{}-{}", "{}#{}-{}", "{}栋{}单元{}室", "{}号楼{}门{}"]),
)
def test_the_canonical_spelling_reads_back(
    building: int, entrance: int, room: int, spelling: str
) -> None:
    ref = RoomRef(str(building), str(entrance), str(room))
    assert parse_room(spelling.format(building, entrance, room)) == ref
    assert parse_room(key(ref)) == ref


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_complaint(text: str) -> None:
    for one in find_rooms(text):
        assert 0 <= one.start < one.end <= len(text)
        assert parse_room(key(one.ref)) == one.ref
    parse_room(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大堂灯不亮 5栋", Place("大堂", "5")),
        ("5栋大堂灯不亮", Place("大堂", "5")),
        ("3栋2单元电梯困人", Place("电梯", "3", "2")),
        ("2单元电梯异响", Place("电梯", None, "2")),
        ("2单元门坏了", Place("单元门", None, "2")),
        ("二栋二单元楼道灯坏", Place("楼道", "2", "2")),
        ("B座大堂", Place("大堂", "B")),
        ("7栋楼下草坪", Place("草坪", "7")),
        ("地下车库漏水", Place("地下车库")),
        ("三栋没水", Place("", "3")),
        ("2号电梯异响", Place("电梯")),
        ("8楼走廊灯不亮", Place("走廊")),
        ("广场舞扰民", None),
        ("电梯卡丢了", None),
        ("两栋之间", None),
        ("厨房漏水", None),
    ],
)
def test_public_places_know_their_building_wherever_it_stands(
    text: str, expected: Place | None
) -> None:
    found = find_place(text)
    assert (found.place if found else None) == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3A01 漏水", ["3A01"]),
        ("灯坏 12B02室", ["12B02"]),
        ("S03 漏水", ["S-03"]),
        ("我是S03 停电", ["S-03"]),
        ("商铺3号下水堵了", ["S-03"]),
        ("停电 A-S01", ["A-S01"]),
        ("3A插座坏了", []),
        ("浙A3A01B 挡路", []),
        ("空调A3A01", []),
        ("苹果S10 手机", []),
        ("商铺门口3个灯坏", []),
        ("商铺8点关门", []),
    ],
)
def test_what_may_be_a_room_of_floor_3a_or_a_shop_is_left_to_the_registry(
    text: str, numbers: list[str]
) -> None:
    assert find_rooms(text) == []
    assert [key(one.ref) for one in find_numbers(text)] == numbers


HOME = RoomRef("3", "1", "502")


def test_with_a_room_the_gate_and_a_building_alone_are_no_public_place() -> None:
    assert find_place("大门锁坏了", HOME) is None
    assert find_place("5栋那边", HOME) is None
    found = find_place("门口楼道灯不亮", HOME)
    assert found is not None
    assert found.place == Place("楼道")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3-1-5O2 灯坏", "3-1-502 灯坏"),
        ("3-l-502", "3-1-502"),
        ("灯坏 l2-I-1o1", "灯坏 12-1-101"),
        ("B-1203 灯坏", "B-1203 灯坏"),
        ("3-1-502 WIFI 密码Ol-1", "3-1-502 WIFI 密码Ol-1"),
        ("PG-20261119-OO4", "PG-20261119-OO4"),
        ("O-I-lO", "O-I-lO"),
    ],
)
def test_letters_that_look_like_digits_are_read_as_such_in_a_room_alone(
    text: str, meant: str
) -> None:
    assert with_digits(text) == meant

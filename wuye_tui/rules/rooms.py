"""Where a call is about: room numbers in every usual spelling, buildings, and public places.

`3-1-502` is building 3, entrance 1, room 502. What is not certainly a room is none: floors (8楼),
amounts (2个), voltages (220V), dates (11-20), times (9:30), telephone numbers and car plates are
left alone.
"""

from dataclasses import dataclass
from typing import Final

from wuye_tui.rules.units_text import NUMBER, compiled, digits, fold, mask, number


@dataclass(frozen=True)
class RoomRef:
    """A room as it was said: `entrance` None and `building` '' where they were not said."""

    building: str
    entrance: str | None
    room: str


@dataclass(frozen=True)
class Found:
    """A room at the characters `start` to `end` (exclusive) of the text."""

    ref: RoomRef
    start: int
    end: int


@dataclass(frozen=True)
class Place:
    """A public place as it was said; `name` is '' where only a building or entrance was."""

    name: str
    building: str | None = None
    entrance: str | None = None


@dataclass(frozen=True)
class FoundPlace:
    """A place, with the characters of its name and of its building (start, end exclusive)."""

    place: Place
    name_at: tuple[int, int] | None
    building_at: tuple[int, int] | None


_B: Final = rf"(?P<b>{NUMBER}|[A-Za-z])"
_E: Final = rf"(?P<e>{NUMBER}|[A-Za-z])"
_DASH: Final = r"\s?(?:[-./]{1,2}|(?<=[0-9])一(?=[0-9]))\s?"
_HOUSE: Final = r"\s?(?:栋楼?|幢楼?|座|号楼|#楼?)[-\s]*"
_STAIR: Final = r"\s?(?:单元|门|梯|单)[-\s]*"
_NOT_BEFORE: Final = (
    r"(?<![0-9A-Za-z])(?:(?=[0-9A-Za-z])|(?<![一二三四五六七八九十百千]))"
    r"(?<![0-9][-/#.:])(?<![0-9]一)(?<!车位)(?<!泊位)第?"
)
# 3-1-502-1 is some other office's room; 3-1-502138.. is a room with a mobile number behind it.
_END: Final = (
    r"(?:[A-Da-d](?![A-Za-z0-9]))?"
    r"(?:(?![0-9]|-[0-9]{1,2}(?![0-9点:]))|(?=1[3-9][0-9]{9}(?![0-9])))"
)
# Without an entrance `3-500元` would be a room, too.
_NO_AMOUNT: Final = (
    r"(?![VvWw元块度平㎡吨米匹升斤页层年月日]|[kK][Ww]|[mc]m|毫米|号[楼线]"
    r"|只(?![有要是])|户(?![主内外型门])|\s?[车泊]位|个(?!人)|次(?!卧)|分(?!水)|天(?!花))"
)
_SUFFIX: Final = (
    r"(?:\s?(?:号房|室(?![内外])|房(?![门顶东间产屋主租子价里内客])|户(?![内外主型])"
    r"|号(?![房楼线表])))?"
)
_ROOM: Final = rf"(?P<r>0?[1-9][0-9]{{2,3}}{_END})"
_ROOM_SAID: Final = (
    rf"(?P<r>0?[1-9][0-9]{{2,3}}{_END}|[零〇一二三四五六七八九幺]{{3,4}}(?![层楼栋幢]))"
)
_SPELLINGS: Final = (
    rf"{_NOT_BEFORE}{_B}(?:{_HOUSE}|\s?[号楼]\s?(?={NUMBER}\s?(?:单元|门)))"
    rf"{_E}{_STAIR}{_ROOM_SAID}",
    rf"{_NOT_BEFORE}{_B}(?:{_HOUSE}|{_DASH}){_E}(?:{_STAIR}|{_DASH}|#-?){_ROOM}",
    rf"{_NOT_BEFORE}{_B}{_HOUSE}(?P<e>){_ROOM_SAID}{_NO_AMOUNT}",
    rf"{_NOT_BEFORE}(?P<b>[0-9]{{1,2}}|[A-Za-z])-{{1,2}}(?P<e>){_ROOM}{_NO_AMOUNT}",
    # Glued, or with blanks: only where nothing else can be meant.
    rf"(?:^|(?<=[\s,;。]))(?P<b>[A-Da-d])(?P<e>){_ROOM}{_NO_AMOUNT}",
    rf"^\s*(?P<b>[0-9]{{1,2}}) {{1,2}}(?P<e>[0-9]{{1,2}}) {{1,2}}{_ROOM}{_NO_AMOUNT}",
)

# A number alone: nothing that counts, measures, dates or is dialled.
_ALONE: Final = (
    r"(?P<r>0[1-9][0-9]{2}|[1-9][0-9]{2,3}"
    r"|[零〇一二三四五六七八九幺]{3,4}(?![零〇一二三四五六七八九十百千万点层楼栋幢]))(?![0-9])"
)
_NO_NUMBER: Final = r"(?!(?:110|114|119|12[02]|20[2-9][0-9])(?![0-9号室]))"
_NO_MEASURE: Final = (
    rf"{_NO_AMOUNT}(?!\s?[元块个点时%℃])(?![-/.:][0-9A-Za-z])"
    r"(?![A-Za-z#+*胶路医多余几来套张件条名台栋幢座]|人(?!在)|号表|家[商店公]|小时|分钟|公[里斤分])"
)
_NUMBERS_ALONE: Final = (
    rf"^[\s\x00,]*(?:我是|我家是?|我住在?|这里是)?{_NO_NUMBER}{_ALONE}{_NO_MEASURE}{_SUFFIX}",
    rf"(?<![0-9A-Za-z零〇一二三四五六七八九幺十百千])(?<![0-9A-Za-z][-/#.:])(?<![共有近约达第号])"
    rf"{_ALONE}\s?(?:号?房(?![门顶东间产屋租子价里内客])|室(?![内外])|号?住户|号?(?=业主)"
    r"|号?户(?![内外主型口籍])|号?(?=家里)|号?家(?![家商店公具电]))",
)


def find_rooms(text: str) -> list[Found]:
    """Every room in the text, in order, whatever its spelling."""
    rest, found = fold(text), []
    for pattern in _SPELLINGS:
        for m in compiled(pattern + _SUFFIX).finditer(rest):
            if ref := _ref(m["b"], m["e"], m["r"]):
                start = m.start() + len(m[0]) - len(m[0].lstrip())
                found.append(Found(ref, start, m.end()))
                rest = mask(rest, start, m.end())
    return sorted(found, key=lambda one: one.start)


def find_numbers(text: str) -> list[Found]:
    """Numbers that may be a room without its building: `502 漏水`, `502室`, `五零二业主`.

    Only the registry knows whether they are. Not 502胶, 110, 2026, nor any amount.
    """
    found = []
    for pattern in _NUMBERS_ALONE:
        for m in compiled(pattern).finditer(fold(text)):
            door = digits(m["r"]).lstrip("0")
            if len(door) > 2:
                found.append(Found(RoomRef("", None, door), m.start("r"), m.end()))
    return sorted(found, key=lambda one: (one.start, -one.end))


def parse_room(text: str) -> RoomRef | None:
    """The room that a whole field names, or None if it says anything else or more."""
    bare = fold(text).strip(" \t\r\n,.;。?")
    found = find_rooms(bare)
    return found[0].ref if found and found[0].end - found[0].start == len(bare) else None


def key(ref: RoomRef) -> str:
    """The one spelling of a room: `3-1-502`, `B-1203`; with parts unsaid `3-502`, `502`."""
    return "-".join(part for part in (ref.building, ref.entrance, ref.room) if part)


def _ref(building: str, entrance: str, room: str) -> RoomRef | None:
    house, stair = _plain(building), _plain(entrance) if entrance else None
    door = digits(room).upper().lstrip("0")
    return RoomRef(house, stair, door) if house != "0" and stair != "0" and len(door) > 2 else None


def _plain(text: str) -> str:
    return text.upper() if text.isascii() and text.isalpha() else str(number(text))


_NAMES: Final = """
    消防通道 消防楼梯 电梯厅 电梯口 电梯间 电梯机房 电梯 地下车库 地下停车场 停车场 车库 地库 车道
    健身区 儿童乐园 游乐场 游泳池 泳池 会所 广场 喷泉 绿化带 绿化 草坪 垃圾房 垃圾站 水泵房 泵房
    配电房 配电间 管道井 水井房 电井 楼梯间 大堂 大厅 门厅 楼道 走廊 走道 过道 连廊 架空层 楼顶 天台
    外墙 单元门 单元门口 岗亭 门岗 道闸 路灯 消防栓 南门 北门 东门 西门 公共卫生间 公厕"""
_HOME_TOO: Final = " 大门 屋顶 地下室 花园 围墙 楼梯 门禁 对讲"
_NO_PLACE: Final = "电梯卡|门禁卡|广场舞|单元(?=门禁)"


_SHARED: Final = """
    楼道 楼梯间 消防楼梯 大堂 门厅 电梯厅 电梯口 电梯间 电梯机房 电梯 单元门 单元门口 架空层 连廊"""
_OUTDOORS: Final = """
    路灯 地下车库 地下停车场 停车场 车库 地库 车道 健身区 儿童乐园 游乐场 广场 喷泉 绿化带 绿化 草坪
    垃圾房 垃圾站 水泵房 泵房 配电房 岗亭 门岗 道闸 消防通道 消防栓 南门 北门 东门 西门 公共卫生间
    公厕"""
SHARED, OUTDOORS = frozenset(_SHARED.split()), frozenset(_OUTDOORS.split())
"""Everybody's: parts of a building, and those of no building. Whoever reports one from home does
not pay for it. Left out is what a home may have too (过道), or what leaks into it (外墙, 楼顶).
"""


def is_everybodys(place: Place, line: str) -> bool:
    """Whether what a line reports at the place is everybody's; a card for it (车库门禁卡) is its
    holder's.
    """
    return place.name in SHARED | OUTDOORS and "卡" not in line


def run_together(room: RoomRef) -> tuple[RoomRef, ...]:
    """What may be meant where the dash before the room was left out: 3-1502 is 3-1-502 perhaps."""
    if not room.building or room.entrance or not room.room.isdigit():
        return ()
    cuts = (cut for cut in (3, 4) if len(room.room) > cut)
    return tuple(RoomRef(room.building, room.room[:-cut], room.room[-cut:]) for cut in cuts)


def _places(names: str) -> str:
    longest_first = sorted(names.split(), key=len, reverse=True)
    return f"{_NO_PLACE}|(?P<name>{'|'.join(longest_first)})"


_OUTSIDE, _ANYWHERE = _places(_NAMES), _places(_NAMES + _HOME_TOO)
_BUILDING: Final = (
    r"(?<![0-9A-Za-z一二三四五六七八九十百千])第?"
    r"(?:(?P<b>[1-9][0-9]?|[A-Za-z])\s?(?:[栋幢](?:楼(?![下上道顶梯里前后内外]))?|座|号楼|#楼?)"
    r"|(?P<bz>十[一二三四五六七八九]?|[一二三四五六七八九])(?:[栋幢](?:楼(?![下上道顶梯里前后内外]))?|号楼))"
    rf"(?:\s?(?P<e>{NUMBER})\s?单元)?(?!\s?[0-9]{{3}})"
    rf"|(?<![0-9A-Za-z])(?P<only>{NUMBER})\s?单元(?!\s?[0-9]{{3}})"
)


def find_place(text: str, with_room: bool = False) -> FoundPlace | None:
    """The first public place, with the building it belongs to wherever that stands in the line.

    `with_room`: the line names a room, so that words which a home has too (大门, 花园) are the
    home's, and a building alone is no place.
    """
    folded = fold(text)
    names = compiled(_OUTSIDE if with_room else _ANYWHERE).finditer(folded)
    name = next((m for m in names if m["name"]), None)
    house = compiled(_BUILDING).search(folded)
    if name is None and (house is None or with_room):
        return None
    place = Place(
        name["name"] if name else "",
        _plain(house["b"] or house["bz"]) if house and not house["only"] else None,
        _plain(house["e"] or house["only"]) if house and (house["e"] or house["only"]) else None,
    )
    if not (name and house):
        return FoundPlace(place, name.span() if name else None, house.span() if house else None)
    # `2单元门` says entrance 2 and the entrance door.
    end = name.start() if house.start() < name.start() < house.end() else house.end()
    return FoundPlace(place, name.span(), (house.start(), end))

"""Where a call is about that is no home: public places, buildings and their entrances.

Whoever calls from a home may speak of something else than it: 一楼大厅, 5栋门禁 and 天台门锁 are
everybody's, while 大厅灯, 门禁 and 大门 by themselves are the home's.
"""

import re
from dataclasses import dataclass
from typing import Final

from wuye_tui.rules.home import rooms_named
from wuye_tui.rules.rooms import RoomRef, plain
from wuye_tui.rules.units_text import EDGE, NUMBER, compiled, fold


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


_SHARED: Final = """
    楼道 楼梯间 消防楼梯 大堂 门厅 电梯厅 电梯口 电梯间 电梯机房 电梯 单元门 单元门口 架空层 连廊"""
_OUTDOORS: Final = """
    路灯 地下车库 地下停车场 停车场 车库 地库 车道 健身区 健身器材 健身设施 儿童乐园 游乐场 广场
    喷泉 绿化带 绿化 草坪 垃圾房 垃圾站 水泵房 泵房 配电房 岗亭 门岗 道闸 消防通道 消防栓 南门
    北门 东门 西门 公共卫生间 公厕 快递柜 丰巢柜 丰巢 自提柜 信报箱 车棚"""
_ROOFS: Final = "天台 楼顶 外墙"
_ELSE: Final = "大厅 走廊 走道 过道 游泳池 泳池 会所 配电间 管道井 水井房 电井"
_HOME_TOO: Final = "大门 屋顶 地下室 花园 围墙 楼梯 门禁 对讲"
_MAY_BE_HOMES: Final = frozenset(f"{_ELSE} {_HOME_TOO} 健身器材 天台 楼顶 外墙".split())
SHARED, OUTDOORS = frozenset(_SHARED.split()), frozenset(_OUTDOORS.split())
"""Everybody's: parts of a building, and those of no building. Whoever reports one from home does
not pay for it. Left out is what a home may have too (过道), or what leaks into it (外墙, 楼顶).
"""
_NO_PLACE: Final = "电梯卡|门禁卡|广场舞|单元(?=门禁)"
_NAME: Final = "|".join(
    sorted(f"{_SHARED} {_OUTDOORS} {_ROOFS} {_ELSE} {_HOME_TOO}".split(), key=len, reverse=True)
)
_BUILDING: Final = (
    r"(?<![0-9A-Za-z一二三四五六七八九十百千])第?"
    r"(?:(?P<b>[1-9][0-9]?|[A-Za-z])\s?(?:[栋幢](?:楼(?![下上道顶梯里前后内外]))?|座|号楼|#楼?)"
    r"|(?P<bz>十[一二三四五六七八九]?|[一二三四五六七八九])(?:[栋幢](?:楼(?![下上道顶梯里前后内外]))?|号楼))"
    rf"(?:\s?(?P<e>{NUMBER})\s?单元)?(?!\s?[0-9]{{3}})"
    rf"|(?<![0-9A-Za-z])(?P<only>{NUMBER})\s?单元(?!\s?[0-9]{{3}})"
)

# What makes a word that a home has too the building's (一楼大厅, 8楼走廊, not 二楼走廊) ...
_OF_ALL: Final = (
    r"(?:(?<![0-9二三四五六七八九十])(?:一|1|首|底|负一|-1)[楼层]|(?:[3-9]|[1-9][0-9]|[三四五六七八九十]|十[一二三四五六七八九])[楼层]"
    r"|楼下|楼里|单元|公共|公用|小区|整栋|大楼)的?$"
)
# ... and the home's of what is mostly everybody's: 我家天台 is a roof of one's own.
_OF_HOME: Final = r"(?:家里?|家中|家的|室内|屋[里内]|户内|自家|入户|自己)的?$"
_KEPT_THERE: Final = "太阳能|空调|外机|热水器|天线|晾|窗|(?:家|户)的"  # a home's, on the roof
_LEAKS_IN: Final = "漏|渗|滴水|家里|家中|我们?家|户内"
_CARDS: Final = "卡(?![住死了着在得顿滞主机])"
_SOMEBODY: Final = r"^\s?(?:那边|那里|的?(?:人|邻居|业主|住户|朋友|师傅|保安|保洁)|也|[来搬去])"
_FROM_THERE: Final = r"(?:楼[上下]|隔壁|对面|从|到|在|往|去|找|给|和|跟)$"


def is_everybodys(place: Place, line: str) -> bool:
    """Whether what a line reports at the place is everybody's; a card for it (车库门禁卡) is its
    holder's, and what leaks from a roof or a wall into a home is that home's.
    """
    text = fold(line)
    if compiled(_CARDS).search(text):
        return False
    if place.name in _ROOFS.split():
        return compiled(f"{_LEAKS_IN}|{_KEPT_THERE}").search(text) is None
    if place.name in SHARED | OUTDOORS:
        return True
    return bool(place.building or place.entrance) or _told_of_all(place.name, text)


def is_of_a_building(place: Place) -> bool:
    """Whether there is one of it in each building: of which has to be known."""
    return place.name != "" and place.name not in OUTDOORS


def is_open(place: Place) -> bool:
    """Whether it is of a building, and nothing says of which: 大堂, 2单元电梯."""
    bound = place.name in SHARED or place.name in (*_ROOFS.split(), "大厅")
    return bound and not place.building


def find_place(text: str, home: RoomRef | None = None) -> FoundPlace | None:
    """The first public place, with the building it belongs to wherever that stands in the line.

    `home`: the room that the line names. Words which a home has too (大门, 花园) are that home's
    then, unless they are said to be the building's; and a building alone is a place only where it
    is another one and something of it is told.
    """
    folded = fold(text)
    house = compiled(_BUILDING).search(folded)
    named = (m for m in compiled(f"{_NO_PLACE}|(?P<name>{_NAME})").finditer(folded) if m["name"])
    name = next((m for m in named if not (home and _is_homes(folded, m, house))), None)
    if name is None and house is None:
        return None
    place = Place(
        name["name"] if name else "",
        plain(house["b"] or house["bz"]) if house and not house["only"] else None,
        plain(house["e"] or house["only"]) if house and (house["e"] or house["only"]) else None,
    )
    if house and name is None and home and not _is_elsewhere(folded, house, place, home):
        return None
    if not (name and house):
        return FoundPlace(place, name.span() if name else None, house.span() if house else None)
    # `2单元门` says entrance 2 and the entrance door.
    end = name.start() if house.start() < name.start() < house.end() else house.end()
    return FoundPlace(place, name.span(), (house.start(), end))


def _is_homes(text: str, name: re.Match[str], house: re.Match[str] | None) -> bool:
    """Whether a word is the home's that the line names."""
    if name["name"] not in _MAY_BE_HOMES:
        return False
    before = text[max(0, name.start() - 6) : name.start()]
    if compiled(_OF_HOME).search(before):
        return True
    if name["name"] not in [*_HOME_TOO.split(), "大厅"]:
        return False
    at_house = house is not None and house.end() == name.start()
    return not at_house and compiled(_OF_ALL).search(before) is None


def _told_of_all(name: str, text: str) -> bool:
    return (
        any(
            compiled(_OF_ALL).search(text[max(0, m.start() - 6) : m.start()])
            for m in compiled(name).finditer(text)
        )
        if name
        else False
    )


def _is_elsewhere(text: str, house: re.Match[str], place: Place, home: RoomRef) -> bool:
    """Whether a building or an entrance alone is another than the home's, and told something of."""
    same = place.building in (None, home.building) and place.entrance in (None, home.entrance)
    if same or not home.building or (home.entrance is None and place.building is None):
        return False
    before, after = text[max(0, house.start() - 2) : house.start()], text[house.end() :]
    if compiled(_SOMEBODY).search(after) or compiled(_FROM_THERE).search(before):
        return False
    at_home = rooms_named(text) or compiled("我们?家|家里|家中|屋里").search(text)
    return not at_home and compiled(rf"^\s?(?!{EDGE})").search(after) is not None


def place_text(place: Place) -> str:
    """A public place as a slip writes it: 5栋2单元大堂."""
    building = place.building or ""
    tower = f"{building}栋" if building.isdigit() else f"{building}座" if building else ""
    return f"{tower}{f'{place.entrance}单元' if place.entrance else ''}{place.name}"

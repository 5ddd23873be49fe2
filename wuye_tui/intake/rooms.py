"""Which room a line is about: from one column (3-1-502) or from three (3栋, 1单元, 502)."""

import re
from functools import lru_cache
from typing import Final

from wuye_tui.intake import cells
from wuye_tui.intake.grid import Cell, is_blank
from wuye_tui.intake.lines import NOWHERE as NO_TITLE
from wuye_tui.intake.lines import Around, Line
from wuye_tui.intake.reasons import (
    AgainstTitle,
    NoBuilding,
    NotARoom,
    SeveralRooms,
    TwoRooms,
    UnclearAround,
)
from wuye_tui.intake.titles import named
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.rooms import SHOPS, RoomRef, find_rooms, is_shop, key, parse_room
from wuye_tui.rules.text import Field

NOWHERE: Final = RoomRef("", None, "")

# As nearly every file writes it: much quicker than the reading of what people say.
_USUAL: Final = re.compile(
    r"([1-9][0-9]?|[A-Z])-(?:([1-9][0-9]?|[A-Z])-)?([1-9][0-9]{2,3}[A-D]?)", re.ASCII
)
_LOOSE: Final = re.compile(r"([A-Z0-9]{1,4})-(?:([A-Z0-9]{1,4})-)?([A-Z0-9]{1,10})", re.ASCII)
_AROUND: Final = re.compile(r"^第|(?:号楼|栋楼?|幢楼?|座|#楼?|楼|单元|门|梯|号)$")
_HAS_HOUSE: Final = re.compile(r"[-栋幢座#]|号楼")
_BETWEEN: Final = re.compile("[、,，;；/／和及与&+\\s]+")
_ESTATE: Final = re.compile("(?:(?![零一二三四五六七八九十])[\u4e00-\u9fff]){2,12}")
_TWO_PARTS: Final = re.compile(r"([1-9][0-9]?|[A-Z])-(0?[1-9][0-9]{2,3}[A-D]?)", re.ASCII)


def read_room(line: Line, strict: bool) -> RoomRef:
    """The line's room, NOWHERE after noting what is wrong.

    `strict` takes only what may be typed in a call; otherwise B1-A035 will do, too.
    """
    before = len(line.bad)
    building = line.take("building", read_part, "")
    entrance = line.take("entrance", read_part, "")
    if len(line.bad) > before:
        return NOWHERE
    around = line.around

    def read(cell: Cell, word: str) -> RoomRef:
        typed = cells.narrow(cell, Field.ROOM, word)
        if not building and around != NO_TITLE:
            try:
                return _within(around, entrance, typed, strict)
            except NotARoom:
                _blame_building(line, typed, strict)
                _blame_several(typed)
                raise
        if not building and _parse(typed, strict) is None:
            _blame_building(line, typed, strict)
        stair = entrance or (around.entrance if around.building in ("", building) else "")
        try:
            return _join(building, stair, typed, strict, around.entrance_first)
        except NotARoom:
            _blame_several(typed)
            raise

    found = line.need("room", read, NOWHERE)
    line.room = key(found)
    return found


def _blame_building(line: Line, typed: str, strict: bool) -> None:
    """Raises NoBuilding where the room would be one if the column of buildings were filled."""
    if "building" in line.header.places and _parse(f"1-{typed}", strict) is not None:
        raise NoBuilding(line.header.word("building"))


def _blame_several(typed: str) -> None:
    """Raises SeveralRooms where each part of the cell is a room, at least beside its building."""
    parts = [part for part in _BETWEEN.split(typed) if part]
    if len(parts) > 1 and all(map(is_room, parts)):
        raise SeveralRooms


def begins_otherwise(line: Line) -> bool | None:
    """Of a room in two parts (1-502): whether it begins with another number than its building has.

    None for every other room, and where the building is said nowhere else.
    """
    typed, building = line.value("room"), line.value("building")
    both = _TWO_PARTS.fullmatch(typed) if isinstance(typed, str) else None
    if both is None:
        return None
    try:
        house = line.around.building if is_blank(building) else read_part(building, "")
    except DeskError:
        return None
    return house != both[1] if house else None


def is_room(typed: str) -> bool:
    """Whether a cell names a room, with its building or without."""
    try:
        bare = cells.narrow(typed, Field.ROOM, "")
    except DeskError:
        return False
    return _parse(bare, strict=False) is not None or _parse(f"1-{bare}", strict=False) is not None


def is_whole(typed: str) -> bool:
    """Whether a cell names a room with its building and its entrance: nothing has to be added."""
    try:
        found = _parse(cells.narrow(typed, Field.ROOM, ""), strict=False) if typed else None
    except DeskError:
        return False
    return found is not None and bool(found.entrance)


def _within(around: Around, entrance: str, typed: str, strict: bool) -> RoomRef:
    """A room below a title that names its building; one that is written in full needs no title."""
    whole = _parse(typed, strict)
    if whole is not None and whole.entrance:
        return whole
    if whole is not None and is_shop(whole) and around.building != SHOPS:
        return _shop_within(around, whole)
    if around.unclear and (whole is None or not whole.building or around.entrance_first):
        raise UnclearAround(around.unclear)
    entrance = entrance or around.entrance
    if whole is not None and whole.building and not around.entrance_first:
        if around.building not in ("", whole.building):
            raise AgainstTitle
        return RoomRef(whole.building, entrance or None, whole.room)
    if whole is not None and whole.building and entrance not in ("", whole.building):
        raise AgainstTitle
    if not around.building:  # an entrance alone would be taken for a building
        raise NotARoom
    parts = (around.building, "" if whole else entrance, typed)
    return _sure(_parse("-".join(filter(None, parts)), strict))


def _shop_within(around: Around, shop: RoomRef) -> RoomRef:
    """A shop below a title: of its building, unless the shop says so itself."""
    if shop.building != SHOPS and around.building not in ("", shop.building):
        raise AgainstTitle
    if shop.building != SHOPS or not around.building:
        return shop
    return RoomRef(around.building, None, SHOPS + shop.room)


def _join(building: str, entrance: str, typed: str, strict: bool, entrance_first: bool) -> RoomRef:
    """One room from its columns; where the last holds all of it, the others must say the same."""
    whole = _parse(typed, strict) if not building or _HAS_HOUSE.search(typed) else None
    if whole is not None and building not in ("", whole.building) and is_shop(whole):
        whole = None  # S-3 of building 1
    if whole is None and building:
        return _sure(_parse("-".join(filter(None, (building, entrance, typed))), strict))
    found = _sure(whole)
    if not found.entrance and entrance and found.building == building:
        return RoomRef(building, entrance, found.room)
    if building and not found.entrance and entrance_first and entrance in ("", found.building):
        return RoomRef(building, found.building, found.room)
    if building not in ("", found.building) or entrance not in ("", found.entrance):
        raise TwoRooms
    return found


def _parse(typed: str, strict: bool) -> RoomRef | None:
    usual = _USUAL.fullmatch(typed)
    if usual:
        return RoomRef(*usual.groups())
    found = parse_room(typed) or _behind_a_name(typed)
    loose = _LOOSE.fullmatch(typed.upper()) if found is None and not strict else None
    return RoomRef(*loose.groups()) if loose else found


def _behind_a_name(typed: str) -> RoomRef | None:
    """思兰雅苑3栋1单元502室: the estate's name in front of the room."""
    found = find_rooms(typed) if _ESTATE.match(typed) else []
    behind = len(found) == 1 and found[0].end == len(typed)
    return found[0].ref if behind and _ESTATE.fullmatch(typed[: found[0].start]) else None


def _sure(found: RoomRef | None) -> RoomRef:
    if found is None:
        raise NotARoom
    return found


@lru_cache(maxsize=1024, typed=True)
def read_part(cell: Cell, word: str) -> str:
    """A building or entrance without its counting word: 3栋, 03 and 三号楼 are 3."""
    return named(_AROUND.sub("", cells.narrow(cell, Field.ROOM, word).replace(" ", "")))

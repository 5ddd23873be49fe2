"""Which room a line is about: from one column (3-1-502) or from three (3栋, 1单元, 502)."""

import re
from functools import lru_cache
from typing import Final

from wuye_tui.intake import cells
from wuye_tui.intake.files import Cell
from wuye_tui.intake.lines import Line
from wuye_tui.intake.reasons import NotARoom, TwoRooms
from wuye_tui.rules.rooms import RoomRef, parse_room
from wuye_tui.rules.text import Field
from wuye_tui.rules.units_text import NUMBER, number

NOWHERE: Final = RoomRef("", None, "")

# As nearly every file writes it: much quicker than the reading of what people say.
_USUAL: Final = re.compile(
    r"([1-9][0-9]?|[A-Z])-(?:([1-9][0-9]?|[A-Z])-)?([1-9][0-9]{2,3}[A-D]?)", re.ASCII
)
_LOOSE: Final = re.compile(r"([A-Z0-9]{1,4})-(?:([A-Z0-9]{1,4})-)?([A-Z0-9]{1,10})", re.ASCII)
_AROUND: Final = re.compile(r"^第|(?:号楼|栋楼?|幢楼?|座|#楼?|楼|单元|门|梯|号)$")
_NUMERAL: Final = re.compile(NUMBER)


def read_room(line: Line, strict: bool) -> RoomRef:
    """The line's room, NOWHERE after noting what is wrong.

    `strict` takes only what may be typed in a call; otherwise B1-A035 will do, too.
    """
    before = len(line.bad)
    building = line.take("building", _part, "")
    entrance = line.take("entrance", _part, "")
    if len(line.bad) > before:
        return NOWHERE

    def read(cell: Cell, word: str) -> RoomRef:
        return _join(building, entrance, cells.narrow(cell, Field.ROOM, word), strict)

    return line.need("room", read, NOWHERE)


def _join(building: str, entrance: str, typed: str, strict: bool) -> RoomRef:
    """One room from its columns; where the last holds all of it, the others must say the same."""
    whole = _parse(typed, strict) if "-" in typed or not building else None
    if whole is None and building:
        return _sure(_parse("-".join(filter(None, (building, entrance, typed))), strict))
    found = _sure(whole)
    if building not in ("", found.building) or entrance not in ("", found.entrance):
        raise TwoRooms
    return found


def _parse(typed: str, strict: bool) -> RoomRef | None:
    usual = _USUAL.fullmatch(typed)
    if usual:
        return RoomRef(*usual.groups())
    found = parse_room(typed)
    loose = _LOOSE.fullmatch(typed.upper()) if found is None and not strict else None
    return RoomRef(*loose.groups()) if loose else found


def _sure(found: RoomRef | None) -> RoomRef:
    if found is None:
        raise NotARoom
    return found


@lru_cache(maxsize=1024, typed=True)
def _part(cell: Cell, word: str) -> str:
    """A building or entrance without its counting word: 3栋, 03 and 三号楼 are 3."""
    typed = _AROUND.sub("", cells.narrow(cell, Field.ROOM, word).replace(" ", ""))
    return str(number(typed)) if _NUMERAL.fullmatch(typed) else typed.upper()

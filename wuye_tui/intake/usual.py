"""A quick way for people as nearly every row has them: 3-1-502, two to four characters, a mobile.

The room may stand in columns of its parts, and plate and identity number beside. Whatever is only a
little different is left to the careful way, and both ways say the same.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from wuye_tui.intake import cells
from wuye_tui.intake.grid import Cell
from wuye_tui.intake.heading import Header
from wuye_tui.intake.lines import NOTHING
from wuye_tui.intake.names import USUAL
from wuye_tui.intake.rooms import read_part
from wuye_tui.intake.rows import PersonRow, read_role
from wuye_tui.intake.terms import PersonRole
from wuye_tui.rules.errors import DeskError

_ROOM: Final = re.compile(
    r"(?:[1-9][0-9]{0,2}|[A-Z])-(?:[1-9][0-9]?|[A-Z])-[1-9][0-9]{2,3}[A-D]?", re.ASCII
)
_NO_ENTRANCE: Final = re.compile(r"(?:[1-9][0-9]?|[A-Z])-[1-9][0-9]{2,3}[A-D]?", re.ASCII)
_MOBILE: Final = re.compile("1[3-9][0-9]{9}")
_IDENTITY: Final = re.compile("[0-9]{17}[0-9X]")
NOBODY: Final = frozenset(
    (
        "空置",
        "空房",
        "空关",
        "未售",
        "未入住",
        "未交付",
        "未交房",
        "无名",
        "无名氏",
        "无主",
        "无车主",
        "无牌车主",
        "临时车",
        "临时车辆",
        "临停",
        "外来车",
        "外来车辆",
        "访客",
        "访客车",
    )
)
"""What stands in place of a name where nobody lives, or nobody knows whose a car is."""
_NO_NAMES: Final = NOBODY | NOTHING
BEGINNINGS: Final = frozenset("备附说注总合小共本统制填审复编打 \u3000\t\n")
"""How remarks begin, and blanks."""
_MORE: Final = ("phone2", "plate", "identity", "until", "sold", "former", "driver")


def is_nobody(cell: Cell) -> bool:
    """Whether what stands in place of a name says that there is nobody."""
    return isinstance(cell, str) and cell.strip() in NOBODY


class Usual:
    """Reads the rows of a list with one column for the room, or with one for each of its parts.

    Where the room is `apart` from its building, no title may say more of either. Of other people
    in the same row, 租户 or 紧急联系人 beside the owner, nothing may be said.
    """

    def __init__(self, header: Header) -> None:
        places = header.places
        self._room, self._name = places["room"], places["name"]
        self._own = {self._room, self._name}
        others = {at for each in header.further.values() for at in each.values()}
        nameless = {at for at, word in enumerate(header.words) if not word}
        self._blank = sorted(others | nameless)
        self._most = len(header.words)
        self._house, self._stair = places.get("building", -1), places.get("entrance", -1)
        self.apart = self._house >= 0
        self.can = self.apart or self._stair < 0
        self._shape = _NO_ENTRANCE if self.apart and self._stair < 0 else _ROOM
        self._phone, self._role = places.get("phone", -1), places.get("role", -1)
        self._since, self._state = places.get("since", -1), places.get("state", -1)
        self._more = {field: places[field] for field in _MORE if field in places}
        self._least = max(header.known) + 1
        self._roles: dict[Cell, PersonRole | None] = {"": None}
        self._names, self._parts = set[str](), dict[Cell, str]()
        self._days: dict[Cell, date | None] = {"": None}
        self._word = header.word("role") if self._role >= 0 else ""
        self._assumed = not header.says_role
        self._owner = header.role or PersonRole.OWNER
        self._only = [(places[field], whose) for field, whose in header.only.items()]
        self._gone, self._renews = header.gone, header.renews

    def read(
        self, number: int, values: Sequence[Cell], lent: frozenset[int] | None = None
    ) -> PersonRow | None:
        """The row's person; None where it is not as usual, or may be no row of the list.

        `lent` are the columns whose values stand further up.
        """
        if not self._least <= len(values) <= self._most:
            return None
        first = values[0]
        if lent:
            if lent & self._own:
                return None
            first = next((cell for at, cell in enumerate(values) if cell and at not in lent), "")
        if isinstance(first, str) and first[:1] in BEGINNINGS:
            return None
        if self._blank and any(values[at] != "" for at in self._blank if at < len(values)):
            return None
        name = values[self._name]
        unit = self._joined(values) if self.apart else values[self._room]
        if not (isinstance(name, str) and isinstance(unit, str) and self._shape.fullmatch(unit)):
            return None
        if name not in self._names and not self._is_name(name):
            return None
        phone = self._number(values[self._phone]) if self._phone >= 0 else ""
        role = self._what(values[self._role]) if self._role >= 0 else self._owner
        if phone is None or role is None:
            return None
        day, plate = None, ""
        if self._since >= 0 and (since := values[self._since]) != "":
            day = self._day(since)
            if day is None:
                return None
        if self._state >= 0 and values[self._state] in self._gone:
            return None
        if self._only and any(role is not whose and values[at] != "" for at, whose in self._only):
            return None
        if self._more:
            more = self._further(values, phone)
            if more is None:
                return None
            phone, plate = more
        renewed = self._renews and phone != ""
        return PersonRow(number, unit, name, phone, role, day, None, plate, self._assumed, renewed)

    def _further(self, values: Sequence[Cell], phone: str) -> tuple[str, str] | None:
        """Telephone and plate, after the columns that few lists have."""
        plate = ""
        for field, at in self._more.items():
            cell = values[at]
            if cell == "":
                continue
            if field == "phone2":
                second = self._number(cell)
                if second is None or phone not in ("", second):
                    return None
                phone = second
            elif not isinstance(cell, str):
                return None
            elif field == "plate" and cells.PLATE.fullmatch(cell):
                plate = cell
            elif field != "identity" or not _IDENTITY.fullmatch(cell):
                return None
        return phone, plate

    def _joined(self, values: Sequence[Cell]) -> str:
        """The room's label from its columns; "" where a part is blank or no plain one."""
        room, house = values[self._room], self._part(values[self._house])
        if isinstance(room, float | int):
            room = str(int(room)) if room == room // 1 else ""
        if not (house and isinstance(room, str)) or "-" in room:
            return ""
        if self._stair < 0:
            return f"{house}-{room}"
        return f"{house}-{stair}-{room}" if (stair := self._part(values[self._stair])) else ""

    def _part(self, cell: Cell) -> str:
        if isinstance(cell, bool):  # True would be found as 1
            return ""
        found = self._parts.get(cell)
        if found is None:
            try:
                found = "" if cell == "" else read_part(cell, "")
            except DeskError:
                found = ""
            self._parts[cell] = found
        return found

    def _is_name(self, name: str) -> bool:
        if name in _NO_NAMES or not USUAL.fullmatch(name):
            return False
        self._names.add(name)
        return True

    @staticmethod
    def _number(cell: Cell) -> str | None:
        if isinstance(cell, str):
            return cell if cell == "" or _MOBILE.fullmatch(cell) else None
        if isinstance(cell, int | float) and 13e9 <= cell < 2e10 and cell == int(cell):
            return str(int(cell))
        return None

    def _day(self, cell: Cell) -> date | None:
        if cell not in self._days:
            try:
                self._days[cell] = cells.day(cell, "")
            except DeskError:
                self._days[cell] = None
        return self._days[cell]

    def _what(self, cell: Cell) -> PersonRole | None:
        if cell not in self._roles:
            try:
                self._roles[cell] = read_role(cell, self._word)
            except DeskError:
                self._roles[cell] = None
        return self._roles[cell]

"""A quick way for people as nearly every row has them: 3-1-502, two to four characters, a mobile.

Whatever is only a little different is left to the careful way, and both ways say the same.
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
from wuye_tui.intake.rows import PersonRow, read_role
from wuye_tui.intake.terms import PersonRole
from wuye_tui.rules.errors import DeskError

_ROOM: Final = re.compile(
    r"(?:[1-9][0-9]{0,2}|[A-Z])-(?:[1-9][0-9]?|[A-Z])-[1-9][0-9]{2,3}[A-D]?", re.ASCII
)
_MOBILE: Final = re.compile("1[3-9][0-9]{9}")
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
_OTHERS: Final = ("phone2", "until", "sold", "former", "plate", "identity")


def is_nobody(cell: Cell) -> bool:
    """Whether what stands in place of a name says that there is nobody."""
    return isinstance(cell, str) and cell.strip() in NOBODY


class Usual:
    """Reads the rows of a list with one column for the room."""

    def __init__(self, header: Header) -> None:
        places = header.places
        self.can = (
            not (header.further or header.only) and not {"building", "entrance"} & places.keys()
        )
        self._room, self._name = places["room"], places["name"]
        self._phone, self._role = places.get("phone", -1), places.get("role", -1)
        self._since = places.get("since", -1)
        self._others = [places[field] for field in _OTHERS if field in places]
        self._least = max(places.values()) + 1
        self._roles: dict[str, PersonRole | None] = {"": None}
        self._word = header.word("role") if self._role >= 0 else ""
        self._assumed = not header.says_role
        self._owner = header.role or PersonRole.OWNER
        self._state, self._gone = places.get("state", -1), header.gone
        self._renews = header.renews

    def read(self, number: int, values: Sequence[Cell]) -> PersonRow | None:
        """The row's person; None where it is not as usual."""
        if len(values) < self._least or any(values[at] != "" for at in self._others):
            return None
        if self._state >= 0 and values[self._state] in self._gone:
            return None
        room, name = values[self._room], values[self._name]
        if not (isinstance(room, str) and isinstance(name, str)):
            return None
        if not (_ROOM.fullmatch(room) and USUAL.fullmatch(name)) or name in _NO_NAMES:
            return None
        phone = self._number(values[self._phone]) if self._phone >= 0 else ""
        role = self._what(values[self._role]) if self._role >= 0 else self._owner
        since = values[self._since] if self._since >= 0 else ""
        if phone is None or role is None or not (since == "" or isinstance(since, date)):
            return None
        try:
            day = cells.day(since, "") if since != "" else None
        except DeskError:
            return None
        renewed = self._renews and phone != ""
        return PersonRow(number, room, name, phone, role, day, None, "", self._assumed, renewed)

    @staticmethod
    def _number(cell: Cell) -> str | None:
        if isinstance(cell, str):
            return cell if cell == "" or _MOBILE.fullmatch(cell) else None
        if isinstance(cell, int | float) and 13e9 <= cell < 2e10 and cell == int(cell):
            return str(int(cell))
        return None

    def _what(self, cell: Cell) -> PersonRole | None:
        if not isinstance(cell, str):
            return None
        if cell not in self._roles:
            try:
                self._roles[cell] = read_role(cell, self._word)
            except DeskError:
                self._roles[cell] = None
        return self._roles[cell]

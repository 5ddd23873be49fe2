"""Finding people: one box for pinyin, characters, rooms, the tail of a telephone and plates.

Telephones are masked wherever people are listed. To see one in full is an act with a reason, and
leaves a line that says who looked at whose number, never the number.
"""

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.errors import NotFound, UsageError
from wuye_tui.rules.pinyin import name_keys, typed_key
from wuye_tui.rules.rooms import parse_room
from wuye_tui.rules.text import BAD, LIMITS, Field, clean, masked_phone
from wuye_tui.store.acts import Act
from wuye_tui.store.tables import Person, PersonKey, Unit, UnitPerson
from wuye_tui.words import _

# The dictionary's phrases take 45 MB, and a name needs only its characters.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

ROLE_ORDER: Final = {"tenant": 0, "owner": 1, "family": 2, "emergency": 3}
"""Whom the desk speaks to first."""
SHORTEST_TAIL: Final = 3
MOST: Final = 200

_DIGITS: Final = re.compile(r"[0-9](?:[0-9 -]*[0-9])?", re.ASCII)
_SEPARATORS: Final = re.compile(r"[ \-.·•]")
_PLATE: Final = re.compile(r"\w?[A-Z0-9]{3,8}\w?", re.UNICODE)


class How(StrEnum):
    """By what somebody was found."""

    ROOM = "room"
    NAME = "name"
    PINYIN = "pinyin"
    PHONE = "phone"
    PLATE = "plate"


class UnknownPerson(NotFound):
    """Nobody has this id any more."""

    def __init__(self) -> None:
        super().__init__(_("这个人已不在住户册里，请重新查找。"))


class NoReason(UsageError):
    """A number is shown in full only to somebody who says what for."""

    def __init__(self) -> None:
        super().__init__(_("查看完整电话要写明原因，请写上再看。"))


@dataclass(frozen=True)
class PersonFound:
    """Somebody in a unit; whoever has two units is found twice, and without a unit `unit` is ""."""

    person: str
    name: str
    role: str
    unit: str
    phone: str
    plate: str
    how: How

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        return asdict(self)


@dataclass
class _Hits:
    """Who was found so far, the best way of each: rank (0 is best) and how."""

    best: dict[str, tuple[int, How]] = field(default_factory=dict)
    only: dict[str, set[str]] = field(default_factory=dict)

    def add(self, people: Iterable[str], rank: int, how: How) -> None:
        for person in people:
            self.best[person] = min(self.best.get(person, (rank, how)), (rank, how))

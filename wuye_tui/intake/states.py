"""A column 状态 in a list of people: whoever it says to have gone is no longer there.

已退租 is a tenant's, 已售 an owner's. Everything else there (在租, 自住, 装修中) says nothing about
people, and a column that never says more is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from wuye_tui.intake.grid import Cell, NumberedRow
from wuye_tui.intake.heading import ENDS, STATE, Header
from wuye_tui.intake.terms import PersonRole, fold

_GONE: Final = re.compile(
    r"\(?(?:已经?)?(?:"
    r"(?P<tenant>退租|退房|退组|解约|终止|(?:合同|租约|租赁)(?:已经?)?(?:终止|解除))"
    r"|(?P<owner>售|卖|售出|卖出|出售|卖掉|卖房|过户|转让|转卖|转售|换业主)"
    r"|(?P<anyone>搬|搬走|搬离|搬出|搬家|迁出|迁走|迁离|离开|走|不住|过世|去世|离世|逝世|病故|身故|故)"
    r")了?\)?"
)
_TOO_SHORT: Final = frozenset(("售", "卖", "搬", "走", "故"))  # without 已 they may mean anything
_UNSOLD: Final = frozenset(("未售", "待售", "在售", "可售", "未卖", "未出售", "未售出"))


def settled(header: Header, body: Iterable[NumberedRow]) -> Header:
    """The header with the words of its column that say that somebody has gone, by whose they are;
    without the column where there are none.

    已售 says of the sales list of a new estate only who has bought.
    """
    at = header.places.get(STATE)
    cells = [] if at is None else [values[at] for _number, values in body if at < len(values)]
    said = Counter(cell for cell in cells if cell != "")  # few words, which come again and again
    gone = _gone(said)
    sold = sum(said[word] for word, whose in gone.items() if whose is PersonRole.OWNER)
    if 2 * sold > said.total() or any(
        isinstance(cell, str) and fold(cell) in _UNSOLD for cell in said
    ):
        gone = {word: whose for word, whose in gone.items() if whose is not PersonRole.OWNER}
    left = () if gone else (STATE, ENDS)
    places = {name: at for name, at in header.places.items() if name not in left}
    return replace(header, places=places, gone=gone)


def _gone(said: Iterable[Cell]) -> Mapping[str, PersonRole | None]:
    found: dict[str, PersonRole | None] = {}
    for word in {cell for cell in said if isinstance(cell, str)}:
        read = _GONE.fullmatch(plain := fold(word))
        if read and plain not in _TOO_SHORT:
            whose = str(read.lastgroup)
            found[word] = None if whose == "anyone" else PersonRole(whose)
    return found


def has_gone(cell: Cell, header: Header, role: PersonRole | None, everybody: Header) -> bool:
    """Whether the cell says that somebody of this role has gone, None where nothing says the role.

    Of several in a row 已搬走 is meant of the tenant or the member of the family, not of the owner
    whose home it is.
    """
    if not isinstance(cell, str) or cell not in header.gone:
        return False
    whose = header.gone[cell]
    if whose is not None:
        return role in (None, whose)
    others = {PersonRole.TENANT, PersonRole.FAMILY} & set(everybody.further)
    main = everybody.role or PersonRole.OWNER
    if main is not PersonRole.OWNER:
        others.add(main)
    return not everybody.further or (role in others if others else role in (None, main))

"""Staff numbers for a list that has none: the register's own by name and telephone, or new ones.

New numbers go on in the manner of the department's: after KF07 comes KF08. Nobody is guessed: where
two people of one name cannot be told apart, only the office knows who is meant.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from wuye_tui.registers.comparisons import Columns, Objection, objection, remark
from wuye_tui.rules.errors import DeskError
from wuye_tui.store.tables import Staff
from wuye_tui.words import _, listed

_NUMBER: Final = re.compile("([A-Z]*-?)([0-9]+)")
_FIRST: Final = ("S", 3)  # S001, where the office has no manner yet
_SHOWN: Final = 6


class SeveralStaff(DeskError):
    """More than one could be meant by this name."""

    def __init__(self, numbers: Iterable[str]) -> None:
        super().__init__(
            _("在册员工里有同名的：{numbers}。请加「工号」一列，写明是哪一位。").format(
                numbers=listed(sorted(numbers))
            )
        )


class LeftBefore(DeskError):
    """Somebody of this name and telephone has left; a list without numbers takes nobody back."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("这个人已停用，工号 {number}。请先用 wuye staff return 启用，再导入。").format(
                number=number
            )
        )


@dataclass
class Numbered:
    """The rows with their numbers; what is refused, and what is to be told."""

    rows: list[Any] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    told: list[Objection] = field(default_factory=list)


def numbered_staff(
    session: Session, site: str, rows: Sequence[Any], columns: Columns, today: date
) -> Numbered:
    """Every row with its number, "" for somebody unknown who has left."""
    columns_of = (Staff.number, Staff.name, Staff.phone, Staff.active, Staff.department)
    query = select(*map(col, columns_of)).where(col(Staff.site) == site).order_by(col(Staff.number))
    staff = session.execute(query).all()
    meant = _Meant(staff, rows, today)
    free, done, fresh = _Free(staff), Numbered(), list[Any]()
    for row in rows:
        try:
            number = meant.number_of(row)
        except DeskError as why:
            done.objections.append(objection(columns, row, "name", row.name, why))
            continue
        if not number and not has_left(row, today):
            number = free.next(str(row.department))
            fresh.append(row._replace(number=number))
        done.rows.append(row._replace(number=number))
    if fresh:
        numbers = [row.number for row in fresh]
        shown = [*numbers[: _SHOWN - 1], ".."] if len(numbers) > _SHOWN else numbers
        words = _(
            "表里没有「工号」，按姓名和电话对在册员工；新来的 {count} 人编为 {numbers}。"
            "要自己定的，请加「工号」一列。"
        ).format(count=len(fresh), numbers=listed(shown))
        done.told.append(remark(columns, fresh[0], "name", fresh[0].name, words))
    return done


def has_left(row: Any, today: date) -> bool:
    """Whether the row says that the employee works here no more."""
    return row.gone or (row.left is not None and row.left <= today)


class _Meant:
    """Whom of the register each row is about: by name and telephone first, then by name alone."""

    def __init__(self, staff: Sequence[Any], rows: Sequence[Any], today: date) -> None:
        self._today = today
        self._left: dict[str, list[Any]] = defaultdict(list)
        for one in staff:
            self._left[one.name].append(one)
        self._same: dict[int, Any] = {}
        for row in rows:
            same = [one for one in self._left[row.name] if row.phone and one.phone == row.phone]
            if same:
                one = max(same, key=lambda one: one.active)
                self._left[row.name].remove(one)
                self._same[row.row_number] = one
        self._rest = Counter(row.name for row in rows if row.row_number not in self._same)

    def number_of(self, row: Any) -> str:
        """The number of whoever is meant, "" for somebody new. Raises SeveralStaff, LeftBefore."""
        if same := self._same.get(row.row_number):
            return self._of(same, row)
        there = [one for one in self._left[row.name] if one.active]
        if len(there) == self._rest[row.name] == 1:
            return self._of(there[0], row)
        if there:
            raise SeveralStaff(one.number for one in there)
        left = [one for one in self._left[row.name] if not (one.phone and row.phone)]
        if len(left) == 1 and self._rest[row.name] == 1:
            return self._of(left[0], row)
        return ""

    def _of(self, one: Any, row: Any) -> str:
        if not (one.active or has_left(row, self._today)):
            raise LeftBefore(one.number)
        return str(one.number)


class _Free:
    """The next free numbers, department by department."""

    def __init__(self, staff: Sequence[Any]) -> None:
        self._manners: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
        self._last: Counter[str] = Counter()
        for one in staff:
            if found := _NUMBER.fullmatch(one.number):
                letters, digits = found.groups()
                self._last[letters] = max(self._last[letters], int(digits))
                self._manners[one.department][letters, len(digits)] += 1

    def next(self, department: str) -> str:
        """The number after the last one of the department's own manner; else of the one manner
        that all departments have; else S001.
        """
        own = self._manners.get(department)
        others = sum((found for name, found in self._manners.items() if name), Counter())
        common = others if len({letters for letters, _width in others}) == 1 else None
        letters, width = (own or common or Counter([_FIRST])).most_common(1)[0][0]
        self._last[letters] += 1
        return f"{letters}{self._last[letters]:0{width}}"

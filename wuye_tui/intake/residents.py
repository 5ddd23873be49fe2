"""People from one line of a file: usually one, sometimes several in one cell or beside each other.

张三(业主), 张三、李四 with two telephones, 业主姓名 and 租户姓名 in one row. What cannot be kept (a
second number) is told with its row and column.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from wuye_tui.intake import cells
from wuye_tui.intake.cells import shown
from wuye_tui.intake.days import read_day, take_day
from wuye_tui.intake.grid import Cell, is_blank
from wuye_tui.intake.heading import ENDS, STATE, Header
from wuye_tui.intake.lines import Line, says_nothing
from wuye_tui.intake.names import USUAL, apart, joined, untitled, without_gone
from wuye_tui.intake.reasons import (
    DayOfAnother,
    LongNumber,
    MovedBefore,
    NoLongerThere,
    NoName,
    NotOneOf,
    TooManyNames,
    TwoRoles,
)
from wuye_tui.intake.rooms import read_room
from wuye_tui.intake.rows import PersonRow, read_role
from wuye_tui.intake.several import every
from wuye_tui.intake.states import has_gone
from wuye_tui.intake.terms import ROLES, PersonRole
from wuye_tui.intake.usual import is_nobody
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.rooms import key
from wuye_tui.rules.text import Field
from wuye_tui.words import _

_ROLE_BEHIND: Final = re.compile(r"(.+?)\s*[(（\[【]([^()（）\[\]【】]{1,10})[)）\]】]", re.DOTALL)
_ROLE_BEFORE: Final = re.compile(r"([^:：]{1,10})[:：]\s*(.+)", re.DOTALL)
_LOST: Final = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?1[4-9]")
_STILL: Final = frozenset(("至今", "在住", "现住", "居住中", "未迁出", "未搬离", "长期", "否"))
_REACHED: Final = ("phone", "phone2", "plate", "identity", "former")
_PERSONAL: Final = (*_REACHED, "since", "until", "sold")
_MANY: Final = 10  # owners of one home
_Named = tuple[str, PersonRole | None]


def people(line: Line) -> list[PersonRow]:
    """Everybody whom the line is about; nobody, with a word about it, where it names nobody.

    Owners where neither a column nor a name says otherwise. Identity numbers are not kept. They
    are looked at all the same: that a file has lost their last digits is told before the office
    throws the original away.
    """
    further, whole = line.header.further, line.header
    found = _of(line, whole) if not further or not _silent(line) else []
    for header in line.header.people[1:] if further else ():
        other = replace(line, header=header)
        if not _silent(other):
            found += _of(other, whole)
    if not found and not line.bad:
        line.tell("name", _("这一行没有写人，没有导入。"))
    return found


def settled(found: Sequence[PersonRow]) -> list[PersonRow]:
    """All people of a file without the names that only say whose home it is: 户主 beside 成员姓名,
    where somebody of this name and role stands there with a telephone, a plate or a day.
    """
    told = {_who(one) for one in found if _is_told_of(one)}
    return [one for one in found if _is_told_of(one) or _who(one) not in told]


def _who(one: PersonRow) -> tuple[str, str, PersonRole]:
    return one.unit, one.name, one.role


def _is_told_of(one: PersonRow) -> bool:
    return bool(one.phone or one.plate or one.since or one.until)


def _silent(line: Line) -> bool:
    """Whether nobody is named and nothing else is said that could be about somebody."""
    said = line.value("name")
    if not says_nothing(said) and not is_nobody(said):
        return False
    other = _REACHED if is_nobody(said) else _PERSONAL
    return all(says_nothing(line.value(name)) for name in other)


def _of(line: Line, whole: Header) -> list[PersonRow]:
    unit = key(read_room(line, strict=False))
    if not line.bad and _silent(line):
        return []
    named: list[_Named] = line.need("name", lambda cell, word: _names(cell, word, line), [])
    phones = _phones(line, len(named))
    role = _role(line, named)
    sure = line.header.says_role or any(own for _name, own in named)
    gone = has_gone(line.value(STATE), line.header, role if sure else None, whole)
    if gone and not sure:  # nobody but a tenant gives a lease up
        role = line.header.gone[str(line.value(STATE))] or role
    since, sold = take_day(line, "since"), take_day(line, "sold")
    until = line.take("until", lambda cell, word: _last_day(line, cell, word), None)
    until = until or (_end(line) if gone else None)
    _own_days(line, {own or role for _name, own in named})
    if since and until and until < since:
        line.refuse("until", MovedBefore())
    plates, driver = every(line, "plate", cells.plates), _driver(line, [name for name, _ in named])
    renewed = line.header.renews
    line.take("identity", lambda cell, _word: _look_at(cell, line), None)
    found = [
        PersonRow(
            line.row_number, unit, name, phone, own or role,
            since or (sold if (own or role) is PersonRole.OWNER else None), until,
            " ".join(plates) if at == driver else "",
            assumed=not (own or line.header.says_role),
            renewed=renewed and bool(phone),
            gone=gone,
        )
        for at, ((name, own), phone) in enumerate(zip(named, phones, strict=True))
    ]  # fmt: skip
    return found + _former(line, unit, sold)


def _driver(line: Line, names: Sequence[str]) -> int:
    """Whose the plate is: the first one's, where 车主 beside them says nothing else; -1 for nobody
    in the row, which is told.
    """
    said = line.value("driver")
    if says_nothing(said) or says_nothing(line.value("plate")):
        return 0
    driver = untitled(joined(shown(said).strip()))
    if driver in names:
        return names.index(driver)
    if not line.bad:
        line.tell("driver", _("车主不是这一行的人，车牌没有记。请为车主另写一行，写明身份。"))
    return -1


def _former(line: Line, unit: str, sold: date | None) -> list[PersonRow]:
    """Whoever sold the home on that day, and has gone."""
    nobody: list[_Named] = []
    names = line.take("former", lambda cell, word: _names(cell, word, line), nobody)
    if names and not sold:
        if not line.bad:
            line.tell("former", _("没有过户日期，原业主没有改。请为原业主另写一行，填迁出日期。"))
        return []
    return [
        PersonRow(line.row_number, unit, name, "", PersonRole.OWNER, None, sold, "")
        for name, _role in names
    ]


def _end(line: Line) -> date | None:
    """The day on which the lease of somebody who has gone ended. Refuses them without one."""
    try:
        return read_day(line, ENDS, line.value(ENDS), "", ends=True)
    except DeskError:
        if not line.bad:
            line.refuse(STATE, NoLongerThere())
        return None


def _look_at(cell: Cell, line: Line) -> None:
    """Tells once of identity numbers whose end the spreadsheet has lost, and shows none."""
    try:
        if not _LOST.fullmatch(cells.plain(cell).strip()):
            return
    except LongNumber:
        pass
    words = _("身份证号被表格当成数字，末几位已经丢失。程序不保存身份证号，照常导入；原表请留好。")
    line.tell_once("identity", words, "******")


def _own_days(line: Line, roles: set[PersonRole]) -> None:
    """Refuses a tenant's day of an owner, and the other way."""
    for name, whose in line.header.only.items():
        if roles - {whose} and not says_nothing(line.value(name)):
            line.refuse(name, DayOfAnother(ROLES.word(whose)))


def _last_day(line: Line, cell: Cell, word: str) -> date | None:
    """The day of moving out; none for a word that says that somebody still lives there."""
    still = isinstance(cell, str) and cell.strip() in _STILL
    return None if still else read_day(line, "until", cell, word, ends=True)


def _names(cell: Cell, word: str, line: Line) -> list[_Named]:
    """Everybody in the cell, each with the role that stands beside the name."""
    typed = cells.plain(cell).strip()
    if is_nobody(typed):
        raise NoName
    if USUAL.fullmatch(typed):
        return [(typed, None)]
    parts = apart(typed, _how_many(line))
    if len(parts) > _MANY:
        raise TooManyNames
    if any(without_gone(part) for part in parts) and says_nothing(line.value("until")):
        raise NoLongerThere
    return [_named(without_gone(part) or part, word, len(parts) > 1) for part in parts]


def _how_many(line: Line) -> int:
    """So many telephones stand beside the names."""
    try:
        return len(cells.phones(line.value("phone"), "")[0])
    except DeskError:
        return 0


def _named(typed: str, word: str, several: bool) -> _Named:
    """A name and its role; among several, what stands before a colon must be a role."""
    behind, before = _ROLE_BEHIND.fullmatch(typed), _ROLE_BEFORE.fullmatch(typed)
    name, said = behind.groups() if behind else before.groups()[::-1] if before else (typed, "")
    try:
        role = ROLES.read(said) if said else None
    except NotOneOf:  # 张三(老张) is how the office calls him
        if several and before and not behind:
            raise
        name, role = typed, None
    return cells.text(untitled(joined(name)), Field.NAME, word), role


def _role(line: Line, named: list[_Named]) -> PersonRole:
    """What the column says, or the column's name, or an owner. Refuses two that differ."""
    usual = line.header.role or PersonRole.OWNER
    beside = {role for _name, role in named if role}
    said = beside or usual is PersonRole.FAMILY  # 成员姓名 says it where 关系 is blank
    if said and is_blank(line.value("role")):
        return usual
    role = line.need_if_there("role", read_role, usual)
    if "role" in line.header.places and beside - {role}:
        line.refuse("role", TwoRoles())
    return role


def _phones(line: Line, people: int) -> list[str]:
    """A number for each of so many people; what there is no room for is told."""
    first, second = every(line, "phone", cells.phones), every(line, "phone2", cells.phones)
    if people == 1 and len(first) == 1 and not second:
        return first
    if people > 1 and len(first) == people:
        if second:
            line.tell("phone2", _("只有一个号码的位置，这一格没有记下。"))
        return first
    if len(first) > 1:
        line.tell("phone", _("这一格有几个号码，只记了第一个。要都记下，请为同一人另写一行。"))
    elif people > 1 and first:
        line.tell("phone", _("这一行有几个人，号码记在第一个人名下。"))
    if first and second and first[0] not in second:
        line.tell("phone2", _("只有一个号码的位置，这一格没有记下。"))
    kept = [*first, *second][:1]
    return (kept + [""] * people)[:people]

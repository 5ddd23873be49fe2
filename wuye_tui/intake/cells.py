"""One cell at a time: from what a spreadsheet holds to a value, or a reason why not.

Spreadsheets hold phones as numbers (13812345678.0), days as days or as five kinds of text, and
full-width digits. Codes, phones, plates and rooms are narrowed; names stay as they were written.
Every function raises a DeskError whose sentence becomes the reason of a bad row.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from wuye_tui.intake.grid import Cell
from wuye_tui.intake.reasons import (
    BecameDate,
    LongNumber,
    NotACode,
    NotADate,
    NotAnArea,
    NotAPhone,
    NotAPlate,
    NotAServiceNumber,
    ShortLandline,
)
from wuye_tui.rules import phones as rule
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.text import BadText, Field, clean, code

_LONGEST: Final = 200
"""So many characters may several numbers in one cell have."""
_EXACT: Final = 10**15
"""From here on a spreadsheet's number has lost digits."""
_USUAL: Final = re.compile("[0-9A-Za-z\u4e00-\u9fff]{1,20}")
"""What most cells hold: clean, narrow and short enough for every field, so not looked at twice."""
_USUAL_CODE: Final = re.compile("[0-9A-Za-z\u4e00-\u9fff-]{1,20}")
_WHOLE: Final = re.compile(r"([1-9][0-9]{0,19})\.0")  # a number that a program wrote into a CSV
_SEPARATORS: Final = re.compile(r"[、,，;；|]+")
PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]"
    r"[A-Z][A-Z0-9]{4,5}[A-Z0-9挂学警港澳领使]"
)
_DOTS: Final = re.compile(r"[\s·•.-]")
_DAY: Final = re.compile(
    r"([0-9]{4})(?:[-/.年] ?([0-9]{1,2})[-/.月] ?([0-9]{1,2})[日号]?|([0-9]{2})([0-9]{2}))"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?)?"
)
_SERIAL: Final = re.compile(r"[1-7][0-9]{4}(?:\.[0-9]+)?")
_ZERO: Final = date(1899, 12, 30)
"""The day from which spreadsheets count days; what they say of 1900 itself is not ours."""
_SEVERAL: Final = re.compile(r"[、,，;；/／|或和\n\r]+")
_BLANKS: Final = re.compile(r"\s+")
_REMARK: Final = re.compile(r"\((?!0[0-9]{2,3}\))[^()]*\)|（[^（）]*）")
_AREA: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,12})?)(?:m2|平方米|平米|平方)?")
_CODE: Final = re.compile(r"[A-Z]{0,6}-?[0-9]{1,10}")
_YEARS: Final = range(1950, 2101)


def plain(cell: Cell) -> str:
    """The cell as text, whole numbers without a point. Raises LongNumber and BecameDate."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if not isinstance(cell, int | float):
        raise BecameDate
    if not math.isfinite(cell) or abs(cell) >= _EXACT:
        raise LongNumber
    return str(int(cell)) if cell == int(cell) else format(cell, ".15g")


def shown(cell: Cell) -> str:
    """The cell as a person sees it; never raises."""
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, float) and math.isfinite(cell):
        return str(int(cell)) if cell == int(cell) else format(cell, ".15g")
    return str(cell)


def text(cell: Cell, field: Field, word: str) -> str:
    """Words as they were written, clean and within the field's limit."""
    typed = plain(cell)
    return typed if _USUAL.fullmatch(typed) else clean(typed, field, word)


def narrow(cell: Cell, field: Field, word: str) -> str:
    """A phone, room, plate or number in plain characters, within the field's limit."""
    typed = plain(cell)
    if _USUAL_CODE.fullmatch(typed):
        return typed
    whole = _WHOLE.fullmatch(typed)
    return plain(int(whole[1])) if whole else code(typed, field, word)


def words(cell: Cell, field: Field, word: str) -> tuple[str, ...]:
    """Several words in one cell, parted by 、 or commas; each once, in their order."""
    typed = text(plain(cell).replace("\n", "、"), Field.SUMMARY, word)
    parts = (clean(part, field, word) for part in _SEPARATORS.split(typed))
    return tuple(dict.fromkeys(part for part in parts if part))


def number(cell: Cell, word: str, example: str) -> str:
    """A staff or tariff number such as KF01 or SX-01, in capitals."""
    found = narrow(cell, Field.CODE, word).replace(" ", "").upper()
    if not _CODE.fullmatch(found):
        raise NotACode(example)
    return found


def phone(cell: Cell, word: str) -> str:
    """A mobile number as 11 digits, a fixed line as 0571-88157788 or 0571-88157788-801."""
    typed = narrow(cell, Field.PHONE, word).replace(" ", "")
    if area := rule.short_of(typed):
        raise ShortLandline(area)
    if not (found := rule.own(typed)):
        raise NotAPhone
    return found


def phones(cell: Cell, word: str) -> tuple[list[str], bool]:
    """Every telephone that stands in one cell, and whether something else stands there, too.

    13800001111/13900002222, two lines, 13800001111(李四). Raises NotAPhone where there is none.
    """
    return _every(cell, word, phone)


def any_phones(cell: Cell, word: str) -> tuple[list[str], bool]:
    """The same of numbers that an office may have."""
    return _every(cell, word, any_phone)


def plates(cell: Cell, word: str) -> tuple[list[str], bool]:
    """Every number plate that stands in one cell, and whether something else stands there, too."""
    return _every(cell, word, plate)


def _every(cell: Cell, word: str, read: Callable[[Cell, str], str]) -> tuple[list[str], bool]:
    try:
        return [read(cell, word)], False
    except DeskError as why:
        typed = plain(cell)
        if (isinstance(why, BadText) and "\n" not in typed) or len(typed) > _LONGEST:
            raise
        bare = _REMARK.sub("、", typed)
        found, other = _each(_SEVERAL.split(bare), word, read)
        if not found:
            found, other = _each(_BLANKS.split(bare), word, read)
        if not found:
            raise
        return list(dict.fromkeys(found)), other or bare.strip("、") != typed.strip("、")


def _each(parts: list[str], word: str, read: Callable[[Cell, str], str]) -> tuple[list[str], bool]:
    found, other = list[str](), False
    for part in filter(None, map(str.strip, parts)):
        try:
            found.append(read(part, word))
        except BadText:
            raise
        except DeskError:
            other = True
    return found, other


def any_phone(cell: Cell, word: str) -> str:
    """A number that an office may have: the same, and 110, 95598, 8001, 400-820-8820."""
    typed = narrow(cell, Field.PHONE, word).replace(" ", "")
    if rule.is_service(typed):
        return typed
    try:
        return phone(cell, word)
    except NotAPhone as why:
        raise NotAServiceNumber from why


def plate(cell: Cell, word: str) -> str:
    """One number plate without dots and blanks, in capitals."""
    typed = _DOTS.sub("", narrow(cell, Field.PLATE, word)).upper()
    if not PLATE.fullmatch(typed):
        raise NotAPlate
    return typed


def day(cell: Cell, word: str) -> date:
    """A day of the calendar: as a spreadsheet's own, or as 2027-06-30, 2027年6月30日, 20270630.

    A number of five digits is how a spreadsheet counts days where nobody gave it a format.
    """
    if isinstance(cell, date):
        found = cell.date() if isinstance(cell, datetime) else cell
    elif not isinstance(cell, str | int | float):
        raise NotADate
    else:
        typed = narrow(cell, Field.NUMBER, word)
        read = _DAY.fullmatch(typed)
        try:
            found = date(*(int(part) for part in read.groups() if part)) if read else date.min
        except ValueError as why:
            raise NotADate from why
        if read is None and _SERIAL.fullmatch(typed):
            found = _ZERO + timedelta(int(float(typed)))
    if not is_year(found.year):
        raise NotADate
    return found


def is_year(year: int) -> bool:
    """Whether an office could have to do with it."""
    return year in _YEARS


def area(cell: Cell, word: str) -> int:
    """Square metres as hundredths of one: 89.53 is 8953."""
    read = _AREA.fullmatch(narrow(cell, Field.NUMBER, word).replace(" ", "").replace(",", ""))
    if read is None:
        raise NotAnArea
    exact = Decimal(read[1]) * 100
    whole = exact.to_integral_value(ROUND_HALF_UP)
    # What reckoning in binary leaves behind (89.53000000001) is no third decimal.
    if not whole or abs(exact - whole) > Decimal("0.0001"):
        raise NotAnArea
    return int(whole)

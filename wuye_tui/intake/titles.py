"""Where the rows below a title stand: 4栋1单元房产台账, a sheet called 2单元, a line 3栋 between.

A title that names several buildings or entrances names none.
"""

import re
from collections.abc import Sequence
from typing import Final

from wuye_tui.intake.lines import Around
from wuye_tui.intake.terms import fold
from wuye_tui.rules.units_text import NUMBER, number
from wuye_tui.words import listed

_NUMERAL: Final = re.compile(NUMBER)
_HOUSE: Final = rf"第?(?P<b>{NUMBER}|[a-z])(?:栋楼?|幢楼?|座|号楼|#楼?)"
_SECTION: Final = re.compile(rf"(?:{_HOUSE})?(?:第?(?P<e>{NUMBER})(?:单元|门))?")
_IN_TITLE: Final = re.compile(rf"(?<![0-9a-z一二三四五六七八九十至到~、,/-]){_HOUSE}")
_SEVERAL: Final = re.compile(
    rf"(?:{NUMBER}|[a-z])[栋幢座号楼#]*[-至到~、,/]+第?(?:{NUMBER}|[a-z])[栋幢座号#]"
)
_STAIR: Final = re.compile(rf"(?<![0-9a-z一二三四五六七八九十至到~、,/])第?(?P<e>{NUMBER})单元")
_SHORT: Final = re.compile(rf"(?P<b>{NUMBER}|[a-z])-(?P<e>{NUMBER})")
_STAIRS: Final = re.compile(rf"{NUMBER}(?:单元)?[-至到~、,/和及]+第?{NUMBER}单元")


def named(typed: str) -> str:
    """A building or entrance as it is kept: 三 and 03 are 3, a is A."""
    return str(number(typed)) if _NUMERAL.fullmatch(typed) else typed.upper()


def section(text: str) -> tuple[str, str] | None:
    """Building and entrance where a line between the rows says nothing else: 3栋, 二单元."""
    found = _SECTION.fullmatch(fold(text))
    if found is None or not (found["b"] or found["e"]):
        return None
    return named(found["b"] or ""), named(found["e"] or "")


def building_in(text: str) -> str:
    """The building that a title names (3栋业主清册); "" for none or several (1-6栋, 1栋、2栋)."""
    found = {named(each["b"]) for each in _IN_TITLE.finditer(fold(text))}
    return found.pop() if len(found) == 1 and not _SEVERAL.search(fold(text)) else ""


def entrance_in(text: str) -> str:
    """The entrance that a title names (4栋1单元房产台账); "" for none or several (1-2单元)."""
    found = {named(each["e"]) for each in _STAIR.finditer(fold(text))}
    return found.pop() if len(found) == 1 and not _STAIRS.search(fold(text)) else ""


def over_all(titles: Sequence[str], sheet: str) -> tuple[Around, str]:
    """Where all rows stand, after the titles above them and the sheet's name; and who says so.

    The first that names a building is right about it; another may add the entrance. Where the
    sheet's name says another building than the title, a copy was not corrected: nobody can tell
    which of them is right, and rooms that need it are refused.
    """
    said = [*titles, sheet]
    house = next((title for title in said if building_in(title)), "")
    building = building_in(house)
    if building_in(sheet) not in ("", building):
        return Around(unclear=f"{house} / {sheet}"), ""
    short = _SHORT.fullmatch(fold(sheet))
    if building and short and named(short["b"]) == building:  # 4-1 behind the title of building 4
        said[-1] = f"{short['b']}栋{short['e']}单元"
    near = [house, *(title for title in said if building_in(title) in ("", building))]
    stair = next((title for title in near if entrance_in(title)), "")
    sources = dict.fromkeys(title for title in (house, stair) if title)
    return Around(building, entrance_in(stair)), listed(sources)

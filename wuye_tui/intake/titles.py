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
_ESTATE: Final = (
    r"(?:(?:(?![零一二三四五六七八九十以])[\u4e00-\u9fff]){2,11}"
    r"(?:小区|[园苑城府庭庄湾居寓村墅郡邸院轩])|以下[为是]?)"
)
_BEHIND: Final = (  # what a line says of a building besides its number
    r"(?:业主|住户|租户|房屋|房产|房号|名单|名册|清册|花名册|登记表?|台账|明细表?|信息表?|一览表"
    r"|资料|汇总表?|住宅|小?高层|洋房|部分|[共总合计]*[0-9]{1,4}[户套间人])"
)
_SECTION: Final = re.compile(
    rf"{_ESTATE}?(?:{_HOUSE})?[-,、]?(?:第?(?P<e>{NUMBER}|[a-z])(?:单元|门))?:?{_BEHIND}{{0,4}}"
)
_NOTE: Final = re.compile(
    r"(?:备注|附注|说明|注|注意|总?合计|总计|小计|共计|本页小计|统计|制表|填表|审核|复核|编制|打印)"
    r"(?:人|日期|时间|单位)?(?:[:(0-9].*)?"
)
_LONG_NOTE: Final = 200
_TRIM: Final = "-—_=*·.~>:、。,■●◆★|"
_AROUND: Final = re.compile(r"[(\[【〔「『](.+)[)\]】〕」』]")
_REMARK: Final = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")
_FLOOR: Final = re.compile(rf"第?负?{NUMBER}(?:层|f)")
_LIKE: Final = re.compile(r"[栋幢]|号楼|单元|[0-9a-z一二三四五六七八九十][座#楼期区]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_DIGIT: Final = re.compile(f"[0-9]|{NUMBER}")
_IN_TITLE: Final = re.compile(rf"(?<![0-9a-z一二三四五六七八九十至到~、,/-]){_HOUSE}")
_SEVERAL: Final = re.compile(
    rf"(?:{NUMBER}|[a-z])[栋幢座号楼#]*[-至到~、,/]+第?(?:{NUMBER}|[a-z])[栋幢座号#]"
)
_STAIR: Final = re.compile(
    rf"(?<![0-9a-z一二三四五六七八九十至到~、,/])第?(?P<e>{NUMBER}|[a-z])单元"
)
_SHORT: Final = re.compile(rf"(?P<b>{NUMBER}|[a-z])-(?P<e>{NUMBER})")
_STAIRS: Final = re.compile(rf"{NUMBER}(?:单元)?[-至到~、,/和及]+第?{NUMBER}单元")


def named(typed: str) -> str:
    """A building or entrance as it is kept: 三 and 03 are 3, a is A."""
    return str(number(typed)) if _NUMERAL.fullmatch(typed) else typed.upper()


def section(text: str) -> tuple[str, str] | None:
    """Building and entrance where a line between the rows says little else.

    3栋, 二单元, 2栋(共52户), 2号楼：, 2栋业主, 【金桂花园2栋】; None for whatever says more.
    """
    bare, aside = fold(text).strip(_TRIM), ""
    if whole := _AROUND.fullmatch(bare):
        bare = whole[1]
    while remark := _REMARK.search(bare):
        bare, aside = bare[: remark.start()].strip(_TRIM), f"{remark[1]} {aside}"
    found = _SECTION.fullmatch(bare.strip(_TRIM))
    if found is None or not (found["b"] or found["e"]) or re.search(_HOUSE, aside):
        return None
    entrance = named(found["e"] or "")
    if "单元" in aside and not entrance:  # 2栋(1单元), but not 2栋(1-3单元)
        entrance = entrance_in(aside)
    return named(found["b"] or ""), entrance


def is_remark(said: object) -> bool:
    """合计, 备注：.., 制表人：..: how rows begin that are about the list."""
    return isinstance(said, str) and bool(_NOTE.fullmatch(fold(said[:_LONG_NOTE])))


def is_floor(text: str) -> bool:
    """Whether a line names a floor, which its rooms say themselves."""
    return bool(_FLOOR.fullmatch(fold(text).strip(_TRIM)))


def like_section(text: str, plain: bool) -> bool:
    """Whether a line's only cell could be about a building; `plain`: nothing else is meant there,
    so that words alone (商铺) are such a line, too.
    """
    bare = fold(text)
    if _LIKE.search(bare):
        return True
    return plain and bool(_HAN.search(bare)) and not _DIGIT.search(bare)


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

"""Items of the tariff (BX-13), from price lists as offices write them.

80.00元/次 and ￥40/小时 hold the unit, too; 水电类 is a word of the office's own; where numbers are
missing, the registers give them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from wuye_tui.intake import cells, terms
from wuye_tui.intake.grid import Cell
from wuye_tui.intake.lines import Line
from wuye_tui.intake.reasons import NotOneOf, OpenPrice, OtherUnit
from wuye_tui.intake.rows import TariffRow
from wuye_tui.rules.faults import Category, find_faults
from wuye_tui.rules.money import parse_yuan
from wuye_tui.rules.text import Field
from wuye_tui.words import N_, _

EXTRA: Final = N_("另计")
INCLUDED: Final = N_("含")
_MATERIALS: Final = {
    **dict.fromkeys(("另计", "不含", "不含材料", "另收", "extra"), EXTRA),
    **dict.fromkeys(("含", "已含", "包含", "含材料", "included"), INCLUDED),
}
_YES_NO: Final = {"是": INCLUDED, "否": EXTRA}
_PRICE: Final = re.compile(r"(.+?)\s*(?:[/／]|每)\s*([^0-9/／每]{1,8})", re.DOTALL)
_EACH: Final = re.compile(r"每([^0-9/／每]{1,4}?)\s*([￥¥]?[0-9].*)", re.DOTALL)
_FREE: Final = frozenset(("免费", "免收", "不收费", "free"))
_QUOTED: Final = """
    面议 价格面议 议价 另议 面谈 协商 现场报价 现场定价 现场议价 按实 按实收取 按实结算 按实际
    实报实销 待定 视情况 视情况而定 据实 据实收取"""
_AMOUNT: Final = r"[￥¥]?[0-9]+(?:\.[0-9]+)?元?"
_OPEN: Final = re.compile(rf"{_AMOUNT}(?:[-~至到—]+{_AMOUNT}|起|以上|左右|起步|上下)")
_CLASS: Final = re.compile("(?:维修|服务|项目|工程)*类?$")
_KEYWORDS: Final = re.compile(r"[\s、,，;；|]+")
_SAME: Final = {"㎡": "平方米", "m2": "平方米", "平米": "平方米"}


def tariff(line: Line) -> list[TariffRow]:
    """An item; its `code` is empty where the file has no numbers at all.

    None of an item whose price is made on the spot: whatever the tariff does not list is quoted by
    the supervisor first (BX-10), which is told.
    """
    name = line.need("name", lambda cell, word: cells.text(cell, Field.TITLE, word), "")
    if _is_quoted(line.value("price")):
        if not line.bad:
            line.tell(
                "price", _("这一项不列入收费标准，没有导入：派工时选「标准外」，由工程主管先报价。")
            )
        return []
    return [_item(line, name)]


def _item(line: Line, name: str) -> TariffRow:
    each, price = line.need("price", _price, ("", 0))
    unit = line.take("unit", lambda cell, word: cells.text(cell, Field.CODE, word), each)
    if each and _plain(each) != _plain(unit):
        line.refuse("price", OtherUnit(unit))
    return TariffRow(
        line.row_number,
        line.need_if_there("code", lambda cell, word: cells.number(cell, word, "SX-01"), ""),
        name,
        _category(line, name),
        unit or _("次"),
        price,
        line.take("material", _material, EXTRA),
        line.take("keywords", _keywords, ()),
    )


def _is_quoted(cell: Cell) -> bool:
    """Whether the price is said to be made on the spot: 面议, 面议/次."""
    said = terms.fold(cell) if isinstance(cell, str) else ""
    found = _PRICE.fullmatch(said)
    return (found[1] if found else said) in _QUOTED.split()


def _price(cell: Cell, word: str) -> tuple[str, int]:
    """The unit where the price says one, and the price in fen."""
    typed = cells.plain(cell).strip()
    if terms.fold(typed) in _FREE:
        return "", 0
    found = _PRICE.fullmatch(typed)
    first = _EACH.fullmatch(typed)
    said, each = (first[2], first[1]) if first else found.groups() if found else (typed, "")
    if _OPEN.fullmatch(terms.fold(said)):
        raise OpenPrice
    return cells.text(each, Field.CODE, word) if each else "", parse_yuan(said)


def _plain(unit: str) -> str:
    return _SAME.get(terms.fold(unit), unit)


def _category(line: Line, name: str) -> Category:
    """The column's word; for a word of the office's own, what the item itself is about."""
    if "category" not in line.header.places:
        return Category.OTHER

    def read(cell: Cell, word: str) -> Category:
        typed = cells.text(cell, Field.TITLE, word)
        for said in (typed, _CLASS.sub("", typed)):
            try:
                return terms.CATEGORIES.read(said)
            except NotOneOf:
                continue
        likely = _about(name)
        line.tell(
            "category", _("没有这一类，记为「{word}」。").format(word=terms.CATEGORIES.word(likely))
        )
        return likely

    return line.need("category", read, Category.OTHER)


def _about(name: str) -> Category:
    """The trade that an item's name is about: 疏通马桶 says so itself, 更换角阀 by its thing."""
    named = {
        code
        for code, word in (*terms.CATEGORIES.words.items(), *_swapped(terms.CATEGORIES.others))
        if len(word) > 1 and word in name
    }
    about = named or {one.fault.category for one in find_faults(name)} - {Category.OTHER}
    return about.pop() if len(about) == 1 else Category.OTHER


def _swapped(words: Mapping[str, Category]) -> Iterable[tuple[Category, str]]:
    return ((code, word) for word, code in words.items())


def _material(cell: Cell, word: str) -> str:
    said = terms.fold(cells.text(cell, Field.TITLE, word))
    found = _MATERIALS.get(said) or (_YES_NO.get(said) if "含" in word else None)
    if found is None:
        raise NotOneOf((_(EXTRA), _(INCLUDED)))
    return found


def _keywords(cell: Cell, word: str) -> tuple[str, ...]:
    listed = _KEYWORDS.split(cells.text(cell, Field.SUMMARY, word))
    return tuple(dict.fromkeys(each for each in listed if each))

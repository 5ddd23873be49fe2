"""Whom a roster means: by number or by name, however it is written (李  强, 李强(组长), 李強)."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from wuye_tui.intake.cells import plain
from wuye_tui.intake.grid import Cell
from wuye_tui.intake.names import untitled
from wuye_tui.intake.reasons import CellRefused
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.rosters import Person
from wuye_tui.words import _, listed

_REMARK: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_BOTH: Final = re.compile(r"([a-z]+-?\d+)[-_/(]*([^\d()]+)\)?")  # GC06吴海波
_SEVERAL: Final = re.compile(r"[、,;/|\n]+|和")
_WRITTEN: Final = (  # characters of names that are also written in full
    "張陳劉黃吳趙孫馬鄭謝韓馮鄧許蔣蕭葉閻呂蘇盧賈龔嚴國華強偉軍東麗紅蘭鳳雲龍義廣長興寶貴傑剛榮勝"
    "曉艷靜學誠維鐵來滿倉財豐銀環愛業樹慶濤輝飛鵬順莊齊衛陸鄒喬龐範羅湯顧錢楊兒萬為開圓"
)
_SHORT: Final = (
    "张陈刘黄吴赵孙马郑谢韩冯邓许蒋萧叶阎吕苏卢贾龚严国华强伟军东丽红兰凤云龙义广长兴宝贵杰刚荣胜"
    "晓艳静学诚维铁来满仓财丰银环爱业树庆涛辉飞鹏顺庄齐卫陆邹乔庞范罗汤顾钱杨儿万为开圆"
)
_SIMPLE: Final = str.maketrans(_WRITTEN, _SHORT)


class NobodyCalled(CellRefused):
    """Nobody who may be in this roster has this number or name."""

    def __init__(self, like: Sequence[str]) -> None:
        told = _("能排的人里没有这个人。请核对姓名，或写工号。")
        if like:
            told = _("能排的人里没有这个人，像的有：{like}。请核对姓名，或写工号。")
        super().__init__(told.format(like=listed(like)))


class SeveralCalled(CellRefused):
    """Several people have this name."""

    def __init__(self, numbers: Sequence[str]) -> None:
        told = _("有几个人叫这个名字：{numbers}。请写工号。")
        super().__init__(told.format(numbers=listed(numbers)))


class NotTheSame(CellRefused):
    """The number is one person's and the name another's."""

    def __init__(self, number: str, name: str) -> None:
        told = _("工号 {number} 是{name}，和姓名不是同一个人。请核对这一行。")
        super().__init__(told.format(number=number, name=name))


class People:
    """The people of a roster by what a sheet calls them."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._numbers = {_fold(one.number): one for one in people}
        self._names: dict[str, list[Person]] = {}
        for one in people:
            self._names.setdefault(_fold(one.name), []).append(one)

    def by_number(self, cell: Cell) -> Person | None:
        """Whose number it is, with the name behind it or without; None where it is nobody's."""
        text = _fold(_text(cell))
        if found := self._numbers.get(text):
            return found
        both = _BOTH.fullmatch(text)
        one = self._numbers.get(both[1]) if both else None
        return one if both and one and both[2] == _fold(one.name) else None

    def called(self, cell: Cell) -> Person:
        """Who is meant, by number or name. Raises NobodyCalled and SeveralCalled."""
        text = _text(cell)
        if found := self.by_number(cell):
            return found
        for name in self._forms(text):
            if some := self._names.get(name):
                if len(some) > 1:
                    raise SeveralCalled([one.number for one in some])
                return some[0]
        raise NobodyCalled(self._like(_fold(text)))

    def row(self, cells: Sequence[Cell]) -> Person | None:
        """Who stands in the first cells of a row; None where nobody does. Raises SeveralCalled,
        and NotTheSame where a number and a name are two people's.
        """
        number = next((one for cell in cells if (one := self.by_number(cell))), None)
        forms = [name for cell in cells for name in self._forms(_text(cell))]
        named = list(
            dict.fromkeys(one.number for name in forms for one in self._names.get(name, ()))
        )
        if number is None:
            if len(named) > 1:
                raise SeveralCalled(named)
            return self._numbers[_fold(named[0])] if named else None
        if named and number.number not in named:
            raise NotTheSame(number.number, number.name)
        return number

    def several(self, text: str) -> list[str]:
        """The names in one cell; blanks part them only where the whole is nobody's name."""
        parts = [one.strip() for one in _SEVERAL.split(unicodedata.normalize("NFKC", text))]
        found = list[str]()
        for part in filter(None, parts):
            whole = any(name in self._names for name in self._forms(part))
            tokens = part.split()
            known = [any(name in self._names for name in self._forms(one)) for one in tokens]
            found += tokens if not whole and len(tokens) > 1 and any(known) else [part]
        return found

    def _forms(self, text: str) -> list[str]:
        bare = _REMARK.sub("", unicodedata.normalize("NFKC", text)).strip()
        bare = bare.rstrip("*★☆#:")
        return [one for one in dict.fromkeys((_fold(bare), _fold(untitled(bare)))) if one]

    def _like(self, name: str) -> list[str]:
        """Those who differ in one character of a name of the same length."""
        return [
            f"{one.number} {one.name}"
            for known, some in self._names.items()
            if len(known) == len(name) > 1
            and sum(a != b for a, b in zip(known, name, strict=True)) == 1
            for one in some
        ][:3]


def _text(cell: Cell) -> str:
    try:
        return plain(cell)
    except DeskError:  # a day, or a number without end, is nobody's name
        return ""


def _fold(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(narrow.split()).casefold().translate(_SIMPLE)

"""Pinyin initials of the program's own words, so that the palette is found by them.

The dictionary of all characters costs a tenth of a second; the few that commands and steps are
made of stand here. A test compares them with the dictionary.
"""

from typing import Final

_LETTERS: Final = {
    "a": "按", "b": "不办备变帮并报步班补部", "c": "催出场撤材查程草超",
    "d": "丢到单断对督待掉档电登答达定的打",
    "f": "反复方废访返", "g": "工挂改更稿管个", "h": "化回恢换核户",
    "j": "价决减家急接紧经结解记际间",
    "k": "可开看", "l": "了料来栏理离联铃领练录", "m": "免门明没目", "n": "能", "p": "屏派评",
    "q": "其取浅签起遣全", "r": "人入", "s": "上刷始实审收时深声色设说锁手筛",
    "t": "他同听退通填态",
    "w": "为完无未维我", "x": "下响修新消系项选讯", "y": "一业又原因已意愿映约演验颜",
    "z": "主作值助在找振正注知着总骤只种状",
}  # fmt: skip


def initials(words: str) -> str:
    """The initials of Chinese words; letters and digits stand for themselves, other signs for none.

    A character that is not in the table is left out.
    """
    return "".join(_letter(character) for character in words.lower())


def _letter(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    return next((letter for letter, known in _LETTERS.items() if character in known), "")

"""Pinyin initials of the program's own words, so that the palette is found by them.

The dictionary of all characters costs a tenth of a second; the few that commands and steps are
made of stand here, with every reading. A test compares them with the dictionary.
"""

from typing import Final

_LETTERS: Final = {
    "a": "按案", "b": "不保办变备帮并报标步班补部爆本般宝表笔",
    "c": "催出场存撤材查程草超偿财车触处重成措",
    "d": "丢到单定对待打掉断档电登的督第答达动当道大度点顶", "f": "分反发复废放方访费返否府服付",
    "g": "个勾工挂改更稿管规过供公共格告果归岗", "h": "化后回恢户换核话火合护活环划",
    "j": "价决减家急接紧经结解记进间际警佳基拒救机洁见讲交检及境据金具绝继件计",
    "k": "卡可开款看困客", "l": "留了令录料来栏理离练联铃领漏路量", "m": "免命明末没目门面满民",
    "n": "能内暖哪", "p": "屏派片评批", "q": "全其去取浅签群起遣气区求轻期清确",
    "r": "人入燃扰认任日",
    "s": "上删刷声始实审手收时深示筛色设说锁伤受事司室施是水社诉生书数束送损失",
    "t": "他同听填头态条退通停梯天投提题突", "w": "为完尾往我文无未维位务外微卫问",
    "x": "下修先响新显消系讯选项泄信巡序行效销些现续",
    "y": "一业原又因已意愿映演约页颜验员有要印严月阅",
    "z": "中主作值准助只在张总找振早最正注状着知种字骤展政秩自质证转噪装支账逐志周足整",
}  # fmt: skip
_ALSO: Final = {  # how the same are read besides
    "b": "屏派", "c": "助单填接最离种", "d": "受提投逐", "f": "不", "g": "可家核合划",
    "h": "找行格", "j": "其浅系车告期足", "k": "完核", "l": "果任格位", "m": "无派件", "n": "掉",
    "p": "方部般", "q": "卡声示客支", "r": "月", "s": "单已接巡", "t": "能超达重大逐",
    "w": "免方", "x": "接款能解", "y": "听尾说泄扰巡失施", "z": "填查示草重事度措",
}  # fmt: skip


def initials(words: str) -> str:
    """The usual initials of Chinese words; letters and digits stand for themselves, other signs for
    none. A character that is not in the table is left out.
    """
    return "".join(readings[0] for readings in _readings(words))


def begin(words: str, typed: str) -> bool:
    """Whether the initials of the words, in any reading, begin with what was typed."""
    found = _readings(words)
    return len(typed) <= len(found) and all(
        letter in readings for letter, readings in zip(typed.casefold(), found, strict=False)
    )


def _readings(words: str) -> list[str]:
    """The letters of each character, the usual one first."""
    return [letters for character in words.lower() if (letters := _letters(character))]


def _letters(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    return "".join(
        letter
        for table in (_LETTERS, _ALSO)
        for letter, known in table.items()
        if character in known
    )

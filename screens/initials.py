"""Pinyin initials of the program's own words, so that the palette is found by them.

The dictionary of all characters costs a tenth of a second; the few that commands and steps are
made of stand here, with every reading. A test compares them with the dictionary.
"""

from typing import Final

_LETTERS: Final = {
    "a": "按案安", "b": "不保办变备帮并报标步班补部爆本般宝表笔",
    "c": "次催出场存撤材查程草超偿财车触处重成措",
    "d": "递代丢到单定对待打掉断档电登的督第答达动当道大度点顶", "e": "恶",
    "f": "分反发复废放方访费返否府服付罚房", "g": "个勾工挂改更稿管规过供公共格告果归岗高",
    "h": "号函化后回恢户换核话火合护活环划汇好",
    "j": "缴寄今价决减家急接紧经结解记进间际警佳基拒救机洁见讲交检及境据金具绝继件计纪奖建",
    "k": "卡可开款看困客空", "l": "留了令录料来栏理离练联铃领漏路量劳律励劣逻",
    "m": "码免命明末没目门面满民名", "n": "能内暖哪", "p": "屏派片评批破配排",
    "q": "全其去取浅签群起遣气区求轻期清确缺欠", "r": "人入燃扰认任日容",
    "s": "师首上删刷声始实审手收时深示筛色设说锁伤受事司室施是水社诉生书数束送损失识使",
    "t": "统他同听填头态条退通停梯天投提题突体", "w": "为完尾往我文无未维位务外微卫问亡污物",
    "x": "醒下修先响新显消系讯选项泄信巡序行效销些现续询",
    "y": "异应邮一业原又因已意愿映演约页颜验员有要印严月阅仪议义淹源用押预",
    "z": "住止再中主作值准助只在张总找振早最正注状着知种字骤展政秩自质证转噪装支账逐志周足整"
    "咨治脏坠",
}  # fmt: skip
_ALSO: Final = {  # how the same are read besides
    "b": "屏派服体排", "c": "醒助单填接最离种司提治体", "d": "受提投逐", "f": "不",
    "g": "可家核合划活", "h": "找行格共", "j": "醒其浅系车告期足押", "k": "完核缺", "l": "果任格位",
    "m": "无派件", "n": "掉", "o": "区", "p": "方部般房", "q": "卡声示客支", "r": "月内",
    "s": "单已接巡提信", "t": "能超达重大逐", "w": "免方机恶有", "x": "号接款能解暖见押",
    "y": "听尾说泄扰巡失施容", "z": "缴次填查示草重事度措识",
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

"""The rooms of a home, as callers name them: 客厅灯不亮 is not the lamp of the bathroom."""

from typing import Final

from wuye_tui.rules.units_text import compiled, fold

_ROOMS: Final = {
    "living": "客厅 大厅",
    "dining": "餐厅 饭厅",
    "main": "主卧 主卧室 主人房",
    "second": "次卧 次卧室 客卧 小房间 小卧室",
    "child": "儿童房 孩子房间",
    "study": "书房",
    "kitchen": "厨房 灶台 橱柜",
    "bath": "卫生间 洗手间 厕所 浴室 主卫 客卫 公卫 淋浴房 马桶间",
    "balcony": "阳台 露台 飘窗",
    "hall": "玄关 过道 走廊 走道",
    "store": "储藏室 储物间 衣帽间 保姆间",
    "stairs": "楼梯间 楼道",
}
_ROOM_OF: Final = {word: room for room, words in _ROOMS.items() for word in words.split()}
_ALL: Final = "|".join(sorted(_ROOM_OF, key=len, reverse=True))


def rooms_named(words: str) -> frozenset[str]:
    """The rooms of a home that the words name; empty where they name none."""
    return frozenset(_ROOM_OF[m[0]] for m in compiled(_ALL).finditer(fold(words)))


def are_apart(ours: str, theirs: str) -> bool:
    """Whether both name rooms, and none in common: what is wrong there is not one thing."""
    one, other = rooms_named(ours), rooms_named(theirs)
    return bool(one and other) and not one & other

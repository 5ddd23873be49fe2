"""Words of a job as a tariff lists it: 洗脸盆下水堵了 is 面盆堵, 洗菜池 is 水槽.

The office names each thing once among an item's keywords; callers have more names for it, and say
more between a thing and what is wrong with it.
"""

from typing import Final

from wuye_tui.rules.units_text import compiled, fold

_SAME: Final = {
    "面盆": "洗脸盆 洗脸池 洗手盆 洗手池 洗手台 台上盆 台盆 脸盆 面池",
    "水槽": "洗菜池 洗菜盆 洗碗池 洗碗盆 菜池 菜盆",
    "马桶": "抽水马桶 坐便器 坐便 蹲便器 蹲便 蹲坑 便池",
    "跳闸": "跳电",
    "漏水": "渗水",
    "空开": "空气开关",
    "龙头": "水龙头 水嘴",
}
_MEANT: Final = {word: one for one, words in _SAME.items() for word in words.split()}
_ALL: Final = "|".join(sorted(_MEANT, key=len, reverse=True))
_BLOCKED: Final = (
    r"(面盆|水槽|马桶|地漏)"
    r"(?:的|里面?|下水[管道口]*|排水[管口]*|下面|管子?|又|都|也|好像|有点|全|完全|被|给)+堵"
)


def as_listed(words: str) -> str:
    """The words of a caller, or of an item, in the names that stand for all others."""
    plain = compiled(_ALL).sub(lambda m: _MEANT[m[0]], fold(words))
    return compiled(_BLOCKED).sub(r"\1堵", plain)

"""Questions whose answer may be looked up: a telephone number, a price; and those that ask nothing.

喂你好我想问一下 says only that somebody wants to ask: it is to be asked about what.
"""

from typing import Final

from wuye_tui.rules.units_text import compiled, fold

_NUMBER: Final = "电话|号码|热线|座机|手机号"
_ASKING: Final = (
    "喂|你好|您好|请问|请教|麻烦|打扰|打听|咨询|问题|问|我们?|你们?|想|要|一下|一|下|个|点|件|事情?|就是"
    r"|那个|有人|有|物业|前台|师傅|[吗呢啊吧哈嗯哦呀的了,.;。!?…~、\s]"
)


def asks_nothing(words: str) -> bool:
    """Whether the words of a question have nothing that is asked."""
    return compiled(f"(?:{_ASKING})*").fullmatch(fold(words)) is not None


def asks_number(words: str) -> bool:
    """Whether somebody's telephone number is asked for."""
    return compiled(_NUMBER).search(fold(words)) is not None


def whose_number(words: str) -> str:
    """What is left of the words that ask for a number: whose it is."""
    return compiled(f"{_NUMBER}|多少|是|几号|{_ASKING}").sub(" ", fold(words))

"""The same fault again: what callers say whose repair is under way, or did not help.

门锁还是打不开, 又漏了, 还在响: most likely it is about the open slip of that very fault, and a
second slip would send a second worker to it (XX-4.1.4).
"""

from typing import Final

from wuye_tui.rules.units_text import compiled, fold

_AGAIN: Final = (
    r"还是(?!有|得|要|再)|仍然|依然|依旧|照样|再次|又(?![大小高低长短脏臭吵])"
    r"|还在(?=[漏滴渗响堵冒闪吵])|还(?=[漏滴渗堵]|打不开|关不上|不亮|不热|不通|不制冷)|没修好|没弄好"
)


def says_again(line: str) -> bool:
    """Whether the words say that it is the same thing still, or again."""
    return compiled(_AGAIN).search(fold(line)) is not None

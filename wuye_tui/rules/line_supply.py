"""A supply that is off, in a caller's words: water, power, gas, heating, the network.

A question (怎么停水了) or a bare report (没水了) may be the first word of something that concerns
many; 密码锁没电 and 没热水 are faults of one home.
"""

from collections.abc import Mapping
from typing import Final

from wuye_tui.rules.faults import Fault
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.notices import SUBJECTS, asks_about
from wuye_tui.rules.units_text import compiled, fold
from wuye_tui.words import N_

NETWORK: Final = "net"  # no notice has a subject of its own for it
SUPPLIES: Final[Mapping[str, str]] = {
    **{code: word for code, word in SUBJECTS if code in ("water", "power", "gas", "heating")},
    NETWORK: N_("断网"),
}
"""What a whole building may be without, by code, as an untranslated word."""
MANY: Final = 3
"""So many homes within an hour are no fault of one."""

_NO_NETWORK: Final = "没网|断网|上不了网|网络?(?:断|不通|没|坏)"
_BARE: Final[Mapping[str, str]] = {
    "water": "(?:停|没有?|没来|无|断)(?:自来)?水",
    "power": "(?:停|没有?|没来|断)电",
    "gas": "(?:停|没有?|没来)气|(?:燃气|煤气|天然气)(?:停|没|没有)气?",
    "heating": "没暖气|没有暖气|暖气(?:片)?(?:都|全)?不热",
    NETWORK: rf"(?:网络|宽带)?(?:{_NO_NETWORK})",
}
_OTHER_QUESTION: Final = "[水电气暖网]费|充值|余额|电卡|水卡|缴|收费|多少钱|热水|办理|开通|安装|欠"


def supply_of(line: str, kind: Kind, faults: tuple[Fault, ...]) -> str:
    """The code of the supply that is off, as a question or a report says; empty if none is."""
    text = fold(line)
    if kind is Kind.ENQUIRY and not compiled(_OTHER_QUESTION).search(text):
        return next((code for code in SUPPLIES if _asked(code, text)), "")
    if kind is not Kind.REPAIR:
        return ""
    said = [fold(fault.words) for fault in faults]
    bare = (code for code, off in _BARE.items() if any(compiled(off).fullmatch(w) for w in said))
    return next(bare, "")


def _asked(code: str, text: str) -> bool:
    if code == NETWORK:
        return compiled(_NO_NETWORK).search(text) is not None
    return asks_about(code, text)

"""Times that do not suit, and callers who are in no hurry: neither is as soon as possible.

别明天来 and 明天没人 refuse a day, 明天两点前不要来 refuses all that comes before; of whoever
refuses, or says 不急 and 有空来, it is asked when it suits them.
"""

from typing import Final

from wuye_tui.rules.spoken_windows import Mention
from wuye_tui.rules.units_text import EDGE, compiled

_REFUSED_BEFORE: Final = (
    r"(?<![特区级差分识个类鉴道告])(?:(?:千万|请|最好|先)?(?:别|不要|不用|不必|勿|甭)|不想|不希望|不能)"
    r"(?:约|在|给我|安排|叫人)?\s?$"
)
_NOBODY: Final = (
    r"\s?(?:[0-9一二三四五六七八九十两]{1,3}点半?)?的?(?:话|时候)?,?\s?"
    r"(?:我们?|家里|家中|我家|人|都|也|可能|恐怕)*"
    r"(?:没有?人(?!来?[修管处理接看动知开住收弄答搭])|不在(?:家|$)?|没空|没有空|没时间|不方便"
    r"|不行|不可以|来不了|不要来|不用来|别来|不能来|不要过来|别过来|不要上门|别上门)"
    rf"|\s?(?:要|得|都)?(?:有事|出门|出差)(?={EDGE}|$|不)"
)
_AT_LEISURE: Final = "有空|得空|有时间|方便|空"
_NO_HURRY: Final = (
    r"(?<![水流尿湍])(?:不(?:太|是很|是特别|怎么|用|必|那么)?"
    r"(?:着急|急(?![停救诊刹躁忙性转用])|赶时间)|没那?么(?:着急|急))"
    rf"|(?:{_AT_LEISURE})(?:再|了|的话|的?时候?)*再?(?:来|过来|上门|派人|修|看|弄|处理|安排)"
    rf"|(?:{_AT_LEISURE})的?时候?(?={EDGE}|$|来|再|看|修)"
    r"|慢慢来|(?:晚[一些]?点|过[一]?会儿?|等[一]?会儿?)再?(?:来|过来|上门)|过几天(?:再|来|修)|改天再?来"
    r"|(?:什么时候|哪天|啥时候)(?:有空|方便|来|修)?都(?:行|可以)"
)


def is_refused(text: str, m: Mention) -> bool:
    """Whether what stands around a time says that it does not suit."""
    before = text[max(0, m.start - 6) : m.start]
    return (
        compiled(_REFUSED_BEFORE).search(before) is not None
        or compiled(_NOBODY).match(text, m.end) is not None
    )


def is_refused_until(text: str, m: Mention) -> bool:
    """Whether only what comes before an hour does not suit: 两点前不要来 is from two o'clock on."""
    before = bool(m["clock"]) and m["edge"][-1:] == "前"
    return before and compiled(_NOBODY).match(text, m.end) is not None


def in_no_hurry(text: str) -> bool:
    """Whether whoever calls says that there is time."""
    return compiled(_NO_HURRY).search(text) is not None


def refused_end(text: str, m: Mention) -> int:
    """Where the words end that refuse what comes before."""
    found = compiled(_NOBODY).match(text, m.end)
    return found.end() if found else m.end

"""Who is trapped in a lift, in a caller's words, and that nobody is any more.

A lift that stands traps whoever is said to be in it: 里面有个小孩在哭, 我妈在里面出不来. What lies
in it (快递, 钥匙) is not trapped, nor is whoever cannot leave home because it stands.
"""

from typing import Final

from wuye_tui.rules.units_text import EDGE, compiled

_WHO: Final = (
    "(?:人|孩子?|娃|宝宝|老太太?|老头|奶奶|爷爷|外婆|外公|爸爸?|妈妈?|老公|老婆|妻子|丈夫|儿子|女儿|婆婆|公公"
    "|阿姨|大姐|大爷|大妈|邻居|业主|住户|乘客|先生|女士|学生|同事|朋友|弟弟?|妹妹?|哥哥?|姐姐?"
    "|[我他她们])"
)
_STANDS: Final = (
    "(?:坏|停[了在住运]|不[动走]|不会动|卡|打不开|不开|开不了|开不开|故障|没反应|失灵|掉下|下坠|死机"
    "|没电|停电)"
)
_ALL: Final = "[都还也全一就给被]{0,3}"
_INSIDE: Final = (
    "(?:在|[困关卡堵](?:在|住)?)了?(?:轿厢|电梯|梯)?里[面头边]?"
    "(?![修换装擦扫拖打搬]|维修|检修|保洁)"
)
_CANNOT: Final = "(?:出不(?:[来去](?!门)|了(?!门))|下不来(?!楼))"
TRAPPED: Final = (
    "困人|困梯|关人|[电乘]?梯.{0,10}(?:被困|困[在住了着]|关[在住着了](?!门)[^门]{0,4}人|关[在住](?!门))"
    "|(?:困|关)在?.{0,9}电梯|(?:电梯|轿厢).{0,14}关[着了住](?!门).{0,4}人"
    "|梯.{0,10}里面?有人|里面?有人.{0,6}电梯|梯.{0,12}(?:人[在还]+里[面头]|人出不[来去])"
    rf"|梯.{{0,8}}{_STANDS}.{{0,12}}里[面头边]?(?:还|就|好像|一直)?有[^,。;\s]{{0,4}}{_WHO}"
    rf"|梯.{{0,8}}{_STANDS}.{{0,12}}{_WHO}{_ALL}(?:{_INSIDE}|出不[来去](?!门))"
    rf"|梯.{{0,20}}(?<!家){_INSIDE}[^。;]{{0,6}}{_CANNOT}"
    rf"|梯[里内].{{0,8}}{_CANNOT}|{_CANNOT}.{{0,6}}电梯.{{0,4}}{_STANDS}"
    rf"|梯.{{0,8}}{_STANDS}.{{0,10}}(?:(?:在|里[面头边]?)哭|呼救|喊救命|[拍敲]门喊|喊人开门)"
)
"""Somebody is in a lift that stands, in folded text."""

_BY_WHOM: Final = (
    "(?:都|已经|已|全部?|刚|终于|自己|安全|顺利|平安|被|给|从里面|从电?梯里|师傅|物业|消防|维保)*"
)
_OUT: Final = "(?:(?:救|放|接|拉|弄|解救|营救|走|跑|抱|拖|带)?出来|解救|获救|脱困|救下来?)"
_ASKED: Final = "(?!没(?!人)|[吗么?])"
_RELEASED: Final = (
    r"(?:困人|困梯|关人|被困)[^,。;\s]{0,6}(?:解除|解救(?!不)|解决|处理[好完]|结束|脱困|没事)了?"
    rf"{_ASKED}",
    rf"{_WHO}们?{_BY_WHOM}{_OUT}了{_ASKED}",
    rf"(?:^|{EDGE}){_BY_WHOM}(?:把人|人)?{_BY_WHOM}(?:救|放|接|拉|弄)出来了{_ASKED}",
)
_STILL: Final = (
    "还[有没差剩]|又(?:困|有)|没(?:有|能)?(?:救|放|接|拉|弄|出)|[救弄拉出]不(?:出|来)|什么时候|怎么"
    "|能不能|快来|救救|一个(?:人|小孩|孩子)?(?:先|已经)?出来"
)


def is_released(text: str) -> bool:
    """Whether folded text reports that whoever was trapped is out, and that nobody is left."""
    if compiled(_STILL).search(text):
        return False
    return any(compiled(pattern).search(text) for pattern in _RELEASED)

"""What is dangerous and no emergency of its own: glass and things that fall, and crime.

Both are looked for in folded text; what is feared, denied or over is neither. Shocks, sparks and
whoever is caught in a door are emergencies: see `faults`.
"""

from typing import Final

from wuye_tui.rules.faults import is_told_otherwise
from wuye_tui.rules.units_text import EDGE, compiled

_NEAR: Final = rf"(?:(?!{EDGE}|把手|[胶条贴膜杯]|合页|滑轮|遮光)."
_FALLS: Final = (
    "掉[下落]|往下掉|[要快]掉|坠|砸|倒[下了在]|摇摇欲坠|[要快]塌|[要快]倒|塌[了下]|悬着|吊着|晃"
)
_HAZARDS: Final = (
    rf"玻璃{_NEAR}){{0,4}}(?:(?<!粉)碎|炸|爆(?!裂纹)|掉|砸|脱落|坠)|碎玻璃|玻璃渣",
    rf"(?:外墙|幕墙|广告牌|雨棚|外机|窗扇|水泥块?|石材){_NEAR}){{0,4}}(?:脱落|松动|松了|掉|{_FALLS})",
    rf"(?:瓷砖|墙砖|窗户?|吊顶|天花板|天花|[吊顶]灯|灯罩|灯箱|树枝?|栏杆|护栏|吊柜|石膏[板线]|花盆|围墙)"
    rf"{_NEAR}){{0,3}}(?:{_FALLS})",
    "高空坠物|(?:[要快]|快要)掉下来|危险(?!品|废)|安全隐患|塌陷|塌方",
    "井盖.{0,3}(?:不见|没了|丢|缺|掉|翻|塌|破|坏|被偷)|电线.{0,2}(?:裸露|露在外|露出来|破皮)",
)
_HARMLESS: Final = "想换|要换|换成|更换|加装|安装|划痕|裂纹"
_LOST: Final = (
    "(?:孩子?|小孩|宝宝|娃|老人|老太太?|老头|奶奶|爷爷|外婆|外公|妈妈?|爸爸?|儿子|女儿|弟弟|妹妹|小朋友)"
    r"(?:在[^,。;\s]{1,6}|突然|又|好像|可能|自己|刚才|刚刚|一个人|人|都|也|给)*"
    r"(?:不见了|走丢|走失|失踪|找不[到着](?=了|人|$|[,。\s])|丢了(?=$|[,。\s]))"
)
_CRIMES: Final = (
    "小偷|(?:有|抓|来了?|进了?|遭|闹|招)贼|被[偷盗抢](?!修)|失窃|盗窃|入室|偷(?:东西|车|电瓶|电动车|快递|走|窃|拿)"
    "|撬(?:门|锁|窗)|(?:门|锁|窗).{0,2}被撬|抢(?:劫|东西|包|手机)",
    r"打架|斗殴|打起来|动手打人?|打人(?!工)|(?:被|在)打(?!电话|[扫理折断开卡])(?=[了,。\s]|$)|[持拿]着?刀"
    "|砍人|闹事|耍流氓|跟踪|尾随|家暴",
    "(?:可疑|不明|形迹可疑)(?:的?人|人员|男子|女子)|陌生(?:人|男子).{0,6}(?:撬|翻|转悠|徘徊|开门|拉门)"
    "|翻(?:墙|窗|围墙|阳台)进",
    _LOST,
)
_NO_CRIME: Final = "防小偷|防贼|防偷|偷懒|偷工|监控.{0,2}坏|打打闹闹|狗.{0,2}打架"


def find_hazard(text: str) -> tuple[int, int] | None:
    """The characters that say that glass has broken or that something falls."""
    if compiled(_HARMLESS).search(text):
        return None
    return _first(_HAZARDS, text)


def find_crime(text: str) -> tuple[int, int] | None:
    """The characters that say that somebody steals, fights or threatens, or who is lost."""
    return None if compiled(_NO_CRIME).search(text) else _first(_CRIMES, text)


def _first(patterns: tuple[str, ...], text: str) -> tuple[int, int] | None:
    for m in (m for pattern in patterns for m in compiled(pattern).finditer(text)):
        if not is_told_otherwise(text, m.start(), history=False):
            return m.span()
    return None

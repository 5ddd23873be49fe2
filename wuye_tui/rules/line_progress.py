"""How far is my repair? What callers say who have reported already, and wait.

`asks_progress` is sure: the words say that it was reported, ask how far it has come or whether it
is done, or complain of waiting. `may_ask_progress` is not: 灯坏了什么时候能来 may be told for the
first time, and is about an open slip only where there is one of the same trade.

Water, lifts and parcels do not come either: what waits for them waits for no repair. Nor does what
is asked about a deposit, an invoice or a permit.
"""

from typing import Final

from wuye_tui.rules.units_text import EDGE, MASK, compiled

_ENDS: Final = rf"(?=[呢啊呀哦嘛]?(?:$|{EDGE}|师傅|谢谢))"
_DONE: Final = r"(?:了?没有?|了?吗|了?么|了不)"
_SOMEBODY: Final = "(?:师傅|工人|维修工|维修人员|电工|水工|人员|人)"

# What comes by itself or is brought by somebody else, and has not come.
_COMES_BY_ITSELF: Final = (
    r"(?:(?<![漏渗滴积污排跑进冒下])水|(?<!漏)电|(?<!漏)气|暖气?|网络?|信号|电梯|快递|外卖|包裹|垃圾车"
    r"|保洁|保安|孩子|小孩|通知|账单|发票|短信|期|车)(?:怎么|为什么|为啥|咋|还|都|也|一直|到现在|迟迟"
    r"|总是?|老是?|半天|就|今天|又)*(?:没有?|不)(?:来(?!人|修|看|处理|师傅)|到|见|通|开)"
)
_NO_REPAIR: Final = (
    "押金|退款|退费|退钱|发票|收据|审批|手续|装修|证明|月卡|办卡|补卡|租房|合同|快递|包裹|业委会"
)

_HOW_FAR: Final = (
    rf"(?:修|弄|搞|处理|办|走|进行|查|做|安排|派|师傅|人|单子?|流程|现在|工程部|配件|^|{EDGE})[得的]?"
    r"到(?:哪(?:一?步|里|儿|个?环节|个?阶段|了|$|\s|[?,。])|(?:什么|啥)(?:步|程度|阶段|环节|地步)"
    r"|第几(?:步|个|位)|几成)",
    r"(?<!装修)进展|进度",
    r"(?<![停没]水)(?<![停没]电)(?:(?<!装)修|弄|搞|处理|解决|落实|安排|联系)[得的]?"
    r"(?:怎么?样|怎样|咋样|如何)(?!.*满意)",
    r"(?:报修?的|[单事](?:子|情)?|维修)(?:现在|到底)?(?:怎么?样|咋样|如何)了",
    r"有没有?(?:结果|进展|消息|下文|眉目|着落|安排|回音|派人|派单|师傅(?:来|过来|上门|在修))"
    r"|有没有人(?:来(?![收拿偷敲推])|管|处理|修|跟进|负责)",
    rf"有(?:结果|进展|消息|下文|眉目|着落|回音|安排){_DONE}{_ENDS}",
)
_DONE_YET: Final = (
    r"(?<!装)(?<!能)(?<!可以)(?:修|弄|搞|处理|解决|换|疏通|装|维修|安排|派|配|买|订|查)"
    rf"(?:好|完|上|掉|清楚){_DONE}{_ENDS}",
    r"(?<!装)(?:修|弄|处理|解决|换|疏通|安排|派人?|派单|派工|联系|上报|转)(?:师傅|人)?"
    rf"(?:了没有?|了吗|了么){_ENDS}",
    rf"(?<![水电气暖网])好(?:了没有?|了吗|没有?){_ENDS}",
    rf"{_SOMEBODY}(?:出发|来|到|过来|走|出门|安排|派){_DONE}{_ENDS}",
)
_LATE: Final = (
    r"还没有?(?:人|师傅)?(?:来(?![水电气暖])|修|处理|解决|弄|到(?!期|时间|点)|换|派|安排|动手|联系|上门|管|理"
    r"|结果|消息|回[复音话]|搞|疏通|好(?!用))",
    r"还没人|迟迟[没不]|(?:到现在|至今|一直|始终)(?:都|也|还)?(?:没有?(?:人|师傅|来(?![水电气暖])|修"
    r"|处理|解决|派|联系|消息|动静|结果|回)|不见人|不来)",
    r"还不(?:来(?![水电气暖])|修|派|处理|换|上门|安排|解决)",
    r"(?:怎么|咋|为什么|为啥)还(?:没|不)(?:来(?![水电气暖])|修|到|处理|派|弄|换|安排|好(?!用)|见)",
    r"没有?(?:动静|回音|回复|下文|消息|音讯|着落)|石沉大海|没了下文",
    r"(?<![水电气暖])没来(?![水电气暖之])",
    rf"{_SOMEBODY}.{{0,4}}(?:还没|没来|没到|没见|(?<![出下进上])不来|没出现|没上门|呢{_ENDS})|人呢{_ENDS}|不见人影?"
    r"|没见(?:人|师傅)|放鸽子|爽约",
)
_WAITED: Final = (
    rf"(?:^|{EDGE}|在家|家里|[我人们直都]|已经|业主)等(?:了|着|到现在|半天|好久|很久|多久|得|到[0-9一二三四五"
    r"六七八九十几])(?![^,。;\s]{0,4}(?:电梯|出热水|才热))",
    r"等(?:师傅|你们|维修|人(?:来|修))",
)
_REPORTED: Final = (
    r"(?:(?<!上)报修?|登记|反映|反应|打过?电话|[说约叫催](?!明)|下单)(?:了|过|好)(?:修|电话|单)?"
    r"|(?:报修?|登记|约|约好|说好|反映|叫|打电话)的"
)
_STILL_NOTHING: Final = (
    rf"(?:{_REPORTED}).{{0,12}}(?:没有?(?:人|师傅|消息|结果|下文|动静|来(?![水电气暖])|到|修|处理|解决|弄"
    r"|换|派|管|理|回|见)|不(?:来|管|理|修|见))",
    rf"(?:{_REPORTED}).{{0,14}}(?:什么时候|啥时候|几[点时]|何时|哪天|多久|怎么回事|怎么说|呢{_ENDS}|[?]$)",
    r"(?:几[点时]|什么时候|啥时候|何时|哪天|多久).{0,10}(?:报修?|说|登记|反映)过了?(?:$|[,。;!\s])",
    r"(?:催|说|报修?|反映|登记)了?(?:都|已经)?(?:有)?(?:好?几|多少|[两三四五]|好多)(?:次|遍|回|天)了?(?!.*没人接)",
)
_SURE: Final = "|".join((*_HOW_FAR, *_DONE_YET, *_LATE, *_WAITED, *_STILL_NOTHING))
_NEVER_SEEN: Final = "没有?人(?:来)?[看修动碰查弄]过|没人来过"
_WHEN: Final = (
    r"(?:几[点时]|什么时候|啥时候|何时|哪天|多久|多长时间)(?:才|能|可以|会|到底|安排|给我?|有|人|师傅)*"
    r"(?:来(?![水电气暖])|到|修|上门|过来|处理|弄|解决|换|派|好|轮到)"
    r"|能(?:修|弄|处理|搞)好(?:吗|不|么)"
)
_NOBODY: Final = "没有?人(?:来(?![水电气暖收])|修|处理|管|理|上门|过来|跟进|联系)"
_WHEN_SUPPLIED: Final = (
    "(?:几[点时]|什么时候|啥时候|何时|多久)(?:才|能|会|可以|到底)*(?:来|有|恢复|通)(?:水|电|气|暖|网)(?!工)|(?:水|电|燃?气|暖气|网络?|信号)(?:到底|大概|大约|今[天晚]|明天)*"
    "(?:几[点时]|什么时候|啥时候|何时|多久)(?:才|能|会|可以|到底)*(?:来|有|恢复|通)(?!人|修|师傅)"
)
_SUPPLY: Final = f"[停没][水电气]|{_WHEN_SUPPLIED}"
_IS_DONE: Final = (
    rf"(?:{_SOMEBODY}).{{0,8}}(?:修|弄|处理|搞|解决|换|疏通|装)(?:好|完|通)了|(?:修|弄|处理|搞|解决|换|疏通|装)(?:好|完|通)了"
    r"[,\s。!]{0,2}(?:谢谢|感谢|多谢|辛苦|[啊哦呀了]?[。!]?$)"
)
_NOT_DONE: Final = (
    "没|不(?!错|用谢|好意思)|又|还(?!好|行|可以)|但|可是|不过|再|才|只|吗|么|[?]|自己|什么时候|几[点时]"
    "|另外|顺便|今天|现在|(?:坏|漏|堵|裂|掉)了?$|要|想|能|怎么|多少|昨|前天|上次"
)
_HAS_COME: Final = (
    r"(?:还|都|一直|到现在|怎么|就|也)*(?:没有?|不)来(?!人|修|看|处理|师傅)"
    rf"(?=[啊呢吗呀哦]?(?:$|{EDGE}))"
)


def asks_progress(text: str, broken: bool = False) -> bool:
    """Whether somebody surely speaks of a repair that was reported before.

    `broken`: the folded text says what is broken, so that it is about a repair in any case.
    """
    if not broken and compiled(_NO_REPAIR).search(text):
        return False
    plain = compiled(_COMES_BY_ITSELF).sub(MASK, text)
    if compiled(_WHEN_SUPPLIED).search(text) and not compiled(f"{_SOMEBODY}|修").search(text):
        plain = compiled(_HAS_COME).sub(MASK, plain)  # 水什么时候来 还没来
    if compiled(_SURE).search(plain):
        return True
    return not broken and _nobody_came(plain)


def says_done(text: str) -> bool:
    """Whether all that is told is that somebody came and repaired it: nothing is left to do."""
    if compiled(_NOT_DONE).search(text):
        return False
    return compiled(_IS_DONE).search(text) is not None


def asks_when(text: str) -> bool:
    """Whether it is asked when somebody comes, or when it will be done; not when the water will."""
    if compiled(_SUPPLY).search(text) or compiled(_NO_REPAIR).search(text):
        return False
    return compiled(_WHEN).search(text) is not None


def may_ask_progress(text: str) -> bool:
    """Whether a report of something broken may as well be about a slip that is open."""
    return asks_when(text) or _nobody_came(text)


def _nobody_came(text: str) -> bool:
    seen = compiled(_NEVER_SEEN).sub(MASK, text)
    return compiled(_NOBODY).search(seen) is not None

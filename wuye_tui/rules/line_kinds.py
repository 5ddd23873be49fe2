"""What a call is about: repair, urging, complaint, question, and so on, from the caller's words."""

from enum import StrEnum
from typing import Final

from wuye_tui.rules.faults import FoundFault
from wuye_tui.rules.line_cars import TO_BE_MOVED, takes_my_space
from wuye_tui.rules.line_noise import tells_noise
from wuye_tui.rules.line_progress import asks_progress, asks_when, says_done
from wuye_tui.rules.trapped import is_released
from wuye_tui.rules.units_text import compiled


class Kind(StrEnum):
    """What a call is about."""

    REPAIR = "repair"
    URGE = "urge"
    COMPLAINT = "complaint"
    ENQUIRY = "enquiry"
    CANCEL = "cancel"
    REBOOK = "rebook"
    PRAISE = "praise"
    EMERGENCY = "emergency"
    CAR = "car"  # somebody's car is to be moved
    BOOKING = "booking"  # a service that is no repair
    SUGGESTION = "suggestion"
    GUARD = "guard"  # theft, a fight: the guards go at once, and 110 is called
    OTHER = "other"


REPAIRED: Final = frozenset({Kind.REPAIR, Kind.EMERGENCY})
"""What a repair slip is made out for."""

ABOUT_A_SLIP: Final = frozenset({Kind.URGE, Kind.CANCEL, Kind.REBOOK})
"""What is about a slip that is open already."""


_ASKED: Final = (
    r"问|咨询|多少|怎么(?:交|缴|办|弄|收|走|联系|申请|预[约订]|停|回事)|什么时候|啥时候|几[点号时]|在哪|哪里"
    r"|停.{0,4}(?:多久|多长时间)|是不是|为什么|为啥|[?]|(?:吗|了没有?)\s*$|查一?下|查询|收费标准"
)
_ANNOYED: Final = (
    r"扰民|太吵|很吵|好吵|吵死|吵得|吵到|态度(?:很|太|非常)?(?:差|不好|恶劣|凶)|高空抛物"
    r"|乱[停丢扔堆搭放倒贴]|不牵绳|狗一?直?叫|占[用了着]{0,2}(?:消防|楼道|通道|车位|我)|车位.{0,6}被.{0,6}占|违建|违章"
    r"|电[瓶动]车[进上](?:楼|电梯)|飞线|广场舞|意见很大|不满|没人(?:管|[清扫]|打扫|保洁)|不打扫"
    r"|抽烟|烟味|随地|装修.{0,4}(?:吵|噪[音声]|声音)|还在[钻敲砸]"
    r"|(?:半夜|深夜|凌晨|晚上|中午|清早).{0,3}(?:装修|施工|[敲唱吵闹跳])"
)
_GARBAGE: Final = (
    "垃圾(?!费|袋|处理器)(?:(?![,。;!?]).){0,8}(?:(?:没有?人?|无人|不)来?[收清倒运扫]|没人?处理)"
    "|没有?人来?(?:收|清|倒|运|扫)垃圾(?!费)|垃圾.{0,4}(?:堆[在成满积了]|成堆|成山|溢出|满出来|满了)"
)
_BEGIN: Final = r"(?:^|(?<=[\s\x00,;。!]))"
_CANCELLED: Final = (
    rf"{_BEGIN}取消(?!月卡|月租|绑定|停车|自动)|取消(?:预约|报修|维修|上门|派单|单)|撤单|销单"
    r"|[单次修]\s?(?:就|给我|帮我)?取消|(?<![卡车动定务])取消(?:掉|了|吧|一下)?\s*(?:$|[,，;；])"
    r"|不用(?:再|过)?(?:来|修|上门|派)|别来了|不修了|不需要(?:修|维修|上门)了?"
    r"|自己(?:修|弄|搞|处理)好了|已经好了"
)
_COUNTER: Final = (
    r"(?:补?办|办理|领取?).{0,4}[卡证]|补卡|开证明|盖章|寄存|快递|借[钥推梯]|失物|丢了|捡到"
)
_BOOKED: Final = r"(?<!取消)(?<!怎么)(?:预[约订]|约(?:个|一[个次]?))(?!了|的|好)"
_THANKS: Final = "谢谢|感谢|多谢|辛苦|满意"
_FEES: Final = "[吗呢]|物业费|停车费|水费|电费|欠费|缴费|交费|发票|收费|账单|月卡|押金|热线"

# In order of rank: the first that fits is what the call is about. True: said in so many words, so
# that beside another kind it is a matter of its own. What is no pattern asks the faults, how far a
# repair has come, whether somebody who was trapped is out (nobody urges then, it is only noted),
# whether it has been repaired,
# whether neighbours are noisy, or whether a car takes the caller's space.
_TROUBLE, _FAULT, _PROGRESS, _WHEN = "trouble", "fault", "progress", "when"
_RELEASE, _NOISE, _SPACE = "release", "noise", "space"
_THANKED, _DONE = "thanked", "done"
_KINDS: Final[tuple[tuple[Kind, bool, str], ...]] = (
    (Kind.CANCEL, True, _CANCELLED),
    (Kind.REBOOK, True, r"改约|改期|[改换]个?时间|改一下时间|重新约|重约|另约|改天|推迟(?:到|一)"),
    (Kind.URGE, True, r"催(?![交缴费款收账])"),
    (Kind.COMPLAINT, True, "投诉(?!的?(?:处理)?的?(?:进度|进展|结果))|举报"),
    (Kind.PRAISE, True, "表扬|锦旗|点赞|好评|感谢信"),
    (Kind.COMPLAINT, False, _GARBAGE),
    (Kind.URGE, False, _PROGRESS),
    (Kind.OTHER, False, _RELEASE),
    (Kind.PRAISE, False, _THANKED),
    (Kind.OTHER, False, _DONE),
    (Kind.CAR, True, _SPACE),
    (Kind.COMPLAINT, False, _ANNOYED),
    (Kind.COMPLAINT, False, _NOISE),
    (Kind.CAR, True, TO_BE_MOVED),
    (Kind.OTHER, True, "放行[条单证]|出门[条单证]"),
    (Kind.REPAIR, False, _TROUBLE),
    (Kind.REPAIR, True, rf"报修(?!电话|流程|进度|[的过了])|{_BEGIN}维修"),
    (Kind.URGE, False, _WHEN),
    (Kind.PRAISE, False, "感谢|谢谢(?:师傅|你们)|[很非]常?满意|修得很?好|服务[很真]?好"),
    (Kind.SUGGESTION, True, "建议|提个?意见"),
    (Kind.ENQUIRY, False, "多少钱|怎么收费"),
    (Kind.REPAIR, False, "(?:能|可以|来|帮).{0,4}[修换装通]"),
    (Kind.ENQUIRY, False, _ASKED),
    (Kind.OTHER, False, _COUNTER),
    (Kind.REPAIR, False, _FAULT),
    (Kind.BOOKING, False, _BOOKED),
    (Kind.COMPLAINT, False, "噪[音声]|脏|味道|臭"),
    (Kind.ENQUIRY, False, _FEES),
    (Kind.PRAISE, False, "谢谢"),
)


def asks(text: str) -> bool:
    """Whether the folded text is a question."""
    return compiled(_ASKED).search(text) is not None


def kinds(text: str, faults: list[FoundFault]) -> dict[Kind, bool]:
    """Every kind that the folded text fits, in order: the first is what it is about.

    The value says whether it was said in so many words (投诉, 催单) rather than inferred.
    """
    found: dict[Kind, bool] = {}
    for kind, said, pattern in _KINDS:
        if _fits(pattern, text, faults):
            found[kind] = found.get(kind, False) or said
    return found or {Kind.OTHER: False}


def _fits(pattern: str, text: str, faults: list[FoundFault]) -> bool:
    match pattern:
        case "trouble":
            return _is_broken(faults)
        case "fault":
            return bool(faults)
        case "progress":
            return asks_progress(text, _is_broken(faults))
        case "noise":
            return tells_noise(text, faults)
        case "space":
            return takes_my_space(text)
        case "release":
            return _is_over(text, faults)
        case "thanked":
            return says_done(text) and compiled(_THANKS).search(text) is not None
        case "done":
            return says_done(text)
        case "when":
            return asks_when(text)
    return compiled(pattern).search(text) is not None


def _is_over(text: str, faults: list[FoundFault]) -> bool:
    """Whether all that is told is that nobody is trapped any more: there is nothing to repair."""
    trouble = (fault for fault in faults if fault.trouble)
    return is_released(text) and all(fault.fault.words.endswith("人") for fault in trouble)


def _is_broken(faults: list[FoundFault]) -> bool:
    return any(fault.trouble for fault in faults)

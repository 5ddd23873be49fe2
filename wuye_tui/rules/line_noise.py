"""Noise of the neighbours, which is complained of and not repaired.

楼上半夜咚咚响 is somebody's doing; 水管半夜咚咚响 and 空调外机响 are a thing's, whatever the hour.
"""

from typing import Final

from wuye_tui.rules.faults import FoundFault, find_faults
from wuye_tui.rules.units_text import compiled

_NEIGHBOURS: Final = (
    "楼[上下]|隔壁|对面|对门|邻居|左邻|前后楼|[前后]面?那?[栋楼]|旁边(?:那|一)?[栋户家]"
    "|有人(?=在?(?:放|唱|弹|吵|跳|喊|大[喊叫]))"
)
_OFTEN: Final = "半夜|深夜|凌晨|夜里|晚上|中午|清早|一大早|清晨|天天|每天|每晚|整晚|整夜|通宵"
# What only people and their dogs do, at any hour ...
_LOUD: Final = (
    "吵(?!着?要)|打闹|哭闹|闹腾|喧哗|跑跳|跑来跑去|蹦[跳蹦迪来]|跺[脚地]|跳(?:绳|来跳去)|摔门"
    "|敲(?:墙|地|打|敲|来敲去|个不停)|[拖挪](?:桌|椅|凳|家具|来拖去)|放(?:音乐|歌|鞭炮)|唱(?:歌|戏)|K歌"
    "|[弹练](?:琴|钢琴|吉他)|[打搓洗]麻将|麻将声|拍球|弹珠|高跟鞋|狗.{0,2}叫|喊叫|尖叫|大喊|大叫|吼"
    "|音乐声|音响(?=.{0,4}(?:大|响|开|放))|电钻|脚步"
)
# ... and what is noise only where it comes from next door.
_THEIRS: Final = f"{_LOUD}|跑步|跳[舞操]|打[鼓牌球]|聚会|派对|蹦|剁[肉馅骨]"
_SOUNDS: Final = (
    "咚|砰|咣|哐|咔|叮|当当|乒|嘭|嗡|轰|吱|响|动静|声音.{0,2}大|噪[音声]|睡不[着好了]|没法睡|不能睡"
    "|影响.{0,2}(?:休息|睡)|休息不[了好]"
)
_MACHINES: Final = "风机|水?泵|设备|变压器|机房|配电|锅炉|换热|冷却塔|报警|警报|警铃"
_NO_NOISE: Final = "预[约订]|报名|活动|场地|培训|兴趣班"
_COMPLAINED: Final = "投诉|举报|扰民|[太很好]吵|吵[得死到]"
_A_SOUND: Final = "[很异]?响(?:.{0,3}[很异]?响)*"


def tells_noise(text: str, faults: list[FoundFault]) -> bool:
    """Whether folded text tells of noise that neighbours make, and of no thing that makes it."""
    if compiled(_NO_NOISE).search(text):
        return False
    by_nothing = all(map(_is_sound, faults)) and not compiled(_MACHINES).search(text)
    if compiled(_NEIGHBOURS).search(text):
        sounds = by_nothing and compiled(_SOUNDS).search(text) is not None
        return sounds or compiled(_THEIRS).search(text) is not None
    often = by_nothing and compiled(_OFTEN).search(text) is not None
    return often and compiled(_LOUD).search(text) is not None


def find_faults_told(text: str) -> list[FoundFault]:
    """The faults of a folded text without the sounds that are complained of: they are nobody's to
    repair. Beside a thing that is named the sound may be that thing's (投诉水管半夜咚咚响).
    """
    faults = find_faults(text)
    others = [fault for fault in faults if not _is_sound(fault)]
    if len(others) == len(faults) or not all(fault.trouble for fault in others):
        return faults
    noise = tells_noise(text, faults) or compiled(_COMPLAINED).search(text)
    return others if noise else faults


def _is_sound(fault: FoundFault) -> bool:
    return compiled(_A_SOUND).fullmatch(fault.fault.words) is not None

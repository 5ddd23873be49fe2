"""The small units that a typed line is made of: folded characters, numbers, phones, plates, names.

Everything here works on *folded* text: as long as what was typed, character for character, so that
a position found in it is a position in the line.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, NamedTuple

MASK: Final = "\x00"
"""Stands in a working copy where something has been understood already; it ends every word."""

EDGE: Final = r"[\s\x00,.;:!?、。()/|-]"
"""What ends a word in folded text."""

NUMBER: Final = (
    "(?:[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二三四五六七八九两])"
)
"""A number of at most two digits, in digits or in Chinese; `number` gives its value."""

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−〜~", "-") | {"｡": "。", "○": "〇"})
_VALUES: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}


class What(StrEnum):
    """What a part of the line was understood as."""

    ROOM = "room"
    OTHER_ROOM = "other_room"
    BUILDING = "building"
    PLACE = "place"
    PHONE = "phone"
    TAIL = "phone_tail"
    PLATE = "plate"
    SLIP = "slip"
    CALLER = "caller"
    PAYER = "payer"
    FAULT = "fault"
    EMERGENCY = "emergency"
    APPOINTMENT = "appointment"
    PAST = "past_time"
    IMPOSSIBLE = "impossible_time"
    AT_ONCE = "at_once"
    TODAY = "today"  # at once, said so late that nothing else is left of the day
    URGENT = "urgent"
    KIND = "kind"
    ALSO = "also"


class Piece(NamedTuple):
    """The characters `start` to `end` (exclusive) of the line, and what they were taken for."""

    start: int
    end: int
    what: What


class Mark(NamedTuple):
    """The characters `start` to `end` (exclusive), and their value in its usual form."""

    start: int
    end: int
    value: str


class Role(StrEnum):
    """Who calls, or who pays, in relation to the unit."""

    OWNER = "owner"
    TENANT = "tenant"
    FAMILY = "family"
    AGENT = "agent"
    NEIGHBOUR = "neighbour"
    DECORATOR = "decorator"


@dataclass(frozen=True)
class Caller:
    """Who calls, as far as it was said: a name as typed ('' if none) and a role."""

    name: str
    role: Role | None = None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern compiled when it is first needed: opening the console must not wait for it."""
    return re.compile(pattern, re.ASCII)


def fold(text: str) -> str:
    """The text with full-width forms, dashes and odd blanks made plain, of the same length."""
    plain = text if text.isascii() else "".join(map(_folded, text))
    return plain.translate(_DASHES)


def mask(text: str, start: int, end: int) -> str:
    """The text with the characters `start` to `end` (exclusive) hidden from what looks next."""
    return text[:start] + MASK * (end - start) + text[end:]


def number(text: str) -> int:
    """The value of a NUMBER: `12`, `十二`, `两`."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_VALUES[tens] if tens else 1) * 10 * bool(ten) + (_VALUES[ones] if ones else 0)


def digits(text: str) -> str:
    """A number read out digit by digit, as digits: `五零二` is `502`."""
    return "".join(str(_VALUES[c]) if c in _VALUES else c for c in text)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


_CALLED: Final = (
    r"(?:(?:联系|来电|手机)?(?:(?<![打回接])电话|号码|方式)|手机号?码?|[Tt][Ee][Ll])?\s?:?\s?"
)
_FREE: Final = r"(?<![0-9A-Za-z])"
_PHONES: Final = (
    # A mobile number may be glued behind a room number, or in front of one.
    rf"(?:{_FREE}|(?<=[-#元栋幢座楼门][0-9]{{3}})|(?<=[-#元栋幢座楼门][0-9]{{4}}))"
    r"(?:(?:\+|00)?86[- ]?)?(?P<mobile>1[3-9][0-9](?:[- ]?[0-9]{4}){2})"
    r"(?=[0-9]{1,2}[-#栋幢座][0-9一二三四五六七八九十]|(?![0-9]))",
    rf"{_FREE}(?<!-)\(?(?P<area>010|02[0-9]|0[3-9][0-9]{{2}})\)?[- ]?"
    r"(?P<land>[2-8][0-9]{6,7})(?:(?:-|#|转|ext\.?)\s?(?P<extension>[0-9]{1,5}))?(?![0-9])",
    rf"{_FREE}(?<!-)(?P<service>[48]00-?[0-9]{{3}}-?[0-9]{{4}})(?![0-9])",
    rf"{_FREE}(?<![-.])(?P<local>(?!20[0-9]{{2}}[01][0-9])[2-8][0-9]{{6,7}})"
    r"(?![0-9A-Za-z.元块度吨]|-[0-9])",
)
_NO_PHONE: Final = r"[表单卡编证户]号?\s?:?\s?$"
_NEARLY: Final = r"(?<![0-9A-Za-z-])1[3-9][0-9]{6,8}(?![0-9])|(?<![0-9])1[3-9][0-9]{10}(?![0-9])"


def find_phone(text: str) -> Mark | None:
    """The first telephone number: a mobile, a landline as `0571-88157788-801`, a 400 number."""
    found = (m for pattern in _PHONES for m in compiled(_CALLED + pattern).finditer(text))
    for m in found:
        parts = m.groupdict()
        before = text[max(0, m.start() - 4) : m.start()]
        if "local" in parts and compiled(_NO_PHONE).search(before):
            continue
        kept = [v for name in ("area", "land", "extension") if (v := parts.get(name))]
        value = "-".join(kept) or re.sub(r"\D", "", next(v for v in parts.values() if v))
        return Mark(m.start() + len(m[0]) - len(m[0].lstrip()), m.end(), value)
    return None


def nearly_phone(text: str) -> bool:
    """Whether there is a mobile number with a digit too few or too many."""
    return compiled(_NEARLY).search(text) is not None


_TAIL: Final = (
    r"(?:(?:(?:我的?|本人)?(?:来电|手机|电话)?号?码?(?:的)?(?:尾号|[后末]四位)(?:为|是)?\s?:?\s?)"
    r"|(?<=业主)\s?|(?<=[租住]户)\s?|(?<=租客)\s?|(?<=[户房]主)\s?)(?P<tail>[0-9]{4})"
    r"(?![0-9A-Za-z]|\s?[号室房户栋幢座#元块年-])(?:的)?"
)


def find_tail(text: str) -> Mark | None:
    """The last four digits of the caller's number: `尾号1031`, `业主1031`."""
    m = compiled(_TAIL).search(text)
    return Mark(m.start(), m.end(), m["tail"]) if m else None


_PLATE: Final = (
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])\s?([A-HJ-NP-Za-hj-np-z])"
    r"[·•・.\s-]?"
    r"((?:[A-HJKa-hjk][A-HJ-NP-Za-hj-np-z0-9][0-9]{4}|[0-9]{5}[A-HJKa-hjk])(?![A-Za-z0-9])"
    r"|[A-HJ-NP-Za-hj-np-z0-9]{4}(?:[挂学警港澳]|[A-HJ-NP-Za-hj-np-z0-9](?![A-Za-z0-9])))"
)
_SLIP: Final = r"(?<![0-9A-Za-z])([A-Za-z]{2})-?(20[0-9]{6})-?([0-9]{3,})(?![0-9])"


def find_plates(text: str) -> list[Mark]:
    """Car plates, those of new-energy cars too, as `浙AD12345`."""
    found = compiled(_PLATE).finditer(text)
    return [Mark(m.start(), m.end(), "".join(m.groups()).upper()) for m in found]


def find_slips(text: str) -> list[Mark]:
    """Numbers of slips that somebody quotes, as `PG-20261119-004`."""
    found = compiled(_SLIP).finditer(text)
    return [Mark(m.start(), m.end(), "-".join(m.groups()).upper()) for m in found]


_SURNAMES: Final = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛"
    "郝龚邵万钱严覃武戴莫孔向汤俞章盛倪庄殷翁樊]|欧阳|上官|诸葛|司马|东方|皇甫"
)
# Words of the trade, or rarer: believed with a title only, and nothing between (单先生, not 单元).
_WORDS_TOO: Final = (
    "[单仇查盖纪简乐席解水花车管路房楼关祝应柯温芦柴庞兰施洪鲍葛柳戚窦云苗凤柏华喻包常安明米麦牛平齐"
    "曲饶阮沙商尚申舒涂屠尤易岳臧翟詹甄支仲竺卓左蓝骆缪梅闵牟穆聂宁裴乔裘瞿阙冉荣芮桑佘粟谈童危卫"
    "巫伍奚冼项幸萧颜燕伊虞郁苑宗康匡邝赖劳厉练凌娄麻卜岑巢池储褚刁丰封符甘耿宫巩苟谷桂国杭衡滑霍嵇"
    "吉季冀荆鞠阚寇况栾邢辛游古冷费边]"
)
_LONG_TITLES: Final = "先生|女士|小姐|太太|阿姨|叔叔|伯伯|大爷|大妈|大姐|大哥|老师|奶奶|爷爷|医生"
_HAN: Final = "[\u4e00-\u9fff]"
_TITLES: Final = (
    "先生|女士|小姐|太太|阿姨|叔叔?|伯伯|大爷|大妈|大姐|大哥|老师|奶奶|爷爷|医生|姐|哥"
    "|总(?!是|管|阀|闸|表|电|共|会|水|开|线)"
)
_ROLES: Final = {
    "租客": Role.TENANT, "租户": Role.TENANT, "房客": Role.TENANT, "承租人": Role.TENANT,
    "业主": Role.OWNER, "房主": Role.OWNER, "户主": Role.OWNER, "房东": Role.OWNER,
    "家属": Role.FAMILY, "保姆": Role.FAMILY, "中介": Role.AGENT, "邻居": Role.NEIGHBOUR,
    "装修工": Role.DECORATOR, "装修师傅": Role.DECORATOR, "装修队": Role.DECORATOR,
}  # fmt: skip
_ROLE: Final = f"(?P<role>{'|'.join(_ROLES)})"
_NICK: Final = rf"[小老阿](?:{_SURNAMES})(?!桶|头|病|层)"
_TITLED: Final = (
    rf"(?:(?:{_SURNAMES}){_HAN}{{0,2}}?(?:{_TITLES})|{_WORDS_TOO}(?:{_LONG_TITLES})(?!姐|傅))"
)
_FULL: Final = rf"(?:{_SURNAMES}){_HAN}{{1,2}}"
_LEFT: Final = rf"(?:^|(?<={EDGE})|(?<=的)|(?<=我是))"
_RIGHT: Final = rf"(?={EDGE}|[0-9]|$|说|称|反映|报|来电|打电话|投诉|催|问|很|着急)"
_SAID: Final = r"\s?(?:(?:来电|打电话来?)?(?:说|称|反映)|来电|打电话来?)?\s?:?"
_HOME: Final = (
    rf"(?:家?的(?![,。\s]|$)|家(?![具电属政人里装在是住离不没有的]|{EDGE}|$))?"  # 何奶奶家暖气
)
# 买买提·阿不都热合曼
_NAMED: Final = f"(?!{_HAN}*[·•・]?{_HAN}*[灯门锁漏坏堵修墙窗]){_HAN}{{2,10}}[·•・]{_HAN}{{2,12}}"
_I_AM: Final = (
    r"(?:(?:你好|您好|喂)[,\s]{0,2})?"
    r"(?:我是|我叫|我的名字[是叫]|这里是|这边是|本人)\s?"
)
_CALLERS: Final = (
    rf"{_LEFT}(?:{_I_AM})?{_ROLE}?\s?(?P<name>{_NAMED})(?={EDGE}|[0-9]|$){_SAID}",
    rf"{_LEFT}(?:你好|您好|喂)?[,\s]{{0,2}}(?:我|本人|免贵)"
    rf"(?P<name>姓(?:{_SURNAMES}|{_WORDS_TOO}|区))(?={EDGE}|$|的)的?",
    rf"{_LEFT}{_ROLE}\s?(?P<name>{_TITLED}|{_NICK}){_HOME}{_SAID}",
    rf"{_LEFT}{_ROLE}\s?(?P<bare>{_FULL}){_RIGHT}{_SAID}",
    rf"{_LEFT}(?:(?:现场)?联系人|报修人)?\s?:?\s?(?P<name>{_TITLED}|{_NICK}{_RIGHT}){_HOME}{_SAID}",
    # A bare name is believed beside a number only: `马桶 堵了` has a surname in it, too.
    rf"(?:^|(?<=\x00)\s?)(?P<bare>{_FULL})(?=\s?\x00){_SAID}",
    rf"(?<=\x00)\s?(?P<bare>{_FULL})(?=\s?$)",
    rf"{_LEFT}{_ROLE}{_RIGHT}{_SAID}",
    rf"(?:^|(?<={EDGE})){_I_AM}(?P<bare>(?:{_SURNAMES}|区){_HAN}{{1,2}}?)"
    rf"(?<![户主人的家客工司室号]){_HOME}(?={EDGE}|$){_SAID}",
)
_FIRST: Final = (
    r"(?:喂|你好|您好)?,?(?:我是|我叫|这里是|这边是|本人)?"
    r"(?P<name>[^\s,.]{2,16}?)(?:家里?的?|的)?[,.。]?"
)
_NOT_NAMES: Final = (
    "马桶|马上|金属|石|高空|高层|方便|方向|任何|万|严重|江|路|钟|龙头|白|向|陶瓷|于是|毛坯|段"
    "|[漏坏堵修灯门锁水电气窗墙梯吵催问]"
)
_OF_ANOTHER: Final = r"(?:投诉|表扬|感谢|举报|让|叫|派|找|楼[上下]|隔壁|对面)\s?$"
# 王阿姨家漏水到我家 is told by whoever it leaks upon, and 王阿姨家太吵 by a neighbour.
_NEXT_DOOR: Final = (
    r"我们?家|我们?这[边里儿]?|我们?[屋房]|我阳台|我[头车]|我们楼下"
    r"|^\s?家?(?:装修|太吵|很吵|好吵|吵|噪|[的养]?.{0,2}狗.{0,3}叫|敲|钻|半夜|天天|老是|乱[扔丢堆])"
)


def find_caller(text: str) -> tuple[Mark, Caller] | None:
    """Who calls: a role, a name behind a role, a name with a title, a name beside a number."""
    for m in (m for pattern in _CALLERS for m in compiled(pattern).finditer(text)):
        parts = m.groupdict()
        name, bare, role = (parts.get(part) or "" for part in ("name", "bare", "role"))
        if bare and compiled(_NOT_NAMES).search(bare):
            continue
        home = "家" in m[0][len(name) :] or text[m.end() :].startswith("家")
        if name and home and compiled(_NEXT_DOOR).search(text[m.end() :]):
            continue
        if not compiled(_OF_ANOTHER).search(text[max(0, m.start() - 3) : m.start()]):
            start = m.start() + len(m[0]) - len(m[0].lstrip())
            caller = Caller(name or bare, _ROLES[role] if role else None)
            return Mark(start, m.end(), caller.name), caller
    return None


def bare_name(word: str) -> str:
    """What may be a name in a line's first word: 我是区小慧, 李伟的. Only a register can tell."""
    found = compiled(_FIRST).fullmatch(fold(word))
    return word[found.start("name") : found.end("name")] if found else word


def is_called(caller: str, name: str) -> bool:
    """Whether a caller's name as typed is that of somebody: 陈立, 陈先生 and 姓陈 are 陈立."""
    said = fold(caller).strip()
    title = compiled(rf"(?:{_TITLES})$|^姓(?=.{{1,2}}$)").search(said)
    bare = said.replace(title[0], "", 1) if title else said
    if not bare or not name:
        return False
    surname = (
        title is not None and compiled(f"{_SURNAMES}|{_WORDS_TOO}|区").fullmatch(bare) is not None
    )
    return name in (said, bare) or (surname and name.startswith(bare))


_WHO_PAYS: Final = "(?P<who>房东|业主|房主|户主|租客|租户|房客)"
_PAYS: Final = "出|付|给|承担|结|收|报销|掏|负责|买单|要"
_PAYERS: Final = (
    rf"(?:维修)?(?:费用?|钱|款)\s?(?:都|由|让|找|问|归|向|跟|算)*{_WHO_PAYS}"
    rf"(?:来|自己)?(?:(?:{_PAYS})(?:钱|款|费)?)?的?",
    rf"(?:由|找|让|向|跟)?{_WHO_PAYS}(?:来|自己)?"
    "(?:出钱|付钱|付款|付费|付|承担|买单|掏钱|结账)(?:费用?)?",
    rf"(?:找|问|向|跟){_WHO_PAYS}(?:收|要|结|拿|报销)(?:费用?|钱|款|账)?",
)


def find_payer(text: str) -> tuple[Mark, Role] | None:
    """Who pays, when the line says so: `费用找房东`, `房东付`."""
    for pattern in _PAYERS:
        if m := compiled(pattern).search(text):
            return Mark(m.start(), m.end(), m["who"]), _ROLES[m["who"]]
    return None

"""Times as receptionists say them: 明天9点, 下午3点后, 周六上午, 半小时后, 马上, 急.

Only a *wish* is an appointment. 昨天报的, 中午还在钻, 9点没来, 停水到下午6点 tell a story and are
left in the text; so are 尽快, 有空 and 晚点, which are no time. 着急 and 很急 count as urgent, 不急
and 应急灯 do not. A time of today that is over is returned as `past`: the caller is asked.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from wuye_tui.rules.spoken_windows import Mention, Window, window
from wuye_tui.rules.units_text import EDGE, NUMBER, Piece, What, compiled, fold, number


@dataclass(frozen=True)
class Spoken:
    """What a text says about time. Instants are in UTC.

    A point in time has `end` equal to `start`; a window ends later; `end` None is open (下午3点后).
    `at_once` is never set beside an appointment. `past`: the appointment is over already.
    `moved`: it replaces another one (改到明天9点). `pieces`: the characters that said so.
    """

    pieces: tuple[Piece, ...]
    start: datetime | None = None
    end: datetime | None = None
    at_once: bool = False
    urgent: bool = False
    past: bool = False
    moved: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """From the first character that speaks of time to the last (exclusive)."""
        return self.pieces[0].start, max(piece.end for piece in self.pieces)


# The grammar of a mention: a day, a part of the day, hours; each may be unsaid.
_WEEK: Final = "(?:周|星期|礼拜)"
_GONE: Final = (
    rf"(?P<gone>大?前[天日]|昨[天日晚夜]?|上上?个?{_WEEK}[一二三四五六日天末]?|上次|前[几两]天)"
)
_NEAR: Final = (
    r"(?P<near>大后[天日]|明后[天日]|后[天日](?!花)|[明今][天日儿](?!花)|明(?=[早晚]|[上下中]午)"
    r"|今(?=[早晚])|当[天日])"
)
_WEEKDAY: Final = rf"(?P<week>下下个?|下个?|这个?|本)?{_WEEK}(?P<weekday>[一二三四五六日天末])"
# 22号 alone may be lift 22; 11-22 alone may be anything, so its day has two digits (`_is_wish`).
_DATE: Final = (
    rf"(?P<dated>(?:(?P<year>20[0-9]{{2}})年)?(?P<month>{NUMBER})月(?P<day>{NUMBER})[日号]?"
    r"|(?<![0-9/.-])(?:(?P<year2>20[0-9]{2})[-/])?(?P<month2>1[0-2]|0?[1-9])"
    r"(?:[-/]|[.](?=[0-9]{1,2}\s?(?:[上中下]午|[早晚]|[0-9]{1,2}[点:])))"
    r"(?P<day2>3[01]|[12][0-9]|0?[1-9])(?![0-9/-]|\s?[点时:元个天次楼层度])"
    r"|(?<![0-9])(?P<day3>3[01]|[12][0-9]|[1-9]|[二三]?十[一二三四五六七八九]?)[日号]"
    r"(?=[\s\x00]?[0-9]{1,2}[点时:]|[\s\x00]?[早上中下晚凌傍]|之?[前后]|来|上门|过来|可以|在家"
    r"|有空|\s?$|[\s,;。]))"
)
_PART: Final = (
    "(?:凌晨|清晨|大?清早|一大早|一早|早上|早晨|早间|上午|中午|正午|午后|下午|傍晚|晚上|晚间"
    "|夜里|夜间|半夜|深夜|(?<=[明今天日儿后])[早晚](?!点)|[早晚](?=[0-9]{1,2}[点时:]))"
)
_MINUTE: Final = (
    r"[0-5][0-9](?![0-9]|\s?[个号栋楼元块米户层人]|分钟)分?|[0-9]分(?!钟)"
    "|零[0-9一二三四五六七八九]分?|[二三四五]?十[一二三四五六七八九]?分?"
    "|[一二三四五六七八九]分"
)
_NO_CLOCK: Final = "火|不|位|名|亮|滴|点|儿|赞|餐|外卖|问题|意见|建议|要求|原因|间|候|常|段|期"


def _clock(n: int) -> str:
    return (
        rf"(?P<hour{n}>{NUMBER})(?:\s?:\s?(?P<colon{n}>[0-5][0-9])(?![0-9])"
        rf"|\s?[点时](?!{_NO_CLOCK})"
        rf"(?:(?P<quarter{n}>半(?!小时|天)|[一三]刻)|过?(?P<minute{n}>{_MINUTE}))?)"
    )


_JOIN: Final = r"[\s,的]{0,2}"
_TO: Final = r"\s?(?:-|到|至|、)-?\s?"
_OR_SO: Final = "(?<=[一二两三四五六七八])(?=[二三四五六七八九]点)"  # 两三点
_MENTION: Final = (
    r"(?=[0-9零一二两三四五六七八九十大后明今当昨前上本这下周星礼凌清早中正午傍晚夜半深])"
    rf"(?:{_GONE}|{_NEAR}|{_WEEKDAY}|{_DATE})?"
    rf"(?:{_JOIN}(?P<part>{_PART}))?"
    rf"(?:{_JOIN}(?P<clock>(?:(?P<hour0>{NUMBER})(?:{_TO}|{_OR_SO}))?{_clock(1)}"
    rf"(?:{_TO}(?P<part2>{_PART})?{_clock(2)})?))?"
    r"(?P<about>\s?(?:钟|整|多|左右|前后|许|之间)+)?"
    r"(?:\s?(?P<edge>(?:以|之)?前(?![天台面门厅])|(?:以|之|过)?后(?![天面门台厅来])|起))?"
)
_SOON: Final = (
    rf"(?P<length>半|一个半|[0-9]{{1,3}}|{NUMBER})\s?个?(?P<measure>小时|钟头|分钟|刻钟)"
    r"(?:以|之)?(?P<when>后|内)"
)

# What stands around a mention and makes it a wish ...
_CALL_IN: Final = (
    "(?:必须|一定|务必|可以|能|要|再|就|请|叫|让|派|安排|师傅|工人|人|都)*"
    "(?:过来|上门|派人|来人|来(?!水|电(?!工)|气|暖|的|了|过|自|回|访|不))"
)
_AT_HOME: Final = "(?:全天|整天|一天|一直)?都?(?:在家|有人|有空|方便|可以|行)"
_DO: Final = rf"(?:看看|(?:维修|修[好理]?|处理|解决|看|弄|换)(?:一?下)?(?={EDGE}|$))"
_COME: Final = (
    rf"\s?(?:(?:{_CALL_IN}|{_AT_HOME}|[之以]?内){_DO}?(?:都(?:行|可以))?"
    rf"|(?:必须|尽快|再)?{_DO}|到(?={EDGE}|$))"
)
_LEAD: Final = (
    r"(?:(?:上门|预约)?时间:?|预约(?:了|在|到)?|约(?:了|在|到|好)?|定在?|大约|大概"
    r"|要求|希望|最好)\s?$"
)
_MOVED: Final = (
    r"(?:(?:维修|上门|预约)?时间\s?)?(?:(?:改[约期]|改时间|重约|另约)(?:到|在|为)?"
    r"|改|(?:改|换|推迟|延[期后]?|提前|挪|调整?|顺延)(?:到|成|为|至|在))\s?$"
)
# ... or a part of the story.
_BEFORE_STORY: Final = (
    r"(?:每[天周月早晚]?|天天|经常|总是|老是|从|自|到|至|整个?|[^周期拜]一|说好的?\s?"
    r"|约[好了]?的\s?|原定\s?|原约\s?|本来\s?|原来\s?)$"
)
_LASTED: Final = "[了过漏停]$"
_FACT: Final = (
    r"\s?的?(?:停|开始|来[水电气暖的了不]|施工|装修|吵|钻|到期|截止|有事|没(?!问题)|不(?!忙|上班)"
    r"|出门|上班(?!前)|都(?!在家|有人|可以|行|方便|能)|还(?!在家)|也|又|一直(?!在家|有人)|老是|总是"
    r"|才(?!在家|有|回|能)|开会|活动|有没有|是不是|了|过(?!来))"
)
_PAST_FACT: Final = (
    r"\s?的?(?:报|打过|打了|来过|修[过的了]|换[过的]|装的|买的|说|约|才|刚|就(?!来|能|可以|行)"
    r"|突然|已|发现|漏|坏|跳|断|堵|响|水|灯|门|电|空调)"
)
_STORY_LINE: Final = (
    r"投诉|扰民|太吵|很吵|噪音|噪声|吵[得死到]|还在[钻装施吵敲跳]|还没[来修到]|没人来|没来|催"
)
_TOLD_OFTEN: Final = ("凌晨", "清晨", "早", "晚", "夜")

_AT_ONCE: Final = (
    r"(?<!不用)(?<![不别])(?<!不要)(?<!不必)"
    r"(?:马上(?!就?要|到期|没|溢|满|过|用完|来[水电])|立刻|立即|即刻|火速|赶紧|赶快"
    r"|抓紧(?!时间)|(?<![网流风加高快急])速(?=[来派修]|处理|到)|快点(?!火)|快一[点些]|快些"
    r"|快(?=来(?![水电])|派|叫人)|(?:^|(?<=[\s,!]))快+(?=\s*$|[\s,!])"
    r"|(?<![到从至直])现在(?=\s?(?:就|马上|来(?![水电])|过来|上门|派|能来|可以来|要修|修)"
    r"|\s*$|[,;。!]))(?:就|给我)*"
)
_URGENT: Final = (
    r"(?P<how>(?:[很太好超挺特紧加着焦万火]|十分|非常|比较|特别|十万火)+)?急+"
    r"(?![停救诊刹躁忙性转])"
)
_NOT_URGENT: Final = r"(?:[应救不别勿莫]|不[太用要]|没那?么?)$"
_OTHER_HASTE: Final = r"[得流尿湍心内]$"


@dataclass(frozen=True)
class _Wish:
    mention: Mention
    window: Window
    moved: bool

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """A new time goes before an old one, an hour before a day alone, then the first said."""
        return not self.moved, not self.mention["clock"], self.mention.start


def find_moment(text: str, now: datetime, zone: tzinfo) -> Spoken | None:
    """What the text says about time, or None if nothing.

    `now` is aware; words like 明天 are meant in `zone`.
    """
    plain = fold(text)
    when = _appointment(plain, now, zone) or _soon(plain, now)
    hurry, urgent = _at_once(plain), _urgent(plain)
    pieces = tuple(sorted([*(when.pieces if when else ()), *hurry, *urgent]))
    if not pieces:
        return None
    if when is None:
        return Spoken(pieces, at_once=bool(hurry), urgent=bool(urgent))
    return Spoken(pieces, when.start, when.end, False, bool(urgent), when.past, when.moved)


def _at_once(text: str) -> list[Piece]:
    found = compiled(_AT_ONCE).finditer(text)
    return [Piece(m.start(), _through_come(text, m.end()), What.AT_ONCE) for m in found]


def _urgent(text: str) -> list[Piece]:
    pieces = []
    for m in compiled(_URGENT).finditer(text):
        before, after = _before(text, m.start(), 3), text[m.end() : m.end() + 1]
        if compiled(_NOT_URGENT).search(before):
            continue
        begins = not before or compiled(EDGE).match(before[-1])
        ends = compiled(rf"{EDGE}|[修需用]|$").match(after)
        if m["how"] or begins or (ends and not compiled(_OTHER_HASTE).search(before)):
            pieces.append(Piece(m.start(), m.end(), What.URGENT))
    return pieces


def _appointment(text: str, now: datetime, zone: tzinfo) -> Spoken | None:
    mentions = _mentions(text)
    story = bool(mentions) and compiled(_STORY_LINE).search(text) is not None
    wishes = []
    for mention in mentions:
        when = window(mention, mention, now, zone)
        moved = compiled(_MOVED).search(_before(text, mention.start, 6)) is not None
        if when and (moved or _is_wish(text, mention, when, now, story)):
            wishes.append(_Wish(mention, when, moved))
    if not wishes:
        return None
    chosen = min(wishes, key=lambda wish: wish.rank)
    pieces, when = [_piece(text, chosen.mention)], chosen.window
    day = _day_before(mentions, chosen) or _day_apart(text, mentions, chosen.mention)
    if day and (apart := window(day, chosen.mention, now, zone, "" if chosen.moved else day.part)):
        pieces += [] if chosen.moved else [_piece(text, day)]
        when = apart
    return Spoken(tuple(pieces), when.start, when.end, past=when.past, moved=chosen.moved)


def _mentions(text: str) -> list[Mention]:
    found = []
    for m in compiled(_MENTION).finditer(text):
        said = [m.end(n) for n in ("near", "weekday", "dated", "part", "clock")]
        if m["clock"] or m["part"]:
            said += [m.end("about"), m.end("edge")]
        if max(said) > m.start() and not m["gone"]:
            mention = Mention(m, max(said))
            if not _is_amount(text, mention):
                found.append(mention)
    return found


def _is_amount(text: str, m: Mention) -> bool:
    """漏了一点水, 有两点建议: a little, not one o'clock. Nor is the tail of a longer number."""
    if not m["clock"] or m["part"] or m.has_day:
        return False
    before = _before(text, m.start, 1)
    if compiled(r"[0-9A-Za-z.:一二三四五六七八九十百千-]").match(before):
        return True
    if m["clock"] not in ("1点", "一点", "两点") or m["about"] or m["edge"]:
        return False
    if m["clock"] == "1点":
        return compiled("[有漏快晚早差了渗大小高低松歪慢紧响]").match(before) is not None
    return compiled(_COME).match(text, m.end) is None


def _is_wish(text: str, m: Mention, when: Window, now: datetime, story: bool) -> bool:
    lead = compiled(_LEAD).search(_before(text, m.start, 6))
    come = compiled(_COME).match(text, m.end)
    if not lead and compiled(_BEFORE_STORY).search(_before(text, m.start, 3)):
        return False
    fact = compiled(_FACT).match(text, m.end)
    if fact or (when.start <= now and compiled(_PAST_FACT).match(text, m.end)):
        return False
    if come or (lead and not story):
        return True
    return not story and (bool(m["clock"]) or _stands_free(text[m.end : m.end + 12], m, when))


def _stands_free(after: str, m: Mention, when: Window) -> bool:
    """Whether a day or a part of it, without an hour, is a time by itself: `灯坏 周六`."""
    free = compiled(rf"\s*$|或|和|{EDGE}").match(after) is not None
    if not m.has_day:
        often = m.part in _TOLD_OFTEN
        return not when.past and (not after.strip() if often else free)
    if m["near"][:1] in ("今", "当") and not m["part"]:
        return False
    return free and len(m["day2"]) != 1


def _day_before(mentions: list[Mention], chosen: _Wish) -> Mention | None:
    """The day of `明天9点改到下午3点`: what is moved without a day stays on its day."""
    if not chosen.moved or chosen.mention.has_day:
        return None
    before = [m for m in mentions if m.has_day and m.start < chosen.mention.start]
    return before[-1] if before else None


def _day_apart(text: str, mentions: list[Mention], chosen: Mention) -> Mention | None:
    """The day of `明天厨房漏水9点来` and `9点 明天`, where day and hour stand apart."""
    if not chosen["clock"] or chosen.has_day:
        return None
    for m in mentions:
        told = compiled(_BEFORE_STORY).search(_before(text, m.start, 3))
        if m["near"] and not m["clock"] and not told:
            return m
    return None


def _piece(text: str, m: Mention) -> Piece:
    before = _before(text, m.start, 8)
    lead = compiled(_MOVED).search(before) or compiled(_LEAD).search(before)
    start = m.start - len(lead[0]) if lead else m.start
    return Piece(start, _through_come(text, m.end), What.APPOINTMENT)


def _before(text: str, position: int, most: int) -> str:
    return text[max(0, position - most) : position]


def _through_come(text: str, end: int) -> int:
    come = compiled(_COME).match(text, end)
    return come.end() if come else end


def _soon(text: str, now: datetime) -> Spoken | None:
    """半小时后 and 2小时内, but not 漏了2小时后."""
    for m in compiled(_SOON).finditer(text):
        before = _before(text, m.start(), 3)
        told = compiled(rf"{_BEFORE_STORY}|{_LASTED}").search(before)
        if told or compiled(_FACT).match(text, m.end()):
            continue
        count = {"半": 0.5, "一个半": 1.5}.get(m["length"]) or number(m["length"])
        minutes = {"分钟": 1, "刻钟": 15}.get(m["measure"], 60)
        at = (now + timedelta(minutes=count * minutes)).astimezone(UTC)
        piece = Piece(m.start(), _through_come(text, m.end()), What.APPOINTMENT)
        return Spoken((piece,), at if m["when"] == "后" else now.astimezone(UTC), at)
    return None

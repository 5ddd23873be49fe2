"""Times as receptionists say them: 明天9点, 下午3点后, 周六上午, 半小时后, 马上, 急.

Only a *wish* is an appointment. 昨天报的, 中午还在钻, 9点没来, 停水到下午6点 tell a story and are left
in the text; so are 尽快, 有空 and 晚点, which are no time. 着急 and 很急 count as urgent, 不急 and
应急灯 do not. An hour without a word is taken as in the office: 1 to 6 in the afternoon, 7 to 11 in
the morning, 12 at noon. A time of today that is over is returned as `past`: the caller asks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Final

from wuye_tui.rules.units_text import EDGE, NUMBER, Piece, What, fold, number


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


# Hours of the office's day that a word alone stands for: 12:00 to 13:30 is the noon duty (KF-5),
# 20:00 begins the night tariff.
_MORNING: Final = (8.5, 12.0)
_WINDOWS: Final = {
    "凌晨": (0.0, 6.0), "清晨": (6.0, 8.0), "早": (8.0, 10.0), "上午": _MORNING, "中午": (12.0, 13.5),
    "下午": (13.5, 18.0), "傍晚": (17.0, 19.0), "晚": (18.0, 21.0), "夜": (20.0, 24.0),
}  # fmt: skip
_DAY_WINDOW: Final = (8.5, 18.0)
_SAME: Final = {
    "清早": "清晨", "一大早": "清晨", "一早": "清晨", "大清早": "清晨", "早上": "早", "早晨": "早",
    "早间": "早", "正午": "中午", "午后": "下午", "晚上": "晚", "晚间": "晚", "夜里": "夜", "夜间": "夜",
    "半夜": "夜", "深夜": "夜",
}  # fmt: skip
_TOLD_OFTEN: Final = ("凌晨", "清晨", "早", "晚", "夜")
_WEEKDAYS: Final = {**{c: n for n, c in enumerate("一二三四五六日")}, "天": 6, "末": 5}
_DAYS: Final = {"今": 0, "当": 0, "明": 1, "后": 2, "大": 3}

_JOIN: Final = r"[\s,的]{0,2}"
_DATE: Final = (
    rf"(?P<dated>(?:(?P<year>20[0-9]{{2}})年)?(?P<month>{NUMBER})月(?P<day>{NUMBER})[日号]?"
    r"|(?<![0-9/-])(?:(?P<year2>20[0-9]{2})[-/])?(?P<month2>1[0-2]|0?[1-9])[-/]"
    r"(?P<day2>3[01]|[12][0-9]|0?[1-9])(?![0-9/-]|\s?[点时:元个天次楼层度])"
    r"|(?<![0-9])(?P<day3>3[01]|[12][0-9]|[1-9])[日号](?=[\s\x00]?[0-9]{1,2}[点时:]"
    rf"|[\s\x00]?[早上中下晚凌傍]|之?[前后]|来|上门|过来|可以|在家|有空|\s?$|(?=[\s,;。])))"
)
_DAY: Final = (
    r"(?:(?P<gone>大?前[天日]|昨[天日晚夜]?|上上?个?(?:周|星期|礼拜)[一二三四五六日天末]?|上次|前几天|前两天)"
    r"|(?P<near>大后[天日]|后[天日](?!花)|[明今][天日儿](?!花)|明(?=[早晚]|[上下中]午)|今(?=[早晚])|当[天日])"
    r"|(?P<week>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])"
    rf"|{_DATE})"
)
_PART: Final = (
    "(?:凌晨|清晨|大?清早|一大早|一早|早上|早晨|早间|上午|中午|正午|午后|下午|傍晚|晚上|晚间"
    "|夜里|夜间|半夜|深夜|(?<=[明今天日儿后])[早晚](?!点)|[早晚](?=[0-9]{1,2}[点时:]))"
)
_MINUTE: Final = (
    r"[0-5][0-9](?![0-9]|\s?[个号栋楼元块米户层人]|分钟)分?|[0-9]分(?!钟)"
    "|零[0-9一二三四五六七八九]分?|[二三四五]?十[一二三四五六七八九]?分?|[一二三四五六七八九]分"
)
_NO_CLOCK: Final = "火|不|位|名|亮|滴|点|儿|赞|餐|外卖|问题|意见|建议|要求|原因|间|候|常|段|期"


def _clock(n: int) -> str:
    return (
        rf"(?P<hour{n}>{NUMBER})(?:\s?:\s?(?P<colon{n}>[0-5][0-9])(?![0-9])"
        rf"|\s?[点时](?!{_NO_CLOCK})(?:(?P<part_of_hour{n}>半(?!小时|天)|[一三]刻)|过?(?P<minute{n}>{_MINUTE}))?)"
    )


_TO: Final = r"\s?(?:-|到|至)-?\s?"
_MOMENT: Final = (
    r"(?=[0-9零一二两三四五六七八九十大后明今当昨前上本这下周星礼凌清早中正午傍晚夜半深])"
    rf"{_DAY}?(?:{_JOIN}(?P<part>{_PART}))?"
    rf"(?:{_JOIN}(?P<clock>(?:(?P<hour0>{NUMBER}){_TO})?{_clock(1)}"
    rf"(?:{_TO}(?P<part2>{_PART})?{_clock(2)})?))?"
    r"(?P<about>\s?(?:钟|整|左右|前后|许)+)?"
    r"(?:\s?(?P<edge>(?:以|之)?前(?![天台面门厅])|(?:以|之|过)?后(?![天面门台厅来])|起))?"
)
_AFTER: Final = (
    rf"(?P<length>半|一个半|[0-9]{{1,3}}|{NUMBER})\s?个?(?P<measure>小时|钟头|分钟|刻钟)(?:以|之)?(?P<when>后|内)"
)
_COME: Final = (
    r"\s?(?:(?:(?:必须|一定|务必|可以|能|要|再|就|请|叫|让|派|安排|师傅|工人|人)*"
    r"(?:过来|上门|派人|来人|来(?!水|电(?!工)|气|暖|的|了|过|自|回|访))"
    r"|在家|有人|有空|方便|可以|行)(?:看看|(?:维修|修理?|处理|看|弄|换)(?:一?下)?"
    rf"(?={EDGE}|$))?|(?:必须|尽快|再)?(?:维修|修理?|处理|解决|看看)(?:一?下)?(?={EDGE}|$))"
)
_LEAD: Final = (
    r"(?:(?:上门|预约)?时间:?|预约(?:了|在|到)?|约(?:了|在|到|好)?|定在?|大约|大概|要求|希望|最好)\s?$"
)
_MOVED: Final = r"(?:改(?:约|期|时间)?|换|推迟|延[期后]?|提前|挪|调整?|顺延)(?:到|成|为|至|在)\s?$"
_BEFORE_STORY: Final = (
    r"(?:每|天天|从|自|到|至|报|前|整个?|半|[^周期拜]一|[了过漏停]|说好的?|约[好了]?的|原定|本来|原来)\s?$"
)
_FACT: Final = (
    r"^\s?的?(?:停|开始|来[水电气暖的了]|施工|装修|吵|钻|到期|截止|有事|没(?!问题)|不(?!忙|上班)|出门|上班(?!前)"
    r"|都(?!在家|有人|可以|行|方便|能)|还(?!在家)|也|又|一直|老是|总是|才(?!在家|有|回|能)|开会|活动|有没有|是不是|[了过])"
)
_PAST_FACT: Final = (
    r"^\s?的?(?:报|打过|打了|来过|修[过的了]|换[过的]|装的|买的|说|约|才|刚|就(?!来|能|可以|行)|突然|已|发现|漏|坏"
    r"|跳|断|堵|响|水|灯|门|电|空调)"
)
_STORY_LINE: Final = (
    r"投诉|扰民|太吵|很吵|噪音|噪声|吵[得死到]|还在[钻装施吵敲跳]|还没[来修到]|没人来|没来|催"
)
_AT_ONCE: Final = (
    r"(?<!不用)(?<![不别])(?<!不要)(?<!不必)(?:马上(?!就?要|到期|没|溢|满|过|用完|来[水电])|立刻|立即|即刻|火速|赶紧|赶快"
    r"|抓紧(?!时间)|(?<![网流风加高快急])速(?=[来派修]|处理|到)|快点(?!火)|快一[点些]|快些|快(?=来(?![水电])|派|叫人)"
    rf"|(?<![到从至直])现在(?=\s?(?:就|马上|来(?![水电])|过来|上门|派|能来|可以来|要修|修)|\s*$|[,;。!]))"
)
_HURRIED: Final = r"(?:就|给我)*"
_URGENT: Final = (
    r"(?P<how>(?:[很太好超挺特紧加着焦万火]|十分|非常|比较|特别|十万火)+)?(?P<urgent>急+)(?![停救诊刹躁忙性转])"
)
_NOT_URGENT: Final = re.compile(r"(?:[应救不别勿莫]|不[太用要]|没那?么?)$")
_OTHER_HASTE: Final = re.compile(r"[得流尿湍心内]$")


@cache
def _re(pattern: str) -> re.Pattern[str]:
    # Compiled when first needed: opening the console must not wait for them.
    return re.compile(pattern, re.ASCII)


@dataclass(frozen=True)
class _Moment:
    """One mention of a time, as found."""

    found: re.Match[str]
    end: int

    @property
    def start(self) -> int:
        return self.found.start()

    def __getitem__(self, name: str) -> str:
        return self.found[name] or ""

    @property
    def has_day(self) -> bool:
        return bool(self["near"] or self["weekday"] or self["dated"])


@dataclass(frozen=True)
class _Window:
    start: datetime
    end: datetime | None
    past: bool


def find_moment(text: str, now: datetime, zone: tzinfo) -> Spoken | None:
    """What the text says about time, or None if nothing.

    `now` is aware; words like 明天 are meant in `zone`.
    """
    plain = fold(text)
    pieces, start, end, past, moved = _appointment(plain, now, zone)
    hurry = _at_once(plain)
    urgent = _urgent(plain)
    found = sorted(pieces + hurry + urgent)
    if not found:
        return None
    return Spoken(
        tuple(found), start, end, bool(hurry) and start is None, bool(urgent), past, moved
    )


def _at_once(text: str) -> list[Piece]:
    pieces = []
    for m in _re(_AT_ONCE).finditer(text):
        come = _re(_HURRIED + f"(?:{_COME})?").match(text, m.end())
        pieces.append(Piece(m.start(), come.end() if come else m.end(), What.AT_ONCE))
    return pieces


def _urgent(text: str) -> list[Piece]:
    pieces = []
    for m in _re(_URGENT).finditer(text):
        before, after = text[max(0, m.start() - 3) : m.start()], text[m.end() :]
        if _NOT_URGENT.search(before):
            continue
        begins = not before or bool(_re(EDGE).match(before[-1]))
        ends = bool(_re(rf"{EDGE}|[修需用]|$").match(after)) and not _OTHER_HASTE.search(before)
        if m["how"] or begins or ends:
            pieces.append(Piece(m.start(), m.end(), What.URGENT))
    return pieces


_Said = tuple[list[Piece], datetime | None, datetime | None, bool, bool]


def _appointment(text: str, now: datetime, zone: tzinfo) -> _Said:
    story = _re(_STORY_LINE).search(text) is not None
    wishes: list[tuple[_Moment, _Window | None, bool]] = []
    for moment in _moments(text):
        window = _window(moment, moment, now, zone)
        moved = _re(_MOVED).search(text[: moment.start][-6:]) is not None
        if window and (moved or _is_wish(text, moment, window, now, story)):
            wishes.append((moment, window, moved))
    soon = _soon(text, now)
    if not wishes:
        return soon or ([], None, None, False, False)
    chosen, window, moved = min(wishes, key=lambda w: (not w[2], not w[0]["clock"], w[0].start))
    pieces = [_piece(text, chosen)]
    if chosen["clock"] and not chosen.has_day and (day := _day_apart(text, chosen)):
        window = _window(day, chosen, now, zone) or window
        pieces.append(_piece(text, day))
    assert window is not None
    return pieces, window.start, window.end, window.past, moved


def _moments(text: str) -> list[_Moment]:
    found = []
    for m in _re(_MOMENT).finditer(text):
        ends = [m.end(n) for n in ("edge", "about") if m[n] and (m["clock"] or m["part"])]
        said = max(m.end(n) for n in ("gone", "near", "weekday", "dated", "part", "clock"))
        end = max([said, *ends])
        if end > m.start() and not m["gone"] and not _amount(text, m):
            found.append(_Moment(m, end))
    return found


def _amount(text: str, m: re.Match[str]) -> bool:
    """漏了一点水, 有两点建议: a little, not one o'clock. Nor is the tail of a longer number."""
    if not m["clock"] or m["part"] or any(m[n] for n in ("near", "weekday", "dated")):
        return False
    before, after = text[max(0, m.start() - 1) : m.start()], text[m.end("clock") :]
    if _re(r"[0-9A-Za-z.:一二三四五六七八九十百千-]").match(before):
        return True
    if m["clock"] not in ("1点", "一点", "两点") or m["about"] or m["edge"]:
        return False
    if m["clock"] == "1点":
        return _re("[有漏快晚早差了渗大小高低松歪慢紧响]").match(before) is not None
    return _re(_COME).match(after) is None


def _is_wish(text: str, m: _Moment, window: _Window, now: datetime, story: bool) -> bool:
    before, after = text[: m.start][-3:], text[m.end :][:12]
    lead, come = _re(_LEAD).search(text[: m.start][-6:]), _re(_COME).match(after)
    if not lead and _re(_BEFORE_STORY).search(before):
        return False
    if _re(_FACT).match(after) or (window.start <= now and _re(_PAST_FACT).match(after)):
        return False
    if come or (lead and not story):
        return True
    if story:
        return False
    if m["clock"]:
        return True
    free = _re(rf"\s*$|{EDGE}").match(after) is not None
    if not m.has_day and m["part"]:
        often = _SAME.get(m["part"], m["part"]) in _TOLD_OFTEN
        return not window.past and (not after.strip() if often else free)
    if m["near"] and m["near"][0] in "今当" and not m["part"]:
        return False
    day = m["day2"]
    return free and (not day or len(day) == 2)


def _day_apart(text: str, chosen: _Moment) -> _Moment | None:
    """The day of `明天厨房漏水9点来` and `9点 明天`, where day and hour stand apart."""
    for m in _moments(text):
        alone = m.found is not chosen.found and m["near"] and not m["clock"]
        if alone and not _re(_BEFORE_STORY).search(text[: m.start][-3:]):
            return m if m.start != chosen.start else None
    return None


def _piece(text: str, m: _Moment) -> Piece:
    before = text[: m.start][-8:]
    lead = _re(_MOVED).search(before) or _re(_LEAD).search(before)
    come = _re(_COME).match(text, m.end)
    start = m.start - len(lead[0]) if lead else m.start
    return Piece(start, come.end() if come else m.end, What.APPOINTMENT)


def _soon(text: str, now: datetime) -> _Said | None:
    for m in _re(_AFTER).finditer(text):
        before, after = text[: m.start()][-3:], text[m.end() :][:12]
        if _re(_BEFORE_STORY).search(before) or _re(_FACT).match(after):
            continue
        length, hours = m["length"], m["measure"] in ("小时", "钟头")
        count = {"半": 0.5, "一个半": 1.5}.get(length) or float(
            number(length) if len(length) < 3 else int(length)
        )
        minutes = count * (60 if hours else 15 if m["measure"] == "刻钟" else 1)
        at = (now + timedelta(minutes=minutes)).astimezone(UTC)
        come = _re(_COME).match(text, m.end())
        piece = Piece(m.start(), come.end() if come else m.end(), What.APPOINTMENT)
        return [piece], at if m["when"] == "后" else now.astimezone(UTC), at, False, False
    return None


def _window(day: _Moment, m: _Moment, now: datetime, zone: tzinfo) -> _Window | None:
    today = now.astimezone(zone).date()
    first = _date(day, today)
    hours = _hours(m, day)
    if first is None or hours is None:
        return None
    since, until = hours
    last = first + timedelta(days=1) if day["weekday"] == "末" and first.weekday() == 5 else first
    start = _at(first, since, zone)
    end = None if until is None else _at(last, until, zone)
    if end is None:
        return _Window(max(start, now.astimezone(UTC)) if first == today else start, None, first < today)
    point = start == end and last == first
    over = start < now if point else end <= now
    return _Window(start if point or over else max(start, now.astimezone(UTC)), end, over)


def _at(day: date, hours: float, zone: tzinfo) -> datetime:
    midnight = datetime.combine(day, time(), zone)
    return (midnight + timedelta(minutes=round(hours * 60))).astimezone(UTC)


def _date(m: _Moment, today: date) -> date | None:
    if m["near"]:
        return today + timedelta(days=_DAYS[m["near"][0]])
    if m["weekday"]:
        return _weekday(_WEEKDAYS[m["weekday"]], m["week"], today, m["weekday"] == "末")
    if m["day3"]:
        return _day_of_month(int(m["day3"]), today)
    if not m["dated"]:
        return today
    year, month = m["year"] or m["year2"], number(m["month"] or m["month2"])
    day = number(m["day"] or m["day2"])
    found = _calendar(int(year) if year else today.year, month, day)
    if found and not year and found < today - timedelta(days=183):
        return _calendar(today.year + 1, month, day)
    return found


def _weekday(weekday: int, which: str, today: date, weekend: bool) -> date:
    monday = today - timedelta(days=today.weekday())
    if which:
        return monday + timedelta(days=weekday + 7 * which.count("下"))
    if weekend and today.weekday() == 6:
        return today
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _day_of_month(day: int, today: date) -> date | None:
    """A day over for more than a week means the next month; a day that a month lacks, as well."""
    found = _calendar(today.year, today.month, day)
    if found and found >= today - timedelta(days=7):
        return found
    following = today.replace(day=1) + timedelta(days=32)
    return _calendar(following.year, following.month, day)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hours(m: _Moment, day: _Moment) -> tuple[float, float | None] | None:
    """From which hour of the day to which; None if there is no such hour."""
    part = _SAME.get(m["part"] or day["part"], m["part"] or day["part"])
    if not m["clock"]:
        since, until = _WINDOWS[part] if part else _DAY_WINDOW
        edge = m["edge"][-1:] if part else ""
        return (since, None) if edge == "后" else (_DAY_WINDOW[0], since) if edge == "前" else (since, until)
    times = [t for n in (1, 2) if (t := _time(m, n)) is not None]
    if m["hour0"]:
        times.insert(0, float(number(m["hour0"])))
    if any(t >= 25 for t in times):
        return None
    since = _by_part(times[0], part)
    if len(times) > 1:
        second = _SAME.get(m["part2"], m["part2"])
        until = _by_part(times[-1], second or (part if times[-1] >= times[0] else ""))
        return since, until if until > since else until + (12 if until + 12 > since else 24)
    edge = m["edge"][-1:]
    if edge in ("后", "起"):
        return since, None
    if edge == "前":
        opens = _DAY_WINDOW[0] if since > _DAY_WINDOW[0] else max(0.0, since - 1)
        return opens, since
    return since, since


def _time(m: _Moment, n: int) -> float | None:
    if not m[f"hour{n}"]:
        return None
    hour, minute, quarter = number(m[f"hour{n}"]), m[f"minute{n}"], m[f"part_of_hour{n}"]
    if quarter:
        minutes = {"半": 30, "一": 15, "三": 45}[quarter[0]]
    else:
        said = (m[f"colon{n}"] or minute).rstrip("分").removeprefix("零")
        minutes = number(said or "零")
    return hour + minutes / 60


def _by_part(hour: float, part: str) -> float:
    if part in ("下午", "傍晚"):
        return hour + 12 if hour < 12 else hour
    if part in ("晚", "夜"):
        # Three at night is the coming night, after midnight.
        return hour + 24 if hour < 5 else hour + 12 if hour < 13 else hour
    if part == "中午":
        return hour + 12 if hour < 4 else hour
    if part == "凌晨":
        return hour - 12 if 12 <= hour < 13 else hour
    return hour + 12 if not part and 1 <= hour < 7 else hour

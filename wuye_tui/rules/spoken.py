"""Times as receptionists say them: 明天9点, 下午3点后, 周六上午, 半小时后, 马上, 急.

Only a *wish* is an appointment. 昨天报的, 中午还在钻, 9点没来, 停水到下午6点 tell a story and are
left in the text; so are 尽快, 有空 and 晚点, which are no time. 今天 and 今晚, said when hardly
anything is left of them, are haste, and stay as well. 着急 and 很急 count as urgent, 不急 and
应急灯 do not. A time of today that is over is returned as `past`: the caller is asked. So it is
about what may be a wish and cannot be met: 25点, or 昨天9点 behind all that happened. Words before
the fault (昨晚漏水) or that lead on (昨天9点开始漏, 从昨天) tell when it happened.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from wuye_tui.rules.spoken_grammar import (
    ASKED_SO,
    AT_ONCE,
    BEFORE_STORY,
    COME,
    FACT,
    HAPPENED,
    LASTED,
    LEAD,
    MENTION,
    MOVED,
    NO_COLON,
    NO_DAY,
    NO_MINUTE,
    NOT_URGENT,
    OR,
    OTHER_HASTE,
    PAST_FACT,
    SOON,
    STORY_LINE,
    TOLD_OFTEN,
    URGENT,
    VAGUE,
)
from wuye_tui.rules.spoken_refused import in_no_hurry, is_refused, is_refused_until, refused_end
from wuye_tui.rules.spoken_windows import Mention, Window, means_soon, window, window_from
from wuye_tui.rules.units_text import EDGE, Piece, What, compiled, fold, mask, number


@dataclass(frozen=True)
class Spoken:
    """What a text says about time. Instants are in UTC.

    A point in time has `end` equal to `start`; a window ends later; `end` None is open (下午3点后).
    `at_once` is never set beside an appointment. `past`: the appointment is over already.
    `moved`: it replaces another one (改到明天9点). `pieces`: the characters that said so, and
    those that said a time which is no appointment because it is over or cannot be.
    """

    pieces: tuple[Piece, ...]
    start: datetime | None = None
    end: datetime | None = None
    at_once: bool = False
    urgent: bool = False
    past: bool = False
    moved: bool = False

    def says(self, what: What) -> bool:
        """Whether a part of the text was taken for this."""
        return any(piece.what is what for piece in self.pieces)

    @property
    def span(self) -> tuple[int, int]:
        """From the first character that speaks of time to the last (exclusive)."""
        return self.pieces[0].start, max(piece.end for piece in self.pieces)


@dataclass(frozen=True)
class _Wish:
    mention: Mention
    window: Window
    moved: bool
    end: int = 0  # where more than the mention belongs to it

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """A new time goes before an old one, an hour before a day alone, then the first said."""
        return not self.moved, not self.mention["clock"], self.mention.start


def find_moment(text: str, now: datetime, zone: tzinfo) -> Spoken | None:
    """What the text says about time, or None if nothing.

    `now` is aware; words like 明天 are meant in `zone`.
    """
    plain = fold(text)
    mentions, gone = _mentions(plain)
    story = compiled(STORY_LINE).search(plain) is not None
    wishes = _wishes(plain, mentions, story, now, zone)
    late = [
        wish for wish in wishes if not wish.moved and means_soon(wish.mention, wish.window, now)
    ]
    timed = [wish for wish in wishes if wish not in late]
    when = _appointment(plain, mentions, timed, now, zone) or _soon(plain, now)
    tonight = [] if when else [_piece(plain, wish.mention, What.TODAY) for wish in late]
    hurry, urgent = _at_once(plain), _urgent(plain)
    said = [*(when.pieces if when else ()), *hurry, *tonight, *urgent]
    if not story:
        said += _impossible(plain, mentions, now, zone, said)
        said += _bygone(plain, gone, said)
    pieces = tuple(sorted(said))
    if not pieces:
        return None
    if when is None:
        return Spoken(pieces, at_once=bool(hurry or tonight), urgent=bool(urgent))
    return Spoken(pieces, when.start, when.end, False, bool(urgent), when.past, when.moved)


def leaves_open_when(text: str, now: datetime, zone: tzinfo) -> bool:
    """Whether folded text refuses a time to come, or says that there is no hurry: it is asked when
    it suits, unless another time was said.
    """
    if in_no_hurry(text):
        return True
    if compiled(STORY_LINE).search(text):
        return False
    for m in _mentions(text)[0]:
        when = window(m, m, now, zone) if is_refused(text, m) else None
        if when and not when.past:
            return True
    return False


def _at_once(text: str) -> list[Piece]:
    pieces = []
    for m in compiled(AT_ONCE).finditer(text):
        end = _through_come(text, m.end())
        left = compiled(ASKED_SO).match(text, end)
        pieces.append(Piece(m.start(), left.end() if left else end, What.AT_ONCE))
    return pieces


def _urgent(text: str) -> list[Piece]:
    pieces = []
    for m in compiled(URGENT).finditer(text):
        before, after = _before(text, m.start(), 3), text[m.end() : m.end() + 1]
        if compiled(NOT_URGENT).search(before):
            continue
        begins = not before or compiled(EDGE).match(before[-1])
        ends = compiled(rf"{EDGE}|[修需用]|$").match(after)
        if m["how"] or begins or (ends and not compiled(OTHER_HASTE).search(before)):
            pieces.append(Piece(m.start(), m.end(), What.URGENT))
    return pieces


def _wishes(
    text: str, mentions: list[Mention], story: bool, now: datetime, zone: tzinfo
) -> list[_Wish]:
    wishes = []
    for mention in mentions:
        when = None if _cannot_be(text, mention) else window(mention, mention, now, zone)
        if when and not story and is_refused_until(text, mention):
            later = window_from(when)
            wishes.append(_Wish(mention, later, False, refused_end(text, mention)))
            continue
        if is_refused(text, mention):
            continue
        moved = compiled(MOVED).search(_before(text, mention.start, 6)) is not None
        if when and (moved or _is_wish(text, mention, when, now, story)):
            wishes.append(_Wish(mention, when, moved))
    return wishes


def _appointment(
    text: str, mentions: list[Mention], wishes: list[_Wish], now: datetime, zone: tzinfo
) -> Spoken | None:
    if not wishes:
        return None
    chosen = min(wishes, key=lambda wish: wish.rank)
    piece, when = _piece(text, chosen.mention), chosen.window
    if both := _days_offered(text, mentions, chosen, now, zone):
        return both
    pieces = [piece._replace(end=max(piece.end, chosen.end))]
    day = _day_before(mentions, chosen) or _day_apart(text, mentions, chosen.mention)
    if day and (apart := window(day, chosen.mention, now, zone, "" if chosen.moved else day.part)):
        pieces += [] if chosen.moved else [_piece(text, day)]
        when = apart
    return Spoken(tuple(pieces), when.start, when.end, past=when.past, moved=chosen.moved)


def _days_offered(
    text: str, mentions: list[Mention], chosen: _Wish, now: datetime, zone: tzinfo
) -> Spoken | None:
    """A window over all the days of 周三周四都行 and 明天或者后天上午, which stand side by side."""
    days = _side_by_side(text, mentions, chosen.mention)
    if len(days) < 2 or (chosen.moved and days[0] is not chosen.mention):
        return None
    hour = next((m for m in days if m["clock"]), None)
    part = next((m.part for m in reversed(days) if m.part), "")
    found: list[Window] = []
    for m in days:
        when = window(m, hour or m, now, zone, "" if m.part else part)
        while when and found and m["weekday"] and when.start <= found[-1].start:
            when = when.later(days=7)
        if when and not when.past and not means_soon(m, when, now):
            found.append(when)
    if len(found) < 2:
        return None
    whole = _piece(text, days[0])
    pieces = (whole._replace(end=_piece(text, days[-1]).end),)
    return Spoken(pieces, found[0].start, found[-1].end, moved=chosen.moved)


def _side_by_side(text: str, mentions: list[Mention], chosen: Mention) -> list[Mention]:
    """The days that are offered with the chosen one, in the order of the words."""
    days = [m for m in mentions if m.has_day and not is_refused(text, m)]
    if chosen not in days:
        return []
    first = last = days.index(chosen)
    while first and _is_joined(text, days[first - 1], days[first]):
        first -= 1
    while last + 1 < len(days) and _is_joined(text, days[last], days[last + 1]):
        last += 1
    return days[first : last + 1]


def _is_joined(text: str, one: Mention, other: Mention) -> bool:
    between = text[one.end : other.start]
    return not one["clock"] and compiled(OR).fullmatch(between) is not None


def _impossible(
    text: str, mentions: list[Mention], now: datetime, zone: tzinfo, known: list[Piece]
) -> list[Piece]:
    """Times that may be wished for, and that no clock or calendar has."""
    found = [Piece(*m.span(), What.IMPOSSIBLE) for m in compiled(NO_COLON).finditer(text)]
    for m in mentions:
        cannot = _cannot_be(text, m)
        if (cannot or window(m, m, now, zone) is None) and _may_be_wish(text, m):
            start, end = cannot or (m.start, m.end)
            found.append(Piece(start, _through_come(text, end), What.IMPOSSIBLE))
    taken = {at for piece in known for at in range(piece.start, piece.end)}
    return [piece for piece in found if taken.isdisjoint(range(piece.start, piece.end))]


def _cannot_be(text: str, m: Mention) -> tuple[int, int] | None:
    """Where a time stands whose minute or day of the month no clock or calendar has."""
    if not m["clock"]:
        return None
    day = None if m.has_day else compiled(NO_DAY).search(_before(text, m.start, 4))
    start = m.start - len(day[0]) if day else m.start
    minute = compiled(NO_MINUTE).match(text, m.end) if m["clock"][-1] in "点时" else None
    return (start, minute.end() if minute else m.end) if day or minute else None


def _may_be_wish(text: str, m: Mention) -> bool:
    """Whether it is said like an appointment, whatever time it is."""
    lead = compiled(LEAD).search(_before(text, m.start, 6))
    if not lead and compiled(BEFORE_STORY).search(_before(text, m.start, 3)):
        return False
    if compiled(FACT).match(text, m.end):
        return False
    if lead or m["clock"] or compiled(COME).match(text, m.end):
        return True
    ends = compiled(rf"\s*$|{EDGE}").match(text, m.end) is not None
    return ends and bool(m["month"])  # 13-40 alone may be anything


def _bygone(text: str, gone: list[Mention], known: list[Piece]) -> list[Piece]:
    """昨天9点 and 前天下午 with nothing but haste behind them: a wish, or when it happened?"""
    if any(piece.what is What.APPOINTMENT for piece in known):
        return []
    for piece in known:
        text = mask(text, piece.start, piece.end)
    for m in gone:
        end, before = _through_come(text, m.end), _before(text, m.start, 6)
        lead = compiled(LEAD).search(before) or compiled(MOVED).search(before)
        told = compiled(HAPPENED).search(before) or compiled(BEFORE_STORY).search(before)
        if (lead or not told) and not any(map(str.isalnum, text[end:])):
            return [Piece(m.start, end, What.PAST)]
    return []


def _mentions(text: str) -> tuple[list[Mention], list[Mention]]:
    """Every time that is mentioned: those that may be to come, and those of days that are over."""
    found, gone = [], []
    for m in compiled(MENTION).finditer(text):
        said = [m.end(n) for n in ("gone", "near", "weekday", "dated", "part", "clock")]
        if m["clock"] or m["part"]:
            said += [m.end("about"), m.end("edge")]
        if max(said) <= m.start():
            continue
        mention = Mention(m, max(said))
        if m["gone"]:
            gone += [mention] if m["gone"] not in VAGUE else []
        elif not _is_amount(text, mention):
            found.append(mention)
    return found, gone


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
    return compiled(COME).match(text, m.end) is None


def _is_wish(text: str, m: Mention, when: Window, now: datetime, story: bool) -> bool:
    lead = compiled(LEAD).search(_before(text, m.start, 6))
    come = compiled(COME).match(text, m.end)
    if not lead and compiled(BEFORE_STORY).search(_before(text, m.start, 3)):
        return False
    fact = compiled(FACT).match(text, m.end)
    if fact or (when.start <= now and compiled(PAST_FACT).match(text, m.end)):
        return False
    if come or (lead and not story):
        return True
    return not story and (bool(m["clock"]) or _stands_free(text[m.end : m.end + 12], m, when))


def _stands_free(after: str, m: Mention, when: Window) -> bool:
    """Whether a day or a part of it, without an hour, is a time by itself: `灯坏 周六`."""
    free = compiled(rf"\s*$|或|和|{EDGE}").match(after) is not None
    if not m.has_day:
        often = m.part in TOLD_OFTEN
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
        told = compiled(BEFORE_STORY).search(_before(text, m.start, 3))
        if m["near"] and not m["clock"] and not told:
            return m
    return None


def _piece(text: str, m: Mention, what: What = What.APPOINTMENT) -> Piece:
    before = _before(text, m.start, 8)
    lead = compiled(MOVED).search(before) or compiled(LEAD).search(before)
    start = m.start - len(lead[0]) if lead else m.start
    return Piece(start, _through_come(text, m.end), what)


def _before(text: str, position: int, most: int) -> str:
    return text[max(0, position - most) : position]


def _through_come(text: str, end: int) -> int:
    come = compiled(COME).match(text, end)
    return come.end() if come else end


def _soon(text: str, now: datetime) -> Spoken | None:
    """半小时后 and 2小时内, but not 漏了2小时后."""
    for m in compiled(SOON).finditer(text):
        before = _before(text, m.start(), 3)
        told = compiled(rf"{BEFORE_STORY}|{LASTED}").search(before)
        if told or compiled(FACT).match(text, m.end()):
            continue
        count = {"半": 0.5, "一个半": 1.5}.get(m["length"]) or number(m["length"])
        minutes = {"分钟": 1, "刻钟": 15}.get(m["measure"], 60)
        at = (now + timedelta(minutes=count * minutes)).astimezone(UTC)
        piece = Piece(m.start(), _through_come(text, m.end()), What.APPOINTMENT)
        return Spoken((piece,), at if m["when"] == "后" else now.astimezone(UTC), at)
    return None

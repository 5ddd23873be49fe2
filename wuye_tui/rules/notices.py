"""Notice 通知: a change that residents will ask about, and the exact answer to give (XX-4.3.3).

The desk may hear of a change before the department tells it: the water is off, people call. From
when it happened the department has four hours to report; until then the notice says so. Whoever
asks afterwards is answered in the notice's own words, and counted.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from wuye_tui.rules.duetime import Before, Wall
from wuye_tui.rules.lifecycle import Ask, Case, Deadline, Guard, Kind, Lifecycle, Row
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.places import find_place
from wuye_tui.rules.repair_guards import NOTHING_GIVEN
from wuye_tui.rules.rights import Right
from wuye_tui.rules.rooms import parse_room
from wuye_tui.rules.units_text import fold
from wuye_tui.words import N_, _

HOUR, DAY = 3600, 86400
EVERYWHERE = ("", "全小区", "全部", "全区", "小区")
_PARTED = "、,，;； "
_LABEL = re.compile(r"[0-9]{1,3}|[A-Z]|[0-9A-Z]{1,3}-[0-9A-Z]{1,2}")

SUBJECTS = (
    ("water", N_("停水")),
    ("power", N_("停电")),
    ("gas", N_("停气")),
    ("heating", N_("供暖")),
    ("lift", N_("电梯")),
    ("road", N_("道路车位")),
    ("works", N_("维修施工")),
    ("complaint", N_("投诉进展")),
    ("activity", N_("社区活动")),
    ("internal", N_("内部事项")),
    ("other", N_("其他")),
)

_STOPPED = tuple(dict(SUBJECTS)[code] for code in ("water", "power", "gas", "lift"))
"""What is said to come back; by its untranslated word."""
_DIGITS = {digit: n for n, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_HOUR = re.compile(
    r"(?P<hour>[0-9]{1,2}|二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    r"(?:[:：](?P<minute>[0-9]{2})|[点时](?:(?P<half>半)|(?P<past>[0-9]{1,2})(?=分|$|[^0-9]))?)"
)

# What callers say who ask about a change, by its subject; nobody outside asks about the others.
_ASKED: Mapping[str, tuple[str, ...]] = {
    "water": (
        "停水", "没水", "没有水", "断水", "缺水", "来水", "水停", "没自来水", "恢复供水",
        "几点供水", "时候供水", "有水吗", "有水没", "才有水", "几点有水", "时候有水",
    ),
    "power": (
        "停电", "没电", "没有电", "断电", "电停", "恢复供电", "几点供电", "时候供电", "有电吗",
        "才有电", "几点有电", "时候有电", "几点来电", "时候来电", "多久来电", "还没来电", "才来电",
        "能来电", "恢复来电",
    ),
    "gas": (
        "停气", "没气", "没有气", "来气", "通气", "恢复供气", "几点供气", "停燃气", "没燃气",
        "没煤气", "没天然气",
    ),
    "heating": ("供暖", "供热", "停暖", "来暖", "没暖气", "没有暖气", "暖气不热", "暖气没", "不暖"),
    "lift": (
        "停电梯", "电梯停", "电梯检修", "电梯维修", "电梯不", "电梯坏", "电梯没", "电梯还没",
        "电梯怎么", "电梯几点", "电梯什么时候", "电梯修好", "电梯能",
    ),
    "road": ("道路", "修路", "封路", "车位", "停车", "车道", "绕行"),
    "works": ("施工", "检修", "围挡", "脚手架"),
    "activity": ("活动",),
}  # fmt: skip


_SUPPLIED: Mapping[str, str] = {
    "water": "(?<![漏渗滴积污排进热])水", "power": "(?<!漏)电", "gas": "燃?气", "heating": "暖气?",
}  # fmt: skip
_WHEN = (  # 水什么时候来
    "(?:到底|大概|大约|今[天晚]|明天)?(?:几[点时]|什么时候|啥时候|何时|多久)(?:才|能|会|可以|到底)*"
    "(?:来|有|恢复|通)(?!人|修|师傅)"
)


def covers(scope: str, unit: str) -> bool:
    """Whether a notice for `scope` (全小区, 3栋、5栋2单元, 3-1-502) concerns a unit's label.

    An empty scope is the whole estate. What is not understood as a part of it covers nobody.
    """
    if scope.strip() in EVERYWHERE:
        return True
    return any(f"{unit}-".startswith(f"{part}-") for part in map(_label, _parts(scope)))


def reaches(scope: str, place: str) -> bool:
    """Whether a notice for `scope` concerns a part of the estate, or something inside it: whoever
    says 8栋 may mean 8栋1单元. `place` is as labels begin (8, 8-1, 8-1-502).
    """
    inside = (f"{part}-".startswith(f"{place}-") for part in map(_label, _parts(scope)))
    return covers(scope, place) or any(inside)


def read_out(words: str, subject: str, scope: str, until: str) -> str:
    """What is read out to whoever asks: the words of a notice, and where they say no hour, or
    another than it ends at, also where it holds and until when.

    Words that say until when are the department's whole answer, and stay as they are. `until` is
    the end as it is said, empty where none is known or it is over.
    """
    said = _hours(words)
    if said and _hours(until) <= said:
        return words
    told = words.strip().rstrip("。.；;，,")
    named = _(subject) if subject in _STOPPED and subject not in words else ""
    if until and subject in _STOPPED:
        told = _("{words}，预计 {until} 恢复").format(words=told, until=until)
    elif until:
        told = _("{words}，预计到 {until}").format(words=told, until=until)
    if scope.strip() in EVERYWHERE or all(_names(words, part) for part in _parts(scope)):
        return told if until else words
    return _("{where}{subject}：{words}").format(where=scope.strip(), subject=named, words=told)


def asks_about(subject: str, words: str) -> bool:
    """Whether the words of a caller are about a notice's subject, its code or untranslated word.

    停水 is asked about by 没水, 几点来水 and the like, a leak is not.
    """
    code = next((code for code, word in SUBJECTS if word == subject), subject)
    plain = "".join(words.split())
    if code == "power":
        plain = plain.replace("电梯", "")  # 停电梯 is no power cut
    if any(said in plain for said in _ASKED.get(code, ())):
        return True
    supply = _SUPPLIED.get(code)
    return supply is not None and re.search(f"(?:{supply}){_WHEN}", plain) is not None


def _parts(scope: str) -> list[str]:
    return scope.translate({ord(mark): " " for mark in _PARTED}).split()


def _names(words: str, part: str) -> bool:
    """Whether the words name this part of the estate: 13栋 does not name 3栋."""
    plain, sought = _plain(words), _plain(part)
    return re.search(rf"(?<![0-9]){re.escape(sought)}", plain) is not None


def _hours(words: str) -> set[tuple[int, int]]:
    """The hours of the clock that words name, 下午六点 and 18:00 the same."""
    found = set()
    for m in _HOUR.finditer(words):
        tens, _ten, ones = m["hour"].rpartition("十")
        if m["hour"].isdigit():
            hour = int(m["hour"])
        else:
            hour = 10 * (_DIGITS.get(tens, 1) if _ten else 0) + _DIGITS.get(ones, 0)
        found.add((hour % 12, 30 if m["half"] else int(m["minute"] or m["past"] or 0)))
    return found


def _plain(text: str) -> str:
    plain = "".join(text.split())
    for word in ("号楼", "座", "幢"):
        plain = plain.replace(word, "栋")
    return plain.upper()


def _label(part: str) -> str:
    """A part of the estate as labels begin: 3栋 is 3, 三栋一单元 is 3-1, 3-1-502 is itself."""
    room = parse_room(part)
    if room:
        return "-".join(filter(None, (room.building, room.entrance, room.room)))
    found = find_place(part)
    if found and found.place.building:
        return "-".join(filter(None, (found.place.building, found.place.entrance)))
    building, _mark, rest = _plain(part).partition("栋")
    entrance = rest.removesuffix("单元")
    return f"{building}-{entrance}" if entrance else building


def _over(case: Case) -> bool:
    ends = case.given.get("ends")
    return bool(ends) and datetime.fromisoformat(str(ends)) <= case.recorded


def _is_part(part: str) -> bool:
    """Whether this is a part of the estate and nothing else: 3栋, 三栋一单元, 3-1-502, 地下车库."""
    if parse_room(part) or _LABEL.fullmatch(_plain(part)):
        return True
    found = find_place(part)
    if found is None or not (found.place.building or found.place.name):
        return False
    spans = [span for span in (found.building_at, found.name_at) if span]
    return (min(spans)[0], max(end for _start, end in spans)) == (0, len(fold(part)))


def _is_nowhere(case: Case) -> bool:
    scope = str(case.given.get("scope") or "")
    return scope.strip() not in EVERYWHERE and not all(map(_is_part, _parts(scope)))


UNKNOWN_SCOPE = Guard(
    "unknown_scope",
    "XX-4.3.3",
    N_("范围看不懂，查不到是哪些住户：写 3栋、5栋2单元 或 3-1-502，一处一个顿号；空着是全小区。"),
    _is_nowhere,
)
PAST_END = Guard(
    "past_end",
    "XX-4.3.3",
    N_("预计结束的时间已经过去，请写将来的时间；已经恢复的请走「已恢复」。"),
    _over,
)

SCOPE = Ask("scope", Kind.TEXT, N_("范围(空着是全小区)"), needed=False, wanted=True)
ENDS = Ask("ends", Kind.MOMENT, N_("预计到什么时候"), needed=False)
SAY = Ask("say", Kind.WORDS, N_("怎样回答业主"), personal=True)
PASTE = Ask("paste", Kind.WORDS, N_("发到业主群的文字"), needed=False, personal=True)

NOTICE = Lifecycle(
    kind="notice",
    word=N_("通知"),
    prefix="TZ",
    states=(("heard", N_("待部门报")), ("in_force", N_("通知中")), ("over", N_("已恢复"))),
    final=frozenset({"over"}),
    rows=(
        Row(
            "register",
            N_("登记变化"),
            "new",
            "heard",
            Right.ANYONE,
            "XX-4.3.3",
            ask=(
                Ask("subject", Kind.CHOICE, N_("什么事"), choices=SUBJECTS),
                Ask("department", Kind.CHOICE, N_("责任部门"), choices=DEPARTMENTS),
                SCOPE,
                Ask("text", Kind.WORDS, N_("情况"), personal=True),
                ENDS,
            ),
            guards=(PAST_END, UNKNOWN_SCOPE),
            undo=False,
            backdate=DAY,
            relay=True,
            prompt=N_("写发生的时间：部门要在发生后四小时内报到前台。"),
        ),
        Row(
            "report",
            N_("部门已报"),
            "heard",
            "in_force",
            Right.DESK_NIGHT,
            "XX-4.3.3",
            ask=(
                Ask("told_by", Kind.NAME, N_("谁报的"), personal=True),
                Ask("begins", Kind.MOMENT, N_("从什么时候"), needed=False),
                ENDS,
                SAY,
                PASTE,
            ),
            guards=(PAST_END,),
            backdate=DAY,
            relay=True,
            prompt=N_("问清原因、范围、到什么时候，让每个来电都得到同样确切的回答。"),
        ),
        Row(
            "renew",
            N_("更新"),
            "heard-in_force",
            "@same",
            Right.DESK_NIGHT,
            "XX-4.3.3",
            ask=(
                Ask("scope", Kind.TEXT, N_("范围"), needed=False),
                ENDS,
                Ask("say", Kind.WORDS, N_("怎样回答业主"), needed=False, personal=True),
                PASTE,
            ),
            guards=(NOTHING_GIVEN, PAST_END, UNKNOWN_SCOPE),
        ),
        Row(
            "end",
            N_("已恢复"),
            "heard-in_force",
            "over",
            Right.DESK_NIGHT,
            "XX-4.3.3",
            ask=(Ask("note", Kind.WORDS, N_("备注"), needed=False, personal=True),),
            backdate=DAY,
            relay=True,
        ),
        Row(
            "note",
            N_("备注"),
            "heard-in_force",
            "@same",
            Right.ANYONE,
            "XX-4.3.3",
            ask=(Ask("note", Kind.WORDS, N_("备注"), personal=True),),
        ),
    ),
    deadlines=(
        Deadline(
            "report", N_("部门报告"), "XX-4.3.3", ("register",), "heard", Wall(4 * HOUR), level=1
        ),
        Deadline(
            "ends",
            N_("问是否恢复"),
            "XX-4.3.3",
            ("report", "renew"),
            "in_force",
            Before("ends", 0),
            when=lambda facts: bool(facts.get("ends")),
        ),
    ),
)

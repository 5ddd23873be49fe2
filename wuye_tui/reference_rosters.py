"""How `rosters/*.toml` are read, one file for each kind of roster, and what is wrong with them."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from wuye_tui.reference_values import SHOWN, BadReference, Part, line_in
from wuye_tui.rules.dutyplans import LEVELS, DutyPlan
from wuye_tui.rules.errors import miswritten
from wuye_tui.rules.rights import Hat
from wuye_tui.rules.rosters import A_DAY, Fixed, Hours, Limits, Need, RosterKind, Shift, Weights
from wuye_tui.words import N_, _

FOLDER, ENDING = "rosters/", ".toml"
SHIPPED: Final = ("desk", "night", "guards", "cleaning", "duty_manager")
"""The kinds that come with the program, in the order in which they are listed."""
MOST_HEADS, MOST_DAYS, MOST_WEEKS = 500, 31, 52
MOST_REST: Final = 3 * A_DAY  # minutes; a longer rest would leave hardly a shift a week
MOST_WEIGHT: Final = 1000
WEEKDAYS: Final = (
    N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"),
)  # fmt: skip
_CODE: Final = re.compile(r"[a-z][a-z_]*")
_WEEK: Final = {
    day: n
    for n, each in enumerate(("1一", "2二", "3三", "4四", "5五", "6六", "7日天"))
    for day in each
}
_LIMITS: Final = {  # from, to
    "rest": (0, MOST_REST), "days": (1, MOST_DAYS), "nights": (0, MOST_DAYS), "free": (0, 27),
    "week_free": (0, 6), "most_nights": (0, MOST_DAYS),
}  # fmt: skip


class Kinds(Mapping[str, RosterKind]):
    """The kinds by their codes. Each file is read when its kind is first asked for, so that one
    with a fault is in nobody's way but its own: asking for it raises BadReference.
    """

    def __init__(self, codes: Iterable[str], read: Callable[[str], RosterKind]) -> None:
        self._codes, self._read = tuple(codes), read
        self._known: dict[str, RosterKind] = {}

    def __getitem__(self, code: str) -> RosterKind:
        if code not in self._codes:
            raise KeyError(code)
        if code not in self._known:
            self._known[code] = self._read(code)
        return self._known[code]

    def __contains__(self, code: object) -> bool:
        return code in self._codes  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


def codes(own: Path | None) -> tuple[str, ...]:
    """Which kinds there are: those that came with the program, then the office's further ones."""
    folder = own / FOLDER if own else None
    found = sorted(folder.glob(f"*{ENDING}")) if folder and folder.is_dir() else []
    further = [one.stem for one in found if _CODE.fullmatch(one.stem)]
    return tuple(dict.fromkeys((*SHIPPED, *further)))


def read_rules(
    path: Path, code: str = "", duties: Callable[[], Sequence[DutyPlan]] | None = None
) -> RosterKind:
    """The rules in a file of anybody's. `code` is the kind that they are for, otherwise the file's
    own name; without `duties` it is not asked whether these have what it plans. Raises
    BadReference, which names the line where it can.
    """
    text = ""
    try:
        text = path.read_text("utf-8-sig")
        return read_kind(Part(path.name, tomllib.loads(text)), code or path.stem, duties)
    except UnicodeDecodeError as error:
        raise BadReference(path.name, _("不是 UTF-8 的文本，请另存为 UTF-8")) from error
    except OSError as error:
        raise BadReference(path.name, _("没有这个文件，或者打不开它")) from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise _at(path.name, miswritten(text, line), line) from error
    except BadReference as error:
        raise _at(path.name, error.why, line_in(text, error.part, error.field)) from error


def read_kind(
    found: Part, code: str, duties: Callable[[], Sequence[DutyPlan]] | None = None
) -> RosterKind:
    """One kind of roster. Raises BadReference."""
    shifts = _shifts(found)
    known = [one.code for one in shifts]
    needs = _needs(found, known)
    kind = RosterKind(
        code=code,
        word=found.text("word"),
        clause=found.text("clause", ""),
        shifts=shifts,
        needs=needs,
        limits=_limits(found, known),
        weights=_weights(found),
        departments=found.texts("departments", ()),
        posts=found.texts("posts", ()),
        hats=_among(found, "hats", found.texts("hats", ()), [hat.value for hat in Hat]),
        stand_in=found.texts("stand_in", ()),
        duty_post=found.text("duty_post", ""),
        duty_names=_duty_names(found, known, duties),
        cycle_weeks=_within(found, "cycle_weeks", 0, 0, MOST_WEEKS),
        fixed=_fixed(found, shifts, needs),
        partner_days=_within(found, "partner_days", 0, 0, 365),
        alongside=found.flag("alongside", False),
        file=found.file,
    )
    if not (kind.departments or kind.posts or kind.hats):
        why = _("departments、posts、hats 至少写一样，才知道排哪些人")
        raise found.wrong("posts", why)
    return kind


# ---- shifts and needs


def _shifts(found: Part) -> tuple[Shift, ...]:
    entries = found.parts("shift", needed=True)
    shifts: list[Shift] = []
    for entry in entries:
        code = entry.text("code")
        if not _CODE.fullmatch(code):
            raise entry.wrong("code", _("code 只能用小写字母和下划线：{code}").format(code=code))
        if code in {one.code for one in shifts}:
            raise entry.wrong("code", _("有两项的 code 都是 {code}").format(code=code))
        starts, ends = entry.time("starts"), entry.time("ends")
        together, only_with = entry.texts("together", ()), entry.text("only_with", "")
        shift = Shift(
            code, entry.text("word"), starts, ends, entry.flag("night", False),
            _within(entry, "minutes", 0, 0, A_DAY), together, only_with,
        )  # fmt: skip
        if shift.minutes > shift.length:
            why = _("minutes 不能多于这一班的时间 {most} 分钟")
            raise entry.wrong("minutes", why.format(most=shift.length))
        shifts.append(shift)
    known = [one.code for one in shifts]
    for entry, one in zip(entries, shifts, strict=True):
        others = [code for code in known if code != one.code]
        _among(entry, "together", one.together, others)
        _among(entry, "only_with", [one.only_with] if one.only_with else [], others)
    return tuple(shifts)


def _needs(found: Part, known: Sequence[str]) -> tuple[Need, ...]:
    needs: list[Need] = []
    for entry in found.parts("need", needed=True):
        (shift,) = _among(entry, "shift", [entry.text("shift")], known)
        heads = _heads(entry, "heads", entry.whole("heads"))
        holidays = entry.whole("holidays") if "holidays" in entry.said else None
        need = Need(
            shift, heads, entry.text("post", ""), _weekdays(entry),
            None if holidays is None else _heads(entry, "holidays", holidays),
            entry.texts("qualifications", ()),
        )  # fmt: skip
        for other in needs:
            _refuse_twice(entry, need, other)
        needs.append(need)
    if not any(one.heads or one.holidays for one in needs):
        raise found.wrong("need", _("一个人也不需要，请在 [[need]] 里写上 heads"))
    return tuple(needs)


def _refuse_twice(entry: Part, need: Need, other: Need) -> None:
    """The same post in the same shift, on the same weekday or on public holidays."""
    if (need.shift, need.post) != (other.shift, other.post):
        return
    if both := need.weekdays & other.weekdays:
        why = _("{shift} 班的「{post}」{weekday}写了两次人数")
        told = why.format(shift=need.shift, post=need.post, weekday=_day(both))
        raise entry.wrong("weekdays" if "weekdays" in entry.said else "post", told)
    if any(one.holidays and (two.heads if two.holidays is None else two.holidays)
           for one, two in ((need, other), (other, need))):  # fmt: skip
        why = _("{shift} 班的「{post}」法定节假日写了两次人数，有一条请写 holidays = 0")
        told = why.format(shift=need.shift, post=need.post)
        raise entry.wrong("holidays" if "holidays" in entry.said else "post", told)


def _heads(entry: Part, name: str, many: int) -> int:
    if not 0 <= many <= MOST_HEADS:
        why = _("{name} 要写 0 到 {most} 个人，不能是负数")
        raise entry.wrong(name, why.format(name=name, most=MOST_HEADS))
    return many


def _weekdays(entry: Part) -> frozenset[int]:
    typed = entry.text("weekdays", "一二三四五六日")
    if not typed or any(day not in _WEEK for day in typed):
        why = _('weekdays 写星期几：一二三四五六日，例如 weekdays = "六日"')
        raise entry.wrong("weekdays", why)
    return frozenset(_WEEK[day] for day in typed)


# ---- limits, weights, duties


def _limits(found: Part, known: Sequence[str]) -> Limits:
    part = Part.of(found.file, found.said.get("limits", {}), "limits")
    _among(part, "limits", list(part.said), [*_LIMITS, "hours", "after_night", "level"])
    usual = Limits()
    hours = part.text("hours", usual.hours.value)
    _among(part, "hours", [hours], [one.value for one in Hours])
    level = part.text("level", "")
    _among(part, "level", [level] if level else [], list(LEVELS))
    whole = {
        name: _within(part, name, getattr(usual, name), *span) for name, span in _LIMITS.items()
    }
    if whole["nights"] > whole["days"]:
        why = _("nights 不能多于 days：连上的夜班也是连上的班")
        raise part.wrong("nights", why)
    after = frozenset(_among(part, "after_night", part.texts("after_night", ()), known))
    return Limits(Hours(hours), after_night=after, level=level, **whole)


def _weights(found: Part) -> Weights:
    part = Part.of(found.file, found.said.get("weights", {}), "weights")
    usual = Weights()
    names = list(Weights.__dataclass_fields__)
    _among(part, "weights", list(part.said), names)
    return Weights(
        **{name: _within(part, name, getattr(usual, name), 0, MOST_WEIGHT) for name in names}
    )


def _duty_names(
    found: Part, known: Sequence[str], duties: Callable[[], Sequence[DutyPlan]] | None
) -> dict[str, tuple[str, ...]]:
    post = found.text("duty_post", "")
    part = Part.of(found.file, found.said.get("duty_names", {}), "duty_names")
    _among(part, "duty_names", list(part.said), known)
    names = {shift: part.texts(shift) for shift in part.said}
    if names and not post:
        raise found.wrong("duty_names", _("写了 duty_names，也要写 duty_post"))
    if post and duties is not None:
        plans = duties()
        _among(found, "duty_post", [post], list(dict.fromkeys(plan.post for plan in plans)))
        there = [plan.name for plan in plans if plan.post == post]
        for shift, of_shift in names.items():
            _among(part, shift, of_shift, there)
    return names


# ---- who always or never works


def _fixed(found: Part, shifts: Sequence[Shift], needs: Sequence[Need]) -> tuple[Fixed, ...]:
    entries = found.parts("fixed")
    known = [one.code for one in shifts]
    fixed: list[Fixed] = []
    for entry in entries:
        shift = entry.text("shift", "")
        _among(entry, "shift", [shift] if shift else [], known)
        never = entry.flag("never", False)
        one = Fixed(entry.text("staff"), shift, _weekdays(entry), never)
        if not never:
            _refuse_unneeded(entry, one, needs)
        for other in fixed:
            _refuse_clash(entry, one, other, {each.code: each for each in shifts})
        fixed.append(one)
    return tuple(fixed)


def _refuse_unneeded(entry: Part, one: Fixed, needs: Sequence[Need]) -> None:
    """A shift on a day on which nobody is needed in it."""
    there = {day for need in needs if need.heads and one.shift in ("", need.shift)
             for day in need.weekdays}  # fmt: skip
    if one.weekdays - there:
        why = _("{staff} 固定的班，{weekday}不需要人")
        told = why.format(staff=one.staff, weekday=_day(one.weekdays - there))
        raise entry.wrong("weekdays" if "weekdays" in entry.said else "shift", told)


def _refuse_clash(entry: Part, one: Fixed, other: Fixed, shifts: Mapping[str, Shift]) -> None:
    both = one.weekdays & other.weekdays
    if one.staff != other.staff or not both:
        return
    weekday = _day(both)
    if one.never != other.never:
        never, always = (one, other) if one.never else (other, one)
        if never.shift in ("", always.shift):
            why = _("{staff} {weekday}既写了固定上班，又写了不上班，请只留一条")
            raise entry.wrong("staff", why.format(staff=one.staff, weekday=weekday))
    elif not one.never and one.shift and other.shift and one.shift != other.shift:
        pair = (shifts[one.shift], shifts[other.shift])
        if not any(b.code in a.together for a, b in (pair, pair[::-1])):
            why = _("{staff} {weekday}固定了两个不能同一天上的班")
            raise entry.wrong("shift", why.format(staff=one.staff, weekday=weekday))


# ---- values


def _day(weekdays: Iterable[int]) -> str:
    return _(WEEKDAYS[min(weekdays)])


def _within(entry: Part, name: str, usual: int, least: int, most: int) -> int:
    found = entry.whole(name, usual)
    if not least <= found <= most:
        why = _("{name} 要写 {least} 到 {most} 的整数")
        raise entry.wrong(name, why.format(name=name, least=least, most=most))
    return found


def _among(entry: Part, name: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for one in given:
        if one not in known:
            why = _("{name} 里不能写「{one}」，能写的是：{known}")
            told = why.format(name=name, one=one[:SHOWN], known=" ".join(known))
            raise entry.wrong(one if one in entry.said else name, told)
    return tuple(given)


def _at(name: str, why: str, line: int) -> BadReference:
    told = _("第 {line} 行，{why}").format(line=line, why=why) if line else why
    return BadReference(name, told, line)

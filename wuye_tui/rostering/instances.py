"""The public shift-scheduling format, read exactly; a broken file is told by its line.

Days count from 0 and day 0 is a Monday; lengths of shifts and limits of work are minutes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wuye_tui.rules.errors import BadFile
from wuye_tui.words import _

OFF: Final = -1  # in a schedule: no shift on this day
WEEK: Final = 7
SATURDAY: Final = 5
LONGEST: Final = 371  # days; the longest public instance has 364
SECTIONS: Final = (
    "HORIZON",
    "SHIFTS",
    "STAFF",
    "DAYS_OFF",
    "SHIFT_ON_REQUESTS",
    "SHIFT_OFF_REQUESTS",
    "COVER",
)
_NEEDED: Final = frozenset({"HORIZON", "SHIFTS", "STAFF", "COVER"})

Schedule = tuple[tuple[int, ...], ...]
"""For every person, in the file's order, the shift's index of every day, or OFF."""


class BadInstance(BadFile):
    """The file is not in the format. `number` is the line, from 1; 0 is the file as a whole."""

    def __init__(self, number: int, words: str) -> None:
        self.number = number
        at = _("第 {line} 行").format(line=number) if number else _("整个文件")
        super().__init__(_("排班题目读不了，{at}：{words}。").format(at=at, words=words))


@dataclass(frozen=True)
class Shift:
    """One kind of shift; `before` are the indexes of those that may not follow on the next day."""

    name: str
    minutes: int
    before: frozenset[int]


@dataclass(frozen=True)
class Person:
    """One person's limits; `most` is in the order of the shifts, `off` are days never worked."""

    name: str
    most: tuple[int, ...]
    most_minutes: int
    least_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_off: int
    most_weekends: int
    off: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Cover:
    """How many are wanted, and the weight of each one too few and each one too many."""

    wanted: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """One task. `on` and `off` are the weights by (person, day, shift) of a wish not met."""

    name: str
    days: int
    shifts: tuple[Shift, ...]
    people: tuple[Person, ...]
    on: Mapping[tuple[int, int, int], int]
    off: Mapping[tuple[int, int, int], int]
    cover: Mapping[tuple[int, int], Cover]

    @property
    def weekends(self) -> tuple[tuple[int, ...], ...]:
        """Saturday and Sunday of every week that begins in the days planned."""
        starts = range(SATURDAY, self.days, WEEK)
        return tuple(tuple(d for d in (s, s + 1) if d < self.days) for s in starts)


@dataclass(frozen=True)
class _Line:
    """The fields of one line, trimmed, and where it stands."""

    number: int
    fields: tuple[str, ...]

    def whole(self, at: int, most: int | None = None) -> int:
        """A field as a whole number of 0 and more. BadInstance if it is none, or above `most`."""
        typed = self.fields[at]
        if not (typed.isascii() and typed.isdigit()) or len(typed) > 9:
            raise BadInstance(self.number, _("'{typed}' 不是整数").format(typed=typed))
        if most is not None and int(typed) > most:
            told = _("{typed} 太大，最大是 {most}").format(typed=typed, most=most)
            raise BadInstance(self.number, told)
        return int(typed)

    def known(self, at: int, names: Mapping[str, int], words: str) -> int:
        """The index of a name that was given before; BadInstance with `words` if it was not."""
        if self.fields[at] not in names:
            raise BadInstance(self.number, words.format(typed=self.fields[at]))
        return names[self.fields[at]]

    def needs(self, count: int) -> None:
        """BadInstance unless there are so many fields."""
        if len(self.fields) != count:
            told = _("应有 {count} 项，实际 {found} 项").format(count=count, found=len(self.fields))
            raise BadInstance(self.number, told)


def read(path: Path) -> Instance:
    """The task in a file. BadInstance if it is broken, OSError if it cannot be opened."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"), path.stem)
    except UnicodeDecodeError as wrong:
        raise BadInstance(0, _("不是 UTF-8 文本")) from wrong


def parse(text: str, name: str = "") -> Instance:
    """The task in a text; every name, day and number of it is checked. BadInstance if broken."""
    parts = _sections(text)
    days = _horizon(parts["HORIZON"])
    shifts = _shifts(parts["SHIFTS"])
    kinds = {one.name: at for at, one in enumerate(shifts)}
    staff = _staff(parts["STAFF"], kinds)
    posts = {one.name: at for at, one in enumerate(staff)}
    off = _days_off(parts["DAYS_OFF"], posts, days)
    people = tuple(replace(one, off=off[at]) for at, one in enumerate(staff))
    wished = _requests(parts["SHIFT_ON_REQUESTS"], posts, kinds, days)
    shunned = _requests(parts["SHIFT_OFF_REQUESTS"], posts, kinds, days)
    cover = _cover(parts["COVER"], kinds, days)
    return Instance(name, days, shifts, people, wished, shunned, cover)


def _sections(text: str) -> dict[str, list[_Line]]:
    found = dict[str, list[_Line]]()
    current: list[_Line] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            title = line.removeprefix("SECTION_")
            if title not in SECTIONS:
                raise BadInstance(number, _("不认识的段 {title}").format(title=line))
            if title in found:
                raise BadInstance(number, _("段 {title} 出现了两次").format(title=line))
            current = found[title] = []
        elif current is None:
            raise BadInstance(number, _("第一段之前不能有内容"))
        else:
            fields = tuple(one.strip() for one in line.split(","))
            current.append(_Line(number, fields))
    for title in SECTIONS:
        if title in _NEEDED and not found.get(title):
            raise BadInstance(0, _("缺少段 {title}").format(title=f"SECTION_{title}"))
    return {title: found.get(title, []) for title in SECTIONS}


def _horizon(lines: list[_Line]) -> int:
    lines[0].needs(1)
    days = lines[0].whole(0, LONGEST)
    if len(lines) > 1:
        raise BadInstance(lines[1].number, _("天数只能写一个"))
    if not days:
        raise BadInstance(lines[0].number, _("天数至少是 1"))
    return days


def _shifts(lines: list[_Line]) -> tuple[Shift, ...]:
    for line in lines:
        line.needs(3)
    kinds = _names(lines)
    unknown = _("没有班次 '{typed}'")
    return tuple(
        Shift(line.fields[0], line.whole(1, 1440), frozenset(_followers(line, kinds, unknown)))
        for line in lines
    )


def _followers(line: _Line, kinds: Mapping[str, int], unknown: str) -> Iterator[int]:
    for typed in line.fields[2].split("|") if line.fields[2] else ():
        yield _Line(line.number, (typed.strip(),)).known(0, kinds, unknown)


def _names(lines: list[_Line]) -> dict[str, int]:
    names = dict[str, int]()
    for line in lines:
        if not line.fields[0]:
            raise BadInstance(line.number, _("名称不能空着"))
        if line.fields[0] in names:
            raise BadInstance(line.number, _("'{typed}' 写了两次").format(typed=line.fields[0]))
        names[line.fields[0]] = len(names)
    return names


def _staff(lines: list[_Line], kinds: Mapping[str, int]) -> tuple[Person, ...]:
    for line in lines:
        line.needs(8)
    _names(lines)
    return tuple(_person(line, kinds) for line in lines)


def _person(line: _Line, kinds: Mapping[str, int]) -> Person:
    most = dict[int, int]()
    for typed in line.fields[1].split("|"):
        kind, equals, count = typed.partition("=")
        part = _Line(line.number, (kind.strip(), count.strip()))
        if not equals:
            raise BadInstance(line.number, _("'{typed}' 应写成 班次=次数").format(typed=typed))
        at = part.known(0, kinds, _("没有班次 '{typed}'"))
        if at in most:
            raise BadInstance(line.number, _("'{typed}' 写了两次").format(typed=kind.strip()))
        most[at] = part.whole(1)
    if len(most) != len(kinds):
        raise BadInstance(line.number, _("每种班次都要写最多几次"))
    limits = [line.whole(at) for at in range(2, 8)]
    if limits[1] > limits[0]:
        raise BadInstance(line.number, _("最少分钟数大于最多分钟数"))
    if not limits[2]:
        raise BadInstance(line.number, _("最多连班天数至少是 1"))
    if limits[3] > limits[2]:
        raise BadInstance(line.number, _("最少连班天数大于最多连班天数"))
    return Person(
        line.fields[0],
        tuple(most[at] for at in range(len(kinds))),
        most_minutes=limits[0],
        least_minutes=limits[1],
        most_in_a_row=limits[2],
        least_in_a_row=limits[3],
        least_off=limits[4],
        most_weekends=limits[5],
    )


def _days_off(
    lines: list[_Line], posts: Mapping[str, int], days: int
) -> tuple[frozenset[int], ...]:
    found: list[set[int]] = [set() for _each in posts]
    for line in lines:
        at = line.known(0, posts, _("没有员工 '{typed}'"))
        found[at].update(line.whole(field, days - 1) for field in range(1, len(line.fields)))
    return tuple(frozenset(one) for one in found)


def _requests(
    lines: list[_Line], posts: Mapping[str, int], kinds: Mapping[str, int], days: int
) -> dict[tuple[int, int, int], int]:
    found = dict[tuple[int, int, int], int]()
    for line in lines:
        line.needs(4)
        who = line.known(0, posts, _("没有员工 '{typed}'"))
        kind = line.known(2, kinds, _("没有班次 '{typed}'"))
        key = (who, line.whole(1, days - 1), kind)
        if key in found:
            raise BadInstance(line.number, _("同一个请求写了两次"))
        found[key] = line.whole(3)
    return found


def _cover(lines: list[_Line], kinds: Mapping[str, int], days: int) -> dict[tuple[int, int], Cover]:
    found = dict[tuple[int, int], Cover]()
    for line in lines:
        line.needs(5)
        key = (line.whole(0, days - 1), line.known(1, kinds, _("没有班次 '{typed}'")))
        if key in found:
            raise BadInstance(line.number, _("同一天同一班次的人数写了两次"))
        found[key] = Cover(line.whole(2), line.whole(3), line.whole(4))
    return found

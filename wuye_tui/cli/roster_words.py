"""What the commands of rosters share: which kind and month, and how a shift is told."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli.fees import day
from wuye_tui.rules.errors import BadFile, UsageError
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.swaps import Duty
    from wuye_tui.rules.months import Month
    from wuye_tui.rules.rosters import RosterKind

Kind = Annotated[
    str, typer.Option("--kind", help=_("排哪一种：desk、night、guards、cleaning、duty-manager"))
]
MonthOf = Annotated[
    str, typer.Option("--month", help=_("哪个月，2026-12；不写是这个月"), metavar=_("<月>"))
]
OneMonth = Annotated[str, typer.Option("--month", help=_("哪个月，2026-12"), metavar=_("<月>"))]
Rules = Annotated[
    Path | None, typer.Option("--rules", help=_("用这个文件的规矩，不用办公室自己的"))
]
Shift = Annotated[str, typer.Option("--shift", help=_("哪一班：代码或叫法，例如 night 夜班"))]
On = Annotated[str, typer.Option("--day", help=_("哪一天，2026-12-05"), metavar=_("<日期>"))]
First = Annotated[str, typer.Option("--from", help=_("从哪一天，2026-12-05"), metavar=_("<日期>"))]
Last = Annotated[
    str, typer.Option("--to", help=_("到哪一天（含）；不写就是那一天"), metavar=_("<日期>"))
]
Who = Annotated[str, typer.Option("--staff", help=_("谁，工号或姓名"))]
Why = Annotated[str, typer.Option("--why", help=_("为什么"))]


class DayNotSaid(UsageError):
    """A day is needed and none was typed."""

    def __init__(self, option: str) -> None:
        super().__init__(_("没有写哪一天（{option}），例如 2026-12-05。").format(option=option))


def rules_of(desk: "Desk", kind: str, rules: Path | None = None) -> "RosterKind":
    """The office's rules of a kind, or those of a file. Raises UnknownKind and BadReference."""
    from wuye_tui.registers.rosters import kind_named

    meant = kind_named(desk.reference, kind)
    if rules is None:
        return meant
    from wuye_tui.reference_rosters import read_rules

    return read_rules(rules, meant.code, lambda: desk.reference.duties)


def month_of_roster(desk: "Desk", typed: str) -> "Month":
    """The month that was typed, also one to come; this one without. Raises UnreadableMonth."""
    from wuye_tui.registers.fees import month_named

    return month_named(desk, typed)


def who_words(desk: "Desk", number: str) -> str:
    """Somebody by name and number: 李强(GC03)."""
    from wuye_tui.registers.queue import staff_names

    with desk.read() as session:
        name = staff_names(session, desk.site).get(number, "")
    return f"{name}({number})" if name else number


def kind_word(desk: "Desk", code: str) -> str:
    """What a kind is called; its code where the office has it no more."""
    try:
        return _(desk.reference.rosters[code].word)
    except (KeyError, BadFile):
        return code


def duty_of(desk: "Desk", kind: "RosterKind", on: str, shift: str, option: str) -> "Duty":
    """The shift and day that were typed. Raises DayNotSaid and NoSuchShift."""
    from wuye_tui.registers.rosters import shift_named
    from wuye_tui.registers.swaps import Duty

    return Duty(day_of(on, desk, option), shift_named(kind, shift).code)


def day_of(typed: str, desk: "Desk", option: str) -> date:
    """A day that has to be typed. Raises DayNotSaid."""
    found = day(typed, desk)
    if found is None:
        raise DayNotSaid(option)
    return found


def cell_words(desk: "Desk", code: str, cell: "dict[str, Any]") -> str:
    """A shift of a day in words."""
    kind = desk.reference.rosters[code]
    words = {one.code: _(one.word) for one in kind.shifts}
    return " ".join(filter(None, (cell["day"], words.get(cell["shift"], ""), cell["post"])))


_SOME = 12  # people or wishes that are named


def some(words: "Iterable[str]") -> str:
    """The first of a list by name, and how many more there are."""
    every = list(words)
    if len(every) <= _SOME:
        return listed(every)
    told = _("{some} 等 {n} 个")
    return told.format(some=listed(every[:_SOME]), n=len(every))


def doubts(desk: "Desk", kind: "RosterKind", month: "Month") -> list[str]:
    """What is not known of a month: its public holidays, and what people have by other kinds."""
    from wuye_tui.registers.rosters_had import unread

    found = []
    if not desk.calendar.knows(month.last_day.year):
        told = _("还没有 {year} 年的工作日历：节假日和工时先按平日算，公布以后请再核对。")
        found.append(told.format(year=month.last_day.year))
    for wrong in unread(desk.reference, kind):
        found.append(_("{why} 那里的班没有避让。").format(why=wrong.line))
    return found

"""`wuye rosters check|show|export`: rosters that are looked at, and files of them."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key
from wuye_tui.cli.listing import WRITTEN, Force
from wuye_tui.cli.roster_words import (
    Kind,
    MonthOf,
    OneMonth,
    Rules,
    doubts,
    month_of_roster,
    rules_of,
)
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.roster_refusals import ROSTER
from wuye_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wuye_tui.desk import Desk
    from wuye_tui.intake.lines import BadRow
    from wuye_tui.rules.months import Month
    from wuye_tui.rules.roster_checks import Broken
    from wuye_tui.rules.roster_sheets import Shown
    from wuye_tui.rules.rosters import Cell, RosterKind

_NUMBER = re.compile(rf"{ROSTER}-\d{{8}}-\d{{3,}}", re.ASCII | re.IGNORECASE)
Staff = Annotated[str, typer.Option("--staff", help=_("只看一个人，工号或姓名"))]
_FIGURES = re.compile(r"\d+")
NAMED = 12  # faults of one sort that are named
Post = Annotated[str, typer.Option("--post", help=_("只看一个岗"))]


class FileOrMonth(UsageError):
    """Nothing is said to be checked."""

    def __init__(self) -> None:
        super().__init__(_("请写要核对的文件，或者用 --month 写已发布的哪个月。"))


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the noun."""
    app.command("check", help=_("核对一份排班，已发布的或者表格：哪里不合规矩，谁、哪天"))(check)
    app.command("show", help=_("看已发布的排班：一个月、一个人的，或者一个岗的"))(show)
    app.command("export", help=_("导出排班：贴墙的 .xlsx、.pdf，日历 .ics，.csv"))(export)


def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help=_("表格：.xlsx、.xls、.csv；或者草稿的编号；不写则核对已发布的")),
    ] = None,
    kind: Kind = "",
    month: OneMonth = "",
    rules: Rules = None,
    keep: Annotated[bool, typer.Option("--keep", help=_("没有问题就存成草稿，可以发布"))] = False,
    key: Key = "",
) -> int:
    from wuye_tui.registers import rosters

    context: Context = ctx.obj
    chosen = key_of(key)
    desk = context.desk() if keep else context.reading()
    draft = str(file) if file is not None and _is_number(file) else ""
    meant = rosters.kind_of(desk, draft) if draft and not kind else rules_of(desk, kind, rules)
    unread: Sequence[BadRow] = ()
    if draft:
        found = rosters.shown(desk, meant, month_of_roster(desk, month), draft)
        cells, of = list(found.cells), found.month
    elif file is not None:
        cells, of, unread = _read(desk, meant, file, month)
    elif month.strip():
        found = rosters.shown(desk, meant, month_of_roster(desk, month))
        cells, of = list(found.cells), found.month
    else:
        raise FileOrMonth
    broken = rosters.checked(desk, meant, of, cells)
    is_right = not broken and not unread
    today = desk.calendar.day_of(desk.now())
    number = _keep(desk, meant, of, cells, chosen) if keep and is_right else ""
    if context.json:
        document = {
            "kind": meant.code, "month": str(of), "clean": is_right, "cells": len(cells),
            "broken": [_as_dict(one) for one in broken],
            "unreadable": [one.line for one in unread], "number": number,
        }  # fmt: skip
        output.emit(document, True)
    else:
        _tell(meant, of, len(cells), broken, unread, number)
        over = sum(one.day is not None and one.day < today for one in broken)
        if over:
            output.say(_("其中 {n} 处在已经过完的日子里，不妨碍发布。").format(n=over))
        for line in doubts(desk, meant, of):
            output.say(line)
    return 0 if is_right else 1


def _is_number(typed: Path) -> bool:
    """Whether a roster's number was typed in the place of a file."""
    return bool(_NUMBER.fullmatch(str(typed).strip())) and not typed.exists()


def _read(
    desk: "Desk", kind: "RosterKind", file: Path, month: str
) -> "tuple[list[Cell], Month, Sequence[BadRow]]":
    """The cells of a spreadsheet, its month, and what of it cannot be read."""
    from wuye_tui.intake.rosters import read_roster
    from wuye_tui.registers.rosters import everybody, left
    from wuye_tui.rules.holidays import holidays_of
    from wuye_tui.rules.months import month_of

    typed = month_of_roster(desk, month) if month.strip() else None
    near = typed or month_of(desk.calendar.day_of(desk.now()))
    off = holidays_of(desk.calendar, near) | holidays_of(desk.calendar, near.after)
    others = partial(left, desk, kind)
    found = read_roster(file, kind, everybody(desk), typed, holidays=off, left=others)
    for one in found.told:
        output.say(one.line)
    return list(found.cells), found.month, found.bad


def _as_dict(one: "Broken") -> dict[str, Any]:
    return {
        "rule": one.rule, "staff": one.staff, "day": one.day, "words": one.words,
        "clause": one.clause,
    }  # fmt: skip


def _tell(
    kind: "RosterKind",
    month: "Month",
    cells: int,
    broken: "Sequence[Broken]",
    unread: "Sequence[BadRow]",
    number: str,
) -> None:
    _tell_alike((_FIGURES.sub("", one.reason), one.line) for one in unread)
    _tell_alike(
        (one.rule, f"{one.clause}: {one.words}" if one.clause else one.words) for one in broken
    )
    if broken or unread:
        told = _("{month} {kind}排班 {cells} 个班，有 {n} 处不对。")
        said = told.format(month=month, kind=_(kind.word), cells=cells, n=len(broken) + len(unread))
    else:
        told = _("{month} {kind}排班 {cells} 个班，没有问题。")
        said = told.format(month=month, kind=_(kind.word), cells=cells)
    output.told(said)
    if number:
        output.told(_("已存成草稿 {number}。").format(number=number))


def _tell_alike(faults: "Iterable[tuple[str, str]]") -> None:
    """The first of each fault, by what makes them alike, and how many more there are of it."""
    alike = dict[str, list[str]]()
    for what, line in faults:
        alike.setdefault(what, []).append(line)
    for lines in alike.values():
        for line in lines[:NAMED]:
            output.told(line)
        if len(lines) > NAMED:
            told = _("这样的还有 {count} 处，加 --json 可以看全。")
            output.told(told.format(count=len(lines) - NAMED))


def _keep(
    desk: "Desk", kind: "RosterKind", month: "Month", cells: "Sequence[Cell]", key: str
) -> str:
    from wuye_tui.registers import rosters
    from wuye_tui.rules.rosters import Drawn

    asked, drawn = rosters.asked(desk, kind, month), Drawn(tuple(cells), 0, 0)
    done = desk.perform(
        "rosters.keep",
        lambda act: rosters.keep(act, asked, drawn, rosters.FROM_FILE, weighed=False),
        key,
    )
    return str(done["number"])


def show(
    ctx: typer.Context,
    kind: Kind,
    month: MonthOf = "",
    staff: Staff = "",
    post: Post = "",
    number: Annotated[str, typer.Option("--number", help=_("看这一份，草稿也可以"))] = "",
) -> None:
    from wuye_tui.paper.roster_wall import wall
    from wuye_tui.paper.rosters import NobodyInRoster, grid_text, own_text
    from wuye_tui.rules import roster_sheets

    context: Context = ctx.obj
    desk = context.reading()
    found = _found(desk, kind, month, number)
    who = _one_of(desk, found, staff)
    if post and post not in roster_sheets.posts(found):
        raise NobodyInRoster(found, post)
    if context.json:
        only = roster_sheets.only(found, who, post) if who or post else found
        output.emit(context.zoned(_document(only), desk.zone), True)
    elif who:
        output.emit(own_text(found, who, desk.zone).rstrip("\n"), False)
    elif post:
        _show_post(found, post)
    else:
        output.emit(grid_text(wall(found, desk.zone)).rstrip("\n"), False)
    if found.stopped and not context.json:
        output.say(_("这一份没有算完就停了，也许还有好得多的。"))


def _show_post(found: "Shown", post: str) -> None:
    from wuye_tui.rules import roster_sheets

    rows = (
        {
            "day": f"{one.day:%m-%d}",
            "shift": _(one.word),
            "people": " ".join(one.people) or _("没有人"),
        }
        for one in roster_sheets.of_post(found, post)
    )
    output.table(
        rows,
        [
            output.Column(_("日期"), "day"),
            output.Column(_("班次"), "shift"),
            output.Column(_("谁"), "people", fold=True),
        ],
    )


def _document(found: "Shown") -> dict[str, Any]:
    names = {one.number: one.name for one in found.people}
    return {
        "kind": found.kind.code,
        "month": str(found.month),
        "number": found.number,
        "version": found.version,
        "published_at": found.published_at,
        "stopped": found.stopped,
        "cells": [
            {**one._asdict(), "name": names.get(one.staff, one.staff)} for one in found.cells
        ],
    }


def export(
    ctx: typer.Context,
    kind: Kind,
    out: Annotated[
        Path, typer.Option("-o", "--out", help=_("存成文件：.xlsx、.pdf、.ics、.csv 或 .txt"))
    ],
    month: MonthOf = "",
    staff: Staff = "",
    post: Post = "",
    number: Annotated[str, typer.Option("--number", help=_("导出这一份，草稿也可以"))] = "",
    force: Force = False,
) -> None:
    context: Context = ctx.obj
    desk = context.reading()
    found = _found(desk, kind, month, number)
    write(context, desk, found, out, force, _one_of(desk, found, staff), post)
    output.say(_(WRITTEN).format(path=out))


def write(
    context: Context,
    desk: "Desk",
    found: "Shown",
    out: Path,
    force: bool,
    staff: str = "",
    post: str = "",
) -> None:
    """Writes a roster by the file's ending."""
    from wuye_tui.paper import rosters as paper

    paper.write(out, found, force, staff, post, context.settings().font, desk.zone)


def refuse_file(out: Path, force: bool) -> None:
    """UnknownEnding and FileExists, before anything is begun that takes a while."""
    from wuye_tui.paper.files import UnknownEnding, refuse_existing
    from wuye_tui.paper.rosters import ENDINGS

    if out.suffix.lower() not in ENDINGS:
        raise UnknownEnding(out, ENDINGS)
    refuse_existing(out, force)


def _found(desk: "Desk", kind: str, month: str, number: str) -> "Shown":
    """What is looked at. Raises OtherRoster where the month that was typed is not that of the
    number, and what `rosters.shown` raises.
    """
    from wuye_tui.registers import rosters
    from wuye_tui.rules.roster_refusals import OtherRoster

    meant = month_of_roster(desk, month)
    found = rosters.shown(desk, rules_of(desk, kind), meant, number)
    if month.strip() and found.month != meant:
        raise OtherRoster(found.number, found.kind.word, found.month)
    return found


def _one_of(desk: "Desk", found: "Shown", typed: str) -> str:
    """The number of somebody in a roster, by number or name; "" where nobody was typed. Raises
    SeveralStaff, NobodyInRoster for others of the staff, UnknownStaff for anybody else.
    """
    from wuye_tui.paper.rosters import NobodyInRoster
    from wuye_tui.registers.rosters import everybody
    from wuye_tui.rules.refusals import SeveralStaff, UnknownStaff
    from wuye_tui.rules.roster_sheets import called

    if not typed.strip():
        return ""
    named = called(found.people, typed)
    if len(named) > 1:
        raise SeveralStaff(typed, [one.number for one in named])
    if named:
        return named[0].number
    raise NobodyInRoster(found, typed) if called(everybody(desk), typed) else UnknownStaff(typed)

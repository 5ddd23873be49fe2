"""`wuye rosters swap|swaps|stand-ins|missed`: duties that others take over, told or not."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key, day
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.roster_words import (
    Kind,
    MonthOf,
    On,
    Shift,
    Who,
    Why,
    duty_of,
    month_of_roster,
    rules_of,
)
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.months import month_of
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.missed import Missed


class Both(UsageError):
    """Half of what is taken over in return."""

    def __init__(self) -> None:
        super().__init__(_("换回来的班要写两样：--back-day 哪一天、--back-shift 哪一班。"))


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the noun."""
    app.command("swap", help=_("换班：开始以前告诉行政部，两个人都写明"))(swap)
    app.command("swaps", help=_("换过的班"))(listing(swaps))
    app.command("stand-ins", help=_("一个班谁能顶、为什么，谁不能、为什么"))(stand_ins)
    app.command("missed", help=_("没有告知就缺勤的班；加 --put-forward 提请处理"))(missed)


def swap(
    ctx: typer.Context,
    kind: Kind,
    on: On,
    shift: Shift,
    staff: Who,
    other: Annotated[str, typer.Option("--with", help=_("同谁换，工号或姓名"))],
    why: Why = "",
    back_day: Annotated[
        str, typer.Option("--back-day", help=_("换回他哪一天的班；不写则换同一天的，或只顶班"))
    ] = "",
    back_shift: Annotated[str, typer.Option("--back-shift", help=_("换回他哪一班"))] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import swaps as register
    from wuye_tui.registers.queue import staff_names

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    meant = rules_of(desk, kind)
    if bool(back_day.strip()) != bool(back_shift.strip()):
        raise Both
    duty = duty_of(desk, meant, on, shift, "--day")
    back = duty_of(desk, meant, back_day, back_shift, "--back-day") if back_day.strip() else None
    asks = register.needs_other(desk, meant)
    proven = context.proven(desk, staff, other) if asks else ()
    done = desk.perform(
        "rosters.swap",
        lambda act: register.swap(act, meant, duty, staff, other, why, back, proven),
        chosen,
    )
    with desk.read() as session:
        names = staff_names(session, desk.site)
    told = _("{day} {shift}由 {frm} 换给 {to}，{month} 排班是第 {version} 版。（{number}）")
    word = listed(_(meant.shift(code).word) for code in done["shifts"])
    said = told.format(
        day=duty.day, shift=word, frm=names[done["from"]], to=names[done["to"]],
        month=done["month"], version=done["version"], number=done["number"],
    )  # fmt: skip
    if done["back"]:
        returned = listed(
            f"{one['day']} {_(meant.shift(one['shift']).word)}" for one in done["back"]
        )
        told = _("{to} 的 {back} 换给了 {frm}。")
        said += told.format(to=names[done["to"]], back=returned, frm=names[done["from"]])
    if "also" in done:
        more = _("{month} 排班是第 {version} 版。")
        said = f"{said} {more.format(**done['also'])}"
    output.answer(done, context.json, said)


def swaps(ctx: typer.Context, limit: Limit = None) -> Listing:
    from wuye_tui.registers.swaps import list_swaps

    context: Context = ctx.obj
    desk = context.reading()
    found = list_swaps(desk, context.most(limit, 50))

    def said(row: dict[str, Any]) -> dict[str, Any]:
        kind = desk.reference.rosters.get(row["kind"])
        words = {one.code: _(one.word) for one in kind.shifts} if kind else {}
        back = f"{row['back_day']} {words.get(row['back_shift'], '')}" if row["back_day"] else ""
        shift, when = words.get(row["shift"], row["shift"]), row["told_at"]
        return {**row, "shift": shift, "back": back, "when": context.when(when, desk.zone)}

    return Listing(
        _("换班"),
        [
            output.Column(_("编号"), "number"),
            output.Column(_("日期"), "day"),
            output.Column(_("班次"), "shift"),
            output.Column(_("原来是"), "from_name"),
            output.Column(_("换给"), "to_name"),
            output.Column(_("换回"), "back"),
            output.Column(_("几时告知"), "when"),
            output.Column(_("为什么"), "why", fold=True),
        ],
        lambda: (said(one.as_dict()) for one in found),
        lambda: context.zoned([one.as_dict() for one in found], desk.zone),
    )


def stand_ins(ctx: typer.Context, kind: Kind, on: On, shift: Shift, staff: Who = "") -> None:
    from wuye_tui.registers import absences

    context: Context = ctx.obj
    desk = context.reading()
    meant = rules_of(desk, kind)
    duty = duty_of(desk, meant, on, shift, "--day")
    cell = absences.duty_of(desk, meant, duty.day, duty.shift, staff)
    found = absences.stand_ins(desk, meant, cell)
    if context.json:
        output.emit([one.as_dict() for one in found], True)
        return
    output.table(
        [
            {
                "who": f"{one.person.name}({one.person.number})",
                "may": _("能") if one.may else _("不能"),
                "why": one.words,
            }
            for one in found
        ],
        [
            output.Column(_("谁"), "who"),
            output.Column(_("能不能"), "may"),
            output.Column(_("为什么"), "why", fold=True),
        ],
    )


def missed(
    ctx: typer.Context,
    month: MonthOf = "",
    forward: Annotated[
        bool, typer.Option("--put-forward", help=_("逐条写进值班日志，提请处理"))
    ] = False,
    staff: Annotated[
        str, typer.Option("--staff", help=_("只要一个人的，工号或姓名；要核实的也写进日志"))
    ] = "",
    on: Annotated[
        str, typer.Option("--day", help=_("只要一天的，2026-12-05"), metavar=_("<日期>"))
    ] = "",
) -> None:
    from wuye_tui.registers import missed as register

    context: Context = ctx.obj
    desk = context.desk() if forward else context.reading()
    meant, who = day(on, desk), staff.strip()
    asked = month_of(meant) if meant and not month.strip() else month_of_roster(desk, month)
    found = [
        one
        for one in register.missed(desk, asked)
        if meant in (None, one.day) and (not who or who.upper() == one.staff or who == one.name)
    ]
    written = []
    for one in found if forward else ():
        if one.put_forward or (one.unsure and not who):
            continue
        about = (one.kind, one.day, one.shift, one.staff)
        done = desk.perform(
            "rosters.missed",
            lambda act, about=about: register.put_forward(act, *about),  # type: ignore[misc]
        )
        written.append(str(done["number"]))
    if context.json:
        output.emit({"missed": [one.as_dict() for one in found], "written": written}, True)
        return
    output.table(
        [{**one.as_dict(), "shift": _(one.word), "note": _missed_note(one)} for one in found],
        [
            output.Column(_("日期"), "day"),
            output.Column(_("班次"), "shift"),
            output.Column(_("排的是"), "name"),
            output.Column(_("实际是"), "holder_name"),
            output.Column(_("备注"), "note", fold=True),
        ],
    )
    if written:
        output.told(_("已写进值班日志：{numbers}。").format(numbers=listed(written)))
    elif forward and any(one.unsure and not one.put_forward for one in found):
        output.say(_("要核实的没有写进日志；核实了用 --staff 写明是谁，再提请。"))


def _missed_note(one: "Missed") -> str:
    if one.put_forward:
        return _("已提请处理")
    if one.unsure == "nobody":
        return _("要核实：没有人接班的记录")
    return _("要核实：排了不止一个人，来的是别人") if one.unsure else ""

"""`wuye rosters leave|leaves|absent`: who is away, and what is mended for it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.fees import Key, day
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.roster_words import (
    First,
    Last,
    Who,
    Why,
    cell_words,
    day_of,
    kind_word,
    who_words,
)
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the noun."""
    app.command("leave", help=_("请假，或者取消请假；已发布的班要人顶，用 absent"))(leave)
    app.command("leaves", help=_("谁请了假，从哪天到哪天"))(listing(leaves))
    app.command("absent", help=_("有人来不了：记请假，改动最少地补上缺的班，马上发布"))(absent)


def leave(
    ctx: typer.Context,
    staff: Who = "",
    first: First = "",
    last: Last = "",
    why: Why = "",
    cancel: Annotated[
        str, typer.Option("--cancel", help=_("取消这一张请假，例如 QJ-20261125-001"))
    ] = "",
    key: Key = "",
) -> None:
    from wuye_tui.registers import leaves as register

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    if cancel.strip():
        gone = desk.perform(
            "rosters.leave.cancel", lambda act: register.cancel(act, cancel, staff), chosen
        )
        told = _("{staff} 从 {begins} 到 {ends} 的请假 {number} 已取消。")
        output.answer(gone, context.json, _told(desk, told, gone))
        return
    begins = day_of(first, desk, "--from")
    ends = day(last, desk) or begins
    who = staff or desk.staff
    done = desk.perform(
        "rosters.leave", lambda act: register.leave(act, who, begins, ends, why), chosen
    )
    told = _("{staff} 从 {begins} 到 {ends} 请假，已记下。（{number}）")
    output.answer(done, context.json, _told(desk, told, done))
    if done["duties"]:
        told = _("这几天已经排了 {n} 个班：{duties}。请用 wuye rosters absent 补上。")
        words = listed(cell_words(desk, one["kind"], one) for one in done["duties"])
        output.say(told.format(n=len(done["duties"]), duties=words))


def leaves(ctx: typer.Context, first: First = "", limit: Limit = None) -> Listing:
    from wuye_tui.registers.leaves import list_leaves

    context: Context = ctx.obj
    desk = context.reading()
    since = day(first, desk) or desk.calendar.day_of(desk.now())
    found = list_leaves(desk, since, context.most(limit, 200))

    def said(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "gone": _("已取消") if row["cancelled"] else ""}

    return Listing(
        _("请假"),
        [
            output.Column(_("编号"), "number"),
            output.Column(_("工号"), "staff"),
            output.Column(_("姓名"), "name"),
            output.Column(_("从"), "from"),
            output.Column(_("到"), "to"),
            output.Column(_("原因"), "reason", fold=True),
            output.Column(_("备注"), "gone"),
        ],
        lambda: (said(one.as_dict()) for one in found),
        lambda: [one.as_dict() for one in found],
    )


def absent(
    ctx: typer.Context,
    staff: Who,
    first: Annotated[
        str, typer.Option("--from", help=_("从哪一天；不写是今天"), metavar=_("<日期>"))
    ] = "",
    last: Last = "",
    why: Why = "",
    seconds: Annotated[
        int, typer.Option("--seconds", min=1, max=600, help=_("每份排班最多算多少秒"))
    ] = 10,
    key: Key = "",
) -> int:
    from wuye_tui.registers import absences

    context: Context = ctx.obj
    chosen, desk = key_of(key), context.desk()
    begins = day(first, desk) or desk.calendar.day_of(desk.now())
    ends = day(last, desk) or begins
    done = absences.absent(desk, staff, begins, ends, why, seconds, chosen)
    told = _("{staff} 从 {begins} 到 {ends} 来不了，已记请假。（{number}）")
    lines = [_told(desk, told, done)]
    lines += _mended(desk, done)
    if not done["mended"] and not done["open"]:
        lines.append(_("这几天没有排他的班，排班不用改。"))
    output.answer(done, context.json, "\n".join(lines))
    return 1 if done["open"] else 0


def _told(desk: "Desk", words: str, done: dict[str, Any]) -> str:
    """A leave in these words: whose it is, its days and its number."""
    who = who_words(desk, done["staff"])
    return words.format(staff=who, begins=done["from"], ends=done["to"], number=done["number"])


def _mended(desk: "Desk", done: dict[str, Any]) -> list[str]:
    from wuye_tui.registers.queue import staff_names

    with desk.read() as session:
        names = staff_names(session, desk.site)
    lines = []
    for one in done["mended"]:
        told = _("{month} {kind}排班改好了，是第 {version} 版：")
        word = kind_word(desk, one["kind"])
        lines.append(told.format(month=one["month"], kind=word, version=one["version"]))
        for sign, cells in (("-", one["off"]), ("+", one["on"])):
            for cell in cells:
                who = names.get(cell["staff"], cell["staff"])
                lines.append(f"  {sign} {cell_words(desk, one['kind'], cell)} {who}")
        if one["gaps"]:
            told = _("改了 {changes} 个班。")
        elif one["changes"] > one["least"]:
            told = _("改了 {changes} 个班，也许还有改得更少的办法。")
        else:
            told = _("改了 {changes} 个班，不能再少了。")
        lines += [told.format(changes=one["changes"]), *one["notes"]]
        if one["gaps"]:
            empty = listed(cell_words(desk, one["kind"], gap) for gap in one["gaps"])
            told = _("还缺人：{empty}。谁能来、别人为什么不能，请看 wuye rosters stand-ins。")
            lines.append(told.format(empty=empty))
    partly = {(one["kind"], one["month"]) for one in done["mended"] if one["gaps"]}
    for one in done["open"]:
        told = _("{month} {kind}排班补不上：{why}")
        if (one["kind"], one["month"]) in partly:
            told = _("{month} {kind}排班补不全：{why}")
        word = kind_word(desk, one["kind"])
        lines.append(told.format(month=one["month"], kind=word, why=one["why"]))
    return lines

"""`wuye notices`: what residents will ask about; the steps are made from the table of the kind."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context, key_of
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.matters import matter_app
from wuye_tui.cli.notice_text import add_to
from wuye_tui.cli.wording import word_of
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.notices import Notice

app = matter_app("notice")
add_to(app)


@app.command("now", help=_("现在有效的通知和对业主的回答"))
@listing
def now(
    ctx: typer.Context,
    unit: Annotated[str, typer.Option("--unit", help=_("只看这一户的"), metavar=_("<房号>"))] = "",
) -> Listing:
    from wuye_tui.registers.notices import current

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    found = current(desk, unit)

    def said(one: "Notice") -> dict[str, Any]:
        unreported = _("{text}（部门未报）")
        return {
            "number": one.number,
            "subject": _(one.subject),
            "scope": one.scope or _("全小区"),
            "department": word_of(dict(DEPARTMENTS), one.department),
            "ends": context.when(one.ends, desk.zone) if one.ends else "",
            "asked": one.asked,
            "answer": one.answer if one.reported else unreported.format(text=one.text),
        }

    return Listing(
        _("通知"),
        [
            output.Column(_("单号"), "number"),
            output.Column(_("什么事"), "subject"),
            output.Column(_("范围"), "scope", cells=12),
            output.Column(_("责任部门"), "department", cells=10),
            output.Column(_("预计到"), "ends"),
            output.Column(_("问过"), "asked", right=True),
            output.Column(_("回答"), "answer", fold=True),
        ],
        lambda: map(said, found),
        lambda: context.zoned([asdict(one) for one in found], desk.zone),
    )


@app.command("answer", help=_("有人问起，已经按通知回答：记一个来电，不开单"))
def answer(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号"))],
    unit: Annotated[str, typer.Option("--unit", help=_("房号"), metavar=_("<房号>"))] = "",
    caller: Annotated[str, typer.Option("--caller", help=_("来电人"))] = "",
    phone: Annotated[str, typer.Option("--phone", help=_("电话"))] = "",
    words: Annotated[str, typer.Option("--text", help=_("说了什么"))] = "",
    channel: Annotated[
        str, typer.Option("--channel", help="phone visit wechat group radio letter 12345 patrol")
    ] = "phone",
    key: Annotated[
        str, typer.Option("--key", help=_("这次操作的 UUID；重复执行不会做两次"), metavar="<UUID>")
    ] = "",
) -> None:
    from wuye_tui.registers import notices

    context: Context = ctx.obj
    desk = context.desk()
    done: dict[str, Any] = desk.perform(
        "notice.answer",
        lambda act: notices.answer(
            act, number, unit=unit, caller=caller, phone=phone, words=words, channel=channel
        ),
        key_of(key),
    )
    output.emit(done if context.json else done["contact"], context.json)

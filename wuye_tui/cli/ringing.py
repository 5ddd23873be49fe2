"""`wuye calls ring` and what follows: a telephone system says that a line rings, people answer.

A telephone system acts for nobody: `ring` and `hang-up` need no staff number and no PIN.
"""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Full, Listing, Reason, listing
from wuye_tui.cli.matters import report
from wuye_tui.rules.ringing import RINGING, dialled
from wuye_tui.rules.text import masked_phone
from wuye_tui.words import _


def ring(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("来电号码；对方隐藏号码时写 -"))],
) -> None:
    from wuye_tui.registers import ringing

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    phone = dialled(number)
    report(
        context, RINGING, desk.perform("call.ring", lambda a: ringing.ring(a, phone), system=True)
    )


def hang_up(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("来电号码；对方隐藏号码时写 -"))],
) -> None:
    from wuye_tui.registers import ringing

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    phone = dialled(number)
    done = desk.perform("call.hang_up", lambda a: ringing.hang_up(a, phone), system=True)
    report(context, RINGING, done)


def answer(
    ctx: typer.Context, number: Annotated[str, typer.Argument(help=_("单号，LD 开头"))]
) -> None:
    from wuye_tui.registers import ringing

    context: Context = ctx.obj
    done = context.desk().perform("ring.answer", lambda act: ringing.answer(act, number))
    report(context, RINGING, done)


def back(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=_("单号，LD 开头"))],
    note: Annotated[str, typer.Option("--note", help=_("情况"))] = "",
) -> None:
    from wuye_tui.registers import matters

    context: Context = ctx.obj
    given: dict[str, Any] = {"note": note} if note else {}
    done = context.desk().perform(
        "ring.call_back", lambda act: matters.take(act, number, "call_back", **given)
    )
    report(context, RINGING, done)


@listing
def missed(ctx: typer.Context, full: Full = False, reason: Reason = "") -> Listing:
    from wuye_tui.registers.printed import reveal
    from wuye_tui.registers.ringing import open_lines

    context: Context = ctx.obj
    known = bool(context.settings().staff)  # whoever acts has proved it with a PIN
    desk = context.desk() if known or full else context.reading()
    lines = open_lines(desk)
    if full:
        reveal(desk, reason, len(lines))
    rows = [
        {**asdict(one), "phone": one.phone if full else masked_phone(one.phone)} for one in lines
    ]

    def words(row: dict[str, Any]) -> dict[str, Any]:
        state = _(RINGING.state_word(str(row["state"])))
        return {**row, "rang": context.when(row["rang"], desk.zone), "state": state}

    return Listing(
        _("未接来电"),
        [
            output.Column(_("单号"), "number"),
            output.Column(_("状态"), "state"),
            output.Column(_("时间"), "rang"),
            output.Column(_("电话"), "phone"),
            output.Column(_("房号"), "unit"),
            output.Column(_("姓名"), "name", cells=12),
            output.Column(_("响几声"), "rings", right=True),
        ],
        lambda: map(words, rows),
        lambda: context.zoned(rows, desk.zone),
    )


def add_to(app: typer.Typer) -> None:
    """Puts these commands beside the register of calls."""
    app.command("ring", help=_("电话系统报告一条线在响；同一号码再报就是又响一声"))(ring)
    app.command("hang-up", help=_("电话系统报告对方已挂断，没有接到的记为未接"))(hang_up)
    app.command("answer", help=_("接听正在响的线"))(answer)
    app.command("missed", help=_("正在响的和还没有回电的未接来电"))(missed)
    app.command("back", help=_("未接来电已经回电"))(back)

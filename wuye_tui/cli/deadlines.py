"""`wuye deadlines`: every running clock by due time."""

from typing import TYPE_CHECKING, Annotated

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Limit, Listing, listing
from wuye_tui.cli.nouns import about
from wuye_tui.rules.duetime import countdown, seconds_left
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.overview import ClockRow

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("deadlines"))
@listing
def main(
    ctx: typer.Context,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("只列超时的"))] = False,
    limit: Limit = None,
) -> Listing:
    from wuye_tui.registers.overview import running_clocks

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    rows = running_clocks(desk, overdue, context.most(limit, 1000))
    now = desk.now()

    def words(row: "ClockRow") -> dict[str, str]:
        return {
            "left": countdown(seconds_left(row.due, now)),
            "number": row.number,
            "clock": _(row.word),
            "clause": row.clause,
            "due": context.when(row.due, desk.zone),
            "note": _("暂按平日推算") if row.provisional else "",
        }

    return Listing(
        _("时限"),
        [
            output.Column(_("剩余"), "left"),
            output.Column(_("单号"), "number"),
            output.Column(_("时限"), "clock", fold=True),
            output.Column(_("条款"), "clause"),
            output.Column(_("到期"), "due"),
            output.Column(_("备注"), "note"),
        ],
        lambda: map(words, rows),
        lambda: context.zoned([row.as_dict() for row in rows], desk.zone),
    )

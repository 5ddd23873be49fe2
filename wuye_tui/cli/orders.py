"""`wuye orders`: departmental orders by the verbs of their table, and counted."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.complaints import UnknownGrouping
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.matters import matter_app
from wuye_tui.rules.orders import DEPARTMENTS, ORDER
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.order_figures import Statistics

FIGURES = (
    ("taken", N_("受理")),
    ("done", N_("已办")),
    ("unsolved", N_("办不了")),
    ("closed", N_("已消档")),
    ("late", N_("超时")),
)
BY_WORDS = {"department": N_("责任部门"), "cause": N_("来源"), "month": N_("月份")}
app = matter_app(ORDER.kind)


@app.command("stats", help=_("部门派工单统计：某月的，按部门、来源或月份（XX-4.3.7c）"))
@listing
def stats(
    ctx: typer.Context,
    month: Annotated[
        str, typer.Option("--month", help=_("哪个月，例如 2026-11；不写就是这个月"))
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help=_("按什么分：department 部门 cause 来源 month 月份"))
    ] = "department",
) -> Listing:
    from wuye_tui.registers.order_figures import statistics
    from wuye_tui.rules.months import month_of, parse_month

    chosen = next((code for code, word in BY_WORDS.items() if by in (code, word, _(word))), "")
    if not chosen:
        raise UnknownGrouping(by)
    context: Context = ctx.obj
    desk = context.desk(acting=False)
    today = desk.calendar.day_of(desk.now())
    asked = parse_month(month, today) if month.strip() else month_of(today)
    found = statistics(desk, asked, chosen)
    return Listing(
        _("部门派工单统计 {month}").format(month=found.month),
        [
            output.Column(_(BY_WORDS[chosen]), "what"),
            *(output.Column(_(word), name, right=True) for name, word in FIGURES),
        ],
        lambda: _in_words(found),
        found.as_dict,
    )


def _in_words(found: "Statistics") -> Iterator[dict[str, Any]]:
    departments = dict(DEPARTMENTS)
    for code, figures in found.rows.items():
        what = departments.get(code) or (PROCEDURES[code].word if code in PROCEDURES else "")
        yield {"what": _(what) if what else code or _("直接开的"), **asdict(figures)}
    yield {"what": _("合计"), **asdict(found.total)}

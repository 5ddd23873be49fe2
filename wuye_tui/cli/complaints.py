"""`wuye complaints`: made from the table of its kind, and the statistics (NB-2)."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.cli.matters import matter_app
from wuye_tui.rules.complaints import CAUSES, COMPLAINT
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.complaints import Statistics

app = matter_app(COMPLAINT.kind)
FIGURES = (
    ("taken", N_("受理")),
    ("serious", N_("严重")),
    ("major", N_("重大")),
    ("about_staff", N_("投诉员工")),
    ("answered", N_("已答复")),
    ("in_time", N_("按时答复")),
    ("closed", N_("已消档")),
    ("called_back", N_("已回访")),
    ("dissatisfied", N_("不满意")),
    ("hands", N_("转手")),
)
BY_WORDS = {"cause": N_("投诉原因"), "department": N_("责任部门"), "month": N_("月份")}


class UnknownGrouping(UsageError):
    """The statistics are not made by this."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in BY_WORDS.items())
        super().__init__(
            _("投诉不能按「{typed}」统计，可以是：{known}。").format(typed=typed, known=known)
        )


@app.command("stats", help=_("投诉统计：某月受理的，按原因、部门或月份（NB-2）"))
@listing
def stats(
    ctx: typer.Context,
    month: Annotated[
        str, typer.Option("--month", help=_("哪个月，例如 2026-11；不写就是这个月"))
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help=_("按什么分：cause 原因 department 部门 month 月份"))
    ] = "cause",
) -> Listing:
    from wuye_tui.registers.complaints import statistics
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
        _("投诉统计 {month}").format(month=found.month),
        [
            output.Column(_(BY_WORDS[chosen]), "what"),
            *(output.Column(_(word), name, right=True) for name, word in FIGURES),
        ],
        lambda: _in_words(found),
        found.as_dict,
    )


def _in_words(found: "Statistics") -> Iterator[dict[str, Any]]:
    words = dict(CAUSES if found.by == "cause" else DEPARTMENTS)
    for code, figures in found.rows.items():
        what = _(words[code]) if code in words else code or _("还没定")
        yield {"what": what, **asdict(figures)}
    yield {"what": _("合计"), **asdict(found.total)}

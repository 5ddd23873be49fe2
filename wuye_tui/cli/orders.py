"""`wuye orders`: departmental orders by the verbs of their table, and counted."""

from typing import TYPE_CHECKING, Any

from wuye_tui.cli.figures import add_stats
from wuye_tui.cli.matters import matter_app
from wuye_tui.rules.figure_words import ORDERS
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.figures import Statistics
    from wuye_tui.rules.months import Month

app = matter_app(ORDERS.kind)


def _counted(desk: "Desk", month: "Month", by: str) -> "Statistics[Any]":
    from wuye_tui.registers.order_figures import statistics

    return statistics(desk, month, by)


add_stats(app, ORDERS, _counted, _("部门派工单统计：某月的，按部门、来源或月份（XX-4.3.7c）"))

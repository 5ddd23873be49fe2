"""`wuye complaints`: made from the table of its kind, and the statistics (NB-2)."""

from typing import TYPE_CHECKING, Any

from wuye_tui.cli.figures import add_stats
from wuye_tui.cli.matters import matter_app
from wuye_tui.rules.figure_words import COMPLAINTS
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.figures import Statistics
    from wuye_tui.rules.months import Month

app = matter_app(COMPLAINTS.kind)


def _counted(desk: "Desk", month: "Month", by: str) -> "Statistics[Any]":
    from wuye_tui.registers.complaints import statistics

    return statistics(desk, month, by)


add_stats(app, COMPLAINTS, _counted, _("投诉统计：某月受理的，按原因、部门或月份（NB-2）"))

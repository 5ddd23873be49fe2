"""The door to registers that are read at the console: each function is one question."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.charge_register import Charged
    from wuye_tui.registers.figures import Statistics
    from wuye_tui.registers.receipts import Issued
    from wuye_tui.rules.months import Month

MOST = 2000


def complaints(desk: "Desk") -> "list[Statistics[Any]]":
    """The complaints of this month in figures, by everything that they are counted by."""
    from wuye_tui.registers.complaints import statistics
    from wuye_tui.rules.figure_words import COMPLAINTS

    return [statistics(desk, _month(desk), by) for by in COMPLAINTS.by]


def orders(desk: "Desk") -> "list[Statistics[Any]]":
    """The departmental orders of this month in figures, by everything that they are counted by."""
    from wuye_tui.registers.order_figures import statistics
    from wuye_tui.rules.figure_words import ORDERS

    return [statistics(desk, _month(desk), by) for by in ORDERS.by]


def receipts(desk: "Desk") -> "list[Issued]":
    """The receipts of this month, the latest first."""
    from wuye_tui.registers import receipts

    return receipts.list_receipts(desk, _begin(desk), limit=MOST)[::-1]


def charges(desk: "Desk") -> "list[Charged]":
    """What repairs were charged this month."""
    from wuye_tui.registers.charge_register import charge_register

    return charge_register(desk, _begin(desk), None, False, MOST)


def _month(desk: "Desk") -> "Month":
    from wuye_tui.rules.months import month_of

    return month_of(desk.calendar.day_of(desk.now()))


def _begin(desk: "Desk") -> datetime:
    return desk.calendar.moment(desk.calendar.day_of(desk.now()).replace(day=1))

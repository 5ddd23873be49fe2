"""The door for callbacks and their month: each function is one question.

Called in a thread, like everything in `asking`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.registers.callback_summary import Line, Summary
    from wuye_tui.registers.callbacks import Past, Spoken, Waiting
    from wuye_tui.registers.home_visits import Home
    from wuye_tui.rules.callback_figures import Figure
    from wuye_tui.rules.months import Month

MOST = 300  # homes that are offered at once


@dataclass(frozen=True)
class Board:
    """The callbacks to be made, next due first, and what to say of each sort."""

    rows: "tuple[Waiting, ...]"
    spoken: "Mapping[str, Spoken]"


def board(desk: "Desk") -> Board:
    """The callbacks that are open."""
    from wuye_tui.registers import callbacks
    from wuye_tui.rules.callback_figures import COMPLAINTS, JOBS, VISITS

    name = callbacks.speaker(desk)
    spoken = {sort: callbacks.spoken(desk, sort, name) for sort in (JOBS, COMPLAINTS, VISITS)}
    return Board(tuple(callbacks.waiting(desk)), spoken)


def homes(desk: "Desk") -> "tuple[list[Home], int]":
    """The homes whose turn for a visit it is, and after how many days it is."""
    from wuye_tui.registers import home_visits

    return home_visits.plan(desk, count=MOST), desk.reference.visit_days


def repairs_before(desk: "Desk", unit: str, but: str) -> "list[Past]":
    """The last repairs of a home, without the one that is asked about."""
    from wuye_tui.registers import callbacks

    return callbacks.repairs_before(desk, unit, but)


def last_month(desk: "Desk") -> "Month":
    """The month that is summed up first."""
    from wuye_tui.rules.months import parse_month

    return parse_month("", desk.calendar.day_of(desk.now()))


def summary(desk: "Desk", month: "Month") -> "Summary":
    """The figures of a month."""
    from wuye_tui.registers.callback_summary import summary

    return summary(desk, month)


def counted(desk: "Desk", month: "Month", figure: "Figure") -> "list[Line]":
    """The list behind a figure."""
    from wuye_tui.registers.callback_summary import counted

    return counted(desk, month, figure)

"""Days as they are typed behind `--from`, `--to` and `--day`."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from wuye_tui.rules.clock import parse_moment
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

Since = Annotated[str, typer.Option("--from", help=_("从哪一天，2026-11-01"))]
Until = Annotated[str, typer.Option("--to", help=_("到哪一天（含）"))]
Day = Annotated[
    str, typer.Option("--day", help=_("哪一天，例如 2026-11-20；不写是今天"), metavar=_("<时间>"))
]


def begin(typed: str, zone: tzinfo) -> datetime | None:
    """The first moment of a day; None where none was typed."""
    return parse_moment(f"{typed} 00:00", zone) if typed else None


def end(typed: str, zone: tzinfo) -> datetime | None:
    """The first moment after a day, or the moment that was typed; None where none was."""
    found = begin(typed, zone)
    if found is None or found.astimezone(zone).time() != time.min:
        return found
    return found + timedelta(days=1)


def duty_day_of(desk: "Desk", typed: str) -> date:
    """The duty day that was typed; the present one without. Raises UnreadableMoment."""
    from wuye_tui.registers.patrols import duty_day

    found = begin(typed, desk.zone)
    return duty_day(desk) if found is None else desk.calendar.day_of(found)

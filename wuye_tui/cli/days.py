"""Days as they are typed behind `--from` and `--to`."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Annotated

import typer

from wuye_tui.rules.clock import parse_moment
from wuye_tui.words import _

Since = Annotated[str, typer.Option("--from", help=_("从哪一天，2026-11-01"))]
Until = Annotated[str, typer.Option("--to", help=_("到哪一天（含）"))]


def begin(typed: str, zone: tzinfo) -> datetime | None:
    """The first moment of a day; None where none was typed."""
    return parse_moment(f"{typed} 00:00", zone) if typed else None


def end(typed: str, zone: tzinfo) -> datetime | None:
    """The first moment after a day, or the moment that was typed; None where none was."""
    found = begin(typed, zone)
    if found is None or found.astimezone(zone).time() != time.min:
        return found
    return found + timedelta(days=1)

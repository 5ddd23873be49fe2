"""The door of the archive and of the supervisor's desk: each function is one question or one act.

Called in a thread, like everything in `asking`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.day_records import DayCheck
    from wuye_tui.registers.lateness import Lateness
    from wuye_tui.registers.load import Counted, Loads
    from wuye_tui.registers.supervising import NightSlip
    from wuye_tui.registers.unfiled import Record
    from wuye_tui.registers.workers import Worker

MOST = 500  # records that are read at once


@dataclass(frozen=True)
class Unfiled:
    """The records that the archive waits for, and when the first week's of them are due."""

    records: "list[Record]"
    due: "datetime | None"


@dataclass(frozen=True)
class Supervised:
    """What a supervisor looks at: the day's records, days not signed, the night, lateness, load."""

    check: "DayCheck"
    days: "list[date]"
    night: "list[NightSlip]"
    late: "Lateness"
    load: "list[Worker]"
    loads: "Loads"


def unfiled(desk: "Desk") -> "Unfiled":
    """What is over and not in the archive, the oldest first, and when it has to be."""
    from wuye_tui.registers import archive, unfiled

    return Unfiled(unfiled.records(desk, limit=MOST), archive.due(desk))


def take_in(desk: "Desk", seen: Mapping[str, int], key: str) -> "Result":
    """Files these records, those that may be."""
    from wuye_tui.registers import archive

    return desk.perform("archive.file", lambda act: archive.take_in(act, seen), key)


def supervised(desk: "Desk") -> Supervised:
    """The supervisor's desk as it is now: today's records, or those of a day not signed yet."""
    from wuye_tui.registers import day_records, lateness, load, supervising, workers

    return Supervised(
        day_records.check_of(desk, supervising.first_day(desk, "")),
        supervising.days_unsigned(desk),
        supervising.unsigned(desk),
        lateness.lateness(desk),
        workers.workers(desk),
        load.load(desk),
    )


def behind(desk: "Desk", numbers: Sequence[str]) -> "list[Counted]":
    """The matters that a figure counts."""
    from wuye_tui.registers import load

    return load.lines(desk, numbers)


def check_opened(desk: "Desk", day: "date") -> str:
    """The number of a day's check, which is opened where it is not yet."""
    from wuye_tui.registers import supervising

    done = desk.perform("daycheck.open", lambda act: supervising.open_check(act, day))
    return str(done["number"])

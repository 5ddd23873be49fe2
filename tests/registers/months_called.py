"""A month of callbacks of every outcome, for the summary, its lists and its sheets."""

from tests.factories import a_repair, children, matter, move_to, on_duty, started, taken, walk_to
from tests.moulds import moulded
from wuye_tui.desk import Desk

NOVEMBER = {
    "completed": 7,
    "due": 7,
    "in_time": 3,
    "late": 1,
    "reached": 4,
    "refused": 1,
    "not_reached": 1,
    "open": 1,
    "rate": 4,
    "timely": 3,
    "satisfied": 2,
    "fair": 1,
    "dissatisfied": 1,
    "satisfaction": 2,
    "opinions": 2,
    "complaints": 0,
    "complaints_reached": 0,
    "complaints_dissatisfied": 0,
    "complaints_opinions": 0,
    "visits": 2,
    "visited": 1,
    "visits_dissatisfied": 1,
    "visits_opinions": 1,
}
"""What the month has, counted by hand."""


def finished(desk: Desk, at: str, unit: str = "3-1-502", worker: str = "GC03") -> str:
    """The number of the callback of a job that was finished then."""
    move_to(desk, at)
    number = a_repair(desk, unit=unit, upto="collected")
    taken(desk, number, "assign", staff="GC01", worker=worker)
    for verb, given in (
        ("arrive", {}),
        ("agree", {"tariff_shown": True, "damage": "老化", "minutes": 30, "consent": True}),
        ("finish", {"lines": "SX-01", "tried": True, "resident": "陈立"}),
    ):
        taken(desk, number, verb, staff=worker, **given)
    (callback,) = children(desk, number, "callback")
    return callback.number


def reached(desk: Desk, number: str, at: str, says: str, opinion: str = "", **given: str) -> None:
    """What somebody said, and when."""
    move_to(desk, at)
    taken(desk, number, "reach", satisfaction=says, opinion=opinion, **given)


@moulded
def called_through(desk: Desk) -> None:
    """Jobs finished from October 29 to November 29, each with another end, and four visits."""
    early = finished(desk, "2026-10-29 10:00")
    reached(desk, early, "2026-10-30 10:00", "satisfied")  # due in October
    before = finished(desk, "2026-10-30 11:00")  # finished in October, due in November
    reached(desk, before, "2026-10-31 10:00", "satisfied", "师傅很准时")
    in_vain = finished(desk, "2026-11-02 10:00", "3-1-501", "GC04")
    tried(desk, in_vain, "2026-11-03")
    on_the_second = finished(desk, "2026-11-04 09:00", "3-2-502", "GC04")
    visited(desk)
    reached(desk, on_the_second, "2026-11-06 09:00", "fair")
    reached(desk, finished(desk, "2026-11-07 10:00"), "2026-11-09 10:01", "satisfied")
    unhappy = finished(desk, "2026-11-10 10:00", "12-1-1203")
    reached(desk, unhappy, "2026-11-10 15:00", "dissatisfied", "[b]地上全是水，没人擦[/b]")
    taken(desk, finished(desk, "2026-11-11 10:00", "3-1-501"), "refuse")
    reworked(desk, finished(desk, "2026-11-12 10:00", "5-1-101"))  # void
    finished(desk, "2026-11-13 10:00")  # still open
    finished(desk, "2026-11-29 21:00", "3-2-502")  # due on December 1
    move_to(desk, "2026-11-30 10:00")


def visited(desk: Desk) -> None:
    """One said what is wrong, one is open, one is called off; and one is due half an hour after
    November, which in UTC has not ended then.
    """
    numbers = [
        str(started(desk, "callback", "visit", unit=unit, until=until)["number"])
        for unit, until in (
            ("3-1-501", ""),
            ("3-2-502", ""),
            ("12-1-1203", ""),
            ("5-1-101", "2026-12-01 00:30"),
        )
    ]
    said = "楼道灯一直不亮"
    reached(desk, numbers[0], "2026-11-05 10:00", "dissatisfied", said, how="visit")
    taken(desk, numbers[2], "cancel", why="搬走了")


def reworked(desk: Desk, callback: str) -> None:
    """Done again: the callback is void, and the next finish would open another."""
    slip = matter(desk, callback).parent
    walk_to(desk, slip, "verified")
    taken(desk, slip, "rework", staff="KF03", why="又漏了")


def tried(desk: Desk, number: str, day: str) -> None:
    """Three tries on three duties, in vain."""
    for hour in ("11:00", "12:30", "14:00"):
        move_to(desk, f"{day} {hour}")
        on_duty(desk, "KF01")
        taken(desk, number, "try")
    taken(desk, number, "unreachable")

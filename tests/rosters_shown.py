"""Rosters to look at, made by hand: of guards without any desk, of the duty managers in force."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from wuye_tui.desk import Desk
from wuye_tui.registers import roster_rows, rosters
from wuye_tui.rules.months import Month
from wuye_tui.rules.roster_sheets import Shown
from wuye_tui.rules.rosters import Cell, Drawn, Need, Person, RosterKind, Shift
from wuye_tui.store.acts import Act, Result

MONTH = Month(2026, 11)
MANAGERS = ("KF03", "KF04", "GC01", "GC02", "ZJ01")
POSTS = ("东门", "西门", "监控室")
SHIFTS = (
    Shift("early", "早班", time(7), time(15)),
    Shift("late", "中班", time(15), time(23)),
    Shift("night", "夜班", time(23), time(7), night=True),
)
GUARDS = RosterKind(
    "guards",
    "秩序维护",
    "ZB-3.6",
    SHIFTS,
    tuple(Need(shift.code, 1, post) for shift in SHIFTS for post in POSTS),
)


def guards(many: int = 12, version: int = 2, holidays: Iterable[date] = ()) -> Shown:
    """December of guards who go round early, late, night, off, each day at the next post."""
    days = [date(2026, 12, n) for n in range(1, 32)]
    people = [Person(f"ZX{n:02}", f"刘{'甲乙丙丁戊己庚辛'[n % 8]}{n}") for n in range(1, many + 1)]
    cells = [
        Cell(day, SHIFTS[turn].code, POSTS[(n + day.day) % len(POSTS)], one.number)
        for day in days
        for n, one in enumerate(people)
        if (turn := (n + day.day) % 4) < len(SHIFTS)
    ]
    return Shown(
        GUARDS, Month(2026, 12), people, days, cells, version, "PB-20261125-001",
        datetime(2026, 11, 25, 3, tzinfo=UTC), frozenset(holidays), frozenset(), "思兰雅苑",
    )  # fmt: skip


def in_turn(month: Month = MONTH, managers: Sequence[str] = MANAGERS) -> list[Cell]:
    """Every day the next of the duty managers, both shifts."""
    days = range(1, month.last_day.day + 1)
    return [
        Cell(date(month.year, month.month, n), shift, "", managers[n % len(managers)])
        for n in days
        for shift in ("day", "rest")
    ]


def drafted(
    desk: Desk, cells: Iterable[Cell], kind: str = "duty_manager", month: Month = MONTH
) -> str:
    """A draft of these cells; its number."""
    at = desk.as_staff("ZJ01")
    asked = rosters.asked(at, desk.reference.rosters[kind], month)
    drawn = Drawn(tuple(cells), 0, 0)
    return str(at.perform("roster.keep", lambda act: rosters.keep(act, asked, drawn))["number"])


def in_force(
    desk: Desk, cells: Iterable[Cell], kind: str = "duty_manager", month: Month = MONTH, n: int = 1
) -> str:
    """The same as a version in force, whatever the check would say of it; its number."""
    number = drafted(desk, cells, kind, month)

    def published(act: Act) -> Result:
        roster_rows.publish(act, number, kind, month, n)
        return {"number": number}

    desk.as_staff("ZJ01").perform("roster.publish", published)
    return number

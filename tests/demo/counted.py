"""What came out of a month, counted in the office's own tables."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tests.factories import rows_of
from wuye_tui.demo import events
from wuye_tui.desk import Desk
from wuye_tui.rules.line_outcomes import begins, counted_as
from wuye_tui.store.tables import Contact, DeadlineRow, Matter, Repair, StepRow, VisitRow


class Counted:
    """The rows of an office, and the shares that they come to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now: datetime = desk.now()
        self.today: date = self.day(self.now)
        self.contacts = rows_of(desk, Contact)
        self.matters = rows_of(desk, Matter)
        self.clocks = rows_of(desk, DeadlineRow)
        self.steps = rows_of(desk, StepRow)
        self.repairs = {row.matter: row for row in rows_of(desk, Repair)}
        self.visits = Counter(row.matter for row in rows_of(desk, VisitRow))
        self.storms = set(events.storms(self.today).values())

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.desk.zone).date()

    def of(self, kind: str) -> list[Matter]:
        return [row for row in self.matters if row.kind == kind]

    def each_day(self) -> Counter[date]:
        """The contacts of each whole day."""
        days = Counter(self.day(row.rang) for row in self.contacts)
        days.pop(self.today)
        return days

    def hours(self) -> Counter[int]:
        return Counter(row.rang.astimezone(self.desk.zone).hour for row in self.contacts)

    def kinds(self) -> dict[str, float]:
        """The share of each kind, on days without a storm."""
        usual = [row for row in self.contacts if self.day(row.rang) not in self.storms]
        found = Counter(_kind(row) for row in usual)
        return {kind: many / len(usual) for kind, many in found.items()}

    def late(self) -> set[str]:
        """The slips of which a clock was kept too late, or is late now."""
        slips = {row.id for row in self.of("repair")}
        late = (row for row in self.clocks if row.due and not row.void and row.matter in slips)
        return {row.matter for row in late if (row.ended or self.now) > row.due}

    def overdue(self) -> set[str]:
        """The matters of which a clock is late now."""
        running = (row for row in self.clocks if row.ended is None and row.due)
        return {row.matter for row in running if row.due < self.now}

    def open(self) -> list[Matter]:
        return [row for row in self.matters if row.closed is None]

    def old(self, kind: str, days: int = 3) -> list[Matter]:
        """The matters that were opened so many days ago."""
        return [row for row in self.of(kind) if row.opened < self.now - timedelta(days=days)]

    def verbs(self, number: str) -> list[str]:
        (one,) = [row for row in self.matters if row.number == number]
        return [row.verb for row in sorted(self.steps, key=_n) if row.matter == one.id]

    def answered(self, supply: str) -> list[Contact]:
        return [row for row in self.contacts if row.outcome == supply]


def outcomes(matters: Iterable[Matter]) -> dict[str, float]:
    """The share of each outcome."""
    found = Counter(row.outcome for row in matters if row.outcome)
    return {outcome: many / found.total() for outcome, many in found.items()}


def _n(row: StepRow) -> int:
    return row.n


def _kind(row: Contact) -> str:
    if begins(row.outcome) in ("car", "emergency"):
        return begins(row.outcome)
    return counted_as(row.category, row.outcome)

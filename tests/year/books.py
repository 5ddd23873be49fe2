"""The books kept a second time: what every debt, unit, drawer and account comes to, from the rows
alone. Nothing here comes from the program that it judges.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.year.inputs import Back, Bill, Event, Inputs, Off, Once, Opening, Spent, Taken
from tests.year.reckoned import Bills, fees_of, late_fen

AGES = (0, 30, 60, 90, 180)
LATE = "late"


@dataclass
class Debt:
    """One charge: what of it was paid and let off, and when."""

    unit: str
    fee: str
    period: str
    source: str
    fen: int
    due: date | None
    settled: int = 0
    waived: int = 0
    moved: list[tuple[date, int]] = field(default_factory=list)
    late: int = 0  # late fees of it that were charged already

    @property
    def open(self) -> int:
        """What is still owed of it."""
        return self.fen - self.settled - self.waived


@dataclass
class _Receipt:
    """What a payment did, so that it can be taken back."""

    tenders: tuple[tuple[str, int], ...]
    settled: list[tuple[Debt, int]]
    unit: str
    prepaid: int = 0
    deposit: str = ""


class Books:
    """Kept from the first row to the last."""

    def __init__(self, given: Inputs, fees_file: Path) -> None:
        self.given, self.fees = given, fees_of(fees_file)
        self.debts: list[Debt] = []
        self.prepaid: Counter[str] = Counter()
        self.deposits: Counter[tuple[str, str]] = Counter()
        self.drawer: Counter[tuple[date, str]] = Counter()
        self.told: Counter[tuple[str, str, str]] = Counter()  # month, what of a fee, and the fee
        self._bills = Bills(given, self.fees)
        self._open: dict[str, list[Debt]] = {}
        self._receipts: dict[str, _Receipt] = {}
        self._written = 0

    def write(self) -> None:
        """Everything that was put into the rows since."""
        for event in self.given.events[self._written :]:
            self._write(event)
            self._written += 1

    def _tell(self, day: date, what: str, of: str, fen: int) -> None:
        self.told[f"{day:%Y-%m}", what, of] += fen

    def _write(self, event: Event) -> None:
        match event:
            case Bill():
                for line in self._bills.of(event.period, event.fees):
                    self._owe(Debt(*_of(line)), event.day)
                for unit in sorted(one for one, fen in self.prepaid.items() if fen):
                    self._use_prepaid(event.day, unit)
            case Opening():
                self._begin(event)
            case Once():
                period = event.day.strftime("%Y-%m")
                source = f"{event.unit} {event.name}"
                debt = Debt(event.unit, event.fee, period, source, event.fen, event.day)
                self._owe(debt, event.day)
            case Taken():
                self._take(event)
            case Back():
                self._give_back(event)
            case Off():
                self._let_off(event)
            case Spent():
                self._tell(event.day, "spent", event.category, event.fen)
                self.drawer[event.day, event.means] -= event.fen

    def _owe(self, debt: Debt, billed: date | None) -> None:
        self.debts.append(debt)
        self._open.setdefault(debt.unit, []).append(debt)
        if billed:
            self._tell(billed, "billed", debt.fee, debt.fen)

    def _begin(self, row: Opening) -> None:
        if row.what == "prepaid":
            self.prepaid[row.unit] += row.fen
        elif self.fees.get(row.what, {}).get("how") == "deposit":
            self.deposits[row.unit, row.what] += row.fen
        else:
            source = f"{row.unit} opening"
            self._owe(Debt(row.unit, row.what, row.period, source, row.fen, row.due), None)

    def _in_turn(self, units: tuple[str, ...]) -> list[Debt]:
        """Open ones, the oldest first."""
        found = []
        for unit in units:
            mine = [one for one in self._open.get(unit, []) if one.open]
            self._open[unit] = mine
            found += mine
        return sorted(found, key=lambda o: (o.due or date.min, o.period, o.unit, o.source, o.fee))

    def _late(self, debt: Debt, today: date) -> int:
        fee = self.fees.get(debt.fee, {})
        return max(0, late_fen(fee, debt.due, debt.fen, debt.moved, today) - debt.late)

    def _take(self, row: Taken) -> None:
        left = sum(fen for _means, fen in row.tenders)
        for means, fen in row.tenders:
            self.drawer[row.day, means] += fen
        done = _Receipt(row.tenders, [], row.units[0], deposit=row.deposit)
        self._receipts[row.name] = done
        if row.deposit:
            self.deposits[row.units[0], row.deposit] += left
            return
        for debt in self._in_turn(row.units):
            if not left:
                break
            late = 0 if row.without_late else self._late(debt, row.day)
            part = min(left, debt.open)
            left -= part
            self._settle(done, debt, part, row.day)
            if not debt.open and late:
                more = Debt(
                    debt.unit, LATE, row.day.isoformat(), debt.source, late, row.day,
                )  # fmt: skip
                debt.late += late
                self._owe(more, row.day)
                part = min(left, late)
                left -= part
                self._settle(done, more, part, row.day)
        self.prepaid[row.units[0]] += left
        done.prepaid = left

    def _settle(self, done: _Receipt, debt: Debt, fen: int, day: date) -> None:
        if fen:
            debt.settled += fen
            debt.moved.append((day, fen))
            done.settled.append((debt, fen))
            self._tell(day, "collected", debt.fee, fen)

    def _use_prepaid(self, day: date, unit: str) -> None:
        left = self.prepaid[unit]
        for debt in self._in_turn((unit,)):
            part = min(left, debt.open)
            if part:
                debt.settled += part
                debt.moved.append((day, part))
                left -= part
                self._tell(day, "collected", debt.fee, part)
        self.prepaid[unit] = left

    def _give_back(self, row: Back) -> None:
        if not row.of:
            self.drawer[row.day, row.means] -= row.fen
            if row.part:
                self.deposits[row.unit, row.part] -= row.fen
            else:
                self.prepaid[row.unit] -= row.fen
            return
        done = self._receipts.pop(row.of)
        for means, fen in done.tenders:
            self.drawer[row.day, means] -= fen
        for debt, fen in done.settled:
            debt.settled -= fen
            debt.moved.append((row.day, -fen))
            self._tell(row.day, "collected", debt.fee, -fen)
            if debt not in self._open.setdefault(debt.unit, []):
                self._open[debt.unit].append(debt)
        self.prepaid[done.unit] -= done.prepaid
        if done.deposit:
            self.deposits[done.unit, done.deposit] -= sum(fen for _means, fen in done.tenders)

    def _let_off(self, row: Off) -> None:
        named = row.unit, row.fee, row.period, row.source
        debt = next(
            o for o in self.debts if (o.unit, o.fee, o.period, o.source) == named and o.open
        )
        fen = debt.open if row.wrong else row.fen
        debt.waived += fen
        debt.moved.append((row.day, fen))
        self._tell(row.day, "reversed" if row.wrong else "waived", debt.fee, fen)

    # What they come to

    def by(self, what: str) -> dict[str, tuple[int, int, int, int]]:
        """Billed, waived, settled and open: by fee, period, building or kind of unit."""
        units = {one.label: one for one in self.given.units}
        found: dict[str, list[int]] = {}
        for one in self.debts:
            key: str = {
                "fee": one.fee, "period": one.period[:7],
                "building": units[one.unit].building, "kind": units[one.unit].kind,
            }[what]  # fmt: skip
            sums = found.setdefault(key, [0, 0, 0, 0])
            for n, fen in enumerate((one.fen, one.waived, one.settled, one.open)):
                sums[n] += fen
        return {key: (b, w, s, o) for key, (b, w, s, o) in found.items()}

    def ages(self, today: date) -> dict[str, list[int]]:
        """What each unit owes by how long it is overdue, and at the end its late fees."""
        found: dict[str, list[int]] = {}
        for one in self.debts:
            if one.open:
                sums = found.setdefault(one.unit, [0] * (len(AGES) + 2))
                past = (today - one.due).days if one.due else 0
                sums[sum(past > age for age in AGES)] += one.open
                sums[-1] += self._late(one, today)
        return found

    def taken(self, day: date) -> dict[str, int]:
        """By each means on a day."""
        return {means: fen for (when, means), fen in self.drawer.items() if when == day and fen}

    def published(self, month: str, what: str) -> dict[str, int]:
        """What of each fee was billed, reversed, waived or collected in a month, or spent of each
        category.
        """
        return {
            of: fen for (when, name, of), fen in self.told.items() if (when, name) == (month, what)
            if fen
        }  # fmt: skip

    def held(self) -> tuple[int, int]:
        """All that is prepaid, and all deposits."""
        return self.prepaid.total(), self.deposits.total()

    def of_unit(self, unit: str) -> int:
        """What a unit owes less what it has prepaid."""
        return sum(one.open for one in self.debts if one.unit == unit) - self.prepaid[unit]

    def lines(self) -> Iterator[Mapping[str, Any]]:
        """Every debt as a row of a sheet."""
        for one in self.debts:
            yield {
                "unit": one.unit, "fee": one.fee, "period": one.period, "source": one.source,
                "due": one.due, "fen": one.fen, "settled": one.settled, "waived": one.waived,
            }  # fmt: skip


def _of(line: Any) -> tuple[Any, ...]:
    return line.unit, line.fee, line.period, line.source, line.fen, line.due

"""The training office's money for a year, through the verbs: every day somebody pays, and whatever
was taken is written down as an input of the second reckoning.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.year import dunning, oldbooks
from tests.year.inputs import Bill, LessRow, PoolRow, PriceRow, ReadingRow, SpaceRow, Spent
from tests.year.office import MANAGER, YEAR
from tests.year.paying import Paying
from tests.year.reckoned import DIGITS, last_of, meter_of
from wuye_tui.desk import Act, Result
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import (
    bills,
    counter,
    dayclose,
    fee_terms,
    fees,
    meters,
    pools,
    spending,
    ticking,
)
from wuye_tui.rules.accounts import CASH
from wuye_tui.rules.fees import parse_price
from wuye_tui.rules.months import Month
from wuye_tui.rules.payments import Tender
from wuye_tui.rules.spending import Category

EARLY, LATER = ("management", "parking", "heating"), ("water", "electricity", "shared_power")
PRICES = (
    PriceRow("management", "home", "2.45", date(2025, 1, 1), date(2026, 7, 15)),
    PriceRow("management", "home", "2.5833", date(2026, 7, 16), None),
    PriceRow("management", "shop", "6.8", date(2025, 1, 1), None),
    PriceRow("parking", "", "80", date(2025, 1, 1), None),
    PriceRow("heating", "", "5.4", date(2025, 1, 1), None),
    PriceRow("water", "", "3.85", date(2025, 1, 1), date(2026, 4, 19)),
    PriceRow("water", "", "4.0125", date(2026, 4, 20), None),
    PriceRow("electricity", "", "0.5683", date(2025, 1, 1), None),
)


class Year(Paying):
    """The office's days."""

    def __init__(self, folder: Path, buildings: Collection[str] = ()) -> None:
        super().__init__(folder, buildings)
        self.refused: list[str] = []
        self._habits = {one.label: self.draw.random() for one in self.given.units}
        self._figures: dict[tuple[str, str], int] = {}

    def months(self, first: int = 1, last: int = 12) -> Iterator[Month]:
        """Each month is lived, and given back when it is closed."""
        self._begin()
        for month in range(first, last + 1):
            self._live(Month(YEAR, month))
            yield Month(YEAR, month)

    def _begin(self) -> None:
        """Prices, spaces, empty homes, and what the meters showed on the last day before."""
        self.given.prices += PRICES
        homes = [one.label for one in self.given.units if one.kind == "home"]

        def first(act: Act) -> Result:
            for one in PRICES[:1] + PRICES[2:6] + PRICES[7:]:
                fees.set_price(act, one.fee, parse_price(one.price), one.begins, one.kind)
            for n, label in enumerate(homes[::4], 1):
                begins = date(YEAR, 1, 1) + timedelta(days=self.draw.choice((0, 0, 0, 40, 133)))
                row = SpaceRow(label, "parking", f"B-{n:03d}", begins, None)
                self.given.spaces.append(row)
                fee_terms.add_term(act, label, "parking", "space", begins, subject=row.subject)
            for label in homes[7::30]:
                begins = date(YEAR, 2, 11) + timedelta(days=self.draw.randrange(90))
                ends = begins + timedelta(days=self.draw.randrange(20, 120))
                self.given.less.append(LessRow(label, "management", 50, begins, ends))
                fee_terms.add_term(
                    act, label, "management", "vacant", begins, ends, percent=50,
                    why="空置", approver=MANAGER, proven=(MANAGER,),
                )  # fmt: skip
            return {}

        self.act("fees.set", first)
        self._read(date(YEAR - 1, 12, 31))
        oldbooks.brought(self)

    def _live(self, month: Month) -> None:
        first, last = date(month.year, month.month, 1), last_of(month.year, month.month)
        self.at(first, 8, 40)
        self._bill(month, EARLY)
        for row in (PRICES[1], PRICES[6]):  # a new price is known before its month is billed
            if (row.begins.year, row.begins.month) == (month.year, month.month + 1):
                price = parse_price(row.price)
                self.act(
                    "fees.set",
                    partial(_priced, fee=row.fee, price=price, begins=row.begins, kind=row.kind),
                )
        day = first
        while day <= last:
            self._day(day, last)
            day += timedelta(days=1)

    def _day(self, day: date, last: date) -> None:
        self.at(day, 9)
        if day.day in (10, 20) or day == last:
            self._dun(day)
        if day.weekday() < 5:
            self.some_days(day)
        for minute, unit in enumerate(self._comers(day)):
            self.at(day, 9 + minute // 10 % 8, minute % 10 * 6)
            self.pay(unit)
        if day == last:
            self.at(day, 17, 10)
            self._read(day)
            self._pool(day)
            self._bill(Month(day.year, day.month), LATER)
            self._spend(day)
        self.at(day, 17, 45)
        self._close(day)

    def _comers(self, day: date) -> list[str]:
        """Most pay in the days after the bills, some by the quarter, a few late, or never."""
        found = []
        for n, (unit, habit) in enumerate(self._habits.items()):
            its_day = 2 + n % 24
            if habit < 0.03:
                continue
            by_quarter = 0.75 < habit < 0.88
            is_late = habit >= 0.88
            months = (3, 6, 9, 12) if by_quarter else (2, 5, 8, 11) if is_late else range(1, 13)
            if day.day == its_day and day.month in months:
                found.append(unit)
        return found

    # Bills

    def _bill(self, month: Month, fees_: tuple[str, ...]) -> None:
        bills.run(self.cashier, month, fees_, leave_out=True)
        counter.use_all_prepaid(self.cashier)
        self.given.events.append(Bill(self.today, str(month), fees_))

    def _read(self, day: date) -> None:
        """The reader's sheet: every home has a meter for water, every shop one for electricity."""
        rows: list[ReadingRow] = []
        for one in self.given.units:
            fee = {"home": "water", "shop": "electricity"}.get(one.kind, "")
            if not fee:
                continue
            key = one.label, fee
            before = self._figures.get(key)
            if before is None:
                now = self.draw.randrange(99_000_000) if len(rows) % 50 else 99_990_000
            else:
                now = before + self.draw.randrange(1, 22_000) * (90 if fee == "electricity" else 1)
            note = ""
            if before is not None and day.month == 5 and len(rows) % 97 == 3:
                now = min(now, 10**DIGITS * 1000 - 1)
                rows.append(ReadingRow(*key, _figure(now), day, "旧表止码"))
                now, note = 12_500, "新表起码"
            elif now >= 10**DIGITS * 1000:
                now, note = now - 10**DIGITS * 1000, "过零"
            self._figures[key] = now
            rows.append(ReadingRow(*key, _figure(now), day, note))
        self.given.readings += rows
        intake: Any = read_rows(self._sheet(day, rows), meters.NOUN, self.cashier.reference)
        plan = meters.plan(self.cashier, intake)
        assert not plan.bad, list(plan.bad)[:3]
        self.act("readings.import", lambda act: meters.apply(act, plan))

    def _sheet(self, day: date, rows: list[ReadingRow]) -> Path:
        file = self.folder / f"readings-{day}.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet("抄表")
            sheet.write_row(0, 0, [f"{day} 抄表"])
            heads = ["房号", "表号", "类别", "本次读数", "抄表日期", "位数", "备注"]
            sheet.write_row(1, 0, heads)
            words = {"water": "水费", "electricity": "电费"}
            for n, one in enumerate(rows, 2):
                meter = meter_of(one.unit, one.fee)
                sheet.write_row(
                    n, 0,
                    [one.unit, meter, words[one.fee], one.value, str(day), DIGITS, one.note],
                )  # fmt: skip
        return file

    def _pool(self, day: date) -> None:
        month = Month(day.year, day.month)
        for building in sorted({one.building for one in self.given.units if one.area}):
            fen = self.draw.randrange(20_000, 90_000)
            among = [o for o in self.given.units if o.building == building and o.kind != "parking"]
            if among:
                self.given.pools.append(PoolRow("shared_power", str(month), building, fen))
                self.act("fees.pool", partial(_pooled, month=month, fen=fen, building=building))

    def _spend(self, day: date) -> None:
        """What the office itself pays at the end of a month; one sum is wrong and taken back."""
        kinds = self.cashier.reference.spending
        for n, kind in enumerate(kinds):
            fen = self.draw.randrange(10_000, 9_000_000)
            work = partial(_spent, category=kind, fen=fen)
            number = str(self.act("bills.spend", work)["number"])
            self.given.events.append(Spent(day, kind.code, "transfer", fen))
            if n == day.month % len(kinds):
                self.act(
                    "bills.unspend",
                    partial(
                        spending.unspend, number=number, why="记错", second=MANAGER,
                        proven=(MANAGER,),
                    ),
                )  # fmt: skip
                self.given.events.append(Spent(day, kind.code, "transfer", -fen))

    def _close(self, day: date) -> None:
        ticking.tick(self.desk)
        cash = dayclose.day_sheet(self.cashier, day).of_means(CASH)
        self.act("bills.close", lambda act: dayclose.close_day(act, day, cash))

    def _dun(self, day: date) -> None:
        self.refused += dunning.dun(self, day)


def _priced(act: Act, fee: str, price: int, begins: date, kind: str) -> Result:
    return fees.set_price(act, fee, price, begins, kind)


def _pooled(act: Act, month: Month, fen: int, building: str) -> Result:
    return pools.put(act, "shared_power", month, fen, building)


def _spent(act: Act, category: Category, fen: int) -> Result:
    return spending.spend(act, category, Tender("transfer", fen), "当月")


def _figure(milli: int) -> str:
    return f"{milli // 1000}.{milli % 1000:03d}"

"""The old books of an office, brought in by a sheet: what tests of opening balances begin with."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.billing import CASHIER
from tests.factories import rows_of
from wuye_tui.desk import Desk, Result
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import opening
from wuye_tui.registers.opening import OpeningPlan, OpeningRefused
from wuye_tui.rules.opening import Totals
from wuye_tui.store.tables import LedgerEntry

NAMES = ("房号", "收费项目", "账期", "欠费金额", "到期日", "预存", "押金")
Row = Sequence[Any]
ROWS: tuple[Row, ...] = (
    ("3-1-502", "物业服务费", "2026-03", "219.28", "2026-03-25", "", ""),
    ("3-1-502", "水费", "2026-03", "30.00", "", "", ""),
    ("3-1-501", "期初欠费", "", "1,000.00", "", "", ""),
    ("3-1-501", "", "", "", "", "800.00", ""),
    ("5-1-101", "装修押金", "", "", "", "", "2000"),
)
SUMS = Totals(124_928, 80_000, 200_000)
DAY = date(2026, 11, 1)


class Books:
    """The old books of an office, written anew for each import."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.path = desk.as_staff(CASHIER), folder / "opening.csv"

    def plan(self, *rows: Row, names: Row = NAMES, day: date | None = DAY) -> OpeningPlan[Any]:
        """What importing these rows would do."""
        with self.path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([names, *rows])
        return opening.plan(self.desk, read_rows(self.path, "opening", self.desk.reference), day)

    def apply(self, plan: OpeningPlan[Any], sums: Totals | None = None, key: str = "") -> Result:
        """Carries a plan out; if nothing else is said, with the file's own sums."""
        asked = plan.found.sums if sums is None else sums
        return self.desk.perform("test", lambda act: opening.apply(act, plan, asked), key)

    def bring(self, *rows: Row, **asked: Any) -> Result:
        """Imports these rows."""
        return self.apply(self.plan(*rows, **asked))

    def refused(self, *rows: Row, names: Row = NAMES) -> list[tuple[int, str, str]]:
        """Rows that are not taken, with the columns and the reasons; nothing of them is written."""
        before = len(rows_of(self.desk, LedgerEntry))
        plan = self.plan(*rows, names=names)
        with pytest.raises(OpeningRefused):
            self.apply(plan)
        assert len(rows_of(self.desk, LedgerEntry)) == before
        return [(bad.row_number, bad.column, bad.reason) for bad in plan.bad]


@pytest.fixture
def books(desk: Desk, tmp_path: Path) -> Books:
    return Books(desk, tmp_path)

"""What the office's old books say on the first day of the year, brought in by their own sheet."""

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.year.inputs import Opening
from tests.year.office import YEAR, Office
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import opening
from wuye_tui.rules.opening import Totals

WORDS = {"management": "物业服务费", "decoration_deposit": "装修押金", "prepaid": ""}


def brought(year: Office) -> None:
    """Every ninth home owes the autumn, some have prepaid, some have left a deposit."""
    rows: list[Opening] = []
    day = date(YEAR, 1, 1)
    for n, one in enumerate(year.given.units):
        if one.kind == "parking":
            continue
        if n % 9 == 0:
            for month in (10, 11, 12):
                due = date(YEAR - 1, month, 25)
                fen = year.draw.randrange(10_000, 40_000)
                period = f"{YEAR - 1}-{month}"
                rows.append(Opening(day, one.label, "management", period, due, fen))
        if n % 31 == 1:
            rows.append(Opening(day, one.label, "prepaid", "", None, 50_000 + n))
        if n % 47 == 2:
            rows.append(Opening(day, one.label, "decoration_deposit", "", None, 200_000))
    sums = {"prepaid": 0, "decoration_deposit": 0, "management": 0}
    for row in rows:
        sums[row.what] += row.fen
    totals = Totals(sums["management"], sums["prepaid"], sums["decoration_deposit"])
    intake: Any = read_rows(_sheet(year.folder, rows), opening.NOUN, year.cashier.reference)
    plan = opening.plan(year.cashier, intake, day)
    year.act("bills.opening", lambda act: opening.apply(act, plan, totals))
    year.given.events += rows


def _sheet(folder: Path, rows: list[Opening]) -> Path:
    file = folder / "opening.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("期初")
        names = ["房号", "收费项目", "账期", "欠费金额", "到期日", "预存", "押金"]
        sheet.write_row(0, 0, names)
        for n, one in enumerate(rows, 1):
            sheet.write_row(n, 0, [one.unit, WORDS[one.what], one.period])
            at = {"prepaid": 5, "decoration_deposit": 6}.get(one.what, 3)
            sheet.write_number(n, at, one.fen / 100)
            sheet.write(n, 4, str(one.due or ""))
    return file

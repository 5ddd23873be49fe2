"""The office's reports beside the second reckoning, to the fen; and a sheet that a person opens."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.year.books import Books
from tests.year.living import Year
from tests.year.reckoned import days
from wuye_tui.registers import arrears, dayclose, ledger, vouchers
from wuye_tui.registers.fee_reports import collected
from wuye_tui.registers.published import published
from wuye_tui.rules.accounts import DEPOSIT, PREPAID
from wuye_tui.rules.months import Month

CODES = {"cash": "1001", "wechat": "1012.01", "alipay": "1012.02"}
"""As the office's table has them; every other means is the bank."""
REPORTS = ("fee", "period", "building", "kind")


def month_agrees(year: Year, books: Books, month: Month) -> int:
    """Compares everything that is known at the end of a month; returns how many figures."""
    books.write()
    figures = 0
    for by in REPORTS:
        ours = {
            one.code: (one.billed, one.waived, one.settled, one.open_fen)
            for one in collected(year.desk, by)
            if one.code
        }
        theirs = books.by(by)
        assert ours == theirs, (month, by, _differences(ours, theirs))
        figures += 4 * len(ours)
    today = year.today
    aged = {
        one.unit: [*one.ages, one.late_fen] for one in arrears.arrears(year.desk).rows
    }  # fmt: skip
    theirs_aged = books.ages(today)
    assert aged == theirs_aged, (month, _differences(aged, theirs_aged))
    figures += 7 * len(aged)
    for day in days(date(month.year, month.month, 1), month.last_day):
        sheet = dayclose.day_sheet(year.desk, day)
        ours_taken = {
            means: fen
            for means in {one.means for one in sheet.lines}
            if (fen := sheet.of_means(means))
        }
        assert ours_taken == books.taken(day), (day, ours_taken, books.taken(day))
        assert sheet.closed, day
        figures += len(ours_taken)
    figures += published_agrees(year, books, month) + vouchers_agree(year, books, month)
    with year.desk.read() as session:
        stands = [
            -ledger.stands_at(session, year.desk.site, account) for account in (PREPAID, DEPOSIT)
        ]
    assert tuple(stands) == books.held()
    return figures + 2


def published_agrees(year: Year, books: Books, month: Month) -> int:
    """The statement of income and expenditure of the month."""
    found, figures = published(year.desk, month, month), 0
    for what in ("billed", "reversed", "waived", "collected"):
        ours = {one.fee: fen for one in found.income if (fen := getattr(one, what))}
        theirs = books.published(str(month), what)
        assert ours == theirs, (month, what, _differences(ours, theirs))
        figures += len(ours)
    spent = {one.code: one.fen for one in found.spent}
    assert spent == books.published(str(month), "spent")
    money = sum(fen for (day, _means), fen in books.drawer.items() if f"{day:%Y-%m}" == str(month))
    assert found.money == money
    assert found.receivable == sum(one.open for one in books.debts)
    assert (found.prepaid, sum(one.fen for one in found.deposits)) == books.held()
    return figures + len(spent) + 4


def vouchers_agree(year: Year, books: Books, month: Month) -> int:
    """Each voucher of the month balances, and the accounts of money move as the drawer does."""
    made = vouchers.made(year.desk, date(month.year, month.month, 1), month.last_day)
    assert made.open_days == ()
    sums: Counter[str] = Counter()
    for one in made.vouchers:
        assert sum(line.debit - line.credit for line in one.lines) == 0
        for line in one.lines:
            sums[line.code] += line.debit - line.credit
    money: Counter[str] = Counter()
    for (day, means), fen in books.drawer.items():
        if f"{day:%Y-%m}" == str(month):
            money[CODES.get(means, "1002")] += fen
    assert {code: sums[code] for code in money} == dict(money)
    earned = books.published(str(month), "billed").get("management", 0)
    earned -= books.published(str(month), "reversed").get("management", 0)
    assert -sums["6001.01"] == earned
    return len(made.vouchers) + len(money)


def _differences(ours: Mapping[str, object], theirs: Mapping[str, object]) -> list[Any]:
    return [
        (key, ours.get(key), theirs.get(key))
        for key in sorted({*ours, *theirs})
        if ours.get(key) != theirs.get(key)
    ][:5]


def sheet_of(books: Books, file: Path) -> Path:
    """The second reckoning as a workbook: every debt, and sums by formulas."""
    with xlsxwriter.Workbook(file) as book:
        yuan = book.add_format({"num_format": "#,##0.00"})
        lines = book.add_worksheet("应收")
        lines.write_row(
            0, 0, ["房号", "项目", "账期", "来源", "到期", "应收", "已收", "减免", "未收"]
        )
        rows = list(books.lines())
        for n, one in enumerate(rows, 1):
            lines.write_row(n, 0, [one["unit"], one["fee"], one["period"], one["source"]])
            lines.write(n, 4, str(one["due"] or ""))
            for at, name in enumerate(("fen", "settled", "waived"), 5):
                lines.write_number(n, at, one[name] / 100, yuan)
            left = one["fen"] - one["settled"] - one["waived"]
            lines.write_formula(n, 8, f"=F{n + 1}-G{n + 1}-H{n + 1}", yuan, left / 100)
        for by, column in (("fee", "B"), ("period", "C")):
            sums = book.add_worksheet({"fee": "按项目", "period": "按账期"}[by])
            sums.write_row(0, 0, ["", "应收", "减免", "已收", "未收"])
            found = sorted(books.by(by).items())
            for n, (code, four) in enumerate(found, 1):
                sums.write(n, 0, code)
                for at, (letter, fen) in enumerate(zip("FHGI", four, strict=True), 1):
                    told = f"=SUMIF(应收!{column}:{column},A{n + 1},应收!{letter}:{letter})"
                    sums.write_formula(n, at, told, yuan, fen / 100)
    return file

"""Money in a file is a number that somebody adds up; everything else stays text.

* in a workbook a number with its form, a rate of collection as a percentage
* in CSV plain digits: neither thousands nor unit
* a list that another program reads as text, and what only looks like money, is as it was
"""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.billing import A_MONTH, CASHIER, OCTOBER, paid, priced, run
from tests.cli.lines import Office, typed
from tests.desks import settings_for
from wuye_tui.desk import open_desk
from wuye_tui.paper.sheets import write_list
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.locale import Number, amount, in_yuan, percent

__all__ = ["typed"]

UNIT = "3-1-502"


@pytest.fixture
def billed(typed: Office) -> Office:
    """Six homes with the bills of October; one has paid 100 yuan of its own."""
    cashier = priced(open_desk(settings_for(typed.home), StoppedClock(typed.now)))
    run(cashier, OCTOBER)
    paid(cashier, UNIT, ("cash", 10_000))
    cashier.engine.dispose()
    typed.staff = CASHIER
    return typed


def cells(path: Path) -> list[list[Any]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows()]


@pytest.mark.clause("FW-4.3")
def test_the_report_is_added_up(billed: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert billed.type("bills", "report", "-o", str(path)).status == 0
    head, fee, total = cells(path)
    at = {cell.value: n for n, cell in enumerate(head)}
    for name, fen in (("应收", 6 * A_MONTH), ("已收", 10_000), ("未收", 6 * A_MONTH - 10_000)):
        for row in (fee, total):
            cell = row[at[name]]
            assert (cell.value, cell.data_type, cell.number_format) == (
                fen / 100, "n", "#,##0.00",
            )  # fmt: skip
    rate = fee[at["收缴率"]]
    assert (rate.value, rate.number_format) == (0.076, "0.00%")
    assert fee[at["减免"]].value is None, "nothing was let off"
    assert (fee[at["欠费户"]].value, fee[0].data_type) == (6, "s")


@pytest.mark.clause("FW-4.3")
def test_csv_has_plain_digits(billed: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert billed.type("bills", "report", "-o", str(path)).status == 0
    fee, _total = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    assert (fee["应收"], fee["已收"], fee["收缴率"]) == ("1315.68", "100.00", "7.60%")
    assert "1,315.68元" in billed.type("bills", "report").out, "to be read by a person"


def test_what_stands_in_the_tax_list_is_text(billed: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert billed.type("receipts", "invoices", "-o", str(path)).status == 0
    rows = cells(path)
    assert len(rows) > 1
    assert all(cell.data_type == "s" for row in rows for cell in row if cell.value is not None)


class Column:
    def __init__(self, key: str, right: bool) -> None:
        self.title = self.key = key
        self.right = right


@pytest.mark.parametrize("fen", [0, 5, -5, 123_456, -100_000_000, 10**12])
def test_a_sum_is_the_same_number_in_each_form(tmp_path: Path, fen: int) -> None:
    columns = [Column("words", False), Column("sum", True)]
    rows = [{"words": amount(fen), "sum": amount(fen)}]
    for ending in ("xlsx", "csv"):
        write_list(tmp_path / f"a.{ending}", "a", columns, rows, list)
    (_head, (words, sum_)) = cells(tmp_path / "a.xlsx")
    assert (words.value, words.data_type) == (str(amount(fen)), "s"), "only what is set like sums"
    assert round(sum_.value * 100) == fen
    (_names, (_words, plain)) = csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")))
    assert plain == f"{fen / 100:.2f}"


def test_words_that_say_a_number_stay_words() -> None:
    assert [amount(-123_456), in_yuan(5), percent(9650)] == ["-1,234.56元", "0.05", "96.50%"]
    assert [one.plain for one in (amount(-123_456), in_yuan(5), percent(9650))] == [
        "-1234.56", "0.05", "96.50%",
    ]  # fmt: skip
    assert f"{amount(5)}" == "0.05元"
    assert isinstance(amount(5), Number)

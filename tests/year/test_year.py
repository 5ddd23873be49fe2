"""A building's year: billed, paid, dunned and closed month by month, and reckoned a second time."""

from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.lines import Office
from tests.year import dunning
from tests.year.books import Books
from tests.year.compared import month_agrees, sheet_of
from tests.year.inputs import PriceRow, Taken
from tests.year.living import Year
from wuye_tui.demo.roster import CASHIER
from wuye_tui.registers.checking import check

FEES = Path("data/fees.toml")
BUILDINGS = ("B",)


def cells(file: Path, sheet: str = "") -> list[list[Any]]:
    """The rows of a workbook below its heads, money in fen."""
    book = CalamineWorkbook.from_path(file)
    rows = book.get_sheet_by_name(sheet or book.sheet_names[0]).to_python()
    at = next(n for n, row in enumerate(rows) if "应收" in row)
    return [[one if n == 0 else fen_of(one) for n, one in enumerate(row)] for row in rows[at + 1 :]]


def fen_of(cell: Any) -> int:
    """A cell with an amount, whether it is a number or was written as text."""
    said = str(cell).replace(",", "").removesuffix("元")
    return round(Decimal(said) * 100) if said and not said.endswith("%") else 0


@pytest.mark.clause("KF-3.4")
@pytest.mark.clause("FW-4.2")
def test_its_first_two_months_agree_with_a_second_reckoning_to_the_fen(tmp_path: Path) -> None:
    year = Year(tmp_path, BUILDINGS)
    books = Books(year.given, FEES)
    for month in islice(year.months(), 2):
        assert month_agrees(year, books, month) > 400
    assert check(year.desk).findings == []


@pytest.mark.slow
@pytest.mark.clause("KF-3.4")
@pytest.mark.clause("FW-4.2")
def test_a_years_reports_agree_with_a_second_reckoning_to_the_fen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = Year(tmp_path, BUILDINGS)
    books = Books(year.given, FEES)
    for month in year.months():
        assert month_agrees(year, books, month) > 400
    assert check(year.desk).findings == []
    # The year has all of it, so that what agrees is not nothing.
    billed = {fee: sums[0] for fee, sums in books.by("fee").items()}
    everything = {"management", "parking", "heating", "water", "electricity", "shared_power",
                  "card", "late"}  # fmt: skip
    assert {fee for fee, fen in billed.items() if fen} == everything
    assert all(books.held())
    taken = [one for one in year.given.events if isinstance(one, Taken)]
    assert any(len(one.tenders) > 1 for one in taken)
    assert any(one.deposit for one in taken)
    steps = dunning.steps(year)
    assert all(steps[verb] for verb in ("register", "remind", "promise", "letter", "paid"))
    beside = sheet_of(books, tmp_path / "independent.xlsx")
    office = Office(tmp_path, capsys)
    office.now = datetime(2026, 12, 31, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    for by, name in (("fee", "按项目"), ("period", "按账期")):
        file = tmp_path / f"{by}.xlsx"
        ran = office.type("bills", "report", "--by", by, "-o", str(file), staff=CASHIER)
        assert ran.status == 0, ran.err
        words = {one.code: one.word for one in year.desk.reference.fees} | {"late": "违约金"}
        theirs = {words.get(code, code): rest for code, *rest in cells(beside, name)}
        ours = {word: rest[:4] for word, *rest in cells(file) if word != "合计"}
        assert ours == theirs


@pytest.mark.parametrize("what", ["price", "paid", "read", "spaces"])
def test_a_second_reckoning_from_other_rows_does_not_agree(tmp_path: Path, what: str) -> None:
    year = Year(tmp_path, BUILDINGS)
    month = next(year.months())
    given = year.given
    match what:
        case "price":
            given.prices[0] = PriceRow(*given.prices[0][:2], "2.4501", *given.prices[0][3:])
        case "paid":
            at = next(n for n, one in enumerate(given.events) if isinstance(one, Taken))
            one = given.events[at]
            assert isinstance(one, Taken)
            means, fen = one.tenders[0]
            given.events[at] = one._replace(tenders=((means, fen + 1), *one.tenders[1:]))
        case "read":
            given.readings[-1] = given.readings[-1]._replace(value="99999.999")
        case "spaces":
            given.spaces.pop()
    with pytest.raises(AssertionError):
        month_agrees(year, Books(given, FEES), month)

"""Opening balances that are not taken (FW-4.3): whole or not at all, and never twice.

* a fen off, a row that is bad, a total of the file's own that is not its rows' sum
* the same file once more, from one desk or from two at one moment
* by whom may not bill, and while a month is being charged
"""

import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from tests.billing import CASHIER, OCTOBER, in_order, owes, priced
from tests.desks import second_desk
from tests.factories import rows_of
from tests.openings import DAY, ROWS, SUMS, Books, Row, books
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import bills, dayclose, opening
from wuye_tui.registers.opening import BillsUnderWay, NothingToOpen, OpeningRefused
from wuye_tui.rules.opening import NoAmounts, NoFees, OpeningToCome, Totals, TotalsDiffer
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.store.tables import BillRun, Charge, LedgerEntry

__all__ = ["books"]


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        (SUMS._replace(owed_fen=124_927), "欠费：表里 1,249.28元，您写的 1,249.27元，差 0.01元"),
        (SUMS._replace(prepaid_fen=0), "预存：表里 800.00元，您写的 0.00元，差 800.00元"),
        (
            SUMS._replace(deposit_fen=200_001),
            "押金：表里 2,000.00元，您写的 2,000.01元，差 -0.01元",
        ),
        (Totals(1, 2, 3), "；预存："),
    ],
)
def test_a_fen_off_and_nothing_is_written(books: Books, sums: Totals, said: str) -> None:
    plan = books.plan(*ROWS)
    with pytest.raises(TotalsDiffer, match=said):
        books.apply(plan, sums)
    assert (rows_of(books.desk, LedgerEntry), rows_of(books.desk, Charge)) == ([], [])
    assert books.apply(plan, SUMS)["number"] == "QC-20261119-001", "no number is lost"
    assert in_order(books.desk)


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("9-9-909", "水费", "2026-04", "1", "", "", ""), "房号", "9 栋"),
        (("3-502", "水费", "2026-04", "1", "", "", ""), "房号", "3-1-502、3-2-502"),
        (("3-1-502", "water", "2026年3月", "30.00", "", "", ""), "欠费金额", "第 3 行"),
        (("3-1-501", "水费", "", "", "", "5", ""), "预存", "第 5 行"),
        (("5-1-101", "", "", "", "", "", "5"), "押金", "第 6 行"),
        (("3-1-502", "水费", "2028-01", "1", "", "", ""), "账期", "还早得很"),
        (("3-1-502", "水费", "2026-04", "-1", "", "", ""), "欠费金额", "负数"),
    ],
)
def test_what_the_registers_cannot_take_is_told_and_stops_all(
    books: Books, row: Row, column: str, says: str
) -> None:
    ((number, where, why),) = books.refused(*ROWS, row)
    assert (number, where, says in why) == (7, column, True), why


def test_the_same_file_again_is_refused_row_by_row_with_the_number(books: Books) -> None:
    number = books.bring(*ROWS)["number"]
    told = books.refused(*ROWS)
    assert [(row, column) for row, column, _why in told] == [
        (2, "欠费金额"),
        (3, "欠费金额"),
        (4, "欠费金额"),
        (5, "预存"),
        (6, "押金"),
    ]
    assert all(f"已经记过了（{number}）" in why for _row, _column, why in told)
    more = books.bring(("3-1-502", "水费", "2026-04", "5", "", "", ""))
    assert more["number"] == "QC-20261119-002", "what is new may follow"
    assert in_order(books.desk)


def test_the_same_key_again_is_the_same_entry(books: Books) -> None:
    plan, key = books.plan(*ROWS), "12345678-1234-4234-8234-123456789012"
    assert books.apply(plan, SUMS, key) == books.apply(books.plan(*ROWS), SUMS, key)
    assert len(rows_of(books.desk, LedgerEntry)) == 1


def test_of_two_desks_with_one_file_the_second_finds_it_there(
    any_desk: Desk, tmp_path: Path
) -> None:
    one, other = Books(any_desk, tmp_path), Books(second_desk(any_desk, CASHIER), tmp_path)
    plan, same = one.plan(*ROWS), other.plan(*ROWS)
    one.apply(plan)
    with pytest.raises(OpeningRefused, match="5 行"):
        other.apply(same)
    assert len(rows_of(any_desk, Charge)) == 3
    assert in_order(any_desk)


def test_of_two_desks_at_one_moment_one_brings_it_in(any_desk: Desk, tmp_path: Path) -> None:
    # Of what is prepaid no index of the database would refuse the second.
    desks = [any_desk.as_staff(CASHIER), second_desk(any_desk, CASHIER)]
    plan = Books(any_desk, tmp_path).plan(ROWS[3])
    gate, came = threading.Barrier(2), list[str]()

    def work(act: Act) -> Result:
        with suppress(threading.BrokenBarrierError):  # on SQLite they take turns
            gate.wait(1)
        return opening.apply(act, plan, plan.found.sums)

    def bring(desk: Desk) -> None:
        try:
            came.append(str(desk.perform("test", work)["number"]))
        except OpeningRefused as why:
            came.append(type(why).__name__)

    threads = [threading.Thread(target=bring, args=(one,)) for one in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(came) == ["OpeningRefused", "QC-20261119-001"]
    assert owes(any_desk, "3-1-501").prepaid == {"3-1-501": 80_000}
    assert in_order(any_desk)


def test_while_a_month_is_being_charged_nothing_comes_in(books: Books) -> None:
    cashier = priced(books.desk)
    plan = books.plan(*ROWS)

    def begin(act: Act) -> Result:
        return bills._begin(act, OCTOBER, act.reference.fees)

    number = cashier.perform("bills.begin", begin)["number"]
    with pytest.raises(BillsUnderWay, match=number):
        books.apply(plan)
    bills._give_up(cashier, number)
    assert books.apply(plan)["charges"] == 3
    assert [one.state for one in rows_of(cashier, BillRun)] == ["abandoned"]


@pytest.mark.parametrize(
    ("total", "says"),
    [
        (("合计", "", "", "1249.28", "", "800", "2000"), ""),
        (("合计", "", "", "", "", "", ""), ""),
        (("总计：", "", "", "1249.27", "", "", ""), "加起来是 1,249.28元，差 -0.01元"),
        (("合计", "", "", "1249.28", "", "900", ""), "加起来是 800.00元，差 100.00元"),
    ],
)
def test_the_files_own_total_is_compared_and_never_brought_in(
    books: Books, total: Row, says: str
) -> None:
    if says:
        ((number, _column, why),) = books.refused(*ROWS, total)
        assert (number, says in why) == (7, True), why
    else:
        assert books.bring(*ROWS, total)["owed_fen"] == 124_928


def test_subtotals_are_of_the_rows_since_the_one_before(books: Books) -> None:
    subtotals = ("小计", "", "", "249.28", "", "", ""), ("小计", "", "", "1000", "", "800", "")
    rows = *ROWS[:2], subtotals[0], *ROWS[2:4], subtotals[1], ROWS[4]
    assert books.plan(*rows, ("合计", "", "", "1249.28", "", "800", "2000")).bad == ()
    wrong = (*ROWS[:2], subtotals[0], *ROWS[2:4], subtotals[0])
    assert [row for row, _column, _why in books.refused(*wrong)] == [7]


def test_columns_that_are_needed_and_days_to_come_are_said_at_once(books: Books) -> None:
    with pytest.raises(NoAmounts):
        books.plan(("3-1-502", "水费"), names=("房号", "收费项目"))
    with pytest.raises(NoFees):
        books.plan(("3-1-502", "5"), names=("房号", "欠费金额"))
    with pytest.raises(OpeningToCome, match="2026-11-20"):
        books.plan(*ROWS, day=date(2026, 11, 20))
    with pytest.raises(NothingToOpen):
        books.bring(("3-1-502", "水费", "2026-03", "0", "", "", ""))


@pytest.mark.parametrize("staff", ["KF01", "GC03"])
def test_only_who_may_bill_brings_anything_in(books: Books, staff: str) -> None:
    plan = books.plan(*ROWS)
    with pytest.raises(NotAllowed, match="记期初"):
        opening.plan(books.desk.as_staff(staff), plan.intake)
    with pytest.raises(NotAllowed, match="记期初"):
        books.desk.as_staff(staff).perform("test", lambda act: opening.apply(act, plan, SUMS))
    assert rows_of(books.desk, LedgerEntry) == []


@pytest.mark.clause("FW-4.3")
def test_an_opening_of_a_day_that_is_closed_is_posted_on_the_first_open_one(
    any_desk: Desk, tmp_path: Path
) -> None:
    books = Books(any_desk, tmp_path)
    cashier = books.desk
    for day in (DAY, date(2026, 11, 19)):
        cashier.perform("bills.close", lambda act, day=day: dayclose.close_day(act, day, 0))
    number = books.bring(*ROWS)["number"]
    (entry,) = (one for one in rows_of(cashier, LedgerEntry) if one.number == number)
    assert entry.day == date(2026, 11, 20)
    assert in_order(cashier)

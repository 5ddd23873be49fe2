"""Opening balances (FW-4.3): what the old books end with, and how it lives on in the new ones.

* what is owed falls due, bears late fees, is dunned, paid and taken back like any charge, and is
  nobody's income; what was prepaid and deposited is the unit's own
* a month that the old books speak of is not billed again
"""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.billing import (
    A_MONTH,
    HOMES,
    MANAGER,
    OCTOBER,
    charged,
    in_order,
    owes,
    paid,
    priced,
    run,
)
from tests.factories import rows_of
from tests.openings import DAY, ROWS, SUMS, Books, books
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import arrears, giving_back, ledger, statements
from wuye_tui.registers.fee_reports import collected
from wuye_tui.rules.accounts import DEPOSIT, INCOME, OPENING, PREPAID, RECEIVABLE
from wuye_tui.rules.payments import Tender
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge, LedgerEntry, Unit
from wuye_tui.store.tables.base import new_ids

__all__ = ["books"]


def stands(desk: Desk, account: str) -> int:
    """What an account stands at."""
    with desk.read() as session:
        return ledger.stands_at(session, desk.site, account)


@pytest.mark.clause("FW-4.3")
def test_the_old_books_come_in_by_one_entry_and_are_nobodys_income(
    any_desk: Desk, tmp_path: Path
) -> None:
    books = Books(any_desk, tmp_path)
    plan = books.plan(*ROWS)
    assert (plan.new, plan.bad, plan.found.sums) == (5, (), SUMS)
    assert rows_of(any_desk, LedgerEntry) == [], "a plan writes nothing"
    done = books.apply(plan, SUMS)
    assert done == {
        "number": "QC-20261119-001",
        "day": "2026-11-01",
        "charges": 3,
        **SUMS._asdict(),
    }
    (entry,) = rows_of(any_desk, LedgerEntry)
    assert (entry.number, entry.kind, entry.unit) == ("QC-20261119-001", "opening", "")
    found = {account: stands(any_desk, account) for account in (RECEIVABLE, PREPAID, DEPOSIT)}
    assert found == {RECEIVABLE: 124_928, PREPAID: -80_000, DEPOSIT: -200_000}
    assert stands(any_desk, OPENING) == 280_000 - 124_928
    assert stands(any_desk, INCOME) == 0
    both = owes(any_desk, "3-1-501", "5-1-101")
    assert (both.prepaid["3-1-501"], both.deposits) == (80_000, {"decoration_deposit": 200_000})
    assert in_order(any_desk)


def test_each_charge_is_due_on_its_day_and_late_after_it(books: Books) -> None:
    books.bring(*ROWS)
    found = {one.debt.fee: one for one in owes(books.desk, *HOMES).owed}
    assert {fee: one.debt.due for fee, one in found.items()} == {
        "management": date(2026, 3, 25),  # as the file says
        "water": date(2026, 3, 31),  # the end of its month
        "opening": DAY,  # of no month: the day of the opening
    }
    # 239 days, of which 30 are let pass; 0.05 % of 219.28 yuan for each of the others.
    assert found["management"].debt.late_fen == 2291
    assert found["water"].debt.late_fen == 0, "whose fee has none"
    listed = arrears.arrears(books.desk)
    assert [(one.unit, one.overdue_fen, one.days) for one in listed.rows] == [
        ("3-1-502", 24_928, 239),
        ("3-1-501", 100_000, 18),
    ]


def test_the_statement_and_the_report_have_it(books: Books) -> None:
    books.bring(*ROWS)
    told = [(one.what, one.more) for one in statements.statement(books.desk, "3-1-501")]
    assert told == [("期初欠费", 100_000), ("期初", -80_000)]
    told = [(one.what, one.more) for one in statements.statement(books.desk, "3-1-502")]
    assert sorted(told) == [("水费 2026-03", 3000), ("物业服务费 2026-03", 21_928)]
    for by in ("fee", "period", "building", "kind"):
        *rest, whole = collected(books.desk, by)
        assert (whole.billed, whole.settled, whole.open_fen) == (124_928, 0, 124_928)
        assert sum(one.billed for one in rest) == whole.billed
    by_month = {one.code: one.word for one in collected(books.desk, "period")[:-1]}
    assert by_month == {"": "不分月", "2026-03": "2026-03"}


def test_it_is_paid_let_off_and_given_back_like_any_other(books: Books) -> None:
    books.bring(*ROWS)
    paid(books.desk, "3-1-501", ("cash", 40_000))
    (left,) = owes(books.desk, "3-1-501").owed
    assert (left.debt.open_fen, left.settled_fen) == (60_000, 40_000)
    two = {"second": MANAGER, "proven": (MANAGER,)}

    def rest(act: Act) -> Result:
        giving_back.waive(act, left.debt.charge, 10_000, "协商", MANAGER, (MANAGER,))
        giving_back.reverse(act, left.debt.charge, "旧账记错", **two)
        money = Tender("transfer", 200_000)
        giving_back.refund(act, "5-1-101", money, "退", deposit="decoration_deposit", **two)
        return {}

    books.desk.perform("test", rest)
    after = owes(books.desk, "3-1-501", "5-1-101")
    assert (after.open_fen, after.deposits) == (0, {})
    assert stands(books.desk, INCOME) == 0, "what is taken back never was income"
    assert stands(books.desk, OPENING) == 280_000 - 124_928 + 50_000
    assert in_order(books.desk)


def test_a_month_that_is_billed_is_not_brought_in_and_one_brought_in_is_not_billed(
    books: Books,
) -> None:
    cashier = priced(books.desk)
    september = OCTOBER.before
    row = ("3-1-502", "物业服务费", str(september), "10.00", "", "", "")
    books.bring(row)
    assert run(cashier, september)["lines"] == len(HOMES) - 1
    assert owes(cashier, "3-1-502").open_fen == 1000
    number = run(cashier, OCTOBER)["number"]
    ((_row, column, why),) = books.refused(("3-1-502", "物业服务费", "2026-10", "1", "", "", ""))
    assert (column, number in why) == ("欠费金额", True), why
    # Of what was charged by hand nobody can say that it is the same.
    charged(cashier, "3-1-501", 500)
    books.bring(("3-1-501", "门禁卡工本费", "2026-11", "5", "", "", ""))
    assert owes(cashier, "3-1-501").open_fen == 2 * A_MONTH + 1000
    assert in_order(cashier)


def test_several_amounts_of_a_unit_may_stand_in_one_row(books: Books) -> None:
    done = books.bring(("3-1-502", "水费", "2026-03", "1.00", "", "2.00", "3.00"))
    assert [done[f"{name}_fen"] for name in ("owed", "prepaid", "deposit")] == [100, 200, 300]
    found = owes(books.desk, "3-1-502")
    assert (found.open_fen, found.prepaid["3-1-502"]) == (100, 200)
    assert found.deposits == {"decoration_deposit": 300}


def test_a_month_to_come_is_told(books: Books) -> None:
    plan = books.plan(("3-1-502", "车位服务费", "2027-01", "80", "", "", ""))
    assert [(one.row_number, one.column) for one in plan.told] == [(2, "账期")]
    assert books.apply(plan)["charges"] == 1


def test_three_rows_for_each_of_1200_units(books: Books) -> None:
    labels = [f"20-{n // 100 + 1}-{n % 100 + 101}" for n in range(1200)]

    def work(act: Act) -> Result:
        act.insert(
            Unit,
            *(
                {"id": new, "label": label, "building": "20", "entrance": label.split("-")[1],
                 "room": label.split("-")[2], "flags": []}
                for new, label in zip(new_ids(len(labels)), labels, strict=True)
            ),
        )  # fmt: skip
        return {}

    books.desk.perform("test", work)
    rows = [
        row
        for label in labels
        for row in (
            (label, "物业服务费", "2026-09", "219.28", "", "", ""),
            (label, "水费", "2026-09", "30", "", "", ""),
            (label, "", "", "", "", "100", ""),
        )
    ]
    done = books.bring(*rows)
    assert (done["charges"], done["owed_fen"]) == (2400, 1200 * 24_928)
    with books.desk.read() as session:
        units = table_of(Charge).c.unit
        query = select(units).where(table_of(Charge).c.site == books.desk.site).distinct()
        assert len(session.execute(query).all()) == 1200
    assert in_order(books.desk)

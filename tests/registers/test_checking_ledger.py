"""What `wuye check` finds of money that another tool has changed (FW-4.3)."""

import pytest

from tests.billing import A_MONTH, OCTOBER, charged, in_order, paid, priced, run
from tests.store.test_chain import behind_our_back
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import bills, contacts, dayclose, ledger
from wuye_tui.registers.checking import check
from wuye_tui.rules import receipts, roster_refusals
from wuye_tui.rules.accounts import CASH, EXPENSE, PREFIXES, SPENT, Line
from wuye_tui.rules.procedures import PROCEDURES

CHANGED = {
    "a posting": "UPDATE posting SET fen = fen + 1 WHERE account = 'cash'",
    "both of an entry": "UPDATE posting SET fen = 2 * fen WHERE account IN ('cash', 'receivable')"
    " AND entry LIKE 'SK-%'",
    "a balance": "UPDATE balance SET fen = fen - 5 WHERE account = 'income'",
    "what is settled": "UPDATE charge SET settled_fen = settled_fen + 1 WHERE settled_fen > 0",
    "what is waived": "UPDATE charge SET waived_fen = 7 WHERE settled_fen = 0",
    "a bill": "UPDATE charge SET fen = fen - 100 WHERE source = '3-1-501'",
    "whose bill it is": "UPDATE charge SET source = '9-9-999' WHERE source = '3-1-501'",
    "a bill less": "DELETE FROM charge WHERE source = '3-1-501'",
    "a bill more": "INSERT INTO charge (site, id, unit, fee, period, source, fen, waived_fen, at,"
    " run, settled_fen) SELECT site, 'x', unit, fee, period, 'x', fen, 0, at, run, 0 FROM charge"
    " WHERE source = '3-1-501'",
    "an entry": "UPDATE ledger_entry SET unit = '3-1-501' WHERE kind = 'payment'",
    "an entry less": "DELETE FROM ledger_entry WHERE kind = 'payment'",
    "a receipt": "UPDATE receipt SET fen = fen + 1",
    "a receipt less": "DELETE FROM receipt",
    "who paid": "UPDATE private SET name = '李四' WHERE name = '陈立' AND owner LIKE 'SK-%'",
}


@pytest.mark.clause("FW-4.3")
@pytest.mark.parametrize("what", CHANGED)
def test_money_that_was_changed_with_another_tool_is_found(desk: Desk, what: str) -> None:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    charged(cashier, "5-1-101", 300)
    paid(cashier, "3-1-502", ("cash", A_MONTH), payer="陈立")
    assert in_order(cashier)
    found = behind_our_back(desk, CHANGED[what])
    assert any("触发器" not in one for one in found), found


def test_money_in_a_day_that_was_closed_before_is_found(desk: Desk) -> None:
    cashier, today = priced(desk), desk.calendar.day_of(desk.now())
    paid(cashier, "3-1-502", ("cash", A_MONTH), prepay=True)
    cashier.perform("bills.close", lambda act: dayclose.close_day(act, today, A_MONTH))
    assert in_order(cashier)
    lines = Line(EXPENSE, "office", 100), Line(CASH, "cash", -100)

    def late(act: Act) -> Result:
        return {"number": ledger.post(act, ledger.Entry(SPENT, lines, day=today))}

    cashier.perform("test", late)
    assert check(cashier).findings == [f"{today} 日结以后账目变过。"]


def test_a_number_means_one_thing() -> None:
    given = [
        *(cycle.prefix for cycle in PROCEDURES.values()),
        *PREFIXES.values(),
        *(bills.PREFIX, dayclose.PREFIX, contacts.PREFIX, receipts.PREFIX),
        *roster_refusals.PREFIXES,
    ]
    assert len(given) == len(set(given)), sorted(given)

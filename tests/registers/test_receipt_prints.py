"""How often a receipt was printed (BX-16): counted before the paper, each one once, by whom."""

from threading import Thread

import pytest

from tests.billing import CASHIER, MANAGER, charged, in_order, paid, priced
from tests.desks import second_desk
from tests.factories import a_repair, move_to, taken
from tests.store.test_chain import behind_our_back
from wuye_tui.desk import Desk, new_key
from wuye_tui.registers import dayclose, receipts, refunds
from wuye_tui.registers.receipt_prints import counted, prints_of
from wuye_tui.rules.refusals import NotAllowed

ONE, TWO = "SJ-2026-000001", "SJ-2026-000002"


def issued(desk: Desk) -> str:
    """A receipt of the counter."""
    cashier = priced(desk)
    charged(cashier, "3-1-502", 1500)
    return str(paid(cashier, "3-1-502", ("cash", 1500), payer="陈立")["receipt"])


@pytest.mark.clause("BX-16")
def test_each_printing_has_the_next_number_its_moment_and_its_name(any_desk: Desk) -> None:
    number = issued(any_desk)
    first = counted(any_desk.as_staff(CASHIER), [number])[number]
    move_to(any_desk, "16:30")
    again = counted(any_desk.as_staff(MANAGER), [number])[number]
    assert [(one.n, one.by_name) for one in (first, again)] == [(1, "陈静"), (2, "高远")]
    assert again.at == any_desk.now() > first.at
    assert prints_of(any_desk, number.lower()) == [first, again]
    assert in_order(any_desk)


def test_a_repeat_with_the_same_key_is_the_same_printing(desk: Desk) -> None:
    number, key = issued(desk), new_key()
    cashier = desk.as_staff(CASHIER)
    assert counted(cashier, [number], key) == counted(cashier, [number], key)
    assert counted(cashier, [number])[number].n == 2


def test_each_receipt_is_counted_by_itself(desk: Desk) -> None:
    issued(desk)
    slip = a_repair(desk, upto="finished")
    taken(desk, slip, "pay", staff=CASHIER, means="cash", paid_by="陈立")
    cashier = desk.as_staff(CASHIER)
    counted(cashier, [TWO])
    both = counted(cashier, [TWO, ONE, TWO])
    assert {number: one.n for number, one in both.items()} == {ONE: 1, TWO: 2}


@pytest.mark.clause("FW-1.6")
def test_a_plumber_prints_no_receipts_and_nothing_is_counted(desk: Desk) -> None:
    number = issued(desk)
    with pytest.raises(NotAllowed, match="打印收据"):
        counted(desk.as_staff("GC03"), [number])
    assert prints_of(desk, number) == []


def test_of_several_at_one_moment_each_has_a_number_of_its_own(any_desk: Desk) -> None:
    number = issued(any_desk)
    cashier = any_desk.as_staff(CASHIER)
    desks, seen = [second_desk(cashier, CASHIER) for _ in range(4)], list[int]()

    def work(one: Desk) -> None:
        seen.append(counted(one, [number])[number].n)

    threads = [Thread(target=work, args=(one,)) for one in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for one in desks:
        one.engine.dispose()
    assert sorted(seen) == [1, 2, 3, 4]
    assert in_order(any_desk)


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE receipt_print SET \"by\" = 'ZJ01' WHERE n = 1",
        "DELETE FROM receipt_print WHERE n = 1",
        "DELETE FROM receipt_print",
        "UPDATE receipt_print SET number = 'SJ-2026-000009'",
    ],
)
def test_printings_that_were_changed_with_another_tool_are_found(desk: Desk, sentence: str) -> None:
    number = issued(desk)
    for _turn in range(2):
        counted(desk.as_staff(CASHIER), [number])
    assert in_order(desk)
    found = behind_our_back(desk, sentence)
    assert any("触发器" not in one for one in found), found


@pytest.mark.clause("FW-4.3", "BX-16")
def test_a_refund_tells_all_that_its_paper_says(any_desk: Desk) -> None:
    number = issued(any_desk)
    cashier = any_desk.as_staff(CASHIER)
    today = any_desk.calendar.day_of(any_desk.now())
    cashier.perform("close", lambda act: dayclose.close_day(act, today, 1500))
    back = cashier.perform(
        "refund", lambda act: receipts.refund(act, number, "搬走了", MANAGER, (MANAGER,))
    )
    one = refunds.show(any_desk, str(back["number"]).lower())
    assert (one.number, one.receipt, one.unit, one.payer) == (
        back["number"], number, "3-1-502", "陈立",
    )  # fmt: skip
    assert (one.fen, one.lines, one.means) == (
        1500, [("门禁卡工本费 2026-11", 1500)], [("cash", 1500)],
    )  # fmt: skip
    assert (one.reason, one.by_name, one.second_name) == ("搬走了", "陈静", "高远")
    assert refunds.refund_of(any_desk, receipts.show(any_desk, number).source) == one.number
    for wrong in (number, "TK-20261119-009", ""):
        with pytest.raises(refunds.UnknownRefund):
            refunds.show(any_desk, wrong)
    assert counted(cashier, [one.number])[one.number].n == 1
    assert in_order(any_desk)

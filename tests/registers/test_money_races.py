"""Two desks and the same money at the same moment, on PostgreSQL: nothing is taken twice, given
back twice or posted into a day that is being closed.

The first desk holds its act open until the other waits for it, so that the other has looked before.
"""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.billing import A_MONTH, CASHIER, MANAGER, NOVEMBER, in_order, owes, paid, priced, run
from tests.desks import second_desk
from tests.registers.test_keys_and_conflicts import at_once
from wuye_tui.desk import Desk
from wuye_tui.registers import counter, dayclose, giving_back, owed, receipts
from wuye_tui.rules.payments import MoreThanOwed, Tender
from wuye_tui.store.acts import Act, Result

UNIT = "3-1-502"
pytestmark = pytest.mark.pg
Work = Callable[[Act], Result]


def raced(desk: Desk, first: Work, second: Work) -> list[Result | Exception]:
    """Both as the cashier, each at a desk of its own; the second has begun when the first ends."""
    inside = threading.Event()

    def held() -> Result:
        def work(act: Act) -> Result:
            done = first(act)
            inside.set()
            for _ in range(20_000):
                waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if act.session.execute(waits).scalar_one():
                    return done
            raise AssertionError("nobody waited")

        return desk.as_staff(CASHIER).perform("test", work)

    def after() -> Result:
        inside.wait(20)
        return other.perform("test", second)

    other = second_desk(desk, CASHIER)
    answers = at_once(held, after)
    other.engine.dispose()
    return answers


def taking(fen: int, prepay: bool = False) -> Work:
    return lambda act: counter.take(act, [UNIT], [Tender("cash", fen)], prepay=prepay)


def test_the_same_debt_is_not_settled_twice(pg_desk: Desk) -> None:
    run(priced(pg_desk), NOVEMBER)
    one, other = raced(pg_desk, taking(A_MONTH), taking(A_MONTH))
    assert not isinstance(one, Exception)
    assert isinstance(other, MoreThanOwed)
    assert owes(pg_desk, UNIT).open_fen == 0
    assert in_order(pg_desk)


def test_what_is_paid_is_not_let_off_as_well(pg_desk: Desk) -> None:
    run(priced(pg_desk), NOVEMBER)
    (charge,) = (one.debt.charge for one in owes(pg_desk, UNIT).owed)

    def waive(act: Act) -> Result:
        return giving_back.waive(act, charge, 100, "漏水", MANAGER, (MANAGER,))

    one, other = raced(pg_desk, taking(A_MONTH), waive)
    assert not isinstance(one, Exception)
    assert isinstance(other, giving_back.OpenLess)
    assert in_order(pg_desk)


def test_the_same_prepayment_is_not_given_back_twice(pg_desk: Desk) -> None:
    paid(priced(pg_desk), UNIT, ("cash", 5_000), prepay=True)

    def refund(act: Act) -> Result:
        return giving_back.refund(act, UNIT, Tender("cash", 4_000), "退", MANAGER, (MANAGER,))

    one, other = raced(pg_desk, refund, refund)
    assert not isinstance(one, Exception)
    assert isinstance(other, giving_back.HeldLess)
    assert owed.account(pg_desk, [UNIT]).prepaid == {UNIT: 1_000}
    assert in_order(pg_desk)


def test_a_receipt_is_not_given_back_twice(pg_desk: Desk) -> None:
    number = paid(priced(pg_desk), UNIT, ("cash", 5_000), prepay=True)["receipt"]

    def back(act: Act) -> Result:
        return receipts.refund(act, number, "退", MANAGER, (MANAGER,))

    one, other = raced(pg_desk, back, back)
    assert not isinstance(one, Exception)
    assert isinstance(other, giving_back.TakenBack)
    assert in_order(pg_desk)


def test_a_receipt_is_not_given_back_and_made_void(pg_desk: Desk) -> None:
    number = paid(priced(pg_desk), UNIT, ("cash", 5_000), prepay=True)["receipt"]
    one, other = raced(
        pg_desk,
        lambda act: receipts.refund(act, number, "退", MANAGER, (MANAGER,)),
        lambda act: receipts.void(act, number, "错", MANAGER, (MANAGER,)),
    )
    assert not isinstance(one, Exception)
    assert isinstance(other, giving_back.TakenBack)
    assert in_order(pg_desk)


def test_money_under_way_is_counted_in_the_day_that_is_closed(pg_desk: Desk) -> None:
    desk, today = priced(pg_desk), pg_desk.calendar.day_of(pg_desk.now())
    one, other = raced(
        desk, taking(5_000, prepay=True), lambda act: dayclose.close_day(act, today, 5_000)
    )
    assert not isinstance(one, Exception)
    assert not isinstance(other, Exception)
    assert dayclose.day_sheet(desk, today).fen == 5_000
    assert in_order(pg_desk)


def test_money_that_waited_for_the_close_is_the_next_day_s(pg_desk: Desk) -> None:
    desk, today = priced(pg_desk), pg_desk.calendar.day_of(pg_desk.now())
    one, other = raced(
        desk, lambda act: dayclose.close_day(act, today, 0), taking(5_000, prepay=True)
    )
    assert not isinstance(one, Exception)
    assert not isinstance(other, Exception)
    assert dayclose.day_sheet(desk, today).fen == 0
    assert in_order(pg_desk)


def test_a_receipt_is_not_made_void_in_a_day_that_is_being_closed(pg_desk: Desk) -> None:
    desk, today = priced(pg_desk), pg_desk.calendar.day_of(pg_desk.now())
    number = paid(desk, UNIT, ("cash", 5_000), prepay=True)["receipt"]
    one, other = raced(
        desk,
        lambda act: dayclose.close_day(act, today, 5_000),
        lambda act: receipts.void(act, number, "错", MANAGER, (MANAGER,)),
    )
    assert not isinstance(one, Exception)
    assert isinstance(other, giving_back.DayClosed)
    assert in_order(pg_desk)

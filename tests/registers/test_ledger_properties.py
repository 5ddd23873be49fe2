"""Whatever is charged, paid, part-paid, prepaid, made void, refunded, waived and reversed, in any
order: every balance and the ledger are what their entries say, and nobody owes less than nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing import (
    CASHIER,
    MANAGER,
    NOVEMBER,
    OCTOBER,
    charged,
    in_order,
    owes,
    paid,
    priced,
    run,
)
from tests.desks import THURSDAY, settings_for
from tests.factories import rows_of
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import at_counter, counter, dayclose, giving_back, ledger, receipts
from wuye_tui.rules.accounts import CASH
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import Tender
from wuye_tui.rules.receipts import MEANS
from wuye_tui.settings import DATABASE
from wuye_tui.store.tables import Charge, Receipt

UNITS = ("3-1-502", "3-1-501")
_SUM = st.integers(1, 60_000)
_MEANS = st.sampled_from([code for code, _word in MEANS])
_UNIT = st.sampled_from(UNITS)
_WHICH = st.integers(0, 5)
MOVES = st.one_of(
    st.tuples(st.just("pay"), _UNIT, st.lists(st.tuples(_MEANS, _SUM), min_size=1, max_size=3),
              st.booleans()),
    st.tuples(st.just("charge"), _UNIT, _SUM),
    st.tuples(st.just("void"), _WHICH),
    st.tuples(st.just("refund_receipt"), _WHICH),
    st.tuples(st.just("refund"), _UNIT, _MEANS, _SUM),
    st.tuples(st.just("waive"), _WHICH, _SUM),
    st.tuples(st.just("reverse"), _WHICH),
    st.tuples(st.just("deposit"), _UNIT, _SUM),
    st.tuples(st.just("back"), _UNIT, _SUM),
    st.tuples(st.just("use")),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("close")),
)  # fmt: skip


class Counter:
    """Plays moves, and keeps its own books of what went through the drawer."""

    def __init__(self, desk: Desk, clock: StoppedClock) -> None:
        self.desk, self.clock, self.drawer = desk, clock, 0
        self.deposit = fee_named(desk.reference.fees, "装修押金")

    def receipt(self, n: int) -> str:
        found = sorted(one.number for one in rows_of(self.desk, Receipt))
        return found[n % len(found)] if found else "SJ-2026-999999"

    def charge(self, n: int) -> str:
        found = sorted(one.id for one in rows_of(self.desk, Charge))
        return found[n % len(found)]

    def pay(self, unit: str, tenders: list[tuple[str, int]], prepay: bool) -> None:
        done = paid(self.desk, unit, *tenders, prepay=prepay)
        self.drawer += done["amount_fen"]

    def charged(self, unit: str, fen: int) -> None:
        charged(self.desk, unit, fen)

    def void(self, n: int) -> None:
        number = self.receipt(n)
        self.desk.perform("v", lambda act: receipts.void(act, number, "错", MANAGER, (MANAGER,)))
        self.drawer -= receipts.show(self.desk, number).fen

    def refund_receipt(self, n: int) -> None:
        number = self.receipt(n)
        done = self.desk.perform(
            "r", lambda act: receipts.refund(act, number, "退", MANAGER, (MANAGER,))
        )
        self.drawer -= done["amount_fen"]

    def refund(self, unit: str, means: str, fen: int, deposit: str = "") -> None:
        money = Tender(means, fen)
        self.desk.perform(
            "r",
            lambda act: giving_back.refund(act, unit, money, "退", MANAGER, (MANAGER,), deposit),
        )
        self.drawer -= fen

    def back(self, unit: str, fen: int) -> None:
        self.refund(unit, "card", fen, self.deposit.code)

    def waive(self, n: int, fen: int) -> None:
        charge = self.charge(n)
        self.desk.perform(
            "w", lambda act: giving_back.waive(act, charge, fen, "减", MANAGER, (MANAGER,))
        )

    def reverse(self, n: int) -> None:
        charge = self.charge(n)
        self.desk.perform(
            "x", lambda act: giving_back.reverse(act, charge, "错", MANAGER, (MANAGER,))
        )

    def deposited(self, unit: str, fen: int) -> None:
        self.desk.perform(
            "d", lambda act: counter.take_deposit(act, unit, self.deposit, [Tender("cash", fen)])
        )
        self.drawer += fen

    def use(self) -> None:
        counter.use_all_prepaid(self.desk)

    def wait(self, days: int) -> None:
        self.clock.set(self.clock.now() + timedelta(days=days))

    def close(self) -> None:
        """Every day that is open, in their order; each drawer was found empty."""
        today = self.desk.calendar.day_of(self.desk.now())
        for day in [one.day for one in at_counter.open_days(self.desk)] or [today]:
            done = self.desk.perform(
                "c", lambda act, day=day: dayclose.close_day(act, day, 0, "试")
            )
            self.drawer += done["difference_fen"]


_NAMES = {"charge": "charged", "deposit": "deposited"}


@pytest.fixture
def offices(office_file: Path, tmp_path: Path) -> Callable[[], tuple[Desk, StoppedClock]]:
    """Fresh offices, one for every example."""
    made = count()

    def one() -> tuple[Desk, StoppedClock]:
        folder = tmp_path / str(next(made))
        folder.mkdir(mode=0o700)
        copyfile(office_file, folder / DATABASE)
        clock = StoppedClock(THURSDAY)
        return open_desk(settings_for(folder), clock).as_staff(CASHIER), clock

    return one


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=1, max_size=12))
def test_any_sequence_keeps_every_balance(
    offices: Callable[[], tuple[Desk, StoppedClock]], moves: list[tuple[Any, ...]]
) -> None:
    desk, clock = offices()
    cashier = priced(desk)
    run(cashier, OCTOBER)
    run(cashier, NOVEMBER)
    played = Counter(cashier, clock)
    for name, *said in moves:
        with suppress(DeskError):
            getattr(played, _NAMES.get(name, name))(*said)
    assert in_order(cashier)
    found = owes(cashier, *UNITS)
    assert all(one.debt.open_fen > 0 for one in found.owed)
    assert all(fen >= 0 for fen in (*found.prepaid.values(), *found.deposits.values()))
    with cashier.read() as session:
        assert ledger.stands_at(session, cashier.site, CASH) == played.drawer
    desk.engine.dispose()

"""A counter that takes money without end, and a run of bills, to be killed in the middle."""

import os
import random
import signal
import time
from datetime import datetime, timedelta
from functools import partial
from itertools import count, cycle
from typing import Any

from tests.billing import CASHIER, HOMES, MANAGER, owes
from tests.faults.killing import LONGEST, Report, _judge, _tell, one_life
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import bills, counter, receipts
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.months import Month
from wuye_tui.rules.payments import Tender
from wuye_tui.settings import Settings

TARGETS = ("payments.take", "payments.void", "bills.charge")
UNIT = "3-1-502"


def kill_payments(settings: Settings, start: datetime, kills: int, seed: int = 1) -> Report:
    """Kills a counter so many times. A payment is there with its receipt, or not at all: `check`
    says so after each.
    """
    chance, report, targets = random.Random(seed), Report(), cycle(TARGETS)  # not a secret
    clock = StoppedClock(start)
    for _ in range(kills):
        work = partial(_take_for_ever, settings, clock.now())
        acked, pending = one_life(work, next(targets), chance.random() * 2 * LONGEST)
        clock.set(clock.now() + timedelta(seconds=1))
        report.kills += 1
        _judge(settings, clock, report, acked, pending, last=True)
    return report


def _take_for_ever(settings: Settings, now: datetime, pipe: int) -> None:
    try:
        desk = open_desk(settings, StoppedClock(now)).as_staff(CASHIER)
        card = fee_named(desk.reference.fees, "card")
        while True:
            _tell(desk, pipe, "bills.charge", lambda act: counter.charge_once(act, UNIT, card, 700))
            paid = _tell(
                desk,
                pipe,
                "payments.take",
                lambda act: counter.take(
                    act, [UNIT], [Tender("cash", 300), Tender("wechat", 500)], prepay=True
                ),
            )
            number = str(paid["receipt"])
            _tell(desk, pipe, "payments.void", lambda act, n=number: _void(act, n))
    except BaseException as error:  # whatever it is, the parent must not wait for ever
        os.write(2, repr(error).encode())
    finally:
        os._exit(1)


def _void(act: Any, number: str) -> Any:
    return receipts.void(act, number, "错", MANAGER, (MANAGER,))


def kill_runs(settings: Settings, start: datetime, kills: int, seed: int = 1) -> tuple[int, int]:
    """Kills a run of bills at any moment, so many times; after each it is charged whole or not at
    all. Returns how many were whole, and how many not.
    """
    chance, clock = random.Random(seed), StoppedClock(start)  # not a secret
    months = (Month(2026, 1).later(n) for n in count())
    month, whole, nothing, length = next(months), 0, 0, 0.0
    for n in range(kills + 1):
        clock.set(clock.now() + timedelta(minutes=11))
        desk = open_desk(settings, clock).as_staff(CASHIER)
        before = owes(desk, *HOMES).open_fen
        full = bills.preview(desk, month).fen
        desk.engine.dispose()
        child = os.fork()
        if child == 0:
            _bill(settings, clock.now(), month)
        if n:
            time.sleep(chance.random() * length * 1.5)  # the moment of the kill
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        else:  # the first is left in peace, to see how long it takes
            began = time.monotonic()
            os.waitpid(child, 0)
            length = time.monotonic() - began
        desk = open_desk(settings, clock).as_staff(CASHIER)
        more = owes(desk, *HOMES).open_fen - before
        desk.engine.dispose()
        assert more in {0, full}, (more, full)
        if more:
            whole, month = whole + bool(n), next(months)
            clock.set(clock.now() + timedelta(days=31))  # no month is charged long before it comes
        else:
            nothing += 1
    return whole, nothing


def _bill(settings: Settings, now: datetime, month: Month) -> None:
    try:
        bills.AT_ONCE = 2  # type: ignore[misc]
        bills.run(_desk(settings, now), month)
    finally:
        os._exit(0)


def _desk(settings: Settings, now: datetime) -> Desk:
    return open_desk(settings, StoppedClock(now)).as_staff(CASHIER)

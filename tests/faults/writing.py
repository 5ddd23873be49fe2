"""A desk at work behind the shim: whole stories, each act told to a file once it is acknowledged.

    python -m tests.faults.writing HOME JOURNAL MODE ACTS

What it wrote, synced and acknowledged is in the journal, in the order in which it happened.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.billing import CASHIER, MANAGER
from tests.desks import THURSDAY, settings_for
from tests.faults.killing import play, telling
from tests.faults.shim import loaded, watch
from tests.faults.stories import STORIES
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import counter, giving_back, receipts
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import Tender
from wuye_tui.store import sqlite
from wuye_tui.store.acts import Act, Result

ACKS = "acks.log"
UNIT = "3-1-502"
MODES = ("program", "delete", "wal", "full", "normal", "wal normal")


class Enough(Exception):
    """So many acts were acknowledged."""


def set_mode(mode: str) -> None:
    """As the program has it, or with another journal or less syncing than it asks for."""
    if mode in ("wal", "wal normal"):
        sqlite.journal_mode = lambda version=(): "WAL"  # type: ignore[assignment]
    elif mode != "program":
        sqlite.journal_mode = lambda version=(): "DELETE"  # type: ignore[assignment]
    synced = {"full": "FULL", "normal": "NORMAL", "wal normal": "NORMAL"}.get(mode)
    if synced:
        kept = [one for one in sqlite._PRAGMAS if not one.startswith("synchronous")]
        sqlite._PRAGMAS = (f"synchronous={synced}", *kept)  # type: ignore[assignment]


def pay(desk: Desk, tell: Callable[..., Result]) -> None:
    """Money in every way, by one cashier: charged, taken, taken back, kept, given back."""
    cashier = desk.as_staff(CASHIER)
    card = fee_named(desk.reference.fees, "card")
    kept = fee_named(desk.reference.fees, "装修押金")
    two = {"second": MANAGER, "proven": (MANAGER,)}
    money = [Tender("cash", 300), Tender("wechat", 500)]

    def take(act: Act) -> Result:
        return counter.take(act, [UNIT], money, prepay=True)

    tell(cashier, "bills.charge", lambda act: counter.charge_once(act, UNIT, card, 700))
    first = str(tell(cashier, "payments.take", take)["receipt"])
    tell(cashier, "payments.void", lambda act: receipts.void(act, first, "错", MANAGER, (MANAGER,)))
    tell(cashier, "payments.take", take)
    held = [Tender("cash", 900)]
    tell(cashier, "payments.deposit", lambda act: counter.take_deposit(act, UNIT, kept, held))
    back = Tender("cash", 100)
    tell(cashier, "payments.refund", lambda act: giving_back.refund(act, UNIT, back, "退", **two))


def work(home: Path, acks: Path, acts: int) -> None:
    """Stories and money in turn, until so many acts are acknowledged."""
    clock = StoppedClock(THURSDAY)
    pipe = os.open(acks, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    desk, done = open_desk(settings_for(home), clock), 0

    def tell(at: Desk, what: str, work_: Callable[[Act], Result]) -> Result:
        nonlocal done
        if done >= acts:
            raise Enough
        done += 1
        return telling(pipe, at, what, work_)

    while True:
        for story in STORIES:
            play(desk, clock, story, tell)
            pay(desk, tell)
            now = clock.now().astimezone(desk.zone)
            if now.hour >= 16:  # people are called by day
                clock.set(now.replace(hour=9) + timedelta(days=1))


def main() -> None:
    home, journal, mode, acts = sys.argv[1:]
    set_mode(mode)
    watch(loaded(), Path(home), Path(journal))
    run = partial(work, Path(home), Path(home) / ACKS, int(acts))
    with suppress(Enough):
        run()


if __name__ == "__main__":
    main()

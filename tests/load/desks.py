"""What the desks of the load do: whole lives of slips, payments, a desk that changes hands.

Each is a process of its own with its own connections. It writes a line about every act that it was
told is saved, and one about everything that it was told instead.
"""

import json
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from tests.billing import CASHIER, MANAGER
from tests.faults import handing
from tests.faults.stories import STORIES, Move, Story
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import counter, matters, proposals, receipts, ticking
from wuye_tui.rules.clock import MovedClock, SystemClock
from wuye_tui.rules.errors import DeskError, StoreError
from wuye_tui.rules.payments import Tender
from wuye_tui.rules.procedures import kind_of
from wuye_tui.settings import Settings
from wuye_tui.store.acts import Result, new_key
from wuye_tui.store.tables import Matter

TICK_EVERY = 5.0  # seconds, as consoles do
UNIT = "3-1-502"
# Somebody is on one patrol at a time, and a number that rings is one call: these are told once.
ALONE = ("patrol", "ring")


class Teller:
    """A desk, and the file in which it says what came of each act."""

    def __init__(self, settings: Settings, offset: timedelta, path: Path, pace: float) -> None:
        self.desk = open_desk(settings, MovedClock(offset, SystemClock()))
        self._file = path.open("a", encoding="utf-8")
        self._pace, self._ticked = pace, 0.0
        self._chance = random.Random(path.name)  # not a secret

    def act(self, staff: str, what: str, work: Callable[..., Result], **how: Any) -> Result | None:
        """One act, after a pause as people make it; None where it was refused."""
        time.sleep(self._chance.expovariate(1 / self._pace))  # the pace is what is asked for
        self._tick()
        key, begun = new_key(), time.perf_counter()
        try:
            done = self.desk.as_staff(staff).perform(what, work, key, **how)
        except DeskError as error:
            self.say(what, begun, told=type(error).__name__, store=isinstance(error, StoreError))
            return None
        self.say(what, begun, key=key, result=done)
        return done

    def say(self, what: str, begun: float, **more: Any) -> None:
        """Writes down what came of an act that was begun then, by `perf_counter`."""
        took = time.perf_counter() - begun
        line = {"what": what, "at": time.time(), "took": took, **more}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()

    def _tick(self) -> None:
        if time.monotonic() - self._ticked < TICK_EVERY:
            return
        self._ticked, begun = time.monotonic(), time.perf_counter()
        try:
            ticking.tick(self.desk)
        except DeskError as error:
            self.say("tick", begun, told=type(error).__name__, store=isinstance(error, StoreError))


def stories(teller: Teller, number: int, of: int) -> None:
    """Lives of slips, one after the other, each desk beginning with another; for ever. Now and then
    a word about one slip that all of them have in hand, and money for one unit.
    """
    told = [one for one in STORIES if one.kind not in ALONE or number == 0]
    first = len(told) * number // of
    for story in islice(cycle(told), first, None):
        _live(teller, story)
        _shared(teller)


def _live(teller: Teller, story: Story) -> None:
    found = proposals.understand(teller.desk, f"{UNIT} 厨房水龙头漏水 马上")
    teller.act("KF01", "call.add", lambda act: proposals.accept(act, found))
    first = story.first
    opened = teller.act(
        first.staff,
        f"{story.kind}.{first.verb}",
        lambda act: matters.start(act, story.kind, first.verb, auto=first.auto, **first.given),
    )
    if opened is None:
        return
    number, children = str(opened["number"]), dict[str, str]()
    for move in story.moves:
        target = children.get(move.child, "") if move.child else number
        done = _step(teller, move, target) if target else None
        if done is None:
            return  # what was refused would be refused again; the next slip
        children |= {kind_of(one): one for one in done.get("opened", ())}


def _step(teller: Teller, move: Move, number: str) -> Result | None:
    return teller.act(
        move.staff,
        f"{kind_of(number)}.{move.verb}",
        lambda act: matters.take(act, number, move.verb, **move.given),
    )


def _shared(teller: Teller) -> None:
    """The slip that was opened first and is still open: every desk writes a word on it."""
    desk = teller.desk
    with desk.read() as session:
        oldest = (
            select(col(Matter.number))
            .where(col(Matter.site) == desk.site, col(Matter.kind) == "repair")
            .where(col(Matter.closed).is_(None))
            .order_by(col(Matter.opened))
            .limit(1)
        )
        number = session.execute(oldest).scalar()
    if number:
        _step(teller, Move("urge", "KF01", {"said": "快点"}), str(number))


def counters(teller: Teller, number: int, of: int) -> None:
    """Takes money of the same unit, and makes every third receipt void; for ever."""
    for n in cycle(range(3)):
        paid = teller.act(
            CASHIER,
            "payments.take",
            lambda act: counter.take(
                act, [UNIT], [Tender("cash", 300), Tender("wechat", 500)], prepay=True
            ),
        )
        if paid and not n:
            receipt = str(paid["receipt"])
            teller.act(
                CASHIER,
                "payments.void",
                lambda act, r=receipt: receipts.void(act, r, "错", MANAGER, (MANAGER,)),
            )


def handovers(teller: Teller, number: int, of: int) -> None:
    """The desk changes hands, step by step, while everybody else goes on; for ever."""

    def tell(desk: Desk, _pipe: int, what: str, work: Any, *, relieving: bool = False) -> Result:
        done = teller.act(desk.staff, what, work, relieving=relieving)
        if done is None:
            raise _Refused
        return done

    handing._tell = tell  # the same two people as where desks are killed, told to our file
    while True:
        with suppress(_Refused):
            handing._next(teller.desk, "handover.accept", 0)


class _Refused(Exception):
    """The next look decides what to do."""


def work(
    kind: Callable[[Teller, int, int], None], made: Callable[[], Teller], number: int, of: int
) -> None:
    """A desk's process: works until it is ended. What it did not expect is a line as well."""
    teller = made()
    try:
        kind(teller, number, of)
    except Exception as error:
        teller.say("defect", time.perf_counter(), told=repr(error)[:300], store=False)
        os._exit(1)


def now(offset: timedelta) -> datetime:
    """What the office's clock says."""
    return SystemClock().now() + offset

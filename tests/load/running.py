"""Starts the desks, lets them work, and looks at what is left of it.

Every act that a desk was told is saved must be there with the result that was returned; no number
is missing or twice; `wuye check` finds nothing; and nobody was told of a lock.
"""

import json
import math
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from tests.billing import priced
from tests.desks import THURSDAY, found_office, settings_for
from tests.load import desks
from tests.load.consoles import Seat, folder_of, said
from tests.servers import DeskServer
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import ringing
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import MovedClock, StoppedClock, SystemClock
from wuye_tui.settings import Settings
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Audit, Contact, Private

DESKS = 8
SEATS = 2  # of them real consoles
RING_EVERY = 12.0  # seconds
WARM = 20.0  # seconds until memory is looked at for the first time
# A server that forgets its logs would find no deadlock: what it waited for and undid is counted.
SETTINGS = "log_lock_waits = on\ndeadlock_timeout = '200ms'\nlog_min_error_statement = panic\n"


@dataclass
class Report:
    """What came of it; times in milliseconds, memory in MB."""

    seconds: float = 0.0
    acts: list[float] = field(default_factory=list)
    slowest: str = ""
    typed: int = 0
    typed_saved: int = 0
    lost: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)  # by a rule, in one sentence
    trouble: Counter[str] = field(default_factory=Counter)  # with the database, told to people
    told_to_wait: int = 0  # how often a console said that it waits for the database, over 1 s
    longest_wait: int = 0  # seconds
    defects: list[str] = field(default_factory=list)
    deadlocks: int = 0  # that the server undid, and the desk did again
    waits: int = 0  # for a lock, longer than deadlock_timeout
    errors: Counter[str] = field(default_factory=Counter)  # that the server logged
    rings: list[float] = field(default_factory=list)  # until both consoles showed it
    unseen: int = 0
    memory: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing found, nobody told of a lock or a defect, every ring seen."""
        bad = (self.lost, self.findings, self.trouble, self.defects, self.unseen)
        return not any(bad) and self.typed == self.typed_saved

    def page(self) -> str:
        """One page of figures."""
        quantiles = " ".join(
            f"p{100 * q:g} {_quantile(self.acts, q):.0f} ms" for q in (0.5, 0.95, 0.99)
        )
        rings = f"p50 {_quantile(self.rings, 0.5):.0f} ms, worst {max(self.rings, default=0):.0f}"
        growth = ", ".join(
            f"{name} {before:.0f} -> {after:.0f}" for name, (before, after) in self.memory.items()
        )
        return "\n".join([
            f"{self.seconds:.0f} s, {DESKS} desks, {SEATS} of them consoles in terminals",
            f"acts acknowledged      {len(self.acts)} ({len(self.acts) / self.seconds:.1f}/s)",
            f"lines typed and saved  {self.typed_saved} of {self.typed}",
            f"lost or changed        {len(self.lost)} {self.lost[:3]}",
            f"findings of the check  {len(self.findings)} {self.findings[:3]}",
            f"an act takes           {quantiles}, worst {max(self.acts):.0f} ms {self.slowest}",
            f"a ring seen on both    {len(self.rings)} rings, {rings} ms; {self.unseen} not seen",
            f"trouble told to people {sum(self.trouble.values())} {dict(self.trouble)}",
            f"told to wait over 1 s  {self.told_to_wait} times, {self.longest_wait} s at most",
            f"refused by a rule      {sum(self.refused.values())} {dict(self.refused)}",
            f"defects                {self.defects}",
            f"deadlocks undone       {self.deadlocks}, done again by the desk itself",
            f"waits over 0.2 s       {self.waits}",
            f"errors the server told {dict(self.errors)}",
            f"memory, MB             {growth}",
        ])  # fmt: skip


def run(seconds: float, pace: float, folder: Path) -> Report:
    """Eight desks for so many seconds, each pausing `pace` seconds on average before an act."""
    with DeskServer(SETTINGS) as server, server.database() as url:
        settings = replace(settings_for(folder), database_url=url)
        founded = found_office(settings, StoppedClock(THURSDAY))
        priced(founded)
        founded.engine.dispose()
        offset = THURSDAY - SystemClock().now()
        report = Report()
        typed = _work(settings, offset, seconds, pace, folder, report)
        _judge(settings, offset, folder, report, typed)
        _server_said(server.said, report)
        return report


def _work(
    settings: Settings, offset: timedelta, seconds: float, pace: float, folder: Path, report: Report
) -> list[str]:
    """What was typed at the consoles."""
    kinds = [desks.handovers, desks.counters, *[desks.stories] * (DESKS - SEATS - 2)]
    at_work: list[BaseProcess] = []
    for n, kind in enumerate(kinds):
        teller = partial(desks.Teller, settings, offset, folder / f"{n}.jsonl", pace)
        given = (kind, teller, n - 2, len(kinds) - 2)
        at_work.append(get_context("fork").Process(target=desks.work, args=given))
    for process in at_work:
        process.start()
    seats = [
        Seat(replace(settings, home=folder_of(folder, n)), offset, staff, n)
        for n, staff in enumerate(("KF01", "KF02")[:SEATS])
    ]
    begun = time.monotonic()
    try:
        for seat in seats:
            seat.start()
        watched = {f"desk {n}": p.pid or 0 for n, p in enumerate(at_work)}
        watched |= {f"console {n}": seat.process for n, seat in enumerate(seats)}
        _ring(settings, offset, seats, begun + min(WARM, seconds / 2), report)
        before = {name: _memory(pid) for name, pid in watched.items()}
        _ring(settings, offset, seats, begun + seconds, report)
        report.memory = {name: (before[name], _memory(pid)) for name, pid in watched.items()}
    finally:
        for seat in seats:
            seat.end()
        for process in at_work:
            with suppress(ProcessLookupError):
                process.terminate()
            process.join()
    report.seconds = time.monotonic() - begun
    report.typed = sum(seat.typed for seat in seats)
    report.typed_saved = sum(seat.saved for seat in seats)
    for seat in seats:
        report.trouble.update(seat.trouble)
        report.told_to_wait += len({line for line, _seconds in seat.waited})
        report.longest_wait = max(report.longest_wait, *(s for _, s in seat.waited), 0)
    typed = [said(n, one + 1) for n, seat in enumerate(seats) for one in range(seat.typed)]
    ended = {process.exitcode for process in at_work} - {-signal.SIGTERM, 1}
    report.defects += [f"a desk ended with {code}" for code in ended]
    return typed


def _ring(
    settings: Settings, offset: timedelta, seats: list[Seat], until: float, report: Report
) -> None:
    """A telephone rings now and then: how long until both consoles show it."""
    desk = open_desk(settings, MovedClock(offset, SystemClock()))
    while time.monotonic() < until:
        phone = f"1590000{len(report.rings) + report.unseen + 1000:04d}"
        desk.perform("call.ring", lambda act, p=phone: ringing.ring(act, p), system=True)
        rang = time.monotonic()
        while not all(seat.shows(phone[-4:]) for seat in seats):
            if time.monotonic() - rang > 10:
                report.unseen += 1
                break
            time.sleep(0.05)
        else:
            report.rings.append((time.monotonic() - rang) * 1000)
        desk.perform("call.hang_up", lambda act, p=phone: ringing.hang_up(act, p), system=True)
        time.sleep(max(0.0, min(RING_EVERY - (time.monotonic() - rang), until - time.monotonic())))
    desk.engine.dispose()


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _judge(
    settings: Settings, offset: timedelta, folder: Path, report: Report, typed: list[str]
) -> None:
    desk = open_desk(settings, MovedClock(offset, SystemClock()))
    with desk.read() as session:
        lines = select(col(Audit.key), col(Audit.result)).where(col(Audit.site) == desk.site)
        saved: dict[str, Any] = dict(session.execute(lines).tuples().all())
    worst = 0.0
    for path in sorted(folder.glob("*.jsonl")):
        for line in map(json.loads, path.read_text("utf-8").splitlines()):
            took = line["took"] * 1000
            if "key" in line:
                report.acts.append(took)
                if took > worst:
                    worst, report.slowest = took, line["what"]
                if saved.get(line["key"]) != line["result"]:
                    report.lost.append(line["what"])
            elif line["what"] == "defect":
                report.defects.append(line["told"])
            else:
                where = report.trouble if line["store"] else report.refused
                where[f"{line['told']} at {line['what']}"] += 1
    report.findings = check(desk).findings + _typed(desk, typed)
    desk.engine.dispose()


def _typed(desk: Desk, typed: list[str]) -> list[str]:
    """What was typed at the consoles and is not there, each as one call."""
    owner, words = table_of(Private).c.owner, table_of(Private).c.words
    asked = (
        select(words)
        .join(Contact, (col(Contact.id) == owner) & (col(Contact.site) == table_of(Private).c.site))
        .where(table_of(Private).c.site == desk.site)
    )
    with desk.read() as session:
        counted = Counter(said_.rpartition(" ")[2] for said_ in session.execute(asked).scalars())
    return [f"{one}: {counted[one]} calls" for one in typed if counted[one] != 1]


def _server_said(said: str, report: Report) -> None:
    for line in said.splitlines():
        _, mark, words = line.partition("ERROR:  ")
        if mark:
            report.errors[words[:60]] += 1
            report.deadlocks += words.startswith("deadlock detected")
        report.waits += "still waiting for" in line


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.floor(share * len(ordered)))] if ordered else 0.0

"""A PostgreSQL server that is stopped hard and started again while four desks write.

Each desk keeps the key of its act until the act is answered, as a form keeps it, and asks with it
again when the server is back: everything is there, once.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from tests.billing import CASHIER
from tests.desks import THURSDAY, found_office, settings_for
from tests.faults.writing import pay
from tests.postgres import PgServer
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import contacts
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError, StoreError
from wuye_tui.settings import Settings
from wuye_tui.store.acts import Act, Result, new_key
from wuye_tui.store.tables import Audit

DESKS = ("KF01", "KF02", "KF03", "KF04")
UP, BETWEEN = 0.5, 0.05  # seconds a server is up at most, and a desk waits before it asks again


class RestartedServer(PgServer):
    """A server that somebody stops hard; whoever is connected is cut off."""

    def crash(self) -> None:
        """Stops at once, and starts again with what was written down."""
        for words in (("-m", "immediate", "stop"), ("-l", str(self.folder / "log"), "start")):
            command = [str(self.binaries / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-s"]
            process = self._spawn([*command, "-t", "60", *words])
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
            if process.returncode:
                raise AssertionError(f"pg_ctl {words[-1]}: {process.returncode}")


@dataclass
class Restarts:
    """Exact counts over all restarts."""

    stops: int = 0
    acknowledged: int = 0
    asked_again: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


@contextmanager
def pg_office(server: PgServer, folder: Path) -> Iterator[Settings]:
    """A training office in a database of its own."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with server.database() as url:
        settings = replace(settings_for(folder), database_url=url)
        found_office(settings, StoppedClock(THURSDAY)).engine.dispose()
        yield settings


def restart(server: RestartedServer, settings: Settings, stops: int, seed: int = 1) -> Restarts:
    """Stops the server so many times while four desks write, and looks at what is there."""
    chance, report = random.Random(seed), Restarts()  # not a secret
    ending = settings.home / "enough"
    desks = [_begun(settings, staff, n, ending) for n, staff in enumerate(DESKS)]
    while not all(said.exists() and said.stat().st_size for _child, said in desks):
        time.sleep(BETWEEN)  # everybody has begun
    for _ in range(stops):
        time.sleep(chance.random() * UP)  # the moment of the stop; nothing is waited for
        server.crash()
        report.stops += 1
    time.sleep(UP)  # they go on once more
    ending.touch()
    told: list[dict[str, Any]] = []
    for child, said in desks:
        _pid, status = os.waitpid(child, 0)
        told += [json.loads(line) for line in said.read_text("utf-8").splitlines()]
        if status:
            report.findings.append(f"a desk ended with {status}")
    _compare(settings, told, report)
    return report


def _compare(settings: Settings, told: list[dict[str, Any]], report: Restarts) -> None:
    desk = open_desk(settings, StoppedClock(THURSDAY))
    with desk.read() as session:
        rows = session.execute(select(Audit.key, Audit.result, Audit.what)).all()  # type: ignore[call-overload]
        seqs = session.execute(select(func.count(), func.max(Audit.seq))).one()
    saved = {row.key: row.result for row in rows}
    report.acknowledged = len(told)
    report.asked_again = sum(line["tries"] > 1 for line in told)
    report.lost = [line["what"] for line in told if saved.get(line["key"]) != line["result"]]
    asked, there = (Counter(one) for one in ((line["what"] for line in told), _whats(rows, told)))
    report.doubled = [f"{what}: {there[what]} for {asked[what]}" for what in asked
                      if there[what] != asked[what]]  # fmt: skip
    if seqs[0] != seqs[1]:
        report.findings.append(f"{seqs[0]} lines up to {seqs[1]}")
    report.findings += check(desk).findings
    desk.engine.dispose()


def _whats(rows: Any, told: list[dict[str, Any]]) -> Iterator[str]:
    names = {line["what"] for line in told}
    yield from (row.what for row in rows if row.what in names)


def _begun(settings: Settings, staff: str, n: int, ending: Path) -> tuple[int, Path]:
    told = settings.home / f"{staff}.told"  # a pipe holds too little for so long a time
    child = os.fork()
    if child == 0:
        status, writer = 1, os.open(told, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        try:
            _write(open_desk(settings, StoppedClock(THURSDAY)).as_staff(staff), n, writer, ending)
            status = 0
        except BaseException as error:  # whoever waits has to be told
            os.write(2, f"{staff}: {error!r}\n".encode())
        finally:
            os._exit(status)
    return child, told


def _write(desk: Desk, n: int, pipe: int, ending: Path) -> None:
    """Acts until it is enough; each is asked for until it is answered."""
    cashier = desk.as_staff(CASHIER)
    for turn in count():
        if ending.exists():
            return
        words = f"{n} {turn}"
        _until_answered(desk, f"call {n}", partial(_call, words=words), pipe)
        if n == 0:  # the cashier's own
            pay(cashier, lambda at, what, work: _until_answered(at, what, work, pipe))


def _call(act: Act, words: str) -> Result:
    made = contacts.register(act, channel="phone", category="enquiry", words=words)
    return {"contact": made.number}


def _until_answered(desk: Desk, what: str, work: Any, pipe: int) -> Result:
    key = new_key()
    for tries in count(1):
        try:
            result = desk.perform(what, work, key)
        except StoreError:
            time.sleep(BETWEEN)  # as somebody does who reads that the server is gone
            continue
        except DeskError as refused:
            raise AssertionError(f"{what}: {refused!r}") from refused
        line = {"key": key, "what": what, "result": result, "tries": tries}
        os.write(pipe, (json.dumps(line, ensure_ascii=False) + "\n").encode())
        return result
    raise AssertionError(what)

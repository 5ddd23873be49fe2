"""`wuye check`: everything that is derived is derived again, and compared with what is stored.

Audit chain, digests, seals, states, clocks, visits, own columns, charges, the words that lists
show, gapless series, triggers and the database's own integrity. A finding is one sentence; an
office in order has none.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, text

from wuye_tui.desk import Desk
from wuye_tui.logs import error_id
from wuye_tui.registers import backup_watch, bills, dayclose
from wuye_tui.registers.checking_acts import Acts, check_chain
from wuye_tui.registers.checking_duties import check_duties
from wuye_tui.registers.checking_findings import Findings
from wuye_tui.registers.checking_ledger import check_ledger
from wuye_tui.registers.checking_matters import check_matters
from wuye_tui.registers.checking_printed import check_printed
from wuye_tui.registers.checking_privacy import check_privacy
from wuye_tui.registers.checking_receipts import check_receipts
from wuye_tui.registers.checking_rosters import check_rosters
from wuye_tui.registers.checking_words import unread
from wuye_tui.registers.contacts import PREFIX
from wuye_tui.rules import files, receipts, retention, roster_refusals
from wuye_tui.rules.accounts import PREFIXES
from wuye_tui.rules.errors import StoreError
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.store import engine as store
from wuye_tui.store import triggers
from wuye_tui.store.drivers import translate
from wuye_tui.store.faults import DatabaseBusy, DatabaseUnreachable
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import (
    APPEND_ONLY,
    BillRun,
    Charge,
    Contact,
    DayClose,
    Erasure,
    FileOpening,
    LeaveRow,
    LedgerEntry,
    Matter,
    Receipt,
    Roster,
    RosterSwap,
    Series,
)
from wuye_tui.words import _

_log = logging.getLogger(__name__)
_series, _charge, _matter = (table_of(kind).c for kind in (Series, Charge, Matter))
_SERIES = select(_series.name, _series.period, _series.last).where(
    _series.site == bindparam("site")
)
_NUMBERS = [
    select(table_of(kind).c.number).where(table_of(kind).c.site == bindparam("site"))
    for kind in (
        *(Matter, Contact, Receipt, LedgerEntry, BillRun, DayClose),
        *(Roster, RosterSwap, LeaveRow, FileOpening, Erasure),
    )
]
_CHARGED_FOR_NOTHING = (
    select(_charge.source)
    .select_from(
        table_of(Charge).outerjoin(
            table_of(Matter), (_matter.site == _charge.site) & (_matter.number == _charge.source)
        )
    )
    .where(_charge.site == bindparam("site"), _charge.fee == "repair", _matter.id.is_(None))
)


@dataclass(frozen=True)
class Checked:
    """What was looked at, how much of it, and what is wrong."""

    counts: dict[str, int]
    findings: list[str]
    head: str = ""
    seq: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def check(desk: Desk) -> Checked:
    """Looks at everything of this office. Reads only."""
    findings = Findings()
    with store.read(desk.engine, still=True) as session:
        connection = session.connection()
        _integrity(connection, findings)
        try:
            acts = _everything(connection, desk, findings)
        except StoreError:
            raise
        except Exception as error:  # whatever a damaged page holds in the place of a value
            if isinstance(translate(error), DatabaseBusy | DatabaseUnreachable):
                raise  # a server that went away says nothing about what is stored
            number = error_id()
            _log.error("%s %s", number, type(error).__name__)  # its words may quote a value
            findings.add(_("数据读不出来，没有全部核对（编号 {number}）。").format(number=number))
            return Checked(findings.counts, findings.sentences)
    for stranger in backup_watch.strangers(desk):
        findings.add(backup_watch.older(stranger))
    return Checked(findings.counts, findings.sentences, acts.head, acts.seq)


def _everything(connection: Connection, desk: Desk, findings: Findings) -> Acts:
    _append_only(connection, findings)
    acts = check_chain(connection, desk.site, findings)
    _check_series(connection, desk.site, findings)
    check_receipts(connection, desk.site, acts, findings)
    check_printed(connection, desk.site, acts, findings)
    check_ledger(connection, desk.site, acts, findings)
    check_rosters(connection, desk.site, acts, findings)
    check_privacy(connection, desk.site, acts)
    check_matters(connection, desk, acts, findings)
    check_duties(connection, desk.site, findings)
    acts.end(findings)
    unread(acts.looked, findings)
    for source in connection.execute(_CHARGED_FOR_NOTHING, {"site": desk.site}).scalars():
        findings.add(_("有一笔收费没有对应的单据：{source}。").format(source=source))
    return acts


def _integrity(connection: Connection, findings: Findings) -> None:
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check(20)")):
        if row[0] != "ok":
            findings.add(_("数据库文件：{what}").format(what=row[0]))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        findings.add(_("数据表 {table} 有一行缺少上级记录。").format(table=row[0]))


def _append_only(connection: Connection, findings: Findings) -> None:
    for name in triggers.missing(connection, APPEND_ONLY):
        findings.add(_("缺少防改触发器 {name}，或者它被改动过。").format(name=name))


def _check_series(connection: Connection, site: str, findings: Findings) -> None:
    """Each series must have used every number up to its last, once."""
    prefixes = {
        PREFIX,
        receipts.PREFIX,
        bills.PREFIX,
        dayclose.PREFIX,
        files.PREFIX,
        retention.PREFIX,
        *PREFIXES.values(),
        *roster_refusals.PREFIXES,
        *(cycle.prefix for cycle in PROCEDURES.values()),
    }
    given: dict[str, list[int]] = {}
    for number in _numbers(connection, site):
        stem, _dash, last = number.rpartition("-")
        given.setdefault(stem, []).append(int(last) if last.isdecimal() else 0)
    for name, period, last in connection.execute(_SERIES, {"site": site}).all():
        if name not in prefixes:
            continue
        used = given.pop(f"{name}-{period}", [])
        if sorted(used) != list(range(1, last + 1)):
            findings.add(_("{stem} 的单号有缺号或重号。").format(stem=f"{name}-{period}-"))
        findings.count("numbers", len(used))
    for stem in given:
        findings.add(_("{stem} 的单号有缺号或重号。").format(stem=f"{stem}-"))


def _numbers(connection: Connection, site: str) -> Iterator[str]:
    for question in _NUMBERS:
        yield from connection.execute(question, {"site": site}).scalars()

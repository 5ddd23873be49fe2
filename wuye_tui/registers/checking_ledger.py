"""The ledger looked at again: every entry balances, every balance is the sum of its postings, every
charge is settled by postings, every run has the lines that it was published with.
"""

from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from wuye_tui.registers.bill_withdrawal import source_before
from wuye_tui.registers.bills import IS_OWED, PUBLISHED, WITHDRAWN, digest_words, line_sum
from wuye_tui.registers.checking_acts import BATCH, Acts
from wuye_tui.registers.checking_findings import Findings
from wuye_tui.registers.ledger import POSTED
from wuye_tui.rules.accounts import CASH, OWN, RECEIVABLE, TAKEN_OFF
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Balance, BillRun, Charge, DayClose, FeeTerm, LedgerEntry, Posting
from wuye_tui.words import _

_entry, _posting, _balance, _charge, _run, _term = (
    table_of(kind).c for kind in (LedgerEntry, Posting, Balance, Charge, BillRun, FeeTerm)
)
_ENTRIES = (
    select(table_of(LedgerEntry))
    .where(_entry.site == bindparam("site"))
    .order_by(_entry.number)
    .execution_options(yield_per=BATCH)
)
_POSTINGS = (
    select(table_of(Posting))
    .where(_posting.site == bindparam("site"))
    .order_by(_posting.entry, _posting.n)
    .execution_options(yield_per=BATCH)
)
_CLOSES = select(table_of(DayClose)).where(table_of(DayClose).c.site == bindparam("site"))
_TAKEN = (
    select(_entry.day, _entry.by, _posting.part, _entry.kind, func.count(), func.sum(_posting.fen))
    .select_from(POSTED)
    .where(_entry.site == bindparam("site"), _posting.account == CASH)
    .group_by(_entry.day, _entry.by, _posting.part, _entry.kind)
)
_TERMS = select(_term.id, _term.seal).where(_term.site == bindparam("site"), _term.seal != "")
_BALANCES = select(_balance.account, _balance.part, _balance.unit, _balance.fen).where(
    _balance.site == bindparam("site")
)
_SETTLED = select(_charge.id, _charge.source, _charge.settled_fen, _charge.waived_fen).where(
    _charge.site == bindparam("site"),
    _charge.fee != "repair",
    (_charge.settled_fen != 0) | (_charge.waived_fen != 0),
)
_OPEN = (
    select(_charge.fee, func.sum(_charge.fen - _charge.waived_fen - _charge.settled_fen))
    .where(_charge.site == bindparam("site"), _charge.fee != "repair", IS_OWED)
    .group_by(_charge.fee)
)
_RUNS = select(_run.number, _run.period, _run.digest, _run.lines, _run.fen).where(
    _run.site == bindparam("site"), _run.state.in_((PUBLISHED, WITHDRAWN))
)
# By the month, which an index has, and of it those of the run.
_LINES = select(_charge.source, _charge.fee, _charge.period, _charge.fen).where(
    _charge.site == bindparam("site"),
    _charge.period == bindparam("period"),
    _charge.run == bindparam("run"),
)


def check_ledger(connection: Connection, site: str, acts: Acts, findings: Findings) -> None:
    """All of it; takes down every row for its act, and the seals of its words."""
    asked = {"site": site}
    entries: dict[str, str] = {}  # whose act each is
    for row in connection.execute(_ENTRIES, asked).mappings():
        acts.row("ledger_entry", dict(row))
        entries[row["number"]] = row["act"]
        if row["seal"]:
            acts.looked[row["number"], 0] = row["seal"]
    taken: dict[Any, list[list[Any]]] = {}
    for day, *line in connection.execute(_TAKEN, asked):
        taken.setdefault(day, []).append([*line[:3], *map(int, line[3:])])
    for row in connection.execute(_CLOSES, asked).mappings():
        acts.row("day_close", dict(row))
        if sorted(row["lines"][:-1]) != sorted(taken.get(row["day"], [])):
            findings.add(_("{day} 日结以后账目变过。").format(day=row["day"]))
        cash = sum(fen for _who, means, _kind, _many, fen in row["lines"][:-1] if means == CASH)
        if cash != row["lines"][-1][-1]:
            findings.add(_("{day} 日结点的现金和账上不一样。").format(day=row["day"]))
        if row["seal"]:
            acts.looked[row["number"], 0] = row["seal"]
    for owner, seal in connection.execute(_TERMS, asked):
        acts.looked[owner, 0] = seal
    _check_postings(connection, site, entries, acts, findings)
    for run in connection.execute(_RUNS, asked).all():
        _check_run(connection, site, run, findings)
    findings.count("entries", len(entries))


def _check_postings(
    connection: Connection, site: str, entries: dict[str, str], acts: Acts, findings: Findings
) -> None:
    sums: dict[str, int] = dict.fromkeys(entries, 0)
    accounts: dict[tuple[str, str, str], int] = {}
    of_charge: dict[str, list[int]] = {}
    posted = connection.execute(_POSTINGS, {"site": site}).mappings()
    for n, (entry, lines) in enumerate(groupby(posted, key=itemgetter("entry")), start=1):
        found = [dict(row) for row in lines]
        waived = any(one["account"] in TAKEN_OFF for one in found)
        for one in found:
            acts.row("posting", one, entries.get(entry, "?"))
            sums[entry] = sums.get(entry, 0) + one["fen"]
            key = one["account"], one["part"], one["unit"] if one["account"] in OWN else ""
            accounts[key] = accounts.get(key, 0) + one["fen"]
            if one["account"] == RECEIVABLE and one["charge"]:
                of_charge.setdefault(one["charge"], [0, 0])[waived] -= one["fen"]
        if n % BATCH == 0:
            acts.settle()  # an act whose rows have all been met is held no longer
    acts.settle()
    for number, fen in sums.items():
        if fen or number not in entries:
            findings.add(_("账目 {number} 借贷不平。").format(number=number))
    stored = {(a, p, u): fen for a, p, u, fen in connection.execute(_BALANCES, {"site": site})}
    for key in {*stored, *accounts}:
        if stored.get(key, 0) != accounts.get(key, 0):
            findings.add(_("科目 {account} 的余额与账目对不上。").format(account=" ".join(key)))
    _check_charges(connection, site, of_charge, accounts, findings)


def _check_charges(
    connection: Connection,
    site: str,
    of_charge: dict[str, list[int]],
    accounts: dict[tuple[str, str, str], int],
    findings: Findings,
) -> None:
    for row in connection.execute(_SETTLED, {"site": site}).all():
        if [row.settled_fen, row.waived_fen] != of_charge.pop(row.id, [0, 0]):
            findings.add(_("{source} 的已收与账目对不上。").format(source=row.source))
    for charge, both in of_charge.items():
        if any(both):
            findings.add(_("{source} 的已收与账目对不上。").format(source=charge))
    open_ = {fee: int(fen) for fee, fen in connection.execute(_OPEN, {"site": site})}
    for fee in {*open_, *(part for account, part, _unit in accounts if account == RECEIVABLE)}:
        if open_.get(fee, 0) != accounts.get((RECEIVABLE, fee, ""), 0):
            findings.add(_("{fee} 的应收与各户欠费对不上。").format(fee=fee))


def _check_run(connection: Connection, site: str, run: Any, findings: Findings) -> None:
    total = many = fen = 0
    asked = {"site": site, "period": run.period, "run": run.number}
    for source, *row in connection.execute(_LINES, asked):
        total += line_sum(source_before(source, run.number), *row)
        many += 1
        fen += row[-1]
    if (digest_words(total), many, fen) != (run.digest, run.lines, run.fen):
        findings.add(_("这批账 {number} 出账以后被改过。").format(number=run.number))

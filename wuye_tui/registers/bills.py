"""Runs of bills (FW-4.1, FW-4.2): previewed, prepared in parts that nobody owes yet, and published
by one short act. Twice charges nothing twice; what stopped in the middle leaves nothing.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, or_, select
from sqlmodel import Session

from wuye_tui.desk import Desk, may
from wuye_tui.registers import bill_inputs, ledger
from wuye_tui.registers import fees as register
from wuye_tui.registers.bill_refusals import MonthAhead as MonthAhead
from wuye_tui.registers.bill_refusals import NothingToBill as NothingToBill
from wuye_tui.registers.bill_refusals import OddFirst as OddFirst
from wuye_tui.registers.bill_refusals import RunTaken as RunTaken
from wuye_tui.registers.bill_refusals import RunUnderWay as RunUnderWay
from wuye_tui.registers.bill_refusals import UnknownRun as UnknownRun
from wuye_tui.registers.bill_world import IS_BILLED, of_run, world
from wuye_tui.registers.bill_world import IS_OWED as IS_OWED
from wuye_tui.registers.bill_world import PUBLISHED as PUBLISHED
from wuye_tui.registers.bill_world import WITHDRAWN as WITHDRAWN
from wuye_tui.rules.accounts import BILL, INCOME, RECEIVABLE, Line
from wuye_tui.rules.bills import STOPS, BillLine, Odd, lines
from wuye_tui.rules.charge_names import Named, names
from wuye_tui.rules.fee_kinds import PERIODIC, FeeKind, fee_named
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.opening import OF_OPENING, source_of
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.store import rows
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.chain import canonical
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import BillRun, Charge
from wuye_tui.store.tables.base import new_ids
from wuye_tui.words import _

AT_ONCE: Final = 4000  # lines an act: another desk waits for less than a tenth of a second
DEAD: Final = timedelta(minutes=10)  # after which a run that is silent is taken for dead
PREFIX: Final = "CP"
PREPARING, ABANDONED = "preparing", "abandoned"
_charge, _run = table_of(Charge).c, table_of(BillRun).c
_NAMES = (
    "site", "id", "unit", "fee", "period", "source", "fen", "waived_fen", "at", "run",
    "settled_fen", "begins", "ends", "due", "detail",
)  # fmt: skip
_CHARGED = select(_charge.source, _charge.fee).where(
    _charge.site == bindparam("site"),
    _charge.period == bindparam("period"),
    # What a dead run has left is nobody's, and what was withdrawn is charged again.
    or_(IS_BILLED, _charge.source == _charge.unit + OF_OPENING),
)
_SOME = select(_charge.id).where(*of_run("of_site", "of_run")).limit(bindparam("most"))
_DROP = delete(table_of(Charge)).where(
    _charge.site == bindparam("in_site"), _charge.id.in_(_SOME.scalar_subquery())
)
_SUMS = (
    select(_charge.fee, func.count(), func.sum(_charge.fen))
    .where(
        _charge.site == bindparam("site"),
        _charge.run == bindparam("run"),
        _charge.period == bindparam("period"),
    )
    .group_by(_charge.fee)
    .order_by(_charge.fee)
)
_RUNS = select(table_of(BillRun)).where(_run.site == bindparam("site"))
_OPEN = _RUNS.where(_run.state == PREPARING)
_MINE = _OPEN.where(_run.number == bindparam("number")).with_for_update()


@dataclass(frozen=True)
class FeeSum:
    """What a fee comes to in a run."""

    fee: str
    word: str
    lines: int
    fen: int


@dataclass(frozen=True)
class Preview:
    """What a run would charge, and what looks odd."""

    month: Month
    fees: tuple[FeeSum, ...]
    odd: tuple[Odd, ...]

    @property
    def lines(self) -> int:
        """How many lines."""
        return sum(one.lines for one in self.fees)

    @property
    def fen(self) -> int:
        """All of it."""
        return sum(one.fen for one in self.fees)

    @property
    def stops(self) -> int:
        """How many things have to be put right."""
        return sum(one.code in STOPS for one in self.odd)

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "period": str(self.month),
            "lines": self.lines,
            "amount_fen": self.fen,
            "fees": [
                {"fee": one.fee, "lines": one.lines, "amount_fen": one.fen} for one in self.fees
            ],
            "odd": [one._asdict() for one in self.odd],
        }


def chosen(desk: Desk, named: Sequence[str]) -> list[FeeKind]:
    """The fees that were named, or all that come by the month. Raises UnknownFee."""
    known = desk.reference.fees
    if named:
        return [fee_named(known, one) for one in named]
    return [one for one in known if one.how in PERIODIC]


def preview(desk: Desk, month: Month, named: Sequence[str] = ()) -> Preview:
    """What a run of a month would charge now: nothing is written. Raises UnknownFee, MonthAhead."""
    _refuse_ahead(desk, month)
    odd: list[Odd] = []
    sums: dict[str, list[int]] = {}
    for one in _to_charge(desk, month, chosen(desk, named), odd):
        found = sums.setdefault(one.fee, [0, 0])
        found[0] += 1
        found[1] += one.fen
    words = {one.code: one.word for one in desk.reference.fees}
    each = (FeeSum(fee, words[fee], *both) for fee, both in sums.items())
    return Preview(month, tuple(each), tuple(odd))


def _to_charge(
    desk: Desk,
    month: Month,
    fees: Sequence[FeeKind],
    odd: list[Odd],
    reckoned: set[frozenset[str]] | None = None,
) -> Iterator[BillLine]:
    """The lines; `reckoned` gets what they are reckoned from (`bill_inputs`), read before them."""
    with desk.read() as session:
        if reckoned is not None:
            reckoned.add(bill_inputs.inputs(session, desk.site, month))
        asked = {"site": desk.site, "period": str(month)}
        there = {tuple(row) for row in session.connection().execute(_CHARGED, asked)}
        known = world(session, desk.site, month)
    for one in lines(known, fees, month, odd):
        # What the old books say of a month comes in place of its bill.
        if there.isdisjoint({(one.source, one.fee), (source_of(one.unit), one.fee)}):
            yield one


def run(
    desk: Desk,
    month: Month,
    named: Sequence[str] = (),
    *,
    leave_out: bool = False,
    take_over: bool = False,
    told: Callable[[int], None] | None = None,
) -> Result:
    """Charges a month: prepares the lines in parts, and publishes them by one act; `told` hears how
    many are prepared. Raises NotAllowed, UnknownFee, MonthAhead, RunUnderWay, OddFirst,
    NothingToBill, and InputsMoved where readings arrived meanwhile: then nothing is charged.
    """
    fees = chosen(desk, named)
    if not may(desk, Right.BILL):
        raise NotAllowed(desk.actor().name, _("出账"), Right.BILL, "FW-4.3")
    _refuse_ahead(desk, month)
    with desk.read() as session:
        left = _left(session, desk.site)
    for number in left:
        if number["state"] == PREPARING and not (take_over or desk.now() - number["seen"] > DEAD):
            raise RunUnderWay(number["number"], number["by"])
        _give_up(desk, number["number"])
    _refuse_nothing(desk, month, fees, leave_out)
    begun = desk.perform("bills.begin", lambda act: _begin(act, month, fees))
    number_, prepared = str(begun["number"]), _Prepared()
    odd: list[Odd] = []

    def prepare(part: list[BillLine]) -> Result:
        return desk.perform("bills.prepare", lambda act: prepared.add(act, number_, month, part))

    try:
        reckoned: set[frozenset[str]] = set()
        found = _to_charge(desk, month, fees, odd, reckoned)
        while part := list(islice(found, AT_ONCE)):
            prepare(part)
            if told is not None:
                told(prepared.lines)
        if not leave_out and (stops := sum(one.code in STOPS for one in odd)):
            raise OddFirst(stops)
        if not prepared.lines:  # somebody else has charged it meanwhile
            raise NothingToBill(month)
        (before,) = reckoned
        done = desk.perform(
            "bills.publish", lambda act: _publish(act, number_, month, prepared, before)
        )
    except BaseException:
        _give_up(desk, number_)
        raise
    return {**done, "odd": len(odd)}


def _refuse_ahead(desk: Desk, month: Month) -> None:
    """A month may go out while the one before it runs, and no earlier."""
    last = month_of(desk.calendar.day_of(desk.now())).after
    if month > last:
        raise MonthAhead(month, last)


def _refuse_nothing(desk: Desk, month: Month, fees: Sequence[FeeKind], leave_out: bool) -> None:
    """Before a run is begun that would charge nothing, and whose number would be used up."""
    odd: list[Odd] = []
    if next(_to_charge(desk, month, fees, odd), None) is not None:
        return
    if not leave_out and (stops := sum(one.code in STOPS for one in odd)):
        raise OddFirst(stops)
    raise NothingToBill(month)


class _Prepared:
    """What is prepared so far. The digest does not hang on the order of the lines."""

    def __init__(self) -> None:
        self.lines, self.fen, self._sum = 0, 0, 0

    def add(self, act: Act, run_: str, month: Month, part: Sequence[BillLine]) -> Result:
        _hold(act, run_)
        period, at = str(month), act.now
        ids = new_ids(len(part))
        values = [
            (act.site, new, one.unit, one.fee, period, one.source, one.fen, 0, at, run_, 0,
             one.begins, one.ends, one.due, list(one.detail))
            for new, one in zip(ids, part, strict=True)
        ]  # fmt: skip
        rows.insert_many(act.session, Charge, _NAMES, values)
        act.update(BillRun, {"number": run_, "seen": at})
        for one in part:
            self._sum += line_sum(one.source, one.fee, period, one.fen)
            self.fen += one.fen
        self.lines += len(part)
        return {"run": run_, "lines": self.lines}

    @property
    def digest(self) -> str:
        """Over all lines."""
        return digest_words(self._sum)


def line_sum(source: str, fee: str, period: str, fen: int) -> int:
    """What a line adds to the digest of its run."""
    return int.from_bytes(hashlib.sha256(canonical([source, fee, period, fen]).encode()).digest())


def digest_words(total: int) -> str:
    """The digest of a run from the sum of its lines."""
    return f"{total % (1 << 256):064x}"


def _hold(act: Act, number: str) -> None:
    """Keeps the run from everybody else until the act ends. Raises RunTaken where it is given up,
    or published.
    """
    asked = {"site": act.site, "number": number}
    if act.session.connection().execute(_MINE, asked).one_or_none() is None:
        raise RunTaken(number)


def _left(session: Session, site: str) -> list[dict[str, Any]]:
    """The runs that were begun and are not published, as far as anything is left of them."""
    found = session.connection().execute(_OPEN, {"site": site}).mappings().all()
    return [dict(row) for row in found]


def _begin(act: Act, month: Month, fees: Sequence[FeeKind]) -> Result:
    register.require(act, Right.BILL, _("出账"))
    number = act.number(PREFIX)
    act.insert(
        BillRun,
        {
            "number": number, "period": str(month), "fees": [one.code for one in fees],
            "state": PREPARING, "began": act.now, "seen": act.now, "by": act.by.number,
        },
    )  # fmt: skip
    return {"number": number}


def _publish(
    act: Act, number: str, month: Month, prepared: _Prepared, before: frozenset[str]
) -> Result:
    _hold(act, number)
    bill_inputs.hold(act, month, before)
    asked = {"site": act.site, "run": number, "period": str(month)}
    sums = act.session.connection().execute(_SUMS, asked).all()
    posted = [
        line
        for fee, _many, fen in sums
        for line in (Line(RECEIVABLE, fee, int(fen)), Line(INCOME, fee, -int(fen)))
    ]
    entry = ledger.post(act, ledger.Entry(BILL, posted))
    act.update(
        BillRun,
        {
            "number": number, "state": PUBLISHED, "published": act.now, "lines": prepared.lines,
            "fen": prepared.fen, "digest": prepared.digest,
        },
    )  # fmt: skip
    return {"number": number, "period": str(month), "lines": prepared.lines,
            "amount_fen": prepared.fen, "entry": entry, "digest": prepared.digest}  # fmt: skip


def _give_up(desk: Desk, number: str) -> None:
    """Takes a run's lines away in parts; then it counts as given up. One that was published
    meanwhile stays as it is.
    """

    def some(act: Act) -> Result:
        _hold(act, number)
        asked = {"in_site": act.site, "of_site": act.site, "of_run": number, "most": AT_ONCE}
        gone = act.session.connection().execute(_DROP, asked).rowcount
        if not gone:
            act.update(BillRun, {"number": number, "state": ABANDONED})
        return {"number": number, "gone": gone}

    with suppress(RunTaken):
        while desk.perform("bills.drop", some)["gone"]:
            pass


def list_runs(desk: Desk) -> list[dict[str, Any]]:
    """The runs, newest first."""
    with desk.read() as session:
        query = _RUNS.order_by(_run.number.desc())
        return [
            dict(row) for row in session.connection().execute(query, {"site": desk.site}).mappings()
        ]


def charges_of(desk: Desk, number: str, limit: int | None = None) -> list[dict[str, Any]]:
    """The lines of a run, by unit, each with the `name` under which it may be typed. Raises
    UnknownRun.
    """
    asked = number.strip().upper()
    if not any(one["number"] == asked for one in list_runs(desk)):
        raise UnknownRun(number)
    query = (
        select(table_of(Charge))
        .where(*of_run("site", "run"))
        .order_by(_charge.unit, _charge.fee, _charge.source)
        .limit(limit)
    )
    with desk.read() as session:
        given = {"site": desk.site, "run": asked}
        found: Sequence[Any] = session.connection().execute(query, given).mappings().all()
    keys = ("id", "unit", "fee", "period", "source")
    known = names(Named(*(row[key] for key in keys)) for row in found)
    return [{**row, "name": known[row["id"]]} for row in found]

"""Opening balances (FW-4.3): what the old books of an office end with, brought in by one act, whole
or not at all, and only where it sums to the fen to what those books say.

Charges stand against the account of openings, not against income, and are charges like any other:
they fall due, bear late fees, are dunned, paid and let off. A month that the old books speak of is
not billed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.desk import Desk, may
from wuye_tui.registers import ledger
from wuye_tui.registers.bills import DEAD, PREPARING
from wuye_tui.registers.comparing_openings import Asked, Opening, compare_openings
from wuye_tui.registers.fees import require
from wuye_tui.registers.imports import Bad, Incoming, Plan, State
from wuye_tui.rules.accounts import OPENED
from wuye_tui.rules.errors import BadFile, Refused
from wuye_tui.rules.opening import NoAmounts, NoFees, OpeningToCome, Totals, check_totals, detail_of
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.store import rows
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.sqlite import roomy
from wuye_tui.store.tables import Audit, BillRun, Charge
from wuye_tui.store.tables.base import new_ids
from wuye_tui.sweeping import seldom_swept
from wuye_tui.words import _

NOUN: Final = "opening"
_audit, _run = table_of(Audit).c, table_of(BillRun).c
_END = select(func.max(_audit.seq)).where(_audit.site == bindparam("site"))
_BEING_PREPARED = select(_run.number).where(
    _run.site == bindparam("site"), _run.state == PREPARING, _run.seen >= bindparam("since")
)
_NAMES = (
    "site", "id", "unit", "fee", "period", "source", "fen", "waived_fen", "at", "run",
    "settled_fen", "due", "detail",
)  # fmt: skip


class Balances(Incoming, Protocol):
    """A file of opening balances that was read, with its own rows of totals."""

    @property
    def totals(self) -> Sequence[Any]: ...


In = TypeVar("In", bound=Balances)


class OpeningRefused(BadFile):
    """Some rows cannot be taken, so none was: the rest would not sum to what it has to."""

    def __init__(self, name: str, bad: Sequence[Bad]) -> None:
        told = _(
            "「{name}」有 {count} 行不能记，所以一行也没有记。"
            "期初要和合计对上，坏行不能跳过，请改正后再来。"
        )
        super().__init__(told.format(name=name, count=len({row.row_number for row in bad})))


class NothingToOpen(BadFile):
    """A file in which no row has an amount."""

    def __init__(self, name: str) -> None:
        super().__init__(_("「{name}」没有一行有金额，什么也没有记。").format(name=name))


class BillsUnderWay(Refused):
    """A month is being charged now: nobody knows yet what it will have charged."""

    def __init__(self, number: str) -> None:
        super().__init__(_("正在出账（{number}）。请等它完了，再记期初。").format(number=number))


@dataclass(frozen=True)
class OpeningPlan(Plan[In]):
    """What importing opening balances would do; `found.sums` is what the file comes to."""

    found: Opening
    asked: Asked

    def check(self, totals: Totals) -> None:
        """Raises OpeningRefused where a row is bad, NothingToOpen where none has an amount, and
        TotalsDiffer where the sums are not these, in fen.
        """
        if self.bad:
            raise OpeningRefused(self.intake.name, self.bad)
        if not self.found.lines:
            raise NothingToOpen(self.intake.name)
        check_totals(self.found.sums, totals)

    def as_dict(self) -> dict[str, Any]:
        """As every import says it, with what the file comes to."""
        return {
            **super().as_dict(),
            "day": self.asked.day.isoformat(),
            "charges": len(self.found.charges),
            **self.found.sums._asdict(),
        }


@seldom_swept()
def plan(desk: Desk, intake: In, day: date | None = None) -> OpeningPlan[In]:
    """Compares a file with the registers; writes nothing. `day` is that of the old books, today's
    without one: due days and late fees go by it. The entry belongs to the present business day
    whatever `day` is, so that nothing comes into a day that is closed. Raises NotAllowed,
    OpeningToCome, NoAmounts, NoFees.
    """
    if not may(desk, Right.BILL):
        raise NotAllowed(desk.actor().name, _("记期初"), Right.BILL, "FW-4.3")
    today = desk.calendar.day_of(desk.now())
    if day is not None and day > today:
        raise OpeningToCome(day)
    if not {"owed", "prepaid", "deposit"} & intake.columns.keys():
        raise NoAmounts
    if "owed" in intake.columns and "fee" not in intake.columns:
        raise NoFees
    asked = Asked(desk.reference.fees, day or today)
    with desk.read() as session:
        state = _state(session, desk.site, asked.day)
        found = _compared(session, desk.site, intake, asked)
    refused: In = intake.refusing(found.objections) if found.objections else intake
    return OpeningPlan(refused, {}, found, state, asked)


@seldom_swept()
def apply(act: Act, plan: OpeningPlan[Any], totals: Totals) -> Result:
    """Writes a file's opening balances, if they sum to `totals`; compared again, if any act came in
    between. Raises NotAllowed, BillsUnderWay, OpeningRefused and TotalsDiffer.
    """
    require(act, Right.BILL, _("记期初"))
    # Taken first: of two desks with one file the second waits here, and then finds all of it there.
    number = ledger.number_for(act, OPENED)
    _refuse_under_way(act)
    intake, found = plan.intake, plan.found
    plan.check(totals)
    if _state(act.session, act.site, plan.asked.day) != plan.state:
        found = _compared(act.session, act.site, intake, plan.asked)
        if found.objections:
            raise OpeningRefused(intake.name, found.objections)
    with roomy(act.session.connection()):
        _charge(act, found, number)
        ledger.post(act, ledger.Entry(OPENED, found.lines, words=intake.name, number=number))
    return {
        "number": number,
        "day": plan.asked.day.isoformat(),
        "charges": len(found.charges),
        **found.sums._asdict(),
    }


def _charge(act: Act, found: Opening, number: str) -> None:
    detail = detail_of(number)
    values = [
        (act.site, new, one["unit"], one["fee"], one["period"], one["source"], one["fen"], 0,
         act.now, "", 0, one["due"], detail)
        for new, one in zip(new_ids(len(found.charges)), found.charges, strict=True)
    ]  # fmt: skip
    rows.insert_many(act.session, Charge, _NAMES, values)


def _refuse_under_way(act: Act) -> None:
    asked = {"site": act.site, "since": act.now - DEAD}
    if number := act.session.connection().execute(_BEING_PREPARED, asked).scalar():
        raise BillsUnderWay(number)


def _compared(session: Session, site: str, intake: Balances, asked: Asked) -> Opening:
    return compare_openings(session, site, intake.good, intake.totals, intake.columns, asked)


def _state(session: Session, site: str, day: date) -> State:
    """The end of the audit chain: as long as it is the same, so are all rows."""
    last = session.connection().execute(_END, {"site": site}).scalar_one()
    return int(last or 0), day

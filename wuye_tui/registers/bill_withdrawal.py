"""A run of bills taken back (FW-4.3): with a wrong price all its lines are wrong, and nobody can
reverse them one by one.

Nothing is deleted: the charges stay as they were, one entry reverses what is owed of every one of
them, and the run is withdrawn. Then its month can be run again, and prices and readings of it be
put right, as if it had not been charged. What prepayments have settled of it is theirs again; what
somebody paid is not touched: as long as there is any of it the run stays.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import aliased

from wuye_tui.registers import ledger
from wuye_tui.registers.bill_world import of_run
from wuye_tui.registers.bills import PUBLISHED, WITHDRAWN, UnknownRun
from wuye_tui.registers.fees import require
from wuye_tui.registers.ledger import POSTED
from wuye_tui.registers.signing import WHY, reason_of, second_of
from wuye_tui.rules.accounts import BILL, INCOME, RECEIVABLE, REVERSED, USED, VOID, Line, reversing
from wuye_tui.rules.charge_names import Named, names
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.sqlite import roomy
from wuye_tui.store.tables import BillRun, Charge, LedgerEntry, Posting
from wuye_tui.words import _, listed

NAMED: Final = 3
"""So many are named of the lines that something came of."""
_charge, _run, _entry, _posting = (
    table_of(kind).c for kind in (Charge, BillRun, LedgerEntry, Posting)
)
_BACK = aliased(table_of(LedgerEntry), name="back").c
_RUN = (
    select(table_of(BillRun))
    .where(_run.site == bindparam("site"), _run.number == bindparam("number"))
    .with_for_update()
)
_OF_RUN = of_run("site", "run")
_LINES = select(_charge.id, _charge.unit, _charge.fee, _charge.fen).where(*_OF_RUN)
_MOVED = (
    select(*(_charge[name] for name in ("id", "unit", "fee", "period", "source")))
    .where(*_OF_RUN, or_(_charge.settled_fen != 0, _charge.waived_fen != 0))
    .order_by(_charge.unit, _charge.fee, _charge.source)
)
_ENTRIES = select(_entry.number).where(
    _entry.site == bindparam("site"),
    _entry.kind == BILL,
    _entry.unit == "",
    _entry.at == bindparam("at"),
)
_PREPAID = (
    select(_entry.number, _entry.unit)
    .distinct()
    .select_from(
        POSTED.join(
            table_of(Charge), (_charge.site == _posting.site) & (_charge.id == _posting.charge)
        )
    )
    .where(
        *_OF_RUN,
        _charge.settled_fen != 0,
        _entry.kind == USED,
        ~select(_BACK.number)
        .where(_BACK.site == _entry.site, _BACK.reverses == _entry.number)
        .exists(),
    )
    .order_by(_entry.number)
)
# Of a fee, a month and a source there is one charge: this one makes room for the next.
_SET_ASIDE = (
    update(table_of(Charge))
    .where(*of_run("in_site", "of_run"))
    .values(source=_charge.source + bindparam("behind"))
)


class NotOut(Refused):
    """Nobody owes anything of this run."""

    def __init__(self, number: str) -> None:
        told = _("{number} 没有出账，或者已经撤回，不用再撤。")
        super().__init__(told.format(number=number), "FW-4.3")


class PaidAlready(Refused):
    """Something came of lines of the run: they cannot be taken back together."""

    def __init__(self, number: str, some: Collection[str], many: int) -> None:
        told = _(
            "{number} 里有 {n} 笔已经收了或减免了（{names}），不能整批撤回："
            "请先作废那些收据，或者把记错的一笔一笔冲销。"
        )
        super().__init__(told.format(number=number, n=many, names=listed(some)), "FW-4.3")


def withdraw(act: Act, number: str, why: str, second: str, proven: Collection[str]) -> Result:
    """Takes a run back, whole, as an entry of the present business day that names the run's own: by
    two people, and only while nobody has paid any of it, and nothing is waived or reversed. Of
    prepayments all is made void that has settled some of it. Raises NotAllowed, NoReason,
    AloneVoid, UnknownRun, NotOut, PaidAlready.
    """
    doing = _("撤回账单")
    require(act, Right.BILL, doing)
    reason = reason_of(why, doing, WHY)
    other = second_of(act, second, proven, doing)
    entry = ledger.number_for(act, REVERSED)  # of two desks the second waits here, and is refused
    run = _published(act, number)
    asked, connection = {"site": act.site, "run": run["number"]}, act.session.connection()
    freed = _free(act, run["number"], other, reason)
    if moved := connection.execute(_MOVED, asked).all():
        some = names(Named(*row) for row in moved[:NAMED])
        raise PaidAlready(run["number"], some.values(), len(moved))
    lines = [
        line
        for one in connection.execute(_LINES, asked)
        for line in (
            Line(RECEIVABLE, one.fee, -one.fen, one.unit, one.id),
            Line(INCOME, one.fee, one.fen),
        )
    ]
    with roomy(connection):
        ledger.post(
            act,
            ledger.Entry(
                REVERSED, lines, second=other, reverses=_entry_of(act, run, lines), words=reason,
                number=entry,
            ),
        )  # fmt: skip
        connection.execute(
            _SET_ASIDE,
            {"in_site": act.site, "of_run": run["number"], "behind": _behind(run["number"])},
        )
    act.update(BillRun, {"number": run["number"], "state": WITHDRAWN})
    return {
        "number": run["number"], "entry": entry, "period": run["period"], "lines": run["lines"],
        "amount_fen": run["fen"], "prepaid_fen": freed,
    }  # fmt: skip


def _free(act: Act, run: str, second: str, reason: str) -> int:
    """Gives prepayments back what they have settled of the run, each with all that it has settled
    by the same entry; returns the fen.
    """
    found = act.session.connection().execute(_PREPAID, {"site": act.site, "run": run}).all()
    freed = 0
    for number, unit in found:
        lines = reversing(ledger.lines_of(act.session, act.site, number))
        freed += sum(one.fen for one in lines if one.account == RECEIVABLE)
        ledger.post(act, ledger.Entry(VOID, lines, unit, second, reverses=number, words=reason))
    return freed


def source_before(source: str, run: str) -> str:
    """What a line was charged for, as it was published."""
    return source.removesuffix(_behind(run))


def _behind(run: str) -> str:
    return f" {run}"


def _published(act: Act, typed: str) -> Mapping[str, Any]:
    asked = {"site": act.site, "number": typed.strip().upper()}
    row = act.session.connection().execute(_RUN, asked).mappings().one_or_none()
    if row is None:
        raise UnknownRun(typed)
    if row["state"] != PUBLISHED:
        raise NotOut(row["number"])
    return dict(row)


def _entry_of(act: Act, run: Mapping[str, Any], lines: Collection[Line]) -> str:
    """The entry by which the run went out: of its moment, and of its sums; "" for none."""
    earned: dict[str, int] = {}
    for one in lines:
        if one.account == INCOME:
            earned[one.part] = earned.get(one.part, 0) - one.fen
    asked = {"site": act.site, "at": run["published"]}
    for number in act.session.connection().execute(_ENTRIES, asked).scalars():
        found = ledger.lines_of(act.session, act.site, number)
        same = {one.part: one.fen for one in found if one.account == INCOME} == earned
        if same and not ledger.reversed_by(act.session, act.site, number):
            return str(number)
    return ""

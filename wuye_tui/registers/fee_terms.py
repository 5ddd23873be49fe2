"""The terms of single units (KF-3.4): a parking space that is paid for, or that less is charged.

A term is ended and never taken away: whoever ended it, when and why stands in the audit. One that
was wrong and of which no bill is out ends before it begins, and counts on no day.
"""

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers.fees import TERM_ROWS, TERMS, last_billed, refuse_billed, require
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.signing import WHY, allowed_by, reason_of
from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.rules.fee_kinds import How, fee_named
from wuye_tui.rules.fees import WHOLE, EndsBeforeItBegins
from wuye_tui.rules.rights import Right
from wuye_tui.rules.spaces import parted, space_and_plate, space_key
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import FeeTerm, Private
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _, listed

SPACE, WAIVED, PLATE = "space", "waived", "plate"
_ALL: Final = 100
_DAY: Final = timedelta(days=1)
_private, _term = table_of(Private).c, table_of(FeeTerm).c
_SAID = (
    select(_private.owner, _private.more)
    .join_from(
        table_of(FeeTerm),
        table_of(Private),
        (_private.site == _term.site) & (_private.owner == _term.id) & (_private.n == 0),
    )
    .where(_term.site == bindparam("site"))
)


class UnknownTerm(UsageError):
    """No term is called so."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in TERMS)
        told = _("没有「{typed}」这种约定，可用的有：{known}。")
        super().__init__(told.format(typed=typed, known=known))


class BadShare(UsageError):
    """A share of a price that is none."""

    def __init__(self, typed: int) -> None:
        told = _("「{typed}」不能作为收取的百分比，请写 0 到 100。")
        super().__init__(told.format(typed=typed))


class ShareNotSaid(UsageError):
    """That something is vacant or discounted does not say what it costs."""

    def __init__(self, code: str) -> None:
        told = _("{term}要写明收百分之几：--percent，例如 50。")
        super().__init__(told.format(term=_(dict(TERMS)[code])))


class SpaceIsWhole(UsageError):
    """A space is charged at its price; what is let off is let off of a charge."""

    def __init__(self) -> None:
        super().__init__(_("车位按单价收，不写 --percent；要少收的，出账以后用减免。"))


class SpaceTaken(Refused):
    """The parking space is paid for by another unit in those days."""

    def __init__(self, space: str, unit: str) -> None:
        told = _("车位 {space} 这段时间已经由 {unit} 在交，请先结束那一条。")
        super().__init__(told.format(space=space, unit=unit))


class NoSuchTerm(NotFound):
    """The unit has no such term that still runs on that day."""

    def __init__(self, unit: str, fee: str, day: date) -> None:
        told = _("{unit} 的{fee}没有 {day} 以后还在用的约定；「wuye fees terms {unit}」列出全部。")
        super().__init__(told.format(unit=unit, fee=fee, day=day))


class SeveralTerms(UsageError):
    """The unit has several; they are named."""

    def __init__(self, unit: str, known: list[str]) -> None:
        told = _("{unit} 有 {n} 条：{names}，请写明是哪一条：--subject 车位，或 --term 约定。")
        super().__init__(told.format(unit=unit, n=len(known), names=listed(known)))


class EndsInBilled(Refused):
    """The bills that are out reckoned with the term."""

    def __init__(self, month: str, last: date) -> None:
        told = _("{month} 的账已经出了，最早到 {last} 为止；以前多收少收的，用减免或者另记一笔。")
        super().__init__(told.format(month=month, last=last), "KF-3.4")


def add_term(
    act: Act,
    unit: str,
    fee: str,
    code: str,
    begins: date,
    ends: date | None = None,
    *,
    percent: int | None = None,
    quantity_milli: int | None = None,
    subject: str = "",
    plate: str = "",
    why: str = "",
    approver: str = "",
    proven: tuple[str, ...] = (),
) -> Result:
    """What is special about a unit and a fee for some days: a space with the plate of its car, or
    that `percent` of the price is charged. Whoever pays less does so for a reason, and because
    somebody who may has allowed it with their own PIN. Raises NotAllowed, UnknownFee, UnknownUnit,
    UnknownTerm, ShareNotSaid, BadShare, WhyLess, AloneLess, SpaceNotSaid, SpaceIsWhole, SpaceTaken,
    TwoPlates, EndsBeforeItBegins, AlreadyBilled.
    """
    require(act, Right.BILL, _("登记收费约定"))
    one, registry = fee_named(act.reference.fees, fee), Registry(act.session, act.site)
    label = registry.unit(unit)
    known = _code(code)
    if not known or (known == SPACE) != (one.how == How.SPACE):
        raise UnknownTerm(code)
    if ends is not None and ends < begins:
        raise EndsBeforeItBegins(begins, ends)
    share = _share(known, percent)
    allowed = ""
    if share < WHOLE:
        allowed = allowed_by(registry, approver, why, proven, act.by.number)
    refuse_billed(act, begins)
    space = ""
    if known == SPACE:
        space, plate = space_and_plate(clean(subject, Field.TITLE), clean(plate, Field.PLATE))
        _refuse_taken(act, one.code, clean(space, Field.CODE), begins, ends)
    term, more = new_id(), {PLATE: plate if known == SPACE else ""}
    act.insert(
        FeeTerm,
        {
            "id": term, "unit": label, "fee": one.code, "code": known, "subject": space,
            "quantity_milli": quantity_milli, "share": share, "begins": begins, "ends": ends,
            "by": act.by.number, "approver": allowed, "at": act.now,
            "seal": act.whisper(term, 0, more, words=clean(why, Field.REASON)),
        },
    )  # fmt: skip
    return {
        "unit": label, "fee": one.code, "code": known, "subject": space,
        "begins": begins.isoformat(),
    }  # fmt: skip


def end_term(
    act: Act, unit: str, fee: str, on: date, why: str, subject: str = "", code: str = ""
) -> Result:
    """Ends a term with a day, the last on which it counts; not before the last that bills are out
    for. One of which no bill is out is taken back by a day before it begins. Raises NotAllowed,
    NoReason, UnknownFee, UnknownUnit, UnknownTerm, NoSuchTerm, SeveralTerms, EndsInBilled.
    """
    require(act, Right.BILL, _("结束收费约定"))
    reason = reason_of(why, _("结束收费约定"), WHY)
    one = fee_named(act.reference.fees, fee)
    label, known = Registry(act.session, act.site).unit(unit), _code(code)
    if code and not known:
        raise UnknownTerm(code)
    found = [
        row
        for row in act.session.connection().execute(TERM_ROWS, {"site": act.site}).all()
        if (row.unit, row.fee) == (label, one.code)
        and known in ("", row.code)
        and (not subject or (row.code == SPACE and _same(row.subject, subject)))
        and _lasts(row)
        and (row.ends is None or row.ends > on)
    ]
    if not found:
        raise NoSuchTerm(label, one.word, on)
    if len(found) > 1:
        raise SeveralTerms(label, [_named(row) for row in found])
    (row,) = found
    last = last_billed(act.session, act.site)
    if last is not None and on < last.last_day and row.begins <= last.last_day:
        raise EndsInBilled(str(last), last.last_day)
    ends = max(on, row.begins - _DAY)
    act.update(FeeTerm, {"id": row.id, "ends": ends})
    return {
        "unit": label, "fee": one.code, "code": row.code, "subject": row.subject,
        "begins": row.begins.isoformat(), "ends": ends.isoformat(),
        "before": row.ends.isoformat() if row.ends else "", "counted": ends >= row.begins,
        "looked": [{"reason": act.whisper(act.key, 1, words=reason)}],
    }  # fmt: skip


def list_terms(desk: Desk, unit: str = "") -> list[dict[str, Any]]:
    """The terms of single units, of one where it is named; space and plate apart. Raises
    UnknownUnit.
    """
    with desk.read() as session:
        label = Registry(session, desk.site).unit(unit) if unit else ""
        rows = session.connection().execute(TERM_ROWS, {"site": desk.site}).mappings().all()
        mine = [dict(row) for row in rows if not label or row["unit"] == label]
        said = {
            row.owner: row.more or {}
            for row in session.connection().execute(_SAID, {"site": desk.site})
        }
    for one in mine:
        one["space"], beside = parted(one["subject"])
        one[PLATE] = said.get(one["id"], {}).get(PLATE, beside)
    return mine


def _code(typed: str) -> str:
    return next((name for name, word in TERMS if typed in (name, word, _(word))), "")


def _share(code: str, percent: int | None) -> int:
    """What is charged, in 1/10000."""
    if code == SPACE:
        if percent not in (None, _ALL):
            raise SpaceIsWhole
        return WHOLE
    if code == WAIVED:
        return 0
    if percent is None:
        raise ShareNotSaid(code)
    if not 0 <= percent <= _ALL:
        raise BadShare(percent)
    return percent * WHOLE // _ALL


def _refuse_taken(act: Act, fee: str, space: str, begins: date, ends: date | None) -> None:
    for row in act.session.connection().execute(TERM_ROWS, {"site": act.site}).all():
        same = row.fee == fee and row.code == SPACE and _same(row.subject, space)
        meets = (row.ends is None or row.ends >= begins) and (ends is None or row.begins <= ends)
        if same and meets and _lasts(row):
            raise SpaceTaken(space, row.unit)


def _same(there: str, space: str) -> bool:
    return space_key(parted(there)[0]) == space_key(parted(space)[0])


def _lasts(row: Any) -> bool:
    """Whether it counts on any day."""
    return row.ends is None or row.ends >= row.begins


def _named(row: Any) -> str:
    told = _("{term}{space}从 {begins} 起")
    space = f" {row.subject} " if row.subject else " "
    return told.format(term=_(dict(TERMS)[row.code]), space=space, begins=row.begins)

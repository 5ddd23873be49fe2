"""The calls that were written down, read: the register by time, what the night has left, one call.

Telephones are masked; to see whole numbers is an act with a reason.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, select, text
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.contact_rows import ContactRow
from wuye_tui.registers.people import give_reason, may_see_numbers
from wuye_tui.registers.seeing import calls_seen_by, seen_by
from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, ContactMatter, Matter, Private, Staff
from wuye_tui.store.tables.contacts import LEFT_OVER
from wuye_tui.words import _

LEFT_DAYS: Final = 30  # as long as what the night has left is looked for
_COLUMNS: Final = [
    table_of(Contact).c[name]
    for name in (
        "id", "number", "channel", "category", "unit", "rang", "rings", "answered", "by",
        "outcome", "seal",
    )
]  # fmt: skip
_AT_ONCE: Final = 1000  # calls whose matters are asked for together


class UnknownContact(NotFound):
    """No call has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(_("来电登记里没有 {number}，请核对后再试。").format(number=number))


def listed(
    desk: Desk, since: datetime | None = None, until: datetime | None = None, limit: int = 200
) -> list[ContactRow]:
    """The register, newest first; phone numbers masked."""
    with desk.read() as session:
        return _read(session, desk, _within(desk, since, until, limit))


def revealed(
    desk: Desk,
    reason: str,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 200,
) -> list[ContactRow]:
    """The same with whole numbers: an act, whose audit line says how many were seen and why. Raises
    NotAllowed and NoReason.
    """
    with desk.act("calls.reveal") as act:
        may_see_numbers(act)
        give_reason(act, reason)
        rows = _read(act.session, desk, _within(desk, since, until, limit), full=True)
        act.result["seen"] = len(rows)
        return rows


def _within(desk: Desk, since: datetime | None, until: datetime | None, limit: int) -> Any:
    query = query_of(desk).order_by(col(Contact.rang).desc(), col(Contact.number).desc())
    if since:
        query = query.where(col(Contact.rang) >= since)
    if until:
        query = query.where(col(Contact.rang) < until)
    return query.limit(limit)


def left(desk: Desk, limit: int = 100) -> list[ContactRow]:
    """What the night has left for the morning and nobody has taken up, oldest first (KF-8)."""
    return recent(desk, text(LEFT_OVER), limit)


def recent(desk: Desk, which: Any, limit: int) -> list[ContactRow]:
    """Those of the last `LEFT_DAYS` days, oldest first."""
    query = query_of(desk).where(which, col(Contact.rang) >= desk.now() - timedelta(days=LEFT_DAYS))
    with desk.read() as session:
        ordered = query.order_by(col(Contact.rang), col(Contact.number)).limit(limit)
        return _read(session, desk, ordered)


def _read(session: Session, desk: Desk, query: Any, full: bool = False) -> list[ContactRow]:
    rows = session.execute(query).all()
    about: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(rows), _AT_ONCE):
        ids = [row.id for row in rows[start : start + _AT_ONCE]]
        linked = session.execute(
            select(col(ContactMatter.contact), col(Matter.number))
            .join(
                Matter,
                and_(
                    col(Matter.site) == col(ContactMatter.site),
                    col(Matter.id) == col(ContactMatter.matter),
                ),
            )
            .where(
                col(ContactMatter.site) == desk.site,
                col(ContactMatter.contact).in_(ids),
                seen_by(desk.staff),
            )
        )
        for contact, number in linked:
            about[contact].append(number)
    return [_row(row, about.get(row.id, []), full) for row in rows]


def show(desk: Desk, number: str) -> ContactRow:
    """One call. Raises UnknownContact."""
    with desk.read() as session:
        row = session.execute(
            query_of(desk).where(col(Contact.number) == number.strip().upper())
        ).one_or_none()
        if row is None:
            raise UnknownContact(number)
        linked = session.execute(
            select(col(Matter.number))
            .join(
                ContactMatter,
                and_(
                    col(Matter.site) == col(ContactMatter.site),
                    col(Matter.id) == col(ContactMatter.matter),
                ),
            )
            .where(
                col(ContactMatter.site) == desk.site,
                col(ContactMatter.contact) == row.id,
                seen_by(desk.staff),
            )
        ).scalars()
        return _row(row, list(linked))


def query_of(desk: Desk | Act) -> Any:
    """Each call with its private words and whoever wrote it down, but none that led to a complaint
    about whoever asks.
    """
    viewer = desk.staff if isinstance(desk, Desk) else desk.by.number
    return (
        select(
            *_COLUMNS,
            col(Private.name),
            col(Private.phone),
            col(Private.words),
            col(Staff.name).label("by_name"),
        )
        .outerjoin(
            Staff, and_(col(Staff.site) == col(Contact.site), col(Staff.number) == col(Contact.by))
        )
        .outerjoin(
            Private,
            and_(
                col(Private.site) == col(Contact.site),
                col(Private.owner) == col(Contact.id),
                col(Private.n) == 0,
            ),
        )
        .where(col(Contact.site) == desk.site, calls_seen_by(viewer))
    )


def _row(row: Any, matters: list[str], full: bool = False) -> ContactRow:
    c, phone = row, row.phone or ""
    return ContactRow(
        c.number,
        c.channel,
        c.category,
        c.rang,
        c.unit,
        row.name or "",
        phone if full else masked_phone(phone),
        row.words or "",
        c.by,
        row.by_name or "",
        c.outcome,
        tuple(matters),
        c.rings,
        c.answered,
    )

"""What is asked of the registers for paper alone: which matters of some days, and whose duties.

Nobody prints what is about themselves (FW-M.9).
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlmodel import col

from wuye_tui.desk import Desk
from wuye_tui.registers.contact_rows import WITHDRAWN
from wuye_tui.registers.people import give_reason, may_see_numbers
from wuye_tui.registers.seeing import calls_seen_by, seen_by
from wuye_tui.store.tables import Contact, Duty, Matter, Staff


def numbers(
    desk: Desk, kinds: Collection[str], since: datetime | None, until: datetime | None
) -> list[str]:
    """The numbers of the matters that were opened from `since` to before `until`, in that order; of
    these kinds, of all of them where none is given.
    """
    query = select(col(Matter.number)).where(col(Matter.site) == desk.site, seen_by(desk.staff))
    if kinds:
        query = query.where(col(Matter.kind).in_(sorted(kinds)))
    if since:
        query = query.where(col(Matter.opened) >= since)
    if until:
        query = query.where(col(Matter.opened) < until)
    with desk.read() as session:
        found = session.execute(query.order_by(col(Matter.opened), col(Matter.number)))
        return list(found.scalars())


def reveal(desk: Desk, reason: str, seen: int) -> None:
    """Whole telephone numbers of so many matters go out on paper: an act, whose audit line says how
    many and why. Raises NotAllowed, NoReason.
    """
    with desk.act("slips.reveal") as act:
        may_see_numbers(act)
        give_reason(act, reason)
        act.result["seen"] = seen


def in_force(desk: Desk, kind: str, since: datetime, until: datetime) -> list[str]:
    """The numbers of the matters of a kind that were open at any time from `since` to `until`."""
    query = (
        select(col(Matter.number))
        .where(
            col(Matter.site) == desk.site,
            col(Matter.kind) == kind,
            seen_by(desk.staff),
            col(Matter.opened) < until,
            or_(col(Matter.closed).is_(None), col(Matter.closed) >= since),
        )
        .order_by(col(Matter.opened), col(Matter.number))
    )
    with desk.read() as session:
        return list(session.execute(query).scalars())


def calls(desk: Desk, since: datetime, until: datetime) -> list[str]:
    """The numbers of the calls from `since` to before `until`, in their order."""
    query = (
        select(col(Contact.number))
        .where(
            col(Contact.site) == desk.site,
            col(Contact.rang) >= since,
            col(Contact.rang) < until,
            col(Contact.outcome) != WITHDRAWN,
            calls_seen_by(desk.staff),
        )
        .order_by(col(Contact.rang), col(Contact.number))
    )
    with desk.read() as session:
        return list(session.execute(query).scalars())


def on_duty(desk: Desk, post: str, since: datetime, until: datetime) -> list[tuple[str, str]]:
    """Who held a post from `since` to `until`, in their order: the duty's code and the name."""
    query = (
        select(col(Duty.name), col(Staff.name))
        .outerjoin(
            Staff, (col(Staff.site) == col(Duty.site)) & (col(Staff.number) == col(Duty.staff))
        )
        .where(
            col(Duty.site) == desk.site,
            col(Duty.post) == post,
            col(Duty.started) < until,
            or_(col(Duty.ended).is_(None), col(Duty.ended) > since),
        )
        .order_by(col(Duty.started))
    )
    with desk.read() as session:
        return [(row[0], row[1] or "") for row in session.execute(query)]

"""The night at the desk (KF-7): who is told of a call, and settling it; the desk left for a job.

The night duty record is `night_record`; what a call becomes is decided by `rules.nights`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import contacts, directory, matters, records
from wuye_tui.registers.meaning import Proposal
from wuye_tui.rules import nights, phones
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.nights import Choice, Way
from wuye_tui.rules.rights import Actor, Hat
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Absence, Duty, Matter, Staff
from wuye_tui.words import _, listed

UNTAKEN = ("registered", "issued", "notified")
"""The states in which nobody has a slip yet."""


class UnknownTold(UsageError):
    """Nobody of this code is told at night."""

    def __init__(self, typed: str, known: list[str]) -> None:
        told = _("夜里没有「{typed}」可以告诉，可以是：{known}。")
        super().__init__(told.format(typed=typed, known=listed(known)))


class NotTold(Refused):
    """The call waits for nobody who was told."""

    def __init__(self, number: str) -> None:
        super().__init__(_("{number} 没有在等谁处理，不用再记。").format(number=number), "KF-7")


class NotAtDesk(Refused):
    """Only whoever holds the desk can leave it."""

    def __init__(self) -> None:
        super().__init__(_("现在不是您在值前台的班，不用交代电话转到哪里。"), "KF-4")


class AwayAlready(Refused):
    """The desk has been left already."""

    def __init__(self, phone: str) -> None:
        told = _("已经出去了，电话转在 {phone}；先记回来，再记出去。")
        super().__init__(told.format(phone=masked_phone(phone)), "KF-4")


class NotAway(Refused):
    """The desk has not been left."""

    def __init__(self) -> None:
        super().__init__(_("前台没有记过出去，不用记回来。"), "KF-4")


class NoPhone(UsageError):
    """Somebody leaves the desk, and no telephone answers for it."""

    def __init__(self) -> None:
        super().__init__(_("请写明值班电话转到哪个号码，再出去。"), "KF-4")


@dataclass(frozen=True)
class Away:
    """Whoever holds the desk is out: since when, for which slip, and where its telephone rings."""

    staff: str
    name: str
    phone: str
    since: datetime
    matter: str = ""


@dataclass(frozen=True)
class Offered:
    """A way for a call with its words, and the telephone to ring where somebody is told."""

    choice: Choice
    words: str
    phone: str = ""


def is_night(actor: Actor) -> bool:
    """Whether somebody holds the night at the desk."""
    return Hat.NIGHT in actor.hats


def offered(desk: Desk, proposal: Proposal) -> list[Offered]:
    """The ways for the call that a line tells of, the likely one first; none where it is written
    down at night as by day.
    """
    kind = proposal.understood.kind
    if not nights.is_asked(kind) or proposal.choices:
        return []
    is_repair = proposal.opens_slip
    priced = bool(proposal.charge) and (proposal.charge != is_.PAID or bool(proposal.tariff))
    ways = nights.choices(
        proposal.understood.line,
        kind,
        desk.reference.night,
        can_repair=is_repair and priced,
        is_repair=is_repair,
        at_home=proposal.unit is not None,
    )
    phones = numbers(desk)
    return [
        Offered(one, _(nights.WAY_WORDS[one.way]).format(word=one.word), phones.get(one.to, ""))
        for one in ways
    ]


def numbers(desk: Desk) -> Mapping[str, str]:
    """The telephone of each who is told at night: of a duty that is held its holder's, otherwise
    the directory's.
    """
    with desk.read() as session:
        kept = directory.numbers(session, desk.site)
        held = session.execute(
            select(col(Duty.post), col(Staff.phone))
            .join(Staff, and_(col(Staff.site) == Duty.site, col(Staff.number) == Duty.staff))
            .where(col(Duty.site) == desk.site, col(Duty.ended).is_(None))
        ).all()
    on_duty = {row.post: row.phone for row in held if row.phone}
    return {one.to: on_duty.get(one.to) or kept.get(one.entry, "") for one in desk.reference.night}


def handled(proposal: Proposal, choice: Choice) -> Proposal:
    """The same call with what becomes of it; `proposals.accept` writes it."""
    match choice.way:
        case Way.NOW:
            return replace(proposal, taken=True)
        case Way.TELL:
            return replace(proposal, postponed=True, told=choice.to)
        case Way.MORNING:
            return replace(proposal, postponed=True)
    return proposal


def told_word(desk: Desk, code_: str) -> str:
    """The word of whoever a code stands for; the code itself where the office's table has it no
    more.
    """
    return next((one.word for one in desk.reference.night if one.to == code_), code_)


def refuse_unknown(desk: Desk, typed: str) -> None:
    """UnknownTold unless the office's table has this code."""
    if typed not in {one.to for one in desk.reference.night}:
        raise UnknownTold(typed, [f"{one.to}={one.word}" for one in desk.reference.night])


def settle(act: Act, number: str) -> Result:
    """Notes that whoever was told has settled it: nothing is left for the morning. Raises
    NotAllowed, UnknownContact and NotTold.
    """
    contacts.require_desk(act, _("记了结"))
    call = contacts.locked(act, number)
    to = nights.told(call.outcome)
    if not to:
        raise NotTold(number)
    contacts.mark(act, call, f"{nights.SETTLED}{to}")
    return {"contact": number, "told": to}


# The desk left for a job


def leave_desk(act: Act, phone: str, matter: str = "") -> Result:
    """Whoever holds the desk goes out: its telephone rings at `phone` meanwhile (KF-4). `matter` is
    the number of the slip they go to; they are sent to it by that, if nobody was. Raises NotAtDesk,
    AwayAlready, NoPhone, UnknownMatter.
    """
    rings_at = phones.given(phone)
    duty = _desk_duty(act)
    if not rings_at:
        raise NoPhone
    if (open_ := _open_absence(act, duty)) is not None:
        raise AwayAlready(open_.phone)
    number = records.load(act, matter).head.number if matter else ""
    act.insert(
        Absence,
        {
            "duty": duty,
            "started": act.now,
            "staff": act.by.number,
            "phone": rings_at,
            "matter": number,
            "ended": None,
        },
    )
    return {"phone": masked_phone(rings_at), "matter": number}  # kept in the audit


def come_back(act: Act) -> Result:
    """Back at the desk. Raises NotAtDesk and NotAway."""
    duty = _desk_duty(act)
    open_ = _open_absence(act, duty)
    if open_ is None:
        raise NotAway
    act.update(Absence, {"duty": duty, "started": open_.started, "ended": act.now})
    return {"matter": open_.matter}


def away(session: Session, site: str) -> Away | None:
    """Whoever is out of the desk now."""
    row = session.execute(
        select(Absence, col(Staff.name))
        .join(Duty, and_(col(Duty.site) == Absence.site, col(Duty.id) == Absence.duty))
        .outerjoin(Staff, and_(col(Staff.site) == Absence.site, col(Staff.number) == Absence.staff))
        .where(
            col(Absence.site) == site,
            col(Absence.ended).is_(None),
            col(Duty.site) == site,
            col(Duty.ended).is_(None),
            col(Duty.post) == DESK_POST,
        )
    ).one_or_none()
    if row is None:
        return None
    out, name = row
    return Away(out.staff, name or out.staff, out.phone, out.started, out.matter)


def _desk_duty(act: Act) -> str:
    found = act.session.execute(
        select(col(Duty.id)).where(
            col(Duty.site) == act.site,
            col(Duty.post) == DESK_POST,
            col(Duty.ended).is_(None),
            col(Duty.staff) == act.by.number,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotAtDesk
    return str(found)


def _open_absence(act: Act, duty: str) -> Any:
    return act.session.execute(
        select(Absence).where(
            col(Absence.site) == act.site, col(Absence.duty) == duty, col(Absence.ended).is_(None)
        )
    ).scalar_one_or_none()


def own_phone(desk: Desk) -> str:
    """The telephone of whoever acts, as the staff list has it."""
    with desk.read() as session:
        found = session.execute(
            select(col(Staff.phone)).where(
                col(Staff.site) == desk.site, col(Staff.number) == desk.staff
            )
        ).scalar_one_or_none()
    return str(found or "")


def own_jobs(desk: Desk) -> list[str]:
    """The open repair slips of whoever acts, those they are on first."""
    with desk.read() as session:
        rows = session.execute(
            select(col(Matter.number), col(Matter.state))
            .where(
                col(Matter.site) == desk.site,
                col(Matter.closed).is_(None),
                col(Matter.kind) == "repair",
                col(Matter.worker) == desk.staff,
            )
            .order_by(col(Matter.opened))
        ).all()
    return [row.number for row in rows if row.state in ("assigned", "on_site", "working")]


def set_out(act: Act, phone: str, matter: str) -> Result:
    """Goes out to a slip that nobody has yet: taken first, as by `take` (KF-7)."""
    before = records.load(act, matter)
    if before.situation.state in UNTAKEN:
        matters.take(act, matter, "take")
    return leave_desk(act, phone, matter)

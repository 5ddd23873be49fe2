"""The door to the registers for the night: each function is one question, called in a thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.meaning import Proposal
    from wuye_tui.registers.nights import Away, Offered
    from wuye_tui.rules.nights import Choice


@dataclass(frozen=True)
class Job:
    """A slip that may be gone to: its number, where it is, what it is about."""

    number: str
    where: str
    words: str
    own: bool


@dataclass(frozen=True)
class Board:
    """What the three choices of the night say."""

    away: "Away | None"
    open: int
    left: int
    cash_fen: int
    since: datetime | None
    until: datetime | None
    phone: str  # of whoever sits there


def board(desk: "Desk") -> Board | None:
    """The night as it stands; None for whoever does not hold it."""
    from wuye_tui.desk import DESK_POST
    from wuye_tui.registers import contacts, duties, held_cash, nights, queue

    if not desk.staff or not nights.is_night(desk.actor()):
        return None
    with desk.read() as session:
        out = nights.away(session, desk.site)
        held = held_cash.cash_held(session, desk.site, desk.now())
    duty = next((one for one in duties.now(desk) if one.post == DESK_POST), None)
    counts = queue.counts(desk)
    counts.pop("overdue", None)
    return Board(
        away=out,
        open=sum(counts.values()),
        left=len(contacts.left(desk)),
        cash_fen=sum(one.fen for one in held),
        since=duty.started if duty else None,
        until=duty.planned_end if duty else None,
        phone=nights.own_phone(desk),
    )


def offered(desk: "Desk", proposal: "Proposal") -> "list[Offered]":
    """The ways for a call; none by day, and none for what is written down at night as by day."""
    from wuye_tui.registers import nights

    return nights.offered(desk, proposal) if nights.is_night(desk.actor()) else []


def handled(proposal: "Proposal", choice: "Choice") -> "Proposal":
    """The same call with what becomes of it."""
    from wuye_tui.registers import nights

    return nights.handled(proposal, choice)


def jobs(desk: "Desk") -> list[Job]:
    """What whoever sits there may go to: their own slips first, then those that nobody has."""
    from wuye_tui.registers import nights, queue

    own = set(nights.own_jobs(desk))
    rows = [row for row in queue.queue(desk) if row.kind == "repair"]
    found = [
        Job(row.number, row.where, row.words, row.number in own)
        for row in rows
        if row.number in own or row.state in nights.UNTAKEN
    ]
    return sorted(found, key=lambda job: not job.own)


def set_out(desk: "Desk", phone: str, matter: str, key: str) -> "Result":
    """Out to a slip, the telephone of the desk rings elsewhere."""
    from wuye_tui.registers import nights

    return desk.perform("duty.away", lambda act: nights.set_out(act, phone, matter), key)


def come_back(desk: "Desk") -> "Result":
    """Back at the desk."""
    from wuye_tui.registers import nights

    return desk.perform("duty.back", nights.come_back)


def settle(desk: "Desk", number: str) -> "Result":
    """Whoever was told of this call has settled it."""
    from wuye_tui.registers import nights

    return desk.perform("call.settled", lambda act: nights.settle(act, number))

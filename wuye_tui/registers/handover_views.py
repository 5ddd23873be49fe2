"""Handovers as people read them: the live list of a post, the latest, one that is over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import duties_now, handover_list, handover_recalled, views
from wuye_tui.registers.duties_now import DutyNow
from wuye_tui.registers.duty_rows import UnknownPost, may_hold, planned
from wuye_tui.registers.handover_counts import expected, expected_cash, last_facts
from wuye_tui.registers.handover_list import Handed, Source
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.rosters_planned import Planner
from wuye_tui.registers.steps import plain_number
from wuye_tui.registers.views import MatterView
from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Handover, Matter
from wuye_tui.words import _

_handover, _matter = table_of(Handover).c, table_of(Matter).c
_numbers = select(_matter.number).join_from(
    table_of(Handover),
    table_of(Matter),
    (_matter.site == _handover.site) & (_matter.id == _handover.matter),
)
_OPEN = _numbers.where(
    _handover.site == bindparam("site"),
    _handover.post == bindparam("post"),
    _handover.ended.is_(None),
)
_LISTED = (
    select(
        *(column for column in _handover if column.name != "site"),
        _matter.number,
        _matter.state,
        _matter.opened,
    )
    .join_from(
        table_of(Handover),
        table_of(Matter),
        (_matter.site == _handover.site) & (_matter.id == _handover.matter),
    )
    .where(_handover.site == bindparam("site"))
    .order_by(_matter.opened.desc(), _matter.number.desc())
    .limit(bindparam("limit"))
)


class NobodyOnDuty(NotFound):
    """The post is held by nobody, so there is nothing to hand over."""

    def __init__(self, post: str) -> None:
        told = _("「{post}」现在没有人值班，先用 wuye duties start 接班，再交接班。")
        super().__init__(told.format(post=post))


@dataclass(frozen=True)
class Listed:
    """One handover as a line of the list: staff by number and name, `late` in minutes (KF-9)."""

    number: str
    state: str
    post: str
    giver: str
    giver_name: str
    taker: str
    taker_name: str
    opened: datetime
    given: datetime | None
    arrived: datetime | None
    accepted: datetime | None
    late: int

    def as_dict(self) -> dict[str, Any]:
        """The line as `wuye handovers list --json` prints it; keys only ever grow."""
        return {
            "number": self.number,
            "state": self.state,
            "post": self.post,
            "giver": self.giver,
            "giver_name": self.giver_name,
            "taker": self.taker,
            "taker_name": self.taker_name,
            "opened_at": self.opened,
            "given_at": self.given,
            "arrived_at": self.arrived,
            "accepted_at": self.accepted,
            "late_minutes": self.late,
        }


@dataclass(frozen=True)
class HandoverNow:
    """What is to be handed over of a post: the running duty, its handover if one is open, the live
    list, and what is counted beside what it should be.
    """

    post: str
    duty: DutyNow
    view: MatterView | None
    handed: Handed
    tools: Mapping[str, int]
    cash: int | None

    @property
    def number(self) -> str:
        """The handover's number; empty where none is open."""
        return self.view.number if self.view else ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the handover says so far."""
        return self.view.situation.facts if self.view else {}

    @property
    def unseen(self) -> list[str]:
        """The keys of what has to be acknowledged one by one and is not yet."""
        return [item.key for item in self.handed.unseen(self.facts.get("seen", ()))]

    def as_dict(self) -> dict[str, Any]:
        """The whole as `wuye handovers show --json` prints it; keys only ever grow."""
        facts = self.facts
        return {
            "post": self.post,
            "number": self.number,
            "state": self.view.situation.state if self.view else "",
            "duty": self.duty.name,
            "giver": self.duty.staff,
            "giver_name": self.duty.staff_name,
            "started_at": self.duty.started,
            "planned_end_at": self.duty.planned_end,
            "over": self.duty.over,
            "relief": facts.get("relief", ""),
            "late_minutes": facts.get("late_minutes"),
            "items": [item.as_dict() for item in self.handed.items],
            "unseen": self.unseen,
            "group_seen": bool(facts.get("group_seen")),
            "receipts": self.handed.receipts.as_dict(),
            "tools": [
                {"name": name, "expected": many, "counted": facts.get("counts", {}).get(name)}
                for name, many in self.tools.items()
            ],
            "cash_expected_fen": self.cash,
            "cash_fen": facts.get("cash"),
        }


def open_number(session: Session, site: str, post: str) -> str:
    """The number of the handover of a post that is under way; "" where none is."""
    found = session.connection().execute(_OPEN, {"site": site, "post": post}).scalar()
    return str(found or "")


def listed(desk: Desk, limit: int = 50) -> list[Listed]:
    """The latest handovers, newest first."""
    with desk.read() as session:
        asked = {"site": desk.site, "limit": limit}
        rows = session.connection().execute(_LISTED, asked).all()
        names = staff_names(session, desk.site)
    return [
        Listed(
            row.number,
            row.state,
            row.post,
            row.giver,
            names.get(row.giver, row.giver),
            row.taker,
            names.get(row.taker, row.taker),
            row.opened,
            row.given,
            row.arrived,
            row.accepted,
            row.late,
        )
        for row in rows
    ]


def now(desk: Desk, post: str = DESK_POST, drafts: Collection[tuple[str, str]] = ()) -> HandoverNow:
    """What a post's running duty hands over now. Raises NobodyOnDuty."""
    with desk.read() as session:
        number = open_number(session, desk.site, post)
        running = duties_now.running(desk, session, desk.now())
        duty = next((one for one in running if one.post == post), None)
        if duty is None:
            raise NobodyOnDuty(post)
        row = session.get_one(Duty, (desk.site, duty.id))
        handed = handover_list.read(session, Source.of(desk), row, list(drafts))
        last = last_facts(session, desk.site, post)
        tools = expected(desk.reference.checklists.tools_of(post), last)
        cash = expected_cash(session, desk.site, row, last)
    view = views.show(desk, number) if number else None
    return HandoverNow(post, duty, view, handed, tools, cash)


def reliefs(desk: Desk, post: str = DESK_POST) -> list[str]:
    """The staff numbers of whoever may take over a post's running duty as planned (KF-5, ZB-3.2),
    first of them whoever the published roster has on it; nobody where no duty follows.
    """
    with desk.read() as session:
        running = duties_now.running(desk, session, desk.now())
        held = next((one for one in running if one.post == post), None)
        moment = max(desk.now(), held.planned_end) if held else desk.now()
        try:
            plan, starts, _ends = planned(desk.reference, desk.calendar, post, moment)
        except UnknownPost:
            return []
        giver = held.staff if held else ""
        day = desk.calendar.day_of(starts)
        rostered = Planner(session, Source.of(desk)).on(post, plan.name, day)
        may = [
            number
            for number in staff_names(session, desk.site)
            if number != giver and may_hold(session, desk.site, number, plan)
        ]
        return sorted(may, key=lambda number: number not in rostered)


def handed(desk: Desk, facts: Mapping[str, Any]) -> Handed:
    """What a handover that is over handed on, by the references that it took down."""
    with desk.read() as session:
        return handover_recalled.recalled(session, Source.of(desk), facts)


def began(desk: Desk, duty: str) -> datetime | None:
    """When a duty began; None for one that there is not."""
    with desk.read() as session:
        found = session.get(Duty, (desk.site, duty))
        return found.started if found else None


def open_at(desk: Desk, number: str) -> str:
    """The post whose handover under way has this number; "" where it is over, or none."""
    asked = plain_number(number)
    with desk.read() as session:
        posts = dict.fromkeys(plan.post for plan in desk.reference.duties)
        return next((p for p in posts if open_number(session, desk.site, p) == asked), "")


def is_handover(typed: str) -> bool:
    """Whether a number is that of a handover."""
    return plain_number(typed).startswith(f"{HANDOVER.prefix}-")

"""Handovers: opened for a running duty, looked at with the live list, and accepted.

The steps are those of the table (`matters.take`); here is what needs more than one of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import duties_now, handover_list, matters, records, views
from wuye_tui.registers.duties_now import DutyNow
from wuye_tui.registers.duty_rows import (
    ONE_AT_A_TIME,
    next_duty,
    refuse_earlier_clock,
    running_duty,
)
from wuye_tui.registers.handover_counts import expected, expected_cash, last_facts
from wuye_tui.registers.handover_list import Handed, Source
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.steps import plain_number
from wuye_tui.registers.views import MatterView
from wuye_tui.rules.dutyplans import POSTS, DutyPlan
from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.rules.refusals import NoRight
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act, Result
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


class HandoverOpen(Refused):
    """One handover of the post is under way already."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("这个岗位的交接班 {number} 还没有办完，请接着办它，或者作废了再开。").format(
                number=number
            ),
            "KF-10",
        )
        self.number = number


class UnknownItem(NotFound):
    """What is acknowledged is not on the list."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("交接清单里没有「{typed}」，先用 wuye handovers show 看有哪些。").format(typed=typed)
        )


class NotYourDuty(Refused):
    """Only whoever holds a duty hands it over."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "现在值班的是 {name}，交接班由值班的人开始；人不在了请主管用 wuye duties force。"
            ).format(name=name),
            "KF-10",
        )


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


def begin(act: Act, post: str = DESK_POST) -> Result:
    """Opens the handover of a post's running duty: by whoever holds it, or the clockwork.

    Raises NobodyOnDuty, NotYourDuty, HandoverOpen.
    """
    act.session.execute(ONE_AT_A_TIME, {"site": act.site})
    duty = running_duty(act, post)
    if duty is None:
        raise NobodyOnDuty(post)
    if act.by.number != duty.staff and not act.by.may(Right.STEP_IN):
        raise NotYourDuty(staff_names(act.session, act.site).get(duty.staff, duty.staff))
    if number := open_number(act.session, act.site, post):
        raise HandoverOpen(number)
    refuse_earlier_clock(act, duty)
    return matters.start(act, HANDOVER.kind, auto=True, origin="duty", **_facts(act, duty))


def _facts(act: Act, duty: Any) -> dict[str, Any]:
    """Of which duty it is, and by when the relief is there and all is done (KF-9, ZB-4.8)."""
    plan, after = _plan(act, duty.post, duty.name), next_duty(act, duty.post, duty.planned_end)
    given = {
        "post": duty.post,
        "giver": duty.staff,
        "ends": duty.planned_end.isoformat(),
        "text": _("{post}：{duty}交给{after}").format(
            post=_(POSTS.get(duty.post, duty.post)),
            duty=_(plan.word) if plan else duty.name,
            after=_(after.plan.word) if after else _("下一班"),
        ),
    }
    if after and after.plan.relief is not None:
        given["relief_by"] = (after.starts - timedelta(minutes=after.plan.relief)).isoformat()
    if plan and plan.handover_within is not None:
        until = duty.planned_end + timedelta(minutes=plan.handover_within)
        given["done_by"] = until.isoformat()
    return given


def _plan(act: Act, post: str, name: str) -> DutyPlan | None:
    plans = {(plan.post, plan.name): plan for plan in act.reference.duties}
    return plans.get((post, name))


def give(
    act: Act,
    post: str = DESK_POST,
    *,
    count: Mapping[str, int],
    count_why: str = "",
    cash: int | None = None,
    cash_why: str = "",
    caution: str = "",
    cleaned: bool = True,
) -> Result:
    """All that the giver does, in one act: opens the handover where none is, counts tools and
    money, leaves a word of caution, and signs. Raises whatever a step refuses.
    """
    number = open_number(act.session, act.site, post) or str(begin(act, post)["number"])
    if count:
        _take(act, number, "count", count=count, count_why=count_why)
    if cash is not None:
        _take(act, number, "cash", cash=cash, cash_why=cash_why)
    if caution:
        _take(act, number, "note", caution=caution)
    return _take(act, number, "give", cleaned=cleaned)


def receive(
    act: Act, number: str, *, items: Sequence[str], group: bool = True, seen: int | None = None
) -> Result:
    """All that the relief does, in one act of theirs: signs in where they have not, takes the
    cleaning, acknowledges, and accepts. The act has to be a relieving one.
    """
    facts = _facts_of(act, number)
    if facts.get("relief") != act.by.number:
        _take(act, number, "sign_in")
    if not facts.get("cleaning_ok"):
        _take(act, number, "clean_ok")
    if items or group:
        _take(act, number, "acknowledge", items=list(items), group=group)
    return matters.take(act, number, "accept", seen=seen)


def _facts_of(act: Act, number: str) -> Mapping[str, Any]:
    standing = records.load(act, number)
    act.known["matter", standing.head.number] = standing
    return standing.situation.facts


def _take(act: Act, number: str, verb: str, **given: Any) -> Result:
    return matters.take(act, number, verb, **{name: v for name, v in given.items() if v != ""})


def acknowledge(
    act: Act, number: str, typed: Sequence[str], group: bool = False, seen: int | None = None
) -> Result:
    """Acknowledges items by their keys, or by the numbers of matters and calls as they stand now:
    of one that is not on the list UnknownItem is raised.
    """
    facts = _facts_of(act, number)
    duty = running_duty(act, str(facts["post"]))
    if duty is None:
        raise NobodyOnDuty(str(facts["post"]))
    listed_ = handover_list.read(act.session, Source.of(act), duty).items
    known = [item for item in listed_ if not item.about_staff]
    by_key = {item.key: item.key for item in known} | {item.number: item.key for item in known}
    keys = [by_key.get(one) or by_key.get(plain_number(one), "") for one in typed]
    if "" in keys:
        raise UnknownItem(typed[keys.index("")])
    given: dict[str, Any] = {"items": keys, **({"group": True} if group else {})}
    return matters.take(act, number, "acknowledge", seen=seen, **given)


def accept(desk: Desk, number: str, *, seen: int | None = None, key: str = "") -> Result:
    """The relief at this desk accepts: the giver's duty ends and theirs begins, in one act that has
    both to itself. Raises whatever the step refuses.
    """
    return desk.perform(
        "handover.accept",
        lambda act: matters.take(act, number, "accept", seen=seen),
        key,
        relieving=True,
    )


def step_in(act: Act, post: str = DESK_POST, why: str = "", staff: str = "") -> Result:
    """Takes a duty over from somebody who cannot hand it over any more; the reason is handed over
    with the next. The act has to be a relieving one. Raises NoRight, NobodyOnDuty.
    """
    row = HANDOVER.rows_named("force")[0]
    if not act.by.may(row.who):
        raise NoRight(row, act.by.name, row.who)
    number = open_number(act.session, act.site, post) or str(begin(act, post)["number"])
    return _take(act, number, "force", why=why, staff=staff)


def drop(act: Act, post: str, why: str) -> None:
    """Voids the handover of a post that is under way, if one is: nothing is handed over."""
    number = open_number(act.session, act.site, post)
    if number:
        matters.take(act, number, "void", auto=True, why=why)


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


def is_handover(typed: str) -> bool:
    """Whether a number is that of a handover."""
    return plain_number(typed).startswith(f"{HANDOVER.prefix}-")

"""Handovers: opened for a running duty, looked at with the live list, and accepted.

The steps are those of the table (`matters.take`); here is what needs more than one of them.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import handover_list, matters, records
from wuye_tui.registers.duty_rows import (
    ONE_AT_A_TIME,
    next_duty,
    refuse_earlier_clock,
    running_duty,
)
from wuye_tui.registers.handover_list import Source
from wuye_tui.registers.handover_views import HandoverNow as HandoverNow
from wuye_tui.registers.handover_views import Listed as Listed
from wuye_tui.registers.handover_views import NobodyOnDuty as NobodyOnDuty
from wuye_tui.registers.handover_views import began as began
from wuye_tui.registers.handover_views import handed as handed
from wuye_tui.registers.handover_views import is_handover as is_handover
from wuye_tui.registers.handover_views import listed as listed
from wuye_tui.registers.handover_views import now as now
from wuye_tui.registers.handover_views import open_at as open_at
from wuye_tui.registers.handover_views import open_number as open_number
from wuye_tui.registers.handover_views import reliefs as reliefs
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.steps import plain_number
from wuye_tui.rules.dutyplans import POSTS, DutyPlan
from wuye_tui.rules.errors import Forbidden, NotFound, Refused
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.rules.refusals import NoRight
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.words import _


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


class NotYourDuty(Forbidden):
    """Only whoever holds a duty hands it over."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "现在值班的是 {name}，交接班由值班的人开始；人不在了请主管用 wuye duties force。"
            ).format(name=name),
            "KF-10",
        )


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

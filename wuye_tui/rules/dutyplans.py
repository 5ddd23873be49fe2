"""The duties of a day as an office plans them: who may hold each, and whether they cover the day.

At any second somebody answers for a post that is held all day (KF-4): its duties leave no gap and
do not overlap.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Final

from wuye_tui.rules.rights import Hat, hats
from wuye_tui.words import N_, _

MANAGER: Final = "duty_manager"
A_DAY: Final = 24 * 60
POSTS: Final = {
    "desk": N_("前台"),
    "night": N_("夜间值班"),
    "guards": N_("秩序岗"),
    "control_room": N_("监控室"),
    "duty_manager": N_("值班经理"),
}
LEVELS: Final = "ABCDE"  # HR-5.1, the highest first


@dataclass(frozen=True)
class DutyPlan:
    """One duty of a post's day: its name, when it is planned, and the hats it lends.

    `held_by` are the hats of which whoever holds it wears one (anybody where there is none), and
    `level` the lowest that they may have (HR-5.1). `checklist` is gone through when it is handed
    over. `relief`: so many minutes before it starts whoever takes it over is there (KF-9).
    `handover_within`: so many minutes after its end it has been handed over (ZB-4.8).
    """

    post: str
    name: str
    word: str
    starts: time
    ends: time
    lends: tuple[str, ...]
    held_by: tuple[str, ...] = ()
    level: str = ""
    checklist: str = ""
    relief: int | None = None
    handover_within: int | None = None

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return (_minute(self.ends) - _minute(self.starts)) % A_DAY or A_DAY

    @property
    def clause(self) -> str:
        """The clause that says who may hold it."""
        return "ZB-3.2" if self.post == MANAGER else "KF-5"

    def may_be_held(self, worn: frozenset[Hat], level: str) -> bool:
        """Whether somebody with these hats of their own, and this level, may hold it."""
        if self.level and level and LEVELS.find(level) > LEVELS.find(self.level):
            return False
        return not self.held_by or not worn.isdisjoint(hats(self.held_by))


@dataclass(frozen=True)
class PlannedDuty:
    """One duty with the moments, in UTC, at which it starts and ends."""

    plan: DutyPlan
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class WrongPlan:
    """What is wrong with the duties, and with which of them, by its place in the file."""

    place: int
    why: str


def faults(plans: Sequence[DutyPlan], all_day: Collection[str]) -> list[WrongPlan]:
    """What keeps the duties from following one another, post by post."""
    found: list[WrongPlan] = []
    placed = sorted(enumerate(plans), key=lambda one: (one[1].post, _minute(one[1].starts)))
    for post, group in groupby(placed, key=lambda one: one[1].post):
        own = list(group)
        for (_at, plan), (place, after) in zip(own, [*own[1:], own[0]], strict=True):
            apart = (_minute(after.starts) - _minute(plan.starts)) % A_DAY
            apart = A_DAY if len(own) == 1 else apart
            if apart < plan.minutes:
                found.append(WrongPlan(place, _overlap(plan, after)))
            elif apart > plan.minutes and post in all_day:
                found.append(WrongPlan(place, _gap(plan, after)))
    found += [
        WrongPlan(0, _nobody(post)) for post in all_day if post not in {p.post for p in plans}
    ]
    return found


def _overlap(plan: DutyPlan, after: DutyPlan) -> str:
    return _("「{one}」到 {ends} 才完，「{other}」{starts} 就开始，两班重叠了").format(
        one=_(plan.word),
        other=_(after.word),
        ends=f"{plan.ends:%H:%M}",
        starts=f"{after.starts:%H:%M}",
    )


def _gap(plan: DutyPlan, after: DutyPlan) -> str:
    return _("「{one}」{ends} 完，「{other}」{starts} 才开始，中间没有人值班").format(
        one=_(plan.word),
        other=_(after.word),
        ends=f"{plan.ends:%H:%M}",
        starts=f"{after.starts:%H:%M}",
    )


def _nobody(post: str) -> str:
    return _("all_day 里的岗位「{post}」没有班次").format(post=post)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute

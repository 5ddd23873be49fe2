"""A desk that changes hands without end, to be killed in the middle: two people, act by act.

Whoever comes back after a kill looks at what is there and goes on with it.
"""

import os
import random
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from tests.faults.killing import LONGEST, Report, _judge, _tell, one_life
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import contacts, duties, handovers, matters
from wuye_tui.registers.handovers import NobodyOnDuty
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import Settings
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Audit, Contact, Duty

TARGETS = ("handover.accept", "handover.accept", "handover.give", "duty.start", "handover.force",
           "handover.accept", "handover.sign_in", "handover.register")  # fmt: skip
PAIR = ("KF03", "KF04")  # who may step in for one another, too


def kill_handovers(settings: Settings, start: datetime, kills: int, seed: int = 1) -> Report:
    """Kills a desk that hands over so many times; after each, exactly one duty runs or none ever
    began, and every call has one that ran when it was written.
    """
    chance, report, targets = random.Random(seed), Report(), cycle(TARGETS)  # not a secret
    clock = StoppedClock(start)
    for n in range(kills):
        target = next(targets)
        work = partial(_work, settings, clock.now(), target)
        acked, pending = one_life(work, target, chance.random() * LONGEST)
        report.kills += 1
        clock.set(_last(settings, clock) + timedelta(seconds=1))
        _judge(settings, clock, report, acked, pending, last=True)
        report.findings += _held(settings, clock, n)
    return report


def _last(settings: Settings, clock: StoppedClock) -> datetime:
    desk = open_desk(settings, clock)
    with desk.read() as session:
        query = select(func.max(col(Audit.at))).where(col(Audit.site) == desk.site)
        last = session.execute(query).scalar_one()
    desk.engine.dispose()
    return max(last, clock.now())


def _held(settings: Settings, clock: StoppedClock, n: int) -> list[str]:
    """What is wrong with who holds the desk now, and with what the calls say of it."""
    desk = open_desk(settings, clock)
    with desk.read() as session:
        site = col(Duty.site) == desk.site
        found = list(session.execute(select(Duty).where(site, col(Duty.post) == "desk")).scalars())
        lines = session.execute(
            select(Contact.number, Contact.duty).where(col(Contact.site) == desk.site)
        ).all()
    desk.engine.dispose()
    open_ = [duty for duty in found if duty.ended is None]
    wrong = [f"{n}: {len(open_)} duties run"] if found and len(open_) != 1 else []
    known = {duty.id for duty in found}
    return wrong + [f"{n}: {number} is nobody's" for number, duty in lines if duty not in known]


def _work(settings: Settings, now: datetime, target: str, pipe: int) -> None:
    try:
        clock = StoppedClock(now)
        desk = open_desk(settings, clock)
        while True:
            clock.advance(1)
            _next(desk, target, pipe)
    except BaseException as error:  # whatever it is, the parent must not wait for ever
        os.write(2, repr(error).encode())
    finally:
        os._exit(1)


def _next(desk: Desk, target: str, pipe: int) -> None:
    """The act that comes next, as the office stands."""
    try:
        now = handovers.now(desk.as_staff(PAIR[0]))
    except NobodyOnDuty:
        _relieving(desk, pipe, "duty.start", PAIR[0], partial(duties.start, desk=desk))
        return
    holder = now.duty.staff
    other = next(number for number in PAIR if number != holder)
    now, facts = handovers.now(desk.as_staff(other)), now.facts

    def told(who: str, verb: str, **given: Any) -> None:
        work = partial(matters.take, number=now.number, verb=verb, **given)
        _tell(desk.as_staff(who), pipe, f"handover.{verb}", work)

    if target == "duty.start" and not now.number:
        # Nobody can begin what is held: the act that is killed is a call of the duty.
        _tell(desk.as_staff(holder), pipe, "duty.start", _call)
    elif not now.number:
        _tell(desk.as_staff(holder), pipe, "handover.register", handovers.begin)
    elif target == "handover.force":
        why = partial(handovers.step_in, why="晕倒")
        _relieving(desk, pipe, "handover.force", other, why)
    elif "counts" not in facts:
        told(holder, "count", count=dict(now.tools))
    elif not facts.get("given_at"):
        told(holder, "give", cleaned=True)
    elif not facts.get("relief"):
        told(other, "sign_in")
    elif not facts.get("cleaning_ok"):
        told(other, "clean_ok")
    elif now.unseen or not facts.get("group_seen"):
        told(other, "acknowledge", items=now.unseen, group=True)
    else:
        accept = partial(matters.take, number=now.number, verb="accept")
        _relieving(desk, pipe, "handover.accept", other, accept)
        _tell(desk.as_staff(holder), pipe, "call.add", _call)


def _call(act: Act) -> Result:
    made = contacts.register(act, channel="phone", category="enquiry", words="问物业费")
    return {"contact": made.number}


def _relieving(desk: Desk, pipe: int, what: str, who: str, work: Any) -> None:
    at = desk.as_staff(who)
    _tell(at, pipe, what, work, relieving=True)

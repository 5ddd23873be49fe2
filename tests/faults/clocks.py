"""A computer whose clock jumps in the middle of work: numbers, chain and deadlines stay right."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from tests.desks import THURSDAY, settings_for
from tests.faults.killing import play
from tests.faults.stories import STORIES
from tests.faults.writing import UNIT, pay
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import clock_behind, matters
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import Refused
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Audit

# How far, and in the last the same wall clock in the zone of another place.
JUMPS = {
    "an hour back": timedelta(hours=-1),
    "a day forward": timedelta(days=1),
    "eight hours back: taken for UTC": timedelta(hours=-8),
    "years back: an empty battery": timedelta(days=-365 * 26),
}


@dataclass
class Jumps:
    """Exact counts over all jumps."""

    jumps: int = 0
    acknowledged: int = 0
    unwarned: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def jump(home: Path) -> Jumps:
    """An office at work, its clock set wrong, at work again, set right, and looked at; every time
    the same slip's deadlines are compared. `home` holds a founded office.
    """
    clock, report = StoppedClock(THURSDAY), Jumps()
    desk = open_desk(settings_for(home), clock)
    keys: list[tuple[str, Result]] = []

    def tell(at: Desk, what: str, work: object) -> Result:
        clock.advance(1)
        result = at.perform(what, work, key := f"{what} {len(keys)}")  # type: ignore[arg-type]
        keys.append((key, result))
        return result

    for name, far in JUMPS.items():
        right = clock.now()
        slip = str(tell(desk.as_staff("KF01"), "repair.register", _register)["number"])
        due = _due(desk, slip)
        clock.set(right + far)
        report.jumps += 1
        warned = bool(clock_behind.warning(desk))
        if warned != (far < timedelta()):
            report.unwarned.append(name)
        with suppress(Refused):  # a step of the slip before the one that it follows is refused
            tell(desk.as_staff("KF01"), "repair.note", partial(_note, slip))
            if far < timedelta():
                report.findings.append(f"{name}: a step before the one that it follows")
        tell(desk.as_staff("KF01"), "call.line", _register)
        pay(desk, tell)
        report.findings += [f"{name}: {one}" for one in check(desk).findings]
        clock.set(max(right, right + far) + timedelta(minutes=5))
        play(desk, clock, STORIES[0], tell)
        if _due(desk, slip) != due:
            report.findings.append(f"{name}: a deadline moved")
        if clock_behind.warning(desk):
            report.unwarned.append(f"{name}: warned when it was right again")
        report.findings += [f"{name}: {one}" for one in check(desk).findings]
        now = datetime.combine((clock.now() + timedelta(days=1)).date(), datetime.min.time(), UTC)
        clock.set(now + timedelta(hours=2))  # ten in the morning at the office
    report.acknowledged = len(keys)
    with desk.read() as session:
        saved = dict(session.execute(select(Audit.key, Audit.result)).all())  # type: ignore[call-overload]
    report.lost = [key for key, result in keys if saved.get(key) != result]
    desk.engine.dispose()
    return report


def _register(act: Act) -> Result:
    return matters.start(act, "repair", "register", unit=UNIT, text="厨房水龙头漏水")


def _note(slip: str, act: Act) -> Result:
    return matters.take(act, slip, "note", note="带梯子")


def _due(desk: Desk, slip: str) -> list[str]:
    from wuye_tui.registers.steps import find_matter
    from wuye_tui.store.tables import DeadlineRow

    with desk.read() as session:
        row = find_matter(session, desk.site, slip)
        found = session.execute(
            select(DeadlineRow.name, DeadlineRow.due).where(DeadlineRow.matter == row.id)  # type: ignore[call-overload]
        ).all()
    assert found
    return sorted(f"{one.name} {one.due}" for one in found)

"""How duties change hands in the training office: counted, looked at, signed by both (KF-9 to 12).

In the month one multimeter goes missing and is found again, one relief comes late and the duty runs
on, and one handover is refused and then accepted.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from wuye_tui.demo import orders
from wuye_tui.demo.life import Life, Lives
from wuye_tui.desk import DESK_POST
from wuye_tui.registers import duties, handovers, matters, ticking, views
from wuye_tui.registers.handovers import HandoverNow
from wuye_tui.rules.dutyplans import MANAGER
from wuye_tui.rules.errors import Refused
from wuye_tui.store.acts import Act, Result

BEFORE: Final = timedelta(minutes=18)
"""So long before a duty ends its holder counts and signs; the relief is there two minutes later."""
METER: Final = "万用表"
LOST, FOUND, LATE, REFUSED = 12, 9, 6, 4  # so many days ago, or the Friday before
_LATE: Final = timedelta(minutes=9)  # after the duty should have ended
_NOON, _AFTERNOON = 12, 17  # the hours at which these happen
MONDAY, FRIDAY = 0, 4


def first(life: Life, staff: str, night: bool) -> None:
    """Whoever has the desk when everything begins."""
    life.clerk, life.night = staff, night
    duties.begin(life.desk.as_staff(staff))


def first_manager(life: Life, staff: str) -> None:
    """The duty manager when everything begins."""
    duties.begin(life.desk.as_staff(staff), MANAGER)


def relieved(life: Life, ends: datetime, staff: str, night: bool) -> Lives:
    """The desk's duty that ends then goes on with somebody else, or with the same."""
    if life.clerk == staff:
        yield ends
        tick(life)
        _acted(life, partial(duties.begin, life.desk.as_staff(staff)))
        return
    number = _given(life, DESK_POST, life.clerk, ends)
    late = _is(life, ends, LATE, _NOON)
    yield ends + _LATE if late else life.now + timedelta(minutes=2)
    _take(life, number, "sign_in", staff)
    if _is(life, ends, REFUSED, _AFTERNOON):
        _take(life, number, "refuse", staff, why="台面没有收拾，扳手还在外面")
        yield life.now + timedelta(minutes=6)
        _given(life, DESK_POST, life.clerk, ends)
    yield max(life.now, ends)
    tick(life)  # what is overdue is taken higher while the old duty ends (XX-4.3.11b)
    _received(life, DESK_POST, number, staff)
    life.clerk, life.night = staff, night


def managed(life: Life, ends: datetime, staff: str) -> Lives:
    """The duty manager hands over to the next one, who answers from then on (ZB-4.8)."""
    now = {one.post: one.staff for one in duties.now(life.desk)}
    if now[MANAGER] == staff:
        yield ends
        _acted(life, partial(duties.begin, life.desk.as_staff(staff), MANAGER))
        return
    number = _given(life, MANAGER, now[MANAGER], ends)
    yield ends
    _received(life, MANAGER, number, staff)


def _given(life: Life, post: str, giver: str, ends: datetime) -> str:
    at = life.desk.as_staff(giver)
    given = _counted(life, handovers.now(at, post), ends) if post == DESK_POST else {"count": {}}
    work = partial(handovers.give, post=post, **given)
    result = _acted(life, partial(at.perform, "handover.give", work))
    return str(result.get("number", ""))


def _counted(life: Life, now: HandoverNow, ends: datetime) -> dict[str, Any]:
    """Tools and money as they are, and what is said of a difference."""
    given: dict[str, Any] = {"count": dict(now.tools), "cash": now.cash}
    if _is(life, ends, LOST, _NOON):
        given["count"][METER] = 0
        given["count_why"] = "万用表昨晚借出没有还，已问夜班，正在找"
    if _is(life, ends, FOUND, _NOON):
        given["count"][METER] = 1
        given["count_why"] = "万用表在水泵房找到，已收回"
    if now.cash and ends.weekday() == MONDAY:
        given |= {"cash": 0, "cash_why": "周末代收的现金已交收费员"}
    return given


def _is(life: Life, ends: datetime, ago: int, hour: int) -> bool:
    day = life.end.astimezone(life.desk.zone).date() - timedelta(days=ago)
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))  # on Saturdays nobody relieves the clerk
    return (ends.date(), ends.hour) == (day, hour)


def _received(life: Life, post: str, number: str, staff: str) -> None:
    at = life.desk.as_staff(staff)
    keys = handovers.now(at, post).unseen

    def work(act: Act) -> Result:
        return handovers.receive(act, number, items=keys)

    _acted(life, partial(at.perform, "handover.accept", work, relieving=True))


def _take(life: Life, number: str, verb: str, staff: str, **given: Any) -> None:
    def work(act: Act) -> Result:
        return matters.take(act, number, verb, **given)

    _acted(life, partial(life.desk.as_staff(staff).perform, f"handover.{verb}", work))


def _acted(life: Life, act: Any) -> Result:
    try:
        done: Result = act()
    except Refused as refusal:
        life.refused.append(refusal)
        return {}
    return done


def tick(life: Life) -> None:
    """What falls due by itself; the orders that come of it have lives of their own."""
    taken = [fired.number for fired in ticking.tick(life.desk) if fired.what == ticking.ESCALATED]
    for number in taken:
        for child in views.show(life.desk, number).children:
            if child.startswith("GD"):
                life.begin(orders.order(life, child, "engineering"), number=child)

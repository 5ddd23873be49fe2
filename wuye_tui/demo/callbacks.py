"""Callbacks of the training office: one in five reaches nobody in three duties (BX-17)."""

from datetime import datetime, time, timedelta

from wuye_tui.demo import orders
from wuye_tui.demo.life import Life, Lives

NOT_REACHED, REFUSED, SECOND_TRY, PUT_OFF = 0.2, 0.02, 0.1, 0.3
_DAYS = timedelta(days=2)
PLEASED = (("satisfied", 82), ("fair", 15), ("dissatisfied", 3))
_NOBODY = ("无人接听", "关机", "占线", "说在开会，晚点再打")
# When somebody has time for it, by duty: begins, ends, and who has the desk then does it.
_DUTIES = ((time(9, 5), time(11, 50)), (time(12, 10), time(13, 20)), (time(13, 40), time(17, 10)))


def callback(life: Life, number: str, slip: str) -> Lives:
    """From the finished repair to an answer, or to three tries without one."""
    draw, due = life.draw, life.now + _DAYS
    missed = life.turn("not reached", NOT_REACHED)
    tries = 3 if missed else 1 if life.chance(SECOND_TRY) else 0
    when = _next(life, life.now + timedelta(minutes=30))
    if not tries and life.turn("put off", PUT_OFF):
        when = _last(life, when, due)
    for _try in range(tries):
        yield when
        life.take(number, "try", note=draw.choice(_NOBODY))
        when = _next(life, _duty_of(life.now)[1])
    if tries == 3:
        yield life.soon(0.5, 2)
        life.take(number, "unreachable")
    else:
        yield when
        yield from _reached(life, number)
    life.calling.discard(slip)


def _reached(life: Life, number: str) -> Lives:
    if life.chance(REFUSED):
        life.take(number, "refuse")
        return
    says = life.draw.choices([code for code, _ in PLEASED], [share for _, share in PLEASED])[0]
    opinion = life.book.phrase(life.draw, "unhappy" if says == "dissatisfied" else "opinion")
    result = life.take(number, "reach", satisfaction=says, opinion=opinion)
    for opened in result.get("opened", ()):
        life.begin(orders.order(life, opened, "service"), number=opened)
    yield life.soon(0.5, 1)


def _duty_of(moment: datetime) -> tuple[datetime, datetime]:
    """The next hours of one duty that have not ended at that moment."""
    for day in (moment.date(), moment.date() + timedelta(days=1)):
        for begins, ends in _DUTIES:
            last = datetime.combine(day, ends, moment.tzinfo)
            if last > moment:
                return datetime.combine(day, begins, moment.tzinfo), last
    raise AssertionError(moment)


def _next(life: Life, after: datetime) -> datetime:
    """Some moment of the next duty: soon after it begins, for those who wait are many."""
    begins, ends = _duty_of(after)
    start = max(begins, after)
    return start + (ends - start) * life.draw.uniform(0.02, 0.3)


def _last(life: Life, when: datetime, due: datetime) -> datetime:
    """The same on the second day, if that is soon enough: the desk had no time before."""
    later = _next(life, max(when, due - timedelta(hours=4)))
    return later if later < due - timedelta(minutes=30) else when

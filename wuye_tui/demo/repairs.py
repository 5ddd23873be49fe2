"""The life of a repair slip, from the desk's radio call to the red line (BX-5 to BX-17)."""

from collections.abc import Generator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from wuye_tui.demo import callbacks
from wuye_tui.demo.life import OPENS, Job, Life, Lives
from wuye_tui.registers import views
from wuye_tui.rules.receipts import outstanding

Sending = Generator[datetime, None, str]
"""A part of a life that finds out who goes; "" where nobody does."""

NIGHT_FEE = 30  # yuan, FW-01 of this office's tariff
_OPEN = 1 / 7  # of the charges stay on the account
_BEFORE = 7  # minutes that a worker is early at an appointment


def repair(life: Life, job: Job) -> Lives:
    """Everything that comes after the call."""
    life.jobs[job.number] = job
    if job.night and life.night:
        worker = yield from _taken(life, job)
    else:
        worker = yield from _sent(life, job)
    if worker:
        yield from _worked(life, job, worker)
    yield from _brought_back(life, job)


def _sent(life: Life, job: Job) -> Sending:
    """Engineering is told, collects, assigns; returns who stands at the door, "" for nobody."""
    number, lead = job.number, life.roster.lead(life.now)
    yield life.soon(0.5, 1.6) + timedelta(minutes=job.late if job.late < 6 else 0)
    how = life.draw.choice(("radio", "radio", "phone"))
    life.take(number, "notify", whom="工程部", how=how)
    yield life.soon(1, 2.5)
    worker = life.worker(job.fault, 20 + job.fault.minutes)
    life.take(number, "collect", collector=worker)
    if job.quoted and not (yield from _agreed(life, job, lead)):
        return ""
    yield life.soon(0.5, 1.5)
    if job.at and job.at.astimezone(life.desk.zone).date() > life.today:
        worker = life.draw.choice(life.roster.workers(job.at.astimezone(life.desk.zone).date()))
    life.take(number, "assign", worker=worker, doer=lead)
    yield from _on_the_way(life, job)
    if job.away:
        job.at = life.slot(life.today + timedelta(days=1), 9, 10, 14, 15.5)
        life.take(number, "no_access", doer=worker, left_note="yes", at=job.at.isoformat())
        job.late = 0
        yield from _on_the_way(life, job)
    life.take(number, "arrive", doer=worker, worker=worker)
    return worker


def _agreed(life: Life, job: Job, lead: str) -> Generator[datetime, None, bool]:
    """The price of what is off the tariff (BX-10); whether somebody consents to it."""
    yield life.soon(3, 11)
    job.agreed = life.draw.choice(job.fault.lines)
    price = Decimal(job.agreed.rpartition("=")[2])
    night = NIGHT_FEE if job.night else 0
    life.take(job.number, "quote", fee=str(price + night), told_how="phone", doer=lead)
    yield life.soon(4, 45)
    if job.refused:
        life.take(job.number, "decline", why=life.book.phrase(life.draw, "refused"))
        return False
    if job.at is None or job.at - life.now < timedelta(minutes=30):
        job.at = life.slot(life.today + timedelta(days=1), 9, 10, 14, 15)
        life.take(job.number, "rebook", at=job.at.isoformat(), asked_by=job.name or "业主")
    life.take(job.number, "consent", agreed_by=job.name or "业主")
    return True


def _on_the_way(life: Life, job: Job) -> Lives:
    """Until somebody is there: before the appointment, or within the ten minutes of BX-8."""
    spare = life.draw.uniform(0, 4)
    beyond = job.late if job.late >= 6 else 0
    while True:
        if job.at:
            early = timedelta(minutes=_BEFORE + spare - (beyond and beyond + _BEFORE))
            when = job.at - early
        else:
            when = job.began + timedelta(minutes=8 + spare + beyond)
        if when <= life.now:
            break
        yield when
    yield life.soon(0.1, 0.4)


def _taken(life: Life, job: Job) -> Sending:
    """The night goes itself (KF-7); Engineering's supervisor signs in the morning (BX-3.1)."""
    yield life.soon(0.4, 1.5)
    if not life.night:
        return (yield from _sent(life, job))
    worker = life.clerk
    life.take(job.number, "take")
    life.unsigned.add(job.number)
    life.begin(_countersigned(life, job.number), number=job.number)
    yield life.soon(5, 8.5)
    life.take(job.number, "arrive", doer=worker, worker=worker)
    return worker


def _countersigned(life: Life, number: str) -> Lives:
    due = life.desk.calendar.next_working(OPENS, life.now)
    yield due.astimezone(life.desk.zone) + timedelta(minutes=life.draw.uniform(0, 12))
    lead = life.roster.lead(life.now)
    life.take(number, "countersign", lead, supervisor=lead)
    life.unsigned.discard(number)


def _worked(life: Life, job: Job, worker: str) -> Lives:
    """At the door, at work, perhaps a second time; and the callback that it leaves behind."""
    number, lead, draw = job.number, life.roster.lead(life.now), life.draw
    yield life.soon(2, 6)
    if job.refused and not job.quoted:
        why = life.book.phrase(draw, "refused")
        life.take(number, "refuse", doer=worker, why=why, worker_sign=worker, supervisor=lead)
        return
    _agree(life, job, worker)
    if job.twice:
        worker = yield from _twice(life, job, worker)
    yield life.soon(job.fault.minutes * 0.5, job.fault.minutes * 1.4)
    given: dict[str, Any] = {"tried": "yes", "doer": worker}
    if job.paid:
        drawn = draw.choice(job.fault.lines)
        given["lines"] = (job.agreed or drawn) + (";FW-01" if job.night else "")
    if job.public:
        given["inspector"] = "ZX01" if life.chance(0.3) else lead
    elif life.chance(0.03):
        given |= {"refused_why": "本人不在，家里老人不签", "witness": "马东"}
    else:
        given["resident"] = job.name
    result = life.take(number, "finish", **given)
    for opened in result.get("opened", ()):
        life.calling.add(number)
        life.begin(callbacks.callback(life, opened, number), number=opened)


def _agree(life: Life, job: Job, worker: str) -> None:
    given = {"damage": life.draw.choice(job.fault.damage), "minutes": str(job.fault.minutes)}
    if job.paid:
        given |= {"tariff_shown": "yes", "consent": "yes"}
    life.take(job.number, "agree", doer=worker, **given)


def _twice(life: Life, job: Job, worker: str) -> Sending:
    """A part is missing: away, and back on another day (XX-4.3.7b)."""
    yield life.soon(6, 20)
    back = life.slot(life.today + timedelta(days=1), 9, 9.5, 10, 14, 15)
    missing = life.book.phrase(life.draw, "missing")
    given = {"missing": missing, "gets": "仓库 采购", "back_at": back.isoformat()}
    life.take(job.number, "leave", doer=worker, **given)
    yield back - timedelta(minutes=life.draw.uniform(2, 15))
    worker = life.draw.choice(life.roster.workers(life.today))
    life.take(job.number, "arrive", doer=worker, worker=worker)
    yield life.soon(2, 5)
    _agree(life, job, worker)
    return worker


def _pay(life: Life, job: Job) -> None:
    """The cashier takes the money that the worker brought in, or that the resident came with
    (BX-16); every seventh lets it go onto the account.
    """
    if not job.paid:
        return
    slip = views.show(life.desk, job.number).situation
    if not outstanding(slip.facts) or slip.outcome != "done":
        return
    chance = Random(job.number)  # noqa: S311 - its own: nothing else depends on it
    if chance.random() > _OPEN:
        means = chance.choices(("wechat", "cash", "alipay", "card"), (60, 20, 15, 5))[0]
        given = {"means": means, "paid_by": job.name or "业主"}
        life.take(job.number, "pay", life.roster.cashier(life.now), **given)


def _brought_back(life: Life, job: Job) -> Lives:
    """Returned, verified, called back, closed with the red line."""
    number, draw = job.number, life.draw
    life.jobs.pop(number, None)
    yield life.at_desk(life.soon(3, 15))
    line = {"register_line": str(draw.randint(1, 99))} if job.paid else {}
    life.take(number, "return", doer=life.roster.lead(life.now), **line)
    yield life.at_desk(life.soon(4, 20))
    _pay(life, job)
    finding = draw.choice(("已修好", "现场看过，正常", "电话核实，已修好", "已核实"))
    life.take(number, "verify", life.roster.assistant(life.now), finding=finding)
    while number in life.calling or number in life.unsigned:
        yield life.at_desk(life.soon(15, 40))
    yield life.at_desk(life.soon(2, 15))
    if number in life.joined and views.show(life.desk, number).waiting:
        life.take(number, "tell", said="已修好，谢谢您来电")
        yield life.at_desk(life.soon(1, 3))
    life.take(number, "close")

"""One call after the other: what is said, as it is typed, and what it becomes.

Whatever is typed goes through the line's own reading, and through the acts of the desk.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from wuye_tui.demo import complaints, orders, repairs
from wuye_tui.demo.book import Fault, Home, caller, spelled
from wuye_tui.demo.life import Job, Life, Lives
from wuye_tui.registers import console, hearing, proposals, ringing
from wuye_tui.registers.meaning import Proposal
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.line_orders import department_of
from wuye_tui.rules.repair_facts import PAID, PUBLIC

AT_HOME = 0.6
LATE, TWICE, REFUSED, AWAY = 0.075, 0.135, 0.04, 0.03
NAMED, WITH_PHONE, RINGS, TIMED, QUOTED = 0.2, 0.06, 0.06, 0.28, 0.9
TRIES = 6
MEANT = {
    "fee": {Kind.ENQUIRY},
    "progress": {Kind.URGE},
    "car": {Kind.CAR},
    "card": {Kind.OTHER, Kind.ENQUIRY},
    "complaint": {Kind.COMPLAINT},
    "release": {Kind.OTHER, Kind.ENQUIRY},
    "praise": {Kind.PRAISE, Kind.SUGGESTION},
    "other": {Kind.OTHER, Kind.ENQUIRY},
}
"""What a line of each kind is understood as."""


def call(life: Life, kind: str) -> Lives:
    """A call of this kind at the moment it is in the office."""
    _KINDS[kind](life)
    yield from ()


def fault_line(life: Life, sort: str) -> tuple[str, Fault, str]:
    """A line that reports something, its fault, and the words of it."""
    draw, fault = life.draw, life.book.fault(life.draw, sort)
    said = draw.choice(fault.say)
    if sort == "public":
        home = draw.choice([one for one in life.homes if one.entrance])
        floor = draw.randint(1, 6)
        place = draw.choice(fault.place).format(b=home.building, e=home.entrance, floor=floor)
        return f"{place}{said}", fault, said
    home = draw.choice(life.homes)
    return f"{_from(life, home)} {said}{_when(life, fault)}", fault, said


def _from(life: Life, home: Home) -> str:
    """The beginning of a line: the room, now and then the name or the number."""
    draw, room = life.draw, spelled(life.draw, home)
    who = caller(draw, home)
    if life.chance(NAMED) and 2 <= len(who.name) <= 3:
        title = draw.choice(("先生", "女士", "阿姨"))
        return f"{room} {who.name[0]}{title}"
    if life.chance(WITH_PHONE) and who.phone.startswith("1"):
        return f"{room} {who.phone}"
    return room


def _when(life: Life, fault: Fault) -> str:
    """When somebody is wanted: at once by night, and where nothing is said."""
    draw, hour = life.draw, life.now.hour
    if not life.night and life.chance(TIMED):
        today = life.book.later_today(draw, hour)
        return today if today and life.chance(0.5) else life.book.phrase(draw, "times")
    if life.night and not fault.night:
        return ""
    return life.book.phrase(draw, "hurry")


def repair(life: Life, sort: str = "") -> None:
    """Something is broken. What the night cannot do is left for the morning (KF-8)."""
    draw = life.draw
    sort = sort or ("home" if life.chance(AT_HOME) else "shared" if life.chance(0.25) else "public")
    for _try in range(TRIES):
        line, fault, said = fault_line(life, sort)
        channel = "对讲机 " if sort == "public" and life.chance(0.4) else life.book.channel(draw)
        found = hearing.understand(life.desk, channel + line)
        if is_clear(found) and not (found.alike and life.chance(0.85)):
            break
    if not (is_clear(found) and found.understood.kind is Kind.REPAIR):
        life.unclear.append(found.understood.line)
        return
    if life.night and not fault.night:
        left = life.act("call.left", partial(proposals.accept, proposal=_postponed(found)))
        life.begin(_taken_up(life, str(left["contact"]), channel + line, fault, said))
        return
    _open(life, found, fault, said)


def _postponed(found: Proposal) -> Proposal:
    return replace(found, postponed=True)


def _taken_up(life: Life, number: str, line: str, fault: Fault, said: str) -> Lives:
    """What the night has left becomes a slip in the morning."""
    yield life.at_desk(life.now)
    _open(life, replace(hearing.understand(life.desk, line), left=number), fault, said)


def _open(life: Life, found: Proposal, fault: Fault, said: str) -> None:
    found = _rung(life, found)
    if found.alike:
        number = found.alike[0].number
        life.act("call.join", partial(console.join_call, proposal=found, number=number))
        life.joined.add(number)
        return
    quoted = fault.off and found.charge == PAID and life.chance(QUOTED)
    priced = partial(
        proposals.accept,
        proposal=found,
        charge=PUBLIC if fault.free else "",
        tariff="off" if quoted else "",
    )
    result = life.act("call.line", priced)
    job = job_of(life, found, fault, str(result["number"]), said)
    job.quoted = quoted
    life.begin(repairs.repair(life, job), number=job.number)


def job_of(life: Life, found: Proposal, fault: Fault, number: str, said: str) -> Job:
    """What will become of a slip that was opened just now."""
    paid = found.charge == PAID and not fault.free
    at = found.understood.appointment
    return Job(
        number=number,
        said=said,
        fault=fault,
        began=life.now,
        home=life.by_label.get(found.unit.label) if found.unit else None,
        name=found.residents[0].name if found.residents else "住户",
        paid=paid,
        public=found.unit is None or found.charge == PUBLIC or fault.free,
        at=at.start.astimezone(life.desk.zone) if at else None,
        late=life.draw.choice((3, 4, 9, 15, 25, 40)) if life.turn("late", LATE) else 0,
        twice=life.turn("twice", TWICE),
        refused=paid and life.turn("refused", REFUSED),
        away=found.unit is not None and life.chance(AWAY),
        night=life.night,
    )


def is_clear(found: Proposal) -> bool:
    """Whether nothing has to be asked before it is written down."""
    return not (found.asks or found.choices)


def _typed(life: Life, kind: str, line: Callable[[], str]) -> None:
    """Any other call: one that is understood as meant, and written down."""
    for _try in range(TRIES):
        found = hearing.understand(life.desk, life.book.channel(life.draw) + line())
        if is_clear(found) and found.understood.kind in MEANT[kind]:
            break
    else:
        life.unclear.append(found.understood.line)
    found = _rung(life, found)
    result = life.act("call.line", partial(proposals.accept, proposal=found))
    number = str(result["number"])
    if number.startswith("TS"):
        life.begin(complaints.complaint(life, number, found), number=number)
    elif number.startswith("GD"):
        department = department_of(found.understood.line, found.understood.kind)
        name = found.residents[0].name if found.residents else ""
        issued = result["state"] == "issued"
        life.begin(orders.order(life, number, department, name, issued), number=number)


def _rung(life: Life, found: Proposal) -> Proposal:
    """Now and then the telephone system has told of the line, and whose it is."""
    if found.channel != "phone" or found.left or not life.chance(RINGS):
        return found
    phone = next((one.phone for one in found.residents if one.phone), "")
    rang = life.act("call.ring", partial(ringing.ring, phone=phone), "")
    life.act("ring.answer", partial(ringing.answer, number=str(rang["number"])))
    return replace(found, ring=str(rang["number"]))


def _anywhere(name: str, nobody: float = 0.0) -> Callable[[Life], None]:
    """Calls that are a phrase behind a room; in some nobody says where they live."""

    def made(life: Life) -> None:
        if nobody and life.chance(nobody):
            _typed(life, name, lambda: filled(life, life.book.phrase(life.draw, f"{name}_nobody")))
        else:
            _typed(life, name, lambda: _from_home(life, name))

    return made


def _from_home(life: Life, name: str) -> str:
    home = life.draw.choice(life.homes)
    return f"{_from(life, home)} {filled(life, life.book.phrase(life.draw, name), home)}"


def filled(life: Life, said: str, home: Home | None = None) -> str:
    car = life.draw.choice(life.drivers)
    other = life.draw.choice(life.near(home)).label if home else ""
    return said.format(plate=car.plate, other=other)


def progress(life: Life) -> None:
    """How far is it? About a slip that is open, or else about an order."""
    waited = life.now - timedelta(minutes=12)
    open_ = [job for job in life.jobs.values() if job.home and job.began < waited and job.urged < 2]
    if open_ and life.chance(0.85):
        job = life.draw.choice(open_)
        job.urged += 1
        _typed(life, "progress", lambda: _asks_again(life, job))
    else:
        _typed(life, "progress", lambda: _from_home(life, "urge_order"))


def _asks_again(life: Life, job: Job) -> str:
    assert job.home is not None
    phrase = life.book.phrase(life.draw, "urge").format(what=job.said)
    return f"{spelled(life.draw, job.home)} {phrase}"


def missed(life: Life) -> Lives:
    """A line that nobody could take; somebody calls back (KF-16)."""
    phone = caller(life.draw, life.draw.choice(life.homes)).phone
    rang = life.act("call.ring", partial(ringing.ring, phone=phone))
    yield life.now + timedelta(seconds=life.draw.randint(18, 40))
    with suppress(ringing.NothingRings):  # the tick may have given it up
        life.act("call.hang_up", partial(ringing.hang_up, phone=phone))
    yield life.soon(4, 35)
    note = life.draw.choice(("已回电，问停车费", "已回电，没有事", "回电无人接"))
    life.take(str(rang["number"]), "call_back", note=note)


_KINDS: dict[str, Callable[[Life], Any]] = {
    "repair": repair,
    "fee": _anywhere("fee", 0.15),
    "progress": progress,
    "car": _anywhere("car", 0.3),
    "card": _anywhere("card"),
    "complaint": _anywhere("complaint"),
    "release": _anywhere("release"),
    "praise": _anywhere("praise"),
    "other": _anywhere("other", 0.3),
}

"""The stories of an office, each lived once: calls, repairs, complaints, handovers, payments."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import col

from tests.bench.stories import Story, lived
from tests.billing import PRICE
from tests.factories import USUAL, answer_callbacks, handed_over, move_to, rows_of, started, taken
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import bills, contacts, counter, duties, fees, proposals
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.months import month_of
from wuye_tui.rules.payments import Tender
from wuye_tui.store.tables import Charge, Person, Unit, UnitPerson

HOME, WHO, PHONE = "898-8-9808", "欧阳无名", "13877770001"
UNIT, PERSON = "u-of-the-story", "p-of-the-story"
CASHIER = "SF01"
AREA = 8950
MONTHS = 12  # paid at once
CASHED = {"means": "wechat", "paid_by": WHO}
COMPLAINED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("handle", "KF01", {"apologised": True, "remedy": "马上叫人去看"}),
    ("answer", "KF01", {"said": "已说明并致歉", "cause": "cleaning"}),
    ("verify", "KF05", {"finding": "每天有人打扫了"}),
    ("close", "KF01", {}),
)
BETWEEN = 240  # seconds from step to step


def uncommon(desk: Desk) -> None:
    """A home and somebody in it whose names are found nowhere else, and the price of the fee."""

    def work(act: Act) -> Result:
        act.insert(
            Unit,
            {"id": UNIT, "label": HOME, "building": "898", "entrance": "8", "room": "9808",
             "area_centi": AREA, "flags": []},
        )  # fmt: skip
        act.insert(Person, {"id": PERSON, "name": WHO, "phone": PHONE, "phone_tail": PHONE[::-1]})
        act.insert(UnitPerson, {"unit": UNIT, "person": PERSON, "role": "owner"})
        return fees.set_price(act, "management", PRICE, date(2010, 1, 1))

    desk.as_staff(CASHIER).perform("test", work)


def told(desk: Desk, dialect: str) -> dict[str, Story]:
    """All of them by name."""
    known = {HOME: "label", WHO: "name", PHONE: "phone", PHONE[::-1]: "tail", UNIT: "unit"}
    found = {}
    for kind, tell in (
        ("handover", _handover),
        ("call", _call),
        ("repair", _repair),
        ("complaint", _complaint),
    ):
        (duty,) = (one.id for one in duties.now(desk))
        sort = "prev" if kind == "handover" else "duty"
        found[kind] = lived(desk, kind, lambda: tell(desk), {**known, duty: sort}, dialect)  # noqa: B023
        _next_day(desk)
    charges = _charged(desk)
    known |= {one.id: f"charge{n}" for n, one in enumerate(charges)}
    fen = sum(one.fen for one in charges)
    (duty,) = (one.id for one in duties.now(desk))
    found["payment"] = lived(
        desk, "payment", lambda: _paid(desk, fen), {**known, duty: "duty"}, dialect
    )
    return found


def _next_day(desk: Desk) -> None:
    assert isinstance(desk.clock, StoppedClock)
    desk.clock.advance(86400)
    move_to(desk, "10:00")


def _handover(desk: Desk) -> None:
    """At noon, after it, to the night, and in the morning back."""
    for at, taker in (("12:00", "KF02"), ("13:30", "KF01"), ("17:30", "ZB01")):
        move_to(desk, at)
        handed_over(desk, taker)
    assert isinstance(desk.clock, StoppedClock)
    desk.clock.advance(15 * 3600)
    handed_over(desk, "KF01")


def _call(desk: Desk) -> None:
    def work(act: Act) -> Result:
        made = contacts.register(
            act, channel="phone", category="enquiry", words="问物业费怎么交", unit=HOME,
            caller=WHO, phone=PHONE,
        )  # fmt: skip
        return {"contact": made.number}

    desk.perform("call.add", work)


def _repair(desk: Desk) -> None:
    """A paid job on the tariff from the call to the red line, called back the next day."""
    assert isinstance(desk.clock, StoppedClock)
    found = proposals.understand(desk, "厨房水龙头漏水 马上", HOME)
    number = str(
        desk.perform("call.add", lambda act: proposals.accept(act, found, phone=PHONE))["number"]
    )
    standing = {step["verb"] for step in show(desk, number).as_dict()["steps"]}
    for verb, staff, given in USUAL:
        if verb in standing:
            continue
        if verb == "close":
            desk.clock.advance(86400)
            answer_callbacks(desk, number)
        desk.clock.advance(BETWEEN)
        given = {**given, "resident": WHO} if "resident" in given else given
        taken(desk, number, verb, staff=staff, **given)
        if verb == "finish":
            taken(desk, number, "pay", staff=CASHIER, **CASHED)


def _complaint(desk: Desk) -> None:
    assert isinstance(desk.clock, StoppedClock)
    number = str(
        started(desk, "complaint", text="楼道没人打扫", unit=HOME, caller=WHO, phone=PHONE)[
            "number"
        ]
    )
    for verb, staff, given in COMPLAINED:
        desk.clock.advance(BETWEEN)
        if verb == "close":
            desk.clock.advance(86400)
            answer_callbacks(desk, number)
        taken(desk, number, verb, staff=staff, **given)


def _charged(desk: Desk) -> list[Charge]:
    """A year of bills of the home, oldest first."""
    assert isinstance(desk.clock, StoppedClock)
    month = month_of(desk.calendar.day_of(desk.now())).after
    cashier = desk.as_staff(CASHIER)
    for _n in range(MONTHS):
        month = month.after
        begin, _end = month.bounds(desk.zone)
        desk.clock.set(begin + timedelta(hours=10))
        bills.run(cashier, month, leave_out=True)
    found = rows_of(desk, Charge, (col(Charge.unit) == HOME) & (col(Charge.fee) == "management"))
    assert len(found) == MONTHS
    return sorted(found, key=lambda one: one.period)


def _paid(desk: Desk, fen: int) -> None:
    desk.as_staff(CASHIER).perform(
        "payments.take", lambda act: counter.take(act, [HOME], [Tender("wechat", fen)])
    )

"""A desk with something to tell whoever calls: flags, slips, calls, and the water off."""

from sqlalchemy import update
from sqlmodel import col

from tests.factories import started, taken
from tests.moulds import moulded
from tests.screens.consoles import on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, notices
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Unit

WATER = {"subject": "water", "department": "engineering", "text": "3栋没水", "scope": "3栋"}
SAY = "水泵检修，今天下午六点前来水，请先存一点水备用"


def flagged(desk: Desk, label: str, *flags: str) -> None:
    """Marks a unit."""

    def mark(act: Act) -> Result:
        act.session.execute(update(Unit).where(col(Unit.label) == label).values(flags=list(flags)))
        return {}

    desk.perform("mark", mark)


def water_off(desk: Desk) -> str:
    """A notice in force for building 3; two have asked."""
    number = str(started(desk, "notice", **WATER)["number"])
    taken(desk, number, "report", told_by="王建国", say=SAY, ends="2026-11-19 18:00")
    for unit in ("3-1-501", "3-2-502"):
        desk.perform(
            "answer",
            lambda act, unit=unit: notices.answer(act, number, unit=unit),  # type: ignore[misc]
        )
    return number


@moulded
def told_of(desk: Desk, clock: StoppedClock) -> Desk:
    """3-1-502 with flags, two slips and calls, while the water is off in building 3."""
    on_duty(desk)
    flagged(desk, "3-1-502", "dog", "lives_alone")
    registered(desk, clock, "客厅灯不亮")
    registered(desk, clock, "厨房水管漏水")
    for n, (channel, category, words) in enumerate(CALLED):
        clock.advance(60)
        desk.perform(
            f"call{n}",
            lambda act, c=channel, k=category, w=words: {  # type: ignore[misc]
                "contact": contacts.register(
                    act, channel=c, category=k, words=w, unit="3-1-502", caller="陈立"
                ).number
            },
        )
    water_off(desk)
    return desk


CALLED = (
    ("phone", "enquiry", "[b]物业费[/b]怎么交"),
    ("wechat", "complaint", "楼上装修太吵，中午还在钻"),
    ("phone", "praise", "谢谢李师傅"),
)

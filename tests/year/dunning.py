"""Who is reminded in the year, how, and what they promise: through the verbs, the longest first."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from wuye_tui.registers import arrears
from wuye_tui.registers.arrears_rows import Arrear
from wuye_tui.rules.errors import Refused

if TYPE_CHECKING:
    from tests.year.living import Year

AT_ONCE = 60
WAYS = {"first": "phone", "again": "wechat", "letter": "post", "lawyer": "post"}


def dun(year: "Year", day: date) -> list[str]:
    """Takes the next step of those that are overdue; returns why some were not dunned."""
    year.at(day, 9, 5)
    refused: list[str] = []
    for n, row in enumerate(arrears.arrears(year.clerk, 5, limit=AT_ONCE).rows):
        try:
            step(year, row, n)
        except Refused as refusal:
            refused.append(str(refusal))
    return refused


def step(year: "Year", row: Arrear, n: int) -> None:
    """The step that its days allow; every third promises something, half of them keep it."""
    level = arrears.show(year.clerk, row.unit).following
    code, state = level.code if level else "again", row.dunned.state if row.dunned else ""
    if state == "promised":
        return
    if code == "letter" and row.days >= 30:
        year.act("dunning.letter", lambda act: arrears.take(act, row.unit, "letter", way="post"))
        return
    if code == "lawyer" and row.days >= 90 and state == "lettered":
        year.act(
            "dunning.manager", lambda act: arrears.take(act, row.unit, "manager", to_whom="JL01")
        )
        manager = year.desk.as_staff("JL01")
        year.act(
            "dunning.lawyer",
            lambda act: arrears.take(act, row.unit, "lawyer", way="post"), manager,
        )  # fmt: skip
        return
    if state == "managed":
        return
    way = WAYS["first" if code == "first" else "again"]
    year.act(
        "dunning.remind",
        lambda act: arrears.remind(act, row.unit, way=way, text="说月底来交"),
        year.clerk,
    )
    if n % 3 == 0:
        until = datetime.combine(
            year.today + timedelta(days=6), time(18), year.desk.zone
        )  # fmt: skip
        year.act(
            "dunning.promise",
            lambda act: arrears.take(act, row.unit, "promise", until=until.isoformat()),
            year.clerk,
        )


def steps(year: "Year") -> Counter[str]:
    """How often each step was taken, by its verb."""
    from tests.factories import rows_of
    from wuye_tui.store.tables import Matter, StepRow

    mine = {one.id for one in rows_of(year.desk, Matter) if one.kind == "dunning"}
    return Counter(one.verb for one in rows_of(year.desk, StepRow) if one.matter in mine)

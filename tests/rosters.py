"""An office that plans its nights: three maintenance workers in turn, and one who may stand in."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wuye_tui.desk import Desk
from wuye_tui.registers import leaves, missed, rosters, swaps, wishes
from wuye_tui.registers.rosters_planned import planned
from wuye_tui.registers.swaps import Duty
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Asked, Cell, Drawn, RosterKind
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff

ADMIN, LEADER, CLERK = "XZ01", "GC01", "KF01"
TURN = ("GC03", "GC04", "ZB01")
STAND_IN = "SB01"
POST = "前台"
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
CERTIFICATE = "低压电工作业证"
_SHIFT = """
[[shift]]
code = "night"
word = "夜班"
starts = "17:30"
ends = "08:30"
night = true
"""
NIGHT = f"""
word = "夜间维修"
clause = "KF-5"
posts = ["维修工"]
stand_in = ["设备值班工"]
duty_post = "desk"
partner_days = 30

[duty_names]
night = ["night"]

[limits]
hours = "comprehensive"
rest = 660
after_night = ["night"]
days = 6
nights = 1
free = 4
week_free = 1
{_SHIFT}minutes = 480

[[need]]
shift = "night"
post = "{POST}"
heads = 1
qualifications = ["{CERTIFICATE}"]
"""

NIGHT_OF_TWO = f"""
word = "夜间维修"
posts = ["维修工"]
duty_post = "desk"

[duty_names]
night = ["night"]

[limits]
hours = "comprehensive"
{_SHIFT}minutes = 300

[[need]]
shift = "night"
post = "前台"
heads = 2
"""


def planning(desk: Desk) -> Desk:
    """Administration's desk, with the rules of the nights and everybody in their post."""
    write_rules(desk.settings.home)
    admin = desk.as_staff(ADMIN)
    admin.perform("test", place)
    return admin


def write_rules(home: Path, text: str = NIGHT, kind: str = "night") -> Path:
    """The office's own rules of a kind."""
    folder = home / "data" / "rosters"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}.toml"
    path.write_text(text, "utf-8")
    return path


def place(act: Act) -> Result:
    """Gives the workers their posts and what they are qualified for."""
    of = {"department": "engineering", "level": "E"}
    has = f"{CERTIFICATE}、高处作业证"
    rows = [{**of, "number": one, "post": "维修工", "qualifications": has} for one in TURN]
    rows.append({**of, "number": STAND_IN, "post": "设备值班工", "qualifications": CERTIFICATE})
    rows.append({**of, "number": LEADER, "post": "维修主管", "level": "C", "qualifications": ""})
    act.update(Staff, *rows)
    return {}


def kind_of(desk: Desk, code: str = "night") -> RosterKind:
    """A kind as the office's file has it."""
    return desk.reference.rosters[code]


def in_turn(month: Month, turn: Sequence[str] = TURN) -> list[Cell]:
    """A whole month of nights, one after the other."""
    days = [month.last_day.replace(day=n) for n in range(1, month.last_day.day + 1)]
    return [Cell(day, "night", POST, turn[n % len(turn)]) for n, day in enumerate(days)]


def pairs(month: Month) -> list[Cell]:
    """A whole month of nights of two by the rules above, one of the three free in turn."""
    return [
        cell._replace(staff=who) for cell in in_turn(month) for who in TURN if who != cell.staff
    ]


def on(month: Month, day: int) -> date:
    """A day of a month."""
    return month.last_day.replace(day=day)


def kept(desk: Desk, month: Month = DECEMBER, cells: Sequence[Cell] = (), **more: Any) -> str:
    """A draft, of the nights in turn where nothing is said; its number."""
    asked = rosters.asked(desk, kind_of(desk), month)
    drawn = Drawn(tuple(cells or in_turn(month)), 10, 8, seed=1, **more)
    return str(desk.perform("test", lambda act: rosters.keep(act, asked, drawn))["number"])


def published(desk: Desk, month: Month = DECEMBER, cells: Sequence[Cell] = ()) -> Result:
    """The next version of a month."""
    number = kept(desk, month, cells)
    return desk.perform("rosters.publish", lambda act: rosters.publish(act, number))


def changed(cells: Sequence[Cell], day: int, staff: str) -> list[Cell]:
    """The same with somebody else on a day."""
    return [one._replace(staff=staff) if one.day.day == day else one for one in cells]


def swapped(desk: Desk, day: date, staff: str, other: str, **more: Any) -> Result:
    """A night given to somebody else."""
    kind, why = kind_of(desk), more.pop("why", "出差")
    duty = Duty(day, "night")
    return desk.perform(
        "rosters.swap", lambda act: swaps.swap(act, kind, duty, staff, other, why, **more)
    )


def away(desk: Desk, staff: str, begins: date, ends: date, why: str = "病假") -> Result:
    """A leave."""
    return desk.perform("rosters.leave", lambda act: leaves.leave(act, staff, begins, ends, why))


def names_on(desk: Desk, month: Month, day: int) -> set[str]:
    """Who has the night of a day in the version in force."""
    shown = rosters.shown(desk, kind_of(desk), month)
    return {one.staff for one in shown.cells if one.day.day == day}


def asked_of(desk: Desk, month: Month = DECEMBER) -> Asked:
    """What the nights of a month are drawn up from."""
    return rosters.asked(desk, kind_of(desk), month)


def all_of_it(desk: Desk) -> None:
    """Every question and act of rosters once."""
    admin = planning(desk)
    published(admin)
    swapped(admin, on(DECEMBER, 31), "GC03", "ZB01", back=Duty(on(DECEMBER, 30), "night"))
    day = on(DECEMBER, 20)
    away(admin, STAND_IN, day, day + timedelta(days=40))
    admin.perform("test", lambda act: wishes.wish(act, "GC03", day, "night"))
    admin.perform("test", lambda act: wishes.unwish(act, "GC03", day))
    rosters.list_rosters(admin)
    rosters.shown(admin, kind_of(admin), DECEMBER)
    rosters.checked(admin, kind_of(admin), DECEMBER, in_turn(DECEMBER))
    swaps.list_swaps(admin)
    leaves.list_leaves(admin, day)
    wishes.list_wishes(admin, day)
    missed.missed(admin, DECEMBER)
    planned(admin, "desk", "night", day)
    number = str(leaves.list_leaves(admin, day)[0].number)
    admin.perform("test", lambda act: leaves.cancel(act, number))

"""What people had and have besides the month that is drawn up (KF-5, ZB-3.6).

* two shifts of a day are one day of a weekend, over the months as in the month
* the minutes of a quarter are those of every kind
* whoever comes by a list is new, as whoever is added by hand
* a kind that is held beside one's work is in the way of nights, and nights are in its way
* a file with a fault is in nobody's way but its own
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.rosters import (
    ADMIN,
    DECEMBER,
    NOVEMBER,
    STAND_IN,
    changed,
    in_turn,
    kind_of,
    planning,
    published,
    write_rules,
)
from wuye_tui.desk import Desk, open_desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import imports, rosters
from wuye_tui.registers.rosters_had import unread
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Cell, Drawn

BESIDE = """
word = "值班"
posts = ["维修工"]
alongside = true

[limits]
hours = "standard"
days = 31
free = 0
week_free = 0

[[shift]]
code = "day"
word = "工作岗"
starts = "08:30"
ends = "18:00"
minutes = 240
together = ["rest"]

[[shift]]
code = "rest"
word = "休息岗"
starts = "18:00"
ends = "08:30"
night = true
minutes = 60
together = ["day"]
only_with = "day"

[[need]]
shift = "day"
heads = 1

[[need]]
shift = "rest"
heads = 1
"""


def anew(desk: Desk) -> Desk:
    """Administration's desk after the rules were changed."""
    return open_desk(desk.settings, desk.clock).as_staff(ADMIN)


def all_day(month: Month, staff: str) -> list[Cell]:
    """One person who is on duty beside their work every day and night of a month."""
    days = (one.day for one in in_turn(month))
    return [Cell(day, code, "", staff) for day in days for code in ("day", "rest")]


def keep(admin: Desk, code: str, cells: list[Cell]) -> None:
    """Publishes November of a kind."""
    asked = rosters.asked(admin, kind_of(admin, code), NOVEMBER)
    drawn = Drawn(tuple(cells), 0, 0)
    number = admin.perform("k", lambda act: rosters.keep(act, asked, drawn))["number"]
    admin.perform("p", lambda act: rosters.publish(act, str(number)))


@pytest.mark.clause("ZB-3.6")
def test_two_shifts_of_a_day_are_one_day_of_a_weekend(desk: Desk) -> None:
    planning(desk)
    write_rules(desk.settings.home, BESIDE, "beside")
    admin = anew(desk)
    kind = kind_of(admin, "beside")
    keep(admin, "beside", all_day(NOVEMBER, "GC03"))
    past = rosters.asked(admin, kind, DECEMBER).past["GC03"]
    assert (past.nights, past.weekends) == (30, 9)  # nine days of November's weekends


@pytest.mark.clause("KF-5")
def test_nights_and_what_is_held_beside_ones_work_keep_away_from_each_other(desk: Desk) -> None:
    published(planning(desk), DECEMBER)  # GC03 has the nights of the 1st, 4th and so on
    write_rules(desk.settings.home, BESIDE, "beside")
    admin = anew(desk)
    found = rosters.asked(admin, kind_of(admin, "beside"), DECEMBER)
    one = next(one for one in found.busy if (one.staff, one.begins.day) == ("GC03", 4))
    assert (one.night, one.beside, one.minutes, one.rest) == (True, True, 0, 660)
    assert f"{one.ends:%m-%d %H:%M}" == "12-05 08:30"
    wrong = rosters.checked(admin, found.kind, DECEMBER, all_day(DECEMBER, "GC03"))
    told = [one.words for one in wrong if one.rule == "elsewhere"]
    after = "2026-12-05 李强 的「工作岗」同「夜间维修夜班」（12-04）只隔 0 小时，至少要 11 小时。"
    assert after in told
    assert "2026-12-04 李强 排了「休息岗」，同时排了「夜间维修夜班」（12-04）。" in told
    nights = rosters.asked(admin, kind_of(admin), DECEMBER)
    assert nights.busy == [], "nothing of the other is published"


def test_the_minutes_of_a_quarter_are_those_of_every_kind_and_by_day_nothing_collides(
    desk: Desk,
) -> None:
    admin = planning(desk)
    published(admin, NOVEMBER, changed(in_turn(NOVEMBER), 25, STAND_IN))
    mondays = BESIDE.split('[[shift]]\ncode = "rest"')[0].replace("alongside = true", "")
    mondays = mondays.replace('together = ["rest"]', "").replace("维修工", "设备值班工")
    mondays += '[[need]]\nshift = "day"\nheads = 1\nweekdays = "一"\n'
    write_rules(desk.settings.home, mondays, "mondays")
    write_rules(desk.settings.home, BESIDE.replace("维修工", "设备值班工"), "beside")
    fresh = anew(desk)
    days = [one.day for one in in_turn(NOVEMBER) if one.day.weekday() == 0]
    keep(fresh, "mondays", [Cell(day, "day", "", STAND_IN) for day in days])
    past = rosters.asked(fresh, kind_of(fresh), DECEMBER).past[STAND_IN]
    assert (past.nights, past.minutes) == (1, 480 + 5 * 240)
    beside = rosters.asked(fresh, kind_of(fresh, "beside"), NOVEMBER)
    assert {one.begins.hour for one in beside.busy} == {17}, "of others the nights alone"


def test_whoever_comes_by_a_list_is_new(desk: Desk, tmp_path: Path) -> None:
    admin = planning(desk)
    desk.clock.set(datetime.fromisoformat("2027-03-20T02:00:00+00:00"))  # type: ignore[attr-defined]
    file = tmp_path / "员工.csv"
    file.write_text("工号,姓名,岗位\nGC31,新来的,维修工\n", "utf-8")
    plan = imports.plan(admin, read_rows(file, "staff", admin.reference))
    done = admin.perform("staff.import", lambda act: imports.apply(act, plan))
    assert done["taken_on"] == ["GC31"]
    found = rosters.asked(admin, kind_of(admin), Month(2027, 4))
    assert {one.number: one.since for one in found.people}["GC31"] == date(2027, 3, 20)
    assert {one.number: one.since for one in found.people}["GC03"] is None


def test_a_file_with_a_fault_is_in_nobody_s_way_but_its_own(desk: Desk) -> None:
    planning(desk)
    write_rules(desk.settings.home, "word = ", "broken")
    fresh = replace(desk, reference=type(desk.reference)(desk.settings.home)).as_staff(ADMIN)
    kind = kind_of(fresh)
    assert rosters.asked(fresh, kind, DECEMBER).busy == []
    assert [wrong.line for wrong in unread(fresh.reference, kind) if "broken.toml" in wrong.line]

"""The project head reads the log every week and instructs (ZB-3.7)."""

from typing import Any

import pytest
from sqlmodel import col, select

from tests.factories import (
    children,
    local,
    move_to,
    overdue,
    refused,
    rows_of,
    runs,
    signatures,
    situation,
    started,
    taken,
)
from tests.watching import managing
from wuye_tui.desk import Desk
from wuye_tui.registers import ticking
from wuye_tui.registers.checking import check
from wuye_tui.registers.dutylog import day_log
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.refusals import NoRight, WrongPerson
from wuye_tui.store.acts import Act
from wuye_tui.store.tables import Matter, Staff

HEAD = "ZJ01"


@pytest.fixture
def manager(any_desk: Desk) -> Desk:
    """孙丽, duty manager; 高远 is project head as well."""
    return with_a_head(any_desk)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The same where the database does not matter."""
    return with_a_head(desk)


def with_a_head(desk: Desk) -> Desk:
    def work(act: Act) -> dict[str, Any]:
        head = act.session.execute(
            select(Staff).where(col(Staff.site) == act.site, col(Staff.number) == HEAD)
        ).scalar_one()
        head.hats = [*head.hats, "project_head"]
        return {}

    desk.perform("seed", work)
    return managing(desk)


def readings(desk: Desk) -> list[str]:
    return [row.number for row in rows_of(desk, Matter, col(Matter.kind) == "reading")]


def a_week(desk: Desk) -> str:
    """A week with a line in it, on the Monday after."""
    started(desk, "entry", category="call", text="问路")
    started(desk, "entry", "write", sort="note", text="下雪")
    move_to(desk, "2026-11-23 08:30")
    ticking.tick(desk)
    (number,) = readings(desk)
    return number


@pytest.mark.clause("ZB-3.7")
def test_a_week_with_a_line_is_opened_once_on_the_monday_after(manager: Desk) -> None:
    started(manager, "entry", category="call", text="问路")
    move_to(manager, "2026-11-23 08:29")
    ticking.tick(manager)
    assert readings(manager) == []
    move_to(manager, "2026-11-23 08:30")
    ticking.tick(manager)
    ticking.tick(manager)
    (number,) = readings(manager)
    assert number.startswith("PY-")
    assert situation(manager, number).facts["week"] == "2026-W47"
    assert local(manager, runs(manager, number, "read")[0].due) == "2026-11-23 17:30:00"
    assert check(manager).findings == []


@pytest.mark.clause("ZB-3.7")
def test_a_week_without_a_line_is_not_opened(desk: Desk) -> None:
    move_to(desk, "2026-11-23 09:00")
    ticking.tick(desk)
    assert readings(desk) == []


@pytest.mark.clause("ZB-3.7")
def test_the_project_head_signs_with_their_own_pin_and_nobody_else(manager: Desk) -> None:
    number = a_week(manager)
    head = manager.as_staff(HEAD)
    with pytest.raises(NoRight):
        taken(manager, number, "read", project_head=HEAD)
    with pytest.raises(WrongPerson):
        taken(head, number, "read", project_head="KF04")
    done = taken(head, number, "read", remarks="巡查要抓紧")
    assert signatures(manager, number)[done["n"], "project_head"].how == "pin"
    now = situation(manager, number)
    assert now.state == "read"
    lines = len(rows_of(manager, Matter, col(Matter.kind) == "entry"))
    assert now.facts["lines"] <= lines
    assert (now.facts["open_lines"], now.facts["incidents"]) == (1, 0)
    (read,) = day_log(manager).readings
    assert (read.reader, read.situation.facts["remarks"]) == ("高远", "巡查要抓紧")
    assert check(manager).findings == []


@pytest.mark.clause("ZB-3.7")
def test_another_project_head_does_not_sign_in_ones_name(here: Desk) -> None:
    number = a_week(here)

    def work(act: Act) -> dict[str, Any]:
        act.add(Staff(site=act.site, number="ZJ02", name="方正", hats=["project_head"]))
        return {}

    here.perform("seed", work)
    at = here.as_staff("ZJ02")
    assert refused("ZB-3.7", at, number, "read", project_head=HEAD) == "own_pin"
    taken(at, number, "read")


@pytest.mark.clause("ZB-3.7")
def test_an_instruction_is_a_task_for_a_department(here: Desk) -> None:
    number = a_week(here)
    head = here.as_staff(HEAD)
    given = {"department": "guards", "task": "北门岗加一次夜巡", "until": "2026-11-25 17:30"}
    (task,) = taken(head, number, "instruct", **given)["opened"]
    seen = show(here, task)
    assert (seen.parent, seen.situation.state) == (number, "issued")
    assert seen.situation.facts["text"] == "北门岗加一次夜巡"
    assert [one.number for one in children(here, number, "task")] == [task]
    (read,) = day_log(here).readings
    assert [one.number for one in read.instructions] == [task]
    with pytest.raises(NoRight):
        taken(here, number, "instruct", **given)


@pytest.mark.clause("ZB-3.7")
def test_one_that_is_not_read_in_time_is_told_and_is_no_slip_of_the_desk(here: Desk) -> None:
    number = a_week(here)
    assert number not in {row.number for row in queue(here)}
    assert [row.number for row in queue(here, Wanted("reading"))] == [number]
    move_to(here, "2026-11-23 17:31")
    assert ("late", number) in {(one.what, one.number) for one in ticking.tick(here)}
    assert overdue(here, number) == {"read"}


@pytest.mark.clause("ZB-3.7")
def test_weeks_that_nobody_was_there_for_are_made_up(here: Desk) -> None:
    a_week(here)
    started(here, "entry", category="call", text="问路")
    move_to(here, "2026-12-02 10:00")
    ticking.tick(here)
    weeks = [situation(here, number).facts["week"] for number in readings(here)]
    assert weeks == ["2026-W47", "2026-W48"]

"""The callback (BX-17): within two days, at decent hours, and not given up on early."""

from typing import Any

import pytest

from tests.factories import (
    a_repair,
    around,
    children,
    local,
    matter,
    move_to,
    on_duty,
    overdue,
    refused,
    runs,
    situation,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

HOUR, DAY = 3600, 86400
DONE: dict[str, Any] = {"lines": "SX-01", "tried": True, "resident": "陈立"}


@pytest.mark.clause("BX-17")
@around(2 * DAY)
def test_within_two_days_of_completion_the_resident_is_called_back(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    assert callback.number == "HF-20261119-001"
    clock.advance(seconds)
    taken(desk, callback.number, "reach", satisfaction="满意", opinion="师傅很准时")
    assert ("callback" in overdue(desk, callback.number)) is late
    assert situation(desk, number).facts["callback"] == "done"


@pytest.mark.clause("BX-17")
def test_the_two_days_run_from_when_the_work_was_done_not_from_when_it_was_written(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, upto="working")
    done = clock.now()
    clock.advance(3 * HOUR)
    taken(desk, number, "finish", happened=done, **DONE)
    (callback,) = children(desk, number, "callback")
    (run,) = runs(desk, callback.number, "callback")
    assert local(desk, run.due) == "2026-11-21 10:20:00"


@pytest.mark.clause("BX-17")
def test_nothing_is_closed_before_the_callback(desk: Desk) -> None:
    number = a_repair(desk, upto="verified")
    assert refused("BX-17", desk, number, "close") == "callback_due"


def test_who_does_not_want_to_be_asked_is_not_asked_again(desk: Desk) -> None:
    number = a_repair(desk, upto="verified")
    (callback,) = children(desk, number, "callback")
    taken(desk, callback.number, "refuse", staff="KF05")
    assert matter(desk, callback.number).outcome == "refused"
    taken(desk, number, "close", staff="KF05")


def test_where_nobody_can_be_called_no_callback_stands_in_the_way(desk: Desk) -> None:
    number = a_repair(desk, unit="6-1-301", upto="finished")
    assert children(desk, number, "callback") == []
    walk_to(desk, number, "closed")


@pytest.mark.parametrize("verb", ["try", "reach"])
@pytest.mark.parametrize(
    ("at", "quiet"), [("08:59:59", True), ("09:00", False), ("19:59:59", False), ("20:00", True)]
)
def test_nobody_is_called_late_in_the_evening_or_early_in_the_morning(
    desk: Desk, verb: str, at: str, quiet: bool
) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    move_to(desk, f"2026-11-20 {at}")
    given = {"satisfaction": "satisfied"} if verb == "reach" else {}
    if quiet:
        assert refused("BX-17", desk, callback.number, verb, **given) == "quiet"
    else:
        taken(desk, callback.number, verb, **given)


@pytest.mark.parametrize(
    ("done", "due"),
    [
        ("19:59", "2026-11-21 19:59:00"),
        ("20:00", "2026-11-21 20:00:00"),
        ("23:30", "2026-11-21 20:00:00"),
        ("08:59", "2026-11-20 20:00:00"),
        ("09:00", "2026-11-21 09:00:00"),
    ],
)
def test_a_callback_that_is_due_in_the_night_is_due_the_evening_before(
    desk: Desk, done: str, due: str
) -> None:
    move_to(desk, done)
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    (run,) = runs(desk, callback.number, "callback")
    assert local(desk, run.due) == due


def test_nobody_is_given_up_on_before_three_tries_on_three_duties(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    for at, duties in (("11:00", 1), ("12:30", 2), ("14:00", 3)):
        move_to(desk, at)
        assert refused("BX-17", desk, callback.number, "unreachable") == "too_few"
        on_duty(desk, "KF01")
        taken(desk, callback.number, "try")
        taken(desk, callback.number, "try")  # again, on the same duty
        assert len(set(situation(desk, callback.number).facts["tried_on"])) == duties
    taken(desk, callback.number, "unreachable")
    assert matter(desk, callback.number).outcome == "not_reached"
    walk_to(desk, number, "closed")

"""Duty managers at work: what most tests of the log, the patrols and the tasks begin with."""

from typing import Any

from tests.factories import move_to, on_duty, started, taken
from tests.moulds import moulded
from wuye_tui.desk import Desk

MANAGER = "KF03"


@moulded
def managing(desk: Desk) -> Desk:
    """孙丽 at the desk, duty manager since 08:30; it is 10:20."""
    move_to(desk, "08:30")
    on_duty(desk, MANAGER, "duty_manager")
    move_to(desk, "10:20")
    return desk.as_staff(MANAGER)


def begun(desk: Desk, **given: Any) -> str:
    """A patrol that begins now; the duty manager's, unless told otherwise."""
    return str(started(desk, "patrol", **{"what": "duty_manager", **given})["number"])


def walked(desk: Desk, since: str, until: str) -> str:
    """A patrol from one time of the day to another, written as it happens."""
    move_to(desk, since)
    number = begun(desk)
    move_to(desk, until)
    taken(desk, number, "finish")
    return number


def visited(desk: Desk, number: str, spot: str, **given: Any) -> Any:
    """A post, room or place that was visited; in order, unless told otherwise."""
    return taken(desk, number, "visit", spot=spot, **{"sound": True, **given})

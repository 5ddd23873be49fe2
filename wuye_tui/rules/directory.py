"""The directory of telephone numbers (XX-4.1.4): whose they are, and when to try one again."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from wuye_tui.words import N_

GOOD_FOR: Final = timedelta(days=90)
"""So long a number that somebody tried counts as right."""


class Group(StrEnum):
    """What a number is for."""

    EMERGENCY = "emergency"
    UTILITY = "utility"
    AUTHORITY = "authority"
    MAKER = "maker"
    SERVICE = "service"
    INSIDE = "inside"


GROUPS: Final = {
    Group.EMERGENCY: N_("报警急救"),
    Group.UTILITY: N_("水电气暖"),
    Group.AUTHORITY: N_("政府社区"),
    Group.MAKER: N_("设备维保"),
    Group.SERVICE: N_("外部服务"),
    Group.INSIDE: N_("内部"),
}


def is_stale(checked: date | None, today: date) -> bool:
    """Whether a number has to be tried: nobody ever did, or the last time is too long ago."""
    return checked is None or today - checked > GOOD_FOR

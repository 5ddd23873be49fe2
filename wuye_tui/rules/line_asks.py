"""What of a typed line is unclear, so that whoever calls must be asked."""

from enum import StrEnum

from wuye_tui.rules.faults import Emergency, names_only_things
from wuye_tui.rules.line import Understood
from wuye_tui.rules.line_kinds import ABOUT_A_SLIP, Kind
from wuye_tui.rules.places import is_open
from wuye_tui.rules.units_text import fold, nearly_phone


class Ask(StrEnum):
    """What the caller must still be asked."""

    UNIT = "unit"
    BUILDING = "building"
    ENTRANCE = "entrance"
    WHERE = "where"  # of which building the place is
    PAST = "past"
    IMPOSSIBLE = "impossible_time"
    TIME = "time"
    WHEN = "when"
    WHAT = "what"  # is wrong with the thing that is named
    PHONE = "phone"


def unclear(understood: Understood) -> list[str]:
    """The codes (`Ask`) of what the caller must be asked, in the order of asking.

    A missing time is not asked for, because without one the desk decides; but it is of whoever
    wants another time than the one agreed on, refuses a time or is in no hurry.
    """
    asked: list[str] = []
    place = understood.place
    somewhere = understood.room or (place and place.name)
    if understood.kind is Kind.EMERGENCY:
        lost = not (somewhere or place or understood.emergency is Emergency.POWER)
    elif understood.kind is Kind.REPAIR:
        lost = not somewhere
    elif understood.kind in ABOUT_A_SLIP:
        lost = not (somewhere or understood.slip)
    else:
        lost = understood.kind is Kind.COMPLAINT and not (somewhere or understood.phone)
    if lost:
        asked.append(Ask.UNIT)
    room = understood.room
    if room and not room.building:
        asked.append(Ask.BUILDING)
    elif room and room.entrance is None and room.building.isdigit():
        asked.append(Ask.ENTRANCE)
    elif place and room is None and understood.kind is Kind.REPAIR and is_open(place):
        asked.append(Ask.WHERE)
    if understood.kind is Kind.REPAIR and names_only_things(understood.words):
        asked.append(Ask.WHAT)
    if understood.past:
        asked.append(Ask.PAST)
    if understood.impossible:
        asked.append(Ask.IMPOSSIBLE)
    elif understood.kind is Kind.REBOOK and not understood.appointment:
        asked.append(Ask.TIME)
    elif understood.when_open and not understood.past:
        asked.append(Ask.WHEN)
    if understood.phone is None and nearly_phone(fold(understood.words)):
        asked.append(Ask.PHONE)
    return asked

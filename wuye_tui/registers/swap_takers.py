"""Who may be asked to take a duty over in a swap (ZB-4.4): what the register would refuse whatever
is given back is not offered.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wuye_tui.desk import Desk
from wuye_tui.registers import rosters
from wuye_tui.registers.swaps import exchanged, tied
from wuye_tui.rules.months import month_of
from wuye_tui.rules.roster_checks import check
from wuye_tui.rules.roster_sheets import shift_of
from wuye_tui.rules.rosters import Asked, Cell, RosterKind
from wuye_tui.words import _, clauses, listed

if TYPE_CHECKING:
    from wuye_tui.rostering.standing_in import StandIn

_CURED: Final = {
    "after_night", "rest", "days", "nights", "week_free", "free",
    "minutes", "overtime", "most_nights",
}  # fmt: skip
"""What may stand in the way of somebody, and not any more once they give a day back."""


def takers(desk: Desk, kind: RosterKind, duty: Cell) -> "list[StandIn]":
    """The people to whom a published duty may be offered, best first: who may take it over; who may
    where the two change what they have that day; who may of another department; last, with `may`
    False, who may only for another day. Raises NobodyToPlan and FixedUnknown.
    """
    if shift_of(kind, duty.shift) is None:  # the office has given it up since
        return []
    from wuye_tui.rostering.standing_in import stand_ins  # only where a swap is wanted

    asked = rosters.asked(desk, kind, month_of(duty.day))
    found = stand_ins(asked, duty)
    return [
        *(one for one in found if one.may and not one.person.stand_in),
        *_exchanging(asked, duty, [one for one in found if one.rule == "together"]),
        *(one for one in found if one.may and one.person.stand_in),
        *(one for one in found if one.rule in _CURED),
    ]


def _exchanging(asked: Asked, duty: Cell, others: "list[StandIn]") -> "Iterator[StandIn]":
    """Those who have another shift that day, where no rule is broken by the exchange."""
    own = [one for one in asked.published if one.day == duty.day]
    ties = tied(asked.kind, duty.shift)
    given = [one for one in own if one.staff == duty.staff and one.shift in ties]
    before = set(check(asked, asked.published))
    for one in others:
        number = one.person.number
        taken = [cell for cell in own if cell.staff == number]
        if {cell.shift for cell in taken} == {cell.shift for cell in given}:
            continue  # the same shift at another post
        if before.issuperset(check(asked, exchanged(asked, given, taken, duty.staff, number))):
            has = listed(_(asked.kind.shift(code).word) for code in _codes(taken))
            told = clauses((_("当天上{shift}").format(shift=has), _("两人对换")))
            yield replace(one, may=True, words=told, rule="")


def _codes(cells: list[Cell]) -> dict[str, None]:
    return dict.fromkeys(one.shift for one in cells)

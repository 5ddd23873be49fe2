"""Wishes of people about a roster (KF-5, ZB-3.6): which were heard, which not and why.

Whoever would like a day off, or is on leave from it, would not like to work until its morning: a
night before it is weighed as a wish of its own. It is no hard rule, since somebody has to be there.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from wuye_tui.rules.rosters import Asked, Cell, RosterKind, Shift, Wish
from wuye_tui.words import _

INTO_LEAVE: Final = 5
"""What a night that ends on the first day of a leave weighs, in wishes of weight 1."""
_BEFORE: Final = timedelta(days=1)


class Unheard(NamedTuple):
    """A wish that a roster does not hear, or (`wish` None) a leave that begins with the morning
    after a night; `until` is when the shift of the evening before ends, None where it is not that.
    """

    staff: str
    day: date
    wish: Wish | None
    shift: str = ""
    until: datetime | None = None


def lasting(kind: RosterKind) -> list[Shift]:
    """The shifts that last into the day after."""
    day = date(2000, 1, 1)
    return [
        one for one in kind.shifts if one.span(day)[1] > datetime.combine(day + _BEFORE, time())
    ]


def evenings_before(asked: Asked) -> Iterator[Wish]:
    """Wishes that follow from others and from leaves: no shift into a day off."""
    days = set(asked.days)
    into = lasting(asked.kind)
    off = [(one.staff, one.day, one.weight) for one in asked.wishes if one.off and not one.shift]
    off += [(one.staff, one.begins, INTO_LEAVE) for one in asked.leaves]
    for staff, day, weight in off:
        if day - _BEFORE in days:
            for shift in into:
                yield Wish(staff, day - _BEFORE, shift.code, True, weight)


def is_heard(kind: RosterKind, wish: Wish, cells: Sequence[Cell]) -> bool:
    """Whether a roster does what somebody wished, a night before a day off looked at too."""
    meant = [one for one in _on(cells, wish.staff, wish.day) if wish.shift in ("", one.shift)]
    if not wish.off:
        return bool(meant)
    return not meant and (bool(wish.shift) or _into(kind, cells, wish.staff, wish.day) is None)


def unheard(asked: Asked, cells: Sequence[Cell]) -> list[Unheard]:
    """All that could not be heard, in the order of the days."""
    found = list[Unheard]()
    for wish in asked.wishes:
        if not is_heard(asked.kind, wish, cells):
            night = wish.off and not _on(cells, wish.staff, wish.day)
            into = _into(asked.kind, cells, wish.staff, wish.day) if night else None
            found.append(_unheard(asked.kind, wish.staff, wish.day, wish, into))
    for leave in asked.leaves:
        into = _into(asked.kind, cells, leave.staff, leave.begins)
        if into is not None:
            found.append(_unheard(asked.kind, leave.staff, leave.begins, None, into))
    return sorted(found, key=lambda one: (one.day, one.staff))


def told(kind: RosterKind, one: Unheard, name: str) -> str:
    """One of them in words: 王芳 12-05 想休（前一天的夜班上到 08:30）."""
    if one.wish is None:
        words = _("{name} {day} 开始请假")
    elif one.wish.off:
        words = _("{name} {day} 不想上{shift}") if one.wish.shift else _("{name} {day} 想休")
    else:
        words = _("{name} {day} 想上{shift}")
    wished = _(kind.shift(one.wish.shift).word) if one.wish and one.wish.shift else _("班")
    said = words.format(name=name, day=f"{one.day:%m-%d}", shift=wished)
    if one.until is None:
        return said
    night = _("（前一天的{shift}上到 {at}）")
    return said + night.format(shift=_(kind.shift(one.shift).word), at=f"{one.until:%H:%M}")


def _unheard(
    kind: RosterKind, staff: str, day: date, wish: Wish | None, into: Cell | None
) -> Unheard:
    if into is None:
        return Unheard(staff, day, wish)
    return Unheard(staff, day, wish, into.shift, kind.shift(into.shift).span(into.day)[1])


def _on(cells: Sequence[Cell], staff: str, day: date) -> list[Cell]:
    return [one for one in cells if (one.staff, one.day) == (staff, day)]


def _into(kind: RosterKind, cells: Sequence[Cell], staff: str, day: date) -> Cell | None:
    """Somebody's shift of the evening before that lasts into a day."""
    codes = {one.code for one in lasting(kind)}
    return next((one for one in _on(cells, staff, day - _BEFORE) if one.shift in codes), None)

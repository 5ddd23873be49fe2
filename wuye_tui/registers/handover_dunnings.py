"""The dunnings of a handover: one item of them all, and by name those whose promised day comes.

An office duns by the dozen, and none of it is the next duty's to look at one by one, but whoever
has promised to pay until the day on which that duty ends: they come, or they have not come.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from wuye_tui.registers.duty_rows import UnknownPost, planned
from wuye_tui.registers.handover_items import GROUP, ONE, Item, item_of
from wuye_tui.registers.source import Source
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.store.tables import Duty
from wuye_tui.words import _, listed

NAMED: Final = 12
"""So many units are named; of more it is said how many they are."""
FACT: Final = "dunnings"
"""Under this a handover takes down how many there were and which were named."""


def gathered(source: Source, duty: Duty, rows: Iterable[Any]) -> Iterator[Item]:
    """One item of all these open dunnings, where there are any."""
    found = [item_of(row, duty.started, source.now, False) for row in rows]
    last = _until(source, duty)
    days = source.reference.calendar
    due = [one for one in found if one.due is not None and days.day_of(one.due) <= last]
    if found:
        yield _item(len(found), due, source.now, days)


def taken_down(items: Iterable[Item]) -> dict[str, Any]:
    """What a handover keeps of it: a number, and references alone."""
    gathered_ = next((one for one in items if one.many), None)
    return {FACT: {"many": gathered_.many, "named": list(gathered_.named)}} if gathered_ else {}


def named_in(facts: Facts) -> list[str]:
    """The references that a handover has taken down."""
    return [str(one) for one in dict(facts.get(FACT, {})).get("named", ())]


def recalled(
    facts: Facts, stood: Sequence[Item], at: datetime, days: WorkingCalendar
) -> Iterator[Item]:
    """The same of a handover that is over, from those that were named as they stood then."""
    if many := int(dict(facts.get(FACT, {})).get("many", 0)):
        yield _item(many, stood, at, days)


def _until(source: Source, duty: Duty) -> date:
    """The office's day on which the duty ends that comes next; the running one's, where none does:
    whoever promised a day has until midnight.
    """
    calendar, ends = source.reference.calendar, duty.planned_end
    with suppress(UnknownPost):
        ends = planned(source.reference, calendar, duty.post, max(source.now, ends))[2]
    return calendar.day_of(ends)


def _item(many: int, named: Sequence[Item], now: datetime, days: WorkingCalendar) -> Item:
    """Its key changes with those that are named: whoever has looked looks again."""
    order = sorted(named, key=lambda one: (one.due or now, one.key))
    late = any(one.due is not None and one.due < now for one in order)
    to_come = any(one.due is not None and one.due >= now for one in order)
    words = _("{n} 户在催").format(n=many)
    if order:
        told = listed(_promise(one, now, days) for one in order[:NAMED])
        if len(order) > NAMED:
            told = _("{units} 等 {n} 户").format(units=told, n=len(order))
        words = _("{n} 户在催，答应缴、要跟的：{units}").format(n=many, units=told)
    keys = tuple(one.key for one in order)
    return Item(
        f"{DUNNING.kind}:{zlib.crc32(' '.join(keys).encode()):08x}",
        DUNNING.kind,
        "",
        "",
        words,
        ONE if order else GROUP,
        (*(("overdue",) if late else ()), *(("promised",) if to_come else ())),
        order[0].due if order else None,
        many=many,
        named=keys,
    )


def _promise(one: Item, now: datetime, days: WorkingCalendar) -> str:
    assert one.due is not None
    told = _("{unit} {day} 没有缴") if one.due < now else "{unit} {day}"
    return told.format(unit=one.where, day=f"{days.day_of(one.due):%m-%d}")

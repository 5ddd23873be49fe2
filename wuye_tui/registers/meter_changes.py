"""A reading put right or taken away while no bill uses it, and a meter switched off (FW-4.2).

Why is sealed with the act, and lies in `private`: people write names into reasons. A meter that is
switched off has a last reading, 旧表止码, so that what was used until then is charged, nobody waits
for it any more, and a new one may be put up in its place.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from wuye_tui.registers import meter_questions as questions
from wuye_tui.registers import meters
from wuye_tui.registers.bill_inputs import share
from wuye_tui.registers.fees import require
from wuye_tui.registers.meter_questions import Known
from wuye_tui.registers.meter_refusals import (
    AlreadyCharged,
    NoReadingThen,
    NoWhyGiven,
    OffAlready,
    ReadLater,
    SeveralThen,
)
from wuye_tui.rules.meters import INSTALLED, REMOVED, Reading, used
from wuye_tui.rules.months import month_of
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import MeterReading
from wuye_tui.words import _

NAMED: Final = 4
"""So many days are named of a meter that was not read on the one that was asked for."""


def correct(
    act: Act,
    typed: str,
    day: date,
    value_milli: int | None,
    why: str,
    kind: str = "",
    fee: str = "",
) -> Result:
    """Puts a reading of a day right, or takes it away where `value_milli` is None; of the old and
    the new meter's on one day, that of `kind`. Raises NotAllowed, NoWhyGiven, UnknownMeter,
    SeveralMeters, UnknownKind, NoReadingThen, SeveralThen, AlreadyCharged, and what
    `rules.meters.used` raises of the readings that it would leave.
    """
    require(act, Right.BILL, _("改读数"))
    reason = _reason(why)
    share(act)
    known, there = _of(act, typed, fee)
    found = _one_of(known, there, day, meters.kind_named(kind) if kind else "")
    _refuse_charged(act, known, day)
    told: list[str] = []
    if value_milli is None:
        _refuse_gap([one for one in there if one != found], day, known.digits)
        act.delete(MeterReading, _key(known, found))
    else:
        told = meters.put(act, known, Reading(day, value_milli, found.kind))
    return {
        **_about(known, found.day, found.kind), "before_milli": found.value_milli,
        "value_milli": value_milli, "odd": told, "looked": _sealed(act, reason),
    }  # fmt: skip


def switch_off(
    act: Act, typed: str, day: date, why: str, fee: str = "", value_milli: int | None = None
) -> Result:
    """Ends a meter on a day with what it showed then, where nobody says it with what it showed
    last. Raises NotAllowed, NoWhyGiven, UnknownMeter, SeveralMeters, DayToCome, OffAlready,
    ReadLater, AlreadyCharged, and what `rules.meters.used` raises.
    """
    require(act, Right.BILL, _("停用表"))
    reason = _reason(why)
    share(act)
    known, there = _of(act, typed, fee)
    last = there[-1] if there else Reading(day, 0, REMOVED)
    if there and last.kind == REMOVED:
        raise OffAlready(known.number, last.day)
    if last.day > day or (last.day == day and last.kind == INSTALLED):
        raise ReadLater(known.number, last.day)
    _refuse_charged(act, known, day)
    if there and last.day == day:  # its last reading is what it showed at its end
        act.delete(MeterReading, _key(known, last))
    shown = last.value_milli if value_milli is None else value_milli
    told = meters.put(act, known, Reading(day, shown, REMOVED))
    return {
        **_about(known, day, REMOVED), "value_milli": shown, "odd": told,
        "looked": _sealed(act, reason),
    }  # fmt: skip


def _of(act: Act, typed: str, fee: str) -> tuple[Known, list[Reading]]:
    code = meters.metered(act.reference.fees, fee).code if fee else ""
    known = meters.meter_named(act.session, act.site, typed, code)
    there = questions.histories(act.session, act.site, date.min, [known.number])
    return known, there.get(known.number, [])


def _one_of(known: Known, there: Sequence[Reading], day: date, kind: str) -> Reading:
    found = [one for one in there if one.day == day and kind in ("", one.kind)]
    if not found:
        near = sorted({one.day for one in there}, key=lambda each: abs((each - day).days))
        raise NoReadingThen(known.number, day, sorted(near[:NAMED]))
    if len(found) > 1:
        raise SeveralThen(day)
    return found[0]


def _refuse_charged(act: Act, known: Known, day: date) -> None:
    """Raises AlreadyCharged where a bill of that month, or of one after it, is out."""
    out = questions.charged(act.session, act.site, known.fee, month_of(day))
    for month, run in out:
        word = next((one.word for one in act.reference.fees if one.code == known.fee), known.fee)
        raise AlreadyCharged(word, month, run, day)


def _refuse_gap(left: Sequence[Reading], day: date, digits: int) -> None:
    """Raises what the reading before and the one after raise of each other."""
    before = [one for one in left if one.day < day][-1:]
    same = [one for one in left if one.day == day]
    after = [one for one in left if one.day > day][:1]
    used([*before, *same, *after], digits, 1)


def _reason(why: str) -> str:
    reason = clean(why, Field.REASON)
    if not reason:
        raise NoWhyGiven
    return reason


def _sealed(act: Act, reason: str) -> list[dict[str, str]]:
    return [{"reason": act.whisper(act.key, 1, words=reason)}]


def _about(known: Known, day: date, kind: str) -> Result:
    return {
        "meter": known.number, "unit": known.unit, "fee": known.fee, "day": day.isoformat(),
        "kind": kind,
    }  # fmt: skip


def _key(known: Known, one: Reading) -> dict[str, object]:
    return {"meter": known.number, "day": one.day, "kind": one.kind}

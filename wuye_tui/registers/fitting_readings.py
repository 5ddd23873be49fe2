"""Whether readings can stand beside those of the register, and what about them looks odd."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby, pairwise
from statistics import median_low
from typing import Any, Final, NamedTuple

from wuye_tui.registers.meter_questions import Known
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.meters import (
    INSTALLED,
    ODD_WORDS,
    REGULAR,
    ROLLED,
    Reading,
    odd_use,
    reading_words,
    used,
)
from wuye_tui.rules.months import month_of
from wuye_tui.words import _

MONTHS_BACK: Final = 6
_USUAL: Final = frozenset((REGULAR, ROLLED))


class Placed(NamedTuple):
    """A row of a sheet whose meter and day are known."""

    row: Any
    reading: Reading


Kept = Sequence[tuple[Reading, Placed | None]]
"""The readings of a meter in their order, those of the sheet with their rows."""
There = Mapping[tuple[date, str], Reading]
"""Those of the register by day and kind."""


class Told(NamedTuple):
    """What looks odd: the row, the field and its value, and the words."""

    row: Any
    field: str
    value: str
    words: str


def fitted(
    there: Iterable[Reading], fresh: Iterable[Placed], digits: int
) -> tuple[Kept, list[tuple[Placed, DeskError]]]:
    """All readings that can stand beside their neighbours, oldest first, and which rows cannot,
    with the reason. What the register has already is never what is wrong.
    """
    kept: list[tuple[Reading, Placed | None]] = []
    refused: list[tuple[Placed, DeskError]] = []
    steps: list[tuple[Reading, Placed | None]] = [(one, None) for one in there]
    steps += [(one.reading, one) for one in fresh]
    for one, whose in sorted(steps, key=lambda step: (step[0].day, step[0].kind == INSTALLED)):
        while why := _clash([*(each for each, _whose in kept[-1:]), one], digits):
            if whose is not None:
                refused.append((whose, why))
                break
            before = kept[-1][1] if kept else None
            if before is None:
                kept.append((one, None))
                break
            kept.pop()
            refused.append((before, why))
        else:
            kept.append((one, whose))
    return kept, refused


def _clash(readings: Sequence[Reading], digits: int) -> DeskError | None:
    try:
        used(readings, digits, 1)
    except DeskError as why:
        return why
    return None


def replaced(one: Reading, there: There) -> Reading | None:
    """The reading of the register that this one takes the place of: on a day there is one usual
    reading, gone past the last digit or not.
    """
    kinds = (one.kind, *(_USUAL - {one.kind})) if one.kind in _USUAL else (one.kind,)
    return next((there[one.day, kind] for kind in kinds if (one.day, kind) in there), None)


def other_before(kept: Kept) -> Iterator[Told]:
    """Where the reading before is not what the sheet says it was."""
    ended: Reading | None = None  # the last of the months before
    for (before, _whose), (one, placed) in pairwise(kept):
        ended = before if month_of(before.day) != month_of(one.day) else ended
        said = placed.row.before_milli if placed else None
        if placed is None or said is None or one.kind == INSTALLED:
            continue
        if said not in (before.value_milli, ended.value_milli if ended else None):
            words = _("登记的上次读数是 {value}（{day}）。请核对。").format(
                value=reading_words(before.value_milli), day=before.day
            )
            yield Told(placed.row, "before", reading_words(said), words)


def odd_uses(known: Known, kept: Kept) -> Iterator[Told]:
    """The months of the sheet whose use is not like that of the months before."""
    uses: list[int] = []
    before: list[Reading] = []
    for _month, group in groupby(kept, lambda one: month_of(one[0].day)):
        of_month = list(group)
        readings = [*before, *(one for one, _whose in of_month)]
        last, placed = of_month[-1]
        first, before = not before, [last]
        if first:
            continue
        with suppress(DeskError):  # what ran backwards was told of in its own month
            use = used(readings, known.digits, known.factor)
            if placed and (code := odd_use(use, uses[-MONTHS_BACK:])):
                words = _("{what}：这个月 {use}，以前每月大约 {usual}。请核对。").format(
                    what=_(ODD_WORDS[code]),
                    use=reading_words(use),
                    usual=reading_words(median_low(uses[-MONTHS_BACK:])),
                )
                yield Told(placed.row, "value", reading_words(last.value_milli), words)
            uses.append(use)

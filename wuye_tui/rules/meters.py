"""Meters 抄表: what was used between readings, also past the last digit and across a new meter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import N_, _

REGULAR, REMOVED, INSTALLED, ROLLED = "regular", "removed", "installed", "rolled"
KIND_WORDS: Final = {
    REGULAR: N_("抄表"),
    REMOVED: N_("旧表止码"),
    INSTALLED: N_("新表起码"),
    ROLLED: N_("过零"),
}
ODD_WORDS: Final = {"jump": N_("用量突增"), "none": N_("用量为零")}
MOST_DIGITS: Final = 9
"""Digits before the point. No meter of an office has more."""

_TYPED: Final = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_NARROW: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")
_LONGEST: Final = 20  # characters that are said back


class NotAReading(UsageError):
    """What was typed is no reading of a meter."""

    def __init__(self, typed: str) -> None:
        told = _("「{typed}」不是读数。请照表上的数字输入，例如 1234.5。")
        super().__init__(told.format(typed=typed[:_LONGEST]))


class TooPreciseReading(UsageError):
    """More than three decimals."""

    def __init__(self, typed: str) -> None:
        told = _("读数「{typed}」最多三位小数。请改正。")
        super().__init__(told.format(typed=typed[:_LONGEST]))


class TooLarge(UsageError):
    """More digits than the meter has."""

    def __init__(self, shown: str, digits: int) -> None:
        told = _("读数「{shown}」超过 {digits} 位，表上没有这么多位。请核对。")
        super().__init__(told.format(shown=shown[:_LONGEST], digits=digits))


class TwoOnADay(UsageError):
    """More on one day than one reading, or than the last of an old meter and the first of a new."""

    def __init__(self, day: date) -> None:
        told = _("{day} 有两个读数。请只留一个；当天换表的，留旧表止码和新表起码。")
        super().__init__(told.format(day=day))


class RanBackwards(UsageError):
    """A reading lower than the one before, and nobody said why."""

    def __init__(self, before: "Reading", after: "Reading") -> None:
        told = _(
            "{day} 的读数 {value} 小于 {before} 的 {earlier}。"
            "请核对；表走过最大数的请注明「过零」，换了表的请登记旧表止码和新表起码。"
        )
        value, earlier = reading_words(after.value_milli), reading_words(before.value_milli)
        super().__init__(
            told.format(day=after.day, value=value, before=before.day, earlier=earlier)
        )


class DidNotRoll(UsageError):
    """A reading said to be past the last digit that is not lower than the one before."""

    def __init__(self, before: "Reading", after: "Reading") -> None:
        told = _("{day} 的读数 {value} 不小于 {before} 的 {earlier}，没有过零。请按一般抄表登记。")
        value, earlier = reading_words(after.value_milli), reading_words(before.value_milli)
        super().__init__(
            told.format(day=after.day, value=value, before=before.day, earlier=earlier)
        )


class RemovedTwice(UsageError):
    """An old meter was removed, and before a new one came another was."""

    def __init__(self, day: date) -> None:
        told = _("{day} 又有旧表止码，而之前拆表后没有新表起码。请补上新表起码，或删去一个止码。")
        super().__init__(told.format(day=day))


class InstalledTwice(UsageError):
    """A new meter was installed while another was still running."""

    def __init__(self, day: date) -> None:
        told = _("{day} 有新表起码，而在用的表没有旧表止码。请先补上旧表止码。")
        super().__init__(told.format(day=day))


class NoMeter(UsageError):
    """A reading after a meter was removed, and before a new one was installed."""

    def __init__(self, day: date) -> None:
        told = _("{day} 有读数，而之前旧表已拆，没有新表起码。请先补上新表起码。")
        super().__init__(told.format(day=day))


@dataclass(frozen=True)
class Reading:
    """What a meter showed on a day, in 1/1000 of its unit.

    `kind` is REGULAR, REMOVED for the last of an old meter, INSTALLED for the first of a new one,
    or ROLLED where the reader says that it went past its last digit since the reading before.
    """

    day: date
    value_milli: int
    kind: str


def parse_reading(text: str) -> int:
    """The 1/1000 of a reading typed with up to three decimals: '1234.5', '００１２３４'.

    Raises NotAReading, TooPreciseReading and TooLarge.
    """
    found = _TYPED.fullmatch(text.translate(_NARROW).strip())
    if found is None:
        raise NotAReading(text)
    whole, decimals = found[1].lstrip("0"), found[2] or ""
    if len(decimals) > 3:
        raise TooPreciseReading(text)
    if len(whole) > MOST_DIGITS:
        raise TooLarge(text, MOST_DIGITS)
    return int(f"{whole}{decimals:0<3}")


def reading_words(value_milli: int) -> str:
    """A reading for a person, without needless zeros: 1234500 is '1234.5'."""
    whole, rest = divmod(value_milli, 1000)
    return f"{whole}.{rest:03}".rstrip("0").removesuffix(".")


def used(readings: Iterable[Reading], digits: int, factor: int) -> int:
    """What was used between the first and the last reading, in 1/1000, times the meter's factor.

    The readings may come in any order; one alone, or none, is a use of 0. Meters have `digits`
    before the point. Raises TooLarge, TwoOnADay, RanBackwards, DidNotRoll, RemovedTwice,
    InstalledTwice and NoMeter.
    """
    turn = 10**digits * 1000
    ordered = _in_order(readings)
    for one in ordered:
        if one.value_milli >= turn:
            raise TooLarge(reading_words(one.value_milli), digits)
    return factor * sum(_between(before, after, turn) for before, after in pairwise(ordered))


def odd_use(used_milli: int, earlier: Sequence[int]) -> str:
    """'jump', 'none', or nothing where a use in 1/1000 looks like the earlier ones.

    A jump is more than three times their median and more than 10 units; none is 0 where their
    median was above 5 units. Without earlier ones nothing is odd.
    """
    if not earlier:
        return ""
    ordered, half = sorted(earlier), len(earlier) // 2
    twice_median = ordered[half] + ordered[~half]
    if 2 * used_milli > 3 * twice_median and used_milli > 10_000:
        return "jump"
    return "none" if used_milli == 0 and twice_median > 10_000 else ""


def _in_order(readings: Iterable[Reading]) -> list[Reading]:
    """By day; the old meter's last before the new one's first."""
    ordered = sorted(readings, key=lambda one: (one.day, one.kind == INSTALLED))
    for day, same in groupby(ordered, lambda one: one.day):
        kinds = [one.kind for one in same]
        if len(kinds) > 1 and kinds != [REMOVED, INSTALLED]:
            raise TwoOnADay(day)
    return ordered


def _between(before: Reading, after: Reading, turn: int) -> int:
    """What ran through the meter from one reading to the next."""
    if before.kind == REMOVED:
        if after.kind == REMOVED:
            raise RemovedTwice(after.day)
        if after.kind != INSTALLED:
            raise NoMeter(after.day)
        return 0
    if after.kind == INSTALLED:
        raise InstalledTwice(after.day)
    run = after.value_milli - before.value_milli
    if after.kind == ROLLED:
        if run >= 0:
            raise DidNotRoll(before, after)
        return run + turn
    if run < 0:
        raise RanBackwards(before, after)
    return run

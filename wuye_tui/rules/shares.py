"""Shared costs 公摊: what all use together, shared out to the units by area, by unit or by meter.

The parts sum to the pool to the fen, and the same units in any order get the same parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.money import split, yuan
from wuye_tui.words import N_, _


class Basis(StrEnum):
    """What a pool is shared out by: a sharer's weight is in 1/1000 m2, 1 for each, or used."""

    AREA = "area"
    UNIT = "unit"
    METER = "meter"


BASIS_WORDS: Final[dict[Basis, str]] = {
    Basis.AREA: N_("按面积"),
    Basis.UNIT: N_("按户"),
    Basis.METER: N_("按用量"),
}


class NobodyToShare(Refused):
    """A pool that no unit bears: there is none, or none has a weight."""

    def __init__(self, fen: int) -> None:
        told = _("{amount} 元没有人分摊：一户也没有面积、户数或用量。请先补上，再分摊。")
        super().__init__(told.format(amount=yuan(fen)), "FW-4.1")


class NegativePool(UsageError):
    """A pool below zero: what is given back goes by reversing what was charged."""

    def __init__(self, fen: int) -> None:
        told = _("要分摊的 {amount} 元是负数。请输入正数；退还的，请冲销原来的分摊。")
        super().__init__(told.format(amount=yuan(fen)))


@dataclass(frozen=True)
class Sharer:
    """A unit and its weight in whole numbers; None where the weight is not known."""

    unit: str
    weight: int | None


def shared(fen: int, sharers: Iterable[Sharer]) -> list[tuple[str, int]]:
    """Each unit and the fen it bears, sorted by unit; one without weight is in it and bears 0.

    What rounding leaves goes, a fen each, to the largest remainders, and among equals to the unit
    that sorts first. Raises NegativePool, NobodyToShare, and NothingToSplitBy for a weight below
    zero.
    """
    if fen < 0:
        raise NegativePool(fen)
    ordered = sorted((one.unit, one.weight or 0) for one in sharers)
    weights = [weight for _unit, weight in ordered]
    if not any(weights):
        raise NobodyToShare(fen)
    return [(unit, part) for (unit, _w), part in zip(ordered, split(fen, weights), strict=True)]


def without_weight(sharers: Iterable[Sharer]) -> list[str]:
    """The units that bear nothing because their weight is zero or not known, sorted."""
    return sorted(one.unit for one in sharers if not one.weight)

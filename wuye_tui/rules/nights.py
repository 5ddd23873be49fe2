"""The night at the desk: what becomes of a call, and who is told at once (KF-7, KF-8).

What can be repaired is repaired at once by whoever holds the night; what is a department's is told
to it now; the rest is arranged for the morning. Whom to tell stands in the office's own
`data/night.toml`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wuye_tui.rules.line_kinds import Kind
from wuye_tui.words import N_

CLAUSE: Final = "KF-7"
TOLD: Final = "told:"
"""What an outcome begins with where somebody was told, and the matter waits for the morning."""
SETTLED: Final = "settled:"
"""The same once it was settled that night."""


class Way(StrEnum):
    """What becomes of a call of the night."""

    NOW = "now"
    TELL = "tell"
    MORNING = "morning"
    SLIP = "slip"


WAY_WORDS: Final[dict[Way, str]] = {
    Way.NOW: N_("我现在去修"),
    Way.TELL: N_("马上告诉{word}"),
    Way.MORNING: N_("修不了，跟住户说明天安排"),
    Way.SLIP: N_("开单转工程部"),
}


@dataclass(frozen=True)
class Told:
    """Somebody who is told at once: code, word, the directory's entry with the telephone, and the
    words of a call that are meant for them.
    """

    to: str
    word: str
    entry: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One way for a call; `to` and `word` say who is told."""

    way: Way
    to: str = ""
    word: str = ""
    entry: str = ""


_STRAIGHT: Final = frozenset({Kind.PRAISE, Kind.SUGGESTION, Kind.ENQUIRY, Kind.URGE, Kind.CANCEL,
                              Kind.REBOOK, Kind.CAR, Kind.EMERGENCY})  # fmt: skip
"""What is written down at night as by day: it is answered, or another slip's, or goes out first."""


def is_asked(kind: Kind) -> bool:
    """Whether it has to be said what becomes of such a call."""
    return kind not in _STRAIGHT


def meant(words: str, told: Iterable[Told]) -> Told | None:
    """Whom the words of a call are for, by the office's table; the first that fits."""
    return next((one for one in told if any(word in words for word in one.words)), None)


def choices(
    words: str,
    kind: Kind,
    told: Sequence[Told],
    *,
    can_repair: bool,
    is_repair: bool,
    at_home: bool,
) -> list[Choice]:
    """The ways for a call, the likely one first.

    `can_repair`: nothing has to be quoted first (BX-10), so it may be done at once. What is broken
    `at_home` is a repair before anything else; a lift is the lift company's. Theft and fights are
    the guards' and are never left for the morning.
    """
    first = meant(words, told)
    tell = [Choice(Way.TELL, one.to, one.word, one.entry) for one in told]
    if first is not None:
        tell.sort(key=lambda one: one.to != first.to)
    repair = [Choice(Way.NOW)] if can_repair else []
    morning = [] if kind is Kind.GUARD else [Choice(Way.MORNING)]
    slip = [Choice(Way.SLIP)] if is_repair else []
    if kind is Kind.GUARD:
        tell.sort(key=lambda one: one.to != "guards")
    if is_repair and (at_home or first is None):
        return [*repair, *morning, *tell, *slip]
    return [*tell, *repair, *morning, *slip]


def told(outcome: str) -> str:
    """The code of whoever was told about a call that still waits; empty for any other outcome."""
    return outcome.removeprefix(TOLD) if outcome.startswith(TOLD) else ""


def settled(outcome: str) -> str:
    """The code of whoever was told and settled it the same night; empty for any other outcome."""
    return outcome.removeprefix(SETTLED) if outcome.startswith(SETTLED) else ""

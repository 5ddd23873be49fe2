"""How much a repair may cost: what is surely a slip of the finger, and what nobody agreed to."""

from typing import Final

from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.lifecycle import Case, Guard
from wuye_tui.rules.money import yuan
from wuye_tui.words import N_, _

MOST_FEN: Final = 10_000_000
"""100,000 yuan: more than any repair that one slip is for, whether quoted, agreed to or charged."""


def _sum(case: Case) -> int:
    """What the step says it costs: the quote, the price of the parts, or all lines together."""
    given = case.given
    named = max(int(given.get(name) or 0) for name in ("fee", "parts_fen"))
    return max(named, is_.total_fen(given))


def _beyond_agreed(case: Case) -> bool:
    agreed = is_.agreed_fen(case.facts)
    return agreed is not None and is_.total_fen(case.given) > agreed


def _both(case: Case) -> list[str]:
    total, agreed = is_.total_fen(case.given), is_.agreed_fen(case.facts) or 0
    said = _("合计 {total} 元，业主同意的是 {agreed} 元")
    return [said.format(total=yuan(total), agreed=yuan(agreed))]


TOO_MUCH = Guard(
    "too_much",
    "BX-13",
    N_("{what} 元超过一张单 100,000.00 元的上限，请核对位数，改好再填。"),
    lambda case: _sum(case) > MOST_FEN,
    naming=lambda case: [yuan(_sum(case))],
)
BEYOND_AGREED = Guard(
    "beyond_agreed",
    "BX-10",
    N_("{what}。请用「改实际项目」写明新的费用，向业主说明；业主同意了再完工。"),
    _beyond_agreed,
    naming=_both,
)

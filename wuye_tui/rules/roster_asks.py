"""What is asked for a swap and for an absence (ZB-4.4), written as the steps of a procedure are, so
that their forms are made in the same way; neither is a step of a matter.
"""

import re
from contextlib import suppress
from datetime import date
from typing import Final
from unicodedata import normalize

from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.lifecycle import NEW, SAME, Ask, Facts, Kind, Row
from wuye_tui.rules.rights import Right
from wuye_tui.rules.roster_refusals import TOLD
from wuye_tui.words import N_, _

OTHER, BACK, FROM, UNTIL, REASON = "other", "back", "begins", "ends", "why"
"""The names of the answers."""

_TYPED: Final = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_LONGEST: Final = 20  # characters that are said back
_WHY: Final = Ask(REASON, Kind.WORDS, N_("为什么"), personal=True)


def _day(name: str, word: str) -> Ask:
    def proposed(facts: Facts) -> str:
        return str(facts.get("day", ""))

    return Ask(name, Kind.TEXT, word, proposed=proposed)


SWAP: Final = Row(
    "swap",
    N_("换班"),
    NEW,
    SAME,
    Right.ROSTER,
    TOLD,
    ask=(
        Ask(OTHER, Kind.STAFF, N_("换给谁")),
        Ask(BACK, Kind.TEXT, N_("换回哪天"), needed=False),
        _WHY,
    ),
    prompt=N_("换回哪天空着：对方当天有班就对换，没有班就顶这一班。写成 12-05。"),
)
ABSENT: Final = Row(
    "absent",
    N_("缺勤"),
    NEW,
    SAME,
    Right.ROSTER,
    TOLD,
    ask=(_day(FROM, N_("从哪天")), _day(UNTIL, N_("到哪天")), _WHY),
    prompt=N_("记为请假，马上找改动最小的替班并发布；要几秒钟。"),
)
ROWS: Final = {row.verb: row for row in (SWAP, ABSENT)}


class UnreadableDay(UsageError):
    """What was typed is no day."""

    def __init__(self, typed: str) -> None:
        told = _("看不懂日期「{typed}」。请写成 12-05 或 2026-12-05。")
        super().__init__(told.format(typed=typed[:_LONGEST]))


def read_day(typed: str, near: date) -> date:
    """The day that was typed; without a year the nearest to `near`. Raises UnreadableDay."""
    found = _TYPED.fullmatch(normalize("NFKC", typed[: 2 * _LONGEST]).strip())
    if found is None:
        raise UnreadableDay(typed)
    year, month, day = found.groups()
    years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
    days = []
    for one in years:
        with suppress(ValueError):
            days.append(date(one, int(month), int(day)))
    if not days:
        raise UnreadableDay(typed)
    return min(days, key=lambda one: abs(one - near))

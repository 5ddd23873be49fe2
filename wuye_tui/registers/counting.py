"""What a step looks up beside its matter (`Effect.COUNT`): how many records it is about, and how
good; what a handover counts, and what is not looked at yet.
"""

from collections.abc import Callable
from typing import NamedTuple

from wuye_tui.registers import day_records, handover_counts, log_weeks, unfiled
from wuye_tui.registers.records import Standing
from wuye_tui.rules.daychecks import DAYCHECK
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.rules.lifecycle import NOTHING, Case, Facts, Row
from wuye_tui.rules.readings import READING
from wuye_tui.rules.weekfiles import WEEKFILE
from wuye_tui.store.acts import Act


class Counted(NamedTuple):
    """The facts that the step takes down, and what only its guards look at."""

    facts: Facts
    looked: Facts = NOTHING


_COUNTS: dict[str, Callable[[Act, Facts], Facts]] = {
    DAYCHECK.kind: day_records.count,
    WEEKFILE.kind: unfiled.count,
    READING.kind: log_weeks.count,
}


def count(act: Act, before: Standing, row: Row, case: Case) -> Counted:
    """What the step of this matter looks up now."""
    if before.cycle is HANDOVER:
        return Counted(*handover_counts.count(act, row.verb, case))
    return Counted(_COUNTS[before.cycle.kind](act, before.situation.facts))

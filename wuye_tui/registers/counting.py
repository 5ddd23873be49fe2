"""What a step about many records counts into itself (`Effect.COUNT`): how many, and how good."""

from collections.abc import Callable

from wuye_tui.registers import day_records, log_weeks, unfiled
from wuye_tui.registers.records import Standing
from wuye_tui.rules.daychecks import DAYCHECK
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.readings import READING
from wuye_tui.rules.weekfiles import WEEKFILE
from wuye_tui.store.acts import Act

_COUNTS: dict[str, Callable[[Act, Facts], Facts]] = {
    DAYCHECK.kind: day_records.count,
    WEEKFILE.kind: unfiled.count,
    READING.kind: log_weeks.count,
}


def count(act: Act, before: Standing) -> Facts:
    """The facts that the step of this matter takes down now."""
    return _COUNTS[before.cycle.kind](act, before.situation.facts)

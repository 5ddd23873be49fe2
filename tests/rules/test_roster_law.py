"""The law's hours are reckoned twice, by code that shares nothing, and come to the same."""

import ast
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.reference import Reference
from wuye_tui.rules import labour, roster_law
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Asked, Hours

NIGHT = Reference().rosters["night"]
MONTHS = st.builds(Month, st.integers(2024, 2030), st.integers(1, 12))


@given(
    MONTHS,
    st.sets(st.integers(1, 31), max_size=8),
    st.sets(st.integers(1, 31), max_size=25),
    st.integers(0, 66),
    st.sampled_from(Hours),
)
def test_both_reckonings_of_the_limits_agree(
    month: Month, holidays: set[int], working: set[int], quarter: int, hours: Hours
) -> None:
    def days(numbers: set[int]) -> frozenset[date]:
        return frozenset(month.last_day.replace(day=n) for n in numbers if n <= month.last_day.day)

    kind = replace(NIGHT, limits=replace(NIGHT.limits, hours=hours))
    asked = Asked(
        kind, month, (), holidays=days(holidays), working=days(working), quarter_days=quarter
    )
    assert roster_law.limit_of_day(asked) == labour.most_of_day(hours)
    assert roster_law.limit_of_month(asked) == labour.most_minutes(hours, asked)
    assert roster_law.limit_of_quarter(asked) == labour.most_of_quarter(asked)
    assert roster_law.OVERTIME == labour.OVERTIME_OF_MONTH


@given(MONTHS, st.lists(st.integers(0, 12 * 60), min_size=40, max_size=40))
def test_both_reckonings_of_overtime_agree(month: Month, minutes: list[int]) -> None:
    asked, first = Asked(NIGHT, month, ()), month.last_day.replace(day=1) - timedelta(days=7)

    def worked(day: date) -> int:
        return minutes[(day - first).days]

    weeks = [[worked(day) for day in week] for week in labour.weeks_of(asked)]
    assert roster_law.overtime(asked, worked) == sum(map(labour.overtime_of_week, weeks))


@pytest.mark.parametrize("name", ["roster_checks", "roster_times", "roster_faults", "roster_law"])
def test_the_check_uses_nothing_of_whoever_draws_rosters_up(name: str) -> None:
    source = Path(roster_law.__file__).with_name(f"{name}.py").read_text("utf-8")
    named = {
        node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)
    }
    assert not any("rostering" in str(one) or "labour" in str(one) for one in named)
    assert "import labour" not in source
    assert ".heads(" not in source, "the needs of a day are read by the check itself"

"""Notices (XX-4.3.3): four hours for the department to report, and whom a notice concerns."""

from types import SimpleNamespace
from typing import Any

import pytest

from wuye_tui.rules.notices import NOTICE, SUBJECTS, asks_about, covers


@pytest.mark.parametrize(
    ("scope", "unit", "concerned"),
    [
        ("", "3-1-502", True),
        ("全小区", "B-1203", True),
        ("3栋", "3-1-502", True),
        ("3栋", "13-1-502", False),
        ("3栋", "30-1-502", False),
        ("3号楼", "3-2-101", True),
        ("3栋、5栋2单元", "5-2-301", True),
        ("3栋、5栋2单元", "5-1-301", False),
        ("3栋，5栋", "5-1-301", True),
        ("B座", "B-1203", True),
        ("3-1", "3-1-502", True),
        ("3-1", "3-11-502", False),
        ("3-1-502", "3-1-502", True),
        ("3-1-502", "3-1-503", False),
        ("地下车库", "3-1-502", False),
        ("三栋一单元", "3-1-502", True),
        ("三栋一单元", "3-2-502", False),
        ("3号楼一单元", "3-1-502", True),
    ],
)
def test_a_notice_concerns_the_units_of_its_part_of_the_estate(
    scope: str, unit: str, concerned: bool
) -> None:
    assert covers(scope, unit) is concerned


@pytest.mark.clause("XX-4.3.3")
@pytest.mark.parametrize(
    ("scope", "known"),
    [
        ("", True), ("全小区", True), ("3栋、5栋2单元", True), ("三栋一单元", True),
        ("3-1-502", True), ("3-1", True), ("3、5栋", True), ("地下车库", True), ("B座", True),
        ("5栋大堂", True),
        ("火星", False), ("栋1单元", False), ("3至5栋", False), ("3栋、火星", False),
    ],
)  # fmt: skip
def test_a_notice_for_nobody_knows_where_is_refused(scope: str, known: bool) -> None:
    for verb, state in (("register", "new"), ("renew", "heard")):
        row = NOTICE.row(verb, state)
        assert row is not None
        [guard] = [one for one in row.guards if one.name == "unknown_scope"]
        case: Any = SimpleNamespace(given={"scope": scope})
        assert guard.refuses(case) is not known


@pytest.mark.clause("XX-4.3.3")
def test_the_department_has_four_hours_from_the_change_and_the_desk_is_not_asked_to_hurry() -> None:
    (report, ends) = NOTICE.deadlines
    assert (report.name, report.length.seconds, report.clause) == ("report", 14400, "XX-4.3.3")  # type: ignore[union-attr]
    assert NOTICE.span(report.runs_in) == {"heard"}
    assert ends.name == "ends"


@pytest.mark.parametrize(
    ("subject", "words", "asked"),
    [
        ("water", "水什么时候来啊 还没来", True),
        ("power", "电几点来", True),
        ("gas", "燃气什么时候通", True),
        ("water", "漏水什么时候来修", False),
        ("power", "漏电几点来人", False),
        ("water", "怎么没水了", True),
        ("water", "什么时候来水", True),
        ("water", "停 水到几点", True),
        ("water", "厨房水管漏水", False),
        ("water", "下水道堵了", False),
        ("water", "没电", False),
        ("power", "几点来电", True),
        ("power", "刚才的来电是谁", False),
        ("power", "怎么停电梯了", False),
        ("power", "门把手有电", False),
        ("water", "厨房地上有水", False),
        ("gas", "没气做不了饭", True),
        ("gas", "闻到煤气味", False),
        ("heating", "暖气不热", True),
        ("heating", "暖气片漏水", False),
        ("lift", "电梯门上有划痕", False),
        ("lift", "电梯什么时候修好", True),
        ("internal", "没水", False),
    ],
)
def test_a_caller_asks_about_a_notice_in_these_words(subject: str, words: str, asked: bool) -> None:
    assert asks_about(subject, words) is asked
    assert asks_about(dict(SUBJECTS)[subject], words) is asked

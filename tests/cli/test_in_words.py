"""What is printed for people is in words: no code, raw moment, None, or line beyond the terminal.

Each noun's lists and pages, on an office with something in every one of them.
"""

import re
from datetime import timedelta

import pytest

from tests.cli.lines import Office, typed
from wuye_tui import words
from wuye_tui.cli.tables import Column, table_lines
from wuye_tui.cli.wording import act_word
from wuye_tui.rules.widths import width

__all__ = ["typed"]

_RAW = re.compile(r"\bNone\b|\bTrue\b|\d{4}-\d\d-\d\dT|\+00:00|\+08:00")
_CODES = re.compile(
    r"\b(home|occupied|owner|tenant|registered|issued|clerk|eng_supervisor|desk|morning"
    r"|engineering|service|other|repair|register|issue|duty|start|seed|hold|parts)\b"
)


@pytest.fixture
def busy(typed: Office) -> Office:
    """An office with a duty, a late slip on hold, and one that was only registered."""
    typed.done("duties", "start")
    held = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "厨房水龙头漏水" * 8)
    typed.done("repairs", "register", "--place", "大堂", "--text", "灯坏")
    typed.done("repairs", "hold", held["number"], "--hold", "parts")
    typed.now += timedelta(hours=3)
    return typed


@pytest.mark.parametrize(
    "line",
    [
        ["status"],
        ["check"],
        ["deadlines"],
        ["deadlines", "--overdue"],
        ["audit", "show", "--from", "2"],
        ["repairs", "list"],
        ["repairs", "list", "--all"],
        ["orders", "verbs"],
        ["duties", "now"],
        ["duties", "list"],
        ["units", "list"],
        ["units", "show", "3-1-502"],
        ["people", "find", "陈立"],
        ["staff", "list"],
        ["tariff", "list"],
    ],
    ids=" ".join,
)
def test_what_people_read_is_in_words(busy: Office, line: list[str]) -> None:
    ran = busy.type(*line)
    assert ran.status == 0, ran.err
    assert ran.out.strip()
    assert not _RAW.search(ran.out), ran.out
    told = "\n".join(row.partition("  ")[2] for row in ran.out.splitlines())
    if line[1:] != ["verbs"]:
        assert not _CODES.search(told), told
    assert [row for row in ran.out.splitlines() if width(row) > 80] == []


def test_json_keeps_the_codes(busy: Office) -> None:
    assert busy.done("units", "list")[0]["kind"] == "home"
    assert busy.done("people", "find", "陈立")[0]["role"] == "owner"
    assert {duty["post"] for duty in busy.done("duties", "now")} == {"desk"}
    assert busy.done("audit", "show")[-1]["what"] == "repair.hold"


@pytest.mark.clause("KF-13")
def test_a_duty_beyond_its_end_is_called_the_same_everywhere(busy: Office) -> None:
    assert "未交班" in busy.type("duties", "now").out
    assert "未交班" in busy.type("status").out


def test_who_is_on_duty_and_what_is_due_first_can_be_read_off(busy: Office) -> None:
    out = busy.type("status").out
    assert "前台 李晓燕" in out
    assert re.search(r"最先到期 +PG-20261119-\d{3} \S+ 超时", out)
    assert "维修派工单 2" in out


def test_an_act_is_told_by_its_step_and_an_unknown_one_as_it_was_written() -> None:
    assert act_word("repair.issue") == "开派工单"
    assert act_word("undo") == "撤回"
    assert act_word("from.a.newer.program") == "from.a.newer.program"


def test_a_table_gives_way_where_it_may_and_keeps_what_identifies_a_record() -> None:
    rows = [{"number": "PG-20261119-001", "words": "水" * 40, "note": "厨房水龙头漏水"}]
    columns = [Column("单号", "number"), Column("内容", "words", cells=60),
               Column("备注", "note", fold=True)]  # fmt: skip
    lines = table_lines(rows, columns, 40)
    assert all(width(line) <= 40 for line in lines)
    assert any("PG-20261119-001" in line for line in lines)
    assert ".." in lines[1]
    wide = table_lines(rows, columns, 200)
    assert len(wide) == 2
    assert wide[1].endswith("厨房水龙头漏水")


def test_what_stands_in_a_row_is_joined_as_the_language_joins_it() -> None:
    assert words.listed(["甲", "乙"]) == "甲、乙"
    assert words.clauses(["甲", "乙"]) == "甲；乙"
    words.speak("en")
    try:
        assert words.listed(["A", "B"]) == "A, B"
        assert words.clauses(["A", "B"]) == "A; B"
    finally:
        words.speak("zh")

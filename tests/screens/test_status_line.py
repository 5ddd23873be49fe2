"""The status line: what stays where there is little room, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from screens.widgets.status_line import Standing, _tabs, _top
from wuye_tui import words
from wuye_tui.registers.duties import DutyNow
from wuye_tui.registers.queue import NextDue, QueueRow

NOW = datetime.fromisoformat("2026-11-19T10:20:00+08:00")
DUE = datetime.fromisoformat("2026-11-19T09:00:00+08:00")
END = datetime.fromisoformat("2026-11-19T12:00:00+08:00")


def first(word: str) -> QueueRow:
    due = NextDue("unsolved", word, "XX-4.3.11a", DUE, 0, False)
    return QueueRow(
        "PG-20261117-004", "repair", "", "", "", 0, "", "", "", "", DUE, 1, due
    )  # fmt: skip


def standing(**changes: object) -> Standing:
    duty = DutyNow("1", "desk", "morning", "上午班", "KF01", "李晓燕", NOW, END, False)
    whole = Standing(
        office="思兰雅苑物业服务中心",
        training=True,
        person="李晓燕",
        title="客服专员",
        duty=duty,
        now=NOW,
        zone=ZoneInfo("Asia/Shanghai"),
        overdue=14,
        first=first("未解决上报"),
        open=33,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.speak(request.param)
    yield request.param
    words.speak("zh")


def test_at_80_who_until_when_the_date_what_is_late_and_what_is_next_are_there(
    language: str,
) -> None:
    shown = _top(standing(), 80).text
    assert cell_len(shown) <= 80
    assert ".." not in shown
    for wanted in ("李晓燕(客服专员)", "12:00", "11-19 10:20", "14"):
        assert wanted in shown, shown
    assert {"zh": "未解决上报 超时1时", "en": "Solve/escalate 1h late"}[language] in shown
    assert "思兰雅苑" not in shown


def test_where_there_is_room_nothing_is_left_out(language: str) -> None:
    shown = _top(standing(), 140).text
    for wanted in ("思兰雅苑物业服务中心", "(客服专员)", "PG17-004", "11-19 10:20"):
        assert wanted in shown, shown
    assert {"zh": "上午班至12:00", "en": "Morning to 12:00"}[language] in shown


@pytest.mark.usefixtures("language")
def test_it_never_runs_over_and_what_is_cut_says_so() -> None:
    for cells in range(20, 140):
        shown = _top(standing(), cells).text
        assert cell_len(shown) <= cells
        assert shown.rstrip().endswith(("..", "1时", "1h late"))


def test_somebody_elses_duty_is_named_and_an_overrun_one_is_said() -> None:
    duty = standing().duty
    assert duty is not None
    other = replace(duty, staff_name="赵敏", over=True)
    assert "赵敏上午班已过12:00未交班" in _top(standing(duty=other), 130).text
    assert "赵敏" in _top(standing(duty=other), 80).text
    assert "无人值班" in _top(standing(duty=None), 80).text


def test_a_name_and_a_duty_are_two_words_where_the_language_has_blanks(language: str) -> None:
    shown = _top(standing(person="张敏"), 120).text
    assert {"zh": "李晓燕上午班至12:00", "en": "李晓燕 Morning to 12:00"}[language] in shown


def test_whoever_holds_a_duty_for_somebody_else_is_told_as_a_stand_in() -> None:
    plain = _top(standing(), 200).text
    duty = standing().duty
    assert duty is not None
    own = _top(standing(duty=replace(duty, planned=("KF01",))), 200).text
    other = _top(standing(duty=replace(duty, planned=("KF02",))), 200).text
    assert own == plain
    assert "上午班(代班)" in other
    assert cell_len(_top(standing(duty=replace(duty, planned=("KF02",))), 80).text) <= 80


@pytest.mark.parametrize("cells", [120, 80, 60])
def test_that_the_server_is_away_stays_where_everything_else_gives_way(cells: int) -> None:
    shown = _top(standing(is_cut=True), cells)
    assert " 断线 " in shown.text
    assert "断线" not in _top(standing(), cells).text
    assert "李晓燕" in shown.text


@pytest.mark.parametrize("word", ["备份12天前", "Backup 12d old"])
@pytest.mark.usefixtures("language")
def test_the_word_of_the_backups_takes_no_room_from_what_is_open(word: str) -> None:
    told = standing(backup=word, draft_line=True, draft_forms=2, draft_bill=True)
    plain = standing(draft_line=True, draft_forms=2, draft_bill=True)
    assert word in _tabs(told, 80).text
    assert _top(told, 80).text == _top(plain, 80).text
    for cells in range(20, 140):
        shown = _tabs(told, cells).text
        assert cell_len(shown) <= max(cells, cell_len(_tabs(plain, cells).text))
        assert "33" in shown

"""The duty manager's forms (ZB-6): the log of a day, BG-024 of a task, BG-027 of an event."""

import re

import pytest

from tests.factories import move_to, started, taken
from tests.watching import begun, managing, visited
from wuye_tui.desk import Desk
from wuye_tui.paper.forms import forms_for, known
from wuye_tui.paper.papers import Papers


def told(desk: Desk, form: str, about: str = "", *, full: bool = True) -> str:
    """The words of a form, cell by cell: where a line is broken says nothing."""
    sheets = Papers(desk, full=full).filled(known(form), about)
    cells = (cell for sheet in sheets for block in sheet for cell in block.cells)
    return re.sub(r"\s+", "", "".join(cells))


@pytest.mark.clause("ZB-6", "ZB-3.4")
def test_the_log_of_a_day_on_paper_tells_all_of_it(any_desk: Desk) -> None:
    manager = managing(any_desk)
    call = {"category": "help", "text": "楼上漏水", "unit": "3-1-502"}
    number = str(started(manager, "entry", **call)["number"])
    taken(manager, number, "note", note="已上门看过")
    wrong = {"sort": "penalty", "text": "离岗", "whom": "ZX01", "because": "离岗十分钟"}
    penalty = str(started(manager, "entry", "write", fine="100", **wrong)["number"])
    right = str(started(manager, "entry", "correct", which=penalty, text="罚50元")["number"])
    patrol = begun(manager)
    visited(manager, patrol, "desk")
    found = {"sound": False, "found": "道闸关不严", "department": "guards"}
    (task,) = visited(manager, patrol, "garage", **found)["opened"]
    move_to(manager, "11:20")
    taken(manager, patrol, "finish")
    event = str(started(manager, "incident", sort="fire", text="2栋冒烟")["number"])
    text = told(manager, "dutylog")
    for words in (
        "值班经理工作日志", "值班经理(日)孙丽", number, "3-1-502", "楼上漏水", "已上门看过", "刘洋",
        "100.00元", f"见更正{right}", f"更正{penalty}", "1小时00分", "4小时00分", "样板房", task,
        "道闸关不严", "秩序维护部", event, "火警", "还没有报告", "交接事宜",
    ):  # fmt: skip
        assert words in text, words
    taken(manager, event, "report", told_to="ZJ01", how="phone")
    assert "还没有报告" not in told(manager, "dutylog")
    earlier = told(manager, "dutylog", "2026-11-18")
    assert number not in earlier


@pytest.mark.clause("ZB-6", "ZB-4.7")
def test_a_task_is_printed_as_bg_024_with_what_was_done_and_seen(desk: Desk) -> None:
    manager = managing(desk)
    given = {"department": "guards", "text": "消防通道堵了", "place": "6栋"}
    number = str(started(manager, "task", **given)["number"])
    assert forms_for("task")[0].name == "task"
    text = told(manager, "BG-024", number)
    for words in (number, "秩序维护部", "消防通道堵了", "6栋", "2026-11-2017:30", "下达人孙丽"):
        assert words in text, words
    taken(manager, number, "receive", staff="ZX01", department="ZX01")
    taken(manager, number, "finish", staff="ZX01", result="已搬走")
    taken(manager, number, "recheck", finding="通了")
    text = told(manager, "BG-024", number)
    for words in ("刘洋", "已搬走", "通了", "复查人复查人孙丽"):
        assert words in text, words


@pytest.mark.clause("ZB-6", "ZB-4.2")
def test_an_event_is_printed_as_bg_027(desk: Desk) -> None:
    manager = managing(desk)
    given = {"sort": "flood", "text": "5栋水管爆了", "place": "5栋"}
    number = str(started(manager, "incident", **given)["number"])
    assert forms_for("incident")[0].name == "incident"
    how = {"told_to": "ZJ01", "how": "phone", "instructions": "先关阀"}
    taken(manager, number, "report", **how)
    taken(manager, number, "measure", measure="抽水")
    taken(manager, number, "assess", loss="1200", injured="无")
    taken(manager, number, "handle", result="修好", cause="老化", lessons="换掉同批的")
    text = told(manager, "BG-027", number)
    for words in (
        "事件报告表", "ZJWY/KF/BG-027", number, "爆管水淹", "5栋水管爆了", "高远", "先关阀",
        "抽水", "1,200.00元", "修好", "老化", "换掉同批的",
    ):  # fmt: skip
        assert words in text, words


def test_telephone_numbers_in_the_log_are_hidden_from_whoever_has_not_proved_who_they_are(
    desk: Desk,
) -> None:
    manager = managing(desk)
    started(manager, "entry", category="call", text="请打 13811112222", place="大堂")
    assert "13811112222" in told(manager, "dutylog")
    assert "13811112222" not in told(manager, "dutylog", full=False)

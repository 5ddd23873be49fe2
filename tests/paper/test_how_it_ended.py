"""What a form says of how the work ended: what the step said that ended it.

No other step's reason stands there, neither a hold's nor that of a receipt made void.
"""

import pytest

from tests.factories import started, taken, walk_to
from wuye_tui.desk import Desk
from wuye_tui.paper.forms import known
from wuye_tui.paper.papers import Papers
from wuye_tui.registers import proposals


def beside(desk: Desk, form: str, number: str, head: str) -> str:
    """What stands beside a heading of a form."""
    (sheet, *_more) = Papers(desk, full=True).filled(known(form), number)
    rows = [block.cells for block in sheet if head in block.cells]
    return rows[0][rows[0].index(head) + 1].strip()


def called(desk: Desk) -> tuple[str, str]:
    """A call by telephone: its number, and the slip's."""
    found = proposals.understand(desk, "3-1-502 厨房水管漏水 马上")
    done = desk.perform("call.line", lambda act: proposals.accept(act, found))
    return str(done["contact"]), str(done["number"])


@pytest.mark.clause("XX-5")
def test_neither_a_void_receipt_nor_a_hold_is_how_a_repair_ended(desk: Desk) -> None:
    call, number = called(desk)
    taken(desk, number, "hold", hold="customer", why="周末不在家")
    assert beside(desk, "F2", call, "处理情况") == ""
    taken(desk, number, "resume")
    walk_to(desk, number, "finished")
    assert "周末" not in beside(desk, "F2", call, "处理情况")
    taken(desk, number, "pay", staff="SF01", means="cash")
    taken(desk, number, "void_receipt", staff="SF01", why="开错", second="KF04")
    assert beside(desk, "F2", call, "处理情况") == ""
    walk_to(desk, number, "verified")
    assert beside(desk, "F2", call, "处理情况") == "已修好"


@pytest.mark.clause("XX-5")
def test_why_a_repair_was_refused_or_called_off_is_how_it_ended(desk: Desk) -> None:
    call, number = called(desk)
    walk_to(desk, number, "on_site")
    signs = {"worker_sign": "GC03", "supervisor": "GC01"}
    taken(desk, number, "refuse", staff="GC03", why="嫌贵不修了", **signs)
    assert beside(desk, "F2", call, "处理情况") == "嫌贵不修了"
    call, number = called(desk)
    taken(desk, number, "cancel", said="自己修好了")
    assert beside(desk, "F2", call, "处理情况") == "自己修好了"


@pytest.mark.clause("XX-5", "ZB-6")
def test_an_order_s_form_has_its_result_and_no_hold_s_reason(desk: Desk) -> None:
    given = {"department": "cleaning", "text": "楼道垃圾", "place": "3栋"}
    number = str(started(desk, "order", **given)["number"])
    taken(desk, number, "issue")
    taken(desk, number, "hold", hold="customer", why="周末不在家")
    taken(desk, number, "resume")
    heads = (("order", "完成情况"), ("task", "整改情况"), ("complaint", "处理情况"))
    assert [beside(desk, form, number, head) for form, head in heads] == [""] * 3
    taken(desk, number, "receive", department="ZX01", assistant="KF05")
    taken(desk, number, "assign", worker="ZX01")
    taken(desk, number, "finish", result="扫干净了", customer="陈立")
    assert [beside(desk, form, number, head) for form, head in heads] == ["扫干净了"] * 3

"""A slip in text says all that its JSON has, in words, and fits a terminal.

- who and where, charge and amount, hold, callback, visits, signatures, clocks missed and kept
- the same for an order and a callback
- no code, raw moment or None of JSON in what people read
"""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.cli.lines import Office, Ran, typed
from wuye_tui.rules.widths import width

__all__ = ["typed"]

_RAW = re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|\d{4}-\d\d-\d\dT|\{|\}|\+00:00|\+08:00")


def readable(ran: Ran) -> str:
    """Text that went out, checked for what no person should have to read."""
    assert ran.status == 0, ran.err
    assert not _RAW.search(ran.out), ran.out
    assert [line for line in ran.out.splitlines() if width(line) > 80] == []
    return ran.out


def registered(typed: Office, *more: str) -> str:
    line = ["repairs", "register", "--unit", "3-1-502", "--text", "厨房水龙头漏水", *more]
    return str(typed.done(*line)["number"])


def working(typed: Office) -> str:
    """A slip that was issued late, on which the worker has begun."""
    number = registered(typed)
    typed.now += timedelta(minutes=5)
    typed.done("repairs", "issue", number, "--charge", "paid", "--tariff", "SX-01")
    typed.done("repairs", "notify", number, "--whom", "工程部", "--how", "radio")
    typed.done("repairs", "collect", number, "--name", "GC03")
    typed.done("repairs", "assign", number, "--worker", "李强", staff="GC01")
    typed.done("repairs", "arrive", number, staff="GC03")
    agreed = ["--tariff-shown", "--damage", "阀芯老化", "--minutes", "20", "--consent"]
    typed.done("repairs", "agree", number, *agreed, staff="GC03")
    return number


def finished(typed: Office, *signed: str) -> str:
    number = working(typed)
    typed.now += timedelta(minutes=30)
    line = ["repairs", "finish", number, "--line", "SX-01", "--line", "软管=15", "--tried"]
    typed.done(*line, *(signed or ("--resident", "陈立")), staff="GC03")
    return number


@pytest.mark.clause("BX-5", "BX-15")
def test_a_finished_slip_tells_who_what_how_much_and_how_late(typed: Office) -> None:
    number = finished(typed)
    assert "138****1234" in typed.type("repairs", "show", number).out
    out = readable(typed.type("repairs", "show", number, "--full", "--reason", "回电"))
    for words in (
        "维修派工单", "已完工、已修好", "3-1-502", "陈立", "13800001234", "厨房水龙头漏水",
        "有偿、SX-01 换水龙头、应收 45.00元", "李强(GC03)", "2026-11-19 10:20",
    ):  # fmt: skip
        assert words in out, words
    assert re.search(r"HF-\S+ 回访 待回访", out)
    assert re.search(r"李强\(GC03\) 11-19 10:26 到场，11-19 10:56 离场（完工）", out)
    assert re.search(r"开单 +BX-5 +.* 超时 2分", out), "the slip was issued after five minutes"
    assert re.search(r"结果或原因 .* 按时", out)
    assert re.search(r"领单人 李强\(GC03\) 11-19 \d\d:\d\d 纸签", out)
    assert re.search(r"业主签字 陈立 11-19 10:56 纸签", out)
    [issued] = [line for line in out.splitlines() if " 开派工单 " in line]
    assert "开单 超时" in issued, "the step itself says that it was late"


def test_every_sum_and_every_answer_can_be_read(typed: Office) -> None:
    out = readable(typed.type("repairs", "show", finished(typed)))
    plain = "".join(out.split())
    for words in ("换水龙头x130.00", "软管x115.00", "合计45.00元", "阀芯老化", "20分钟", "对讲机"):
        assert words in plain, words


@pytest.mark.clause("BX-15")
def test_a_refused_signature_tells_why_and_in_whose_sight(typed: Office) -> None:
    number = finished(typed, "--refused-why", "嫌贵", "--witness", "吴刚")
    out = readable(typed.type("repairs", "show", number))
    assert re.search(r"业主签字 .*拒签：嫌贵 \(吴刚\)", out)


def test_a_hold_tells_its_reason_and_until_when(typed: Office) -> None:
    number = registered(typed)
    typed.done("repairs", "hold", number, "--hold", "parts", "--until", "2026-12-01")
    out = readable(typed.type("repairs", "show", number))
    assert "挂起（待料，到 12-01 08:30）" in out
    typed.done("repairs", "resume", number)
    assert "挂起（" not in readable(typed.type("repairs", "show", number))


def test_a_step_that_was_taken_back_and_one_entered_later_say_so(typed: Office) -> None:
    number = registered(typed)
    typed.done("repairs", "issue", number, "--charge", "paid", "--tariff", "SX-01")
    typed.done("repairs", "undo", number)
    out = readable(typed.type("repairs", "show", number))
    assert "已撤回" in out
    assert "补记" not in out
    typed.done("repairs", "issue", number, "--charge", "paid", "--tariff", "SX-01")
    typed.now += timedelta(minutes=30)
    typed.done("repairs", "collect", number, "--name", "李强", "--happened", "10:25")
    out = readable(typed.type("repairs", "show", number))
    assert re.search(r"11-19 10:25 +领单 .*李强（李晓燕记）", out)
    assert "补记" in out


def test_a_callback_and_an_order_are_as_readable(typed: Office) -> None:
    number = finished(typed)
    [callback] = [row["number"] for row in typed.done("callbacks", "list")]
    told = ["--satisfaction", "dissatisfied", "--opinion", "太慢"]
    typed.done("callbacks", "reach", callback, *told, staff="KF05")
    out = readable(typed.type("callbacks", "show", callback))
    for words in ("已结束", "已回访", number, "不满意", "太慢"):
        assert words in out, words
    [order] = [row["number"] for row in typed.done("orders", "list")]
    out = readable(typed.type("orders", "show", order))
    for words in ("派工单", callback, "客户服务部", "太慢"):
        assert words in out, words


def test_what_can_be_done_next_is_told_with_its_word_and_its_verb(typed: Office) -> None:
    number = registered(typed)
    shown: dict[str, Any] = typed.done("repairs", "show", number)
    out = readable(typed.type("repairs", "show", number))
    assert "开派工单 issue" in out
    assert all(verb.replace("_", "-") in out for verb in shown["next"])

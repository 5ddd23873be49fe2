"""What forms say: BX-5's fields, the whole story of a slip, and the registers of a day.

- the dispatch slip has three copies with the fields that BX-5 lists
- a closed slip tells every step with who, when and which words; visits, charges, signatures
- telephones are whole only for whoever has proved who they are
"""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import a_repair, gave, move_to, received, started, taken, walk_to
from tests.registers.test_site_in_every_query import watched
from wuye_tui.desk import Desk
from wuye_tui.paper import papers
from wuye_tui.paper.blocks import Kind
from wuye_tui.paper.forms import FORMS, NotThisForm, UnknownForm, forms_for, known
from wuye_tui.paper.papers import NoSuchCopy, Papers
from wuye_tui.paper.plain import text_of
from wuye_tui.registers import duties, handovers, hearing, proposals
from wuye_tui.registers.handovers import NobodyOnDuty
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.refusals import UnknownMatter

ORDER = {"department": "cleaning", "text": "3栋楼道有垃圾", "place": "3栋"}


def told(desk: Desk, form: str, about: str = "", *, full: bool = True, **more: Any) -> str:
    return text_of(Papers(desk, full=full).filled(known(form), about, **more))


def cells(desk: Desk, form: str, about: str = "", **more: Any) -> str:
    """What stands on a form, however it is set."""
    sheets = Papers(desk, full=True, **more).filled(known(form), about)
    return "\n".join(cell for sheet in sheets for block in sheet for cell in block.cells)


def flat(text: str) -> str:
    """The words alone: where a line is broken says nothing."""
    return re.sub(r"\s+", "", text)


@pytest.mark.clause("BX-5")
def test_a_slip_is_in_three_copies_with_all_that_is_asked_for(any_desk: Desk) -> None:
    number = a_repair(
        any_desk, contact="王阿姨", at="2026-11-20T09:00:00+08:00", payer="陈立", urgent=True
    )
    sheets = Papers(any_desk, full=True).filled(known("slip"), number)
    assert len(sheets) == 3
    for sheet, copy in zip(sheets, ("第一联", "第二联", "第三联"), strict=True):
        text = text_of([sheet])
        assert copy in text
        for words in (number, "3-1-502", "思兰雅苑 3-1-502", "13800001234", "厨房水龙头漏水",
                      "2026-11-20 09:00", "陈立", "王阿姨", "加急"):  # fmt: skip
            assert words in text
        assert not any(block.kind is Kind.STRUCK for block in sheet)


@pytest.mark.clause("BX-5", "BX-16", "XX-4.3.7d", "BX-13")
def test_a_closed_slip_tells_its_whole_story(any_desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(any_desk, upto="assigned")
    clock.advance(3600)
    taken(any_desk, number, "arrive", staff="KF01", doer="GC03",
          happened=clock.now() - timedelta(minutes=33))  # fmt: skip
    walk_to(any_desk, number, "closed")
    sheets = Papers(any_desk, full=True).filled(known("slip"), number)
    struck = [block.cells for block in sheets[0] if block.kind is Kind.STRUCK]
    assert len(struck) == 1
    assert number in struck[0][0]
    text = text_of(sheets[:1])
    for words in (
        *(
            "登记报修",
            "李晓燕",
            "开派工单",
            "派工",
            "王建国",
            "到场",
            "回单",
            "核实",
            "周洁",
            "消档",
        ),
        *("领单人 李强（纸签）", "业主签字 陈立（纸签）", "已修好"),
    ):
        assert flat(words) in flat(text), words
    assert "11-19 10:47" in text, "when it happened"
    assert "11-19 11:20 补记" in text, "and when it was written down"
    assert flat("损坏情况老化") in flat(text), "what was said at the door"
    assert flat("换水龙头 1 30.00") in flat(text)
    assert "人民币叁拾元整" in text
    assert "HF-" in text
    assert "满意" in text, "the callback that came of it"


@pytest.mark.clause("BX-13")
def test_who_would_not_sign_is_told_with_why_and_in_whose_sight(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    taken(desk, number, "finish", staff="GC03", lines="SX-01", tried=True,
          resident="", sign_how="refused", refused_why="嫌贵", witness="吴刚")  # fmt: skip
    assert flat("业主签字 拒签：嫌贵 (吴刚)") in flat(told(desk, "slip", number))


def test_what_was_corrected_is_told_as_it_was_first_and_as_it_is(desk: Desk) -> None:
    number = a_repair(desk, upto="collected", phone="13911112222")
    taken(desk, number, "correct", phone="13933334444")
    text = told(desk, "slip", number, copies=["1"])
    assert text.index("13933334444") < text.index("13911112222")
    assert "更正后重印" in text


def test_telephones_are_whole_only_for_whoever_has_proved_who_they_are(desk: Desk) -> None:
    number = a_repair(desk, text="请打 13987654321 找他")
    for form in ("slip", "record"):
        masked = told(desk, form, number, full=False)
        assert "138****1234" in masked
        assert "13800001234" not in masked
        assert "13987654321" not in masked
        assert "13800001234" in told(desk, form, number)


@pytest.mark.clause("XX-5", "ZB-6")
def test_an_order_is_on_its_own_forms(any_desk: Desk) -> None:
    number = started(any_desk, "order", department="cleaning", text="3栋楼道有垃圾",
                     unit="3-1-501")["number"]  # fmt: skip
    taken(any_desk, number, "issue")
    taken(any_desk, number, "receive", department="刘洋", assistant="KF05")
    for form, code in (("order", "KF-CQ08-01-F3"), ("task", "BG-024"), ("complaint", "BG-026")):
        text = told(any_desk, form, number)
        for words in (code, number, "保洁部", "3栋楼道有垃圾", "3-1-501", "林芳"):
            assert words in text or form == "task"
        assert "刘洋" in text


def test_every_kind_of_matter_has_a_form(desk: Desk) -> None:
    for kind in PROCEDURES:
        assert forms_for(kind), kind
    assert [form.name for form in forms_for("repair")] == ["slip", "record"]
    assert [form.name for form in forms_for("order")][:1] == ["order"]
    assert [form.name for form in forms_for("complaint")][:1] == ["complaint"]


def test_a_form_for_another_kind_is_refused_and_says_which_suits(desk: Desk) -> None:
    number = a_repair(desk)
    with pytest.raises(NotThisForm, match="slip"):
        told(desk, "order", number)
    with pytest.raises(UnknownMatter):
        told(desk, "slip", "PG-20200101-001")


def test_only_some_copies_or_all_at_one_stroke(desk: Desk) -> None:
    number = a_repair(desk)
    assert told(desk, "slip", number, copies=["2"]).count("第二联") == 1
    carbon = told(desk, "slip", number, copies=["carbon"])
    assert all(carbon.count(copy) == 1 for copy in ("第一联", "第二联", "第三联"))
    for wrong in ("4", "0", "x", "²"):
        with pytest.raises(NoSuchCopy):
            told(desk, "slip", number, copies=[wrong])


@pytest.mark.clause("XX-5")
def test_the_registers_of_a_day(any_desk: Desk, clock: StoppedClock) -> None:
    any_desk.perform("duty.start", lambda act: duties.start(act, any_desk))
    for line in (
        "3-1-502 厨房水管漏水 明天9点",
        "微信 3-2-502 客厅灯不亮",
        "3-1-501 问物业费怎么交",
    ):
        found = hearing.understand(any_desk, line)
        any_desk.perform(
            "call.line", lambda act, found=found: proposals.accept(act, found, phone="13800001234")
        )
    started(any_desk, "notice", subject="water", text="水管抢修", department="engineering",
            scope="3栋")  # fmt: skip
    calls, other = cells(any_desk, "F4"), cells(any_desk, "F5", "2026-11-19")
    for words in (
        "KF-CQ08-01-F4",
        "李晓燕",
        "厨房水管漏水",
        "物业费",
        "共 2 个电话",
        "138****1234",
    ):
        assert words in calls
    for words in ("客厅灯", "13800001234"):
        assert words not in calls
    for words in ("客厅灯不亮", "停水", "水管抢修", "工程管理部"):
        assert words in other
    assert "13800001234" in cells(any_desk, "F4", reason="核对电话")
    clock.advance(86400)
    assert "共 0 个电话" in cells(any_desk, "F4")
    assert "水管抢修" in cells(any_desk, "F5"), "still in force the next day"


@pytest.mark.clause("KF-10", "KF-11", "XX-5")
def test_a_handover_lists_what_is_open_and_what_is_counted(any_desk: Desk) -> None:
    with pytest.raises(NobodyOnDuty):
        told(any_desk, "F1")
    any_desk.perform("duty.start", lambda act: duties.start(act, any_desk))
    number = a_repair(any_desk)
    text = told(any_desk, "handover")
    assert number in text
    for words in ("李晓燕", "未结", "1 件", "备用金", "万用表"):
        assert words in text


@pytest.mark.clause("KF-9", "KF-10", "KF-11", "KF-12", "XX-5")
def test_a_handover_is_printed_by_its_number_as_it_was_signed(
    any_desk: Desk, clock: StoppedClock
) -> None:
    duties.begin(any_desk)
    slip = a_repair(any_desk)
    move_to(any_desk, "11:50")
    tools = {**handovers.now(any_desk).tools, "万用表": 0}
    number = gave(any_desk, count=tools, count_why="送检", caution="3栋水压不稳")
    open_ = flat(cells(any_desk, "handover", number))
    assert all(words in open_ for words in (number, "待接班", "送检", "李晓燕"))
    received(any_desk, number, "KF02")
    walk_to(any_desk, slip, "issued")
    clock.advance(3600)
    text = flat(cells(any_desk, "F1", number))
    for words in (
        *(number, "已接班", slip, "厨房水龙头漏水", "送检", "3栋水压不稳", "迟到5分钟", "干净"),
        *("李晓燕2026-11-1911:50密码", "赵敏2026-11-1911:50密码", "备用金", "万用表"),
    ):
        assert words in text, words
    assert number not in cells(any_desk, "F1"), "the next duty's own list"


@pytest.mark.clause("KF-10", "KF-11", "XX-5")
def test_a_signed_handover_has_each_column_as_it_was_and_a_reason_once(
    any_desk: Desk, clock: StoppedClock
) -> None:
    duties.begin(any_desk)
    slip = a_repair(any_desk, upto="issued")
    move_to(any_desk, "11:50")
    tools = {**handovers.now(any_desk).tools, "万用表": 0}
    for why in ("送检", "送检了", "借给工程部"):
        number = gave(any_desk, count=tools, count_why=why, caution="3栋水压不稳")
        if why != "借给工程部":
            taken(any_desk, number, "recall")
    received(any_desk, number, "KF02")
    walk_to(any_desk, slip, "closed")
    clock.advance(86400)
    sheets = Papers(any_desk, full=True).filled(known("F1"), number)
    rows = [block.cells for sheet in sheets for block in sheet]
    line = next(row for row in rows if row and row[0] == slip)
    assert line[2] == "已开单"
    assert "超" in line[6]
    assert line[7] == "本班新开、超时"
    (keys,) = (row for row in rows if row and row[0] == "代管的钥匙")
    assert keys[1:] == ("已确认", "李晓燕", "赵敏")
    text = flat(cells(any_desk, "F1", number))
    assert "未结1件，超时1件" in text
    assert "送检" not in text
    assert (text.count("借给工程部"), text.count("3栋水压不稳")) == (1, 1)


@pytest.mark.clause("XX-5", "XX-4.3.8")
def test_a_call_and_what_was_opened_for_it_are_on_one_form(desk: Desk) -> None:
    found = proposals.understand(desk, "3-1-502 厨房水管漏水 明天9点")
    done = desk.perform("call.line", lambda act: proposals.accept(act, found))
    text = told(desk, "F2", str(done["contact"]))
    for words in ("KF-CQ08-01-F2", str(done["contact"]), str(done["number"]), "厨房水管漏水"):
        assert words in text


@pytest.mark.clause("BX-16", "FW-1.6")
def test_a_receipt_has_three_copies_its_amount_in_capitals_and_who_took_it(any_desk: Desk) -> None:
    number = a_repair(any_desk, upto="finished")
    paid = taken(any_desk, number, "pay", staff="KF01", means="cash", paid_by="陈立")["receipt"]
    text = told(any_desk, "receipt", str(paid))
    for words in ("第一联 存根", "第二联 交住户", "第三联 记账"):
        assert words in text
    assert text.count("人民币叁拾元整") == 3
    for words in ("30.00", "陈立", "李晓燕（代收费员）", "现金", number, "换水龙头"):
        assert words in text
    assert "已作废" not in text


@pytest.mark.clause("BX-16", "BZ-4.2")
def test_the_slip_names_its_receipt_and_the_warning_sign(desk: Desk) -> None:
    number = a_repair(desk, text="配电箱跳闸", upto="finished")
    paid = str(taken(desk, number, "pay", staff="SF01", means="card")["receipt"])
    text = told(desk, "slip", number)
    assert f"{paid} 30.00元" in text
    assert "有人工作，禁止合闸" in text


def test_a_receipt_says_what_was_let_off_and_that_it_is_void(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    taken(desk, number, "waive", staff="KF04", fee_now="10", why="等得太久")
    paid = str(taken(desk, number, "pay", staff="SF01", means="wechat")["receipt"])
    taken(desk, number, "void_receipt", staff="SF01", why="开错", second="KF04")
    text = told(desk, "receipt", paid)
    for words in ("减免", "-20.00", "人民币壹拾元整", f"{paid} 已作废"):
        assert words in text


def test_many_slips_say_what_each_says_alone(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "AT_ONCE", 3)  # so that there are several parts, the last not full
    numbers = [a_repair(any_desk, text=f"第{n}处漏水", upto="verified") for n in range(2)]
    numbers += [a_repair(any_desk, text=f"第{n}处漏水") for n in range(2, 5)]
    paid = taken(any_desk, numbers[0], "pay", staff="SF01", means="card")["receipt"]
    asked = [numbers[3], numbers[0].lower(), *numbers[1:], numbers[0]]  # in any order, and twice
    alone = [text_of(Papers(any_desk, full=True).filled(known("slip"), one)) for one in asked]
    many = [text_of(one) for one in Papers(any_desk, full=True).each(known("slip"), asked)]
    assert many == alone
    assert [
        f"第{n}处漏水" in text for n, text in zip((3, 0, 1, 2, 3, 4, 0), many, strict=True)
    ] == [True] * 7
    assert [str(paid) in text for text in many] == [False, True, *[False] * 4, True]
    assert "回访" in many[1], "what came of the slip is told with it"


def test_many_slips_are_read_in_a_few_questions(desk: Desk) -> None:
    numbers = [a_repair(desk, upto="verified") for _ in range(6)]
    asked = []
    for some in (numbers[:2], numbers):
        with watched() as sent:
            list(Papers(desk, full=True).each(known("slip"), some))
        asked.append(len(sent))
    assert asked[0] == asked[1] < 20


def test_one_of_many_that_is_not_there_is_named(desk: Desk) -> None:
    number, order = a_repair(desk), started(desk, "order", **ORDER)["number"]
    with pytest.raises(UnknownMatter, match="PG-20261119-777"):
        list(Papers(desk).each(known("slip"), [number, "PG-20261119-777"]))
    with pytest.raises(NotThisForm, match=str(order)):
        list(Papers(desk).each(known("slip"), [number, str(order)]))


def test_a_form_is_called_by_its_name_or_its_number() -> None:
    assert [known(name).name for name in ("slip", "f3", "F4", "bg-024", "KF-CQ08-01-F1")] == [
        "slip", "order", "calls", "task", "handover",
    ]  # fmt: skip
    for wrong in ("", "f9", "-"):
        with pytest.raises(UnknownForm):
            known(wrong)
    assert len({form.name for form in FORMS}) == len(FORMS)

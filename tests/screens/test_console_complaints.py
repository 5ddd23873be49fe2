"""A complaint at the console: typed, gone on with by the main key, hidden from whom it is about.

* the line says what it becomes, the slip how grave it is and who has it
* a major one is first reported, by F7
* the person complained of, at the same console a moment later, finds nothing of it
"""

import pytest

from tests.factories import started, taken
from tests.screens.consoles import console, on_duty
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.views import show


@pytest.mark.clause("FW-2.2", "BH-4")
async def test_it_is_typed_and_handled_by_the_main_key(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 投诉楼道没人打扫")
        assert "记投诉，保洁部的事" in seen.text
        await seen.press("enter")
        assert "TS-20261119-001 已登记" in seen.news
        assert "轻重" in seen.text
        await seen.press("f7")
        assert seen.form.sheet.row.verb == "handle"
    assert contacts.listed(desk)[0].category == "complaint"


@pytest.mark.clause("XX-4.2.7")
async def test_of_a_major_one_the_report_is_what_comes_next(desk: Desk) -> None:
    started(desk, "complaint", text="高空抛物砸到人", unit="3-1-502", level="major")
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("f3", "f7")
        assert seen.form.sheet.row.verb == "report"


@pytest.mark.clause("FW-M.9")
async def test_whom_it_is_about_finds_nothing_of_it(desk: Desk) -> None:
    number = str(
        started(desk, "complaint", text="前台骂人", unit="3-1-502", about="KF02")["number"]
    )
    taken(desk, number, "note", note="对方很生气")
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("f3")
        assert "前台骂人" in seen.text
        await seen.press("f12")
        await seen.type("赵敏")
        await seen.press("enter", "enter")
        assert "赵敏" in seen.text.splitlines()[0]
        for key in ("f3", "f2"):
            await seen.press(key)
            assert "前台骂人" not in seen.text
            assert "TS-" not in seen.text
        await seen.press("ctrl+f")
        await seen.type("前台骂人")
        assert "TS-" not in seen.text


@pytest.mark.clause("FW-M.9")
async def test_a_line_that_names_one_of_the_staff_is_the_managers(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 投诉吴刚骂人")
        assert "投诉的是 吴刚，由经理办" in seen.text
        await seen.press("enter")
        assert "TS-20261119-001 已登记" in seen.news
    assert show(desk, "TS-20261119-001").situation.received == "KF04"


@pytest.mark.clause("FW-M.9")
async def test_who_writes_down_a_complaint_about_themselves_is_told_and_sees_it_no_more(
    desk: Desk,
) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 投诉李晓燕不理人")
        await seen.press("enter")
        assert "TS-20261119-001 已保存" in seen.news
        assert not seen.screen.queue.every


async def test_whoever_complains_is_no_reporter_of_a_repair(desk: Desk) -> None:
    said = {"unit": "3-1-502", "text": "楼上太吵", "caller": "陈立"}
    number = str(started(on_duty(desk), "complaint", **said)["number"])
    async with console(desk) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f3", "enter")
        assert "投诉人  陈立" in seen.text
        assert "报修人" not in seen.text

"""What no key of its own leads to: the second row of tabs, prices, clauses, and the directory's
forms (XX-4.1.4).
"""

import pytest

from screens.commands import (
    CALLBACKS,
    CALLS,
    CHOOSE,
    FORM,
    FOUND,
    LINE,
    NOTICES,
    NUMBERS,
    PANE,
    tabs,
)  # fmt: skip
from tests.desks import second_desk
from tests.factories import started
from tests.registers.test_directory import brought_in, checked, entry, put, removed
from tests.screens.consoles import Console, case, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import directory
from wuye_tui.rules.clock import StoppedClock


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def fill(seen: Console, **answers: str) -> None:
    fields = {row.question.name: row.field for row in seen.form.asked}
    for name, answer in answers.items():
        fields[name].put(answer)
    await seen.settle()


# The second row of tabs


LISTS = {
    "1": CALLS, "3": CALLBACKS, "4": NOTICES, "5": NUMBERS, "6": "workers", "7": FOUND, "8": FOUND,
}  # fmt: skip


async def test_each_list_is_two_keys_away(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        for digit, place in LISTS.items():
            with case(digit, place):
                await seen.press("f10", digit)
                assert seen.screen.place == place
                assert seen.screen.panel != "choose"
            await seen.begin_again()


async def test_a_digit_means_a_tab_by_the_list_that_is_offered_and_not_by_its_title(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f10")
        palette = seen.screen.choose.list_id
        seen.screen.choose.offer("steps", "命令", [])
        await seen.press("5")
        assert seen.screen.place == CHOOSE, "another list, whatever stands above it"
        seen.screen.choose.offer(palette, "什么都有", [])
        await seen.press("5")
        assert seen.screen.place == NUMBERS


async def test_missed_calls_have_a_digit_too(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f10", "2")
        assert "没有未接来电" in seen.news


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_the_row_stands_under_the_first_one_while_the_palette_is_open(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with console(on_duty(desk), size) as seen:
        assert "5 通讯录" not in seen.text
        await seen.press("f10")
        lines = seen.text.splitlines()
        shown = "\n".join(lines[2:4])
        for tab in tabs():
            assert f"{tab.key} {tab.word}" in shown
        assert all(len(line.encode("gb18030")) <= size[0] for line in lines)
        await seen.press("f2")
        assert "5 通讯录" not in seen.text, "the line is what counts now"
        await seen.press("f3")
        assert seen.screen.place == CHOOSE
        assert "5 通讯录" in seen.text
        await seen.press("escape")
        assert "5 通讯录" not in seen.text


async def test_a_digit_behind_words_is_typed(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f10")
        await seen.type("通讯")
        await seen.press("1")
        assert (seen.screen.place, seen.screen.choose.field.value) == (CHOOSE, "通讯1")
        await seen.press("escape", "f2", "5")
        assert seen.screen.intake.words == "5", "in the line a digit is a digit"
        await seen.press("f3", "f8", "2")
        assert seen.screen.panel != NUMBERS, "in a numbered list it is that list's"


async def test_the_call_in_between_finds_the_palette_as_it_was(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f10")
        await seen.type("通讯")
        await seen.press("left", "f2")
        assert seen.screen.place == LINE
        await seen.type("3-1-502")
        await seen.press("f3")
        field = seen.screen.choose.field
        assert (seen.screen.place, field.value, field.cursor_position) == (CHOOSE, "通讯", 1)
        await seen.press("end", "enter")
        assert seen.screen.place == NUMBERS
        assert seen.screen.intake.words == "3-1-502"


async def test_an_order_to_a_department_can_be_opened_from_the_palette(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await command(seen, "开部门派工单")
        assert (seen.screen.place, seen.form.draft_name) == (FORM, "order/register")


# Prices and clauses


@pytest.mark.clause("XX-4.1.4")
async def test_a_price_is_found_by_what_is_done(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+f")
        await seen.type("换灯管")
        assert "DX-01" in seen.text
        assert "15.50 元" in seen.text
        await seen.press("enter")
        assert "换灯管 15.50 元" in seen.news
        assert seen.screen.place == FOUND


@pytest.mark.clause("XX-4.1.4")
async def test_a_clause_is_found_by_its_number_and_shown_whole(desk: Desk) -> None:
    text = desk.reference.clauses["BX-5"]
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+f")
        await seen.type("bx-5")
        await seen.press("enter")
        assert seen.screen.place == PANE
        shown = "".join(line.strip() for line in seen.text.splitlines())
        assert text.summary.rstrip("。") in shown
        assert text.source in seen.text
        await seen.press("escape")
        assert seen.screen.place == FOUND


@pytest.mark.clause("XX-4.1.4")
async def test_every_clause_and_every_price_can_be_looked_through(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await command(seen, "规程条款")
        assert len(seen.screen.found.items) == len(desk.reference.clauses)
        await seen.type("交接班")
        assert 0 < len(seen.screen.found.items) < 30
        assert all(hit.what == "clause" for hit in seen.screen.found.items)
        await seen.press("escape")
        await command(seen, "sfbz")
        assert [hit.what.value for hit in seen.screen.found.items] == ["price"] * 4


async def test_a_number_of_the_directory_is_found_in_the_one_box(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+f")
        await seen.type("燃气抢修")
        assert "023-55501003" in seen.text
        await seen.press("enter")
        assert seen.screen.place == NUMBERS
        assert [one.name for one in seen.screen.numbers.items] == ["燃气抢修"]


# The notices


@pytest.mark.clause("XX-4.3.3")
async def test_the_text_to_paste_stands_alone_on_lines_that_a_terminal_can_mark(desk: Desk) -> None:
    paste = "各位业主：3栋水泵检修，预计今天18:00恢复供水，请提前储水。给您添麻烦了。" * 2
    told = {"subject": "water", "department": "engineering", "text": "3栋没水", "scope": "3栋"}
    number = started(desk, "notice", **told)["number"]
    async with console(on_duty(desk)) as seen:
        await seen.press("f10", "4", "ctrl+y")
        assert "没有写群发文字" in seen.news
        taken(desk, number, "report", told_by="王建国", say="下午六点来水", paste=paste)
        await seen.beat()
        await seen.press("ctrl+y")
        pane = seen.screen.query_one("#help")
        lines = [one.text for one in pane.shown]  # type: ignore[attr-defined]
        assert "".join(lines) == paste
        shown = seen.text.splitlines()
        assert all(line in [one.strip() for one in shown] for line in lines), "with no label"
        assert seen.app.clipboard == paste
        await seen.press("escape")
        assert seen.screen.place == NOTICES


async def test_the_text_to_paste_is_found_by_its_name_too(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await command(seen, "群发")
        assert "先打开通知" in seen.news


# The forms of the directory


@pytest.mark.clause("XX-4.1.4")
async def test_a_number_that_has_changed_is_written_over_at_the_desk(desk: Desk) -> None:
    brought_in(desk)
    checked(desk, "供水")
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type("供水")
        await seen.press("enter")
        assert seen.screen.place == FORM
        assert seen.form.answers()["phone"] == "023-55501001"
        assert "name" not in {row.question.name for row in seen.form.asked}
        await fill(seen, phone="023-55507777", second="")
        await seen.press("f7")
        assert "供水 023-55507777" in seen.news, seen.text
        assert seen.screen.place == NUMBERS
    found = entry(desk, "供水")
    assert (found.phone, found.second, found.stale) == ("023-55507777", "", True)


@pytest.mark.clause("XX-4.1.4")
async def test_another_number_takes_the_name_that_was_looked_for(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type("开锁公司")
        assert "按 Ctrl+N 加" in seen.text
        await seen.press("ctrl+n")
        assert seen.form.answers()["name"] == "开锁公司"
        await fill(seen, kind="service", phone="12")
        await seen.press("f7")
        assert "能拨的号码" in seen.text
        await fill(seen, phone="023-55508888")
        await seen.press("f7")
        assert "开锁公司 023-55508888" in seen.news
    assert directory.listing(desk)[-1].name == "开锁公司"


async def test_a_name_that_is_there_is_not_written_over_by_another_number(desk: Desk) -> None:
    brought_in(desk)
    before = entry(desk, "供水")
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.press("ctrl+n")
        await fill(seen, name="供水", kind="service", phone="8001")
        await seen.press("f7")
        assert "已经有「供水」，电话是 023-55501001" in seen.text.replace("\n ", "")
        assert seen.form.answers()["phone"] == "8001"
        assert entry(desk, "供水") == before
        await fill(seen, name="泵房")
        await seen.press("f7")
        assert "泵房 8001" in seen.news
    assert entry(desk, "供水") == before


async def test_what_another_changed_meanwhile_is_not_written_back(desk: Desk) -> None:
    brought_in(desk)
    other = second_desk(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type("供水")
        await seen.press("enter")
        put(other, "供水", phone="023-55507777", hours="8-20时")
        await fill(seen, note="夜里打备用的")
        await seen.press("f7")
        assert "供水 023-55507777" in seen.news
    found = entry(desk, "供水")
    assert (found.phone, found.hours, found.note) == ("023-55507777", "8-20时", "夜里打备用的")
    other.engine.dispose()


async def test_a_draft_of_an_entry_that_has_changed_since_is_asked_about(desk: Desk) -> None:
    brought_in(desk)
    other = second_desk(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type("供水")
        await seen.press("enter")
        await fill(seen, note="夜里打备用的")
        await seen.press("escape")
        put(other, "供水", phone="023-55507777")
        await seen.press("enter")
        assert seen.form.answers()["note"] == "夜里打备用的"
        await seen.press("f7")
        assert "现在的电话是 023-55507777" in seen.text.replace("\n ", "")
        assert entry(desk, "供水").phone == "023-55507777"
        await fill(seen, phone="023-55507777")
        await seen.press("f7")
        assert "供水 023-55507777" in seen.news
    found = entry(desk, "供水")
    assert (found.phone, found.note) == ("023-55507777", "夜里打备用的")
    other.engine.dispose()


async def test_an_entry_that_somebody_took_out_is_not_brought_back(desk: Desk) -> None:
    brought_in(desk)
    other = second_desk(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type("供水")
        await seen.press("enter")
        removed(other, "供水")
        await fill(seen, phone="023-55507777")
        await seen.press("f7")
        assert "通讯录里没有「供水」" in seen.text
    assert "供水" not in {one.name for one in directory.listing(desk)}
    other.engine.dispose()


async def test_what_was_half_typed_stays_with_its_own_entry(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type("供水")
        await seen.press("enter")
        await fill(seen, note="夜里打备用的")
        await seen.press("f2")
        assert seen.screen.place == LINE
        await seen.press("f3")
        assert seen.form.answers()["note"] == "夜里打备用的"
        await seen.press("escape")
        assert seen.screen.place == NUMBERS
        assert "再打开一次" in seen.news
        seen.screen.numbers.field.value = "供热"
        await seen.settle()
        await seen.press("enter")
        assert seen.form.answers()["note"] == ""
        await seen.press("escape", "f10", "escape")  # a draft of ours troubles no palette
        seen.screen.numbers.field.value = "供水"
        await seen.settle()
        await seen.press("enter")
        assert seen.form.answers()["note"] == "夜里打备用的"
        await seen.press("f7")
    assert entry(desk, "供水").note == "夜里打备用的"


@pytest.mark.clause("XX-4.1.4")
async def test_a_number_is_taken_out_with_a_reason(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "删电话")
        assert "先在通讯录里选中" in seen.news
        await command(seen, "通讯录")
        await seen.type("消杀")
        await command(seen, "删电话")
        assert "消杀" in seen.text
        await seen.press("f7")
        assert "还缺「为什么不再用」" in seen.text
        await fill(seen, reason="合同到期")
        await seen.press("f7")
        assert "消杀 已从通讯录拿掉" in seen.news
        assert seen.screen.place == NUMBERS
    assert "消杀" not in {one.name for one in directory.listing(desk)}


async def test_who_may_not_write_is_told_and_loses_nothing(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        seen.app.sit_down(desk.as_staff("GC03"))
        await command(seen, "通讯录")
        await seen.type("供水")
        await seen.press("enter")
        await fill(seen, phone="023-55507777")
        await seen.press("f7")
        assert "李强 不能改通讯录" in seen.text
        assert "XX-4.1.4" in seen.text
        assert seen.form.answers()["phone"] == "023-55507777"


async def test_a_number_of_the_whole_country_says_so(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type("119")
        assert "全国统一" in seen.text
        assert "未核对过" not in seen.text

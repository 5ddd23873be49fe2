"""The duty manager's log at the console: what it says of a day, and what F7 and F8 write.

- a day under its headings, who holds it, what is open, in which order
- one digit says what is written down, and the table's form asks the rest
- an event is told to the general manager before anything else is written of it
"""

import pytest

from tests.factories import matter, move_to, on_duty, situation, started, taken
from tests.moulds import moulded
from tests.screens.consoles import Console, case, console
from wuye_tui.desk import Desk
from wuye_tui.registers.dutylog import day_log
from wuye_tui.registers.ticking import tick
from wuye_tui.rules.clock import StoppedClock

MANAGER = "KF03"


@moulded
def managing(desk: Desk) -> Desk:
    """The supervisor 孙丽 is the duty manager, and sits at the console."""
    on_duty(desk, "KF01")
    on_duty(desk, MANAGER, "duty_manager")
    return desk.as_staff(MANAGER)


def written(desk: Desk, **given: object) -> str:
    """A line of the log that is final at once."""
    return str(started(desk, "entry", "write", staff=MANAGER, **given)["number"])


def told(desk: Desk, **given: object) -> str:
    """A call that the duty manager took."""
    return str(started(desk, "entry", staff=MANAGER, **given)["number"])


async def to(seen: Console, words: str) -> None:
    """Puts the cursor on the first row of the log that says this."""
    pane = seen.screen.log_pane
    await seen.press("home")
    for _ in range(60):
        here = pane.chosen
        assert here is not None
        if words in "".join(part for part, _role in here.spans):
            return
        await seen.press("down")
    raise AssertionError(f"{words} is not in\n{seen.text}")


async def by_palette(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


def lines(seen: Console) -> list[str]:
    return [one.strip(" >") for one in seen.text.splitlines()]


# The day


async def test_f5_opens_the_log_of_the_day_from_anywhere(desk: Desk) -> None:
    async with console(managing(desk)) as seen:
        assert " F5 值班 " in seen.text
        await seen.type("3-1-502 厨房")
        await seen.press("f5")
        assert seen.screen.place == "log"
        assert "[F5 值班]" in seen.text
        assert " F3 派工 " in seen.text
        assert "值班日志 11-19 周四  值班经理(日) 孙丽 10:20起" in seen.text
        await seen.press("f2")
        assert seen.screen.intake.words == "3-1-502 厨房"


async def test_who_holds_nothing_is_told_that_nobody_is_duty_manager(desk: Desk) -> None:
    on_duty(desk, "KF01")
    async with console(desk) as seen:
        await seen.press("f5")
        assert "没有人值班" in seen.text
        await seen.press("f9")
        assert seen.screen.panel == "form-box", "the sort of patrol is asked"


@pytest.mark.parametrize("typed", ["值班", "zb", "duty", "log"])
async def test_it_is_found_in_the_palette(desk: Desk, typed: str) -> None:
    async with console(managing(desk)) as seen:
        await seen.press("f10")
        await seen.type(typed)
        assert "cmd:log" in [one.id for one in seen.screen.choose.offered]


@pytest.mark.clause("ZB-3.4")
async def test_lines_stand_in_the_order_of_time_with_corrections_beside_them(
    desk: Desk, clock: StoppedClock
) -> None:
    office = managing(desk)
    first = written(
        office, sort="penalty", whom="ZX01", text="离岗", because="离岗十分钟", fine="50"
    )
    clock.advance(60)
    told(office, category="help", text="3栋电梯口积水", place="3栋大堂")
    clock.advance(60)
    started(office, "entry", "correct", staff=MANAGER, which=first, text="罚 20 元")
    async with console(office) as seen:
        await seen.press("f5")
        said = lines(seen)
        place = next(n for n, one in enumerate(said) if one.startswith("10:20 处罚"))
        assert "已更正" in said[place]
        assert "刘洋 离岗" in said[place]
        assert said[place + 1].startswith("更正")
        assert "罚 20 元" in said[place + 1]
        assert said[place + 2].startswith("10:21 求助")
        assert "跟进中" in said[place + 2]
        assert sum("罚 20 元" in one for one in said) == 1
        await to(seen, "离岗")
        assert "离岗十分钟" in seen.text
        assert "50.00" in seen.text


async def test_left_and_right_are_other_days_and_no_day_that_is_to_come(desk: Desk) -> None:
    office = managing(desk)
    told(office, category="call", text="问停车费", caller="陈立", phone="13800001234")
    move_to(desk, "2026-11-20 10:00")
    async with console(office) as seen:
        await seen.press("f5")
        assert "以前没办完的（ZB-3.5）  1 件" in seen.text
        await seen.press("left")
        assert "11-19 周四 (以前的一天)" in seen.text
        assert "10:20 来电咨询" in seen.text
        await seen.press("right", "right")
        assert "11-20 周五" in seen.text
        assert "11-21 还没有到。" in seen.news
        await seen.press("left", "f5")
        assert "11-20 周五" in seen.text, "F5 is today's log"


async def test_what_another_desk_writes_is_there_within_a_second(desk: Desk) -> None:
    office = managing(desk)
    async with console(office) as seen:
        await seen.press("f5")
        written(office, sort="note", text="夜里雨大")
        await seen.beat()
        assert "记事" in seen.text
        assert "夜里雨大" in seen.text


async def test_enter_opens_the_matter_and_esc_comes_back(desk: Desk) -> None:
    office = managing(desk)
    number = told(office, category="help", text="3栋电梯口积水", place="3栋大堂")
    async with console(office) as seen:
        await seen.press("f5")
        await to(seen, "积水")
        await seen.press("enter")
        assert seen.screen.slip is not None
        assert seen.screen.slip.view.number == number
        assert "开任务单" in seen.text
        await seen.press("escape")
        assert seen.screen.place == "log"
        await seen.press("escape")
        assert seen.screen.panel == "queue"


@pytest.mark.clause("ZB-3.7")
async def test_weeks_that_the_project_head_has_not_read_are_told(desk: Desk) -> None:
    office = managing(desk)
    written(office, sort="note", text="一切正常")
    move_to(desk, "2026-11-23 09:00")
    tick(office)
    async with console(office) as seen:
        await seen.press("f5", "end")
        assert "项目负责人批阅（ZB-3.7）  1 周没批阅" in seen.text
        assert "2026-W47" in seen.text
        assert "没批阅，17:30 前" in seen.text
        move_to(desk, "18:00")
        await seen.press("ctrl+r")
        assert "没批阅，17:30 前" in seen.text


# F7


@pytest.mark.clause("ZB-3.4")
async def test_a_call_for_help_is_two_keys_and_its_words(desk: Desk) -> None:
    async with console(managing(desk)) as seen:
        await seen.press("f5")
        seen.keys = 0
        await seen.press("f7", "2")
        assert seen.form.sheet.row.verb == "register"
        await seen.type("3栋电梯口积水")
        await seen.press("f7")
        assert seen.keys == 3
        (line,) = day_log(desk).lines
        assert (line.what, line.text) == ("help", "3栋电梯口积水")
        assert seen.screen.place == "log"
        assert "求助" in seen.text
        chosen = seen.screen.log_pane.chosen
        assert chosen is not None
        assert chosen.number == line.number, "the cursor stands on what was just written"


WRITTEN = {
    "1": ("register", "category", "call"), "2": ("register", "category", "help"),
    "3": ("register", "category", "complaint"), "4": ("register", "category", "report"),
    "5": ("write", "sort", "check"), "6": ("write", "sort", "signs"),
    "7": ("write", "sort", "penalty"), "8": ("write", "sort", "proposal"),
    "9": ("write", "sort", "note"),
}  # fmt: skip


async def test_one_digit_says_what_is_written(desk: Desk) -> None:
    async with console(managing(desk)) as seen:
        for digit, (verb, name, code) in WRITTEN.items():
            with case(digit):
                await seen.press("f5", "f7", digit)
                assert seen.form.sheet.row.verb == verb
                assert seen.form.answers()[name] == code
            await seen.begin_again()


async def test_the_duty_managers_telephone_is_no_call_of_the_desk(desk: Desk) -> None:
    from wuye_tui.registers import contacts

    async with console(managing(desk)) as seen:
        await seen.press("f5", "f7", "1")
        await seen.type("问停车费")
        await seen.press("f7")
        assert len(day_log(desk).lines) == 1
        assert contacts.listed(desk) == []


async def test_words_left_in_a_form_are_kept_and_said_when_another_sort_is_chosen(
    desk: Desk,
) -> None:
    async with console(managing(desk)) as seen:
        await seen.press("f5", "f7", "2")
        await seen.type("3栋电梯口积水")
        await seen.press("escape", "f7", "3")
        assert seen.form.answers()["category"] == "complaint"
        assert seen.form.answers()["text"] == "3栋电梯口积水"
        assert "上次填了一半的字还在表里" in seen.news


@pytest.mark.clause("ZB-3.4")
async def test_the_line_of_the_cursor_is_corrected(desk: Desk) -> None:
    office = managing(desk)
    number = written(office, sort="note", text="巡查三小时")
    async with console(office) as seen:
        await seen.press("f5")
        await to(seen, "巡查三小时")
        await seen.press("f7")
        assert "更正 ZR-001" in seen.text
        await seen.type("更正")
        await seen.press("enter")
        assert seen.form.answers()["which"] == number
        await seen.type("巡查四小时")
        await seen.press("f7")
        assert "已更正" in seen.text
        assert "巡查四小时" in seen.text


@pytest.mark.clause("ZB-4.7")
async def test_a_complaint_becomes_its_form_from_the_log(desk: Desk) -> None:
    office = managing(desk)
    number = told(office, category="complaint", text="楼道脏", unit="3-1-502")
    async with console(office) as seen:
        await seen.press("f5")
        await to(seen, "楼道脏")
        await seen.press("enter", "f8")
        await seen.type("开投诉处理表")
        await seen.press("enter")
        await seen.press("f7")
        (line,) = day_log(desk).lines
        assert [one[:2] for one in line.opened] == ["TS"], seen.news
        assert situation(desk, number).state == "open", "followed to the callback"


# F8


@pytest.mark.clause("ZB-4.2")
async def test_an_event_goes_to_the_general_manager_at_once(desk: Desk) -> None:
    async with console(managing(desk)) as seen:
        await seen.press("f5", "f8")
        assert seen.form.sheet.row.verb == "register"
        await seen.press("2")
        await seen.type("11栋2单元困两人")
        await seen.press("f7")
        assert seen.form.sheet.row.verb == "report", "the report follows by itself"
        assert "马上向总经理报告" in seen.news
        number = seen.form.sheet.number
        await seen.press("escape")
        assert seen.screen.place == "log"
        said = lines(seen)
        assert "没报告总经理" in said[said.index("突发重大事件（ZB-4.2）") + 1]
        spans = next(one for one in seen.screen.log_pane._entries if one.number == number).spans
        assert next(role for words, role in spans if "没报告总经理" in words) == "chosen"
        await seen.press("home", "f8")
        assert seen.form.sheet.row.verb == "report", "of the event under the cursor"
        await seen.type("高远")
        await seen.press("enter", "1", "f7")
        assert situation(desk, number).state == "reported"
        assert "已报告高远" in seen.text


@pytest.mark.clause("ZB-4.2")
async def test_what_has_not_been_told_stands_first(desk: Desk, clock: StoppedClock) -> None:
    office = managing(desk)
    first = started(office, "incident", sort="fire", text="配电箱冒烟", staff=MANAGER)["number"]
    taken(desk, str(first), "report", staff=MANAGER, told_to="ZJ01", how="phone")
    clock.advance(60)
    second = started(office, "incident", sort="gas", text="5栋闻到燃气", staff=MANAGER)["number"]
    clock.advance(660)
    async with console(office) as seen:
        await seen.press("f5")
        said = lines(seen)
        place = said.index("突发重大事件（ZB-4.2）")
        assert "没报告总经理 超时1分" in said[place + 1]
        assert "5栋闻到燃气" in said[place + 1]
        assert "10:20 已报告高远" in "".join(said[place + 2 : place + 4])
        await by_palette(seen, "上报")
        assert "登记新的事件" in seen.text or seen.form.sheet.number == str(second)
        assert matter(desk, str(second)).state == "registered"


async def test_a_line_of_the_log_becomes_an_event_that_names_it(desk: Desk) -> None:
    office = managing(desk)
    number = told(office, category="help", text="有人晕倒", place="中心花园")
    async with console(office) as seen:
        await seen.press("f5")
        await to(seen, "有人晕倒")
        await seen.press("f8", "2")
        assert seen.form.answers()["linked"] == number

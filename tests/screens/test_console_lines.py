"""What Enter does at the console with each line that a receptionist types, and what it asks first.

* urging, cancelling, rebooking: said before, done to the slip, asked where it is final or not one
* a complaint names its department, a car its owner and the number to ring
* what is broken besides gets its slip, and both numbers are said
* the register of calls says which of them it counts twice
* every trade of several faults is shown; a building alone is shown as understood
* a call goes into a notice's count with its words and number; a slip beside it is asked about
* the channel is a question of the form
"""

import pytest

from screens.widgets.painted import Painted
from tests.factories import situation, started, walk_to
from tests.registers.lines_taken import PLATE, drives
from tests.screens.callers import WATER
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.rules.clock import StoppedClock


def read(seen: Console) -> str:
    """What is shown as understood."""
    return seen.screen.intake.query_one("#understood", Painted).text


async def entered(seen: Console, line: str, times: int = 1) -> None:
    await seen.type(line)
    await seen.press(*["enter"] * times)


@pytest.mark.parametrize("line", ["3-1-502 催单 昨天报的门锁还没来", "3-1-502 修好了没有"])
async def test_urging_is_one_enter(desk: Desk, clock: StoppedClock, line: str) -> None:
    number = registered(desk, clock, "门锁坏了")
    async with console(on_duty(desk)) as seen:
        await seen.type(line)
        assert "催 PG-001 已登记 门锁坏了" in read(seen)
        await seen.press("enter")
        assert seen.screen.intake.words == ""
        assert [row.number for row in seen.screen.queue.every] == [number]
    assert contacts.listed(desk)[0].matters == (number,)


@pytest.mark.parametrize("line", ["3-1-502那张单取消", "3-1-502 不用来了"])
async def test_cancelling_asks_once_because_it_is_final(
    desk: Desk, clock: StoppedClock, line: str
) -> None:
    number = registered(desk, clock, "门锁坏了")
    async with console(on_duty(desk)) as seen:
        await seen.type(line)
        assert "取消 PG-001 门锁坏了" in read(seen)
        await seen.press("enter")
        assert f"会取消 {number} 门锁坏了，不能撤回" in seen.news
        assert seen.screen.intake.words == line
        assert situation(desk, number).state == "registered"
        await seen.press("enter")
        assert not seen.screen.queue.every
    assert situation(desk, number).state == "cancelled"


async def test_other_words_after_the_question_are_asked_about_again(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "门锁坏了")
    async with console(on_duty(desk)) as seen:
        await entered(seen, "3-1-502 不用来了")
        await entered(seen, " 自己修好了")
        assert "会取消" in seen.news
        assert situation(desk, number).state == "registered"


async def test_which_of_two_slips_is_cancelled_is_picked(desk: Desk, clock: StoppedClock) -> None:
    second = registered(desk, clock, "门锁坏了")
    first = registered(desk, clock, "灯不亮")
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 不用来了")
        assert "哪一张？" in read(seen)
        await seen.press("down", "enter")
        assert seen.screen.intake.words == f"3-1-502 不用来了 {second}"
        await seen.press("enter")
        assert f"会取消 {second}" in seen.news
        await seen.press("enter")
    assert situation(desk, first).state == "registered"
    assert situation(desk, second).state == "cancelled"


async def test_the_slips_are_offered_with_their_words_those_of_the_trade_first(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "空调不制冷")
    registered(desk, clock, "门锁打不开")
    registered(desk, clock, "门锁卡住")
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 门锁改到明天下午")
        assert "哪一张？ >PG-003 门锁卡住   PG-002 门锁打不开   PG-001 空调不制冷" in read(seen)


async def test_the_chosen_slip_is_seen_where_not_two_fit(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "门锁打不开而且钥匙断在里面")
    registered(desk, clock, "空调不制冷而且外机一直滴水")
    async with console(on_duty(desk), (80, 24)) as seen:
        await seen.type("3-1-502 催单")
        await seen.press("down")
        assert ">PG-001 门锁打不开" in read(seen)


@pytest.mark.clause("BX-9")
async def test_the_only_slip_of_the_trade_that_is_named_is_no_question(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "空调不制冷")
    lock = registered(desk, clock, "门锁打不开")
    async with console(on_duty(desk)) as seen:
        await entered(seen, "3-1-502 门锁改到明天下午3点")
        assert seen.screen.intake.words == ""
    assert situation(desk, lock).facts["at"].startswith("2026-11-20T07:00")


@pytest.mark.clause("BX-9")
async def test_rebooking_shows_the_new_time_and_takes_one_enter(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "门锁坏了")
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 改到明天下午3点")
        assert "约 11-20 15:00" in read(seen)
        assert "改约 PG-001" in read(seen)
        await seen.press("enter")
        assert seen.screen.intake.words == ""
    assert situation(desk, number).facts["at"].startswith("2026-11-20T07:00")


async def test_rebooking_to_no_time_asks_for_one(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "门锁坏了")
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 改约")
        assert "改到什么时候？" in read(seen)
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-502 改约"
        await seen.type(" 明天9点")
        await seen.press("enter")
        assert seen.screen.intake.words == ""
    assert situation(desk, number).facts["at"].startswith("2026-11-20T01:00")


async def test_a_slip_with_somebody_at_work_is_not_cancelled_from_the_line(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "门锁坏了")
    walk_to(desk, number, "on_site")
    async with console(on_duty(desk)) as seen:
        await entered(seen, "3-1-502 不用来了")
        assert "不能再取消报修" in seen.news
        await seen.press("enter")
    assert situation(desk, number).state == "on_site"
    assert contacts.listed(desk)[0].matters == (number,)


@pytest.mark.parametrize("line", ["3-1-502 催单", "3-1-502 不用来了", "PG-20261119-009 取消"])
async def test_nothing_open_is_said_before_it_is_only_a_call(desk: Desk, line: str) -> None:
    async with console(on_duty(desk)) as seen:
        await entered(seen, line)
        assert "没有这样的未结报修单" in seen.news
        assert contacts.listed(desk) == []
        await seen.press("enter")
    assert contacts.listed(desk)[0].words == line


@pytest.mark.clause("XX-4.1.3")
async def test_a_complaint_names_both_units_and_its_department(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502投诉3-1-501装修太吵 中午还在钻")
        for words in ("投诉", "3-1-502", "涉及 3-1-501", "记投诉，秩序维护部的事"):
            assert words in read(seen), words
        await seen.press("enter")
        (row,) = seen.screen.queue.every
        assert row.kind == "complaint"
        assert row.words == "3-1-501装修太吵 中午还在钻"
        assert "TS-20261119-001" in seen.text


async def test_a_complaint_of_nobody_in_particular_is_asked_about(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await entered(seen, "投诉广场舞太吵")
        assert "还没问是哪一户" in seen.news
        assert not seen.screen.queue.every
        await seen.press("enter")
        assert [row.kind for row in seen.screen.queue.every] == ["complaint"]


async def test_a_car_to_be_moved_shows_whom_to_ring(desk: Desk) -> None:
    drives(desk, "林芳", PLATE)
    async with console(on_duty(desk)) as seen:
        await seen.type(f"挪车 {PLATE}")
        assert f"{PLATE} 打 138****2345 林芳 3-1-501" in read(seen)
        assert "13800002345" not in seen.text
        assert contacts.listed(desk) == []
        await seen.press("enter")
        assert f"{PLATE} 打 13800002345 林芳 3-1-501" in seen.text
        assert "本班第 1 个求助，没有开单" in seen.news
        await seen.type("挪车 粤B99999")
        assert "粤B99999 没有登记" in read(seen)


async def test_a_complaint_about_a_car_shows_whom_to_ring_with_its_order(desk: Desk) -> None:
    drives(desk, "林芳", PLATE)
    async with console(on_duty(desk)) as seen:
        await seen.type(f"3-1-502 投诉 {PLATE} 乱停")
        assert "13800002345" not in seen.text
        await seen.press("enter")
        assert [row.kind for row in seen.screen.queue.every] == ["complaint"]
        assert f"{PLATE} 打 13800002345 林芳 3-1-501" in seen.text


async def test_every_trade_of_several_faults_is_shown(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 厨房漏水 客厅灯不亮 门锁坏了")
        assert "水、照明、锁" in read(seen)


@pytest.mark.clause("XX-4.3.3")
async def test_a_building_without_water_is_answered_by_its_notice(desk: Desk) -> None:
    started(desk, "notice", **{**WATER, "scope": "5栋", "text": "5栋停水，6点来"})
    async with console(on_duty(desk)) as seen:
        await seen.type("王女士 13911112222 5栋没水了 什么时候来")
        assert "5栋" in read(seen)
        assert "5栋停水，6点来" in seen.text
        await seen.press("f9")
        assert seen.news.startswith("停水，第 1 位")
    row = contacts.listed(desk)[0]
    assert (row.words, row.name) == ("王女士 13911112222 5栋没水了 什么时候来", "王女士")
    assert row.phone == "139****2222"


@pytest.mark.clause("XX-4.3.3")
async def test_a_slip_about_water_that_is_off_by_a_notice_is_asked_about_once(desk: Desk) -> None:
    notice = started(desk, "notice", **WATER)["number"]
    async with console(on_duty(desk)) as seen:
        await entered(seen, "3-1-502没水了")
        assert f"正在停水({notice})：按 F9 就按通知回答；确实要开单再按一次 Enter" in seen.news
        assert not [row for row in seen.screen.queue.every if row.kind == "repair"]
        await seen.press("enter")
        assert [row.words for row in seen.screen.queue.every if row.kind == "repair"] == ["没水了"]


@pytest.mark.clause("XX-4.3.3")
async def test_a_question_about_water_that_is_off_is_not_just_written_down(desk: Desk) -> None:
    started(desk, "notice", **WATER)
    async with console(on_duty(desk)) as seen:
        await entered(seen, "为什么没水")
        assert "正在停水" in seen.news
        assert "确实要开单" not in seen.news
        assert contacts.listed(desk) == []
        await seen.press("f9")
        assert seen.news.startswith("停水，第 1 位")


async def test_no_water_where_no_notice_holds_is_a_repair_at_once(desk: Desk) -> None:
    started(desk, "notice", **{**WATER, "scope": "5栋"})
    async with console(on_duty(desk)) as seen:
        await entered(seen, "3-1-502没水了")
        assert [row.words for row in seen.screen.queue.every if row.kind == "repair"] == ["没水了"]


async def test_the_form_asks_by_what_it_came(desk: Desk) -> None:
    async with console(on_duty(desk), (80, 40)) as seen:
        await seen.press("ctrl+n")
        assert "来电渠道" in seen.text
        assert seen.form.answers()["channel"] == "phone"


async def test_together_taken_is_one_line_that_says_how_many(
    desk: Desk, clock: StoppedClock
) -> None:
    from wuye_tui.registers import together

    numbers = [registered(desk, clock, words) for words in ("门锁坏了", "灯不亮", "漏水")]
    on_duty(desk)
    desk.perform("urge", lambda act: together.take(act, dict.fromkeys(numbers, 1), "urge"))
    async with console(desk, (120, 40)) as seen:
        assert "催单 等 3 张" in seen.text


async def test_a_question_that_nobody_can_answer_yet_says_whom_to_ask(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await entered(seen, "3-1-502 怎么停水了")
        assert "还没有答复：先问工程部，再 F10「登记变化」。本班第 1 个咨询" in seen.news
        await entered(seen, "3-1-501 停水了吗")
        await seen.type("3-2-502 没水了")
        assert "一小时内已有 3 户问停水" in read(seen)
        await seen.press("enter")
        assert seen.news.startswith("一小时内已有 3 户问停水：请报工程部并登记通知")


async def test_urging_what_is_not_open_is_no_answered_question(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await entered(seen, "3-1-502 催单", times=2)
        assert "本班第 1 个跟单，没有开单" in seen.news
        await seen.press("f2")
        assert "跟单 1" in seen.text
        assert "已答" not in seen.text


async def test_a_complaint_of_what_is_broken_opens_the_slip_too_and_says_both_numbers(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 楼上天花板漏水，我要投诉")
        for words in ("记投诉，工程管理部的事", "另开报修：水", "有偿 SX-03 修水管"):
            assert words in read(seen)
        assert "还有" not in read(seen)
        await seen.press("enter")
        assert "PG-20261119-001 已开单" in seen.news
        assert "另开 TS-20261119-001" in seen.news
        assert len(seen.screen.queue.every) == 2
        await seen.press("ctrl+z")
        assert not seen.screen.queue.every


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("投诉 灯不亮没人修", "不另开报修：故障请写明房号另打一行"),
        ("3-1-502 投诉 门锁坏了没人管", "报修已有 PG-001，不再开"),
    ],
)
async def test_no_slip_is_promised_that_is_not_opened(
    desk: Desk, clock: StoppedClock, line: str, told: str
) -> None:
    number = registered(desk, clock, "门锁坏了")
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type(line)
        assert told in read(seen)
        assert "还有" not in read(seen)
        await seen.press("enter", "enter")
        kinds = sorted(row.number for row in seen.screen.queue.every)
        assert kinds == [number, "TS-20261119-001"]


async def test_the_register_says_how_many_calls_it_counts_twice(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await entered(seen, "3-1-502 灯坏了")
        await seen.press("f2")
        assert "本班来电 1 个  报修 1 " in seen.text
        await entered(seen, "3-1-501门禁卡刷不开 顺便问物业费")
        assert "本班来电 2 个  报修 2、咨询 1(1个算两类)" in seen.text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("3栋为什么没水", "正在停水：3栋1单元"),
        ("停水到几点", "正在停水：3栋1单元"),
        ("5-1-101 停水了吗", "5-1-101 不在停水范围（3栋1单元）：先问工程部"),
        ("5-1-101 没水了", "5-1-101 不在停水范围（3栋1单元）"),
        ("5栋怎么停水了", "5栋 不在停水范围（3栋1单元）：先问工程部"),
    ],
)
async def test_a_supply_that_is_off_says_where_by_the_notice(
    desk: Desk, line: str, told: str
) -> None:
    started(desk, "notice", **{**WATER, "scope": "3栋1单元"})
    async with console(on_duty(desk), (100, 30)) as seen:
        await seen.type(line)
        assert told in read(seen)
        assert "现在没有" not in read(seen)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("3-1-502 客厅的灯不用修了", "PG-20261119-001 上还有别的：只取消这一样请按 F8「更正」"),
        ("师傅怎么还没来", "请问房号：没有房号找不到那张单"),
        ("喂你好我想问一下", "想问什么？"),
    ],
)
async def test_what_can_hardly_be_meant_is_said_in_the_reading(
    desk: Desk, clock: StoppedClock, line: str, told: str
) -> None:
    registered(desk, clock, "马桶堵了，还有客厅灯不亮")
    async with console(on_duty(desk)) as seen:
        await seen.type(line)
        assert told in read(seen)


async def test_a_question_that_asked_nothing_is_written_down_as_open(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await entered(seen, "我想问", times=2)
        assert "已记下，还没有答复，本班第 1 个咨询，没有开单。" in seen.news
    assert not contacts.listed(desk)[0].is_answered


async def test_a_price_that_is_known_is_read_back(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("换水龙头多少钱")
        assert "SX-01 换水龙头 30.00 元" in read(seen)

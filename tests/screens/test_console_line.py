"""From a typed line to a notified slip, and what may stand in the way.

- the keys that it takes, counted
- what is understood is shown before anything is written
- what is not clear is asked; what cannot be is said in words, and the words stay
- calls that open no slip: urged, joined, asked about
"""

import pytest

from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock

LINE = "3-1-502 厨房水管漏水 马上"
MOST_KEYS = 12


def numbers(desk: Desk) -> list[str]:
    return [row.number for row in queue(desk, Wanted())]


@pytest.mark.clause("BX-4", "BX-5")
async def test_a_typed_line_becomes_a_notified_slip_in_three_keys(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LINE)
        await seen.press("enter", "f7", "enter")
        assert seen.keys == 3 <= MOST_KEYS
        assert "已通知" in seen.news
        assert seen.screen.intake.words == ""
    [number] = numbers(desk)
    view = show(desk, number)
    assert [line.step.verb for line in view.history] == ["register", "issue", "notify"]
    assert view.situation.facts["phone"] == "13800001234"
    [call] = contacts.listed(desk)
    assert call.matters == (number,)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (
            LINE,
            ["3-1-502", "陈立 业主", "138****1234", "水", "厨房水管漏水", "尽快", "修水管 45.00"],
        ),
        ("3-1-502 厨房水管漏水 明天9点 急", ["约 11-20 09:00", "加急"]),
        ("5-1-101 门锁坏了", ["徐静 业主", "锁", "保修"]),
        ("5栋大堂灯不亮", ["5栋大堂", "照明", "公共"]),
        ("3-1-502 阳台的架子掉了", ["有偿 项目待定"]),
        ("6-1-301投诉3-1-502装修太吵", ["投诉", "6-1-301", "涉及 3-1-502"]),
    ],
)
async def test_what_was_understood_is_read_back_before_anything_is_written(
    desk: Desk, typed: str, fields: list[str]
) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type(typed)
        read = "\n".join(seen.text.splitlines()[3:5])
        assert [field for field in fields if field not in read] == [], read
    assert numbers(desk) == []


async def test_a_room_in_two_entrances_is_picked_with_the_arrows(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3栋502厨房漏水")
        assert "哪一套" in seen.text
        await seen.press("down", "enter")
        assert numbers(desk) == []
        assert "黄磊" in seen.text
        await seen.press("enter")
    assert [row.where for row in queue(desk, Wanted())] == ["3-2-502"]


async def test_an_unknown_room_is_said_and_enter_keeps_the_words(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("99-1-101 漏水")
        assert "没有房号「99-1-101」" in seen.text
        await seen.press("enter")
        assert "99-1-101" in seen.news
        assert seen.screen.intake.words == "99-1-101 漏水"
    assert numbers(desk) == []


@pytest.mark.clause("BX-9")
async def test_a_time_that_is_over_is_asked_about_and_refused_by_its_clause(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 厨房漏水 今天9点来")
        assert "说的时间已经过去" in seen.text
        await seen.press("enter")
        assert "【BX-9】" in seen.news
        assert seen.screen.intake.words
    assert numbers(desk) == []


@pytest.mark.clause("BX-4")
async def test_a_repair_nowhere_is_refused_by_its_clause_and_the_words_stay(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("厨房漏水")
        assert "哪一户" in seen.text
        await seen.press("enter")
        assert "【BX-4】" in seen.news
        assert seen.screen.intake.words == "厨房漏水"
    assert contacts.listed(desk) == []


@pytest.mark.clause("KF-6")
async def test_an_enquiry_is_written_down_without_a_slip(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 问物业费")
        assert "咨询" in seen.text
        await seen.press("enter")
        assert "没有开单" in seen.news
    assert [call.category for call in contacts.listed(desk)] == ["enquiry"]
    assert numbers(desk) == []


async def test_what_says_nothing_is_written_down_only_by_a_second_enter(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("kf01")
        await seen.press("enter")
        assert "再按一次 Enter" in seen.news
        assert contacts.listed(desk) == []
        await seen.press("enter")
        assert "没有开单" in seen.news
    assert [call.category for call in contacts.listed(desk)] == ["other"]


async def test_urging_goes_to_the_open_slip(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "门锁坏了")
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 催单 门锁还没来")
        assert "催 PG-001" in seen.text
        await seen.press("enter")
    assert numbers(desk) == [number]
    assert show(desk, number).history[-1].step.verb == "urge"


async def test_urging_where_two_slips_are_open_asks_which(desk: Desk, clock: StoppedClock) -> None:
    second, first = (registered(desk, clock, text) for text in ("门锁坏了", "灯不亮"))
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 催单")
        assert "哪一张" in seen.text
        await seen.press("down", "enter")
        assert second in seen.screen.intake.words
        await seen.press("enter")
    assert show(desk, second).history[-1].step.verb == "urge"
    assert show(desk, first).history[-1].step.verb == "register"


async def test_the_same_fault_again_joins_the_open_slip_by_one_key(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.type(LINE)
        assert "未结1张 F9 并入 PG-001 厨房水管漏水" in seen.text
        assert "F9 并入" in seen.text.splitlines()[-1]
        await seen.press("f9")
        assert seen.screen.intake.words == ""
    assert numbers(desk) == [number]
    assert show(desk, number).history[-1].step.verb == "join"


@pytest.mark.clause("NB-3")
async def test_an_emergency_opens_the_form_that_says_to_call_first(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 电梯困人了")
        assert "紧急 电梯困人" in seen.text
        await seen.press("enter")
        assert "先打电话" in seen.text
        assert seen.form.answers()["emergency"] == "entrapment"
        await seen.type("电梯公司")
        await seen.press("enter", "enter", "enter")  # nobody of ours is sent
        assert "已派工" in seen.news
    assert show(desk, numbers(desk)[0]).situation.facts["whom"] == "电梯公司"


async def test_what_is_typed_while_a_line_is_being_saved_is_the_next_line(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LINE)
        await seen.hit("enter")
        seen.screen.intake.field.paste("3-1-501 灯坏了")
        await seen.settle()
        assert seen.screen.intake.words == "3-1-501 灯坏了"
    assert [row.where for row in queue(desk, Wanted())] == ["3-1-502"]


async def test_enter_twice_writes_one_slip(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LINE)
        await seen.hit("enter", "enter")
        await seen.settle()
    assert len(numbers(desk)) == 1


@pytest.mark.parametrize("hostile", ["[/red]坏了", "[bold", "[@click=app.quit]x[/]", "\\[x]"])
async def test_brackets_are_words(desk: Desk, hostile: str) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type(f"3-1-502 水龙头{hostile}")
        assert hostile in seen.text
        await seen.press("enter", "f3", "enter")
        assert hostile in seen.text
    assert hostile in queue(desk, Wanted())[0].words


async def test_control_characters_do_not_get_in(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 水\x1b]52;c;AAAA\x07龙头\u202e漏水")
        await seen.press("enter")
        assert "\x1b" not in seen.text
    [row] = queue(desk, Wanted())
    assert row.words == "水]52;c;AAAA龙头漏水"


async def test_a_thousand_characters_are_cut_and_said(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 " + "漏" * 1000)
        assert len(seen.screen.intake.words) == 500
        assert "500" in seen.news


def lines(seen: Console) -> list[str]:
    return seen.text.splitlines()


async def test_the_lines_above_the_queue_never_move(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        below = seen.screen.query_one("#body")
        top = below.region.y
        for typed in ("3-1-502 厨房水管漏水 明天9点 急", " 3-1-501", "x" * 200):
            await seen.type(typed)
            assert below.region.y == top


async def test_the_only_home_that_may_be_meant_takes_one_enter_more(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("尾号1234 厨房漏水")
        assert "是 3-1-502 吗？ Enter就是它" in seen.text
        await seen.press("enter")
        assert numbers(desk) == []
        assert "陈立" in seen.text
        await seen.press("enter")
    assert [row.where for row in queue(desk, Wanted())] == ["3-1-502"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "3-1-502 客厅的灯不用修了",
            "PG-20261119-001 上还有别的：只取消这一样请按 F8「更正」；整张取消再按一次 Enter。",
        ),
        ("师傅怎么还没来", "请问房号：没有房号找不到那张单。只记一个来电就再按一次 Enter。"),
        ("喂你好我想问一下", "想问什么？只记一个来电就再按一次 Enter。"),
    ],
)
async def test_what_can_hardly_be_meant_is_taken_by_the_second_enter(
    desk: Desk, clock: StoppedClock, line: str, told: str
) -> None:
    registered(desk, clock, "马桶堵了，还有客厅灯不亮")
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type(line)
        await seen.press("enter")
        assert seen.news == told
        assert seen.screen.intake.words == line
        assert contacts.listed(desk) == []
        await seen.press("enter")
        assert seen.screen.intake.words == ""
    assert len(contacts.listed(desk)) == 1

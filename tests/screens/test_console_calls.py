"""Calls: the unit's card, the register of this duty, the same question again, channels, fields."""

import pytest

from screens.commands import FORM, LINE, QUEUE
from screens.widgets.answers import TextAnswer
from tests.factories import started, taken
from tests.screens.callers import SAY, WATER, flagged, water_off
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, notices
from wuye_tui.rules.clock import StoppedClock


def shown(seen: Console, label: str = "3-1-502") -> bool:
    """Whether the card of a unit is on the screen."""
    return any(line.startswith(f" {label} ") for line in seen.text.splitlines()[5:])


async def test_the_card_stands_there_as_soon_as_a_unit_is_named(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    flagged(desk, "3-1-502", "dog", "lives_alone")
    registered(desk, clock, "厨房水管漏水")
    water_off(desk)
    async with console(desk) as seen:
        await seen.type("3-1-502 ")
        assert shown(seen)
        for words in ("【有狗】", "【独居】", "陈立 业主 138****1234", "厨房水管漏水", SAY[:20]):
            assert words in seen.text, words
        assert seen.screen.place == LINE
        await seen.press(*["backspace"] * 8)
        assert not shown(seen)
        assert seen.screen.query_one("#work").display


async def test_the_words_of_a_notice_are_whole_at_80x24(desk: Desk) -> None:
    on_duty(desk)
    number = str(started(desk, "notice", **WATER)["number"])
    say = "因水泵房电机检修三栋全楼停水预计今天下午六点恢复供水请业主先存一些水备用给您添麻烦了" * 6
    taken(desk, number, "report", told_by="王建国", say=say, ends="2026-11-19 18:00")
    async with console(desk) as seen:
        await seen.type("3-1-502 没水")
        read = seen.text.replace("\n", "").replace(" ", "")
        assert say in read


async def test_a_long_card_is_turned_from_the_line(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    for n in range(20):
        registered(desk, clock, f"第{n}件灯不亮")
    async with console(desk) as seen:
        await seen.type("3-1-502 漏水")
        assert "下面还有" in seen.text
        assert "第19件" not in seen.text
        await seen.press("pagedown", "pagedown")
        assert "第19件" in seen.text
        assert seen.screen.place == LINE
        await seen.press("pageup", "pageup")
        assert shown(seen)


async def test_the_card_covers_no_form(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    registered(desk, clock, "阳台的架子掉了")
    async with console(desk) as seen:
        await seen.press("f8")
        await seen.type("取消")
        await seen.press("enter")
        await seen.type("业主说不")
        field = seen.app.focused
        assert isinstance(field, TextAnswer)
        field.cursor_position = 2
        await seen.press("f2")
        await seen.type("3-1-501 厨房漏水")
        assert shown(seen, "3-1-501")
        await seen.press("f3")
        assert seen.screen.place == FORM
        assert not shown(seen, "3-1-501")
        assert (seen.app.focused, field.value, field.cursor_position) == (field, "业主说不", 2)
        await seen.press("f2", "enter")
        assert not shown(seen, "3-1-501")
        assert seen.screen.panel == "form-box"


async def test_the_lamp_of_another_room_is_no_doubt(desk: Desk, clock: StoppedClock) -> None:
    registered(on_duty(desk), clock, "客厅灯不亮")
    async with console(desk) as seen:
        await seen.type("3-1-502 卫生间灯不亮")
        assert "像是同一件" not in seen.text
        await seen.press("enter")
        assert len(seen.screen.queue.every) == 2


async def test_f9_joins_the_slip_about_the_same_trade(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    registered(desk, clock, "客厅灯不亮")
    number = registered(desk, clock, "厨房水管漏水")
    async with console(desk) as seen:
        await seen.type("3-1-502 厨房又漏水了")
        row = next(line for line in seen.text.splitlines()[5:] if "PG-002" in line)
        assert "像是同一件" in row
        assert "F9 并入" in row
        await seen.press("f9")
        assert contacts.listed(desk)[0].matters == (number,)
        assert len(seen.screen.queue.every) == 2


async def test_the_card_follows_what_others_do(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    async with console(desk) as seen:
        await seen.type("3-1-502 厨房漏水")
        assert "没有未结的单" in seen.text
        registered(desk, clock, "门锁坏了")
        await seen.beat()
        assert "门锁坏了" in seen.text
        assert shown(seen)


@pytest.mark.clause("XX-4.3.3")
async def test_the_same_question_is_answered_and_counted_with_one_key(desk: Desk) -> None:
    on_duty(desk)
    number = water_off(desk)
    async with console(desk) as seen:
        await seen.type("3-1-502 怎么没水了")
        assert "F9 已按通知回答" in seen.text
        before = seen.keys
        await seen.press("f9")
        assert seen.keys - before == 1
        assert seen.news.startswith("停水，第 3 位")
        assert seen.screen.intake.words == ""
        assert seen.screen.place == LINE
    last = contacts.listed(desk)[0]
    assert (last.unit, last.category, last.matters) == ("3-1-502", "enquiry", (number,))


async def test_a_question_without_a_room_shows_the_words_too(desk: Desk) -> None:
    on_duty(desk)
    water_off(desk)
    async with console(desk) as seen:
        await seen.type("什么时候来水")
        assert SAY[:20] in seen.text
        await seen.press("f9")
        assert seen.news.startswith("停水，第 3 位")
    assert contacts.listed(desk)[0].unit == ""


@pytest.mark.parametrize(
    "line", ["5-1-101 没水", "3-1-502 厨房漏水", "3-1-502 没电", "3栋502 没水"]
)
async def test_another_question_is_not_the_same(desk: Desk, line: str) -> None:
    on_duty(desk)
    water_off(desk)
    async with console(desk) as seen:
        await seen.type(line)
        assert "已按通知回答" not in seen.text
        await seen.press("f9")
        assert notices.current(desk)[0].asked == 2
        assert seen.screen.intake.words == line


async def test_answered_from_the_palette_for_a_room(desk: Desk) -> None:
    on_duty(desk)
    water_off(desk)
    async with console(desk) as seen:
        await seen.press("f10")
        await seen.type("按通知")
        await seen.press("enter")
        await seen.type("3栋1单元9999")
        await seen.press("enter")
        assert "3栋1单元9999" in seen.text  # refused, and still there to be mended
        assert notices.current(desk)[0].asked == 2
        await seen.press(*["backspace"] * 9)
        await seen.type("3栋1单元502")
        await seen.press("enter")
        assert seen.news.startswith("停水，第 3 位")
        assert seen.screen.place == LINE
    assert contacts.listed(desk)[0].unit == "3-1-502"


async def test_of_two_notices_one_is_chosen(desk: Desk) -> None:
    on_duty(desk)
    water_off(desk)
    second = str(started(desk, "notice", **{**WATER, "subject": "power", "text": "停电"})["number"])
    async with console(desk) as seen:
        await seen.type("3-1-502")
        await seen.press("f10")
        await seen.type("按通知")
        await seen.press("enter")
        await seen.press("2")
        assert seen.news.startswith("停电，第 1 位")
        assert seen.screen.intake.words == ""
    assert contacts.listed(desk)[0].matters == (second,)


async def test_f2_again_shows_the_calls_of_this_duty(desk: Desk, clock: StoppedClock) -> None:
    desk.perform(
        "before", lambda act: {"n": contacts.register(
            act, channel="phone", category="other", words="上一班的").number}
    )  # fmt: skip
    clock.advance(60)
    on_duty(desk)
    async with console(desk) as seen:
        await seen.type("3-1-502 厨房水管漏水")
        await seen.press("enter")
        clock.advance(60)
        await seen.type("群里 物业费怎么交")
        await seen.press("enter")
        await seen.press("f2")
        assert seen.screen.place == LINE, "whoever presses it twice can go on typing"
        text = seen.text.splitlines()[5:]
        assert "本班来电 2 个" in seen.text
        newest = next(n for n, line in enumerate(text) if "物业费怎么交" in line)
        older = next(n for n, line in enumerate(text) if "PG-001" in line)
        assert newest < older
        assert "业主群" in text[newest]
        assert "已答" in text[newest]
        assert "上一班的" not in seen.text
        await seen.press("down", "enter")
        assert "没有开单" in seen.news
        await seen.press("down", "enter")
        assert seen.screen.panel == "slip"
        assert "PG-20261119-001" in seen.text
        await seen.press("escape")
        assert seen.screen.place == "calls"
        await seen.press("f3")
        assert seen.screen.place == QUEUE
        await seen.press("f2", "f2", "f2")
        assert seen.screen.panel == "queue"


async def test_the_register_gives_way_to_the_card_and_comes_back(desk: Desk) -> None:
    on_duty(desk)
    async with console(desk) as seen:
        await seen.press("f2")
        assert "本班来电 0 个" in seen.text
        await seen.type("3-1-502 厨房漏水")
        assert shown(seen)
        await seen.press("enter")
        assert "本班来电 1 个" in seen.text
        assert not shown(seen)


@pytest.mark.clause("KF-6")
@pytest.mark.parametrize(("line", "unit"), [("物业费怎么交", ""), ("3-1-502 几点来水", "3-1-502")])
async def test_an_enquiry_is_counted_without_a_slip(desk: Desk, line: str, unit: str) -> None:
    on_duty(desk)
    async with console(desk) as seen:
        await seen.type(line)
        await seen.press("enter")
        assert "第 1 个咨询，没有开单" in seen.news
        assert not seen.screen.queue.every
    (row,) = contacts.listed(desk)
    assert (row.category, row.unit, row.matters) == ("enquiry", unit, ())


@pytest.mark.clause("KF-6")
@pytest.mark.parametrize(
    ("line", "channel"),
    [("微信 3-1-502 厨房漏水", "wechat"), ("来访：3-1-502 厨房漏水", "visit"),
     ("12345 3-1-502 厨房漏水", "12345"), ("3-1-502 厨房漏水", "phone")],
)  # fmt: skip
async def test_the_first_word_says_by_what_it_came(desk: Desk, line: str, channel: str) -> None:
    on_duty(desk)
    async with console(desk) as seen:
        await seen.type(line)
        word = contacts.CHANNELS[channel]
        assert (word in seen.screen.intake.query_one("#understood").text) is (channel != "phone")  # type: ignore[attr-defined]
        await seen.press("enter")
        assert seen.screen.queue.every[0].words == "厨房漏水"
        assert seen.screen.intake.words == ""
    (row,) = contacts.listed(desk)
    assert (row.channel, row.words, row.unit) == (channel, line, "3-1-502")


async def test_the_form_takes_over_what_the_line_holds(desk: Desk) -> None:
    on_duty(desk)
    async with console(desk) as seen:
        await seen.type("微信 3-1-502 王先生 13900001111 厨房水管漏水 明天9点 急 顺便问物业费")
        await seen.press("ctrl+n")
        answers = seen.form.answers()
        assert answers["unit"] == "3-1-502"
        assert answers["phone"] == "13900001111"
        assert answers["at"] == "2026-11-20 09:00"
        assert answers["urgent"] is True
        assert answers["caller"].startswith("王")
        assert answers["channel"] == "wechat"
        for words in ("厨房水管漏水", "物业费"):
            assert words in answers["text"]
        assert seen.screen.intake.words == ""
        await seen.press("f7")
        assert [row.where for row in seen.screen.queue.every] == ["3-1-502"]
    assert contacts.listed(desk)[0].channel == "wechat"


async def test_a_form_for_somebody_else_is_not_overwritten(desk: Desk) -> None:
    on_duty(desk)
    async with console(desk) as seen:
        await seen.press("ctrl+n", "tab", "tab")
        await seen.type("阳台漏雨")
        await seen.press("f2")
        await seen.type("3-1-502 厨房漏水")
        await seen.press("ctrl+n")
        assert seen.form.answers()["text"] == "阳台漏雨"
        assert seen.screen.intake.words == "3-1-502 厨房漏水"
        assert "字还在" in seen.news

"""The forms of the steps: made from their rows, filled in with few keys, refused in words.

- the whole walk from the call to the red line, by keyboard
- what a form starts with, and where the cursor is
- every kind of answer: a choice, somebody, a moment, money, charge lines, a refused signature
- a refusal stands in the form, names its clause, and costs nothing that was typed
"""

import pytest

from tests.moulds import moulded
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


@moulded
def issued(desk: Desk, clock: StoppedClock, tariff: str = "SX-03") -> str:
    number = registered(desk, clock, "厨房水管漏水")
    taken(desk, number, "issue", charge="paid", tariff=tariff)
    return number


@moulded
def notified(desk: Desk, clock: StoppedClock, tariff: str = "SX-03") -> str:
    number = issued(desk, clock, tariff)
    taken(desk, number, "notify", whom="工程部", how="phone")
    return number


@moulded
def working(desk: Desk, clock: StoppedClock) -> str:
    number = notified(desk, clock)
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    taken(desk, number, "arrive")
    taken(desk, number, "agree", tariff_shown="yes", damage="软管老化", minutes="30", consent="yes")
    return number


def facts(desk: Desk, number: str) -> dict[str, object]:
    return dict(show(desk, number).situation.facts)


def state(desk: Desk, number: str) -> str:
    return show(desk, number).situation.state


@pytest.mark.clause("BX-5", "BX-6", "BX-7", "BX-8", "BX-13", "BX-15", "BX-16", "XX-4.3.7d")
async def test_from_the_call_to_the_red_line_by_keyboard(desk: Desk, clock: StoppedClock) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 厨房水管漏水 马上")
        await seen.press("enter", "f7", "enter")
        await seen.press("f7")  # collected
        await seen.type("李强")
        await seen.press("enter", "enter")
        await seen.press("f7")  # assigned
        await seen.type("李强")
        await seen.press("enter", "enter")
        await seen.press("f7", "enter")  # on site
        await seen.press("f7", "1")  # agreed: the tariff was shown
        await seen.type("软管老化")
        await seen.press("enter", "enter")  # no parts
        await seen.type("30")
        await seen.press("enter", "1", "enter")
        await seen.press("f7", "1", "enter")  # finished
        await seen.press("f7", "enter")  # returned
        assert "已回单，等客服助理 周洁「核实」" in seen.news
    [row, callback] = sorted(queue(desk, Wanted()), key=lambda row: row.kind, reverse=True)
    assert (row.state, callback.kind) == ("returned", "callback")
    assistant = desk.as_staff("KF05")
    async with console(assistant, (120, 40)) as seen:
        seen.screen.queue.select(row.number)
        await seen.settle()
        await seen.press("f7")
        await seen.type("已修好，业主确认")
        await seen.press("enter", "enter")
        assert "还没有回访，回访之后才能消档。【BX-17】" in seen.news
        assert seen.text.count("还没有回访") == 2, "on the slip as well"
        await seen.press("f7", "escape")  # leads to no form that would be refused
        assert seen.screen.drafts == []
        await seen.press("f3")
        seen.screen.queue.select(callback.number)
        await seen.settle()
        await seen.press("f7", "1", "f7")
        seen.screen.queue.select(row.number)
        await seen.settle()
        await seen.press("f7", "f7")
        assert "已消档" in seen.news
        assert f"{row.number}  已消档" in seen.text
    assert facts(desk, row.number)["red_line"] is True


async def test_everything_proposed_puts_the_cursor_on_save(desk: Desk, clock: StoppedClock) -> None:
    number = issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        assert seen.app.focused is not None
        assert seen.app.focused.id == "form-confirm"
        await seen.press("enter")
    assert state(desk, number) == "notified"


async def test_something_missing_puts_the_cursor_there_and_says_so(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "f7")
        assert "还缺「领单人」" in seen.text
        await seen.press("down", "enter", "enter")
    assert state(desk, number) == "collected"


async def test_the_workers_come_with_the_jobs_they_have(desk: Desk, clock: StoppedClock) -> None:
    working(desk, clock)
    number = notified(desk, clock)
    taken(desk, number, "collect", collector="李强")
    async with console(on_duty(desk)) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f7")
        listed = [line for line in seen.text.splitlines() if "手上" in line]
        assert [line.split()[1] for line in listed if "1张" in line] == ["李强"]
        assert all("陈静" not in line for line in listed), "a cashier repairs nothing"
        assert seen.form.answers()["_doer"] == "GC01", "whose order it was is proposed, and seen"


@pytest.mark.clause("BX-10")
async def test_off_the_tariff_it_is_quoted_and_consented_to_first(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("标准外")
        await seen.press("enter", "enter")
        assert "已开单" in seen.news
        await seen.press("f7", "enter", "f7")
        await seen.type("GC01")
        await seen.press("enter", "enter")
        assert "F7 报价" in seen.text.splitlines()[-1]
        await seen.press("f7")
        await seen.type("120.5")
        await seen.press("enter", "enter")
        assert "已报价" in seen.news
        await seen.press("f7")
        assert "走哪一步" in seen.text, "consent and refusal are equally likely"
        await seen.type("同意")
        await seen.press("enter", "enter")
        assert "已领单" in seen.news
    assert facts(desk, number)["fee"] == 12050
    assert facts(desk, number)["agreed_by"] == "陈立"


async def test_a_name_that_may_be_several_is_asked_about(desk: Desk, clock: StoppedClock) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("GC0")
        await seen.press("enter")
        assert "手上0张" in seen.text, "the list is still there, the first one highlighted"
        await seen.press("down", "down", "enter", "enter")
    [signed] = show(desk, number).signatures
    assert signed.name == "GC03"


async def test_a_moment_is_typed_as_people_say_it_and_read_back(
    desk: Desk, clock: StoppedClock
) -> None:
    number = issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f8")
        await seen.type("改约")
        await seen.press("enter")
        await seen.type("明天9点")
        assert "= 11-20 09:00" in seen.text
        await seen.press("enter", "enter")  # until when is left open
        await seen.type("陈立")
        await seen.press("enter", "enter")
    assert facts(desk, number)["at"] == "2026-11-20T01:00:00+00:00"


@pytest.mark.clause("BX-8")
async def test_what_happened_earlier_is_written_down_with_its_own_time(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    clock.advance(20 * 60)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("李强")
        await seen.press("enter", "shift+tab", "shift+tab")
        await seen.type("10:30")
        assert "= 11-19 10:30" in seen.text
        await seen.press("f7")
    step = show(desk, number).history[-1].step
    assert step.happened.astimezone(desk.zone).strftime("%H:%M") == "10:30"


async def test_whether_it_stood_on_paper_is_asked_once_an_earlier_time_is_given(
    desk: Desk, clock: StoppedClock
) -> None:
    number = issued(desk, clock)
    clock.advance(20 * 60)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        assert "纸质记录" not in seen.text
        await seen.press("shift+tab")
        await seen.type("10:30")
        assert "纸质记录" in seen.text
        await seen.press("enter")
        await seen.press("1", "enter")
    assert facts(desk, number)["paper"] is True
    step = show(desk, number).history[-1].step
    assert step.happened.astimezone(desk.zone).strftime("%H:%M") == "10:30"


async def test_what_happens_now_says_nothing_about_paper(desk: Desk, clock: StoppedClock) -> None:
    number = issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "shift+tab")
        await seen.type("10:10")
        await seen.press("enter", "1", "shift+tab", "shift+tab", "ctrl+u")
        assert "纸质记录" not in seen.text
        await seen.press("f7")
    assert "paper" not in facts(desk, number)


async def test_the_chosen_one_is_marked_where_there_is_no_colour(
    desk: Desk, clock: StoppedClock
) -> None:
    issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        assert ">1 电话    2 对讲机" in seen.text
        await seen.press("shift+tab", "shift+tab", "2")
        assert " 1 电话   >2 对讲机" in seen.text
        assert seen.app.focused is not None
        assert seen.app.focused.id == "form-confirm", "the digit has gone on"
        assert "> 保存：通知工程部 F7" in seen.text
        await seen.press("right")
        assert "F7> 先放着" in seen.text
        await seen.press("escape", "f8", "down")
        marked = [line for line in seen.text.splitlines() if line.startswith("> ")]
        assert len(marked) == 1
        assert marked[0].startswith("> 2 ")


async def test_only_those_who_may_do_it_today_are_there_to_pick(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "down")
        listed = [line for line in seen.text.splitlines() if "手上" in line]
        assert len(listed) > 1
        assert [line[:22].strip() for line in listed if ">" in line] == [
            line[:22].strip() for line in listed if line[23:].startswith("> GC01")
        ]
        await seen.press("up")
        await seen.type("陈静")  # a cashier
        assert "今天有权办这一步的人" in seen.text
        assert "SF01" not in seen.text
        await seen.press("f7")
        assert "陈静" in seen.text
    assert state(desk, number) == "notified"


async def test_a_time_too_long_ago_is_refused_in_the_form_by_its_clause(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("李强")
        await seen.press("enter", "shift+tab", "shift+tab")
        await seen.type("8:00")
        await seen.press("f7")
        assert "【BX-6】" in seen.text
        assert seen.form.answers()["collector"] == "GC03"
    assert state(desk, number) == "notified"


@pytest.mark.clause("BX-13")
async def test_a_guard_refuses_in_the_form_and_what_was_typed_stays(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    taken(desk, number, "arrive")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "1")
        await seen.type("软管老化")
        await seen.press("enter", "enter")
        await seen.type("30")
        await seen.press("enter", "2", "enter")
        assert "【BX-13】" in seen.text
        assert seen.form.answers()["damage"] == "软管老化"
        await seen.press("f1")
        assert "BX-13 工程管理部报修管理制度" in seen.text
        await seen.press("escape", "shift+tab", "shift+tab", "shift+tab", "1", "f7")
    assert state(desk, number) == "working"


@pytest.mark.clause("BX-15")
async def test_charge_lines_are_added_one_by_one_with_their_sum(
    desk: Desk, clock: StoppedClock
) -> None:
    number = working(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "shift+tab")
        await seen.type("龙头*2")
        await seen.press("enter")
        await seen.type("软管=15")
        await seen.press("enter")
        await seen.type("看不懂的")
        await seen.press("enter")
        assert "名单里没有" in seen.text
        await seen.press("ctrl+u")
        assert "合计 120.00元" in seen.text
        await seen.press("enter", "1", "f7")
        assert "已完工" in seen.news
    assert facts(desk, number)["charged_fen"] == 12000


@pytest.mark.clause("BX-15")
async def test_a_refused_signature_asks_why_and_who_saw_it(desk: Desk, clock: StoppedClock) -> None:
    number = working(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "1", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await seen.press("2")
        assert "拒签原因" in seen.text
        assert "业主签字" not in seen.text
        await seen.type("嫌贵")
        await seen.press("enter")
        await seen.type("吴刚")
        await seen.press("enter", "enter")
    [signed] = [one for one in show(desk, number).signatures if one.role == "resident"]
    assert signed.how == "refused"


async def test_the_steps_are_found_by_number_words_initials_and_english(
    desk: Desk, clock: StoppedClock
) -> None:
    issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        for typed in ("催单", "cd", "urge", "催"):
            await seen.press("f8")
            await seen.type(typed)
            await seen.press("enter")
            assert seen.form.sheet.row.verb == "urge"
            await seen.press("escape")
        await seen.press("f8")
        number = next(n for n in range(1, 20) if f"{n:>3} 催单" in seen.text)
        await seen.type(str(number))
        assert seen.form.sheet.row.verb == "urge"


async def test_what_ends_a_slip_stands_last_and_enter_alone_does_not_do_it(
    desk: Desk, clock: StoppedClock
) -> None:
    number = issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f8")
        last = [line for line in seen.text.splitlines() if "BX-4" in line][-1]
        assert "取消报修" in last
        assert "就此结束" in last
        await seen.type("取消")
        await seen.press("enter")
        await seen.type("不修了")
        await seen.press("enter", "enter")
        assert state(desk, number) == "issued"
        await seen.press("f8")
        await seen.type("取消")
        await seen.press("enter")
        assert seen.form.answers()["said"] == "不修了"
        await seen.press("f7")
    assert state(desk, number) == "cancelled"


async def test_a_repair_can_be_registered_by_fields(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        seen.form.rows[0].target.focus()
        await seen.settle()
        await seen.type("3-1-502")
        await seen.press("enter")
        await seen.type("水龙头[关不紧]")
        await seen.press("enter", "enter")
    [row] = queue(desk, Wanted())
    assert row.words == "水龙头[关不紧]"
    assert [call.matters for call in contacts.listed(desk)] == [(row.number,)]


async def test_a_step_of_somebody_else_is_said_to_be_waited_for(
    desk: Desk, clock: StoppedClock
) -> None:
    number = working(desk, clock)
    taken(desk, number, "finish", lines="SX-03", tried="yes", resident="陈立")
    taken(desk, number, "return", doer="GC01")
    async with console(on_duty(desk)) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f3", "enter")
        assert "等客服助理 周洁「核实」" in seen.text


async def test_every_question_of_every_open_step_has_a_field(
    desk: Desk, clock: StoppedClock
) -> None:
    number = working(desk, clock)

    async def tried(seen: Console, verb: str) -> None:
        seen.screen.open_form(number, verb)
        await seen.settle()
        row = seen.form.sheet.row
        names = {one.question.name for one in seen.form.rows}
        assert {ask.name for ask in row.ask} | {sign.role for sign in row.signs} <= names
        await seen.press("escape")

    async with console(on_duty(desk)) as seen:
        for row in show(desk, number).following:
            await tried(seen, row.verb)

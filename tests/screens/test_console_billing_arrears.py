"""Arrears at the counter (FW-13, KF-3.4): the list, what to say, a reminder and a promise."""

import pytest

from screens.commands import ARREARS, BILLING, FORM, PANE
from tests.factories import move_to, on_duty, started
from tests.screens.consoles import Console, console
from tests.screens.counters import CASHIER, account, at, billed
from tests.screens.test_console_left_over import command
from wuye_tui.desk import Desk
from wuye_tui.registers import arrears

UNIT = "3-1-502"


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The clerk at a desk on duty, with bills out; two months of 3-1-502 are overdue."""
    on_duty(desk, "KF01")
    return billed(desk).as_staff("KF01")


async def dunning(seen: Console, unit: str = UNIT) -> None:
    """What is known of the arrears of a unit."""
    await at(seen, unit)
    await seen.press("f9", "6")
    assert seen.screen.place == PANE, seen.text


async def reminded(seen: Console, *knowing: str) -> None:
    """The form of a reminder by telephone, filled in and saved."""
    await seen.press("f7")
    assert seen.screen.place == FORM, seen.text
    await seen.press("1")
    await seen.type("说月底来交")
    for words in knowing:
        await seen.press("tab", "tab", "tab")
        await seen.type(words)
    await seen.press("f7")


@pytest.mark.clause("FW-13")
async def test_what_to_say_and_what_never_stand_there_with_what_is_overdue(counter: Desk) -> None:
    async with console(counter) as seen:
        await dunning(seen)
        late = account(counter).late_fen
        for words in ("催缴 3-1-502", "还没有催过", "470.40元，最早的超期", f"{late / 100:.2f}元"):
            assert words in seen.text, words
        assert "陈立您好，这里是思兰雅苑" in seen.text
        assert "你怎么又不交钱？" in seen.text
        assert "F7 提醒" in seen.text
        await seen.press("escape")
        assert seen.screen.place == BILLING


@pytest.mark.clause("KF-3.4")
async def test_a_reminder_and_a_promise_are_written_from_there(counter: Desk) -> None:
    async with console(counter) as seen:
        await dunning(seen)
        await seen.press("f8")
        assert "还没有在催：先按 F7 提醒" in seen.news
        await reminded(seen)
        assert "3-1-502 已提醒，记在 CJ-" in seen.news, seen.text
        assert seen.screen.place == PANE
        assert "首次提醒 电话" in seen.text
        assert "说月底来交" in seen.text
        await seen.press("f8")
        assert "3-1-502 催缴：做哪一步？" in seen.text
        await seen.type("住户答应缴")
        await seen.press("enter")
        assert seen.screen.place == FORM, seen.text
        await seen.type("11月25日")
        await seen.press("f7")
        assert seen.screen.place == PANE, seen.text
        assert "已记下「住户答应缴」" in seen.news
        assert "有异议" not in seen.news
        assert "答应 2026-11-25 缴 470.40元" in seen.text
        assert "过了这一天没缴再催" in seen.text
    found = arrears.show(counter, UNIT).dunned
    assert found is not None
    assert (found.state, found.promised_fen) == ("promised", 470_40)


@pytest.mark.clause("FW-13")
async def test_a_complaint_stands_first_can_be_opened_and_is_named_before_a_reminder(
    counter: Desk,
) -> None:
    number = str(started(counter, "complaint", unit=UNIT, text="账单多算了一个月")["number"])
    async with console(counter) as seen:
        await dunning(seen)
        shown = [one.strip() for one in seen.text.splitlines()]
        place = next(n for n, one in enumerate(shown) if one.startswith("催缴 3-1-502"))
        assert shown[place + 1].startswith(f"先看投诉 {number}：账单多算了一个月")
        await reminded(seen)
        assert seen.screen.place == FORM, "nobody reminds without having seen it"
        assert "先看过再催" in seen.text
        assert seen.form.answers()["text"] == "说月底来交"
        await seen.press("escape", "f8")
        assert f"看投诉 {number}" in seen.text
        await seen.press("1")
        assert seen.screen.panel == "slip", seen.text
        assert "账单多算了一个月" in seen.text
        await seen.press("escape")
        await seen.press("f7")
        assert seen.form.answers()["text"] == "说月底来交"
        await seen.press("tab", "tab", "tab")
        await seen.type(number)
        await seen.press("f7")
        assert "已提醒" in seen.news, seen.text


@pytest.mark.clause("FW-13")
async def test_nobody_is_reminded_at_night_and_what_was_typed_stays(counter: Desk) -> None:
    move_to(counter, "20:30")
    async with console(counter) as seen:
        await dunning(seen)
        assert "晚上八点到早上九点不催" in seen.text
        await reminded(seen)
        assert seen.screen.place == FORM
        assert "晚上八点到早上九点不催" in seen.text
        assert seen.form.answers()["text"] == "说月底来交"


async def test_whoever_owes_nothing_overdue_is_not_to_be_reminded(counter: Desk) -> None:
    async with console(counter) as seen:
        await dunning(seen, "12-1-1203")
        assert "没有逾期未缴的，不用催" in seen.text


async def test_of_a_family_it_is_asked_who_is_reminded(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen, "3-1-502 3-1-501")
        await seen.press("f9", "6")
        assert "催缴哪一户？" in seen.text
        await seen.press("2")
        assert "催缴 3-1-501" in seen.text


# The list


@pytest.mark.clause("FW-13")
async def test_the_list_leads_to_the_account_and_to_the_words_and_keeps_its_place(
    counter: Desk,
) -> None:
    arrears_of = [one.unit for one in arrears.arrears(counter).rows]
    assert arrears_of[:2] == ["3-1-501", UNIT]
    async with console(counter) as seen:
        await at(seen, "12-1-1203")
        await seen.press("f9", "7")
        assert seen.screen.place == ARREARS
        whole = arrears.arrears(counter)
        assert f"欠费 {whole.units} 户，共 {whole.total.open_fen / 100:,.2f}元" in seen.text
        assert "[F6 收费]" in seen.text
        await seen.press("down", "f7")
        assert "催缴 3-1-502" in seen.text
        await reminded(seen)
        await seen.press("escape")
        assert seen.screen.place == ARREARS
        assert "11-19 首次提醒" in next(o for o in seen.text.splitlines() if "> " in o)
        await seen.press("enter")
        assert seen.screen.place == BILLING
        assert seen.screen._units == (UNIT,)
        await seen.press("f9", "7")
        chosen = seen.screen.arrears_pane.chosen
        assert chosen is not None
        assert chosen.key == UNIT
        await seen.resize(60, 20)
        heading = next(one for one in seen.text.splitlines() if "最后一步" in one)
        assert "答应哪天" not in heading
        assert "11-19 首次提醒" in seen.text
        await seen.press("escape")
        assert seen.screen.place == BILLING


async def test_from_the_palette_it_leads_to_the_account_too(counter: Desk) -> None:
    async with console(counter) as seen:
        await command(seen, "欠费名单")
        assert seen.screen.place == ARREARS
        await seen.press("f8")
        assert seen.screen.place == ARREARS, "F8 is no step of a slip behind it"
        await seen.press("enter")
        assert seen.screen._units == ("3-1-501",)
        assert seen.screen.place == BILLING
        await seen.press("f3")
        assert seen.screen.panel == "queue"


@pytest.mark.clause("FW-1.6")
async def test_the_night_sees_no_list(counter: Desk) -> None:
    move_to(counter, "22:00")
    on_duty(counter, "ZB01")
    async with console(counter.as_staff("ZB01")) as seen:
        await command(seen, "欠费名单")
        assert seen.screen.panel != ARREARS
        assert "【FW-1.6】冯涛 不能看欠费、收款" in seen.news


async def test_names_are_no_markup(counter: Desk) -> None:
    started(counter, "complaint", unit=UNIT, text="[/red]账单[@click=app.quit]不对[b")
    async with console(counter.as_staff(CASHIER)) as seen:
        await dunning(seen)
        assert "[/red]账单[@click=app.quit]不对[b" in seen.text

"""Enter and what is typed in a form: nothing is passed over unseen, nothing is swallowed.

- Enter goes to the next field that is open; what is skipped behind the last one is named
- what is said is true, and goes when it is true no longer
- a choice is made by its digit, its words, their initials or its English name
"""

import pytest

from screens.sheet import next_open
from screens.widgets.answers import ChoiceAnswer
from screens.widgets.form_row import Confirm
from tests.moulds import moulded
from tests.screens.consoles import Console, case, console, on_duty, registered, taken
from tests.screens.test_console_forms import facts, issued, notified, state
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.notices import SUBJECTS
from wuye_tui.rules.procedures import PROCEDURES


@moulded
def on_site(desk: Desk, clock: StoppedClock) -> str:
    number = notified(desk, clock)
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    taken(desk, number, "arrive")
    return number


async def change(seen: Console) -> None:
    """The form of a change that residents will ask about."""
    seen.screen.open_form("", "register", kind="notice")
    await seen.settle()
    assert "> 什么事" in seen.text


@pytest.mark.clause("BX-13")
async def test_an_amount_lands_in_the_field_that_it_was_meant_for(
    desk: Desk, clock: StoppedClock
) -> None:
    number = on_site(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "1")
        await seen.type("软管老化")
        await seen.press("enter")
        row = next(line for line in seen.text.splitlines() if "> 材料价格" in line)
        assert "多少元，可以空着" in row
        await seen.type("35")
        await seen.press("enter")
        row = next(line for line in seen.text.splitlines() if "> 预计工时" in line)
        assert "多少分钟" in row
        await seen.type("20")
        await seen.press("enter", "1", "enter")
    assert (facts(desk, number)["parts_fen"], facts(desk, number)["minutes"]) == (3500, 20)


async def test_what_enter_leaves_empty_behind_the_last_field_stands_beside_save(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("ctrl+n")
        await seen.type("3-1-502")
        await seen.press("enter")
        assert "> 报修内容" in seen.text, "the unit stands for the place"
        await seen.type("水管漏水")
        await seen.press("enter")
        saves = next(line for line in seen.text.splitlines() if "> 保存：" in line)
        assert "没填：" in saves
        assert "报修人" in saves
        assert "公共部位" not in saves
        assert "实际时间" not in saves


async def test_a_pick_that_may_stay_empty_costs_one_enter(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "爆管")
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "dispatch_now")
        await seen.settle()
        await seen.press("3")
        await seen.type("监控室")
        await seen.press("enter")
        assert "> 派谁去" in seen.text, "who goes is what the step is about"
        await seen.press("enter")
        assert "> 保存：紧急派遣 F7" in seen.text
        assert "没填：派谁去" in seen.text
        await seen.press("enter")
    assert state(desk, number) == "assigned"


def test_enter_stops_at_every_own_question_before_one_that_is_needed() -> None:
    """Whatever the procedure: between two fields none is skipped but circumstances and PINs."""
    from screens.asking import Sheet
    from screens.sheet import DOER, HAPPENED, is_empty, questions

    for cycle in PROCEDURES.values():
        for row in cycle.rows:
            asked = list(questions(Sheet(None, row, (), ()), ""))
            answers = {one.name: one.proposed for one in asked}
            for place, one in enumerate(asked):
                found = next_open(asked, {**answers, one.name: "x"}, (), one.name)
                if found is None or asked.index(found) < place:
                    continue
                passed = asked[place + 1 : asked.index(found)]
                assert all(
                    not is_empty(answers[p.name])
                    or p.name in (HAPPENED, DOER)
                    or p.proves
                    or p.name == one.or_else
                    for p in passed
                ), (row.verb, one.name, found.name)


async def test_the_word_about_a_field_that_is_wanted_is_true_and_goes_when_it_is_filled(
    desk: Desk, clock: StoppedClock
) -> None:
    number = on_site(desk, clock)
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "leave")
        await seen.settle()
        await seen.press("enter")
        assert "先填「缺什么」；看别的栏按 Tab 或 Shift+Tab。" in seen.text
        await seen.type("阀芯")
        assert "先填" not in seen.text
        await seen.press("f7")
        assert "还缺「谁去办」" in seen.text
        await seen.type("李强")
        assert "还缺" not in seen.text


BY_WORDS = (
    ("停水", "water"), ("tsj", "complaint"), ("水", "water"), ("停电", "power"), ("water", "water"),
    ("td", "power"), ("电梯", "lift"), ("内部", "internal"), ("梯", "lift"), ("qt", "other"),
    ("dt", "lift"), ("其他", "other"),
)  # fmt: skip


async def test_a_choice_is_made_by_its_words_too(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        for typed, chosen in BY_WORDS:
            with case(typed, chosen):
                await change(seen)
                assert seen.form.answers()["subject"] != chosen
                await seen.type(typed)
                assert seen.form.answers()["subject"] == chosen
                await seen.press("escape")
                await change(seen)
                await seen.press("right")
                assert seen.form.answers()["subject"] != chosen
                for character in typed:
                    await seen.press(character)
                assert seen.form.answers()["subject"] == chosen
                await seen.press("escape")


async def test_typing_that_may_be_several_choices_says_which_and_chooses_none(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await change(seen)
        await seen.press("停")
        assert "「停」有：停水 停电 停气，请接着打" in seen.text
        assert seen.form.answers()["subject"] == ""
        await seen.press("enter")
        assert "> 什么事" in seen.text
        await seen.press("气")
        assert "请接着打" not in seen.text
        assert seen.form.answers()["subject"] == "gas"
        await seen.press("enter")
        assert "> 责任部门" in seen.text


async def test_a_digit_of_an_input_method_chooses_and_goes_on(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await change(seen)
        await seen.type("２")
        assert seen.form.answers()["subject"] == "power"
        assert "> 责任部门" in seen.text


async def test_typing_that_is_no_choice_is_said(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await change(seen)
        await seen.press("1", "shift+tab")
        await seen.type("没有的")
        assert "没有「没有的」这一项" in seen.text
        assert seen.form.answers()["subject"] == "water"
        await seen.press("backspace")
        assert "没有「" not in seen.text
        await seen.type("停电")
        assert seen.form.answers()["subject"] == "power"


async def test_only_what_a_digit_chooses_has_one(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await change(seen)
        assert "9 社区活动" in seen.text
        assert "10 " not in next(line for line in seen.text.splitlines() if "内部事项" in line)


async def test_enter_right_after_a_digit_is_harmless(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await change(seen)
        await seen.press("1", "enter")
        assert "> 责任部门" in seen.text
        assert "先填" not in seen.text
        await seen.press("2", "enter")
        assert "> 范围" in seen.text, "it may stay empty, but not by an Enter meant for the digit"
        assert "不填就再按一次 Enter" in seen.text
        await seen.press("enter")
        assert "> 情况" in seen.text
        assert "不填就" not in seen.text
        await seen.press("enter")
        assert "先填「情况」" in seen.text


async def test_what_is_typed_on_the_button_is_put_where_it_is_seen_and_named(
    desk: Desk, clock: StoppedClock
) -> None:
    number = issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "hold")
        await seen.settle()
        await seen.press("1")
        assert "> 保存：挂起" in seen.text
        await seen.press("工")
        assert "放进了「到什么时候」" not in seen.text, "no time begins like that"
        seen.screen.query_one(Confirm).focus()
        await seen.press("明")
        assert "打的字放进了「到什么时候」" in seen.text
        row = next(line for line in seen.text.splitlines() if "> 到什么时候" in line)
        assert "明" in row
        await seen.press("天", "9", "点", "enter")
        assert "打的字放进了" not in seen.text


async def test_the_button_and_the_bar_of_keys_agree(desk: Desk, clock: StoppedClock) -> None:
    issued(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        assert "> 保存：通知工程部 F7" in seen.text
        assert "F7 保存" in seen.text.splitlines()[-1]


def test_every_choice_is_found_by_its_whole_word_and_its_initials() -> None:
    from screens.initials import initials

    field = ChoiceAnswer(SUBJECTS)
    assert field.answer == ""
    asked = [ask for cycle in PROCEDURES.values() for row in cycle.rows for ask in row.ask]
    words = {word for ask in asked for _code, word in ask.choices}
    for word in words:
        assert len(initials(word)) == sum(c.isalnum() for c in word), word


@pytest.mark.clause("XX-4.3.3")
async def test_the_news_of_a_change_says_what_is_waited_for(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await change(seen)
        await seen.press("1", "2")
        await seen.press("enter", "enter")
        await seen.type("水泵检修")
        await seen.press("enter", "enter")
        assert "待部门报，4 小时内等部门报情况；部门报了按 F7" in seen.news

"""The card of an emergency: there before the first field, at 80x24 too, whole in the help.

Whom to call stands first; a number is on it where one is known.
"""

import pytest

from screens.form_words import spelled
from tests.screens.consoles import Console, case, console, on_duty, registered
from tests.screens.test_console_forms import facts
from wuye_tui.desk import Desk
from wuye_tui.registers import duties
from wuye_tui.registers.queue import queue
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff

KINDS = {  # a power cut is named by its building, and opens no form by itself
    "3-1-502 电梯困人了": ("电梯困人 NB-3", "电梯救援", "不扒门"),
    "3-1-502 着火了": ("火警 SB-4", "消防 119", "不坐电梯"),
    "3-1-502 水管爆了": ("爆管 NB-3", "工程部值班", "没有断电不下水"),
    "3-1-502 燃气泄漏": ("燃气泄漏 SB-4", "燃气公司抢修", "不开也不关任何开关"),
    "3-1-502 有人摔倒受伤了": ("人员受伤 SB-4", "急救 120", "不搬动伤者"),
}


def lines(seen: Console) -> list[str]:
    return seen.text.splitlines()


def place(seen: Console, words: str) -> int:
    """The line of the screen that has these words; -1 if none has."""
    return next((n for n, line in enumerate(lines(seen)) if words in line), -1)


@pytest.mark.clause("NB-3", "SB-4", "FW-M.2.1")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_the_card_is_there_while_the_line_is_typed_and_above_the_form(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with console(on_duty(desk), size) as seen:
        for typed in KINDS:
            with case(typed):
                await _card_is_there(seen, typed)
            await seen.begin_again()
            assert place(seen, "先打   1") < 0


async def _card_is_there(seen: Console, typed: str) -> None:
    head, first, never = KINDS[typed]
    await seen.type(typed)
    for keys in ((), ("enter",)):
        await seen.press(*keys)
        assert place(seen, head) > 0, seen.text
        assert place(seen, f"先打   1 {first}") > place(seen, head)
        assert place(seen, never) > place(seen, head)
        assert "先问" in seen.text
    assert seen.form.sheet.row.verb == "dispatch_now"
    assert place(seen, "> 已通知谁") > place(seen, never), "the first field is in sight too"
    assert place(seen, "F7") > 0


async def test_the_card_follows_the_kind_that_is_chosen_and_goes_with_the_form(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "楼道里有烟")
    async with console(on_duty(desk)) as seen:
        assert "先打   1" not in seen.text
        seen.screen.open_form(number, "dispatch_now")
        await seen.settle()
        assert "先打   1" not in seen.text, "no kind is chosen yet"
        await seen.press("2")
        assert place(seen, "火警 SB-4") > 0
        await seen.press("shift+tab", "right")
        assert place(seen, "爆管 NB-3") > 0
        await seen.press("escape")
        assert "先打   1" not in seen.text


async def test_a_line_that_is_cleared_takes_the_card_away(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 着火了")
        assert "先打   1" in seen.text
        await seen.press("ctrl+u")
        assert "先打   1" not in seen.text


async def test_a_second_emergency_by_phone_is_the_one_in_hand(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 电梯困人了")
        await seen.press("enter", "f2")
        assert place(seen, "电梯困人 NB-3") > 0
        await seen.type("5-1-101 着火了")
        assert place(seen, "火警 SB-4") > 0
        await seen.press("f3")
        assert place(seen, "电梯困人 NB-3") > 0, "back in the form it is the form's"


async def test_what_has_no_room_at_80x24_is_in_the_help(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 电梯困人了")
        assert "全卡按 F1" in seen.text
        assert "不挂断对讲走开" not in seen.text
        await seen.press("f1")
        assert "不挂断对讲走开" in seen.text
        assert "请靠里站稳" in seen.text


async def test_where_there_is_room_the_card_is_whole(desk: Desk) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 电梯困人了")
        assert "全卡按 F1" not in seen.text
        for words in ("消防救援", "不挂断对讲走开", "请留一个号码", "请靠里站稳"):
            assert words in seen.text


async def test_whoever_has_the_duty_stands_on_the_card_with_their_number(desk: Desk) -> None:
    def hired(act: Act) -> Result:
        whose = {"number": "JL01", "name": "沈经理", "phone": "13900001111"}
        act.add(Staff(site=act.site, hats=["project_head"], **whose))
        return {}

    desk.perform("staff.add", hired)
    manager = on_duty(desk).as_staff("JL01")
    manager.perform("duty.start", lambda act: duties.start(act, manager, "duty_manager"))
    async with console(desk, (120, 40)) as seen:
        await seen.type("3-1-502 着火了")
        assert "值班经理 沈经理 13900001111" in seen.text


async def test_an_offices_own_card_wins_and_a_broken_one_costs_only_the_cards(desk: Desk) -> None:
    own = desk.settings.home / "data" / "emergencies.toml"
    own.parent.mkdir()
    own.write_text(
        '[fire]\nword = "火警"\nclause = "SB-4"\nask = []\nnever = []\n'
        'call = [{ who = "小区微型消防站", number = "8119", entry = "" }]\n',
        "utf-8",
    )
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 着火了")
        assert "先打   1 小区微型消防站 8119" in seen.text
    own.write_text('[fire]\nword = "火警"\n', "utf-8")
    desk.reference.__dict__.pop("emergencies", None)
    async with console(desk) as seen:
        assert "emergencies.toml 写错了" in seen.news
        await seen.press("ctrl+u")
        await seen.type("3-1-501 门锁坏了")
        await seen.press("enter")
        assert "PG-001" in seen.text


ONE_KEY = {
    "f13": ("电梯困人 NB-3", "entrapment"),
    "f14": ("火警 SB-4", "fire"),
    "f15": ("爆管 NB-3", "burst_pipe"),
    "f16": ("燃气泄漏", "gas"),
    "f17": ("停电", "power"),
    "f18": ("人员受伤 SB-4", "injury"),
}


@pytest.mark.clause("NB-3", "SB-4", "FW-M.2.1")
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_one_key_shows_the_first_call_before_the_first_field(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with console(on_duty(desk), size) as seen:
        for key, (head, kind) in ONE_KEY.items():
            with case(key):
                await seen.press(key)
                assert place(seen, head) > 0, seen.text
                first_field = place(seen, "> ")
                assert 0 < place(seen, "先打   1 ") < first_field, seen.text
                assert seen.form.sheet.row.verb == "dispatch_now"
                assert seen.form.answers()["emergency"] == kind
            await seen.begin_again()
            assert place(seen, "先打   1") < 0


@pytest.mark.clause("NB-3")
async def test_one_key_takes_the_words_of_the_line_along_and_sends_somebody(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("5-1-101 电梯卡在三楼 里面有人")
        await seen.press("f13")
        answers = seen.form.answers()
        assert answers["unit"] == "5-1-101"
        assert "三楼" in answers["text"]
        assert seen.screen.intake.words == ""
        await seen.type("电梯救援")
        await seen.press("f7")
        assert "已派工" in seen.news, seen.text
    (row,) = [one for one in queue(desk) if one.where == "5-1-101"]
    assert row.state_word == "已派工"


async def test_another_key_is_another_emergency_and_what_was_filled_in_stays(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("5-1-101")
        await seen.press("f16")
        await seen.type("门岗")
        await seen.press("f14")
        assert place(seen, "火警 SB-4") > 0, seen.text
        answers = seen.form.answers()
        assert (answers["emergency"], answers["whom"]) == ("fire", "门岗")


async def test_the_key_works_from_inside_another_form_and_in_a_list(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        await seen.type("3-1-502")
        await seen.press("f10", "f18")
        assert place(seen, "人员受伤 SB-4") > 0, seen.text
        await seen.press("escape")
        await seen.press("f10")
        await seen.type("ryss")
        await seen.press("enter")
        assert place(seen, "人员受伤 SB-4") > 0, seen.text


async def test_another_emergency_never_has_the_address_of_the_one_before(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 电梯困人了")
        await seen.press("f13", "escape", "f2")
        await seen.type("3-1-501 燃气泄漏 有味")
        await seen.press("f16")
        answers = seen.form.answers()
        assert (answers["emergency"], answers["unit"]) == ("gas", "3-1-501")
        assert "困人" not in answers["text"]
        assert seen.screen.intake.words == ""
        await seen.press("escape", "f10")
        await seen.type("接着打")
        await seen.press("enter")
        assert "3-1-502" in seen.screen.intake.words, "what was filled in is not lost"


async def test_a_key_after_a_form_that_was_left_begins_anew_unless_it_is_the_same(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502")
        await seen.press("f13", "escape", "f13")
        assert seen.form.answers()["unit"] == "3-1-502", "the same one is gone on with"
        await seen.press("escape", "f14")
        assert seen.form.answers()["unit"] == ""
        assert "接着打" in seen.news


async def test_a_line_about_something_else_waits_whole_while_the_emergency_is_written_down(
    desk: Desk,
) -> None:
    line = "3-1-502 厨房水管漏水 明天9点 急"
    async with console(on_duty(desk)) as seen:
        await seen.type(line)
        await seen.press("f13")
        answers = seen.form.answers()
        assert (answers["unit"], answers["text"]) == ("", "电梯困人")
        await seen.type("监控室")
        await seen.press("escape", "f2", "f10")
        await seen.type("接着打")
        await seen.press("enter")
        assert seen.screen.intake.words == line


async def test_a_key_that_was_pressed_for_another_one_leaves_nothing_behind(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f17", "escape", "f18", "escape", "f14")
        assert "接着打" not in seen.news
        assert [name for name in seen.app.spool if name.startswith("line")] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", "甲"), ("13", "甲、丙"), ("3、1", "丙、甲"), ("２", "乙"),
        ("119", ""), ("120", ""), ("4", ""), ("11", ""), ("监控室", ""), ("", ""), ("1栋", ""),
    ],
)  # fmt: skip
def test_the_numbers_of_a_cards_lines_are_names_and_119_is_none(typed: str, meant: str) -> None:
    assert spelled(typed, ("甲", "乙", "丙")) == meant


@pytest.mark.clause("NB-3")
@pytest.mark.parametrize("keys", [("enter", "f7"), ("tab", "f7"), ("f7",)])
async def test_who_was_told_may_be_typed_by_the_numbers_on_the_card(
    desk: Desk, keys: tuple[str, ...]
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 电梯困人了")
        await seen.press("enter")
        assert "或卡片上的号码" in lines(seen)[place(seen, "> 已通知谁")]
        await seen.type("12")
        assert "= 电梯救援、监控室" in lines(seen)[place(seen, "> 已通知谁")]
        await seen.press(*keys)
    [row] = queue(desk)
    assert facts(desk, row.number)["whom"] == "电梯救援、监控室"


async def test_what_is_no_line_of_the_card_stays_what_was_typed(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 着火了")
        await seen.press("enter")
        await seen.type("119")
        await seen.press("f7")
    [row] = queue(desk)
    assert facts(desk, row.number)["whom"] == "119"

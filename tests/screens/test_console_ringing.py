"""Lines that ring, at the console: seen, counted, taken, given up, called back (KF-16).

- the strip is there within a beat, never has the focus, and takes no room while it is silent
- rings are counted without a question to the database; the third is a word and reversed, one bell
- Enter in the empty line takes the oldest call, F2 in a line with words puts these aside for it
- the caller's number and name go with what is written down next, and with nothing else
- a missed call stays until somebody has called back
"""

from typing import Any

import pytest

from screens.commands import FORM, LINE
from tests.desks import second_desk
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, ringing
from wuye_tui.rules.clock import StoppedClock

CHEN, LIN, NOBODY = "13800001234", "13800002345", "02788880000"
GREETING = "您好，思兰雅苑物业服务中心，我是李晓燕"


def rung(desk: Desk, phone: str = CHEN) -> str:
    done = desk.perform("call.ring", lambda act: ringing.ring(act, phone), system=True)
    return str(done["number"])


def hung_up(desk: Desk, phone: str = CHEN) -> None:
    desk.perform("call.hang_up", lambda act: ringing.hang_up(act, phone), system=True)


def strip(seen: Console) -> str:
    found = seen.screen.query_one("#ringing")
    return found.text if found.display else ""  # type: ignore[attr-defined, no-any-return]


def last_contact(desk: Desk) -> contacts.ContactRow:
    return contacts.listed(desk)[0]


async def test_a_ringing_line_is_a_strip_and_takes_no_focus(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        height = seen.screen.query_one("#body").size.height
        assert strip(seen) == ""
        await seen.type("5-1-101 门")
        rung(second_desk(desk))
        await seen.beat()
        assert "电话 陈立 3-1-502 138****1234  响1声" in seen.text.splitlines()[2]
        assert seen.screen.place == LINE
        assert seen.screen.intake.words == "5-1-101 门"
        assert seen.screen.query_one("#body").size.height == height - 1
        hung_up(desk)
        number = rung(desk)
        desk.perform("ring.answer", lambda act: ringing.answer(act, number))
        await seen.beat()
        assert strip(seen) == ""
        assert seen.screen.query_one("#body").size.height == height


async def test_several_lines_show_the_oldest_and_how_many_more(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk, NOBODY)
        clock.advance(2)
        rung(desk)
        rung(desk, "")
        await seen.beat()
        assert "电话 027****0000  响1声" in strip(seen)
        assert "另有 2 个在响" in strip(seen)


@pytest.mark.clause("KF-16")
async def test_rings_grow_with_the_clock_and_the_third_is_marked_with_one_bell(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bells: list[int] = []
    async with console(on_duty(desk)) as seen:
        monkeypatch.setattr(seen.app, "bell", lambda: bells.append(1))
        rung(desk)
        await seen.beat()
        clock.advance(9)
        asked: list[Any] = []
        monkeypatch.setattr(seen.app, "ask", lambda *given: asked.append(given))
        seen.screen.beat_more()
        assert "响2声" in strip(seen)
        assert bells == []
        clock.advance(1)
        seen.screen.beat_more()
        assert "响3声 第三声" in strip(seen)
        (third,) = (
            words
            for words, role in seen.screen.query_one("#ringing").shown[0].spans  # type: ignore[attr-defined]
            if role == "chosen"
        )
        assert "第三声" in third
        clock.advance(6)
        seen.screen.beat_more()
        assert "响4声 已过第三声" in strip(seen)
        assert bells == [1]
        assert asked == []
        monkeypatch.undo()


@pytest.mark.clause("KF-16")
async def test_enter_in_the_empty_line_takes_the_call_and_its_number_goes_with_the_contact(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk)
        await seen.beat()
        assert "Enter 接听" in strip(seen)
        assert "Enter 接听" in seen.text.splitlines()[-1]
        await seen.press("f3")
        assert "F2 接听" in strip(seen), "Enter means something else there"
        seen.screen.intake.field.focus()
        await seen.settle()
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-502 "
        assert seen.news.startswith(GREETING)
        assert "通话 陈立 3-1-502 138****1234" in strip(seen)
        assert ringing.open_lines(desk) == ()
        await seen.type("厨房水管漏水")
        await seen.press("enter")
        assert seen.screen.intake.words == ""
        row = last_contact(desk)
        assert (row.name, row.phone, row.unit) == ("陈立", "138****1234", "3-1-502")
        assert strip(seen) == ""
        await seen.type("3-1-501 灯不亮")
        await seen.press("enter")
        assert last_contact(desk).phone == "", "that was not the caller"


MOST_KEYS = 12  # beyond the words that say where and what


@pytest.mark.clause("BX-5")
@pytest.mark.parametrize(
    ("phone", "words"), [(CHEN, "厨房水管漏水"), (NOBODY, "3-1-502 厨房水管漏水 明天9点 急")]
)
async def test_the_keys_from_a_ringing_line_to_a_slip_that_is_issued_and_notified(
    desk: Desk, phone: str, words: str
) -> None:
    keys: list[str] = []
    async with console(on_duty(desk)) as seen:

        async def press(key: str) -> None:
            keys.append(key)
            await seen.press(key)

        rung(desk, phone)
        await seen.beat()
        await press("enter")  # takes the call
        await seen.type(words)
        await press("enter")  # registers it, and issues the slip
        await press("f7")  # to whom it is told, and how: proposed
        while seen.screen.panel == "form-box":
            await press("f7")  # saved
            assert len(keys) <= MOST_KEYS, keys
        (row,) = seen.screen.queue.every
        assert row.state == "notified"
    print("keys from a ringing line to a notified slip:", len(keys), " ".join(keys))
    assert keys == ["enter", "enter", "f7", "f7"]
    assert last_contact(desk).rings >= 1


async def test_what_the_line_says_wins_over_what_the_telephone_knew(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk)
        await seen.beat()
        await seen.press("enter")
        await seen.type("王师傅 13911112222 厨房水管漏水")
        await seen.press("enter")
        row = last_contact(desk)
        assert row.phone == "139****2222"


async def test_a_message_in_between_does_not_get_the_callers_number(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk, NOBODY)
        await seen.beat()
        await seen.press("enter")
        await seen.type("微信 3-1-501 灯不亮")
        await seen.press("enter")
        assert last_contact(desk).phone == ""
        await seen.type("3-2-502 厨房水管漏水")
        await seen.press("enter")
        assert last_contact(desk).phone == "027****0000"


async def test_f2_takes_a_call_with_words_half_typed_and_brings_them_back(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("5-1-101 门锁坏了")
        await seen.press("left")
        rung(desk)
        await seen.beat()
        assert "F2 接听" in strip(seen)
        await seen.press("f2")
        assert seen.screen.intake.words == "3-1-502 "
        await seen.type("厨房水管漏水")
        await seen.press("enter")
        assert seen.screen.intake.words == "5-1-101 门锁坏了"
        assert seen.screen.intake.field.cursor_position == len("5-1-101 门锁坏")
        await seen.press("enter", "enter")  # they are sent on purpose alone
        assert last_contact(desk).phone == ""


async def test_a_call_that_interrupts_a_call_gives_each_its_own_number(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk)
        await seen.beat()
        await seen.press("enter")
        rung(desk, LIN)
        await seen.beat()
        await seen.press("f2")
        assert seen.screen.intake.words == "3-1-501 "
        await seen.type("灯不亮")
        await seen.press("enter")
        assert last_contact(desk).phone == "138****2345"
        assert seen.screen.intake.words == "3-1-502 "
        await seen.type("厨房水管漏水")
        await seen.press("enter")
        assert last_contact(desk).phone == "138****1234"


async def test_words_put_aside_are_had_back_from_the_palette(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("5-1-101 门锁")
        rung(desk)
        await seen.beat()
        await seen.press("f2", "f10")
        await seen.type("接着打")
        await seen.press("enter")
        assert seen.screen.intake.words == "5-1-101 门锁"
        await seen.press("f10")
        await seen.type("jzd")
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-502 "
        assert "通话 陈立" in strip(seen)


async def test_a_call_is_taken_out_of_a_form_which_stays(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        assert seen.screen.place == FORM
        rung(desk)
        await seen.beat()
        assert seen.screen.place == FORM
        await seen.press("enter")
        assert strip(seen).startswith(" 电话"), "Enter in a form is the form's"
        assert "F2 接听" in strip(seen)
        await seen.press("f2")
        assert seen.screen.intake.words == "3-1-502 "
        assert seen.screen.place == LINE
        await seen.press("f3")
        assert seen.screen.place == FORM


async def test_f2_from_the_queue_leads_first_to_words_half_typed_and_the_strip_says_so(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.type("5-1-101 门锁")
        await seen.press("f3")
        rung(desk)
        await seen.beat()
        assert "F2 按两次接听" in strip(seen)
        await seen.press("f2")
        assert seen.screen.place == LINE
        assert seen.screen.intake.words == "5-1-101 门锁"
        assert "F2 接听" in strip(seen)
        await seen.press("f2")
        assert seen.screen.intake.words == "3-1-502 "


@pytest.mark.clause("BX-5")
async def test_the_reading_shows_the_caller_in_hand_who_is_what_is_written_down(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:

        def reading() -> str:
            return seen.screen.intake.query_one("#understood").text  # type: ignore[attr-defined, no-any-return]

        rung(desk)
        await seen.beat()
        await seen.press("enter", *["backspace"] * len("3-1-502 "))
        await seen.type("3-1-501门锁坏")
        assert "3-1-501  陈立  138****1234" in reading(), "not who lives there"
        await seen.press("f10")
        await seen.type("对方挂断")
        await seen.press("enter")
        assert "陈立" not in reading(), "nobody is in hand any more"
        assert "138****2345" in reading()
        rung(desk)
        await seen.beat()
        await seen.press("f2", *["backspace"] * len("3-1-502 "))
        await seen.type("3-1-501门锁坏")
        assert "3-1-501  陈立  138****1234" in reading()
        await seen.press("enter")
        row = last_contact(desk)
        assert (row.unit, row.name, row.phone) == ("3-1-501", "陈立", "138****1234")


async def test_who_is_second_is_told_and_loses_nothing(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        number = rung(desk)
        await seen.beat()
        await seen.type("5-1-101 门锁")
        other = second_desk(desk)
        other.perform("ring.answer", lambda act: ringing.answer(act, number))
        await seen.press("f2")
        assert number in seen.news
        assert seen.screen.intake.words == "5-1-101 门锁"
        assert strip(seen) == ""
        other.engine.dispose()


@pytest.mark.clause("KF-16")
async def test_a_missed_call_is_in_sight_until_somebody_has_called_back(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk)
        await seen.beat()
        await seen.press("f10")
        await seen.type("对方挂断")
        await seen.press("enter")
        clock.advance(60)
        rung(desk, NOBODY)
        hung_up(desk, NOBODY)
        await seen.beat()
        assert strip(seen).strip() == "未接 2: 陈立 3-1-502 10:20"
        await seen.press("f10")
        await seen.type("未接来电")
        await seen.press("enter")
        assert [one.words for one in seen.screen.choose.offered] == [
            "陈立 3-1-502 138****1234",
            "027****0000",
        ]
        await seen.press("1")
        assert "给 陈立 3-1-502 打 13800001234，打通了吗？" in seen.text
        assert "刚才没有接到您的电话" in seen.news
        await seen.press("2")
        assert "未接 2" in strip(seen), "not reached: it stays"
        await seen.press("f10")
        await seen.type("huidian")
        await seen.press("escape", "f10")
        await seen.type("hd")
        await seen.press("enter", "1")
        assert seen.screen.intake.words == "3-1-502 "
        assert [line.phone for line in ringing.open_lines(desk)] == [NOBODY]
        await seen.type("问水费")
        await seen.press("enter", "enter")
        assert last_contact(desk).phone == "138****1234"
        assert strip(seen).strip() == "未接 1: 027****0000 10:21"


async def test_nothing_rings_and_the_keys_say_so(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        for words, told in (
            ("接听", "没有电话在响"),
            ("对方挂断", "没有电话在响"),
            ("未接来电", "没有未接来电"),
            ("接着打", "没有放着的半句话"),
        ):
            await seen.press("f10")
            await seen.type(words)
            await seen.press("enter")
            assert told in seen.news


async def test_the_form_by_fields_knows_the_caller(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk, NOBODY)
        await seen.beat()
        await seen.press("enter", "ctrl+n")
        assert NOBODY in seen.text


async def test_a_call_that_is_saved_by_the_form_keeps_its_rings(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        rang = desk.now()
        rung(desk)
        clock.advance(12)
        await seen.beat()
        await seen.press("enter", "ctrl+n")
        clock.advance(60)
        await seen.type("窗户关不严")
        await seen.press("f7")
        assert [row.where for row in seen.screen.queue.every] == ["3-1-502"], seen.text
        assert strip(seen) == ""
    call = last_contact(desk)
    assert (call.rang, call.rings, call.phone) == (rang, 3, "138****1234")


async def test_a_form_about_a_visit_is_not_the_call_in_hand(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        rung(desk)
        await seen.beat()
        await seen.press("enter")
        await seen.press(*["backspace"] * len(seen.screen.intake.words))
        await seen.type("来访 3-1-501 门锁坏了")
        await seen.press("ctrl+n", "f7")
        call = last_contact(desk)
        assert (call.channel, call.rings, call.phone) == ("visit", 0, "")
        assert "138****1234" in strip(seen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_long_name_leaves_the_rings_in_sight(desk: Desk, size: tuple[int, int]) -> None:
    async with console(on_duty(desk), size) as seen:
        rung(desk)
        rung(desk, "")
        await seen.beat()
        assert "响1声" in seen.text.splitlines()[2]
        assert all(len(line) <= size[0] for line in seen.text.splitlines())

"""Who sits at the desk: the lock, PINs, taking over; and a desk that cannot be opened."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import run

import pytest

from screens.app import WuyeApp
from screens.lock import Lock
from screens.workstation import LONGEST_SEAT
from tests.factories import rows_of
from tests.screens.consoles import console, on_duty, registered
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import pins, ringing, staff
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import load
from wuye_tui.store.tables import Contact

CHEAP = pins.Cost(1, 8, 1)
PIN = "482915"


@pytest.fixture
def with_pin(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """李晓燕 has a PIN."""
    pins.set_pin(desk.as_staff("XZ01"), "KF01", PIN, cost=CHEAP)
    return desk


async def test_nobody_named_is_asked_for_and_needs_no_pin_in_training(desk: Desk) -> None:
    async with console(desk.as_staff("")) as seen:
        assert "请" in seen.text or "工号" in seen.text
        await seen.type("赵敏")
        await seen.press("enter", "enter")
        assert "赵敏" in seen.text.splitlines()[0]


async def test_a_pin_is_asked_for_and_a_wrong_one_refused(with_pin: Desk) -> None:
    async with console(with_pin) as seen:
        assert "李晓燕" not in seen.text.splitlines()[0]
        await seen.type("111111")
        assert "111111" not in seen.text
        assert "******" in seen.text
        await seen.press("enter")
        assert "密码不对，还可以试 4 次" in seen.text
        await seen.type(PIN)
        await seen.press("enter")
        assert "李晓燕" in seen.text.splitlines()[0]


async def test_the_lock_hides_everything_and_keeps_what_is_half_typed(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-501 厕所")
        await seen.press("f12")
        assert "厨房" not in seen.text
        assert "陈立" not in seen.text
        await seen.press("f2", "f7", "f10", "ctrl+n")
        assert "工号" in seen.text
        assert "厨房" not in seen.text
        await seen.press("shift+tab")
        seen.app.focused.value = ""  # type: ignore[union-attr]
        await seen.type("KF02")
        await seen.press("enter")
        assert "现在由 赵敏 操作" in seen.news
        assert seen.screen.intake.words == "3-1-501 厕所"
        assert "值" in seen.text.splitlines()[0] or "李晓燕" in seen.text.splitlines()[0]


async def test_steps_are_taken_in_the_name_of_whoever_took_over(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "f7")
        seen.app.sit_down(desk.as_staff("KF02"))
        await seen.screen.seated()
        await seen.press("f3", "ctrl+z")
        assert "没有走过可以撤回的步骤" in seen.news, "another person's step is theirs"


async def test_somebody_who_may_not_take_a_step_is_not_offered_it(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk).as_staff("ZX01")) as seen:
        await seen.press("f8")
        assert [option.words for option in seen.screen.choose.offered] == ["催单", "备注"]
        assert "等「开派工单」" in seen.text


async def test_a_desk_that_cannot_be_opened_is_one_sentence_and_its_exit_status(
    tmp_path: Path,
) -> None:
    def opener() -> Desk:
        return open_desk(load(home=str(tmp_path), environ={}))

    app = WuyeApp(opener)
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.screen.query("#closed"):
            await pilot.pause(0.02)
        await pilot.pause()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "找不到数据库" in shown
        assert "wuye init" in shown
        await pilot.press("escape")
    assert app.return_code == 5


async def test_typing_can_begin_before_the_desk_is_open(desk: Desk) -> None:
    from threading import Event

    ready = Event()

    def opener() -> Desk:
        ready.wait(10)
        return on_duty(desk)

    app = WuyeApp(opener)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "-", "1", "-", "5", "0", "2")
        assert app.desk_screen.intake.words == "3-1-502"
        ready.set()
        while "陈立" not in app.desk_screen.intake.query_one("#understood").text:  # type: ignore[attr-defined]
            await pilot.pause(0.02)
        assert app.desk_screen.intake.words == "3-1-502"


def test_the_first_paint_waits_for_no_database_library() -> None:
    code = "import sys, screens.app; print(*sys.modules)"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint({"sqlmodel", "sqlalchemy", "pydantic", "alembic", "pypinyin"})
    rules = {name.removeprefix("wuye_tui.rules.") for name in done.stdout.split()}
    assert rules.isdisjoint({"procedures", "lifecycle", "duetime", "rooms", "line", "clock"})


def locking(desk: Desk, minutes: int) -> Desk:
    """The same desk where config.toml says after how many minutes it locks itself."""
    return replace(desk, settings=replace(desk.settings, lock_minutes=minutes))


async def test_a_desk_that_nobody_touches_locks_itself_and_comes_back_as_it_was(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(locking(on_duty(desk), 10)) as seen:
        await seen.type("3-1-501 厕所")
        await seen.press("left")
        caret = seen.screen.intake.field.cursor_position
        await seen.beat()
        clock.advance(599)
        await seen.beat()
        assert seen.app.screen is seen.screen
        clock.advance(1)
        await seen.beat()
        assert "工号" in seen.text
        assert "厕所" not in seen.text
        await seen.beat()
        assert len(seen.app.screen_stack) == 2, "locked once"
        await seen.press("enter")
        assert seen.app.screen is seen.screen
        assert seen.app.focused is seen.screen.intake.field
        assert seen.screen.intake.words == "3-1-501 厕所"
        assert seen.screen.intake.field.cursor_position == caret
        clock.advance(590)
        await seen.beat()
        assert seen.app.screen is seen.screen, "whoever unlocked it is there"


async def test_a_key_puts_the_lock_off_and_a_form_is_there_again(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(locking(on_duty(desk), 1)) as seen:
        await seen.press("f7")
        focused = seen.app.focused
        await seen.beat()
        clock.advance(50)
        await seen.press("tab", "shift+tab")
        await seen.beat()
        clock.advance(50)
        await seen.beat()
        assert seen.app.screen is seen.screen
        clock.advance(60)
        await seen.beat()
        assert seen.app.screen is not seen.screen
        await seen.press("shift+tab")
        seen.app.focused.value = ""  # type: ignore[union-attr]
        await seen.type("KF02")
        await seen.press("enter")
        assert "现在由 赵敏 操作" in seen.news
        assert seen.app.focused is focused


@pytest.mark.parametrize(("training", "minutes", "locks"), [
    (True, None, False), (False, None, True), (False, 0, False), (True, 3, True),
])  # fmt: skip
async def test_a_real_office_locks_after_ten_minutes_and_a_training_office_never(
    with_pin: Desk, clock: StoppedClock, training: bool, minutes: int | None, locks: bool
) -> None:
    desk = on_duty(with_pin)
    office = replace(desk.office, training=training)
    settings = replace(desk.settings, lock_minutes=minutes, pin=PIN)
    async with console(replace(desk, office=office, settings=settings)) as seen:
        await seen.beat()
        assert seen.app.screen is seen.screen
        clock.advance(10 * 60)
        await seen.beat()
        assert (seen.app.screen is not seen.screen) is locks


async def test_setting_the_training_time_is_not_being_away(desk: Desk, clock: StoppedClock) -> None:
    async with console(locking(on_duty(desk), 10)) as seen:
        await seen.beat()
        seen.app.sit_down(seen.app.desk.at(StoppedClock(clock.now() + timedelta(hours=7))))
        await seen.beat()
        assert seen.app.screen is seen.screen


async def test_a_number_typed_where_the_pin_goes_is_the_next_person_and_no_try(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f12")
        await seen.type("KF02")
        await seen.press("enter")
        assert "现在由 赵敏 操作" in seen.news, seen.text


async def test_a_pin_where_there_is_none_lets_nobody_in_by_mistake(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f12")
        await seen.type("KF9X")
        await seen.press("enter")
        assert "没有设密码" in seen.text
        assert seen.app.screen is not seen.screen


@pytest.mark.clause("KF-16")
async def test_a_line_that_rings_is_told_at_the_lock_without_name_or_number(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f12")
        focused = seen.app.focused
        assert "有电话在响" not in seen.text
        desk.perform("call.ring", lambda act: ringing.ring(act, "13800001234"), system=True)
        await seen.beat()
        lock = seen.app.screen
        lock.beat()  # type: ignore[attr-defined]
        await seen.settle()
        assert "有电话在响，响 1 声：请登录后接听" in seen.text
        clock.advance(10)
        lock.beat()  # type: ignore[attr-defined]
        await seen.settle()
        assert "响 3 声" in seen.text
        assert [role for _words, role in lock.query_one("#lock-ringing").shown[0].spans] == [  # type: ignore[attr-defined]
            "chosen"
        ]
        assert not any(part in seen.text for part in ("陈立", "3-1-502", "138"))
        assert seen.app.focused is focused
        desk.perform("call.hang_up", lambda act: ringing.hang_up(act, "13800001234"), system=True)
        await seen.beat()
        lock.beat()  # type: ignore[attr-defined]
        await seen.settle()
        assert "有电话在响" not in seen.text


async def test_a_desk_left_while_a_colleague_was_asked_to_sign_locks_itself_too(
    with_pin: Desk, clock: StoppedClock
) -> None:
    desk = locking(on_duty(with_pin), 10)
    async with console(replace(desk, settings=replace(desk.settings, pin=PIN))) as seen:
        await seen.type("3-1-501 厕所")
        await seen.beat()
        seen.screen.app.push_screen(Lock("", "第二人", ()), lambda _desk: None)
        await seen.settle()
        assert "第二人" in seen.text
        clock.advance(10 * 60)
        await seen.beat()
        assert "第二人" not in seen.text
        assert len(seen.app.screen_stack) == 2
        await seen.press("escape")
        assert seen.app.screen is not seen.screen, "Esc leads nowhere from here"
        await seen.type(PIN)
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-501 厕所"


async def test_after_sixteen_hours_whoever_sits_there_proves_it_anew_however_busy(
    with_pin: Desk, clock: StoppedClock
) -> None:
    desk = on_duty(with_pin)
    real = replace(desk.office, training=False)
    settings = replace(desk.settings, lock_minutes=0, pin=PIN)
    async with console(replace(desk, office=real, settings=settings)) as seen:
        await seen.type("3-1-501 厕所")
        clock.advance(LONGEST_SEAT.total_seconds() - 1)
        await seen.press("a")
        await seen.beat()
        assert seen.app.screen is seen.screen
        clock.advance(1)
        await seen.press("b")
        await seen.beat()
        assert seen.app.screen is not seen.screen
        assert "厕所" not in seen.text
        await seen.type(PIN)
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-501 厕所ab"
        clock.advance(60 * 60)
        await seen.beat()
        assert seen.app.screen is seen.screen, "another sixteen hours"


async def test_who_is_taken_off_the_staff_is_off_the_desk_and_the_draft_stays(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(desk.as_staff("KF02")) as seen:
        await seen.type("3-1-501 厕所")
        admin = desk.as_staff("XZ01")
        admin.perform("staff.leave", lambda act: staff.deactivate(act, "KF02"))
        await seen.beat()
        assert seen.app.screen is not seen.screen
        assert "厨房" not in seen.text
        await seen.type("KF02")
        await seen.press("enter")
        assert seen.app.screen is not seen.screen
        await seen.press("shift+tab")
        seen.app.focused.value = ""  # type: ignore[union-attr]
        await seen.type("KF01")
        await seen.press("enter")
        assert "现在由 李晓燕 操作" in seen.news
        assert seen.screen.intake.words == "3-1-501 厕所"


async def test_an_act_of_who_has_just_been_taken_off_the_staff_is_refused_and_loses_nothing(
    desk: Desk,
) -> None:
    async with console(desk.as_staff("KF02")) as seen:
        await seen.type("3-1-501 厕所漏水")
        admin = desk.as_staff("XZ01")
        admin.perform("staff.leave", lambda act: staff.deactivate(act, "KF02"))
        await seen.press("enter", "enter")
        assert "不在册或已停用" in seen.news
        assert seen.screen.intake.words == "3-1-501 厕所漏水"
        assert rows_of(desk, Contact) == []

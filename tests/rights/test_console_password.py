"""A password at the console: where a PIN does not suffice, and where it is locked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.registers.test_passwords import GOOD
from tests.registers.test_pins import CHEAP, PIN, WRONG
from tests.registers.test_workstations import elsewhere, found, give_password
from tests.screens.consoles import Console, console
from wuye_tui.desk import Desk
from wuye_tui.registers import passwords, pins, workstations
from wuye_tui.registers.pins import PinLocked, PinRefused
from wuye_tui.rules.clock import StoppedClock


@pytest.fixture
def server(pg_url: str, tmp_path: Path, clock: StoppedClock) -> Iterator[Desk]:
    """A real office on a server, its first workstation enrolled."""
    desk = found(tmp_path / "here", pg_url, clock)
    workstations.enrol(desk, "前台1")
    yield desk.as_staff("KF01")
    desk.engine.dispose()


def who(seen: Console) -> str:
    return seen.text.splitlines()[0]


@pytest.mark.pg
async def test_away_from_the_workstations_the_field_asks_for_the_password(server: Desk) -> None:
    give_password(server)
    async with console(elsewhere(server)) as seen:
        await seen.type(PIN)
        await seen.press("enter")
        assert "口令不对，还可以试 4 次" in seen.text
        assert " 口令" in seen.text
        await seen.type(GOOD)
        await seen.press("enter")
        assert "李晓燕" in who(seen)


@pytest.mark.pg
async def test_who_has_no_password_there_is_told_what_to_do(server: Desk) -> None:
    async with console(elsewhere(server)) as seen:
        await seen.type(PIN)
        await seen.press("enter")
        assert "没有登记为工作站" in seen.text
        assert "李晓燕" not in who(seen)


@pytest.mark.pg
async def test_at_a_workstation_the_pin_lets_in_and_the_password_while_it_is_locked(
    server: Desk,
) -> None:
    give_password(server)
    async with console(server) as seen:
        for _time in range(5):
            await seen.type(WRONG)
            await seen.press("enter")
        assert "现在可以用口令登录" in seen.text
        await seen.type(GOOD)
        await seen.press("enter")
        assert "李晓燕" in who(seen)


async def test_a_password_of_many_characters_is_pasted_and_lets_in(
    tmp_path: Path, clock: StoppedClock
) -> None:
    real = found(tmp_path / "one", "", clock)
    long = "雨天路滑请慢走" * 9 + "a"
    passwords.set_password(real, "KF01", long, cost=CHEAP)
    settings = replace(real.settings, password=long)
    for _time in range(5):
        with pytest.raises((PinRefused, PinLocked)):
            pins.check(real, "KF01", WRONG)
    async with console(real.as_staff("KF01")) as seen:
        await seen.type(long)
        await seen.press("enter")
        assert long[:7] not in seen.text
        assert "李晓燕" in who(seen)
    async with console(replace(real, settings=settings, staff="KF01")) as seen:
        assert "李晓燕" in who(seen), "WUYE_PASSWORD lets in like WUYE_PIN"
    real.engine.dispose()

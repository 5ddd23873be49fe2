"""What is masked on the console, and how it is seen whole.

* the numbers of a slip are masked; F9 asks why, shows them for ten seconds, and is in the audit
* an owner's file is opened by two people, from the line or from a slip (FW-6.3)
* no list shows a number that somebody wrote among words
"""

import pytest

from tests.factories import rows_of
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.tables import Audit, FileOpening

PHONE, MASKED, IDENTITY = "13800001234", "138****1234", "440106199001011234"


def last_act(desk: Desk) -> Audit:
    return max(rows_of(desk, Audit), key=lambda one: one.seq)


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def test_the_numbers_of_a_slip_are_shown_for_ten_seconds(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, f"厨房水管漏水 回电13911112222 证件{IDENTITY}")
    async with console(desk, (120, 30)) as seen:
        await seen.press("f3")
        assert MASKED in seen.text
        for whole in (PHONE, "13911112222", IDENTITY):
            assert whole not in seen.text
        await seen.press("f9")
        assert f"为什么看 {number} 的完整号码？" in seen.text
        await seen.press("1")
        assert PHONE in seen.text
        assert IDENTITY not in seen.text, "nobody rings that"
        assert "10 秒" in seen.news
        line = last_act(desk)
        assert (line.what, line.by, line.result["numbers"]) == ("slips.reveal", "KF01", [number])
        assert PHONE not in str(line.result)
        clock.advance(9)
        await seen.beat()
        assert PHONE in seen.text
        clock.advance(1)
        await seen.beat()
        assert PHONE not in seen.text
        assert MASKED in seen.text


async def test_another_reason_is_typed_and_without_one_nothing_is_shown(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk, (120, 30)) as seen:
        await seen.press("f3", "f9", "escape")
        assert PHONE not in seen.text
        await seen.press("f9")
        await seen.type("业主的女儿要来")
        await seen.press("enter")
        assert PHONE in seen.text


async def test_a_guard_sees_no_whole_number(desk: Desk, clock: StoppedClock) -> None:
    registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk.as_staff("ZX01"), (120, 30)) as seen:
        await seen.press("f3", "f9", "1")
        assert "不能看完整电话" in seen.news
        assert PHONE not in seen.text


@pytest.mark.clause("FW-6.3")
async def test_an_owners_file_is_opened_by_two(desk: Desk, clock: StoppedClock) -> None:
    registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk, (120, 30)) as seen:
        await seen.press("f3")
        await command(seen, "查档")
        assert "为什么查 3-1-502 的业主档案？" in seen.text
        await seen.type("更正电话")
        await seen.press("enter")
        assert "批准的人签字" in seen.text
        await seen.type("KF03")
        await seen.press("enter")
        (row,) = rows_of(desk, FileOpening)
        assert (row.asker, row.allowed, row.unit) == ("KF01", "KF03", "3-1-502")
        assert row.number in seen.text
        assert PHONE in seen.text
        await seen.press("escape")
        assert PHONE not in seen.text


async def test_without_a_unit_no_file_is_meant(desk: Desk) -> None:
    async with console(desk) as seen:
        await command(seen, "查档")
        assert "先在来电这一行打房号" in seen.news
    assert rows_of(desk, FileOpening) == []


@pytest.mark.parametrize("way", ["f3", "calls", "find"])
async def test_no_list_shows_a_number_among_words(
    desk: Desk, clock: StoppedClock, way: str
) -> None:
    registered(on_duty(desk), clock, f"厨房水管漏水 回电13911112222 证件{IDENTITY}")
    async with console(desk, (160, 40)) as seen:
        if way == "calls":
            await command(seen, "来电登记")
        elif way == "find":
            await seen.press("ctrl+f")
            await seen.type("3-1-502")
        else:
            await seen.press("f3")
        assert "水管漏水" in seen.text
        for whole in ("13911112222", IDENTITY, PHONE):
            assert whole not in seen.text

"""A colleague signs at somebody else's desk with a PIN of their own."""

from pathlib import Path

import pytest

from screens.drafts import Spool
from tests.factories import a_repair, taken
from tests.registers.test_pins import CHEAP, PIN, WRONG, said
from tests.screens.consoles import Console, console, on_duty
from tests.screens.queue_seen import notified, state
from wuye_tui.desk import Desk
from wuye_tui.registers import pins
from wuye_tui.registers.receipts import list_receipts
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


def give(desk: Desk, number: str) -> None:
    pins.set_pin(desk.as_staff("XZ01"), number, PIN, cost=CHEAP)


def signed(desk: Desk, number: str) -> list[str]:
    return [one.how for one in show(desk, number).signatures]


async def sign(seen: Console, pin: str) -> None:
    await seen.press("f7")
    await seen.type("李强")
    await seen.press("tab")
    await seen.type(pin)


def spooled(desk: Desk) -> str:
    files = Path(desk.settings.drafts).glob("*.json")
    return "".join(one.read_text("utf-8") for one in files)


async def test_the_collectors_own_pin_signs_and_is_written_nowhere(
    desk: Desk, clock: StoppedClock
) -> None:
    give(on_duty(desk), "GC03")
    number = notified(desk, clock, "门坏了")
    async with console(desk) as seen:
        await sign(seen, PIN)
        assert "******" in seen.text
        assert PIN not in seen.text
        await seen.app.write_drafts()
        assert "GC03" in spooled(desk)
        assert PIN not in spooled(desk)
        await seen.press("f7")
        assert PIN not in repr(seen.app.spool.snapshot())
    assert (state(desk, number), signed(desk, number)) == ("collected", ["pin"])
    assert said(desk)["pin accepted"] == 1


async def test_without_the_pin_it_is_signed_on_paper(desk: Desk, clock: StoppedClock) -> None:
    give(on_duty(desk), "GC03")
    number = notified(desk, clock, "门坏了")
    async with console(desk) as seen:
        await seen.press("f7")
        await seen.type("李强")
        await seen.press("enter")
        assert "李强 的密码，空着就是纸上签" in seen.text
        await seen.press("enter")
    assert (state(desk, number), signed(desk, number)) == ("collected", ["paper"])


async def test_a_wrong_pin_costs_a_try_and_nothing_that_was_typed(
    desk: Desk, clock: StoppedClock
) -> None:
    give(on_duty(desk), "GC03")
    number = notified(desk, clock, "门坏了")
    async with console(desk) as seen:
        await sign(seen, WRONG)
        await seen.press("f7")
        assert "密码不对，还可以试 4 次" in seen.text
        assert seen.form.answers()["collector"] == "GC03"
        assert state(desk, number) == "notified"
        await seen.type(PIN)
        await seen.press("f7")
    assert signed(desk, number) == ["pin"]
    assert said(desk)["pin refused"] == 1


async def test_another_signer_is_asked_for_another_pin_or_none(
    desk: Desk, clock: StoppedClock
) -> None:
    give(on_duty(desk), "GC03")
    notified(desk, clock, "门坏了")
    async with console(desk) as seen:
        await sign(seen, PIN)
        await seen.press("shift+tab")
        seen.form.rows[0].target.value = "吴刚"
        await seen.settle()
        assert "密码" not in seen.text
        assert seen.form.proofs == []
        seen.form.rows[0].target.value = "李强"
        await seen.settle()
        assert seen.form.proofs == [], "typed for one, it does not count after another"


async def test_five_slips_one_pin(desk: Desk, clock: StoppedClock) -> None:
    give(on_duty(desk), "GC03")
    numbers = [notified(desk, clock, f"门{n}") for n in range(5)]
    async with console(desk) as seen:
        await seen.press("f3", *["space"] * 5)
        await sign(seen, PIN)
        await seen.press("f7")
    assert [signed(desk, number) for number in numbers] == [["pin"]] * 5
    assert said(desk)["pin accepted"] == 1


async def test_a_form_put_aside_forgets_the_pin(desk: Desk, clock: StoppedClock) -> None:
    give(on_duty(desk), "GC03")
    notified(desk, clock, "门坏了")
    async with console(desk) as seen:
        await sign(seen, PIN)
        await seen.press("escape", "f3", "enter")
        assert seen.form.answers()["collector"] == "GC03"
        assert seen.form.proofs == []
        kept: Spool = seen.app.spool
        assert PIN.encode() not in kept.snapshot() + repr(kept._drafts).encode()


@pytest.mark.clause("BX-16")
async def test_a_receipt_is_void_by_the_second_persons_own_pin_alone(desk: Desk) -> None:
    give(desk, "KF04")
    number = a_repair(desk, upto="finished")
    taken(desk, number, "pay", staff="SF01", means="cash")
    async with console(desk.as_staff("SF01")) as seen:
        await seen.press("f10")
        await seen.type(number)
        await seen.press("enter", "f8")
        await seen.type("作废收据")
        await seen.press("enter")
        assert seen.form.sheet.row.verb == "void_receipt"
        await seen.type("金额写错")
        await seen.press("tab")
        await seen.type("KF04")
        await seen.press("tab")
        assert "的密码，一定要填" in seen.text
        await seen.press("f7")
        assert "BX-16" in seen.text
        assert not list_receipts(desk)[0].voided
        seen.form.rows[2].target.focus()
        await seen.settle()
        await seen.type(PIN)
        await seen.press("f7")
    assert list_receipts(desk)[0].second == "KF04"

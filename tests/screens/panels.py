"""Every panel of the console, and how keys open it: for what has to hold for all of them."""

from collections.abc import Awaitable, Callable

from tests.moulds import moulded
from tests.screens.callers import flagged, water_off
from tests.screens.consoles import Console, on_duty, registered, taken
from tests.screens.counters import billed
from tests.screens.test_console_ringing import hung_up, rung
from wuye_tui.desk import Desk
from wuye_tui.registers import duties
from wuye_tui.rules.clock import StoppedClock

Steps = Callable[[Console], Awaitable[None]]
CHEN, LIN, NOBODY = "13800001234", "13800002345", "02788880000"


@moulded
def office_at_work(desk: Desk, clock: StoppedClock) -> Desk:
    """A desk with a full queue, a notice, calls and a unit that there is much to say about."""
    on_duty(desk)
    flagged(desk, "3-1-502", "dog", "lives_alone")
    water_off(desk)
    for n in range(18):
        text = f"厨房水管漏水，第{n}次来电，水已经流到客厅和楼下了，请尽快"
        registered(desk, clock, text, ("3-1-502", "3-1-501", "12-1-1203")[n % 3])
    first = registered(desk, clock, "客厅灯不亮", "3-2-502")
    taken(desk, first, "issue", charge="paid", tariff="DX-01")
    taken(desk, first, "notify", whom="工程部", how="phone")
    clock.advance(300)
    return billed(desk)


def ring(desk: Desk, clock: StoppedClock) -> None:
    """A call at its third ring, another behind it, and one that was missed."""
    rung(desk, NOBODY)
    hung_up(desk, NOBODY)
    clock.advance(30)
    rung(desk, CHEN)
    clock.advance(10)
    rung(desk, LIN)


async def queue(seen: Console) -> None:
    await seen.press("f3", "end", "up")


async def slip(seen: Console) -> None:
    await seen.press("f3", "enter", "pagedown")


async def form(seen: Console) -> None:
    await seen.press("f3", "f8")
    await seen.type("备注")
    await seen.press("enter")
    await seen.type("业主说下午在家，" * 12)


async def new_repair(seen: Console) -> None:
    await seen.press("ctrl+n", "tab", "tab")
    await seen.type("厨房水龙头关不紧，一直在滴水")


async def steps(seen: Console) -> None:
    await seen.press("f3", "f8", "down", "down")


async def palette(seen: Console) -> None:
    await seen.press("f10", "up", "up")


async def help_(seen: Console) -> None:
    await seen.press("f3", "f1", "pagedown")


async def calls(seen: Console) -> None:
    await seen.press("f2", "f2", "down")


async def search(seen: Console) -> None:
    await seen.press("ctrl+f")
    await seen.type("502")


async def _by_palette(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def directory(seen: Console) -> None:
    await _by_palette(seen, "通讯录")


async def notices(seen: Console) -> None:
    await _by_palette(seen, "通知")


async def callbacks(seen: Console) -> None:
    await _by_palette(seen, "hf")


async def summary(seen: Console) -> None:
    await _by_palette(seen, "回访月报")
    await seen.press("right", "down")


async def counted(seen: Console) -> None:
    await summary(seen)
    await seen.press("up", "enter")


async def workers(seen: Console) -> None:
    await seen.press("ctrl+t", "down")


async def archive(seen: Console) -> None:
    await _by_palette(seen, "归档")


async def supervisor(seen: Console) -> None:
    await _by_palette(seen, "主管")


async def log(seen: Console) -> None:
    await seen.press("f5", "down")


async def look(seen: Console) -> None:
    """On patrol at the second post, with a finding half typed."""
    desk = seen.app.desk
    manager = desk.as_staff("KF03")
    manager.perform("duty.start", lambda act: duties.start(act, manager, "duty_manager"))
    seen.app.sit_down(manager)
    await seen.press("f5", "f9", "f9", "2")
    await seen.type("显示屏坏了一块，录像看不到")


async def filter_(seen: Console) -> None:
    await seen.press("f3", "slash")
    await seen.type("客厅")


async def lock(seen: Console) -> None:
    await seen.press("f12")


async def ringing(seen: Console) -> None:
    clock = seen.app.desk.clock
    assert isinstance(clock, StoppedClock)
    ring(seen.app.desk, clock)
    await seen.beat()


async def emergency(seen: Console) -> None:
    await seen.type("3-1-502 电梯困人了")
    await seen.press("enter")


async def billing(seen: Console) -> None:
    """Two homes that owe, one charge of them ticked."""
    await seen.press("f6")
    await seen.type("3-1-502 3-1-501")
    await seen.press("enter", "down", "space")


async def paying(seen: Console) -> None:
    """Part of it, in cash, with what was handed over."""
    await billing(seen)
    await seen.press("f7", *"120.5", "enter", "enter", *"200")


async def unit(seen: Console) -> None:
    await seen.type("3-1-502 厨房水管漏水 明天9点 急")


PANELS: dict[str, Steps] = {
    one.__name__.strip("_"): one
    for one in (
        queue, slip, form, new_repair, steps, palette, help_, calls, search, directory, notices,
        callbacks, summary, counted, workers, archive, supervisor, log, look, filter_, lock,
        ringing, emergency, unit, billing, paying,
    )
}  # fmt: skip

"""What a test of the queue does and sees: its rows, its heading, a command by its words."""

from tests.screens.consoles import Console, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


def notified(desk: Desk, clock: StoppedClock, text: str, unit: str = "3-1-502") -> str:
    number = registered(desk, clock, text, unit)
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    taken(desk, number, "notify", whom="工程部", how="phone")
    return number


def state(desk: Desk, number: str) -> str:
    return show(desk, number).situation.state


def rows(seen: Console) -> list[str]:
    return [row.number for row in seen.screen.queue.rows]


def head(seen: Console) -> str:
    return seen.screen.queue.shown[0].text


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")

"""The program in a real terminal, started as people start it, Chinese typed into it.

tmux is the terminal, on a socket of its own and without anybody's settings.
"""

import os
import shutil
import signal
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.screens.consoles import on_duty
from tests.tmux import Tmux, started
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show

LINE = "3-1-502 厨房水管漏水，热水也没有：马上"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux on this machine"),
]


@pytest.fixture
def terminal() -> Iterator[Tmux]:
    """A terminal that is gone after the test."""
    found = Tmux()
    yield found
    found.end()


def test_chinese_is_typed_and_a_notified_slip_lies_in_the_register(
    desk: Desk, terminal: Tmux
) -> None:
    started(terminal, on_duty(desk))
    terminal.type(LINE)
    shown = terminal.wait_for("有偿 SX-03 修水管 45.00")
    assert LINE in shown
    assert "陈立 业主" in shown
    assert terminal.caret == (len(" 来电 ") + 2 + cell_len(LINE), 2)
    terminal.press("Enter")
    terminal.wait_for("已开单，2 分钟内通知工程部")
    terminal.press("F7")
    terminal.wait_for("通知了谁")
    terminal.press("Enter")
    terminal.wait_for("已通知，")
    shown = terminal.wait_for("PG-001")  # a terminal may be read between two paintings
    [row] = queue(desk, Wanted())
    assert row.state == "notified"
    assert row.words == "厨房水管漏水，热水也没有"
    assert "PG-001" in shown
    assert [line.step.verb for line in show(desk, row.number).history][-1] == "notify"


def test_the_six_keys_of_the_emergencies_arrive(desk: Desk, terminal: Tmux) -> None:
    started(terminal, on_duty(desk))
    cards = ("电梯困人", "火警", "爆管", "燃气泄漏", "停电触电", "人员受伤")
    for n, head in enumerate(cards, start=1):
        terminal.press(f"S-F{n}")
        terminal.wait_for(f"「{head}」：先照卡片打电话")
        terminal.press("Escape")


def spooled(desk: Desk) -> str:
    return "".join(path.read_text() for path in desk.settings.drafts.glob("*.json"))


def test_killed_in_the_middle_of_a_word_it_comes_back_with_it(desk: Desk, terminal: Tmux) -> None:
    started(terminal, on_duty(desk))
    terminal.type("3-1-502 厨房水管漏")
    terminal.wait_for("陈立 业主")
    terminal.wait_until(lambda: "水管漏" in spooled(desk))
    os.kill(terminal.process, signal.SIGKILL)
    terminal.end()
    again = Tmux()
    try:
        started(again, desk)
        again.wait_for("3-1-502 厨房水管漏")
    finally:
        again.end()
    assert queue(desk, Wanted()) == []

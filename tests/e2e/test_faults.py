"""What happens to a terminal in the course of a day, with the whole program in a real one.

A database that somebody else holds, a megabyte pasted with brackets and without, a line that is
dropped, a shutdown, a session that is left and taken up again elsewhere.
"""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.holders import held
from tests.screens.consoles import on_duty
from tests.tmux import Tmux, started
from wuye_tui.desk import Desk
from wuye_tui.registers.contacts import listed
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.settings import DATABASE

LINE = "3-1-502 厨房水管漏水"

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


def spooled(desk: Desk) -> str:
    return "".join(path.read_text() for path in desk.settings.drafts.glob("*.json"))


def emptied(terminal: Tmux) -> None:
    """Takes everything out of the line, as often as there is more of a paste to come."""
    empty = 0

    def is_empty() -> bool:
        nonlocal empty
        empty = empty + 1 if " 来电 例" in terminal.text else 0
        if not empty:
            terminal.press("C-u")
        return empty > 10

    terminal.wait_until(is_empty)


def test_a_busy_database_is_waited_for_in_words_and_the_call_is_registered_once(
    desk: Desk, terminal: Tmux
) -> None:
    started(terminal, on_duty(desk))
    terminal.type(LINE)
    terminal.wait_for("陈立 业主")
    with held(desk.settings.home / DATABASE, "BEGIN IMMEDIATE") as other:
        terminal.press("Enter")
        terminal.wait_for("数据库正忙，正在等它")
        terminal.type("下一个电话")
        terminal.wait_for("下一个电话")
        terminal.wait_until(lambda: "下一个电话" in spooled(desk))
        other.let_go()
    terminal.wait_for("已开单")
    assert len(queue(desk, Wanted())) == 1
    assert " 来电 下一个电话" in terminal.text


@pytest.mark.parametrize("brackets", [True, False], ids=["brackets", "bare"])
def test_a_megabyte_of_lines_is_words_that_register_nothing(
    desk: Desk, terminal: Tmux, tmp_path: Path, brackets: bool
) -> None:
    file = tmp_path / "pasted"
    file.write_text("3-1-502 厨房水管漏水\n" * 34_000)
    started(terminal, on_duty(desk))
    terminal.paste(file, brackets)
    terminal.wait_for("最多 500 个字")
    terminal.wait_until(lambda: "水管漏水" in spooled(desk))
    emptied(terminal)
    terminal.type(LINE)
    terminal.wait_for("陈立 业主")
    assert queue(desk, Wanted()) == []
    assert listed(desk) == []
    assert not terminal.has_ended


def test_escape_codes_in_a_paste_are_left_out_and_said(
    desk: Desk, terminal: Tmux, tmp_path: Path
) -> None:
    file = tmp_path / "pasted"
    codes = "\x1b[21~\x1b]0;T\x07\x1b]52;c;TUFSSw==\x07\x1b[2J\x9b2J\x11\x1a\x1b"
    file.write_text(f"3-1-502 厨房{codes}漏水\n急\n")
    started(terminal, on_duty(desk))
    terminal.paste(file)
    shown = terminal.wait_for("控制字符，已经去掉")
    assert " 来电 3-1-502 厨房" in shown
    assert "漏水 急" in shown
    assert not terminal.has_ended
    assert queue(desk, Wanted()) == []


@pytest.mark.parametrize("ending", ["SIGHUP", "SIGTERM"])
def test_a_dropped_line_or_a_shutdown_keeps_what_was_typed_a_moment_ago(
    desk: Desk, terminal: Tmux, ending: str
) -> None:
    started(terminal, on_duty(desk))
    terminal.type(LINE)
    terminal.wait_for("陈立 业主")
    os.kill(terminal.process, getattr(signal, ending))
    terminal.wait_until(lambda: terminal.has_ended)
    assert LINE in spooled(desk)
    terminal.end()
    again = Tmux()
    try:
        started(again, desk)
        again.wait_for(f" 来电 {LINE}")
    finally:
        again.end()


def test_ctrl_z_does_not_stop_the_program_nor_does_a_smaller_terminal(
    desk: Desk, terminal: Tmux
) -> None:
    """Ctrl+Z takes typing back; Ctrl+C and Ctrl+S are keys like any other."""
    started(terminal, on_duty(desk))
    terminal.type("3-1-502 ")
    terminal.type("水管漏水")
    terminal.wait_for("水管漏水")
    terminal.press("C-z", "C-c", "C-s")
    terminal.wait_for("退出请按 Ctrl+Q")
    terminal.resize(20, 5)
    terminal.wait_for("建议 80x24")
    emptied(terminal)
    terminal.type(LINE)
    terminal.wait_for("漏水")
    terminal.resize(120, 40)
    terminal.wait_for("陈立 业主")
    assert LINE in terminal.text
    assert "建议" not in terminal.text


def test_a_session_left_and_taken_up_in_another_size_goes_on_where_it_was(
    desk: Desk, terminal: Tmux
) -> None:
    started(terminal, on_duty(desk))
    terminal.press("F2")
    terminal.type("3-1-502 厨房")
    terminal.wait_for("厨房")
    with terminal.attached(60, 20):
        terminal.wait_until(lambda: terminal.size == (60, 20))
        terminal.type("水管")
        terminal.wait_for("厨房水管")
    with terminal.attached(132, 43):
        terminal.wait_until(lambda: terminal.size == (132, 43))
        terminal.type("漏水")
        terminal.wait_for(LINE)
    terminal.press("Enter")
    terminal.wait_for("已开单")

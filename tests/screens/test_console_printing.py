"""Printing at the console: a form is read first, then sent or kept, and the path is told.

- 打印 of the palette offers the forms of the slip in hand, then the registers of today
- words of people are plain text in it; the keys of the form work, F7 is for its slip alone
- a printer that is not there leaves the file and names it; a wrong layout is told
"""

import stat
from pathlib import Path

import pytest

from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers.console import heartbeat
from wuye_tui.rules.clock import StoppedClock


async def chosen(seen: Console, *keys: str) -> None:
    """The list of forms, and what is chosen from it."""
    await seen.press("f3", "f10")
    await seen.type("打印")
    await seen.press("enter", *keys)


def kept(desk: Desk) -> list[Path]:
    folder = desk.settings.home / "paper"
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.clause("BX-5", "XX-5")
async def test_a_slip_is_read_first_and_kept_as_pdf(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    number = registered(desk, clock, "厨房[b]漏水")
    beat = heartbeat(desk)
    async with console(desk) as seen:
        await chosen(seen)
        assert "维修派工单" in seen.text
        assert "KF-CQ08-01-F4" in seen.text
        await seen.press("enter")
        for words in (
            "思兰雅苑 维修派工单",
            "第一联",
            number,
            "厨房[b]漏水",
            "13800001234",
            "送打印机",
        ):
            assert words in seen.text, words
        await seen.press("end")
        assert "登记报修" in seen.text
        await seen.press("ctrl+s")
        (path,) = kept(desk)
        assert str(path) in seen.news
        assert path.read_bytes().startswith(b"%PDF")
        await seen.press("escape")
        assert seen.screen.panel == "queue"
    assert heartbeat(desk) == beat, "printing writes nothing down"


async def test_the_registers_of_today_are_printed_without_any_slip(desk: Desk) -> None:
    on_duty(desk)
    async with console(desk) as seen:
        await chosen(seen)
        await seen.type("F4")
        await seen.press("enter")
        assert "信息中心电话记录表" in seen.text
        assert "李晓燕" in seen.text
        await seen.press("f7")
        assert seen.screen.panel == "paper", "no slip is meant by a register"


async def test_a_printer_that_is_not_there_leaves_the_file_and_names_it(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wuye_tui.paper.printers.which", lambda _name: None)
    on_duty(desk)
    registered(desk, clock, "漏水")
    async with console(desk) as seen:
        await chosen(seen, "enter", "f9")
        (path,) = kept(desk)
        assert str(path) in seen.news
        assert "没有打出来" in seen.news
        assert seen.screen.panel == "paper"


async def test_a_printer_gets_the_form(
    desk: Desk, clock: StoppedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "lp"
    command.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "$last" {tmp_path}/printed\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("wuye_tui.paper.printers.which", lambda _name: str(command))
    on_duty(desk)
    registered(desk, clock, "漏水")
    async with console(desk) as seen:
        await chosen(seen, "enter", "f9")
        assert "已送到" in seen.news
        assert (tmp_path / "printed").read_bytes().startswith(b"%PDF")
        assert kept(desk) == []


async def test_a_wrong_layout_is_told_and_the_form_is_there(
    desk: Desk, clock: StoppedClock
) -> None:
    own = desk.settings.home / "data" / "layouts" / "slip.txt"
    own.parent.mkdir(parents=True)
    own.write_text("# 单\n{% if %}\n", "utf-8")
    on_duty(desk)
    number = registered(desk, clock, "漏水")
    async with console(desk) as seen:
        await chosen(seen, "enter")
        assert number in seen.text
        assert "data/layouts/slip.txt" in seen.news
        assert "第 2 行" in seen.news


async def test_a_call_interrupts_and_the_form_is_there_again(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    registered(desk, clock, "漏水")
    async with console(desk) as seen:
        await chosen(seen, "enter", "pagedown")
        before = seen.screen.paper.top
        assert before > 0
        await seen.press("f2")
        await seen.type("3-1-501 灯不亮")
        await seen.press("f3")
        assert seen.screen.panel == "queue", "F3 leads back to the slips"

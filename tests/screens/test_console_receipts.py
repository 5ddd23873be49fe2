"""Receipts at the console: looked at first, then printed; a second printing is a reprint."""

import stat
from pathlib import Path

import pytest

from tests.factories import on_duty
from tests.screens.consoles import console
from tests.screens.counters import CASHIER, at, billed, issued
from wuye_tui.desk import Desk
from wuye_tui.registers.receipt_prints import prints_of


@pytest.mark.clause("BX-16")
async def test_what_is_looked_at_is_no_printing_and_each_one_sent_or_kept_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "lp"
    command.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "$last" {tmp_path}/printed\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("wuye_tui.paper.printers.which", lambda _name: str(command))
    on_duty(desk, "KF01")
    counter = billed(desk).as_staff(CASHIER)
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "enter", "enter", "enter")
        (one,) = issued(counter)
        await seen.press("f8")
        assert "预览，没有打印" in seen.text
        assert prints_of(counter, one.number) == []
        await seen.press("f9")
        assert "已送到" in seen.news
        assert "重打" not in seen.news
        assert (tmp_path / "printed").read_bytes().startswith(b"%PDF")
        await seen.press("ctrl+s")
        assert "第 2 次打印" in seen.news
        assert [(p.n, p.by) for p in prints_of(counter, one.number)] == [
            (1, CASHIER), (2, CASHIER),
        ]  # fmt: skip


async def test_a_printer_that_is_not_there_keeps_the_file_that_was_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wuye_tui.paper.printers.which", lambda _name: None)
    on_duty(desk, "KF01")
    counter = billed(desk).as_staff(CASHIER)
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "enter", "enter", "enter", "f8", "f9")
        assert "没有打出来" in seen.news
        (one,) = issued(counter)
        assert [p.n for p in prints_of(counter, one.number)] == [1]
        assert list((counter.settings.home / "paper").iterdir())

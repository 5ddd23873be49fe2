"""A clock that jumps: numbers, chain and deadlines stay right, and one that went back is said."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from screens.asking import picture
from tests.cli.lines import Office, typed
from tests.desks import settings_for
from tests.factories import a_repair
from tests.faults.clocks import jump
from wuye_tui.desk import Desk
from wuye_tui.registers.clock_behind import LEEWAY, last_act, warning
from wuye_tui.rules.clock import StoppedClock

__all__ = ["typed"]


def test_a_clock_that_jumps_leaves_everything_right(office_file: Path, tmp_path: Path) -> None:
    home = tmp_path / "office"
    shutil.copytree(office_file.parent, home)
    found = jump(home)
    assert found.jumps == 4
    assert found.acknowledged > 40
    assert (found.lost, found.findings, found.unwarned) == ([], [], [])
    assert settings_for(home).home == home


def test_a_clock_that_went_back_is_said_until_it_is_right(
    any_desk: Desk, clock: StoppedClock
) -> None:
    assert warning(any_desk) == ""
    a_repair(any_desk)
    right = clock.now()
    clock.set(right - LEEWAY)
    assert last_act(any_desk) is None, "two desks may differ by so much"
    clock.set(right - timedelta(hours=1))
    assert last_act(any_desk) == right
    assert "09:20" in picture(any_desk).behind
    any_desk.perform("call.add", lambda act: {})
    assert last_act(any_desk) == right, "an act at the wrong time does not make it right"
    clock.set(right)
    assert warning(any_desk) == ""


@pytest.mark.parametrize("line", ["status", "check"])
def test_the_command_line_warns_of_a_clock_that_went_back(typed: Office, line: str) -> None:
    typed.done("calls", "add", "--text", "问路")
    assert "校准" not in typed.type(line).err
    typed.now -= timedelta(hours=1)
    ran = typed.type(line)
    assert (ran.status, "请先校准电脑的时钟和时区" in ran.err) == (0, True)
    assert typed.type(line, json=True).json

"""The console looks after the daily backup, and tells those who must know, quietly."""

import time
from dataclasses import replace

import pytest

from screens import asking_backups
from tests.screens.consoles import console
from wuye_tui.desk import Desk
from wuye_tui.registers import backups
from wuye_tui.store.faults import DatabaseBusy


def real(desk: Desk, number: str = "KF01") -> Desk:
    """The desk of an office where nobody practises. The console is opened where they do, and so
    nobody is asked for a PIN.
    """
    return replace(desk, office=replace(desk.office, training=False)).as_staff(number)


@pytest.mark.parametrize(("number", "told"), [("KF01", False), ("KF03", True), ("XZ01", True)])
async def test_the_word_is_for_those_who_must_know(desk: Desk, number: str, told: bool) -> None:
    async with console(desk) as seen:
        seen.app.sit_down(real(desk, number))
        await seen.settle()
        first, second, *_rest = seen.text.split("\n")
        assert ("没有备份" in second) is told
        assert "没有备份" not in first
        assert "未结" in second
        assert seen.screen.size.width == 80
        backups.create(real(desk))
        seen.app.look_at_backups()
        await seen.settle()
        assert "没有备份" not in seen.text


async def test_what_reception_was_told_last_stays(desk: Desk) -> None:
    async with console(desk) as seen:
        seen.app.sit_down(real(desk, "KF03"))
        seen.screen.say("刚登记了一张单")
        seen.app._backup_told = ""
        seen.app.look_at_backups()
        await seen.settle()
        assert seen.news == "刚登记了一张单"
        seen.screen.say("")
        seen.app._backup_told = ""
        seen.app.look_at_backups()
        await seen.settle()
        assert "wuye backup auto" in seen.news


async def test_where_there_is_no_room_what_is_open_stays(desk: Desk) -> None:
    async with console(desk, size=(60, 20)) as seen:
        seen.app.sit_down(real(desk, "XZ01"))
        await seen.settle()
        assert "未结" in seen.text.split("\n")[1]


async def test_one_that_is_due_is_begun_once_beside_the_console(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    begin = asking_backups.start
    monkeypatch.setattr(asking_backups, "start", lambda desk: begun.append(1) or begin(desk))
    async with console(desk) as seen:
        seen.app.sit_down(real(desk))
        await seen.settle()
        assert begun == []  # the first minute belongs to whoever sits down
        for _n in range(3):
            seen.app.look_at_backups(begin=True)
            await seen.settle()
        assert begun == [1]
        process = seen.app._backup
        assert process is not None
        assert process.wait(60) == 0
        [(_path, manifest)] = backups.known(desk.settings)
        assert manifest.kind == "auto"
        assert manifest.verified


async def test_one_that_did_not_succeed_is_not_begun_again_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ended:
        returncode = 5

        def poll(self) -> int:
            return 5

    begun = []
    monkeypatch.setattr(asking_backups, "start", lambda _desk: begun.append(1) or Ended())
    async with console(desk) as seen:
        seen.app.sit_down(real(desk))
        await seen.settle()
        for _n in range(4):
            seen.app.look_at_backups(begin=True)
            await seen.settle()
        assert begun == [1]


async def test_typing_goes_on_while_the_backups_are_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_desk: Desk) -> object:
        time.sleep(0.5)
        raise DatabaseBusy

    async with console(desk) as seen:
        seen.app.sit_down(real(desk))
        await seen.settle()
        monkeypatch.setattr(asking_backups, "watch", slow)
        seen.app.look_at_backups()
        await seen.hit("3", "-", "1")
        assert seen.screen.intake.words == "3-1"
        await seen.settle()
        assert seen.screen.intake.words == "3-1"

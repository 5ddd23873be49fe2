"""Keys that an office has moved: what `keys.toml` may say, and what the console makes of it.

- each fault is told with its line, and then none of the file counts
- the bar of keys, the help, the tabs and the palette tell the keys in force
- Ctrl+Q stays
"""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens import keymap
from screens.commands import BY_ID, COMMANDS, FORM, QUEUE, keyed, remap
from tests.screens.consoles import console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_keys() -> Iterator[None]:
    yield
    remap({})


def written(folder: Path, text: str) -> Path:
    path = folder / keymap.FILE
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[keys]\nmian = "ctrl+k"\n', 2, "没有「mian」这个操作"),
        ('[keys]\n\nmain = "f99"\n', 3, "没有「f99」这个键"),
        ('[keys]\nmain = "f11"\n', 2, "f11"),
        ('[keys]\nmain = "ctrl+m"\n', 2, "ctrl+m"),
        ('[keys]\nmain = "x"\n', 2, "没有「x」"),
        ('[keys]\nmain = "enter"\n', 2, "Enter"),
        ('[keys]\nmain = "f8"\n', 2, "其他步骤"),
        ('[keys]\nopen = "down"\n', 2, "下一张"),
        ('[keys]\nmain = "ctrl+k"\nsteps = "Ctrl+K"\n', 3, "下一步"),
        ('[keys]\nquit = "ctrl+k"\n', 2, "Ctrl+Q"),
        ('[keys]\nundo = "ctrl+q"\n', 2, "退出"),
        ("[keys]\nmain = 7\n", 2, "main"),
        ('[keys]\nmain = ""\n', 2, "main"),
        ("[keys]\nmain = []\n", 2, "main"),
        ('[keys]\nmain = "ctrl+k"\nmain = "f6"\n', 3, "TOML"),
        ('[keys\nmain = "ctrl+k"\n', 1, "TOML"),
        ('[keys]\nmain = "ctrl+k"\n[bindings]\nx = 1\n', 3, "bindings"),
        ('keys = "ctrl+k"\n', 1, "[keys]"),
        ('[[keys]]\nmain = "ctrl+k"\n', 1, "[keys]"),
        ('[keys]\nmain = "ctrl+k"\n\n[keys]\nsteps = "f6"\n', 4, "TOML"),
        ("[keys]\nmain = [1, 2]\n", 2, "main"),
        ('[keys]\nmain = [["ctrl+k"]]\n', 2, "main"),
        ("[keys]\nmain = {a = 1}\n", 2, "main"),
        ("[keys]\nmain = 2026-01-01\n", 2, "main"),
        ("[keys]\n\tmain\t=\t'ctrl+k'\n\tmian = 'f6'\n", 3, "mian"),
        ("[keys]\r\nmian = 'ctrl+k'\r\n", 2, "mian"),
        ("\ufeff[keys]\nmian = 'ctrl+k'\n", 2, "mian"),
        ("keys.main = 'ctrl+k'\nkeys.mian = 'f6'\n", 2, "mian"),
        ("[other]\nmian = 1\n\n[keys]\nmian = 'ctrl+k'\n", 1, "other"),
        ("[keys]\nchoice(1) = 'ctrl+k'\n", 2, "TOML"),
        ("[keys]\nmain = 'ctrl+k\0'\n", 2, "TOML"),
        ("[keys]\nmain = " + "[" * 5000 + "]" * 5000, 1, "太深"),
        ("[keys]\n" + "".join(f"x{n} = 'ctrl+k'\n" for n in range(20_000)), 1, "太大"),
        ("[keys]\nmain = '" + "a" * 3000 + "'\n", 2, "没有「aaaaaaaaaaaaaaaaaaaa」"),
        ("[keys]\nenter = 'ctrl+q'\n", 2, "退出"),
        ("[keys]\nquit = []\n", 2, "quit"),
    ],
)
def test_a_fault_is_told_with_its_line_and_nothing_of_the_file_counts(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    written(tmp_path, text)
    with pytest.raises(keymap.BadKeys) as refused:
        keymap.read(tmp_path)
    assert f"第 {line} 行" in str(refused.value)
    assert says in str(refused.value)
    assert str(tmp_path / "keys.toml") in str(refused.value)


def test_two_that_change_places_are_no_clash(tmp_path: Path) -> None:
    written(tmp_path, '[keys]\nmain = "f8"\nsteps = "f7"\n"quit" = ["ctrl+q", "Ctrl+K"]\n')
    assert keymap.read(tmp_path) == {"main": "f8", "steps": "f7", "quit": "ctrl+q,ctrl+k"}


def test_the_keys_as_people_write_them(tmp_path: Path) -> None:
    written(tmp_path, '[keys]\nmain = " Ctrl+K "\n"scroll(1)" = "Ctrl+End"\ntheme = "Ctrl+G"\n')
    read = keymap.read(tmp_path)
    assert read == {"main": "ctrl+k", "scroll(1)": "ctrl+end", "theme": "ctrl+g"}


def test_the_keys_that_the_program_comes_with_are_such_as_may_be_written(tmp_path: Path) -> None:
    lines = [f'"{c.id}" = {json.dumps(c.keys.split(","))}' for c in COMMANDS if c.keys]
    written(tmp_path, "[keys]\n" + "\n".join(lines) + "\n")
    assert set(keymap.read(tmp_path)) == {c.id for c in COMMANDS if c.keys}


async def test_moved_keys_work_and_are_told_everywhere(desk: Desk, clock: StoppedClock) -> None:
    written(desk.settings.home, '[keys]\nmain = "ctrl+k"\nline = "ctrl+l"\ntheme = "ctrl+g"\n')
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        assert "Ctrl+L 来电" in seen.text.splitlines()[1]
        await seen.press("f3")
        assert "Ctrl+K " in seen.text.splitlines()[-1]
        assert "F7" not in seen.text.splitlines()[-1]
        await seen.press("f7")
        assert seen.screen.place == QUEUE, "the old key does nothing"
        await seen.press("ctrl+k")
        assert seen.screen.place == FORM
        await seen.press("ctrl+l")
        await seen.type("3-1-502")
        assert seen.screen.intake.words == "3-1-502"
        before = seen.app.theme
        await seen.press("ctrl+g")
        assert seen.app.theme != before, "what had no key has been given one"
        await seen.press("f10")
        await seen.type("下一步")
        assert "Ctrl+K" in seen.text
        await seen.press("escape", "f1")
        assert "Ctrl+L" in seen.text


async def test_a_faulty_file_leaves_the_usual_keys_and_is_said(desk: Desk) -> None:
    written(desk.settings.home, '[keys]\nline = "ctrl+l"\nmian = "ctrl+k"\n')
    async with console(on_duty(desk)) as seen:
        assert "第 3 行" in seen.news
        assert BY_ID["line"].key == "F2"
        await seen.press("f3", "ctrl+l")
        assert seen.screen.place == QUEUE
        await seen.press("f2")
        await seen.type("5")
        assert seen.screen.intake.words == "5"


def test_the_line_is_that_of_the_keys_and_not_of_another_part(tmp_path: Path) -> None:
    path = written(tmp_path, "[other]\nmian = 1\n\n[keys]\nmian = 'ctrl+k'\n")
    assert [fault.line for fault in keymap.check(path)[1]] == [1, 5]


@pytest.mark.parametrize(
    ("data", "line"),
    [('[keys]\n# 主键\nmain = "ctrl+k"\n'.encode("gb18030"), 2), ("[keys]\n".encode("utf-16"), 1)],
)
def test_a_file_that_is_not_utf_8_is_told_with_its_line(
    tmp_path: Path, data: bytes, line: int
) -> None:
    path = tmp_path / keymap.FILE
    path.write_bytes(data)
    keys, faults = keymap.check(path)
    assert (keys, [fault.line for fault in faults]) == ({}, [line])
    assert "UTF-8" in faults[0].why


def test_a_folder_of_that_name_is_a_fault_and_no_file_is_none(tmp_path: Path) -> None:
    assert keymap.check(tmp_path / keymap.FILE) == ({}, [])
    (tmp_path / keymap.FILE).mkdir()
    assert [fault.line for fault in keymap.check(tmp_path / keymap.FILE)[1]] == [1]


def test_a_key_that_was_moved_is_told_by_its_new_name_and_no_other_one_is() -> None:
    told = "按 F7 保存，F10 是命令，F9 记下，Ctrl+N 登记"
    assert keyed(told) == told
    remap({"main": "ctrl+k", "new": "ctrl+k"})
    assert keyed(told) == "按 Ctrl+K 保存，F10 是命令，F9 记下，Ctrl+K 登记"
    assert keyed("F71 F7a") == "F71 F7a"


async def test_every_place_of_the_screen_tells_the_key_in_force(desk: Desk) -> None:
    written(desk.settings.home, '[keys]\nmain = "ctrl+k"\n')
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 水管漏水")
        await seen.press("enter")
        assert "按 Ctrl+K" in seen.news
        await seen.press("f3")
        assert "F7" not in seen.text, seen.text
        await seen.press("ctrl+n")
        assert "登记报修 Ctrl+K" in seen.text, seen.text


def test_the_example_of_the_docs_is_right(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "keys.md").read_text("utf-8")
    example = page[page.index("    [keys]") :].split("\n\n")[0]
    written(tmp_path, textwrap.dedent(example))
    assert keymap.read(tmp_path), "no fault, and keys are moved"

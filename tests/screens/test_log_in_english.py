"""The duty manager's log in English: whole at 80 columns, and no Chinese but what people typed."""

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.screens.consoles import console
from tests.screens.test_log_pictures import KEYS, a_day
from wuye_tui import words
from wuye_tui.desk import Desk

BESIDE = 74  # cells of the list beside the slip, at 120 columns; at 80 there are more
# What people typed, or the office's own files say: posts, rooms, departments' answers, names.
_NAMES = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def english() -> Iterator[None]:
    words.speak("en")
    yield
    words.speak("zh")


@pytest.mark.usefixtures("english")
async def test_no_heading_and_no_sentence_is_cut(desk: Desk) -> None:
    office = a_day(desk)
    async with console(office) as seen:
        await seen.press("f5")
        pane = seen.screen.log_pane
        unchosen = [one for one in pane._entries if not one.key]
        plain = ["".join(said for said, _role in one.spans) for one in unchosen]
        headings = [
            said for one, said in zip(unchosen, plain, strict=True) if one.ground == "title"
        ]
        assert len(headings) == 7
        assert [one for one in headings if cell_len(one) > BESIDE - 1] == []
        assert [one for one in plain if cell_len(one) > seen.app.size.width - 1] == []
        assert [one for one in headings if _NAMES.search(one.replace("孙丽", ""))] == []
        assert "Duty manager (day) 孙丽 since 08:30" in seen.text
        assert "manager NOT told" in seen.text


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("panel", ["write", "look", "recheck"])
async def test_what_the_keys_do_is_english(desk: Desk, panel: str) -> None:
    office = a_day(desk)
    async with console(office) as seen:
        await seen.press(*KEYS[panel])
        assert ".." not in "\n".join(seen.text.splitlines()[5:])
        assert _NAMES.search(seen.text.splitlines()[-1]) is None
        if panel == "look":
            assert "In order: sign the visit" in seen.text
        if panel == "recheck":
            assert "Not in order: back to the department" in seen.text

"""ESC/P: what a needle printer would put on the paper, read back command by command."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper.needles import CELL, printed
from wuye_tui.paper import fonts
from wuye_tui.paper.blocks import Sheet, parse, quoted
from wuye_tui.paper.escp import ACROSS, Escp, NoNeedles
from wuye_tui.paper.sizes import paper

THIRD = paper("241")
TYPED = st.text(st.sampled_from("水漏a1 |#\n“…—é¥￥䶮\x1b\x0c\x1c\u202e"), max_size=80)


def sent(sheets: list[Sheet], on: str = "241") -> bytes:
    document = Escp(paper(on))
    document.add(sheets)
    return document.content()


@pytest.mark.parametrize(("on", "length"), [("241", 1320), ("241-140", 1980), ("241-280", 3960)])
def test_the_page_is_as_long_as_the_paper(on: str, length: int) -> None:
    tray = printed(sent(parse("# 一联\n===\n# 二联\n===\n# 三联"), on))
    assert tray.length == length
    assert [text.split() for text in tray.texts] == [["一联"], ["二联"], ["三联"]]


def test_columns_stand_where_they_are_sent_to() -> None:
    tray = printed(sent(parse("| 房号 | 3-1-502 | 电话 | 138 |\n| 报修人 | 陈立 | 日期 | 今天 |")))
    first, second = (line for line in tray.pages[0] if line)
    assert list(first) == list(second)
    assert first[1] == "房号"
    assert max(first) * CELL / 360 < 8, "inches that the printer prints on"


def test_no_more_lines_than_the_page_has() -> None:
    rows = "".join(f"| 第{n} | 话 |\n" for n in range(100))
    tray = printed(sent(parse(f"# 单\n{rows}")))
    assert all(len(page) <= THIRD.lines for page in tray.pages)
    text = "\n".join(tray.texts)
    assert all(f"第{n} " in text for n in range(100))


@pytest.mark.parametrize("letter", "䶮𠮷㛃")
def test_a_character_beyond_the_printers_font_is_a_picture_made_from_ours(letter: str) -> None:
    tray = printed(sent(parse(f"| 报修人 | 欧阳{letter}三 |")))
    assert "欧阳〓三" in tray.texts[0]
    (picture,) = tray.pictures
    assert len(picture) == CELL, "as wide as a character and what is beside it"
    dots = sum(column.bit_count() for column in picture)
    assert 40 < dots < 400, "neither empty nor a box"
    assert all(column < 1 << 24 for column in picture)


def test_two_pictures_of_two_characters_differ() -> None:
    tray = printed(sent(parse("| 姓名 | 䶮𠮷䶮 |")))
    assert tray.pictures[0] == tray.pictures[2] != tray.pictures[1]


def test_what_no_font_has_is_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "covering", lambda _letter: None)
    assert "[U+F1234]" in printed(sent(parse("| 内容 | 漏\U000f1234水 |"))).texts[0]


@settings(deadline=None, max_examples=60)
@given(TYPED)
def test_nobodys_words_are_a_command(typed: str) -> None:
    tray = printed(
        sent(parse(f"# {quoted(typed)}x\n| 内容 | {quoted(typed)} |\n~ {quoted(typed)}"))
    )
    assert tray.length == 1320
    assert all(0 <= at <= ACROSS for page in tray.pages for line in page for at in line)


def test_the_red_line_goes_over_the_words() -> None:
    content = sent(parse("-- PG-20261119-001 已消档"))
    assert b"\r" + b"-" * 22 in content


def test_a_sheet_of_a4_is_not_for_needles() -> None:
    with pytest.raises(NoNeedles, match="241-140"):
        Escp(paper("a4"))

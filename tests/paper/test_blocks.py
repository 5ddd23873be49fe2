"""The plain language of forms: what each line is, and that nobody's words are a mark in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.paper.blocks import Block, Kind, parse, quoted
from wuye_tui.paper.plain import ACROSS, text_of
from wuye_tui.rules.text import visible
from wuye_tui.rules.widths import width

WORDS = st.text(st.sampled_from("水管 漏a#~=-|\\n\n{}[]%\u4dae\U00020bb7"), max_size=60)


def test_every_line_is_one_block_by_how_it_begins() -> None:
    (sheet,) = parse("# 派工单\n~ 小字\n-- PG-1\n| 房号 | 3-1-502 |\n|| 时间 | 步骤 |\n\n话\n")
    assert [(block.kind, block.cells) for block in sheet] == [
        (Kind.TITLE, ("派工单",)),
        (Kind.SMALL, ("小字",)),
        (Kind.STRUCK, ("PG-1",)),
        (Kind.ROW, ("房号", "3-1-502")),
        (Kind.LIST, ("时间", "步骤")),
        (Kind.SPACE, ()),
        (Kind.WORDS, ("话",)),
    ]


def test_copies_are_parted_and_blank_lines_do_not_pile_up() -> None:
    sheets = parse("\n===\n# 一\n\n\n\n话\n\n=== copy 2\n# 二\n===\n")
    assert [len(sheet) for sheet in sheets] == [3, 1]


@given(WORDS)
def test_nobodys_words_begin_a_line_or_end_a_cell(words: str) -> None:
    said = visible(words, lines=True)
    (sheet,) = parse(f"| 内容 | {quoted(words)} | 电话 | 1 |\n{quoted(words)}x")
    assert sheet[0] == Block(Kind.ROW, ("内容", said.strip(" "), "电话", "1"))
    assert sheet[1] == Block(Kind.WORDS, (f"{said}x".strip(" "),))


@given(st.lists(WORDS, min_size=1, max_size=9), st.integers(20, 110))
def test_nothing_is_lost_and_no_line_is_too_long(cells: list[str], across: int) -> None:
    row = "".join(f"| {quoted(one)} " for one in cells)
    for lines in (row + "|", "|" + row + "|\n|" + row + "|"):
        text = text_of(parse(f"# x\n{lines}"), max(across, 8 * len(cells)))
        assert all(width(line) <= max(across, 8 * len(cells)) for line in text.split("\n"))
        for one in cells:
            left = iter(text)
            assert all(letter in left for letter in visible(one, lines=True) if letter.strip())


def test_a_long_word_is_broken_and_columns_line_up() -> None:
    text = text_of(parse(f"| 内容 | {'x' * 200} | 电话 | 138 |\n| 房号 | 一二三 | 电话 | 139 |"))
    lines = text.split("\n")
    assert max(map(width, lines)) == ACROSS
    places = [width(line[: line.index(number)]) for number in ("138", "139") for line in lines
              if number in line]  # fmt: skip
    assert len(set(places)) == 1


@pytest.mark.parametrize("hostile", ["\x1b[31m红", "a\u202eb", "\ufdd0\ufdd1x"])
def test_what_would_act_on_a_terminal_is_spelled_out(hostile: str) -> None:
    (sheet,) = parse(f"| 内容 | {quoted(hostile)} |")
    assert sheet[0].cells[1] == visible(hostile)
    assert not {"\x1b", "\u202e", "\ufdd0"} & set(sheet[0].cells[1])

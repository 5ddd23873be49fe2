"""A summary's tables as PDF: set like any form, with the office's font and rare characters."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.paper.test_pdf import RARE, page_words
from wuye_tui.cli.output import Column
from wuye_tui.paper.files import FileExists
from wuye_tui.paper.fonts import NoFont
from wuye_tui.paper.sheets import Sheet
from wuye_tui.paper.tables import write_tables

COLUMNS = [Column("项目", "what"), Column("几个", "n")]


def rows(words: str, n: int = 1) -> list[dict[str, object]]:
    return [{"what": f"{words}{at}尾", "n": at or None} for at in range(n)]


def test_every_table_is_there_and_one_without_rows_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    tables = [Sheet("按部门", COLUMNS, rows(f"欧阳{RARE}\x1b[2J", 90)), Sheet("按人", COLUMNS, [])]
    write_tables(path, "十一月回访", [*tables, Sheet("意见", COLUMNS, rows("# 很好 | ", 2))])
    pages = [page_words(page) for page in PdfReader(path).pages]
    said = "".join(pages)
    assert said.startswith("十一月回访按部门项目几个")
    assert all(f"{RARE}<1B>[2J{n}尾" in said for n in range(90))
    assert "按人" not in said
    assert "意见项目几个#很好|0尾" in said
    assert len(pages) > 1
    assert all("续页" in page for page in pages[1:])


def test_what_is_there_stays_and_a_font_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    with pytest.raises(FileExists):
        write_tables(path, "回访", [])
    with pytest.raises(NoFont, match=r"x\.ttf"):
        write_tables(path, "回访", [], str(tmp_path / "x.ttf"), force=True)
    assert path.read_bytes() == b"x"

"""Tables as a PDF on A4, with a Chinese font of this computer: the sheets of a summary on paper."""

import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from wuye_tui.paper.files import whole
from wuye_tui.paper.sheets import Sheet
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.text import bad_character
from wuye_tui.rules.widths import width
from wuye_tui.words import _

_FAMILY: Final = "han"
_TITLE, _HEAD, _TEXT = 16, 12, 9  # points
_ROW: Final = 5.5  # millimetres a line
_WIDEST: Final = 44  # cells that a column counts for at most, however long its words are
_LEAST: Final = 9  # and at least, so that no name is broken
_SECONDS: Final = 20  # for the list of fonts


class NoPdfLibrary(Refused):
    """What makes a PDF was not installed with the program."""

    exit_status = 2

    def __init__(self) -> None:
        super().__init__(_("没有装 PDF 的部件：请运行 pip install 'wuye[pdf]'，或者存成 .xlsx。"))


class NoFont(Refused):
    """The computer has no font with Chinese characters."""

    exit_status = 2

    def __init__(self) -> None:
        super().__init__(
            _("这台电脑没有中文字体，做不了 PDF：请装 fonts-noto-cjk，或者存成 .xlsx。")
        )


def write_tables(path: Path, title: str, tables: Sequence[Sheet], force: bool = False) -> None:
    """Writes the tables one below the other; one without rows is left out.

    Raises FileExists, CannotWrite, NoPdfLibrary and NoFont.
    """
    whole(path, _pdf(title, tables), force)


def _pdf(title: str, tables: Sequence[Sheet]) -> bytes:
    try:
        from fpdf import FPDF  # an extra, and slow to load
    except ImportError as missing:
        raise NoPdfLibrary from missing
    paper = FPDF(orientation="portrait", format="A4")
    paper.set_title(_plain(title))
    paper.add_font(_FAMILY, "", _font())
    paper.add_page()
    paper.set_font(_FAMILY, size=_TITLE)
    paper.cell(text=_plain(title), new_x="LMARGIN", new_y="NEXT", h=2 * _ROW)
    for table in tables:
        rows = [[_plain(row.get(one.key)) for one in table.columns] for row in table.rows]
        if rows:
            _put(paper, table, rows)
    return bytes(paper.output())


def _put(paper: Any, table: Sheet, rows: list[list[str]]) -> None:
    from fpdf.fonts import FontFace

    paper.ln(_ROW)
    paper.set_font(_FAMILY, size=_HEAD)
    paper.cell(text=_plain(table.title), new_x="LMARGIN", new_y="NEXT", h=1.5 * _ROW)
    paper.set_font(_FAMILY, size=_TEXT)
    heads = [_plain(one.title) for one in table.columns]
    widest = [
        max(_LEAST, min(_WIDEST, max(width(line[at]) for line in (heads, *rows))))
        for at in range(len(heads))
    ]
    plain = FontFace(emphasis="", fill_color=230)  # the font has no bold of its own
    with paper.table(
        [heads, *rows],
        col_widths=widest,
        headings_style=plain,
        line_height=_ROW,
        text_align="LEFT",
        wrapmode="CHAR",
    ):
        pass


def _plain(value: Any) -> str:
    return bad_character().sub(" ", "" if value is None else str(value))


@cache
def _font() -> str:
    """The file of the font that this computer writes Chinese with. Raises NoFont."""
    try:
        told = subprocess.run(
            ["fc-match", "--format", "%{file}\n%{lang}", ":lang=zh-cn"],  # noqa: S607 - on the path
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as none:
        raise NoFont from none
    file, _line, languages = told.stdout.partition("\n")
    if "zh-cn" not in languages.strip().split("|") or not Path(file).is_file():
        raise NoFont
    return file

"""A roster as a PDF to be pinned up: A4 across, A3 for many people, with the colours and the legend
of the workbook, its headings on every page.
"""

from collections.abc import Sequence
from math import floor
from typing import Final

from wuye_tui.paper.blocks import Block, Kind
from wuye_tui.paper.fonts import Font
from wuye_tui.paper.pdf import Pdf
from wuye_tui.paper.roster_wall import Ground, Line, Wall
from wuye_tui.paper.roster_workbook import FITS_A4, GROUNDS
from wuye_tui.paper.sizes import Paper
from wuye_tui.rules.widths import printed_width
from wuye_tui.rules.wrapping import wrap
from wuye_tui.words import N_, _

A4_ACROSS: Final = Paper("a4-across", N_("A4 横放"), 297, 210, 196, 8, 8, 5.4)
A3_ACROSS: Final = Paper("a3-across", N_("A3 横放"), 420, 297, 236, 8, 8, 4.9)
_LARGE: Final = 1.6  # times the letters of the grid: the title
_TITLE, _NOTE, _HEADS, _SIGNED = 10.0, 5.0, 2, 9.0  # millimetres; rows; millimetres
_NUMBER, _NAME, _TOTAL = 10, 12, 7  # cells of a column, at least; two are a Chinese character


def document(wall: Wall, font: Font) -> bytes:
    """The file. Raises NoPdf and NoFont."""
    paper = A4_ACROSS if len(wall.lines) <= FITS_A4 else A3_ACROSS
    sheet = _Sheet(wall, paper, font)
    sheet.draw()
    return sheet.content()


class _Sheet(Pdf):
    """The grid of a month, drawn square by square."""

    def __init__(self, wall: Wall, paper: Paper, font: Font) -> None:
        super().__init__(paper, font)
        self._wall = wall
        self._pdf.set_compression(True)
        cell = paper.cell
        totals = [max(_TOTAL, printed_width(word) + 1) * cell for word in wall.totals]
        left = paper.width - 2 * paper.side - (_NUMBER + _NAME) * cell - sum(totals)
        day = left / max(1, len(wall.columns))
        self._widths = [
            _NUMBER * cell, _NAME * cell, *(day for _column in wall.columns),
            *totals,
        ]  # fmt: skip
        self._legend = wrap(wall.legend, paper.across)

    def content(self) -> bytes:
        """The whole document; its pages are packed by the library."""
        return bytes(self._pdf.output())

    def draw(self) -> None:
        """Every page. What is told of the whole month stands under the last people."""
        paper, lines = self.paper, self._wall.lines
        below = len(self._wall.sums) + len(self._legend)
        room = paper.height - 2 * paper.top - _TITLE - _NOTE - _SIGNED
        most = max(1, floor(room / paper.pitch) - _HEADS - below)
        parts, used = [list[Line]()], 0
        for line in lines:
            if used + line.high > most and parts[-1]:
                parts, used = [*parts, []], 0
            parts[-1].append(line)
            used += line.high
        for n, part in enumerate(parts, start=1):
            y = self._page(part, n, len(parts))
        self._foot(y)

    def _page(self, lines: Sequence[Line], n: int, many: int) -> float:
        wall, paper = self._wall, self.paper
        self._pdf.add_page()
        self._pdf.set_font("f0", size=self._size)
        part = _("第 {n} 页，共 {many} 页").format(n=n, many=many) if many > 1 else ""
        self._middle(wall.title, paper.top, _LARGE)
        self._middle(f"{wall.note}  {part}".strip(), paper.top + _TITLE, 1)
        self._colours(paper.top + _TITLE)
        y = paper.top + _TITLE + _NOTE
        plain = (Ground.PLAIN,) * 2
        days = tuple(column.ground for column in wall.columns)
        ends = (Ground.PLAIN,) * len(wall.totals)
        weekdays, numbers = zip(*((c.weekday, c.number) for c in wall.columns), strict=True)
        empty = ("",) * len(wall.totals)
        y = self._row(y, ("", "", *weekdays, *empty), (*plain, *days, *ends))
        heads = (_("工号"), _("姓名"), *numbers, *wall.totals)
        y = self._row(y, heads, (*plain, *days, *ends))
        for line in lines:
            said = (line.number, line.name, *map("\n".join, line.squares), *line.figures)
            y = self._row(y, said, (*plain, *line.grounds, *ends), line.high)
        return y

    def _colours(self, y: float) -> None:
        """What the colours stand for, at the right of the note."""
        x, cell, inset = self.paper.width - self.paper.side, self.paper.cell, 0.4
        for ground, word in reversed(self._wall.colours):
            wide = (printed_width(word) + 2) * cell
            x -= wide + cell
            self._fill(ground)
            self._pdf.rect(x + cell, y + inset, wide, _NOTE - 2 * inset, style="DF")
            self._words(x + cell, y - (self.paper.pitch - _NOTE) / 2, word, wide, middle=True)

    def _fill(self, ground: Ground) -> None:
        colour = GROUNDS[ground]
        self._pdf.set_fill_color(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))

    def _foot(self, y: float) -> None:
        wall, paper = self._wall, self.paper
        grounds = (
            *(column.ground for column in wall.columns),
            *(Ground.PLAIN for _w in wall.totals),
        )
        for word, many in wall.sums:
            told = ("", word, *map(str, many), *("" for _word in wall.totals))
            y = self._row(y, told, (Ground.PLAIN, Ground.PLAIN, *grounds))
        for words in self._legend:
            self._words(paper.side, y, words, paper.width - 2 * paper.side)
            y += paper.pitch
        for n, word in enumerate(wall.signed):
            wide = (paper.width - 2 * paper.side) / len(wall.signed)
            self._words(paper.side + n * wide, y + _SIGNED - paper.pitch, word, wide)

    def _row(
        self, y: float, said: Sequence[str], grounds: Sequence[Ground], many: int = 1
    ) -> float:
        x, high, pdf = self.paper.side, self.paper.pitch * many, self._pdf
        for words, ground, wide in zip(said, grounds, self._widths, strict=True):
            if GROUNDS[ground]:
                self._fill(ground)
            pdf.rect(x, y, wide, high, style="DF" if GROUNDS[ground] else "D")
            lines = words.split("\n")
            top = y + (many - len(lines)) * self.paper.pitch / 2
            for n, line in enumerate(lines):
                self._words(x, top + n * self.paper.pitch, line, wide, middle=True)
            x += wide
        return y + high

    def _middle(self, words: str, y: float, times: float) -> None:
        self._words(self.paper.side, y, words, sum(self._widths), times, middle=True)

    def _words(
        self, x: float, y: float, words: str, wide: float, times: float = 1, middle: bool = False
    ) -> None:
        """Words on a line, made smaller where they would not fit."""
        if not words:
            return
        words = self._spelled(words)
        needs = printed_width(words) * self.paper.cell * times
        room = wide - 0.4 * self.paper.cell
        times = times * min(1.0, room / needs) if needs else times
        needs = printed_width(words) * self.paper.cell * times
        size = self._size * times
        self._pdf.set_font_size(size)
        self._pieced(x + ((wide - needs) / 2 if middle else 0), self._base(y), words)
        self._pdf.set_font_size(self._size)

    def _spelled(self, words: str) -> str:
        """What no font here has is spelled out."""
        return self._letters.spelled((Block(Kind.WORDS, (words,)),))[0].cells[0]

"""Forms as PDF: ruled, on A4 or on the three-part paper, in a font of this machine.

One document holds any number of forms: each page is packed as soon as it is full, so a thousand
slips need little more room than a hundred. The library is loaded when the first form is drawn.
"""

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from wuye_tui.paper import fonts
from wuye_tui.paper.blocks import Kind, Sheet
from wuye_tui.paper.fonts import Font, Letters
from wuye_tui.paper.pages import Page, pages_of
from wuye_tui.paper.setting import Line, Piece
from wuye_tui.paper.sizes import Paper
from wuye_tui.rules.widths import printed_width

if TYPE_CHECKING:
    from fpdf import FPDF

_MM: Final = 72 / 25.4  # points of a millimetre
_TITLE, _SMALL = 1.6, 0.85
_RULE: Final = 0.15  # millimetres
_REMEMBERED: Final = 2048  # lines that are likely to come again: headings, copies
_RED: Final = (200, 0, 0)
_PALE: Final = (250, 170, 170)
_LEANING: Final = 18  # degrees
_BASE: Final = 0.37  # of a character: from the middle of its line down to where it stands


class Pdf:
    """A document that forms are added to. Raises NoFont and NoPdf."""

    def __init__(self, paper: Paper, font: Font) -> None:
        self.paper, self.font = paper, font
        self._fonts: dict[Font, str] = {font: "f0"}
        self._others: dict[str, Font] = {}
        self._letters = Letters(self._has)
        self._pdf = _document(paper)
        self._pdf.add_font("f0", fname=font.path, collection_font_number=font.index)
        self._size = 2 * paper.cell * _MM
        self._across = [f"{self._x(edge) * _MM:.2f}" for edge in range(paper.across + 1)]
        self._shown = lru_cache(maxsize=_REMEMBERED)(self._show)

    @property
    def pages(self) -> int:
        """How many pages there are by now."""
        return self._pdf.pages_count

    def add(self, sheets: Iterable[Sheet]) -> None:
        """The copies of a form, each from the top of a page."""
        room = (self.paper.height - 2 * self.paper.top) / self.paper.pitch
        for sheet in sheets:
            for page in pages_of(self._letters.spelled(sheet), self.paper.across, room):
                self._draw(page)
                _pack(self._pdf)

    def content(self) -> bytes:
        """The whole document; nothing can be added any more."""
        return bytes(self._pdf.output(output_producer_class=_producer()))

    def _has(self, letter: str) -> bool:
        if letter in fonts.points(self.font):
            return True
        other = fonts.covering(letter) if printed_width(letter) else None
        if other is not None:
            self._others[letter] = other
        return other is not None

    # Drawing

    def _draw(self, page: Page) -> None:
        pdf, paper = self._pdf, self.paper
        pdf.add_page()
        pdf.set_font("f0", size=self._size)
        drawn: list[str] = []
        for at, line in page.lines:
            top = paper.top + at * paper.pitch
            if line.kind is Kind.TITLE:
                self._title(line, top)
            elif line.kind is Kind.STRUCK:
                self._struck(line, top)
            elif line.kind is Kind.STAMP:
                self._stamp(line, page)
            elif line.kind is Kind.SMALL:
                self._small(line, top)
            elif self._others and any(map(self._is_mixed, line.pieces)):
                for piece in line.pieces:
                    self._pieced(self._x(piece.at), self._base(top), piece.words)
            elif line.pieces:
                x, y = self._x(line.pieces[0].at) * _MM, (paper.height - self._base(top)) * _MM
                drawn.append(f"BT {x:.2f} {y:.2f} Td {self._shown(line.pieces)} ET")
        pdf.text(0, 0, "")  # the font and its size, for what is written below
        drawn += self._rules(page)
        contents: Any = pdf.pages[pdf.page].contents
        contents += "\n".join(drawn).encode("latin-1")

    def _x(self, at: float) -> float:
        return self.paper.side + at * self.paper.cell

    def _base(self, top: float) -> float:
        """Where the letters of a line stand that begins at `top`."""
        return top + self.paper.pitch / 2 + _BASE * 2 * self.paper.cell

    def _show(self, pieces: tuple[Piece, ...]) -> str:
        """The pieces of a line as the document writes them; the first where the line begins."""
        font: Any = self._pdf.current_font
        shown, at = [], pieces[0].at
        for piece in pieces:
            if piece.at != at:
                shown.append(f"{(piece.at - at) * self.paper.cell * _MM:.2f} 0 Td")
                at = piece.at
            shown.append(font.encode_text(piece.words))
        return " ".join(shown)

    def _is_mixed(self, piece: Piece) -> bool:
        return not self._others.keys().isdisjoint(piece.words)

    def _small(self, line: Line, top: float) -> None:
        self._pdf.set_font_size(self._size * _SMALL)
        for piece in line.pieces:
            self._pieced(self._x(piece.at), self._base(top), piece.words)
        self._pdf.set_font_size(self._size)

    def _pieced(self, x: float, base: float, words: str) -> None:
        """Words, each letter in a font that has it."""
        size = self._pdf.font_size_pt
        if self._others.keys().isdisjoint(words):
            self._pdf.text(x, base, words)
            return
        for letter in words:
            font = self._others.get(letter, self.font)
            if font not in self._fonts:
                name = self._fonts[font] = f"f{len(self._fonts)}"
                self._pdf.add_font(name, fname=font.path, collection_font_number=font.index)
            self._pdf.set_font(self._fonts[font], size=size)
            self._pdf.text(x, base, letter)
            x += printed_width(letter) * size / self._size * self.paper.cell
        self._pdf.set_font("f0", size=size)

    def _title(self, line: Line, top: float) -> None:
        words = line.pieces[0].words
        wide = printed_width(words) * self.paper.cell * _TITLE
        self._pdf.set_font_size(self._size * _TITLE)
        self._pieced((self.paper.width - wide) / 2, top + 1.3 * self.paper.pitch, words)
        self._pdf.set_font_size(self._size)

    def _struck(self, line: Line, top: float) -> None:
        """The red line that says closed (XX-4.3.7d)."""
        pdf, words = self._pdf, line.pieces[0].words
        self._pieced(self._x(0), self._base(top), words)
        pdf.set_draw_color(*_RED)
        pdf.set_line_width(3 * _RULE)
        middle = top + self.paper.pitch / 2
        pdf.line(self._x(0), middle, self._x(printed_width(words)), middle)
        pdf.set_line_width(_RULE)
        pdf.set_draw_color(0)

    def _stamp(self, line: Line, page: Page) -> None:
        """Words across all that is on the page, leaning and pale: what is below is still read."""
        pdf, paper, words = self._pdf, self.paper, line.pieces[0].words
        cells, deep = printed_width(words), (page.lines[-1][0] + 1) * paper.pitch
        cell = min(0.7 * paper.width / cells, deep / 3)
        x, y = (paper.width - cells * cell) / 2, paper.top + deep / 2
        pdf.set_text_color(*_PALE)
        pdf.set_font_size(2 * cell * _MM)
        with pdf.rotation(_LEANING, paper.width / 2, y):
            self._pieced(x, y + 2 * _BASE * cell, words)
        pdf.set_font_size(self._size)
        pdf.set_text_color(0)

    def _rules(self, page: Page) -> Iterator[str]:
        """The rules of a page as the document draws them, in one path: level ones once each,
        upright ones as long as rows of a kind go on.
        """
        begun, end, ruled = 0.0, 0.0, -1.0
        edges: tuple[int, ...] = ()
        for at, line in page.lines:
            if line.edges != edges or at > end + 0.01:
                yield from self._upright(edges, begun, end)
                begun, edges = at, line.edges
            end = at + 1 if edges else at
            for here, wanted in ((at, line.first), (end, line.last)):
                if edges and wanted and here != ruled:
                    y, ruled = self._y(here), here
                    yield f"{self._across[edges[0]]} {y} m {self._across[edges[-1]]} {y} l"
        yield from self._upright(edges, begun, end)
        if ruled >= 0:
            yield "S"

    def _upright(self, edges: tuple[int, ...], begun: float, end: float) -> Iterator[str]:
        top, bottom = self._y(begun), self._y(end)
        for edge in edges:
            yield f"{self._across[edge]} {top} m {self._across[edge]} {bottom} l"

    def _y(self, at: float) -> str:
        paper = self.paper
        return f"{(paper.height - paper.top - at * paper.pitch) * _MM:.2f}"


def _document(paper: Paper) -> "FPDF":
    try:
        from fpdf import FPDF
    except ImportError as error:
        raise fonts.NoPdf from error
    pdf = FPDF(unit="mm", format=(paper.width, paper.height))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_line_width(_RULE)
    pdf.set_compression(False)  # the pages are packed one by one; fonts are packed in any case
    return pdf


def _pack(pdf: "FPDF") -> None:
    page: Any = pdf.pages[pdf.page]
    page.contents = bytearray(zlib.compress(page.contents))


def _producer() -> Any:
    """The library's own way out, which is told that the pages are packed already."""
    from fpdf.output import OutputProducer
    from fpdf.syntax import Name

    class Packed(OutputProducer):
        def _add_pages(self, *given: Any, **more: Any) -> Any:
            pages = super()._add_pages(*given, **more)
            for page in pages:
                stream: Any = page.contents
                stream.filter = Name("FlateDecode")
            return pages

    return Packed

"""Forms for needle printers in ESC/P, as they stand on the desks: text in GB 18030, raw.

The printer's own font sets GB 2312 and GBK; a character beyond them is sent as a picture of 24 dots
made from a font of this machine. Every piece of a line is sent to its place, so that columns stand
however wide a printer sets its letters. No rules are drawn: a page has 22 lines, for words.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from wuye_tui.paper import fonts
from wuye_tui.paper.blocks import Kind, Sheet
from wuye_tui.paper.fonts import Font, Letters
from wuye_tui.paper.pages import Page, pages_of
from wuye_tui.paper.setting import Line
from wuye_tui.paper.sizes import PAPERS, Paper
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.widths import printed_width
from wuye_tui.words import _, listed

ACROSS: Final = 96  # cells of 13 dots, 180 to the inch: 6.9 inches of the 8 that are printed on
_UNITS: Final = 360  # to the inch
_CELL: Final = 26  # units
_DOTS: Final = 24
_START: Final = (
    b"\x1b@"  # as after it was switched on
    b"\x1b(U\x01\x00\x0a"  # lengths and places in 1/360 inch
)
_SET: Final = (
    b"\x1b2"  # six lines to the inch
    b"\x1bx\x01\x1bg\x1b \x01"  # letters: fine, 12 dots and one beside
    b"\x1c&\x1cS\x00\x02"  # Chinese: 24 dots and two beside
)
_TWICE, _ONCE = b"\x1cW\x01\x1bW\x01", b"\x1cW\x00\x1bW\x00"
_PLACE, _PICTURE = b"\x1b$", b"\x1b*\x27"  # 39: 24 needles, 180 dots to the inch
_NEXT, _PAGE = b"\r\n", b"\x0c"
_LARGE: Final = frozenset({Kind.TITLE, Kind.STAMP})


class NoNeedles(UsageError):
    """No needle printer prints on this paper."""

    def __init__(self, paper: Paper) -> None:
        known = listed(one.name for one in PAPERS if one.lines)
        told = _("点阵打印机（ESC/P）不用{paper}，请写 --paper，可用的有：{known}。")
        super().__init__(told.format(paper=_(paper.word), known=known))


class Escp:
    """What is sent to a needle printer; forms are added to it. Raises NoNeedles.

    `font` names a font file for the characters that the printer lacks. NoFont and NoPdf are raised
    only by a form that has one.
    """

    def __init__(self, paper: Paper, font: str = "") -> None:
        if not paper.lines:
            raise NoNeedles(paper)
        self.paper, self.pages = paper, 0
        self._named = font
        self._sent: list[bytes] = []
        self._picture = lru_cache(maxsize=256)(self._drawn)
        self._letters = Letters(self._has)

    def add(self, sheets: Iterable[Sheet]) -> None:
        """The copies of a form, each from the top of a page."""
        for sheet in sheets:
            spelled = self._letters.spelled(sheet)
            for page in pages_of(spelled, ACROSS, self.paper.lines - 1, _lines_of):
                self._sent.append(b"".join(self._page(page)))
                self.pages += 1

    def content(self) -> bytes:
        """All of it, with the length of the page in front."""
        length = round(self.paper.height / 25.4 * _UNITS)
        head = _START + b"\x1b(C\x02\x00" + length.to_bytes(2, "little") + _SET
        return head + b"".join(self._sent)

    def _page(self, page: Page) -> Iterator[bytes]:
        row = 0
        for at, line in page.lines:
            yield _NEXT * (int(at) - row)
            yield from self._line(line)
            row = int(at)
        yield _NEXT + _PAGE

    def _line(self, line: Line) -> Iterator[bytes]:
        if line.kind in _LARGE:
            words = line.pieces[0].words
            yield self._at((ACROSS - 2 * printed_width(words)) // 2)
            yield _TWICE + self._encoded(words) + _ONCE
            return
        for piece in line.pieces:
            yield self._at(piece.at) + self._encoded(piece.words)
        if line.kind is Kind.STRUCK:  # the needles go over it once more
            yield b"\r" + b"-" * printed_width(line.pieces[0].words)

    def _at(self, cell: int) -> bytes:
        return _PLACE + (cell * _CELL).to_bytes(2, "little")

    def _encoded(self, words: str) -> bytes:
        try:
            return words.encode("gbk")  # nearly all
        except UnicodeEncodeError:
            return b"".join(map(self._letter, words))

    def _letter(self, letter: str) -> bytes:
        try:
            return letter.encode("gbk")
        except UnicodeEncodeError:
            return self._picture(letter)

    def _drawn(self, letter: str) -> bytes:
        """A letter as columns of 24 dots, the highest first, as wide as its cells."""
        font = self._font(letter)
        assert font is not None  # or it would have been spelled out
        columns = list(_columns(letter, font, printed_width(letter) * _CELL // 2))
        return _PICTURE + len(columns).to_bytes(2, "little") + b"".join(columns)

    def _has(self, letter: str) -> bool:
        try:
            return bool(letter.encode("gbk"))
        except UnicodeEncodeError:
            return printed_width(letter) > 0 and self._font(letter) is not None

    def _font(self, letter: str) -> Font | None:
        font = fonts.chosen(self._named)
        return font if letter in fonts.points(font) else fonts.covering(letter)


def _lines_of(kind: Kind) -> float:
    return 2.0 if kind in _LARGE else 1.0


def _columns(letter: str, font: Font, wide: int) -> Iterator[bytes]:
    try:
        from PIL import Image, ImageDraw, ImageFont  # comes with fpdf2
    except ImportError as error:
        raise fonts.NoPdf from error
    drawn = Image.new("1", (wide, _DOTS))
    set_in = ImageFont.truetype(str(font.path), _DOTS - 2, index=font.index)
    middle = (min(wide, _DOTS) / 2, _DOTS / 2)
    ImageDraw.Draw(drawn).text(middle, letter, fill=1, font=set_in, anchor="mm")
    for x in range(wide):
        bits = 0
        for y in range(_DOTS):
            bits = bits << 1 | bool(drawn.getpixel((x, y)))
        yield bits.to_bytes(3, "big")

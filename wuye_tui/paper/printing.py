"""Any number of forms in one file: as text, as PDF, or for a needle printer."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Final, Protocol

from wuye_tui.paper import fonts
from wuye_tui.paper.blocks import Sheet
from wuye_tui.paper.plain import text_of
from wuye_tui.paper.sizes import Paper

ENDINGS: Final = (".pdf", ".txt", ".escp")


class Document(Protocol):
    """A file that forms are added to, one after the other."""

    @property
    def pages(self) -> int:
        """How many pages there are by now."""

    def add(self, sheets: Iterable[Sheet]) -> None:
        """The copies of a form."""

    def content(self) -> bytes:
        """The whole file; nothing can be added any more."""


class Text:
    """Forms as text, a rule between them."""

    def __init__(self) -> None:
        self._sheets: list[Sheet] = []

    @property
    def pages(self) -> int:
        """How many sheets there are."""
        return len(self._sheets)

    def add(self, sheets: Iterable[Sheet]) -> None:
        """The copies of a form."""
        self._sheets += sheets

    def words(self) -> str:
        """All of it."""
        return text_of(self._sheets)

    def content(self) -> bytes:
        """All of it, as it stands in a file."""
        return self.words().encode("utf-8", "backslashreplace")


def document(ending: str, paper: Paper, font: str = "") -> Document:
    """An empty file of this ending, one of ENDINGS. `font` names a font file. Raises NoFont, NoPdf
    and NoNeedles.
    """
    if ending == ".txt":
        return Text()
    if ending == ".escp":
        from wuye_tui.paper.escp import Escp

        return Escp(paper, font)
    from wuye_tui.paper.pdf import Pdf

    return Pdf(paper, fonts.chosen(font))


def file_name(form: str, about: str, now: datetime, zone: tzinfo, ending: str) -> str:
    """What a printed form is called in the office's folder: by its form, number and second."""
    plain = "".join(one if one.isalnum() or one == "-" else "_" for one in about)[:60]
    return f"{form}-{plain or 'x'}-{now.astimezone(zone):%Y%m%d-%H%M%S}{ending}"

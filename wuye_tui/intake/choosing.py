"""Which sheet of a workbook is meant: the first, or behind a cover the one with column names."""

from wuye_tui.intake.errors import EmptyFile, NoSuchSheet, SeveralSheets
from wuye_tui.intake.files import Book
from wuye_tui.intake.grid import Sheet
from wuye_tui.intake.headers import WITHIN, has_header
from wuye_tui.words import listed


def choose(book: Book, noun: str, name: str, wanted: str) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet that is read, and the names of others that could be.

    Raises NoSuchSheet, EmptyFile, and SeveralSheets where the first has no column names and more
    than one of the others have them.
    """
    if wanted and wanted not in book.names:
        raise NoSuchSheet(name, sheet=wanted, sheets=listed(book.names))
    if wanted:
        return book.sheet(book.names.index(wanted)), ()
    first = book.sheet(0)
    others = [sheet for at in range(1, len(book.names)) if _fits(sheet := book.sheet(at), noun)]
    if _fits(first, noun):
        return first, tuple(sheet.name for sheet in others)
    if len(others) > 1:
        raise SeveralSheets(name, sheets=listed(sheet.name for sheet in others))
    if others:
        return others[0], ()
    if not first and not any(book.sheet(at) for at in range(1, len(book.names))):
        raise EmptyFile(name)
    return first, ()


def _fits(sheet: Sheet, noun: str) -> bool:
    return has_header([row for row in sheet.rows[:WITHIN] if row[0] <= WITHIN], noun)

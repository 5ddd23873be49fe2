"""A list as a file: the same columns as on the screen, whole, for a spreadsheet or a program.

No cell acts: what begins like a formula, a link or a number with many digits is text. Only what
was counted or measured is a number, and money in a column of money, so that it can be added up. In
CSV, which knows no text cells, an apostrophe in front does the same, and an import takes it off
again.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, Protocol

from wuye_tui.paper.files import UnknownEnding, whole
from wuye_tui.rules.formulas import guarded
from wuye_tui.rules.locale import Number
from wuye_tui.rules.text import SUSPECT, bad_character
from wuye_tui.rules.widths import width
from wuye_tui.words import _

Row = Mapping[str, Any]
_WIDEST: Final = 60  # cells of a column in a spreadsheet
_LOOKED_AT: Final = 200  # rows that a column's width is taken from
_EXACT: Final = 10**11  # a number of more digits is nobody's count, and may be a telephone
_NARROWEST: Final = 6
_FORMS: Final = ({"num_format": "#,##0.00"}, {"num_format": "0.00%"})  # of money, and of shares


class Heading(Protocol):
    """What a column is called, and under which key its values stand."""

    @property
    def title(self) -> str: ...
    @property
    def key(self) -> str: ...


def write_list(
    path: Path,
    title: str,
    columns: Sequence[Heading],
    rows: Iterable[Row],
    document: Callable[[], Any],
    force: bool = False,
    note: str = "",
) -> None:
    """Writes a list by the file's ending: `.xlsx` and `.csv` in words, `.json` as programs get it.

    The rows are gone through once; a `note` stands below those of a workbook. Raises FileExists,
    UnknownEnding and CannotWrite.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        whole(path, _xlsx([Sheet(title, columns, rows, note)]), force)
    elif ending == ".csv":
        whole(path, _csv(columns, rows), force)
    elif ending == ".json":
        whole(path, _json(document()), force)
    else:
        raise UnknownEnding(path, ENDINGS)


@dataclass(frozen=True)
class Sheet:
    """One table of several that go out together. The rows are gone through once; a `note` is what
    is to be said of all of it.
    """

    title: str
    columns: Sequence[Heading]
    rows: Iterable[Row]
    note: str = ""


def write_book(path: Path, sheets: Sequence[Sheet], force: bool = False) -> None:
    """Writes several tables: as `.xlsx` one sheet each, as `.csv` one below the other, each under
    its own heading. Raises FileExists, UnknownEnding and CannotWrite.
    """
    ending = path.suffix.lower()
    if ending not in OF_SHEETS:
        raise UnknownEnding(path, OF_SHEETS)
    whole(path, _xlsx(sheets) if ending == ".xlsx" else _parts(sheets), force)


ENDINGS: Final = (".xlsx", ".csv", ".json")
OF_SHEETS: Final = (".xlsx", ".csv")


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    from xlsxwriter import Workbook  # only where a workbook is written

    content = io.BytesIO()
    book = Workbook(
        content,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    head, *forms = (book.add_format(one) for one in ({"bold": True}, *_FORMS))
    for one in sheets:
        _fill(book.add_worksheet(_sheet_name(one.title)), one, head, forms)
    book.close()
    return content.getvalue()


def _fill(sheet: Any, of: Sheet, head: Any, forms: Sequence[Any]) -> None:
    columns, left = of.columns, iter(of.rows)
    sheet.freeze_panes(1, 0)
    first = list(islice(left, _LOOKED_AT))
    for at, column in enumerate(columns):
        widest = max((width(_text(row.get(column.key))) for row in first), default=0)
        cells = max(_NARROWEST, width(column.title), min(widest, _WIDEST)) + 2
        sheet.set_column(at, at, cells)
    keys = [(column.key, _is_right(column)) for column in columns]
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.title, head)
    last = 0
    for last, row in enumerate(chain(first, left), start=1):
        for at, (key, right) in enumerate(keys):
            value = row.get(key)
            if right and isinstance(value, Number):
                number = value.units / 10**value.places
                sheet.write_number(last, at, number, forms[value.is_share])
            elif _is_counted(value):
                sheet.write_number(last, at, value)
            elif words := _text(value):
                sheet.write_string(last, at, words)
    if of.note:  # below the table, where neither its filter nor its widths take it in
        sheet.write_string(last + 2, 0, _text(of.note))
    if columns:
        sheet.autofilter(0, 0, max(1, last), len(columns) - 1)


def _csv(columns: Sequence[Heading], rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(_csv_rows(columns, rows))
    return text.getvalue().encode("utf-8-sig")


def _parts(sheets: Sequence[Sheet]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for n, one in enumerate(sheets):
        if n:
            writer.writerow([])
        writer.writerows([guarded(_text(said))] for said in (one.title, one.note) if said)
        writer.writerows(_csv_rows(one.columns, one.rows))
    return text.getvalue().encode("utf-8-sig")


def _csv_rows(columns: Sequence[Heading], rows: Iterable[Row]) -> Iterator[list[Any]]:
    yield [guarded(column.title) for column in columns]
    for row in rows:
        yield [_csv_cell(row.get(column.key), _is_right(column)) for column in columns]


def _csv_cell(value: Any, right: bool) -> Any:
    if right and isinstance(value, Number):
        return value.plain
    return value if _is_counted(value) else guarded(_text(value))


def _json(document: Any) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=1, default=_plain)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _is_right(column: Heading) -> bool:
    """Whether a column is set like figures."""
    return bool(getattr(column, "right", False))


def _is_counted(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _EXACT


def _text(value: Any) -> str:
    if isinstance(value, str) and not SUSPECT.search(value):  # nearly all
        return value
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=_plain)
    return bad_character().sub(" ", str(value))


def _sheet_name(title: str) -> str:
    """What a spreadsheet program takes as the name of a sheet."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "Sheet1"


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value))

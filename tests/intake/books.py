"""Spreadsheets for the tests, made on the spot: good ones, and ones that no program would write."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from wuye_tui.rules.errors import BadFile

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
PEOPLE = ("房号", "姓名", "电话")
ONE_OWNER = (PEOPLE, ("3-1-502", "仇英", "13800001007"))


def book(path: Path, rows: Iterable[Iterable[Any]], hidden_first: bool = False) -> Path:
    """A workbook as a spreadsheet program writes it; dates as dates, numbers as numbers."""
    options = {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        if hidden_first:
            workbook.add_worksheet("字典").hide()
        sheet = workbook.add_worksheet("数据")
        sheet.activate()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path


def text(path: Path, rows: Iterable[Iterable[str]], encoding: str = "utf-8") -> Path:
    """A CSV file of plain cells."""
    path.write_bytes("".join(",".join(row) + "\r\n" for row in rows).encode(encoding))
    return path


def parts() -> dict[str, bytes]:
    """The members of a small good workbook of people."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(ONE_OWNER):
            sheet.write_row(at, 0, row)
    with zipfile.ZipFile(whole) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(path: Path, changed: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """The small good workbook with members replaced or added."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in {**parts(), **changed}.items():
            archive.writestr(name, content)
    return path


def sheet(rows: str, before: str = "") -> bytes:
    """A sheet's XML around rows that are given as XML."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{before}<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def cell(place: str, said: str) -> str:
    """A cell that holds a text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


def owner_row(number: int, room: str = "3-1-502") -> str:
    """One row of a person, in XML."""
    return f'<row r="{number}">{cell(f"A{number}", room)}{cell(f"B{number}", "仇英")}</row>'


HEADER_ROW = f'<row r="1">{cell("A1", "房号")}{cell("B1", "姓名")}</row>'
Make = Callable[[Path], object]
"""Writes one file for a table of cases."""


def raw(content: bytes) -> Make:
    """A file of just these bytes."""
    return lambda path: path.write_bytes(content)


def grid(*rows: Iterable[Any]) -> Make:
    """A workbook of these rows."""
    return lambda path: book(path, rows)


def built(**changed: bytes) -> Make:
    """The small good workbook with its sheet (`rows`), `strings` or further members replaced."""
    names = {"rows": SHEET, "strings": STRINGS}
    return lambda path: rebuilt(path, {names.get(k, k): v for k, v in changed.items()})


def packed(path: Path, rows: bytes, times: int) -> Path:
    """A sheet of these rows so many times, never whole in memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            if name != SHEET:
                archive.writestr(name, content)
        with archive.open(SHEET, "w") as member:
            member.write(sheet("").removesuffix(b"</sheetData></worksheet>"))
            for _ in range(times):
                member.write(rows)
    return path


def beyond(place: str) -> bytes:
    """A good sheet with one more filled cell."""
    return sheet(HEADER_ROW + owner_row(2) + f"<row r='3'>{cell(place, 'x')}</row>")


def assert_one_sentence(refused: BadFile, name: str) -> None:
    """The refusal is one line for a person: the file's name, what is wrong, what to do."""
    said = str(refused)
    assert f"「{name}」" in said
    assert "请" in said
    assert said.endswith("。")
    assert "\n" not in said
    assert "{" not in said
    assert refused.exit_status == 3

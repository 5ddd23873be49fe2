"""Spreadsheets for the tests, made on the spot: good ones, and ones that no program would write."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
PEOPLE = ("房号", "姓名", "电话")
ONE_OWNER = (PEOPLE, ("3-1-502", "仇英", "13800001007"))


def book(path: Path, rows: Iterable[Iterable[Any]], hidden_first: bool = False) -> Path:
    """A workbook as a spreadsheet program writes it; dates as dates, numbers as numbers."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
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

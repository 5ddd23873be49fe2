"""An .xls that is broken, locked, older still, or a trap is refused before the library reads it.

* chains of sectors in a circle, streams and records that promise what is not there
* a few bytes never become many: strings, sheets and merged ranges are counted as they will be held
* what only calls itself .xls says what it is
"""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.books import ONE_OWNER, Make, assert_one_sentence, built, raw
from tests.intake.oldbooks import (
    BOOL,
    END,
    FAILED,
    FILEPASS,
    FORMULA,
    LABEL,
    MERGED,
    MULRK,
    NUMBER,
    SIGNATURE,
    SST,
    STRING,
    TEXT,
    cells,
    container,
    formula,
    merged,
    number,
    old,
    place,
    record,
    shared,
    sheet,
    stream,
    string,
)
from wuye_tui.intake import errors
from wuye_tui.intake.errors import FileRefused
from wuye_tui.intake.sheets import read_rows

SAID = ["房号", "姓名", "3-1-502", "仇英"]
HEAD = shared(0, 0, 0) + shared(0, 1, 1)
OWNER = shared(1, 0, 2) + shared(1, 1, 3)
GOOD = stream([("数据", HEAD + OWNER)], SAID)
HTML = b"<html><table><tr><td>\xe6\x88\xbf\xe5\x8f\xb7</td></tr></table></html>"
TSV = "房号\t姓名\r\n3-1-502\t仇英\r\n"
XML2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'
BIFF4 = struct.pack("<2H", 0x409, 6) + bytes(6)


def patched(*changes: tuple[int, int], content: bytes = GOOD, small: bool = False) -> Make:
    """A good container with words of four bytes replaced at these places."""

    def make(path: Path) -> None:
        whole = bytearray(container(content, small=small))
        for at, value in changes:
            struct.pack_into("<I", whole, at, value)
        path.write_bytes(whole)

    return make


def called(name: str) -> Make:
    return lambda path: path.write_bytes(container(GOOD, name))


def promising(count: int) -> Make:
    table = record(SST, struct.pack("<2i", count, count) + b"\x01\x00\x01a\x00")
    return sheet(HEAD + OWNER, table=table)


def shown_often(path: Path) -> None:
    said = [*SAID, "很" * 30_000]
    inside = HEAD + b"".join(shared(row, 0, 4) for row in range(1, 50_000))
    path.write_bytes(container(stream([("数据", inside)], said)))


def far_apart(path: Path) -> None:
    inside = number(0, 0, 1) + number(60_000, 59, 1)
    path.write_bytes(container(stream([(f"表{n}", inside) for n in range(20)], SAID)))


def listed_often(path: Path) -> None:
    start = len(GOOD) - len(HEAD + OWNER) - 24
    path.write_bytes(container(stream([("数据", HEAD)] * 3, SAID, places=[start] * 3)))


def endless_ranges(path: Path) -> None:
    ranges = b"".join(merged(*[(0, 60_000, 0, 0)] * 1000) for _ in range(20))
    path.write_bytes(container(stream([("数据", HEAD + OWNER + ranges)], SAID)))


def boasting_labels(path: Path) -> None:
    label = record(LABEL, place(1, 0) + struct.pack("<HB", 65_535, 1))
    path.write_bytes(container(stream([("数据", HEAD + label * 100_000)], SAID)))


def cut(path: Path) -> None:
    old(path, [*ONE_OWNER, *[("3-1-503", f"唐寅{n}", "") for n in range(900)]])
    path.write_bytes(path.read_bytes()[:20_000])


OLD: dict[str, tuple[Make, type[FileRefused]]] = {
    "a signature alone": (raw(SIGNATURE), errors.Damaged),
    "a head alone": (raw(container(GOOD)[:512]), errors.Damaged),
    "cut off in the middle": (cut, errors.Damaged),
    "zeros behind the signature": (raw(SIGNATURE + bytes(9000)), errors.Damaged),
    "sectors of two gigabytes": (patched((28, 0x001FFFFE)), errors.Damaged),
    "a table beyond the end": (patched((76, 0x00FFFFFF)), errors.Damaged),
    "no table at all": (patched((76, 0xFFFFFFFF)), errors.Damaged),
    "a billion tables promised": (patched((44, 0x3FFFFFFF)), errors.Damaged),
    "a list of tables in a circle": (patched((68, 2), (512 + 2 * 512 + 508, 2)), errors.Damaged),
    "a folder in a circle": (patched((512 + 4, 1)), errors.Damaged),
    "a stream in a circle": (patched((512 + 4 * 3, 2)), errors.Damaged),
    "a stream that leads nowhere": (patched((512 + 4 * 2, 0x00FFFFFF)), errors.Damaged),
    "a stream that ends too early": (patched((512 + 4 * 2, END)), errors.Damaged),
    "a stream that begins nowhere": (patched((1024 + 128 + 116, 0x7FFFFFFF)), errors.Damaged),
    "four gigabytes promised": (patched((1024 + 128 + 120, 0xFFFFFFFF)), errors.Damaged),
    "small sectors in a circle": (patched((512 + 2 * 512, 0), small=True), errors.Damaged),
    "a letter": (called("WordDocument"), errors.NotAWorkbook),
    "a password of a later program": (called("EncryptedPackage"), errors.Encrypted),
    "Excel 5": (called("Book"), errors.VeryOldWorkbook),
    "Excel 95 under a later name": (sheet(HEAD + OWNER, version=0x500), errors.VeryOldWorkbook),
    "Excel 4": (raw(container(BIFF4 + bytes(5000))), errors.VeryOldWorkbook),
    "Excel 4 without a container": (raw(BIFF4 + bytes(5000)), errors.VeryOldWorkbook),
    "a password": (
        sheet(HEAD + OWNER, before=record(FILEPASS, struct.pack("<H", 1) + bytes(52))),
        errors.Encrypted,
    ),
    "a stream of zeros": (raw(container(bytes(5000))), errors.Damaged),
    "a record beyond the end": (
        raw(container(GOOD + struct.pack("<HH", NUMBER, 60_000) + b"x" * 4096)),
        errors.Damaged,
    ),
    "words behind the end": (raw(container(GOOD + bytes(4) + b"x" * 4096)), errors.Damaged),
    "no sheet": (raw(container(stream([], SAID))), errors.Damaged),
    "a sheet that begins nowhere": (sheet(HEAD, places=[999_999]), errors.Damaged),
    "one sheet listed three times": (listed_often, errors.Damaged),
    "300 sheets": (
        raw(container(stream([(f"表{n}", HEAD) for n in range(300)], SAID))),
        errors.Bomb,
    ),
    "two billion strings promised": (promising(0x7FFFFFFF), errors.Damaged),
    "less than no strings": (promising(-1), errors.Damaged),
    "a string cut off": (
        sheet(HEAD, table=record(SST, struct.pack("<2i", 1, 1) + b"\xff\xff\x01a\x00")),
        errors.Damaged,
    ),
    "a string with two gigabytes of sounds": (
        sheet(HEAD, table=record(SST, struct.pack("<2iHBi", 1, 1, 0, 5, 0x7FFFFFFF))),
        errors.Damaged,
    ),
    "a string that is not there": (sheet(HEAD + shared(1, 0, 99)), errors.Damaged),
    "one long text in 50,000 cells": (shown_often, errors.Bomb),
    "texts that say they are long": (boasting_labels, errors.Damaged),
    "a cell in the last row": (sheet(HEAD + number(65_535, 0, 1)), errors.TooManyRows),
    "a cell in the last column": (sheet(HEAD + number(1, 255, 1)), errors.TooManyColumns),
    "twenty sheets, each with a far cell": (far_apart, errors.TooManyCells),
    "rows out of their order": (sheet(OWNER + HEAD), errors.Damaged),
    "a record too short": (sheet(HEAD + record(NUMBER, place(1, 0))), errors.Damaged),
    "numbers that end before they begin": (
        sheet(HEAD + record(MULRK, place(1, 5) + bytes(4) + struct.pack("<H", 0))),
        errors.Damaged,
    ),
    "merged ranges that are not there": (
        sheet(HEAD + OWNER + record(MERGED, struct.pack("<H", 60_000))),
        errors.Damaged,
    ),
    "merged ranges without end": (endless_ranges, errors.TooManyCells),
    "a formula that failed": (sheet(HEAD + formula(1, 0, FAILED)), errors.NoResult),
    "a formula without its text": (sheet(HEAD + formula(1, 0, TEXT)), errors.NoResult),
    "an error for a value": (
        sheet(HEAD + record(BOOL, place(1, 0) + b"\x2a\x01")),
        errors.NoResult,
    ),
    "a web page": (raw(HTML), errors.WebPage),
    "XML of 2003": (raw(XML2003), errors.WebPage),
    "a text with tabs": (raw(TSV.encode("gb18030")), errors.NotAWorkbook),
    "a text with tabs in UTF-16": (raw(TSV.encode("utf-16")), errors.NotAWorkbook),
    "an .ods": (built(mimetype=b"application/vnd.oasis"), errors.NotAWorkbook),
    "an .xlsb": (built(**{"xl/workbook.bin": b"x"}), errors.NotAWorkbook),
    "a PDF": (raw(b"%PDF-1.7\n" + bytes(5000)), errors.NotAWorkbook),
    "nothing": (raw(b""), errors.EmptyFile),
    "11 MiB": (raw(SIGNATURE + bytes(11 << 20)), errors.TooBig),
    "a sheet without a cell": (sheet(b""), errors.EmptyFile),
    "no column names": (sheet(OWNER), errors.NoHeader),
}

CASES = [pytest.param(*case, id=name) for name, case in OLD.items()]


@pytest.mark.parametrize(("make", "refusal"), CASES)
def test_a_bad_old_workbook_is_refused_in_one_sentence(tmp_path, make, refusal, capfd):
    path = tmp_path / "名册.xls"
    make(path)
    with pytest.raises(FileRefused) as caught:
        read_rows(path, "people")
    assert type(caught.value) is refusal, caught.value
    assert_one_sentence(caught.value, path.name)
    assert capfd.readouterr() == ("", ""), "the library behind the guard gave up aloud"


def test_what_is_only_promised_does_not_matter(tmp_path):
    """Sizes of whole sheets, names with broken formulas, links to other files."""
    path = tmp_path / "p.xls"
    promised = record(0x200, struct.pack("<2I3H", 0, 65_536, 0, 256, 0))
    names = record(0x18, b"\xff" * 20) + record(0x17, b"\xff\xff")
    sheet(promised + HEAD + OWNER, before=names)(path)
    assert [row.unit for row in read_rows(path, "people").good] == ["3-1-502"]


def test_formulas_come_in_as_what_they_came_to(tmp_path):
    path = tmp_path / "p.xls"
    said = ["房号", "姓名", "入住日期"]
    inside = cells([said], said) + (
        formula(1, 0, TEXT) + record(STRING, string("3-1-502"))
        + formula(1, 1, TEXT) + record(STRING, string("仇英"))
        + formula(1, 2, struct.pack("<d", 43_835), 1)
        + record(FORMULA, place(1, 3) + b"\x03\x00" + bytes(4) + b"\xff\xff" + bytes(8))
    )  # fmt: skip
    path.write_bytes(container(stream([("数据", inside)], said)))
    (row,) = read_rows(path, "people").good
    assert (row.unit, row.name, str(row.since)) == ("3-1-502", "仇英", "2020-01-05")


def test_a_text_with_fonts_is_read(tmp_path):
    path = tmp_path / "p.xls"
    fonts = record(0xD6, place(1, 1) + string("仇英") + struct.pack("<HHH", 1, 0, 5))
    sheet(HEAD + shared(1, 0, 2) + fonts)(path)
    assert [row.name for row in read_rows(path, "people").good] == ["仇英"]


def test_a_hidden_sheet_is_passed_over(tmp_path):
    path = tmp_path / "p.xls"
    content = stream([("字典", number(0, 0, 1)), ("数据", HEAD + OWNER)], SAID, hidden=["字典"])
    path.write_bytes(container(content))
    assert read_rows(path, "people").sheet == "数据"


@pytest.mark.parametrize("small", [True, False])
def test_big_and_small_containers_are_read(tmp_path, small):
    path = tmp_path / "p.xls"
    path.write_bytes(container(GOOD, small=small))
    assert len(read_rows(path, "people").good) == 1


def test_a_container_of_ten_megabytes_is_read(tmp_path):
    """Its tables are more than the head can list."""
    path = tmp_path / "p.xls"
    said = [*SAID, *(f"备注{n:05d}" + "长" * 500 for n in range(8000))]
    inside = HEAD + OWNER + b"".join(shared(2 + n, 2, 4 + n) for n in range(8000))
    path.write_bytes(container(stream([("数据", inside)], said)))
    assert path.stat().st_size > 7 << 20
    assert len(read_rows(path, "people").good) == 1


SMALL = container(GOOD, small=True)


@given(st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_old_workbook_is_rows_or_a_refusal(tmp_path_factory, changes):
    path = tmp_path_factory.getbasetemp() / "damaged.xls"
    content = bytearray(SMALL)
    for at, byte in changes:
        content[at % len(content)] = byte
    path.write_bytes(content)
    try:
        read_rows(path, "people")
    except FileRefused as refused:
        assert_one_sentence(refused, path.name)


@given(st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=6))
def test_damaged_records_are_rows_or_a_refusal(tmp_path_factory, changes):
    path = tmp_path_factory.getbasetemp() / "damaged.xls"
    content = bytearray(GOOD)
    for at, byte in changes:
        content[at % len(content)] = byte
    path.write_bytes(container(bytes(content)))
    try:
        read_rows(path, "people")
    except FileRefused as refused:
        assert_one_sentence(refused, path.name)

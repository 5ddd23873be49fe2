"""A workbook that cannot be read is refused in one clear sentence, whatever is wrong with it."""

import zipfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.books import (
    ONE_OWNER,
    PEOPLE,
    assert_one_sentence,
    book,
    built,
    cell,
    grid,
    raw,
    sheet,
)
from wuye_tui.intake import errors
from wuye_tui.intake.errors import FileRefused
from wuye_tui.intake.files import open_sheet
from wuye_tui.intake.sheets import read_rows

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
NO_VALUE = f'<row r="1">{cell("A1", "房号")}<c r="B1"><f>A1</f></c></row>'
FAILED = f'<row r="1">{cell("A1", "房号")}<c r="B1" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
HTML = b"<html><table><tr><td>\xe6\x88\xbf\xe5\x8f\xb7</td></tr></table></html>"


def good(path):
    return book(path, ONE_OWNER).read_bytes()


def cut(path):
    path.write_bytes(good(path)[:-200])


def flipped(path):
    content = bytearray(good(path))
    content[200] ^= 0xFF
    path.write_bytes(content)


def with_password(path):
    """The flag of a zip's own encryption on every member."""
    content = good(path)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for start in range(len(content)):
            if content.startswith(mark, start):
                content = content[: start + at] + b"\x01" + content[start + at + 1 :]
    path.write_bytes(content)


WORKBOOKS = {
    "nothing in it": (raw(b""), errors.EmptyFile),
    "a blank sheet": (grid(), errors.EmptyFile),
    "blanks only": (grid((" ", ""), ("",)), errors.EmptyFile),
    "random bytes": (raw(Random(7).randbytes(5000)), errors.NotAWorkbook),
    "a text": (raw("房号,姓名".encode()), errors.NotAWorkbook),
    "a web page": (raw(HTML), errors.WebPage),
    "a web page behind a mark": (raw(b"\xef\xbb\xbf \r\n" + HTML), errors.WebPage),
    "the beginning of an old .xls": (raw(OLE + bytes(5000)), errors.Damaged),
    "a zip's password": (with_password, errors.Encrypted),
    "another zip": (
        lambda path: zipfile.ZipFile(path, "w").writestr("a.txt", "x"),
        errors.NotAWorkbook,
    ),
    "an .ods renamed": (built(mimetype=b"application/vnd.oasis"), errors.NotAWorkbook),
    "an .xlsb renamed": (built(**{"xl/workbook.bin": b"x"}), errors.NotAWorkbook),
    "cut off": (cut, errors.Damaged),
    "a flipped byte": (flipped, errors.Damaged),
    "a zip's head only": (raw(b"PK\x03\x04" + bytes(100)), errors.Damaged),
    "broken XML": (built(rows=sheet("<row><c>")[:-30]), errors.Damaged),
    "a number that is none": (
        built(rows=sheet('<row r="1"><c r="A1" t="n"><v>abc</v></c></row>')),
        errors.Damaged,
    ),
    "strings that are missing": (
        built(rows=sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')),
        errors.Damaged,
    ),
    "UTF-16 inside": (built(rows=sheet("").decode().encode("utf-16")), errors.Damaged),
    "a formula never reckoned": (built(rows=sheet(NO_VALUE)), errors.NoResult),
    "a formula that failed": (built(rows=sheet(FAILED)), errors.NoResult),
    "no column names": (grid(("3-1-502", "仇英"), ("3-1-503", "唐寅")), errors.NoHeader),
    "names in row 11": (grid(*[("标题",)] * 10, PEOPLE, ("3-1-502", "仇英", "")), errors.NoHeader),
    "other columns": (grid(("品名", "数量"), ("灯泡", 3)), errors.StrangeHeader),
    "a column is missing": (
        grid(("房号", "电话"), ("3-1-502", "13800001007")),
        errors.MissingColumns,
    ),
    "a column twice": (
        grid(("房间号", "姓名", "房屋编号"), ("3-1-502", "仇英", "3-1-502")),
        errors.TwiceTheColumn,
    ),
    "names and nothing below": (grid(PEOPLE), errors.NoRows),
    "names and a remark below": (grid(PEOPLE, ("备注：无",)), errors.NoRows),
    "60,001 rows": (
        lambda path: book(path, [PEOPLE, *[("B-1203", "陆一鸣")] * 60_000]),
        errors.TooManyRows,
    ),
}

CASES = [pytest.param(*case, id=name) for name, case in WORKBOOKS.items()]


@pytest.mark.parametrize(("make", "refusal"), CASES)
def test_a_bad_workbook_is_refused_in_one_sentence(tmp_path, make, refusal):
    path = tmp_path / "名册.xlsx"
    make(path)
    with pytest.raises(FileRefused) as caught:
        read_rows(path, "people")
    assert type(caught.value) is refusal, caught.value
    assert_one_sentence(caught.value, path.name)


@given(st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_rows_or_a_refusal(tmp_path_factory, changes):
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    content = bytearray(good(path))
    for place, byte in changes:
        content[place % len(content)] = byte
    path.write_bytes(content)
    try:
        list(open_sheet(path))
    except FileRefused as refused:
        assert_one_sentence(refused, path.name)

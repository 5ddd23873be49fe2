"""A file that cannot be read is refused in one clear sentence, whatever is wrong with it.

* never a traceback, never two lines, always what to do next
* bombs, lies and cells in the far corner take neither time nor memory
"""

import io
import os
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake import books
from tests.intake.books import book, cell, rebuilt, sheet, text
from wuye_tui.intake import errors
from wuye_tui.intake.errors import FileRefused
from wuye_tui.intake.files import open_sheet
from wuye_tui.intake.sheets import read_rows

ROOT = Path(__file__).parents[2]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER = "房号,姓名\r\n"


def good(path):
    return book(path, books.ONE_OWNER).read_bytes()


def raw(content):
    return lambda path: path.write_bytes(content)


def built(**changed):
    """The good workbook with its sheet, strings or further members replaced."""
    names = {"rows": books.SHEET, "strings": books.STRINGS}
    return lambda path: rebuilt(path, {names.get(k, k): v for k, v in changed.items()})


def grid(*rows):
    return lambda path: book(path, rows)


def cut(path):
    path.write_bytes(good(path)[:-200])


def flipped(path):
    content = bytearray(good(path))
    content[200] ^= 0xFF
    path.write_bytes(content)


def many_members(path):
    rebuilt(path, {f"xl/{n}.xml": b"<a/>" for n in range(300)})


def with_password(path):
    """The flag of a zip's own encryption on every member."""
    content = good(path)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for start in range(len(content)):
            if content.startswith(mark, start):
                content = content[: start + at] + b"\x01" + content[start + at + 1 :]
    path.write_bytes(content)


def lying(path):
    """A sheet that unpacks to more than the zip says, with a checksum made for what it says."""
    said = sheet(books.HEADER_ROW + books.owner_row(2))
    real = said.replace(b"</sheetData>", cell("XFD1048576", "x").encode() + b"</sheetData>")
    content = rebuilt(path, {books.SHEET: real}).read_bytes()
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(books.SHEET)
    right = struct.pack("<LLL", info.CRC, info.compress_size, info.file_size)
    wrong = struct.pack("<LLL", zlib.crc32(real[:50]), info.compress_size, 50)
    path.write_bytes(content.replace(right, wrong))


def lzma(path):
    rebuilt(path, {}, zipfile.ZIP_LZMA)


def bomb_of_rows(path):
    row = f"<row>{cell('A1', 'A' * 1000)}</row>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in books.parts().items():
            if name != books.SHEET:
                archive.writestr(name, content)
        with archive.open(books.SHEET, "w") as member:
            member.write(sheet("").removesuffix(b"</sheetData></worksheet>"))
            for _ in range(100):
                member.write(row * 1000)


def random_cell(path):
    rebuilt(path, {books.SHEET: sheet(f'<row r="1">{cell("A1", os.urandom(2**21).hex())}</row>')})


def places(where):
    return sheet(f"{books.HEADER_ROW}{books.owner_row(2)}<row r='3'>{cell(where, 'x')}</row>")


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SST = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"%s><si><t>a</t></si></sst>'
NO_VALUE = f'<row r="1">{cell("A1", "房号")}<c r="B1"><f>A1</f></c></row>'
FAILED = f'<row r="1">{cell("A1", "房号")}<c r="B1" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
HTML = b"<html><table><tr><td>\xe6\x88\xbf\xe5\x8f\xb7</td></tr></table></html>"
STRAY_QUOTE = HEADER + '"3-1-502,仇英\r\n' + "3-1-503,唐寅\r\n" * 30

XLSX = {
    "nothing in it": (raw(b""), errors.EmptyFile),
    "a blank sheet": (grid(), errors.EmptyFile),
    "blanks only": (grid((" ", ""), ("",)), errors.EmptyFile),
    "random bytes": (raw(os.urandom(5000)), errors.NotAWorkbook),
    "a text": (raw("房号,姓名".encode()), errors.NotAWorkbook),
    "a web page": (raw(HTML), errors.WebPage),
    "a web page behind a mark": (raw(b"\xef\xbb\xbf \r\n" + HTML), errors.WebPage),
    "an old .xls": (raw(OLE + bytes(5000)), errors.OldWorkbook),
    "a password": (
        raw(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        errors.Encrypted,
    ),
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
        built(rows=sheet('<row r="1"><c r="A1"><v>abc</v></c></row>')),
        errors.Damaged,
    ),
    "strings that are missing": (
        built(rows=sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')),
        errors.Damaged,
    ),
    "UTF-16 inside": (built(rows=sheet("").decode().encode("utf-16")), errors.Damaged),
    "billion laughs": (built(strings=LAUGHS + SST % b""), errors.DeclaresEntities),
    "an outside entity": (built(strings=XXE + SST % b""), errors.DeclaresEntities),
    "an entity in the sheet": (built(rows=XXE + sheet("")), errors.DeclaresEntities),
    "a billion strings promised": (
        built(strings=SST % b' uniqueCount="99999999999999"'),
        errors.Damaged,
    ),
    "a hundred million characters": (bomb_of_rows, errors.UnpacksTooBig),
    "one cell of zeros": (
        built(rows=sheet(f'<row r="1">{cell("A1", "0" * 3_000_000)}</row>')),
        errors.Bomb,
    ),
    "one endless cell": (random_cell, errors.Bomb),
    "300 members": (many_members, errors.Bomb),
    "a hungry packing": (lzma, errors.Bomb),
    "a size that is a lie": (lying, errors.Damaged),
    "11 MiB": (raw(b"PK\x03\x04" + bytes(11 << 20)), errors.TooBig),
    "a cell in the far corner": (built(rows=places("XFD1048576")), errors.TooManyRows),
    "a cell far down": (built(rows=places("A61500")), errors.TooManyRows),
    "a cell far right": (built(rows=places("BI3")), errors.TooManyColumns),
    "a cell with two places": (
        built(rows=sheet('<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>')),
        errors.Damaged,
    ),
    "a place beyond all": (built(rows=places("ZZZZZZ99999999999")), errors.Damaged),
    "a far cell with a prefix": (
        built(
            rows=sheet('<x:row r="9"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>').replace(
                b"<worksheet ", b'<worksheet xmlns:x="urn:x" '
            )
        ),
        errors.TooManyRows,
    ),
    "a far row whose cell has no place": (
        built(rows=sheet('<row r="1048576"><c><v>1</v></c></row>')),
        errors.TooManyRows,
    ),
    "a far cell in what calls itself a picture": (
        built(
            **{
                "xl/media/image1.png": places("XFD1048576"),
                "xl/_rels/workbook.xml.rels": books.parts()["xl/_rels/workbook.xml.rels"].replace(
                    b"worksheets/sheet1.xml", b"media/image1.png"
                ),
            }
        ),
        errors.TooManyRows,
    ),
    "a formula never reckoned": (built(rows=sheet(NO_VALUE)), errors.NoResult),
    "a formula that failed": (built(rows=sheet(FAILED)), errors.NoResult),
    "too many cells": (
        built(rows=sheet("".join(f'<row r="{n % 60000 + 1}"/>' for n in range(1_000_001)))),
        errors.TooManyCells,
    ),
    "no column names": (grid(("3-1-502", "仇英"), ("3-1-503", "唐寅")), errors.NoHeader),
    "names in row 11": (
        grid(*[("标题",)] * 10, books.PEOPLE, ("3-1-502", "仇英", "")),
        errors.NoHeader,
    ),
    "other columns": (grid(("品名", "数量"), ("灯泡", 3)), errors.NoHeader),
    "a column is missing": (
        grid(("房号", "电话"), ("3-1-502", "13800001007")),
        errors.MissingColumns,
    ),
    "a column twice": (
        grid(("房号", "姓名", "手机", "联系电话"), ("3-1-502", "仇英", "", "")),
        errors.TwiceTheColumn,
    ),
    "names and nothing below": (grid(books.PEOPLE), errors.NoRows),
    "names and a remark below": (grid(books.PEOPLE, ("备注：无",)), errors.NoRows),
    "60,001 rows": (
        lambda path: book(path, [books.PEOPLE, *[("B-1203", "陆一鸣")] * 60_000]),
        errors.TooManyRows,
    ),
}

CSV = {
    "nothing in it": (raw(b""), errors.EmptyFile),
    "lines without a word": (raw(b"\r\n , \r\n"), errors.EmptyFile),
    "a workbook renamed": (
        good and (lambda path: path.write_bytes(good(path))),
        errors.ReallyWorkbook,
    ),
    "an old workbook renamed": (raw(OLE + bytes(100)), errors.ReallyWorkbook),
    "a web page": (raw(HTML), errors.WebPage),
    "UTF-16": (raw(HEADER.encode("utf-16")), errors.WrongEncoding),
    "Shift-JIS": (raw("部屋番号,氏名\r\n".encode("shift-jis") + b"\xff\xff"), errors.WrongEncoding),
    "UTF-8 with a broken byte": (
        raw((HEADER + "3-1-502,仇英\r\n" * 9).encode() + b"3-1-502,\xe4\xbb\r\n"),
        errors.BrokenCharacter,
    ),
    "a surrogate": (
        raw(b"\xef\xbb\xbf" + HEADER.encode() + b"3-1-502,\xed\xa0\x80\r\n"),
        errors.BrokenCharacter,
    ),
    "NUL": (raw(HEADER.encode() + b"3-1-502,\x00\r\n"), errors.NullCharacter),
    "a quote that never ends": (raw((HEADER + '"3-1-502,仇英\r\n').encode()), errors.BrokenQuote),
    "a quote that swallows rows": (raw((STRAY_QUOTE + '3-1-5"').encode()), errors.BrokenQuote),
    "two stray quotes": (
        raw((HEADER + '"3-1-502,仇英,\r\n3-1-503,唐寅,\r\n3-1-504",沈周,\r\n').encode()),
        errors.BrokenQuote,
    ),
    "a word behind a quote": (raw((HEADER + '"3-1-502"x,仇英\r\n').encode()), errors.BrokenQuote),
    "a huge field": (raw(HEADER.encode() + b"3-1-502," + b"x" * 200_000), errors.HugeField),
    "one endless line": (raw(HEADER.encode() + b"," * (3 << 20)), errors.HugeField),
    "61 columns": (raw((HEADER + "," * 60 + "x\r\n").encode()), errors.TooManyColumns),
    "60,001 rows": (raw((HEADER + "B-1203,陆一鸣\r\n" * 60_000).encode()), errors.TooManyRows),
    "two million blank lines": (raw(HEADER.encode() + b"\n" * 2_000_000), errors.TooManyRows),
    "semicolons": (raw("房号;姓名\r\n3-1-502;仇英\r\n".encode()), errors.NoHeader),
    "a column is missing": (raw("电话,姓名\r\n,仇英\r\n".encode()), errors.MissingColumns),
}

CASES = [
    pytest.param(ending, make, refusal, id=f"{ending} {name}")
    for ending, cases in ((".xlsx", XLSX), (".csv", CSV))
    for name, (make, refusal) in cases.items()
]


def one_sentence(refused, name):
    said = str(refused)
    assert said.startswith(f"「{name}」") or f"「{name}」" in said
    assert said.endswith("。")
    assert "请" in said
    assert "\n" not in said
    assert "{" not in said
    assert refused.exit_status == 3


@pytest.mark.parametrize(("ending", "make", "refusal"), CASES)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path, ending, make, refusal):
    path = tmp_path / f"名册{ending}"
    make(path)
    with pytest.raises(FileRefused) as caught:
        read_rows(path, "people")
    assert type(caught.value) is refusal, caught.value
    one_sentence(caught.value, path.name)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("没有.xlsx", errors.NoFile),
        ("没有.doc", errors.NoFile),
        ("旧.xls", errors.WrongEnding),
        ("无名", errors.WrongEnding),
        ("夹.csv", errors.NoFile),
    ],
)
def test_what_is_no_file_of_ours_is_refused(tmp_path, name, refusal):
    (tmp_path / "旧.xls").write_bytes(OLE)
    (tmp_path / "无名").write_bytes(b"x")
    (tmp_path / "夹.csv").mkdir()
    with pytest.raises(refusal) as caught:
        read_rows(tmp_path / name, "people")
    one_sentence(caught.value, name)


def test_a_hostile_name_is_shown_harmlessly(tmp_path):
    with pytest.raises(errors.NoFile) as caught:
        read_rows(tmp_path / "\x1b]0;x\x07{0}.xlsx", "people")
    assert "\x1b" not in str(caught.value)
    assert "{0}.xlsx" in str(caught.value)


def test_the_row_of_a_csv_is_named(tmp_path):
    path = text(tmp_path / "p.csv", [("房号", "姓名"), ("3-1-502", "仇英"), ('"3-1-503', "唐寅")])
    with pytest.raises(errors.BrokenQuote, match="第 3 行"):
        read_rows(path, "people")


def test_nothing_makes_the_reader_take_memory(tmp_path):
    """The reader behind the guard allocates whatever a file makes it: the process would end."""
    hungry = {
        "corner.xlsx": built(rows=places("XFD1048576")),
        "twice.xlsx": built(rows=sheet('<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>')),
        "rows.xlsx": built(rows=sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "strings.xlsx": built(strings=SST % b" uniqueCount='99999999999999'"),
        "bomb.xlsx": bomb_of_rows,
    }
    for name, make in hungry.items():
        make(tmp_path / name)
    script = (
        "import sys; from pathlib import Path; from wuye_tui.intake.sheets import read_rows\n"
        "from wuye_tui.intake.errors import FileRefused\n"
        "for name in sys.argv[1:]:\n"
        "    try: read_rows(Path(name), 'people')\n"
        "    except FileRefused: print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *(str(tmp_path / name) for name in hungry)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (200 << 20, 200 << 20)),
    )
    assert (done.returncode, done.stdout.split()) == (0, ["refused"] * len(hungry)), done.stderr


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp()
    for path in (folder / "any.csv", folder / "any.xlsx"):
        path.write_bytes(content if path.suffix == ".csv" else b"PK\x03\x04" + content)
        try:
            read_rows(path, "people")
        except FileRefused as refused:
            one_sentence(refused, path.name)


@given(st.data())
def test_a_damaged_workbook_is_rows_or_a_refusal(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    content = bytearray(good(path))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        list(open_sheet(path))
    except FileRefused as refused:
        one_sentence(refused, path.name)


def test_the_helpers_make_what_they_say(tmp_path):
    with zipfile.ZipFile(io.BytesIO(good(tmp_path / "good.xlsx"))) as archive:
        assert {books.SHEET, books.STRINGS} <= set(archive.namelist())
    assert len(read_rows(tmp_path / "good.xlsx", "people").good) == 1

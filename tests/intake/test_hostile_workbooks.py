"""Bombs, lies and cells in the far corner are refused before they take time or memory.

* the reader behind the guard allocates whatever a file makes it: nothing hostile reaches it
* sizes, names and checksums in the zip are not believed
"""

import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from random import Random

import pytest

from tests.intake.books import (
    HEADER_ROW,
    SHEET,
    assert_one_sentence,
    beyond,
    book,
    built,
    cell,
    owner_row,
    packed,
    parts,
    raw,
    rebuilt,
    sheet,
)
from wuye_tui.intake import errors
from wuye_tui.intake.errors import FileRefused
from wuye_tui.intake.sheets import read_rows

ROOT = Path(__file__).parents[2]
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SST = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"%s><si><t>a</t></si></sst>'


def many_members(path):
    rebuilt(path, {f"xl/{n}.xml": b"<a/>" for n in range(300)})


def lying(path):
    """A sheet that unpacks to more than the zip says, with a checksum made for what it says."""
    said = sheet(HEADER_ROW + owner_row(2))
    real = said.replace(b"</sheetData>", cell("XFD1048576", "x").encode() + b"</sheetData>")
    content = rebuilt(path, {SHEET: real}).read_bytes()
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET)
    right = struct.pack("<LLL", info.CRC, info.compress_size, info.file_size)
    wrong = struct.pack("<LLL", zlib.crc32(real[:50]), info.compress_size, 50)
    path.write_bytes(content.replace(right, wrong))


def lzma(path):
    rebuilt(path, {}, zipfile.ZIP_LZMA)


def bomb_of_rows(path):
    packed(path, f"<row>{cell('A1', 'A' * 1000)}</row>".encode() * 1000, 100)


def huge_but_honest(path):
    chance = Random(7)
    block = "".join(
        f"<row>{cell('A1', chance.randbytes(6).hex() + 'A' * 700)}</row>" for _ in range(1000)
    )
    packed(path, block.encode(), 120)


def random_cell(path):
    rebuilt(
        path, {SHEET: sheet(f'<row r="1">{cell("A1", Random(7).randbytes(2**21).hex())}</row>')}
    )


def shown_often(path):
    """A quarter of a megabyte that becomes gigabytes: every cell has a copy of its own."""
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 50_000))
    long = SST.replace(b"a</t>", "很".encode() * 10_000 + b"</t>") % b""
    built(rows=sheet(HEADER_ROW + "".join(rows)), strings=long)(path)


def shown_in_runs(path):
    rows = "".join(f"<row r='{n}'><c t='s' r='A{n}'><v>0</v></c></row>" for n in range(1, 50_000))
    runs = SST.replace(b"<t>a</t>", b"<r><t>abcdefgh</t></r>" * 5000) % b""
    built(rows=sheet(rows), strings=runs)(path)


HOSTILE = {
    "one long text in 50,000 cells": (shown_often, errors.Bomb),
    "one text of many runs in 50,000 cells": (shown_in_runs, errors.Bomb),
    "billion laughs": (built(strings=LAUGHS + SST % b""), errors.DeclaresEntities),
    "an outside entity": (built(strings=XXE + SST % b""), errors.DeclaresEntities),
    "an entity in the sheet": (built(rows=XXE + sheet("")), errors.DeclaresEntities),
    "a billion strings promised": (
        built(strings=SST % b' uniqueCount="99999999999999"'),
        errors.Damaged,
    ),
    "a hundred million characters": (bomb_of_rows, errors.Bomb),
    "90 MiB once unpacked": (huge_but_honest, errors.UnpacksTooBig),
    "one cell of zeros": (
        built(rows=sheet(f'<row r="1">{cell("A1", "0" * 3_000_000)}</row>')),
        errors.Bomb,
    ),
    "one endless cell": (random_cell, errors.Bomb),
    "300 members": (many_members, errors.Bomb),
    "a hungry packing": (lzma, errors.Bomb),
    "a size that is a lie": (lying, errors.Damaged),
    "11 MiB": (raw(b"PK\x03\x04" + bytes(11 << 20)), errors.TooBig),
    "a cell in the far corner": (built(rows=beyond("XFD1048576")), errors.TooManyRows),
    "a cell far down": (built(rows=beyond("A61500")), errors.TooManyRows),
    "a cell far right": (built(rows=beyond("BI3")), errors.TooManyColumns),
    "a cell with two places": (
        built(rows=sheet('<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>')),
        errors.Damaged,
    ),
    "a place beyond all": (built(rows=beyond("ZZZZZZ99999999999")), errors.Damaged),
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
                "xl/media/image1.png": beyond("XFD1048576"),
                "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace(
                    b"worksheets/sheet1.xml", b"media/image1.png"
                ),
            }
        ),
        errors.TooManyRows,
    ),
    "too many cells": (
        built(rows=sheet("".join(f'<row r="{n % 60000 + 1}"/>' for n in range(1_000_001)))),
        errors.TooManyCells,
    ),
}

CASES = [pytest.param(*case, id=name) for name, case in HOSTILE.items()]


@pytest.mark.parametrize(("make", "refusal"), CASES)
def test_a_hostile_workbook_is_refused_in_one_sentence(tmp_path, make, refusal):
    path = tmp_path / "名册.xlsx"
    make(path)
    with pytest.raises(FileRefused) as caught:
        read_rows(path, "people")
    assert type(caught.value) is refusal, caught.value
    assert_one_sentence(caught.value, path.name)


def test_nothing_makes_the_reader_take_memory(tmp_path):
    """The reader behind the guard allocates whatever a file makes it: the process would end."""
    hungry = {
        "corner.xlsx": built(rows=beyond("XFD1048576")),
        "twice.xlsx": built(rows=sheet('<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>')),
        "rows.xlsx": built(rows=sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "strings.xlsx": built(strings=SST % b" uniqueCount='99999999999999'"),
        "bomb.xlsx": bomb_of_rows,
        "often.xlsx": shown_often,
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


def test_many_short_texts_and_one_long_one_are_no_bomb(tmp_path):
    """A list of 30,000 people with a remark as long as a letter is looked at cell by cell."""
    path = tmp_path / "p.xlsx"
    rows = [("房号", "姓名", "备注"), ("3-1-502", "仇英", "很" * 5000)]
    book(path, [*rows, *[("3-1-503", f"唐寅{n}", "无") for n in range(30_000)]])
    assert len(read_rows(path, "people").good) == 30_001

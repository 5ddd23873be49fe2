"""A CSV file that cannot be read is refused in one clear sentence, with the row where it can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.books import ONE_OWNER, assert_one_sentence, book, raw, text
from wuye_tui.intake import errors
from wuye_tui.intake.errors import FileRefused
from wuye_tui.intake.sheets import read_rows

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER = "房号,姓名\r\n"
HTML = b"<html><table><tr><td>\xe6\x88\xbf\xe5\x8f\xb7</td></tr></table></html>"
STRAY_QUOTE = HEADER + '"3-1-502,仇英\r\n' + "3-1-503,唐寅\r\n" * 30


def a_workbook(path):
    book(path, ONE_OWNER)


TEXTS = {
    "nothing in it": (raw(b""), errors.EmptyFile),
    "lines without a word": (raw(b"\r\n , \r\n"), errors.EmptyFile),
    "a workbook renamed": (a_workbook, errors.ReallyWorkbook),
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
    "a column is missing": (raw("电话,姓名\r\n,仇英\r\n".encode()), errors.MissingColumns),
}

CASES = [pytest.param(*case, id=name) for name, case in TEXTS.items()]


@pytest.mark.parametrize(("make", "refusal"), CASES)
def test_a_bad_text_is_refused_in_one_sentence(tmp_path, make, refusal):
    path = tmp_path / "名册.csv"
    make(path)
    with pytest.raises(FileRefused) as caught:
        read_rows(path, "people")
    assert type(caught.value) is refusal, caught.value
    assert_one_sentence(caught.value, path.name)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("没有.xlsx", errors.NoFile),
        ("没有.doc", errors.NoFile),
        ("旧.xls", errors.Damaged),
        ("旧.et", errors.WrongEnding),
        ("无名", errors.WrongEnding),
        ("夹.csv", errors.NoFile),
    ],
)
def test_what_is_no_file_of_ours_is_refused(tmp_path, name, refusal):
    (tmp_path / "旧.xls").write_bytes(OLE)
    (tmp_path / "旧.et").write_bytes(OLE)
    (tmp_path / "无名").write_bytes(b"x")
    (tmp_path / "夹.csv").mkdir()
    with pytest.raises(refusal) as caught:
        read_rows(tmp_path / name, "people")
    assert_one_sentence(caught.value, name)


def test_a_hostile_name_is_shown_harmlessly(tmp_path):
    with pytest.raises(errors.NoFile) as caught:
        read_rows(tmp_path / "\x1b]0;x\x07{0}.xlsx", "people")
    assert "\x1b" not in str(caught.value)
    assert "{0}.xlsx" in str(caught.value)


def test_the_row_of_a_csv_is_named(tmp_path):
    path = text(tmp_path / "p.csv", [("房号", "姓名"), ("3-1-502", "仇英"), ('"3-1-503', "唐寅")])
    with pytest.raises(errors.BrokenQuote, match="第 3 行"):
        read_rows(path, "people")


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp()
    for path in (folder / "any.csv", folder / "any.xlsx"):
        path.write_bytes(content if path.suffix == ".csv" else b"PK\x03\x04" + content)
        try:
            read_rows(path, "people")
        except FileRefused as refused:
            assert_one_sentence(refused, path.name)

"""Forms as PDF: sizes of the paper, a copy a page, rare characters, fonts that are not there.

- every character of a name is in the document, also those beyond GBK and those of another font
- what no font has is spelled out by its number, and nothing is dropped in silence
- what goes on beyond a page goes on on the next, numbered, and no row is lost between
"""

import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from wuye_tui.paper import fonts
from wuye_tui.paper.blocks import Sheet, parse, quoted
from wuye_tui.paper.fonts import Font, NoFont, NoPdf
from wuye_tui.paper.pdf import Pdf
from wuye_tui.paper.sizes import PAPERS, Paper, UnknownPaper, paper

A4 = paper("a4")
RARE = "䶮㛃𬱖𠅤𰻝犇喆堃"  # characters of people's names
MM = 72 / 25.4


def made(sheets: list[Sheet], on: Paper = A4, font: Font | None = None) -> PdfReader:
    document = Pdf(on, font or fonts.chosen())
    document.add(sheets)
    read = PdfReader(BytesIO(document.content()))
    assert len(read.pages) == document.pages
    return read


def words(read: PdfReader) -> str:
    return "".join(map(page_words, read.pages))


def page_words(page: PageObject) -> str:
    """The reader parts every character of a font with so many from the next."""
    return re.sub(r"[\s\x00]", "", page.extract_text())


@pytest.mark.clause("BX-5")
@pytest.mark.parametrize("on", PAPERS, ids=lambda one: one.name)
def test_each_copy_is_a_page_of_the_papers_size(on: Paper) -> None:
    read = made(parse("# 一联\n===\n# 二联\n===\n# 三联\n"), on)
    assert len(read.pages) == 3
    for page, words_ in zip(read.pages, ("一联", "二联", "三联"), strict=True):
        assert float(page.mediabox.width) == pytest.approx(on.width * MM, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(on.height * MM, abs=0.1)
        assert page_words(page) == words_


def test_rare_characters_of_names_are_printed() -> None:
    said = words(made(parse(f"# 欧阳{RARE}\n| 报修人 | 欧阳{RARE} |\n~ {RARE}\n-- {RARE}\n{RARE}")))
    assert said.count(RARE) == 5


def test_a_character_that_the_font_lacks_comes_from_another() -> None:
    from fontTools.ttLib import TTFont

    letter = "ქ"  # Georgian, as in DejaVu
    if letter in fonts.points(fonts.chosen()) or fonts.covering(letter) is None:
        pytest.skip("this machine has no other font for it")
    other = fonts.covering(letter)
    assert other is not None
    assert ord(letter) in TTFont(other.path, fontNumber=other.index).getBestCmap()
    assert f"漏{letter}水" in words(made(parse(f"# {letter}\n| 内容 | 漏{letter}水 |")))


def test_what_no_font_has_is_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "covering", lambda _letter: None)
    said = words(made(parse("| 内容 | 漏\U000f1234水 |")))
    assert "漏[U+F1234]水" in said


def test_a_long_form_goes_on_and_nothing_of_it_is_lost() -> None:
    rows = "".join(f"|| {n} | 第{n}步 | {'话' * (n % 80)} |\n" for n in range(200))
    long = quoted("\n".join(f"行{n}尾" for n in range(90)))
    read = made(parse(f"# 单\n| 内容 | {long} |\n{rows}"), paper("241"))
    assert len(read.pages) > 10
    said = words(read)
    assert all(f"第{n}步" in said for n in range(200))
    assert all(f"行{n}尾" in said for n in range(90))
    assert "续页2" in page_words(read.pages[1])


@pytest.mark.parametrize(
    "hostile", ["a)b(c\\d", "x" * 500, "\\", "“漏水”……——·", "ａ１ｋ", "😀👍🏽"]
)
def test_whatever_is_typed_makes_a_document_that_can_be_read(hostile: str) -> None:
    read = made(parse(f"| 内容 | {quoted(hostile)} |"))
    plain = "".join(one for one in hostile if ord(one) < 0x10000)
    assert all(one in words(read) for one in plain)


def test_many_forms_are_one_document_with_one_font() -> None:
    document = Pdf(A4, fonts.chosen())
    for n in range(30):
        document.add(parse(f"# 单{n}\n| 内容 | 水管漏水{n} |"))
    read = PdfReader(BytesIO(document.content()))
    assert [page_words(page).startswith(f"单{n}") for n, page in enumerate(read.pages)] == [
        True
    ] * 30
    assert len(document_fonts(read)) == 1


def test_every_rule_is_drawn_once_and_none_is_missing() -> None:
    rows, listed = (
        "| 甲 | 一 | 乙 | 二 |\n| 丙 | 三 |\n",
        "|| 序 | 步骤 |\n|| 1 | 登记 |\n|| 2 | 派工 |\n",
    )
    (page,) = made(parse(f"# 单\n{rows}\n{listed}")).pages
    contents = page.get_contents()
    assert contents is not None
    drawn = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l", contents.get_data().decode("latin-1"))
    level = [one for one in drawn if one[1] == one[3]]
    upright = [one for one in drawn if one[0] == one[2]]
    assert len(set(drawn)) == len(drawn) == len(level) + len(upright)
    assert len(level) == 3 + 4  # two rows one below the other, and three of a list
    assert len(upright) == 5 + 3 + 3


def document_fonts(read: PdfReader) -> set[str]:
    found: set[str] = set()
    for page in read.pages:
        resources: Any = page["/Resources"]
        found |= {str(one.get_object()["/BaseFont"]) for one in resources["/Font"].values()}
    return found


# Fonts


def test_the_office_may_name_a_font_file() -> None:
    usual = fonts.chosen()
    named = fonts.chosen(str(usual.path))
    assert named.path == usual.path
    assert "龥" in fonts.points(named)


@pytest.mark.parametrize("content", [None, b"", b"no font at all"])
def test_a_font_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.ttf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NoFont, match=r"x\.ttf"):
        fonts.chosen(str(path))


def test_without_a_chinese_font_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_asked", lambda *_given, **_more: None)
    with pytest.raises(NoFont, match="fonts-noto-cjk"):
        fonts.chosen()


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fpdf", None)
    with pytest.raises(NoPdf, match=r"wuye\[pdf\]"):
        Pdf(A4, fonts.chosen())


def test_a_paper_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownPaper, match="241-140"):
        paper("a5")
